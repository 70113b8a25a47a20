"""Limits, verdicts and probe files of the immune system."""

from __future__ import annotations

import math

import pytest

from hera_desktop.engine.config import Config
from hera_desktop.engine.errors import InputError
from hera_desktop.engine.immune.comparison import Comparison
from hera_desktop.engine.immune.metrics import METRICS
from hera_desktop.engine.immune.probe_files import load_probes
from hera_desktop.engine.immune.probes import Probe, TagLimits
from hera_desktop.engine.immune.verdict import Limits, Verdict, judge

from .samples import expect_sentence

PROBES = (Probe("a calm text", ("prose",)), Probe("a touchy text", ("code",)))


def comparison(**values: float) -> Comparison:
    """Neutral but for ``values``; the second probe is the one that shows them."""
    overall = {name: values.get(name, metric.neutral) for name, metric in METRICS.items()}
    return Comparison(overall, {name: (METRICS[name].neutral, value) for name, value in overall.items()})


def verdict(step: Comparison | None = None, cumulative: Comparison | None = None, **immune: object) -> Verdict:
    limits = Limits.from_config(Config.model_validate({"immune": immune}).immune)
    return judge(step or comparison(), cumulative or comparison(), limits, PROBES)


STEP_LIMITS = [("js_divergence", 0.15), ("ppl_ratio", 1.5), ("cosine_drift", 0.05)]
CUMULATIVE_LIMITS = [("js_divergence", 0.30), ("ppl_ratio", 2.0), ("cosine_drift", 0.10)]


def test_a_neutral_change_is_safe():
    found = verdict()
    assert found.level == "safe"
    assert found.reason.startswith("safe")


def test_a_figure_is_said_with_its_unit_where_it_has_one():
    assert "is 0.2000 bits, over the limit 0.15" in verdict(comparison(js_divergence=0.2)).reason
    assert "is 1.600 x, over the limit 1.5" in verdict(comparison(ppl_ratio=1.6)).reason
    assert "is 0.0600, over the limit 0.05" in verdict(comparison(cosine_drift=0.06)).reason


@pytest.mark.parametrize(("name", "limit"), STEP_LIMITS)
def test_a_step_over_a_limit_is_rejected_and_the_reason_says_why(name, limit):
    value = limit * 1.25
    found = verdict(comparison(**{name: value}))
    assert (found.level, found.metric, found.scope) == ("reject", name, "step")
    assert (found.value, found.limit, found.worst_probe) == (value, limit, "a touchy text")
    shown = f"{value:.{METRICS[name].digits}f}"
    for part in ("rejected", METRICS[name].title, shown, f"limit {limit:g}", "a touchy text", "before the step"):
        assert part in found.reason
    assert "\n" not in found.reason


@pytest.mark.parametrize(("name", "limit"), CUMULATIVE_LIMITS)
def test_many_small_steps_are_rejected_against_the_base(name, limit):
    small = METRICS[name].neutral + 0.001
    found = verdict(comparison(**{name: small}), comparison(**{name: limit * 1.01}))
    assert (found.level, found.metric, found.scope, found.limit) == ("reject", name, "cumulative", limit)
    assert "the base" in found.reason


@pytest.mark.parametrize(("name", "limit"), STEP_LIMITS)
def test_a_value_equal_to_its_limit_passes(name, limit):
    assert verdict(comparison(**{name: limit})).level == "warning"
    assert verdict(comparison(**{name: math.nextafter(limit, math.inf)})).level == "reject"


@pytest.mark.parametrize(("share", "level"), [(0.5, "safe"), (0.69, "safe"), (0.71, "warning"), (0.99, "warning")])
@pytest.mark.parametrize(("name", "limit"), STEP_LIMITS)
def test_the_warning_starts_at_its_share_of_the_way_to_the_limit(name, limit, share, level):
    neutral = METRICS[name].neutral
    found = verdict(comparison(**{name: neutral + share * (limit - neutral)}))
    assert found.level == level
    if level == "warning":
        assert "warning" in found.reason and "a touchy text" in found.reason


def test_the_warning_share_can_be_set():
    assert verdict(comparison(js_divergence=0.075), warn_fraction=0.4).level == "warning"
    limits = Limits.from_config(Config.model_validate({"immune": {"warn_fraction": 0.4}}).immune)
    assert limits.warn("step", "ppl_ratio") == pytest.approx(1.2)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("scope", ["step", "cumulative"])
@pytest.mark.parametrize("name", ["js_divergence", "ppl_ratio", "cosine_drift"])
def test_a_measure_that_is_not_finite_rejects(name, scope, value):
    found = verdict(**{scope: comparison(**{name: value})})
    assert (found.level, found.metric, found.scope) == ("reject", name, scope)
    assert "not finite" in found.reason and "a touchy text" in found.reason


def test_an_improvement_is_safe():
    assert verdict(comparison(ppl_ratio=0.2)).level == "safe"


def test_the_measure_furthest_over_its_limit_is_named():
    found = verdict(comparison(js_divergence=0.16, cosine_drift=0.5), comparison(ppl_ratio=2.1))
    assert (found.metric, found.scope) == ("cosine_drift", "step")


def test_a_limit_without_room_allows_no_change_at_all():
    assert verdict(max_js_divergence=0).level == "safe"
    assert verdict(comparison(js_divergence=1e-9), max_js_divergence=0).level == "reject"


# --- tags -------------------------------------------------------------------------------------------------------------


def tagged(**code: float) -> Comparison:
    """Neutral but for the probes tagged code."""
    neutral = {name: metric.neutral for name, metric in METRICS.items()}
    plain = comparison()
    return Comparison(plain.overall, plain.per_text, {"prose": neutral, "code": {**neutral, **code}})


def tag_verdict(
    found: Comparison, limits: TagLimits, cumulative: Comparison | None = None, every_tag: bool = True
) -> Verdict:
    immune = Config().immune.model_copy(update={"every_tag": every_tag})
    return judge(found, cumulative or tagged(), Limits.from_config(immune, {"code": limits}), PROBES)


def test_a_tag_over_its_limit_is_rejected_and_named():
    found = tag_verdict(tagged(js_divergence=0.02), TagLimits({"max_js_divergence": 0.01}))
    assert (found.level, found.tag, found.metric, found.scope) == ("reject", "code", "js_divergence", "step")
    assert (found.value, found.limit, found.worst_probe) == (0.02, 0.01, "a touchy text")
    for part in ("rejected", "on the probes tagged 'code'", "0.0200", "limit 0.01", "a touchy text"):
        assert part in found.reason


def test_a_tag_is_judged_against_the_base_too():
    found = tag_verdict(tagged(), TagLimits({}, {"max_ppl_spike": 1.1}), tagged(ppl_ratio=1.2))
    assert (found.level, found.tag, found.scope, found.limit) == ("reject", "code", "cumulative", 1.1)
    assert "against the base" in found.reason


def test_a_tag_near_its_limit_warns():
    assert tag_verdict(tagged(js_divergence=0.008), TagLimits({"max_js_divergence": 0.01})).level == "warning"


@pytest.mark.parametrize(("name", "limit"), STEP_LIMITS)
def test_the_limits_over_all_probes_hold_for_each_tag_alone(name, limit):
    found = tag_verdict(tagged(**{name: limit * 1.25}), TagLimits())
    assert (found.level, found.tag, found.metric, found.limit) == ("reject", "code", name, limit)
    assert "on the probes tagged 'code'" in found.reason
    assert tag_verdict(tagged(), TagLimits(), tagged(**{name: limit * 1.25})).level != "reject", "the base's are wider"
    assert tag_verdict(tagged(**{name: limit * 1.25}), TagLimits(), every_tag=False).level == "safe"


def test_a_tag_s_own_limit_is_instead_of_the_one_over_all_probes():
    wide, narrow = TagLimits({"max_js_divergence": 0.5}), TagLimits({"max_js_divergence": 0.01})
    assert tag_verdict(tagged(js_divergence=0.2), wide).level == "safe"
    assert tag_verdict(tagged(js_divergence=0.02), narrow).level == "reject"


def test_without_the_others_a_tag_is_judged_only_by_its_own_limits():
    found = tag_verdict(tagged(js_divergence=0.9), TagLimits({"max_ppl_spike": 1.5}), every_tag=False)
    assert (found.level, found.tag) == ("safe", "")


def test_limits_that_are_not_enforced_only_warn():
    immune = Config().immune.model_copy(update={"enforce": False})
    limits = Limits.from_config(immune, {"code": TagLimits({"max_js_divergence": 0.01})})
    for found in (tagged(js_divergence=0.9), tagged(js_divergence=0.02)):
        verdict = judge(found, tagged(ppl_ratio=5e6), limits, PROBES)
        assert verdict.level == "warning" and "not enforced" in verdict.reason
    assert judge(tagged(), tagged(), limits, PROBES).level == "safe"


def test_what_is_not_finite_is_refused_though_no_limit_is_enforced():
    immune = Config().immune.model_copy(update={"enforce": False, "max_js_divergence": 0.0})
    limits = Limits.from_config(immune)
    verdict = judge(tagged(js_divergence=0.5, ppl_ratio=math.nan), tagged(), limits, PROBES)
    assert (verdict.level, verdict.metric) == ("reject", "ppl_ratio") and "not finite" in verdict.reason


def test_limits_of_a_tag_without_an_enabled_probe_judge_nothing():
    limits = Limits.from_config(Config().immune, {"law": TagLimits({"max_js_divergence": 0.0})})
    assert judge(tagged(js_divergence=0.1), tagged(), limits, PROBES).level == "safe"


def test_a_tag_s_measure_that_is_not_finite_rejects():
    found = tag_verdict(tagged(ppl_ratio=math.inf), TagLimits({"max_ppl_spike": 1e6}))
    assert (found.level, found.tag) == ("reject", "code") and "not finite" in found.reason


# --- the shipped probes -----------------------------------------------------------------------------------------------


def test_shipped_probes_are_texts_of_several_kinds():
    probes = load_probes(None).probes
    assert len(probes) >= 10
    assert {"prose", "arithmetic", "code", "fact"} <= {tag for probe in probes for tag in probe.tags}
    assert len({probe.text for probe in probes}) == len(probes)


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ("probes: []", "must hold a list"),
        ("[]", "must hold a list"),
        ("probes:\n - text: ''", "probe 1"),
        ("probes:\n - {text: good}\n - {tags: [prose]}", "probe 2"),
        ("probes: [", "cannot be read"),
    ],
)
def test_a_probe_file_that_cannot_be_used_is_named(tmp_path, content, part):
    file = tmp_path / "p.yaml"
    file.write_text(content)
    with expect_sentence(InputError, str(file), part):
        load_probes(str(file))


def test_a_missing_probe_file_is_named(tmp_path):
    with expect_sentence(InputError, "does not exist"):
        load_probes(str(tmp_path / "no.yaml"))
