"""How much the present state changes each block: the Frobenius norm of the sum of its active patches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from ..ledger import Ledger


def layer_norms(ledger: Ledger, active: Sequence[str]) -> dict[int, float]:
    """``{block: ||sum of U V^T||_F}`` over the active patches; of several matrices in a block, the root of the sum of
    squares. Summed in float64 (theory.md, Patches)."""
    totals: dict[tuple[int, str], torch.Tensor] = {}
    for patch_id in active:
        for f in ledger.patch(patch_id).factors:
            total = totals.setdefault(f.site, torch.zeros(f.u.shape[0], f.v.shape[0], dtype=torch.float64))
            total.addmm_(f.u.double(), f.v.double().T)  # (d_out, d_in)
    squares: dict[int, float] = {}
    for (layer, _), total in totals.items():
        squares[layer] = squares.get(layer, 0.0) + total.square().sum().item()
    return {layer: squares[layer] ** 0.5 for layer in sorted(squares)}
