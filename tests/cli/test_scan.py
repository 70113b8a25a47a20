"""``scan``: an edit at several blocks, in words and as JSON. Its verb is put on a program of its own here."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import typer
from typer.testing import CliRunner

from hera_desktop.cli.app import _Group
from hera_desktop.cli.scan import scan
from hera_desktop.engine import text_statistics
from hera_desktop.engine.edits import statistics
from hera_desktop.engine.errors import InputError
from hera_desktop.engine.facts.anchors import Anchors

from .conftest import assert_one_sentence, run

PROMPT = "The capital of France is"
FAST = ("edits.learning_rate=0.5", "edits.steps=3", "edits.prefixes=0")


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Little text to measure matrices on."""
    for name, value in {"BEGINNINGS": ("The", "A"), "OWN_ROWS": 2, "OWN_TOKENS": 8, "TEXT_TOKENS": 12}.items():
        monkeypatch.setattr(statistics, name, value)
    monkeypatch.setattr(text_statistics, "WORD_ROWS", 16)
    some = replace(Anchors.load(), texts=Anchors.load().texts[:12])
    monkeypatch.setattr(statistics.Anchors, "load", lambda: some)


@pytest.fixture(scope="module")
def program():
    app = typer.Typer(cls=_Group, pretty_exceptions_enable=False)
    app.command("scan")(scan)
    app.command("other")(lambda: None)  # with one command alone typer takes no name
    return app


@pytest.fixture(scope="module")
def options(tiny_files, tmp_path_factory):
    return tiny_files.options(tmp_path_factory.mktemp("scan") / "s.hera", *FAST)


def scanned(program, options, *arguments):
    return CliRunner().invoke(program, ["scan", PROMPT, "--target", "Rome", *arguments, *options])


def test_the_table_names_every_block_and_the_best(program, options):
    result = scanned(program, options, "--layer", "0", "--layer", "3", "--paraphrase", "Paris is in")
    assert result.exit_code == 0, result.output
    assert "best block: " in result.stdout and "the one with the least damage" in result.stdout
    rows = [line.split() for line in result.stdout.splitlines()]
    assert {row[0] for row in rows if row and row[0].isdigit()} == {"0", "3"}
    assert run("timeline", *options[:2]).stdout.count("committed") == 0


def test_json_holds_the_figures(program, options):
    result = scanned(program, options, "--layer", "1", "--json")
    found = json.loads(result.stdout)
    assert [one["block"] for one in found["blocks"]] == [1] and found["subject"] == "France"
    assert found["blocks"][0]["metrics"]["js_divergence"] >= 0 and found["finished"]


@pytest.mark.parametrize(
    ("name", "words"), [("none/s.html", ("--out", "which is no folder")), ("s.docx", ("s.docx", ".html, .pdf"))]
)
def test_a_report_that_cannot_be_written_is_named_before_the_scan(program, options, tmp_path, monkeypatch, name, words):
    monkeypatch.setattr("hera_desktop.engine.experiments.layer_scan.scan_layers", lambda *_: pytest.fail("it scanned"))
    assert_one_sentence(scanned(program, options, "--out", str(tmp_path / name)), *words)


def test_a_report_that_cannot_be_written_after_all_takes_no_figures_with_it(program, options, tmp_path, monkeypatch):
    def full(outcome, path):
        raise InputError(f"report {path} cannot be written: the disk is full")

    monkeypatch.setattr("hera_desktop.engine.reports.experiment_report.write_experiment_report", full)
    result = scanned(program, options, "--layer", "1", "--out", str(tmp_path / "s.html"))
    assert_one_sentence(result, "the disk is full")
    assert "best block: " in result.stdout


def test_a_block_that_is_not_there_is_one_sentence(program, options):
    assert_one_sentence(scanned(program, options, "--layer", "9"), "block 9 does not exist")
