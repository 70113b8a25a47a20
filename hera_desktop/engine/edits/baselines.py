"""What a target edit is compared with: the gradient itself, a Hebbian rule with a modulator, fine-tuning, LoRA."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from ..patches import Patch
from .base import EditContext, EditStrategy, register
from .fitting import Change, Fitting, slope
from .rank_one import steepest

FIRST_REACH = 1e-3
DOUBLINGS = 16
"""The first strength that is tried, by how it is felt, and how often it is doubled."""


def reached(context: EditContext, u: Tensor, v: Tensor) -> float:
    """The smallest strength of ``u v^T``, doubled from where it is felt ``FIRST_REACH^2 / 2`` nats, at which every
    token of the target is given enough; where none is, that at which the loss is least."""
    felt = ((u.T @ context.felt @ u) * (v.T @ context.moment @ v)).sum().clamp_min(1e-30).sqrt().item()
    fitting, strength, best = Fitting(context), FIRST_REACH / felt, (math.inf, 0.0)
    made, read = u.float().to(context.model.device), v.float().to(context.model.device)
    stop = context.settings.stop or 0.5
    for _ in range(DOUBLINGS):
        with torch.no_grad():
            loss, _, worst = fitting.loss(lambda x, s=strength: s * (x @ read) @ made.T)
        best = min(best, (loss.item(), strength))
        if worst >= stop:
            return strength
        strength *= 2
    return best[1]


def _strongest(u: Tensor, v: Tensor, rank: int) -> tuple[Tensor, Tensor]:
    """The best approximation of ``u v^T`` of that rank."""
    left, values, right = torch.linalg.svd(u @ v.T, full_matrices=False)
    kept = min(rank, int((values > 0).sum())) or 1
    return left[:, :kept] * values[:kept], right[:kept].T


@register
class Gradient(EditStrategy):
    """Down the loss: the gradient's part of rank ``edits.rank``."""

    name, title = "gradient", "Gradient (low-rank part)"

    def change(self, context: EditContext) -> Patch:
        errors, read = slope(context, context.rows)
        u, v = _strongest(-errors.T, read.T, context.settings.rank)
        return context.change(u * reached(context, u, v), v)


@register
class ThreeFactor(EditStrategy):
    """Pre-synaptic input times post-synaptic feature times an error: -g at every token, only its part in the span of
    the features that lower the loss most, times the input over its squared length."""

    name, title = "three_factor", "Three factors (Hebbian with the error)"

    def change(self, context: EditContext) -> Patch:
        errors, read = slope(context, context.rows)
        span = torch.linalg.qr(context.directions(steepest(context, context.settings.directions))).Q
        post = -(errors @ span) @ span.T  # (tokens, d_out)
        pre = read / (read.square().sum(-1, keepdim=True) + 1e-8)  # (tokens, d_in)
        u, v = _strongest(post.T, pre.T, context.settings.rank)
        return context.change(u * reached(context, u, v), v)


def _adam(context: EditContext, tensors: list[Tensor], change: Change) -> None:
    adam = torch.optim.AdamW(tensors, lr=context.settings.adam_rate, weight_decay=0.0)

    def step(loss: Tensor, gap: float) -> None:
        adam.zero_grad()
        loss.backward()
        adam.step()

    with torch.enable_grad():
        Fitting(context).learn(change, step)


@register
class FineTune(EditStrategy):
    """AdamW on all weights of the matrix; a change of full rank."""

    name, title = "finetune", "Fine-tuning of the matrix"

    def change(self, context: EditContext) -> Patch:
        d_out, d_in = len(context.felt), len(context.moment)
        whole = torch.zeros(d_out, d_in, device=context.model.device, requires_grad=True)
        _adam(context, [whole], lambda x: x @ whole.T)
        u, v = _strongest(whole.detach().cpu().double(), torch.eye(d_in, dtype=torch.float64), min(d_out, d_in))
        return context.change(u, v)


@register
class Lora(EditStrategy):
    """AdamW on a low-rank pair that begins at nothing (Hu et al. 2021, arXiv:2106.09685)."""

    name, title = "lora", "LoRA on the matrix"

    def change(self, context: EditContext) -> Patch:
        d_out, d_in = len(context.felt), len(context.moment)
        generator = torch.Generator().manual_seed(context.seed)
        bound = 1 / math.sqrt(d_in)
        drawn = (torch.rand(context.settings.rank, d_in, generator=generator) * 2 - 1) * bound
        a = drawn.to(context.model.device).requires_grad_()
        b = torch.zeros(d_out, context.settings.rank, device=context.model.device, requires_grad=True)
        _adam(context, [a, b], lambda x: (x @ a.T) @ b.T)
        return context.change(b, a.T)
