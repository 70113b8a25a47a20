"""What the tests of documents, loading and recovery share: a controller with its documents on a tiny real model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from hera_desktop.gui.controller import Controller
from hera_desktop.gui.documents import Documents
from hera_desktop.gui.load_guard import LoadGuard
from hera_desktop.gui.panels.loading import LoadingPanel
from hera_desktop.gui.requests import Bench, EvolveRequest, LoadRequest, Report, Request

WAIT_MS = 60_000
PROMPT = "The capital of France is"


def tiny_factory(session: Path, **overrides: object) -> Callable[[Any], Any]:
    """Builds a tiny engine on the model thread."""

    def build(progress: object) -> Any:
        import torch

        from tests import tiny

        torch.set_num_threads(1)
        return tiny.engine(session, **overrides)

    return build


@dataclass(frozen=True)
class AskEngine(Request):
    """Any question to the engine, asked on the model thread."""

    question: Callable[[Any], Any]

    name = "Asking"
    quiet = True
    looks = True

    def run(self, bench: Bench, report: Report) -> Any:
        return self.question(bench.need())


class Desk:
    """A window's parts without the window."""

    def __init__(self, qtbot: Any, load: LoadRequest) -> None:
        self._qtbot = qtbot
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.controller = Controller(load)
        self.panel = LoadingPanel(self.window)
        self.guard = LoadGuard(self.controller, load, self.panel)
        self.documents = Documents(self.controller, self.guard, self.window)
        column = QVBoxLayout(self.window)
        column.addWidget(self.documents.banner)
        column.addWidget(self.panel)
        self.answers: list[Any] = []
        self.opened: list[Any] = []
        self.controller.ended.connect(self._on_ended)
        self.documents.switched.connect(self.opened.append)

    def _on_ended(self, outcome: Any) -> None:
        if isinstance(outcome.request, AskEngine):
            self.answers.append(outcome.record)

    def settle(self) -> None:
        self._qtbot.waitUntil(lambda: not self.controller.busy, timeout=WAIT_MS)

    def load(self) -> Desk:
        self.guard.load()
        self.settle()
        return self

    def evolve(self, prompt: str = PROMPT) -> None:
        before = self.steps
        self.controller.submit(EvolveRequest(prompt, tokens=0))
        self.settle()
        assert self.steps == before + 1, self.told

    def ask(self, question: Callable[[Any], Any]) -> Any:
        count = len(self.answers)
        self.controller.submit(AskEngine(question))
        self._qtbot.waitUntil(lambda: len(self.answers) > count, timeout=WAIT_MS)
        return self.answers[-1]

    @property
    def steps(self) -> int:
        return len(self.controller.snapshot.timeline.proposals)

    @property
    def state(self) -> str:
        return self.controller.snapshot.info.state_hash

    @property
    def told(self) -> list[str]:
        return [message.text for message in self.controller.messages.kept]


def write_session(path: Path, **options: object) -> Path:
    from tests import tiny

    engine = tiny.engine(path, **options)
    assert engine.evolve(PROMPT)
    engine.close()
    return path
