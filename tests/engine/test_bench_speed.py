"""The benches of step, growth, throughput and verdicts on a tiny model; no time is judged."""

from __future__ import annotations

import pytest

from hera_desktop.engine.bench import step, verdicts
from hera_desktop.engine.bench.growth import TOTAL_CHANGE, bench_growth, growth_figures
from hera_desktop.engine.bench.plain_model import PlainModel
from hera_desktop.engine.bench.step import (
    PROMPTS,
    WARM_UP,
    bench_config,
    downstream_share,
    goal_of,
    step_figures,
)
from hera_desktop.engine.bench.throughput import throughput_figures
from hera_desktop.engine.bench.timing import Spread, ratios, spread
from hera_desktop.engine.bench.verdicts import agreement, doses
from hera_desktop.engine.errors import InputError
from hera_desktop.engine.ledger import Ledger
from hera_desktop.engine.sae import FeatureReader
from tests import tiny

from .samples import expect_sentence, patch_for, probe_file


@pytest.fixture
def engine(tmp_path):
    file = probe_file(tmp_path)
    engine = tiny.engine(tmp_path / "bench.hera", immune__probes=file, evolution__target_layers="[1]")
    yield engine
    engine.close()


@pytest.fixture
def plain(engine):
    return PlainModel(tiny.hf_model(), engine.model)


# --- times ------------------------------------------------------------------------------------------------------------


def test_a_ratio_is_taken_pair_by_pair():
    assert ratios([2.0, 30.0, 4.0], [1.0, 10.0, 4.0]) == Spread(2.0, 1.0, 3.0)
    assert spread([3.0, 1.0, 2.0]) == Spread(2.0, 1.0, 3.0)
    with pytest.raises(ValueError):
        ratios([1.0], [1.0, 2.0])


def test_the_downstream_share_counts_matrices_behind_the_edit():
    model = tiny.language_model("llama")
    block = model.block_size(0)
    head = model.info.d_model * model.info.vocab_size
    assert downstream_share(model, 0) == 1
    assert downstream_share(model, 3) == pytest.approx((block + head) / (4 * block + head))


@pytest.mark.parametrize(("units", "goal"), [("matrix", 0.5), ("vector", None), ("none", None)])
def test_bfloat16_has_a_goal_only_where_there_are_matrix_units(monkeypatch, units, goal):
    monkeypatch.setattr(step, "bfloat16_units", lambda: units)
    assert goal_of(0.8, "bfloat16") == goal
    assert goal_of(0.8, "model") == pytest.approx(0.94)


# --- step -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dtype", ["model", "bfloat16"])
def test_a_step_bench_takes_real_steps(engine, plain, dtype):
    mine = engine.config.model_copy(
        update={"immune": engine.config.immune.model_copy(update={"dtype": dtype})},
    )
    engine.configure(bench_config(mine, 1))
    found = step_figures(engine, plain, 1, runs=2)
    assert len(engine.ledger.entries()) == WARM_UP + 2
    assert {entry.details["layers"][0] for entry in engine.ledger.entries()} == {1}
    assert 0 < found.ratio.low <= found.ratio.median <= found.ratio.high
    assert (found.runs, found.dtype, found.tokens) == (2, dtype, engine.immune.batch.n_tokens)


# --- growth -----------------------------------------------------------------------------------------------------------


def test_a_session_grows_to_the_sizes_that_are_asked_for(engine, plain, tmp_path):
    found = growth_figures(engine, plain, (30, 2), runs=1)
    assert [one.patches for one in found] == [0, 2, 30]
    assert found[0].against_none.median == 1
    assert all(one.rollback.high > 0 for one in found[1:])
    assert engine.stack.active and len(engine.info().active) == 30
    change = engine.stack.relative_change()[1, "mlp.out"]
    assert change == pytest.approx(TOTAL_CHANGE, rel=0.3)
    assert engine.verify().faults == ()


def test_bytes_a_patch_are_those_of_the_file(engine, plain, tmp_path):
    """Two hundred patches more make the copy larger by what the bench says of each."""
    found = growth_figures(engine, plain, (1, 200), runs=1)[-1]
    engine.ledger.copy_to(tmp_path / "copy.hera")
    copy = Ledger.open(tmp_path / "copy.hera")
    stored = sum(len(copy.patch(patch_id).to_bytes()) for patch_id in copy.timeline.current.active)
    copy.close()
    assert stored / 200 < found.bytes_per_patch < (tmp_path / "copy.hera").stat().st_size / 199


def test_filled_patches_are_recorded_with_measurements(engine, plain):
    growth_figures(engine, plain, (3,), runs=1)
    active = engine.info().active
    details = [engine.ledger.entry(patch_id).details for patch_id in active]
    assert all(len(d["probe_metrics"]["js_divergence"]) == 4 for d in details)
    assert all(engine.ledger.patch(patch_id).rank == 1 for patch_id in active)


@pytest.mark.parametrize("sizes", [(), (0,), (5, -1)])
def test_sizes_below_one_are_refused(tmp_path, sizes):
    with expect_sentence(InputError, "patches"):
        bench_growth(tiny.config(), tmp_path, sizes)


# --- queue and single calls -------------------------------------------------------------------------------------------


def test_queue_and_single_calls_evolve_the_same_prompts(tmp_path):
    model = tiny.language_model("llama")
    reader = FeatureReader(tiny.random_sae(), "random", model)
    settings = bench_config(tiny.config(immune__probes=probe_file(tmp_path)), 1)
    found = throughput_figures(model, reader, settings, tmp_path, runs=1, prompts=3)
    assert found.prompts == 3
    assert found.queue.median > 0 and found.single.median > 0
    for name in ("queue-1", "single-1"):
        session = Ledger.open(tmp_path / f"{name}.hera")
        assert [entry.prompt for entry in session.entries()] == list(PROMPTS[:3])
        session.close()


# --- verdicts ---------------------------------------------------------------------------------------------------------


def test_doses_reach_from_no_harm_to_destruction(engine):
    changes = list(doses(engine))
    sizes = [change.frobenius for change in changes]
    assert max(sizes) > 100 * min(sizes)
    assert {change.layers for change in changes} == {(layer,) for layer in range(4)}


def test_agreement_counts_edits_judged_alike(engine):
    strict = engine.config.model_copy(
        update={"immune": engine.config.immune.model_copy(update={"max_js_divergence": 0.05})}
    )
    engine.configure(strict)
    changes = [patch_for(engine.model, seed=seed, size=size) for seed in range(3) for size in (0.0, 5.0)]
    found = agreement(engine, changes)
    assert found.edits == 6
    assert found.levels == {"safe": 3, "warning": 0, "reject": 3}
    assert (found.same_verdict, found.same_decision, found.disagreements) == (1.0, 1.0, ())
    assert engine.stack.active == ()


def test_an_edit_judged_otherwise_is_named(engine, monkeypatch):
    patch = patch_for(engine.model, size=0.05)
    measured = engine.immune.measure(patch, None, ()).step.overall["js_divergence"]
    limits = iter((0.5 * measured, 2.0 * measured))

    def judged(system, change):
        system.limits.reject["step", "js_divergence"] = next(limits)
        return system.measure(change, None, ()).verdict, 1.0

    monkeypatch.setattr(verdicts, "_judged", judged)
    found = agreement(engine, [patch])
    assert (found.same_verdict, found.same_decision, len(found.disagreements)) == (0.0, 0.0, 1)
    assert found.disagreements[0].exact.startswith("rejected")
