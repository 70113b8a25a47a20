"""Passes over many short texts: however they are computed, the log-probabilities and their slopes are the same."""

from __future__ import annotations

import pytest
import torch

from hera_desktop.engine import passes
from hera_desktop.engine.passes import Passes, Row, nudging, surprise
from tests import tiny

TEXTS = ((3, 9, 4, 7), (3, 9, 11), (3, 9, 12, 5, 8, 2))


@pytest.fixture
def engine(tmp_path):
    engine = tiny.engine(tmp_path / "s.hera")
    yield engine
    engine.close()


def _slopes(engine, products):
    """The mean surprise of the texts' last tokens, and its slope by what a block's MLP writes."""
    rows = [Row(text, len(text) - 1) for text in TEXTS]
    module = engine.model.writer_at(0, "mlp.out").module
    with nudging({"mlp": module}) as nudged, torch.enable_grad():
        found = Passes(engine.model, products).log_probs(rows)
        loss = torch.cat([surprise(row, logs) for row, logs in zip(rows, found, strict=True)]).mean()
        (slope,) = torch.autograd.grad(loss, [nudged["mlp"]])
    return loss.item(), slope


@pytest.mark.parametrize("most", [0, 2**17])
def test_slopes_are_the_models_own_whichever_way_attention_is_computed(engine, monkeypatch, most):
    loss, slope = _slopes(engine, None)
    monkeypatch.setattr(passes, "MOST_PAIRS", most)
    taken, kernel = [], passes.sdpa_kernel
    monkeypatch.setattr(passes, "sdpa_kernel", lambda backend: taken.append(backend) or kernel(backend))
    near, also = _slopes(engine, torch.bfloat16)
    assert near == pytest.approx(loss, rel=0.02)
    assert torch.nn.functional.cosine_similarity(slope.flatten(), also.flatten(), dim=0) > 0.98
    assert bool(taken) == bool(most)


def _found(model, passes, rows):
    """Log-probabilities of the texts' last tokens, and the slope of their sum by a bias on what a block writes."""
    module = model.writer(0).module
    bias = torch.zeros(tiny.D_MODEL, requires_grad=True)
    handle = module.register_forward_hook(lambda _, args, written: written + bias)
    try:
        with torch.enable_grad():
            found = torch.cat([surprise(row, logs) for row, logs in zip(rows, passes.log_probs(rows), strict=True)])
            (slope,) = torch.autograd.grad(found.sum(), [bias])
    finally:
        handle.remove()
    return found.detach(), slope


@pytest.mark.parametrize("kind", tiny.KINDS)
def test_texts_in_one_row_are_given_what_each_is_given_alone(kind):
    model, rows = tiny.language_model(kind), [Row(text, len(text) - 1) for text in TEXTS]
    alone = [_found(model, Passes(model), [row]) for row in rows]
    packed, slope = _found(model, Passes(model, packs=True), rows)
    assert packed.tolist() == pytest.approx([found.item() for found, _ in alone], abs=1e-5)
    assert torch.allclose(slope, torch.stack([slope for _, slope in alone]).sum(0), atol=1e-5)


@pytest.mark.parametrize(("packs", "most", "read"), [(True, 2**17, 1), (True, 0, 2), (False, 2**17, 2)])
def test_what_texts_share_is_no_pass_of_its_own_where_they_fit_one_row(engine, monkeypatch, packs, most, read):
    monkeypatch.setattr(passes, "MOST_PAIRS", most)
    rows, count = [Row(text, len(text) - 1) for text in TEXTS], []
    handle = engine.model.writer(0).module.register_forward_hook(lambda *_: count.append(1))
    with torch.enable_grad():
        Passes(engine.model, packs=packs).log_probs(rows)
    handle.remove()
    assert len(count) == read


def test_an_answer_ends_at_any_token_that_ends_answers(engine):
    model, prompts = engine.model, [(3, 9, 4, 7), (3, 9)]
    free = Passes(model).answers(prompts, 6)
    assert [len(answer) for answer in free] == [6, 6]
    model.hf.generation_config.eos_token_id = [model.tokenizer.eos_token_id, free[0][2]]
    ended = Passes(model).answers(prompts, 6)
    assert ended[0] == free[0][: free[0].index(free[0][2])]
    assert model.ends == {model.tokenizer.eos_token_id, free[0][2]}
