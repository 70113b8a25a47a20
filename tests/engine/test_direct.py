"""Norms, attention and head compute as the model's own do, and step by step where a hook listens inside."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor
from transformers import AutoModelForCausalLM, Gemma2Config, PreTrainedModel, Qwen3Config

from hera_desktop.engine.loading import LoadedModel
from hera_desktop.engine.model import LanguageModel
from hera_desktop.engine.tokens import single
from tests import tiny

SIZES = {
    "vocab_size": tiny.VOCAB,
    "hidden_size": 32,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "head_dim": 8,
    "intermediate_size": 56,
}
INSIDE = ("attn.hook_pattern", "attn.hook_attn_scores", "attn.hook_rot_q", "ln1.hook_scale", "ln2.hook_normalized")
PROMPT = "The capital of France is"


def language_model(config) -> tuple[LanguageModel, PreTrainedModel]:
    """The wrapped model, and the same one as ``transformers`` alone runs it."""
    torch.manual_seed(0)
    alone = AutoModelForCausalLM.from_config(config).eval()
    wrapped = AutoModelForCausalLM.from_config(config).eval()
    wrapped.load_state_dict(alone.state_dict())
    return LanguageModel(LoadedModel("tiny", wrapped, tiny.byte_tokenizer())), alone


@pytest.fixture(scope="module", params=["llama", "gemma2", "qwen3"])
def models(request) -> tuple[LanguageModel, PreTrainedModel]:
    match request.param:
        case "gemma2":
            return language_model(Gemma2Config(**SIZES, attn_logit_softcapping=0.02, sliding_window=8))
        case "qwen3":
            return language_model(Qwen3Config(**SIZES))
    return language_model(tiny._config("llama", 2))


def logits_of(model: LanguageModel) -> Tensor:
    return model.forward(single(model.tokenize(PROMPT))).logits


def listen(model: LanguageModel, name: str, found: list[Tensor]):
    return model._hooks[f"blocks.1.{name}"].register_forward_hook(lambda _, __, value: found.append(value))


def test_what_comes_out_is_what_transformers_computes(models):
    model, alone = models
    with torch.inference_mode():
        if getattr(alone.config, "attn_logit_softcapping", None):
            alone.set_attn_implementation("eager")  # sdpa leaves the cap out
        expected = alone(torch.tensor([model.tokenize(PROMPT)])).logits
    torch.testing.assert_close(logits_of(model), expected, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("name", INSIDE)
def test_a_hook_inside_sees_its_values_and_changes_nothing(models, name):
    model, _ = models
    without, found = logits_of(model), []
    handle = listen(model, name, found)
    try:
        torch.testing.assert_close(logits_of(model), without, rtol=1e-4, atol=1e-5)
    finally:
        handle.remove()
    assert len(found) == 1
    logits_of(model)
    assert len(found) == 1


def test_a_hook_inside_can_change_what_comes_out(models):
    model, _ = models
    without = logits_of(model)
    handle = model._hooks["blocks.1.attn.hook_pattern"].register_forward_hook(lambda _, __, value: value * 0)
    try:
        assert not torch.allclose(logits_of(model), without, rtol=1e-3, atol=1e-4)
    finally:
        handle.remove()
    assert torch.equal(logits_of(model), without)


@pytest.mark.parametrize("name", ["attn.hook_in", "attn.hook_out", "attn.q.hook_out", "attn.o.hook_in", "ln1.hook_out"])
def test_hooks_outside_are_called_on_the_direct_way(models, name):
    found: list[Tensor] = []
    handle = listen(models[0], name, found)
    try:
        logits_of(models[0])
    finally:
        handle.remove()
    assert len(found) == 1


def test_nothing_inside_is_computed_where_nobody_listens(models, monkeypatch):
    model, _ = models
    hook, computed = model._hooks["blocks.1.attn.hook_attn_scores"], []
    monkeypatch.setattr(hook, "forward", computed.append)
    logits_of(model)
    assert computed == []


@pytest.mark.parametrize("given", [False, True])
def test_a_head_has_the_bias_that_it_came_with_and_no_other(given):
    config = tiny._config("llama", 2)
    alone = AutoModelForCausalLM.from_config(config).eval()
    wrapped = AutoModelForCausalLM.from_config(config).eval()
    for model in (alone, wrapped):
        model.lm_head = torch.nn.Linear(32, tiny.VOCAB, bias=given)
    with torch.no_grad():
        wrapped.load_state_dict(alone.state_dict())
    model = LanguageModel(LoadedModel("tiny", wrapped, tiny.byte_tokenizer()))
    assert (model.hf.get_output_embeddings().original_component.bias is not None) == given
    batch = single(model.tokenize(PROMPT))
    with torch.inference_mode():
        torch.testing.assert_close(model.forward(batch).logits, alone(batch.ids).logits, rtol=1e-4, atol=1e-5)
