"""Peak memory and power laws against what is known of them."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from hera_desktop.engine.experiments.cost import MB, PeakMemory, timed
from hera_desktop.engine.experiments.power_law import FIT_COLUMNS, curves, fitted

CPU = torch.device("cpu")


def _take_80_mb() -> None:
    block = torch.ones(80 * MB // 4)
    for _ in range(20):  # long enough for the sampler to look
        block.sqrt_()


def test_peak_memory_is_what_was_taken_and_let_go_within():
    with PeakMemory(CPU) as memory:
        timed(_take_80_mb, CPU)
    assert 70 * MB < memory.taken < 140 * MB


def _small_blocks() -> list[torch.Tensor]:
    """80 MB, in blocks that the C library keeps when they are let go below one that is held."""
    blocks = [torch.ones(25_000) for _ in range(800)]
    for _ in range(20):  # long enough for the sampler to look
        torch.stack(blocks[:80]).sqrt_()
    return blocks


def test_memory_that_was_let_go_before_counts_again():
    held = _small_blocks()[-1]
    with PeakMemory(CPU) as memory:
        _small_blocks()
    assert 60 * MB < memory.taken < 160 * MB
    assert held.numel() == 25_000


def test_the_sampler_ends_where_the_work_raises():
    memory = PeakMemory(CPU)
    with pytest.raises(ValueError, match="stop"), memory:
        raise ValueError("stop")
    assert not memory._sampler.is_alive()


def test_an_exact_law_is_found_again():
    law = fitted([(x, 3 * x**1.5) for x in (1, 2, 5, 9)])
    assert (law.a, law.b, law.r2, law.n) == (pytest.approx(3), pytest.approx(1.5), pytest.approx(1), 4)
    assert law.interval == (pytest.approx(1.5), pytest.approx(1.5))
    assert law.at(4) == pytest.approx(24)
    assert len(law.row("y by x")) == len(FIT_COLUMNS)


def test_the_interval_is_that_of_the_normal_equations():
    rng = np.random.default_rng(0)
    x = np.geomspace(1, 100, 12)
    y = 2 * x**0.7 * np.exp(0.1 * rng.standard_normal(12))
    law = fitted(zip(x.tolist(), y.tolist(), strict=True))
    design = np.stack([np.ones(12), np.log(x)], 1)
    found, (left,), *_ = np.linalg.lstsq(design, np.log(y))
    error = math.sqrt(left / 10 * np.linalg.inv(design.T @ design)[1, 1])
    assert law.b == pytest.approx(found[1])
    assert law.a == pytest.approx(math.exp(found[0]))
    assert law.interval == (pytest.approx(found[1] - 2.228 * error), pytest.approx(found[1] + 2.228 * error))
    assert law.r2 == pytest.approx(np.corrcoef(np.log(x), np.log(y))[0, 1] ** 2)


def test_about_nineteen_of_twenty_intervals_hold_the_true_exponent():
    rng, held = np.random.default_rng(1), 0
    x = np.geomspace(1, 50, 5)
    for _ in range(400):
        y = x**0.9 * np.exp(0.2 * rng.standard_normal(5))
        low, high = fitted(zip(x.tolist(), y.tolist(), strict=True)).interval
        held += low <= 0.9 <= high
    assert 0.92 <= held / 400 <= 0.98


def test_two_points_have_no_interval_and_one_has_no_law():
    assert fitted([(1, 2), (4, 8)]).interval is None
    assert fitted([(1, 2)]) is None
    assert fitted([(1, 2), (1, 3)]) is None
    assert fitted([(1, 0), (2, math.inf), (3, 4)]) is None


def test_curves_are_the_points_and_the_line_between_the_outermost():
    points, line = curves("seconds", [(4, 2), (1, 1), (9, 3), (2, -1)])
    assert (points.x, points.y, points.line) == ((1, 4, 9), (1, 2, 3), False)
    assert line.x == (1, 9) and line.y == (pytest.approx(1), pytest.approx(3)) and line.line
    assert curves("nothing", [(1, 0)]) == ()
