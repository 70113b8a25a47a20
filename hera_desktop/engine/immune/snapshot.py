"""What a state of the model makes of a batch of texts: distributions, surprise, hidden states.

A snapshot is the "before" of one comparison and the "after" of another: an accepted step's measurement is the next
step's baseline, so nothing is measured twice. The residual stream at some blocks' inputs is kept as well, so that the
next candidate is computed from its edited block on.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from weakref import finalize

import torch
from torch import Tensor

from ..model import LanguageModel
from ..one_pass import Pass
from ..tokens import TokenBatch, single
from .sweeps import MAXIMA_OF, SCALE, distribute

HEAD_ROWS = 160
"""Most positions whose logits are made at a time: 30 MB of them over 50,000 tokens, which is memory that is used again,
while the head's matrix is still read seldom."""

EVERY = 10
"""The residual stream is kept at the input of every tenth block, and where candidates began."""


LARGE = 2**25
"""Bytes beyond which a system's allocator hands memory back at once."""


@dataclass(frozen=True, eq=False)
class Snapshot:
    """Per position of the flattened rows (``n = rows * width``, padding included).

    ``kept`` is memory that is used again when the snapshot is gone: hold the snapshot, not the tensor.

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
            kept=self.kept[part].clone(),
            total=self.total[part],
            negentropy=self.negentropy[part],
            entropy=self.entropy[part],
            nll=self.nll[part],
            top=self.top[part],
            hidden=self.hidden[part],
            residuals={layer: hidden[rows] for layer, hidden in self.residuals.items()},
            watched={name: values[rows] for name, values in self.watched.items()},
        )


@dataclass(frozen=True, eq=False)
class PartRead:
    """Texts that were read as far as some block: ``residuals`` and ``watched`` as in a snapshot."""

    batch: TokenBatch
    residuals: dict[int, Tensor]
    watched: Mapping[str, Tensor]

    def in_rows(self, batch: TokenBatch) -> PartRead:
        """With the last row as often as ``batch`` has more rows."""
        more = len(batch.ids) - len(self.batch.ids)
        residuals = {layer: _with_more(hidden, more) for layer, hidden in self.residuals.items()}
        return PartRead(batch, residuals, {name: _with_more(values, more) for name, values in self.watched.items()})


def _with_more(rows: Tensor, more: int) -> Tensor:
    return torch.cat([rows, *[rows[-1:]] * more])


class Room:
    """Where distributions are kept, on a CPU used again when the snapshot they were in is gone: a system hands out new
    memory page by page, which takes as long as computing what is put there."""

    def __init__(self) -> None:
        self._spare: Tensor | None = None

    def take(self, n: int, d_vocab: int, dtype: torch.dtype, device: torch.device) -> Tensor:
        """``(n, d_vocab)``, with whatever stands there."""
        spare, self._spare = self._spare, None
        if spare is not None and (spare.shape, spare.dtype, spare.device) == ((n, d_vocab), dtype, device):
            return spare
        return torch.empty(n, d_vocab, dtype=dtype, device=device)

    def is_of(self, snapshot: Snapshot) -> None:
        """The memory comes back with the last reference to the snapshot; nobody else may hold what is kept there."""
        if snapshot.kept.device.type == "cpu" and snapshot.kept.nbytes > LARGE:
            finalize(snapshot, self._back, snapshot.kept).atexit = False

    def _back(self, kept: Tensor) -> None:
        self._spare = kept


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
        self._room = Room()
        self._last = f"blocks.{model.info.n_layers - 1}.hook_out"
        self._kept = set(range(0, model.info.n_layers, EVERY))

    def full(self, batch: TokenBatch, watch: Iterable[str] = ()) -> Building:
        """A full pass in the model's present state."""
        capture = [*self._inputs(0), self._last, *watch]
        with self._model.multiplying(self._products):
            done = self._model.forward(batch, capture, head=False)
        return self._begin(batch, done, {}, {}, watch)

    def part(self, batch: TokenBatch, watch: Sequence[str]) -> PartRead:
        """A pass as far as the last block of which something is watched."""
        last = self._model.last_block_of(watch)
        end = f"blocks.{last}.hook_out"
        capture = [*(name for name in self._inputs(0) if self._model.block_of(name) <= last), end, *watch]
        with self._model.multiplying(self._products):
            found = self._model.forward(batch, capture, last_block=last, head=False).captured
        residuals = {layer: found[_input(layer)] for layer in self._kept if layer <= last}
        if last + 1 < self._model.info.n_layers:
            residuals[last + 1] = found[end]
        return PartRead(batch, residuals, {name: found[name] for name in watch})

    def rest(self, part: PartRead, first_block: int, watch: Iterable[str] = ()) -> Building:
        """What was read in part, to its end: from where it stopped, or from ``first_block`` where that comes before."""
        return self.resumed(part, min(first_block, max(part.residuals)), dict.fromkeys((*part.watched, *watch)))

    def resumed(self, before: Snapshot | PartRead, first_block: int, watch: Iterable[str] = ()) -> Building:
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
        unread = Unread(batch, normed, HeadIn(self._model, self._products), self._model.info.vocab_size)
        return Building(unread, hidden, {**residuals, **inputs}, watched, self._top_k, self._format, self._room)


def _input(layer: int) -> str:
    return f"blocks.{layer}.hook_in"


@dataclass(frozen=True)
class HeadIn:
    """A model's head, with its products in a format."""

    model: LanguageModel
    products: torch.dtype | None

    def __call__(self, normed: Tensor) -> Tensor:
        with self.model.multiplying(self.products):
            return self.model.head(normed)


@dataclass(frozen=True, eq=False)
class Unread:
    """Texts whose logits are not made yet: ``head`` makes them, ``(positions, d_vocab)``, from ``normed (n, d_model)``,
    the residual stream after the final norm."""

    batch: TokenBatch
    normed: Tensor
    head: Callable[[Tensor], Tensor]
    d_vocab: int


class Building:
    """A snapshot in the making: its distributions are made some positions at a time, so that the logits of all of them
    are never there together."""

    def __init__(
        self,
        unread: Unread,
        hidden: Tensor,
        residuals: dict[int, Tensor],
        watched: Mapping[str, Tensor],
        top_k: int,
        kept: torch.dtype = torch.float16,
        room: Room | None = None,
    ) -> None:
        room = room or Room()
        self.unread = unread
        self._next = unread.batch.ids.flatten().roll(-1)  # (n,); the last of a text is nowhere read
        n, vocab, device = len(self._next), unread.d_vocab, hidden.device
        self._found = Snapshot(
            unread.batch,
            room.take(n, vocab, kept, device),
            *(torch.empty(n, device=device) for _ in range(4)),
            torch.empty(n, min(top_k, vocab), dtype=torch.long, device=device),
            hidden,
            residuals,
            watched,
        )
        room.is_of(self._found)

    def snapshot(self) -> Snapshot:
        """Make the distributions."""
        return finish([self])[0]

    def parts(self) -> list[Part]:
        """The positions, those together whose logits are made together."""
        n = len(self._next)
        at_once = math.ceil(n / math.ceil(n / HEAD_ROWS))
        return [Part(self, slice(first, min(first + at_once, n))) for first in range(0, n, at_once)]

    def finished(self) -> Snapshot:
        """The snapshot, once all its parts are there."""
        self._found.nll.copy_(self._found.nll.roll(1))  # surprise at a token is read off the position before it
        return self._found

    def distribute(self, part: slice, logits: Tensor) -> None:
        """Put the distributions of positions ``part`` into the snapshot."""
        found = self._found
        sums = distribute(logits, found.kept[part])
        found.top[part] = top_tokens(logits, sums.maxima, found.top.shape[1])
        own = logits.gather(1, self._next[part, None]).squeeze(1) - sums.largest
        found.nll[part] = sums.exact.log() - own  # at the next token, until all are there
        found.entropy[part] = sums.exact.log() - sums.exact_logs / sums.exact
        # rounding makes w into r = w(1 + e): sum of r log r = sum of r log w + (r - w), as log(1 + e) = e up to 1e-7
        found.negentropy[part] = (sums.kept_logs + sums.kept - sums.exact) / sums.kept - sums.kept.log()
        found.total[part] = sums.kept


@dataclass(frozen=True)
class Part:
    """Some positions of a snapshot in the making."""

    building: Building
    where: slice

    @property
    def normed(self) -> Tensor:
        return self.building.unread.normed[self.where]

    def __len__(self) -> int:
        return len(self.normed)


@torch.inference_mode()
def finish(buildings: Sequence[Building]) -> list[Snapshot]:
    """Make the distributions of several. The logits of few positions are made with those of the building before where
    the head is the same: reading its matrix is what takes the time."""
    groups = _together([part for building in buildings for part in building.parts()])
    for group in sorted(groups, key=_rows, reverse=True):  # so that all logits find room where the first ones were
        logits = group[0].building.unread.head(torch.cat([part.normed for part in group])).float()
        for part, own in zip(group, logits.split([len(part) for part in group]), strict=True):
            part.building.distribute(part.where, own)
        del logits, own  # before the next are made
    return [building.finished() for building in buildings]


def _together(parts: Sequence[Part]) -> Iterator[list[Part]]:
    group: list[Part] = []
    for part in parts:
        same = not group or part.building.unread.head == group[-1].building.unread.head
        if not same or _rows(group) + len(part) > HEAD_ROWS:
            yield group
            group = []
        group.append(part)
    yield group


def _rows(group: Sequence[Part]) -> int:
    return sum(map(len, group))


def top_tokens(values: Tensor, maxima: Tensor, k: int) -> Tensor:
    """Indices of the k largest entries of each row ``(n, d_vocab)`` -> ``(n, k)``; ``maxima``: the largest of every
    ``MAXIMA_OF`` of them, the last that are fewer left out.

    The k largest lie in the k blocks with the largest maxima, so only those are searched.
    """
    n, vocab = values.shape
    if maxima.shape[1] < 2 * k:
        return values.topk(k, dim=-1).indices
    blocks = maxima.topk(k, dim=-1).indices  # (n, k)
    within = torch.arange(MAXIMA_OF, device=values.device)
    inside = (blocks[:, :, None] * MAXIMA_OF + within).flatten(1)  # (n, k * MAXIMA_OF)
    tail = torch.arange(maxima.shape[1] * MAXIMA_OF, vocab, device=values.device).expand(n, -1)
    candidates = torch.cat([inside, tail], dim=1)
    return candidates.gather(1, values.gather(1, candidates).topk(k, dim=-1).indices)
