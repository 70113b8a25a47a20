"""A prompt in the dim colour and, after it, what a model makes of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from .theme import recoloured, theme_of


class Continuation(QTextEdit):
    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.prompt = ""
        self.said = ""

    def begin(self, prompt: str) -> None:
        self.prompt, self.said = prompt, ""
        self._write()

    def add(self, text: str) -> None:
        self.said += text
        self._append(text, self.palette().text().color())

    def settle(self, text: str) -> None:
        """The whole text, now that it is known."""
        if text != self.said:
            self.said = text
            self._write()

    def _write(self) -> None:
        self.clear()
        self._append(self.prompt, QColor(theme_of(self.palette()).dim))
        self._append(self.said, self.palette().text().color())

    def _append(self, text: str, colour: QColor) -> None:
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        style = QTextCharFormat()
        style.setForeground(colour)
        cursor.insertText(text, style)
        self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if recoloured(event):
            self._write()  # the colours are in the text
