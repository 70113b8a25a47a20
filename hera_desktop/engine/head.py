"""A model's head by itself: what follows the final norm, so that logits are made a few positions at a time.

The logits of all tokens of a batch are the largest tensor of a forward pass; where each is read once, there is no need
for all of them to be there together.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor, nn
from transformers import PreTrainedModel

from .one_pass import Ended


class Head:
    """The head of a model of `transformers`, with all that this kind of model does to its logits (scales, caps)."""

    def __init__(self, model: PreTrainedModel) -> None:
        self._model = model

    def __call__(self, normed: Tensor) -> Tensor:
        """``(n, d_model)``, the residual stream after the final norm -> logits ``(n, d_vocab)``."""
        nothing = torch.zeros(1, len(normed), dtype=torch.long, device=normed.device)
        with self._reading(normed):
            return self._model(input_ids=nothing, use_cache=False).logits[0]

    @property
    def reading(self) -> bool:
        """Whether logits are being made: the model's body is called for them, and reads nothing."""
        return "forward" in vars(self._model.base_model)

    @contextmanager
    def _reading(self, normed: Tensor) -> Iterator[None]:
        """Let the body give ``normed`` for the length of a ``with`` block, whatever it is given."""
        body = self._model.base_model
        body.forward = lambda *_, **__: _Given((normed[None],))
        try:
            yield
        finally:
            del body.forward

    @contextmanager
    def left_out(self, found: list[Tensor]) -> Iterator[None]:
        """A pass ends where the head would begin, for the length of a ``with`` block; what the head
        would have read, ``(rows, width, d_model)``, is put into ``found``."""

        def end(_: nn.Module, args: tuple[Tensor, ...]) -> None:
            found.append(args[0])
            raise Ended

        handle = self._model.get_output_embeddings().register_forward_pre_hook(end)
        try:
            yield
        finally:
            handle.remove()


class _Given(tuple):
    """The outcome of a body that has read nothing but what it is to give."""

    @property
    def last_hidden_state(self) -> Tensor:
        return self[0]

    def __getattr__(self, name: str) -> Any:
        return None
