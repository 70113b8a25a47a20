"""Runs an example of the welcome page: one action after another through the controller, as a person would."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from hera_desktop.engine.errors import InputError
from hera_desktop.engine.examples import Action, Evolve, Example, Move, Show, Steer, target

from .controller import Controller
from .document_requests import SessionOpened
from .documents import Documents
from .edit_requests import SteerRequest
from .i18n import tr
from .records import Evolved, Outcome
from .requests import EvolveRequest, MoveRequest, Request
from .session_files import is_untitled

TOKENS = 20


@dataclass(frozen=True)
class ExampleSaid:
    """What is being shown now: action ``number`` of ``count``."""

    example: Example
    number: int
    count: int
    text: str


class ExampleRunner(QObject):
    """Signals: ``said(ExampleSaid)`` as each action begins; ``layout_wanted(layout id)``; ``feature_wanted(feature)``
    before it is steered with; ``ended(complete)``, where false means that it was stopped or did not fit."""

    said = Signal(object)
    layout_wanted = Signal(object)
    feature_wanted = Signal(object)
    ended = Signal(object)

    def __init__(self, controller: Controller, documents: Documents) -> None:
        super().__init__(documents)
        self._controller = controller
        self._documents = documents
        self._example: Example | None = None
        self._number = 0
        self._labels: dict[str, str] = {}
        self._waiting: Request | None = None
        self._opening = False
        controller.ended.connect(self._on_ended)
        documents.switched.connect(self._on_switched)

    @property
    def running(self) -> bool:
        return self._example is not None

    def run(self, example: Example) -> None:
        """Run an example in a new session, or in the present one where it has no name and no step."""
        snapshot = self._controller.snapshot
        if snapshot is None:
            self._controller.messages.tell(tr("No model is loaded yet"), "warning")
        elif self._controller.busy or self.running:
            self._controller.messages.tell(tr("A job is running; wait for it or cancel it"), "warning")
        else:
            self._example, self._number, self._labels = example, 0, {}
            path = self._documents.path
            fresh = path is not None and is_untitled(path) and not snapshot.timeline.proposals
            if fresh and not snapshot.info.read_only:
                self._next()
            else:
                self._opening = True
                self._documents.new()

    def stop(self) -> None:
        """Go no further; what runs is cancelled."""
        if self.running:
            self._controller.cancel()
            self._end(False)

    # --- one action after another -----------------------------------------------------------------------------------

    def _next(self) -> None:
        example = self._example
        if example is None:
            return
        if self._number == len(example.steps):
            self._end(True)
            return
        action = example.steps[self._number]
        self._number += 1
        self.said.emit(ExampleSaid(example, self._number, len(example.steps), action.say))
        self._controller.messages.tell(f"{example.title}: {action.say}")
        try:
            self._begin(action)
        except InputError as error:
            self._controller.messages.tell(str(error), "warning")
            self._end(False)

    def _begin(self, action: Action) -> None:
        if isinstance(action, Show):
            self.layout_wanted.emit(action.layout)
            QTimer.singleShot(0, self._next)
        elif isinstance(action, Evolve):
            self._submit(EvolveRequest(action.prompt, TOKENS, strength=action.strength))
        elif isinstance(action, Move):
            self._submit(MoveRequest(action.kind, target(action, self._labels)))
        elif isinstance(action, Steer):
            self.feature_wanted.emit(action.feature)
            self._submit(SteerRequest(action.prompt, action.feature, action.strength, action.tokens))

    def _submit(self, request: Request) -> None:
        self._waiting = request
        self._controller.submit(request)

    def _end(self, complete: bool) -> None:
        example, self._example, self._waiting, self._opening = self._example, None, None, False
        if complete and example is not None:
            text = tr("The example is done; it is in the session {name}, which you can keep with Save As")
            self._controller.messages.tell(text.format(name=self._documents.title))
        self.ended.emit(complete)

    # --- what comes back --------------------------------------------------------------------------------------------

    def _on_switched(self, _: SessionOpened) -> None:
        if self._opening:
            self._opening = False
            QTimer.singleShot(0, self._next)  # once everybody has seen the new session
        elif self.running:
            self._end(False)

    def _on_ended(self, outcome: Outcome) -> None:
        if self._opening and outcome.status != "finished":
            self._end(False)
        if self._waiting is None or outcome.request is not self._waiting:
            return
        self._waiting = None
        if outcome.status != "finished" or not self.running:
            self._end(False)
            return
        if isinstance(outcome.record, Evolved):
            self._keep_label(outcome.record)
        self._next()

    def _keep_label(self, evolved: Evolved) -> None:
        example = self._example
        action = example.steps[self._number - 1] if example else None
        result = evolved.result
        if isinstance(action, Evolve) and result.status != "rejected" and result.patch_id:
            self._labels[action.label] = result.patch_id
