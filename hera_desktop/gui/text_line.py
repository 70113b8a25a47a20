"""A line of text that leaves Undo and Redo to the timeline."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from .undo_keys import leaves_to_timeline


class TextLine(QLineEdit):
    """One line of text; Undo and Redo reach the timeline once it has nothing to undo."""

    def __init__(self, name: str, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)

    def event(self, event: QEvent) -> bool:
        if leaves_to_timeline(event, self.isUndoAvailable(), self.isRedoAvailable()):
            event.ignore()
            return False
        return super().event(event)
