"""Several states in the rows of one batch, and prompts that are read in part and then beside a proposal."""

from __future__ import annotations

import pytest
import torch

from hera_desktop.engine.immune.prompt_states import PromptReader
from hera_desktop.engine.immune.snapshot import Snapshot, SnapshotMaker, finish
from hera_desktop.engine.model import LanguageModel
from hera_desktop.engine.patch_stack import SUM_BLOCK, PatchStack
from hera_desktop.engine.patches import Patch
from hera_desktop.engine.tokens import lay_out, single
from tests import tiny

from .samples import patch_for

PROMPT = "The capital of France is"
HOOK = "blocks.1.hook_out"


@pytest.fixture(scope="module", params=tiny.KINDS)
def model(request) -> LanguageModel:
    return tiny.language_model(request.param)


@pytest.fixture
def reader(model, stack) -> PromptReader:
    return PromptReader(model, stack, SnapshotMaker(model, 5, kept=torch.float32))


def alone(model: LanguageModel, stack: PatchStack, state: tuple[Patch, ...], hook: str = HOOK) -> Snapshot:
    with stack.temporarily(state):
        maker = SnapshotMaker(model, 5, kept=torch.float32)
        return maker.full(single(model.tokenize(PROMPT)), [hook]).snapshot()


def assert_alike(found: Snapshot, wanted: Snapshot, hook: str = HOOK) -> None:
    torch.testing.assert_close(found.probs(-1), wanted.probs(-1), rtol=1e-4, atol=1e-6)
    torch.testing.assert_close(found.nll[1:], wanted.nll[1:], rtol=1e-4, atol=1e-5)
    scale = wanted.watched[hook].abs().max().item()
    torch.testing.assert_close(found.watched[hook], wanted.watched[hook], rtol=1e-4, atol=1e-5 * scale)


@pytest.mark.parametrize("many", [1, SUM_BLOCK])
def test_each_row_is_in_a_state_of_its_own(model, stack, many):
    first = tuple(patch_for(model, seed=seed, size=0.02 / many) for seed in range(many))
    states = ((), first, (*first, patch_for(model, layer=2, seed=900), patch_for(model, seed=901)))
    ids = model.tokenize(PROMPT)
    with stack.beside(*states):
        rows = model.forward(lay_out([ids] * 3, width=len(ids), pack=False)).logits
    for row, state in zip(rows, states, strict=True):
        with stack.temporarily(state):
            wanted = model.forward(single(ids)).logits[0]
        torch.testing.assert_close(row, wanted, rtol=1e-4, atol=1e-5 * wanted.abs().max().item())
    assert stack.active == ()


def test_after_an_error_every_row_is_in_the_present_state_again(model, stack):
    patch = patch_for(model)
    stack.set((patch,))
    plain = model.forward(single(model.tokenize(PROMPT))).logits.clone()
    with pytest.raises(ZeroDivisionError), stack.beside((), (patch,)):
        1 / 0  # noqa: B018
    assert torch.equal(model.forward(single(model.tokenize(PROMPT))).logits, plain)


@pytest.mark.parametrize("active_layers", [(), (0,), (1,), (2,), (1, 2)])
@pytest.mark.parametrize("layer", [0, 1, 2])
def test_a_prompt_beside_a_proposal_is_what_each_state_makes_of_it_alone(model, stack, reader, active_layers, layer):
    active = tuple(patch_for(model, layer=at, seed=at + 10) for at in active_layers)
    patch = patch_for(model, layer=layer, seed=5)
    stack.set(active)
    state = reader.begin(model.tokenize(PROMPT), [HOOK])
    scale = state.watched(HOOK).abs().max().item()
    now = alone(model, stack, active)
    torch.testing.assert_close(state.watched(HOOK), now.watched[HOOK], rtol=1e-4, atol=1e-5 * scale)
    assert state.finished is None
    pending = reader.after(state, patch, layer, [HOOK])
    (made,) = finish([pending.building])
    assert_alike(pending.taken(made), alone(model, stack, (*active, patch)))
    assert state.finished is not None
    assert_alike(state.base, alone(model, stack, ()))
    assert_alike(state.now, now)
    assert stack.active == active


def test_a_second_proposal_finds_the_states_finished(model, stack, reader):
    active, patches = (patch_for(model, seed=1),), [patch_for(model, seed=seed) for seed in (2, 3)]
    stack.set(active)
    state = reader.begin(model.tokenize(PROMPT), [HOOK])
    for patch in patches:
        pending = reader.after(state, patch, patch.first_layer, [HOOK])
        (made,) = finish([pending.building])
        assert_alike(pending.taken(made), alone(model, stack, (*active, patch)))
    assert len(made.batch.ids) == 1


@pytest.mark.parametrize("active_layers", [(), (0,), (2,)])
def test_the_states_of_a_prompt_are_finished_where_they_are_asked_for(model, stack, reader, active_layers):
    active = tuple(patch_for(model, layer=at, seed=at) for at in active_layers)
    stack.set(active)
    state = reader.begin(model.tokenize(PROMPT), [])
    stack.set(())
    assert_alike_without_hook(state.now, alone(model, stack, active))
    assert_alike_without_hook(state.base, alone(model, stack, ()))
    assert stack.active == ()


def assert_alike_without_hook(found: Snapshot, wanted: Snapshot) -> None:
    torch.testing.assert_close(found.probs(-1), wanted.probs(-1), rtol=1e-4, atol=1e-6)
    torch.testing.assert_close(found.nll[1:], wanted.nll[1:], rtol=1e-4, atol=1e-5)


# --- memory that is used again ----------------------------------------------------------------------------------------


@pytest.fixture
def everything_is_large(monkeypatch):
    monkeypatch.setattr("hera_desktop.engine.immune.snapshot.LARGE", 0)


def test_memory_is_used_again_when_a_snapshot_is_gone_and_not_before(model, everything_is_large):
    maker, batch = SnapshotMaker(model, 5), single(model.tokenize(PROMPT))
    one = maker.full(batch).snapshot()
    values, place = one.kept.clone(), one.kept.data_ptr()
    two = maker.full(batch).snapshot()
    assert two.kept.data_ptr() != place and torch.equal(one.kept, values)
    del one
    three = maker.full(batch).snapshot()
    assert three.kept.data_ptr() == place
    assert torch.equal(three.kept, values) and torch.equal(two.kept, values)


def test_rows_outlive_the_snapshot_they_are_taken_from(model, everything_is_large):
    maker, ids = SnapshotMaker(model, 5), model.tokenize(PROMPT)
    whole = maker.full(lay_out([ids] * 2, width=len(ids), pack=False)).snapshot()
    row = whole.row(1)
    values = row.kept.clone()
    del whole
    maker.full(lay_out([ids[::-1]] * 2, width=len(ids), pack=False)).snapshot()
    assert torch.equal(row.kept, values)


def test_texts_that_are_finished_together_are_as_if_each_were_finished_alone(model):
    maker, other = SnapshotMaker(model, 5), SnapshotMaker(model, 5, kept=torch.float32)
    batches = [model.batch([model.tokenize(PROMPT)] * 3), single(model.tokenize("Once upon a time"))]
    together = finish([maker.full(batches[0]), other.full(batches[1])])
    for found, wanted in zip(
        together, (maker.full(batches[0]).snapshot(), other.full(batches[1]).snapshot()), strict=True
    ):
        torch.testing.assert_close(found.kept, wanted.kept, rtol=1e-3, atol=1e-3)
        torch.testing.assert_close(found.nll, wanted.nll, rtol=1e-4, atol=1e-5)
        assert torch.equal(found.top, wanted.top)
