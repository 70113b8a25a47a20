"""What each context makes of the learning rate."""

from __future__ import annotations

import pytest

from hera_desktop.engine.errors import InputError
from hera_desktop.engine.facts import contexts
from hera_desktop.engine.facts.contexts import multiplier
from hera_desktop.engine.facts_config import OptimizerSection

CONTEXTS = ("regular", "question", "fact", "replay")


def settings(**given) -> OptimizerSection:
    return OptimizerSection(**given)


def test_the_multipliers_of_the_document_are_the_defaults():
    assert [multiplier(context, settings()) for context in CONTEXTS] == [1.0, 2.0, 5.0, 0.5]


@pytest.mark.parametrize("context", CONTEXTS)
def test_each_context_has_its_own_setting(context):
    assert multiplier(context, settings(**{context: 3.5})) == 3.5


@pytest.mark.parametrize(("boost", "expected"), [("formula", [5.0, 5.6, 6.2, 6.8]), ("linear", [5.0, 6.0, 7.0, 8.0])])
def test_a_repeated_fact_grows(boost, expected):
    found = [multiplier("fact", settings(boost=boost), count) for count in (1, 2, 3, 4)]
    assert found == pytest.approx(expected)


def test_the_growth_follows_its_settings():
    assert multiplier("fact", settings(fact=1, boost_factor=0.5), 2) == pytest.approx(1.6)
    assert multiplier("fact", settings(fact=1, boost_factor=0.5, repetition_multiplier=2.4), 2) == pytest.approx(2.2)
    assert multiplier("fact", settings(fact=1, boost="linear", boost_factor=0.5), 2) == pytest.approx(2.0)


@pytest.mark.parametrize("context", ["regular", "question", "replay"])
def test_only_a_fact_grows_with_its_repetitions(context):
    assert multiplier(context, settings(), 9) == multiplier(context, settings())


def test_the_multiplier_stays_within_its_bounds():
    assert multiplier("fact", settings(), 1000) == 10.0
    assert multiplier("fact", settings(max_multiplier=5.5), 2) == 5.5
    assert multiplier("replay", settings(replay=0)) == 0.1
    assert multiplier("replay", settings(replay=0, min_multiplier=0.3)) == 0.3


def test_an_unknown_context_names_those_there_are():
    expected = "^context 'facts' is unknown; there are regular, question, fact, replay; did you mean 'fact'"
    with pytest.raises(InputError, match=expected):
        multiplier("facts", settings())


def test_what_was_never_told_has_no_multiplier():
    with pytest.raises(ValueError, match="told 0 times"):
        multiplier("fact", settings(), 0)


def test_one_registration_adds_a_context(monkeypatch):
    monkeypatch.setattr(contexts, "CONTEXTS", dict(contexts.CONTEXTS))

    @contexts.register("praise")
    def _praise(settings: OptimizerSection, count: int) -> float:
        return settings.regular * 4 + count

    assert multiplier("praise", settings(regular=0.5), 2) == 4.0
    with pytest.raises(ValueError, match="'praise' is registered twice"):
        contexts.register("praise")(_praise)
