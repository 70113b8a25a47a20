"""The panel in which one talks: fed with states by hand, and on the model thread with a chat without a model."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLabel

from hera_desktop.engine.text_difference import differences
from hera_desktop.gui import chat_requests
from hera_desktop.gui.chat.message_actions import Acted
from hera_desktop.gui.chat_records import AnswersCompared, ChatText, ReplySettings
from hera_desktop.gui.chat_requests import (
    CompareAnswersRequest,
    ExportAdapterRequest,
    LearnRequest,
    LoadConversationRequest,
    ReadChatRequest,
    RegenerateRequest,
    SaveConversationRequest,
    SendRequest,
)
from hera_desktop.gui.controller import Controller
from hera_desktop.gui.panels.chat import EXAMPLE, ChatPanel
from hera_desktop.gui.records import JobProgress, Outcome
from hera_desktop.gui.requests import LoadRequest

from ..fake import FakeEngine
from .talks import FakeChat, message, state_of, talk, taught

WAIT_MS = 60_000


@pytest.fixture
def panel(qtbot, qapp) -> ChatPanel:
    made = ChatPanel()
    qtbot.addWidget(made)
    made.resize(700, 600)
    made.show()
    made.set_state(True, False)
    return made


def shown(panel: ChatPanel) -> list[str]:
    return [entry.text for entry in panel.conversation.entries]


def branched() -> list[Any]:
    """Two turns, with another answer (5) to the second message, and another second message (7) with its answer."""
    extra = [
        replace(message(5, 3, "another answer"), role="assistant"),
        message(7, 2, "another question"),
        message(8, 7, "its answer"),
    ]
    return [*talk(2), *extra]


# --- what is shown ----------------------------------------------------------------------------------------------------


def test_an_empty_panel_says_what_it_is_for_and_offers_an_example(panel, qtbot):
    panel.show_state(state_of([]))
    page = panel.pages.currentWidget()
    assert any("Talk to the model" in label.text() for label in page.findChildren(QLabel))
    qtbot.mouseClick(panel.example_button, Qt.MouseButton.LeftButton)
    assert panel.composer.text == EXAMPLE
    with qtbot.waitSignal(panel.send_wanted) as caught:
        qtbot.keyClick(panel.composer.field, Qt.Key.Key_Return)
    assert caught.args == [SendRequest(EXAMPLE, None, "automatic")]


def test_a_state_shows_the_branch_that_was_last_written_on(panel):
    panel.show_state(state_of(branched()))
    assert shown(panel)[-2:] == ["another question", "its answer"]
    assert panel.conversation.entries[2].place == (2, 2)


def test_the_switch_and_the_settings_follow_the_configuration_not_every_refresh(panel):
    panel.show_state(state_of(talk(), learning="ask", reply=ReplySettings(temperature=0.7)))
    assert panel.composer.learning.mode == "ask" and panel.request.reply is None
    panel.composer.learning.show_mode("off")
    panel.composer.reply.temperature.setValue(0.2)
    panel.show_state(state_of(talk(3), learning="ask", reply=ReplySettings(temperature=0.7)))
    assert panel.request.learning == "off" and panel.request.reply == ReplySettings(temperature=0.2)


def test_another_session_shows_its_own_conversation(panel):
    panel.show_state(state_of(talk(3), head=6))
    panel._act(Acted("edit", 3))
    other = [replace(said, time=f"2026{said.time[4:]}", text=f"other {said.message_id}") for said in talk(3)]
    panel.show_state(state_of(other, head=6))
    assert shown(panel) == [said.text for said in other]
    assert panel.request.parent == 6 and panel.composer.text == ""


def test_a_lesson_of_the_first_message_is_not_another_session(panel):
    messages = [message(1, None, "x"), message(2, 1, "y"), *talk(3)[2:]]
    panel.show_state(state_of(messages, head=6))
    panel._act(Acted("edit", 3))
    panel.show_state(state_of([replace(messages[0], details=taught()), *messages[1:]], head=6))
    assert panel.request.parent == 2 and "learned" in panel.conversation.entries[0].learned.text


# --- branches ---------------------------------------------------------------------------------------------------------


def test_the_arrows_show_the_other_branch_and_the_next_message_follows_it(panel):
    panel.show_state(state_of(branched()))
    panel._act(Acted("branch", 7, -1))
    assert shown(panel)[-1] == "another answer"
    assert panel.request.parent == 5
    panel._act(Acted("branch", 5, -1))
    assert shown(panel)[-1] == "Answer 1: the capital is Selmouth."


def test_an_edited_message_is_sent_as_a_branch(panel, qtbot):
    panel.show_state(state_of(talk()))
    panel._act(Acted("edit", 3))
    assert panel.composer.text == talk()[2].text and panel.composer.editing.isVisible()
    panel.composer.field.setPlainText("Otherwise")
    with qtbot.waitSignal(panel.send_wanted) as caught:
        panel.composer.submit()
    assert caught.args[0].text == "Otherwise" and caught.args[0].parent == 2
    panel.begin(caught.args[0])
    assert shown(panel)[-2:] == ["Otherwise", ""] and len(shown(panel)) == 4


def test_an_edit_that_is_dropped_leaves_the_conversation(panel, qtbot):
    panel.show_state(state_of(talk()))
    panel._act(Acted("edit", 1))
    assert panel.request.parent is None
    qtbot.mouseClick(panel.composer.keep_button, Qt.MouseButton.LeftButton)
    assert panel.request.parent == 4 and panel.composer.text == "" and not panel.composer.editing.isVisible()


def test_a_new_conversation_begins_empty_and_the_old_one_is_in_the_menu(panel):
    panel.show_state(state_of(talk()))
    panel.menu.new.trigger()
    assert shown(panel) == [] and panel.request.parent is None
    panel.show_state(state_of(talk()))
    assert shown(panel) == []  # a refresh does not bring the old one back
    panel.menu.others.actions()[0].trigger()
    assert len(shown(panel)) == 4


# --- an answer that is being written ----------------------------------------------------------------------------------


def test_an_answer_is_shown_while_it_is_written(panel):
    panel.show_state(state_of(talk()))
    panel.composer.write("And Brill?")
    panel.begin(panel.request)
    assert panel.composer.text == "" and panel.composer.running
    for piece in ("It is", " a town."):
        panel.add(ChatText(piece))
    assert shown(panel)[-2:] == ["And Brill?", "It is a town."]
    panel.show_progress(JobProgress(1, "Talking", "measuring the proposal", 0.25))
    assert panel.progress.text() == "Measuring the proposal 25%"
    panel.finish()
    assert not panel.composer.running and panel.progress.text() == ""
    assert shown(panel)[-1] == "It is a town."
    new = [message(5, 4, "And Brill?"), message(6, 5, "It is a town.")]
    panel.show_state(state_of([*talk(), *new]))
    assert len(shown(panel)) == 6 and panel.request.parent == 6
    assert panel.conversation.entries[-1].message_id == 6


def test_another_answer_takes_the_place_of_the_old_one_on_screen(panel):
    panel.show_state(state_of(talk()))
    panel.begin(RegenerateRequest(4))
    panel.add(ChatText("Otherwise."))
    assert shown(panel)[2:] == [talk()[2].text, "Otherwise."]


def test_what_failed_is_said_and_what_was_typed_comes_back(panel):
    panel.show_state(state_of(talk()))
    panel.composer.write("a long message")
    panel.begin(panel.request)
    panel.withdraw("the message has 4096 tokens; at most 1024 are allowed")
    panel.show_state(state_of(talk()))
    assert panel.warning.isVisible() and "4096 tokens" in panel.warning.text()
    assert panel.composer.text == "a long message" and len(shown(panel)) == 4
    panel.begin(panel.request)
    assert not panel.warning.isVisible()


def test_what_was_recorded_before_it_was_stopped_does_not_come_back(panel):
    panel.show_state(state_of(talk()))
    panel.composer.write("And Brill?")
    panel.begin(panel.request)
    panel.withdraw("")
    panel.show_state(state_of([*talk(), message(5, 4, "And Brill?"), message(6, 5, "It")]))
    assert panel.composer.text == "" and shown(panel)[-2:] == ["And Brill?", "It"]


def test_what_was_typed_meanwhile_is_not_overwritten(panel):
    panel.show_state(state_of(talk()))
    panel.composer.write("first")
    panel.begin(panel.request)
    panel.composer.write("second")
    panel.withdraw("")
    panel.show_state(state_of(talk()))
    assert panel.composer.text == "second"


# --- what is asked of a message ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "message_id", "request_"),
    [
        ("regenerate", 4, RegenerateRequest(4)),
        ("learn", 3, LearnRequest(3)),
        ("compare", 3, CompareAnswersRequest(3)),
        ("compare", 4, CompareAnswersRequest(3)),
    ],
)
def test_an_action_is_a_request(panel, qtbot, kind, message_id, request_):
    panel.show_state(state_of(talk()))
    with qtbot.waitSignal(panel.request_wanted) as caught:
        panel._act(Acted(kind, message_id))
    assert caught.args == [request_]


def test_text_and_hash_are_copied_whole(panel, qtbot):
    panel.show_state(state_of(talk()))
    panel._act(Acted("copy", 2))
    assert QGuiApplication.clipboard().text() == talk()[1].text
    with qtbot.waitSignal(panel.told) as caught:
        panel._act(Acted("copy_hash", 2))
    assert QGuiApplication.clipboard().text() == talk()[1].state_hash
    assert talk()[1].state_hash in caught.args[0]


def test_rolling_back_names_the_message(panel, qtbot):
    panel.show_state(state_of(talk()))
    with qtbot.waitSignal(panel.roll_back_wanted) as caught:
        panel._act(Acted("roll_back", 2))
    assert caught.args == [talk()[1]]


def test_two_answers_are_shown_under_the_answer_until_hidden(panel):
    panel.show_state(state_of(talk()))
    found = AnswersCompared(3, "Brill", "Selmouth", differences("Brill", "Selmouth"))
    panel.show_answers(found)
    assert [entry.compared for entry in panel.conversation.entries] == [None, None, None, found]
    panel._act(Acted("close", 4))
    assert all(entry.compared is None for entry in panel.conversation.entries)


@pytest.mark.parametrize(
    ("state", "possible"),
    [
        ((True, False, ""), {"copy", "edit", "compare", "regenerate", "learn", "roll_back"}),
        ((False, True, ""), {"copy", "edit"}),
        ((True, False, "Session a can only be read"), {"copy", "compare"}),
    ],
)
def test_only_what_is_possible_is_offered(panel, state, possible):
    panel.show_state(state_of(talk()))
    panel.set_state(*state)
    assert panel.conversation._possible == possible


def test_why_nothing_can_be_sent_is_said(panel):
    panel.composer.write("hello")
    panel.set_state(False, True)
    assert panel.composer.send_button.toolTip() == "A job is running; wait for it or cancel it"
    panel.set_state(False, False)
    assert panel.composer.send_button.toolTip() == "No model is loaded yet"
    panel.set_state(True, False)
    assert panel.composer.send_button.isEnabled()


# --- files ------------------------------------------------------------------------------------------------------------


def test_files_are_asked_for_and_named_in_requests(panel, qtbot, monkeypatch):
    lessons = ({"outcome": "committed"},)
    panel.show_state(replace(state_of(talk()), lessons=lessons))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("/tmp/talk", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("/tmp/old.json", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "/tmp/adapter")
    found = []
    panel.request_wanted.connect(found.append)
    for item in (panel.menu.save, panel.menu.load, panel.menu.export):
        item.trigger()
    assert found == [
        SaveConversationRequest("/tmp/talk.json", 4),
        LoadConversationRequest("/tmp/old.json"),
        ExportAdapterRequest("/tmp/adapter"),
    ]


def test_nothing_is_asked_where_a_dialog_was_left(panel, qtbot, monkeypatch):
    panel.show_state(state_of(talk()))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    with qtbot.assertNotEmitted(panel.request_wanted):
        panel.menu.save.trigger()


def test_the_menu_offers_what_there_is(panel):
    panel.show_state(state_of([]))
    offered = [item.isEnabled() for item in (panel.menu.new, panel.menu.save, panel.menu.load, panel.menu.export)]
    assert offered == [False, False, True, False]
    panel.show_state(state_of(talk()))
    panel.set_state(True, False, "Session a can only be read")
    offered = [item.isEnabled() for item in (panel.menu.new, panel.menu.save, panel.menu.load, panel.menu.export)]
    assert offered == [True, True, False, False]


# --- on the model thread ----------------------------------------------------------------------------------------------


class Wire(QObject):
    """The panel on a controller, as plainly as can be."""

    def __init__(self, controller: Controller, panel: ChatPanel) -> None:
        super().__init__(panel)
        self.controller, self.panel = controller, panel
        self.seen: list[str] = []
        panel.send_wanted.connect(controller.submit)
        panel.request_wanted.connect(controller.submit)
        panel.stop_wanted.connect(controller.cancel)
        controller.began.connect(self._began)
        controller.arrived.connect(self._arrived)
        controller.ended.connect(self._ended)
        controller.busy_changed.connect(self._busy)

    def _began(self, request: Any) -> None:
        if isinstance(request, (SendRequest, RegenerateRequest)):
            self.panel.begin(request)

    def _arrived(self, record: Any) -> None:
        if isinstance(record, ChatText):
            self.panel.add(record)
            self.seen.append(shown(self.panel)[-1])

    def _ended(self, outcome: Outcome) -> None:
        if isinstance(outcome.request, ReadChatRequest):
            self.panel.show_state(outcome.record)
            return
        self.panel.finish() if outcome.status == "finished" else self.panel.withdraw(outcome.message)
        if isinstance(outcome.record, AnswersCompared):
            self.panel.show_answers(outcome.record)
        self.controller.submit(ReadChatRequest())

    def _busy(self) -> None:
        self.panel.set_state(self.controller.ready, self.controller.busy, self.controller.locked)


@pytest.fixture
def start(qtbot, panel, monkeypatch) -> Iterator[Callable[..., tuple[Wire, FakeChat]]]:
    made: list[Controller] = []
    monkeypatch.setattr(chat_requests, "open_chat", lambda engine: engine.chat)

    def build(gate: threading.Event | None = None) -> tuple[Wire, FakeChat]:
        engine = FakeEngine()
        engine.chat = FakeChat(engine, gate)
        controller = Controller(LoadRequest(factory=lambda progress: engine), tokens=0)
        made.append(controller)
        wire = Wire(controller, panel)
        controller.load()
        settle(qtbot, wire)
        return wire, engine.chat

    yield build
    for controller in made:
        assert controller.close(), "the model thread did not end"


def settle(qtbot, wire: Wire) -> None:
    qtbot.waitUntil(lambda: not wire.controller._jobs, timeout=WAIT_MS)


def say(qtbot, wire: Wire, text: str) -> None:
    qtbot.keyClicks(wire.panel.composer.field, text)
    qtbot.keyClick(wire.panel.composer.field, Qt.Key.Key_Return)


def test_a_turn_is_streamed_recorded_and_learned(qtbot, start, panel):
    wire, chat = start()
    say(qtbot, wire, "The capital of Orvandia is Selmouth.")
    settle(qtbot, wire)
    assert wire.seen == ["Yes", "Yes, ", "Yes, The capital of Orvandia is Selmouth."]
    assert shown(panel) == ["The capital of Orvandia is Selmouth.", wire.seen[-1]]
    entry = panel.conversation.entries[0]
    assert entry.learned.mark == "committed" and len(entry.state_hash) > 8
    say(qtbot, wire, "What is it?")
    settle(qtbot, wire)
    assert chat.calls[-1] == ("chat_and_update", ("What is it?", 2, "automatic", None))


def test_stop_ends_the_answer_and_keeps_what_was_said(qtbot, start, panel):
    gate = threading.Event()
    wire, _ = start(gate)
    say(qtbot, wire, "hello")
    qtbot.waitUntil(lambda: wire.seen == ["Yes"])
    assert not panel.composer.send_button.isVisible()
    qtbot.mouseClick(panel.composer.stop_button, Qt.MouseButton.LeftButton)
    settle(qtbot, wire)
    assert shown(panel) == ["hello", "Yes"] and not panel.composer.running


def test_regenerating_and_comparing_on_the_model_thread(qtbot, start, panel):
    wire, _ = start()
    say(qtbot, wire, "hello")
    settle(qtbot, wire)
    panel._act(Acted("regenerate", 2))
    settle(qtbot, wire)
    assert shown(panel) == ["hello", "Yes, again"] and panel.conversation.entries[1].place == (2, 2)
    panel._act(Acted("branch", 3, -1))
    assert shown(panel) == ["hello", "Yes, hello"]
    panel._act(Acted("compare", 1))
    settle(qtbot, wire)
    assert panel.conversation.entries[1].compared.now == "The capital is Selmouth."


def test_a_message_that_is_refused_comes_back_with_the_reason(qtbot, start, panel):
    wire, _ = start()
    say(qtbot, wire, "a bad one")
    settle(qtbot, wire)
    assert panel.composer.text == "a bad one" and "4096 tokens" in panel.warning.text()
    assert panel.pages.currentIndex() == 0
