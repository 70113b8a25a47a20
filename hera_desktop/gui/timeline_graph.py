"""Paints the timeline's graph column: lanes, lines and marks, like a git client's."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from .records import Edge, TimelineRow
from .theme import GRID, Theme
from .timeline_cells import MARK, TimelineLook
from .timeline_model import TimelineModel

LANE = 18
MAX_LANES = 12
"""More lanes than this are drawn in the last one: the column must not push the prompts away."""
STUB = 0.3
"""Where steps between two rows are filtered out, so much of a row's height shows that the line goes on."""


def graph_width(lanes: int) -> int:
    return 2 * GRID + LANE * min(max(lanes, 2), MAX_LANES) + GRID


class GraphDelegate(QStyledItemDelegate):
    def __init__(self, model: TimelineModel, look: TimelineLook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        model, number = self._model, index.row()
        row = model.row(number)
        if row is None:
            return
        self._look.paint_ground(painter, option, row.step)
        painter.save()
        painter.setClipRect(option.rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(option.rect.left(), option.rect.top())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        height = option.rect.height()
        self._draw_lines(painter, row, model.step_at(number - 1), model.step_at(number + 1), height)
        if model.view is not None and row.step == model.view.current:
            painter.setPen(_pen(self._look.theme.accent, 1.5, False))
            painter.setBrush(QColor(self._look.theme.base))
            radius = min(9.0, height / 2 - 0.5)
            painter.drawEllipse(QPointF(_x(row.lane), height / 2), radius, radius)
        self._draw_mark(painter, row, height / 2)
        painter.restore()

    def _draw_lines(
        self, painter: QPainter, row: TimelineRow, above: int | None, below: int | None, height: int
    ) -> None:
        """The lines to the rows above and below, where these are the neighbouring steps; else stubs of its own."""
        theme, model = self._look.theme, self._model
        if row.step > 0:
            if above == row.step - 1:
                for edge in model.edges(above):
                    _draw_edge(painter, edge, -height / 2, height, theme)
            elif row.state != "rejected":
                _draw_stub(painter, row, height / 2 - height * (STUB + 0.2), height * STUB, theme)
        if below == row.step + 1:
            for edge in model.edges(row.step):
                _draw_edge(painter, edge, height / 2, height, theme)
        elif below is not None and any(edge.lane == row.lane for edge in model.edges(row.step)):
            _draw_stub(painter, row, height / 2 + height * 0.2, height * STUB, theme)

    def _draw_mark(self, painter: QPainter, row: TimelineRow, y: float) -> None:
        """The mark; a rejected one hangs beside its lane, because the state never went through it."""
        x, theme = _x(row.lane), self._look.theme
        if row.state == "rejected":
            painter.setPen(_pen(theme.line, 1.2, False))
            painter.drawLine(QPointF(x + 2, y), QPointF(x + LANE * 0.55, y))
            x += LANE * 0.55
        elif row.mark in ("reverted", "left"):  # hollow: hide the line behind it
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.base))
            painter.drawEllipse(QPointF(x, y), 5, 5)
        drawn = self._look.mark(row.mark, painter.device().devicePixelRatio())
        painter.drawPixmap(QPointF(x - MARK / 2, y - MARK / 2), drawn)


def _x(lane: float) -> float:
    return 2 * GRID + LANE * min(lane, MAX_LANES - 1)


@lru_cache(maxsize=64)
def _pen(colour: str, width: float, dotted: bool) -> QPen:
    return QPen(QColor(colour), width, Qt.PenStyle.DotLine if dotted else Qt.PenStyle.SolidLine)


@lru_cache(maxsize=1024)
def _curve(lane: int, next_lane: int, top: float, height: float) -> QPainterPath:
    """From the middle of one row, at ``top``, to the middle of the next."""
    start, end = QPointF(_x(lane), top), QPointF(_x(next_lane), top + height)
    path = QPainterPath(start)
    middle = top + height / 2
    path.cubicTo(QPointF(start.x(), middle), QPointF(end.x(), middle), end)
    return path


def _line_pen(dim: bool, theme: Theme) -> QPen:
    return _pen(theme.reverted, 1.0, True) if dim else _pen(theme.committed, 2.0, False)


def _draw_edge(painter: QPainter, edge: Edge, top: float, height: float, theme: Theme) -> None:
    painter.setPen(_line_pen(edge.dim, theme))
    if min(edge.lane, MAX_LANES - 1) == min(edge.next_lane, MAX_LANES - 1):
        painter.drawLine(QPointF(_x(edge.lane), top), QPointF(_x(edge.lane), top + height))
    else:
        painter.drawPath(_curve(edge.lane, edge.next_lane, top, height))


def _draw_stub(painter: QPainter, row: TimelineRow, top: float, height: float, theme: Theme) -> None:
    painter.setPen(_line_pen(row.state == "left", theme))
    painter.drawLine(QPointF(_x(row.lane), top), QPointF(_x(row.lane), top + height))
