"""The marks of the states: committed filled circle, warning triangle, rejected cross, reverted hollow circle, left
small hollow circle, running ring. The same in the timeline, the queue and the plots; never a colour alone."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from .theme import Theme

RADIUS = 5.0
PLOT_SYMBOLS = {"committed": "o", "warning": "t1", "rejected": "x", "reverted": "o", "left": "o"}
"""pyqtgraph's names for the same shapes; hollow ones are drawn without a brush."""
HOLLOW = ("reverted", "left", "running", "waiting", "cancelled")


def draw_mark(painter: QPainter, centre: QPointF, mark: str, theme: Theme) -> None:
    colour = QColor(theme.state(mark))
    painter.setPen(QPen(colour, 1.8))
    painter.setBrush(Qt.BrushStyle.NoBrush if mark in HOLLOW else QBrush(colour))
    x, y, r = centre.x(), centre.y(), RADIUS
    if mark == "warning":
        painter.drawPolygon(QPolygonF([QPointF(x, y - r), QPointF(x + r, y + r * 0.8), QPointF(x - r, y + r * 0.8)]))
    elif mark in ("rejected", "failed"):
        painter.setPen(QPen(colour, 2.2, c=Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(x - r + 1, y - r + 1), QPointF(x + r - 1, y + r - 1))
        painter.drawLine(QPointF(x - r + 1, y + r - 1), QPointF(x + r - 1, y - r + 1))
    elif mark == "base":
        painter.drawRect(QRectF(x - r + 1, y - r + 1, 2 * r - 2, 2 * r - 2))
    else:
        r = r - 2 if mark in ("left", "waiting", "cancelled") else r - 0.5
        painter.drawEllipse(centre, r, r)
