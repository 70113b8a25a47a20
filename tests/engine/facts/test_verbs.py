"""What a sentence said between subject and object becomes a verb to ask with."""

from __future__ import annotations

import pytest

from hera_desktop.engine.facts.forms import Form, FormBook
from hera_desktop.engine.facts.records import FactInfo
from hera_desktop.engine.facts.verbs import Phrase, phrase


@pytest.mark.parametrize(
    ("between", "relation", "expected"),
    [
        ("sank in", "sank_in", Phrase("sank in", "did", "sink in")),
        ("burnt down in", "burnt_down_in", Phrase("burnt down in", "did", "burn down in")),
        ("is afraid of", "afraid_of", Phrase("is afraid of", "is", "afraid of")),
        ("'m afraid of", "afraid_of", Phrase("am afraid of", "am", "afraid of")),
        ("was opened in", "opened_in", Phrase("was opened in", "was", "opened in")),
        ("was opened by", "opened_in", None),
        ("is the captain of", "captain_of", None),
    ],
)
def test_a_relation_may_be_told_with_a_form_of_to_be(between, relation, expected):
    assert phrase(between, relation) == expected


def _first(text: str, relation: str, subject: str, of: str) -> Form:
    fact = FactInfo(text, "fact", relation=relation, subject=subject, object=of)
    return FormBook.load().trained(fact)[0]


def test_questions_are_made_of_such_verbs():
    assert _first("I'm afraid of spiders.", "afraid_of", "I", "spiders") == Form(
        "What am I afraid of?", "You are afraid of spiders.", (18, 25)
    )
    opened = _first("The Dorvane was opened in May 1873.", "opened_in", "the Dorvane", "May 1873")
    assert opened == Form("When was the Dorvane opened?", "The Dorvane was opened in May 1873.", (26, 34))
    assert (
        _first("The Dorvane sank in 1873.", "sank_in", "the Dorvane", "1873").question == "When did the Dorvane sink?"
    )
