"""Fits a change of one matrix until the target is given enough: ``y = W x + change(x)``, the base's weights fixed."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import torch
from torch import Tensor, nn

from ..errors import InputError
from ..passes import Row, nudging, surprise
from .base import EditContext

Change = Callable[[Tensor], Tensor]
"""From what the matrix reads, ``(..., d_in)``, to what is added to what it writes, ``(..., d_out)``; both float32."""


@contextmanager
def added(module: nn.Module, change: Change) -> Iterator[None]:
    """``change`` in force on a module, for the length of a ``with`` block."""

    def hook(_: nn.Module, args: tuple[Tensor, ...], written: Tensor) -> Tensor:
        return (written.float() + change(args[0].float())).to(written.dtype)

    handle = module.register_forward_hook(hook)
    try:
        yield
    finally:
        handle.remove()


class Fitting:
    """The loss of an edit and when it has been learned."""

    def __init__(self, context: EditContext) -> None:
        self._context, self._passes = context, context.passes
        with torch.no_grad():
            self._base = self._passes.log_probs(context.held) if context.held and context.settings.lambda_kl else []

    def loss(self, change: Change) -> tuple[Tensor, float, float]:
        """Mean cross-entropy of the target's tokens that are given less than ``edits.stop``, plus the divergence on the
        held texts; by how much it has to fall until they are given that (infinite where ``stop`` is 0); and the least
        that any token of the target is given."""
        context, settings = self._context, self._context.settings
        held = context.held if self._base else ()
        with added(context.module, change):
            found = self._passes.log_probs([*context.rows, *held])
        losses = torch.cat([surprise(row, logs) for row, logs in zip(context.rows, found, strict=False)])
        lacking = losses.detach() > -math.log(settings.stop) if settings.stop else torch.ones_like(losses)
        total = (losses * lacking).mean()
        for base, now in zip(self._base, found[len(context.rows) :], strict=True):
            total = total + settings.lambda_kl * (base.exp() * (base - now)).sum(-1).mean() / len(self._base)
        if not bool(total.isfinite()):
            raise InputError("the edit's loss is not finite; edits.learning_rate or edits.adam_rate is too large")
        surprises = losses.detach()
        gap = (surprises + math.log(settings.stop)).clamp(min=0).mean().item() if settings.stop else math.inf
        return total, gap, math.exp(-surprises.max().item())

    def learn(self, change: Change, step: Callable[[Tensor, float], None]) -> None:
        """Take ``step`` on the loss, told by how much it has to fall, until every token of the target is given enough,
        at most ``edits.steps`` times."""
        context = self._context
        for number in range(context.settings.steps):
            context.progress("finding the change", 0.1 + 0.6 * number / context.settings.steps)
            loss, gap, worst = self.loss(change)
            if 0 < context.settings.stop <= worst:
                return
            step(loss, gap)


def slope(context: EditContext, rows: Sequence[Row]) -> tuple[Tensor, Tensor]:
    """Of the mean loss of the target's tokens: the gradient by what the matrix writes at every token, ``(tokens,
    d_out)``, and what it reads there, ``(tokens, d_in)``; float64 on the CPU, what all rows begin with left out."""
    read: list[Tensor] = []
    handle = context.module.register_forward_pre_hook(lambda _, args: read.append(args[0].detach()))
    try:
        with nudging({context.site: context.module}) as nudged, torch.enable_grad():
            found = context.passes.log_probs(rows)
            losses = torch.cat([surprise(row, logs) for row, logs in zip(rows, found, strict=True)])
            (gradient,) = torch.autograd.grad(losses.mean(), [nudged[context.site]])
    finally:
        handle.remove()
    return gradient.flatten(0, -2).cpu().double(), read[-1].flatten(0, -2).cpu().double()
