from __future__ import annotations

import os
from pathlib import Path

import pytest

from hera_desktop.engine.errors import InputError, SessionError
from hera_desktop.engine.ledger import Ledger
from hera_desktop.engine.timeline import state_hash

from .samples import SESSION_META, commit, expect_sentence, session, small_disk, small_patch


@pytest.fixture
def file(tmp_path) -> Path:
    return session(tmp_path / "a.hera")


# --- writing and reading ----------------------------------------------------------------------------------------------


def test_reopening_shows_what_was_recorded(tmp_path):
    ledger = Ledger.create(tmp_path / "a.hera", SESSION_META)
    first = ledger.record_proposal(small_patch(0), "committed", "one", {"metrics": {"js": 0.5}, "rank": 2})
    second = ledger.record_proposal(small_patch(1), "rejected", "two", {"reason": "too much"})
    third = ledger.record_proposal(None, "rejected", "three", {"reason": "nothing"})
    fourth = ledger.record_proposal(small_patch(3), "warning", "four", {})
    ledger.record_event("revert", "p1")
    ledger.set_note("p4", "keep this")
    ledger.set_tags("p4", ["good", "French"])
    ledger.set_name("p4", "Paris")
    ids = [first.patch_id, second.patch_id, third.patch_id, fourth.patch_id]
    assert ids == ["p1", "p2", None, "p4"]
    expected = ledger.state_hash
    ledger.close()

    again = Ledger.open(tmp_path / "a.hera")
    assert again.entries()[:3] == [first, second, third]
    last = again.entry("p4")
    assert (last.note, last.tags, last.name) == ("keep this", ("good", "French"), "Paris")
    assert again.entries(since=2) == [third, last]
    assert again.entry("p1")["metrics"] == {"js": 0.5}
    assert again.entry("p1")["rank"] == 2
    assert again.entry("p1")["step"] == 1
    assert [event.kind for event in again.events()] == ["commit", "commit", "revert", "note", "tag", "rename"]
    assert [event.seq for event in again.events(since=4)] == [5, 6]
    assert again.revision == 6
    assert again.timeline.current.active == ("p4",)
    assert again.state_hash == expected == state_hash("f" * 64, [small_patch(3).content_hash])
    assert again.patch("p2").content_hash == small_patch(1).content_hash
    assert again.verify() == []
    again.close()


def test_an_event_that_makes_no_sense_is_not_recorded(file):
    ledger = Ledger.open(file)
    with expect_sentence(InputError, "'p9'"):
        ledger.record_event("revert", "p9")
    with expect_sentence(InputError, "nothing to redo"):
        ledger.record_event("redo", None)
    assert len(list(ledger.events())) == 3
    ledger.close()


def test_an_unknown_patch_is_an_input_error(file):
    ledger = Ledger.open(file)
    for call in (ledger.patch, ledger.entry, lambda p: ledger.set_note(p, "x")):
        with expect_sentence(InputError, "'p9'"):
            call("p9")
    ledger.close()


# --- full disks -------------------------------------------------------------------------------------------------------


def _assert_unchanged(ledger: Ledger, before: tuple) -> None:
    assert (ledger.state_hash, ledger.timeline.current.active, ledger.entries()) == before
    assert ledger.verify() == []


def _state(ledger: Ledger) -> tuple:
    return ledger.state_hash, ledger.timeline.current.active, ledger.entries()


def test_a_full_disk_changes_nothing_and_writing_goes_on_with_room(file):
    ledger = Ledger.open(file)
    before = _state(ledger)
    pages = ledger._db.execute("PRAGMA page_count").fetchone()[0]
    ledger._db.execute(f"PRAGMA max_page_count = {pages}")
    with expect_sentence(SessionError, "the disk is full", "nothing was changed"):
        commit(ledger, 10, width=20_000)
    _assert_unchanged(ledger, before)
    ledger._db.execute(f"PRAGMA max_page_count = {pages + 10_000}")
    assert commit(ledger, 10, width=20_000) == "p4"
    ledger.close()
    assert Ledger.open(file).timeline.current.active == ("p1", "p2", "p3", "p4")


@pytest.mark.parametrize("status", ["committed", "rejected"])
def test_a_write_that_fails_in_its_last_step_changes_nothing(file, status):
    ledger = Ledger.open(file)
    before = _state(ledger)
    table = "events" if status == "committed" else "proposals"
    fail = f"AFTER INSERT ON {table} BEGIN SELECT raise(ABORT, 'disk is full'); END"
    ledger._db.execute(f"CREATE TEMP TRIGGER full {fail}")
    with expect_sentence(SessionError, "the disk is full"):
        ledger.record_proposal(small_patch(10), status, "prompt", {})
    _assert_unchanged(ledger, before)
    ledger._db.execute("DROP TRIGGER full")
    assert ledger.record_proposal(small_patch(11), status, "prompt", {}).patch_id == "p4"
    assert ledger.verify() == []


def test_a_really_full_disk_changes_nothing_and_writing_goes_on_with_room(tmp_path):
    with small_disk(tmp_path / "disk", "1m") as disk:
        filler = disk / "filler"
        filler.write_bytes(bytes(600_000))
        ledger = Ledger.create(disk / "a.hera", SESSION_META)
        with expect_sentence(SessionError, "cannot be written", "full"):
            for seed in range(100):
                before = _state(ledger)
                commit(ledger, seed, width=2000)
        _assert_unchanged(ledger, before)
        assert len(before[1]) > 2
        filler.unlink()
        name = commit(ledger, 100, width=2000)
        ledger.close()
        again = Ledger.open(disk / "a.hera")
        assert again.timeline.current.active == (*before[1], name)
        assert again.verify() == []
        again.close()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_write_permission_is_named(tmp_path):
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    with expect_sentence(SessionError, "read-only"):
        Ledger.create(folder / "a.hera", SESSION_META)
