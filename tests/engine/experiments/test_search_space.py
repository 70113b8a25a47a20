"""What a search varies, as it is written."""

from __future__ import annotations

import pytest

from hera_desktop.engine.config import Config
from hera_desktop.engine.errors import InputError
from hera_desktop.engine.experiments.search_space import Choice, Range, overrides_of, read_space, with_values


def test_a_range_of_an_integer_key_is_whole():
    rate, features, layer = read_space(
        ["evolution.learning_rate=0.1..10:log", "evolution.top_k_features=1..8", "edits.layer=0..5"], [], Config()
    )
    assert rate == Range("evolution.learning_rate", 0.1, 10, log=True, whole=False)
    assert features == Range("evolution.top_k_features", 1, 8, log=False, whole=True)
    assert layer.whole


def test_a_choice_takes_what_the_configuration_makes_of_it():
    found = read_space(
        [],
        ["edits.strategy=rank_one,null_space", "evolution.target_layers=[1],[1,2],null", "edits.lambda_kl=1e-3,1"],
        Config(),
    )
    assert found == (
        Choice("edits.strategy", ("rank_one", "null_space")),
        Choice("evolution.target_layers", ([1], [1, 2], None)),
        Choice("edits.lambda_kl", (0.001, 1.0)),
    )


@pytest.mark.parametrize(
    ("ranges", "choices", "words"),
    [
        (["evolution.learning_rat=1..2"], [], ("learning_rat", "did you mean 'learning_rate'")),
        (["evolution.learning_rate=0.1..5000"], [], ("learning_rate", "5000", "less than or equal to 1000")),
        (["evolution.top_k_features=1..2.5"], [], ("top_k_features", "2.5", "integer")),
        (["evolution.learning_rate=2..1"], [], ("2..1", "below")),
        (["evolution.learning_rate=3"], [], ("KEY=LOW..HIGH",)),
        (["edits.layer=null..4"], [], ("no number",)),
        (["evolution.learning_rate"], [], ("KEY=LOW..HIGH",)),
        (["immune.max_js_divergence=0..1:log"], [], ("above 0",)),
        (["edits.strategy=1..2"], [], ("edits.strategy", "choice")),
        (["evolution=1..2"], [], ("'evolution'", "must hold keys")),
        ([], ["edits.strategy=rank_one"], ("two values",)),
        ([], ["edits.lambda_kl=1,1.0"], ("each once",)),
        ([], ["evolution.token=last,first"], ("evolution.token", "'first'")),
        ([], ["edits.strategy=[a"], ("KEY=VALUE,VALUE",)),
        (["edits.layer=1..2"], ["edits.layer=1,2"], ("2 times",)),
        ([], [], ("at least one",)),
    ],
)
def test_what_cannot_be_searched_is_one_sentence(ranges, choices, words):
    with pytest.raises(InputError) as raised:
        read_space(ranges, choices, Config())
    assert all(word in str(raised.value) for word in words), raised.value
    assert "\n" not in str(raised.value)


def test_a_drawn_number_is_short_and_within_its_range():
    (rate,) = read_space(["evolution.learning_rate=0.1..10"], [], Config())
    assert rate.value(1.23456789) == 1.23457
    assert rate.value(9.99999999) == 10
    (narrow,) = read_space(["evolution.learning_rate=0.12345678..0.12345699"], [], Config())
    assert narrow.value(0.1234568) == 0.12345699  # six digits would lie beyond


def test_values_become_the_configuration_they_name():
    values = {"edits.strategy": "null_space", "evolution.learning_rate": 1e-05, "evolution.target_layers": [1, 2]}
    config = with_values(Config(), values)
    assert (config.edits.strategy, config.evolution.learning_rate) == ("null_space", 1e-05)
    assert config.evolution.target_layers == (1, 2)
    assert overrides_of(values)[0] == 'edits.strategy="null_space"'
