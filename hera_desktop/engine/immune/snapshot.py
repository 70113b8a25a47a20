"""What a state of the model makes of a batch of texts: distributions, surprise, hidden states.

A snapshot is the "before" of one comparison and the "after" of another: an accepted step's measurement is the next
step's baseline, so nothing is measured twice. The residual stream at some blocks' inputs is kept as well, so that the
next candidate is computed from its edited block on.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from ..model import LanguageModel
from ..one_pass import Pass
from ..tokens import TokenBatch, single

CHUNK = 8
"""Positions handled at a time: 8 distributions over 50,000 tokens, and what is computed from them, stay in a core's own
caches and in memory that is used again; with 2 a comparison takes a third longer, with 16 an eighth."""

HEAD_ROWS = 160
"""Most positions whose logits are made at a time: 30 MB of them over 50,000 tokens, which is memory that is used again,
while the head's matrix is still read seldom."""

SCALE = 2.0**14
"""What the most probable token is kept as, so that half precision holds others to 2^-11 of themselves down to 4e-9 of
it."""

LEAST = 2.0**-24
"""No token is kept as less: half precision has nothing between this and 0. All that are less, over 50,000 tokens, are
2e-7 of the most probable."""

EVERY = 5
"""The residual stream is kept at the input of every fifth block, and where candidates began."""


@dataclass(frozen=True, eq=False)
class Snapshot:
    """Per position of the flattened rows (``n = rows * width``, padding included).

    kept ``(n, d_vocab)``: probabilities times ``SCALE * total``, total ``(n,)``, rounded to the format they are kept
    in; negentropy ``(n,)``: sum of p log p of the rounded ones, in nats, so that rounding makes no difference between
    two that are equal; entropy ``(n,)`` in nats; nll ``(n,)``: surprise at the token itself, in nats; top ``(n, k)``:
    the k most probable tokens; hidden ``(n, d_model)``: residual stream after the last block;
    residuals: block number -> its input, ``(rows, width, d_model)``, of the blocks that are kept, to which ``resumed``
    adds; watched: other captured activations by hook name.
    """

    batch: TokenBatch
    kept: Tensor
    total: Tensor
    negentropy: Tensor
    entropy: Tensor
    nll: Tensor
    top: Tensor
    hidden: Tensor
    residuals: dict[int, Tensor]
    watched: Mapping[str, Tensor]

    def probs(self, positions: int | slice) -> Tensor:
        """The next-token distributions at positions, ``(..., d_vocab)`` float32."""
        return self.kept[positions].float() / (SCALE * self.total[positions][..., None])

    def row(self, number: int) -> Snapshot:
        """The snapshot of one row of an unpacked batch, as if it had been alone."""
        width = self.batch.ids.shape[1]
        part, rows = slice(number * width, (number + 1) * width), slice(number, number + 1)
        return Snapshot(
            batch=single(self.batch.texts[number]).to(self.kept.device),
            kept=self.kept[part],
            total=self.total[part],
            negentropy=self.negentropy[part],
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
    everything that is measured stay in float32 with bfloat16 products. ``kept``: the format of the distributions that
    are kept; in half precision those of many texts take half the memory, and divergences are right to 1e-7 bits.
    """

    def __init__(
        self,
        model: LanguageModel,
        top_k: int,
        products: torch.dtype | None = None,
        kept: torch.dtype = torch.float16,
    ) -> None:
        self._model = model
        self._top_k = top_k
        self._products = products
        self._format = kept
        self._last = f"blocks.{model.info.n_layers - 1}.hook_out"
        self._kept = set(range(0, model.info.n_layers, EVERY))

    def full(self, batch: TokenBatch, watch: Iterable[str] = ()) -> Building:
        """A full pass in the model's present state."""
        capture = [*self._inputs(0), self._last, *watch]
        with self._model.multiplying(self._products):
            done = self._model.forward(batch, capture, head=False)
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
            done = self._model.resume(before.batch, start, before.residuals[start], capture, head=False)
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
        normed = done.normed.flatten(0, 1)  # type: ignore[union-attr]
        unread = Unread(batch, normed, self._logits, self._model.info.vocab_size)
        return Building(unread, hidden, {**residuals, **inputs}, watched, self._top_k, self._format)

    def _logits(self, normed: Tensor) -> Tensor:
        with self._model.multiplying(self._products):
            return self._model.head(normed)


def _input(layer: int) -> str:
    return f"blocks.{layer}.hook_in"


@dataclass(frozen=True, eq=False)
class Unread:
    """Texts whose logits are not made yet: ``head`` makes them, ``(positions, d_vocab)``, from ``normed (n, d_model)``,
    the residual stream after the final norm."""

    batch: TokenBatch
    normed: Tensor
    head: Callable[[Tensor], Tensor]
    d_vocab: int


class Building:
    """A snapshot in the making: its distributions are made chunk by chunk, so that a comparison can use each chunk
    while it is in the cache."""

    def __init__(
        self,
        unread: Unread,
        hidden: Tensor,
        residuals: dict[int, Tensor],
        watched: Mapping[str, Tensor],
        top_k: int,
        kept: torch.dtype = torch.float16,
    ) -> None:
        self._unread = unread
        self._next = unread.batch.ids.flatten().roll(-1)  # (n,); the last of a text is nowhere read
        n, vocab, device = len(self._next), unread.d_vocab, hidden.device
        self._found = Snapshot(
            unread.batch,
            torch.empty(n, vocab, dtype=kept, device=device),
            *(torch.empty(n, device=device) for _ in range(4)),
            torch.empty(n, min(top_k, vocab), dtype=torch.long, device=device),
            hidden,
            residuals,
            watched,
        )

    @torch.inference_mode()
    def chunks(self) -> Iterator[tuple[slice, Tensor]]:
        """Make the distributions of the next positions; which they are, and their probabilities times ``total``,
        ``(chunk, d_vocab)`` float32."""
        found, n = self._found, len(self._next)
        scratch = torch.empty(2, CHUNK, self._unread.d_vocab, device=found.kept.device)
        at_once = math.ceil(n / math.ceil(n / HEAD_ROWS))
        for first in range(0, n, at_once):
            logits = self._unread.head(self._unread.normed[first : first + at_once]).float()  # overwritten below
            for at, some in enumerate(logits.split(CHUNK)):
                start = first + at * CHUNK
                part = slice(start, start + len(some))
                yield part, self._distribute(part, some, *scratch[:, : len(some)])
            del logits, some  # before the next are made
        found.nll.copy_(found.nll.roll(1))  # surprise at a token is read off the position before it

    def _distribute(self, part: slice, logits: Tensor, weights: Tensor, products: Tensor) -> Tensor:
        """Put the distributions of positions ``part`` into the snapshot; the tensors are overwritten, ``weights`` by
        the probabilities times ``total``."""
        found = self._found
        found.top[part], largest = top_tokens(logits, found.top.shape[1])
        logits -= largest[:, None]  # the largest is 0 now; the distribution is the same
        own = logits.gather(1, self._next[part, None]).squeeze(1)
        logits.clamp_min_(math.log(LEAST / SCALE))
        torch.exp(logits, out=weights)  # (chunk, d_vocab)
        exact = weights.sum(-1)  # (chunk,)
        found.nll[part] = exact.log() - own  # at the next token, until all are there
        found.entropy[part] = exact.log() - torch.mul(weights, logits, out=products).sum(-1) / exact
        weights.copy_(found.kept[part].copy_(weights.mul_(SCALE))).div_(SCALE)
        total = weights.sum(-1)
        # rounding makes w into r = w(1 + e): sum of r log r = sum of r log w + (r - w), as log(1 + e) = e up to 1e-7
        logs = torch.mul(weights, logits, out=products).sum(-1) + (total - exact)
        found.negentropy[part] = logs / total - total.log()
        found.total[part] = total
        return weights

    def snapshot(self) -> Snapshot:
        """The snapshot: good for the positions ``chunks`` has named so far, ``nll`` only after all of them."""
        return self._found


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
