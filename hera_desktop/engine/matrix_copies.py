"""Copies of a model's frozen matrices in the format in which they are multiplied.

Where products are computed in another format than the weights', autocast converts every weight in every pass, since it
keeps only what learns; on a processor that takes as long as a quarter of the products themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import nn
from transformers.pytorch_utils import Conv1D

from .processor import multiplying

COPIED = (nn.Linear, Conv1D)


class MatrixCopies:
    """The copies of one model, made where they are first used; the model's own matrices stay as they are."""

    def __init__(self, model: nn.Module) -> None:
        self._model = model
        self._holders: list[Any] | None = None
        self._copies: dict[tuple[int, torch.dtype], nn.Parameter] = {}

    @contextmanager
    def multiplying(self, products: torch.dtype | None, device: torch.device) -> Iterator[None]:
        """Matrices are multiplied in ``products`` (None: in the model's format) for the length of a ``with`` block; the
        result is that without copies. There are none on a GPU, which converts fast and has less memory."""
        used = [] if products is None or device.type != "cpu" else self._in_use()
        with multiplying(products, device):
            own = [(matrix, matrix.weight) for matrix in used]
            try:
                for matrix, weight in own:
                    matrix._parameters["weight"] = self._copy(weight, products)
                yield
            finally:
                for matrix, weight in own:
                    matrix._parameters["weight"] = weight

    def _in_use(self) -> list[nn.Module]:
        """The wrapped matrices; one that an adapter is around at present is left out, since that reads the weight as
        well (DoRA its rows' lengths)."""
        if self._holders is None:
            holds = [(module, module._modules.get("_original_component")) for module in self._model.modules()]
            self._holders = [module for module, held in holds if type(held) in COPIED]
        held = [holder._modules["_original_component"] for holder in self._holders]
        return [matrix for matrix in held if type(matrix) in COPIED]

    def _copy(self, weight: nn.Parameter, products: torch.dtype) -> nn.Parameter:
        if weight.dtype == products or weight.requires_grad:
            return weight
        key = (id(weight), products)
        if key not in self._copies:
            self._copies[key] = nn.Parameter(weight.detach().to(products), requires_grad=False)
        return self._copies[key]
