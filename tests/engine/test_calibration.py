"""Null edits on a tiny model, and limits taken from them."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from hera_desktop.engine.calibration import (
    CalibrationPlan,
    apply_limits,
    calibrate,
    calibration_of,
    limits_of,
    use_probes,
)
from hera_desktop.engine.errors import Cancelled, InputError
from hera_desktop.engine.hera import HeraEngine
from hera_desktop.engine.immune.probe_files import load_probes, save_probes
from hera_desktop.engine.immune.probes import Probe, ProbeSet, TagLimits
from hera_desktop.engine.null_edits import EditShape
from hera_desktop.engine.null_statistics import METRIC_OF, NullSamples
from tests import tiny

from .samples import expect_sentence, patch_for

PROBES = ProbeSet(
    (Probe("The ferry left.", ("prose",)), Probe("Plants take in light.", ("prose",)), Probe("def f(x):", ("code",)))
)
PLAN = CalibrationPlan(count=24, rate=0.2, norm=0.5)


@pytest.fixture
def engine(tmp_path: Path, monkeypatch) -> HeraEngine:
    monkeypatch.setenv("HERA_DATA_HOME", str(tmp_path / "data"))
    file = save_probes(tmp_path / "probes.yaml", PROBES)
    made = tiny.engine(tmp_path / "s.hera", immune__probes=file)
    yield made
    made.close()


def test_null_edits_have_the_sites_rank_and_norm_of_a_step(engine):
    step = patch_for(engine.model, layer=2, rank=3, size=0.3)
    shape = EditShape.of(step, "")
    drawn = shape.draw(7, 0)
    assert [f.site for f in drawn.factors] == [f.site for f in step.factors]
    assert drawn.rank == step.rank
    assert drawn.frobenius == pytest.approx(step.frobenius, rel=1e-5)
    torch.testing.assert_close(drawn.factors[0].singular_values, step.factors[0].singular_values, rtol=1e-4, atol=1e-6)
    assert shape.draw(7, 0).content_hash == drawn.content_hash
    assert len({shape.draw(seed, number).content_hash for seed in (7, 8) for number in range(5)}) == 10


def test_a_calibration_is_the_same_for_the_same_seed_and_records_nothing(engine):
    entries, state, digest = len(engine.registry.history), engine.state_hash, engine.probe_digest()
    first, second = calibrate(engine, PLAN), calibrate(engine, PLAN)
    other = calibrate(engine, CalibrationPlan(**{**PLAN.__dict__, "seed": 1}))
    assert first == second
    assert first.samples.values != other.samples.values
    assert (len(engine.registry.history), engine.state_hash, engine.probe_digest()) == (entries, state, digest)


def test_the_proposed_limits_refuse_at_most_the_rate(engine):
    found = calibrate(engine, PLAN)
    assert found.samples.count == 24
    assert {p.metric for p in found.limits} == set(METRIC_OF.values())
    assert found.joint_rate <= 0.2
    js = found.limit("js_divergence")
    assert 0 < js.limit < 1.0 == js.present
    assert js.refused_now == 0.0
    assert found.as_dict()["values"]["js_divergence"] == list(found.samples.values["", "js_divergence"])


def test_null_edits_are_measured_as_a_proposal_is(engine):
    found = calibrate(engine, PLAN)
    shape = EditShape.plain(engine.model, engine.target_layers, "").scaled_to(0.5, "given")
    comparison = engine.immune.trial(shape.draw(engine.config.experiment.seed, 3))
    assert found.samples.values["", "cosine_drift"][3] == comparison.overall["cosine_drift"]


def test_larger_edits_ask_for_larger_limits(engine):
    small, large = (calibrate(engine, CalibrationPlan(24, 0.2, norm)) for norm in (0.1, 1.0))
    for p, q in zip(small.limits, large.limits, strict=True):
        assert p.limit < q.limit


def test_tags_get_limits_of_their_own(engine):
    found = calibrate(engine, CalibrationPlan(60, 0.3, 0.5, by_tag=True))
    assert {p.tag for p in found.limits} == {"", "prose", "code"}
    assert found.joint_rate <= 0.3
    assert set(found.as_dict()["tag_values"]) == {"prose", "code"}


# --- the size of the edits --------------------------------------------------------------------------------------------


def test_the_norm_is_taken_from_the_session(engine):
    with expect_sentence(InputError, "no committed step", "give a norm"):
        calibrate(engine, CalibrationPlan(24, 0.2))
    engine.evolve(tiny.PROMPTS[0])
    second = engine.evolve(tiny.PROMPTS[1])
    norms = [entry.details["norm"] for entry in engine.registry.history]
    last = calibrate(engine, CalibrationPlan(24, 0.2)).samples.basis
    assert last.norm == pytest.approx(norms[1], rel=1e-6)
    assert last.origin == f"the last committed step, {second.patch_id}"
    median = calibrate(engine, CalibrationPlan(24, 0.2, source="median")).samples.basis
    assert median.norm == pytest.approx(sum(norms) / 2, rel=1e-6)
    assert "2 proposals" in median.origin


def test_the_norm_of_a_proposal_for_a_prompt(engine):
    found = calibrate(engine, CalibrationPlan(24, 0.2, source="prompt", prompts=(tiny.PROMPTS[0],))).samples.basis
    assert found.norm == pytest.approx(engine.propose(tiny.PROMPTS[0]).measurement.patch.frobenius, rel=1e-6)
    assert engine.registry.history == []


def test_edits_on_the_base_do_not_see_the_session(engine):
    plan = CalibrationPlan(24, 0.2, 0.5, on_base=True)
    drift = ("", "cosine_drift")
    before = calibrate(engine, plan).samples.values[drift]
    engine.evolve(tiny.PROMPTS[0])
    present = calibrate(engine, PLAN).samples.values[drift]
    assert calibrate(engine, plan).samples.values[drift] == pytest.approx(before, rel=1e-3, abs=1e-7)
    assert present != pytest.approx(before, rel=1e-3, abs=1e-7)


@pytest.mark.parametrize(
    ("plan", "parts"),
    [
        (CalibrationPlan(0), ("0 null edits",)),
        (CalibrationPlan(10, 0.05, 1.0), ("10 null edits are too few", "at least 39")),
        (CalibrationPlan(rate=0.0), ("rate is 0",)),
        (CalibrationPlan(rate=1.0), ("rate is 1",)),
        (CalibrationPlan(norm=-1.0), ("norm", "-1")),
        (CalibrationPlan(norm=float("nan")), ("norm", "nan")),
        (CalibrationPlan(source="mean"), ("'mean'", "last, median, prompt")),
        (CalibrationPlan(source="prompt"), ("no prompt",)),
    ],
)
def test_a_plan_that_cannot_be_carried_out_is_explained(engine, plan, parts):
    with expect_sentence(InputError, *parts):
        calibrate(engine, plan)


# --- cancelling and going on ------------------------------------------------------------------------------------------


class StopsAfter:
    """A progress that cancels once so many edits are measured."""

    def __init__(self, count: int) -> None:
        self.count = count

    def __call__(self, what: str, share: float | None) -> None:
        if what == f"measuring null edit {self.count + 1} of {PLAN.count}":
            raise Cancelled("cancelled")


def test_a_cancelled_calibration_goes_on_where_it_stopped(engine):
    whole = calibrate(engine, PLAN)
    kept: list[NullSamples] = []
    with pytest.raises(Cancelled):
        calibrate(engine, PLAN, StopsAfter(10), on_samples=kept.append)
    assert kept[-1].count == 10
    told: list[str] = []
    resumed = calibrate(engine, PLAN, lambda what, share: told.append(what), known=kept[-1])
    assert resumed == whole
    assert sum(what.startswith("measuring") for what in told) == 14


def test_what_was_measured_in_another_state_is_not_gone_on_with(engine):
    known = calibrate(engine, PLAN).samples
    engine.evolve(tiny.PROMPTS[0])
    with expect_sentence(InputError, "another state", "anew"):
        calibrate(engine, PLAN, known=known)


def test_another_rate_needs_no_new_edits(engine):
    found = calibrate(engine, PLAN)
    wider = calibration_of(found.samples, 0.4, limits_of(engine.config, engine.immune.probe_set))
    assert wider.limit("js_divergence").limit < found.limit("js_divergence").limit


# --- taking limits and probes into the session ------------------------------------------------------------------------


def test_applied_limits_judge_the_next_step_and_can_be_undone(engine):
    before = engine.config.immune
    found = calibrate(engine, CalibrationPlan(60, 0.3, 0.5, by_tag=True))
    info = apply_limits(engine, found)
    limit = found.limit("js_divergence").limit
    assert engine.config.immune.max_js_divergence == limit == info.limits["js_divergence"]["step"][1]
    assert engine.immune.probe_set.limits["code"] == TagLimits(
        {p.key: p.limit for p in found.limits if p.tag == "code"}
    )
    assert engine.config.immune.cumulative == before.cumulative
    engine.undo()
    assert engine.config.immune == before
    assert engine.immune.probe_set == PROBES


def test_limits_over_all_probes_alone_are_no_limits_of_each_tag(engine):
    assert limits_of(engine.config, PROBES)["code", "ppl_ratio"] == engine.config.immune.max_ppl_spike
    apply_limits(engine, calibrate(engine, PLAN))
    assert engine.config.immune.every_tag is False, "the rate holds for the measures that were calibrated"
    assert ("code", "ppl_ratio") not in limits_of(engine.config, PROBES)
    assert {tag for _, _, tag in engine.immune.limits.bounds(("prose", "code"))} == {""}
    engine.undo()
    assert engine.config.immune.every_tag is True


def test_probes_taken_into_a_session_are_kept_with_it(engine, tmp_path):
    other = PROBES.changed([1], weight=5.0)
    use_probes(engine, other, "mine")
    path = Path(engine.config.immune.probes)
    assert path.parent == tmp_path / "data" / "probes" and path.name.startswith("mine-")
    assert load_probes(path) == engine.immune.probe_set == other
    engine.undo()
    assert engine.immune.probe_set == PROBES
    engine.redo()
    assert engine.immune.probe_set == other
