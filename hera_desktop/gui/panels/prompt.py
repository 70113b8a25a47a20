"""The prompt: the text a step is about, and the queue of prompts to be evolved one after another."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QPlainTextEdit, QPushButton, QTableView, QVBoxLayout, QWidget

from ..labels import dim_label, title_label
from ..mark_delegate import MarkDelegate
from ..prompt_queue import RUNNING, WAITING, PromptQueue
from ..step_settings import StepSettingsRow
from ..theme import GRID, MARGIN
from ..undo_keys import leaves_to_timeline

SUFFIXES = (".txt", ".csv", ".jsonl")
EMPTY_QUEUE = "Drop a .txt, .csv or .jsonl file here, one prompt a row, to evolve many prompts in turn."


class PromptBox(QPlainTextEdit):
    """A multi-line text. Tab leaves it; Undo and Redo reach the timeline once the text has nothing to undo."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)  # a dropped file is the panel's
        self.setPlaceholderText("The capital of France is")
        self.setAccessibleName("Prompt")

    def event(self, event: QEvent) -> bool:
        document = self.document()
        if leaves_to_timeline(event, document.isUndoAvailable(), document.isRedoAvailable()):
            event.ignore()
            return False
        return super().event(event)


class PromptPanel(QWidget):
    """Signals: ``evolve_wanted((prompt, StepSettings))``, ``cancel_wanted()``, ``files_given(list of paths)``,
    ``open_wanted()``, ``queue_wanted(StepSettings)``."""

    evolve_wanted = Signal(object)
    cancel_wanted = Signal()
    files_given = Signal(object)
    open_wanted = Signal()
    queue_wanted = Signal(object)

    def __init__(self, queue: PromptQueue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._queue = queue
        self._ready = self._busy = False
        self.box = PromptBox(self)
        self.step = StepSettingsRow(self)
        self.evolve_button = _button("Evolve", "Propose a change for this prompt, measure and judge it (Ctrl+Enter)")
        self.cancel_button = _button("Cancel", "Stop what is running (Esc)")
        self.evolve_button.setDefault(True)
        self.table = _queue_table(queue)
        self.run_button = _button("Run queue", "Evolve the waiting prompts one after another, with the settings above")
        self.open_button = _button("Open file...", "Put the prompts of a file into the queue (Ctrl+O)")
        self.clear_button = _button("Clear", "Empty the queue")
        self._queue_title = title_label("Queue")
        self._queue_hint = dim_label(EMPTY_QUEUE)
        self._lay_out()
        self._connect()
        self._refresh()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, GRID, MARGIN, GRID)
        column.setSpacing(GRID)
        column.addWidget(title_label("Prompt"))
        column.addWidget(self.box, 2)
        column.addWidget(self.step)
        column.addLayout(_row(self.evolve_button, self.cancel_button))
        column.addSpacing(GRID)
        column.addWidget(self._queue_title)
        column.addWidget(self._queue_hint)
        column.addWidget(self.table, 3)
        column.addLayout(_row(self.run_button, self.open_button, self.clear_button))

    def _connect(self) -> None:
        self.evolve_button.clicked.connect(self.submit)
        self.cancel_button.clicked.connect(self.cancel_wanted)
        self.run_button.clicked.connect(self._run_queue)
        self.open_button.clicked.connect(self.open_wanted)
        self.clear_button.clicked.connect(self._queue.clear)
        for signal in (self._queue.rowsInserted, self._queue.modelReset, self._queue.dataChanged):
            signal.connect(self._refresh)

    def submit(self) -> None:
        self.evolve_wanted.emit((self.box.toPlainText(), self.step.settings))

    def _run_queue(self) -> None:
        self.queue_wanted.emit(self.step.settings)

    def accepted(self) -> None:
        """The prompt was taken: from now on Ctrl+Z is about the model, not about the text."""
        self.box.document().clearUndoRedoStacks()
        self.step.accepted()

    def set_state(self, ready: bool, busy: bool) -> None:
        """``ready``: a step can be started; ``busy``: something is running."""
        self._ready, self._busy = ready, busy
        self._refresh()

    def _refresh(self) -> None:
        waiting, total = self._queue.count(WAITING), len(self._queue.rows)
        self.evolve_button.setEnabled(self._ready)
        self.cancel_button.setEnabled(self._busy)
        self.run_button.setEnabled(self._ready and waiting > 0)
        self.clear_button.setEnabled(total > 0 and not self._queue.count(RUNNING))
        self._queue_title.setText(f"Queue, {waiting} of {total} waiting" if total else "Queue")
        self._queue_hint.setVisible(total == 0)
        self.table.setVisible(total > 0)

    # --- dropped files ----------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.files_given.emit(paths)


def _button(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(tip)
    button.setAccessibleName(text)
    return button


def _row(*buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(GRID)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row


def _queue_table(queue: PromptQueue) -> QTableView:
    table = QTableView()
    table.setModel(queue)
    table.setAccessibleName("Queue of prompts")
    table.setItemDelegateForColumn(0, MarkDelegate(table))
    table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.setWordWrap(False)
    table.setTextElideMode(Qt.TextElideMode.ElideRight)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(3 * GRID)
    table.horizontalHeader().hide()
    table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
    table.horizontalHeader().resizeSection(0, 96)
    table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
    return table
