"""How a plot shows that the keyboard is with it."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractScrollArea

from .theme import theme_of


def frame_focus(view: QAbstractScrollArea) -> None:
    """A thin line in the accent colour around what the view shows, where it has the focus; from its paintEvent."""
    if not view.hasFocus():
        return
    painter = QPainter(view.viewport())
    painter.setPen(QPen(QColor(theme_of(view.palette()).accent), 1))
    painter.drawRect(view.viewport().rect().adjusted(0, 0, -1, -1))
    painter.end()
