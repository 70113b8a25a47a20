"""Taking times side by side, and how their ratios are told: the median, and the spread it stands for."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Spread:
    """The median of some values, the lowest and the highest."""

    median: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.median:.3g} ({self.low:.3g} to {self.high:.3g})"


def spread(values: Sequence[float]) -> Spread:
    """Raises ValueError where there are none."""
    return Spread(statistics.median(values), min(values), max(values))


def ratios(of: Sequence[float], by: Sequence[float]) -> Spread:
    """The spread of ratios of values that were taken in pairs, so that a change of the machine's speed hits both."""
    return spread([a / b for a, b in zip(of, by, strict=True)])


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
