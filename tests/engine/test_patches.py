from __future__ import annotations

import pytest
import torch
from torch import Tensor

from hera_desktop.engine.errors import ModelError, SessionError
from hera_desktop.engine.model import LanguageModel
from hera_desktop.engine.patch_stack import PatchStack
from hera_desktop.engine.patches import Factors, Patch
from tests import tiny

from .samples import expect_sentence, factors, footprint, ids, logits, patch_for


@pytest.fixture(scope="module", params=tiny.KINDS)
def model(request) -> LanguageModel:
    return tiny.language_model(request.param)


@pytest.fixture(scope="module")
def llama() -> LanguageModel:
    return tiny.language_model("llama")


def dense(f: Factors) -> Tensor:
    return f.u.double() @ f.v.double().T


# --- factors ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", [(32, 56, 3), (5, 4, 7), (32, 56, 1)])
def test_singular_values_are_those_of_the_dense_matrix(shape):
    f = factors(*shape)
    expected = torch.linalg.svdvals(dense(f))
    found = f.singular_values
    n = min(len(expected), len(found))
    torch.testing.assert_close(found[:n], expected[:n])
    assert found[n:].abs().sum() < 1e-9
    assert f.frobenius == pytest.approx(dense(f).norm().item(), rel=1e-9)


@pytest.mark.parametrize("rank", [1, 2, 4])
def test_truncation_is_the_best_approximation_of_that_rank(rank):
    f = factors(rank=6)
    cut = f.truncated(rank)
    assert cut.rank == rank
    left, values, right = torch.linalg.svd(dense(f), full_matrices=False)
    best = left[:, :rank] * values[:rank] @ right[:rank]
    torch.testing.assert_close(dense(cut), best, rtol=1e-5, atol=1e-6)


def test_truncation_to_a_rank_it_has_changes_nothing():
    f = factors(rank=2)
    assert f.truncated(2) is f


def test_patch_norm_and_rank_cover_all_its_matrices():
    parts = factors(rank=2, layer=3), factors(rank=4, seed=1, layer=1)
    patch = Patch(parts)
    assert (patch.rank, patch.layers, patch.first_layer) == (4, (1, 3), 1)
    assert patch.frobenius == pytest.approx(sum(dense(f).square().sum().item() for f in parts) ** 0.5)


def test_scaling_scales_the_change():
    f = factors()
    torch.testing.assert_close(dense(Patch((f,)).scaled(-2).factors[0]), -2 * dense(f))


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_a_patch_that_is_not_finite_says_so(bad):
    f = factors()
    assert Patch((f,)).is_finite
    f.v[3, 1] = bad
    assert not Patch((f,)).is_finite


# --- bytes and hashes -------------------------------------------------------------------------------------------------


def test_bytes_give_the_same_patch_back():
    patch = Patch((factors(rank=2), factors(rank=1, seed=1, layer=3)))
    back = Patch.from_bytes(patch.to_bytes())
    assert back.content_hash == patch.content_hash
    for mine, other in zip(patch.factors, back.factors, strict=True):
        assert mine.site == other.site
        assert torch.equal(mine.u, other.u)
        assert torch.equal(mine.v, other.v)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: data[:4],
        lambda data: data[:100],
        lambda data: data[:-1],
        lambda data: b"\xff" * len(data),
        lambda data: data.replace(b'"0.v"', b'"9.v"'),
        lambda data: data.replace(b"__metadata__", b"__metadatb__"),
        lambda data: data.replace(b"sites", b"sitez"),
    ],
)
def test_damaged_bytes_are_a_session_error(spoil):
    with expect_sentence(SessionError, "damaged"):
        Patch.from_bytes(spoil(Patch((factors(),)).to_bytes()))


def test_content_hash_changes_with_any_part():
    f = factors()
    u, v = f.u.clone(), f.v.clone()
    u[0, 0] += 1e-6
    v[-1, -1] += 1e-6
    variants = [
        Patch((f,)),
        Patch((Factors(1, "mlp.out", u, f.v),)),
        Patch((Factors(1, "mlp.out", f.u, v),)),
        Patch((Factors(2, "mlp.out", f.u, f.v),)),
        Patch((Factors(1, "attn.o", f.u, f.v),)),
        Patch((f, factors(seed=1, layer=2))),
        Patch((factors(seed=1, layer=2), f)),
    ]
    assert len({patch.content_hash for patch in variants}) == len(variants)
    assert Patch((Factors(1, "mlp.out", f.u.clone(), f.v.clone()),)).content_hash == variants[0].content_hash


# --- the stack --------------------------------------------------------------------------------------------------------


def _writer_input_and_output(model: LanguageModel, layer: int) -> tuple[Tensor, Tensor]:
    writer, seen = model.writer(layer), []
    handle = writer.module.register_forward_hook(lambda _, args, out: seen.append((args[0], out)))
    model.forward(ids(model, "The capital of France is"))
    handle.remove()
    return seen[0]


def test_stack_adds_the_dense_change_of_all_its_patches(model):
    stack = PatchStack(model)
    patches = [patch_for(model, seed=1), patch_for(model, seed=2, rank=1)]
    x, plain = _writer_input_and_output(model, 1)
    stack.set(patches)
    x_after, changed = _writer_input_and_output(model, 1)
    stack.set(())
    assert torch.equal(x, x_after)
    total = sum(dense(p.factors[0]) for p in patches)
    expected = plain.double() + x.double() @ total.T
    assert (expected - plain).abs().max() > 1e-3
    torch.testing.assert_close(changed.double(), expected, rtol=1e-5, atol=1e-5)


def test_patched_model_equals_a_model_with_the_change_in_its_weights(model):
    kind = model.info.name.removeprefix("tiny-")
    patch = patch_for(model, layer=2)
    merged = tiny.language_model(kind)
    with torch.no_grad():
        merged.writer(2).weight().add_(dense(patch.factors[0]).float())
    stack = PatchStack(model)
    before = logits(model)
    with stack.trial(patch):
        patched = logits(model)
    scale = (logits(merged) - before).abs().max().item()
    assert scale > 1e-3
    torch.testing.assert_close(patched, logits(merged), rtol=1e-3, atol=1e-3 * scale + 1e-4)


def test_the_same_list_gives_the_same_logits_whatever_came_before(model):
    stack = PatchStack(model)
    base = logits(model)
    a, b, c = (patch_for(model, layer=layer, seed=layer) for layer in (0, 1, 2))
    d = patch_for(model, layer=1, seed=9)
    stack.set([a, b, d])
    wanted = logits(model)
    for detour in ([b], [d, b, a], [c, a], [], [a, b, c, d]):
        stack.set(detour)
        stack.set([a, b, d])
        assert torch.equal(logits(model), wanted)
    copies = [Patch.from_bytes(patch.to_bytes()) for patch in (a, b, d)]
    stack.set(copies)
    assert torch.equal(logits(model), wanted)
    stack.set(())
    assert torch.equal(logits(model), base)


def test_an_empty_stack_leaves_no_hook(model):
    hooks = footprint(model)
    stack = PatchStack(model)
    stack.set([patch_for(model), patch_for(model, layer=2)])
    assert footprint(model) != hooks
    stack.set(())
    assert footprint(model) == hooks


@pytest.mark.parametrize("how", ["trial", "temporarily"])
def test_a_trial_ends_as_it_began_even_when_it_fails(model, how):
    stack = PatchStack(model)
    kept, tried = patch_for(model, seed=1), patch_for(model, layer=2, seed=2)
    stack.set([kept])
    before, hooks = logits(model), footprint(model)
    with pytest.raises(ZeroDivisionError), stack.trial(tried) if how == "trial" else stack.temporarily([tried]):
        assert stack.active == ((kept, tried) if how == "trial" else (tried,))
        assert not torch.equal(logits(model), before)
        _ = 1 / 0
    assert stack.active == (kept,)
    assert footprint(model) == hooks
    assert torch.equal(logits(model), before)
    stack.set(())


def test_the_base_is_never_written(model):
    parameters = {name: p.clone() for name, p in model._hf.named_parameters()}
    stack = PatchStack(model)
    stack.set([patch_for(model, size=1.0)])
    logits(model)
    stack.set(())
    assert all(torch.equal(p, parameters[name]) for name, p in model._hf.named_parameters())


def test_one_patch_can_change_several_matrices(llama):
    stack = PatchStack(llama)
    attn = Factors(2, "attn.o", torch.randn(32, 1), torch.randn(32, 1))
    stack.set([Patch((*patch_for(llama).factors, attn))])
    assert set(stack.relative_change()) == {(1, "mlp.out"), (2, "attn.o")}
    stack.set(())


def test_relative_change_is_that_of_the_dense_sum(model):
    stack = PatchStack(model)
    patches = [patch_for(model, seed=1), patch_for(model, seed=2)]
    stack.set(patches)
    total = sum(dense(p.factors[0]) for p in patches)
    expected = (total.norm() / model.writer(1).weight().double().norm()).item()
    component = model.writer(1).component
    assert stack.relative_change() == {(1, component): pytest.approx(expected, rel=1e-5)}
    stack.set(())
    assert stack.relative_change() == {}


def test_a_patch_that_does_not_fit_changes_nothing(llama):
    stack = PatchStack(llama)
    kept = patch_for(llama, seed=1)
    stack.set([kept])
    before, hooks = logits(llama), footprint(llama)
    unfit = Factors(1, "mlp.unknown", torch.ones(32, 1), torch.ones(56, 1))
    many = [patch_for(llama, layer=layer) for layer in range(4)]
    with expect_sentence(ModelError, "mlp.unknown"):
        stack.set([*many, Patch((unfit,))])
    try:
        assert stack.active == (kept,)
        assert footprint(llama) == hooks
        assert torch.equal(logits(llama), before)
    finally:
        stack.set(())


def test_bfloat16_model_takes_patches_and_gives_its_base_back():
    model = tiny.language_model("llama", dtype=torch.bfloat16)
    before = logits(model)
    stack = PatchStack(model)
    with stack.trial(patch_for(model)):
        during = logits(model)
    assert during.dtype == torch.bfloat16
    assert during.isfinite().all()
    assert not torch.equal(during, before)
    assert torch.equal(logits(model), before)
