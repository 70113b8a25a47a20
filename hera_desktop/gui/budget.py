"""The budget, with the measures as the window knows them, and what the edits on the timeline have taken of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hera_desktop.engine import budget
from hera_desktop.engine.budget import BudgetUse, EditRoom

from .edit_details import edit_of
from .measures import MEASURES
from .records import Snapshot, TimelineRow

__all__ = ["BudgetUse", "EditRoom", "budget_use", "judged_values", "use_with_edits"]

Limits = Mapping[str, Mapping[str, tuple[float, float]]]
_NEUTRAL = {measure.name: measure.neutral for measure in MEASURES}


def budget_use(cumulative: Mapping[str, float | None], limits: Limits) -> BudgetUse | None:
    """See ``hera_desktop.engine.budget.budget_use``."""
    return budget.budget_use(cumulative, limits, _NEUTRAL)


def judged_values(row: TimelineRow, snapshot: Snapshot) -> dict[str, float | None]:
    """What a step was measured as against the base, as the limits look at it."""
    tags = row.details.get("tag_metrics", {}) if snapshot.info.every_tag else {}
    return budget.cumulative_values(row.metrics, tags)


def use_with_edits(cumulative: Mapping[str, float | None], snapshot: Snapshot) -> BudgetUse | None:
    """The use of a state that stands at ``cumulative``, with how many more edits fit."""
    limits = snapshot.info.limits
    use = budget_use(cumulative, limits)
    room = budget.edit_room(edit_growths(snapshot), cumulative, limits, _NEUTRAL)
    return None if use is None else replace(use, edits=room)


def edit_growths(snapshot: Snapshot) -> list[dict[str, float]]:
    """For every active target edit, measure -> its value against the base, as the limits look at it, less that of the
    step it was made on."""
    rows = snapshot.timeline.rows
    edits = (row for row in rows if row.state == "active" and edit_of(row.details))
    return [_growth(judged_values(row, snapshot), judged_values(rows[row.parent], snapshot)) for row in edits]


def _growth(after: Mapping[str, float | None], before: Mapping[str, float | None]) -> dict[str, float]:
    found = {}
    for name, neutral in _NEUTRAL.items():
        start, value = before.get(name, neutral), after.get(name)
        if start is not None and value is not None:
            found[name] = value - start
    return found
