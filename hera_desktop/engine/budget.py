"""How much of what the limits against the base allow is used up. Imports nothing heavy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class BudgetUse:
    """``share``: 0 is the base, 1 the limit; ``measure``: the one nearest to its cumulative limit."""

    share: float
    measure: str


def budget_use(
    cumulative: Mapping[str, float | None],
    limits: Mapping[str, Mapping[str, tuple[float, float]]],
    neutral: Mapping[str, float],
) -> BudgetUse | None:
    """The largest share of the way from neutral to its cumulative limit that a measure has gone; None where nothing
    was measured.

    Args:
        cumulative: measure -> its value against the base; None is not finite.
        limits: ``{measure: {scope: (warning from, reject over)}}``.
        neutral: measure -> its value for an unchanged model; only these are looked at.
    """
    found = []
    for name, start in neutral.items():
        if name not in cumulative or "cumulative" not in limits.get(name, {}):
            continue
        value, room = cumulative[name], limits[name]["cumulative"][1] - start
        if value is None:
            share = float("inf")
        elif room > 0:
            share = max(0.0, (value - start) / room)
        else:
            share = float("inf") if value > start else 0.0
        found.append(BudgetUse(share, name))
    return max(found, key=lambda use: use.share, default=None)
