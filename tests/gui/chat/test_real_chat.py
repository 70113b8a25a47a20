"""The chat tab on a real, tiny model: told by keys, learned, taken back, asked first, forgotten."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.gui.conftest import settle

QUICK = {
    "facts__training__steps": 2,
    "facts__training__stop": 0,
    "facts__recall__every": 0,
    "facts__recall__tokens": 4,
    "facts__recall__after_move": "false",
    "facts__reply__max_new_tokens": 4,
    "facts__optimizer__learning_rate": 0.02,
}
FACT = "The capital of Zanthorel is Quibbex."


@pytest.fixture
def window(real_window, qtbot):
    import hera_desktop.engine.facts.lab  # noqa: F401 - a cold import may take longer than a window is waited for
    from tests import tiny  # noqa: F401

    made = real_window(**QUICK)
    made.chat.focus()
    settle(qtbot, made)
    return made


def say(window, qtbot, text: str) -> None:
    field = window.chat.chat.composer.field
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def facts(window) -> list[str]:
    state = window.chat.state
    return [fact.text for fact in state.chat.facts] if state else []


def state_hash(window) -> str:
    return window.controller.snapshot.info.state_hash


def test_a_fact_is_told_learned_and_taken_back(window, qtbot):
    base = state_hash(window)
    say(window, qtbot, FACT)
    qtbot.waitUntil(lambda: facts(window) == [FACT], timeout=180_000)
    settle(qtbot, window)
    learned = state_hash(window)
    assert learned != base
    assert [row.prompt for row in window.controller.snapshot.timeline.rows[1:]] == [FACT]
    assert [message.role for message in window.chat.state.chat.messages] == ["user", "assistant"]
    assert window.chat.chat.composer.field.toPlainText() == ""
    window.actions_["undo"].trigger()
    qtbot.waitUntil(lambda: state_hash(window) == base, timeout=180_000)
    qtbot.waitUntil(lambda: facts(window) == [], timeout=180_000)
    window.actions_["redo"].trigger()
    qtbot.waitUntil(lambda: state_hash(window) == learned and facts(window) == [FACT], timeout=180_000)


def test_asked_first_nothing_is_learned_before_yes(window, qtbot):
    base = state_hash(window)
    window.chat.chat.composer.learning.show_mode("ask")
    say(window, qtbot, FACT)
    qtbot.waitUntil(window.chat.flow.view.isVisible, timeout=180_000)
    assert state_hash(window) == base and not window.chat.state.chat.messages
    qtbot.mouseClick(window.chat.flow.view.learn_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: facts(window) == [FACT], timeout=180_000)
    assert state_hash(window) != base


def test_forgetting_in_the_facts_panel_takes_its_change_out(window, qtbot):
    base = state_hash(window)
    say(window, qtbot, FACT)
    qtbot.waitUntil(lambda: facts(window) == [FACT], timeout=180_000)
    settle(qtbot, window)
    window.chat.facts.select(window.chat.state.chat.facts[0].fact_id)
    qtbot.mouseClick(window.chat.facts.forget_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: facts(window) == [] and state_hash(window) == base, timeout=180_000)
