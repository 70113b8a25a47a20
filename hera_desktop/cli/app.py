"""The verbs and what happens when one fails."""

from __future__ import annotations

import gc
import logging
import os
import sys
from ctypes.util import find_library
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from hera_desktop import __version__
from hera_desktop.engine.errors import Cancelled, HeraError, MachineError, one_line
from hera_desktop.engine.places import log_file

from . import (
    bench,
    chat,
    compare,
    demo,
    examples,
    experiment,
    feature_edits,
    features,
    interchange,
    models,
    output,
    probes,
    report,
    sae,
    scan,
    search,
    session,
)
from .options import ConfigOption, SessionOption, SetOption, read_config

log = logging.getLogger("hera_desktop.cli")


class _Group(TyperGroup):
    """Turns errors into sentences and exit statuses."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except Cancelled as cancelled:
            output.say(str(cancelled))
            raise typer.Exit(130) from None
        except KeyboardInterrupt:
            output.say("cancelled; the last committed state stands")
            raise typer.Exit(130) from None
        except HeraError as error:
            output.say(str(error))
            raise typer.Exit(2) from None
        except BrokenPipeError:
            sys.stderr.close()
            raise typer.Exit(0) from None
        except Exception as error:
            if type(error).__module__.startswith(("click", "typer")):
                raise
            log.exception("unexpected error")
            output.say(f"internal error ({type(error).__name__}: {one_line(error)}); details are in {log_file()}")
            raise typer.Exit(3) from None


app = typer.Typer(
    cls=_Group,
    help="Change a live language model, measure the change, and take it back exactly. Without a verb: the window.",
    invoke_without_command=True,
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        output.show(f"hera-desktop {__version__}")
        raise typer.Exit(0)


@app.callback()
def window(
    context: typer.Context,
    session_file: SessionOption = None,
    config: ConfigOption = None,
    overrides: SetOption = None,
    screenshot: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Save a picture (PNG) of the loaded window and quit.")
    ] = None,
    prompt: Annotated[
        list[str] | None, typer.Option(metavar="TEXT", help="With --screenshot: evolve this first; may be repeated.")
    ] = None,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True)] = False,
) -> None:
    """Change a live language model, measure the change, and take it back exactly. Without a verb: the window."""
    if context.invoked_subcommand is not None:
        return
    read_config(config, overrides)
    _choose_display(screenshot is not None)
    gc.disable()  # nothing to be had while all is new; the window's own collector takes over (gui/garbage.py)
    try:
        from hera_desktop.gui.app import run
    except ImportError as error:  # PySide6 is installed with the program, so it is a library of the system's
        raise MachineError(
            f"Qt cannot be loaded ({one_line(error)}); on Debian or Ubuntu: apt install libegl1 libgl1 libxkbcommon0 "
            "libdbus-1-3 libfontconfig1 libglib2.0-0"
        ) from None
    raise typer.Exit(run(config, overrides or [], session_file, screenshot, prompt or []))


def _choose_display(picture_only: bool) -> None:
    """Without a display a picture can be made all the same, and a window cannot be shown (Qt would abort)."""
    displays = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform != "linux":
        return
    if any(os.environ.get(name) for name in displays):
        _check_x11()
        return
    if not picture_only:
        raise MachineError("there is no display to open the window on; `hera-desktop demo` does the same job without")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"


def _check_x11() -> None:
    """Qt aborts on X11 without this library, and no distribution installs it with Qt's wheels."""
    on_x11 = os.environ.get("DISPLAY") and not any(map(os.environ.get, ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM")))
    if on_x11 and find_library("xcb-cursor") is None:
        raise MachineError(
            "the window cannot be opened: Qt needs the library xcb-cursor; on Debian or Ubuntu: apt install "
            "libxcb-cursor0 libxkbcommon-x11-0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-render-util0"
        )


session.add_verbs(app)
interchange.add_verbs(app)
app.add_typer(models.app, name="models")
feature_edits.add_verbs(features.app)
app.add_typer(features.app, name="features")
app.add_typer(sae.app, name="sae")
app.add_typer(probes.app, name="probes")
app.add_typer(bench.app, name="bench")
app.add_typer(experiment.app, name="experiment")
app.command("search")(search.search)
app.command("scan")(scan.scan)
app.command("chat")(chat.chat)
app.add_typer(chat.app, name="facts")
app.command("compare")(compare.compare)
app.command("demo")(demo.demo)
app.command("report")(report.report)
app.add_typer(examples.app, name="examples")


def main() -> None:
    """The entry point of ``hera-desktop``."""
    app(prog_name="hera-desktop")
