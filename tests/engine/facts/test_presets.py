"""The presets: what they lay over a configuration."""

from __future__ import annotations

import pytest

from hera_desktop.engine.config import flatten, load_config
from hera_desktop.engine.errors import InputError
from hera_desktop.engine.facts import presets
from hera_desktop.engine.facts.presets import PRESETS, preset_overlay
from hera_desktop.engine.facts_config import FactsConfig
from hera_desktop.engine.places import shipped

DECIDED = ("lora", "memory", "optimizer", "weights", "loss", "training")
"""Sections of which the seed preset leaves nothing to chance."""


def facts(tree) -> FactsConfig:
    return load_config(tree, environment={}).facts


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_a_configuration_of_the_section_facts_alone(name):
    tree = preset_overlay(name)
    assert set(tree) == {"facts"}
    facts(tree)


def test_working_puts_every_key_at_its_default():
    tree = preset_overlay("working")
    assert facts(tree) == FactsConfig()
    assert set(flatten(tree["facts"])) == set(flatten(FactsConfig().model_dump()))


def test_an_overlay_is_the_callers_own_to_change():
    preset_overlay("working")["facts"]["lora"]["targets"].append("q_proj")
    preset_overlay("seed")["facts"]["lora"]["rank"] = 99
    assert facts(preset_overlay("working")) == FactsConfig()
    assert facts(preset_overlay("seed")).lora.rank == 4


def test_seed_decides_every_key_of_how_a_lesson_is_made():
    tree = preset_overlay("seed")["facts"]
    for section in DECIDED:
        assert set(tree[section]) == set(getattr(FactsConfig(), section).model_dump()), section


def test_seed_holds_the_documents_numbers():
    seed = facts(preset_overlay("seed"))
    assert (seed.lora.rank, seed.lora.alpha, seed.lora.dropout) == (4, 16, 0.05)
    assert seed.lora.targets == ("q_proj", "v_proj")
    assert (seed.optimizer.learning_rate, seed.optimizer.weight_decay, seed.optimizer.clip) == (1e-6, 0.01, 0.1)
    rates = seed.optimizer
    assert (rates.regular, rates.question, rates.fact, rates.replay) == (1, 2, 5, 0.5)
    assert (rates.min_multiplier, rates.max_multiplier, rates.boost) == (0.1, 10, "formula")
    assert (rates.boost_factor, rates.repetition_multiplier) == (0.1, 1.2)
    loss = seed.loss
    assert (loss.lambda_kl, loss.lambda_task, loss.fact_lambda_kl, loss.importance_share) == (0.1, 1, 0.01, 0.5)
    assert (loss.min_lambda, loss.max_lambda, loss.direction) == (0.001, 1, "forward")
    weights = seed.weights
    assert (weights.entity, weights.fact, weights.first, weights.last, weights.repetition) == (3, 3, 2, 1.5, 2)
    assert (weights.first_tokens, weights.last_tokens) == (5, 5)
    memory = seed.memory
    assert (memory.max_facts, memory.importance, memory.decay, memory.decay_after) == (50, "hybrid", 0.1, 100)
    assert (memory.replay_every, memory.replay_facts) == (10, 10)
    assert (seed.training.learn_from, seed.training.example, seed.training.steps) == ("all", "seed", 1)
    assert not seed.training.paraphrases and not seed.lora.per_fact


def test_every_line_of_the_seed_file_is_commented():
    lines = shipped("configs", "facts-seed.yaml").read_text(encoding="utf-8").splitlines()
    keys = [line for line in lines if line.startswith("  ")]
    assert len(keys) > 40
    assert [line for line in keys if "  # " not in line] == []


def test_an_unknown_preset_is_one_sentence():
    with pytest.raises(InputError, match=r"preset 'sede' is unknown.*working and seed.*did you mean 'seed'"):
        preset_overlay("sede")


@pytest.mark.parametrize("text", [None, "facts: [", "- 1\n", "facts: 3\n"])
def test_a_missing_or_damaged_file_is_one_sentence(text, tmp_path, monkeypatch):
    file = tmp_path / "facts-seed.yaml"
    if text is not None:
        file.write_text(text)
    monkeypatch.setattr(presets, "shipped", lambda *parts: file)
    with pytest.raises(InputError, match="missing or damaged"):
        preset_overlay("seed")
