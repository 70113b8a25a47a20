"""Session files that are missing, foreign, damaged or tampered with."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from hera_desktop.engine.errors import SessionError
from hera_desktop.engine.ledger import Ledger
from hera_desktop.engine.session_file import SCHEMA_VERSION
from tests import tiny

from .samples import SESSION_META, expect_sentence, session, small_patch


@pytest.fixture
def file(tmp_path) -> Path:
    return session(tmp_path / "a.hera")


def tamper(path: Path, sql: str, *values: object) -> None:
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        assert connection.execute(sql, values).rowcount == 1
    connection.close()


# --- files that cannot be opened --------------------------------------------------------------------------------------


def test_a_missing_session_is_named(tmp_path):
    with expect_sentence(SessionError, str(tmp_path / "no.hera"), "does not exist"):
        Ledger.open(tmp_path / "no.hera")


def test_a_session_in_a_missing_folder_cannot_be_created(tmp_path):
    with expect_sentence(SessionError, "folder", str(tmp_path / "no"), "does not exist"):
        Ledger.create(tmp_path / "no" / "a.hera", SESSION_META)
    assert not (tmp_path / "no").exists()


def test_an_existing_session_is_not_overwritten(file):
    before = file.read_bytes()
    with expect_sentence(SessionError, "exists already"):
        Ledger.create(file, SESSION_META)
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "content", [os.urandom(5000), b"hello, this is text\n" * 50, b"x", b"SQLite format 3\0" + b"\7" * 900]
)
def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path, content):
    (tmp_path / "a.hera").write_bytes(content)
    with expect_sentence(SessionError, str(tmp_path / "a.hera")):
        Ledger.open(tmp_path / "a.hera")
    assert (tmp_path / "a.hera").read_bytes() == content


def test_an_empty_file_is_refused_and_left_alone(tmp_path):
    (tmp_path / "a.hera").touch()
    with expect_sentence(SessionError, "not a HERA session"):
        Ledger.open(tmp_path / "a.hera")
    assert (tmp_path / "a.hera").read_bytes() == b""


def test_the_database_of_another_program_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "a.hera"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE meta (key, value)")
    connection.close()
    before = path.read_bytes()
    with expect_sentence(SessionError, "another program"):
        Ledger.open(path)
    assert path.read_bytes() == before


def test_a_newer_schema_is_refused_with_both_numbers(file):
    connection = sqlite3.connect(file)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 6}")
    connection.close()
    with expect_sentence(SessionError, f"schema {SCHEMA_VERSION + 6}", f"up to {SCHEMA_VERSION}"):
        Ledger.open(file)


@pytest.mark.parametrize("share", [0.05, 0.2, 0.4, 0.6, 0.8, 0.95])
def test_a_truncated_session_is_never_taken_for_whole(tmp_path, share):
    path = session(tmp_path / "a.hera", commits=20)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    try:
        ledger = Ledger.open(path)
        faults = ledger.verify()
    except SessionError as error:
        faults = [str(error)]
    assert faults
    assert all("\n" not in fault for fault in faults)


# --- tampering --------------------------------------------------------------------------------------------------------


def test_verify_names_a_patch_whose_factors_were_exchanged(file):
    tamper(file, "UPDATE patches SET factors = ? WHERE patch_id = 'p2'", small_patch(99).to_bytes())
    ledger = Ledger.open(file)
    faults = ledger.verify()
    assert len(faults) == 1
    assert "'p2'" in faults[0]
    ledger.close()


def test_verify_names_a_patch_whose_factors_cannot_be_read(file):
    tamper(file, "UPDATE patches SET factors = ? WHERE patch_id = 'p2'", b"nonsense")
    ledger = Ledger.open(file)
    faults = ledger.verify()
    assert len(faults) == 1
    assert "'p2'" in faults[0]
    ledger.close()


def test_verify_names_an_event_whose_hash_was_changed(file):
    tamper(file, "UPDATE events SET state_hash = ? WHERE seq = 2", "0" * 64)
    ledger = Ledger.open(file)
    faults = ledger.verify()
    assert len(faults) == 1
    assert "event 2" in faults[0]
    ledger.close()


@pytest.mark.parametrize(
    ("sql", "value"),
    [
        ("UPDATE events SET state_hash = ? WHERE seq = 3", "0" * 64),
        ("UPDATE events SET patch_id = ? WHERE seq = 3", "p1"),
        ("UPDATE patches SET content_hash = ? WHERE patch_id = 'p1'", "0" * 64),
        ("DELETE FROM events WHERE seq = ?", 2),
        ("DELETE FROM patches WHERE patch_id = ?", "p2"),
        ("UPDATE events SET kind = ? WHERE seq = 2", "redo"),
        ("UPDATE events SET kind = ? WHERE seq = 2", "nonsense"),
        ("DELETE FROM meta WHERE key = ?", "base_fingerprint"),
    ],
)
def test_a_session_whose_present_state_cannot_be_proved_is_refused(file, sql, value):
    tamper(file, sql, value)
    with expect_sentence(SessionError, str(file)):
        Ledger.open(file)


def test_a_session_of_another_base_is_refused(tmp_path):
    tiny.engine(tmp_path / "a.hera", seed=0).close()
    with expect_sentence(SessionError, "another base", "tiny-llama"):
        tiny.engine(tmp_path / "a.hera", seed=1)
    assert Ledger.open(tmp_path / "a.hera").verify() == []
