"""What happens when a message is sent and learning is "ask me": look at it, ask the user, send it, learn from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from ..chat_requests import LearnRequest, ParseRequest, SendRequest
from ..controller import Controller
from ..records import Outcome
from .ask_view import AskView


class AskFlow(QObject):
    """A message of which nothing would be learned is sent at once. ``typed()`` is what stands in the composer.

    Signals: ``asking()`` when the view is to be seen; ``resend_wanted()`` where what stands in the composer is no
    longer what was asked about; ``settled()`` when nothing is asked any more.
    """

    asking = Signal()
    resend_wanted = Signal()
    settled = Signal()

    def __init__(self, controller: Controller, typed: Callable[[], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._typed = typed
        self.view = AskView()
        self._parsing: ParseRequest | None = None
        self._asked: SendRequest | None = None
        self._to_learn: SendRequest | None = None
        self.view.learn_wanted.connect(self._learn)
        self.view.declined.connect(self._decline)

    def ask(self, request: SendRequest) -> None:
        """Begin with a message; one that was asked about before is left."""
        self.drop()
        self._asked, self._parsing = request, ParseRequest(request.text)
        self._controller.submit(self._parsing)

    def drop(self) -> None:
        """Ask no more; nothing is sent."""
        self._asked = self._parsing = None
        self.view.clear()
        self.settled.emit()

    # --- what comes back --------------------------------------------------------------------------------------------

    def on_ended(self, outcome: Outcome) -> None:
        finished = outcome.status == "finished"
        if self._parsing is not None and outcome.request is self._parsing:
            self._parsing = None
            self._on_parsed(outcome) if finished else self.drop()
        elif self._to_learn is not None and outcome.request is self._to_learn:
            self._to_learn = None
            if finished and not outcome.record.stopped:
                self._controller.submit(LearnRequest(outcome.record.user.message_id))

    def _on_parsed(self, outcome: Outcome) -> None:
        if outcome.record.learns:
            self.view.show_parsed(outcome.record)
            self.asking.emit()
        elif self._controller.startable():
            self._send()
        else:
            self.drop()

    # --- what the user says -----------------------------------------------------------------------------------------

    def _learn(self) -> None:
        if self._can_go_on():
            self._to_learn = self._send()

    def _decline(self) -> None:
        if self._can_go_on():
            self._send()

    def _can_go_on(self) -> bool:
        """Whether the message that was asked about can be sent; another text in its place is asked about first."""
        if self._asked is None or not self._controller.startable():
            return False
        if self._typed() not in ("", self._asked.text):
            self.resend_wanted.emit()
            return False
        return True

    def _send(self) -> SendRequest | None:
        """Send the message without learning; what is to be learned comes after the answer."""
        request = replace(self._asked, learning="ask") if self._asked is not None else None
        self.drop()
        if request is not None:
            self._controller.submit(request)
        return request
