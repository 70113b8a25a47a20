"""Asks before a model is loaded that may not fit into memory, and keeps the loading panel up to date.

Everything that loads a model goes through here: the start, another model, a session made with another model.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from .controller import Controller
from .document_requests import MemoryFound, MemoryRequest, NewSessionRequest, OpenSessionRequest
from .i18n import tr
from .panels.loading import LoadingPanel
from .records import JobProgress, Loading, Outcome
from .requests import LoadRequest, Request

LOADS = (LoadRequest, OpenSessionRequest, NewSessionRequest, MemoryRequest)


class LoadGuard(QObject):
    """``load`` is what the controller loads at the start. Signals: ``asked(bool)``: whether a question about memory
    stands in the panel, which is to be seen then; ``model_wanted(name)``: the user chose another model there."""

    asked = Signal(object)
    model_wanted = Signal(object)

    def __init__(self, controller: Controller, load: LoadRequest, panel: LoadingPanel) -> None:
        super().__init__(controller)
        self._controller = controller
        self._load = load
        self._panel = panel
        self._waiting: tuple[Request, Callable[[], None]] | None = None
        self._asking = False
        panel.retry_wanted.connect(self.load)
        panel.cancel_wanted.connect(controller.cancel)
        panel.anyway_wanted.connect(self.load_anyway)
        panel.keep_wanted.connect(self.drop)
        panel.model_wanted.connect(self._on_model)
        controller.began.connect(self._on_began)
        controller.progressed.connect(self._on_progress)
        controller.arrived.connect(self._on_arrived)
        controller.ended.connect(self._on_ended)

    # --- what is to be loaded ---------------------------------------------------------------------------------------

    def follow(self, load: LoadRequest) -> None:
        """From now on ``load`` is what a further try loads."""
        self._load = load

    def load(self) -> None:
        """Load what the controller is to load at the start, or once more after a failure."""
        self._check(self._load, self._controller.load)

    def load_with(self, *overrides: str) -> None:
        """The controller's ``load_with``, asked about before where memory is short."""
        wanted = replace(self._load, overrides=(*self._load.overrides, *overrides))

        def go() -> None:
            self._load = wanted
            self._controller.load_with(*overrides)

        self._check(wanted, go)

    def submit(self, request: Request) -> None:
        """Open or begin a session, asked about before where its model has to be loaded and memory is short."""
        self._check(request, lambda: self._controller.submit(request))

    def _check(self, request: Request, go: Callable[[], None]) -> None:
        self._withdraw()
        self._waiting = (request, go)
        self._controller.submit(MemoryRequest(request))

    # --- the question -----------------------------------------------------------------------------------------------

    def load_anyway(self) -> None:
        waiting = self._waiting
        self._withdraw()
        if waiting is not None:
            waiting[1]()

    def drop(self) -> None:
        """Load nothing; the session that is open stays."""
        self._withdraw()
        self._panel.fail(tr("Nothing was loaded."))
        self._controller.messages.tell(tr("Nothing was loaded; memory is short"))

    def _withdraw(self) -> None:
        self._waiting = None
        self._show_asking(False)

    def _show_asking(self, asking: bool) -> None:
        if asking != self._asking:
            self._asking = asking
            self.asked.emit(asking)

    def _on_model(self, name: str) -> None:
        self._withdraw()
        self.model_wanted.emit(name)

    # --- what comes back --------------------------------------------------------------------------------------------

    def _on_began(self, request: Request) -> None:
        if isinstance(request, LOADS):
            self._panel.begin()

    def _on_progress(self, progress: JobProgress) -> None:
        if progress.name in (LoadRequest.name, OpenSessionRequest.name, NewSessionRequest.name):
            self._panel.show_progress(progress.what, progress.share)

    def _on_arrived(self, record: Any) -> None:
        if isinstance(record, Loading):
            self._panel.name_model(record.model)

    def _on_ended(self, outcome: Outcome) -> None:
        if isinstance(outcome.request, MemoryRequest):
            self._on_memory(outcome)
            return
        if isinstance(outcome.request, LoadRequest):
            self._load = self._controller.load_request
        if isinstance(outcome.request, LOADS) and outcome.status != "finished":
            self._panel.fail(outcome.message or tr("Loading was cancelled."))

    def _on_memory(self, outcome: Outcome) -> None:
        waiting, found = self._waiting, outcome.record
        if waiting is None or outcome.request.wanted is not waiting[0]:
            return
        if outcome.status == "cancelled":
            self._withdraw()
            self._panel.fail(tr("Loading was cancelled."))
        elif isinstance(found, MemoryFound) and found.tight:
            self._panel.ask(found.sentence, self._controller.snapshot is not None)
            self._show_asking(True)
        else:
            self.load_anyway()
