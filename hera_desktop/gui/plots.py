"""One judged measure over the steps: step values thin, cumulative values thick, marks by state, limits drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor

from .marks import HOLLOW, PLOT_SYMBOLS
from .measures import Measure
from .records import TimelineRow
from .scales import RootScale
from .theme import Theme

pg.setConfigOptions(antialias=True)

AXIS_WIDTH = 52
Limits = Mapping[str, tuple[float, float]]


class ValueAxis(pg.AxisItem):
    """A left axis with the round values of a RootScale."""

    def __init__(self) -> None:
        super().__init__("left")
        self.root = RootScale(0.0, 1.0)
        self._names: dict[float, str] = {}
        self.setWidth(AXIS_WIDTH)

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, list[float]]]:
        gap = 15 * (maxVal - minVal) / max(size, 1)
        self._names = dict(self.root.ticks(minVal, maxVal, gap))
        return [(gap, list(self._names))]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        return [self._names.get(value, "") for value in values]


class StepAxis(pg.AxisItem):
    """A bottom axis with whole steps."""

    def tickSpacing(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, float]]:
        return [(max(1.0, spacing), offset) for spacing, offset in super().tickSpacing(minVal, maxVal, size)[:1]]


class MeasurePlot(pg.PlotWidget):
    """Signal: ``step_picked(int)`` when a mark is clicked."""

    step_picked = Signal(object)

    def __init__(self, measure: Measure, steps_shown: bool) -> None:
        self.measure = measure
        self._axis = ValueAxis()
        super().__init__(axisItems={"left": self._axis, "bottom": StepAxis("bottom")})
        self.setMenuEnabled(False)
        self.hideButtons()
        self.setMouseEnabled(x=True, y=False)
        self.setFrameShape(pg.PlotWidget.Shape.NoFrame)
        self.setAccessibleName(f"Plot of {measure.title} over the steps")
        self.setToolTip(f"{measure.formula}\nSquare-root scale")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if not steps_shown:
            self.getAxis("bottom").setStyle(showValues=False)
            self.getAxis("bottom").setHeight(6)
        self._picked: pg.InfiniteLine | None = None

    # --- drawing ----------------------------------------------------------------------------------------------------

    def draw(self, rows: Sequence[TimelineRow], limits: Limits, theme: Theme) -> None:
        """Draw all proposals against the limits ``{"step" | "cumulative": (warn, reject)}``."""
        self.clear()
        name = self.measure.name
        rows = [row for row in rows if row.metrics]
        values = [row.value(name, scope) or 0.0 for row in rows for scope in ("step", "cumulative")]
        self._axis.root = scale = RootScale.of(self.measure.neutral, limits, values)
        self._axis.picture = None  # ticks are made anew for the new scale
        self._colour(theme)
        self._draw_limits(limits, theme)
        self._draw_line(rows, "step", theme, 1.0)
        self._draw_line(rows, "cumulative", theme, 2.6)
        self._draw_marks(rows, theme)
        heights = [scale.height(row.value(name, scope)) for row in rows for scope in ("step", "cumulative")]
        self._fit(heights, len(rows) and rows[-1].step)

    def pick(self, step: int | None, theme: Theme) -> None:
        """Highlight a step by a vertical line."""
        if self._picked is not None:
            self.removeItem(self._picked)
            self._picked = None
        if step:
            self._picked = pg.InfiniteLine(step, pen=pg.mkPen(theme.accent, width=1))
            self._picked.setZValue(-5)
            self.addItem(self._picked)

    def _colour(self, theme: Theme) -> None:
        self._picked = None
        self.setBackground(theme.base)
        for side in ("left", "bottom"):
            self.getAxis(side).setPen(pg.mkPen(theme.line))
            self.getAxis(side).setTextPen(pg.mkPen(theme.dim))
            self.getAxis(side).setTickFont(self.font())

    def _draw_limits(self, limits: Limits, theme: Theme) -> None:
        """A band from warning to limit for each scope, and the limit as a labelled line."""
        styles = {"step": (1.0, 0.01, (0, 0.5)), "cumulative": (2.2, 0.99, (1, 0.5))}
        for scope, (width, place, anchor) in styles.items():
            if scope not in limits:
                continue
            warn, reject = limits[scope]
            low, high = self._axis.root.height(warn), self._axis.root.height(reject)
            band = pg.LinearRegionItem(
                (low, high), "horizontal", brush=_clear(theme.warning, 40), pen=pg.mkPen(None), movable=False
            )
            band.setZValue(-20)
            self.addItem(band)
            options = {"position": place, "anchors": [anchor, anchor], "color": theme.rejected, "fill": theme.base}
            pen = pg.mkPen(theme.rejected, width=width, style=Qt.PenStyle.DashLine)
            line = pg.InfiniteLine(high, angle=0, pen=pen, label=f"{scope} limit {reject:g}", labelOpts=options)
            line.label.setFont(self.font())
            line.setZValue(-10)
            self.addItem(line)

    def _draw_line(self, rows: Sequence[TimelineRow], scope: str, theme: Theme, width: float) -> None:
        """A line through the steps that are active."""
        active = [row for row in rows if row.state == "active"]
        heights = [self._axis.root.height(row.value(self.measure.name, scope)) for row in active]
        pen = pg.mkPen(theme.committed, width=width)
        self.plot([row.step for row in active], heights, pen=pen)

    def _draw_marks(self, rows: Sequence[TimelineRow], theme: Theme) -> None:
        spots = [self._spot(row, "step", theme) for row in rows]
        spots += [self._spot(row, "cumulative", theme) for row in rows if row.state == "rejected"]
        marks = pg.ScatterPlotItem(spots=spots, hoverable=True, tip=None)
        marks.sigClicked.connect(self._on_clicked)
        marks.setZValue(10)
        self.addItem(marks)

    def _spot(self, row: TimelineRow, scope: str, theme: Theme) -> dict:
        colour = theme.state(row.mark)
        brush = theme.base if row.mark in HOLLOW else colour
        return {
            "pos": (row.step, self._axis.root.height(row.value(self.measure.name, scope))),
            "symbol": PLOT_SYMBOLS.get(row.mark, "o"),
            "size": 6 if row.mark == "left" else 9,
            "pen": pg.mkPen(colour, width=1.5 if row.mark in HOLLOW else 0.5),
            "brush": pg.mkBrush(brush),
            "data": row.step,
        }

    def _fit(self, heights: Sequence[float], last: int) -> None:
        low = min([0.0, *heights])
        high = max([1.0, *heights])
        self.setYRange(low - 0.08 * (high - low), high + 0.16 * (high - low), padding=0)
        self.setXRange(0.5, max(last, 8) + 0.5, padding=0)

    def _on_clicked(self, _: object, points: Sequence[pg.SpotItem]) -> None:
        if len(points):
            self.step_picked.emit(int(points[0].data()))


def _clear(colour: str, alpha: int) -> QColor:
    see_through = QColor(colour)
    see_through.setAlpha(alpha)
    return see_through
