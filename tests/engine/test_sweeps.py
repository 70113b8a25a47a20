"""The sweeps over the vocabulary, compiled and as tensor operations, against the same in double precision."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor

from hera_desktop.engine.immune import sweeps
from hera_desktop.engine.immune.sweeps import LEAST, LOWEST, SCALE, Sums, distribute, mixture_logs

VOCAB = 5003  # no multiple of what is summed up or done at a time


@pytest.fixture(params=["compiled", "tensors"], autouse=True)
def way(request, monkeypatch) -> None:
    if request.param == "tensors":
        monkeypatch.setattr(sweeps, "_compiles", lambda kept: False)
    elif not sweeps._compiles(torch.empty(1, 1, dtype=torch.float16)):
        pytest.skip("there is no C compiler")


def some_logits(rows: int, spread: float = 4.0) -> Tensor:
    return spread * torch.randn(rows, VOCAB, generator=torch.Generator().manual_seed(rows))


def distributed(logits: Tensor, dtype: torch.dtype = torch.float16) -> tuple[Sums, Tensor]:
    kept = torch.empty(logits.shape, dtype=dtype)
    return distribute(logits, kept), kept


@pytest.mark.parametrize("dtype", [torch.float16, torch.float32])
@pytest.mark.parametrize("rows", [1, 2, 7])
def test_sums_are_those_of_double_precision(rows, dtype):
    logits = some_logits(rows)
    sums, kept = distributed(logits, dtype)
    z = (logits - logits.amax(-1, keepdim=True)).double().clamp_min(LOWEST)
    w, r = z.exp(), kept.double() / SCALE
    expected = (w.sum(-1), (w * z).sum(-1), r.sum(-1), (r * z).sum(-1))
    found = (sums.exact, sums.exact_logs, sums.kept, sums.kept_logs)
    for one, right in zip(found, expected, strict=True):
        torch.testing.assert_close(one.double(), right, rtol=1e-6, atol=0)


@pytest.mark.parametrize("vocab", [VOCAB, 64, 63])
def test_maxima_are_those_of_every_64_tokens_and_of_all(vocab):
    logits = some_logits(5)[:, :vocab]
    logits[2, -1] = 99.0
    sums = distributed(logits)[0]
    assert torch.equal(sums.largest, logits.amax(-1))
    assert torch.equal(
        sums.maxima,
        torch.stack([logits[:, a : a + 64].amax(-1) for a in range(0, vocab - 63, 64)], 1)
        if vocab > 63
        else torch.empty(5, 0),
    )


def test_what_is_kept_is_the_probability_over_the_largest_in_half_precision():
    logits = some_logits(3, spread=8.0)
    kept = distributed(logits)[1]
    z = (logits - logits.amax(-1, keepdim=True)).double()
    right = (z.exp() * SCALE).clamp_min(LEAST)
    torch.testing.assert_close(kept.double(), right, rtol=1.001 * 2**-11, atol=1.001 * 2**-25)
    assert bool((kept.amax(-1) == SCALE).all()) and bool((kept >= LEAST).all())


@pytest.mark.parametrize("dtype", [torch.float16, torch.float32])
def test_the_sum_of_a_mixture_is_that_of_double_precision(dtype):
    after, before = distributed(some_logits(7), dtype)[1], distributed(some_logits(7, spread=2.0), dtype)[1]
    share = torch.linspace(0.5, 40, 7)
    m = (after.double() + share.double()[:, None] * before.double()) / SCALE
    torch.testing.assert_close(mixture_logs(after, before, share).double(), (m * m.log()).sum(-1), rtol=1e-6, atol=0)


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_a_row_with_what_is_no_number_has_no_sums_and_the_others_do(bad):
    logits = some_logits(3)
    logits[1, 17] = bad
    sums, kept = distributed(logits)
    found = torch.stack(sums[1:5])
    assert bool(found[:, 1].isnan().all()) and bool(found[:, [0, 2]].isfinite().all())
    mixed = mixture_logs(kept, kept, sums.kept / sums.kept)
    assert mixed.isnan().tolist() == [False, True, False]


def test_what_is_impossible_is_kept_as_the_least():
    logits = some_logits(2)
    logits[0, 5] = -math.inf
    sums, kept = distributed(logits)
    assert kept[0, 5] == LEAST and bool(torch.stack(sums[1:5]).isfinite().all())


def test_rows_may_stand_apart_in_memory():
    logits, kept = some_logits(6)[::2], torch.empty(6, VOCAB, dtype=torch.float16)
    for found, right in zip(distribute(logits, kept[:3]), distributed(logits.clone())[0], strict=True):
        torch.testing.assert_close(found, right)
