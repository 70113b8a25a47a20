"""Small atlases for the tests: written by hand, so that it is known what is in them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from hera_desktop.engine.atlas.page_data import BINS, NO_EXAMPLES, Examples, PageData, Ranked
from hera_desktop.engine.atlas.records import AtlasInfo
from hera_desktop.engine.atlas.writer import Columns, Texts, write_atlas

LENGTH = 40
FINGERPRINT = "ab" * 32


class Vocabulary:
    """Numbers tokens as they come."""

    def __init__(self) -> None:
        self.tokens: list[str] = []

    def ids(self, *tokens: str) -> np.ndarray:
        self.tokens += [token for token in dict.fromkeys(tokens) if token not in self.tokens]
        return np.array([self.tokens.index(token) for token in tokens])

    def spell(self, ids: Sequence[int]) -> list[str]:
        return [self.tokens[i] for i in ids]


def info(d_sae: int, fingerprint: str = FINGERPRINT) -> AtlasInfo:
    return AtlasInfo("tiny-sae", fingerprint, "tiny", "blocks.1.hook_out", d_sae, 1000, "a.txt", "tiny/1-res")


def one_peak(context: int, peak: int, shares: Sequence[float]) -> Examples:
    """One top context, with the activations that begin at the peak."""
    n = len(shares)
    return Examples(
        sizes=np.array([1, 0, 0, 0, 0]),
        contexts=np.array([context]),
        peaks=np.array([peak]),
        counts=np.array([n]),
        positions=np.arange(peak, peak + n),
        shares=np.array(shares),
    )


def page(vocabulary: Vocabulary, name: str, raised: str, lowered: str, examples: Examples | None = None) -> PageData:
    return PageData(
        name=name,
        histogram=np.zeros(0, np.int64) if examples is None else np.arange(BINS),
        positive=Ranked(vocabulary.ids(raised), np.array([1.5])),
        negative=Ranked(vocabulary.ids(lowered), np.array([-2.5])),
        neighbours=Ranked(np.array([1, 0]), np.array([0.5, 0.25])),
        coactive=Ranked(np.array([2]), np.array([1.0])),
        examples=NO_EXAMPLES if examples is None else examples,
    )


Row = tuple[str, str, str, Sequence[str] | None]


def write(path: Path, rows: Sequence[Row], fingerprint: str = FINGERPRINT) -> Path:
    """An atlas with a feature for each row: name, token raised, token lowered, and the text of its one top context
    (None for a feature that never fired), which begins at the peak."""
    vocabulary = Vocabulary()
    texts = [list(text or ()) for *_, text in rows]
    contexts = np.stack([vocabulary.ids(*text, *["."] * (LENGTH - len(text))) for text in texts])
    pages = [
        page(vocabulary, name, raised, lowered, None if text is None else one_peak(i, 0, [1.0]))
        for i, (name, raised, lowered, text) in enumerate(rows)
    ]
    largest = np.array([0.0 if text is None else 8.0 for *_, text in rows])
    columns = Columns(largest / 100, largest / 2, largest)
    write_atlas(path, info(len(rows), fingerprint), columns, Texts(contexts, vocabulary.spell), pages)
    return path
