"""Rank-one edits: the change is felt where the subject is read and nowhere else; what it writes there is learned.

The matrix reads x; the change is ``b (a^T x)`` with ``a = C^-1 k / sqrt(k^T C^-1 k)``, k the mean of what is read at
the subject's last token after a few prefixes (ROME, Meng et al. 2022, arXiv:2202.05262). b is learned by
natural-gradient steps: of all changes that give the target, one that the predictions elsewhere feel little.
"""

from __future__ import annotations

import math
from abc import abstractmethod

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
    """``response``: a, ``(d_in,)``, from the keys; ``value``: b, ``(d_out, 1)``, for an a with ``a^T C a = 1``."""

    def response(self, context: EditContext, key: Tensor) -> Tensor:
        return torch.linalg.solve(context.moment, key)

    def value(self, context: EditContext, a: Tensor) -> Tensor:
        return learned(context, a)

    def change(self, context: EditContext) -> Patch:
        a = self.response(context, context.keys().mean(0))
        a = a / (a @ context.moment @ a).sqrt()
        return context.change(self.value(context, a), a[:, None])


def learned(context: EditContext, a: Tensor, basis: Tensor | None = None, start: Tensor | None = None) -> Tensor:
    """b, ``(d_out, 1)`` float64: the target is given enough, or the steps are used up.

    ``a (d_in,)``; ``basis (d_out, k)``: what b may be made of, None: anything; ``start (k,)``: where it begins, instead
    of at 0.
    """
    device, settings = context.model.device, context.settings
    felt = context.felt if basis is None else basis.T @ context.felt @ basis
    if basis is not None:  # directions may repeat one another
        felt = felt + 1e-6 * felt.diagonal().mean() * torch.eye(len(felt), dtype=felt.dtype)
    made_of = None if basis is None else basis.float().to(device)
    response = a.float().to(device)
    begin = torch.zeros(len(felt)) if start is None else start.float()
    weights = begin[:, None].to(device).requires_grad_()
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
    b = weights.detach().cpu().double()
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
    every = context.directions(range(context.sae.info.d_sae))  # (d_model, d_sae)
    along = (g @ every).square()
    candidates = along.topk(min(max(SHORTLIST, count), len(along))).indices
    d = every[:, candidates]
    value = along[candidates] / (d * (context.felt @ d)).sum(0)
    return candidates[value.topk(min(count, len(value))).indices].tolist()


def pursued(context: EditContext, value: Tensor, count: int) -> list[int]:
    """The features whose directions together come near to a value.

    Orthogonal matching pursuit (Pati, Rezaiifar and Krishnaprasad 1993, Asilomar): one after the other the direction
    that explains most of what is left, by how much the predictions feel it. ``value (d_out, 1)``.
    """
    upper = _felt_length(context)
    atoms = upper @ context.directions(range(context.sae.info.d_sae))  # (d_model, d_sae)
    atoms = atoms / atoms.norm(dim=0).clamp_min(torch.finfo(atoms.dtype).tiny)
    left, known = (upper @ value)[:, 0], atoms.new_empty(len(atoms), 0)
    chosen: list[int] = []
    for _ in range(min(count, *atoms.shape)):
        score = (left @ atoms).abs()
        score[chosen] = -1.0
        chosen.append(int(score.argmax()))
        atom = atoms[:, chosen[-1]]
        atom = atom - known @ (known.T @ atom)
        if atom.norm() < 1e-6:  # it repeats what is chosen already
            chosen.pop()
            break
        known = torch.cat([known, (atom / atom.norm())[:, None]], dim=1)
        left = left - known[:, -1] * (known[:, -1] @ left)
    return chosen


def _felt_length(context: EditContext) -> Tensor:
    """The upper triangle U of G: ``|U v|^2 = v^T G v``."""
    return torch.linalg.cholesky(context.felt).T


class _AlongFeatures(_RankOne):
    """b is learned freely, then made of ``features`` as nearly as that can be, and learned on within them."""

    @abstractmethod
    def features(self, context: EditContext, value: Tensor) -> list[int]:
        """Whose directions make up a value ``(d_out, 1)``."""

    def value(self, context: EditContext, a: Tensor) -> Tensor:
        free = learned(context, a)
        basis, upper = context.directions(self.features(context, free)), _felt_length(context)
        start = torch.linalg.lstsq(upper @ basis, upper @ free).solution[:, 0]
        return learned(context, a, basis, start)


@register
class RankOneSae(_AlongFeatures):
    name, title = "rank_one_sae", "Rank one along SAE features"

    def features(self, context: EditContext, value: Tensor) -> list[int]:
        return pursued(context, value, context.settings.directions)


@register
class RandomSae(_AlongFeatures):
    """The control of ``rank_one_sae``: as many directions of the SAE, drawn by chance."""

    name, title = "random_sae", "Rank one along random SAE features (control)"

    def features(self, context: EditContext, value: Tensor) -> list[int]:
        generator = torch.Generator().manual_seed(context.seed)
        return torch.randperm(context.sae.info.d_sae, generator=generator)[: context.settings.directions].tolist()
