"""The probes measured with bfloat16 products (immune.dtype)."""

from __future__ import annotations

import pytest
import torch

from hera_desktop.engine.immune.system import ImmuneSystem
from hera_desktop.engine.model import LanguageModel
from tests import tiny

from .samples import logits, patch_for, probe_file

PROMPT = "The capital of France is"
JUDGED = ("js_divergence", "ppl_ratio", "cosine_drift")


@pytest.fixture(scope="module", params=tiny.KINDS)
def model(request) -> LanguageModel:
    return tiny.language_model(request.param)


@pytest.fixture
def systems(model, stack, tmp_path) -> tuple[ImmuneSystem, ImmuneSystem]:
    file = probe_file(tmp_path)
    return tuple(
        ImmuneSystem(model, stack, tiny.config(immune__probes=file, immune__dtype=dtype).immune)
        for dtype in ("model", "bfloat16")
    )


def test_the_measures_are_those_of_the_model_s_own_format_but_for_rounding(model, stack, systems):
    stack.set((patch_for(model, seed=3, size=0.01),))
    patch = patch_for(model, seed=1, size=0.3)
    exact, quick = (system.measure(patch, None, ()) for system in systems)
    for name in JUDGED:
        assert quick.step.overall[name] != exact.step.overall[name]
        assert quick.step.overall[name] == pytest.approx(exact.step.overall[name], rel=0.15, abs=5e-3)
        assert quick.cumulative.overall[name] == pytest.approx(exact.cumulative.overall[name], rel=0.15, abs=5e-3)
    assert exact.step.overall["js_divergence"] > 0.01
    assert quick.verdict.level == exact.verdict.level


def test_a_change_of_nothing_is_neutral(model, systems):
    found = systems[1].measure(patch_for(model, size=0.0), None, ()).step.overall
    assert found["ppl_ratio"] == 1.0
    assert found["entropy_change"] == 0.0
    assert found["js_divergence"] == pytest.approx(0, abs=1e-6)
    assert found["cosine_drift"] == pytest.approx(0, abs=1e-6)


def test_prompts_are_read_in_the_model_s_own_format(model, stack, systems):
    stack.set((patch_for(model, seed=3),))
    ids, patch = model.tokenize(PROMPT), patch_for(model, seed=1)
    states = [system.prompt_state(ids, ()) for system in systems]
    assert torch.equal(states[0].now.kept, states[1].now.kept)
    exact, quick = (system.measure(patch, state, ()) for system, state in zip(systems, states, strict=True))
    assert quick.prompt_step == exact.prompt_step
    assert quick.step != exact.step


def test_the_model_is_left_as_it_was(model, stack, systems):
    before = logits(model)
    systems[1].measure(patch_for(model, size=0.3), None, ())
    assert torch.equal(logits(model), before)
    assert before.dtype == torch.float32
    assert systems[1].baseline().entropy.dtype == torch.float32


def test_an_accepted_candidate_is_the_next_baseline_bit_for_bit(model, stack, systems):
    quick = systems[1]
    measurement = quick.measure(patch_for(model, layer=2, size=0.2), None, ())
    stack.set((measurement.patch,))
    quick.accept(measurement)
    kept = quick.baseline()
    assert kept is measurement.probes_after
    stack.set(())
    quick.baseline()
    stack.set((measurement.patch,))
    anew = quick.baseline()
    assert anew is not kept
    assert torch.equal(anew.kept, kept.kept)
