"""What the timeline says of a step when the mouse rests on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .block_list import block_text
from .edit_details import edit_of
from .i18n import tr
from .measures import MEASURES, Measure
from .records import TimelineRow

Limits = Mapping[str, Mapping[str, tuple[float, float]]]


def row_tip(row: TimelineRow) -> str:
    if row.step == 0:
        return tr("The model without any patch")
    name = ", ".join(part for part in (row.patch_id, row.name) if part)
    head = ", ".join(part for part in (name, time_text(row)) if part)
    lines = (head, settings_text(row.details), row.reason, ", ".join(row.tags), row.note[:500], row.prompt[:500])
    return "\n".join(line for line in lines if line)


def time_text(row: TimelineRow) -> str:
    return tr("{time} UTC").format(time=row.time[:19].replace("T", " ")) if row.time else ""


def settings_text(details: Mapping[str, Any]) -> str:
    """What the step was set to; empty where nothing was proposed."""
    if edit_of(details):
        return tr("{strategy}, block {blocks}").format(
            strategy=details["strategy"], blocks=block_text(details["layers"])
        )
    if not {"strategy", "learning_rate", "layers"} <= details.keys():
        return ""
    words = tr("{strategy}, strength {strength}, block {blocks}")
    return words.format(
        strategy=details["strategy"], strength=f"{details['learning_rate']:g}", blocks=block_text(details["layers"])
    )


def used(measure: Measure, value: float | None, limit: float) -> float:
    """How much of the way from neutral to a limit is used: 0 nothing, 1 the limit; infinite where a value is not
    finite."""
    if value is None:
        return float("inf")
    room = limit - measure.neutral
    if room > 0:
        return max(0.0, (value - measure.neutral) / room)
    return float("inf") if value > measure.neutral else 0.0


def bars_tip(row: TimelineRow, limits: Limits) -> str:
    """The step's measures against their step limits, one a line; empty where nothing was measured."""
    lines = []
    for measure in MEASURES:
        limit = limits.get(measure.name, {}).get("step")
        if not row.metrics or limit is None:
            continue
        value = row.value(measure.name)
        share = used(measure, value, limit[1])
        part = f"{100 * share:.0f} %" if share < 100 else tr("far over")
        words = tr("{title} {value} of {limit} ({part})")
        lines.append(words.format(title=tr(measure.title), value=measure.text(value), limit=f"{limit[1]:g}", part=part))
    return "\n".join(lines)
