"""Power laws ``y = a x^b`` through measured points."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from .outcome import Curve

T_975 = (12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131)
T_975 += (2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042)
"""Student's t at 0.975 for 1, 2, ... 30 degrees of freedom."""
Z_975 = 1.959964


@dataclass(frozen=True)
class PowerLaw:
    """``y = a x^b`` over ``n`` points, their ``r2`` in log space, and the 95 % interval of b (None: two points are
    always on a line)."""

    a: float
    b: float
    interval: tuple[float, float] | None
    r2: float
    n: int

    def at(self, x: float) -> float:
        return self.a * x**self.b

    def row(self, name: str) -> tuple[str, ...]:
        """Cells of a table with ``FIT_COLUMNS``."""
        between = "-" if self.interval is None else f"{self.interval[0]:.2f} to {self.interval[1]:.2f}"
        return (name, str(self.n), f"{self.a:.3g}", f"{self.b:.2f}", between, f"{self.r2:.3f}")


FIT_COLUMNS = ("y = a x^b", "n", "a", "b", "95 % of b", "R²")


def fitted(points: Iterable[tuple[float, float]]) -> PowerLaw | None:
    """Least squares of log y on log x. Points that are not finite and above 0 are left out; None where fewer than two
    different x remain."""
    good = [(x, y) for x, y in points if 0 < x < math.inf and 0 < y < math.inf]
    if len({x for x, _ in good}) < 2:
        return None
    log_x, log_y = np.log(np.array(good)).T  # (n,), (n,)
    dx, dy = log_x - log_x.mean(), log_y - log_y.mean()
    b = float(dx @ dy / (dx @ dx))
    left = float(np.square(dy - b * dx).sum())
    total = float(dy @ dy)
    r2 = 1 - left / total if total > 0 else 1.0
    a = math.exp(log_y.mean() - b * log_x.mean())
    return PowerLaw(a, b, _interval(b, left, float(dx @ dx), len(good)), r2, len(good))


def _interval(b: float, left: float, spread: float, n: int) -> tuple[float, float] | None:
    """b +- t s_b with s_b^2 = (left / (n - 2)) / spread, the textbook interval of a slope."""
    if n < 3:
        return None
    half = _t(n - 2) * math.sqrt(left / (n - 2) / spread)
    return b - half, b + half


def _t(freedom: int) -> float:
    """Student's t at 0.975; above the table the first term of its expansion in 1 / freedom."""
    if freedom <= len(T_975):
        return T_975[freedom - 1]
    return Z_975 + (Z_975**3 + Z_975) / (4 * freedom)


def curves(name: str, points: Iterable[tuple[float, float]]) -> tuple[Curve, ...]:
    """The points and, where there is one, the law through them: a straight line on log axes."""
    found = sorted((x, y) for x, y in points if x > 0 and y > 0)
    if not found:
        return ()
    measured = Curve(name, tuple(x for x, _ in found), tuple(y for _, y in found), line=False)
    law = fitted(found)
    if law is None:
        return (measured,)
    ends = (found[0][0], found[-1][0])
    return (measured, Curve(f"{name}: fit, b = {law.b:.2f}", ends, tuple(law.at(x) for x in ends)))
