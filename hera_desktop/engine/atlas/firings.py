"""Where features fired on a text: sparse records of it, and what can be counted from them. Without torch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .page_data import AFTER, BEFORE, BINS, NO_EXAMPLES, PER_RANGE, RANGES, Examples, Ranked

DENSE = 0.1
"""Features that fire on more than this share of tokens fire beside everything; they are nobody's company."""

_SAMPLED = 2000
"""Co-active features are counted on at most this many of a feature's tokens, evenly spaced."""

_PAIRS = 8_000_000


@dataclass(frozen=True, eq=False)
class Firings:
    """Every activation above zero: ``feature``, ``token``, ``value``, each ``(n,)``, in the order of the tokens.

    Tokens are counted without the first ``skip`` positions of each context of ``length`` tokens.
    """

    d_sae: int
    tokens: int
    length: int
    skip: int
    feature: np.ndarray
    token: np.ndarray
    value: np.ndarray

    # --- per feature ------------------------------------------------------------------------------------------------

    @cached_property
    def _by_feature(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Tokens and values feature by feature, and where each feature's begin, ``(d_sae + 1,)``."""
        order = np.argsort(self.feature, kind="stable")
        return self.token[order], self.value[order], _starts(self.feature, self.d_sae)

    def of(self, feature: int) -> tuple[np.ndarray, np.ndarray]:
        """The tokens a feature fires on, ascending, and its activations there."""
        token, value, starts = self._by_feature
        mine = slice(starts[feature], starts[feature + 1])
        return token[mine], value[mine]

    @cached_property
    def density(self) -> np.ndarray:
        """Share of tokens each feature fires on, ``(d_sae,)``."""
        return np.bincount(self.feature, minlength=self.d_sae) / max(1, self.tokens)

    @cached_property
    def mean(self) -> np.ndarray:
        """Mean activation above zero, summed in float64, ``(d_sae,)``; 0 for a feature that never fires."""
        total = np.bincount(self.feature, weights=self.value, minlength=self.d_sae)
        return total / np.maximum(1, self.density * self.tokens)

    @cached_property
    def max(self) -> np.ndarray:
        """Largest activation, ``(d_sae,)``."""
        largest = np.zeros(self.d_sae, np.float32)
        np.maximum.at(largest, self.feature, self.value)
        return largest

    def histogram(self, feature: int) -> np.ndarray:
        """Counts of activations in ``BINS`` equal bins from 0 to the maximum; empty where there are none."""
        _, value = self.of(feature)
        if not len(value):
            return np.zeros(0, np.int64)
        bins = (value.astype(np.float64) / value.max() * BINS).astype(np.int64)
        return np.bincount(np.minimum(bins, BINS - 1), minlength=BINS)

    # --- examples ---------------------------------------------------------------------------------------------------

    def examples(self, feature: int, seed: int) -> Examples:
        """The contexts with the largest activations, and some drawn at random in each range of the maximum."""
        token, value = self.of(feature)
        if not len(token):
            return NO_EXAMPLES
        peaks = self._peaks(token, value)  # one a context
        random = np.random.default_rng([seed, feature])
        chosen = [_chosen(value[peaks], low, high, random) for _, low, high in RANGES[1:]]
        best = peaks[np.argsort(-value[peaks], kind="stable")[:PER_RANGE]]
        groups = [best, *(peaks[found] for found in chosen)]
        return self._cut(token, value, np.concatenate(groups), np.asarray([len(group) for group in groups]))

    def _peaks(self, token: np.ndarray, value: np.ndarray) -> np.ndarray:
        """Which of a feature's activations are the first largest of their context."""
        context = token // (self.length - self.skip)
        order = np.lexsort((token, -value, context))
        _, first = np.unique(context[order], return_index=True)
        return order[first]

    def _cut(self, token: np.ndarray, value: np.ndarray, peaks: np.ndarray, sizes: np.ndarray) -> Examples:
        """The windows around ``peaks`` with the activations that lie in them."""
        kept = self.length - self.skip
        context, place = token[peaks] // kept, token[peaks] % kept
        first = np.searchsorted(token, context * kept + np.maximum(0, place - BEFORE))
        last = np.searchsorted(token, context * kept + np.minimum(kept, place + AFTER + 1))
        inside = _ranges(first, last - first)
        positions = token[inside] % kept + self.skip
        shares = value[inside] / value.max()
        return Examples(sizes, context, place + self.skip, last - first, positions, shares)

    # --- company ----------------------------------------------------------------------------------------------------

    def coactive(self, count: int) -> Iterator[Ranked]:
        """For each feature in turn, those that fire on the largest share of its tokens, ``|A and B| / |A|``.

        Only features with a density up to ``DENSE`` are counted; of equals the rarer one comes first.
        """
        keep = self.density[self.feature] <= DENSE
        partners, starts = self.feature[keep], _starts(self.token[keep], self.tokens)
        mean_company = max(1, len(partners) // max(1, self.tokens))
        block = max(1, min(_PAIRS // (_SAMPLED * mean_company), _PAIRS // self.d_sae))
        for low in range(0, self.d_sae, block):
            shares = self._company(range(low, min(low + block, self.d_sae)), partners, starts)
            shares -= (shares > 0) * self.density * 1e-6
            for row in shares:
                ids = _largest(row, count)
                yield Ranked(ids[row[ids] > 0], row[ids][row[ids] > 0])

    def _company(self, features: range, partners: np.ndarray, starts: np.ndarray) -> np.ndarray:
        """Share of the tokens of each of ``features`` on which each feature fires, ``(features, d_sae)``; 0 for
        itself."""
        mine = [_spread(self.of(feature)[0], _SAMPLED) for feature in features]
        owner = np.repeat(np.arange(len(mine)), [len(tokens) for tokens in mine])
        tokens = np.concatenate(mine)
        counts = starts[tokens + 1] - starts[tokens]
        found = partners[_ranges(starts[tokens], counts)]
        keys = np.repeat(owner, counts) * self.d_sae + found
        together = np.bincount(keys, minlength=len(mine) * self.d_sae).reshape(len(mine), self.d_sae)
        together[np.arange(len(mine)), list(features)] = 0
        return together / np.maximum(1, [len(tokens) for tokens in mine])[:, None]


def _starts(ordered: np.ndarray, size: int) -> np.ndarray:
    """Where each number's entries begin once sorted, ``(size + 1,)``."""
    return np.concatenate([[0], np.cumsum(np.bincount(ordered, minlength=size))])


def _ranges(starts: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """``starts[0] ... starts[0] + counts[0] - 1, starts[1] ...`` in one array."""
    before = np.cumsum(counts) - counts
    return np.arange(int(counts.sum())) + np.repeat(starts - before, counts)


def _chosen(values: np.ndarray, low: float, high: float, random: np.random.Generator) -> np.ndarray:
    """Up to ``PER_RANGE`` of the values in ``(low, high]`` of the largest, at random, largest first."""
    share = values / values.max()
    inside = np.flatnonzero((share > low) & (share <= high))
    if len(inside) > PER_RANGE:
        inside = random.choice(inside, PER_RANGE, replace=False)
    return inside[np.argsort(-values[inside], kind="stable")]


def _spread(values: np.ndarray, count: int) -> np.ndarray:
    """At most ``count`` of them, evenly spaced."""
    return values if len(values) <= count else values[np.linspace(0, len(values) - 1, count).astype(np.int64)]


def _largest(row: np.ndarray, count: int) -> np.ndarray:
    """Indices of the ``count`` largest entries, largest first."""
    count = min(count, len(row))
    ids = np.argpartition(-row, count - 1)[:count]
    return ids[np.lexsort((ids, -row[ids]))]
