"""Forward passes over many short texts at once that begin alike: what all share is read once.

Losses are read at a few tokens of each text, so only those go through the unembedding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.attention import SDPBackend, sdpa_kernel

from .model import LanguageModel
from .tokens import lay_out_behind

ROWS_AT_ONCE = 16
FELT_AT_ONCE = 8
"""Rows whose gradients are computed together."""
MOST_PAIRS = 2**17
"""Pairs of tokens, of all rows of a pass, whose attention scores may be kept for the way back."""


@dataclass(frozen=True, eq=False)
class Row:
    """A text of a lesson. ``ids`` from its first token on; the loss reads tokens ``start`` and after, each with its
    weight; ``target`` are the places of the object's tokens and of the one after them in ``ids``, ``keys`` those of the
    tokens that the fact is known by. ``held``: it is held to the base and teaches nothing. ``tokens``: the weighted
    tokens as they are shown."""

    ids: tuple[int, ...]
    start: int
    weights: tuple[float, ...] = ()
    target: tuple[int, ...] = ()
    keys: tuple[int, ...] = ()
    held: bool = False
    tokens: tuple[Any, ...] = field(default=(), compare=False)


def surprise(row: Row, log_probs: Tensor) -> Tensor:
    """Of the tokens that are read of a text, in nats, ``(tokens,)``, from what ``Passes.log_probs`` gives for it."""
    ids = torch.tensor(row.ids[row.start :], device=log_probs.device)
    return -log_probs.gather(1, ids[:, None]).squeeze(1)


class Passes:
    """Passes on one model in its present state.

    Args:
        products: the format of the matrix products behind log-probabilities, the unembedding's excepted (None: the
            model's own).
        packs: where gradients are wanted, few texts stand in one row behind what they share, which then is no pass of
            its own; it has a gradient as well.
    """

    def __init__(self, model: LanguageModel, products: torch.dtype | None = None, packs: bool = False) -> None:
        self._model, self._products, self._packs = model, products, packs

    def log_probs(self, rows: Sequence[Row]) -> list[Tensor]:
        """For each text the log-probabilities of its tokens ``start`` and after, each given what stands before it:
        ``(tokens, d_vocab)`` float32. With gradients where they are switched on."""
        with self._model.multiplying(self._products):
            picked = self._in_one_row(rows) if self._fit_one_row(rows) else self._in_rows(rows)
        logits = self._model.head(torch.cat(picked)).float()
        return list(logits.log_softmax(-1).split([len(part) for part in picked]))

    @torch.no_grad()
    def read_by(
        self, modules: Mapping[Any, nn.Module], rows: Sequence[Row], places: Sequence[Sequence[int]]
    ) -> dict[Any, Tensor]:
        """What each module reads at ``places`` of each text, ``(tokens, d_in)`` float32 on the CPU, row after row."""
        found: dict[Any, list[Tensor]] = {key: [] for key in modules}
        for begin in range(0, len(rows), ROWS_AT_ONCE):
            some, at = rows[begin : begin + ROWS_AT_ONCE], places[begin : begin + ROWS_AT_ONCE]
            for key, whole in self._read(modules, some).items():
                shared = max(map(len, (row.ids for row in some))) - whole.shape[1]
                picked = [whole[row, [p - shared for p in at_row if p >= shared]] for row, at_row in enumerate(at)]
                found[key].append(torch.cat(picked).float().cpu())
        return {key: torch.cat(parts) for key, parts in found.items()}

    def felt_by(
        self, modules: Mapping[Any, nn.Module], rows: Sequence[Row], progress: Callable[[float], None]
    ) -> dict[Any, Tensor]:
        """How much the predictions feel a change of what each module writes: the mean over tokens of ``d d^T``,
        ``(d_out, d_out)`` float32 on the CPU, d the gradient of the text's log-probability by the module's output. On
        texts that the model drew itself that is the output's factor of its Fisher information (Martens and Grosse
        2015, arXiv:1503.05671)."""
        sums: dict[Any, Tensor] = {}
        tokens = 0
        for begin in range(0, len(rows), FELT_AT_ONCE):
            progress(begin / len(rows))
            some = rows[begin : begin + FELT_AT_ONCE]
            with nudging(modules) as nudged, torch.enable_grad():
                found = self.log_probs(some)
                losses = torch.cat([surprise(row, logs) for row, logs in zip(some, found, strict=True)])
                slopes = torch.autograd.grad(losses.sum(), list(nudged.values()))
            for key, slope in zip(nudged, slopes, strict=True):
                d = slope.flatten(0, -2).float()
                sums[key] = sums.get(key, 0.0) + (d.T @ d).cpu()
            tokens += len(losses)
        return {key: total / tokens for key, total in sums.items()}

    def _read(self, modules: Mapping[Any, nn.Module], rows: Sequence[Row]) -> dict[Any, Tensor]:
        seen: dict[Any, Tensor] = {}
        given, _ = self._given(rows)
        with ExitStack() as stack:
            for key, module in modules.items():
                handle = module.register_forward_pre_hook(_keep(seen, key, len(modules)))
                stack.callback(handle.remove)
            with suppress(_Enough):
                self._body(**given)
        return seen

    def _in_rows(self, rows: Sequence[Row]) -> list[Tensor]:
        """For each text the residual stream after the final norm, ``(tokens, d_model)``, that its read tokens are
        predicted from; every text has a row."""
        given, shared = self._given(rows)
        with self._attending(len(rows) * max(len(row.ids) for row in rows) ** 2):
            hidden = self._body(**given).last_hidden_state  # (rows, width, d_model), from token ``shared`` on
        places = [slice(row.start - 1 - shared, len(row.ids) - 1 - shared) for row in rows]
        return [row[place] for row, place in zip(hidden, places, strict=True)]

    def _in_one_row(self, rows: Sequence[Row]) -> list[Tensor]:
        """The same with all texts in one row."""
        shared = self.shared(rows)
        batch = lay_out_behind(rows[0].ids[:shared], [row.ids[shared:] for row in rows]).to(self._model.device)
        with self._attending(batch.ids.numel() ** 2):
            read = self._body(
                input_ids=batch.ids,
                attention_mask=batch.mask(self._model.dtype),
                position_ids=batch.positions,
                use_cache=False,
            )
        texts = batch.gather(read.last_hidden_state).split([len(text) for text in batch.texts])
        return [text[row.start - 1 - shared : -1] for row, text in zip(rows, texts, strict=True)]

    def _fit_one_row(self, rows: Sequence[Row]) -> bool:
        """Whether that is quicker: every token's scores with all others are computed."""
        if not (self._packs and torch.is_grad_enabled() and len(rows) > 1):
            return False
        shared, lengths = self.shared(rows), [len(row.ids) for row in rows]
        tokens = shared + sum(length - shared for length in lengths)
        return tokens**2 <= MOST_PAIRS and self._model.can_pack(max(lengths))

    def _attending(self, pairs: int) -> AbstractContextManager[None]:
        """On a CPU the way back through fused attention takes twice as long in bfloat16 as through plain products,
        which keep the score of every pair of tokens: those are taken where gradients are wanted and there are few."""
        slow = torch.is_grad_enabled() and self._products is not None and self._model.device.type == "cpu"
        return sdpa_kernel(SDPBackend.MATH) if slow and pairs <= MOST_PAIRS else nullcontext()

    def _given(self, rows: Sequence[Row]) -> tuple[dict[str, Any], int]:
        """What the model is given, with the keys and values of the first ``shared`` tokens, which all texts have."""
        shared = self.shared(rows)
        texts = [row.ids[shared:] for row in rows]
        width, device = max(map(len, texts)), self._model.device
        ids = torch.tensor([[*text, *[0] * (width - len(text))] for text in texts], device=device)
        mask = torch.tensor([[1] * (shared + len(t)) + [0] * (width - len(t)) for t in texts], device=device)
        given: dict[str, Any] = {"input_ids": ids, "attention_mask": mask, "use_cache": False}
        if shared:
            with torch.no_grad():
                first = torch.tensor([rows[0].ids[:shared]], device=device)
                cache = self._body(input_ids=first, use_cache=True).past_key_values
            cache.batch_repeat_interleave(len(rows))
            given |= {"past_key_values": cache, "use_cache": True}
        return given, shared

    @property
    def _body(self) -> nn.Module:
        return self._model.hf.base_model

    def shared(self, rows: Sequence[Row]) -> int:
        """How many tokens all texts begin with. At least one that is read is left to each, and every key, because what
        is shared mostly has no gradient."""
        if len(rows) < 2 or not self._model.attends:
            return 0
        most = min(min((row.start - 1, len(row.ids) - 1, *row.keys)) for row in rows)
        first = rows[0].ids
        return next((n for n in range(most) if any(row.ids[n] != first[n] for row in rows)), max(most, 0))

    @torch.inference_mode()
    def answers(
        self, prompts: Sequence[Sequence[int]], tokens: int, cancelled: Callable[[], bool] = lambda: False
    ) -> list[tuple[int, ...]]:
        """Free greedy continuations of at most ``tokens`` tokens, without what ends them; prompts of like length are
        read together."""
        order = sorted(range(len(prompts)), key=lambda at: len(prompts[at]))
        found: dict[int, tuple[int, ...]] = {}
        for begin in range(0, len(order), ROWS_AT_ONCE):
            if cancelled():
                break
            some = order[begin : begin + ROWS_AT_ONCE]
            found |= dict(zip(some, self._continued([prompts[at] for at in some], tokens), strict=True))
        return [found.get(at, ()) for at in range(len(prompts))]

    def _continued(self, prompts: Sequence[Sequence[int]], tokens: int) -> list[tuple[int, ...]]:
        tokenizer, ends = self._model.tokenizer, self._model.ends
        pad = tokenizer.pad_token_id if tokenizer.pad_token_id is not None else tokenizer.eos_token_id
        width = max(map(len, prompts))
        ids = torch.tensor([[pad] * (width - len(p)) + list(p) for p in prompts], device=self._model.device)
        mask = torch.tensor([[0] * (width - len(p)) + [1] * len(p) for p in prompts], device=self._model.device)
        made = self._model.hf.generate(
            ids, attention_mask=mask, max_new_tokens=tokens, do_sample=False, pad_token_id=pad
        )
        rows = [tuple(row) for row in made[:, width:].tolist()]
        return [tuple(takewhile(lambda token: token not in ends, row)) for row in rows]


@contextmanager
def nudging(modules: Mapping[Any, nn.Module]) -> Iterator[dict[Any, Tensor]]:
    """Zeros with gradients are added to what modules write, for the length of a ``with`` block; those of the last pass,
    by key."""
    nudged: dict[Any, Tensor] = {}
    with ExitStack() as stack:
        for key, module in modules.items():
            stack.callback(module.register_forward_hook(_nudge(nudged, key)).remove)
        yield nudged


def _nudge(nudged: dict[Any, Tensor], key: Any) -> Callable[[nn.Module, tuple[Any, ...], Tensor], Tensor]:
    def hook(_: nn.Module, args: tuple[Any, ...], written: Tensor) -> Tensor:
        nudged[key] = torch.zeros_like(written, requires_grad=True)
        return written + nudged[key]

    return hook


class _Enough(Exception):
    """Ends a pass of which the rest is not needed."""


def _keep(seen: dict[Any, Tensor], key: Any, wanted: int) -> Callable[[nn.Module, tuple[Any, ...]], None]:
    def hook(_: nn.Module, args: tuple[Any, ...]) -> None:
        seen[key] = args[0].detach()
        if len(seen) == wanted:
            raise _Enough

    return hook
