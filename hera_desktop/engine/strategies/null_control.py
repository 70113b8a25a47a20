"""The null control: a random change of the same size, to compare every other strategy with."""

from __future__ import annotations

import torch

from .base import Context, Factors, Strategy, make_factors, register
from .hebbian import hebbian_columns


@register
class Random(Strategy):
    """A random rank-one change with the Frobenius norm that the Hebbian step would have."""

    name, title = "random", "Random (null control)"

    def factors(self, context: Context, layer: int) -> Factors:
        model_u, model_v = hebbian_columns(context, layer)
        size = make_factors(context, layer, model_u, model_v).frobenius
        generator = torch.Generator().manual_seed(context.seed + layer)
        u = torch.randn(model_u.shape[0], 1, generator=generator)
        v = torch.randn(model_v.shape[0], 1, generator=generator)
        return make_factors(context, layer, u * size / (u.norm() * v.norm()), v)
