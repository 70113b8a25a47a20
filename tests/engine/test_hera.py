from __future__ import annotations

import json

import pytest
import torch

from hera_desktop.engine import HeraEngine
from hera_desktop.engine.errors import Cancelled, InputError, SessionError
from hera_desktop.engine.model import Sampling
from tests import tiny

from .samples import expect_sentence, footprint, logits, probe_file

PROMPT = "The capital of France is"


@pytest.fixture
def make(tmp_path):
    """Makes engines with four short probes: ``make(kind, session="a", **settings)``."""
    engines: list[HeraEngine] = []

    def build(kind: str = "llama", session: str = "a", **settings: object) -> HeraEngine:
        settings = {"immune__probes": probe_file(tmp_path), "evolution__learning_rate": 0.5, **settings}
        engines.append(tiny.engine(tmp_path / f"{session}.hera", kind, **settings))
        return engines[-1]

    yield build
    for engine in engines:
        engine.close()


@pytest.fixture
def engine(make) -> HeraEngine:
    return make()


def state(engine: HeraEngine) -> tuple:
    return engine.state_hash, engine.info().active, engine.probe_digest(), footprint(engine.model)


# --- evolving ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", tiny.KINDS)
def test_evolve_returns_what_it_did(make, kind):
    engine = make(kind)
    before = state(engine)
    result = engine.evolve(PROMPT)
    assert result
    assert (result.step, result.status, result.patch_id, result.prompt) == (1, "committed", "p1", PROMPT)
    assert result.state_hash == engine.state_hash != before[0]
    assert engine.probe_digest() != before[2]
    assert result.verdict.level == "safe" and result.reason == result.verdict.reason
    names = {"js_divergence", "ppl_ratio", "cosine_drift", "entropy_change", "top_k_agreement"}
    for metrics in (result.metrics, result.prompt_metrics):
        assert set(metrics) == names
        assert all(set(values) == {"step", "cumulative"} for values in metrics.values())
    assert {len(values) for values in result.probe_metrics.values()} == {4}
    assert (result.strategy, result.layers, result.rank, len(result.features)) == ("hebbian", (1,), 1, 3)
    assert result.norm == pytest.approx(engine.stack.active[0].frobenius)
    assert json.loads(json.dumps(result.as_dict()))["patch_id"] == "p1"


def test_effect_says_what_the_step_did_to_its_prompt(engine):
    plain = logits(engine.model, PROMPT)[0].double()
    result = engine.evolve(PROMPT)
    patched = logits(engine.model, PROMPT)[0].double()
    tokens = torch.tensor(engine.model.tokenize(PROMPT))
    for index, found in enumerate((plain, patched)):
        nll = -found.log_softmax(-1)[:-1].gather(1, tokens[1:, None]).mean().item()
        assert result.effect.prompt_nll[index] == pytest.approx(nll, rel=1e-4)
        best = found[-1].softmax(-1).max().item()
        assert result.effect.next_tokens[index][0][1] == pytest.approx(best, rel=1e-4)
    for feature in result.features:
        before, after = result.effect.features[feature.id]
        assert before == pytest.approx(feature.activation, rel=1e-5)
        assert after > before


def test_a_rejected_step_is_recorded_and_leaves_the_state(make):
    engine = make(immune__max_js_divergence=0)
    before = state(engine)
    result = engine.evolve(PROMPT)
    assert not result
    assert (result.status, result.patch_id, result.verdict.metric) == ("rejected", "p1", "js_divergence")
    assert result.state_hash == before[0]
    assert state(engine) == before
    (entry,) = engine.registry.history
    assert (entry.status, entry["reason"]) == ("rejected", result.reason)
    assert entry.metrics["js_divergence"]["step"] > 0
    assert engine.ledger.patch("p1").rank == 1
    with expect_sentence(InputError, "'p1' is not on the timeline"):
        engine.roll_back_to("p1")


def test_a_step_close_to_a_limit_is_committed_with_a_warning(make):
    size = make(session="first").evolve(PROMPT).metrics["js_divergence"]["step"]
    result = make(session="second", immune__max_js_divergence=size * 1.1).evolve(PROMPT)
    assert result
    assert (result.status, result.verdict.level) == ("warning", "warning")


def test_many_steps_are_rejected_at_the_cumulative_limit(make):
    engine = make(immune__cumulative__max_cosine_drift=0.02, evolution__learning_rate=0.2)
    results = [engine.evolve(tiny.PROMPTS[n % 5]) for n in range(40)]
    assert results[0]
    rejected = next(result for result in results if not result)
    assert (rejected.verdict.metric, rejected.verdict.scope) == ("cosine_drift", "cumulative")


def test_nothing_to_propose_is_recorded_as_rejected(make):
    engine = make(sae__threshold=1e5)
    before = state(engine)
    result = engine.evolve(PROMPT)
    assert not result
    assert (result.status, result.patch_id, result.verdict, result.rank) == ("rejected", None, None, 0)
    assert "no feature is above the threshold" in result.reason
    assert state(engine) == before
    assert [(e.status, e.patch_id) for e in engine.registry.history] == [("rejected", None)]
    assert engine.verify().faults == ()


def test_a_prompt_that_cannot_be_used_is_not_recorded(engine):
    with expect_sentence(InputError, "empty"):
        engine.evolve("  ")
    assert engine.registry.history == []


def test_a_proposal_is_kept_only_by_committing_it(engine):
    before = state(engine)
    judged = engine.propose(PROMPT)
    assert state(engine) == before
    assert engine.registry.history == []
    result = engine.commit(judged)
    assert result.patch_id == "p1"
    with expect_sentence(InputError, "has changed", "propose it again"):
        engine.commit(judged)


def test_proposal_and_evolve_agree(make):
    first, second = make(session="a"), make(session="b")
    assert first.commit(first.propose(PROMPT)).state_hash == second.evolve(PROMPT).state_hash
    assert first.probe_digest() == second.probe_digest()


@pytest.mark.parametrize("at", [1, 2, 3])
def test_cancelling_leaves_the_committed_state(engine, at):
    engine.evolve("Once upon a time")
    before, calls = state(engine), []

    def progress(what: str, share: float | None) -> None:
        calls.append(what)
        if len(calls) == at:
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        engine.evolve(PROMPT, progress=progress)
    assert state(engine) == before
    assert len(engine.registry.history) == 1
    assert engine.evolve(PROMPT).patch_id == "p2"


def test_a_session_that_cannot_be_written_leaves_model_and_session(engine):
    engine.evolve("Once upon a time")
    before = state(engine)
    engine.ledger._db.execute("PRAGMA query_only = 1")
    for attempt in (lambda: engine.evolve(PROMPT), lambda: engine.rollback("p1"), engine.undo):
        with expect_sentence(SessionError, "cannot be written"):
            attempt()
        assert state(engine) == before
    engine.ledger._db.execute("PRAGMA query_only = 0")
    assert engine.evolve(PROMPT).patch_id == "p2"
    assert engine.verify().faults == ()


# --- the timeline -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", tiny.KINDS)
def test_every_move_gives_the_exact_state_back(make, kind):
    engine = make(kind)
    digests = {(): engine.probe_digest()}
    for prompt in tiny.PROMPTS[:3]:
        active = engine.info().active
        assert engine.evolve(prompt)
        digests[*active, f"p{len(active) + 1}"] = engine.probe_digest()
    moves = [
        (lambda: engine.rollback("p2"), ("p1",)),
        (engine.undo, ("p1", "p2", "p3")),
        (engine.redo, ("p1",)),
        (lambda: engine.restore("p3"), ("p1", "p2", "p3")),
        (lambda: engine.revert("p1"), ("p2", "p3")),
        (lambda: engine.restore("p1"), ("p1", "p2", "p3")),
        (lambda: engine.roll_back_to("p2"), ("p1", "p2")),
        (lambda: engine.roll_back_to("base"), ()),
        (engine.undo, ("p1", "p2")),
    ]
    for move, active in moves:
        change = move()
        assert change.active == engine.info().active == active
        assert change.state_hash == engine.state_hash
        assert engine.probe_digest() == digests.setdefault(active, engine.probe_digest())
    assert len(set(digests.values())) == len(digests) == 5
    assert engine.verify().faults == ()


def test_reopening_gives_the_same_state(make):
    engine = make()
    for prompt in tiny.PROMPTS[:3]:
        engine.evolve(prompt)
    engine.revert("p2")
    before = state(engine)
    engine.close()
    again = make()
    assert state(again)[:3] == before[:3]
    assert again.info().can_undo and not again.info().can_redo
    assert again.undo().active == ("p1", "p2", "p3")


def test_evolving_after_a_rollback_measures_against_the_state_that_stands(make):
    engine, fresh = make(session="a"), make(session="b")
    engine.evolve("Once upon a time")
    engine.rollback("p1")
    assert engine.evolve(PROMPT).metrics == fresh.evolve(PROMPT).metrics


def test_a_note_is_kept(engine):
    engine.evolve(PROMPT)
    assert engine.note("p1", "look at this").note == "look at this"
    assert engine.registry.history[0].note == "look at this"


# --- looking ----------------------------------------------------------------------------------------------------------


def test_generation_can_use_another_list_of_patches(engine):
    base = engine.generate(PROMPT, Sampling(30))
    engine.evolve(PROMPT)
    engine.evolve("2 + 2 =")
    before = state(engine)
    assert engine.generate(PROMPT, Sampling(30), patches=[]) == base
    assert engine.generate(PROMPT, Sampling(30), patches=["p1", "p2"]) == engine.generate(PROMPT, Sampling(30))
    assert state(engine) == before


def test_features_are_given_for_every_token_but_the_first(engine):
    found = engine.features("abcd", count=2)
    assert [(f.position, f.token) for f in found] == [(1, "b"), (2, "c"), (3, "d")]
    assert all(len(f.features) == 2 for f in found)


def test_info_names_what_is_held(engine):
    info = engine.info()
    assert (info.model.name, info.sae.name, info.session) == ("tiny-llama", "random", str(engine.session))
    assert info.limits["js_divergence"]["step"] == (0.7, 1.0)
    assert (info.active, info.can_undo, info.notices, len(info.probes)) == ((), False, (), 4)
