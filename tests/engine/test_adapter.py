"""The chat's adapter: off it is the base, on it is one state, whatever the architecture calls its matrices."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from hera_desktop.engine.adapter import AdapterSpec, AdapterState, read_change
from hera_desktop.engine.errors import InputError, SessionError
from hera_desktop.engine.facts_config import LoraSection
from hera_desktop.engine.patch_stack import PatchStack, in_force
from hera_desktop.engine.patches import Factors, Patch
from hera_desktop.engine.tokens import single
from tests import tiny

IDS = tuple(range(5, 25))


def logits(model) -> torch.Tensor:
    return model.forward(single(IDS)).logits.clone()


def spec_of(model, **settings) -> AdapterSpec:
    return AdapterSpec.of(LoraSection(**{"rank": 2, "per_fact": False, **settings}), model)


def moved(state: AdapterState, seed: int = 0, size: float = 0.1) -> AdapterState:
    """The same adapter with a B that changes something."""
    generator = torch.Generator().manual_seed(seed)
    tensors = {
        k: torch.randn(t.shape, generator=generator) * size if k.endswith("B") else t for k, t in state.tensors.items()
    }
    return replace(state, tensors=tensors)


@pytest.mark.parametrize("dora", [False, True])
@pytest.mark.parametrize("targets", [("q_proj", "v_proj"), ("down_proj",), ("o_proj", "up_proj")])
@pytest.mark.parametrize("kind", ["llama", "gpt2", "gemma"])
def test_off_is_the_base_and_on_is_the_same_state_bit_for_bit(kind, targets, dora):
    model = tiny.language_model(kind)
    stack, base = PatchStack(model), logits(model)
    begun = stack.adapter.begun(spec_of(model, targets=targets, dora=dora), 1)
    state = moved(begun)
    stack.set([begun])
    assert torch.allclose(logits(model), base, atol=1e-5)
    stack.set([state])
    on = logits(model)
    assert (on - base).abs().max() > 1e-3
    stack.set([])
    assert torch.equal(logits(model), base)
    stack.set([state])
    assert torch.equal(logits(model), on)
    stack.adapter.remove()
    assert torch.equal(logits(model), base)


def test_of_several_adapters_the_last_counts_and_patches_stay():
    model = tiny.language_model()
    stack = PatchStack(model)
    begun = stack.adapter.begun(spec_of(model), 1)
    first, second = moved(begun, 1), moved(begun, 2)
    patch = Patch((Factors(1, "mlp.out", torch.randn(32, 1) * 0.1, torch.randn(56, 1)),))
    assert in_force([first, patch, second]) == (patch, second)
    stack.set([patch, second])
    expected = logits(model)
    stack.set([first, patch, second])
    assert torch.equal(logits(model), expected) and stack.learned is second
    with stack.adapter.off():
        without = logits(model)
    stack.set([patch])
    assert torch.equal(logits(model), without)


def test_another_spec_makes_the_layers_anew():
    model = tiny.language_model()
    stack, base = PatchStack(model), logits(model)
    small = moved(stack.adapter.begun(spec_of(model), 1))
    stack.set([small])
    with_small = logits(model)
    large = moved(stack.adapter.begun(spec_of(model, rank=3, targets=("q_proj",), layers=(2,)), 1))
    stack.set([large])
    assert large.layers == (2,) and not torch.equal(logits(model), with_small)
    stack.set([small])
    assert torch.equal(logits(model), with_small)
    stack.set([])
    assert torch.equal(logits(model), base)


@pytest.mark.parametrize("dora", [False, True])
def test_a_state_comes_back_from_its_bytes(dora):
    model = tiny.language_model()
    state = moved(PatchStack(model).adapter.begun(spec_of(model, dora=dora), 1))
    state = replace(state, optimizer={"1.attn.q.B.step": torch.tensor(3.0)})
    again = read_change(state.to_bytes())
    assert isinstance(again, AdapterState) and again.spec == state.spec and again.content_hash == state.content_hash
    assert again.optimizer["1.attn.q.B.step"] == 3
    with pytest.raises(SessionError):
        read_change(state.to_bytes()[:-20])


def test_the_factors_are_the_change_that_the_layers_make():
    model = tiny.language_model()
    stack = PatchStack(model)
    state = moved(stack.adapter.begun(spec_of(model, targets=("down_proj",), layers=(1, 2), rslora=True), 1))
    stack.set([state])
    by_layers = logits(model)
    stack.set([Patch(state.factors)])
    assert torch.allclose(logits(model), by_layers, atol=1e-4)
    assert state.frobenius == pytest.approx(Patch(state.factors).frobenius)


def test_half_way_between_two_states():
    model = tiny.language_model()
    begun = PatchStack(model).adapter.begun(spec_of(model), 1)
    state = moved(begun)
    half = begun.between(state, 0.5)
    key = next(key for key in state.tensors if key.endswith("B"))
    assert torch.allclose(half.tensors[key], state.tensors[key] / 2)
    assert begun.between(state, 1.0).content_hash == replace(state, optimizer={}).content_hash


def test_a_matrix_or_block_that_is_not_there_is_one_sentence():
    model = tiny.language_model("gpt2")
    for settings in ({"targets": ("gate_proj",)}, {"targets": ("c_attn",)}, {"layers": (99,)}):
        with pytest.raises(InputError) as error:
            spec_of(model, **settings)
        assert "\n" not in str(error.value)
    with pytest.raises(InputError, match="q_proj"):
        spec_of(tiny.language_model("mamba"), targets=("q_proj",))


def test_bfloat16_bases_have_adapters_in_float32():
    model = tiny.language_model(dtype=torch.bfloat16)
    stack = PatchStack(model)
    stack.set([moved(stack.adapter.begun(spec_of(model), 1))])
    assert {p.dtype for p in stack.adapter.parameters().values()} == {torch.float32}
    assert logits(model).isfinite().all()
