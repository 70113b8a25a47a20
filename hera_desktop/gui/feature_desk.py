"""Joins the features panel to its controller, and hands the records of running jobs to the parts that show them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from .controller import Controller
from .edit_records import SteerPiece, TrainingPoint
from .edit_requests import (
    BuildAtlasRequest,
    CommitEditRequest,
    DropEditRequest,
    ProposeEditRequest,
    SteerRequest,
    TrainSaeRequest,
)
from .feature_controller import FeatureController
from .i18n import mark, tr
from .panels.features import FeaturesPanel
from .records import Evolved, JobProgress, Outcome, Snapshot, Step, StepChoices
from .requests import Request

COMMITTED = mark("Committed as {patch}; it stands on the timeline.")
RECORDED = mark("Recorded as rejected; the model stays as it is.")
DROPPED = mark("Dropped; the model stays as it is.")


class FeatureDesk(QObject):
    """Signals: ``step_picked(step)`` when a patch is picked on a feature's page; ``training_shown()`` when the
    training page is to be seen."""

    step_picked = Signal(object)
    training_shown = Signal()

    def __init__(self, controller: Controller, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = controller
        self.panel = FeaturesPanel()
        self.controller = FeatureController(controller, self)
        self._join_panel()
        self._join_jobs()

    def _join_panel(self) -> None:
        panel, browser, mine, window = self.panel, self.panel.browser, self.controller, self._window
        view, training = browser.view, panel.training
        browser.text.read_wanted.connect(mine.read)
        browser.on_text_wanted.connect(mine.look_on_text)
        browser.label_wanted.connect(mine.keep_label)
        panel.import_wanted.connect(mine.import_labels)
        panel.told.connect(mine.tell)
        view.own_text.patch_picked.connect(self._on_patch)
        training.back_wanted.connect(panel.show_browser)
        training.use_wanted.connect(mine.use_sae)
        wanted = (view.steering.preview_wanted, view.building.build_wanted, training.train_wanted)
        edits = (view.proposal.propose_wanted, view.proposal.commit_wanted, view.proposal.drop_wanted)
        for signal in (*wanted, *edits):
            signal.connect(mine.run)
        for part in (view.steering, view.proposal, view.building, training):
            part.cancel_wanted.connect(window.cancel)
        mine.opened.connect(panel.show_opened)
        mine.text_read.connect(browser.show_text)
        mine.on_text.connect(browser.show_on_text)
        mine.labels_imported.connect(browser.show_imported)

    def _join_jobs(self) -> None:
        window = self._window
        window.began.connect(self._on_began)
        window.progressed.connect(self._on_progress)
        window.arrived.connect(self._on_arrived)
        window.ended.connect(self._on_ended)
        window.snapshot_changed.connect(self._on_snapshot)
        window.busy_changed.connect(self._on_busy)
        self._on_busy()

    # --- what the user wants ----------------------------------------------------------------------------------------

    def watch(self, watching: bool) -> None:
        """Whether the workspace is seen; the first time, the last prompt is read."""
        self.controller.watch(watching)
        text = self.panel.browser.text
        if watching and text.offered and not text.line.text():
            text.read(text.offered)

    def show_training(self) -> None:
        self.panel.show_training()
        self.training_shown.emit()

    def _on_patch(self, patch_id: str) -> None:
        rows = self._window.snapshot.timeline.rows if self._window.snapshot else ()
        step = next((row.step for row in rows if row.patch_id == patch_id), None)
        if step is not None:
            self.step_picked.emit(step)

    # --- jobs -------------------------------------------------------------------------------------------------------

    def _on_began(self, request: Request) -> None:
        view, training = self.panel.browser.view, self.panel.training
        if isinstance(request, SteerRequest):
            view.steering.begin(request)
        elif isinstance(request, ProposeEditRequest):
            view.proposal.begin()
        elif isinstance(request, BuildAtlasRequest):
            view.building.begin()
        elif isinstance(request, TrainSaeRequest):
            training.begin(request)

    def _on_progress(self, progress: JobProgress) -> None:
        if progress.name == BuildAtlasRequest.name:
            self.panel.browser.view.building.show_progress(progress)
        elif progress.name == TrainSaeRequest.name:
            self.panel.training.show_progress(progress)

    def _on_arrived(self, record: Any) -> None:
        if isinstance(record, SteerPiece):
            self.panel.browser.view.steering.add_piece(record)
        elif isinstance(record, TrainingPoint):
            self.panel.training.add_point(record)
        elif isinstance(record, StepChoices):
            self.panel.browser.view.proposal.show_choices(record)
        elif isinstance(record, Step):
            self.panel.browser.text.offer(record.result.prompt, "")

    def _on_ended(self, outcome: Outcome) -> None:
        request, record = outcome.request, outcome.record
        done, said = outcome.status == "finished", outcome.message
        view, training = self.panel.browser.view, self.panel.training
        if isinstance(request, SteerRequest):
            view.steering.show_steering(record) if done else view.steering.withdraw(said)
        elif isinstance(request, ProposeEditRequest):
            view.proposal.show_proposal(record) if done else view.proposal.withdraw(said)
        elif isinstance(request, (CommitEditRequest, DropEditRequest)):
            view.proposal.clear(*_settled(record)) if done else view.proposal.withdraw(said)
        elif isinstance(request, BuildAtlasRequest):
            view.building.end("" if done else said or tr("Cancelled; no atlas was left."))
        elif isinstance(request, TrainSaeRequest):
            training.show_trained(record) if done else training.withdraw(said)
        if isinstance(record, Evolved):
            self.panel.browser.text.offer(record.result.prompt, record.after or record.before)

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        view, info = self.panel.browser.view, snapshot.info
        view.steering.show_snapshot(snapshot)
        view.proposal.show_snapshot(snapshot)
        self.panel.training.show_model(info.model.name, info.model.n_layers, info.model.d_model, info.sae is not None)

    def _on_busy(self) -> None:
        ready, busy = self._window.ready, self._window.busy
        view = self.panel.browser.view
        for part in (view.steering, view.proposal, view.building, self.panel.training):
            part.set_state(ready, busy)


def _settled(record: Any) -> tuple[str, str]:
    """What became of a proposal that waited, and its mark."""
    if not isinstance(record, Evolved):
        return tr(DROPPED), ""
    result = record.result
    return (tr(RECORDED) if result.status == "rejected" else tr(COMMITTED).format(patch=result.patch_id)), result.status
