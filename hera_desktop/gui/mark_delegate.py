"""Paints a state as its mark and its word."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from .marks import draw_mark
from .theme import GRID, theme_of

MARK_WIDTH = 3 * GRID


class MarkDelegate(QStyledItemDelegate):
    """The mark is named by ``Qt.UserRole``, the word is the display text."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        option.text = ""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        theme = theme_of(option.palette)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = QPointF(option.rect.left() + MARK_WIDTH / 2, option.rect.center().y() + 0.5)
        draw_mark(painter, centre, str(index.data(Qt.ItemDataRole.UserRole)), theme)
        painter.setPen(option.palette.text().color())
        words = option.rect.adjusted(MARK_WIDTH, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, str(index.data()))
        painter.restore()
