"""An invented timeline of any length, for measuring and testing what draws it: steps of every state, with branches."""

from __future__ import annotations

import math
import random
from functools import lru_cache
from typing import Any

from .records import RowState, TimelineRow, TimelineView
from .timeline_layout import TimelineLayout

PROMPTS = ("The capital of France is", "def add(a, b):", "Once upon a time", "2 + 2 =", "Dear Sir or Madam,")
PROBES = 12
BRANCH_EVERY = 400
"""So many steps from one rollback to the next."""
BACK = 25


@lru_cache(maxsize=4)
def synthetic_view(count: int) -> TimelineView:
    """``count`` proposals: one in ten rejected, one in twenty with a warning, some reverted, and a rollback now and
    then, after which the older line is left. The same every time."""
    chance = random.Random(count)
    layout, tip, commits = TimelineLayout(), 0, [0]
    rows = [TimelineRow(0, "base", "base", "active", "the base, without any patch", {}, "", "", "", {}, 0, 0)]
    left: set[int] = set()
    for step in range(1, count + 1):
        if step % BRANCH_EVERY == 0 and len(commits) > BACK:
            left.update(commits[-BACK:])
            del commits[-BACK:]
            tip = commits[-1]
        status = chance.choices(("committed", "warning", "rejected"), (85, 5, 10))[0]
        layout.add(step, tip, status == "rejected")
        rows.append(_row(step, status, tip, layout.lanes[step], chance))
        if status != "rejected":
            tip = step
            commits.append(step)
    if layout.stale:
        layout.settle()
    layout.redraw(left.__contains__)
    rows = [_placed(row, "left" if row.step in left else row.state, layout.lanes[row.step]) for row in rows]
    return TimelineView(tuple(rows), tuple(layout.edges), max(layout.lanes) + 1, tip)


def _row(step: int, status: str, parent: int, lane: int, chance: random.Random) -> TimelineRow:
    state: RowState = "rejected" if status == "rejected" else "reverted" if step % 97 == 0 else "active"
    high = {"committed": 0.4, "warning": 0.85, "rejected": 1.6}[status]
    share = high * (0.6 + 0.4 * chance.random())
    return TimelineRow(
        step=step,
        patch_id=f"p{step}",
        status=status,
        state=state,
        prompt=f"{PROMPTS[step % len(PROMPTS)]} ({step})",
        metrics=_metrics(share, step),
        reason=f"{ {'committed': 'safe'}.get(status, status) }: JS divergence is {0.15 * share:.4f} bits of limit 0.15",
        note="worth another look" if step % 50 == 0 else "",
        time=f"2025-01-{1 + step // 1440 % 28:02d}T{step // 60 % 24:02d}:{step % 60:02d}:00.000000+00:00",
        details=_details(share, step, chance),
        parent=parent,
        lane=lane,
        tags=("capital",) if step % 25 == 0 else (),
        name=f"try {step}" if step % 100 == 0 else "",
    )


def _metrics(share: float, step: int) -> dict[str, dict[str, float | None]]:
    total = 0.9 * (1 - math.exp(-step / 4000))
    return {
        "js_divergence": {"step": 0.15 * share, "cumulative": 0.3 * total},
        "ppl_ratio": {"step": 1 + 0.3 * share, "cumulative": 1 + 0.8 * total},
        "cosine_drift": {"step": 0.03 * share, "cumulative": 0.08 * total},
    }


def _details(share: float, step: int, chance: random.Random) -> dict[str, Any]:
    values = {"js_divergence": (0.0, 0.15), "ppl_ratio": (1.0, 0.3), "cosine_drift": (0.0, 0.03)}
    probes = {
        name: [neutral + room * share * 2 * chance.random() for _ in range(PROBES)]
        for name, (neutral, room) in values.items()
    }
    return {
        "probe_metrics": probes,
        "features": [[step * 7 % 4608, round(3 + 4 * chance.random(), 4)]],
        "strategy": "hebbian",
        "learning_rate": 0.1,
        "layers": [7],
        "rank": 1,
        "norm": 0.05 + 0.1 * chance.random(),
        "seconds": 1.0 + chance.random(),
    }


def _placed(row: TimelineRow, state: RowState, lane: int) -> TimelineRow:
    values = {**row.__dict__, "state": state, "lane": lane}
    return TimelineRow(**values)
