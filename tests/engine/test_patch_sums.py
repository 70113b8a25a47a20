"""Many patches on one matrix: their sum, and how little a patch more or less costs."""

from __future__ import annotations

import pytest
import torch

from hera_desktop.engine import patch_stack
from hera_desktop.engine.patch_stack import SUM_BLOCK, PatchStack
from hera_desktop.engine.patches import Patch
from tests import tiny

from .samples import factors, logits, patch_for

MANY = 2 * SUM_BLOCK + 9


@pytest.fixture(scope="module")
def model():
    return tiny.language_model("llama")


@pytest.fixture(scope="module")
def patches(model) -> list[Patch]:
    return [patch_for(model, seed=seed, size=0.002, rank=1) for seed in range(MANY)]


@pytest.fixture
def products(monkeypatch) -> list[int]:
    """How many changes each product that was computed summed up."""
    made: list[int] = []
    plain = patch_stack._product
    monkeypatch.setattr(patch_stack, "_product", lambda columns: (made.append(len(columns)), plain(columns))[1])
    return made


def test_the_sum_is_that_of_all_changes(model, stack, patches):
    stack.set(patches)
    total = sum(p.factors[0].u.double() @ p.factors[0].v.double().T for p in patches)
    hook = stack._sites[1, "mlp.out"]
    torch.testing.assert_close(hook.u.double(), total.T, rtol=1e-4, atol=1e-6)
    expected = (total.norm() / model.writer(1).weight().double().norm()).item()
    assert stack.relative_change()[1, "mlp.out"] == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("length", [SUM_BLOCK - 1, SUM_BLOCK, SUM_BLOCK + 1, 2 * SUM_BLOCK, MANY - 1])
def test_the_same_list_gives_the_same_logits_whatever_was_summed_before(model, stack, patches, length):
    stack.set(patches[:length])
    wanted = logits(model)
    detours = (
        patches[: length + 1],
        patches[: length - 1],
        patches,
        patches[:3],
        patches[1:],
        [*patches[:30], *patches[31:length]],
        [],
    )
    for detour in detours:
        stack.set(detour)
        stack.set(patches[:length])
        assert torch.equal(logits(model), wanted)
    fresh = PatchStack(model)
    stack.set(())
    fresh.set([Patch.from_bytes(patch.to_bytes()) for patch in patches[:length]])
    assert torch.equal(logits(model), wanted)
    fresh.set(())


@pytest.mark.parametrize("length", [SUM_BLOCK - 1, SUM_BLOCK, SUM_BLOCK + 1, MANY])
def test_trying_one_patch_more_sums_up_no_whole_list(stack, patches, products, length):
    stack.set(patches[:length])
    products.clear()
    with stack.trial(Patch((factors(rank=1, seed=7),))):
        pass
    with stack.trial(Patch((factors(rank=1, seed=8),))):
        pass
    assert len(products) <= 6
    assert sum(products) <= 5 * SUM_BLOCK
    products.clear()
    stack.set(patches[:length])
    assert products == []


def test_a_rollback_takes_one_product_for_many_patches(stack, patches, products):
    stack.set(patches)
    products.clear()
    stack.set(patches[: SUM_BLOCK + 5])
    assert products == [SUM_BLOCK, 5]
    products.clear()
    stack.set(patches)
    assert products == [SUM_BLOCK, 9]


def test_few_patches_are_summed_up_no_more(model, stack, patches, products):
    stack.set(patches)
    stack.set(patches[:2])
    products.clear()
    two = logits(model)
    stack.set(())
    stack.set(patches[:2])
    assert torch.equal(logits(model), two)
    assert products == []
