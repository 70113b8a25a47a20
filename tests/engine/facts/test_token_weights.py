"""The weights of a lesson's tokens."""

from __future__ import annotations

import re

import pytest

from hera_desktop.engine.facts import token_weights
from hera_desktop.engine.facts.records import FactInfo
from hera_desktop.engine.facts.token_weights import Passage, TokenSpan, occurrences, weigh
from hera_desktop.engine.facts_config import WEIGHTINGS, WeightsSection

FACT = FactInfo("Mirel lives in Old Tarn.", "fact", 0.9, "lives_in", "Mirel", "Old Tarn", ("Mirel", "Old Tarn"))
LESSON = "Where does Mirel live? Mirel lives in Old Tarn."


def tokens(text: str) -> list[TokenSpan]:
    """Words with the space before them, and punctuation: as a byte-level tokenizer splits."""
    return [TokenSpan(m.group(), *m.span()) for m in re.finditer(r"\s?\w+|\s?[^\w\s]|\s", text)]


def weights(strategy: str, text: str = LESSON, fact: FactInfo | None = FACT, **settings) -> dict[str, list[float]]:
    """Weights by the token's text without spaces, in order, of one weighting alone."""
    found: dict[str, list[float]] = {}
    for token in weigh(tokens(text), text, fact, WeightsSection(strategies=(strategy,), **settings)):
        found.setdefault(token.text.strip(), []).append(token.weight)
    return found


def raised(strategy: str, text: str = LESSON, fact: FactInfo | None = FACT, **settings) -> list[str]:
    chosen = WeightsSection(strategies=(strategy,), **settings)
    return [token.text.strip() for token in weigh(tokens(text), text, fact, chosen) if token.weight != 1]


def test_every_weighting_of_the_settings_is_registered_and_no_other():
    assert tuple(token_weights.WEIGHTINGS) == WEIGHTINGS


def test_entities_count_wherever_they_stand():
    assert raised("entity") == ["Mirel", "Mirel", "Old", "Tarn"]
    assert weights("entity", entity=4.5)["Mirel"] == [4.5, 4.5]


def test_subject_object_and_relation_in_any_ending_count():
    assert raised("fact") == ["Mirel", "live", "Mirel", "lives", "Old", "Tarn"]
    assert weights("fact", fact=FACT, text=LESSON)["in"] == [1.0]


def test_the_fact_weight_is_its_setting():
    found = weigh(tokens(LESSON), LESSON, FACT, WeightsSection(strategies=("fact",), fact=2.25))
    assert {token.weight for token in found} == {1.0, 2.25}


@pytest.mark.parametrize(
    ("relation", "text", "expected"),
    [
        ("capital_of", "The capital of it", ["capital"]),
        ("owned_by", "Who owns it? It is owned by me", ["owns", "owned"]),
        ("best_friend", "Best friends are friends", ["Best", "friends", "friends"]),
        ("studied_at", "She studies there", ["studies"]),
        ("of", "of it", ["of"]),
        ("", "of it", []),
    ],
)
def test_the_words_of_a_relation(relation, text, expected):
    assert raised("fact", text, FactInfo("", "fact", relation=relation)) == expected


def test_only_whole_words_are_occurrences():
    assert list(occurrences("Tarn", "Tarnish the Tarn, tarn's Tarns TARN")) == [(12, 16), (18, 22), (31, 35)]
    assert list(occurrences("Old Tarn", "old\n Tarn; Old-Tarn")) == [(0, 9)]
    assert list(occurrences("C++", "C++ and C+ and C++.")) == [(0, 3), (15, 18)]
    assert list(occurrences(" ", "a b")) == []


def test_scripts_without_spaces_have_occurrences_too():
    assert list(occurrences("塔恩", "米雷尔住在塔恩市。")) == [(5, 7)]


def test_a_token_that_is_part_of_a_name_or_more_than_it_counts():
    spans = [TokenSpan("Mi", 0, 2), TokenSpan("rel is", 2, 8), TokenSpan(" here", 8, 13), TokenSpan("", 0, 0)]
    found = weigh(spans, "Mirel is here", FACT, WeightsSection(strategies=("entity",)))
    assert [token.weight for token in found] == [3.0, 3.0, 1.0, 1.0]


def test_without_a_fact_neither_entities_nor_facts_count():
    assert raised("entity", fact=None) == []
    assert raised("fact", fact=None) == []


def test_first_and_last_tokens_count_and_one_can_be_both():
    text = "a b c d e"
    settings = WeightsSection(strategies=("position",), first_tokens=2, first=4, last_tokens=3, last=1.5)
    assert [token.weight for token in weigh(tokens(text), text, None, settings)] == [4, 4, 1.5, 1.5, 1.5]
    short = WeightsSection(strategies=("position",), first_tokens=2, first=4, last_tokens=9, last=1.5)
    assert [token.weight for token in weigh(tokens("a b c"), "a b c", None, short)] == [6, 6, 1.5]
    none = WeightsSection(strategies=("position",), first_tokens=0, last_tokens=0)
    assert {token.weight for token in weigh(tokens(text), text, None, none)} == {1.0}


def test_a_word_that_stood_before_counts_and_punctuation_never():
    assert raised("repetition", "The bell. the bell, a bell . .") == ["the", "bell", "bell"]
    assert weights("repetition", "no no", repetition=7)["no"] == [1.0, 7.0]


def test_weights_multiply_and_say_why_in_the_order_of_the_settings():
    settings = WeightsSection(strategies=("repetition", "fact", "entity"), entity=2, fact=3, repetition=5)
    found = weigh(tokens(LESSON), LESSON, FACT, settings)
    by_place = {(token.start, token.text): found[index] for index, token in enumerate(tokens(LESSON))}
    second = by_place[(LESSON.rindex(" Mirel"), " Mirel")]
    assert (second.text, second.weight, second.why) == (" Mirel", 30.0, ("repetition", "fact", "entity"))
    assert (by_place[(0, "Where")].weight, by_place[(0, "Where")].why) == (1.0, ())


def test_a_weighting_with_the_factor_one_is_no_reason():
    settings = WeightsSection(entity=1, fact=1, first=1, last=1, repetition=1)
    assert {(token.weight, token.why) for token in weigh(tokens(LESSON), LESSON, FACT, settings)} == {(1.0, ())}


def test_no_strategy_and_no_token():
    assert raised("entity", "") == []
    nothing = WeightsSection(strategies=())
    assert all(token.weight == 1 for token in weigh(tokens(LESSON), LESSON, FACT, nothing))


def test_a_token_outside_the_text_is_a_fault():
    with pytest.raises(ValueError, match=r"token at 3\.\.9 lies outside a text of 5 characters"):
        weigh([TokenSpan("x", 3, 9)], "short", None, WeightsSection())


def test_one_registration_adds_a_weighting(monkeypatch):
    monkeypatch.setattr(token_weights, "WEIGHTINGS", dict(token_weights.WEIGHTINGS))

    @token_weights.register("digits")
    def _digits(passage: Passage) -> list[float]:
        return [9.0 if token.text.strip().isdigit() else 1.0 for token in passage.tokens]

    settings = WeightsSection().model_copy(update={"strategies": ("digits",)})
    assert [token.weight for token in weigh(tokens("in 1990"), "in 1990", None, settings)] == [1.0, 9.0]
    with pytest.raises(ValueError, match="'digits' is registered twice"):
        token_weights.register("digits")(_digits)


def test_a_word_of_a_hundred_thousand_letters_is_weighed():
    text = "s" * 100_000
    found = weigh([TokenSpan(text, 0, len(text))], text, FACT, WeightsSection(strategies=WEIGHTINGS))
    assert found[0].why == ("position",)
