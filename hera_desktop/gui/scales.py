"""The plots' value axis: a signed square root around the neutral value, so that a small step and a distant limit are
both legible."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

CLIP = 2.0
"""Values are drawn up to this height (1 is the larger limit), which is four times the limit's distance from neutral."""


@dataclass(frozen=True)
class RootScale:
    """``height(neutral) == 0`` and ``height(top) == 1``."""

    neutral: float
    top: float

    @classmethod
    def of(cls, neutral: float, limits: Mapping[str, tuple[float, float]], values: Sequence[float] = ()) -> RootScale:
        """A scale whose 1 is the larger of the limits; where nothing bounds, the largest value."""
        rooms = [reject - neutral for _, reject in limits.values()]
        room = max([r for r in rooms if r > 0], default=0) or max([v - neutral for v in values], default=0)
        return cls(neutral, neutral + (room if room > 0 else 1.0))

    def height(self, value: float | None) -> float:
        """Where a value is drawn; one that is not finite lies at the upper edge."""
        if value is None or not math.isfinite(value):
            return CLIP
        share = (value - self.neutral) / (self.top - self.neutral)
        return min(CLIP, max(-CLIP, math.copysign(math.sqrt(abs(share)), share)))

    def heights(self, values: np.ndarray) -> np.ndarray:
        """``height`` of many values; NaN and infinities lie at the upper edge."""
        share = (np.asarray(values, dtype=float) - self.neutral) / (self.top - self.neutral)
        drawn = np.clip(np.copysign(np.sqrt(np.abs(share)), share), -CLIP, CLIP)
        return np.where(np.isfinite(share), drawn, CLIP)

    def value(self, height: float) -> float:
        return self.neutral + math.copysign(height * height, height) * (self.top - self.neutral)

    def ticks(self, low: float, high: float, gap: float) -> list[tuple[float, str]]:
        """Round values between two heights, at least ``gap`` apart, the neutral one first."""
        chosen = [(0.0, f"{self.neutral:g}")] if low <= 0 <= high else []
        for value in sorted(self._round_values(low, high), key=lambda v: -abs(v - self.neutral)):
            height = self.height(value)
            if low <= height <= high and all(abs(height - other) >= gap for other, _ in chosen):
                chosen.append((height, f"{value:.6g}" if abs(value) < 1e4 else f"{value:.0e}"))
        return chosen

    def _round_values(self, low: float, high: float) -> list[float]:
        reach = max(abs(self.value(low) - self.neutral), abs(self.value(high) - self.neutral))
        if reach == 0:
            return []
        exponent = math.floor(math.log10(reach))
        steps = [m * 10.0**e for e in range(exponent, exponent - 4, -1) for m in (5, 2, 1)]
        return [self.neutral + sign * step for step in steps for sign in (1, -1)]
