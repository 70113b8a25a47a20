"""``hera-desktop experiment edits`` and ``evolve --target`` on a tiny model."""

from __future__ import annotations

import json

import pytest

from hera_desktop.engine.errors import Cancelled, InputError, MachineError
from hera_desktop.engine.experiments import edits
from hera_desktop.engine.experiments.catalogue import EXPERIMENTS
from hera_desktop.engine.experiments.edits import EngineEditor

from .conftest import assert_one_sentence, run

ROWS = [
    {
        "case_id": number,
        "requested_rewrite": {
            "prompt": "The capital of {} is",
            "subject": f"Land{number}",
            "target_new": {"str": ("xq", "e")[number % 2]},
            "target_true": {"str": ("e", "xq")[number % 2]},
        },
        "paraphrase_prompts": [f"Land{number}'s capital is"],
        "neighborhood_prompts": ["The capital of Norland is", "The capital of Sudland is"],
    }
    for number in range(4)
]
FAST = ("edits.steps=2", "edits.prefixes=1", "edits.directions=4")


@pytest.fixture
def records(tmp_path):
    file = tmp_path / "records.json"
    file.write_text(json.dumps(ROWS), encoding="utf-8")
    return file


def experiment(files, records, *options):
    return run("experiment", "edits", "--file", str(records), *options, *files.options(None, *FAST))


@pytest.mark.parametrize("options", [(), ("--sequential",)])
def test_every_strategy_has_a_line_with_its_figures(tiny_files, records, options):
    names = ("unedited", "rank_one", "no-repair")
    chosen = [part for name in names for part in ("--strategy", name)]
    result = experiment(tiny_files, records, *chosen, "--json", *options)
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)["data"]
    assert {line["strategy"] for line in document["lines"]} == set(names)
    for found in document["results"]:
        assert len(found["edits"]) + len(found["skipped"]) == len(ROWS)
        assert found["edits"] and found["skipped"]  # of two opposite rows the model prefers one


def test_the_table_is_shown(tiny_files, records):
    result = experiment(tiny_files, records, "--strategy", "rank_one", "--limit", "2")
    assert result.exit_code == 0, result.output
    assert "rank_one" in result.stdout and "harmonic mean" in result.stdout


def test_a_run_goes_on_from_its_document(tiny_files, records, tmp_path):
    out = tmp_path / "run.json"
    first = experiment(tiny_files, records, "--strategy", "rank_one", "--limit", "2", "--out", str(out), "--json")
    again = experiment(tiny_files, records, "--strategy", "rank_one", "--out", str(out), "--json")
    assert first.exit_code == again.exit_code == 0, again.output
    (before,), (after,) = (json.loads(result.stdout)["data"]["results"] for result in (first, again))
    assert before["edits"] == after["edits"][: len(before["edits"])]  # with the same seconds: not measured again
    assert len(after["edits"]) + len(after["skipped"]) == len(ROWS)


def test_a_sequential_run_has_curves_and_a_report_is_written(tiny_files, records, tmp_path):
    report = tmp_path / "report.json"
    options = ("--strategy", "rank_one", "--sequential", "--json", "--report", str(report))
    document = json.loads(experiment(tiny_files, records, *options).stdout)
    assert {plot["x"] for plot in document["plots"]} == {"edits"}
    assert [curve["name"] for curve in document["plots"][0]["curves"]] == ["rank_one"]
    assert json.loads(report.read_text(encoding="utf-8")) == document


def test_a_stopped_sequential_run_goes_on_in_its_session(tiny_files, records, tmp_path, monkeypatch):
    options = ("--strategy", "rank_one", "--sequential", "--json")

    def measured(result):
        assert result.exit_code == 0, result.output
        (found,) = json.loads(result.stdout)["data"]["results"]
        edits = [{**edit, "applied": {**edit["applied"], "seconds": 0, "patch_id": ""}} for edit in found["edits"]]
        return edits, found["checkpoints"], found["skipped"]

    whole = measured(experiment(tiny_files, records, *options))
    out, applied = tmp_path / "run.json", []
    original = EngineEditor.apply

    def stopping(self, record):
        if applied:
            raise Cancelled("enough")
        applied.append(record)
        return original(self, record)

    with monkeypatch.context() as patched:
        patched.setattr(EngineEditor, "apply", stopping)
        stopped = experiment(tiny_files, records, *options, "--out", str(out))
    assert len(measured(stopped)[0]) == 1 and not json.loads(stopped.stdout)["finished"]
    session = tmp_path / "run.sessions" / "rank_one.hera"
    later = run("evolve", "The capital of Italy is", *tiny_files.options(session, *FAST))
    assert later.exit_code == 0, later.output  # a step after the last that was saved is taken back
    assert measured(experiment(tiny_files, records, *options, "--out", str(out))) == whole


def test_another_program_can_read_how_far_it_is(tiny_files, records):
    result = experiment(tiny_files, records, "--strategy", "unedited", "--progress-json", "--json")
    told = [json.loads(line) for line in result.stderr.splitlines() if line.startswith("{")]
    assert told and all(line.keys() == {"what", "share"} for line in told)


def test_every_setting_of_every_experiment_is_an_option():
    for experiment in EXPERIMENTS.values():
        text = run("experiment", experiment.name, "--help").stdout
        assert all(f"--{name.replace('_', '-')}" in text for name in experiment.settings.model_fields), experiment.name


def test_bad_input_is_one_sentence(tiny_files, records, tmp_path):
    other = tmp_path / "other.json"
    other.write_text("{}", encoding="utf-8")
    assert_one_sentence(experiment(tiny_files, records, "--strategy", "rankone"), "rankone", "rank_one")
    assert_one_sentence(experiment(tiny_files, tmp_path / "none.json"), "none.json")
    assert_one_sentence(experiment(tiny_files, records, "--out", str(other)), "other.json")


@pytest.mark.parametrize(
    ("option", "name", "words"),
    [
        ("--report", "none/report.html", ("--report", "none, which is no folder")),
        ("--out", "none/run.json", ("--out", "none, which is no folder")),
        ("--report", "report.docx", ("report.docx", ".html, .pdf, .md, .json or .csv")),
        ("--report", "report", ("report", "no ending")),
    ],
)
def test_a_file_that_cannot_be_written_is_named_before_the_run(
    tiny_files, records, tmp_path, monkeypatch, option, name, words
):
    monkeypatch.setattr("hera_desktop.engine.experiments.edits.run", lambda *_: pytest.fail("it was run"))
    assert_one_sentence(experiment(tiny_files, records, option, str(tmp_path / name)), *words)


def test_a_report_that_cannot_be_written_after_all_takes_no_results_with_it(tiny_files, records, tmp_path, monkeypatch):
    def full(outcome, path):
        raise InputError(f"report {path} cannot be written: the disk is full")

    monkeypatch.setattr("hera_desktop.engine.reports.experiment_report.write_experiment_report", full)
    options = ("--strategy", "unedited", "--limit", "2", "--report", str(tmp_path / "report.html"))
    result = experiment(tiny_files, records, *options)
    assert_one_sentence(result, "the disk is full")
    assert "unedited model" in result.stdout and "harmonic mean" in result.stdout


def test_a_run_that_fails_shows_and_keeps_what_was_measured(tiny_files, records, tmp_path, monkeypatch):
    usual = edits.EngineEditor.apply

    def failing(self, record):
        if self._engine.config.edits.strategy == "gradient":
            raise MachineError("the disk is full")
        return usual(self, record)

    monkeypatch.setattr(edits.EngineEditor, "apply", failing)
    out = tmp_path / "run.json"
    result = experiment(tiny_files, records, "--strategy", "rank_one", "--strategy", "gradient", "--out", str(out))
    assert_one_sentence(result, "the disk is full")
    lines = json.loads(out.read_text(encoding="utf-8"))["data"]["lines"]
    assert lines[0]["name"] == "rank_one" and "rank_one" in result.stdout


def test_evolve_with_a_target_records_what_it_was_for(tiny_files, tmp_path):
    session = tmp_path / "s.hera"
    options = tiny_files.options(session, *FAST)
    result = run("evolve", "The capital of France is", "--target", "Rome", "--subject", "France", "--json", *options)
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)[0]["patch_id"] == "p1"
    entries = json.loads(run("timeline", "--session", str(session), "--json").stdout)["entries"]
    source = entries[0]["details"]["source"]
    assert (source["kind"], source["target"], source["subject"]) == ("edit", "Rome", "France")


def test_a_subject_without_a_target_is_one_sentence(tiny_files, tmp_path):
    result = run("evolve", "The capital of France is", "--subject", "France", *tiny_files.options(tmp_path / "s.hera"))
    assert_one_sentence(result, "--target")
