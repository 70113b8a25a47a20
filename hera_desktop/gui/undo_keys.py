"""Undo and Redo in a text field: they reach the timeline once the text has nothing to undo."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence

Key = QKeySequence.StandardKey


def leaves_to_timeline(event: QEvent, undo_available: bool, redo_available: bool) -> bool:
    """Whether a field that is asked for this key (``ShortcutOverride``) should leave it to the window's action."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    undo = event.matches(Key.Undo) and not undo_available
    return undo or (event.matches(Key.Redo) and not redo_available)
