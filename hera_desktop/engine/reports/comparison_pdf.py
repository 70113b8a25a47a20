"""The report on several sessions as PDF."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .paper import Column, Paper
from .plots import PRINT, overlay_plots

COLUMNS: tuple[Column, ...] = (
    ("", 6, "R"),
    (" session", 40, "L"),
    ("model", 34, "L"),
    ("●", 10, "R"),
    ("▲", 10, "R"),
    ("✕", 10, "R"),
    ("active", 12, "R"),
    ("JS, bits", 16, "R"),
    ("PPL ratio", 16, "R"),
    ("drift", 14, "R"),
    (" state", 12, "L"),
)


def write_comparison_pdf(path: Path, content: Mapping[str, Any]) -> None:
    """Write the report; raises OSError where the file cannot be written."""
    sessions = content["sessions"]
    title = f"{len(sessions)} sessions compared"
    paper = Paper(title, f"HERA Desktop {content['program']}, {content['written']}")
    paper.heading(title, 18)
    if not content["same_base"]:
        paper.words("The sessions were made on different bases: their measures cannot be compared directly.", "warning")
    paper.table(COLUMNS, (_row(number, one) for number, one in enumerate(sessions, 1)))
    paper.heading("States")
    paper.facts((f"{number}  {one['title']}", one["state_hash"]) for number, one in enumerate(sessions, 1))
    paper.heading("Settings that differ")
    for key in content["differing"]:
        paper.words(key, mono=True)
        paper.facts((f"{n}  {one['title']}", one["settings"].get(key)) for n, one in enumerate(sessions, 1))
    if not content["differing"]:
        paper.words("None.")
    paper.heading("Measures", room=60)
    for plot in overlay_plots(sessions, PRINT, as_paths=True):
        paper.heading(plot.title, 10, room=56)
        paper.drawing(plot.svg)
    paper.finish(path)


def _row(number: int, one: Mapping[str, Any]) -> list[tuple[str, str]]:
    counts, final = one["counts"], one["final"]
    figures = (*counts.values(), one["active"], *final.values(), f" {one['state_hash'][:8]}")
    return [(str(value), "text") for value in (number, f" {one['title']}", one["model"], *figures)]
