"""The tokens of a lesson on the heat of their weights."""

from __future__ import annotations

import pytest

from hera_desktop.engine.facts.records import WeightedToken
from hera_desktop.engine.facts_config import WEIGHTINGS
from hera_desktop.gui.chat.token_heat import WHY, TokenHeat

from .taught import TOKENS


@pytest.fixture
def heat(qtbot) -> TokenHeat:
    made = TokenHeat()
    qtbot.addWidget(made)
    made.show()
    made.show_tokens(TOKENS)
    return made


def test_every_weighting_of_the_engine_is_explained():
    assert set(WHY) == set(WEIGHTINGS)


def test_the_hottest_token_is_the_heaviest_and_the_legend_names_its_weight(heat):
    assert heat.strip.shares == pytest.approx((0.0, 1.0, 0.1))
    assert heat.legend.text == "weight, 1.00 to 6.00"


def test_a_small_difference_can_be_seen(heat):
    heat.show_tokens([WeightedToken("a", 1.0), WeightedToken(" b", 1.2)])
    assert heat.strip.shares == pytest.approx((0.0, 1.0))
    assert heat.legend.text == "weight, 1.00 to 1.20"


def test_where_nothing_is_raised_nothing_looks_as_if_it_were(heat):
    heat.show_tokens([WeightedToken("a", 1.0), WeightedToken(" b", 1.0)])
    assert heat.strip.shares == (0.0, 0.0)
    assert heat.legend.text == "every token weighs 1.00"


def test_a_token_tells_its_weight_and_why_with_spaces_and_newlines_visible(heat):
    said = heat.describe(1)
    assert said.startswith("·capital  weight 6.00\n")
    assert "subject, relation or object" in said and "start or the end" in said
    assert heat.describe(2).startswith("↵  weight 1.50")
    assert heat.describe(0).endswith("no weighting raises it")


def test_without_tokens_it_takes_no_room(heat):
    heat.show_tokens(())
    assert not heat.isVisible()
    heat.show_tokens(TOKENS)
    assert heat.isVisible()


def test_a_weighting_that_is_not_known_here_is_named_as_it_is(heat):
    heat.show_tokens([WeightedToken("a", 3.0, ("rarity",))])
    assert heat.describe(0).endswith("rarity")
