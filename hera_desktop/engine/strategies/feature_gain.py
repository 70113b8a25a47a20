"""Feature gain: amplify what a matrix already writes along features."""

from __future__ import annotations

from .base import Context, Factors, Strategy, make_factors, register


@register
class Outer(Strategy):
    """dW = eta * sum_i d_i d_i^T W: the square d d^T of the seeds, composed with W so that its shape is W's own.

    Independent of the prompt's key; eta = -1 with one feature would be directional ablation.
    """

    name, title = "outer", "Outer (gain along the features)"

    def factors(self, context: Context, layer: int) -> Factors:
        directions = context.directions  # (d_out, k)
        weight = context.model.writer(layer).weight().float()  # (d_out, d_in)
        return make_factors(context, layer, context.settings.learning_rate * directions, weight.T @ directions)
