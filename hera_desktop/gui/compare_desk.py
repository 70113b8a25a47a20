"""Joins the panel that compares two states to the controller."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from .compare.words import told
from .compare_requests import BASE, NOW, CompareRequest
from .controller import Controller
from .i18n import tr
from .panels.compare import ComparePanel
from .records import JobProgress, Outcome, Snapshot, TimelineRow
from .requests import Request


class CompareDesk(QObject):
    """Signals: ``shown()`` when the panel is to be seen; ``feature_picked(feature)`` when its page is wanted."""

    shown = Signal()
    feature_picked = Signal(object)

    def __init__(
        self, controller: Controller, panel: ComparePanel | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self.panel = panel or ComparePanel()
        self.panel.compare_wanted.connect(self._run)
        self.panel.cancel_wanted.connect(controller.cancel)
        self.panel.feature_picked.connect(self.feature_picked)
        controller.began.connect(self._on_began)
        controller.progressed.connect(self._on_progress)
        controller.ended.connect(self._on_ended)
        controller.snapshot_changed.connect(self._on_snapshot)
        controller.busy_changed.connect(self._on_busy)
        if controller.snapshot is not None:
            self._on_snapshot(controller.snapshot)
        self._on_busy()

    # --- what the user wants ----------------------------------------------------------------------------------------

    def compare(self, step_a: int, step_b: int | None = None) -> None:
        """Compare the states right after two steps, the second with the first; None is the present state."""
        snapshot = self._controller.snapshot
        if snapshot is None:
            self._tell_not_ready()
            return
        rows = [snapshot.timeline.rows[step] for step in (step_a, step_b) if step is not None]
        rejected = next((row for row in rows if row.state == "rejected"), None)
        if rejected is not None:
            text = tr("Step {step} was rejected; there is no state to compare").format(step=rejected.step)
            self._controller.messages.tell(text, "warning")
            return
        self.panel.suggest_prompt(rows[-1].prompt if rows[-1].step else "")
        self._compare(_key(rows[0]), _key(rows[1]) if len(rows) > 1 else NOW)

    def compare_pair(self, steps: tuple[int, int | None]) -> None:
        """The same, as the timeline's ``compare_wanted`` says it."""
        self.compare(*steps)

    def compare_with_base(self) -> None:
        self._compare(BASE, NOW)

    def _compare(self, a: str, b: str) -> None:
        self.shown.emit()
        if self._controller.snapshot is None:
            self._tell_not_ready()
            return
        self.panel.show_choice(a, b)
        self._run(self.panel.request)

    def _run(self, request: CompareRequest) -> None:
        if self._controller.ready:
            self._controller.submit(request)
        else:
            self._tell_not_ready()

    def _tell_not_ready(self) -> None:
        """Comparing changes nothing, so it is all the same whether the session can be written."""
        loaded = self._controller.snapshot is not None
        reason = tr("A job is running; wait for it or cancel it") if loaded else tr("No model is loaded yet")
        self._controller.messages.tell(reason, "warning")

    # --- jobs -------------------------------------------------------------------------------------------------------

    def _on_began(self, request: Request) -> None:
        if isinstance(request, CompareRequest):
            self.panel.begin()

    def _on_progress(self, progress: JobProgress) -> None:
        if progress.name == CompareRequest.name:
            self.panel.show_progress(progress)

    def _on_ended(self, outcome: Outcome) -> None:
        if not isinstance(outcome.request, CompareRequest):
            return
        if outcome.status == "finished":
            self.panel.show_comparison(outcome.record)
            self._controller.messages.tell(told(outcome.record))
        else:
            self.panel.withdraw(outcome.message)

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        self.panel.show_snapshot(snapshot)

    def _on_busy(self) -> None:
        self.panel.set_state(self._controller.ready, self._controller.busy)


def _key(row: TimelineRow) -> str:
    """What the engine calls the state right after a step."""
    return row.patch_id or BASE
