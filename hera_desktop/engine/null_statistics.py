"""What null edits measured, and the limits that follow from it. Plain numbers; no model and no torch.

The rule (docs/theory.md, section 1.7). n null edits are measured on M measures. Edit i has the rank r_im among the n on
measure m, 1 for the smallest; its score is s_i = max_m r_im. With k = ceil((1 - rate)(n + 1)) and T the k-th smallest
score, every measure's limit is its (T + 1)-th smallest value. Then a further null edit goes over any of the limits with
probability at most ``rate``, whatever the measures' distributions and however they depend on one another: the joint
rate is the chosen one. A Bonferroni correction would promise the same and be far too wide here, because the measures
rise and fall together.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from .errors import InputError
from .immune.probes import LIMIT_KEYS

Key = tuple[str, str]
"""A tag (empty: all probes) and a metric."""

METRIC_OF = dict(zip(LIMIT_KEYS, ("js_divergence", "ppl_ratio", "cosine_drift"), strict=True))
KEY_OF = {metric: key for key, metric in METRIC_OF.items()}
RANGES = {"js_divergence": (0.0, 1.0), "ppl_ratio": (1.0, 1e6), "cosine_drift": (0.0, 2.0)}
"""Neutral value and largest allowed limit of each judged metric (a test compares them with their declarations)."""


@dataclass(frozen=True)
class NullBasis:
    """What null edits were measured with; only those of the same basis belong together.

    ``spectrum``: singular values per site; ``origin`` says in words where the size comes from; ``tags``: those that
    were measured by themselves as well.
    """

    norm: float
    origin: str
    sites: tuple[str, ...]
    spectrum: tuple[tuple[float, ...], ...]
    seed: int
    state_hash: str
    on_base: bool
    probes: str
    tags: tuple[str, ...]

    @property
    def rank(self) -> int:
        return max(len(values) for values in self.spectrum)

    @property
    def keys(self) -> tuple[Key, ...]:
        """All that is measured: each metric over all probes, then by tag."""
        return tuple((tag, metric) for tag in ("", *self.tags) for metric in KEY_OF)


@dataclass(frozen=True)
class NullSamples:
    """One value per null edit of every measure, in the order they were drawn; infinite where it is not finite."""

    basis: NullBasis
    values: Mapping[Key, tuple[float, ...]]

    @classmethod
    def of(cls, basis: NullBasis, rows: Sequence[Mapping[Key, float]]) -> NullSamples:
        return cls(basis, {key: tuple(row[key] for row in rows) for key in basis.keys})

    @property
    def count(self) -> int:
        return len(next(iter(self.values.values())))

    def row(self, number: int) -> dict[Key, float]:
        return {key: values[number] for key, values in self.values.items()}

    def refused(self, limits: Mapping[Key, float]) -> float:
        """Share of the edits that go over any of these limits."""
        over = [any(self.values[key][n] > limit for key, limit in limits.items()) for n in range(self.count)]
        return sum(over) / len(over)

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON; null where a value is not finite."""
        table: dict[str, dict[str, list[float | None]]] = {}
        for (tag, metric), values in self.values.items():
            table.setdefault(tag, {})[metric] = [v if math.isfinite(v) else None for v in values]
        return {**asdict(self.basis), "rank": self.basis.rank, "values": table.pop(""), "tag_values": table}


@dataclass(frozen=True)
class Proposed:
    """The proposed limit of one measure (``tag`` empty: over all probes).

    ``alone``: the limit at the rate if this measure were the only one; ``present``: the one in force, None where there
    is none; ``refused_now``: share of the null edits over the one in force.
    """

    metric: str
    key: str
    tag: str
    limit: float
    alone: float
    present: float | None
    refused_now: float | None

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def check_count(count: int, rate: float) -> None:
    """Raises InputError where so few null edits can never give a limit at this rate."""
    if _place(count, rate) + 1 <= count:
        return
    least = next(n for n in range(count, math.ceil(3 / rate) + 3) if _place(n, rate) + 1 <= n)
    raise InputError(f"{count} null edits are too few for a false-alarm rate of {rate:g}; at least {least} are needed")


def propose_limits(samples: NullSamples, rate: float, present: Mapping[Key, float]) -> tuple[Proposed, ...]:
    """A limit for every measure, so that of all further null edits at most ``rate`` go over any (see above).

    Raises:
        InputError: there are too few null edits for this rate and so many measures, or too many of them are not finite.
    """
    count = samples.count
    check_count(count, rate)
    ordered = {key: sorted(_finite(value) for value in values) for key, values in samples.values.items()}
    place = _joint_place(samples, ordered, rate)
    if place >= count:
        measures = len(samples.values)
        raise InputError(
            f"{count} null edits are too few for a joint false-alarm rate of {rate:g} over {measures} measures; "
            f"{math.ceil((measures + 1) / rate)} are enough"
        )
    return tuple(_proposed(key, values, place, rate, present) for key, values in ordered.items())


def _place(count: int, rate: float) -> int:
    """ceil((1 - rate)(n + 1)), safe against rounding just above a whole number."""
    return math.ceil((1 - rate) * (count + 1) - 1e-9)


def _joint_place(samples: NullSamples, ordered: Mapping[Key, Sequence[float]], rate: float) -> int:
    """T: the k-th smallest of the edits' largest ranks."""
    scores = [
        max(bisect_left(ordered[key], _finite(values[number])) + 1 for key, values in samples.values.items())
        for number in range(samples.count)
    ]
    return sorted(scores)[_place(samples.count, rate) - 1]


def _proposed(key: Key, values: Sequence[float], place: int, rate: float, present: Mapping[Key, float]) -> Proposed:
    tag, metric = key
    limit, alone = values[place], values[_place(len(values), rate) - 1]
    neutral, largest = RANGES[metric]
    if not limit <= largest:
        raise InputError(
            f"too many null edits of this size break the model: {metric} would need the limit {limit:.4g}, and the "
            f"largest allowed is {largest:g}; take a smaller norm"
        )
    now = present.get(key)
    over = None if now is None else sum(value > now for value in values) / len(values)
    bounded = (min(max(round_up(value, neutral), neutral), largest) for value in (limit, alone))
    return Proposed(metric, KEY_OF[metric], tag, *bounded, now, over)


def round_up(value: float, neutral: float = 0.0, digits: int = 4) -> float:
    """The next larger number whose distance from ``neutral`` has so many significant digits: a limit only ever grows
    by rounding."""
    away = value - neutral
    if away <= 0 or not math.isfinite(value):
        return value
    places = digits - 1 - math.floor(math.log10(away))
    rounded = round(neutral + round(away, places), max(places, 0))
    return rounded if rounded >= value else round(rounded + 10.0**-places, max(places, 0))


def _finite(value: float) -> float:
    return value if math.isfinite(value) else math.inf
