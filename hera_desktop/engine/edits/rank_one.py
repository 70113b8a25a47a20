"""Rank-one edits: the change is felt where the subject is read and nowhere else; what it writes there is learned.

The matrix reads x; the change is ``b (a^T x)`` with ``a = C^-1 k / sqrt(k^T C^-1 k)``, k the mean of what is read at
the subject's last token after a few prefixes (ROME, Meng et al. 2022, arXiv:2202.05262). b is learned by
natural-gradient steps: of all changes that give the target, one that the predictions elsewhere feel little.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor

from ..natural import NaturalSteps
from ..patches import Patch
from .base import EditContext, EditStrategy, register
from .fitting import Fitting, slope

EARLIER_WEIGHT = 100.0
"""How much the mean of what earlier edits respond to counts beside C where it is to be left alone."""
SHORTLIST = 4096
"""SAE directions that are compared, where an SAE has more: those with the steepest slope."""


class _RankOne(EditStrategy):
    """``response``: a, from the keys; ``basis``: what b may be made of, ``(d_out, k)``; None: anything."""

    def response(self, context: EditContext, key: Tensor) -> Tensor:
        return torch.linalg.solve(context.moment, key)

    def basis(self, context: EditContext) -> Tensor | None:
        return None

    def change(self, context: EditContext) -> Patch:
        a = self.response(context, context.keys().mean(0))
        a = a / (a @ context.moment @ a).sqrt()  # (d_in,): a^T C a = 1
        b = learned(context, a, self.basis(context))
        return context.change(b, a[:, None])


def learned(context: EditContext, a: Tensor, basis: Tensor | None) -> Tensor:
    """b, ``(d_out, 1)`` float64: the target is given enough, or the steps are used up. ``a (d_in,)``."""
    device, settings = context.model.device, context.settings
    felt = context.felt if basis is None else basis.T @ context.felt @ basis
    if basis is not None:  # directions may repeat one another
        felt = felt + 1e-6 * felt.diagonal().mean() * torch.eye(len(felt), dtype=felt.dtype)
    made_of = None if basis is None else basis.float().to(device)
    response = a.float().to(device)
    weights = torch.zeros(len(felt), 1, device=device, requires_grad=True)
    steps = NaturalSteps({"b": weights}, {"b": (felt, torch.ones(1, 1, dtype=torch.float64))}, settings.momentum)

    def written(x: Tensor) -> Tensor:
        b = weights if made_of is None else made_of @ weights
        return (x @ response)[..., None] * b[:, 0]

    def step(loss: Tensor, gap: float) -> None:
        weights.grad = None
        loss.backward()
        if weights.grad is not None and bool(weights.grad.any()):
            steps.step(settings.learning_rate, gap=settings.polyak * gap if settings.polyak and gap else math.inf)

    with torch.enable_grad():
        Fitting(context).learn(written, step)
    b = weights.detach().double().cpu()
    return b if basis is None else basis @ b


@register
class RankOne(_RankOne):
    name, title = "rank_one", "Rank one (key of the subject)"


@register
class NullSpace(_RankOne):
    """a in the span of the input directions that stored text uses least, and away from what earlier edits respond to
    (after AlphaEdit, Fang et al. 2024, arXiv:2410.02355)."""

    name, title = "null_space", "Null space (leaves stored keys alone)"

    def response(self, context: EditContext, key: Tensor) -> Tensor:
        moment = context.moment
        least = torch.linalg.eigh(moment).eigenvectors[:, : max(round(context.settings.null_share * len(moment)), 1)]
        inner = least.T @ moment @ least
        if context.earlier.shape[1]:
            read = least.T @ (moment @ context.earlier)  # (k, n)
            inner = inner + EARLIER_WEIGHT * read @ read.T
        return least @ torch.linalg.solve(inner, least.T @ key)


def steepest(context: EditContext, count: int) -> list[int]:
    """The features whose direction lowers the loss most for the divergence that writing along it makes:
    ``(d^T g)^2 / d^T G d``, g the slope at the subject's last token."""
    gradient, _ = slope(context, context.rows[:1])
    g = gradient[context.rows[0].keys[-1]]
    every = context.sae.directions(list(range(context.sae.info.d_sae))).double().cpu()  # (d_model, d_sae)
    along = (g @ every).square()
    candidates = along.topk(min(max(SHORTLIST, count), len(along))).indices
    d = every[:, candidates]
    value = along[candidates] / (d * (context.felt @ d)).sum(0)
    return candidates[value.topk(min(count, len(value))).indices].tolist()


@register
class RankOneSae(_RankOne):
    name, title = "rank_one_sae", "Rank one along SAE features"

    def basis(self, context: EditContext) -> Tensor:
        return context.directions(steepest(context, context.settings.directions))


@register
class RandomSae(_RankOne):
    """The control of ``rank_one_sae``: as many directions of the SAE, drawn by chance."""

    name, title = "random_sae", "Rank one along random SAE features (control)"

    def basis(self, context: EditContext) -> Tensor:
        generator = torch.Generator().manual_seed(context.seed)
        drawn = torch.randperm(context.sae.info.d_sae, generator=generator)[: context.settings.directions]
        return context.directions(drawn.tolist())
