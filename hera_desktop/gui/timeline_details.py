"""What is said of one step in its details: where it comes from, its settings, its measures."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import Any

from .edit_details import edit_html
from .i18n import mark, tr
from .measures import MEASURES
from .records import TimelineRow
from .timeline_tips import Limits, settings_text, used

VERDICTS = {
    "committed": mark("Step {step} committed"),
    "warning": mark("Step {step} committed with a warning"),
    "rejected": mark("Step {step} rejected"),
}
NOW = {
    "reverted": mark("reverted since"),
    "left": mark("on a line that was left"),
}
SMALL = 3
"""Digits of a norm."""


def headline(row: TimelineRow) -> str:
    """The verdict, and what became of the step."""
    if row.step == 0:
        return tr("The base")
    text = tr(VERDICTS[row.status]).format(step=row.step)
    return f"{text}, {tr(NOW[row.state])}" if row.state in NOW else text


def sentence(reason: str) -> str:
    """The reason without the verdict's word, which stands above it."""
    rest = reason.partition(": ")[2] or reason
    return rest[:1].upper() + rest[1:]


def facts_text(details: Mapping[str, Any]) -> str:
    """Settings and figures of the step in one line."""
    parts = [settings_text(details)]
    if "rank" in details:
        parts.append(tr("rank {rank}").format(rank=details["rank"]))
    if "norm" in details:
        parts.append(tr("norm {norm}").format(norm=f"{details['norm']:.{SMALL}g}"))
    if "seconds" in details:
        parts.append(tr("{seconds}\u00a0s").format(seconds=f"{details['seconds']:.1f}"))
    return ", ".join(part for part in parts if part)


def source_html(details: Mapping[str, Any]) -> str:
    """How the step came about, as rich text; a patch it was made from is a link named by its id."""
    source = details.get("source") or {}
    kind = source.get("kind", "evolve")
    if kind == "features":
        return tr("Made with chosen features")
    if kind == "reapply":
        origin = html.escape(str(source["of"]))
        link = f'<a href="{origin}">{origin}</a>'
        return tr("Re-applied from {patch}, times {factor}").format(patch=link, factor=f"{source['factor']:g}")
    if kind == "import":
        made = tr("Imported from {file} ({format})")
        text = made.format(file=html.escape(str(source.get("file", ""))), format=html.escape(str(source["format"])))
        base = html.escape(str(source.get("base_name", "")))
        return (
            tr("{imported}, made on another base: {base}").format(imported=text, base=base)
            if _foreign(source)
            else text
        )
    if kind == "chat":
        return tr("Learned in the chat")
    if kind == "edit":
        return edit_html(source)
    return tr("Evolved from its prompt")


def _foreign(source: Mapping[str, Any]) -> bool:
    return bool(source.get("foreign"))


def measure_rows(row: TimelineRow, limits: Limits) -> list[list[str]]:
    """Measure, step value of its limit, cumulative value of its limit."""
    if not row.metrics:
        return []
    rows = []
    for measure in MEASURES:
        cells = [tr(measure.title)]
        for scope in ("step", "cumulative"):
            text = measure.text(row.value(measure.name, scope))
            limit = limits.get(measure.name, {}).get(scope)
            cells.append(tr("{value} of {limit}").format(value=text, limit=f"{limit[1]:g}") if limit else text)
        rows.append(cells)
    return rows


def probe_rows(row: TimelineRow, probes: Sequence[str], limits: Limits) -> list[list[str]]:
    """Probe and its measures for the step, the one furthest on its way to a limit first. ``probes`` are the texts that
    are measured now; where the step was measured on another number of them, they are numbered."""
    found: Mapping[str, Sequence[float | None]] = row.details.get("probe_metrics") or {}
    count = max((len(values) for values in found.values()), default=0)
    rows = []
    for number in range(count):
        name = (
            " ".join(probes[number].split()) if len(probes) == count else tr("probe {number}").format(number=number + 1)
        )
        worst, cells = 0.0, [name]
        for measure in MEASURES:
            values = found.get(measure.name, ())
            known = number < len(values)
            cells.append(measure.text(values[number]) if known else "")
            limit = limits.get(measure.name, {}).get("step")
            if known and limit:
                worst = max(worst, used(measure, values[number], limit[1]))
        rows.append((worst, cells))
    return [cells for _, cells in sorted(rows, key=lambda found: -found[0])]


def feature_rows(row: TimelineRow) -> list[list[str]]:
    """Feature and activation."""
    return [[str(feature), "" if value is None else f"{value:.2f}"] for feature, value in features_of(row)]


def features_of(row: TimelineRow) -> list[tuple[int, float | None]]:
    return [(int(feature[0]), feature[1]) for feature in row.details.get("features") or ()]
