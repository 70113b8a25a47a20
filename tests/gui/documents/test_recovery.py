"""A window that is killed is found at the next start, its session proven, and the user told how it stands."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

import psutil
import pytest

from hera_desktop.engine.ledger import Ledger
from hera_desktop.gui.recovery import Recovery, Running, open_sessions, plan_start, running_folder, take_crashed
from hera_desktop.gui.requests import LoadRequest
from hera_desktop.gui.session_files import is_untitled

from .parts import WAIT_MS, Desk, tiny_factory, write_session

ROOT = Path(__file__).parents[3]
DEAD = 2**22 + 7
"""A process number that no process has: Linux ends below it."""


def note(window: Running) -> Path:
    running_folder().mkdir(parents=True, exist_ok=True)
    file = running_folder() / f"{window.pid}.json"
    file.write_text(json.dumps(asdict(window)))
    return file


def crashed(session: Path, **changes: object) -> Running:
    """What a window that died had noted of this session."""
    ledger = Ledger.open(session, read_only=True)
    found = Running(DEAD, 1.0, str(session), ledger.state_hash, len(ledger.entries()), "evolve", "")
    ledger.close()
    return replace(found, **changes)


def start(make_desk, qtbot, wanted: str | None = None) -> tuple[Desk, Recovery]:
    """What the program does at its start."""
    plan = plan_start(wanted)
    session = Path(plan.session)
    desk = make_desk(LoadRequest(factory=tiny_factory(session), session=plan.session))
    recovery = Recovery(desk.controller)
    recovery.judge(plan)
    desk.load()
    qtbot.waitUntil(lambda: not desk.controller._jobs, timeout=WAIT_MS)
    return desk, recovery


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no kill -9 here")
def test_a_killed_window_is_opened_again_and_its_state_proven(make_desk, qtbot, tmp_path):
    session = tmp_path / "work.hera"
    command = [sys.executable, "-m", "tests.gui.documents.window_process", str(session), "half a sent"]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HERA_DATA_HOME": str(tmp_path / "data")}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        state = process.stdout.readline().strip()
        assert len(state) == 64
        assert plan_start().crashed is None  # it still runs
        assert open_sessions() == {session}
        process.kill()
    plan = plan_start()
    assert (plan.session, plan.crashed.prompt, plan.crashed.layout) == (str(session), "half a sent", "inspect")
    note(plan.crashed)  # plan_start tells of a crash once; the real start is below
    desk, _ = start(make_desk, qtbot)
    assert desk.state == state
    sentence = (
        f"HERA Desktop did not end properly; work.hera is open again, state {state[:12]} is as it was (2 patches)"
    )
    assert desk.told[-1] == sentence
    assert not desk.controller.snapshot.info.read_only
    desk.evolve("one more")


def test_steps_after_the_note_are_counted(make_desk, qtbot, tmp_path):
    session = write_session(tmp_path / "b.hera")
    before = crashed(session)
    from tests import tiny

    engine = tiny.engine(session)
    engine.evolve("Once upon a time")
    engine.close()
    note(before)
    desk, _ = start(make_desk, qtbot)
    assert "b.hera is open again with 1 later step: state" in desk.told[-1]
    assert "(2 patches)" in desk.told[-1]


def test_a_move_after_the_note_is_told(make_desk, qtbot, tmp_path):
    session = write_session(tmp_path / "b.hera")
    before = crashed(session)
    ledger = Ledger.open(session)
    ledger.record_event("undo", None)
    ledger.close()
    note(before)
    desk, _ = start(make_desk, qtbot)
    assert "b.hera is open again with 1 later change of state: state" in desk.told[-1]


def test_a_state_that_was_never_there_is_a_warning(make_desk, qtbot, tmp_path):
    session = write_session(tmp_path / "b.hera")
    note(crashed(session, state_hash="d" * 64))
    desk, _ = start(make_desk, qtbot)
    assert desk.controller.messages.last.level == "warning"
    assert desk.told[-1].endswith("is not the one last seen, dddddddddddd")


def test_a_session_that_is_gone_is_told_and_a_new_one_begun(make_desk, qtbot, tmp_path):
    session = write_session(tmp_path / "b.hera")
    note(crashed(session))
    session.unlink()
    desk, _ = start(make_desk, qtbot)
    assert desk.documents.title == "untitled"
    assert desk.told[-1] == (
        f"HERA Desktop did not end properly, and the session that was open, {session}, is no longer there"
    )


def test_a_session_on_the_command_line_wins_and_the_crashed_one_is_listed(make_desk, qtbot, tmp_path):
    session, wanted = write_session(tmp_path / "b.hera"), tmp_path / "wanted.hera"
    note(crashed(session))
    desk, _ = start(make_desk, qtbot, str(wanted))
    assert desk.documents.title == "wanted.hera"
    assert any("their sessions are among the recent ones: b.hera" in text for text in desk.told)
    assert "b.hera" in [recent.name for recent in desk.documents.recent.sessions()]


def test_a_crash_is_told_of_once(tmp_path):
    note(crashed(write_session(tmp_path / "b.hera")))
    assert len(take_crashed()) == 1
    assert take_crashed() == ()


def test_a_running_window_is_left_alone_and_a_reused_number_is_not_it(tmp_path):
    mine = psutil.Process()
    session = write_session(tmp_path / "b.hera")
    file = note(crashed(session, pid=mine.pid, started=mine.create_time()))
    assert take_crashed() == ()
    assert file.exists()
    note(crashed(session, pid=mine.pid, started=mine.create_time() - 1000))
    assert [window.session for window in take_crashed()] == [str(session)]


def test_a_damaged_note_is_deleted():
    running_folder().mkdir(parents=True)
    (running_folder() / "1.json").write_text("{")
    (running_folder() / "2.json").write_text('{"other": 1}')
    assert take_crashed() == ()
    assert list(running_folder().iterdir()) == []


def test_a_clean_end_leaves_nothing_to_recover(make_desk, qtbot, tmp_path):
    desk, recovery = start(make_desk, qtbot)
    assert len(list(running_folder().iterdir())) == 1
    assert is_untitled(desk.documents.path)
    assert desk.controller.close()
    recovery.end()
    desk.documents.end()
    assert list(running_folder().iterdir()) == []
    plan = plan_start()
    assert plan.crashed is None
    assert is_untitled(Path(plan.session))


def test_without_a_model_a_crash_loses_no_prompt(make_desk, qtbot):
    note(Running(DEAD, 1.0, prompt="what I typed"))
    plan = plan_start()
    assert plan.crashed.prompt == "what I typed"
    assert is_untitled(Path(plan.session))
    note(plan.crashed)
    desk, _ = start(make_desk, qtbot)
    assert desk.told[-1] == "HERA Desktop did not end properly; no session was open"
