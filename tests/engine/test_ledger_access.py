"""Who may write to a session: the first to open it; everybody else reads, and copies."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from hera_desktop.engine import session_file
from hera_desktop.engine.errors import SessionError
from hera_desktop.engine.ledger import Ledger

from .samples import SESSION_META, commit, expect_sentence, session, small_disk, small_patch

ROOT = Path(__file__).parents[2]
ANOTHER_PROGRAM = """
import json, sys
from pathlib import Path
from hera_desktop.engine.errors import SessionError
from hera_desktop.engine.ledger import Ledger
ledger = Ledger.open(Path(sys.argv[1]))
said = ""
try:
    ledger.set_note("p1", "from the other program")
except SessionError as error:
    said = str(error)
print(json.dumps([ledger.read_only, ledger.state_hash, ledger.verify(), said]))
"""


@pytest.fixture
def file(tmp_path) -> Path:
    return session(tmp_path / "a.hera")


def names(folder: Path) -> list[str]:
    return sorted(found.name for found in folder.iterdir())


def another_program(file: Path) -> tuple[bool, str, list[str], str]:
    command = [sys.executable, "-c", ANOTHER_PROGRAM, str(file)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return tuple(json.loads(done.stdout))


# --- the lock ---------------------------------------------------------------------------------------------------------


def test_the_second_opener_in_another_program_can_only_read(file):
    ledger = Ledger.open(file)
    commit(ledger, 10)
    read_only, state, faults, said = another_program(file)
    assert (read_only, state, faults) == (True, ledger.state_hash, [])
    assert said == (
        f"session {file} is open in another window or program; here it can only be read; "
        "Save As makes a copy that can be changed"
    )
    assert ledger.entry("p1").note == ""
    ledger.close()
    assert another_program(file)[0] is False
    again = Ledger.open(file)
    assert again.entry("p1").note == "from the other program"
    again.close()


def test_the_second_opener_in_this_program_can_only_read(file):
    first, second = Ledger.open(file), Ledger.open(file)
    assert (first.read_only, second.read_only) == (False, True)
    before = second.state_hash, second.entries(), second.revision
    attempts = (
        lambda: commit(second, 11),
        lambda: second.record_event("undo", None),
        lambda: second.set_tags("p1", ["x"]),
        lambda: second.set_texts(1, "a", "b"),
    )
    for attempt in attempts:
        with expect_sentence(SessionError, str(file), "open in another window or program", "Save As"):
            attempt()
    commit(first, 10)
    first.set_note("p1", "written meanwhile")
    assert (second.state_hash, second.entries(), second.revision) == before
    assert second.verify() == []
    first.close()
    second.close()
    again = Ledger.open(file)
    assert (again.read_only, again.entry("p1").note) == (False, "written meanwhile")
    again.close()


def test_a_new_session_is_held_as_well(tmp_path):
    ledger = Ledger.create(tmp_path / "a.hera", SESSION_META)
    assert Ledger.open(tmp_path / "a.hera").read_only
    ledger.close()


def test_another_name_of_the_file_is_the_same_session(file, tmp_path):
    (tmp_path / "link.hera").symlink_to(file)
    ledger = Ledger.open(file)
    other = Ledger.open(tmp_path / "link.hera")
    assert other.read_only
    other.close()
    ledger.close()


def test_a_lock_file_that_was_left_behind_does_not_matter(file):
    file.with_name("a.hera.lock").touch()
    ledger = Ledger.open(file)
    assert not ledger.read_only
    ledger.close()


def test_closing_leaves_the_session_alone_in_its_folder(file):
    ledger = Ledger.open(file)
    assert "a.hera.lock" in names(file.parent)
    ledger.close()
    ledger.close()
    assert names(file.parent) == ["a.hera"]


def test_a_session_that_cannot_be_opened_is_not_held(file):
    damaged = file.with_name("b.hera")
    content = file.read_bytes()
    damaged.write_bytes(content)
    db = sqlite3.connect(damaged)
    db.execute("UPDATE events SET kind = 'nonsense' WHERE seq = 2")
    db.commit()
    db.close()
    with expect_sentence(SessionError, "damaged"):
        Ledger.open(damaged)
    damaged.write_bytes(content)
    ledger = Ledger.open(damaged)
    assert not ledger.read_only
    ledger.close()


def test_a_lent_session_is_taken_over_or_comes_back(file):
    first = Ledger.open(file)
    with pytest.raises(ZeroDivisionError), first.lent():
        raise ZeroDivisionError
    commit(first, 10)
    between = Ledger.open(file)
    assert between.read_only
    between.close()
    with first.lent():
        second = Ledger.open(file)
    first.close()
    assert commit(second, 11) == "p5"
    third = Ledger.open(file)
    assert third.read_only
    third.close()
    second.close()


@pytest.fixture
def without_locks(monkeypatch) -> None:
    """A disk that grants every lock to everybody."""
    monkeypatch.setattr(session_file, "_taken", lambda path: FileLock(path.with_name("never taken")))


@pytest.mark.usefixtures("without_locks")
def test_without_locks_the_second_writer_is_refused_and_nothing_is_lost(file):
    first, second = Ledger.open(file), Ledger.open(file)
    commit(first, 10)
    state = second.state_hash
    for attempt in (lambda: commit(second, 11), lambda: second.record_event("undo", None)):
        with expect_sentence(SessionError, "another program", "open it again"):
            attempt()
    assert second.state_hash == state
    commit(first, 12)
    again = Ledger.open(file)
    assert again.timeline.current.active == ("p1", "p2", "p3", "p4", "p5")
    assert again.verify() == []
    assert commit(again, 13) == "p6"
    for ledger in (first, second, again):
        ledger.close()


@pytest.mark.usefixtures("without_locks")
def test_without_locks_rejected_proposals_of_two_programs_are_both_kept(file):
    first, second = Ledger.open(file), Ledger.open(file)
    first.record_proposal(small_patch(10), "rejected", "first", {})
    second.record_proposal(small_patch(11), "rejected", "second", {})
    assert [entry.prompt for entry in first.entries(since=3)] == ["first", "second"]
    first.close()
    second.close()


# --- reading only -----------------------------------------------------------------------------------------------------


def test_reading_takes_no_lock_and_leaves_every_byte(file):
    before = file.read_bytes(), file.stat().st_mtime_ns
    reader = Ledger.open(file, read_only=True)
    writer = Ledger.open(file)
    assert (reader.read_only, writer.read_only) == (True, False)
    writer.close()
    assert reader.entry("p2").prompt == "prompt 1"
    assert reader.patch("p1").content_hash == small_patch(0).content_hash
    reader.close()
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before
    assert names(file.parent) == ["a.hera"]


def crashed(file: Path, to: Path) -> Path:
    """A copy of the session and its log as a program leaves them that is killed after a commit and a note."""
    ledger = Ledger.open(file)
    commit(ledger, 10)
    ledger.set_note("p4", "the last word")
    to.mkdir(exist_ok=True)
    for ending in ("", "-wal"):
        shutil.copyfile(f"{file}{ending}", to / f"b.hera{ending}")
    ledger.close()
    return to / "b.hera"


def test_what_a_killed_program_left_is_read_without_touching_it(file, tmp_path):
    left = crashed(file, tmp_path / "crashed")
    before = {ending: Path(f"{left}{ending}").read_bytes() for ending in ("", "-wal")}
    reader = Ledger.open(left, read_only=True)
    assert (reader.timeline.current.active[-1], reader.entry("p4").note) == ("p4", "the last word")
    reader.close()
    assert {ending: Path(f"{left}{ending}").read_bytes() for ending in ("", "-wal")} == before


@pytest.mark.parametrize("killed", [False, True])
def test_a_session_in_a_read_only_folder_can_be_read_and_copied(file, tmp_path, killed):
    with small_disk(tmp_path / "disk", "4m") as disk:
        path = crashed(file, disk) if killed else disk / "b.hera"
        if not killed:
            shutil.copyfile(file, path)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        ledger = Ledger.open(path)
        assert ledger.read_only
        assert len(ledger.timeline.current.active) == (4 if killed else 3)
        assert ledger.verify() == []
        with expect_sentence(SessionError, str(path), "read-only", "Save As"):
            commit(ledger, 10)
        ledger.copy_to(tmp_path / "copy.hera")
        ledger.close()
        copy = Ledger.open(tmp_path / "copy.hera")
        assert not copy.read_only and len(copy.entries()) == (4 if killed else 3)
        copy.close()
        with expect_sentence(SessionError, str(disk / "c.hera"), "read-only"):
            Ledger.create(disk / "c.hera", SESSION_META)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_file_without_write_permission_can_be_read(file):
    file.chmod(0o400)
    ledger = Ledger.open(file)
    assert ledger.read_only and "read-only" in ledger.read_only_reason
    ledger.close()


# --- copying ----------------------------------------------------------------------------------------------------------


def test_a_copy_is_the_same_session_and_goes_its_own_way(file, tmp_path):
    ledger = Ledger.open(file)
    ledger.record_event("revert", "p2")
    ledger.set_note("p1", "kept")
    ledger.copy_to(tmp_path / "copy.hera")
    commit(ledger, 10)
    assert "copy.hera" in names(tmp_path) and not [n for n in names(tmp_path) if n.startswith((".", "copy.hera-"))]
    copy = Ledger.open(tmp_path / "copy.hera")
    assert (copy.meta, copy.timeline.current.active) == (ledger.meta, ("p1", "p3"))
    assert copy.verify() == []
    assert copy.state_hash == copy.events()[-1].state_hash != ledger.state_hash
    copy.record_event("undo", None)
    assert copy.entry("p1").note == ""
    copy.close()
    ledger.close()


def test_a_copy_is_made_of_a_session_that_another_window_holds(file, tmp_path):
    first, second = Ledger.open(file), Ledger.open(file)
    state = second.state_hash
    commit(first, 10)
    second.copy_to(tmp_path / "copy.hera")
    copy = Ledger.open(tmp_path / "copy.hera")
    assert (copy.state_hash, copy.read_only, copy.verify()) == (state, False, [])
    for ledger in (first, second, copy):
        ledger.close()


def test_a_copy_takes_no_files_place_unless_it_is_told_to(file, tmp_path):
    ledger, other = Ledger.open(file), session(tmp_path / "other.hera", commits=1)
    before = other.read_bytes()
    with expect_sentence(SessionError, str(other), "exists already"):
        ledger.copy_to(other)
    with expect_sentence(SessionError, str(file), "onto itself"):
        ledger.copy_to(file, overwrite=True)
    with expect_sentence(SessionError, str(tmp_path / "no"), "does not exist"):
        ledger.copy_to(tmp_path / "no" / "copy.hera")
    held = Ledger.open(other)
    with expect_sentence(SessionError, str(other), "open in another window", "cannot be replaced"):
        ledger.copy_to(other, overwrite=True)
    held.close()
    assert other.read_bytes() == before
    ledger.copy_to(other, overwrite=True)
    copy = Ledger.open(other)
    assert copy.state_hash == ledger.state_hash
    copy.close()
    ledger.close()


def test_the_log_of_a_replaced_session_is_not_taken_for_the_copys(file, tmp_path):
    left = crashed(file, tmp_path / "crashed")
    ledger = Ledger.create(tmp_path / "new.hera", SESSION_META)
    commit(ledger, 20)
    ledger.copy_to(left, overwrite=True)
    copy = Ledger.open(left)
    assert (copy.state_hash, len(copy.entries())) == (ledger.state_hash, 1)
    copy.close()
    ledger.close()


def test_a_copy_on_a_full_disk_leaves_nothing(file, tmp_path):
    with small_disk(tmp_path / "disk", "64k") as disk:
        (disk / "filler").write_bytes(bytes(40_000))
        ledger = Ledger.open(file)
        with expect_sentence(SessionError, str(disk / "copy.hera"), "full"):
            ledger.copy_to(disk / "copy.hera")
        ledger.close()
        assert names(disk) == ["filler"]
