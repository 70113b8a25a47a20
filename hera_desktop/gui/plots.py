"""One judged measure over the steps: step values thin, cumulative values thick, marks by state, limits drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from .i18n import mark, tr
from .measures import Measure
from .plot_axes import ValueAxis
from .plot_data import SCOPES
from .plot_marks import REJECTED, StepMarks, peaks, to_mark, visible_part
from .plot_steps import StepPlot
from .records import TimelineRow
from .scales import RootScale
from .theme import Theme

Limits = Mapping[str, tuple[float, float]]
PIXELS_A_PEAK = 2
"""A thick line is slow to paint: one highest and one lowest point for that many pixels."""
WIDTHS = {"step": 1.0, "cumulative": 2.6}
LIMIT_TEXTS = {"step": mark("step limit {limit}"), "cumulative": mark("cumulative limit {limit}")}
MEANINGS = {
    "js_divergence": mark("How far what the model would say next has moved, 0 (nothing) to 1 bit (something else)."),
    "ppl_ratio": mark("How much more surprised the model is by ordinary text; 1 is as before, 2 is twice as unsure."),
    "cosine_drift": mark("How far the model's inner state has turned; 0 is the same direction, 1 a right angle."),
}
SCALE_NOTE = mark("Square-root scale. Click: pick the step; wheel: zoom; drag: move; right click: save.")


def measure_tip(measure: Measure) -> str:
    """The formula in one line, and what it means in one more."""
    return f"{tr(measure.formula)}\n{tr(MEANINGS[measure.name])}"


class MeasurePlot(StepPlot):
    """A measure of a StepTable, step and cumulative."""

    def __init__(self, measure: Measure, steps_shown: bool) -> None:
        self.measure = measure
        self._axis = ValueAxis()
        super().__init__(self._axis, steps_shown)
        self.limits: Limits = {}
        self._drawn_limits: object = None
        self._limit_items: list[pg.GraphicsObject] = []
        self._heights: dict[str, np.ndarray] = {scope: np.empty(0) for scope in SCOPES}
        self._curves = {scope: pg.PlotCurveItem() for scope in SCOPES}
        self.marks = StepMarks()
        for item in (*self._curves.values(), self.marks):
            self.addItem(item, ignoreBounds=True)
        self.setAccessibleName(tr("Plot of {measure} over the steps").format(measure=tr(measure.title)))
        self.setToolTip(f"{measure_tip(measure)}\n{tr(SCALE_NOTE)}")

    # --- drawing ----------------------------------------------------------------------------------------------------

    def draw(self, limits: Limits) -> None:
        """Draw what the table holds against the limits ``{"step" | "cumulative": (warn, reject)}``."""
        self.limits = limits
        columns = {scope: self.table.values(self.measure.name, scope) for scope in SCOPES}
        known = [] if limits else [float(v) for column in columns.values() for v in column[np.isfinite(column)]]
        scale = RootScale.of(self.measure.neutral, limits, known)
        self._axis.show_scale(scale)
        measured = self.table.measured(self.measure.name)
        self._heights = {scope: np.where(measured, scale.heights(column), np.nan) for scope, column in columns.items()}
        self._draw_limits()
        self._fit()
        self.refresh_view()

    def colour(self, theme: Theme) -> None:
        super().colour(theme)
        for scope, curve in self._curves.items():
            curve.setPen(pg.mkPen(theme.committed, width=WIDTHS[scope]))
        self._draw_limits()
        self.refresh_view()

    def refresh_view(self) -> None:
        """The steps in sight: a line through the active ones, and the marks."""
        if len(self._heights["step"]) != len(self.table):
            return  # not drawn yet
        seen = self.box.viewRange()[0]
        active = self.table.active & ~np.isnan(self._heights["step"])
        steps = self.table.steps[active].astype(float)
        part = visible_part(steps, *seen)
        for scope, curve in self._curves.items():
            curve.setData(*peaks(steps, self._heights[scope][active], part, self.pixels / PIXELS_A_PEAK))
        self._mark(*seen)

    def _mark(self, low: float, high: float) -> None:
        """A mark at each step's value, and at a rejected one's cumulative value too."""
        measured = ~np.isnan(self._heights["step"])
        steps, codes = self.table.steps[measured], self.table.codes[measured]
        heights = self._heights["step"][measured]
        chosen = to_mark(steps, heights, codes, visible_part(steps, low, high), self.pixels)
        refused = chosen[codes[chosen] == REJECTED]
        self.marks.show_marks(
            np.concatenate([steps[chosen], steps[refused]]),
            np.concatenate([heights[chosen], self._heights["cumulative"][measured][refused]]),
            np.concatenate([codes[chosen], codes[refused]]),
            self.theme,
        )

    def heights_at(self, numbers: np.ndarray) -> Sequence[np.ndarray]:
        return [heights[numbers] for heights in self._heights.values()]

    def _draw_limits(self) -> None:
        """A band from warning to limit for each scope, and the limit as a labelled line."""
        wanted = (dict(self.limits), self._axis.root, self.theme)
        if wanted == self._drawn_limits:
            return
        self._drawn_limits = wanted
        for item in self._limit_items:
            self.removeItem(item)
        self._limit_items = [
            item for scope in SCOPES if scope in self.limits for item in self._limit(scope, *self.limits[scope])
        ]
        for item in self._limit_items:
            self.addItem(item, ignoreBounds=True)

    def _limit(self, scope: str, warn: float, reject: float) -> list[pg.GraphicsObject]:
        width, place, anchor = {"step": (1.0, 0.01, (0, 0.5)), "cumulative": (2.2, 0.99, (1, 0.5))}[scope]
        low, high, theme = self._axis.root.height(warn), self._axis.root.height(reject), self.theme
        bands = []
        for span, colour, alpha in (((low, high), theme.warning, 40), ((high, 3.0), theme.rejected, 14)):
            brush = _clear(colour, alpha)
            bands.append(pg.LinearRegionItem(span, "horizontal", brush=brush, pen=pg.mkPen(None), movable=False))
            bands[-1].setZValue(-20)
        options = {"position": place, "anchors": [anchor, anchor], "color": theme.rejected, "fill": theme.base}
        pen = pg.mkPen(theme.rejected, width=width, style=Qt.PenStyle.DashLine)
        text = tr(LIMIT_TEXTS[scope]).format(limit=f"{reject:g}")
        line = pg.InfiniteLine(high, angle=0, pen=pen, label=text, labelOpts=options)
        line.label.setFont(self.font())
        line.setZValue(-10)
        return [*bands, line]

    def _fit(self) -> None:
        found = [heights[~np.isnan(heights)] for heights in self._heights.values()]
        low = min([0.0, *(float(heights.min()) for heights in found if len(heights))])
        high = max([1.0, *(float(heights.max()) for heights in found if len(heights))])
        self.box.setYRange(low - 0.08 * (high - low), high + 0.16 * (high - low), padding=0)

    # --- export -----------------------------------------------------------------------------------------------------

    @property
    def file_stem(self) -> str:
        return self.measure.name

    @property
    def caption(self) -> str:
        return tr("{measure}, {unit}; thin: step, thick: cumulative").format(
            measure=tr(self.measure.title), unit=tr(self.measure.unit)
        )

    def csv_rows(self) -> list[list[object]]:
        """One line a step: what became of it, its values, and the limits they stand against."""
        head = ["step", "patch", "state", "step value", "cumulative value"]
        head += ["step warning from", "step limit", "cumulative warning from", "cumulative limit"]
        bounds = [bound for scope in SCOPES for bound in self.limits.get(scope, ("", ""))]
        name = self.measure.name
        return [
            head,
            *(
                [row.step, row.patch_id or "", row.mark, *(_cell(row, name, scope) for scope in SCOPES), *bounds]
                for row in self.table.rows
            ),
        ]


def _cell(row: TimelineRow, metric: str, scope: str) -> object:
    """A value as it is; empty where nothing was measured."""
    if not row.metrics:
        return ""
    value = row.value(metric, scope)
    return "not finite" if value is None else value


def _clear(colour: str, alpha: int) -> QColor:
    see_through = QColor(colour)
    see_through.setAlpha(alpha)
    return see_through
