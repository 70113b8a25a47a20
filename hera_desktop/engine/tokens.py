"""Token sequences laid out for one forward pass.

Short texts of different lengths waste work when they are padded to the longest. A ``TokenBatch`` packs several texts
into one row, each with its own positions and a block-diagonal causal mask, so that hardly any position is padding.
Models without attention cannot be packed; for them every row holds one text, padded on the right, which a causal
model never sees.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor

PADDING_SEGMENT = -1
SHARED_SEGMENT = -2


@dataclass(frozen=True, eq=False)
class TokenBatch:
    """Texts as token ids, laid out in rows.

    ``ids``, ``positions``, ``segments`` are ``(rows, width)``; ``segments`` holds the index of the text a token belongs
    to, -1 for padding, or -2 for what all texts of its row begin with. ``packed`` says whether a row holds more than
    one text.
    """

    texts: tuple[tuple[int, ...], ...]
    ids: Tensor
    positions: Tensor
    segments: Tensor
    packed: bool

    @property
    def n_tokens(self) -> int:
        return sum(len(text) for text in self.texts)

    @cached_property
    def flat_index(self) -> Tensor:
        """Where each token stands in the flattened rows, text after text: ``(n_tokens,)``."""
        flat = self.segments.flatten()
        where = torch.nonzero(flat >= 0).squeeze(1)
        return where[torch.argsort(flat[where], stable=True)]  # (n_tokens,)

    @cached_property
    def text_index(self) -> Tensor:
        """The text each token of ``flat_index`` belongs to: ``(n_tokens,)``."""
        return self.segments.flatten()[self.flat_index]

    def gather(self, values: Tensor) -> Tensor:
        """``(rows, width, d)`` -> ``(n_tokens, d)``, the texts one after another, padding left out."""
        return values.reshape(-1, values.shape[-1])[self.flat_index.to(values.device)]

    def mask(self, dtype: torch.dtype) -> Tensor | None:
        """The additive attention mask ``(rows, 1, width, width)``, or None where the plain causal mask will do."""
        if not self.packed:
            return None
        width = self.ids.shape[1]
        read = self.segments[:, None, :]
        same_text = (self.segments[:, :, None] == read) | (read == SHARED_SEGMENT)  # (rows, width, width)
        causal = torch.ones(width, width, dtype=torch.bool, device=self.ids.device).tril()
        lowest = torch.finfo(dtype).min
        mask = torch.zeros(same_text.shape, dtype=dtype, device=self.ids.device)
        return mask.masked_fill(~(same_text & causal), lowest)[:, None]

    def to(self, device: torch.device) -> TokenBatch:
        return TokenBatch(
            self.texts, self.ids.to(device), self.positions.to(device), self.segments.to(device), self.packed
        )


def single(text: Sequence[int]) -> TokenBatch:
    """One text in one row, with the model's own causal mask."""
    return lay_out([text], width=len(text), pack=False)


def lay_out(texts: Sequence[Sequence[int]], width: int, pack: bool) -> TokenBatch:
    """Put texts into rows of about ``width`` tokens (wider where one text is longer).

    With ``pack`` a row takes every text that still fits, longest first, and the rows are no wider than the fewest rows
    need; without, a row holds one text.
    """
    rows = _pack(texts, width) if pack else [[index] for index in range(len(texts))]
    used = max(sum(len(texts[i]) for i in row) for row in rows)
    shape = (len(rows), used)
    ids = torch.zeros(shape, dtype=torch.long)
    positions = torch.zeros(shape, dtype=torch.long)
    segments = torch.full(shape, PADDING_SEGMENT, dtype=torch.long)
    for number, row in enumerate(rows):
        start = 0
        for index in row:
            length = len(texts[index])
            ids[number, start : start + length] = torch.tensor(texts[index], dtype=torch.long)
            positions[number, start : start + length] = torch.arange(length)
            segments[number, start : start + length] = index
            start += length
    frozen = tuple(tuple(int(t) for t in text) for text in texts)
    return TokenBatch(frozen, ids, positions, segments, packed=pack and len(rows) < len(texts))


def lay_out_behind(shared: Sequence[int], texts: Sequence[Sequence[int]]) -> TokenBatch:
    """All texts in one row, one after another, each as what follows ``shared``, which is read once and stands first."""
    count = len(shared)
    ids = [*shared, *(token for text in texts for token in text)]
    positions = [*range(count), *(count + at for text in texts for at in range(len(text)))]
    segments = [*[SHARED_SEGMENT] * count, *(index for index, text in enumerate(texts) for _ in text)]
    row = (torch.tensor([values], dtype=torch.long) for values in (ids, positions, segments))
    return TokenBatch(tuple(tuple(text) for text in texts), *row, packed=True)


def _pack(texts: Sequence[Sequence[int]], width: int) -> list[list[int]]:
    """The narrowest rows among those that are as few as rows of ``width`` would be."""
    width = max([width, *map(len, texts)])
    fewest = len(_first_fit(texts, width))
    narrowest = max(max(map(len, texts)), -(-sum(map(len, texts)) // fewest))
    for narrow in range(narrowest, width):
        rows = _first_fit(texts, narrow)
        if len(rows) == fewest:
            return rows
    return _first_fit(texts, width)


def _first_fit(texts: Sequence[Sequence[int]], width: int) -> list[list[int]]:
    """First-fit decreasing bin packing; deterministic, so the same texts always give the same rows."""
    rows: list[list[int]] = []
    space: list[int] = []
    for index in sorted(range(len(texts)), key=lambda i: (-len(texts[i]), i)):
        length = len(texts[index])
        row = next((r for r, left in enumerate(space) if left >= length), None)
        if row is None:
            rows.append([])
            space.append(width)
            row = len(rows) - 1
        rows[row].append(index)
        space[row] -= length
    return rows
