"""``hera-desktop examples``."""

from __future__ import annotations

import json

from hera_desktop.engine import examples as declared
from hera_desktop.engine import memory

from .conftest import assert_one_sentence, run


def small_example() -> declared.Example:
    steps = [
        {"do": "evolve", "prompt": "The capital of France is", "strength": 0.05, "label": "a", "say": "A step."},
        {"do": "move", "kind": "roll_back_to", "to": "base", "say": "Back."},
    ]
    tree = {"name": "small", "title": "Small", "purpose": "p", "seconds": 1, "steps": steps}
    return declared.Example.model_validate(tree)


def test_the_list_names_every_example():
    result = run("examples")
    assert result.exit_code == 0, result.output
    assert all(name in result.stdout for name in declared.examples())
    tree = json.loads(run("examples", "--json").stdout)
    assert [row["name"] for row in tree] == list(declared.examples())


def test_an_unknown_example_is_one_sentence():
    assert_one_sentence(run("examples", "run", "brunch"), "example 'brunch' is unknown", "did you mean 'branch'")


def test_an_example_runs_without_a_window(tiny_files, tmp_path, monkeypatch):
    monkeypatch.setattr(declared, "examples", lambda: {"small": small_example()})
    options = tiny_files.options(tmp_path / "s.hera")
    result = run("examples", "run", "small", *options)
    assert result.exit_code == 0, result.output
    assert "A step." in result.stdout
    assert "committed" in result.stdout
    assert result.stdout.rstrip().endswith("with 0 patches")
    tree = json.loads(run("examples", "run", "small", "--json", *tiny_files.options(tmp_path / "t.hera")).stdout)
    assert [row["action"]["do"] for row in tree["actions"]] == ["evolve", "move"]
    assert tree["active"] == []


def test_short_memory_is_one_warning_on_stderr(tiny_files, tmp_path, monkeypatch):
    monkeypatch.setattr(memory, "free_memory", lambda device: 10**6)
    options = tiny_files.options(tmp_path / "s.hera", "evolution.learning_rate=0.05")
    result = run("evolve", "The capital of France is", *options)
    assert result.exit_code == 0, result.output
    warnings = [line for line in result.stderr.splitlines() if line.startswith("warning: ")]
    assert warnings == ["warning: tiny-llama needs about 2 MB; 1 MB are free."]
