"""``hera-desktop probes``: files, limits of tags, calibration."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hera_desktop.engine.immune.probe_files import load_probes, save_probes
from hera_desktop.engine.immune.probes import Probe, ProbeSet, TagLimits
from hera_desktop.engine.ledger import Ledger

from .conftest import TinyFiles, assert_one_sentence, run


@pytest.fixture
def file(tmp_path: Path) -> Path:
    probes = (Probe("The ferry left.", ("prose",)), Probe("2 + 2 = 4", ("arithmetic",)), Probe("def f(x):", ("code",)))
    return save_probes(tmp_path / "mine.yaml", ProbeSet(probes))


def probes(*arguments: object) -> dict:
    """A verb's JSON document, after a success."""
    result = run("probes", *map(str, arguments), "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_the_shipped_probes_are_listed():
    found = probes("list")
    assert len(found["probes"]) >= 10 and found["limits"] == {}
    assert set(found["probes"][0]) == {"number", "text", "tags", "weight", "enabled"}
    assert "probes are measured" in run("probes", "list").stdout


def test_a_set_of_one_s_own_starts_as_a_copy(tmp_path):
    target = tmp_path / "copy.yaml"
    probes("copy", "--file", target)
    assert load_probes(target) == load_probes(None)
    assert_one_sentence(run("probes", "copy", "--file", str(target)), "exists already")


def test_every_edit_of_the_window_can_be_made_here(file, tmp_path):
    source = tmp_path / "more.txt"
    source.write_text("one\ntwo\n")
    probes("add", "Contracts bind.", "--tag", "law, short", "--file", file)
    probes("import", source, "--tag", "numbers", "--file", file)
    probes("tag", 1, 2, "--tag", "plain", "--file", file)
    probes("weight", 4, "--weight", 2.5, "--file", file)
    probes("disable", 1, 5, "--file", file)
    probes("enable", 5, "--file", file)
    probes("limit", "law", "max_js_divergence=0.01", "max_ppl_spike=1.1", "--file", file)
    probes("limit", "law", "max_ppl_spike=", "--file", file)
    probes("limit", "law", "max_cosine_drift=0.2", "--base", "--file", file)
    probes("remove", 3, "--file", file)
    found = load_probes(file)
    assert found.probes == (
        Probe("The ferry left.", ("plain",), enabled=False),
        Probe("2 + 2 = 4", ("plain",)),
        Probe("Contracts bind.", ("law", "short"), 2.5),
        Probe("one", ("numbers",)),
        Probe("two", ("numbers",)),
    )
    assert found.limits == {"law": TagLimits({"max_js_divergence": 0.01}, {"max_cosine_drift": 0.2})}
    assert "limits of law: max_js_divergence 0.01" in run("probes", "list", "--file", str(file)).stdout
    probes("limit", "law", "--clear", "--file", file)
    assert load_probes(file).limits == {}


def test_adding_makes_a_file_that_is_not_there(tmp_path):
    probes("add", "The first.", "--file", tmp_path / "new.yaml")
    assert load_probes(tmp_path / "new.yaml").probes == (Probe("The first."),)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("add", "2 + 2 = 4"), ("probes 2 and 4", "same text")),
        (("remove", "9"), ("no probe 9", "1 to 3")),
        (("remove", "1", "2", "3"), ("no probe is enabled",)),
        (("disable", "1", "2", "3"), ("no probe is enabled",)),
        (("weight", "1", "--weight", "0"), ("weight 0", "above 0")),
        (("limit", "law", "max_ppl_spike=1.5"), ("'law'", "prose, arithmetic, code")),
        (("limit", "code", "max_ppl=1.5"), ("'max_ppl=1.5'", "max_ppl_spike")),
        (("limit", "code", "max_ppl_spike=wide"), ("'wide'", "number")),
        (("limit", "code", "max_ppl_spike=0.5"), ("0.5", "greater than or equal to 1")),
        (("limit", "code"), ("no limit",)),
        (("import", "/no/such.txt"), ("/no/such.txt", "does not exist")),
    ],
)
def test_what_cannot_be_done_is_said_and_the_file_stays(file, arguments, words):
    before = file.read_bytes()
    assert_one_sentence(run("probes", *arguments, "--file", str(file)), *words)
    assert file.read_bytes() == before


def test_an_edit_without_a_file_asks_for_one():
    assert_one_sentence(run("probes", "remove", "1"), "--file")


# --- calibrating ------------------------------------------------------------------------------------------------------


@pytest.fixture
def options(tiny_files: TinyFiles, file: Path, tmp_path: Path, monkeypatch) -> list[str]:
    monkeypatch.setenv("HERA_DATA_HOME", str(tmp_path / "data"))
    return tiny_files.options(tmp_path / "s.hera", f"immune.probes={file}")


QUICK = ("--count", "24", "--rate", "0.2")


def test_a_calibration_proposes_limits_and_changes_nothing(options, tmp_path):
    found = probes("calibrate", *QUICK, "--norm", 0.5, *options)
    assert (found["count"], found["rate"], found["norm"], found["applied"]) == (24, 0.2, 0.5, False)
    assert found["joint_rate"] <= 0.2
    assert [row["key"] for row in found["limits"]] == ["max_js_divergence", "max_ppl_spike", "max_cosine_drift"]
    assert all(len(values) == 24 for values in found["values"].values())
    with_session = Ledger.open(tmp_path / "s.hera")
    try:
        assert with_session.entries() == []
    finally:
        with_session.close()


def test_applied_limits_are_kept_in_the_session_and_can_be_undone(options, tmp_path):
    found = probes("calibrate", *QUICK, "--prompt", "The capital of France is", "--apply", *options)
    assert found["applied"] and found["origin"] == "the proposal for one prompt"
    session = str(tmp_path / "s.hera")

    def limit() -> float:
        ledger = Ledger.open(Path(session))
        try:
            return json.loads(ledger.meta["config"])["immune"]["max_js_divergence"]
        finally:
            ledger.close()

    assert limit() == found["limits"][0]["limit"]
    assert run("undo", "--session", session).exit_code == 0
    assert limit() == 1.0


def test_the_text_says_what_to_do_with_the_limits(options):
    result = run("probes", "calibrate", *QUICK, "--norm", "0.5", *options)
    assert result.exit_code == 0, result.output
    for part in ("24 null edits of norm 0.5", "the chosen rate is 20.0%", "--set immune.max_js_divergence="):
        assert part in result.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--count", "5"), ("5 null edits are too few", "at least 39")),
        (("--rate", "2"), ("rate is 2",)),
        (("--norm", "-1", *QUICK), ("norm", "-1")),
        ((), ("no committed step",)),
    ],
)
def test_a_calibration_that_cannot_be_made_is_explained(options, arguments, words):
    assert_one_sentence(run("probes", "calibrate", *arguments, *options), *words)


def test_limits_are_applied_to_a_session_only():
    assert_one_sentence(run("probes", "calibrate", "--apply"), "--session")
