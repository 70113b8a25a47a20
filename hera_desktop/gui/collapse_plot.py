"""The collapse curve: of the earlier edits that were tested again after each new one, how many still hold."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg

from .edit_details import retested
from .i18n import mark, tr
from .norm_plot import HUES, symbol_text
from .plot_axes import PlainAxis
from .plot_marks import MOST, PIXELS_A_MARK, peaks, visible_part
from .plot_steps import StepPlot
from .records import TimelineRow
from .theme import Theme

STYLES = {"free": ("o", HUES[0], 2.2), "target": ("s", HUES[1], 1.2)}
"""Symbol, colour and width of each line."""
NAMES = {
    "free": mark("share of earlier edits still said freely"),
    "target": mark("mean target probability"),
}
NOTE = mark(
    "After each edit the earlier ones are tested again in the state that it makes: whether the model still says the\n"
    "target by itself, and what the target's least likely token is given. A curve that falls is a model that forgets."
)


class CollapsePlot(StepPlot):
    """One point an edit that earlier ones were tested after; a line through those that are active."""

    def __init__(self) -> None:
        super().__init__(PlainAxis(), True)
        self._generation = -1
        self._found = {name: np.empty(0) for name in STYLES}
        self._lines = {name: pg.PlotCurveItem() for name in STYLES}
        self._points = {name: pg.ScatterPlotItem(pxMode=True, size=8) for name in STYLES}
        for name in STYLES:
            self.addItem(self._lines[name], ignoreBounds=True)
            self.addItem(self._points[name], ignoreBounds=True)
        self.box.setYRange(-0.06, 1.08, padding=0)
        self.setAccessibleName(tr("Plot of the earlier edits that still hold, over the steps"))
        self.setToolTip(tr(NOTE))

    def draw(self) -> None:
        """Draw what the table holds."""
        if self._generation != self.table.generation:
            self._generation, self._found = self.table.generation, {name: np.empty(0) for name in STYLES}
        fresh = self.table.rows[len(self._found["free"]) :]
        for place, name in enumerate(STYLES):
            values = np.array([_held(row)[place] for row in fresh], float)
            self._found[name] = np.concatenate([self._found[name], values])
        self.refresh_view()

    def colour(self, theme: Theme) -> None:
        super().colour(theme)
        for name, (symbol, hue, width) in STYLES.items():
            self._lines[name].setPen(pg.mkPen(hue, width=width))
            self._points[name].setSymbol(symbol)
        self.refresh_view()

    def refresh_view(self) -> None:
        if len(self._found["free"]) != len(self.table):
            return  # not drawn yet
        measured = ~np.isnan(self._found["free"])
        low, high = self.box.viewRange()[0]
        for name in STYLES:
            chosen = measured & self.table.active
            steps = self.table.steps[chosen].astype(float)
            part = visible_part(steps, low, high)
            self._lines[name].setData(*peaks(steps, self._found[name][chosen], part, self.pixels))
            self._mark(name, np.flatnonzero(measured), low, high)

    def _mark(self, name: str, numbers: np.ndarray, low: float, high: float) -> None:
        """Filled where the edit is active, hollow where it was taken back."""
        numbers = numbers[visible_part(self.table.steps[numbers], low, high)]
        if len(numbers) > min(MOST, self.pixels / PIXELS_A_MARK):
            numbers = numbers[:0]  # the line alone says more
        pen, full, hollow = (pg.mkPen(STYLES[name][1], width=1.4), pg.mkBrush(STYLES[name][1]), pg.mkBrush(None))
        brushes = [full if self.table.active[number] else hollow for number in numbers]
        self._points[name].setData(
            x=self.table.steps[numbers], y=self._found[name][numbers], pen=[pen] * len(numbers), brush=brushes
        )

    def heights_at(self, numbers: np.ndarray) -> Sequence[np.ndarray]:
        return [found[numbers] for found in self._found.values()]

    def text_of(self, step: int) -> str:
        """The figures of one step."""
        if not 0 < step <= len(self.table):
            return ""
        row = self.table.rows[step - 1]
        tested = retested(row.details)
        if not tested:
            return tr("step {step}: no earlier edit was tested").format(step=step)
        said = sum(bool(one["free"]) for one in tested)
        words = tr("step {step}: {said} of {count} earlier edits still said, mean target probability {mean}")
        return words.format(step=step, said=said, count=len(tested), mean=f"{_held(row)[1]:.4f}")

    # --- export -----------------------------------------------------------------------------------------------------

    file_stem = "collapse"

    @property
    def caption(self) -> str:
        return ", ".join(f"{symbol_text(STYLES[name][0])} {tr(NAMES[name])}" for name in STYLES)

    def csv_rows(self) -> list[list[object]]:
        """One line for every step after which earlier edits were tested."""
        head = ["step", "patch", "state", "tested", "still said freely", "share", "mean target probability"]
        body: list[list[object]] = []
        for row in self.table.rows:
            if tested := retested(row.details):
                share, mean = _held(row)
                said = sum(bool(one["free"]) for one in tested)
                body.append([row.step, row.patch_id or "", row.mark, len(tested), said, share, mean])
        return [head, *body]


def _held(row: TimelineRow) -> tuple[float, float]:
    """Of the earlier edits that were tested, the share that is still said freely and the mean of what their targets are
    given; NaN where none was tested."""
    tested = retested(row.details)
    if not tested:
        return (np.nan, np.nan)
    return (
        sum(bool(one["free"]) for one in tested) / len(tested),
        sum(float(one["target"]) for one in tested) / len(tested),
    )


def key_html() -> str:
    """The legend: symbol, colour and name of both lines."""
    return "<br>".join(
        f'<span style="color:{hue}">{symbol_text(symbol)}</span>&nbsp;{tr(NAMES[name])}'
        for name, (symbol, hue, _) in STYLES.items()
    )
