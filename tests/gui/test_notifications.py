from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from hera_desktop.gui.messages import KEPT, Messages
from hera_desktop.gui.messages_model import COUNT, LEVEL, TEXT
from hera_desktop.gui.panels.notifications import NotificationsPanel

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # of the offscreen platform


@pytest.fixture
def messages(qapp):
    return Messages()


@pytest.fixture
def panel(messages, qtbot):
    messages.tell("told before there was a panel")
    made = NotificationsPanel(messages)
    qtbot.addWidget(made)
    made.resize(800, 200)
    return made


def texts(panel):
    return [panel.model.index(row, TEXT).data() for row in range(panel.model.rowCount())]


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_newest_message_is_on_top_and_none_is_lost(panel, messages):
    messages.tell("later", "warning")
    assert texts(panel) == ["later", "told before there was a panel"]
    assert panel.model.index(0, LEVEL).data() == "warning"
    assert panel.model.index(0, LEVEL).data(Qt.ItemDataRole.UserRole) == "warning"


def test_an_empty_list_says_what_it_is_for(qtbot):
    panel = NotificationsPanel(Messages())
    qtbot.addWidget(panel)
    assert panel.pages.currentWidget() is panel.empty


def test_the_same_message_again_is_counted(panel, messages):
    for _ in range(3):
        messages.tell("A job is running", "warning")
    assert texts(panel)[0] == "A job is running"
    assert panel.model.index(0, COUNT).data() == "3"
    messages.tell("A job is running", "error")
    assert panel.model.index(0, COUNT).data() == ""
    assert panel.model.rowCount() == 3


def test_a_level_leaves_out_what_is_less_serious(panel, messages, qtbot):
    messages.tell("careful", "warning")
    messages.tell("broken", "error")
    panel.show()
    panel.level.setFocus()
    qtbot.keyClick(panel.level, Qt.Key.Key_Down)
    assert texts(panel) == ["broken", "careful"]
    qtbot.keyClick(panel.level, Qt.Key.Key_Down)
    assert texts(panel) == ["broken"]
    messages.tell("fine")
    assert texts(panel) == ["broken"]
    messages.tell("broken", "error")
    qtbot.keyClick(panel.level, Qt.Key.Key_Home)
    assert texts(panel) == ["broken", "fine", "broken", "careful", "told before there was a panel"]


def test_a_repeat_of_what_is_left_out_does_not_disturb_the_list(panel, messages):
    messages.tell("broken", "error")
    panel.level.setCurrentIndex(2)
    for _ in range(2):
        messages.tell("fine")
    assert texts(panel) == ["broken"]
    panel.level.setCurrentIndex(0)
    assert panel.model.index(0, COUNT).data() == "2"


def test_unread_warnings_and_errors_are_counted_until_the_list_is_seen(panel, messages, qtbot):
    counts = []
    panel.unread_changed.connect(counts.append)
    messages.tell("fine")
    messages.tell("careful", "warning")
    messages.tell("broken", "error")
    assert counts == [1, 2]
    panel.show()
    qtbot.waitExposed(panel)
    assert counts == [1, 2, 0]
    messages.tell("seen at once", "error")
    assert panel.unread == 0


def test_copy_takes_the_selected_or_all(panel, messages, qtbot):
    messages.tell("broken", "error")
    panel.show()
    click(qtbot, panel.copy_button)
    assert [line.split(" ", 1)[1] for line in QGuiApplication.clipboard().text().splitlines()] == [
        "error: broken",
        "info: told before there was a panel",
    ]
    panel.table.selectRow(1)
    click(qtbot, panel.copy_button)
    assert QGuiApplication.clipboard().text().endswith("info: told before there was a panel")


def test_details_of_an_error_by_double_click_key_and_button(panel, messages, qtbot):
    messages.tell("broken", "error")
    panel.show()
    asked = []
    panel.details_wanted.connect(asked.append)
    view = panel.table
    place = view.visualRect(panel.model.index(0, TEXT)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    click(qtbot, panel.details_button)
    assert [message.text for message in asked] == ["broken"] * 3
    view.selectRow(1)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert len(asked) == 3
    assert not panel.details_button.isEnabled()


def test_clear_empties_the_list(panel, messages, qtbot):
    messages.tell("broken", "error")
    panel.show()
    click(qtbot, panel.clear_button)
    assert texts(panel) == []
    assert panel.pages.currentWidget() is panel.empty
    messages.tell("again")
    assert texts(panel) == ["again"]


def test_no_more_than_the_last_thousand_are_kept(panel, messages):
    for number in range(KEPT + 5):
        messages.tell(f"message {number}")
    assert panel.model.rowCount() == KEPT
    assert texts(panel)[0] == f"message {KEPT + 4}"
