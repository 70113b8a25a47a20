"""Where the present state stands: on record where a step led here, measured where none did."""

from __future__ import annotations

import pytest

from hera_desktop.engine.immune.metrics import METRICS
from hera_desktop.engine.standing import measure_standing
from tests import tiny

JUDGED = [name for name, metric in METRICS.items() if metric.limit]
LOOSE = {"immune__max_js_divergence": 1.0, "immune__max_ppl_spike": 1e6, "immune__max_cosine_drift": 2.0}


@pytest.fixture
def engine(tmp_path):
    made = tiny.engine(tmp_path / "session.hera", **LOOSE)
    yield made
    made.close()


@pytest.fixture
def measured(engine, monkeypatch):
    """How often the present state was measured."""
    calls, real = [], engine.immune.standing
    monkeypatch.setattr(engine.immune, "standing", lambda: calls.append(1) or real())
    return calls


def evolve(engine, count=2):
    results = [engine.evolve(prompt) for prompt in tiny.PROMPTS[:count]]
    assert all(results)
    return results


def looked_at(result):
    """The largest value against the base of all probes and of each tag's."""
    groups = (result.metrics, *result.tag_metrics.values())
    assert len(groups) > 2
    return {name: max(group[name]["cumulative"] for group in groups) for name in JUDGED}


def test_the_base_is_neutral_and_unchanged(engine, measured):
    standing = measure_standing(engine)
    assert standing.cumulative == {name: METRICS[name].neutral for name in JUDGED}
    assert standing.changes == ()
    assert standing.state_hash == engine.state_hash
    assert not measured


def test_after_a_step_its_own_measures_hold(engine, measured):
    result = evolve(engine)[-1]
    standing = measure_standing(engine)
    assert standing.cumulative == looked_at(result)
    assert standing.cumulative["js_divergence"] > result.metrics["js_divergence"]["cumulative"], "of a tag"
    assert not measured


def test_without_limits_for_every_tag_the_means_over_all_probes_hold(tmp_path):
    engine = tiny.engine(tmp_path / "session.hera", immune__every_tag=False, **LOOSE)
    result = evolve(engine)[-1]
    assert measure_standing(engine).cumulative == {name: result.metrics[name]["cumulative"] for name in JUDGED}
    engine.close()


def test_the_changes_are_those_of_the_stack(engine):
    evolve(engine)
    changes = measure_standing(engine).changes
    assert {(layer, part): norm for layer, part, norm in changes} == engine.stack.relative_change()
    assert all(norm > 0 for _, _, norm in changes)


def test_back_at_an_earlier_step_its_measures_hold_again(engine, measured):
    first, _ = evolve(engine)
    engine.roll_back_to(first.patch_id)
    standing = measure_standing(engine)
    assert standing.cumulative == looked_at(first)
    assert not measured


def test_a_state_that_no_step_led_to_is_measured_against_the_base(engine, measured):
    first, second = evolve(engine)
    engine.revert(first.patch_id)
    standing = measure_standing(engine)
    assert len(measured) == 1
    assert set(standing.cumulative) == set(JUDGED)
    assert standing.cumulative["js_divergence"] > 0
    assert standing.cumulative != looked_at(second)


def test_measuring_gives_what_the_step_was_recorded_with(engine):
    result = evolve(engine)[-1]
    overall = engine.immune.standing().overall
    for name in JUDGED:
        assert overall[name] == pytest.approx(result.metrics[name]["cumulative"], rel=1e-4, abs=1e-6)


def test_measuring_changes_neither_the_state_nor_the_next_step(engine, tmp_path):
    first, _ = evolve(engine)
    engine.revert(first.patch_id)
    before = engine.probe_digest()
    measure_standing(engine)
    assert engine.probe_digest() == before
    after = engine.evolve(tiny.PROMPTS[3])
    other = tiny.engine(tmp_path / "other.hera", **LOOSE)
    first_again, _ = evolve(other)
    other.revert(first_again.patch_id)
    assert other.evolve(tiny.PROMPTS[3]).metrics == after.metrics
    other.close()


def test_with_other_probes_the_record_does_not_count(engine, tmp_path):
    result = evolve(engine)[-1]
    probes = tmp_path / "probes.yaml"
    probes.write_text("probes:\n- {text: A short text of another kind., tags: [prose]}\n", encoding="utf-8")
    immune = engine.config.immune.model_copy(update={"probes": str(probes)})
    engine.configure(engine.config.model_copy(update={"immune": immune}))
    standing = measure_standing(engine)
    assert standing.cumulative["js_divergence"] != looked_at(result)["js_divergence"]
    engine.undo()
    again = measure_standing(engine)
    assert again.cumulative["js_divergence"] == pytest.approx(looked_at(result)["js_divergence"], rel=1e-4)


def test_a_state_without_a_finite_measure_says_none(engine, monkeypatch):
    first, _ = evolve(engine)
    engine.revert(first.patch_id)
    real = engine.immune.standing()
    broken = type(real)({**real.overall, "ppl_ratio": float("inf")}, real.per_text)
    monkeypatch.setattr(engine.immune, "standing", lambda: broken)
    assert measure_standing(engine).cumulative["ppl_ratio"] is None
