"""Joins the chat's panels - conversation, facts, lessons - to the controller."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from hera_desktop.engine.timeline import BASE

from .chat.ask_flow import AskFlow
from .chat.lesson_requests import FindStateRequest, PanelsState, ReadPanelsRequest
from .chat.lesson_sentences import chat_sentences
from .chat_records import ChatText
from .chat_requests import (
    AskFactRequest,
    CompareAnswersRequest,
    ExportAdapterRequest,
    ForgetRequest,
    LearnRequest,
    LoadConversationRequest,
    RegenerateRequest,
    SaveConversationRequest,
    SendRequest,
    SurveyRequest,
    TellRequest,
)
from .controller import Controller
from .i18n import tr
from .panels.chat import ChatPanel
from .panels.facts import FactsPanel
from .panels.lessons import LessonsPanel
from .records import JobProgress, Outcome, Snapshot
from .requests import Request

ANSWERING = (SendRequest, RegenerateRequest)
ASKING = (AskFactRequest, SurveyRequest)
LEARNING = (LearnRequest, TellRequest, ForgetRequest)
OTHERS = (CompareAnswersRequest, LoadConversationRequest, SaveConversationRequest, ExportAdapterRequest)
WATCHED = {request.name for request in (*ANSWERING, *LEARNING, *ASKING, CompareAnswersRequest)}
"""Jobs whose progress is told over the composer."""
IDLE_MS = 100
"""After a move nothing may run for this long before the chat is read: between the steps of a queue it is not."""
ASK_IDLE_MS = 1500
"""And for this long before all facts are asked again: who goes on is not held up."""


class ChatDesk(QObject):
    """Signals: ``shown()`` when the chat is to be seen; ``step_picked(step)`` when a lesson is chosen that is a step on
    the timeline."""

    shown = Signal()
    step_picked = Signal(object)

    def __init__(
        self,
        controller: Controller,
        chat: ChatPanel | None = None,
        facts: FactsPanel | None = None,
        lessons: LessonsPanel | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self.chat = chat or ChatPanel()
        self.facts = facts or FactsPanel()
        self.lessons = lessons or LessonsPanel()
        self.flow = AskFlow(controller, self._typed, self)
        self.state: PanelsState | None = None
        self._read_for: tuple[str, str] | None = None
        self._session = ""
        self._moved = False
        self._reading = QTimer(self, singleShot=True, interval=IDLE_MS)
        self._asking = QTimer(self, singleShot=True, interval=ASK_IDLE_MS)
        self._join_panels()
        self._join_controller()

    def _join_panels(self) -> None:
        chat, facts, lessons = self.chat, self.facts, self.lessons
        chat.send_wanted.connect(self._send)
        chat.request_wanted.connect(self._run)
        chat.stop_wanted.connect(self._controller.cancel)
        chat.roll_back_wanted.connect(self._roll_back)
        chat.told.connect(self._tell)
        facts.ask_wanted.connect(self._ask_fact)
        facts.survey_wanted.connect(self._survey)
        facts.forget_wanted.connect(self._forget)
        facts.teach_wanted.connect(self._teach)
        lessons.told.connect(self._tell_said)
        lessons.patch_picked.connect(self._on_patch)
        self.flow.asking.connect(self._show_ask)
        self.flow.resend_wanted.connect(chat.send)
        self.flow.settled.connect(chat.hide_ask)

    def _join_controller(self) -> None:
        controller = self._controller
        controller.began.connect(self._on_began)
        controller.arrived.connect(self._on_arrived)
        controller.progressed.connect(self._on_progress)
        controller.ended.connect(self._on_ended)
        controller.snapshot_changed.connect(self._on_snapshot)
        controller.busy_changed.connect(self._on_busy)
        self._reading.timeout.connect(self._on_idle)
        self._asking.timeout.connect(self._ask_after_move)
        if controller.snapshot is not None:
            self._on_snapshot(controller.snapshot)
        self._on_busy()

    # --- what the user wants ----------------------------------------------------------------------------------------

    def focus(self) -> None:
        """Show the chat, ready to be written in."""
        self.shown.emit()
        self.chat.composer.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_step(self, step: int) -> None:
        """A step was picked on the timeline: where a lesson made it, that lesson is shown."""
        snapshot = self._controller.snapshot
        if snapshot is not None and 0 < step < len(snapshot.timeline.rows):
            self.lessons.show_lesson(snapshot.timeline.rows[step].patch_id or "")

    def _typed(self) -> str:
        return self.chat.request.text

    def _send(self, request: SendRequest) -> None:
        if not request.text.strip() or not self._controller.startable():
            return
        if request.learning == "ask":
            self.flow.ask(request)
        else:
            self.flow.drop()
            self._controller.submit(request)

    def _show_ask(self) -> None:
        self.chat.show_ask(self.flow.view)
        self.flow.view.learn_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _run(self, request: Request) -> None:
        """What only looks or asks is also done in a session that cannot be changed."""
        looks = request.looks or isinstance(request, ASKING)
        if self._controller.ready if looks else self._controller.startable():
            self._controller.submit(request)

    def _ask_fact(self, fact_id: int) -> None:
        self._run(AskFactRequest(fact_id))

    def _survey(self) -> None:
        self._run(SurveyRequest())

    def _forget(self, fact_id: int) -> None:
        self._run(ForgetRequest(fact_id))

    def _teach(self, text: str) -> None:
        self._run(TellRequest(text))

    def _roll_back(self, message: Any) -> None:
        """To the state in which a message was written."""
        snapshot = self._controller.snapshot
        if snapshot is not None and message.state_hash == snapshot.info.state_hash:
            self._tell(tr("The session is in the state of this message already"))
        elif self._controller.startable():
            self._controller.submit(FindStateRequest(message.state_hash))

    def _tell(self, text: str) -> None:
        self._controller.messages.tell(text)

    def _tell_said(self, said: tuple[str, Any]) -> None:
        self._controller.messages.tell(*said)

    def _on_patch(self, patch_id: str) -> None:
        step = self._step_of(patch_id)
        if step is not None:
            self.step_picked.emit(step)

    def _step_of(self, patch_id: str) -> int | None:
        snapshot = self._controller.snapshot
        rows = snapshot.timeline.rows if snapshot is not None else ()
        return next((row.step for row in rows if row.patch_id == patch_id), None)

    # --- jobs -------------------------------------------------------------------------------------------------------

    def _on_began(self, request: Request) -> None:
        if isinstance(request, ANSWERING):
            self.chat.begin(request)

    def _on_arrived(self, record: Any) -> None:
        if isinstance(record, ChatText):
            self.chat.add(record)

    def _on_progress(self, progress: JobProgress) -> None:
        if progress.name in WATCHED:
            self.chat.show_progress(progress)

    def _on_ended(self, outcome: Outcome) -> None:
        request, finished = outcome.request, outcome.status == "finished"
        if isinstance(request, ANSWERING):
            self.chat.finish() if finished else self.chat.withdraw(outcome.message)
        elif isinstance(request, (*LEARNING, *ASKING, CompareAnswersRequest)):
            self.chat.finish()
        if isinstance(request, ReadPanelsRequest):
            self._take(outcome)
        elif isinstance(request, FindStateRequest) and finished:
            self._go_to(outcome.record)
        elif isinstance(request, CompareAnswersRequest) and finished:
            self.chat.show_answers(outcome.record)
        if isinstance(request, (*ANSWERING, *LEARNING, *ASKING, *OTHERS)):
            self._settle(outcome)
        self.flow.on_ended(outcome)

    def _settle(self, outcome: Outcome) -> None:
        """A job of the chat has ended: say what came of it, and read what there is now."""
        self._moved = False
        if outcome.status == "finished":
            for text, level in chat_sentences(outcome):
                self._controller.messages.tell(text, level)
        if not outcome.request.looks:
            self._read()

    def _go_to(self, patch_id: str) -> None:
        step = 0 if patch_id == BASE else self._step_of(patch_id)
        if step is not None:
            self._controller.go_to(step)

    # --- what is shown ----------------------------------------------------------------------------------------------

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        self.lessons.show_snapshot(snapshot)
        info = snapshot.info
        if info.session != self._session:
            self._session, self._moved = info.session, False
            self.flow.drop()
        elif self._read_for is not None and info.state_hash != self._read_for[1]:
            self._moved = True  # taken back where a job of the chat has done it
        if (info.session, info.state_hash) != self._read_for:
            self._reading.start()

    def _on_busy(self) -> None:
        controller = self._controller
        self.chat.set_state(controller.ready, controller.busy, controller.locked)
        reason = tr("A job is running; wait for it or cancel it") if controller.busy else tr("No model is loaded yet")
        self.facts.set_state(controller.ready, controller.locked, reason)
        if controller.busy:
            self._asking.stop()

    def _on_idle(self) -> None:
        """Read the chat once nothing runs any more."""
        if self._controller.busy:
            self._reading.start()
        else:
            self._read()

    def _read(self) -> None:
        """Read the chat now: before whatever was asked for later."""
        snapshot = self._controller.snapshot
        if snapshot is None:
            return
        self._reading.stop()
        self._read_for = (snapshot.info.session, snapshot.info.state_hash)
        self._controller.submit(ReadPanelsRequest())

    def _take(self, outcome: Outcome) -> None:
        if outcome.status != "finished":
            return
        state: PanelsState = outcome.record
        self.state = state
        self.chat.show_state(state.chat)
        self.facts.show_facts(state.chat.facts, state.needed)
        self.lessons.show_lessons(state.chat.lessons, state.chat.surveys, state.chat.measures)
        if self._moved and self._asks_after_move(state):
            self._asking.start()
        self._moved = False

    # --- asking again after a move ----------------------------------------------------------------------------------

    def _asks_after_move(self, state: PanelsState) -> bool:
        """Where there are facts, and not all of them were asked in this very state before."""
        asked = any(survey.state_hash == state.chat.state_hash for survey in state.chat.surveys)
        return state.ask_after_move and bool(state.chat.facts) and not asked and not self._controller.locked

    def _ask_after_move(self) -> None:
        """Only for who looks at the chat: it takes a while."""
        seen = any(panel.isVisible() for panel in (self.chat, self.facts, self.lessons))
        if seen and self._controller.ready:
            self._controller.submit(SurveyRequest())
