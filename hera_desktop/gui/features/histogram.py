"""How strong a feature is where it fires: a histogram of its activations above zero."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from hera_desktop.engine.atlas.records import Histogram

from ..i18n import tr
from ..theme import Theme, recoloured, theme_of

HEIGHT = 92
AXIS_HEIGHT = 20


class HistogramPlot(pg.PlotWidget):
    """Bars over activation; counts on a square-root scale, so that few strong tokens can be seen beside many weak."""

    _bars: pg.BarGraphItem | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._histogram: Histogram | None = None
        self.setMenuEnabled(False)
        self.hideButtons()
        self.setMouseEnabled(x=False, y=False)
        self.setFrameShape(pg.PlotWidget.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedHeight(HEIGHT)
        self.hideAxis("left")
        self.getAxis("bottom").setHeight(AXIS_HEIGHT)
        self.setAccessibleName(tr("Histogram of the feature's activations"))
        self._bars = pg.BarGraphItem(x=[], height=[], width=1)
        self.addItem(self._bars)
        self._colour()

    def show_histogram(self, histogram: Histogram) -> None:
        self._histogram = histogram
        edges, counts = histogram.edges, histogram.counts
        total = sum(counts)
        self.setToolTip(
            tr(
                "Tokens on which the feature fires, by activation (square-root scale): {total:,} in "
                "all\nActivation: norm of what the feature writes into the residual stream"
            ).format(total=total)
        )
        if not total:
            self._bars.setOpts(x=[], height=[], width=1)
            return
        width = edges[1] - edges[0]
        heights = [count**0.5 for count in counts]
        self._bars.setOpts(x0=list(edges[:-1]), height=heights, width=width, x=None)
        self.setXRange(0, edges[-1], padding=0.02)
        self.setYRange(0, max(heights) * 1.05, padding=0)

    def _colour(self) -> None:
        theme: Theme = theme_of(self.palette())
        self.setBackground(theme.base)
        axis = self.getAxis("bottom")
        axis.setPen(pg.mkPen(theme.line))
        axis.setTextPen(pg.mkPen(theme.dim))
        axis.setTickFont(self.font())
        self._bars.setOpts(brush=QColor(theme.heat), pen=pg.mkPen(theme.base, width=0.5))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if recoloured(event) and self._bars is not None:  # the first one comes while the plot is being made
            self._colour()
