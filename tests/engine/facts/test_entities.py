"""What is found to be an entity."""

from __future__ import annotations

import sys
import types

import pytest

from hera_desktop.engine.errors import InputError
from hera_desktop.engine.facts import entities
from hera_desktop.engine.facts.entities import find_entities

from ..samples import expect_sentence


@pytest.fixture(autouse=True)
def fresh_reader():
    entities._spacy_reader.cache_clear()
    yield
    entities._spacy_reader.cache_clear()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ()),
        ("nothing capitalised in here", ()),
        ("Tovik Arn lives in Dunmore.", ("Tovik Arn", "Dunmore")),
        ("The mayor of Dunmore is Tovik.", ("Dunmore", "Tovik")),
        ("The Harrow Museum is old.", ("Harrow Museum",)),
        ("She met May Tolliver and I'm glad.", ("May Tolliver",)),
        ("Tovik's boat and Fenna’s hat", ("Tovik", "Fenna")),
        ("The Duke of Dunmore met Ludwig van Oss.", ("Duke of Dunmore", "Ludwig van Oss")),
        ("It has 14 rooms and costs 3.50, up 12%.", ("14", "3.50", "12%")),
        ("Fenna was born on 12 March 1987.", ("Fenna", "12 March 1987")),
        ("on March 3rd, 2001 or 2001-03-03", ("March 3rd, 2001", "2001-03-03")),
        ('He wrote "the last moth" and “Red Door”.', ("the last moth", "Red Door")),
        ("Tovik saw Tovik.", ("Tovik",)),
        ("The Vexlo 300 is red.", ("Vexlo 300",)),
    ],
)
def test_rules_find_names_numbers_dates_and_quotes(text, found):
    assert find_entities(text, "regex") == found


def test_simple_takes_single_capitalised_words():
    assert find_entities("The mayor, Tovik Arn, has 14 cats.", "simple") == ("Tovik", "Arn")


def test_spacy_missing_is_one_sentence(monkeypatch):
    monkeypatch.setitem(sys.modules, "spacy", None)  # the import fails
    with expect_sentence(InputError, "spaCy is not installed", "pip install spacy", "'regex'"):
        find_entities("Tovik", "spacy")


def test_a_missing_spacy_model_is_named_with_the_way_to_get_it(monkeypatch):
    def load(name):
        raise OSError(f"[E050] Can't find model '{name}'")

    monkeypatch.setitem(sys.modules, "spacy", types.SimpleNamespace(load=load))
    with expect_sentence(InputError, "'xx_tiny'", "python -m spacy download xx_tiny", "'regex'"):
        find_entities("Tovik", "spacy", "xx_tiny")


def test_spacy_entities_are_handed_on(monkeypatch):
    class Reader:
        max_length = 5

        def __call__(self, text):
            return types.SimpleNamespace(ents=[types.SimpleNamespace(text=text), types.SimpleNamespace(text=text)])

    monkeypatch.setitem(sys.modules, "spacy", types.SimpleNamespace(load=lambda name: Reader()))
    assert find_entities("Tovik lives", "spacy") == ("Tovik",)
