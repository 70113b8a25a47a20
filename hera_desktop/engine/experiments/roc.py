"""How well one number tells two classes apart. Plain numbers; no model and no torch."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence


def auc(negatives: Sequence[float], positives: Sequence[float]) -> float | None:
    """The probability that a positive has a greater score than a negative, a tie counting half: the area under the ROC
    curve (Hanley and McNeil 1982; the Mann-Whitney statistic over the number of pairs). Scores may be infinite. None
    where a class is empty."""
    if not negatives or not positives:
        return None
    ordered = sorted(negatives)
    above = sum(bisect_left(ordered, score) + bisect_right(ordered, score) for score in positives)
    return above / (2 * len(ordered) * len(positives))


def roc(negatives: Sequence[float], positives: Sequence[float]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The shares of negatives and of positives over a threshold, one point a threshold, from (0, 0) to (1, 1)."""
    x, y = [0.0], [0.0]
    for threshold in sorted({*negatives, *positives}, reverse=True):
        x.append(share_from(negatives, threshold))
        y.append(share_from(positives, threshold))
    return tuple(x), tuple(y)


def share_from(scores: Sequence[float], threshold: float) -> float:
    """The share of scores that are at least the threshold; 0 of none."""
    return sum(score >= threshold for score in scores) / len(scores) if scores else 0.0
