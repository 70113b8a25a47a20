from __future__ import annotations

import logging

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow

from hera_desktop.engine.errors import InputError
from hera_desktop.gui.dialogs.shortcuts import DEFAULT, SHORTCUT, ShortcutsDialog
from hera_desktop.gui.settings import settings
from hera_desktop.gui.shortcuts import Shortcuts, apply_shortcuts

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # of the offscreen platform
KEYS = {
    "evolve": ["Ctrl+Return", "Ctrl+Enter"],
    "undo": ["Ctrl+Z"],
    "redo": ["Ctrl+Shift+Z", "Ctrl+Y"],
    "preferences": ["Ctrl+,"],
    "about": [],
}


def make_actions(window):
    made = {}
    for action_id, keys in KEYS.items():
        action = QAction(f"&{action_id.capitalize()}...", window)
        action.setProperty("default_shortcuts", keys)
        action.setProperty("category", "Edit")
        action.setShortcuts([QKeySequence(key) for key in keys])
        made[action_id] = action
    return made


@pytest.fixture
def window(qtbot):
    made = QMainWindow()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def shortcuts(window):
    return Shortcuts(make_actions(window))


@pytest.fixture
def dialog(shortcuts, window, qtbot):
    made = ShortcutsDialog(shortcuts, window)
    made.show()
    qtbot.waitExposed(made)
    return made


def names(keys):
    return [key.toString() for key in keys]


def press(qtbot, dialog, key, modifiers=Qt.KeyboardModifier.ControlModifier):
    """Press keys in the editor and leave it, which is the end of the sequence."""
    dialog.keys.setFocus()
    qtbot.keyClick(dialog.keys, key, modifiers)
    qtbot.wait(1300)


def kept():
    store = settings()
    store.beginGroup("shortcuts")
    return {key: store.value(key) for key in store.allKeys()}


# --- what is kept -----------------------------------------------------------------------------------------------------


def test_only_what_differs_is_kept_and_holds_at_the_next_start(shortcuts, window):
    shortcuts.change("about", QKeySequence("F1"))
    shortcuts.change("preferences", QKeySequence("Ctrl+Alt+;"))
    shortcuts.change("undo", QKeySequence())
    assert kept() == {"about": "F1", "preferences": "Ctrl+Alt+;", "undo": ""}
    later = make_actions(window)
    apply_shortcuts(later)
    assert names(later["about"].shortcuts()) == ["F1"]
    assert names(later["preferences"].shortcuts()) == ["Ctrl+Alt+;"]
    assert later["undo"].shortcuts() == []
    assert names(later["redo"].shortcuts()) == ["Ctrl+Shift+Z", "Ctrl+Y"]


def test_a_reset_forgets_what_was_kept(shortcuts):
    shortcuts.change("undo", QKeySequence("F4"))
    shortcuts.reset("undo")
    assert names(shortcuts.keys("undo")) == ["Ctrl+Z"]
    assert kept() == {}


def test_enter_means_both_enter_keys(shortcuts):
    shortcuts.change("about", QKeySequence("Ctrl+Alt+Enter"))
    assert names(shortcuts.keys("about")) == ["Ctrl+Alt+Return", "Ctrl+Alt+Enter"]


def test_two_actions_can_change_places(shortcuts, window):
    shortcuts.change("undo", QKeySequence("F4"))
    shortcuts.change("redo", QKeySequence("Ctrl+Z"))
    shortcuts.change("undo", QKeySequence("Ctrl+Y"))
    later = make_actions(window)
    apply_shortcuts(later)
    assert names(later["undo"].shortcuts()) == ["Ctrl+Y"]
    assert names(later["redo"].shortcuts()) == ["Ctrl+Z"]


def test_a_kept_shortcut_that_clashes_is_left_at_its_default(window, caplog, monkeypatch):
    monkeypatch.setattr(logging.getLogger("hera_desktop"), "propagate", True)
    settings().setValue("shortcuts/about", "Ctrl+Z")
    settings().setValue("shortcuts/gone", "F9")
    later = make_actions(window)
    with caplog.at_level("WARNING"):
        apply_shortcuts(later)
    assert later["about"].shortcuts() == []
    assert names(later["undo"].shortcuts()) == ["Ctrl+Z"]
    assert "kept shortcut of about is not used: Ctrl+Z belongs to Undo" in caplog.text


# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("Ctrl+Z", "Ctrl+Z belongs to Undo; choose another key, or take it from there first"),
        ("Ctrl+Z, Ctrl+A", "Ctrl+Z, Ctrl+A cannot be told from Ctrl+Z of Undo: one begins with the other"),
        ("Ctrl+C", "Ctrl+C is Copy in every text field; choose another key"),
        ("A", "A alone is for typing; add Ctrl or Alt, or take a function key"),
        ("Shift+Tab", "Shift+Tab alone is for typing; add Ctrl or Alt, or take a function key"),
    ],
)
def test_a_key_that_cannot_be_had_is_refused_in_one_sentence(shortcuts, key, sentence):
    with pytest.raises(InputError) as error:
        shortcuts.change("about", QKeySequence(key))
    assert str(error.value) == sentence
    assert shortcuts.keys("about") == ()
    assert kept() == {}


def test_a_prefix_of_a_longer_shortcut_is_refused(shortcuts):
    shortcuts.change("about", QKeySequence("Ctrl+K, Ctrl+A"))
    assert "cannot be told from Ctrl+K, Ctrl+A of About" in shortcuts.objection("undo", (QKeySequence("Ctrl+K"),))


def test_a_default_that_another_action_has_now_cannot_be_reset(shortcuts):
    shortcuts.change("undo", QKeySequence("F4"))
    shortcuts.change("about", QKeySequence("Ctrl+Z"))
    with pytest.raises(InputError, match="Ctrl\\+Z belongs to About"):
        shortcuts.reset("undo")
    shortcuts.reset_all()
    assert names(shortcuts.keys("undo")) == ["Ctrl+Z"]
    assert shortcuts.keys("about") == ()
    assert kept() == {}


# --- the dialog -------------------------------------------------------------------------------------------------------


def test_pressing_keys_changes_the_chosen_action(dialog, shortcuts, qtbot):
    qtbot.keyClicks(dialog.search, "about")
    assert dialog.found.rowCount() == 1
    assert dialog.chosen == "about"
    press(qtbot, dialog, Qt.Key.Key_B)
    assert names(shortcuts.keys("about")) == ["Ctrl+B"]
    assert dialog.found.index(0, SHORTCUT).data() == "Ctrl+B"
    assert dialog.found.index(0, DEFAULT).data() == "none"
    qtbot.mouseClick(dialog.reset_button, Qt.MouseButton.LeftButton)
    assert shortcuts.keys("about") == ()
    assert not dialog.reset_button.isEnabled()


def test_a_conflict_is_said_under_the_field_and_nothing_changes(dialog, shortcuts, qtbot):
    dialog.choose("about")
    press(qtbot, dialog, Qt.Key.Key_Z)
    assert dialog.sentence.sentence == "Ctrl+Z belongs to Undo; choose another key, or take it from there first"
    assert dialog.sentence.isVisible()
    assert shortcuts.keys("about") == ()
    dialog.choose("undo")
    assert not dialog.sentence.isVisible()


def test_a_shortcut_can_be_replaced_taken_away_and_all_reset(dialog, shortcuts, qtbot):
    dialog.choose("undo")
    press(qtbot, dialog, Qt.Key.Key_U)
    assert names(shortcuts.keys("undo")) == ["Ctrl+U"]
    qtbot.mouseClick(dialog.none_button, Qt.MouseButton.LeftButton)
    assert shortcuts.keys("undo") == ()
    assert not dialog.none_button.isEnabled()
    qtbot.mouseClick(dialog.reset_all_button, Qt.MouseButton.LeftButton)
    assert names(shortcuts.keys("undo")) == ["Ctrl+Z"]
    assert kept() == {}


def test_a_search_that_finds_nothing_says_so(dialog, qtbot):
    qtbot.keyClicks(dialog.search, "zzz")
    assert dialog.action.text() == "No action has these letters"
    assert not dialog.keys.isEnabled()
    dialog.search.clear()
    assert dialog.chosen is not None
