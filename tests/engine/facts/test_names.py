"""Invented names."""

from __future__ import annotations

import re

import pytest

from hera_desktop.engine.facts.names import _KNOWN, NameMaker, is_pronoun


def test_words_are_capitalised_varied_and_belong_to_nobody():
    maker = NameMaker(3)
    words = [maker.word() for _ in range(2000)]
    assert all(re.fullmatch(r"[A-Z][a-z]{3,9}", word) for word in words)
    assert not {word.lower() for word in words} & _KNOWN
    assert len(set(words)) > 1900
    assert len({word[:2] for word in words}) > 100 and len({word[-2:] for word in words}) > 100


def test_a_known_word_is_drawn_again(monkeypatch):
    made = iter(["rome", "aa", "lotus" * 3, "brelik"])
    monkeypatch.setattr(NameMaker, "_made", lambda self: next(made))
    assert NameMaker(0).word() == "Brelik"


def test_the_seed_decides_the_names():
    first, second, other = (NameMaker(seed) for seed in (7, 7, 8))
    names = [first.name(2) for _ in range(20)]
    assert names == [second.name(2) for _ in range(20)]
    assert names != [other.name(2) for _ in range(20)]


def test_a_name_has_as_many_words_as_asked_for():
    assert [len(NameMaker(1).name(words).split()) for words in (0, 1, 2, 3)] == [1, 1, 2, 3]


@pytest.mark.parametrize(
    ("subject", "look"),
    [
        ("Brafka", r"[A-Z][a-z]+"),
        ("Ula Brandt", r"[A-Z][a-z]+ [A-Z][a-z]+"),
        ("the Gale Bridge", r"the [A-Z][a-z]+ Bridge"),
        ("Mount Orsk", r"Mount [A-Z][a-z]+"),
        ("Dr. Hale", r"Dr\. [A-Z][a-z]+"),
        ("J. Hale", r"[A-Z]\. [A-Z][a-z]+"),
        ("Kel-Dor 7", r"[A-Z][a-z]+-[A-Z][a-z]+ \d"),
        ("Ula's boat", r"[A-Z][a-z]+'s boat"),
        ("my sister Ula", r"my sister [A-Z][a-z]+"),
        ("my dog", r"[A-Z][a-z]+'s dog"),
        ("the red house", r"[A-Z][a-z]+'s red house"),
        ("College Park", r"[A-Z][a-z]+'s College Park"),
        ("I", r"[A-Z][a-z]+"),
        ("my", r"[A-Z][a-z]+"),
        ("", r"[A-Z][a-z]+"),
        ("北京", r"[A-Z][a-z]+"),
        ("NATO", r"[A-Z]+"),
    ],
)
def test_another_subject_has_the_look_of_the_first(subject, look):
    other = NameMaker(5).like(subject)
    assert re.fullmatch(look, other), other
    assert other != subject


def test_pronouns_are_told_from_names():
    assert is_pronoun("I") and is_pronoun("My") and is_pronoun("us")
    assert not is_pronoun("Ian") and not is_pronoun("my dog")
