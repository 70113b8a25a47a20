"""What the strategies propose: its rank and where it acts, and that the model is left as it was."""

from __future__ import annotations

from itertools import pairwise

import pytest
import torch

from hera_desktop.engine.edits import EDIT_STRATEGIES, get_edit_strategy
from hera_desktop.engine.edits.fitting import slope
from hera_desktop.engine.edits.lab import EditLab, default_layer
from hera_desktop.engine.edits.rank_one import learned, pursued, steepest
from hera_desktop.engine.edits.request import EditRequest
from hera_desktop.engine.errors import InputError
from hera_desktop.engine.hera import HeraEngine
from tests import tiny

PROMPT, TARGET = "The capital of France is", "Rome"
FAST = {"edits__learning_rate": 0.5, "edits__steps": 8, "edits__directions": 8, "edits__prefixes": 1}


@pytest.fixture
def engine(tmp_path):
    engine = tiny.engine(tmp_path / "s.hera", **FAST)
    yield engine
    engine.close()


def settings(engine, **changes):
    return engine.config.edits.model_copy(update=changes)


def context_of(engine, **changes):
    request = EditRequest(PROMPT, TARGET, "France")
    return EditLab(engine)._context(request, settings(engine, **changes), lambda what, share: None)


def logits(engine):
    with torch.no_grad():
        return engine.model.hf(torch.tensor([engine.model.check_prompt(PROMPT, 64)])).logits


@pytest.mark.parametrize("name", EDIT_STRATEGIES)
def test_every_strategy_makes_the_target_likelier_and_leaves_the_model_as_it_was(engine, name):
    before, hash_before = logits(engine), engine.state_hash
    judged = EditLab(engine).propose(
        PROMPT, TARGET, "France", engine.config.edits.model_copy(update={"strategy": name})
    )
    doses = {dose["share"]: dose["target"] for dose in judged.source["doses"]}
    if name != "random_sae":
        assert doses[1.0] > doses[0.0]
    assert judged.measurement.patch.is_finite and judged.measurement.patch.frobenius > 0
    assert torch.equal(logits(engine), before) and engine.state_hash == hash_before


@pytest.mark.parametrize("name", ["rank_one", "null_space", "rank_one_sae", "random_sae"])
def test_rank_one_edits_have_rank_one_in_one_matrix_and_answer_to_the_subject(engine, name):
    context = context_of(engine)
    patch = get_edit_strategy(name).change(context)
    (factors,) = patch.factors
    assert factors.rank == 1 and factors.site == context.site
    a = factors.v[:, 0].double()
    assert (a @ context.moment @ a).item() == pytest.approx(1, rel=1e-3)
    assert abs((a @ context.keys().mean(0)).item()) > 1  # more than on other tokens, where its square is 1 on average


def test_null_space_turns_away_from_what_earlier_edits_answer_to(engine):
    earlier = EditLab(engine).evolve("The capital of Spain is", "Oslo", "Spain")
    assert earlier
    context = context_of(engine)
    assert context.earlier.shape[1] == 1
    overlaps = {}
    for name in ("rank_one", "null_space"):
        a = get_edit_strategy(name).change(context).factors[0].v[:, 0].double()
        overlaps[name] = abs((a @ context.moment @ context.earlier[:, 0]).item())
    assert overlaps["null_space"] < 0.5 * overlaps["rank_one"]


def test_along_sae_features_nothing_else_is_written(engine):
    context = context_of(engine)
    factors = get_edit_strategy("rank_one_sae").change(context).factors[0]
    features = pursued(context, learned(context, factors.v[:, 0].double()), 8)
    assert len(set(features)) == 8
    span, written = torch.linalg.qr(context.directions(features)).Q, factors.u[:, 0].double()
    assert (written - span @ (span.T @ written)).norm() < 1e-4 * written.norm()


def test_what_is_made_of_features_is_found_again(engine):
    context = context_of(engine)
    value = context.directions([3, 17]) @ torch.tensor([[2.0], [-1.0]], dtype=torch.float64)
    assert set(pursued(context, value, 2)) == {3, 17}


def test_the_more_features_the_nearer_to_the_value(engine):
    context = context_of(engine)
    value = torch.randn(len(context.felt), 1, dtype=torch.float64, generator=torch.Generator().manual_seed(0))

    def left(count):
        upper = torch.linalg.cholesky(context.felt).T
        made_of = upper @ context.directions(pursued(context, value, count))
        return (upper @ value - made_of @ torch.linalg.lstsq(made_of, upper @ value).solution).norm().item()

    found = [left(count) for count in (1, 2, 4, 8, 16)]
    assert all(later < sooner for sooner, later in pairwise(found))
    assert len(pursued(context, value, 4000)) == len(value), "no more than make up anything"


def test_the_control_starts_from_the_free_value_as_well(engine):
    """It differs from the strategy in which directions it takes, and in nothing else."""
    context = context_of(engine)
    strategy, control = get_edit_strategy("rank_one_sae"), get_edit_strategy("random_sae")
    same = pursued(context, learned(context, strategy.change(context).factors[0].v[:, 0].double()), 8)
    control = type("Same", (type(control),), {"features": lambda self, context, value: same})()
    assert torch.equal(control.change(context).factors[0].u, strategy.change(context).factors[0].u)


def test_the_steepest_features_lower_the_loss_most_for_what_is_felt(engine):
    context = context_of(engine)
    gradient, _ = slope(context, context.rows[:1])
    g = gradient[context.rows[0].keys[-1]]
    every = context.directions(range(context.sae.info.d_sae))
    value = (g @ every).square() / torch.einsum("ij,ik,kj->j", every, context.felt, every)
    assert steepest(context, 5) == value.topk(5).indices.tolist()


@pytest.mark.parametrize(("name", "most"), [("gradient", 3), ("three_factor", 3), ("lora", 3)])
def test_the_rank_of_the_low_rank_strategies_is_configured(engine, name, most):
    assert get_edit_strategy(name).change(context_of(engine, rank=3)).rank <= most


def test_an_unknown_strategy_is_one_sentence():
    with pytest.raises(InputError, match="rank_one"):
        get_edit_strategy("rankone")


def test_a_strategy_that_needs_an_sae_says_so_where_there_is_none(tmp_path):
    engine = HeraEngine.around(tiny.language_model("llama"), None, tiny.config(**FAST), tmp_path / "s.hera")
    with pytest.raises(InputError, match="SAE"):
        EditLab(engine).propose(PROMPT, TARGET, "France", settings(engine, strategy="rank_one_sae"))
    engine.close()


@pytest.mark.parametrize(("blocks", "layer"), [(1, 0), (2, 0), (12, 1), (30, 4), (48, 6)])
def test_the_usual_block_is_early(blocks, layer):
    assert default_layer(blocks) == layer


@pytest.mark.parametrize("prefixes", [0, 2])
def test_a_prompt_that_begins_with_its_subject_is_edited_there(engine, prefixes):
    """Prompt and "France is a" begin alike: what they share is read once, and the subject must not be in it."""
    request = EditRequest("France is", TARGET, "France")
    context = EditLab(engine)._context(request, settings(engine, prefixes=prefixes), lambda what, share: None)
    assert len(context.keys()) == prefixes + 1
    assert context.passes.shared((*context.rows, *context.held)) <= min(context.rows[0].keys)
    assert get_edit_strategy("rank_one").change(context).frobenius > 0
