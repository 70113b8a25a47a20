"""Joins the timeline and the details of a step to the controller."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from .controller import Controller
from .panels.details import DetailsPanel
from .panels.timeline import TimelinePanel
from .records import Snapshot
from .timeline_requests import ReapplyRequest, RenameRequest, TagRequest


class TimelineDesk(QObject):
    """Signals that lead out of the timeline: ``compare_wanted((step, step or None))``, ``export_wanted(patch_ids)``,
    ``python_wanted(step)``, ``feature_picked(feature)``, ``branch_wanted(step)`` once the way there is under way,
    ``details_wanted(step)``, ``step_picked(step)`` and ``step_hovered(step or None)``."""

    compare_wanted = Signal(object)
    export_wanted = Signal(object)
    python_wanted = Signal(object)
    feature_picked = Signal(object)
    branch_wanted = Signal(object)
    details_wanted = Signal(object)
    step_picked = Signal(object)
    step_hovered = Signal(object)

    def __init__(
        self,
        controller: Controller,
        timeline: TimelinePanel,
        details: DetailsPanel,
        parent: QObject | None = None,
        tokens: int = 30,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._timeline = timeline
        self._details = details
        self._tokens = tokens
        self._count = 0
        self._join_timeline()
        self._join_details()
        controller.snapshot_changed.connect(self._on_snapshot)
        controller.busy_changed.connect(self._on_busy)
        self._on_busy()

    def _join_timeline(self) -> None:
        timeline = self._timeline
        timeline.go_wanted.connect(self._controller.go_to)
        timeline.move_wanted.connect(self._move)
        timeline.branch_wanted.connect(self._branch)
        timeline.reapply_wanted.connect(self._reapply)
        timeline.step_picked.connect(self._pick)
        timeline.step_hovered.connect(self.step_hovered)
        timeline.details_wanted.connect(self.details_wanted)
        timeline.compare_wanted.connect(self.compare_wanted)
        timeline.export_wanted.connect(self.export_wanted)
        timeline.python_wanted.connect(self.python_wanted)

    def _join_details(self) -> None:
        for part in (self._timeline, self._details):
            part.note_edited.connect(self._note)
            part.tags_edited.connect(self._tag)
            part.renamed.connect(self._rename)
        self._details.feature_picked.connect(self.feature_picked)
        self._details.reapply_wanted.connect(self._reapply)
        self._details.told.connect(self._tell)
        self._details.step_picked.connect(self.select_step)

    # --- what is shown ----------------------------------------------------------------------------------------------

    def select_step(self, step: int) -> None:
        """Select a step that was picked anywhere: in a plot, on a feature's page, in the queue."""
        self._timeline.select_step(step)

    def hover_step(self, step: int | None) -> None:
        """The mouse is over this step in a plot."""
        self._timeline.hover_step(step)

    def _pick(self, step: int) -> None:
        self._details.show_step(step)
        self.step_picked.emit(step)

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        self._timeline.show_snapshot(snapshot)
        row, count = self._timeline.selected, len(snapshot.timeline.rows)
        self._details.show_snapshot(snapshot, row.step if row else None)
        if row is not None and count == self._count:  # a move: what is picked has changed without a new step
            self.step_picked.emit(row.step)
        self._count = count

    def _on_busy(self) -> None:
        for part in (self._timeline, self._details):
            part.set_ready(self._controller.ready)

    # --- what the user wants ----------------------------------------------------------------------------------------

    def _move(self, wanted: tuple[Any, str]) -> None:
        self._controller.move(*wanted)

    def _branch(self, step: int) -> None:
        """Go there; the next step that is evolved starts the branch."""
        self._controller.go_to(step)
        self.branch_wanted.emit(step)

    def _reapply(self, wanted: tuple[str, float]) -> None:
        if self._controller.ready:
            self._controller.submit(ReapplyRequest(*wanted, self._tokens))

    def _tell(self, said: tuple[str, Any]) -> None:
        self._controller.messages.tell(*said)

    def _note(self, note: tuple[str, str]) -> None:
        self._controller.note(*note)

    def _tag(self, wanted: tuple[str, tuple[str, ...]]) -> None:
        self._controller.submit(TagRequest(*wanted))

    def _rename(self, wanted: tuple[str, str]) -> None:
        self._controller.submit(RenameRequest(*wanted))
