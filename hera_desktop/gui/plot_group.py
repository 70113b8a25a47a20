"""Plots that belong together: the same steps in sight, the same step picked, the same one under the cross-hair."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from .plot_data import StepTable
from .plot_steps import FEWEST_STEPS, StepPlot


class PlotGroup(QObject):
    """Signals: ``step_picked(int)``, ``step_hovered(int | None)`` when the user does so in any of the plots."""

    step_picked = Signal(object)
    step_hovered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.table = StepTable()
        self.plots: list[StepPlot] = []
        self._last = 0
        self._whole = True
        self._moving = False

    def add(self, plot: StepPlot) -> None:
        plot.table = self.table
        self.plots.append(plot)
        plot.step_picked.connect(self.step_picked)
        plot.step_hovered.connect(self._on_hovered)
        plot.range_moved.connect(self._on_range)
        plot.all_wanted.connect(self.show_all)

    def pick(self, step: int) -> None:
        for plot in self.plots:
            plot.pick(step)

    def hover(self, step: int | None) -> None:
        """The cross-hair of all the plots."""
        for plot in self.plots:
            plot.hover(step)

    def _on_hovered(self, step: int | None) -> None:
        if any(plot.hovered != step for plot in self.plots):
            self.hover(step)
            self.step_hovered.emit(step)

    # --- the range of steps -----------------------------------------------------------------------------------------

    @property
    def _all(self) -> tuple[float, float]:
        return 0.5, max(self._last, FEWEST_STEPS) + 0.5

    def grow(self, last: int) -> None:
        """There are ``last`` steps now. Who looks at all of them, or at the newest, goes on doing so; who looks at
        older ones is not disturbed."""
        before, self._last = self._all[1], last
        low, high = self._seen()
        self._bound()
        if self._whole or last < before - 0.5:
            self.show_all()
        elif high >= before:
            by = self._all[1] - before
            self._show(low + by, high + by)

    def _bound(self) -> None:
        self._moving = True  # a plot that is told its bounds may move by itself
        try:
            for plot in self.plots:
                plot.bound(self._last)
        finally:
            self._moving = False

    def show_all(self) -> None:
        self._whole = True
        self._show(*self._all)

    def _seen(self) -> tuple[float, float]:
        low, high = self.plots[0].box.viewRange()[0]
        return low, high

    def _show(self, low: float, high: float) -> None:
        self._moving = True
        try:
            for plot in self.plots:
                plot.show_range(low, high)
        finally:
            self._moving = False
        self.settle()

    def settle(self) -> None:
        """To be called after drawing."""
        for plot in self.plots:
            if plot.isVisible():
                plot.settle()

    def _on_range(self, seen: tuple[float, float]) -> None:
        """One plot was moved: the others follow."""
        if not self._moving:
            low, high = self._all
            self._whole = seen[0] <= low and seen[1] >= high
            self._show(*seen)
