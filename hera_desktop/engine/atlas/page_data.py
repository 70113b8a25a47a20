"""One feature's page as arrays, and the bytes it is kept as."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

BEFORE = 20
AFTER = 10
"""An example shows this many tokens before and after the one on which the feature fires most."""

RANGES: tuple[tuple[str, float, float], ...] = (
    ("Top", 0.0, 1.0),
    ("75–100 %", 0.75, 1.0),
    ("50–75 %", 0.50, 0.75),
    ("25–50 %", 0.25, 0.50),
    ("0–25 %", 0.0, 0.25),
)
"""The tabs of examples: label, and the shares of the feature's maximum between which their peaks lie."""

BINS = 24
PER_RANGE = 20
_HEAD = 4 + 1 + len(RANGES)


@dataclass(frozen=True, eq=False)
class Ranked:
    """Token ids or feature ids ``(n,)``, best first, and their values ``(n,)``."""

    ids: np.ndarray
    values: np.ndarray


@dataclass(frozen=True, eq=False)
class Examples:
    """Examples of all ranges, one range after another.

    ``sizes (ranges,)`` is how many a range has. Example ``i`` lies in ``contexts[i]`` around position ``peaks[i]``;
    it has ``counts[i]`` activations above zero, whose ``positions`` in the context and ``shares`` of the feature's
    maximum follow one another, example by example.
    """

    sizes: np.ndarray
    contexts: np.ndarray
    peaks: np.ndarray
    counts: np.ndarray
    positions: np.ndarray
    shares: np.ndarray


@dataclass(frozen=True, eq=False)
class PageData:
    """What is kept of one feature; ``histogram (BINS,)`` counts activations in equal bins from 0 to the maximum, and
    has no entries where the feature never fired."""

    name: str
    histogram: np.ndarray
    positive: Ranked
    negative: Ranked
    neighbours: Ranked
    coactive: Ranked
    examples: Examples


NO_EXAMPLES = Examples(np.zeros(len(RANGES), np.int64), *(np.zeros(0, np.int64) for _ in range(5)))


def pack(page: PageData) -> bytes:
    """The page without its name as compressed bytes."""
    e = page.examples
    ranked = (page.positive, page.negative, page.neighbours, page.coactive)
    head = [*(len(r.ids) for r in ranked), len(page.histogram), *e.sizes]
    parts = [np.asarray(head, "<u2").tobytes()]
    for found, kind in zip(ranked, ("<f4", "<f4", "<f2", "<f2"), strict=True):
        parts += [_by_byte(found.ids, "<u4"), _by_byte(found.values, kind)]
    offsets = e.positions - np.repeat(e.peaks, e.counts) + BEFORE
    parts += [_by_byte(page.histogram, "<u4"), _by_byte(e.contexts, "<u4"), _by_byte(e.peaks, "<u2")]
    parts += [_by_byte(e.counts, "u1"), _by_byte(offsets, "u1"), _by_byte(e.shares, "<f2")]
    return zlib.compress(b"".join(parts))


def unpack(data: bytes, name: str) -> PageData:
    """The inverse of ``pack``; raises ValueError or zlib.error where the bytes are damaged."""
    reader = _Reader(zlib.decompress(data))
    head = reader.head
    ranked = [reader.ranked(n, kind) for n, kind in zip(head, ("<f4", "<f4", "<f2", "<f2"), strict=False)]
    histogram, sizes = reader.take(head[4], "<u4"), np.asarray(head[5:])
    n = int(sizes.sum())
    contexts, peaks, counts = reader.take(n, "<u4"), reader.take(n, "<u2"), reader.take(n, "u1").astype(np.int64)
    total = int(counts.sum())
    positions = reader.take(total, "u1").astype(np.int64) - BEFORE + np.repeat(peaks.astype(np.int64), counts)
    shares = reader.take(total, "<f2").astype(np.float64)
    return PageData(name, histogram, *ranked, Examples(sizes, contexts, peaks, counts, positions, shares))


def unpack_positive(data: bytes) -> Ranked:
    """Only the tokens the feature raises."""
    reader = _Reader(zlib.decompress(data))
    return reader.ranked(reader.head[0], "<f4")


def window(peak: int, length: int) -> tuple[int, int]:
    """First and last + 1 position an example shows, of a context of ``length`` tokens."""
    return max(0, peak - BEFORE), min(length, peak + AFTER + 1)


def slices(counts: np.ndarray) -> list[slice]:
    """Where each of several runs of these lengths lies, one after another."""
    ends = [0, *np.cumsum(counts).tolist()]
    return [slice(start, end) for start, end in pairwise(ends)]


def _by_byte(values: np.ndarray, kind: str) -> bytes:
    """First bytes of all values, then the second ones, and so on: they compress better so."""
    width = np.dtype(kind).itemsize
    return np.ascontiguousarray(values.astype(kind)).view("u1").reshape(-1, width).T.tobytes()


class _Reader:
    """Takes arrays off the front of a page's bytes."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.head = np.frombuffer(data, "<u2", _HEAD).tolist()
        self._at = 2 * _HEAD

    def take(self, count: int, kind: str) -> np.ndarray:
        width = np.dtype(kind).itemsize
        raw = np.frombuffer(self._data, "u1", count * width, self._at) if count else np.zeros(0, "u1")
        self._at += count * width
        return np.ascontiguousarray(raw.reshape(width, -1).T).view(kind).reshape(-1)

    def ranked(self, count: int, kind: str) -> Ranked:
        return Ranked(self.take(count, "<u4"), self.take(count, kind))
