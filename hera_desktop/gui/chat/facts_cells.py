"""Paints the cells of the table of facts: marks, importance as a bar, recall as a mark for each question."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ..marks import draw_mark
from ..theme import GRID, Theme, tabular, theme_of
from .facts_model import FACT, FIGURES, IMPORTANCE, RECALL, SEEN, STATE, FactsModel
from .facts_words import MARKS, answer_mark, standing

FULL_IMPORTANCE = 2.0
"""The bar is full at this importance, or at the largest there is: hybrid importance goes from 1 to 2."""
BAR_HEIGHT = 6
DOT = 13
MOST_DOTS = 4
"""More questions than that are told by the number alone; the tooltip names each."""
SELECTED, FOCUSED = QStyle.StateFlag.State_Selected, QStyle.StateFlag.State_HasFocus


class FactCells(QStyledItemDelegate):
    def __init__(self, model: FactsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._largest = FULL_IMPORTANCE
        model.modelReset.connect(self._measure)

    def _measure(self) -> None:
        self._largest = max([FULL_IMPORTANCE, *(fact.importance for fact in self._model.facts)])

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        fact = self._model.fact(index.row())
        if fact is None:
            return
        theme, column, rect = theme_of(option.palette), index.column(), option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option, theme)
        inner = rect.adjusted(GRID, 0, -GRID, 0)
        if column == STATE:
            draw_mark(painter, rect.toRectF().center(), MARKS[standing(fact, self._model.needed)], theme)
        elif column == IMPORTANCE:
            self._paint_importance(painter, inner, fact.importance, theme)
        elif column == RECALL:
            self._paint_recall(painter, inner, [answer_mark(asked) for asked in fact.asked], theme)
            inner = inner.adjusted(self._dots(fact.asked) * DOT, 0, 0, 0)
        elif column == FACT and fact.contradicts:
            draw_mark(painter, QPointF(inner.left() + 5, inner.toRectF().center().y()), "warning", theme)
            inner = inner.adjusted(2 * GRID, 0, 0, 0)
        self._paint_text(painter, option, inner, column, self._model.text(fact, column))
        painter.restore()

    @staticmethod
    def _paint_ground(painter: QPainter, option: QStyleOptionViewItem, theme: Theme) -> None:
        if option.state & SELECTED:
            painter.fillRect(option.rect, option.palette.highlight())
        if option.state & FOCUSED:
            painter.setPen(QColor(theme.accent))
            painter.drawRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5))

    def _paint_importance(self, painter: QPainter, rect: QRect, importance: float, theme: Theme) -> None:
        number = painter.fontMetrics().horizontalAdvance("0.00") + GRID
        room = QRectF(rect.left(), rect.center().y() - BAR_HEIGHT / 2 + 1, rect.width() - number, BAR_HEIGHT)
        painter.fillRect(room, QColor(theme.line))
        share = max(0.0, min(1.0, importance / self._largest))
        painter.fillRect(QRectF(room.left(), room.top(), room.width() * share, BAR_HEIGHT), QColor(theme.accent))

    def _paint_recall(self, painter: QPainter, rect: QRect, marks: list[str], theme: Theme) -> None:
        for place, name in enumerate(marks[: self._dots(marks)]):
            draw_mark(painter, QPointF(rect.left() + 5 + place * DOT, rect.toRectF().center().y()), name, theme)

    @staticmethod
    def _dots(asked: object) -> int:
        count = len(asked) if isinstance(asked, (list, tuple)) else 0
        return count if count <= MOST_DOTS else 0

    def _paint_text(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, column: int, text: str) -> None:
        painter.setFont(tabular(option.font))
        quiet = column == SEEN or (column == RECALL and text == "–")
        painter.setPen(QColor(theme_of(option.palette).dim) if quiet else option.palette.text().color())
        side = Qt.AlignmentFlag.AlignRight if column in FIGURES else Qt.AlignmentFlag.AlignLeft
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, shown)
