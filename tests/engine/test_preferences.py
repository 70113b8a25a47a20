from __future__ import annotations

import pytest
import yaml

from hera_desktop.engine.config import Config, load_config
from hera_desktop.engine.errors import InputError, MachineError
from hera_desktop.engine.preferences import load_preferences, preferences_file, save_preferences

from .samples import expect_sentence


@pytest.fixture(autouse=True)
def own_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("HERA_DATA_HOME", str(tmp_path / "data"))


def load(source=None, overrides=(), **rest) -> Config:
    return load_config(source, overrides, {}, **rest)


def test_without_a_file_there_are_no_preferences():
    assert load_preferences() == {}
    assert load(preferences=load_preferences()) == Config()


def test_only_what_differs_is_written_and_comes_back():
    config = load(
        overrides=["evolution.max_rank=2", "immune.cumulative.max_ppl_spike=3", "evolution.target_layers=[1,2]"]
    )
    keys = save_preferences(config)
    assert set(keys) == {"evolution.max_rank", "immune.cumulative.max_ppl_spike", "evolution.target_layers"}
    assert yaml.safe_load(preferences_file().read_text(encoding="utf-8")) == {
        "evolution": {"max_rank": 2, "target_layers": [1, 2]},
        "immune": {"cumulative": {"max_ppl_spike": 3.0}},
    }
    assert load(preferences=load_preferences()) == config


def test_the_built_in_defaults_leave_an_empty_file():
    save_preferences(load(overrides=["evolution.max_rank=2"]))
    assert save_preferences(Config()) == ()
    assert load_preferences() == {}


def test_a_file_and_a_session_win_over_preferences_key_by_key():
    preferences = {"evolution": {"max_rank": 2, "learning_rate": 0.5}, "immune": {"top_k": 7}}
    config = load({"evolution": {"max_rank": 9}}, preferences=preferences)
    assert config.changed() == {"evolution.max_rank": 9, "evolution.learning_rate": 0.5, "immune.top_k": 7}
    stored = load(overrides=["experiment.seed=5"]).model_dump(mode="json")
    assert load(stored=stored, preferences=preferences).changed() == {"experiment.seed": 5}


def test_environment_and_set_win_over_preferences():
    preferences = {"evolution": {"max_rank": 2, "learning_rate": 0.5}}
    config = load_config(None, ["evolution.max_rank=3"], {"HERA_LEARNING_RATE": "4"}, preferences=preferences)
    assert config.changed() == {"evolution.max_rank": 3, "evolution.learning_rate": 4.0}
    assert preferences == {"evolution": {"max_rank": 2, "learning_rate": 0.5}}


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        ("evolution: {max_rnk: 2}\n", ("max_rnk", "did you mean 'max_rank'")),
        ("evolution: {max_rank: 0}\n", ("evolution.max_rank", "is 0")),
        ("evolution: {max_rank: [\n", ("not valid YAML",)),
    ],
)
def test_preferences_that_cannot_be_used_are_named_in_one_sentence(content, parts):
    preferences_file().parent.mkdir(parents=True)
    preferences_file().write_text(content, encoding="utf-8")
    with expect_sentence(InputError, str(preferences_file()), *parts):
        load_preferences()


def test_preferences_that_cannot_be_written_are_told_in_one_sentence(tmp_path):
    (tmp_path / "data").write_text("a file where the folder should be", encoding="utf-8")
    with expect_sentence(MachineError, str(preferences_file()), "cannot be written"):
        save_preferences(load(overrides=["evolution.max_rank=2"]))


def test_a_quoted_number_stays_a_text():
    assert load(overrides=['experiment.name="42"']).experiment.name == "42"
    assert load(overrides=["evolution.learning_rate=1e-3"]).evolution.learning_rate == 0.001
