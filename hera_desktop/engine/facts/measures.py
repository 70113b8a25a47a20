"""How the model fares while it learns: stability, plasticity, forgetting. Plain numbers; no model and no torch.

A measure is None where too little was measured, or where what was measured is not finite; no number stands in for it.
The running measures are those of the document this chat was asked for in; the sums over a matrix of accuracies are
those of continual learning (Lopez-Paz and Ranzato 2017, arXiv:1706.08840; Chaudhry et al. 2018, arXiv:1801.10112).
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Sequence
from typing import NamedTuple

Point = tuple[int, float]
"""A turn and a value."""

Matrix = Sequence[Sequence[float | None]]
"""a[i][j]: accuracy on fact j after lesson i, facts in the order of their lessons; None where it was not asked."""


class Recall(NamedTuple):
    """Shares of right answers about a fact, 0..1: right after its lesson, and when it was asked again last since, on
    the way to the present state; None where it was not asked."""

    taught: float | None
    again: float | None = None

    @property
    def now(self) -> float | None:
        """What is known of it as of now."""
        return self.taught if self.again is None else self.again


# --- of a run of values ---------------------------------------------------------------------------------------------


def mean(values: Sequence[float]) -> float | None:
    """Arithmetic mean; None of nothing."""
    return _finite(sum(values) / len(values)) if values else None


def deviation(values: Sequence[float]) -> float | None:
    """Standard deviation of these values themselves (divided by n, not n - 1); None of fewer than two."""
    centre = mean(values)
    if centre is None or len(values) < 2:
        return None
    return _finite(math.sqrt(sum((value - centre) * (value - centre) for value in values) / len(values)))


def improvement(values: Sequence[float]) -> float | None:
    """(old - new) / old: the mean of the older half of some losses against that of the newer half; the middle one of
    an odd number is in neither. None of fewer than two, or where the older mean is 0."""
    half = len(values) // 2
    old, new = mean(values[:half]), mean(values[len(values) - half :])
    return None if not old or new is None else _finite((old - new) / old)


def slope(points: Sequence[Point]) -> float | None:
    """Slope of the ordinary least-squares line, sum (t - T)(v - V) / sum (t - T)^2 with the means T and V, per turn;
    None where there are not two different turns."""
    turn, value = mean([t for t, _ in points]), mean([v for _, v in points])
    if turn is None or value is None:
        return None
    spread = sum((t - turn) ** 2 for t, _ in points)
    return _finite(sum((t - turn) * (v - value) for t, v in points) / spread) if spread else None


def forgetting_rate(points: Sequence[Point]) -> float | None:
    """(performance at t0 - performance at t1) / (t1 - t0), first and last point: what is lost per turn, below 0 where
    it is gained. None where no turn lies between them."""
    if not points or points[-1][0] <= points[0][0]:
        return None
    (t0, before), (t1, after) = points[0], points[-1]
    return _finite((before - after) / (t1 - t0))


class RunningMeasures:
    """The measures over the last ``window`` values of each kind, and against ``baseline``, the first share of known
    facts of all (None: the first that is added); accuracy and backward transfer are those that were given last, None
    too: they are of all facts already."""

    KINDS = ("loss", "perplexity", "anchor_kl", "known_share")
    OF_ALL = ("accuracy", "backward_transfer")

    def __init__(self, window: int, baseline: float | None = None) -> None:
        if window < 2:
            raise ValueError(f"a window of {window} has no course; it must be at least 2")
        self._series: dict[str, deque[Point]] = {kind: deque(maxlen=window) for kind in self.KINDS}
        self._of_all: dict[str, float | None] = dict.fromkeys(self.OF_ALL)
        self._baseline = baseline

    def add(
        self,
        turn: int,
        *,
        loss: float | None = None,
        perplexity: float | None = None,
        anchor_kl: float | None = None,
        known_share: float | None = None,
        accuracy: float | None = None,
        backward_transfer: float | None = None,
    ) -> None:
        """What was measured at a turn; None where it was not. Loss and KL in nats, shares in 0..1."""
        given = (loss, perplexity, anchor_kl, known_share)
        for kind, value in zip(self.KINDS, given, strict=True):
            if value is not None:
                self._series[kind].append((turn, value))
        self._of_all = dict(zip(self.OF_ALL, (accuracy, backward_transfer), strict=True))
        if self._baseline is None:
            self._baseline = known_share

    def now(self) -> dict[str, float | None]:
        """Stability: ``perplexity``, ``perplexity_drift`` (its standard deviation), ``anchor_kl``. Plasticity:
        ``recent_loss`` (mean), ``improvement``, ``adaptation_speed`` (loss lost per turn: minus the least-squares
        slope). Forgetting: ``known_share``, ``regression`` (it minus the first one: below 0 where facts were lost),
        ``forgetting_rate`` (share lost per turn), ``accuracy`` and ``backward_transfer``."""
        losses, shares = tuple(self._series["loss"]), tuple(self._series["known_share"])
        descent, share = slope(losses), self._last("known_share")
        regressed = None if share is None or self._baseline is None else _finite(share - self._baseline)
        return {
            "perplexity": self._last("perplexity"),
            "perplexity_drift": deviation([value for _, value in self._series["perplexity"]]),
            "anchor_kl": self._last("anchor_kl"),
            "recent_loss": mean([value for _, value in losses]),
            "improvement": improvement([value for _, value in losses]),
            "adaptation_speed": None if descent is None else 0.0 - descent,
            "known_share": share,
            "regression": regressed,
            "forgetting_rate": forgetting_rate(shares),
            **{name: None if value is None else _finite(value) for name, value in self._of_all.items()},
        }

    def _last(self, kind: str) -> float | None:
        series = self._series[kind]
        return _finite(series[-1][1]) if series else None


# --- of facts, as far as they were asked ------------------------------------------------------------------------------


def accuracy_now(recalls: Sequence[Recall]) -> float | None:
    """``average_accuracy`` of facts as of now: the mean over those that were asked at all."""
    return mean([recall.now for recall in recalls if recall.now is not None])


def transfer_now(recalls: Sequence[Recall]) -> float | None:
    """``backward_transfer`` of facts in the order of their last lessons, the last of them left out as there: the mean
    of what each was recalled now less what it was right after its lesson. Only facts that were asked again count: of
    the others it is not known what became of them, and a difference of 0 would say that nothing did."""
    return _mean_difference((recall.again, recall.taught) for recall in recalls[:-1])


# --- of a matrix of accuracies --------------------------------------------------------------------------------------


def average_accuracy(matrix: Matrix) -> float | None:
    """ACC = mean over j of a[T][j], T the last lesson (Lopez-Paz and Ranzato 2017), over the facts that were asked."""
    _check(matrix)
    return mean([value for value in matrix[-1] if value is not None]) if matrix else None


def backward_transfer(matrix: Matrix) -> float | None:
    """BWT = mean over j < T of a[T][j] - a[j][j] (Lopez-Paz and Ranzato 2017): below 0 where later lessons harmed
    earlier facts. Over the facts that were asked at both times."""
    _check(matrix)
    return _mean_difference((matrix[-1][j], matrix[j][j]) for j in range(len(matrix) - 1))


def forgetting(matrix: Matrix) -> float | None:
    """Mean over j < T of max over i < T of a[i][j], minus a[T][j] (Chaudhry et al. 2018): how far each fact fell from
    its best. Over the facts that were asked at the end and before."""
    _check(matrix)
    return _mean_difference((_best(matrix, j), matrix[-1][j]) for j in range(len(matrix) - 1))


def forward_transfer(matrix: Matrix, untrained: Sequence[float | None]) -> float | None:
    """FWT = mean over j > 1 of a[j-1][j] - b[j], b the accuracies before any lesson (Lopez-Paz and Ranzato 2017): above
    0 where earlier lessons helped with facts that were still to come."""
    _check(matrix)
    if len(untrained) != len(matrix):
        raise ValueError(f"{len(untrained)} untrained accuracies for {len(matrix)} facts")
    return _mean_difference((matrix[j - 1][j], untrained[j]) for j in range(1, len(matrix)))


def _best(matrix: Matrix, fact: int) -> float | None:
    asked = [row[fact] for row in matrix[:-1] if row[fact] is not None]
    return max(asked, default=None)


def _mean_difference(pairs: Iterable[tuple[float | None, float | None]]) -> float | None:
    return mean([a - b for a, b in pairs if a is not None and b is not None])


def _check(matrix: Matrix) -> None:
    if any(len(row) != len(matrix) for row in matrix):
        raise ValueError(f"a matrix of {len(matrix)} lessons needs as many facts in every row")


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
