"""How much of what the limits against the base allow is used up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .measures import MEASURES


@dataclass(frozen=True)
class BudgetUse:
    """``share``: 0 is the base, 1 the limit; ``measure``: the one nearest to its cumulative limit."""

    share: float
    measure: str


def budget_use(
    cumulative: Mapping[str, float | None], limits: Mapping[str, Mapping[str, tuple[float, float]]]
) -> BudgetUse | None:
    """The largest share of the way from neutral to its cumulative limit that a measure has gone; None where nothing
    was measured. ``limits`` is ``{measure: {scope: (warning from, reject over)}}``; a value of None is not finite."""
    found = []
    for measure in MEASURES:
        if measure.name not in cumulative or "cumulative" not in limits.get(measure.name, {}):
            continue
        value, limit = cumulative[measure.name], limits[measure.name]["cumulative"][1]
        room = limit - measure.neutral
        if value is None:
            share = float("inf")
        elif room > 0:
            share = max(0.0, (value - measure.neutral) / room)
        else:
            share = float("inf") if value > measure.neutral else 0.0
        found.append(BudgetUse(share, measure.name))
    return max(found, key=lambda use: use.share, default=None)
