"""Run, stop, resume; how far the run is; and the command that does the same in a terminal."""

from __future__ import annotations

import time

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QProgressBar, QSizePolicy, QVBoxLayout, QWidget
from superqt import QElidingLabel

from ..features.fields import button
from ..i18n import mark, tr
from ..theme import GRID, monospace, tabular
from ..time_left import TimeLeft, elapsed_in_words, in_words
from ..warning_label import WarningLabel
from .runner import RunProgress
from .words import progress_words

TICK_MS = 500
RUN_TIP = mark("Run it with these settings, in a process of its own: it loads a model beside the one that is open")
QUICK_TIP = mark("A look of a minute or two: the experiment sets its own small sizes")
RESUME_TIP = mark("Go on where the chosen run was stopped, with the settings that it had")
STOP_TIP = mark("End the run; what was measured stays, and Resume goes on from it")
KILL_TIP = mark("The run is asked to end after what it is at. Pressed again, it is ended at once.")
NOT_STOPPED = mark("Choose a run that was stopped before its end")
STARTING = mark("starting the process")
ONE_AT_A_TIME = mark("An experiment is running; one runs at a time")


class RunBar(QWidget):
    """Signals: ``run_wanted(quick)``, ``stop_wanted()``, ``resume_wanted()``, ``export_wanted()``,
    ``told((text, level))``."""

    run_wanted = Signal(object)
    stop_wanted = Signal()
    resume_wanted = Signal()
    export_wanted = Signal()
    told = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.run_button = button(tr("Run"), tr(RUN_TIP))
        self.quick_button = button(tr("Quick look"), tr(QUICK_TIP))
        self.resume_button = button(tr("Resume"), tr(RESUME_TIP))
        self.stop_button = button(tr("Stop"), tr(STOP_TIP))
        self.export_button = button(tr("Export..."), tr("Write this outcome as HTML, PDF, Markdown, CSV or JSON"))
        self.command = QLineEdit()
        self.copy_button = button(tr("Copy"), tr("Copy the command"))
        self.bar = QProgressBar()
        self.what = QElidingLabel("")
        self.fault = WarningLabel()
        self._left = TimeLeft()
        self._begun = 0.0
        self._progress = RunProgress("", None)
        self._tick = QTimer(self, interval=TICK_MS)
        self._dress()
        self._lay_out()
        self._connect()
        self.show_idle()

    def _dress(self) -> None:
        self.command.setReadOnly(True)
        self.command.setFont(monospace(self.font()))
        self.command.setAccessibleName(tr("The same in a terminal"))
        self.command.setToolTip(tr("The same in a terminal"))
        self.copy_button.setAccessibleName(tr("Copy the command"))
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(20 * GRID, GRID)
        self.bar.setAccessibleName(tr("Progress of the experiment"))
        self.what.setFont(tabular(self.font()))
        self.what.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def _lay_out(self) -> None:
        first, second, third = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for line in (first, second, third):
            line.setSpacing(GRID)
        for part in (self.run_button, self.quick_button, self.resume_button, self.stop_button):
            first.addWidget(part)
        first.addSpacing(GRID)
        first.addWidget(self.bar)
        first.addWidget(self.what, 1)
        first.addWidget(self.export_button)
        second.addWidget(self.command, 1)
        second.addWidget(self.copy_button)
        third.addWidget(self.fault)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        for line in (first, second, third):
            column.addLayout(line)

    def _connect(self) -> None:
        self.run_button.clicked.connect(self._on_run)
        self.quick_button.clicked.connect(self._on_quick)
        self.resume_button.clicked.connect(self.resume_wanted)
        self.stop_button.clicked.connect(self.stop_wanted)
        self.export_button.clicked.connect(self.export_wanted)
        self.copy_button.clicked.connect(self._on_copy)
        self._tick.timeout.connect(self._show_time)

    # --- what can be pressed ----------------------------------------------------------------------------------------

    def set_state(self, running: bool, stopping: bool, resumable: bool, fault: str, shown: bool) -> None:
        """``resumable``: a stopped run is chosen; ``fault``: what of the settings cannot be used; ``shown``: there is
        an outcome to export."""
        why = tr(ONE_AT_A_TIME) if running else fault
        for made, tip in ((self.run_button, tr(RUN_TIP)), (self.quick_button, tr(QUICK_TIP))):
            made.setEnabled(not why)
            made.setToolTip(why or tip)
        self.resume_button.setEnabled(resumable and not running)
        tip = tr(ONE_AT_A_TIME) if running else tr(RESUME_TIP) if resumable else tr(NOT_STOPPED)
        self.resume_button.setToolTip(tip)
        self.stop_button.setEnabled(running)
        self.stop_button.setText(tr("Stop at once") if stopping else tr("Stop"))
        self.stop_button.setAccessibleName(self.stop_button.text())
        self.stop_button.setToolTip(tr(KILL_TIP) if stopping else tr(STOP_TIP))
        self.export_button.setEnabled(shown)

    def show_command(self, line: str) -> None:
        if line != self.command.text():
            self.command.setText(line)
            self.command.setCursorPosition(0)

    # --- progress ---------------------------------------------------------------------------------------------------

    def show_begun(self) -> None:
        self._left.restart()
        self._begun = time.monotonic()
        self.fault.say("")
        self.bar.show()
        self.show_progress(RunProgress(STARTING, None))
        self._tick.start()

    def show_progress(self, progress: RunProgress) -> None:
        self._progress = progress
        self._left.update(progress.share)
        self.bar.setRange(0, 0 if progress.share is None else 1000)
        if progress.share is not None:
            self.bar.setValue(round(1000 * progress.share))
        self._show_time()

    def show_idle(self, fault: str = "") -> None:
        """Nothing runs; ``fault`` says why the last run has failed."""
        self._tick.stop()
        self.bar.hide()
        self.what.setText("")
        self.fault.say(fault)

    def _show_time(self) -> None:
        elapsed = elapsed_in_words(time.monotonic() - self._begun)
        parts = (progress_words(self._progress.what), elapsed, in_words(self._left.now()))
        self.what.setText(" · ".join(part for part in parts if part))
        self.what.setToolTip(self.what.text())

    # --- signals ----------------------------------------------------------------------------------------------------

    def _on_run(self) -> None:
        self.run_wanted.emit(False)

    def _on_quick(self) -> None:
        self.run_wanted.emit(True)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.command.text())
        self.told.emit((tr("The command is on the clipboard"), "info"))
