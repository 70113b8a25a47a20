"""Where the present state stands against the base: its cumulative measures, and how much of each matrix is changed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .budget import cumulative_values
from .immune.metrics import METRICS

if TYPE_CHECKING:
    from .hera import HeraEngine
    from .timeline import Event

PROBES_KEY = "immune.probes"
Metrics = dict[str, dict[str, float | None]]


@dataclass(frozen=True)
class Standing:
    """``cumulative``: judged metric -> its value against the base as the limits look at it, None where it is not finite
    (``budget.cumulative_values``); ``changes``: block, component and ``||dW||_F / ||W||_F`` of every edited matrix, dW
    the sum of the active patches."""

    state_hash: str
    cumulative: Mapping[str, float | None]
    changes: tuple[tuple[int, str, float], ...]


def measure_standing(engine: HeraEngine) -> Standing:
    """The standing of the engine's present state. It is measured only where it is not on record: the base is neutral,
    and a state right after a commit was measured with that step, unless the probes were changed since. What is
    measured is kept as the next step's baseline."""
    active = engine.info().active
    if not active:
        metrics, tags = {name: {"cumulative": metric.neutral} for name, metric in _judged().items()}, {}
    else:
        metrics, tags = _recorded(engine) or _measured(engine)
    changes = engine.stack.relative_change()
    return Standing(
        engine.state_hash,
        cumulative_values(metrics, tags if engine.immune.limits.every_tag else {}),
        tuple((layer, part, norm) for (layer, part), norm in sorted(changes.items())),
    )


def _judged():
    return {name: metric for name, metric in METRICS.items() if metric.limit}


def _recorded(engine: HeraEngine) -> tuple[Metrics, dict[str, Metrics]] | None:
    """The cumulative measures of the step that led here; None where no step did, or other probes hold now."""
    patch_id = engine.ledger.committed_as(engine.state_hash)
    if patch_id is None or _other_probes(engine.ledger.events(), patch_id):
        return None
    entry = engine.ledger.entry(patch_id)
    kept = {name: entry.metrics[name] for name in _judged()} if entry.metrics else None
    return None if kept is None else (kept, entry.details.get("tag_metrics", {}))


def _other_probes(events: list[Event], patch_id: str) -> bool:
    """Whether the probes were changed, or a change of them undone or redone, after a patch was committed."""
    for event in reversed(events):
        if event.kind == "commit" and event.patch_id == patch_id:
            return False
        keys = {*((event.payload or {}).get("before") or ()), *((event.payload or {}).get("after") or ())}
        if event.kind in ("configure", "undo", "redo") and PROBES_KEY in keys:
            return True
    return False


def _measured(engine: HeraEngine) -> tuple[Metrics, dict[str, Metrics]]:
    found = engine.immune.standing()
    return _plain(found.overall), {tag: _plain(values) for tag, values in found.per_tag.items()}


def _plain(values: Mapping[str, float]) -> Metrics:
    return {name: {"cumulative": values[name] if math.isfinite(values[name]) else None} for name in _judged()}
