"""The window: lays the panels out and joins their signals to the controller. It holds no state of its own."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from .actions import Actions
from .controller import Controller
from .feature_desk import FeatureDesk
from .header import Header
from .labels import separator
from .panels.generation import GenerationPanel
from .panels.immune import ImmunePanel
from .panels.loading import LoadingPanel
from .panels.prompt import SUFFIXES, PromptPanel
from .panels.timeline import TimelinePanel
from .records import JobProgress, Loading, Outcome, Snapshot, Step, StepChoices, StepSettings, TextPiece
from .requests import EvolveRequest, LoadRequest, Request
from .status_line import StatusLine
from .theme import MARGIN, recoloured, theme_of

EVOLVE, FEATURES = range(2)
WORKSPACES = ("Evolve", "Features")


class MainWindow(QMainWindow):
    def __init__(self, controller: Controller) -> None:
        super().__init__()
        self.controller = controller
        self.actions_ = Actions(self)
        self.header = Header(self.actions_.undo, self.actions_.redo)
        self.prompt = PromptPanel(controller.queue)
        self.loading = LoadingPanel()
        self.generation = GenerationPanel()
        self.immune = ImmunePanel()
        self.timeline = TimelinePanel()
        self.status = StatusLine()
        self.features = FeatureDesk(controller, self)
        self.workspace = QStackedWidget()
        self.workspaces = _workspace_tabs()
        self.setWindowTitle("HERA Desktop")
        self._lay_out()
        self._connect_panels()
        self._connect_controller()
        self.actions_.colour(theme_of(self.palette()))
        self._refresh_actions()
        self.prompt.box.setFocus()

    def _lay_out(self) -> None:
        self.workspace.addWidget(self.loading)
        self.workspace.addWidget(self.generation)
        evolve = _splitter(Qt.Orientation.Horizontal, (self.prompt, self.workspace, self.immune), (290, 530, 460))
        top = self._centre = QStackedWidget()
        for part in (evolve, self.features.panel):
            top.addWidget(part)
        body = self._body = _splitter(Qt.Orientation.Vertical, (top, self.timeline), (420, 220))
        body.setStretchFactor(0, 2)
        body.setStretchFactor(1, 1)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(MARGIN, 0, 0, 0)
        head.addWidget(self.workspaces, 0, Qt.AlignmentFlag.AlignBottom)
        head.addWidget(self.header, 1)
        column.addLayout(head)
        column.addWidget(separator())
        column.addWidget(body, 1)
        for part in (separator(), self.status):
            column.addWidget(part)
        self._heights = {EVOLVE: [420, 220], FEATURES: [510, 130]}
        self.setCentralWidget(page)
        self.setMinimumSize(960, 600)
        self.resize(1280, 720)

    def _connect_panels(self) -> None:
        controller, prompt, timeline = self.controller, self.prompt, self.timeline
        prompt.evolve_wanted.connect(self._evolve)
        prompt.cancel_wanted.connect(controller.cancel)
        prompt.files_given.connect(controller.add_files)
        prompt.open_wanted.connect(self._open_prompts)
        prompt.queue_wanted.connect(controller.run_queue)
        timeline.go_wanted.connect(controller.go_to)
        timeline.move_wanted.connect(self._move)
        timeline.note_edited.connect(self._note)
        timeline.step_picked.connect(self.immune.show_step)
        self.immune.step_picked.connect(timeline.select_step)
        self.loading.retry_wanted.connect(controller.load)
        self.status.cancel_wanted.connect(controller.cancel)
        self.workspaces.currentChanged.connect(self._on_workspace)
        self.features.step_picked.connect(timeline.select_step)
        self.features.training_shown.connect(self._show_features)
        self.actions_.connect(
            {
                "evolve": prompt.submit,
                "cancel": controller.cancel,
                "undo": self._undo,
                "redo": self._redo,
                "open_prompts": self._open_prompts,
                "evolve_workspace": self._show_evolve,
                "features_workspace": self._show_features,
                "search_features": self._search_features,
                "back": self.features.panel.browser.back,
                "forward": self.features.panel.browser.forward,
                "train_sae": self.features.show_training,
                "quit": self.close,
            }
        )

    def _connect_controller(self) -> None:
        controller = self.controller
        controller.snapshot_changed.connect(self._on_snapshot)
        controller.arrived.connect(self._on_arrived)
        controller.began.connect(self._on_began)
        controller.progressed.connect(self._on_progress)
        controller.ended.connect(self._on_ended)
        controller.busy_changed.connect(self._refresh_actions)
        controller.messages.told.connect(self.status.show_message)

    # --- what the user wants ----------------------------------------------------------------------------------------

    def _evolve(self, wanted: tuple[str, StepSettings]) -> None:
        if self.controller.evolve(*wanted):
            self.prompt.accepted()

    def _move(self, wanted: tuple[Any, str]) -> None:
        self.controller.move(*wanted)

    def _note(self, note: tuple[str, str]) -> None:
        self.controller.note(*note)

    def _undo(self) -> None:
        self.controller.move("undo")

    def _redo(self) -> None:
        self.controller.move("redo")

    def _show_evolve(self) -> None:
        self.workspaces.setCurrentIndex(EVOLVE)

    def _show_features(self) -> None:
        self.workspaces.setCurrentIndex(FEATURES)

    def _search_features(self) -> None:
        self._show_features()
        search = self.features.panel.browser.finder.search
        search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        search.selectAll()

    def _on_workspace(self, number: int) -> None:
        """Each workspace has its own share of the height; the timeline can be small beside the features."""
        self._heights[self._centre.currentIndex()] = self._body.sizes()
        self._centre.setCurrentIndex(number)
        self._body.setSizes(self._heights[number])
        self.features.watch(number == FEATURES)
        self._refresh_actions()

    def _open_prompts(self) -> None:
        kinds = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        paths, _ = QFileDialog.getOpenFileNames(self, "Open prompts file", "", f"Prompts ({kinds});;All files (*)")
        if paths:
            self.controller.add_files(paths)

    # --- what has changed -------------------------------------------------------------------------------------------

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        self.header.show_info(snapshot.info)
        self.status.show_state(snapshot.info.state_hash)
        self.timeline.show_snapshot(snapshot)
        self.immune.show_snapshot(snapshot)
        self.workspace.setCurrentWidget(self.generation)
        self._refresh_actions()

    def _on_began(self, request: Request) -> None:
        if isinstance(request, EvolveRequest):
            self.generation.begin(request.prompt)

    def _on_arrived(self, record: Any) -> None:
        if isinstance(record, TextPiece):
            self.generation.add_text(record)
        elif isinstance(record, Step):
            self.generation.show_step(record)
        elif isinstance(record, StepChoices):
            self.prompt.step.show_choices(record)
        elif isinstance(record, Loading):
            self.loading.name_model(record.model)

    def _on_progress(self, progress: JobProgress) -> None:
        self.status.show_progress(progress)
        self.loading.show_progress(progress.what)

    def _on_ended(self, outcome: Outcome) -> None:
        if isinstance(outcome.request, LoadRequest) and outcome.snapshot is None:
            self.loading.fail(outcome.message or "Loading was cancelled.")
        if isinstance(outcome.request, EvolveRequest) and outcome.record is None:
            self.generation.withdraw()

    def _refresh_actions(self) -> None:
        controller, actions = self.controller, self.actions_
        info = controller.snapshot.info if controller.snapshot else None
        self.prompt.set_state(controller.ready, controller.busy)
        self.timeline.set_ready(controller.ready)
        self.status.show_busy(controller.busy)
        browsing = self.workspaces.currentIndex() == FEATURES
        actions.evolve.setEnabled(not browsing)
        actions.back.setEnabled(browsing)
        actions.forward.setEnabled(browsing)
        actions.cancel.setEnabled(controller.busy)
        actions.undo.setEnabled(bool(controller.ready and info and info.can_undo))
        actions.redo.setEnabled(bool(controller.ready and info and info.can_redo))
        if info is None and controller.busy:
            self.loading.begin()

    # --- Qt ---------------------------------------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if recoloured(event):
            self.actions_.colour(theme_of(self.palette()))

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window goes at once; whoever owns the controller gives the model thread time to end its job."""
        self.controller.cancel()
        self.features.controller.close()
        super().closeEvent(event)


def _workspace_tabs() -> QTabBar:
    tabs = QTabBar()
    tabs.setDrawBase(False)
    tabs.setAccessibleName("Workspaces")
    for number, name in enumerate(WORKSPACES):
        tabs.addTab(name)
        tabs.setTabToolTip(number, f"{name} (Ctrl+{number + 1})")
    return tabs


def _splitter(orientation: Qt.Orientation, parts: tuple[QWidget, ...], sizes: tuple[int, ...]) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setChildrenCollapsible(False)
    splitter.setHandleWidth(1)
    for part in parts:
        splitter.addWidget(part)
    splitter.setSizes(list(sizes))
    return splitter
