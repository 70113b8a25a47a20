"""Paints the timeline's graph column: lanes, lines and marks, like a git client's."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from .marks import draw_mark
from .records import Edge, TimelineRow
from .theme import GRID, Theme, theme_of
from .timeline_model import TimelineModel

LANE = 18
MAX_LANES = 12
"""More lanes than this are drawn in the last one: the column must not push the prompts away."""


def graph_width(lanes: int) -> int:
    return 2 * GRID + LANE * min(max(lanes, 2), MAX_LANES) + GRID


class GraphDelegate(QStyledItemDelegate):
    """Expects a TimelineModel."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        model = index.model()
        lanes = model.view.lanes if isinstance(model, TimelineModel) and model.view else 1
        return QSize(graph_width(lanes), 3 * GRID)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        model = index.model()
        if not isinstance(model, TimelineModel):
            return
        row = model.row(index.row())
        if row is None:
            return
        theme = theme_of(option.palette)
        painter.save()
        painter.setClipRect(option.rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(option.rect.left(), option.rect.top())
        height = option.rect.height()
        for edge in model.edges(index.row() - 1):
            _draw_edge(painter, edge, -height / 2, height, theme)
        for edge in model.edges(index.row()):
            _draw_edge(painter, edge, height / 2, height, theme)
        if model.view is not None and row.step == model.view.current:
            painter.setPen(QPen(QColor(theme.accent), 1.5))
            painter.setBrush(QColor(theme.base))
            painter.drawEllipse(QPointF(_x(row.lane), height / 2), 9, 9)
        _draw_row(painter, row, height / 2, theme)
        painter.restore()


def _x(lane: float) -> float:
    return 2 * GRID + LANE * min(lane, MAX_LANES - 1)


def _draw_edge(painter: QPainter, edge: Edge, top: float, height: float, theme: Theme) -> None:
    """From the middle of one row, at ``top``, to the middle of the next."""
    start, end = QPointF(_x(edge.lane), top), QPointF(_x(edge.next_lane), top + height)
    path = QPainterPath(start)
    middle = top + height / 2
    path.cubicTo(QPointF(start.x(), middle), QPointF(end.x(), middle), end)
    pen = QPen(QColor(theme.reverted if edge.dim else theme.committed), 1.0 if edge.dim else 2.0)
    pen.setStyle(Qt.PenStyle.DotLine if edge.dim else Qt.PenStyle.SolidLine)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)


def _draw_row(painter: QPainter, row: TimelineRow, y: float, theme: Theme) -> None:
    """The mark; a rejected one hangs beside its lane, because the state never went through it."""
    x = _x(row.lane)
    if row.state == "rejected":
        painter.setPen(QPen(QColor(theme.line), 1.2))
        painter.drawLine(QPointF(x + 2, y), QPointF(x + LANE * 0.55, y))
        draw_mark(painter, QPointF(x + LANE * 0.55, y), "rejected", theme)
        return
    if row.mark in ("reverted", "left"):  # hollow: hide the line behind it
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.base))
        painter.drawEllipse(QPointF(x, y), 5, 5)
    draw_mark(painter, QPointF(x, y), row.mark, theme)
