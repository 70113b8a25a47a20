"""The list of recent sessions, and what is dropped on the window."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl

from hera_desktop.gui.documents import dropped_kind
from hera_desktop.gui.session_files import peek

# --- recent sessions --------------------------------------------------------------------------------------------------


def test_a_recent_session_that_is_gone_is_taken_off_the_list_with_a_sentence(desk, other_session):
    desk.documents.recent.add(other_session)
    other_session.unlink()
    assert desk.documents.recent.sessions()[0].missing
    desk.documents.open_recent(other_session)
    assert desk.told[-1] == f"{other_session} is no longer there; it was taken off the list"
    assert [s.name for s in desk.documents.recent.sessions()] == ["a.hera"]
    assert desk.documents.title == "a.hera"


def test_the_list_is_newest_first_without_repetition_and_ends_after_twelve(desk, tmp_path):
    recent = desk.documents.recent
    for number in range(15):
        recent.add(tmp_path / f"{number}.hera")
    recent.add(tmp_path / "10.hera")
    names = [session.name for session in recent.sessions()]
    assert names[:3] == ["10.hera", "14.hera", "13.hera"]
    assert (len(names), names.count("10.hera")) == (12, 1)


def test_looking_at_a_session_leaves_no_trace_beside_it_and_locks_nothing(desk, other_session, tmp_path):
    before = sorted(path.name for path in tmp_path.iterdir())
    found = peek(other_session)
    assert (found.steps, found.patches, found.model, found.empty) == (1, 1, "tiny-llama", False)
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    desk.evolve()
    assert peek(desk.documents.path).steps == 1  # while it is open and being written
    desk.evolve("Once upon a time")


def test_what_is_not_a_session_is_not_read(tmp_path):
    (tmp_path / "x.hera").write_bytes(b"x" * 500)
    assert peek(tmp_path / "x.hera") is None
    assert peek(tmp_path / "missing.hera") is None


# --- drops ------------------------------------------------------------------------------------------------------------


def mime(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def test_what_is_dragged_is_told_apart(tmp_path):
    assert dropped_kind(mime(tmp_path / "a.hera")) == "session"
    assert dropped_kind(mime(tmp_path / "a.txt", tmp_path / "b.CSV")) == "prompts"
    assert dropped_kind(mime(tmp_path / "a.png")) is None
    assert dropped_kind(QMimeData()) is None


def test_a_dropped_session_opens_and_dropped_prompts_go_into_the_queue(desk, other_session, tmp_path):
    prompts = tmp_path / "prompts.txt"
    prompts.write_text("one\ntwo\n")
    desk.documents.handle_drop([str(prompts)])
    assert desk.told[-1] == "2 prompts from prompts.txt in the queue"
    copy = Path(shutil.copy(other_session, tmp_path / "c.hera"))
    desk.documents.handle_drop([str(other_session), str(copy)])
    desk.settle()
    assert desk.documents.title == "b.hera"
    assert "A window holds one session; b.hera is the one being opened" in desk.told
