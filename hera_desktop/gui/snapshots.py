"""Reads an engine into a snapshot: the proposals as rows of a graph, and the state. Runs on the model thread."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from hera_desktop.engine.timeline import BASE, Timeline

from .i18n import tr
from .records import RowState, Snapshot, StepChoices, TimelineRow, TimelineView
from .timeline_layout import TimelineLayout

if TYPE_CHECKING:
    from hera_desktop.engine.hera import HeraEngine
    from hera_desktop.engine.ledger import Entry
    from hera_desktop.engine.timeline import Event

MOVES = ("roll_back_to", "roll_back_before", "revert", "restore", "undo", "redo")
"""Events after which other patches than before may be active."""


class SnapshotTaker:
    """Takes the snapshots of one engine. It keeps what it has read and reads only what is new in the ledger, so that
    the step after ten thousand others is shown as soon as the first. One that has failed is not used again."""

    def __init__(self, engine: HeraEngine) -> None:
        self.engine = engine
        self._rows = [_base_row()]
        self._step_of: dict[str, int] = {}
        self._layout = TimelineLayout()
        self._replay = Timeline()
        self._seq = 0
        self._tip: int | None = 0
        self._outdated: set[int] = set()

    def take(self) -> Snapshot:
        """Raises SessionError where the session cannot be read."""
        return Snapshot(self.engine.info(), self.view())

    def outdate(self, step: int) -> None:
        """A step's record has changed without an event: it is read again the next time."""
        self._outdated.add(step)

    def view(self) -> TimelineView:
        """All proposals with their place in the graph."""
        ledger, first = self.engine.ledger, len(self._rows)
        entries, events = ledger.entries(since=first - 1), list(ledger.events(since=self._seq))
        again = [ledger.entries(since=step - 1)[0] for step in self._outdated if step < first]
        again += [ledger.entry(patch_id) for patch_id in self._annotated(events)]
        self._outdated.clear()
        for entry in again:
            old = self._rows[entry.step]
            self._rows[entry.step] = _row(entry, old.state, old.parent, old.lane)
        moved = self._follow(entries, events)
        if moved or self._layout.stale:
            self._arrange()
        lanes = max(self._layout.lanes) + 1
        return TimelineView(tuple(self._rows), tuple(self._layout.edges), lanes, self._tip_step())

    def _annotated(self, events: Sequence[Event]) -> list[str]:
        """The patches that were read before and whose note, tags or name may have changed since."""
        named = {(event.payload or {}).get("patch_id") for event in events}
        return [patch_id for patch_id in named if patch_id in self._step_of]

    # --- following the ledger ---------------------------------------------------------------------------------------

    def _follow(self, entries: Sequence[Entry], events: Sequence[Event]) -> bool:
        """Add the new proposals in the order of what happened; a rejected one has no event and is placed by its time.
        True where other patches than before may be active."""
        committed = {entry.patch_id: entry for entry in entries if entry.status != "rejected"}
        rejected = deque(entry for entry in entries if entry.status == "rejected")
        parents: dict[int, int] = {}
        moved = False
        for event in events:
            step = committed[event.patch_id].step if event.kind == "commit" else None
            while rejected and _precedes(rejected[0], event, step):
                parents[rejected.popleft().step] = self._tip_step()
            if step is not None:
                parents[step], self._tip = self._tip_step(), step
                self._step_of[str(event.patch_id)] = step
            elif event.kind in MOVES:
                moved, self._tip = True, None
            self._replay.apply(event.kind, event.patch_id, event.payload)
            self._seq = event.seq
        parents.update((entry.step, self._tip_step()) for entry in rejected)
        for entry in entries:
            self._append(entry, parents[entry.step])
        return moved

    def _tip_step(self) -> int:
        """The step of the last active patch; looked up only when it is asked for, because that can take a walk."""
        if self._tip is None:
            current = self._replay.current
            last = current.added or next(reversed(current.active), "")
            self._tip = self._step_of[last] if last else 0
        return self._tip

    def _append(self, entry: Entry, parent: int) -> None:
        rejected = entry.status == "rejected"
        if entry.patch_id is not None:
            self._step_of[entry.patch_id] = entry.step
        self._layout.add(entry.step, parent, rejected)
        state: RowState = "rejected" if rejected else "active"
        self._rows.append(_row(entry, state, parent, self._layout.lanes[entry.step]))

    def _arrange(self) -> None:
        """Give every row its state and its lane; rows that stay as they are stay the same objects."""
        if self._layout.stale:
            self._layout.settle()
        current, lanes = self._replay.current, self._layout.lanes
        active, reverted = frozenset(current.active), current.reverted
        for step, row in enumerate(self._rows):
            state: RowState = row.state
            if step and state != "rejected":
                patch_id = str(row.patch_id)
                state = "active" if patch_id in active else "reverted" if patch_id in reverted else "left"
            if state != row.state or lanes[step] != row.lane:
                self._rows[step] = replace(row, state=state, lane=lanes[step])
        self._layout.redraw({row.step for row in self._rows if row.state == "left"}.__contains__)


def _precedes(entry: Entry, event: Event, step: int | None) -> bool:
    """Whether a rejected proposal was made before an event. Steps are numbered in order, so that a commit, of ``step``,
    needs no clock."""
    return entry.step < step if step is not None else entry.time < event.time


def timeline_view(engine: HeraEngine) -> TimelineView:
    """All proposals with their place in the graph, read anew."""
    return SnapshotTaker(engine).view()


def step_choices(engine: HeraEngine) -> StepChoices:
    """What a step can be set to."""
    from hera_desktop.engine.edits import EDIT_STRATEGIES
    from hera_desktop.engine.strategies import STRATEGIES

    evolution = engine.config.evolution
    return StepChoices(
        strategies=tuple((strategy.name, strategy.title) for strategy in STRATEGIES.values()),
        strategy=evolution.strategy,
        strength=evolution.learning_rate,
        blocks=engine.target_layers,
        n_blocks=engine.info().model.n_layers,
        edit_strategies=tuple((strategy.name, strategy.title) for strategy in EDIT_STRATEGIES.values()),
        edit_strategy=engine.config.edits.strategy,
    )


def _base_row() -> TimelineRow:
    return TimelineRow(0, BASE, "base", "active", tr("the base, without any patch"), {}, "", "", "", {}, 0, 0)


def _row(entry: Entry, state: RowState, parent: int, lane: int) -> TimelineRow:
    details = dict(entry.details)
    return TimelineRow(
        step=entry.step,
        patch_id=entry.patch_id,
        status=entry.status,
        state=state,
        prompt=entry.prompt,
        metrics=dict(entry.metrics),
        reason=details.get("reason", ""),
        note=entry.note,
        time=entry.time,
        details=details,
        parent=parent,
        lane=lane,
        tags=tuple(entry.tags),
        name=entry.name,
    )
