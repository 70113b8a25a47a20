"""``hera-desktop report``: one session, or several in one comparison, as a document."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hera_desktop.engine.errors import InputError

from . import output
from .bench_facts import check_out
from .options import ConfigOption, JsonOption, SessionOption, SetOption, opened_engine

Sessions = Annotated[
    list[Path] | None, typer.Argument(metavar="SESSION...", help="Session files; several give one comparison.")
]


def report(
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where to write: .html, .pdf, .md, .json or .csv.")],
    sessions: Sessions = None,
    session: SessionOption = None,
    texts: Annotated[
        bool, typer.Option("--texts", help="With the last prompts' continuations, before and now; loads the model.")
    ] = False,
    config: ConfigOption = None,
    overrides: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write a report of a session, or one that compares several."""
    wanted = [*(sessions or []), *([session] if session else [])]
    if not wanted:
        raise InputError("this needs a session; name one or more, or one with --session FILE")
    if len(wanted) > 1:
        if texts:
            raise InputError("--texts takes one session, because it loads its model; leave it out to compare several")
        from hera_desktop.engine.reports.comparison import write_comparison

        path = write_comparison(wanted, out)
    else:
        path = _one(wanted[0], out, texts, config, overrides)
    if as_json:
        output.show_json({"report": str(path)})
    else:
        output.show(f"report written to {path}")


def check_report(path: Path, option: str) -> None:
    """Raises InputError where no report can be written there, by its folder or its ending; before a long run."""
    check_out(path, option)
    from hera_desktop.engine.reports.session_report import check_ending

    check_ending(path)


def _one(session: Path, out: Path, texts: bool, config: Path | None, overrides: list[str] | None) -> Path:
    from hera_desktop.engine.ledger import Ledger
    from hera_desktop.engine.reports.session_report import check_ending, write_report

    check_ending(out)
    ledger = Ledger.open(session, read_only=True)
    try:
        if not texts:
            return write_report(ledger, out)
    finally:
        ledger.close()
    with opened_engine(session, config, overrides) as engine:
        return write_report(engine.ledger, out, engine, output.progress)
