from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import Tensor

from hera_desktop.engine.errors import InputError
from hera_desktop.engine.hera import HeraEngine
from hera_desktop.engine.patches import Factors
from hera_desktop.engine.strategies import STRATEGIES, Context, Proposal, Strategy, get_strategy, register
from hera_desktop.engine.strategies.base import NothingToPropose
from tests import tiny

from .samples import expect_sentence, footprint, ids, logits, probe_file

PROMPT = "The capital of France is"
LAYER = tiny.LAYER


@pytest.fixture(params=tiny.KINDS)
def kind(request) -> str:
    return request.param


@pytest.fixture
def make(tmp_path):
    """Makes engines with four short probes: ``make(kind, **settings)``."""
    engines: list[HeraEngine] = []

    def build(kind: str = "llama", **settings: object) -> HeraEngine:
        settings.setdefault("immune__probes", probe_file(tmp_path))
        settings.setdefault("evolution__learning_rate", 0.5)
        session = Path(tmp_path) / f"{len(engines)}.hera"
        engines.append(tiny.engine(session, kind, **{"evolution__max_rank": 64, **settings}))
        return engines[-1]

    yield build
    for engine in engines:
        engine.close()


def propose(engine: HeraEngine) -> Proposal:
    return engine.propose(PROMPT).proposal


def dense(factors: Factors) -> Tensor:
    return factors.u.double() @ factors.v.double().T


def keys(engine: HeraEngine, layer: int = LAYER) -> Tensor:
    """Inputs of the writing matrix at all tokens but the first, ``(n, d_in)``."""
    hook = engine.model.writer(layer).input_hook
    return engine.model.forward(ids(engine.model, PROMPT), [hook]).captured[hook][0, 1:].double()


def activations(engine: HeraEngine) -> Tensor:
    """``(n, d_sae)`` at all tokens but the first."""
    hook = engine.reader.info.hook_name
    hidden = engine.model.forward(ids(engine.model, PROMPT), [hook]).captured[hook][0, 1:]
    return engine.reader.activations(hidden).double()


def directions(engine: HeraEngine, proposal: Proposal) -> Tensor:
    return engine.reader.directions([f.id for f in proposal.features]).double()


def weight(engine: HeraEngine) -> Tensor:
    return engine.model.writer(LAYER).weight().detach().double()


def written(engine: HeraEngine, proposal: Proposal) -> Tensor:
    """sum a_i d_i of the chosen features, ``(d_model,)``."""
    return directions(engine, proposal) @ torch.tensor([f.activation for f in proposal.features]).double()


def assert_close(found: Tensor, expected: Tensor, rel: float = 1e-5) -> None:
    assert expected.norm() > 1e-6
    assert (found - expected).norm() <= rel * expected.norm()


# --- what each strategy computes --------------------------------------------------------------------------------------


def test_hebbian_changes_the_output_on_its_key_by_eta_times_the_features_write(make, kind):
    engine = make(kind)
    proposal = propose(engine)
    assert len(proposal.features) == 3
    (change,) = proposal.patch.factors
    assert_close(dense(change) @ keys(engine)[-1], 0.5 * written(engine, proposal))
    assert change.rank == 1


def test_hebbian_step_is_seen_at_the_matrix_output(make, kind):
    engine = make(kind)
    proposal = propose(engine)
    seen: list[Tensor] = []
    module = engine.model.writer(LAYER).module
    for patches in ((), (proposal.patch,)):
        with engine.stack.temporarily(patches):
            handle = module.register_forward_hook(lambda _, __, out: seen.append(out[0, -1].double()))
            logits(engine.model, PROMPT)
            handle.remove()
    assert_close(seen[1] - seen[0], 0.5 * written(engine, proposal), rel=1e-3)


def test_oja_is_hebbian_less_the_share_already_written(make, kind):
    engine = make(kind, evolution__strategy="oja")
    proposal = propose(engine)
    d, key = directions(engine, proposal), keys(engine)[-1]
    a = torch.tensor([f.activation for f in proposal.features]).double()
    expected = 0.5 * torch.outer(d @ a, key / key.square().sum())
    for share, column in zip(a.square() / a.square().sum(), d.T, strict=True):
        expected -= 0.5 * share * torch.outer(column, column @ weight(engine))
    assert_close(dense(proposal.patch.factors[0]), expected)


def test_outer_is_the_gain_along_the_features(make, kind):
    engine = make(kind, evolution__strategy="outer")
    proposal = propose(engine)
    d = directions(engine, proposal)
    assert_close(dense(proposal.patch.factors[0]), 0.5 * d @ d.T @ weight(engine))


def test_random_has_the_size_of_the_hebbian_step_and_another_direction(make, kind):
    hebbian = propose(make(kind)).patch.factors[0]
    random = propose(make(kind, evolution__strategy="random")).patch.factors[0]
    assert random.frobenius == pytest.approx(hebbian.frobenius, rel=1e-5)
    cosine = (dense(hebbian) * dense(random)).sum() / hebbian.frobenius / random.frobenius
    assert abs(cosine) < 0.5


def test_random_repeats_with_its_seed_and_differs_with_another(make):
    def hash_of(seed: int) -> str:
        return propose(make(evolution__strategy="random", experiment__seed=seed)).patch.content_hash

    assert hash_of(1) == hash_of(1)
    assert hash_of(1) != hash_of(100)


def test_the_mean_over_tokens_is_used_when_asked_for(make, kind):
    acts = activations(make(kind))
    mean = acts.mean(0)
    threshold = 0.9 * mean.topk(3).values[-1].item()
    engine = make(kind, evolution__token="mean", sae__threshold=threshold)
    proposal = propose(engine)
    chosen = [f.id for f in proposal.features]
    assert chosen == mean.topk(3).indices.tolist()
    assert [f.activation for f in proposal.features] == pytest.approx(mean[chosen].tolist(), rel=1e-5)
    counted = acts[:, chosen] * (acts[:, chosen] > threshold)
    expected = torch.zeros(weight(engine).shape, dtype=torch.float64)
    for key, a in zip(keys(engine), counted, strict=True):
        expected += 0.5 * torch.outer(directions(engine, proposal) @ a, key / key.square().sum()) / len(counted)
    assert_close(dense(proposal.patch.factors[0]), expected)


# --- settings ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 2, 5])
def test_the_strongest_features_are_taken(make, count):
    engine = make(evolution__top_k_features=count)
    proposal = propose(engine)
    best = activations(engine)[-1].topk(count)
    assert [f.id for f in proposal.features] == best.indices.tolist()
    assert [f.activation for f in proposal.features] == pytest.approx(best.values.tolist(), rel=1e-5)


def test_features_at_or_below_the_threshold_are_left_out(make):
    strongest = activations(make())[-1].sort(descending=True).values
    threshold = ((strongest[1] + strongest[2]) / 2).item()
    proposal = propose(make(sae__threshold=threshold))
    assert len(proposal.features) == 2
    assert all(f.activation > threshold for f in proposal.features)


def test_without_an_active_feature_there_is_nothing_to_propose(make):
    engine = make(sae__threshold=1e5)
    with expect_sentence(NothingToPropose, "threshold 100000", "strongest", "sae.threshold"):
        propose(engine)


@pytest.mark.parametrize("name", ["oja", "outer"])
def test_rank_is_bounded_by_the_best_approximation(make, name):
    whole = propose(make(evolution__strategy=name)).patch.factors[0]
    assert whole.rank > 1
    cut = propose(make(evolution__strategy=name, evolution__max_rank=1)).patch.factors[0]
    assert cut.rank == 1
    left, values, right = torch.linalg.svd(dense(whole), full_matrices=False)
    assert_close(dense(cut), values[0] * torch.outer(left[:, 0], right[0]), rel=1e-4)


@pytest.mark.parametrize("name", ["hebbian", "oja", "outer", "random"])
def test_every_target_layer_gets_its_own_change(make, kind, name):
    engine = make(kind, evolution__target_layers=[0, 1], evolution__strategy=name)
    proposal = propose(engine)
    assert proposal.patch.layers == (0, 1)
    assert [f.layer for f in proposal.patch.factors] == [0, 1]
    first, second = (dense(f) for f in proposal.patch.factors)
    assert not torch.allclose(first, second)


def test_the_change_grows_with_the_learning_rate(make):
    small, large = (propose(make(evolution__learning_rate=eta)).patch for eta in (0.1, 0.4))
    assert large.frobenius == pytest.approx(4 * small.frobenius, rel=1e-5)


# --- proposing is not applying ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", list(STRATEGIES))
def test_proposing_leaves_the_model_as_it_was(make, kind, name):
    engine = make(kind, evolution__strategy=name)
    before, hooks = logits(engine.model), footprint(engine.model)
    propose(engine)
    assert footprint(engine.model) == hooks
    assert torch.equal(logits(engine.model), before)
    assert engine.stack.active == ()
    assert engine.registry.history == []


def test_an_unknown_strategy_is_named_with_the_nearest():
    with expect_sentence(InputError, "'hebian'", "did you mean 'hebbian'"):
        get_strategy("hebian")
    with expect_sentence(InputError, "'zzz'", "hebbian, "):
        get_strategy("zzz")


def test_a_strategy_registered_twice_is_an_error():
    with pytest.raises(ValueError, match="'hebbian' is registered twice"):
        register(type(STRATEGIES["hebbian"]))


def test_a_new_strategy_is_used_by_name_and_a_failing_one_leaves_nothing_behind(make):
    class Failing(Strategy):
        name, title = "failing", "Failing"

        def factors(self, context: Context, layer: int) -> Factors:
            raise ZeroDivisionError

    try:
        register(Failing)
        engine = make(evolution__strategy="failing")
        before, hooks = logits(engine.model), footprint(engine.model)
        with pytest.raises(ZeroDivisionError):
            engine.evolve(PROMPT)
        assert footprint(engine.model) == hooks
        assert torch.equal(logits(engine.model), before)
        assert engine.registry.history == []
    finally:
        STRATEGIES.pop("failing", None)
