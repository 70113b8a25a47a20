"""Where a message is written."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from hera_desktop.gui.chat.composer import LINES, Composer
from hera_desktop.gui.chat_records import ReplySettings

Key, Held = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def composer(qtbot, qapp) -> Composer:
    menu = QMenu()
    made = Composer(menu)
    qtbot.addWidget(menu)
    qtbot.addWidget(made)
    made.setFixedWidth(600)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_the_field_grows_with_its_text_up_to_eight_lines(composer):
    field = composer.field
    heights = []
    for lines in (1, 2, LINES, LINES + 1, 30):
        field.setPlainText("\n".join(["x"] * lines))
        heights.append(field.height())
    assert heights[0] < heights[1] < heights[2] == heights[3] == heights[4]
    assert field.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAsNeeded
    field.setPlainText("x")
    assert field.height() == heights[0]
    assert field.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff


def test_a_long_line_that_wraps_makes_the_field_higher(composer):
    composer.field.setPlainText("x")
    low = composer.field.height()
    composer.field.setPlainText("word " * 60)
    assert composer.field.height() > low


@pytest.mark.parametrize("held", [Held.NoModifier, Held.ControlModifier, Held.KeypadModifier])
def test_enter_sends(composer, qtbot, held):
    qtbot.keyClicks(composer.field, "hello")
    key = Key.Key_Enter if held == Held.KeypadModifier else Key.Key_Return
    with qtbot.waitSignal(composer.submitted):
        qtbot.keyClick(composer.field, key, held)
    assert composer.text == "hello"  # it is taken by whoever sends it


def test_shift_enter_is_a_new_line(composer, qtbot):
    qtbot.keyClicks(composer.field, "one")
    with qtbot.assertNotEmitted(composer.submitted):
        qtbot.keyClick(composer.field, Key.Key_Return, Held.ShiftModifier)
    qtbot.keyClicks(composer.field, "two")
    assert composer.text == "one\ntwo"


def test_blanks_are_not_sent(composer, qtbot):
    composer.field.setPlainText(" \n ")
    assert not composer.send_button.isEnabled()
    with qtbot.assertNotEmitted(composer.submitted):
        qtbot.keyClick(composer.field, Key.Key_Return)


def test_while_a_job_runs_one_can_write_and_not_send(composer, qtbot):
    composer.set_reason("A job is running", locked=False)
    qtbot.keyClicks(composer.field, "next")
    assert composer.text == "next"
    assert not composer.send_button.isEnabled() and composer.send_button.toolTip() == "A job is running"
    with qtbot.assertNotEmitted(composer.submitted):
        qtbot.keyClick(composer.field, Key.Key_Return)
    composer.set_reason("", locked=False)
    assert composer.send_button.isEnabled()


def test_a_session_that_can_only_be_read_says_so_in_the_field(composer):
    composer.set_reason("Session a.hera can only be read", locked=True)
    assert not composer.field.isEnabled() and not composer.learning.isEnabled()
    assert composer.field.placeholderText() == "Session a.hera can only be read"
    composer.set_reason("", locked=False)
    assert composer.field.isEnabled() and composer.field.placeholderText() == "Say something, or tell a fact"


def test_stop_stands_in_the_place_of_send(composer, qtbot):
    composer.show_running(True)
    assert composer.stop_button.isVisible() and not composer.send_button.isVisible()
    with qtbot.waitSignal(composer.stop_wanted):
        qtbot.mouseClick(composer.stop_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(composer.stop_wanted):
        qtbot.keyClick(composer.field, Key.Key_Escape)
    composer.show_running(False)
    assert composer.send_button.isVisible()
    with qtbot.assertNotEmitted(composer.stop_wanted):
        qtbot.keyClick(composer.field, Key.Key_Escape)


def test_the_switch_has_three_states_and_tells_the_new_one(composer, qtbot):
    assert composer.learning.mode == "automatic"
    with qtbot.waitSignal(composer.learning_changed) as caught:
        qtbot.mouseClick(composer.learning.buttons["ask"], Qt.MouseButton.LeftButton)
    assert caught.args == ["ask"] and composer.learning.mode == "ask"
    assert [made.isChecked() for made in composer.learning.buttons.values()] == [False, True, False]
    with qtbot.assertNotEmitted(composer.learning_changed):
        composer.learning.show_mode("off")
    assert composer.learning.mode == "off"


def test_escape_drops_an_edit(composer, qtbot):
    composer.write("another version")
    composer.show_editing(True)
    with qtbot.waitSignal(composer.edit_dropped):
        qtbot.keyClick(composer.field, Key.Key_Escape)


def test_a_text_that_is_put_there_can_be_taken_back(composer, qtbot):
    qtbot.keyClicks(composer.field, "mine")
    composer.write("an old message")
    assert composer.text == "an old message"
    composer.field.undo()
    assert composer.text == "mine"
    composer.accepted()
    assert composer.text == "" and not composer.field.document().isUndoAvailable()


def test_the_settings_are_hidden_until_asked_for(composer, qtbot):
    assert not composer.reply.isVisible()
    qtbot.mouseClick(composer.settings_button, Qt.MouseButton.LeftButton)
    assert composer.reply.isVisible()


def test_settings_as_configured_are_not_sent_along(composer):
    configured = ReplySettings("Be brief.", 120, 0.725, 0.9, 3)
    composer.reply.show_reply(configured)
    assert composer.reply.reply is None
    composer.reply.seed.setValue(4)
    assert composer.reply.reply == ReplySettings("Be brief.", 120, 0.725, 0.9, 4)
    composer.reply.seed.setValue(3)
    composer.reply.system.setPlainText("")
    assert composer.reply.reply == ReplySettings("", 120, 0.725, 0.9, 3)


def test_the_fields_keep_to_what_the_configuration_takes(composer):
    form = composer.reply
    form.top_p.setValue(0)
    assert 0 < form.top_p.value() <= 1
    form.top_p.setValue(7)
    assert form.top_p.value() == 1
    form.tokens.setValue(0)
    assert form.tokens.value() == 1
    form.temperature.setValue(-1)
    assert form.temperature.value() == 0
