"""The welcome page: recent sessions, a new one, examples that show what the program does, and the tour."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from hera_desktop.engine.examples import Example, examples

from .i18n import tr
from .labels import EmptyState, dim_label, separator, title_label
from .recent import RecentSessions
from .settings import settings
from .theme import GRID, MARGIN
from .welcome_examples import ExampleCard
from .welcome_loading import LoadingLine
from .welcome_recent import RecentTable

SHOW_KEY = "welcome/at_start"
WIDEST = 150 * GRID


def shown_at_start() -> bool:
    """Whether the user wants to see this page when the program starts."""
    return settings().value(SHOW_KEY, True, type=bool)


class WelcomePage(QWidget):
    """Signals: ``new_wanted()``, ``open_wanted()``, ``recent_wanted(path)``, ``example_wanted(Example)``,
    ``tour_wanted()``, ``close_wanted()`` where the user goes on to the open session."""

    new_wanted = Signal()
    open_wanted = Signal()
    recent_wanted = Signal(object)
    example_wanted = Signal(object)
    tour_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, recent: RecentSessions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recent = recent
        self.new_button = _button(tr("New session"), tr("Begin a session on the loaded model (Ctrl+N)"))
        self.open_button = _button(tr("Open..."), tr("Open a session file"))
        self.tour_button = _button(tr("Take the tour"), tr("Where everything is, in a minute"))
        self.go_on_button = _button(tr("Go to the workspace"), tr("Leave this page; the File menu brings it back"))
        self.table = RecentTable()
        self.no_recent = EmptyState(
            tr("No sessions yet"),
            tr("A session keeps every step, its measures and how to take it back. Those you open are listed here."),
            tr("Type a prompt in the workspace, or run an example."),
        )
        self.cards = [ExampleCard(example) for example in examples().values()]
        self.loading = LoadingLine()
        self.at_start = QCheckBox(tr("Show this page at the start"))
        self.at_start.setChecked(shown_at_start())
        self._connect()
        self._lay_out()
        self.set_ready(False)
        self.refresh()

    def _connect(self) -> None:
        self.new_button.clicked.connect(self._new)
        self.open_button.clicked.connect(self._open)
        self.tour_button.clicked.connect(self._tour)
        self.go_on_button.clicked.connect(self._go_on)
        self.at_start.toggled.connect(self._keep_at_start)
        self.table.wanted.connect(self.recent_wanted)
        for card in self.cards:
            card.wanted.connect(self._example)

    # --- what is shown ----------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """List the recent sessions as they are now."""
        sessions = self._recent.sessions()
        self.table.show_sessions(sessions)
        self.table.setVisible(bool(sessions))
        self.no_recent.setVisible(not sessions)

    def set_ready(self, ready: bool) -> None:
        """Whether a model is loaded and nothing runs, so that a session can be begun and an example be run."""
        self.new_button.setEnabled(ready)
        for card in self.cards:
            card.set_ready(ready)

    def showEvent(self, event: object) -> None:
        self.refresh()
        super().showEvent(event)  # type: ignore[arg-type]

    # --- what the user wants ----------------------------------------------------------------------------------------

    def _new(self) -> None:
        self.new_wanted.emit()

    def _open(self) -> None:
        self.open_wanted.emit()

    def _tour(self) -> None:
        self.tour_wanted.emit()

    def _go_on(self) -> None:
        self.close_wanted.emit()

    def _example(self, example: Example) -> None:
        self.example_wanted.emit(example)

    def _keep_at_start(self, shown: bool) -> None:
        settings().setValue(SHOW_KEY, shown)

    # --- layout -----------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        page = QWidget()
        page.setMaximumWidth(WIDEST)
        column = QVBoxLayout(page)
        column.setContentsMargins(2 * MARGIN, 2 * MARGIN, 2 * MARGIN, MARGIN)
        column.setSpacing(GRID)
        column.addWidget(_heading())
        column.addWidget(dim_label(tr("Change a live language model, measure every change, and take it back exactly.")))
        column.addSpacing(GRID)
        column.addWidget(self.loading)
        column.addWidget(separator())
        column.addSpacing(GRID)
        halves = QHBoxLayout()
        halves.setSpacing(3 * MARGIN)
        halves.addLayout(self._sessions(), 1)
        halves.addLayout(self._examples(), 1)
        column.addLayout(halves, 1)
        column.addWidget(separator())
        column.addLayout(self._foot())
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(_centred(page))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def _sessions(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(GRID)
        column.addWidget(title_label(tr("Sessions")))
        line = QHBoxLayout()
        line.setSpacing(GRID)
        line.addWidget(self.new_button)
        line.addWidget(self.open_button)
        line.addStretch(1)
        column.addLayout(line)
        column.addWidget(self.table, 1)
        column.addWidget(self.no_recent, 1)
        return column

    def _examples(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(GRID)
        column.addWidget(title_label(tr("Examples")))
        for card in self.cards:
            column.addWidget(card)
        column.addStretch(1)
        return column

    def _foot(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(GRID)
        line.addWidget(self.at_start)
        line.addStretch(1)
        line.addWidget(self.tour_button)
        line.addWidget(self.go_on_button)
        return line


def _heading() -> QLabel:
    label = title_label("HERA Desktop")
    font = label.font()
    font.setPointSizeF(1.6 * font.pointSizeF())
    label.setFont(font)
    return label


def _centred(page: QWidget) -> QWidget:
    frame = QWidget()
    line = QHBoxLayout(frame)
    line.setContentsMargins(0, 0, 0, 0)
    line.addStretch(1)
    line.addWidget(page, 1000)
    line.addStretch(1)
    return frame


def _button(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(tip)
    button.setAccessibleName(text)
    return button
