"""Joins the welcome page, the examples and the tour to the window."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from .controller import Controller
from .desk import COMPARE, EVOLVE, INSPECT, Desk
from .documents import Documents
from .example_runner import ExampleRunner
from .records import JobProgress, Outcome, Snapshot
from .requests import LoadRequest
from .tour import GuidedTour
from .welcome import WelcomePage, shown_at_start

LAYOUT_OF = {"features": INSPECT, "compare": COMPARE}
"""Where a dock is seen; the others are in the first layout."""


class WelcomeDesk(QObject):
    """``front`` holds the desk and gets the page. Signals: ``layout_wanted(layout id)``, ``feature_wanted(id)``."""

    layout_wanted = Signal(object)
    feature_wanted = Signal(object)

    def __init__(
        self, window: QMainWindow, controller: Controller, documents: Documents, desk: Desk, front: QStackedWidget
    ) -> None:
        super().__init__(window)
        self._controller, self._documents, self._desk, self._front = controller, documents, desk, front
        self.page = WelcomePage(documents.recent)
        front.addWidget(self.page)
        self.examples = ExampleRunner(controller, documents)
        self.tour = GuidedTour(window, {name: dock.widget() for name, dock in desk.docks.items()}, self)
        self._connect()

    def _connect(self) -> None:
        page, documents, controller = self.page, self._documents, self._controller
        page.new_wanted.connect(self._new)
        page.open_wanted.connect(self._open)
        page.recent_wanted.connect(self._open_recent)
        page.example_wanted.connect(self._run)
        page.tour_wanted.connect(self.start_tour)
        page.close_wanted.connect(self.show_desk)
        self.examples.layout_wanted.connect(self._show_layout)
        self.examples.feature_wanted.connect(self.feature_wanted)
        self.tour.dock_wanted.connect(self._show_dock)
        documents.changed.connect(page.refresh)
        documents.switched.connect(self._on_switched)
        documents.closed.connect(self.show_page)
        controller.busy_changed.connect(self._refresh)
        controller.progressed.connect(self._on_progress)
        controller.snapshot_changed.connect(self._on_snapshot)
        controller.ended.connect(self._on_ended)

    # --- what the user wants ----------------------------------------------------------------------------------------

    def show_at_start(self) -> None:
        """The page, unless the user does not want it at the start."""
        if shown_at_start():
            self.show_page()

    def show_page(self) -> None:
        self.page.refresh()
        self._refresh()
        self._front.setCurrentWidget(self.page)

    def show_desk(self) -> None:
        self._front.setCurrentWidget(self._desk)

    def start_tour(self) -> None:
        self.show_desk()
        self.tour.start()

    def _new(self) -> None:
        self.show_desk()
        self._documents.new()

    def _open(self) -> None:
        self._documents.open()

    def _open_recent(self, path: object) -> None:
        self._documents.open_recent(path)

    def _run(self, example: object) -> None:
        self.show_desk()
        self.examples.run(example)

    def _show_layout(self, layout: str) -> None:
        self.show_desk()
        self.layout_wanted.emit(layout)

    def _show_dock(self, dock_id: str) -> None:
        self.layout_wanted.emit(LAYOUT_OF.get(dock_id, EVOLVE))
        self._desk.show_dock(dock_id)

    # --- what has changed -------------------------------------------------------------------------------------------

    def _refresh(self) -> None:
        self.page.set_ready(self._controller.ready)

    def _on_switched(self, _: object) -> None:
        self.show_desk()

    def _on_progress(self, progress: JobProgress) -> None:
        if progress.name == LoadRequest.name:
            self.page.loading.show_progress(progress)

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        self.page.loading.show_snapshot(snapshot)

    def _on_ended(self, outcome: Outcome) -> None:
        if isinstance(outcome.request, LoadRequest) and outcome.snapshot is None:
            self.page.loading.show_failure(outcome.message)
