"""Keeps the standing of the present state up to date for the budget gauge and the immune panel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from .budget import judged_values, use_with_edits
from .controller import Controller
from .measures import MEASURES
from .records import Outcome, Snapshot, Step
from .requests import LoadRequest, MoveRequest
from .standing_requests import StandingRequest

if TYPE_CHECKING:
    from hera_desktop.engine.standing import Standing

IDLE_MS = 250
"""The model has to be idle this long first: between the steps of a queue nothing is measured."""
MOST_KEPT = 200

Key = tuple[str, str, tuple[str, ...], str]
"""Base, session, probes and state."""


class StandingDesk(QObject):
    """Asks once for every state, only while nothing runs, and one at a time; answers from memory where it can. After a
    step its cumulative measures are known at once.

    Signals: ``found(Standing | None)``, None while it is not known; ``use_changed(BudgetUse | None)``, the same for the
    budget; ``warn_share_changed(float)``, where on the budget the warning starts.
    """

    found = Signal(object)
    use_changed = Signal(object)
    warn_share_changed = Signal(object)

    def __init__(self, controller: Controller, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._kept: dict[Key, Standing] = {}
        self._key: Key | None = None
        self._snapshot: Snapshot | None = None
        self._running: Key | None = None
        self._failed: Key | None = None
        self._timer = QTimer(self, singleShot=True, interval=IDLE_MS)
        self._timer.timeout.connect(self._ask)
        controller.snapshot_changed.connect(self._on_snapshot)
        controller.arrived.connect(self._on_arrived)
        controller.busy_changed.connect(self._wait)
        controller.ended.connect(self._on_ended)

    @property
    def standing(self) -> Standing | None:
        """Of the present state; None where it is not known yet."""
        return self._kept.get(self._key) if self._key is not None else None

    def forget(self) -> None:
        """The probes or their weights have changed: nothing that was measured holds any more."""
        self._kept.clear()
        self._failed = None
        self._tell()
        self._wait()

    # --- what changes -----------------------------------------------------------------------------------------------

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        info, before = snapshot.info, self._snapshot
        key = (info.model.fingerprint, info.session, tuple(info.probes), info.state_hash)
        limits_changed = before is None or before.info.limits != info.limits
        changed = key != self._key or limits_changed
        self._snapshot, self._key = snapshot, key
        if limits_changed:
            self.warn_share_changed.emit(_warn_share(info.limits))
        if changed:
            self._failed = None
            self._tell()
        self._wait()

    def _on_arrived(self, record: Any) -> None:
        """A step that was committed brings what it was measured as."""
        if isinstance(record, Step) and record.result.status != "rejected" and self._snapshot is not None:
            row = record.snapshot.timeline.rows[record.result.step]
            if row.metrics and self.standing is None:
                self.use_changed.emit(use_with_edits(judged_values(row, record.snapshot), record.snapshot))

    def _on_ended(self, outcome: Outcome) -> None:
        if isinstance(outcome.request, StandingRequest):
            self._take(outcome)
        elif (isinstance(outcome.request, LoadRequest) and outcome.status == "finished") or _reconfigured(outcome):
            self.forget()

    def _take(self, outcome: Outcome) -> None:
        asked, self._running = self._running, None
        if outcome.status == "finished" and asked is not None and outcome.record.state_hash == asked[-1]:
            self._kept[asked] = outcome.record
            while len(self._kept) > MOST_KEPT:
                del self._kept[next(iter(self._kept))]
            if asked == self._key:
                self._tell()
        elif outcome.status == "failed":
            self._failed = asked  # asked again once something has changed
        self._wait()

    # --- asking and telling -----------------------------------------------------------------------------------------

    @property
    def _wanted(self) -> bool:
        known = self.standing is not None or self._key == self._failed
        return self._key is not None and not known and self._running is None and self._controller.ready

    def _wait(self) -> None:
        if self._wanted:
            self._timer.start()
        else:
            self._timer.stop()

    def _ask(self) -> None:
        if self._wanted:
            self._running = self._key
            self._controller.submit(StandingRequest())

    def _tell(self) -> None:
        standing = self.standing
        self.found.emit(standing)
        if standing is None or self._snapshot is None:
            self.use_changed.emit(None)
        else:
            self.use_changed.emit(use_with_edits(standing.cumulative, self._snapshot))


def _reconfigured(outcome: Outcome) -> bool:
    """Whether an undo or redo has brought other settings."""
    done = isinstance(outcome.request, MoveRequest) and outcome.status == "finished"
    return done and outcome.record.kind == "configure"


def _warn_share(limits: Mapping[str, Mapping[str, tuple[float, float]]]) -> float:
    """The share of the way to a cumulative limit where the warning starts; 1 where there are no limits."""
    for measure in MEASURES:
        warn, reject = limits.get(measure.name, {}).get("cumulative", (0.0, 0.0))
        if reject > measure.neutral:
            return (warn - measure.neutral) / (reject - measure.neutral)
    return 1.0
