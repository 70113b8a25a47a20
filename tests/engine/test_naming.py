"""The rule by which features are named."""

from __future__ import annotations

import pytest

from hera_desktop.engine.atlas.naming import NEVER, auto_name


def named(*tokens: str, before: str = "", raised: tuple[str, ...] = (" Yes",)) -> str:
    return auto_name([(before, token) for token in tokens], raised)


def test_a_feature_without_contexts_never_fired():
    assert auto_name([], [" Paris"]) == NEVER == "never active"


@pytest.mark.parametrize(
    ("tokens", "name"),
    [
        ([" Paris"] * 3, "“Paris”"),
        ([" paris", " Paris", " Paris", "PARIS", " Rome"], "“Paris”"),  # the commonest spelling, whatever the case
        ([" of", " of", " of", " in", " on"], "“of”"),  # exactly 60 %
        (["?"] * 5 + ["!"], "“?” question mark"),
        ([" {"] * 5, "“{” left curly bracket"),
        (["%"] * 5, "“%” percent sign"),
        (["\n"] * 5, "line break"),
        (["\n\n"] * 5, "line breaks"),
        (["\t"] * 5, "tab"),
        ([" "] * 5, "blank"),
        (["7"] * 5, "“7”"),
        (["<|im_end|>"] * 5, "“<|im_end|>”"),
        (["x" * 100] * 5, f"“{'x' * 23}…”"),
        (["\x00"] * 5, "“·” mark"),
    ],
)
def test_one_token_is_quoted(tokens, name):
    assert named(*tokens) == name


def test_the_word_before_is_part_of_the_name_where_contexts_agree_on_it():
    assert named(*[" of"] * 5, before=" capital") == "“capital of”"
    assert auto_name([(" capital", " of"), (" end", " of"), (" bit", " of")], []) == "“of”"
    assert named(*[" of"] * 5, before=",") == "“of”"


def test_the_inside_of_a_word_is_marked():
    assert named(*["ing"] * 5, before=" walk") == "“…ing”"
    assert named(*[" ing"] * 5, before=" walk") == "“walk ing”"


@pytest.mark.parametrize(
    ("tokens", "name"),
    [
        (["1", "2", " 3", "40", "5", "6"], "digits"),
        (["1990", " 1850", "2014", "1776"], "years"),
        (["\n", "\n\n", " \n", "\n \n"], "line breaks"),
        (['"', "'", "“", "”"], "quotation marks"),
        (["(", ")", "[", "(", ")"], "brackets ( ) ["),
        (["{", "=", "();", "==", "=>"], "code marks { = (); =="),
        ([".", ",", ";", "!", "-"], "punctuation . , ; !"),
        (["€", "+", "°", "£"], "symbols € + ° £"),
        ([" NATO", " USA", "EU", " UN"], "capitals NATO USA EU UN"),
        (["При", " вет", "мир", "и"], "Cyrillic letters"),
        (["北", "京", "大", "学"], "Cjk letters"),
    ],
)
def test_tokens_of_one_kind_are_named_by_it(tokens, name):
    assert named(*tokens) == name


def test_three_in_four_are_enough_for_a_kind():
    assert named("1", "2", "3", " x") == "digits"
    assert named("1", "2", " x", " y").startswith("1, 2, x")


def test_otherwise_the_commonest_tokens_and_where_they_lead():
    tokens = (" Rome", " Paris", " Oslo", " Paris", " Bern", " Wien")
    assert named(*tokens, raised=(" Italy",)) == "Paris, Rome, Oslo → Italy"
    assert named(" Rome", " Paris", raised=()) == "Rome, Paris"


def test_the_arrow_skips_what_says_nothing():
    raised = ("\n", " ", "\ufffd", " paris", "\x07", " France")
    assert named(" Paris", " Rome", raised=raised) == "Paris, Rome → France"


def test_a_name_is_one_printable_line():
    odd = ["a\nb", "\x1b[31m", "\u202e", "\x00", " \n x"]
    name = named(*odd, raised=("\x00", "z\nz"))
    assert name.isprintable()
