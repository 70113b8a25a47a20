"""Scores from readings made by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from hera_desktop.engine.experiments.edit_scores import (
    EditScores,
    Reading,
    fluency,
    harmonic,
    knows,
    ngram_entropy,
    pairs_of,
    score,
    summary,
)

from .records import record

ZSRE = record(kind="zsre", old_of_neighbours="nobody", neighbours=("who made the moon",), paraphrases=("Where?",))


def readings(one, likely=(), right=()):
    """Probability 0.9 for the pairs in ``likely`` and 0.1 for the others; token accuracy 1 for those in ``right``."""
    return {pair: Reading(math.log(0.9 if pair in likely else 0.1), float(pair in right)) for pair in pairs_of(one)}


def test_every_pair_is_asked_once_and_neighbours_of_zsre_with_their_own_answer_alone():
    one = record(paraphrases=("Fell0 is in",), neighbours=("Moor lies in",))
    assert pairs_of(one) == (
        ("Fell0 lies in", "Rome"),
        ("Fell0 lies in", "Paris"),
        ("Fell0 is in", "Paris"),
        ("Fell0 is in", "Rome"),
        ("Moor lies in", "Paris"),
        ("Moor lies in", "Rome"),
    )
    other = replace(ZSRE, portability=(("So it is", "there"),))
    assert pairs_of(other)[-2:] == (("who made the moon", "nobody"), ("So it is", "there"))


def test_shares_count_the_prompts_on_which_the_wanted_object_is_likelier():
    one = record()
    new = [(one.prompt, "Rome"), (one.paraphrases[0], "Rome"), (one.neighbours[0], "Rome")]
    old = [(one.paraphrases[1], "Paris"), (one.neighbours[1], "Paris"), (one.neighbours[2], "Paris")]
    found = score(one, readings(one, likely=[*new, *old]), "Rome, of course")
    assert found == EditScores(True, pytest.approx(0.8), 0.5, pytest.approx(2 / 3), True)


def test_likeness_is_no_preference():
    found = score(record(), readings(record()), "the north")
    assert found == EditScores(False, 0.0, 0.0, 0.0, False)
    assert not knows(readings(record()), record())
    assert knows(readings(record(), likely=[("Fell0 lies in", "Paris")]), record())


def test_a_target_must_stand_in_the_continuation_as_whole_words():
    assert not score(record(), readings(record()), "Romeo's town").free
    assert score(record(), readings(record()), "in ROME.").free


def test_zsre_is_scored_by_the_tokens_of_the_answers():
    right = [(ZSRE.prompt, "Rome"), ("who made the moon", "nobody")]
    found = score(ZSRE, readings(ZSRE, right=right), "")
    assert (found.reliability, found.generalisation, found.locality) == (1.0, 0.0, 1.0)
    assert found.neighbourhood is None and found.paraphrase == 0.0


def test_what_is_not_asked_is_not_scored():
    one = record(paraphrases=(), neighbours=())
    found = score(one, readings(one), "")
    assert found.paraphrase is found.neighbourhood is found.portability is found.fluency is found.reliability is None
    far = record(portability=(("a", "b"), ("c", "d")))
    assert score(far, readings(far, right=[("a", "b")]), "").portability == 0.5


def test_ngram_entropy_is_that_of_the_shares():
    assert ngram_entropy(["a", "b", "c", "d", "e"], 2) == pytest.approx(2.0)  # four different ones
    assert ngram_entropy(["a", "b", "a", "b", "a"], 2) == pytest.approx(1.0)
    assert ngram_entropy(["a", "a", "a", "a"], 3) == 0.0 == ngram_entropy(["a"], 2)


def test_fluency_is_the_mean_of_the_weighted_entropies():
    text = "One, two; three four"  # o , t ; t f: five pairs and four triples, each once
    assert fluency(text) == pytest.approx((2 / 3 * math.log2(5) + 4 / 3 * math.log2(4)) / 2)
    assert fluency("") == fluency("no no no no no no") == 0.0
    assert score(record(), readings(record()), "", text).fluency == fluency(text)


def test_a_summary_takes_every_mean_over_the_records_that_have_it():
    scores = [
        EditScores(True, 0.5, 1.0, 0.5, True, portability=0.25),
        EditScores(False, -0.1, 0.0, 1.0, False),
        EditScores(True, 0.2, None, 0.75, False),
    ]
    found = summary(scores)
    assert found.count == 3 and found.counts["paraphrase"] == 2 and found.counts["portability"] == 1
    assert found.means["efficacy"] == pytest.approx(2 / 3) and found.means["magnitude"] == pytest.approx(0.2)
    assert (found.means["paraphrase"], found.means["neighbourhood"], found.means["portability"]) == (0.5, 0.75, 0.25)
    assert found.score == pytest.approx(3 / (1.5 + 2 + 4 / 3))
    assert found.means["fluency"] is None and found.counts["fluency"] == 0
    assert summary([]).score is None and summary([]).count == 0


def test_the_harmonic_mean_of_a_nought_is_nought():
    assert harmonic([1.0, 0.0, 1.0]) == 0.0 and harmonic([0.5, None]) is None
