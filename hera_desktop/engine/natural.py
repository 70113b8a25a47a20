"""Natural-gradient steps of a low-rank change: the way that lowers a loss most for the divergence it makes elsewhere.

With G how much predictions feel a change of a matrix' output and S the second moment of what the changed factor reads,
a change D makes a divergence of about ``tr(D^T G D S) / 2`` nats a token of ordinary text (Fisher information with
Kronecker factors: Martens and Grosse 2015, arXiv:1503.05671). The step goes along ``n = G^-1 g S^-1`` (Amari 1998,
Neural Computation 10, 251-276).
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import torch
from torch import Tensor

Metric = Mapping[str, tuple[Tensor, Tensor]]
"""For a tensor's key G and S, ``(d_out, d_out)`` and ``(rank, rank)``."""


class NaturalSteps:
    """Steps of tensors ``(d_out, rank)`` by their gradients, with momentum.

    With ``|n|^2 = tr(g^T n)``, a step is ``rate`` along ``n / |n|``: it makes a divergence of about ``rate^2 / 2`` nats
    a token. ``momentum``: the mean of the directions so far, by key; it may be read and set.
    """

    def __init__(self, named: Mapping[str, Tensor], metric: Metric, share: float) -> None:
        self._named, self._share = named, share
        self._factors = {key: _inverse(named[key], *metric[key]) for key in named if key in metric}
        self.momentum: dict[str, Tensor] = {}

    @torch.no_grad()
    def step(self, rate: float, decay: float = 0.0, gap: float = math.inf) -> float:
        """One step, from the tensors' ``grad``, which is not 0 everywhere; how long it was.

        Args:
            decay: share of the length by which the tensors shrink before it.
            gap: by how much the loss is to fall; a step is no longer than its slope says is needed for that (Polyak
                1987, Introduction to Optimization).
        """
        slopes = {key: p.grad if p.grad is not None else torch.zeros_like(p) for key, p in self._named.items()}
        natural = {key: self._raised(key, slope) for key, slope in slopes.items()}
        length = torch.stack([(slopes[key] * n).sum() for key, n in natural.items()]).sum().sqrt()
        rate = min(rate, gap / length.item())
        for key, tensor in self._named.items():
            now = natural[key] / length
            self.momentum[key] = self._share * self.momentum.get(key, now) + (1 - self._share) * now
            tensor.mul_(1 - rate * decay).sub_(rate * self.momentum[key])
        return rate

    def _raised(self, key: str, slope: Tensor) -> Tensor:
        lower, right = self._factors[key]
        return torch.cholesky_solve(slope, lower) @ right


def _inverse(tensor: Tensor, g: Tensor, s: Tensor) -> tuple[Tensor, Tensor]:
    """The lower triangle of G, and S^-1, where the tensor is."""
    return torch.linalg.cholesky(g).to(tensor), torch.linalg.inv(s).to(tensor)
