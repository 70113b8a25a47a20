"""``report``: one session in every format, with texts, and several in one comparison."""

from __future__ import annotations

import json

import pytest

from .conftest import assert_one_sentence, run


@pytest.fixture(scope="module")
def sessions(tiny_files, tmp_path_factory):
    folder = tmp_path_factory.mktemp("sessions")
    for name, strength in (("a", 1), ("b", 7)):
        options = tiny_files.options(folder / f"{name}.hera", f"evolution.learning_rate={strength}")
        assert run("evolve", "Once upon a time", *options).exit_code == 0
    return folder / "a.hera", folder / "b.hera"


@pytest.mark.parametrize("suffix", [".html", ".pdf", ".md", ".json", ".csv"])
def test_every_format_is_written_and_named(sessions, tmp_path, suffix):
    out = tmp_path / f"r{suffix}"
    result = run("report", "--session", str(sessions[0]), "--out", str(out), "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout) == {"report": str(out)}
    assert out.stat().st_size > 100


def test_a_session_may_stand_without_its_option(sessions, tmp_path):
    assert run("report", str(sessions[0]), "--out", str(tmp_path / "r.md")).exit_code == 0
    assert "Once upon a time" in (tmp_path / "r.md").read_text(encoding="utf-8")


def test_with_texts_the_model_continues_the_prompts(sessions, tmp_path):
    out = tmp_path / "r.json"
    result = run("report", "--texts", "--session", str(sessions[0]), "--out", str(out))
    assert result.exit_code == 0, result.output
    (item,) = json.loads(out.read_text(encoding="utf-8"))["texts"]
    assert set(item["sides"]) == {"the base", "the present state"}


def test_several_sessions_give_one_comparison(sessions, tmp_path):
    out = tmp_path / "cmp.json"
    assert run("report", *map(str, sessions), "--out", str(out)).exit_code == 0
    content = json.loads(out.read_text(encoding="utf-8"))
    assert [one["title"] for one in content["sessions"]] == ["a.hera", "b.hera"]
    assert content["differing"] == ["evolution.learning_rate"]


def test_what_cannot_be_done_is_one_sentence(sessions, tmp_path):
    a, b = map(str, sessions)
    out = str(tmp_path / "r.html")
    assert_one_sentence(run("report", "--out", out), "--session FILE")
    assert_one_sentence(run("report", a, b, "--texts", "--out", out), "--texts takes one session")
    assert_one_sentence(run("report", a, "--out", str(tmp_path / "r.docx")), ".docx", ".pdf")
    assert_one_sentence(run("report", str(tmp_path / "no.hera"), "--out", out), "does not exist")
    assert list(tmp_path.iterdir()) == []
