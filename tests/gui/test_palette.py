from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow

from hera_desktop.gui.palette import CommandPalette
from hera_desktop.gui.palette_search import Command, match, rank

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # of the offscreen platform
TEXTS = {
    "evolve": ("Evolve", "Run", "Ctrl+Return"),
    "undo": ("Undo", "Edit", "Ctrl+Z"),
    "run_queue": ("Run the queue", "Run", "F5"),
    "theme_dark": ("Dark theme", "View", ""),
    "roll_back": ("Roll back to here", "Edit", ""),
}


class Bench:
    """A window with some actions, and what was triggered."""

    def __init__(self) -> None:
        self.window = QMainWindow()
        self.window.resize(1280, 720)
        self.done: list[str] = []
        self.actions: dict[str, QAction] = {}
        for action_id, (text, category, key) in TEXTS.items():
            action = QAction(text, self.window)
            action.setObjectName(action_id)
            action.setProperty("category", category)
            action.setShortcut(key)
            action.triggered.connect(partial(self.done.append, action_id))
            self.actions[action_id] = action
        self.palette = CommandPalette(self.window, self.actions, [self.sessions])

    def sessions(self):
        return [("colours.hera", "Recent", self.open_session)]

    def open_session(self) -> None:
        self.done.append("colours.hera")

    @property
    def titles(self) -> list[str]:
        return [hit.command.title for hit in self.palette.model.hits]


@pytest.fixture
def bench(qtbot, qapp):
    made = Bench()
    qtbot.addWidget(made.window)
    made.window.show()
    made.palette.open()
    return made


def command(title: str, command_id: str = "") -> Command:
    return Command(command_id or title, title, "Help", lambda: None)


# --- the search -------------------------------------------------------------------------------------------------------


def test_letters_are_found_in_their_order_only():
    assert match("rb", "Roll back") is not None
    assert match("bkr", "Roll back") is None
    assert match("", "Roll back") == (0.0, ())


def test_beginnings_of_words_are_preferred():
    assert match("rb", "Roll back")[1] == (0, 5)
    titles = [hit.command.title for hit in rank("rb", [command("Carbon"), command("Roll back")])]
    assert titles == ["Roll back", "Carbon"]


def test_letters_side_by_side_are_preferred():
    titles = [hit.command.title for hit in rank("und", [command("Run a deed"), command("Undo")])]
    assert titles == ["Undo", "Run a deed"]


def test_what_was_used_last_comes_first_without_letters_and_among_equals():
    commands = [command("One"), command("Two"), command("Ten")]
    assert [hit.command.title for hit in rank("", commands, ["Ten", "Two"])] == ["Ten", "Two", "One"]
    assert [hit.command.title for hit in rank("t", commands, ["Ten"])] == ["Ten", "Two"]


def test_category_and_title_together_are_found():
    commands = [Command("a", "Dark theme", "View", lambda: None), command("Dark matter")]
    assert [hit.command.title for hit in rank("view dark", commands)] == ["Dark theme"]


def test_a_command_is_found_by_category_and_english_id_after_those_found_by_title():
    commands = [Command("theme_dark", "深色主题", "视图", lambda: None, words="theme dark"), command("Dark matter")]
    assert [hit.command.id for hit in rank("dark", commands)] == ["Dark matter", "theme_dark"]


# --- by keys ----------------------------------------------------------------------------------------------------------


def test_typing_and_enter_do_an_action(bench, qtbot):
    qtbot.keyClicks(bench.palette.line, "drk")
    assert bench.titles == ["Dark theme"]
    qtbot.keyClick(bench.palette.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bench.done == ["theme_dark"])
    assert not bench.palette.isVisible()


def test_arrows_move_and_the_last_used_is_on_top_next_time(bench, qtbot):
    first = bench.titles
    assert first[:3] == ["Evolve", "Undo", "Run the queue"]
    qtbot.keyClick(bench.palette.line, Qt.Key.Key_Down)
    qtbot.keyClick(bench.palette.line, Qt.Key.Key_Down)
    qtbot.keyClick(bench.palette.line, Qt.Key.Key_Up)
    qtbot.keyClick(bench.palette.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bench.done == ["undo"])
    bench.palette.open()
    assert bench.titles[0] == "Undo"
    assert len(bench.titles) == len(first)


def test_escape_closes_and_does_nothing(bench, qtbot):
    qtbot.keyClick(bench.palette.line, Qt.Key.Key_Escape)
    qtbot.wait(20)
    assert not bench.palette.isVisible()
    assert bench.done == []


def test_what_is_not_possible_says_why_and_is_not_done(bench, qtbot):
    bench.actions["undo"].setEnabled(False)
    bench.actions["undo"].setToolTip("Nothing has been done in this session yet")
    bench.palette.open()
    qtbot.keyClicks(bench.palette.line, "undo")
    assert bench.palette.hint.text() == "Not possible now: Nothing has been done in this session yet"
    tip = bench.palette.model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "Nothing has been done in this session yet"
    qtbot.keyClick(bench.palette.line, Qt.Key.Key_Return)
    qtbot.wait(20)
    assert bench.palette.isVisible()
    assert bench.done == []


def test_a_further_row_is_done_by_the_mouse(bench, qtbot):
    qtbot.keyClicks(bench.palette.line, "colours")
    view = bench.palette.list
    place = view.visualRect(bench.palette.model.index(0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: bench.done == ["colours.hera"])


def test_it_says_so_when_nothing_fits(bench, qtbot):
    qtbot.keyClicks(bench.palette.line, "zzzz")
    assert bench.titles == []
    assert bench.palette.hint.text() == "No command has these letters in this order"
    qtbot.keyClick(bench.palette.line, Qt.Key.Key_Return)
    assert bench.palette.isVisible()


def test_the_row_shows_category_and_shortcut_to_a_screen_reader(bench):
    words = bench.palette.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert words == "Run: Evolve Ctrl+Return"
