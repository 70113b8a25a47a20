"""``export`` and ``import``: patches out of a session, and into another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests import tiny

from .conftest import assert_one_sentence, run

PROMPTS = ("Once upon a time", "The capital of France is")


@pytest.fixture(scope="module")
def session(tiny_files, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("session") / "s.hera"
    assert run("evolve", *PROMPTS, *tiny_files.options(path)).exit_code == 0
    return path


@pytest.fixture(scope="module")
def patch_file(session, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("patches") / "both.safetensors"
    assert run("export", "--session", str(session), "--out", str(path)).exit_code == 0
    return path


@pytest.mark.parametrize(
    ("format", "made"),
    [("hera", "out.json"), ("peft", "out/adapter_model.safetensors"), ("merged", "out/model.safetensors")],
)
def test_every_format_is_written_and_told_as_json(session, tmp_path, format, made):
    out = tmp_path / "out"
    result = run("export", "--session", str(session), "--format", format, "--out", str(out), "--json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert set(told) == {"format", "path", "patches", "state_hash", "files", "lost"}
    assert told["format"] == format and told["patches"] == ["p1", "p2"]
    state = json.loads(run("timeline", "--session", str(session), "--json").stdout)["state_hash"]
    assert told["state_hash"] == state
    assert str(tmp_path / made) in told["files"] and all(Path(file).exists() for file in told["files"])
    assert (told["lost"] is None) == (format != "merged")


def test_one_patch_alone_is_said_in_words(session, tmp_path):
    result = run("export", "--session", str(session), "--patch", "p2", "--out", str(tmp_path / "one"))
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("1 patch of state ") and str(tmp_path / "one.safetensors") in result.stdout
    written = json.loads((tmp_path / "one.json").read_text(encoding="utf-8"))
    assert [patch["prompt"] for patch in written["patches"]] == [PROMPTS[1]]


def test_patches_come_into_another_session(tiny_files, patch_file, tmp_path):
    other = tmp_path / "other.hera"
    result = run("import", str(patch_file), "--json", *tiny_files.options(other))
    assert result.exit_code == 0, result.output
    assert [(step["prompt"], step["patch_id"]) for step in json.loads(result.stdout)] == list(
        zip(PROMPTS, ("p1", "p2"), strict=True)
    )
    entries = json.loads(run("timeline", "--session", str(other), "--json").stdout)["entries"]
    sources = [entry["details"]["source"] for entry in entries]
    assert [(source["kind"], source["name"], source["foreign"]) for source in sources] == [
        ("import", "p1", False),
        ("import", "p2", False),
    ]


def test_a_rejected_patch_ends_with_status_1(tiny_files, patch_file, tmp_path):
    strict = tiny_files.options(tmp_path / "strict.hera", "immune.max_js_divergence=1e-9")
    result = run("import", str(patch_file), *strict)
    assert result.exit_code == 1, result.output
    assert result.stdout.count("rejected") >= 2


def test_another_base_is_refused_until_it_is_asked_for(tiny_files, patch_file, tmp_path):
    other = tmp_path / "tiny-other"
    tiny.hf_model("llama", seed=5).save_pretrained(other)
    tiny.byte_tokenizer().save_pretrained(other)
    options = tiny_files.options(tmp_path / "o.hera", f"model.name={other}")
    told = run("import", str(patch_file), *options)
    assert_one_sentence(told, "made on another base (tiny-llama", "--foreign")
    entries = json.loads(run("timeline", "--session", str(tmp_path / "o.hera"), "--json").stdout)["entries"]
    assert entries == []
    assert run("import", str(patch_file), "--foreign", *options).exit_code == 0


def test_what_cannot_be_done_is_one_sentence(session, tiny_files, tmp_path):
    here = ("--session", str(session))
    out = str(tmp_path / "out")
    assert_one_sentence(run("export", "--out", out), "--session FILE")
    assert_one_sentence(run("export", "--session", str(tmp_path / "no.hera"), "--out", out), "does not exist")
    assert_one_sentence(run("export", *here, "--format", "pefd", "--out", out), "'pefd'", "did you mean 'peft'")
    assert_one_sentence(run("export", *here, "--patch", "p9", "--out", out), "'p9'")
    assert_one_sentence(run("export", *here, "--out", str(tmp_path / "no" / "out")), "does not exist")
    assert_one_sentence(run("import", *here, str(tmp_path)), "adapter_config.json")
    assert_one_sentence(run("import", *here, str(tmp_path / "no.txt")), "does not exist")
    assert list(tmp_path.iterdir()) == []
