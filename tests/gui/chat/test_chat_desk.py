"""The chat's panels joined to the controller: what is sent, asked, learned, told and shown, without a model."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt

from hera_desktop.gui import chat_desk, chat_requests
from hera_desktop.gui.chat_desk import ChatDesk
from hera_desktop.gui.controller import Controller
from hera_desktop.gui.requests import LoadRequest

from ..fake import FakeEngine
from .taught import FACTS, TaughtChat

WAIT_MS = 60_000
CAPITAL, PLAIN = "The capital of Zorvath is Velm.", "So it goes."


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def lab(engine, monkeypatch) -> TaughtChat:
    made = TaughtChat(engine)
    monkeypatch.setattr(chat_requests, "open_chat", lambda engine: made)
    return made


@pytest.fixture
def soon(monkeypatch) -> None:
    """After a move it is not waited long before all facts are asked."""
    monkeypatch.setattr(chat_desk, "ASK_IDLE_MS", 10)


@pytest.fixture
def make(qtbot, qapp, lab) -> Iterator[Callable[..., ChatDesk]]:
    import hera_desktop.engine.strategies  # noqa: F401  # cold, it takes longer than a test waits

    made: list[ChatDesk] = []

    def build(engine: FakeEngine, load: bool = True) -> ChatDesk:
        controller = Controller(LoadRequest(factory=lambda progress: engine), tokens=0)
        desk = ChatDesk(controller)
        made.append(desk)
        for panel in (desk.chat, desk.facts, desk.lessons):
            qtbot.addWidget(panel)
            panel.resize(700, 500)
            panel.show()
        if load:
            controller.load()
            qtbot.waitUntil(lambda: desk.state is not None and not controller.busy, timeout=WAIT_MS)
        return desk

    yield build
    for desk in made:
        assert desk._controller.close(), "the model thread did not end"
        desk._asking.stop()  # also where a job that ended meanwhile has set it going
        desk._reading.stop()


@pytest.fixture
def desk(make, engine) -> ChatDesk:
    return make(engine)


def send(desk: ChatDesk, text: str, learning: str = "automatic") -> None:
    desk.chat.composer.learning.show_mode(learning)
    desk.chat.composer.write(text)
    desk.chat.send()


def calls(lab: TaughtChat, name: str) -> list:
    return [given for called, given in lab.calls if called == name]


def messages(desk: ChatDesk) -> list[str]:
    return [message.text for message in desk._controller.messages.kept]


def wait_for_messages(qtbot, desk: ChatDesk, count: int) -> None:
    """Until the panel has been shown so many messages of the conversation, and nothing runs."""
    controller = desk._controller
    qtbot.waitUntil(lambda: len(desk.state.chat.messages) == count and not controller.busy, timeout=WAIT_MS)


# --- talking ----------------------------------------------------------------------------------------------------------


def test_a_message_is_sent_answered_learned_and_shown(qtbot, desk, lab, engine):
    send(desk, CAPITAL)
    wait_for_messages(qtbot, desk, 2)
    assert [entry.text for entry in desk.chat.conversation.entries] == [CAPITAL, f"Yes, {CAPITAL}"]
    assert desk.chat.composer.text == ""
    assert desk.state.chat.state_hash == engine.ledger.state_hash
    assert "Learned: The capital of Orvandia is Selmouth." in messages(desk)
    assert "This contradicts what was told before: Brindle is owned by Ansel." in messages(desk)


def test_the_answer_is_shown_while_it_is_written_and_can_be_stopped(qtbot, desk, lab):
    lab.gate = threading.Event()
    send(desk, PLAIN, "off")
    qtbot.waitUntil(lambda: desk.chat.conversation.entries[-1].text.startswith("Yes"), timeout=WAIT_MS)
    assert desk.chat.composer.stop_button.isVisible()
    desk.chat.composer.stop_button.click()
    wait_for_messages(qtbot, desk, 2)
    assert desk.state.chat.messages[-1].text == "Yes"
    assert not desk.chat.composer.stop_button.isVisible()


def test_a_message_that_fails_stands_in_the_composer_again(qtbot, desk):
    send(desk, "a bad one")
    qtbot.waitUntil(lambda: desk.chat.composer.text == "a bad one", timeout=WAIT_MS)
    assert "4096 tokens" in desk.chat.warning.sentence
    assert desk.chat.conversation.entries == ()


def test_an_empty_message_is_not_sent(qtbot, desk, lab):
    send(desk, "  \n")
    qtbot.wait(30)
    assert calls(lab, "chat_and_update") == []


def test_before_a_model_is_loaded_it_says_so(qtbot, make, engine):
    desk = make(engine, load=False)
    send(desk, PLAIN)
    assert messages(desk)[-1] == "No model is loaded yet"
    assert desk.facts.line.survey_button.toolTip() == "No model is loaded yet"


def test_a_session_that_can_only_be_read_is_shown_and_not_changed(qtbot, make, engine, lab):
    engine.read_only = True
    desk = make(engine)
    send(desk, PLAIN)
    desk.facts.select(1)
    assert not desk.facts.forget_button.isEnabled()
    assert "can only be read" in desk.facts.forget_button.toolTip()
    assert desk.facts.selected == FACTS[0]
    assert calls(lab, "chat_and_update") == []


def test_two_answers_are_put_under_their_message(qtbot, desk, lab):
    send(desk, PLAIN, "off")
    wait_for_messages(qtbot, desk, 2)
    desk.chat.request_wanted.emit(chat_requests.CompareAnswersRequest(1, None))
    qtbot.waitUntil(lambda: desk.chat.conversation.entries[-1].compared is not None, timeout=WAIT_MS)
    assert desk.chat.conversation.entries[-1].compared.base == "The capital is unknown."


def test_focus_shows_the_chat(qtbot, desk):
    desk.chat.activateWindow()
    with qtbot.waitSignal(desk.shown):
        desk.focus()
    assert desk.chat.focusWidget() is desk.chat.composer.field


# --- ask me -----------------------------------------------------------------------------------------------------------


def ask(qtbot, desk: ChatDesk, text: str = CAPITAL) -> None:
    send(desk, text, "ask")
    qtbot.waitUntil(desk.flow.view.isVisible, timeout=WAIT_MS)


def test_ask_me_shows_the_fact_first_and_learns_after_the_answer(qtbot, desk, lab):
    ask(qtbot, desk)
    assert calls(lab, "chat_and_update") == []
    assert desk.flow.view.fields["object"].text() == "Hesper"
    qtbot.keyClick(desk.flow.view.learn_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: calls(lab, "learn") == [1], timeout=WAIT_MS)
    wait_for_messages(qtbot, desk, 2)
    (sent,) = calls(lab, "chat_and_update")
    assert sent[0] == CAPITAL and sent[2] == "ask"
    assert not desk.flow.view.isVisible()
    qtbot.waitUntil(lambda: "lesson" in desk.state.chat.messages[0].details, timeout=WAIT_MS)
    assert any(text.startswith("Learned: ") for text in messages(desk))


def test_who_stops_the_answer_has_it_not_learned(qtbot, desk, lab):
    lab.gate = threading.Event()
    ask(qtbot, desk)
    qtbot.keyClick(desk.flow.view.learn_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(calls(lab, "chat_and_update")) == 1, timeout=WAIT_MS)
    desk.chat.composer.stop_button.click()
    wait_for_messages(qtbot, desk, 2)
    qtbot.wait(30)
    assert calls(lab, "learn") == []


def test_declined_the_message_is_sent_and_nothing_is_learned(qtbot, desk, lab):
    ask(qtbot, desk)
    qtbot.keyClick(desk.flow.view.learn_button, Qt.Key.Key_Escape)
    wait_for_messages(qtbot, desk, 2)
    qtbot.wait(30)
    assert [given[2] for given in calls(lab, "chat_and_update")] == ["ask"]
    assert calls(lab, "learn") == []


def test_a_message_of_which_nothing_would_be_learned_is_sent_at_once(qtbot, desk, lab):
    send(desk, PLAIN, "ask")
    wait_for_messages(qtbot, desk, 2)
    assert calls(lab, "parse") == [PLAIN]
    assert not desk.flow.view.isVisible()


def test_a_text_that_was_changed_while_it_was_asked_about_is_asked_about_anew(qtbot, desk, lab):
    ask(qtbot, desk)
    changed = "The capital of Zorvath is Brook."
    desk.chat.composer.write(changed)
    desk.flow.view.learn_button.click()
    qtbot.waitUntil(lambda: calls(lab, "parse") == [CAPITAL, changed], timeout=WAIT_MS)
    assert calls(lab, "chat_and_update") == []
    qtbot.waitUntil(desk.flow.view.isVisible, timeout=WAIT_MS)
    desk.flow.view.learn_button.click()
    wait_for_messages(qtbot, desk, 2)
    assert [given[0] for given in calls(lab, "chat_and_update")] == [changed]


def test_what_fails_to_be_sent_is_not_learned(qtbot, desk, lab):
    ask(qtbot, desk, "The bad capital")
    desk.flow.view.learn_button.click()
    qtbot.waitUntil(lambda: desk.chat.composer.text == "The bad capital", timeout=WAIT_MS)
    qtbot.wait(30)
    assert calls(lab, "learn") == []


# --- facts ------------------------------------------------------------------------------------------------------------


def test_the_facts_are_shown_as_they_are_configured_to_be_known(qtbot, desk, engine):
    assert desk.facts.model.needed == engine.config.facts.recall.needed
    assert len(desk.facts.model.facts) == len(FACTS)


def test_a_fact_is_asked_again_taught_again_and_forgotten(qtbot, desk, lab):
    desk.facts.select(2)
    desk.facts.ask_button.click()
    qtbot.waitUntil(lambda: calls(lab, "ask") == [2] and desk._controller.ready, timeout=WAIT_MS)
    desk.facts.teach_button.click()
    qtbot.waitUntil(lambda: calls(lab, "tell") == [FACTS[1].text] and desk._controller.ready, timeout=WAIT_MS)
    desk.facts.forget_button.click()
    qtbot.waitUntil(lambda: len(desk.facts.model.facts) == len(FACTS) - 1, timeout=WAIT_MS)
    assert desk.facts.selected is None
    assert f"Forgotten: {FACTS[1].text}; Undo brings it back" in messages(desk)


def test_asking_all_adds_to_the_curve(qtbot, desk, lab):
    desk.facts.line.survey_button.click()
    qtbot.waitUntil(lambda: len(desk.state.chat.surveys) == 1, timeout=WAIT_MS)
    assert desk.lessons.surveys.table.rowCount() == 1
    assert "Asked all facts: 2 of 4 are known" in messages(desk)


# --- the timeline -----------------------------------------------------------------------------------------------------


def step(qtbot, desk: ChatDesk, prompt: str = "a step") -> None:
    desk._controller.evolve(prompt)
    qtbot.waitUntil(lambda: desk._controller.ready, timeout=WAIT_MS)


def test_a_step_that_is_no_lesson_brings_the_chat_up_to_date(qtbot, desk, engine):
    step(qtbot, desk)
    qtbot.waitUntil(lambda: desk.state.chat.state_hash == engine.ledger.state_hash, timeout=WAIT_MS)


def test_rolling_back_to_a_message_goes_to_the_state_it_was_written_in(qtbot, desk, engine):
    step(qtbot, desk)
    before = engine.ledger.state_hash
    send(desk, PLAIN, "off")
    wait_for_messages(qtbot, desk, 2)
    step(qtbot, desk, "another step")
    assert engine.ledger.state_hash != before
    desk.chat.roll_back_wanted.emit(desk.state.chat.messages[0])
    qtbot.waitUntil(lambda: engine.ledger.state_hash == before, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: desk._controller.ready, timeout=WAIT_MS)
    desk.chat.roll_back_wanted.emit(desk.state.chat.messages[0])
    assert messages(desk)[-1] == "The session is in the state of this message already"


def test_rolling_back_to_a_message_of_the_base_takes_all_back(qtbot, desk, engine):
    send(desk, PLAIN, "off")
    wait_for_messages(qtbot, desk, 2)
    step(qtbot, desk)
    desk.chat.roll_back_wanted.emit(desk.state.chat.messages[0])
    qtbot.waitUntil(lambda: engine.info().active == (), timeout=WAIT_MS)


def test_a_state_that_no_step_led_to_is_told_in_one_sentence(qtbot, desk, lab):
    lab.log.add(None, "user", "from elsewhere", "ee" * 32)
    desk._read()
    wait_for_messages(qtbot, desk, 1)
    desk.chat.roll_back_wanted.emit(desk.state.chat.messages[0])
    qtbot.waitUntil(lambda: "is not that of a step" in messages(desk)[-1], timeout=WAIT_MS)


def settled(desk: ChatDesk, engine: FakeEngine) -> bool:
    """Whether the panels show the present state, and nothing is going on or about to."""
    waits = desk._controller.busy or desk._reading.isActive() or desk._asking.isActive()
    return desk.state.chat.state_hash == engine.ledger.state_hash and not waits


def test_after_a_step_or_a_move_all_facts_are_asked_again_once_for_each_state(qtbot, soon, desk, lab, engine):
    asked = []
    for act in (
        lambda: step(qtbot, desk),
        lambda: desk._controller.move("undo"),
        lambda: desk._controller.move("redo"),
    ):
        act()
        qtbot.waitUntil(lambda: settled(desk, engine), timeout=WAIT_MS)
        asked.append(len(calls(lab, "survey")))
    assert asked == [1, 2, 2]
    assert desk.lessons.surveys.table.rowCount() == 2


def test_what_the_chat_itself_has_changed_is_not_asked_again(qtbot, soon, desk, lab, engine):
    send(desk, CAPITAL)
    wait_for_messages(qtbot, desk, 2)
    qtbot.waitUntil(lambda: settled(desk, engine), timeout=WAIT_MS)
    assert engine.info().active == ("p1",)
    assert calls(lab, "survey") == []


def test_nothing_is_asked_after_a_move_while_the_chat_is_not_seen(qtbot, soon, desk, lab, engine):
    for panel in (desk.chat, desk.facts, desk.lessons):
        panel.hide()
    step(qtbot, desk)
    qtbot.waitUntil(lambda: settled(desk, engine), timeout=WAIT_MS)
    assert calls(lab, "survey") == []


def test_nothing_is_asked_after_a_move_where_that_is_switched_off(qtbot, soon, make, engine, lab):
    recall = engine.config.facts.recall.model_copy(update={"after_move": False})
    facts = engine.config.facts.model_copy(update={"recall": recall})
    engine.config = engine.config.model_copy(update={"facts": facts})
    desk = make(engine)
    step(qtbot, desk)
    qtbot.waitUntil(lambda: settled(desk, engine), timeout=WAIT_MS)
    assert calls(lab, "survey") == []


def test_a_step_picked_elsewhere_is_shown_as_its_lesson_and_the_other_way_round(qtbot, desk, lab):
    lab.lessons = lambda: (
        {"patch_id": "p1", "outcome": "committed", "fact": "one"},
        {"outcome": "known", "fact": "two"},
    )
    step(qtbot, desk)
    qtbot.waitUntil(lambda: len(desk.lessons.lessons) == 2, timeout=WAIT_MS)
    assert desk.lessons.one.number == 2
    desk.show_step(1)
    assert desk.lessons.one.number == 1
    assert desk.lessons.lessons[0].perplexity is not None
    with qtbot.waitSignal(desk.step_picked) as heard:
        desk.lessons.patch_picked.emit("p1")
    assert heard.args == [1]
