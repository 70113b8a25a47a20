"""The size of each step's weight change, told apart by the blocks it edits."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import pyqtgraph as pg
from pyqtgraph.graphicsItems.ScatterPlotItem import Symbols
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from .i18n import mark, tr
from .plot_axes import PlainAxis
from .plot_marks import MOST, PIXELS_A_MARK, peaks, visible_part
from .plot_steps import StepPlot
from .theme import GRID, Theme, theme_of

SYMBOLS = ("o", "s", "t", "d", "star", "p")
HUES = ("#2f7ed8", "#b8860b", "#8a5cd6", "#0b8f6a", "#c2557a", "#6b7480")
"""Told apart by shape as well; each legible on white and on near black. None of them stands for a state."""
STEP_NOTE = mark(
    "||dW||_F: the Frobenius norm of what a step adds to its matrices. Large steps move the model far at once.\n"
    "Filled: active, hollow: rejected or taken back. Shape and colour: the block it edits."
)


@lru_cache(maxsize=32)
def _style(number: int, filled: bool, theme: Theme) -> tuple[str, QPen, QBrush]:
    number %= len(SYMBOLS)
    pen = pg.mkPen(HUES[number], width=1.4)
    return SYMBOLS[number], pen, pg.mkBrush(HUES[number] if filled else theme.base)


class NormPlot(StepPlot):
    """``||dW||_F`` of every step."""

    def __init__(self) -> None:
        super().__init__(PlainAxis(), True)
        self._groups: dict[str, int] = {}
        self._group_of = np.empty(0, int)
        self._generation = -1
        self._line = pg.PlotCurveItem()
        self._points = pg.ScatterPlotItem(pxMode=True, size=8)
        for item in (self._line, self._points):
            self.addItem(item, ignoreBounds=True)
        self.setAccessibleName(tr("Plot of the weight change's norm over the steps"))
        self.setToolTip(tr(STEP_NOTE))

    @property
    def groups(self) -> tuple[tuple[str, str, str], ...]:
        """The blocks that steps edit, each with its symbol and its colour, the first one seen first."""
        return tuple((name, *_key(number)) for name, number in self._groups.items())

    def draw(self) -> None:
        """Draw what the table holds."""
        self._name_blocks()
        norms = self.table.norms
        found = norms[np.isfinite(norms)]
        high = float(found.max()) if len(found) and found.max() > 0 else 1.0
        self.box.setYRange(0.0, 1.12 * high, padding=0)
        self.refresh_view()

    def _name_blocks(self) -> None:
        if self._generation != self.table.generation:
            self._generation, self._groups, self._group_of = self.table.generation, {}, np.empty(0, int)
        names = [_blocks(row.details.get("layers", ())) for row in self.table.rows[len(self._group_of) :]]
        fresh = [self._groups.setdefault(name, len(self._groups)) if name else -1 for name in names]
        self._group_of = np.concatenate([self._group_of, np.array(fresh, int)])

    def colour(self, theme: Theme) -> None:
        super().colour(theme)
        self._line.setPen(pg.mkPen(theme.dim, width=1))
        self.refresh_view()

    def refresh_view(self) -> None:
        if len(self._group_of) != len(self.table):
            return  # not drawn yet
        found = np.flatnonzero(np.isfinite(self.table.norms))
        steps, norms = self.table.steps[found].astype(float), self.table.norms[found]
        part = visible_part(steps, *self.box.viewRange()[0])
        self._line.setData(*peaks(steps, norms, part, self.pixels))
        numbers = found[part]
        if len(numbers) > min(MOST, self.pixels / PIXELS_A_MARK):
            numbers = numbers[:0]  # the line alone says more
        styles = [_style(int(self._group_of[n]), bool(self.table.active[n]), self.theme) for n in numbers]
        symbols, pens, brushes = ([style[part] for style in styles] for part in range(3))
        xs, ys = self.table.steps[numbers], self.table.norms[numbers]
        self._points.setData(x=xs, y=ys, symbol=symbols, pen=pens, brush=brushes)

    def heights_at(self, numbers: np.ndarray) -> Sequence[np.ndarray]:
        return [self.table.norms[numbers]]

    def text_of(self, step: int) -> str:
        """The norm of a step and the blocks it edits."""
        if not 0 < step <= len(self.table):
            return ""
        norm = float(self.table.norms[step - 1])
        if not np.isfinite(norm):
            return tr("step {step}: no change").format(step=step)
        blocks = _blocks(self.table.rows[step - 1].details.get("layers", ()))
        return tr("step {step}: {norm}, block {blocks}").format(step=step, norm=f"{norm:.4f}", blocks=blocks or "?")

    # --- export -----------------------------------------------------------------------------------------------------

    file_stem = "step_norms"

    @property
    def caption(self) -> str:
        blocks = ", ".join(f"{symbol_text(symbol)} {name}" for name, symbol, _ in self.groups)
        return tr("Norm of each step's weight change, ||dW||_F; block: {blocks}").format(blocks=blocks)

    def csv_rows(self) -> list[list[object]]:
        """One line a step: what became of it, its norm and the blocks it edits."""
        rows = self.table.rows
        body = [
            [row.step, row.mark, row.details.get("norm", ""), _blocks(row.details.get("layers", ()))] for row in rows
        ]
        return [["step", "state", "norm", "blocks"], *body]


def _blocks(layers: Sequence[int]) -> str:
    return "+".join(str(layer) for layer in layers)


def _key(number: int) -> tuple[str, str]:
    return SYMBOLS[number % len(SYMBOLS)], HUES[number % len(HUES)]


def symbol_text(symbol: str) -> str:
    """A plot's symbol as a character, for a legend."""
    return {"o": "●", "s": "■", "t": "▼", "d": "◆", "star": "★", "p": "⬟"}[symbol]


class NormKey(QWidget):
    """The legend of the blocks: shape, colour and number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups: tuple[tuple[str, str, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(2 * GRID)

    def show_groups(self, groups: tuple[tuple[str, str, str], ...]) -> None:
        self._groups = groups
        names = ", ".join(f"{symbol_text(symbol)} {name}" for name, symbol, _ in groups)
        self.setAccessibleName(tr("Blocks: {blocks}").format(blocks=names))
        self.setToolTip(names)
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self.palette())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x, metrics = 0, self.fontMetrics()
        painter.setPen(QColor(theme.dim))
        painter.drawText(QRectF(0, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignVCenter, tr("block"))
        x += metrics.horizontalAdvance(tr("block")) + GRID
        for name, symbol, hue in self._groups:
            if x + 3 * GRID + metrics.horizontalAdvance(name) > self.width():
                painter.setPen(QColor(theme.dim))
                painter.drawText(QRectF(x, 0, 20, self.height()), Qt.AlignmentFlag.AlignVCenter, "…")
                break
            _draw_symbol(painter, symbol, QPointF(x + 5, self.height() / 2), QColor(hue))
            painter.setPen(QColor(theme.text))
            painter.drawText(QRectF(x + 14, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignVCenter, name)
            x += 14 + metrics.horizontalAdvance(name) + 2 * GRID
        painter.end()


def _draw_symbol(painter: QPainter, symbol: str, centre: QPointF, colour: QColor) -> None:
    """The same shape as in the plot."""
    painter.save()
    painter.translate(centre)
    painter.scale(8, 8)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPath(Symbols[symbol])
    painter.restore()
