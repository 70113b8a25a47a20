"""What would be learned from a message, asked before it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from hera_desktop.engine.facts.records import FactInfo
from hera_desktop.gui.chat.ask_view import AskView

from .taught import PARSED


@pytest.fixture
def view(qtbot) -> Iterator[AskView]:
    window = QWidget()
    qtbot.addWidget(window)
    made = AskView()
    QVBoxLayout(window).addWidget(made)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    made.show_parsed(PARSED)
    yield made


def texts(view: AskView) -> dict[str, str]:
    return {name: field.text() for name, field in view.fields.items() if field.isVisible()}


def test_the_fact_is_shown_part_by_part(view):
    assert texts(view) == {
        "kind": "a fact",
        "subject": "Brindle",
        "relation": "owned by",
        "object": "Hesper",
        "confidence": "0.87",
        "pattern": "owned by",
    }
    assert view.heat.tokens == PARSED.tokens
    assert view.contradictions.text() == "Contradicts “Brindle is owned by Ansel.” (turn 4)"


def test_a_message_without_a_fact_shows_only_what_it_is(view):
    view.show_parsed(
        replace(PARSED, fact=FactInfo("So it goes.", "regular"), contradicts=(), note="every message counts")
    )
    assert texts(view) == {"kind": "neither a fact nor a question"}
    assert view.note.text() == "Every message counts"
    assert not view.contradictions.isVisible()


def test_enter_learns_and_escape_declines(view, qtbot):
    heard = []
    view.learn_wanted.connect(lambda: heard.append("learn"))
    view.declined.connect(lambda: heard.append("declined"))
    assert QApplication.focusWidget() is view.learn_button
    qtbot.keyClick(view.learn_button, Qt.Key.Key_Return)
    qtbot.keyClick(view.learn_button, Qt.Key.Key_Escape)
    view.decline_button.setFocus()
    qtbot.keyClick(view.decline_button, Qt.Key.Key_Return)
    assert heard == ["learn", "declined", "declined"]


def test_the_buttons_do_the_same(view, qtbot):
    with qtbot.waitSignal(view.learn_wanted):
        qtbot.mouseClick(view.learn_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(view.declined):
        qtbot.mouseClick(view.decline_button, Qt.MouseButton.LeftButton)


def test_escape_is_kept_from_the_window_only_while_something_is_asked(view):
    def kept() -> bool:
        event = QKeyEvent(QKeyEvent.Type.ShortcutOverride, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
        event.ignore()
        view.event(event)
        return event.isAccepted()

    assert kept()
    view.clear()
    assert not view.isVisible()
    assert not kept()


def test_once_cleared_it_asks_nothing(view, qtbot):
    view.clear()
    with qtbot.assertNotEmitted(view.learn_wanted), qtbot.assertNotEmitted(view.declined):
        view.learn_button.click()
        view.decline_button.click()
