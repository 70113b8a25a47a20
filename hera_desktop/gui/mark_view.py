"""One state's mark as a widget."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from .marks import draw_mark
from .theme import GRID, theme_of


class MarkView(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mark = "committed"
        self.setFixedSize(2 * GRID, 2 * GRID)

    def sizeHint(self) -> QSize:
        return QSize(2 * GRID, 2 * GRID)

    def show_mark(self, mark: str) -> None:
        self.mark = mark
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_mark(painter, self.rect().toRectF().center(), self.mark, theme_of(self.palette()))
        painter.end()
