"""How strongly each probe feels each step: probes down, steps across, one hue."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent

from .i18n import tr
from .measures import MEASURES, Measure
from .plot_axes import ProbeAxis
from .plot_data import ProbeTable
from .plot_marks import StepMarks, to_mark, visible_part
from .plot_steps import StepPlot
from .theme import Theme

LANE_PIXELS = 16
"""Above the probes, the marks of the steps."""
FAINTEST = 0.06
"""The share of the hue that a value of nothing has: it can be told from a step that was not measured."""
OVER = 255


def shares(values: np.ndarray, neutral: float, limit: float | None) -> np.ndarray:
    """The root of the share of the way from neutral to the limit, as the other plots have it; above 1 is over the
    limit, values that are not finite are infinite, NaN is kept. Without a limit, the largest value is 1."""
    if limit is None or limit <= neutral:
        finite = values[np.isfinite(values)]
        limit = float(finite.max()) if len(finite) and finite.max() > neutral else neutral + 1.0
    return np.sqrt(np.maximum((values - neutral) / (limit - neutral), 0.0))


def merged(columns: np.ndarray, first: int, size: int) -> np.ndarray:
    """The largest of every ``size`` steps ``(steps, probes)``, grouped alike wherever the view begins; NaN where
    nothing was measured in a group. ``first`` is the number of the first of them, counted from 0."""
    if size == 1 or not len(columns):
        return columns
    starts = np.arange(-(first % size), len(columns), size)
    return np.fmax.reduceat(columns, np.maximum(starts, 0), axis=0)


def colours(theme: Theme) -> np.ndarray:
    """256 colours ``(256, 4)``: from nothing to the limit, and the last for what is over it."""
    cold, hot = (np.array(QColor(name).getRgb()[:3], float) for name in (theme.base, theme.heat))
    part = FAINTEST + (1 - FAINTEST) * np.linspace(0, 1, OVER)[:, None]
    table = np.full((OVER + 1, 4), 255, np.uint8)
    table[:OVER, :3] = np.round(cold + part * (hot - cold))
    table[OVER, :3] = QColor(theme.text).getRgb()[:3]
    return table


class HeatPlot(StepPlot):
    """One measure of every probe at every step.

    Signal: ``probe_hovered((step, probe) | None)``. Keys: up and down move to another probe, the rest as StepPlot.
    """

    probe_hovered = Signal(object)

    def __init__(self) -> None:
        self._axis = ProbeAxis()
        super().__init__(self._axis, True)
        self._tables = {measure.name: ProbeTable(measure.name) for measure in MEASURES}
        self._shares = np.empty((0, 0))
        self.measure: Measure = MEASURES[0]
        self.probes: tuple[str, ...] = ()
        self.limit: float | None = None
        self.probe = 1
        self.columns = 0
        self.image = pg.ImageItem(axisOrder="row-major")
        self.marks = StepMarks()
        self.addItem(self.image, ignoreBounds=True)
        self.addItem(self.marks, ignoreBounds=True)
        self.box.invertY(True)
        self.picked_line.setZValue(5)  # above the image
        self.setAccessibleName(tr("Heat map of every probe over the steps"))

    # --- drawing ----------------------------------------------------------------------------------------------------

    @property
    def values(self) -> np.ndarray:
        """``(steps, probes)`` of the measure that is shown; NaN where nothing was measured."""
        return self._tables[self.measure.name].values

    @property
    def count(self) -> int:
        return self._tables[self.measure.name].probes

    def draw(self, measure: Measure, probes: Sequence[str], limit: float | None) -> None:
        """Draw what the table holds; ``limit`` is the step's, which is the darkest of the hue."""
        self.measure, self.probes, self.limit = measure, tuple(probes), limit
        self._tables[measure.name].update(self.table, len(self.probes))
        self._axis.probes = self.count
        self._axis.picture = None
        self._shares = shares(self.values, measure.neutral, limit)
        self.probe = min(self.probe, max(self.count, 1))
        self.refresh_view()

    def colour(self, theme: Theme) -> None:
        super().colour(theme)
        self.refresh_view()

    def refresh_view(self) -> None:
        """The steps in sight, at most about one a pixel: the largest of those that share one."""
        if len(self._shares) != len(self.table):
            return  # not drawn yet
        self._fit()
        steps, codes = self.table.steps, self.table.codes
        part = visible_part(steps, *self.box.viewRange()[0])
        size = max(1, int(np.ceil((part.stop - part.start) / self.pixels)))
        start = part.start - part.start % size
        found = merged(self._shares[start : part.stop], start, size)
        self.columns = len(found)
        self.image.setVisible(bool(found.size))
        if found.size:
            self.image.setImage(self._painted(found.T), autoLevels=False)
            self.image.setRect(QRectF(start + 0.5, 0.5, len(found) * size, self.count))
        lane = np.full(len(steps), 0.5 - 0.5 * self._lane)
        chosen = to_mark(steps, lane, codes, part, self.pixels)
        self.marks.show_marks(steps[chosen], lane[chosen], codes[chosen], self.theme)

    def _painted(self, found: np.ndarray) -> np.ndarray:
        """``(probes, columns, 4)``; see-through where nothing was measured."""
        levels = np.where(found > 1, OVER, np.nan_to_num(np.minimum(found, 1.0)) * (OVER - 1)).astype(np.uint8)
        painted = colours(self.theme)[levels]
        painted[np.isnan(found)] = 0
        return painted

    @property
    def _lane(self) -> float:
        """The height of the lane of marks, in probes."""
        return LANE_PIXELS * max(self.count, 1) / max(self.box.height() - LANE_PIXELS, 1.0)

    def _fit(self) -> None:
        low, high = 0.5 - self._lane, max(self.count, 1) + 0.5
        if not np.allclose(self.box.viewRange()[1], (low, high)):
            self.box.setYRange(low, high, padding=0)

    # --- the probe under the mouse ----------------------------------------------------------------------------------

    def probe_at(self, place: QPointF) -> int | None:
        on_scene = self.mapToScene(place.toPoint())
        if not self.box.sceneBoundingRect().contains(on_scene):
            return None
        number = int(np.floor(self.box.mapSceneToView(on_scene).y() + 0.5))
        return number if 1 <= number <= self.count else None

    def text_of(self, step: int, probe: int) -> str:
        """What a cell says: the probe, the step and the value."""
        if not 0 < step <= len(self.values) or not 0 < probe <= self.count:
            return ""
        value = float(self.values[step - 1, probe - 1])
        if np.isnan(value):
            said = tr("not measured")
        else:
            said = f"{self.measure.text(value if np.isfinite(value) else None)} {tr(self.measure.unit)}"
        text = self.probes[probe - 1] if probe <= len(self.probes) else ""
        short = text if len(text) <= 60 else text[:57] + "..."
        return tr("step {step}, probe {probe} {text!r}: {value}").format(
            step=step, probe=probe, text=short.replace("\n", "↵"), value=said
        )

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        step, probe = self.step_at(event.position()), self.probe_at(event.position())
        self.probe_hovered.emit((step, probe) if step is not None and probe is not None else None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.probe = self.probe_at(event.position()) or self.probe

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(event.key(), 0)
        if not by:
            super().keyPressEvent(event)
            return
        self.probe = min(max(self.probe + by, 1), max(self.count, 1))
        self.probe_hovered.emit((self.picked, self.probe) if self.picked else None)
        event.accept()

    # --- export -----------------------------------------------------------------------------------------------------

    @property
    def file_stem(self) -> str:
        return f"probes_{self.measure.name}"

    @property
    def caption(self) -> str:
        limit = "" if self.limit is None else tr(", darkest at the step limit {limit}").format(limit=f"{self.limit:g}")
        measure = f"{tr(self.measure.title)}, {tr(self.measure.unit)}"
        return tr("{measure} of each probe{limit}").format(measure=measure, limit=limit)

    def csv_rows(self) -> list[list[object]]:
        """One line a step, one column a probe; empty where nothing was measured."""
        names = [self.probes[n] if n < len(self.probes) else f"probe {n + 1}" for n in range(self.count)]
        rows = zip(self.table.rows, self.values.tolist(), strict=True)
        return [["step", "state", *names], *([row.step, row.mark, *map(_cell, values)] for row, values in rows)]


def _cell(value: float) -> object:
    return "" if np.isnan(value) else "not finite" if np.isinf(value) else value
