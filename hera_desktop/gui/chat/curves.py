"""Curves of the chat: some values over steps, lessons or turns, with limits, marks, and a scale of shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QKeyEvent

from ..i18n import mark, tr
from ..plot_axes import PlainAxis, QuietAxis
from ..plot_data import MARKS
from ..plot_marks import StepMarks, peaks, to_mark, visible_part
from ..plot_steps import StepPlot
from ..theme import Theme

SHARE_WIDTH = 34
ROOM = 0.08
"""Free above the largest value, of the range."""
CURVE_NOTE = mark("Click: pick; wheel: zoom; drag: move; right click: save.")
LINES = {"solid": Qt.PenStyle.SolidLine, "dash": Qt.PenStyle.DashLine, "dot": Qt.PenStyle.DotLine}


@dataclass(frozen=True)
class Curve:
    """One value over the places. ``form`` writes a value; ``hue`` and ``line`` tell curves apart; a ``share`` is drawn
    against the scale from 0 to 1 at the right. The title is to be translated where it is shown."""

    name: str
    title: str
    form: str
    hue: str
    line: str = "solid"
    share: bool = False

    def text(self, value: float) -> str:
        """A value as it is read out; a dash where there is none."""
        if np.isnan(value):
            return "–"
        return format(value, self.form) if np.isfinite(value) else tr("not finite")


class Points:
    """The places ``steps`` (rising whole numbers) and the mark of each; what StepPlot needs of a table."""

    def __init__(self, steps: Sequence[int] = (), marks: Sequence[str] = ()) -> None:
        self.steps = np.asarray(steps, dtype=np.int64)
        self.marks = tuple(marks)
        self.codes = np.array([MARKS.index(name) for name in marks] or [0] * len(self.steps), np.uint8)

    def __len__(self) -> int:
        return len(self.steps)

    def place_of(self, step: int | None) -> int | None:
        """Which place a step has."""
        if step is None:
            return None
        place = int(np.searchsorted(self.steps, step))
        return place if place < len(self) and self.steps[place] == step else None


class ShareAxis(QuietAxis):
    """A right axis from 0 to 1, whatever the left one's range: 1 stands where ``top`` stands at the left."""

    def __init__(self) -> None:
        super().__init__("right")
        self.top = 1.0
        self.setWidth(SHARE_WIDTH)

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, list[float]]]:
        return [(0.5 * self.top, [share * self.top for share in (0.0, 0.5, 1.0)])]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        return [f"{value / self.top:g}" for value in values]


class CurvePlot(StepPlot):
    """Draws curves over the places of ``Points``. ``file_stem`` and ``caption`` name what is exported; ``across`` names
    the places, such as "lesson"."""

    def __init__(self, curves: Sequence[Curve], file_stem: str, caption: str, across: str) -> None:
        super().__init__(PlainAxis(), True)
        self.curves = tuple(curves)
        self.file_stem, self.caption, self.across = file_stem, caption, across
        self.table = Points()
        self.values: dict[str, np.ndarray] = {curve.name: np.empty(0) for curve in self.curves}
        self.limits: tuple[float, float] | None = None
        self._neutral, self._top = 0.0, 1.0
        self._highest: float | None = None
        self._lines = {curve.name: pg.PlotCurveItem(connect="finite") for curve in self.curves}
        self._dots = {curve.name: pg.ScatterPlotItem(pxMode=True, size=5) for curve in self.curves}
        self.marks = StepMarks()
        self._bands: list[pg.GraphicsObject] = []
        self._shares = ShareAxis()
        for item in (*self._lines.values(), *self._dots.values(), self.marks):
            self.addItem(item, ignoreBounds=True)
        if any(curve.share for curve in self.curves):
            self._add_share_axis()
        self.setAccessibleName(caption)
        self.setToolTip(f"{caption}\n{tr(CURVE_NOTE)}")

    def _add_share_axis(self) -> None:
        self.setAxisItems({"right": self._shares})
        self.showAxis("right")
        self._shares.setWidth(SHARE_WIDTH)

    # --- drawing ----------------------------------------------------------------------------------------------------

    def draw(
        self,
        points: Points,
        values: dict[str, np.ndarray],
        limits: tuple[float, float] | None = None,
        neutral: float = 0.0,
        top: float | None = None,
    ) -> None:
        """Draw the values ``(places,)`` of every curve, NaN where there is none; ``limits`` are where the warning and
        the refusal begin, ``neutral`` the value of an unchanged model; both are in sight, and ``top`` where given."""
        self.table, self.values = points, values
        self.limits, self._neutral, self._highest = limits, neutral, top
        self._fit()
        self._draw_bands()
        self.refresh_view()

    def colour(self, theme: Theme) -> None:
        super().colour(theme)
        self._shares.setPen(pg.mkPen(theme.line))
        self._shares.setTextPen(pg.mkPen(theme.dim))
        self._shares.setTickFont(self.font())
        for curve in self.curves:
            self._lines[curve.name].setPen(pg.mkPen(curve.hue, width=2, style=LINES[curve.line]))
            self._dots[curve.name].setPen(pg.mkPen(curve.hue, width=1))
            self._dots[curve.name].setBrush(pg.mkBrush(curve.hue))
        self._draw_bands()
        self.refresh_view()

    def refresh_view(self) -> None:
        points = self.table
        if any(len(column) != len(points) for column in self.values.values()):
            return  # not drawn yet
        part = visible_part(points.steps, *self.box.viewRange()[0])
        for curve in self.curves:
            heights = self._heights(curve)
            found = np.flatnonzero(np.isfinite(heights[part])) + part.start
            xs, ys = points.steps[found].astype(float), heights[found]
            self._lines[curve.name].setData(*peaks(xs, ys, slice(0, len(xs)), self.pixels))
            few = len(found) <= self.pixels / 6 and not points.marks
            self._dots[curve.name].setData(xs if few else [], ys if few else [])
        self._mark(part)

    def _mark(self, part: slice) -> None:
        """A mark at the first curve's value, where the places have any."""
        if not self.table.marks:
            self.marks.setData([], [])
            return
        heights = self._heights(self.curves[0])
        known = np.flatnonzero(np.isfinite(heights))
        steps, codes, heights = self.table.steps[known], self.table.codes[known], heights[known]
        seen = visible_part(steps, *self.box.viewRange()[0])
        chosen = to_mark(steps, heights, codes, seen, self.pixels)
        self.marks.show_marks(steps[chosen], heights[chosen], codes[chosen], self.theme)

    def _heights(self, curve: Curve) -> np.ndarray:
        """Where the values are drawn; what is not finite lies at the upper edge."""
        values = self.values[curve.name]
        top = self._shares.top if curve.share else 1.0
        return np.where(np.isinf(values), self._top, values * top)

    def heights_at(self, numbers: np.ndarray) -> Sequence[np.ndarray]:
        return [self._heights(curve)[numbers] for curve in self.curves]

    def _fit(self) -> None:
        """Values, limits and the neutral value in sight; shares fill the height."""
        columns = [self.values[curve.name] for curve in self.curves if not curve.share]
        found = np.concatenate([column[np.isfinite(column)] for column in columns] or [np.empty(0)])
        bounds = [bound for bound in (self.limits[1] if self.limits else None, self._highest) if bound is not None]
        high = max([self._neutral, *found.tolist(), *bounds])
        low = min([self._neutral, *found.tolist()])
        if high <= low:
            high = low + 1.0
        self._top = high
        self._shares.top = high - min(low, 0.0)
        self._shares.picture = None
        self.box.setYRange(low - 0.03 * (high - low), high + ROOM * (high - low), padding=0)

    def _draw_bands(self) -> None:
        """Where the warning and the refusal begin, as in the plots of the immune system."""
        for item in self._bands:
            self.removeItem(item)
        self._bands = [] if self.limits is None else self._limit_items(*self.limits)
        for item in self._bands:
            item.setZValue(-20)
            self.addItem(item, ignoreBounds=True)

    def _limit_items(self, warn: float, reject: float) -> list[pg.GraphicsObject]:
        items: list[pg.GraphicsObject] = []
        for span, colour, alpha in (((warn, reject), self.theme.warning, 40), ((reject, 1e6), self.theme.rejected, 14)):
            brush = QColor(colour)
            brush.setAlpha(alpha)
            items.append(pg.LinearRegionItem(span, "horizontal", brush=brush, pen=pg.mkPen(None), movable=False))
        options = {"position": 0.99, "anchors": [(1, 0.5), (1, 0.5)], "color": self.theme.rejected}
        pen = pg.mkPen(self.theme.rejected, width=1, style=Qt.PenStyle.DashLine)
        text = tr("cumulative limit {limit}").format(limit=f"{reject:g}")
        line = pg.InfiniteLine(reject, angle=0, pen=pen, label=text, labelOpts={**options, "fill": self.theme.base})
        line.label.setFont(self.font())
        return [*items, line]

    # --- keys -------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The places need not be 1, 2, 3...: the arrows go to the next one there is."""
        steps, key = self.table.steps, event.key()
        moves = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End)
        if key not in moves or not len(steps):
            super().keyPressEvent(event)
            return
        place = int(np.searchsorted(steps, self.picked))
        to = {moves[0]: place - 1, moves[1]: place + 1, moves[2]: 0, moves[3]: len(steps) - 1}[key]
        self.step_picked.emit(int(steps[min(max(to, 0), len(steps) - 1)]))
        event.accept()

    # --- export -----------------------------------------------------------------------------------------------------

    def csv_rows(self) -> list[list[object]]:
        """One line a place; empty where there is no value."""
        names = [curve.name for curve in self.curves]
        state = ["state"] if self.table.marks else []
        rows: list[list[object]] = [[self.across, *state, *names]]
        for place, step in enumerate(self.table.steps.tolist()):
            mark_ = [self.table.marks[place]] if self.table.marks else []
            rows.append([step, *mark_, *(_cell(float(self.values[name][place])) for name in names)])
        return rows


def _cell(value: float) -> object:
    return "" if np.isnan(value) else "not finite" if np.isinf(value) else value


def column(values: Sequence[float | None]) -> np.ndarray:
    """Values as the plots have them: NaN where there is none."""
    return np.array([np.nan if value is None else float(value) for value in values], dtype=float)
