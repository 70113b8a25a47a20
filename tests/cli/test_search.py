"""``hera-desktop search`` on a tiny model."""

from __future__ import annotations

import json

import pytest
import yaml

from .conftest import assert_one_sentence, run

RANGE = ("--range", "evolution.learning_rate=0.1..5:log", "--choice", "evolution.token=last,mean")


def search(files, *options):
    return run("search", *RANGE, "--limit", "1", "--batch", "2", *options, *files.options(None))


@pytest.fixture(scope="module")
def made(tiny_files, tmp_path_factory):
    """The document of a search of four trials."""
    out = tmp_path_factory.mktemp("search") / "search.json"
    result = search(tiny_files, "--trials", "4", "--out", str(out))
    assert result.exit_code == 0, result.output
    assert "on the front" in result.stdout and "4 of 4 trials" in result.stdout
    return out


def test_a_search_goes_on_from_its_document(tiny_files, made):
    before = json.loads(made.read_text(encoding="utf-8"))
    result = search(tiny_files, "--trials", "6", "--out", str(made), "--json")
    assert result.exit_code == 0, result.output
    after = json.loads(result.stdout)
    assert after == json.loads(made.read_text(encoding="utf-8"))
    assert after["data"]["trials"][:4] == before["data"]["trials"]  # with the same seconds: not measured again
    assert len(after["data"]["trials"]) == 6


def test_a_picked_trial_can_be_used(tiny_files, made, tmp_path):
    trial = json.loads(made.read_text(encoding="utf-8"))["data"]["trials"][2]
    config = tmp_path / "picked.yaml"
    result = run("search", "--pick", "2", "--out", str(made), "--write", str(config))
    assert result.exit_code == 0, result.output
    rate = trial["settings"]["evolution.learning_rate"]
    assert f"--set evolution.learning_rate={rate}" in result.stdout
    tree = yaml.safe_load(config.read_text(encoding="utf-8"))
    assert tree == {"evolution": {"learning_rate": rate, "token": trial["settings"]["evolution.token"]}}
    session = tmp_path / "s.hera"
    options = tiny_files.options(session)
    step = run("evolve", "The capital of France is", "--config", str(config), "--json", *options)
    assert step.exit_code == 0, step.output
    entry = json.loads(run("timeline", "--session", str(session), "--json").stdout)["entries"][0]
    assert entry["details"]["settings"]["learning_rate"] == rate


def test_bad_input_is_one_sentence(tiny_files, made, tmp_path):
    other = tmp_path / "other.json"
    other.write_text("{}", encoding="utf-8")
    assert_one_sentence(run("search", "--range", "evolution.learning_rat=1..2"), "learning_rate")
    assert_one_sentence(run("search", "--sampler", "grid"), "--sampler", "nsga2")
    assert_one_sentence(run("search", "--trials", "0"), "--trials", "0")
    assert_one_sentence(run("search", "--write", str(other)), "--pick")
    assert_one_sentence(run("search", "--pick", "1"), "--out")
    assert_one_sentence(run("search", "--pick", "99", "--out", str(made)), "99", "0 to")
    assert_one_sentence(run("search", "--pick", "1", "--out", str(other)), "experiment")
    assert_one_sentence(search(tiny_files, "--out", str(other)), "experiment")
    assert_one_sentence(search(tiny_files, "--sampler", "tpe", "--out", str(made)), "sampler", "nsga2")
