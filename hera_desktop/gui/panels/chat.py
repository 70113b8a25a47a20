"""The panel in which the user talks to the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from superqt import QElidingLabel

from ..chat.branches import Branches
from ..chat.composer import Composer
from ..chat.conversation import Conversation
from ..chat.conversation_menu import ConversationMenu
from ..chat.entries import Entry, entry_of
from ..chat.message_actions import ALWAYS, LOOKS, Acted
from ..chat_records import AnswersCompared, ChatState, ChatText
from ..chat_requests import (
    CompareAnswersRequest,
    ExportAdapterRequest,
    LearnRequest,
    LoadConversationRequest,
    RegenerateRequest,
    SaveConversationRequest,
    SendRequest,
)
from ..features.fields import button
from ..i18n import mark, tr
from ..labels import EmptyState
from ..progress_words import progress_sentence
from ..records import JobProgress
from ..theme import GRID, MARGIN
from ..warning_label import WarningLabel

if TYPE_CHECKING:
    from hera_desktop.engine.facts.records import Message

WIDEST = 1000
"""Pixels; longer lines are hard to read."""
TITLE = mark("Talk to the model")
PURPOSE = mark(
    "A fact that you tell is learned into an adapter beside the weights, measured and judged like every other step. "
    "Then the model is asked about it, and undo takes it back."
)
FIRST = mark("Tell it something it cannot know:")
EXAMPLE = "The capital of Orvandia is Selmouth."
EXAMPLE_TIP = mark("Put this sentence into the field below")
BUSY = mark("A job is running; wait for it or cancel it")
UNLOADED = mark("No model is loaded yet")
ANSWERING = mark("Answering")
COPIED = mark("Copied the state hash {hash}")


class ChatPanel(QWidget):
    """Signals:
    ``send_wanted(SendRequest)``: its ``learning`` says what the switch stands at; "ask" is the receiver's to ask.
    ``request_wanted(Request)``: another answer, a comparison, a lesson, a file.
    ``stop_wanted()``; ``roll_back_wanted(Message)``: to the state it was written in; ``told(sentence)``.
    ``learning_changed(Learning)``: the user moved the switch.

    Wiring: ``show_state(ChatState)`` after every job and every move; ``set_state(ready, busy, locked)``; for a
    SendRequest or RegenerateRequest ``begin(request)``, ``add(ChatText)``, ``show_progress(JobProgress)``, and then
    ``finish()`` or ``withdraw(sentence)`` before the next ``show_state``; ``show_answers(AnswersCompared)``. ``ask``
    holds a view between conversation and composer: ``show_ask(widget)``, ``hide_ask()``.
    """

    send_wanted = Signal(object)
    request_wanted = Signal(object)
    stop_wanted = Signal()
    roll_back_wanted = Signal(object)
    told = Signal(object)
    learning_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: ChatState | None = None
        self._branches = Branches()
        self._leaf: int | None = None
        self._leaf_before: int | None = None
        self._editing: int | None = None
        self._pending: tuple[Entry, ...] = ()
        self._sent = ""
        self._compared: dict[int, AnswersCompared] = {}
        self._ready = self._busy = False
        self._locked = ""
        self.menu = ConversationMenu(self)
        self.conversation = Conversation()
        self.composer = Composer(self.menu)
        self.warning = WarningLabel()
        self.progress = QElidingLabel("")
        self.example_button = button(EXAMPLE, tr(EXAMPLE_TIP))
        self.pages = QStackedWidget()
        self.ask = QVBoxLayout()
        self._lay_out()
        self._connect()
        self.set_state(False, False)

    # --- layout -----------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setMaximumWidth(WIDEST)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(MARGIN, GRID, MARGIN, GRID)
        outer.setSpacing(0)
        outer.addStretch(1)
        outer.addWidget(inner, WIDEST)
        outer.addStretch(1)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self.pages, 1)
        column.addLayout(self.ask)
        column.addWidget(self.warning)
        column.addWidget(self.progress)
        column.addWidget(self.composer)
        self.progress.setFixedHeight(self.fontMetrics().height())
        self.progress.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        self.pages.addWidget(self._empty())
        self.pages.addWidget(self.conversation)

    def _empty(self) -> QWidget:
        page = EmptyState(tr(TITLE), tr(PURPOSE), tr(FIRST))
        column = page.layout()
        if isinstance(column, QVBoxLayout):
            column.insertWidget(column.count() - 1, self.example_button, 0, Qt.AlignmentFlag.AlignHCenter)
        return page

    def _connect(self) -> None:
        self.composer.submitted.connect(self.send)
        self.composer.stop_wanted.connect(self.stop_wanted)
        self.composer.edit_dropped.connect(self._drop_edit)
        self.composer.learning_changed.connect(self.learning_changed)
        self.conversation.acted.connect(self._act)
        self.example_button.clicked.connect(self._take_example)
        self.menu.new_wanted.connect(self.new_conversation)
        self.menu.chosen.connect(self._go_to)
        self.menu.save_wanted.connect(self._save)
        self.menu.load_wanted.connect(self._load)
        self.menu.export_wanted.connect(self._export)

    def show_ask(self, view: QWidget) -> None:
        """A view between the conversation and the composer."""
        if self.ask.indexOf(view) < 0:
            self.ask.addWidget(view)
        view.show()

    def hide_ask(self) -> None:
        for number in range(self.ask.count()):
            self.ask.itemAt(number).widget().hide()

    # --- what the user does -----------------------------------------------------------------------------------------

    @property
    def request(self) -> SendRequest:
        """What pressing Send asks for."""
        parent = self._leaf
        if self._editing in self._branches:
            parent = self._branches.message(self._editing).parent
        return SendRequest(self.composer.text, parent, self.composer.learning.mode, self.composer.reply.reply)

    def send(self) -> None:
        self.send_wanted.emit(self.request)

    def new_conversation(self) -> None:
        """The next message begins one; those there are stay."""
        self._drop_edit()
        self._leaf = None
        self._refresh()
        self.composer.field.setFocus()

    def _take_example(self) -> None:
        self.composer.write(EXAMPLE)

    def _drop_edit(self) -> None:
        if self._editing is not None:
            self._editing = None
            self.composer.accepted()

    def _act(self, acted: Acted) -> None:
        if acted.message_id not in self._branches:
            return
        message = self._branches.message(acted.message_id)
        match acted.kind:
            case "copy":
                QGuiApplication.clipboard().setText(message.text)
            case "copy_hash":
                QGuiApplication.clipboard().setText(message.state_hash)
                self.told.emit(tr(COPIED).format(hash=message.state_hash))
            case "edit":
                self._edit(message)
            case "branch":
                self._go_to(self._branches.beside(message.message_id, acted.by))
            case "close":
                self._compared.pop(message.message_id, None)
                self._refresh()
            case "roll_back":
                self.roll_back_wanted.emit(message)
            case _:
                self._ask_for(acted.kind, message)

    def _ask_for(self, kind: str, message: Message) -> None:
        reply = self.composer.reply.reply
        if kind == "regenerate":
            self.request_wanted.emit(RegenerateRequest(message.message_id, reply))
        elif kind == "learn":
            self.request_wanted.emit(LearnRequest(message.message_id))
        elif kind == "compare":
            asked = message.message_id if message.role == "user" else message.parent
            self.request_wanted.emit(CompareAnswersRequest(asked, reply))

    def _edit(self, message: Message) -> None:
        self._editing = message.message_id
        self.composer.write(message.text)
        self.composer.show_editing(True)

    def _go_to(self, message_id: int) -> None:
        """Show the branch that runs through a message, where it was last written on."""
        other = self._leaf is None or self._begin_of(message_id) != self._begin_of(self._leaf)
        self._leaf = self._branches.newest_below(message_id)
        self._refresh()
        if other:
            self.conversation.to_end()

    def _begin_of(self, message_id: int) -> int:
        return self._branches.path(message_id)[0].message_id

    def _save(self, path: str) -> None:
        if self._leaf is not None:
            self.request_wanted.emit(SaveConversationRequest(path, self._leaf))

    def _load(self, path: str) -> None:
        self.request_wanted.emit(LoadConversationRequest(path))

    def _export(self, folder: str) -> None:
        self.request_wanted.emit(ExportAdapterRequest(folder))

    # --- records ----------------------------------------------------------------------------------------------------

    def show_state(self, state: ChatState) -> None:
        """What the session holds now; a message that was written since is shown, on its branch."""
        old, self._state = self._state, state
        self._branches = Branches(state.messages)
        other = old is not None and _session(old) not in (None, _session(state))
        if other:
            self._compared.clear()
            self._drop_edit()
        written = old is None or old.head != state.head
        if written or other or (self._leaf is not None and self._leaf not in self._branches):
            self._leaf = state.head
        elif self._sent and not self.composer.text:
            self.composer.write(self._sent)  # it was not recorded
        if old is None or old.learning != state.learning:
            self.composer.learning.show_mode(state.learning)
        if old is None or old.reply != state.reply:
            self.composer.reply.show_reply(state.reply)
        self._pending, self._sent = (), ""
        self._refresh()

    def set_state(self, ready: bool, busy: bool, locked: str = "") -> None:
        """``ready``: something can be asked of the model; ``busy``: a job is running; ``locked``: why nothing can be
        changed in this session, or empty."""
        self._ready, self._busy, self._locked = ready, busy, locked
        reason = locked or ("" if ready else tr(BUSY) if busy else tr(UNLOADED))
        self.composer.set_reason(reason, bool(locked))
        kinds = {*ALWAYS, *(LOOKS if ready else ())}
        if locked:
            kinds.discard("edit")
        elif ready:
            kinds |= {"regenerate", "learn", "roll_back"}
        self.conversation.set_possible(kinds)
        self.example_button.setEnabled(not locked)
        self._refresh_menu()

    def begin(self, request: SendRequest | RegenerateRequest) -> None:
        """An answer is going to be written."""
        self._warn("")
        self.progress.setText(tr(ANSWERING))
        answer = Entry(None, "assistant", "")
        self._leaf_before = self._leaf
        if isinstance(request, SendRequest):
            self._leaf, self._sent = request.parent, request.text
            self._pending = (Entry(None, "user", request.text), answer)
            self._editing = None
            self.composer.accepted()
        elif request.answer_id in self._branches:
            self._leaf, self._sent = self._branches.message(request.answer_id).parent, ""
            self._pending = (answer,)
        self.composer.show_running(True)
        self._refresh()
        self.conversation.to_end()

    def add(self, piece: ChatText) -> None:
        """More of the answer."""
        if self._pending:
            self.conversation.add(piece.text)

    def show_progress(self, progress: JobProgress) -> None:
        share = "" if progress.share is None else f" {progress.share:.0%}"
        self.composer.show_running(True)
        self.progress.setText(f"{progress_sentence(progress.what)}{share}")

    def finish(self) -> None:
        """The answer stands, and what was to be learned is learned; the messages come with the next state."""
        self._sent = ""
        self._settle()

    def withdraw(self, sentence: str) -> None:
        """It failed, or was stopped where ``sentence`` is empty. What was typed goes back into an empty field, unless
        the next state holds it."""
        self._settle()
        self._warn(sentence)
        self._leaf, self._pending = self._leaf_before, ()
        self._refresh()

    def show_answers(self, found: AnswersCompared) -> None:
        """The two answers, under the answer to the message that they are about."""
        path = self._branches.path(self._leaf)
        places = [number for number, message in enumerate(path) if message.message_id == found.message_id]
        if places:
            below = path[places[0] : places[0] + 2]
            self._compared[below[-1].message_id] = found
            self._refresh()

    def _warn(self, sentence: str) -> None:
        """In the place of the line that says what is going on."""
        self.warning.say(sentence)
        self.progress.setHidden(bool(sentence))

    def _settle(self) -> None:
        self.progress.setText("")
        self.composer.show_running(False)

    # --- drawing ----------------------------------------------------------------------------------------------------

    def _refresh(self) -> None:
        path = self._branches.path(self._leaf)
        shown = [entry_of(message, self._branches, self._compared.get(message.message_id)) for message in path]
        entries = [*shown, *self._pending]
        self.conversation.show_entries(entries)
        self.pages.setCurrentIndex(1 if entries else 0)
        self.menu.show_conversations(self._branches.beginnings, path[0].message_id if path else None)
        self._refresh_menu()

    def _refresh_menu(self) -> None:
        learned = self._state is not None and bool(self._state.lessons)
        self.menu.set_state(self._ready, bool(self._locked), bool(self._branches.path(self._leaf)), learned)


def _session(state: ChatState) -> tuple[str, str] | None:
    """What tells the conversations of one session from those of another; None where there are none."""
    first = state.messages[:1]
    return (first[0].time, first[0].text) if first else None
