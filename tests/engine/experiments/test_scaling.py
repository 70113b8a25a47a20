"""The scaling experiment on tiny models."""

from __future__ import annotations

import gc
import json
import math
import weakref
from dataclasses import dataclass, replace
from itertools import pairwise

import pytest
import torch

from hera_desktop.engine.errors import InputError, ModelError
from hera_desktop.engine.experiments import scaling, scaling_models
from hera_desktop.engine.experiments.catalogue import EXPERIMENTS, ScalingSettings
from hera_desktop.engine.experiments.job import Job
from hera_desktop.engine.experiments.outcome import outcome_of
from hera_desktop.engine.experiments.scaling_figures import Scaling
from hera_desktop.engine.experiments.scaling_measures import (
    ALL,
    SizeFigures,
    StrengthStep,
    js_bits,
    measure_strengths,
    strengths,
    widths_up_to,
)
from hera_desktop.engine.experiments.scaling_table import outcome as outcome_from
from hera_desktop.engine.sae import FeatureReader
from tests import tiny

from .few_probes import FEW_PROBES

SMALL, MEDIUM, GEMMA = "random-gpt2-small", "random-gpt2-medium", "gemma-3-270m"
CHOSEN = ScalingSettings(models=(SMALL, MEDIUM, GEMMA), repeats=2, max_width=4096, strengths=4, prompts=2)


@dataclass(frozen=True)
class TinyJob(Job):
    """A job whose model is made anew each time, as a loaded one is."""

    sae: bool = True

    def model(self):
        model = tiny.language_model(n_layers=2)
        return model, FeatureReader(tiny.random_sae(), "random", model) if self.sae else None


@pytest.fixture(autouse=True, scope="module")
def tiny_sizes():
    """GPT-2 models of sizes that a test can have."""
    patch = pytest.MonkeyPatch()
    patch.setattr(scaling_models, "GPT2_SIZES", {"small": (2, 32, 4), "medium": (3, 64, 4)})
    patch.setattr(scaling_models, "GPT2_VOCAB", 300)
    patch.setattr(scaling_models, "GPT2_CONTEXT", 256)
    yield
    patch.undo()


@pytest.fixture(scope="module")
def job(tmp_path_factory):
    """Makes jobs with few probes."""
    file = tmp_path_factory.mktemp("probes") / "few.yaml"
    file.write_text(FEW_PROBES, encoding="utf-8")
    return lambda **given: TinyJob(tiny.config(immune__probes=file), **given)


@pytest.fixture(scope="module")
def measured(job):
    saved = []
    return scaling.run(CHOSEN, job(save=saved.append)), saved


def test_every_part_has_its_rows_and_plots(measured):
    outcome, saved = measured
    tables = {table.title: table for table in outcome.tables}
    assert [row[0] for row in tables["Model sizes"].rows] == ["tiny-llama", SMALL, MEDIUM]
    assert [row[0] for row in tables["SAE widths"].rows] == ["1,024", "4,096"]
    assert [row[1] for row in tables["Learning rates"].rows] == ["2"] * 4
    assert [row[0] for row in tables["Limits"].rows][::3] == ["0.1", "1", "10"]
    assert all(len(row) == len(table.columns) for table in outcome.tables for row in table.rows)
    assert outcome.finished and not any(one.finished for one in saved[:-1])
    for plot in outcome.plots[:4]:
        assert plot.log_x and plot.log_y and {curve.line for curve in plot.curves} == {False, True}


def test_a_document_is_read_back_as_it_was(measured):
    document = json.loads(json.dumps(measured[0].document(), allow_nan=False))
    assert outcome_of(document).document() == measured[0].document()


def test_random_weights_are_called_so_and_what_is_not_installed_is_skipped(measured):
    remarks = measured[0].remarks
    assert f"{SMALL}, {MEDIUM}: random weights: time and memory only." in remarks
    (skipped,) = [remark for remark in remarks if "skipped" in remark]
    assert GEMMA in skipped and "not installed" in skipped and "Gemma terms of use" in skipped


def test_sizes_are_the_models_own(measured):
    sizes = {one["name"]: one for one in measured[0].data["sizes"]}
    for name, (layers, width) in {SMALL: (2, 32), MEDIUM: (3, 64)}.items():
        embeddings = (300 + 256) * width
        blocks = layers * (12 * width**2 + 13 * width) + 2 * width
        assert sizes[name]["parameters"] == embeddings + blocks
        assert sizes[name]["weights"] == 4 * sizes[name]["parameters"] and sizes[name]["random"]
    assert all(len(one["step"]) == len(one["forward"]) == CHOSEN.repeats for one in sizes.values())
    assert not sizes["tiny-llama"]["random"]


def test_a_stopped_run_measures_only_what_is_missing(measured, job, monkeypatch):
    whole, saved = measured
    half = next(one for one in saved if len(one.data["sizes"]) == 2)
    asked, real = [], scaling.measure_size
    monkeypatch.setattr(scaling, "measure_size", lambda one, *rest: asked.append(one.info.name) or real(one, *rest))
    monkeypatch.setattr(scaling, "measure_width", lambda *_: pytest.fail("widths are there"))
    monkeypatch.setattr(scaling, "measure_strengths", lambda *_: pytest.fail("strengths are there"))
    outcome = scaling.run(CHOSEN, job(done=outcome_of(json.loads(json.dumps(half.document())))))
    assert asked == [MEDIUM] and outcome.finished
    assert outcome.data["sizes"][:2] == whole.data["sizes"][:2]
    assert outcome.data["steps"] == whole.data["steps"]


def test_an_earlier_run_with_other_settings_is_refused_before_anything_is_loaded(measured, job, monkeypatch):
    monkeypatch.setattr(TinyJob, "model", lambda self: pytest.fail("it was loaded"))
    other = CHOSEN.model_copy(update={"repeats": 3})
    with pytest.raises(InputError, match="the earlier run has repeats 2 and this one 3"):
        scaling.run(other, job(done=measured[0], save=lambda outcome: pytest.fail("it was written over")))


def test_each_model_is_free_before_the_next(job, monkeypatch):
    alive: list[weakref.ref] = []
    real = scaling.measure_size

    def measure(model, *rest):
        gc.collect()
        assert not any(ref() for ref in alive)
        alive.append(weakref.ref(model.hf))
        return real(model, *rest)

    monkeypatch.setattr(scaling, "measure_size", measure)
    scaling.run(quick(models=(SMALL, MEDIUM)), job())
    assert len(alive) == 3


def quick(**changes) -> ScalingSettings:
    return ScalingSettings(**{**EXPERIMENTS["scaling"].quick, **changes})


def test_a_cancelled_run_keeps_what_there_is(job):
    told = []
    given = {
        "cancelled": lambda: any(what == f"{SMALL}: warming up" for what in told),
        "progress": lambda what, share: told.append(what),
    }
    stopped = scaling.run(quick(models=(SMALL,)), job(**given))
    assert not stopped.finished
    assert [one["name"] for one in stopped.data["sizes"]] == ["tiny-llama"] and stopped.data["steps"] is not None


def test_the_quick_run_without_an_sae_uses_random_features(job):
    outcome = scaling.run(quick(), job(sae=False))
    assert outcome.finished and any("SAE random-4096" in remark for remark in outcome.remarks)


@pytest.mark.parametrize(
    ("name", "error", "words"),
    [
        ("random-gpt2-smal", InputError, "did you mean 'random-gpt2-small'"),
        ("nothing-here", ModelError, "nothing-here"),
    ],
)
def test_a_name_that_stands_for_no_model_is_refused_at_once(name, error, words, job, monkeypatch):
    monkeypatch.setattr(TinyJob, "model", lambda self: pytest.fail("it was loaded"))
    with pytest.raises(error, match=words):
        scaling.run(ScalingSettings(models=(name,)), job())


def test_a_model_that_does_not_fit_into_memory_is_skipped(job, monkeypatch):
    monkeypatch.setattr(scaling_models, "free_memory", lambda device: 10_000)
    outcome = scaling.run(quick(models=(SMALL,)), job())
    assert "of memory" in outcome.data["skipped"][SMALL] and outcome.finished


def test_a_large_vocabulary_is_read_byte_by_byte(monkeypatch):
    monkeypatch.setattr(scaling_models, "GPT2_VOCAB", 258)
    tokenizer = tiny.byte_tokenizer()
    tokenizer.add_tokens(["<one>", "<two>"])
    model = scaling_models.load_beside(SMALL, tiny.config(), tokenizer)
    ids = model.tokenize("a <one>")
    assert len(ids) == len("a <one>") and model.decode(ids) == "a <one>"


# --- strengths and limits ---------------------------------------------------------------------------------------------


def test_stronger_steps_do_more_and_use_more_of_the_limits():
    model = tiny.language_model(n_layers=2)
    reader = FeatureReader(tiny.random_sae(), "random", model)
    config = tiny.config(immune__max_js_divergence=0.1)
    found = list(measure_strengths(model, reader, config, (0.1, 3.0), 1, lambda what: None))
    weak, strong = found
    assert 0 < weak.effect < strong.effect <= 1
    for step in found:
        assert step.used["js_divergence"] == pytest.approx(step.damage["js_divergence"] / 0.1)
        assert step.used[ALL] >= max(step.used[name] for name in step.damage) - 1e-9


def test_limits_are_moved_over_the_measured_steps():
    damage = {"js_divergence": 0.1, "ppl_ratio": 1.1, "cosine_drift": 0.01}
    steps = tuple(
        StrengthStep("p", 1.0, 0.1, damage, {"js_divergence": js, "ppl_ratio": 0.3, "cosine_drift": 0.01, ALL: js})
        for js in (0.15, 0.9, 3.0, math.inf)
    )
    hangs_on = {"config": {"immune": tiny.config().immune.model_dump()}}
    (limits,) = [t for t in outcome_from(Scaling(steps=steps), hangs_on, True).tables if t.title == "Limits"]
    shares = {row[0]: (row[2], row[4], row[-1]) for row in limits.rows}
    assert shares["0.1"] == ("0.0 %", "0.0 %", "0.0 %")
    assert shares["0.2"] == ("25.0 %", "0.0 %", "25.0 %")
    assert shares["1"] == ("50.0 %", "100.0 %", "50.0 %")
    assert shares["10"] == ("75.0 %", "100.0 %", "75.0 %")


def test_ratios_are_of_pairs():
    size = SizeFigures("m", False, 10**6, 1, (500, 1000), (1.0, 4.0), (2.0, 4.0), 4 * 10**6, 8 * 10**6)
    hangs_on = {"config": {"immune": tiny.config().immune.model_dump()}}
    row = outcome_from(Scaling(sizes=(size,)), hangs_on, True).tables[0].rows[0]
    assert row[6] == "3"  # seconds for 1,000 tokens: the median of 2 and 4
    assert row[7] == "1.5 (1 to 2)" and row[9] == "2.00"


def test_js_of_distributions_that_do_not_meet_is_one_bit():
    apart = js_bits(torch.tensor([1.0, 0.0]), torch.tensor([0.0, 1.0]))
    half = js_bits(torch.tensor([1.0, 0.0]), torch.tensor([0.5, 0.5]))
    assert apart == pytest.approx(1) and js_bits(torch.tensor([0.3, 0.7]), torch.tensor([0.3, 0.7])) == 0
    assert half == pytest.approx(0.5 * math.log2(4 / 3) + 0.25 * math.log2(2 / 3) + 0.25)


def test_grids_are_geometric():
    assert widths_up_to(65_536) == (1024, 4096, 16_384, 65_536) and widths_up_to(5000) == (1024, 4096)
    assert strengths(2) == (0.1, 30.0)
    rates = strengths(8)
    assert all(b / a == pytest.approx(rates[1] / rates[0], rel=0.01) for a, b in pairwise(rates))


def test_steps_that_are_not_finite_are_kept_in_the_document():
    step = StrengthStep("p", 30.0, 0.1, {"js_divergence": math.nan}, {ALL: math.inf})
    document = json.loads(json.dumps(replace(Scaling(), steps=(step,)).document(), allow_nan=False))
    assert scaling.scaling_of(document).steps[0].used[ALL] == math.inf
