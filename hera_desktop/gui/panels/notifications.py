"""Everything the user was told, newest first."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ..i18n import mark, tr
from ..labels import EmptyState
from ..mark_delegate import MarkDelegate
from ..messages import Level, Message, Messages
from ..messages_model import LEVEL, TEXT, MessagesModel
from ..theme import GRID, MARGIN, tabular

FILTERS: tuple[tuple[Level, str], ...] = (
    ("info", mark("everything")),
    ("warning", mark("warnings and errors")),
    ("error", mark("errors")),
)


class NotificationsPanel(QWidget):
    """Signals: ``unread_changed(int)``, the warnings and errors that came while the panel was not seen;
    ``details_wanted(Message)`` for an error that was double clicked."""

    unread_changed = Signal(object)
    details_wanted = Signal(object)

    def __init__(self, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.unread = 0
        self.model = MessagesModel(self)
        self.table = _Table(self.model)
        self.empty = EmptyState(
            tr("No message yet"),
            tr("What the program has to say about your work is kept here, with the time."),
            tr("Evolve a prompt, and its outcome stands here."),
        )
        self.pages = QStackedWidget()
        self.pages.addWidget(self.empty)
        self.pages.addWidget(self.table)
        self.level = QComboBox()
        self.copy_button = QPushButton(tr("Copy"))
        self.clear_button = QPushButton(tr("Clear"))
        self.details_button = QPushButton(tr("Details..."))
        self._lay_out()
        self._connect()
        for message in messages.kept:
            self.model.add(message)
        messages.told.connect(self._on_told)
        self._refresh()

    def _lay_out(self) -> None:
        self.level.setAccessibleName(tr("Which messages are shown"))
        for level, words in FILTERS:
            self.level.addItem(tr(words), level)
        self.copy_button.setToolTip(tr("Copy the selected messages, or all that are shown"))
        self.clear_button.setToolTip(tr("Empty this list; the log keeps what was told"))
        self.details_button.setToolTip(tr("Versions, the end of the log and the trace, to send with a report"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        line = QHBoxLayout()
        line.setContentsMargins(MARGIN, GRID // 2, MARGIN, GRID // 2)
        line.setSpacing(GRID)
        for part in (self.level, self.copy_button, self.details_button, self.clear_button):
            line.addWidget(part)
        line.addStretch(1)
        column.addLayout(line)
        column.addWidget(self.pages, 1)

    def _connect(self) -> None:
        self.level.currentIndexChanged.connect(self._filter)
        self.copy_button.clicked.connect(self.copy)
        self.clear_button.clicked.connect(self.clear)
        self.details_button.clicked.connect(self._show_details)
        self.table.opened.connect(self._show_details)
        self.table.selectionModel().selectionChanged.connect(self._refresh)

    # --- what the user wants ----------------------------------------------------------------------------------------

    def copy(self) -> None:
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        wanted = rows or range(self.model.rowCount())
        QGuiApplication.clipboard().setText("\n".join(map(self.model.line, wanted)))

    def clear(self) -> None:
        self.model.clear()
        self._read_all()
        self._refresh()

    def _filter(self) -> None:
        self.model.show_from(self.level.currentData())
        self._refresh()

    def _show_details(self) -> None:
        chosen = self._chosen()
        if chosen is not None and chosen.level == "error":
            self.details_wanted.emit(chosen)

    def _chosen(self) -> Message | None:
        index = self.table.currentIndex()
        return self.model.rows[index.row()].message if index.isValid() else None

    # --- what has changed -------------------------------------------------------------------------------------------

    def _on_told(self, message: Message) -> None:
        self.model.add(message)
        self._refresh()
        if message.level != "info" and not self.isVisible():
            self.unread += 1
            self.unread_changed.emit(self.unread)

    def _read_all(self) -> None:
        if self.unread:
            self.unread = 0
            self.unread_changed.emit(0)

    def _refresh(self) -> None:
        shown = self.model.rowCount() > 0
        self.pages.setCurrentWidget(self.table if shown or self.level.currentIndex() else self.empty)
        self.copy_button.setEnabled(shown)
        self.clear_button.setEnabled(shown)
        chosen = self._chosen()
        self.details_button.setEnabled(chosen is not None and chosen.level == "error")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read_all()


class _Table(QTableView):
    """Signal: ``opened()`` when a row is double clicked, or Enter is pressed on it."""

    opened = Signal()

    def __init__(self, model: MessagesModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(tr("Messages"))
        self.setFont(tabular(self.font()))
        self.setItemDelegateForColumn(LEVEL, MarkDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(3 * GRID)
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setHighlightSections(False)
        head.setSectionResizeMode(TEXT, QHeaderView.ResizeMode.Stretch)
        for column, width in enumerate((13 * GRID, 12 * GRID, 8 * GRID)):
            self.setColumnWidth(column, width)
        self.doubleClicked.connect(self._on_double_click)

    def _on_double_click(self, _: QModelIndex) -> None:
        self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
            return
        super().keyPressEvent(event)
