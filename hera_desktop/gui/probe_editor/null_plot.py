"""How far null edits move one measure: a histogram, with the proposed and the present limit as lines."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ..i18n import tr
from ..labels import DimLabel, title_label
from ..measures import Measure
from ..theme import GRID, recoloured, theme_of

BINS = 30
LEAST_HEIGHT = 11 * GRID


class _Plot(pg.PlotWidget):
    """Bars and lines; the y axis counts edits."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setMenuEnabled(False)
        self.hideButtons()
        self.setMouseEnabled(x=False, y=False)
        self.setFrameShape(pg.PlotWidget.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumHeight(LEAST_HEIGHT)
        self.setAccessibleName(name)
        self.getAxis("left").setWidth(36)
        for side in ("left", "bottom"):
            self.getAxis(side).enableAutoSIPrefix(False)


class NullPlot(QWidget):
    """One measure's null distribution under its title."""

    _plot: _Plot | None = None

    def __init__(self, measure: Measure, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.measure = measure
        self._values: tuple[float, ...] = ()
        self._proposed: float | None = None
        self._present: float | None = None
        title = title_label(tr("{title}, {unit}").format(title=tr(measure.title), unit=tr(measure.unit)))
        title.setToolTip(tr(measure.formula))
        self.legend = DimLabel()
        self.legend.setWordWrap(False)
        self._plot = _Plot(tr("Null edits by {measure}").format(measure=tr(measure.title)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(title)
        column.addWidget(self.legend)
        column.addWidget(self._plot, 1)
        self._draw()

    def show_values(self, values: Sequence[float], proposed: float | None, present: float | None) -> None:
        """The values of the null edits so far; limits that are not known are None."""
        self._values = tuple(value for value in values if math.isfinite(value))
        self._proposed, self._present = proposed, present
        parts = [] if proposed is None else [tr("proposed limit {value} (solid)").format(value=f"{proposed:.6g}")]
        if present is not None:
            drawn = bool(self._values) and present <= self._range()[1]
            text = tr("present limit {value} (dashed)") if drawn else tr("present limit {value} (beyond the axis)")
            parts.append(text.format(value=f"{present:g}"))
        broken = len(values) - len(self._values)
        parts += [tr("{count} not finite").format(count=broken)] if broken else []
        self.legend.setText(" · ".join(parts))
        self._draw()

    def _draw(self) -> None:
        plot, theme = self._plot, theme_of(self.palette())
        plot.clear()
        plot.setBackground(theme.base)
        for side in ("left", "bottom"):
            axis = plot.getAxis(side)
            axis.setPen(pg.mkPen(theme.line))
            axis.setTextPen(pg.mkPen(theme.dim))
            axis.setTickFont(self.font())
        if not self._values:
            return
        low, high = self._range()
        counts, edges = np.histogram(self._values, bins=BINS, range=(low, high))
        bars = pg.BarGraphItem(
            x0=edges[:-1],
            width=edges[1] - edges[0],
            height=counts,
            brush=QColor(theme.reverted),
            pen=pg.mkPen(theme.base, width=0.5),
        )
        plot.addItem(bars)
        plot.setXRange(low, high, padding=0.02)
        plot.setYRange(0, max(1, int(counts.max())) * 1.25, padding=0)
        if self._proposed is not None:
            self._line(self._proposed, theme.accent, Qt.PenStyle.SolidLine, 2.2)
        if self._present is not None and self._present <= high:
            self._line(self._present, theme.rejected, Qt.PenStyle.DashLine, 1.6)

    def _range(self) -> tuple[float, float]:
        """All values and the proposed limit; the present limit only where it does not squeeze them."""
        low, high = min(self._values), max([*self._values, self._proposed or -math.inf])
        spread = max(high - low, abs(high) * 1e-6, 1e-12)
        if self._present is not None and high < self._present <= high + spread:
            high = self._present
        return low - 0.02 * spread, high + 0.04 * spread

    def _line(self, place: float, colour: str, style: Qt.PenStyle, width: float) -> None:
        self._plot.addItem(pg.InfiniteLine(place, pen=pg.mkPen(colour, width=width, style=style)))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if recoloured(event) and self._plot is not None:
            self._draw()
