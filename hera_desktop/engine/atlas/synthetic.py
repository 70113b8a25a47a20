"""An atlas of invented features: as large and as varied as wanted, for measuring how fast one is read and searched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from .page_data import AFTER, BEFORE, BINS, RANGES, Examples, PageData, Ranked
from .records import AtlasInfo
from .writer import Columns, Texts, write_atlas

_WORDS = 30_000
_MARKS = [*".,;:!?()[]{}<>=+-*/%&#@'\"", "\n", " é", " 北京", " 🙂"]
_CONTEXTS = 2_000
_LENGTH = 128
_SIZES = np.array([20, 5, 5, 5, 5])
_PEAKS = np.array([1.0, 0.9, 0.6, 0.4, 0.1])


def write_synthetic_atlas(path: Path, d_sae: int = 131_072, seed: int = 0) -> AtlasInfo:
    """Write an atlas of ``d_sae`` invented features, 40 examples each; the same seed gives the same atlas.

    The text consists of random words, as unevenly frequent as real ones (rank^-0.9), and punctuation marks. Each
    feature has a word of its own on which most of its top contexts peak.
    """
    random = np.random.default_rng(seed)
    words = _words(random)
    info = AtlasInfo(
        sae_name=f"synthetic-{d_sae}",
        sae_fingerprint=f"{seed:064x}",
        model_name="synthetic",
        hook_name="blocks.0.hook_out",
        d_sae=d_sae,
        tokens=_CONTEXTS * (_LENGTH - 1),
        text="random words",
    )
    share = np.arange(1, len(words) + 1) ** -0.9
    contexts = random.choice(len(words), (_CONTEXTS, _LENGTH), p=share / share.sum())  # (contexts, length)
    density = 10 ** random.uniform(-5, -1, d_sae)
    density[random.random(d_sae) < 0.05] = 0  # dead ones
    largest = np.where(density > 0, random.uniform(2, 60, d_sae), 0)
    texts = Texts(contexts, lambda ids: [words[i] for i in ids])
    pages = _pages(random, density, contexts, words)
    write_atlas(path, info, Columns(density, largest * 0.3, largest), texts, pages)
    return info


def _words(random: np.random.Generator) -> list[str]:
    """Words made of one to four syllables, most with a blank before them, marks among the commonest."""
    syllables = [a + b + c for a in "bcdfghklmnprstvw" for b in "aeiou" for c in ("", "l", "n", "r", "s")]
    lengths = random.integers(1, 5, _WORDS)
    picked = random.integers(0, len(syllables), (_WORDS, 4))
    blanks = random.random(_WORDS) < 0.8
    words = [
        (" " if blank else "") + "".join(syllables[i] for i in row[:n])
        for blank, row, n in zip(blanks.tolist(), picked.tolist(), lengths.tolist(), strict=True)
    ]
    for place, mark in zip(random.permutation(200)[: len(_MARKS)].tolist(), _MARKS, strict=True):
        words[place] = mark
    return words


def _pages(
    random: np.random.Generator, density: np.ndarray, contexts: np.ndarray, words: list[str]
) -> Iterator[PageData]:
    """Page after page; the numbers of one are drawn together, as single draws would take most of the time."""
    d_sae = len(density)
    for feature in range(d_sae):
        tokens = random.integers(0, len(words), 20)
        others = random.integers(0, d_sae, 20)
        values = np.sort(random.random(40))[::-1].astype(np.float32)
        dead = density[feature] == 0
        name = "never active" if dead else f"“{words[tokens[0]].strip()} {words[tokens[1]].strip()}”"
        yield PageData(
            name=name,
            histogram=np.zeros(0, np.int64) if dead else (np.arange(BINS, 0, -1) ** 3 * values[0]).astype(np.int64),
            positive=Ranked(tokens[:10], values[:10]),
            negative=Ranked(tokens[10:], -values[:10]),
            neighbours=Ranked(others[:10], values[10:20]),
            coactive=Ranked(others[10:], values[20:30]),
            examples=_examples(random, 0 if dead else 1),
        )


def _examples(random: np.random.Generator, alive: int) -> Examples:
    """Examples at random places, each firing on the peak and two tokens near it."""
    sizes = _SIZES * alive
    n = int(sizes.sum())
    peaks = random.integers(BEFORE, _LENGTH - AFTER, n)
    near = np.sort(random.integers(1, AFTER, (n, 2)), axis=1)
    positions = np.stack([peaks, peaks + near[:, 0], peaks + near[:, 1] + 1], axis=1)  # (n, 3)
    shares = np.repeat(_PEAKS, sizes)[:, None] * np.array([1.0, 0.5, 0.2])
    counts = np.full(n, positions.shape[1])
    return Examples(sizes, random.integers(0, _CONTEXTS, n), peaks, counts, positions.ravel(), shares.ravel())


assert len(_SIZES) == len(RANGES)
