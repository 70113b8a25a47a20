"""Copies of the matrices in the format of the products: the same result, and the model's own stay as they are."""

from __future__ import annotations

import pytest
import torch

from hera_desktop.engine.adapter import AdapterSpec
from hera_desktop.engine.loading import fingerprint
from hera_desktop.engine.model import LanguageModel
from hera_desktop.engine.patch_stack import PatchStack
from hera_desktop.engine.processor import multiplying
from hera_desktop.engine.tokens import single
from tests import tiny

CPU = torch.device("cpu")
PROMPT = "The capital of France is"


@pytest.fixture(scope="module", params=tiny.KINDS)
def model(request) -> LanguageModel:
    return tiny.language_model(request.param)


def logits(model: LanguageModel) -> torch.Tensor:
    return model.forward(single(model.tokenize(PROMPT))).logits


def matrices(model: LanguageModel) -> list[torch.nn.Parameter]:
    return [p for p in model.hf.parameters() if p.ndim == 2]


def test_products_are_those_that_autocast_makes_bit_for_bit(model):
    with multiplying(torch.bfloat16, CPU):
        expected = logits(model)
    with model.multiplying(torch.bfloat16):
        assert torch.equal(logits(model), expected)
    assert not torch.equal(logits(model), expected)


def test_a_matrix_is_copied_once_and_the_model_has_its_own_afterwards(model):
    before, print_before = matrices(model), fingerprint(model.hf)
    with model.multiplying(torch.bfloat16):
        inside = [p for p in matrices(model) if p.dtype == torch.bfloat16]
    with model.multiplying(torch.bfloat16):
        again = [p for p in matrices(model) if p.dtype == torch.bfloat16]
    assert inside and [id(p) for p in inside] == [id(p) for p in again]
    assert [id(p) for p in matrices(model)] == [id(p) for p in before]
    assert fingerprint(model.hf) == print_before


def test_the_model_has_its_own_matrices_after_an_error_too(model):
    before = [id(p) for p in matrices(model)]
    with pytest.raises(ValueError, match="stop"), model.multiplying(torch.bfloat16):
        raise ValueError("stop")
    assert [id(p) for p in matrices(model)] == before


def test_in_the_models_own_format_nothing_is_copied(model):
    before = [id(p) for p in matrices(model)]
    expected = logits(model)
    with model.multiplying(None):
        assert [id(p) for p in matrices(model)] == before
        assert torch.equal(logits(model), expected)


def test_gradients_are_those_that_autocast_makes():
    model = tiny.language_model("llama")
    ids = torch.tensor([model.tokenize(PROMPT)])

    def gradient(context) -> torch.Tensor:
        x = model.hf.get_input_embeddings()(ids).detach().requires_grad_()
        with context:
            loss = model.hf(inputs_embeds=x, use_cache=False).logits.float().logsumexp(-1).sum()
        loss.backward()
        return x.grad

    assert torch.equal(gradient(model.multiplying(torch.bfloat16)), gradient(multiplying(torch.bfloat16, CPU)))


def test_a_matrix_with_an_adapter_around_it_stays_as_it_is():
    model = tiny.language_model("llama")
    stack = PatchStack(model)
    spec = AdapterSpec(2, 4.0, 0.0, True, False, ((0, "mlp.out"),))
    with stack.lesson(stack.adapter.begun(spec, 0)), model.multiplying(torch.bfloat16):
        weight = model.writer_at(0, "mlp.out").weight()
        assert weight.dtype == torch.float32
        assert model.writer_at(1, "mlp.out").weight().dtype == torch.bfloat16
