"""A state's mark inside a text, drawn like everywhere else in the window."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QPainter, QPyTextObject, QTextCharFormat, QTextCursor, QTextDocument, QTextFormat
from PySide6.QtWidgets import QWidget

from ..marks import RADIUS, draw_mark
from ..theme import theme_of

KIND = QTextFormat.ObjectTypes.UserObject + 1
NAME = QTextFormat.Property.UserProperty + 1
PLACEHOLDER = "\ufffc"
"""The character that stands for the mark in the text."""


class MarkObject(QPyTextObject):
    """Draws the marks of one widget's document, in the colours that the widget has when it paints."""

    def __init__(self, widget: QWidget, document: QTextDocument) -> None:
        super().__init__(widget)
        self._widget = widget
        document.documentLayout().registerHandler(KIND, self)

    def intrinsicSize(self, document: QTextDocument, place: int, style: QTextFormat) -> QSizeF:
        return QSizeF(2 * RADIUS + 4, 2 * RADIUS + 2)

    def drawObject(
        self, painter: QPainter, rect: QRectF, document: QTextDocument, place: int, style: QTextFormat
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_mark(painter, rect.center(), str(style.property(NAME)), theme_of(self._widget.palette()))
        painter.restore()


def insert_mark(cursor: QTextCursor, mark: str, tip: str = "") -> None:
    style = QTextCharFormat()
    style.setObjectType(KIND)
    style.setProperty(NAME, mark)
    style.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignBaseline)
    style.setToolTip(tip)
    cursor.insertText(PLACEHOLDER, style)
