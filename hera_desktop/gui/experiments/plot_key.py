"""How the curves of a plot look, and the key that names them beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyqtgraph as pg
from pyqtgraph.graphicsItems.ScatterPlotItem import Symbols
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from ..norm_plot import HUES, SYMBOLS
from ..theme import GRID, LIGHT, Theme

STYLES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine)
SAMPLE, WIDEST = 26.0, 150.0
WIDTH = 1.8


@dataclass(frozen=True)
class Look:
    """A curve's colour, symbol and kind of line: told apart by shape as well as by colour."""

    hue: str
    symbol: str
    style: Qt.PenStyle
    line: bool

    @classmethod
    def of(cls, number: int, line: bool) -> Look:
        """The look of a plot's curve by its number."""
        kinds = len(HUES)
        return cls(HUES[number % kinds], SYMBOLS[number % kinds], STYLES[(number // kinds) % len(STYLES)], line)

    @property
    def pen(self) -> QPen:
        return pg.mkPen(self.hue, width=WIDTH, style=self.style)

    @property
    def brush(self) -> QBrush:
        return pg.mkBrush(self.hue)


class PlotKey(pg.GraphicsWidget):
    """The names of the curves, each behind a piece of its line; a part of the plot, so exported pictures have it."""

    def __init__(self, font: QFont) -> None:
        super().__init__()
        self._font = QFont(font)
        self._metrics = QFontMetricsF(self._font)
        self._entries: tuple[tuple[str, Look], ...] = ()
        self.theme = LIGHT
        self.show_entries(())

    def show_entries(self, entries: Sequence[tuple[str, Look]]) -> None:
        self._entries = tuple(entries)
        widest = max((self._metrics.horizontalAdvance(name) for name, _ in self._entries), default=0.0)
        width = min(widest, WIDEST) + SAMPLE + GRID if self._entries else 0.0
        self.setMinimumWidth(width)
        self.setMaximumWidth(width)
        self.setVisible(bool(self._entries))
        self.update()

    def colour(self, theme: Theme) -> None:
        self.theme = theme
        self.update()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        line = self._metrics.height() + 3
        for number, (name, look) in enumerate(self._entries):
            top = number * line
            if top + line > self.size().height() and number < len(self._entries):
                painter.setPen(QColor(self.theme.dim))
                painter.drawText(QPointF(SAMPLE, top + self._metrics.ascent()), "…")
                return
            _draw_sample(painter, look, top + line / 2)
            painter.setPen(QColor(self.theme.text))
            text = self._metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, WIDEST)
            painter.drawText(QRectF(SAMPLE, top, WIDEST + GRID, line), Qt.AlignmentFlag.AlignVCenter, text)


def _draw_sample(painter: QPainter, look: Look, middle: float) -> None:
    if look.line:
        painter.setPen(look.pen)
        painter.drawLine(QPointF(GRID / 2, middle), QPointF(SAMPLE - GRID / 2, middle))
    painter.save()
    painter.translate(QPointF(SAMPLE / 2, middle))
    painter.scale(7, 7)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.brush)
    painter.drawPath(Symbols[look.symbol])
    painter.restore()
