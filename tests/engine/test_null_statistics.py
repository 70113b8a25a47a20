"""The limits that null edits propose: plain numbers, no model."""

from __future__ import annotations

import random

import pytest

from hera_desktop.engine.config import CumulativeConfig, ImmuneConfig
from hera_desktop.engine.errors import InputError
from hera_desktop.engine.immune.metrics import METRICS
from hera_desktop.engine.null_statistics import (
    KEY_OF,
    METRIC_OF,
    RANGES,
    NullBasis,
    NullSamples,
    check_count,
    propose_limits,
    round_up,
)

from .samples import expect_sentence

BASIS = NullBasis(1.0, "given", ("7 mlp.out",), ((1.0,),), 42, "", True, "0" * 64, ())


def samples(rows: list[tuple[float, float, float]]) -> NullSamples:
    """Edits as (js, ppl, drift)."""
    return NullSamples.of(BASIS, [dict(zip(BASIS.keys, row, strict=True)) for row in rows])


def drawn(count: int, generator: random.Random, together: float) -> list[tuple[float, float, float]]:
    """Three measures of different shapes that share ``together`` of what moves them."""
    rows = []
    for _ in range(count):
        common = generator.gauss(0, 1)
        a, b, c = (together * common + (1 - together) * generator.gauss(0, 1) for _ in range(3))
        rows.append((min(abs(a) / 100, 1), 1 + 0.01 * b, 0.001 * 2.7**c))
    return rows


def limits(found: NullSamples, rate: float) -> tuple[float, ...]:
    return tuple(p.limit for p in propose_limits(found, rate, {}))


def test_the_declarations_are_those_of_the_metrics():
    judged = {name: metric for name, metric in METRICS.items() if metric.limit}
    assert {name: metric.limit for name, metric in judged.items()} == KEY_OF
    assert set(METRIC_OF) == set(CumulativeConfig.model_fields)
    for name, (neutral, largest) in RANGES.items():
        assert neutral == judged[name].neutral
        bounds = {type(rule).__name__: rule for rule in ImmuneConfig.model_fields[KEY_OF[name]].metadata}
        assert (bounds["Ge"].ge, bounds["Le"].le) == (neutral, largest)


def test_measures_that_rise_together_give_the_order_statistic_after_the_kth():
    rows = [(n / 1000, 1 + n / 1000, n / 1000) for n in range(1, 101)]
    found = propose_limits(samples(rows), 0.05, {("", "js_divergence"): 0.0905})
    k = 96  # ceil(0.95 * 101)
    assert [p.alone for p in found] == pytest.approx([k / 1000, 1 + k / 1000, k / 1000])
    assert [p.limit for p in found] == pytest.approx([(k + 1) / 1000, 1 + (k + 1) / 1000, (k + 1) / 1000])
    assert (found[0].present, found[0].refused_now) == (0.0905, pytest.approx(0.10))
    assert found[1].present is found[1].refused_now is None


@pytest.mark.parametrize("together", [0.0, 0.7, 1.0])
@pytest.mark.parametrize(("count", "rate"), [(100, 0.05), (60, 0.1), (40, 0.2)])
def test_of_further_null_edits_at_most_the_rate_is_refused(together, count, rate):
    """The promise is about the mean over calibrations; 400 of them leave an error of about rate / 20."""
    generator = random.Random(f"{together} {count}")
    refused = []
    for _ in range(400):
        keys = dict(zip(BASIS.keys, limits(samples(drawn(count, generator, together)), rate), strict=True))
        refused.append(samples(drawn(20, generator, together)).refused(keys))
    mean = sum(refused) / len(refused)
    assert mean <= rate * 1.1
    assert mean >= rate * 0.5  # and it is not simply far too wide


def test_where_measures_rise_together_the_joint_limit_is_closer_than_bonferroni():
    rows = drawn(400, random.Random(1), 1.0)
    joint = propose_limits(samples(rows), 0.06, {})
    bonferroni = propose_limits(samples(rows), 0.02, {})
    assert all(a.limit < b.alone for a, b in zip(joint, bonferroni, strict=True))


def test_the_measured_joint_rate_is_at_most_the_chosen_one():
    found = samples(drawn(200, random.Random(2), 0.5))
    proposed = {(p.tag, p.metric): p.limit for p in propose_limits(found, 0.05, {})}
    assert 0 < found.refused(proposed) <= 0.05


def test_equal_values_do_not_refuse_one_another():
    assert limits(samples([(0.25, 1.5, 0.125)] * 50), 0.05) == (0.25, 1.5, 0.125)


@pytest.mark.parametrize(("count", "rate", "least"), [(18, 0.05, 39), (38, 0.05, 39), (1, 0.5, 3), (198, 0.01, 199)])
def test_too_few_edits_for_a_rate_are_named_with_how_many_are_needed(count, rate, least):
    with expect_sentence(InputError, f"{count} null edits are too few", f"{rate:g}", f"at least {least}"):
        check_count(count, rate)
    check_count(least, rate)


def test_too_few_edits_for_so_many_measures_are_named_too():
    apart = [(n / 100, 1.0, 0.0) if n % 2 else (0.0, 1 + n / 100, 0.0) for n in range(1, 40)]
    with expect_sentence(InputError, "39 null edits", "3 measures", "80 are enough"):
        propose_limits(samples(apart), 0.05, {})
    propose_limits(samples(drawn(80, random.Random(3), 0.0)), 0.05, {})


def test_an_improvement_gives_the_neutral_limit():
    assert limits(samples([(0.0, 0.9, 0.0)] * 60), 0.05) == (0.0, 1.0, 0.0)


def test_edits_that_break_the_model_give_no_limit():
    rows = [(0.1, float("inf"), 0.1)] * 10 + [(0.1, 1.1, 0.1)] * 90
    with expect_sentence(InputError, "ppl_ratio", "smaller norm"):
        propose_limits(samples(rows), 0.05, {})
    few = [(0.1, float("inf"), 0.1)] * 2 + [(0.1, 1.1, 0.1)] * 98
    assert limits(samples(few), 0.05)[1] == 1.1
    assert samples(few).as_dict()["values"]["ppl_ratio"][:3] == [None, None, 1.1]


@pytest.mark.parametrize(
    ("value", "neutral", "rounded"),
    [
        (0.00123456, 0, 0.001235),
        (0.1234, 0, 0.1234),
        (0.0, 0, 0.0),
        (123456.0, 0, 123500.0),
        (1.00012341, 1, 1.0001235),
        (2.34567, 1, 2.346),
        (0.9, 1, 0.9),
    ],
)
def test_limits_are_only_ever_rounded_up(value, neutral, rounded):
    assert round_up(value, neutral) == rounded >= value
