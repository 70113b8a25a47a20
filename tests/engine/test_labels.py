from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from hera_desktop.engine.atlas.records import Label
from hera_desktop.engine.errors import SessionError
from hera_desktop.engine.labels import LABELS_SCHEMA, FeatureLabels
from hera_desktop.engine.ledger import Ledger
from hera_desktop.engine.session_file import APPLICATION_ID, SCHEMA_VERSION
from hera_desktop.engine.timeline import state_hash

from .samples import SESSION_META, commit, expect_sentence, small_patch

SAE = "a" * 64

SCHEMA_1 = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE patches (
    patch_id TEXT PRIMARY KEY, content_hash TEXT NOT NULL, factors BLOB NOT NULL
) STRICT;
CREATE TABLE proposals (
    step INTEGER PRIMARY KEY, patch_id TEXT UNIQUE REFERENCES patches, status TEXT NOT NULL, prompt TEXT NOT NULL,
    details TEXT NOT NULL, note TEXT NOT NULL DEFAULT '', time TEXT NOT NULL
) STRICT;
CREATE TABLE events (
    seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, patch_id TEXT REFERENCES patches, state_hash TEXT NOT NULL,
    time TEXT NOT NULL
) STRICT;
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = 1;
"""


@pytest.fixture
def ledger(tmp_path):
    ledger = Ledger.create(tmp_path / "a.hera", SESSION_META)
    yield ledger
    ledger.close()


@pytest.fixture
def labels(ledger) -> FeatureLabels:
    return ledger.labels


@pytest.fixture
def old_session(tmp_path) -> Path:
    """A session as the first schema kept it, with one committed patch."""
    path, patch = tmp_path / "old.hera", small_patch(0)
    db = sqlite3.connect(path)
    db.executescript(SCHEMA_1)
    db.executemany("INSERT INTO meta VALUES (?, ?)", SESSION_META.items())
    db.execute("INSERT INTO patches VALUES ('p1', ?, ?)", (patch.content_hash, patch.to_bytes()))
    db.execute("INSERT INTO proposals VALUES (1, 'p1', 'committed', 'prompt', '{}', 'my note', 'then')")
    state = state_hash(SESSION_META["base_fingerprint"], [patch.content_hash])
    db.execute("INSERT INTO events VALUES (1, 'commit', 'p1', ?, 'then')", (state,))
    db.commit()
    db.close()
    return path


# --- keeping ----------------------------------------------------------------------------------------------------------


def test_labels_are_there_when_the_session_is_opened_again(ledger, labels):
    kept = (Label(3, "capitals", "seen in lesson 2", True), Label(7, "", "a note alone"), Label(9, "", "", True))
    for label in reversed(kept):
        labels.put(SAE, label)
    assert labels.all(SAE) == kept
    ledger.close()
    again = Ledger.open(ledger.path)
    assert again.labels.all(SAE) == kept
    assert again.labels.all("b" * 64) == ()
    assert again.verify() == []
    again.close()


def test_a_label_is_replaced_by_the_next_and_deleted_by_an_empty_one(labels):
    labels.put(SAE, Label(3, "capitals", "note", True))
    labels.put(SAE, Label(3, "cities"))
    assert labels.all(SAE) == (Label(3, "cities"),)
    labels.put(SAE, Label(3, "  ", " \n"))
    assert labels.all(SAE) == ()
    labels.put(SAE, Label(3))
    assert labels.all(SAE) == ()


def test_a_name_is_one_line_of_any_letters(labels):
    labels.put(SAE, Label(3, " two\nlines\t日本 🙂 ", "  kept\nas it is  "))
    labels.put(SAE, Label(4, "half \ud83d"))
    assert labels.all(SAE) == (Label(3, "two lines 日本 🙂", "kept\nas it is"), Label(4, "half ?"))


# --- importing --------------------------------------------------------------------------------------------------------


def imported(feature: int, name: str, note: str = "") -> Label:
    return Label(feature, name, note, source="import")


def test_an_import_fills_in_what_the_user_has_not_named(labels):
    labels.put(SAE, Label(1, "mine"))
    labels.put(SAE, Label(2, "", "my note", True))
    given = [imported(n, f"theirs {n}", f"explanation {n}") for n in (1, 2, 3)]
    assert labels.put_many(SAE, [*given, imported(4, " ")]) == 2
    assert labels.all(SAE) == (
        Label(1, "mine"),
        Label(2, "theirs 2", "my note", True, "import"),
        imported(3, "theirs 3", "explanation 3"),
    )


def test_a_later_import_replaces_imported_names_only(labels):
    labels.put_many(SAE, [imported(n, "first") for n in (1, 2)])
    labels.put(SAE, Label(2, "mine"))
    assert labels.put_many(SAE, [imported(n, "second") for n in (1, 2, 3)]) == 2
    assert [label.name for label in labels.all(SAE)] == ["second", "mine", "second"]


def test_an_import_that_fails_keeps_nothing(ledger, labels):
    labels.put_many(SAE, [imported(1, "first")])
    fail = "AFTER INSERT ON feature_labels WHEN new.feature = 5 BEGIN SELECT raise(ABORT, 'disk is full'); END"
    ledger._db.execute(f"CREATE TEMP TRIGGER full {fail}")
    with expect_sentence(SessionError, "the disk is full"):
        labels.put_many(SAE, [imported(n, "second") for n in range(10)])
    assert labels.all(SAE) == (imported(1, "first"),)


# --- sessions of the schema before ------------------------------------------------------------------------------------


def test_an_old_session_is_brought_up_to_date_when_it_is_opened(old_session):
    ledger = Ledger.open(old_session)
    assert ledger.entry("p1").note == "my note"
    assert ledger.timeline.current.active == ("p1",)
    ledger.labels.put(SAE, Label(3, "capitals"))
    assert commit(ledger, 1) == "p2"
    ledger.close()
    again = Ledger.open(old_session)
    assert again.labels.all(SAE) == (Label(3, "capitals"),)
    assert again.timeline.current.active == ("p1", "p2")
    assert again.verify() == []
    assert again._db.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    again.close()
    assert int.from_bytes(old_session.read_bytes()[60:64], "big") == SCHEMA_VERSION


def test_an_old_session_is_read_as_it_is_and_not_touched(old_session):
    before = old_session.read_bytes()
    ledger = Ledger.open(old_session, read_only=True)
    assert (ledger.entry("p1").note, ledger.entry("p1").tags) == ("my note", ())
    assert ledger.labels.all(SAE) == ()
    assert ledger.verify() == []
    with expect_sentence(SessionError, "opened for reading only"):
        ledger.labels.put(SAE, Label(3, "capitals"))
    ledger.close()
    assert old_session.read_bytes() == before
    assert [file.name for file in old_session.parent.iterdir()] == ["old.hera"]


def test_a_session_of_the_second_schema_keeps_its_words(old_session):
    db = sqlite3.connect(old_session)
    db.executescript(f"{LABELS_SCHEMA}; PRAGMA user_version = 2;")
    db.execute("INSERT INTO feature_labels VALUES (?, 3, 'capitals', 'seen', 1, 'user')", (SAE,))
    db.commit()
    db.close()
    ledger = Ledger.open(old_session)
    assert ledger.labels.all(SAE) == (Label(3, "capitals", "seen", True),)
    assert ledger.set_note("p1", "new").note == "new"
    ledger.record_event("undo", None)
    assert ledger.entry("p1").note == "my note"
    assert ledger.verify() == []
    ledger.close()


def test_an_old_session_that_cannot_be_brought_up_to_date_is_left_as_it_is(old_session, monkeypatch):
    before = sqlite3.connect(old_session).execute("SELECT name FROM sqlite_schema ORDER BY name").fetchall()
    monkeypatch.setattr("hera_desktop.engine.session_file._MIGRATIONS", {2: ("CREATE TABLE meta (x)",)})
    with expect_sentence(SessionError, str(old_session), "meta"):
        Ledger.open(old_session)
    db = sqlite3.connect(old_session)
    assert db.execute("SELECT name FROM sqlite_schema ORDER BY name").fetchall() == before
    assert db.execute("PRAGMA user_version").fetchone() == (1,)
    db.close()
    monkeypatch.undo()
    Ledger.open(old_session).close()
