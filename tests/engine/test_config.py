from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from hera_desktop.engine.config import Config, flatten, load_config
from hera_desktop.engine.errors import InputError

from .samples import expect_sentence

CONFIGS = Path(__file__).parents[2] / "configs"


def load(source=None, overrides=(), environment=None, stored=None) -> Config:
    return load_config(source, overrides, environment or {}, stored)


# --- the shipped files ------------------------------------------------------------------------------------------------


def test_default_file_equals_the_defaults():
    assert load(CONFIGS / "default.yaml") == Config()


def test_default_file_has_every_key():
    tree = yaml.safe_load((CONFIGS / "default.yaml").read_text(encoding="utf-8"))
    assert flatten(tree) == flatten(Config().model_dump(mode="json"))
    assert set(tree) == set(Config.model_fields)


def test_default_file_comments_every_key():
    lines = (CONFIGS / "default.yaml").read_text(encoding="utf-8").splitlines()
    keys = [line for line in lines if line.startswith("  ") and not line.endswith(":")]
    assert len(keys) >= len(flatten(Config().model_dump()))
    assert [line for line in keys if "  # " not in line] == []


def test_gpt2_file_loads_as_it_is():
    config = load(CONFIGS / "gpt2-small.yaml")
    assert config.changed() == {
        "experiment.name": "hera-r-gpt2-sae",
        "experiment.device": "cuda",
        "model.name": "gpt2-small",
        "sae.release": "gpt2-small-res-jb",
        "sae.id": "blocks.8.hook_resid_pre",
        "evolution.target_layers": (8,),
        "evolution.learning_rate": 0.01,
        "evolution.max_rank": 1,
    }
    assert (config.experiment.seed, config.sae.threshold, config.evolution.top_k_features) == (42, 2.0, 3)
    immune = config.immune
    assert (immune.max_js_divergence, immune.max_ppl_spike, immune.max_cosine_drift) == (0.15, 1.5, 0.05)


# --- sources and their order ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "key", "value"),
    [
        ("HERA_EVOLUTION__LEARNING_RATE", "0.5", "evolution.learning_rate", 0.5),
        ("HERA_LEARNING_RATE", "1e-3", "evolution.learning_rate", 0.001),
        ("HERA_DEVICE", "cpu", "experiment.device", "cpu"),
        ("HERA_MODEL_NAME", "owner/name", "model.name", "owner/name"),
        ("HERA_IMMUNE__CUMULATIVE__MAX_PPL_SPIKE", "3", "immune.cumulative.max_ppl_spike", 3.0),
        ("HERA_EVOLUTION__TARGET_LAYERS", "[1, 2]", "evolution.target_layers", (1, 2)),
    ],
)
def test_environment_sets_a_key(name, text, key, value):
    assert load(environment={name: text}).changed() == {key: value}


def test_the_process_environment_is_read_by_default(monkeypatch):
    monkeypatch.setenv("HERA_LEARNING_RATE", "0.25")
    assert load_config().evolution.learning_rate == 0.25


def test_other_variables_are_left_alone():
    assert load(environment={"HERA_DATA_HOME": "/nowhere", "PATH": "/bin", "HERA": "1"}) == Config()


def test_later_sources_win(tmp_path):
    file = tmp_path / "a.yaml"
    file.write_text("evolution: {learning_rate: 3, max_rank: 3, top_k_features: 9}\n")
    environment = {"HERA_LEARNING_RATE": "4", "HERA_EVOLUTION__MAX_RANK": "5"}
    config = load(file, ["evolution.learning_rate=6"], environment)
    assert config.changed() == {
        "evolution.learning_rate": 6.0,  # --set over environment over file
        "evolution.max_rank": 5,  # environment over file
        "evolution.top_k_features": 9,  # file over default
    }


def test_a_session_stands_in_for_the_defaults_only_without_a_file():
    stored = {"evolution": {"learning_rate": 3.0}}
    assert load(None, stored=stored).evolution.learning_rate == 3.0
    assert load({}, stored=stored) == Config()
    assert load(None, ["evolution.learning_rate=5"], stored=stored).evolution.learning_rate == 5.0


def test_loading_does_not_change_the_given_mapping():
    source = {"immune": {"cumulative": {"max_ppl_spike": 3.0}}}
    load(source, ["immune.cumulative.max_ppl_spike=4"])
    assert source == {"immune": {"cumulative": {"max_ppl_spike": 3.0}}}


def test_stored_configuration_comes_back_whole():
    config = load(CONFIGS / "gpt2-small.yaml", ["immune.cumulative.max_ppl_spike=7"])
    assert load(config.model_dump(mode="json")) == config


# --- what cannot be used ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("override", "parts"),
    [
        ("evolution.learning_rte=1", ("'evolution.learning_rte' is unknown", "did you mean 'learning_rate'")),
        ("evolutoin.learning_rate=1", ("'evolutoin' is unknown", "did you mean 'evolution'")),
        ("zzzz=1", ("'zzzz' is unknown", "known here: experiment")),
        ("immune.cumulative.max_jsd=1", ("'immune.cumulative.max_jsd' is unknown", "max_js_divergence")),
        ("evolution.learning_rate=-1", ("evolution.learning_rate", "-1", "greater than 0")),
        ("evolution.learning_rate=.inf", ("evolution.learning_rate", "finite")),
        ("evolution.learning_rate=nan", ("evolution.learning_rate", "nan")),
        ("evolution.learning_rate=", ("evolution.learning_rate", "None")),
        ("evolution.max_rank=0", ("evolution.max_rank", "0")),
        ("evolution.max_rank=2.5", ("evolution.max_rank", "2.5")),
        ("evolution.max_rank=abc", ("evolution.max_rank", "'abc'")),
        ("evolution.target_layers=[]", ("evolution.target_layers",)),
        ("evolution.target_layers=[1, 1]", ("evolution.target_layers", "distinct")),
        ("evolution.target_layers=[-1]", ("evolution.target_layers", "-1")),
        ("evolution.token=first", ("evolution.token", "'first'", "last")),
        ("experiment.device=tpu", ("experiment.device", "'tpu'")),
        ("experiment.seed=-1", ("experiment.seed", "-1")),
        ("immune.max_js_divergence=1.5", ("immune.max_js_divergence", "1.5", "less than or equal to 1")),
        ("immune.max_ppl_spike=0.5", ("immune.max_ppl_spike", "0.5")),
        ("immune.warn_fraction=0", ("immune.warn_fraction", "0")),
        ("evolution=3", ("section 'evolution'", "3")),
        ("evolution.learning_rate", ("has no '='",)),
        ("experiment.name.x=1", ("experiment.name",)),
        ("=1", ("is unknown",)),
    ],
)
def test_a_value_that_cannot_be_used_is_named_in_one_sentence(override, parts):
    with expect_sentence(InputError, *parts):
        load(overrides=[override])


def test_an_unknown_variable_is_named_too():
    with expect_sentence(InputError, "'evolution.rate'"):
        load(environment={"HERA_EVOLUTION__RATE": "1"})


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        (b"model: [unclosed\n", ("not valid YAML", "line")),
        (b"- a\n- b\n", ("must hold sections", "list")),
        (b"just a text", ("must hold sections", "str")),
        (b"\xff\xfe\x00\x01", ("cannot be read",)),
        (b"model:\n", ("section 'model'",)),
        (b"1: 2\n", ("'1' is unknown",)),
        (b"a: b: c\n", ("not valid YAML",)),
        (b"\x01\x02", ("not valid YAML",)),
    ],
)
def test_a_file_that_cannot_be_used_is_named_in_one_sentence(tmp_path, content, parts):
    file = tmp_path / "bad.yaml"
    file.write_bytes(content)
    with expect_sentence(InputError, *parts):
        load(file)


def test_a_missing_file_is_named(tmp_path):
    with expect_sentence(InputError, str(tmp_path / "none.yaml"), "does not exist"):
        load(tmp_path / "none.yaml")


def test_a_folder_is_no_configuration_file(tmp_path):
    with expect_sentence(InputError, str(tmp_path), "cannot be read"):
        load(tmp_path)


def test_an_empty_file_means_the_defaults(tmp_path):
    file = tmp_path / "empty.yaml"
    file.write_text("# nothing\n")
    assert load(file) == Config()
