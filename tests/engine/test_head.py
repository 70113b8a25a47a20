"""The head alone makes the logits that the model makes, a few positions at a time."""

from __future__ import annotations

import pytest
import torch
from transformers import AutoModelForCausalLM, CohereConfig, Gemma2Config, GraniteConfig

from hera_desktop.engine.head import Head
from hera_desktop.engine.passes import Passes, Row
from hera_desktop.engine.tokens import lay_out, single
from tests import tiny

IDS = (3, 9, 4, 7, 11)
SIZES = {"vocab_size": 260, "hidden_size": 32, "num_hidden_layers": 2, "intermediate_size": 56}
HEADS = {"num_attention_heads": 4, "num_key_value_heads": 4}
SCALED = {
    "scaled": CohereConfig(**SIZES, **HEADS, logit_scale=0.25, pad_token_id=0),
    "divided": GraniteConfig(**SIZES, **HEADS, logits_scaling=8.0),
    "capped": Gemma2Config(**SIZES, **HEADS, head_dim=8, final_logit_softcapping=2.0),
}


@pytest.mark.parametrize("kind", tiny.KINDS)
def test_a_pass_without_head_gives_what_the_head_reads(kind):
    model = tiny.language_model(kind)
    batch = lay_out([IDS, IDS[:2]], width=5, pack=False)
    whole, body = model.forward(batch), model.forward(batch, head=False)
    assert body.logits is None
    torch.testing.assert_close(model.head(body.normed.flatten(0, 1)), whole.logits.flatten(0, 1))
    assert torch.equal(model.forward(batch).logits, whole.logits), "the head is there again"


def test_a_resumed_pass_may_end_before_the_head():
    model, batch = tiny.language_model("llama"), single(IDS)
    full = model.forward(batch, ["blocks.2.hook_in"])
    body = model.resume(batch, 2, full.captured["blocks.2.hook_in"], head=False)
    torch.testing.assert_close(model.head(body.normed[0]), full.logits[0])


@pytest.mark.parametrize("config", SCALED.values(), ids=list(SCALED))
def test_the_head_does_to_logits_what_its_kind_of_model_does(config):
    torch.manual_seed(0)
    model = AutoModelForCausalLM.from_config(config).eval()
    with torch.no_grad():
        model.get_output_embeddings().weight.mul_(20)
        normed = model.base_model(torch.tensor([IDS])).last_hidden_state[0]
        whole = model(torch.tensor([IDS])).logits[0]
        torch.testing.assert_close(Head(model)(normed), whole)
        assert not torch.allclose(model.get_output_embeddings()(normed), whole)


def test_a_body_that_fails_afterwards_is_the_models_own():
    model = tiny.language_model("llama")
    with pytest.raises(RuntimeError):
        model.head(torch.zeros(2, 7))
    assert "forward" not in vars(model.hf.base_model)
    (found,) = Passes(model).log_probs([Row(IDS, 1)])
    assert found.shape == (4, tiny.VOCAB)
