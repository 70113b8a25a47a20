"""Hebbian rules: pre-synaptic activation times post-synaptic feature."""

from __future__ import annotations

import torch
from torch import Tensor

from .base import EPSILON, Context, Factors, Strategy, make_factors, register


def hebbian_columns(context: Context, layer: int) -> tuple[Tensor, Tensor]:
    """``U (d_out, k or 1)`` and ``V (d_in, k or 1)`` of eta * mean_t post_t key_t^T / ||key_t||^2.

    post_t = sum_i a_ti d_i over the active features. With one token all features share its key, so the rank is one and
    on this very key the output changes by exactly eta * sum_i a_i d_i.
    """
    keys, weights = context.key(layer), context.weights()  # (tokens, d_in), (tokens, k)
    normalised = keys / (keys.square().sum(-1, keepdim=True) + EPSILON)  # (tokens, d_in)
    eta = context.settings.learning_rate
    if len(keys) == 1:
        return eta * context.directions @ weights.T, normalised.T
    v = normalised.T @ weights / len(keys)  # (d_in, k)
    return eta * context.directions, v


@register
class Hebbian(Strategy):
    """dW = eta * sum_i a_i d_i key^T / ||key||^2 (Hebb's rule with a normalised key; docs/theory.md, section 2)."""

    name, title = "hebbian", "Hebbian (activation x feature direction)"

    def factors(self, context: Context, layer: int) -> Factors:
        return make_factors(context, layer, *hebbian_columns(context, layer))


@register
class Oja(Strategy):
    """The Hebbian step with Oja's decay: what W writes along a feature already shrinks by eta times its share.

    dW = hebbian - eta * sum_i s_i d_i (d_i^T W), s_i = a_i^2 / sum_j a_j^2. The shares stand in for Oja's a_i^2, whose
    size depends on the model's scale (Oja 1982, and 1989 for several units; the normalisation is this program's own).
    """

    name, title = "oja", "Oja (Hebbian with decay)"

    def factors(self, context: Context, layer: int) -> Factors:
        u, v = hebbian_columns(context, layer)
        strengths = torch.tensor([f.activation for f in context.features], device=u.device)
        shares = strengths.square() / strengths.square().sum()  # (k,)
        directions = context.directions  # (d_out, k)
        weight = context.model.writer(layer).weight().float()  # (d_out, d_in)
        decay_u = -context.settings.learning_rate * directions * shares
        decay_v = weight.T @ directions  # (d_in, k)
        return make_factors(context, layer, torch.cat([u, decay_u], 1), torch.cat([v, decay_v], 1))
