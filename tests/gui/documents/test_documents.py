"""Sessions as documents, on a tiny real model: what is open, what is on disk, and what the user is told."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from hera_desktop.engine.ledger import Ledger
from hera_desktop.engine.session_file import SCHEMA_VERSION
from hera_desktop.gui.requests import LoadRequest
from hera_desktop.gui.session_files import is_untitled, peek, sessions_folder, tidy, untitled_path

from .parts import tiny_factory, write_session


def active(engine) -> tuple[str, ...]:
    return tuple(patch.content_hash for patch in engine.stack.active)


# --- new and open -----------------------------------------------------------------------------------------------------


def test_a_new_session_lies_in_the_data_folder_on_the_same_model(desk):
    desk.evolve()
    model = desk.ask(lambda engine: id(engine.model))
    desk.documents.new()
    desk.settle()
    assert desk.documents.title == "untitled"
    assert is_untitled(desk.documents.path)
    assert desk.documents.path.exists()
    assert desk.steps == 0
    assert desk.told[-1] == "A new session is open; it is kept on disk from the first step on"
    assert desk.ask(lambda engine: id(engine.model)) == model
    assert desk.ask(active) == ()


def test_opening_a_session_proves_it_and_reuses_the_model(desk, other_session):
    model = desk.ask(lambda engine: id(engine.model))
    desk.documents.open(other_session)
    desk.settle()
    assert desk.documents.title == "b.hera"
    assert desk.told[-1] == f"b.hera is open: state {desk.state[:12]} proven, 1 patch"
    assert desk.ask(lambda engine: id(engine.model)) == model
    assert len(desk.ask(active)) == 1
    assert not desk.opened[-1].loaded


def test_steps_go_into_the_session_that_was_opened(desk, other_session, tmp_path):
    desk.documents.open(other_session)
    desk.settle()
    desk.evolve("Once upon a time")
    assert peek(other_session).steps == 2
    assert peek(tmp_path / "a.hera").steps == 0


def test_a_session_on_another_model_loads_that_model(desk, tmp_path):
    from tests import tiny

    folder = tmp_path / "tiny-llama"
    tiny.hf_model("llama", seed=3).save_pretrained(folder)
    tiny.byte_tokenizer().save_pretrained(folder)
    tiny.random_sae().save_model(str(tmp_path / "sae"))
    from hera_desktop.engine.hera import HeraEngine

    engine = HeraEngine(tiny.config(model__name=folder, sae__path=tmp_path / "sae"), tmp_path / "c.hera")
    engine.close()
    desk.documents.open(tmp_path / "c.hera")
    desk.settle()
    assert desk.documents.title == "c.hera"
    assert desk.controller.snapshot.info.model.name == "tiny-llama"
    assert desk.opened[-1].loaded


def test_a_session_is_opened_where_no_model_was_loaded(make_desk, other_session, monkeypatch):
    from hera_desktop.engine.errors import ModelError
    from hera_desktop.gui import document_requests

    def fail(progress):
        raise ModelError("model 'x' is not installed")

    built = tiny_factory(other_session)
    monkeypatch.setattr(document_requests, "_loaded_anew", lambda path, config, report: built(report))
    desk = make_desk(LoadRequest(factory=fail)).load()
    assert desk.panel.failure.text() == "model 'x' is not installed"
    desk.documents.open(other_session)
    desk.settle()
    assert desk.documents.title == "b.hera"
    assert desk.opened[-1].loaded


# --- what cannot be opened --------------------------------------------------------------------------------------------


def damaged(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def garbage(path: Path) -> None:
    path.write_bytes(b"not a session at all" * 100)


def foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE t (x)")


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")


def wrong_patch(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("UPDATE patches SET factors = zeroblob(10)")


def without_probes(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        config = db.execute("SELECT value FROM meta WHERE key = 'config'").fetchone()[0]
        config = config.replace('"probes":null', '"probes":"/nowhere/probes.yaml"')
        db.execute("UPDATE meta SET value = ? WHERE key = 'config'", (config,))


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (damaged, "is damaged or not a HERA session"),
        (garbage, "is damaged or not a HERA session"),
        (foreign, "is not a HERA session (an SQLite file of another program)"),
        (newer, f"has schema {SCHEMA_VERSION + 1}, and this program knows up to {SCHEMA_VERSION}"),
        (Path.unlink, "does not exist"),
        (wrong_patch, "damaged"),
        (without_probes, "/nowhere/probes.yaml"),
    ],
)
def test_what_cannot_be_opened_is_one_sentence_and_the_open_session_stays(desk, other_session, spoil, words):
    desk.evolve()
    state, patches = desk.state, desk.ask(active)
    spoil(other_session)
    count = len(desk.told)
    desk.documents.open(other_session)
    desk.settle()
    assert len(desk.told) == count + 1, desk.told
    assert words in desk.told[-1]
    assert "\n" not in desk.told[-1]
    assert desk.documents.title == "a.hera"
    assert (desk.state, desk.ask(active)) == (state, patches)
    desk.evolve("Once upon a time")
    assert desk.steps == 2


def test_a_session_of_another_base_does_not_displace_the_open_one(desk, tmp_path):
    other = write_session(tmp_path / "c.hera", seed=1)
    desk.documents.open(other)
    desk.settle()
    assert "is not installed" in desk.told[-1]  # its model would have to be loaded
    assert desk.documents.title == "a.hera"
    desk.evolve()


def test_the_open_session_is_not_opened_twice(desk):
    desk.documents.open(desk.documents.path)
    desk.settle()
    assert desk.told[-1] == "a.hera is open in this window already"


def test_nothing_is_opened_while_a_job_runs(desk, other_session):
    desk.documents.open(other_session)
    desk.documents.new()
    assert desk.told[-1] == "A job is running; wait for it or cancel it"
    desk.settle()
    assert desk.documents.title == "b.hera"


# --- save as ----------------------------------------------------------------------------------------------------------


def test_save_as_goes_on_in_the_copy(desk, tmp_path):
    desk.evolve()
    target = tmp_path / "copy.hera"
    desk.documents.save_as(tmp_path / "copy")  # the ending is added
    desk.settle()
    assert desk.documents.title == "copy.hera"
    assert desk.told[-1] == f"Saved as {target}: state {desk.state[:12]} proven, 1 patch"
    desk.evolve("Once upon a time")
    assert (peek(tmp_path / "a.hera").steps, peek(target).steps) == (1, 2)


def test_saving_an_unnamed_session_moves_it(desk, tmp_path):
    desk.documents.new()
    desk.settle()
    desk.evolve()
    unnamed = desk.documents.path
    desk.documents.save_as(tmp_path / "named.hera")
    desk.settle()
    assert not unnamed.exists()
    assert peek(tmp_path / "named.hera").steps == 1
    assert next(session.name for session in desk.documents.recent.sessions()) == "named.hera"


def test_save_as_replaces_a_session_and_nothing_else(desk, other_session, tmp_path):
    text = tmp_path / "notes.hera"
    text.write_text("my notes")
    desk.documents.save_as(text)
    desk.settle()
    assert "not a HERA session" in desk.told[-1]
    assert text.read_text() == "my notes"
    desk.evolve()
    desk.evolve("Once upon a time")
    desk.documents.save_as(other_session)
    desk.settle()
    assert desk.documents.title == "b.hera"
    assert peek(other_session).steps == 2


def test_save_as_does_not_replace_a_session_that_is_open_elsewhere(desk, other_session):
    elsewhere = Ledger.open(other_session)
    desk.documents.save_as(other_session)
    desk.settle()
    assert "is open in another window or program" in desk.told[-1]
    assert desk.documents.title == "a.hera"
    elsewhere.close()


def test_save_as_into_a_missing_folder_is_one_sentence(desk, tmp_path):
    desk.documents.save_as(tmp_path / "nowhere" / "x.hera")
    desk.settle()
    assert f"folder {tmp_path / 'nowhere'} does not exist" in desk.told[-1]


def test_the_dialogs_are_asked_where_no_file_is_given(desk, other_session, monkeypatch, tmp_path):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *a: (str(other_session), ""))
    desk.documents.open()
    desk.settle()
    assert desk.documents.title == "b.hera"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a: (str(tmp_path / "d.hera"), ""))
    desk.documents.save_as()
    desk.settle()
    assert desk.documents.title == "d.hera"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *a: ("", ""))
    desk.documents.open()
    assert not desk.controller.busy


# --- unnamed sessions -------------------------------------------------------------------------------------------------


def test_an_unnamed_session_without_a_step_is_deleted_when_it_is_left(desk, other_session):
    desk.documents.new()
    desk.settle()
    unnamed = desk.documents.path
    desk.documents.open(other_session)
    desk.settle()
    assert not unnamed.exists()
    assert list(sessions_folder().iterdir()) == []


def test_an_unnamed_session_with_a_step_is_kept_and_listed(desk, other_session):
    desk.documents.new()
    desk.settle()
    desk.evolve()
    unnamed = desk.documents.path
    desk.documents.open(other_session)
    desk.settle()
    assert unnamed.exists()
    assert [s.name for s in desk.documents.recent.sessions()][:2] == ["b.hera", "untitled"]


def test_an_empty_unnamed_session_is_deleted_at_the_end(desk):
    desk.documents.new()
    desk.settle()
    unnamed = desk.documents.path
    assert desk.controller.close()
    desk.documents.end()
    assert not unnamed.exists()


def test_the_next_start_deletes_empty_unnamed_sessions_that_nobody_has_open(tmp_path):
    from tests import tiny

    empty, full, held = untitled_path(), write_session(untitled_path().with_stem("untitled-2")), untitled_path()
    tiny.engine(empty).close()
    held = held.with_stem("untitled-3")
    open_one = tiny.engine(held)
    tidy()
    assert (empty.exists(), full.exists(), held.exists()) == (False, True, True)
    open_one.close()
    tidy()
    assert not held.exists()


def test_closing_a_document_leaves_an_empty_one(desk, qtbot):
    with qtbot.waitSignal(desk.documents.closed, timeout=60_000):
        desk.documents.close_document()
    assert desk.documents.title == "untitled"


# --- read-only --------------------------------------------------------------------------------------------------------


def test_a_session_open_elsewhere_can_only_be_read_until_it_is_free(desk, other_session):
    elsewhere = Ledger.open(other_session)
    desk.documents.open(other_session)
    desk.settle()
    assert desk.documents.title == "b.hera (read-only)"
    assert desk.told[-1] == f"b.hera is open to be read: state {desk.state[:12]} proven, 1 patch"
    banner = desk.documents.banner
    sentence = "b.hera is open in another window or program; here it can only be read."
    assert banner.text.text() == sentence
    assert banner.isVisibleTo(desk.window)
    elsewhere.close()
    banner.again_button.click()
    desk.settle()
    assert desk.documents.title == "b.hera"
    assert not banner.isVisibleTo(desk.window)
    desk.evolve("Once upon a time")


def test_save_as_makes_a_copy_of_a_read_only_session_that_can_be_changed(desk, other_session, tmp_path):
    elsewhere = Ledger.open(other_session)
    desk.documents.open(other_session)
    desk.settle()
    desk.documents.save_as(tmp_path / "mine.hera")
    desk.settle()
    assert desk.documents.title == "mine.hera"
    desk.evolve("Once upon a time")
    elsewhere.close()


def test_the_trace_has_a_line_for_each():
    from hera_desktop.gui.document_requests import NewSessionRequest, OpenSessionRequest, SaveAsRequest

    assert OpenSessionRequest("/a.hera").python(None) == "engine.close(); engine = HeraEngine(session='/a.hera')"
    assert "HeraEngine(engine.config, session='/b.hera')" in NewSessionRequest("/b.hera").python(None)
    assert "engine.ledger.copy_to(Path('/c.hera'))" in SaveAsRequest("/c.hera").python(None)
