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
