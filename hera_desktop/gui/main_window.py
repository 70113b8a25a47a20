"""The window: lays the panels out and joins them with one another. What they do is the desks' and the controller's."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from hera_desktop.engine.trace import entry_line

from .actions import Actions
from .chat_desk import ChatDesk
from .compare_desk import CompareDesk
from .controller import Controller
from .desk import CHAT, COMPARE, EVOLVE, EXPERIMENTS, INSPECT, LAYOUT_NAMES, LAYOUTS, Desk
from .document_requests import SessionOpened
from .documents import Documents, dropped_kind
from .experiment_desk import ExperimentDesk
from .feature_desk import FeatureDesk
from .header import Header
from .i18n import tr
from .labels import separator
from .load_guard import LoadGuard
from .menus import Menus
from .panels.details import DetailsPanel
from .panels.generation import GenerationPanel
from .panels.immune import ImmunePanel
from .panels.loading import LoadingPanel
from .panels.log import LogPanel
from .panels.notifications import NotificationsPanel
from .panels.prompt import PromptPanel
from .panels.timeline import TimelinePanel
from .prompt_desk import PromptDesk
from .records import Outcome, Snapshot, Step, TextPiece
from .requests import EvolveRequest, MoveRequest, Request
from .settings import settings
from .standing_desk import StandingDesk
from .status_line import StatusLine
from .theme import MARGIN, recoloured, theme_of
from .timeline_desk import TimelineDesk
from .trace_lines import trace_line
from .welcome_desk import WelcomeDesk
from .window_tools import WindowTools

GEOMETRY = "window/geometry"


class MainWindow(QMainWindow):
    def __init__(self, controller: Controller) -> None:
        super().__init__()
        self.controller = controller
        self.actions_ = Actions(self)
        self.header = Header(self.actions_["undo"], self.actions_["redo"], self.actions_["palette"])
        self.status = StatusLine()
        self._make_panels()
        self.guard = LoadGuard(controller, controller.load_request, self.loading)
        self.documents = Documents(controller, self.guard, self, self)
        self._make_desks()
        self.tools = WindowTools(self, controller, self.actions_, self.documents, self.log)
        self._lay_out()
        self.menus = Menus(self.menuBar(), self.actions_, self.desk)
        self.welcome = WelcomeDesk(self, controller, self.documents, self.desk, self.front)
        self._connect()
        self.actions_.add("timeline", tr("Timeline"), {a.objectName(): a for a in self.timeline.actions_.all})
        self.actions_.add("panel", tr("Panels"), self.menus.panels)
        self.actions_.add("experiment", tr("Experiments"), self.experiments.actions)
        self.tools.ready()
        self.actions_.colour(theme_of(self.palette()))
        self._refresh_actions()
        self.prompt.box.setFocus()

    def _make_panels(self) -> None:
        self.prompt = PromptPanel(self.controller.queue)
        self.loading = LoadingPanel()
        self.generation = GenerationPanel()
        self.immune = ImmunePanel()
        self.timeline = TimelinePanel()
        self.details = DetailsPanel()
        self.log = LogPanel()
        self.notifications = NotificationsPanel(self.controller.messages)
        self.workspace = QStackedWidget()
        self.workspace.addWidget(self.loading)
        self.workspace.addWidget(self.generation)

    def _make_desks(self) -> None:
        controller = self.controller
        self.features = FeatureDesk(controller, self)
        self.compare = CompareDesk(controller, parent=self)
        self.chat = ChatDesk(controller, parent=self)
        self.experiments = ExperimentDesk(controller, parent=self)
        self.prompt_desk = PromptDesk(controller, self.prompt, self)
        self.timeline_desk = TimelineDesk(controller, self.timeline, self.details, self)
        self.standing = StandingDesk(controller, self)

    def _lay_out(self) -> None:
        self.setWindowTitle("HERA Desktop")
        self.setAcceptDrops(True)
        self.desk = Desk(self._panels())
        self.front = QStackedWidget()
        self.front.addWidget(self.desk)
        self.workspaces = _workspace_tabs()
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(MARGIN, 0, 0, 0)
        head.addWidget(self.workspaces, 0, Qt.AlignmentFlag.AlignBottom)
        head.addWidget(self.header, 1)
        column.addLayout(head)
        for part in (separator(), self.documents.banner):
            column.addWidget(part)
        column.addWidget(self.front, 1)
        for part in (separator(), self.status):
            column.addWidget(part)
        self.setCentralWidget(page)
        self.setMinimumSize(1024, 640)
        self.resize(1280, 720)
        kept = settings().value(GEOMETRY)
        if kept is not None:
            self.restoreGeometry(kept)

    def _panels(self) -> dict[str, QWidget]:
        return {
            "prompt": self.prompt,
            "generation": self.workspace,
            "immune": self.immune,
            "features": self.features.panel,
            "compare": self.compare.panel,
            "chat": self.chat.chat,
            "facts": self.chat.facts,
            "lessons": self.chat.lessons,
            "experiments": self.experiments.panel,
            "timeline": self.timeline,
            "details": self.details,
            "log": self.log,
            "notifications": self.notifications,
        }

    # --- joining ----------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self._connect_controller()
        self._connect_steps()
        self._connect_documents()
        self.status.cancel_wanted.connect(self.controller.cancel)
        self.workspaces.tabBarClicked.connect(self._on_workspace)  # also the present one, from the welcome page
        self.workspaces.currentChanged.connect(self._on_workspace)
        self.desk.layout_changed.connect(self._on_layout)
        self.desk.seen_changed.connect(self._on_seen)
        self.features.training_shown.connect(self.show_inspect)
        self.compare.shown.connect(self.show_compare)
        self.chat.shown.connect(self.show_chat)
        self.experiments.shown.connect(self.show_experiments)
        self.chat.step_picked.connect(self.timeline_desk.select_step)
        self.timeline_desk.step_picked.connect(self.chat.show_step)
        self.compare.feature_picked.connect(self._show_feature)
        self.log.save_wanted.connect(self.tools.save_trace)
        self.notifications.details_wanted.connect(self.tools.errors.show_message)
        self.notifications.unread_changed.connect(self._on_unread)
        browser = self.features.panel.browser
        self.actions_.connect(
            {
                "new_session": self._new_session,
                "open_session": self._open_session,
                "save_as": self._save_as,
                "open_prompts": self.prompt_desk.open_prompts,
                "quit": self.close,
                "undo": self._undo,
                "redo": self._redo,
                "copy_hash": self._copy_hash,
                "search_timeline": self._search_timeline,
                "search_features": self._search_features,
                "evolve": self.prompt.submit,
                "queue_prompt": self.prompt.queue_prompt,
                "run_queue": self.prompt.run_queue,
                "pause_queue": self.controller.runner.pause,
                "auto_run": self.prompt.auto.toggle,
                "cancel": self.controller.cancel,
                "layout_evolve": self.show_evolve,
                "layout_inspect": self.show_inspect,
                "layout_compare": self.show_compare,
                "layout_chat": self.chat.focus,
                "layout_experiments": self.show_experiments,
                "reset_layout": self.desk.reset_layout,
                "back": browser.back,
                "forward": browser.forward,
                "train_sae": self.features.show_training,
                "compare_with_base": self.compare.compare_with_base,
                "welcome": self.welcome.show_page,
                "tour": self.welcome.start_tour,
                "open_log": self._open_log,
            }
        )

    def _connect_controller(self) -> None:
        controller = self.controller
        controller.snapshot_changed.connect(self._on_snapshot)
        controller.arrived.connect(self._on_arrived)
        controller.began.connect(self._on_began)
        controller.progressed.connect(self.status.show_progress)
        controller.ended.connect(self._on_ended)
        controller.busy_changed.connect(self._refresh_actions)
        controller.messages.told.connect(self.status.show_message)
        self.guard.asked.connect(self._on_memory_asked)

    def _connect_steps(self) -> None:
        """A step that is picked or pointed at anywhere is shown everywhere."""
        desk = self.timeline_desk
        desk.step_picked.connect(self.immune.show_step)
        desk.step_hovered.connect(self.immune.hover_step)
        desk.details_wanted.connect(self._show_details)
        desk.compare_wanted.connect(self.compare.compare_pair)
        desk.export_wanted.connect(self.tools.interchange.show_export)
        desk.python_wanted.connect(self._copy_python)
        desk.feature_picked.connect(self._show_feature)
        desk.branch_wanted.connect(self._begin_branch)
        self.immune.step_picked.connect(desk.select_step)
        self.immune.step_hovered.connect(desk.hover_step)
        self.immune.told.connect(self._tell)
        self.features.step_picked.connect(desk.select_step)
        self.prompt_desk.step_picked.connect(desk.select_step)
        self.standing.found.connect(self.immune.show_standing)
        self.standing.use_changed.connect(self.header.budget.show_use)
        self.standing.warn_share_changed.connect(self.header.budget.show_warn_share)

    def _connect_documents(self) -> None:
        documents = self.documents
        documents.changed.connect(self._on_document)
        documents.switched.connect(self._on_switched)
        documents.reloads.connect(self.controller.follow)
        documents.leaving.connect(self.details.words.keep)
        self.menus.recent_wanted.connect(documents.open_recent)
        self.welcome.layout_wanted.connect(self.desk.show_layout)
        self.welcome.feature_wanted.connect(self._show_feature)

    # --- what the user wants ----------------------------------------------------------------------------------------

    def _new_session(self) -> None:
        self.documents.new()

    def _open_session(self) -> None:
        self.documents.open()

    def _save_as(self) -> None:
        self.documents.save_as()

    def _undo(self) -> None:
        self.controller.move("undo")

    def _redo(self) -> None:
        self.controller.move("redo")

    def _copy_hash(self) -> None:
        if self.controller.snapshot is not None:
            QGuiApplication.clipboard().setText(self.controller.snapshot.info.state_hash)
            self._tell((tr("The state hash is on the clipboard"), "info"))

    def _copy_python(self, step: int) -> None:
        snapshot = self.controller.snapshot
        if snapshot is not None and step:
            line = entry_line(snapshot.timeline.rows[step], session=snapshot.info.session)
            QGuiApplication.clipboard().setText(line)
            self._tell((tr("Step {step} is on the clipboard as a line of Python").format(step=step), "info"))

    def _begin_branch(self, step: int) -> None:
        self.show_evolve()
        self.prompt.box.setFocus()
        self._tell((tr("The next step starts a branch at step {step}").format(step=step), "info"))

    def _show_details(self, step: int) -> None:
        self.desk.show_dock("details")

    def _show_feature(self, feature: int) -> None:
        self.show_inspect()
        self.features.panel.browser.choose(feature)

    def _open_log(self) -> None:
        self.desk.show_dock("log")
        self.log.show_log()

    def _search_timeline(self) -> None:
        self.desk.show_dock("timeline")
        self.timeline.focus_search()

    def _search_features(self) -> None:
        self.show_inspect()
        search = self.features.panel.browser.finder.search
        search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        search.selectAll()

    def show_evolve(self) -> None:
        self._show_layout(EVOLVE)

    def show_inspect(self) -> None:
        self._show_layout(INSPECT)

    def show_compare(self) -> None:
        self._show_layout(COMPARE)

    def show_chat(self) -> None:
        self._show_layout(CHAT)

    def show_experiments(self) -> None:
        self._show_layout(EXPERIMENTS)

    def _show_layout(self, layout: str) -> None:
        self.front.setCurrentWidget(self.desk)
        self.desk.show_layout(layout)

    def _on_workspace(self, number: int) -> None:
        if number >= 0:  # -1: a click beside the tabs
            self._show_layout(LAYOUTS[number])

    # --- what has changed -------------------------------------------------------------------------------------------

    def _tell(self, said: tuple[str, Any]) -> None:
        self.controller.messages.tell(*said)

    def _on_layout(self, layout: str) -> None:
        self.workspaces.setCurrentIndex(LAYOUTS.index(layout))
        self._on_seen()

    def _on_seen(self) -> None:
        self.features.watch(self.desk.is_seen("features"))
        self.experiments.watch(self.desk.is_seen("experiments"))
        self._refresh_actions()

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        self.header.show_info(snapshot.info)
        self.status.show_state(snapshot.info.state_hash)
        self.immune.show_snapshot(snapshot)
        if self.workspace.currentWidget() is not self.generation:
            self.workspace.setCurrentWidget(self.generation)
            QTimer.singleShot(0, self.desk, self.desk.share_out)  # it needs another width than what stood there
        self._refresh_actions()

    def _on_began(self, request: Request) -> None:
        if isinstance(request, EvolveRequest):
            self.generation.begin(request.prompt)

    def _on_arrived(self, record: Any) -> None:
        if isinstance(record, TextPiece):
            self.generation.add_text(record)
        elif isinstance(record, Step):
            self.generation.show_step(record)

    def _on_ended(self, outcome: Outcome) -> None:
        if isinstance(outcome.request, EvolveRequest) and outcome.record is None:
            self.generation.withdraw()
        line = trace_line(outcome)
        if line:
            self.log.add_line(line)
        if isinstance(outcome.request, MoveRequest) and outcome.record is not None and outcome.record.kind == "label":
            self.features.controller.open()

    def _on_memory_asked(self, asking: bool) -> None:
        waiting = asking or self.controller.snapshot is None
        self.workspace.setCurrentWidget(self.loading if waiting else self.generation)

    def _on_document(self) -> None:
        self.setWindowTitle(f"{self.documents.title} - HERA Desktop")
        self.menus.show_recent(self.documents.recent.sessions())

    def _on_switched(self, opened: SessionOpened) -> None:
        if opened.loaded:
            self.controller.spare_what_is_loaded()
        if opened.how != "saved":  # what stands there was said in another session
            self.generation.withdraw()
        self.features.controller.open()
        self.standing.forget()

    def _on_unread(self, count: int) -> None:
        name = tr("Messages ({count})").format(count=count) if count else tr("Messages")
        self.desk.docks["notifications"].setWindowTitle(name)

    def _refresh_actions(self) -> None:
        controller, actions = self.controller, self.actions_
        info = controller.snapshot.info if controller.snapshot else None
        loaded = tr("No model is loaded yet") if info is None else tr("A job is running; wait for it or cancel it")
        self.status.show_busy(controller.busy)
        actions.enable(("evolve",), self.desk.is_seen("prompt"), tr("Show the Evolve layout to evolve a prompt"))
        actions.enable(("back", "forward"), self.desk.is_seen("features"), tr("Show the Inspect layout"))
        actions.enable(("cancel",), controller.busy, tr("Nothing is running"))
        changing = ("export_patches", "import_patch", "new_session", "open_session", "save_as", "compare_with_base")
        actions.enable(changing, controller.ready, loaded)
        for name, nothing, words in (
            ("undo", tr("There is nothing to undo"), info.undo_words if info and info.can_undo else ""),
            ("redo", tr("There is nothing to redo"), info.redo_words if info and info.can_redo else ""),
        ):
            possible = controller.ready and bool(words) and not controller.locked
            actions.enable((name,), possible, controller.locked or (nothing if controller.ready else loaded))
            if possible:
                actions[name].setToolTip(f"{actions.tip(actions[name])}: {words}")

    # --- Qt ---------------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_kind(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.documents.handle_drop([url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()])

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if recoloured(event):
            self.actions_.colour(theme_of(self.palette()))

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window goes at once; whoever owns the controller gives the model thread time to end its job."""
        self.details.words.keep()
        self.desk.keep()
        settings().setValue(GEOMETRY, self.saveGeometry())
        self.controller.cancel()
        self.features.controller.close()
        self.experiments.close()
        super().closeEvent(event)


def _workspace_tabs() -> QTabBar:
    tabs = QTabBar()
    tabs.setDrawBase(False)
    tabs.setAccessibleName(tr("Layouts"))
    for number, layout in enumerate(LAYOUTS):
        name = tr(LAYOUT_NAMES[layout])
        tabs.addTab(name)
        tabs.setTabToolTip(number, f"{name} (Ctrl+{number + 1})")
    return tabs
