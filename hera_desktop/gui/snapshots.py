"""Reads an engine into a snapshot: the proposals as rows of a graph, and the state. Runs on the model thread."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from hera_desktop.engine.timeline import BASE, Timeline

from .records import Edge, RowState, Snapshot, StepChoices, TimelineRow, TimelineView

if TYPE_CHECKING:
    from hera_desktop.engine.hera import HeraEngine
    from hera_desktop.engine.ledger import Entry
    from hera_desktop.engine.timeline import Event


def take_snapshot(engine: HeraEngine) -> Snapshot:
    return Snapshot(engine.info(), timeline_view(engine))


def step_choices(engine: HeraEngine) -> StepChoices:
    """What a step can be set to."""
    from hera_desktop.engine.strategies import STRATEGIES

    evolution = engine.config.evolution
    return StepChoices(
        strategies=tuple((strategy.name, strategy.title) for strategy in STRATEGIES.values()),
        strategy=evolution.strategy,
        strength=evolution.learning_rate,
        blocks=engine.target_layers,
        n_blocks=engine.info().model.n_layers,
    )


def timeline_view(engine: HeraEngine) -> TimelineView:
    """All proposals with their place in the graph."""
    entries = engine.registry.history
    timeline = engine.ledger.timeline
    active = timeline.current.active
    members = frozenset(active)
    parents = _parents(entries, engine.ledger.events())
    states = {e.step: _state(timeline, e, members) for e in entries}
    lanes, edges = _lay_out(entries, parents, states)
    rows = [_base_row(), *(_row(e, states[e.step], parents[e.step], lanes[e.step]) for e in entries)]
    step_of = {e.patch_id: e.step for e in entries}
    current = step_of[active[-1]] if active else 0
    return TimelineView(tuple(rows), edges, max(lanes.values()) + 1, current)


def _state(timeline: Timeline, entry: Entry, active: frozenset[str]) -> RowState:
    if entry.status == "rejected" or entry.patch_id is None:
        return "rejected"
    return timeline.status(entry.patch_id, active)  # type: ignore[return-value]


def _parents(entries: Sequence[Entry], events: Iterable[Event]) -> dict[int, int]:
    """The step each proposal was made on top of; rejected ones have no event, so they are placed by time."""
    step_of = {e.patch_id: e.step for e in entries if e.patch_id}
    rejected = [e for e in entries if e.status == "rejected"]
    replay, parents, tip = Timeline(), {}, 0
    for event in events:
        while rejected and rejected[0].time < event.time:
            parents[rejected.pop(0).step] = tip
        replay.apply(event.kind, event.patch_id)
        if event.kind == "commit":
            step = step_of[str(event.patch_id)]
            parents[step], tip = tip, step
        else:
            active = replay.current.active
            tip = step_of[active[-1]] if active else 0
    parents.update((entry.step, tip) for entry in rejected)
    return parents


def _lay_out(
    entries: Sequence[Entry], parents: dict[int, int], states: dict[int, RowState]
) -> tuple[dict[int, int], tuple[tuple[Edge, ...], ...]]:
    """A lane for every step, and the lines between rows.

    A chain is a run of commits each made on the one before; a commit on a state that has moved on starts a new chain,
    in the first lane that is free between its parent and its last row. Rejected proposals hang beside their parent's
    lane and have no line.
    """
    chains = _chains(entries, parents)
    lanes, busy = {0: 0}, []  # type: dict[int, int], list[int]
    edges: list[list[Edge]] = [[] for _ in range(len(entries) + 1)]
    for chain in chains:
        parent = parents[chain[0]] if chain[0] else 0
        lane = next((n for n, until in enumerate(busy) if until <= parent), len(busy))
        busy[lane:] = [chain[-1], *busy[lane + 1 :]]
        lanes.update(dict.fromkeys(chain, lane))
        _draw_chain(edges, lanes, states, [parent, *chain] if chain[0] else chain)
    for entry in entries:
        lanes.setdefault(entry.step, lanes[parents[entry.step]])
    return lanes, tuple(tuple(found) for found in edges)


def _chains(entries: Sequence[Entry], parents: dict[int, int]) -> list[list[int]]:
    chain_ending_in = {0: [0]}
    chains = [chain_ending_in[0]]
    for entry in entries:
        if entry.status == "rejected":
            continue
        chain = chain_ending_in.pop(parents[entry.step], None)
        if chain is None:
            chains.append(chain := [])
        chain.append(entry.step)
        chain_ending_in[entry.step] = chain
    return chains


def _draw_chain(
    edges: list[list[Edge]], lanes: dict[int, int], states: dict[int, RowState], steps: Sequence[int]
) -> None:
    for start, end in pairwise(steps):
        dim = states[end] == "left"
        edges[start].append(Edge(lanes[start], lanes[end], dim))
        for row in range(start + 1, end):
            edges[row].append(Edge(lanes[end], lanes[end], dim))


def _base_row() -> TimelineRow:
    return TimelineRow(0, BASE, "base", "active", "the base, without any patch", {}, "", "", "", {}, 0, 0)


def _row(entry: Entry, state: RowState, parent: int, lane: int) -> TimelineRow:
    return TimelineRow(
        step=entry.step,
        patch_id=entry.patch_id,
        status=entry.status,
        state=state,
        prompt=entry.prompt,
        metrics=dict(entry.metrics),
        reason=entry.details.get("reason", ""),
        note=entry.note,
        time=entry.time,
        details=dict(entry.details),
        parent=parent,
        lane=lane,
    )
