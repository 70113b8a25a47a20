"""A run without a person: wait for the model, evolve some prompts, save a picture of the window, quit."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from .main_window import MainWindow
from .records import Outcome
from .requests import EvolveRequest, LoadRequest

SETTLE_MS = 400
FAILED = 2


class ScreenshotRun(QObject):
    """Ends the application with 0, or with 2 and ``sentence`` where the model or the picture failed."""

    def __init__(self, window: MainWindow, path: str, prompts: Sequence[str]) -> None:
        super().__init__(window)
        self._window = window
        self._path = Path(path)
        self._prompts = list(prompts)
        self._status = 0
        self.sentence = ""
        window.controller.ended.connect(self._on_ended)

    def _on_ended(self, outcome: Outcome) -> None:
        if outcome.status != "finished":
            self._status, self.sentence = FAILED, outcome.message or f"{outcome.name} was cancelled"
            self._prompts.clear()
        if isinstance(outcome.request, (LoadRequest, EvolveRequest)):
            QTimer.singleShot(0 if self._prompts else SETTLE_MS, self._go_on)

    def _go_on(self) -> None:
        if self._prompts:
            prompt = self._prompts.pop(0)
            self._window.prompt.box.setPlainText(prompt)
            self._window.prompt.submit()
            return
        if not self._window.grab().save(str(self._path), "PNG"):
            self._status, self.sentence = FAILED, f"picture {self._path} cannot be written"
        QCoreApplication.exit(self._status)
