"""Bad input gets one sentence and exit status 2, and nothing is lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest

from hera_desktop.engine.places import shipped
from tests import tiny

from .conftest import TinyFiles, assert_one_sentence, run


@pytest.fixture
def session(tiny_files: TinyFiles, tmp_path: Path) -> Path:
    """A session with one committed step."""
    path = tmp_path / "s.hera"
    assert run("evolve", "The capital of France is", *tiny_files.options(path)).exit_code == 0
    return path


def assert_nothing_lost(session: Path) -> None:
    from hera_desktop.engine.ledger import Ledger

    ledger = Ledger.open(session)
    assert ledger.timeline.current.active == ("p1",)
    assert ledger.verify() == []
    ledger.close()


@pytest.mark.parametrize(
    ("prompt", "words"),
    [("", ["empty"]), ("   \n", ["empty"]), ("x" * 100_000, ["100000 characters", "1024"]), ("x", ["one token"])],
)
def test_a_prompt_that_cannot_be_used(tiny_files, session, prompt, words):
    short = "model.max_prompt_tokens=256"
    limit = [] if "1024" in words else [short]
    assert_one_sentence(run("evolve", prompt, *tiny_files.options(session, *limit)), *(w for w in words if w != "1024"))
    assert_nothing_lost(session)


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("a.txt", b"\x00\x01\x02binary", "binary"),
        ("b.txt", "caf\u00e9".encode("latin-1"), "UTF-8"),
        ("c.txt", b"\n \n", "no prompt"),
        ("d.jsonl", b'{"prompt": ', "row 1"),
        ("e.jsonl", b'{"question": "x"}', "'prompt' or 'text'"),
        ("f.png", b"\x89PNG", ".png"),
        ("missing.txt", None, "does not exist"),
    ],
)
def test_a_prompt_file_that_cannot_be_used(tiny_files, session, tmp_path, name, data, word):
    if data is not None:
        (tmp_path / name).write_bytes(data)
    assert_one_sentence(run("evolve", "--file", str(tmp_path / name), *tiny_files.options(session)), name, word)
    assert_nothing_lost(session)


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("model.name=smolm2-135m-instruct", ["smolm2", "SmolLM2-135M"]),
        ("model.name=./no-such-folder", ["no-such-folder", "local folder"]),
        ("sae.path=/no/such/sae", ["/no/such/sae", "cfg.json"]),
        ("evolution.target_layers=[99]", ["99", "0 to 3"]),
        ("evolution.strategy=hebian", ["hebian", "hebbian"]),
        ("evolution.learning_rate=-1", ["evolution.learning_rate", "-1", "greater than 0"]),
        ("evolution.learning_rat=1", ["learning_rat", "learning_rate"]),
        ("experiment.device=tpu", ["tpu", "cuda"]),
        ("immune.probes=/no/such/probes.yaml", ["/no/such/probes.yaml"]),
    ],
)
def test_a_setting_that_cannot_be_used(tiny_files, session, setting, words):
    assert_one_sentence(run("evolve", "Hello there", *tiny_files.options(session, setting)), *words)
    assert_nothing_lost(session)


def test_an_sae_release_that_nobody_knows(tiny_files, tmp_path):
    settings = ("sae.path=null", "sae.release=gpt2-smal-res-jb", "sae.id=x")
    result = run("evolve", "Hello there", *tiny_files.options(tmp_path / "s.hera", *settings))
    assert_one_sentence(result, "gpt2-smal-res-jb", "did you mean")


def test_an_sae_of_the_wrong_width(tiny_files, tmp_path):
    tiny.random_sae(d_in=48).save_model(str(tmp_path / "wide"))
    result = run("evolve", "Hello there", *tiny_files.options(tmp_path / "s.hera", f"sae.path={tmp_path / 'wide'}"))
    assert_one_sentence(result, "48", "32")


def test_a_session_that_is_not_there():
    assert_one_sentence(run("timeline", "--session", "/no/such/s.hera"), "/no/such/s.hera", "does not exist")
    assert_one_sentence(run("timeline"), "--session")


def test_a_corrupt_session_is_left_as_it_is(tiny_files, tmp_path):
    path = tmp_path / "bad.hera"
    path.write_bytes(os.urandom(5000))
    before = path.read_bytes()
    for arguments in (["timeline", "--session", str(path)], ["evolve", "Hello there", *tiny_files.options(path)]):
        assert_one_sentence(run(*arguments), "bad.hera", "damaged or not a HERA session")
    assert path.read_bytes() == before


def test_a_session_of_a_newer_schema(session):
    database = sqlite3.connect(session)
    database.execute("PRAGMA user_version = 99")
    database.close()
    assert_one_sentence(run("timeline", "--session", str(session)), "schema 99", "update")


def test_a_session_made_with_another_base(tiny_files, session, tmp_path):
    other = tmp_path / "other"
    tiny.hf_model("llama", seed=7).save_pretrained(other)
    tiny.byte_tokenizer().save_pretrained(other)
    result = run("evolve", "Hello there", *tiny_files.options(session, f"model.name={other}"))
    assert_one_sentence(result, "another base")
    assert_nothing_lost(session)


def test_a_patch_that_is_not_there(session):
    for verb in ("rollback", "revert", "restore"):
        assert_one_sentence(run(verb, "p9", "--session", str(session)), "p9")
    assert_one_sentence(run("note", "p9", "text", "--session", str(session)), "p9")
    assert_nothing_lost(session)


@pytest.fixture
def small_disk(tmp_path: Path):
    """A file system of its own, 600 KB large; needs root."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", folder], capture_output=True)
    if mounted.returncode:
        pytest.skip("a tmpfs cannot be mounted here")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def test_a_full_disk_loses_nothing(tiny_files, session, small_disk):
    on_small = small_disk / "s.hera"
    shutil.copy(session, on_small)
    with (small_disk / "filler").open("wb", buffering=0) as filler, pytest.raises(OSError, match="No space"):
        while True:
            filler.write(b"x" * 1024)
    assert_one_sentence(run("revert", "p1", "--session", str(on_small)), "disk")
    (small_disk / "filler").unlink()
    assert_nothing_lost(on_small)


def test_a_read_only_folder_loses_nothing(tiny_files, session, small_disk):
    on_small = small_disk / "s.hera"
    shutil.copy(session, on_small)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    assert_one_sentence(run("revert", "p1", "--session", str(on_small)), "read-only")
    new = small_disk / "new.hera"
    assert_one_sentence(run("evolve", "Hello there", *tiny_files.options(new)), "new.hera", "read-only")
    subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)
    assert_nothing_lost(on_small)


def test_a_report_that_cannot_be_written(session, tmp_path):
    assert_one_sentence(run("report", "--out", str(tmp_path / "r.docx"), "--session", str(session)), ".docx", ".html")
    assert_one_sentence(run("report", "--out", "/no/such/r.html", "--session", str(session)), "/no/such/r.html")


@pytest.fixture
def no_hub(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*_: object, **__: object) -> None:
        raise OSError("Name or service not known")

    monkeypatch.setattr("huggingface_hub.snapshot_download", unreachable)


def test_without_the_hub_a_model_is_named_with_what_to_do(no_hub, tmp_path, monkeypatch):
    monkeypatch.setenv("HERA_DATA_HOME", str(tmp_path))
    words = ("gpt2-small", "hub cannot be reached", "connect once", "local folder")
    assert_one_sentence(run("evolve", "Hello there", "--config", str(shipped("configs", "gpt2-small.yaml"))), *words)
    assert_one_sentence(run("models", "install", "gpt2-small"), *words)
    assert not list(tmp_path.rglob("*.safetensors"))


def test_without_the_hub_an_sae_is_named_with_what_to_do(no_hub, tiny_files, tmp_path):
    release = ("sae.path=null", "sae.release=gemma-scope-9b-it-res-canonical", "sae.id=layer_31/width_131k/canonical")
    result = run("evolve", "Hello there", *tiny_files.options(tmp_path / "s.hera", *release))
    assert_one_sentence(result, "gemma-scope-9b-it-res-canonical", "hub cannot be reached", "sae.path")


def test_an_sae_release_for_another_model_is_refused_before_it_is_downloaded(no_hub, tiny_files, tmp_path):
    release = ("sae.path=null", "sae.release=gpt2-small-res-jb", "sae.id=blocks.8.hook_resid_pre")
    result = run("evolve", "Hello there", *tiny_files.options(tmp_path / "s.hera", *release))
    assert_one_sentence(result, "gpt2-small-res-jb", "768 wide", "d_model 32")


def test_the_default_model_names_its_install_command(tmp_path, monkeypatch):
    monkeypatch.setenv("HERA_DATA_HOME", str(tmp_path))
    assert_one_sentence(run("evolve", "Hello there"), "not installed", "hera-desktop models install")


def test_without_a_display_the_window_names_the_demonstration(monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    assert_one_sentence(run(), "no display", "hera-desktop demo")
