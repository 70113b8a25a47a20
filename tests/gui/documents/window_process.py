"""Run by test_recovery.py: a window's parts in a process of their own, until they are killed.

Usage: python -m tests.gui.documents.window_process SESSION PROMPT. Prints one line when two steps are on disk.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from hera_desktop.gui.controller import Controller
from hera_desktop.gui.records import Outcome
from hera_desktop.gui.recovery import Recovery
from hera_desktop.gui.requests import EvolveRequest, LoadRequest

from .parts import tiny_factory


class Run:
    def __init__(self, session: Path, prompt: str) -> None:
        self.controller = Controller(LoadRequest(factory=tiny_factory(session), session=str(session)))
        self.recovery = Recovery(self.controller)
        self.recovery.note_prompt(prompt)
        self.recovery.note_layout("inspect")
        self.steps = ["The capital of France is", "Once upon a time"]
        self.controller.ended.connect(self.on_ended)
        self.controller.load()

    def on_ended(self, outcome: Outcome) -> None:
        if self.steps:
            self.controller.submit(EvolveRequest(self.steps.pop(0), tokens=0))
        else:
            QTimer.singleShot(800, self.ready)  # the prompt's note is on disk by then

    def ready(self) -> None:
        sys.stdout.write(f"{self.controller.snapshot.info.state_hash}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    app = QApplication([])
    run = Run(Path(sys.argv[1]), sys.argv[2])
    app.exec()
