"""The strengths at which a target edit was measured, and how much of it is in the model now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .edit_details import edit_of
from .measures import MEASURES
from .records import TimelineRow
from .timeline_tips import Limits, used

SAME = 0.0005
"""Shares nearer to one another than this are the same."""


@dataclass(frozen=True)
class DosePoint:
    """A measured strength: ``share`` of the whole edit; ``target``: what every token of the target is given at least;
    ``level``: safe, warning or reject; ``used``: measure -> share of its step limit, infinite where not finite."""

    share: float
    target: float
    level: str
    used: Mapping[str, float]


def dose_points(details: Mapping[str, Any], limits: Limits) -> tuple[DosePoint, ...]:
    """From nothing to the whole edit; measures without a limit, or that were not kept, are left out."""
    return tuple(
        DosePoint(dose["share"], dose["target"], dose["level"], _used(dose, limits))
        for dose in edit_of(details).get("doses") or ()
    )


def _used(dose: Mapping[str, Any], limits: Limits) -> dict[str, float]:
    found: Mapping[str, float | None] = dose.get("metrics") or {}
    shares = {}
    for measure in MEASURES:
        limit = limits.get(measure.name, {}).get("step")
        if limit is not None and (measure.name in found or dose["share"] == 0):
            value = found.get(measure.name, measure.neutral)
            shares[measure.name] = used(measure, value, limit[1])
    return shares


def taken_share(details: Mapping[str, Any]) -> float:
    """The share of the whole edit that the recorded patch is."""
    return float(edit_of(details).get("share") or 0.0)


def share_in_force(rows: Sequence[TimelineRow], patch_id: str) -> float:
    """How much of an edit is in the model: its own patch where it is active, and what was re-applied of it."""
    parts: dict[str, float] = {}  # patch -> the share of the edit that it is
    total = 0.0
    for row in rows:
        source = row.details.get("source") or {}
        if row.patch_id == patch_id:
            parts[patch_id] = taken_share(row.details)
        elif source.get("kind") == "reapply" and source["of"] in parts and row.patch_id:
            parts[row.patch_id] = parts[source["of"]] * source["factor"]
        else:
            continue
        total += parts[str(row.patch_id)] if row.state == "active" else 0.0
    return total


def factor_to(wanted: float, now: float, taken: float) -> float:
    """The factor with which the recorded patch is re-applied so that ``wanted`` of the edit is in the model, where
    ``now`` of it is; 0 where nothing is to be done."""
    return 0.0 if taken <= 0 or abs(wanted - now) < SAME else round((wanted - now) / taken, 4)
