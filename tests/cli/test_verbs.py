"""Every verb does its work on a session, and says so in plain text or as one JSON document."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import TinyFiles, assert_one_sentence, run


def evolve(files: TinyFiles, session: Path, *prompts: str, extra: tuple[str, ...] = ()) -> list[dict]:
    result = run("evolve", *prompts, "--json", *files.options(session, *extra))
    assert result.exit_code in (0, 1), result.output
    return json.loads(result.stdout)


def document(*arguments: str) -> dict:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_evolve_prints_one_object_a_prompt_with_the_documented_keys(tiny_files, tmp_path):
    (row,) = evolve(tiny_files, tmp_path / "s.hera", "The capital of France is")
    assert row["status"] in ("committed", "warning")
    assert row["patch_id"] == "p1"
    assert len(row["state_hash"]) == 64
    for name in ("js_divergence", "ppl_ratio", "cosine_drift"):
        assert set(row["metrics"][name]) == {"step", "cumulative"}
    assert row["features"] and set(row["features"][0]) == {"id", "activation"}
    assert row["reason"] and row["seconds"] > 0


def test_a_rejection_ends_with_status_one_and_is_recorded(tiny_files, tmp_path):
    session = tmp_path / "s.hera"
    options = tiny_files.options(session, "immune.max_js_divergence=1e-9")
    result = run("evolve", "The capital of France is", *options)
    assert result.exit_code == 1
    assert "rejected" in result.stdout and "JS divergence" in result.stdout
    (entry,) = document("timeline", "--session", str(session), "--json")["entries"]
    assert entry["status"] == "rejected" and entry["details"]["metrics"]["js_divergence"]["step"] > 1e-9


def test_a_session_opened_again_goes_on_where_it_was(tiny_files, tmp_path):
    session = tmp_path / "s.hera"
    first = evolve(tiny_files, session, "The capital of France is", "Once upon a time")
    reopened = run("evolve", "Dear Sir or Madam,", "--json", "--session", str(session))  # settings: the session's own
    assert reopened.exit_code == 0, reopened.output
    (row,) = json.loads(reopened.stdout)
    assert row["patch_id"] == "p3"
    timeline = document("timeline", "--session", str(session), "--json")
    assert timeline["active"] == ["p1", "p2", "p3"]
    back = document("rollback", "p2", "--session", str(session), "--json")
    assert back["state_hash"] == first[1]["state_hash"]


def test_rollback_revert_restore_undo_and_redo_agree_on_the_state(tiny_files, tmp_path):
    session = tmp_path / "s.hera"
    rows = evolve(tiny_files, session, "The capital of France is", "Once upon a time", "2 + 2 =")
    at = ("--session", str(session), "--json")
    assert document("rollback", "p1", *at)["state_hash"] == rows[0]["state_hash"]
    assert document("restore", "p3", *at)["state_hash"] == rows[2]["state_hash"]
    assert document("revert", "p2", *at)["active"] == ["p1", "p3"]
    assert document("restore", "p2", *at)["state_hash"] == rows[2]["state_hash"]
    assert document("undo", *at)["active"] == ["p1", "p3"]
    assert document("redo", *at)["active"] == ["p1", "p2", "p3"]
    assert document("rollback", "p1", "--before", *at)["active"] == []
    assert document("restore", "p2", *at)["state_hash"] == rows[1]["state_hash"]
    assert document("rollback", "base", *at)["active"] == []


def test_verify_digests_the_same_logits_in_the_same_state(tiny_files, tmp_path):
    session = tmp_path / "s.hera"
    evolve(tiny_files, session, "The capital of France is", "Once upon a time")
    options = tiny_files.options(session)
    before = document("verify", "--json", *options)
    assert before["faults"] == []
    run("rollback", "p1", "--session", str(session))
    assert document("verify", "--json", *options)["probe_logits_sha256"] != before["probe_logits_sha256"]
    run("restore", "p2", "--session", str(session))
    assert document("verify", "--json", *options)["probe_logits_sha256"] == before["probe_logits_sha256"]


def test_generate_in_the_present_state_and_in_the_base(tiny_files, tmp_path):
    session = tmp_path / "s.hera"
    evolve(tiny_files, session, "The capital of France is", extra=("evolution.learning_rate=50",))
    options = tiny_files.options(session)
    drawn = ("--tokens", "24", "--temperature", "1", "--seed", "3", "--json")
    now = document("generate", "Hello there", *drawn, *options)
    base = document("generate", "Hello there", "--base", *drawn, *options)
    assert now["text"] != base["text"]
    assert now["state_hash"] and base["state_hash"] is None


def test_features_top_names_every_token_but_the_first(tiny_files, tmp_path):
    rows = document("features", "top", "abc", "--json", *tiny_files.options(tmp_path / "s.hera"))
    assert [row["token"] for row in rows] == ["b", "c"]
    assert all(len(row["features"]) == 5 for row in rows)


def test_notes_are_kept(tiny_files, tmp_path):
    session = tmp_path / "s.hera"
    evolve(tiny_files, session, "The capital of France is")
    document("note", "p1", "looks good", "--session", str(session), "--json")
    (entry,) = document("timeline", "--session", str(session), "--json")["entries"]
    assert entry["note"] == "looks good"


def test_prompts_come_from_files_of_every_kind(tiny_files, tmp_path):
    (tmp_path / "a.txt").write_text("one line\n\nanother line\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text('id,prompt\n1,"with, comma"\n2,plain\n', encoding="utf-8")
    (tmp_path / "c.jsonl").write_text('{"text": "first"}\n"second"\n', encoding="utf-8")
    expected = {
        "a.txt": ["one line", "another line"],
        "b.csv": ["with, comma", "plain"],
        "c.jsonl": ["first", "second"],
    }
    for name, prompts in expected.items():
        session = tmp_path / f"{name}.hera"
        result = run("evolve", "--file", str(tmp_path / name), "--json", *tiny_files.options(session))
        assert [row["prompt"] for row in json.loads(result.stdout)] == prompts


@pytest.mark.parametrize("suffix", [".html", ".md", ".json"])
def test_the_report_names_every_proposal_and_escapes_what_was_typed(tiny_files, tmp_path, suffix):
    session, out = tmp_path / "s.hera", tmp_path / f"report{suffix}"
    rows = evolve(tiny_files, session, "<script>alert(1)</script> is", "Once upon a time")
    result = run("report", "--out", str(out), "--session", str(session))
    assert result.exit_code == 0, result.output
    text = out.read_text(encoding="utf-8")
    assert rows[1]["state_hash"] in text and "Once upon a time" in text
    assert suffix != ".html" or "<script>" not in text


def test_without_a_session_a_temporary_one_is_named(tiny_files):
    result = run("evolve", "The capital of France is", *tiny_files.options(None))
    assert result.exit_code == 0, result.output
    (line,) = [line for line in result.stderr.splitlines() if line.startswith("session: ")]
    assert Path(line.removeprefix("session: ").split(" (")[0]).is_file()


def test_the_catalogue_is_listed():
    names = {row["name"] for row in json.loads(run("models", "list", "--json").stdout)}
    assert {"SmolLM2-135M-Instruct", "gpt2-small", "gpt2-xl", "mamba-130m", "gemma-3-270m"} <= names


def test_tags_and_names_are_kept_shown_and_undone(tiny_files, tmp_path):
    session = tmp_path / "s.hera"
    evolve(tiny_files, session, "The capital of France is")
    on = ("--session", str(session))
    assert document("tag", "p1", "good", "two words", *on, "--json")["tags"] == ["good", "two words"]
    assert document("rename", "p1", "Paris", *on, "--json")["name"] == "Paris"
    table = " ".join(run("timeline", *on).stdout.split())
    assert "Paris" in table and "good" in table
    undone = run("undo", *on)
    assert undone.stdout.startswith("undone: the name of p1; state ")
    assert document("undo", *on, "--json")["what"] == "the tags of p1"
    (entry,) = document("timeline", *on, "--json")["entries"]
    assert (entry["name"], entry["tags"]) == ("", [])
    assert document("tag", "p1", *on, "--json")["tags"] == []


def test_a_patch_is_applied_again_with_another_strength(tiny_files, tmp_path):
    session = tmp_path / "s.hera"
    evolve(tiny_files, session, "The capital of France is")
    result = document("reapply", "p1", "--factor", "0.5", "--session", str(session), "--json")
    assert (result["patch_id"], result["prompt"]) == ("p2", "The capital of France is")
    entries = document("timeline", "--session", str(session), "--json")["entries"]
    assert entries[1]["details"]["source"] == {"kind": "reapply", "of": "p1", "factor": 0.5}
    assert entries[1]["details"]["norm"] == pytest.approx(entries[0]["details"]["norm"] / 2)


def test_a_session_that_is_open_elsewhere_is_read_and_not_written(tiny_files, tmp_path):
    from hera_desktop.engine.ledger import Ledger

    session = tmp_path / "s.hera"
    evolve(tiny_files, session, "The capital of France is")
    on = ("--session", str(session))
    held = Ledger.open(session)
    for verb in (("timeline",), ("verify",), ("features", "top", "The capital"), ("generate", "The capital")):
        result = run(*verb, *on)
        assert result.exit_code == 0, result.output
    for verb in (
        ("evolve", "more"),
        ("undo",),
        ("note", "p1", "x"),
        ("tag", "p1", "x"),
        ("reapply", "p1", "--factor", "2"),
        ("features", "name", "3", "x"),
    ):
        assert_one_sentence(run(*verb, *on), str(session), "open in another window or program")
    assert (held.revision, len(held.entries())) == (1, 1)
    held.close()
    assert run("undo", *on).exit_code == 0
