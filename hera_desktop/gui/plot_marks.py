"""Lines and marks of many steps: what of them is drawn, so that it can be seen and told apart, and drawn quickly."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QBrush, QPen

from .marks import HOLLOW, PLOT_SYMBOLS
from .plot_data import MARKS
from .theme import Theme

MOST = 1500
"""Never more marks than this in one plot."""
PIXELS_A_MARK = 3
"""Where steps lie closer together, only the exceptional ones are marked."""
WARNING, REJECTED = MARKS.index("warning"), MARKS.index("rejected")
BUCKET_PIXELS = 6


@lru_cache(maxsize=64)
def _style(mark: str, theme: Theme) -> tuple[str, float, QPen, QBrush]:
    """Symbol, size, pen and brush; the same objects every time, because the plot's cache of symbols goes by them."""
    colour = theme.state(mark)
    brush = theme.base if mark in HOLLOW else colour
    pen = pg.mkPen(colour, width=1.5 if mark in HOLLOW else 0.5)
    return PLOT_SYMBOLS.get(mark, "o"), 6.0 if mark == "left" else 9.0, pen, pg.mkBrush(brush)


class StepMarks(pg.ScatterPlotItem):
    def __init__(self) -> None:
        super().__init__(pxMode=True)
        self.setZValue(10)

    def show_marks(self, xs: np.ndarray, ys: np.ndarray, codes: np.ndarray, theme: Theme) -> None:
        styles = [_style(mark, theme) for mark in MARKS]
        symbols, sizes, pens, brushes = ([styles[code][part] for code in codes] for part in range(4))
        self.setData(x=xs, y=ys, symbol=symbols, size=sizes, pen=pens, brush=brushes)


def visible_part(xs: np.ndarray, low: float, high: float) -> slice:
    """The part of rising ``xs`` that lies in a range, and one on each side of it."""
    start, end = np.searchsorted(xs, (low, high))
    return slice(max(0, int(start) - 1), int(end) + 1)


def peaks(xs: np.ndarray, ys: np.ndarray, part: slice, pixels: float) -> tuple[np.ndarray, np.ndarray]:
    """The points of a line for ``part`` on that many pixels: all of them, or the lowest and highest of those that share
    a pixel, and the last one. The groups are the same wherever the view begins, so that a line does not shimmer when
    it is moved. (pyqtgraph's own way leaves out the newest points.)"""
    size = int(np.ceil((min(part.stop, len(xs)) - part.start) / max(pixels, 1.0)))
    if size < 3:
        return xs[part], ys[part]
    start = part.start - part.start % size
    end = start + (min(part.stop, len(xs)) - start) // size * size
    grid = ys[start:end].reshape(-1, size)
    rows = np.arange(len(grid)) * size + start
    chosen = np.stack([rows + grid.argmin(1), rows + grid.argmax(1)], 1)
    chosen.sort(1)
    last = np.arange(len(xs) - 1 if part.stop >= len(xs) > end else len(xs), len(xs))
    numbers = np.concatenate([chosen.ravel(), last])
    return xs[numbers], ys[numbers]


def to_mark(xs: np.ndarray, ys: np.ndarray, codes: np.ndarray, part: slice, pixels: float) -> np.ndarray:
    """Which of the points of ``part`` get a mark on that many pixels: all where they can be told apart, else the
    rejected ones and the warnings, and of those that fall on the same few pixels the highest of each kind."""
    numbers = np.arange(part.start, min(part.stop, len(xs)))
    room = min(MOST, max(pixels, 1.0) / PIXELS_A_MARK)
    if len(numbers) <= room:
        return numbers
    numbers = numbers[(codes[numbers] == WARNING) | (codes[numbers] == REJECTED)]
    if len(numbers) <= room:
        return numbers
    first, last = xs[part.start], xs[numbers[-1]]
    buckets = max(1, int(min(pixels / BUCKET_PIXELS, MOST / 2)))
    bucket = ((xs[numbers] - first) * buckets / max(last - first + 1, 1)).astype(int)
    order = np.lexsort((-ys[numbers], codes[numbers], bucket))
    key = bucket[order] * len(MARKS) + codes[numbers][order]
    highest = np.ones(len(key), bool)
    highest[1:] = key[1:] != key[:-1]
    return np.sort(numbers[order][highest])
