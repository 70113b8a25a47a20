"""How much of what the limits against the base allow is used up. Imports nothing heavy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class EditRoom:
    """How many more target edits fit if they cost what the earlier ones did: ``left`` of them until ``measure`` is at
    its cumulative limit, ``each`` the share of that limit that one has taken up."""

    left: float
    each: float
    measure: str


@dataclass(frozen=True)
class BudgetUse:
    """``share``: 0 is the base, 1 the limit; ``measure``: the one nearest to its cumulative limit; ``edits``: None
    where there are none to judge by, or they have cost nothing."""

    share: float
    measure: str
    edits: EditRoom | None = None


def cumulative_values(
    metrics: Mapping[str, Mapping[str, float | None]],
    tag_metrics: Mapping[str, Mapping[str, Mapping[str, float | None]]],
) -> dict[str, float | None]:
    """Each metric's value against the base as the limits look at it: over all probes or, where it is larger, over those
    of a tag.

    Args:
        metrics: metric -> its values by scope; None is not finite.
        tag_metrics: the same by tag; empty where the limits do not hold for every tag.
    """
    groups = (metrics, *tag_metrics.values())
    found: dict[str, float | None] = {}
    for name in metrics:
        values = [group[name]["cumulative"] for group in groups if "cumulative" in group.get(name, {})]
        if values:
            found[name] = None if None in values else max(value for value in values if value is not None)
    return found


def budget_use(
    cumulative: Mapping[str, float | None],
    limits: Mapping[str, Mapping[str, tuple[float, float]]],
    neutral: Mapping[str, float],
) -> BudgetUse | None:
    """The largest share of the way from neutral to its cumulative limit that a measure has gone; None where nothing
    was measured.

    Args:
        cumulative: measure -> its value against the base (``cumulative_values``); None is not finite.
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


def edit_room(
    growths: Sequence[Mapping[str, float]],
    cumulative: Mapping[str, float | None],
    limits: Mapping[str, Mapping[str, tuple[float, float]]],
    neutral: Mapping[str, float],
) -> EditRoom | None:
    """By each measure's mean growth; the measure that is used up first decides. None where no measure grows.

    Args:
        growths: for every active edit, measure -> how much it added to the value against the base.
        cumulative, limits, neutral: as for ``budget_use``.
    """
    found = []
    for name, start in neutral.items():
        value, scopes = cumulative.get(name), limits.get(name, {})
        known = [growth[name] for growth in growths if name in growth]
        if value is None or "cumulative" not in scopes or not known:
            continue
        limit, mean = scopes["cumulative"][1], sum(known) / len(known)
        if mean > 0 and limit > start:
            found.append(EditRoom(max(0.0, (limit - value) / mean), mean / (limit - start), name))
    return min(found, key=lambda room: room.left, default=None)
