"""The legend of the heat: from nothing, or the least value, to the maximum, with their values."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ..i18n import tr
from ..theme import GRID, Theme, heat_colour, tabular, theme_of

BAR = 64


class HeatLegend(QWidget):
    """``what  least [bar] maximum``; only ``what`` where the maximum is 0, nothing where there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._what, self._least = "", "0"
        self._maximum: float | None = None
        self.setFont(tabular(self.font()))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(tr("The activation is the norm of what the feature writes into the residual stream"))

    def show_scale(self, what: str, maximum: float | None, least: float = 0.0) -> None:
        self._what, self._maximum = what, maximum
        self._least = f"{least:.2f}" if least else "0"
        self.setAccessibleName(self.text)
        self.updateGeometry()
        self.update()

    @property
    def text(self) -> str:
        if not self._maximum:
            return self._what if self._maximum is not None else ""
        said = tr("{what}, {least} to {maximum:.2f}")
        return said.format(what=self._what, least=self._least, maximum=self._maximum)

    def _parts(self) -> tuple[str, str]:
        if self._maximum is None:
            return "", ""
        if self._maximum <= 0:
            return self._what, ""
        return f"{self._what}  {self._least}".strip(), f"{self._maximum:.2f}"

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        left, right = self._parts()
        bar = BAR + 2 * GRID if right else 0
        return QSize(metrics.horizontalAdvance(left) + metrics.horizontalAdvance(right) + bar, metrics.height() + 2)

    def paintEvent(self, _: QPaintEvent) -> None:
        if self._maximum is None:
            return
        painter, theme = QPainter(self), theme_of(self.palette())
        left, right = self._parts()
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(self.palette().placeholderText().color())
        painter.drawText(self.rect(), middle | Qt.AlignmentFlag.AlignLeft, left)
        painter.drawText(self.rect(), middle | Qt.AlignmentFlag.AlignRight, right)
        if right:
            self._paint_bar(painter, theme, left)
        painter.end()

    def _paint_bar(self, painter: QPainter, theme: Theme, left: str) -> None:
        start = self.fontMetrics().horizontalAdvance(left) + GRID
        bar = QRect(start, (self.height() - 12) // 2, BAR, 12)
        gradient = QLinearGradient(bar.topLeft(), bar.topRight())
        for stop in (0.0, 0.02, 1.0):
            gradient.setColorAt(stop, heat_colour(theme, stop))
        painter.fillRect(bar, gradient)
        painter.setPen(QColor(theme.line))
        painter.drawRect(bar.adjusted(0, 0, -1, -1))
