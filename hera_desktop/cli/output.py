"""What the command line prints: results on standard output, progress and sentences on standard error."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from threading import Event
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

MARKS = {"committed": "●", "warning": "▲", "rejected": "✕"}
COLOURS = {"committed": "cyan", "warning": "yellow", "rejected": "red"}

_out = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else 160)
_err = Console(stderr=True, highlight=False, soft_wrap=True)
_last_shown: str | None = None


def say(text: str) -> None:
    """A sentence on standard error."""
    _err.print(escape(text))


def show(text: str = "") -> None:
    """A line of the result."""
    _out.print(escape(text))
    sys.stdout.flush()


def show_json(document: Any) -> None:
    """The one JSON document of ``--json``."""
    sys.stdout.write(json.dumps(document, indent=1, ensure_ascii=False, default=str) + "\n")
    sys.stdout.flush()


def progress(what: str, share: float | None) -> None:
    """One line on standard error each time something else begins; on a terminal also the share done."""
    global _last_shown
    if _err.is_terminal and share is not None:
        sys.stderr.write(f"\r{what}  {share:4.0%}\x1b[K" + ("" if share < 1 else "\n"))  # rich takes out the \r
        sys.stderr.flush()
    elif what != _last_shown:
        _err.print(escape(f"{what} ..."))
    _last_shown = what


@contextmanager
def interruptible() -> Iterator[Callable[[], bool]]:
    """Within the block Ctrl+C only makes the function it gives say yes, so that the work can end in good order."""
    stop = Event()
    previous = signal.signal(signal.SIGINT, lambda *_: stop.set())
    try:
        yield stop.is_set
    finally:
        signal.signal(signal.SIGINT, previous)


def figures(metrics: Mapping[str, Mapping[str, float | None]], scope: str) -> str:
    """The judged metrics in fixed digits."""

    def number(name: str, digits: int) -> str:
        value = metrics.get(name, {}).get(scope)
        return "-" if value is None else f"{value:.{digits}f}"

    ratio = number("ppl_ratio", 3)
    return f"JS {number('js_divergence', 4)} bits  PPL {ratio}x  drift {number('cosine_drift', 4)}"


def show_step(result: Any) -> None:
    """One evolved prompt, in two lines."""
    mark = f"[{COLOURS[result.status]}]{MARKS[result.status]} {result.status:<9}[/]"
    prompt = result.prompt if len(result.prompt) <= 60 else result.prompt[:57] + "..."
    patch = result.patch_id or "-"
    _out.print(f"{mark} {patch:<5} {escape(repr(prompt))}  {figures(result.metrics, 'step')}  {result.seconds:.1f} s")
    _out.print(f"            {escape(result.reason)}")
    sys.stdout.flush()


def show_table(title: str, columns: list[str], rows: list[list[str]], right: tuple[int, ...] = ()) -> None:
    """A table; ``right`` names the columns of figures."""
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(escape(cell) for cell in row))
    _out.print(table)
