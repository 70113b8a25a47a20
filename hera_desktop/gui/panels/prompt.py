"""The prompt: the text a step is about, what it should continue with, auto-run, and the queue of prompts to be evolved
one after another."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from hera_desktop.engine.auto_run import StopConditions

from .. import dropped_files
from ..auto_run import AutoRun
from ..auto_run_form import AutoRunForm
from ..features.fields import button, row
from ..i18n import mark, tr
from ..prompt_queue import PromptQueue, QueueRow
from ..queue_view import QueueView
from ..records import StepChoices, StepSettings
from ..step_settings import StepSettingsRow
from ..target_fields import TargetFields
from ..theme import GRID, MARGIN
from ..undo_keys import leaves_to_timeline

SUFFIXES = (".txt", ".csv", ".jsonl")
EVOLVE_TIP = mark("Propose a change for this prompt, measure and judge it (Ctrl+Enter)")
QUEUE_TIP = mark("Put this prompt at the end of the queue (Ctrl+Shift+Enter)")


class PromptBox(QPlainTextEdit):
    """A multi-line text. Tab leaves it; Undo and Redo reach the timeline once the text has nothing to undo."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)  # a dropped file is the panel's
        self.setPlaceholderText("The capital of France is")
        self.setAccessibleName(tr("Prompt"))
        self.setMinimumHeight(2 * self.fontMetrics().lineSpacing() + 2 * GRID)

    def event(self, event: QEvent) -> bool:
        document = self.document()
        if leaves_to_timeline(event, document.isUndoAvailable(), document.isRedoAvailable()):
            event.ignore()
            return False
        return super().event(event)


class PromptPanel(QWidget):
    """Signals:
    ``evolve_wanted((prompt, StepSettings, Target or None))``, ``cancel_wanted()``,
    ``queue_prompt_wanted((prompt, Target or None))``.
    ``queue_wanted(StepSettings)``: run the queue, or go on after a pause; ``pause_wanted()``;
    ``again_wanted((list[QueueRow], StepSettings))``.
    ``auto_wanted(AutoRun)``, ``auto_stop_wanted()``.
    ``files_given(list of paths)``, ``open_wanted()``; ``step_picked(step)`` when a finished row is clicked.

    Wiring: prompt_desk.py.
    """

    evolve_wanted = Signal(object)
    cancel_wanted = Signal()
    queue_prompt_wanted = Signal(object)
    queue_wanted = Signal(object)
    pause_wanted = Signal()
    again_wanted = Signal(object)
    auto_wanted = Signal(object)
    auto_stop_wanted = Signal()
    files_given = Signal(object)
    open_wanted = Signal()
    step_picked = Signal(object)

    def __init__(self, queue: PromptQueue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.box = PromptBox(self)
        self.step = StepSettingsRow(self)
        self.aim = TargetFields(self.step)
        self.evolve_button = button(tr("Evolve"), tr(EVOLVE_TIP))
        self.evolve_button.setDefault(True)
        self.queue_button = button(tr("Queue"), tr(QUEUE_TIP))
        self.queue_button.setAccessibleName(tr("Queue the prompt"))
        self.cancel_button = button(tr("Cancel"), tr("Stop what is running (Esc)"))
        self.auto = AutoRunForm()
        self.queue_view = QueueView(queue)
        self.table, self.run_button = self.queue_view.table, self.queue_view.run_button
        self._lay_out()
        self._connect()
        self.set_state(False, False)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, GRID, MARGIN, GRID)
        column.setSpacing(GRID)
        column.addWidget(self.box, 2)
        column.addWidget(self.aim)
        column.addLayout(row(self.evolve_button, self.queue_button, self.cancel_button))
        column.addWidget(self.auto)
        column.addWidget(self.queue_view, 3)

    def _connect(self) -> None:
        view, auto = self.queue_view, self.auto
        self.aim.submitted.connect(self.submit)
        self.evolve_button.clicked.connect(self.submit)
        self.queue_button.clicked.connect(self.queue_prompt)
        self.cancel_button.clicked.connect(self.cancel_wanted)
        auto.start_wanted.connect(self._start_auto)
        auto.stop_wanted.connect(self.auto_stop_wanted)
        view.run_wanted.connect(self.run_queue)
        view.pause_wanted.connect(self.pause_wanted)
        view.again_wanted.connect(self._run_again)
        view.open_wanted.connect(self.open_wanted)
        view.step_picked.connect(self.step_picked)

    # --- what the user does -----------------------------------------------------------------------------------------

    @property
    def settings(self) -> StepSettings:
        """The settings of the next step, whether it has a target or not."""
        return replace(self.step.settings, edit_strategy=self.aim.strategy)

    def submit(self) -> None:
        """Evolve the prompt, towards its target where one is typed."""
        self.evolve_wanted.emit((self.box.toPlainText(), self.settings, self.aim.target))

    def queue_prompt(self) -> None:
        """Put the prompt into the queue."""
        self.queue_prompt_wanted.emit((self.box.toPlainText(), self.aim.target))

    def run_queue(self) -> None:
        """Run the queue, or go on after a pause."""
        self.queue_wanted.emit(self.settings)

    def _run_again(self, rows: list[QueueRow]) -> None:
        self.again_wanted.emit((rows, self.settings))

    def _start_auto(self, wanted: tuple[StopConditions, bool]) -> None:
        stop, cycle = wanted
        self.auto_wanted.emit(AutoRun(self.box.toPlainText(), self.settings, stop, cycle, self.aim.target))

    # --- what is shown ----------------------------------------------------------------------------------------------

    def show_choices(self, choices: StepChoices) -> None:
        """What a step can be set to, and what it is configured to."""
        self.step.show_choices(choices)
        self.aim.edit.show_choices(choices)

    def accepted(self) -> None:
        """The prompt was taken: from now on Ctrl+Z is about the model, not about the text."""
        self.box.document().clearUndoRedoStacks()
        self.step.accepted()
        self.aim.accepted()

    def queued(self) -> None:
        """The prompt is in the queue: the next one can be typed over it."""
        self.accepted()
        self.box.selectAll()

    def set_state(self, ready: bool, busy: bool, locked: str = "") -> None:
        """``ready``: a step can be started; ``busy``: something is running; ``locked``: why nothing can be changed in
        this session, or empty."""
        self.evolve_button.setEnabled(ready and not locked)
        self.evolve_button.setToolTip(locked or tr(EVOLVE_TIP))
        self.queue_button.setEnabled(not locked)
        self.queue_button.setToolTip(locked or tr(QUEUE_TIP))
        self.cancel_button.setEnabled(busy)
        self.auto.set_state(ready, locked)
        self.queue_view.set_state(ready, locked)

    # --- dropped files ----------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        dropped_files.offer(event)

    def dropEvent(self, event: QDropEvent) -> None:
        paths = dropped_files.take(event)
        if paths:
            self.files_given.emit(paths)
