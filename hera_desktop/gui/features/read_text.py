"""A text's features as columns, so that one feature or one token is picked out at once."""

from __future__ import annotations

import numpy as np

from hera_desktop.engine.atlas.records import TextFeatures


class ReadText:
    """``text`` as it was read; ``allowed (d_sae,)`` is false for features that are left out (too dense)."""

    def __init__(self, features: TextFeatures, d_sae: int) -> None:
        self.text = features.text
        self.tokens = features.tokens
        self._d_sae = d_sae
        counts = [len(ids) for ids in features.ids]
        self._token = np.repeat(np.arange(len(counts)), counts)  # (n,) the token each activation belongs to
        self._id = np.array([i for ids in features.ids for i in ids], dtype=np.int64)  # (n,)
        self._value = np.array([v for values in features.values for v in values], dtype=np.float32)  # (n,)

    def column(self, feature: int) -> np.ndarray:
        """One feature's activation at every token, ``(n_tokens,)``."""
        column = np.zeros(len(self.tokens), dtype=np.float32)
        mine = self._id == feature
        column[self._token[mine]] = self._value[mine]
        return column

    def strongest(self, allowed: np.ndarray | None = None) -> np.ndarray:
        """The largest activation at every token, ``(n_tokens,)``."""
        column = np.zeros(len(self.tokens), dtype=np.float32)
        keep = slice(None) if allowed is None else allowed[self._id]
        np.maximum.at(column, self._token[keep], self._value[keep])
        return column

    def activation(self, position: int | None = None) -> np.ndarray:
        """Every feature's activation at a token, or its maximum over the text, ``(d_sae,)``."""
        column = np.zeros(self._d_sae, dtype=np.float32)
        keep = slice(None) if position is None else self._token == position
        np.maximum.at(column, self._id[keep], self._value[keep])
        return column

    def top(self, position: int, count: int, allowed: np.ndarray | None = None) -> list[tuple[int, float]]:
        """The strongest features of a token with their activations, strongest first."""
        mine = self._token == position
        pairs = zip(self._id[mine].tolist(), self._value[mine].tolist(), strict=True)
        kept = [pair for pair in pairs if allowed is None or allowed[pair[0]]]
        return sorted(kept, key=lambda pair: -pair[1])[:count]
