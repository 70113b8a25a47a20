"""The report of an experiment as PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..experiments.outcome import Table
from .experiment_plots import as_svg
from .paper import TEXT, Column, Paper
from .plots import PRINT

LETTERS, GAP = 6.5, 3.5
"""Size of a table's letters in points, and the gap between its columns in mm."""
WIDEST = 0.45
"""A column's largest share of the page."""
PLOT_ROOM = 95
"""What a plot and its heading take, in mm."""


def write_experiment_pdf(path: Path, content: Mapping[str, Any]) -> None:
    """Write the report; raises OSError where the file cannot be written."""
    paper = Paper(content["title"], f"HERA Desktop {content['program']}, {content['written']}")
    paper.heading(content["title"], 18)
    if content["purpose"]:
        paper.words(content["purpose"], "dim")
    if not content["finished"]:
        paper.words("▲ Stopped before all was measured.", "warning")
    for table in content["tables"]:
        _table(paper, table)
    if content["remarks"]:
        paper.heading("Remarks")
        for remark in content["remarks"]:
            paper.words(remark)
    for number, plot in enumerate(content["plots"], 1):
        paper.heading(plot.title, 10, room=PLOT_ROOM)
        paper.drawing(as_svg(plot, f"plot{number}", PRINT, as_paths=True))
    paper.heading("Settings")
    paper.facts(content["settings"], width=60)
    paper.heading("Command")
    paper.words(content["command"], mono=True, size=8)
    paper.finish(path)


def _table(paper: Paper, table: Table) -> None:
    """A table that is wider than the page is taken apart, its first column there every time: no figure is cut."""
    paper.heading(table.title, 11)
    if table.note:
        paper.words(table.note, "dim", size=8)
    columns = _columns(paper, table)
    for shown in _portions([width for _, width, _ in columns], paper.epw):
        cells = ([(row[at], "text") for at in shown] for row in table.rows)
        paper.table([columns[at] for at in shown], cells)
        paper.ln(2)


def _columns(paper: Paper, table: Table) -> list[Column]:
    """As wide as what they hold."""
    paper.set_font(TEXT, "", LETTERS)
    found: list[Column] = []
    for at, (name, *cells) in enumerate(zip(table.columns, *table.rows, strict=True)):
        width = max(paper.get_string_width(paper.letters(text)) for text in (name, *cells)) + GAP
        found.append((name, min(width, paper.epw * WIDEST), "R" if at else "L"))
    return found


def _portions(widths: Sequence[float], room: float) -> list[list[int]]:
    """The columns' numbers, so many at a time as there is ``room`` (mm) for beside the first."""
    portions, used = [[0]], widths[0]
    for at, width in enumerate(widths[1:], 1):
        if used + width > room and len(portions[-1]) > 1:
            portions.append([0])
            used = widths[0]
        portions[-1].append(at)
        used += width
    return portions
