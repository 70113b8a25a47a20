"""The scorer on tiny models, against plain passes over one text at a time."""

from __future__ import annotations

import pytest
import torch

from hera_desktop.engine.errors import InputError
from hera_desktop.engine.experiments import edit_scorer
from hera_desktop.engine.experiments.edit_scorer import EditScorer
from hera_desktop.engine.experiments.edit_scores import FREE_TOKENS, Reading, fluency, pairs_of, score
from tests import tiny

from .records import record

FEW = {"paraphrases": ("Where is Fell0? In",), "neighbours": ("Moor lies in", "Tarn is in")}
ZSRE = record(1, kind="zsre", old_of_neighbours="no", portability=(("So Fell1 is", "far"),), **FEW)
RECORDS = (record(0, **FEW), ZSRE)
PAIRS = [pair for one in RECORDS for pair in pairs_of(one)]


@pytest.fixture(scope="module", params=["llama", "gpt2", "mamba"])
def model(request):
    return tiny.language_model(request.param, n_layers=2)


@pytest.fixture(scope="module")
def llama():
    return tiny.language_model(n_layers=2)


@pytest.fixture(scope="module")
def plain(model):
    """Every pair by itself."""
    return {pair: plain_reading(model, *pair) for pair in PAIRS}


def plain_reading(model, prompt: str, target: str) -> Reading:
    own, after = model.tokenize(prompt), model.tokenize(f" {target}")
    with torch.no_grad():
        logits = model.hf(torch.tensor([[*own, *after]])).logits[0]
    log_probs = logits.log_softmax(-1)[len(own) - 1 : -1]
    chosen = [row[token].item() for row, token in zip(log_probs, after, strict=True)]
    right = [row.argmax().item() == token for row, token in zip(log_probs, after, strict=True)]
    return Reading(sum(chosen) / len(chosen), sum(right) / len(right))


def plain_continuation(model, prompt: str, tokens: int) -> list[int]:
    ids = list(model.tokenize(prompt))
    own = len(ids)
    with torch.no_grad():
        while len(ids) < own + tokens:
            token = model.hf(torch.tensor([ids])).logits[0, -1].argmax().item()
            if token == model.tokenizer.eos_token_id:
                break
            ids.append(token)
    return ids[own:]


def test_readings_are_those_of_each_text_by_itself(model, plain):
    found = EditScorer(model).readings(PAIRS)
    assert set(found) == set(PAIRS)
    for pair, reading in found.items():
        assert reading.log_prob == pytest.approx(plain[pair].log_prob, abs=1e-4)
        assert reading.accuracy == pytest.approx(plain[pair].accuracy)


def test_scores_are_those_of_plain_passes(model, plain):
    scorer = EditScorer(model)
    for one, found in zip(RECORDS, scorer.scores(RECORDS), strict=True):
        expected = score(one, plain, model.decode(plain_continuation(model, one.prompt, FREE_TOKENS)))
        assert found.magnitude == pytest.approx(expected.magnitude, abs=1e-6)
        for name in ("efficacy", "paraphrase", "neighbourhood", "free", "portability", "reliability", "locality"):
            assert getattr(found, name) == pytest.approx(getattr(expected, name))
        assert scorer.knows(one) is (plain[one.prompt, one.old].log_prob > plain[one.prompt, one.target].log_prob)
    assert scorer.known(RECORDS) == tuple(map(scorer.knows, RECORDS))


def test_two_targets_that_differ_in_their_last_token_are_read_in_one_text(model, monkeypatch):
    scorer, rows = EditScorer(model), []
    read = scorer._passes.log_probs
    monkeypatch.setattr(scorer._passes, "log_probs", lambda some: rows.append([len(r.ids) for r in some]) or read(some))
    found = scorer.readings([("It is", "sad"), ("It is", "sat"), ("It is", "s"), ("It is", "sofa"), ("He is", "sat")])
    assert sorted(rows[0]) == [9, 9, 10] and len(rows) == 1
    for pair, reading in found.items():
        assert reading.log_prob == pytest.approx(plain_reading(model, *pair).log_prob, abs=1e-4)


def test_what_changes_the_model_changes_the_scores_while_it_lasts(llama):
    scorer = EditScorer(llama)
    before = scorer.score(RECORDS[0])
    with llama.replacing("blocks.1.hook_out", lambda hidden: hidden.roll(1, -1)):
        assert scorer.score(RECORDS[0]).magnitude != before.magnitude
    assert scorer.score(RECORDS[0]) == before


def test_the_target_is_free_where_the_model_says_it_by_itself(llama):
    made = llama.decode(plain_continuation(llama, RECORDS[0].prompt, FREE_TOKENS))
    assert EditScorer(llama).score(record(target=made, **FEW)).free
    assert not EditScorer(llama).score(record(target="Zyxwv", **FEW)).free


def test_fluency_is_measured_on_the_long_continuation_and_free_on_its_first_ten_tokens(llama, monkeypatch):
    assert edit_scorer.FLUENCY_TOKENS == 100
    monkeypatch.setattr(edit_scorer, "FLUENCY_TOKENS", 20)
    made = plain_continuation(llama, RECORDS[0].prompt, 20)
    scorer, late = EditScorer(llama), llama.decode(made[FREE_TOKENS:])
    assert scorer.score(RECORDS[0], fluency=True).fluency == pytest.approx(fluency(llama.decode(made)))
    assert scorer.score(RECORDS[0]).fluency is None
    assert len(made) == 20 and not scorer.score(record(target=late, **FEW), fluency=True).free


@pytest.mark.parametrize(
    "changed",
    [
        {"prompt": "Fell0 " + "far " * 70},
        {"prompt": "Fell0 " + "f" * 243},  # it can be read, and not gone on from
        {"paraphrases": ("Where " * 50,)},
        {"neighbours": ("Moor " * 60,)},
    ],
)
def test_a_record_that_cannot_be_scored_is_known_beforehand(llama, changed):
    scorer = EditScorer(llama)
    scorer.check(record(), fluency=True)
    with pytest.raises(InputError, match=r"comes to \d+ tokens with what follows"):
        scorer.check(record(**changed))
    with pytest.raises(InputError):
        scorer.check(record(prompt="Fell0 " + "f" * 200), fluency=True)


def test_a_text_that_the_model_cannot_read_is_one_sentence(llama):
    far = record(prompt="Fell0 " + "far " * 70)
    with pytest.raises(InputError, match=r"comes to \d+ tokens with what follows; tiny-llama reads 256"):
        EditScorer(llama).knows(far)
