"""What a state of the model makes of a batch of texts: distributions, surprise, hidden states.

A snapshot is the "before" of one comparison and the "after" of another: an accepted step's measurement is the next
step's baseline, so nothing is measured twice. The residual stream at some blocks' inputs is kept as well, so that the
next candidate is computed from its edited block on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from ..model import LanguageModel, Pass
from ..tokens import TokenBatch, single

CHUNK = 8
"""Positions handled at a time: 8 distributions over 50,000 tokens, and what is computed from them, stay in a core's own
caches and in memory that is used again; with 2 a comparison takes a third longer, with 16 an eighth."""

LEAST = -75.0
"""Least logit below the largest that is told apart: so no probability is 0, nor so small that processors compute with
it slowly (1e-38 in float32), and what is left out is less than 1e-27 of the distribution."""

EVERY = 5
"""The residual stream is kept at the input of every fifth block, and where candidates began."""


@dataclass(frozen=True, eq=False)
class Snapshot:
    """Per position of the flattened rows (``n = rows * width``, padding included).

    probs ``(n, d_vocab)`` float32; entropy ``(n,)`` in nats; nll ``(n,)``: surprise at the token itself, in nats;
    top ``(n, k)``: the k most probable tokens; hidden ``(n, d_model)``: residual stream after the last block;
    residuals: block number -> its input, ``(rows, width, d_model)``, of the blocks that are kept, to which ``resumed``
    adds; watched: other captured activations by hook name.
    """

    batch: TokenBatch
    probs: Tensor
    entropy: Tensor
    nll: Tensor
    top: Tensor
    hidden: Tensor
    residuals: dict[int, Tensor]
    watched: Mapping[str, Tensor]

    def row(self, number: int) -> Snapshot:
        """The snapshot of one row of an unpacked batch, as if it had been alone."""
        width = self.batch.ids.shape[1]
        part, rows = slice(number * width, (number + 1) * width), slice(number, number + 1)
        return Snapshot(
            batch=single(self.batch.texts[number]).to(self.probs.device),
            probs=self.probs[part],
            entropy=self.entropy[part],
            nll=self.nll[part],
            top=self.top[part],
            hidden=self.hidden[part],
            residuals={layer: hidden[rows] for layer, hidden in self.residuals.items()},
            watched={name: values[rows] for name, values in self.watched.items()},
        )


class SnapshotMaker:
    """Runs the model and makes snapshots; ``top_k`` is how many most probable tokens are kept.

    ``products``: the format in which matrices are multiplied, None for the model's own. The residual stream, norms and
    everything that is measured stay in float32 with bfloat16 products.
    """

    def __init__(self, model: LanguageModel, top_k: int, products: torch.dtype | None = None) -> None:
        self._model = model
        self._top_k = top_k
        self._products = products
        self._last = f"blocks.{model.info.n_layers - 1}.hook_out"
        self._kept = set(range(0, model.info.n_layers, EVERY))

    def full(self, batch: TokenBatch, watch: Iterable[str] = ()) -> Building:
        """A full pass in the model's present state."""
        capture = [*self._inputs(0), self._last, *watch]
        with self._model.multiplying(self._products):
            done = self._model.forward(batch, capture)
        return self._begin(batch, done, {}, {}, watch)

    def resumed(self, before: Snapshot, first_block: int, watch: Iterable[str] = ()) -> Building:
        """The same texts with only the blocks from ``first_block`` on computed anew, or from the last one before it
        whose input is kept; what lies before is taken over."""
        watch = tuple(watch)
        self._kept.add(first_block)
        start = max(layer for layer in before.residuals if layer <= first_block)
        fresh = [n for n in watch if self._model.block_of(n) >= start and n != _input(start)]
        capture = [*self._inputs(start + 1), self._last, *fresh]
        with self._model.multiplying(self._products):
            done = self._model.resume(before.batch, start, before.residuals[start], capture)
        if start < first_block:  # nothing has changed up to there
            before.residuals[first_block] = done.captured[_input(first_block)]
        taken = {layer: hidden for layer, hidden in before.residuals.items() if layer <= start}
        old = {name: before.watched[name] for name in watch if name not in fresh}
        return self._begin(before.batch, done, taken, old, fresh)

    def _inputs(self, first: int) -> list[str]:
        return [_input(layer) for layer in sorted(self._kept) if layer >= first]

    def _begin(
        self,
        batch: TokenBatch,
        done: Pass,
        residuals: Mapping[int, Tensor],
        watched: Mapping[str, Tensor],
        fresh: Iterable[str],
    ) -> Building:
        inputs = {layer: done.captured[_input(layer)] for layer in self._kept if _input(layer) in done.captured}
        watched = {**watched, **{name: done.captured[name] for name in fresh}}
        hidden = done.captured[self._last].flatten(0, 1)
        return Building(batch, done.logits, hidden, {**residuals, **inputs}, watched, self._top_k)


def _input(layer: int) -> str:
    return f"blocks.{layer}.hook_in"


class Building:
    """A snapshot in the making: its distributions are normalised chunk by chunk, in place of the logits, so that a
    comparison can use each chunk while it is in the cache."""

    def __init__(
        self,
        batch: TokenBatch,
        logits: Tensor,
        hidden: Tensor,
        residuals: dict[int, Tensor],
        watched: Mapping[str, Tensor],
        top_k: int,
    ) -> None:
        self.batch = batch
        self._probs = logits.float().flatten(0, 1)  # (n, d_vocab); float32 logits are overwritten
        n = self._probs.shape[0]
        self._next = batch.ids.flatten().roll(-1)  # (n,); the last of a text is left out by the mask of ``tokens``
        self._entropy = torch.empty(n, device=logits.device)
        self._surprise = torch.empty(n, device=logits.device)
        self._top = torch.empty(n, min(top_k, self._probs.shape[1]), dtype=torch.long, device=logits.device)
        self._hidden, self._residuals, self._watched = hidden, residuals, watched

    @torch.inference_mode()
    def chunks(self) -> Iterator[slice]:
        """Normalise the next positions and say which they are."""
        scratch = torch.empty_like(self._probs[:CHUNK])
        for start in range(0, len(self._probs), CHUNK):
            part = slice(start, start + CHUNK)
            logits = self._probs[part]
            self._top[part], largest = top_tokens(logits, self._top.shape[1])
            logits -= largest[:, None]  # the largest is 0 now; the distribution is the same
            own = logits.gather(1, self._next[part, None]).squeeze(1)
            logits.clamp_min_(LEAST)
            weights = torch.exp(logits, out=scratch[: len(logits)])  # (chunk, d_vocab)
            total = weights.sum(-1)  # (chunk,)
            log_total = total.log()
            self._surprise[part] = log_total - own
            self._entropy[part] = log_total - torch.linalg.vecdot(weights, logits) / total
            torch.div(weights, total[:, None], out=logits)
            yield part

    def snapshot(self) -> Snapshot:
        """The snapshot: good for the positions ``chunks`` has named so far, ``nll`` only after all of them."""
        nll = self._surprise.roll(1)  # surprise at a token is read off the position before it
        return Snapshot(
            self.batch, self._probs, self._entropy, nll, self._top, self._hidden, self._residuals, self._watched
        )


def top_tokens(values: Tensor, k: int, block: int = 64) -> tuple[Tensor, Tensor]:
    """Indices of the k largest entries of each row ``(n, d_vocab)`` -> ``(n, k)``, and the largest entry ``(n,)``.

    The k largest lie in the k blocks with the largest maxima, so only those are searched.
    """
    n, vocab = values.shape
    whole = vocab // block * block
    if whole // block < 2 * k:
        best = values.topk(k, dim=-1)
        return best.indices, best.values[:, 0]
    maxima = values[:, :whole].view(n, -1, block).amax(-1)  # (n, blocks)
    blocks = maxima.topk(k, dim=-1).indices  # (n, k)
    inside = (blocks[:, :, None] * block + torch.arange(block, device=values.device)).flatten(1)  # (n, k * block)
    tail = torch.arange(whole, vocab, device=values.device).expand(n, -1)
    candidates = torch.cat([inside, tail], dim=1)
    best = values.gather(1, candidates).topk(k, dim=-1)
    return candidates.gather(1, best.indices), best.values[:, 0]
