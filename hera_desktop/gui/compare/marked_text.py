"""A continuation with the stretches marked that the other text does not have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from ..theme import recoloured, theme_of

if TYPE_CHECKING:
    from hera_desktop.engine.text_difference import Difference

TINT = 56
"""How strongly the ground of a marked stretch is coloured, of 255."""


class MarkedText(QTextEdit):
    """The prompt is dim; a stretch of its own is underlined and coloured."""

    def __init__(self, name: str, second: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._second = second
        self._prompt = ""
        self._parts: Sequence[Difference] = ()
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)

    def show_text(self, prompt: str, parts: Sequence[Difference]) -> None:
        """``parts`` cover both texts; this one shows its own side of them."""
        self._prompt, self._parts = prompt, parts
        self._write()

    @property
    def marked(self) -> tuple[str, ...]:
        """The stretches that are marked."""
        return tuple(text for text, same in self._stretches() if not same)

    def _stretches(self) -> list[tuple[str, bool]]:
        found = ((part.b if self._second else part.a, part.same) for part in self._parts)
        return [(text, same) for text, same in found if text]

    def _write(self) -> None:
        theme = theme_of(self.palette())
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.insertText(self._prompt, _format(QColor(theme.dim)))
        for text, same in self._stretches():
            if same:
                cursor.insertText(text, _format(QColor(theme.text)))
            else:  # a newline has no width that could be underlined
                cursor.insertText(text.replace("\n", "↵\n"), _marked(QColor(theme.accent)))
        self.verticalScrollBar().setValue(0)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if recoloured(event):
            self._write()  # the colours are in the text


def _format(colour: QColor) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(colour)
    return made


def _marked(colour: QColor) -> QTextCharFormat:
    made = _format(colour)
    made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
    ground = QColor(colour)
    ground.setAlpha(TINT)
    made.setBackground(ground)
    return made
