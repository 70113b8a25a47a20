"""What a model will need, told from its files before it is loaded."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from hera_desktop.engine import memory
from hera_desktop.engine.catalogue import get_entry
from hera_desktop.engine.config import Config, load_config
from hera_desktop.engine.memory import MB, MemoryNeed, memory_need, shortage

KNOWN = {  # millions of weights, and words of the vocabulary, as the models' own pages give them
    "SmolLM2-135M-Instruct": (134.5, 49152),
    "SmolLM2-360M-Instruct": (361.8, 49152),
    "SmolLM2-1.7B-Instruct": (1711.4, 49152),
    "Qwen2.5-0.5B": (494.0, 151936),
    "gpt2-small": (124.4, 50257),
    "gpt2-large": (774.0, 50257),
    "gpt2-xl": (1557.6, 50257),
    "gemma-3-270m": (268.1, 262144),
    "gemma3-270m": (268.1, 262144),
}


def config(*overrides: str) -> Config:
    return load_config(None, ["experiment.device=cpu", *overrides], environment={})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A model of 3,000 weights in two files."""
    found = tmp_path / "model"
    found.mkdir()
    (found / "config.json").write_text(json.dumps({"vocab_size": 1000}))
    save_file({"a": torch.zeros(10, 100), "b": torch.zeros(500)}, found / "model-1.safetensors")
    save_file({"c": torch.zeros(1500, dtype=torch.float16)}, found / "model-2.safetensors", {"format": "pt"})
    return found


@pytest.mark.parametrize("name", KNOWN)
def test_the_formula_agrees_with_what_the_catalogue_measured(name):
    parameters, words = KNOWN[name]
    need = memory._from_parameters(name, round(parameters * 1e6), words, 4)
    assert need.total_bytes == pytest.approx(get_entry(name).memory_mb * MB, rel=0.05)


def test_a_folder_is_counted_from_its_files(folder):
    need = memory_need(config(f"model.name={folder}"))
    assert need.model_bytes == 3000 * 4
    assert need.total_bytes == 12_000 + 800 * MB + 1000 * 5_500 + 600
    assert need.model == "model"


def test_half_precision_takes_half_the_weights(folder):
    assert memory_need(config(f"model.name={folder}", "model.dtype=bfloat16")).model_bytes == 3000 * 2
    assert memory_need(config(f"model.name={folder}"), "cuda").model_bytes == 3000 * 2


def test_a_catalogued_model_that_is_not_here_is_told_from_the_catalogue(monkeypatch, tmp_path):
    monkeypatch.setenv("HERA_DATA_HOME", str(tmp_path))
    need = memory_need(config("model.name=SmolLM2-1.7B-Instruct"))
    assert need.total_bytes == 8200 * MB
    smaller = memory_need(config("model.name=SmolLM2-1.7B-Instruct", "model.dtype=float16"))
    assert smaller.total_bytes == (800 + 7400 // 2) * MB


@pytest.mark.parametrize("name", ["someone/unknown-model", "no-such-model"])
def test_what_cannot_be_known_is_not_guessed(name):
    assert memory_need(config(f"model.name={name}")) is None


@pytest.mark.parametrize("content", [b"", b"\xff" * 8, b"\x04\0\0\0\0\0\0\0nope", b"\x02\0\0\0\0\0\0\0[]"])
def test_a_damaged_file_is_no_figure(folder, content):
    (folder / "model-1.safetensors").write_bytes(content)
    assert memory_need(config(f"model.name={folder}")) is None


def test_nine_tenths_of_what_is_free_is_the_limit():
    need = MemoryNeed("m", 1, 900, "")
    assert not need.is_tight(1000)
    assert need.is_tight(999)


def test_the_libraries_count_only_while_they_are_to_come(folder):
    wanted = config(f"model.name={folder}")
    whole, rest = memory_need(wanted), memory_need(wanted, libraries=False)
    assert whole.total_bytes - rest.total_bytes == 800 * MB
    assert rest.model_bytes == whole.model_bytes


def test_the_shortage_is_one_sentence(monkeypatch, folder):
    (folder / "config.json").write_text(json.dumps({"vocab_size": 200_000}))
    monkeypatch.setattr(memory, "free_memory", lambda device: 300 * MB)
    assert shortage(config(f"model.name={folder}")) == "model needs about 1.1 GB; 0.3 GB are free."
    monkeypatch.setattr(memory, "free_memory", lambda device: 3000 * MB)
    assert shortage(config(f"model.name={folder}")) == ""
