"""What is computed over the whole vocabulary at every position: distributions from logits, and how they mix.

On a CPU, where there is a C compiler, the loops of ``sweeps.c`` do it; elsewhere it is made of tensor operations. Both
give the same to the precision of the numbers.
"""

from __future__ import annotations

import math
from ctypes import c_float, c_int, c_long, c_void_p
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor

from ..compiled import library

SCALE = 2.0**14
"""What the most probable token is kept as, so that half precision holds others to 2^-11 of themselves down to 4e-9 of
it."""

LEAST = 2.0**-24
"""No token is kept as less: half precision has nothing between this and 0. All that are less, over 50,000 tokens, are
2e-7 of the most probable."""

LOWEST = math.log(LEAST / SCALE)
"""The logit, the largest being 0, of what is kept as ``LEAST``."""

SOURCE = Path(__file__).with_suffix(".c")

ROWS = 160
"""Positions for which numbers for the whole vocabulary are made at a time."""

MAXIMA_OF = 64
"""So many tokens have one maximum."""


class Sums(NamedTuple):
    """Of the largest logit and, with w the probabilities over the largest one and r the same as they are kept, the sums
    of w, of w log w, of r, and of r log w, ``(n,)`` each. ``maxima``: the largest logits of every ``MAXIMA_OF`` tokens,
    the last that are fewer left out, ``(n, d_vocab // MAXIMA_OF)``."""

    largest: Tensor
    exact: Tensor
    exact_logs: Tensor
    kept: Tensor
    kept_logs: Tensor
    maxima: Tensor


def distribute(logits: Tensor, kept: Tensor) -> Sums:
    """The distributions of logits ``(n, d_vocab)`` float32: ``kept (n, d_vocab)`` is overwritten with w times
    ``SCALE``, at least ``LEAST``. Rows with a logit that is no number, or infinitely large, have such sums as well."""
    n, vocab = logits.shape
    if _compiles(kept):
        maxima = torch.empty(n, vocab // MAXIMA_OF)
        sums = torch.empty(n, 5, dtype=torch.float64)
        _call("distribute", logits.contiguous(), maxima, kept, sums, n, vocab, MAXIMA_OF, SCALE, LOWEST, _single(kept))
        return Sums(*sums.float().unbind(1), maxima)
    maxima = logits[:, : vocab // MAXIMA_OF * MAXIMA_OF].view(n, -1, MAXIMA_OF).amax(-1)
    largest = logits.amax(-1)
    z = (logits - largest[:, None]).clamp_min_(LOWEST)
    w = z.exp()
    r = kept.copy_(w * SCALE).float() / SCALE
    return Sums(largest, w.sum(-1), (w * z).sum(-1), r.sum(-1), (r * z).sum(-1), maxima)


def mixture_logs(after: Tensor, before: Tensor, share: Tensor) -> Tensor:
    """The sum of m log m for ``m = (after + share * before) / SCALE``, of distributions as they are kept, ``(n,
    d_vocab)``; ``share (n,)``. Returns ``(n,)`` float32."""
    if _compiles(after) and _compiles(before) and after.dtype == before.dtype:
        logs = torch.empty(len(after), dtype=torch.float64)
        _call("mix", after, before, share.contiguous(), logs, *after.shape, SCALE, _single(after))
        return logs.float()
    parts = zip(after.split(ROWS), before.split(ROWS), share.split(ROWS), strict=True)
    return torch.cat([_mixture_logs(*part) for part in parts])


def _mixture_logs(after: Tensor, before: Tensor, share: Tensor) -> Tensor:
    m = torch.addcmul(after.float(), before.float(), share[:, None]) / SCALE
    return (m * m.log()).sum(-1)


def _compiles(kept: Tensor) -> bool:
    fits = kept.device.type == "cpu" and kept.dtype in (torch.float16, torch.float32) and kept.is_contiguous()
    return fits and library(SOURCE) is not None


def _call(name: str, *given: Tensor | bool | int | float) -> None:
    """Call a function of ``sweeps.c`` in as many threads as torch uses."""
    getattr(library(SOURCE), name)(*map(_in_c, given), c_int(torch.get_num_threads()))


def _single(kept: Tensor) -> bool:
    return kept.dtype == torch.float32


def _in_c(value: Tensor | bool | int | float) -> c_void_p | c_int | c_long | c_float:
    match value:
        case Tensor():
            return c_void_p(value.data_ptr())
        case bool():
            return c_int(value)
        case int():
            return c_long(value)
    return c_float(value)
