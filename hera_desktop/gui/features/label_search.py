"""Prefix search over the names and notes the user gave: every word of the query begins some word of the label."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from hera_desktop.engine.atlas.records import Label

SPACE = 32


class LabelSearch:
    """An index over labels. With 131,072 of them a query takes a few milliseconds: whole arrays are compared."""

    def __init__(self, labels: Iterable[Label]) -> None:
        named = [label for label in labels if label.name or label.note]
        texts = [f" {label.name} {label.note}".casefold().encode() for label in named]
        self._bytes = np.frombuffer(b"".join(texts) + b" ", dtype=np.uint8)  # (n_bytes,)
        ends = np.cumsum([len(text) for text in texts], dtype=np.int64)
        blanks = self._bytes == SPACE
        self._starts = np.flatnonzero(blanks[:-1] & ~blanks[1:]) + 1  # (n_words,) where each word begins
        self._owners = np.searchsorted(ends, self._starts, side="right")  # (n_words,) the label it belongs to
        self._features = np.array([label.feature for label in named], dtype=np.int64)

    def search(self, query: str) -> np.ndarray:
        """Sorted ids of the features whose label has, for every word of ``query``, a word that begins with it."""
        words = query.casefold().encode(errors="replace").split()
        found = np.ones(len(self._features), dtype=bool)
        for word in words:
            mine = np.zeros_like(found)
            mine[self._owners[self._begins(word)]] = True
            found &= mine
        return np.unique(self._features[found])

    def _begins(self, word: bytes) -> np.ndarray:
        """Which words begin with ``word``, as positions in the list of words."""
        left = np.flatnonzero(self._starts + len(word) < len(self._bytes))
        for offset, letter in enumerate(word):
            left = left[self._bytes[self._starts[left] + offset] == letter]
        return left
