"""Keyboard shortcuts that the user changed: kept where they differ from the defaults, and never in conflict.

An action carries its default shortcuts in the property ``default_shortcuts`` (a list of key names).
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence

from hera_desktop.engine.errors import InputError

from .i18n import mark, tr
from .settings import settings

log = logging.getLogger(__name__)

GROUP = "shortcuts"
Keys = tuple[QKeySequence, ...]
Match = QKeySequence.SequenceMatch
Standard = QKeySequence.StandardKey
EDITING = {
    Standard.Copy: mark("Copy"),
    Standard.Cut: mark("Cut"),
    Standard.Paste: mark("Paste"),
    Standard.SelectAll: mark("Select all"),
}
"""What every text field does with a key; undo and redo are the window's own as well."""
FREE = {Qt.Key.Key_Escape, *(Qt.Key(Qt.Key.Key_F1 + number) for number in range(35))}
"""Keys that need no Ctrl, Alt or Meta beside them: no widget types with them."""


class Shortcuts:
    """The shortcuts of a window's actions; every change is kept at once."""

    def __init__(self, actions: Mapping[str, QAction]) -> None:
        self.actions = actions

    def keys(self, action_id: str) -> Keys:
        return tuple(self.actions[action_id].shortcuts())

    def defaults(self, action_id: str) -> Keys:
        return tuple(QKeySequence(key) for key in self.actions[action_id].property("default_shortcuts") or ())

    def changed(self, action_id: str) -> bool:
        return self.keys(action_id) != self.defaults(action_id)

    def objection(self, action_id: str, keys: Keys) -> str:
        """Why an action cannot have these keys, in one sentence; empty where it can."""
        for key in keys:
            if sentence := _unusable(key):
                return sentence
            for other_id, other in self.actions.items():
                if other_id != action_id and (sentence := _clash(key, other, self.keys(other_id))):
                    return sentence
        return ""

    def change(self, action_id: str, key: QKeySequence) -> None:
        """Give an action another shortcut; an empty one takes it away. Raises InputError where another action has it,
        or a text field needs it."""
        self._set(action_id, _with_twin(key))

    def reset(self, action_id: str) -> None:
        """Back to the default; raises InputError where another action has been given it."""
        self._set(action_id, self.defaults(action_id))

    def reset_all(self) -> None:
        for action_id, action in self.actions.items():
            action.setShortcuts(self.defaults(action_id))
        kept = settings()
        kept.remove(GROUP)

    def _set(self, action_id: str, keys: Keys) -> None:
        default = keys == self.defaults(action_id)
        if sentence := self._taken(action_id, keys) if default else self.objection(action_id, keys):
            raise InputError(sentence)
        self.actions[action_id].setShortcuts(keys)
        if default:
            settings().remove(f"{GROUP}/{action_id}")
        else:
            settings().setValue(f"{GROUP}/{action_id}", QKeySequence.listToString(list(keys)))

    def _taken(self, action_id: str, keys: Keys) -> str:
        others = (item for item in self.actions.items() if item[0] != action_id)
        found = (_clash(key, other, self.keys(other_id)) for other_id, other in others for key in keys)
        return next((sentence for sentence in found if sentence), "")


def apply_shortcuts(actions: Mapping[str, QAction]) -> None:
    """Give the actions the shortcuts that were kept. One that clashes with another action by now (a default that came
    with a newer version, a file edited by hand) is left at its default, with a line in the log."""
    shortcuts, kept = Shortcuts(actions), settings()
    wanted = {key: kept.value(f"{GROUP}/{key}") for key in actions if kept.contains(f"{GROUP}/{key}")}
    for action_id, text in wanted.items():
        actions[action_id].setShortcuts(_read(text))
    _leave_out(shortcuts, list(wanted))


def _leave_out(shortcuts: Shortcuts, wanted: list[str]) -> None:
    """Put those that clash back to their defaults, until none is left: a default that comes back can clash again."""
    actions = shortcuts.actions
    for action_id in wanted:
        if sentence := shortcuts.objection(action_id, shortcuts.keys(action_id)):
            log.warning("kept shortcut of %s is not used: %s", action_id, sentence)
            actions[action_id].setShortcuts(shortcuts.defaults(action_id))
            return _leave_out(shortcuts, [other for other in wanted if other != action_id])
    return None


def written(keys: Sequence[QKeySequence]) -> str:
    """Keys as they are written on this system; Enter once, though there are two of them."""
    names = [key.toString(QKeySequence.SequenceFormat.NativeText).replace("Return", "Enter") for key in keys]
    return ", ".join(dict.fromkeys(names))


def _read(text: object) -> list[QKeySequence]:
    return [key for key in QKeySequence.listFromString(str(text or "")) if not key.isEmpty()]


def _with_twin(key: QKeySequence) -> Keys:
    """The key, and where it has the Enter of the letters, also the one of the figures."""
    if key.isEmpty():
        return ()
    name = key.toString(QKeySequence.SequenceFormat.PortableText)
    base = name.replace("Enter", "Return")
    return (QKeySequence(base), QKeySequence(base.replace("Return", "Enter"))) if "Return" in base else (key,)


def _clash(key: QKeySequence, other: QAction, taken: Keys) -> str:
    name, text = written([key]), other.text().replace("&", "").removesuffix("...")
    for mine in taken:
        if key.matches(mine) == Match.ExactMatch:
            return tr("{key} belongs to {action}; choose another key, or take it from there first").format(
                key=name, action=text
            )
        if Match.PartialMatch in (key.matches(mine), mine.matches(key)):
            return tr("{key} cannot be told from {other} of {action}: one begins with the other").format(
                key=name, other=written([mine]), action=text
            )
    return ""


def _unusable(key: QKeySequence) -> str:
    first = key[0]
    for standard, words in EDITING.items():
        if any(other.matches(key) != Match.NoMatch for other in QKeySequence.keyBindings(standard)):
            return tr("{key} is {what} in every text field; choose another key").format(
                key=written([key]), what=tr(words)
            )
    strong = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
    if first.key() not in FREE and not first.keyboardModifiers() & strong:
        return tr("{key} alone is for typing; add Ctrl or Alt, or take a function key").format(key=written([key]))
    return ""
