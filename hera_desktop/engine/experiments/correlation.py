"""How two figures go together over many steps: Pearson's and Spearman's coefficients with permutation p-values."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from scipy.stats import rankdata
from torch import Tensor

FEWEST_STEPS = 3
_ROUNDING = 1e-9
"""Two coefficients that are nearer to each other than this are equal."""


@dataclass(frozen=True)
class Correlation:
    """``n`` pairs of figures of ``steps`` steps. A coefficient and its p-value are None where a side does not vary, or
    where there are too few steps."""

    n: int
    steps: int
    pearson: float | None
    pearson_p: float | None
    spearman: float | None
    spearman_p: float | None


def correlate(x: Tensor, y: Tensor, permutations: int, seed: int) -> Correlation:
    """The coefficients over all pairs together, of ``x (steps, m)`` and ``y (steps, m)``: ``m`` pairs a step.

    The pairs of one step depend on one another, so the steps are what is permuted: a p-value is the share of
    ``permutations`` of the rows of x (and the order observed) whose coefficient is at least as large, two-sided
    (Phipson and Smyth 2010). It answers whether a step's own x goes with its y better than another step's x.
    """
    order = _orders(len(x), permutations, seed)
    pearson = _coefficient(x.double(), y.double(), order)
    spearman = _coefficient(_ranks(x), _ranks(y), order)
    return Correlation(x.numel(), len(x), *pearson, *spearman)


def _orders(steps: int, permutations: int, seed: int) -> Tensor:
    """Random orders of the steps, ``(permutations, steps)``."""
    generator = torch.Generator().manual_seed(seed)
    return torch.rand(permutations, steps, generator=generator).argsort(1)


def _coefficient(x: Tensor, y: Tensor, orders: Tensor) -> tuple[float | None, float | None]:
    """r and its p-value. With both sides centred and of norm 1, r is the sum of the products; those of any order of the
    steps are entries of one ``(steps, steps)`` matrix."""
    x, y = x - x.mean(), y - y.mean()
    size = x.norm() * y.norm()
    if len(x) < FEWEST_STEPS or not size > 0:
        return None, None
    products = x @ y.T / size  # (steps, steps)
    r = products.trace().item()
    columns = torch.arange(len(x))
    permuted = products[orders, columns].sum(1)  # (permutations,)
    as_large = (permuted.abs() >= abs(r) - _ROUNDING).sum().item()
    return r, (1 + as_large) / (1 + len(orders))


def _ranks(values: Tensor) -> Tensor:
    """Ranks over all entries, equal ones share their mean rank; in the shape of ``values``."""
    return torch.from_numpy(rankdata(values.flatten().numpy())).reshape(values.shape)


def shown(value: float | None, digits: int) -> str:
    """As a table has it."""
    return "-" if value is None else f"{value:.{digits}f}"
