"""What a model reads and writes on ordinary text: the second moments of its matrices' inputs, and how much its
predictions feel a change of their outputs. Measured once for a model, and kept on disk."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from .model import LanguageModel, Sampling
from .passes import Passes, Row
from .patches import Site
from .places import statistics_folder
from .progress import Progress, unwatched

WORD_ROWS, WORDS_IN_ROW, WORDS_SHARE = 256, 24, 0.5
"""Rows of drawn tokens, their length, and how much they count beside the texts."""
RIDGE = 0.01
"""Added to the second moment's diagonal, in its mean."""
DAMPING = 0.01
"""Added to the sensitivity's diagonal, in its mean."""

SIDES = ("in", "out")
"""Of a matrix: what it reads and what it writes."""

Moments = Mapping[Site, Tensor]


class TextStatistics:
    """Measures one model in its present state."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        self._passes = Passes(model)

    def drawn(
        self, frames: Sequence[Sequence[int]], rows: int, tokens: int, what: str, progress: Progress = unwatched
    ) -> tuple[Row, ...]:
        """``rows`` texts after every frame, of ``tokens`` tokens, drawn by the model itself: nothing is nearer to what
        it will read."""
        found: list[Row] = []
        for number, frame in enumerate(frames):
            progress(what, number / len(frames))
            length = min(tokens, self._model.info.context - len(frame))
            sampling = replace(Sampling(length, 1.0, 0.98, 0), seed=number * rows)
            drawn = self._model.sample_rows(frame, rows, sampling)
            found += [Row(ids, max(len(frame), 1), held=True) for ids in drawn]
        return tuple(found)

    def words(self, frame: Sequence[int]) -> tuple[Row, ...]:
        """Rows of tokens drawn from the whole vocabulary, after a frame: in the early blocks what a matrix reads is
        mostly the word itself, and no sample of texts has them all."""
        tokenizer = self._model.tokenizer
        special = set(tokenizer.all_special_ids)
        ordinary = [n for n in range(min(len(tokenizer), self._model.info.vocab_size)) if n not in special]
        rng = random.Random(0)
        drawn = (rng.choices(ordinary, k=WORDS_IN_ROW) for _ in range(WORD_ROWS))
        return tuple(Row((*frame, *ids), len(frame) + 1, held=True) for ids in drawn)

    def measure(
        self, sites: Sequence[Site], texts: Sequence[Row], own: Sequence[Row], frame: Sequence[int], progress: Progress
    ) -> dict[Site, tuple[Tensor, Tensor]]:
        """For every matrix the second moment of what it reads on ``texts``, the model's ``own``, drawn words and the
        ``frame`` that texts begin with, ``(d_in, d_in)``, and how much the predictions on ``own`` feel a change of what
        it writes, ``(d_out, d_out)``; float32 on the CPU, both with a ridge so that they can be inverted."""
        progress("measuring what the matrices read", None)
        modules = {site: self._model.writer_at(*site).module for site in sites}
        read, words = self._sums(modules, (*texts, *own)), self._sums(modules, self.words(frame))
        begun = self._frame(modules, frame)
        felt = self._passes.felt_by(modules, own, lambda share: progress("measuring what the predictions feel", share))
        return {
            site: (_ridged(read[site] + WORDS_SHARE * words[site], RIDGE) + begun[site], _ridged(felt[site], DAMPING))
            for site in sites
        }

    def _frame(self, modules: Mapping[Site, nn.Module], ids: Sequence[int]) -> dict[Site, Tensor]:
        """Of the tokens that every text begins with: what is done to them is done to every answer."""
        if not ids:
            return {site: torch.zeros(()) for site in modules}
        found = self._passes.read_by(modules, [Row(tuple(ids), len(ids), held=True)], [range(len(ids))])
        return {site: x.T @ x / len(x) for site, x in found.items()}

    def _sums(self, modules: Mapping[Site, nn.Module], rows: Sequence[Row]) -> dict[Site, Tensor]:
        found = self._passes.read_by(modules, rows, [range(row.start, len(row.ids)) for row in rows])
        return {site: (x.T @ x) / len(x) for site, x in found.items()}

    def kept(
        self, file: str, sites: Sequence[Site], measure: Callable[[], Mapping[Site, tuple[Tensor, Tensor]]]
    ) -> dict[Site, tuple[Tensor, Tensor]]:
        """What ``measure`` gives for these matrices, float64: read from the file, or measured now and kept in it."""
        names = {(site, side): f"{site[0]}.{site[1]}.{side}" for site in sites for side in SIDES}
        found = stored(file)
        if found is None:
            measured = measure()
            found = {names[site, side]: m for site in sites for side, m in zip(SIDES, measured[site], strict=True)}
            store(file, found)
        return {site: (found[names[site, "in"]].double(), found[names[site, "out"]].double()) for site in sites}

    def file(self, kind: str, about: Iterable[object]) -> str:
        """The name of the file for what was measured on this model in this way."""
        digest = hashlib.sha256(f"{self._model.info.fingerprint}|{self._model.info.dtype}|".encode())
        digest.update(repr([WORD_ROWS, WORDS_IN_ROW, WORDS_SHARE, RIDGE, DAMPING, *about]).encode())
        return f"{kind}-{digest.hexdigest()[:24]}.safetensors"


def _ridged(moment: Tensor, share: float) -> Tensor:
    """With ``share`` of its mean diagonal added to the diagonal."""
    return moment + share * moment.diagonal().mean() * torch.eye(len(moment), dtype=moment.dtype)


def stored(name: str) -> dict[str, Tensor] | None:
    """What is kept under this name; None where there is nothing that can be read."""
    file = statistics_folder() / name
    with suppress(OSError, SafetensorError):
        return load_file(file)
    return None


def store(name: str, tensors: Mapping[str, Tensor]) -> None:
    """Keep them for the next time; where the folder cannot be written they are computed again then."""
    folder = statistics_folder()
    with suppress(OSError, SafetensorError):
        folder.mkdir(parents=True, exist_ok=True)
        save_file({key: tensor.contiguous() for key, tensor in tensors.items()}, folder / f".{name}.part")
        (folder / f".{name}.part").replace(folder / name)
