"""Axes of the plots over the steps. All left axes are equally wide, so that the same step stands at the same place."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg

from .scales import RootScale

AXIS_WIDTH = 52
STEPS_HEIGHT = 20
NO_STEPS_HEIGHT = 6


class QuietAxis(pg.AxisItem):
    """An axis without a label of its own, which therefore need not be written anew whenever the range has changed."""

    def updateAutoSIPrefix(self) -> None:
        self.autoSIPrefixScale = 1.0
        self.picture = None
        self.update()


class ValueAxis(QuietAxis):
    """A left axis with the round values of a RootScale."""

    def __init__(self) -> None:
        super().__init__("left")
        self.root = RootScale(0.0, 1.0)
        self._names: dict[float, str] = {}
        self.setWidth(AXIS_WIDTH)

    def show_scale(self, scale: RootScale) -> None:
        if scale != self.root:
            self.root = scale
            self.picture = None  # ticks are made anew for the new scale
            self.update()

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, list[float]]]:
        gap = 15 * (maxVal - minVal) / max(size, 1)
        self._names = dict(self.root.ticks(minVal, maxVal, gap))
        return [(gap, list(self._names))]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        return [self._names.get(value, "") for value in values]


class PlainAxis(QuietAxis):
    """A left axis with values as they are."""

    def __init__(self) -> None:
        super().__init__("left")
        self.setWidth(AXIS_WIDTH)


class ProbeAxis(QuietAxis):
    """A left axis with the numbers of the probes, as many as there is room for."""

    def __init__(self) -> None:
        super().__init__("left")
        self.probes = 0
        self.setWidth(AXIS_WIDTH)

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, list[float]]]:
        room = max(1, int(size // 15))
        every = next((n for n in (1, 2, 5, 10, 20, 50, 100, 200, 500) if self.probes <= n * room), 1000)
        numbers = [float(n) for n in range(1, self.probes + 1) if n == 1 or n % every == 0]
        return [(float(every), numbers)]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        return [f"{value:.0f}" for value in values]


class StepAxis(QuietAxis):
    """A bottom axis with whole steps."""

    def __init__(self) -> None:
        super().__init__("bottom")

    def tickSpacing(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, float]]:
        return [(max(1.0, spacing), offset) for spacing, offset in super().tickSpacing(minVal, maxVal, size)[:1]]
