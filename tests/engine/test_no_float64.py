"""What is computed in float64 is computed on the processor: not every device has float64."""

from __future__ import annotations

import pytest
import torch

from hera_desktop.engine.edits import EDIT_STRATEGIES
from hera_desktop.engine.edits.lab import EditLab
from hera_desktop.engine.experiments.domain_prompts import DomainPrompt
from hera_desktop.engine.experiments.feature_effects import EffectMeter, base_activations
from hera_desktop.engine.experiments.held_out import HeldOut
from hera_desktop.engine.experiments.interventions import intervene
from hera_desktop.engine.experiments.scaling_measures import js_bits
from hera_desktop.engine.facts.judging import _perplexity
from hera_desktop.engine.hera import HeraEngine
from hera_desktop.engine.interchange.export import export_patches
from hera_desktop.engine.sae import FeatureReader
from hera_desktop.engine.sae_evaluation import measure_sae, store_density
from hera_desktop.engine.state_comparison import compare_states
from tests import tiny

from . import no_float64
from .samples import probe_file

PROMPT, TARGET = "The capital of France is", "Rome"
FAST = {"edits__learning_rate": 0.5, "edits__steps": 3, "edits__directions": 4, "edits__prefixes": 1}


@pytest.fixture(autouse=True)
def device():
    with no_float64.device() as device:
        yield device


@pytest.fixture
def engine(tmp_path):
    model = no_float64.language_model()
    reader = FeatureReader(no_float64.sae(), "random", model)
    config = tiny.config(**FAST, immune__probes=probe_file(tmp_path), evolution__learning_rate=2)
    engine = HeraEngine.around(model, reader, config, tmp_path / "session.hera")
    yield engine
    engine.close()


@pytest.mark.parametrize(
    "made", [lambda device: torch.ones(2, device=device), lambda device: torch.ones(2).to(device).requires_grad_()]
)
def test_the_device_of_these_tests_has_no_float64(device, made):
    there = made(device)
    assert there.device == device != torch.ones(2).device
    for refused in (lambda: (there + 1).sum().double(), lambda: torch.zeros(2, dtype=torch.float64) + there):
        with pytest.raises(no_float64.NoFloat64):
            refused()
    with pytest.raises(no_float64.NoFloat64):
        torch.zeros(2, dtype=torch.float64, device=device)
    assert (there + 1).detach().cpu().double().sum() == 4


@pytest.mark.parametrize("name", EDIT_STRATEGIES)
def test_every_edit_strategy_runs_without_float64(engine, name):
    settings = engine.config.edits.model_copy(update={"strategy": name})
    assert EditLab(engine).propose(PROMPT, TARGET, "France", settings).measurement.patch.is_finite


def test_steps_are_compared_and_written_without_float64(engine, tmp_path):
    engine.evolve(PROMPT, target=TARGET)
    engine.evolve("one two three")
    assert all(share > 0 for share in engine.stack.relative_change().values())
    assert compare_states(engine, "base", "now", PROMPT).matrices
    assert export_patches(engine, tmp_path / "merged", "merged").lost is not None


def test_the_sum_of_many_patches_is_measured_without_float64(engine):
    engine.evolve(PROMPT, target=TARGET)
    patch = engine.patch("p1")
    engine.stack.set([patch] * 60)  # more columns than the matrix has: the hook keeps their sum
    (share,) = engine.stack.relative_change().values()
    engine.stack.set([patch])
    assert share == pytest.approx(60 * next(iter(engine.stack.relative_change().values())), rel=1e-4)


def test_experiments_run_without_float64(engine):
    held_out = HeldOut(engine.model)
    meter = EffectMeter(engine, [DomainPrompt("numbers", "2 + 3 ="), DomainPrompt("places", "On the far coast")])
    prompt = DomainPrompt("places", "The lake lies in")
    meter.follow(base_activations(engine, [prompt]))
    assert meter.measure(prompt, 0).matrices[0].relative > 0
    assert intervene(engine, PROMPT, after=0, number=0).size > 0
    assert held_out.damage().perplexity == pytest.approx(1)


def test_distributions_are_compared_without_float64(engine):
    judged = engine.propose(PROMPT)
    before, after = judged.before.now, judged.measurement.prompt_after
    assert js_bits(before.probs(-1), after.probs(-1)) > 0
    assert _perplexity(judged.measurement.probes_after) > 1


def test_an_sae_is_measured_without_float64(engine, text, tmp_path):
    quality = measure_sae(engine.model, engine.reader.sae, text, tokens=500, loss_tokens=200, context=32)
    assert quality.tokens == 500 and quality.kl > 0
    store_density(engine.model, engine.reader.sae, text, tmp_path, tokens=500)
    assert (tmp_path / "sparsity.safetensors").exists()
