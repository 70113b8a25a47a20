"""Joins the prompt panel to the controller: steps, the queue, auto-run."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog

from .auto_run import AutoRun
from .controller import Controller
from .i18n import tr
from .panels.prompt import SUFFIXES, PromptPanel
from .prompt_queue import QueueRow
from .records import StepChoices, StepSettings, Target

TICK_MS = 1000


class PromptDesk(QObject):
    """Signal: ``step_picked(step)`` when a finished row of the queue is clicked."""

    step_picked = Signal(object)

    def __init__(self, controller: Controller, panel: PromptPanel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._panel = panel
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._show_progress)
        self._join_panel()
        controller.arrived.connect(self._on_arrived)
        controller.busy_changed.connect(self._refresh)
        controller.snapshot_changed.connect(self._refresh)
        for runner in (controller.runner, controller.auto):
            runner.changed.connect(self._show_progress)
        self._refresh()

    def _join_panel(self) -> None:
        panel, controller = self._panel, self._controller
        panel.evolve_wanted.connect(self._evolve)
        panel.cancel_wanted.connect(controller.cancel)
        panel.queue_prompt_wanted.connect(self._queue_prompt)
        panel.queue_wanted.connect(controller.run_queue)
        panel.pause_wanted.connect(controller.runner.pause)
        panel.again_wanted.connect(self._run_again)
        panel.auto_wanted.connect(self._start_auto)
        panel.auto_stop_wanted.connect(controller.auto.stop)
        panel.files_given.connect(controller.add_files)
        panel.open_wanted.connect(self.open_prompts)
        panel.step_picked.connect(self.step_picked)

    # --- what the user wants ----------------------------------------------------------------------------------------

    def open_prompts(self) -> None:
        """Ask for files of prompts, and put them into the queue."""
        kinds = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        wanted = tr("Prompts ({kinds});;All files (*)").format(kinds=kinds)
        paths, _ = QFileDialog.getOpenFileNames(self._panel.window(), tr("Open prompts file"), "", wanted)
        if paths:
            self._controller.add_files(paths)

    def _evolve(self, wanted: tuple[str, StepSettings, Target | None]) -> None:
        if self._controller.evolve(*wanted):
            self._panel.accepted()

    def _queue_prompt(self, wanted: tuple[str, Target | None]) -> None:
        if self._controller.add_prompt(*wanted):
            self._panel.queued()

    def _run_again(self, wanted: tuple[list[QueueRow], StepSettings]) -> None:
        self._controller.runner.run_again(*wanted)

    def _start_auto(self, run: AutoRun) -> None:
        if self._controller.auto.start(run):
            self._panel.accepted()

    # --- what has changed -------------------------------------------------------------------------------------------

    def _on_arrived(self, record: Any) -> None:
        if isinstance(record, StepChoices):
            self._panel.show_choices(record)

    def _refresh(self) -> None:
        controller = self._controller
        self._panel.set_state(controller.ready, controller.busy, controller.locked)

    def _show_progress(self) -> None:
        queue, auto = self._controller.runner.progress, self._controller.auto.progress
        self._panel.queue_view.show_progress(queue)
        self._panel.auto.show_progress(auto)
        if queue.active or auto.running:
            self._tick.start()
        else:
            self._tick.stop()
