"""The queue as it is seen: its rows with their marks, what can be done with them, and how far a run is."""

from __future__ import annotations

import qtawesome
from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QSizePolicy,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from superqt import QElidingLabel

from .features.fields import button, row
from .i18n import mark, tr
from .labels import dim_label
from .mark_delegate import MarkDelegate
from .prompt_queue import RUNNING, WAITING, PromptQueue, QueueRow
from .queue_runner import QueueProgress
from .theme import GRID, recoloured, theme_of
from .time_left import in_words

EMPTY_QUEUE = mark(
    "Many prompts, one after another: drop a .txt, .csv or .jsonl file here, one prompt a row, or queue the one above."
)
RUN_TIP = mark("Evolve the waiting prompts one after another, with the settings above (F5)")
PAUSE_TIP = mark("Finish the running step and keep the rest waiting (F6)")
RESUME_TIP = mark("Go on with the waiting prompts, with the settings above (F5)")
STATUS_WIDTH = 12 * GRID
IDLE = QueueProgress(False, False, 0, 0, None)


class QueueTable(QTableView):
    """Rows are reordered by dragging them or by Alt+Up and Alt+Down, and taken away by Delete.

    Signals: ``shift_wanted(-1 or 1)``, ``remove_wanted()``, ``opened(row number)`` on a click or Enter.
    """

    shift_wanted = Signal(int)
    remove_wanted = Signal()
    opened = Signal(int)

    def __init__(self, queue: PromptQueue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(queue)
        self.setAccessibleName(tr("Queue of prompts"))
        self.setItemDelegateForColumn(0, MarkDelegate(self))
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setDragDropMode(QTableView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDragDropOverwriteMode(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # a target stands at the end
        self.setMinimumHeight(2 * 3 * GRID + 2)
        self._shape_headers()
        self.clicked.connect(self._on_clicked)

    def _shape_headers(self) -> None:
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(3 * GRID)
        head = self.horizontalHeader()
        head.hide()
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        head.resizeSection(0, STATUS_WIDTH)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)

    @property
    def chosen(self) -> list[int]:
        """The numbers of the selected rows."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def choose(self, numbers: list[int]) -> None:
        """Select these rows; the first is the current one."""
        model, flag = self.model(), QItemSelectionModel.SelectionFlag
        self.clearSelection()
        for number in numbers:
            self.selectionModel().select(model.index(number, 0), flag.Select | flag.Rows)
        if numbers:
            self.selectionModel().setCurrentIndex(model.index(numbers[0], 0), flag.NoUpdate)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, alt = event.key(), event.modifiers() & Qt.KeyboardModifier.AltModifier
        if alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.shift_wanted.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_wanted.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def _on_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(index.row())


class QueueView(QWidget):
    """Signals: ``run_wanted()`` (also to go on after a pause), ``pause_wanted()``, ``again_wanted(list[QueueRow])``,
    ``open_wanted()`` for a file of prompts, ``step_picked(step)`` when a finished row is clicked."""

    run_wanted = Signal()
    pause_wanted = Signal()
    again_wanted = Signal(object)
    open_wanted = Signal()
    step_picked = Signal(object)

    def __init__(self, queue: PromptQueue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._queue = queue
        self._ready, self._locked, self._progress = False, "", IDLE
        self.title = _title()
        self.hint = dim_label(tr(EMPTY_QUEUE))
        self.table = QueueTable(queue)
        self._icons: dict[QToolButton, str] = {}
        self.up_button = self._tool("mdi6.arrow-up", tr("Move up"), tr("Move the selected prompts up (Alt+Up)"))
        self.down_button = self._tool(
            "mdi6.arrow-down", tr("Move down"), tr("Move the selected prompts down (Alt+Down)")
        )
        self.again_button = self._tool(
            "mdi6.refresh", tr("Run again"), tr("Evolve the selected prompts, and no others")
        )
        self.remove_button = self._tool("mdi6.close", tr("Remove"), tr("Take the selected prompts away (Delete)"))
        self.run_button = _widest(button(tr("Run queue"), ""), tr("Pause"), tr("Resume"))
        self.open_button = button(tr("Open file..."), tr("Put the prompts of a file into the queue (Ctrl+Shift+O)"))
        self.clear_button = button(tr("Clear"), tr("Empty the queue; a running prompt stays"))
        self._lay_out()
        self._connect()
        self._draw()
        self._refresh()

    def _tool(self, icon: str, name: str, tip: str) -> QToolButton:
        made = QToolButton()
        made.setAutoRaise(True)
        made.setAccessibleName(name)
        made.setToolTip(tip)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._icons[made] = icon
        return made

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(self.title, 1)
        for tool in self._icons:
            head.addWidget(tool)
        column.addLayout(head)
        column.addWidget(self.hint)
        column.addWidget(self.table, 1)
        column.addStretch(0)
        column.addLayout(row(self.run_button, self.open_button, self.clear_button))

    def _connect(self) -> None:
        queue, table = self._queue, self.table
        self.run_button.clicked.connect(self._run_or_pause)
        self.open_button.clicked.connect(self.open_wanted)
        self.clear_button.clicked.connect(queue.clear)
        self.up_button.clicked.connect(self._up)
        self.down_button.clicked.connect(self._down)
        self.again_button.clicked.connect(self._again)
        self.remove_button.clicked.connect(self._remove)
        table.shift_wanted.connect(self._shift)
        table.remove_wanted.connect(self._remove)
        table.opened.connect(self._on_opened)
        table.selectionModel().selectionChanged.connect(self._refresh)
        for signal in (queue.rowsInserted, queue.rowsRemoved, queue.rowsMoved, queue.dataChanged):
            signal.connect(self._refresh)
        queue.dataChanged.connect(self._follow)

    # --- what is shown ----------------------------------------------------------------------------------------------

    def set_state(self, ready: bool, locked: str) -> None:
        """``ready``: a step can be started; ``locked``: why none can be started in this session, or empty."""
        self._ready, self._locked = ready, locked
        self._refresh()

    def show_progress(self, progress: QueueProgress) -> None:
        self._progress = progress
        self._refresh()

    def _refresh(self) -> None:
        total, waiting, progress = len(self._queue.rows), self._queue.count(WAITING), self._progress
        running, chosen = self._queue.count(RUNNING), self.table.chosen
        possible = not self._locked and (self._ready or progress.active or (progress.paused and running > 0))
        self.title.setText(self._title(total, waiting))
        self.title.setToolTip(self.title.text())
        self.hint.setVisible(total == 0)
        self.table.setVisible(total > 0)
        self._refresh_run_button(possible and waiting > 0)
        self.again_button.setEnabled(possible and any(self._queue.rows[n].status != RUNNING for n in chosen))
        self.up_button.setEnabled(bool(chosen) and chosen != list(range(len(chosen))))
        self.down_button.setEnabled(bool(chosen) and chosen != list(range(total - len(chosen), total)))
        self.remove_button.setEnabled(bool(chosen))
        self.clear_button.setEnabled(total > running)

    def _follow(self, index: QModelIndex) -> None:
        """The running row is kept in sight."""
        if self._queue.rows[index.row()].status == RUNNING:
            self.table.scrollTo(self._queue.index(index.row(), 1))

    def _refresh_run_button(self, possible: bool) -> None:
        progress = self._progress
        if progress.active:
            text, tip = tr("Pause"), tr(PAUSE_TIP)
        elif progress.paused:
            text, tip = tr("Resume"), tr(RESUME_TIP)
        else:
            text, tip = tr("Run queue"), tr(RUN_TIP)
        self.run_button.setText(text)
        self.run_button.setAccessibleName(text)
        self.run_button.setToolTip(self._locked or tip)
        self.run_button.setEnabled(progress.active or possible)

    def _title(self, total: int, waiting: int) -> str:
        progress = self._progress
        count = tr("{number} of {total}").format(number=progress.number, total=progress.total)
        if progress.active:
            return ", ".join(part for part in (count, in_words(progress.left)) if part)
        if progress.paused and self._queue.count(RUNNING):
            return tr("{count}, pausing").format(count=count)
        if progress.paused:
            return tr("Paused, {waiting} of {total} waiting").format(waiting=waiting, total=total)
        return tr("Queue, {waiting} of {total} waiting").format(waiting=waiting, total=total) if total else tr("Queue")

    # --- what the user does -----------------------------------------------------------------------------------------

    def _run_or_pause(self) -> None:
        (self.pause_wanted if self._progress.active else self.run_wanted).emit()

    def _up(self) -> None:
        self._shift(-1)

    def _down(self) -> None:
        self._shift(1)

    def _shift(self, by: int) -> None:
        """Move the selected rows one place; they stay selected."""
        chosen = self.table.chosen
        before = chosen[0] - 1 if by < 0 and chosen else chosen[-1] + 2 if chosen else -1
        if 0 <= before <= len(self._queue.rows):
            rows = [self._queue.rows[number] for number in chosen]
            self._queue.move(chosen, before)
            self.table.choose([self._queue.place(moved) for moved in rows])
            self.table.scrollTo(self.table.currentIndex())

    def _remove(self) -> None:
        """Take the selected rows away; the row that follows them is selected."""
        chosen = self.table.chosen
        self._queue.remove(chosen)
        if chosen and self._queue.rows:
            self.table.choose([min(chosen[0], len(self._queue.rows) - 1)])

    def _again(self) -> None:
        rows: list[QueueRow] = [self._queue.rows[number] for number in self.table.chosen]
        self.again_wanted.emit(rows)

    def _on_opened(self, number: int) -> None:
        step = self._queue.rows[number].step
        if step is not None:
            self.step_picked.emit(step)

    def _draw(self) -> None:
        theme = theme_of(self.palette())
        for tool, icon in self._icons.items():
            tool.setIcon(qtawesome.icon(icon, color=theme.text, color_disabled=theme.reverted))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if recoloured(event):
            self._draw()


def _title() -> QElidingLabel:
    """A title that gives way in a narrow dock."""
    made = QElidingLabel(tr("Queue"))
    font = made.font()
    font.setBold(True)
    made.setFont(font)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    made.setAccessibleName(tr("Queue progress"))
    return made


def _widest(made: QPushButton, *texts: str) -> QPushButton:
    """The button, wide enough for every text it will carry, so that nothing beside it moves."""
    first = made.text()
    for text in (*texts, first):
        made.setText(text)
        made.setMinimumWidth(max(made.minimumWidth(), made.sizeHint().width()))
    return made
