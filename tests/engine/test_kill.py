"""A committed patch is on disk: the program may be killed at any moment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hera_desktop.engine.ledger import Ledger

ROUNDS = 20
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def rounds(tmp_path_factory) -> list[dict]:
    """Twenty sessions whose program was killed while it evolved, and what it had reported."""
    folder = tmp_path_factory.mktemp("killed")
    command = [sys.executable, "-m", "tests.engine.kill_driver", str(folder), str(ROUNDS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the driver forks its children")


def test_every_round_was_killed_at_work(rounds):
    assert len(rounds) == ROUNDS
    assert all(found["reported"] for found in rounds)
    assert len({len(found["reported"]) for found in rounds}) > 1


def test_every_reported_patch_is_there_after_a_kill(rounds):
    for found in rounds:
        ledger = Ledger.open(Path(found["session"]))
        hashes = {event.patch_id: event.state_hash for event in ledger.events()}
        assert all(hashes[patch_id] == state_hash for patch_id, state_hash in found["reported"])
        for patch_id, state_hash in found["reported"]:
            assert ledger.hash_of(ledger.timeline.preview("roll_back_to", patch_id).active) == state_hash
        ledger.close()


def test_the_session_is_whole_after_a_kill(rounds):
    for found in rounds:
        ledger = Ledger.open(Path(found["session"]))
        assert ledger.verify() == []
        assert len(ledger.entries()) == len(ledger.timeline.current.active)
        ledger.close()


def test_the_last_state_is_the_last_reported_or_one_after(rounds):
    for found in rounds:
        ledger = Ledger.open(Path(found["session"]))
        committed = ledger.timeline.current.active
        reported = tuple(patch_id for patch_id, _ in found["reported"])
        assert committed[: len(reported)] == reported
        assert len(committed) - len(reported) in (0, 1)
        ledger.close()


def test_a_killed_session_can_be_written_again(rounds):
    ledger = Ledger.open(Path(rounds[0]["session"]))
    before = ledger.timeline.current.active
    ledger.record_event("undo", None)
    assert ledger.timeline.current.active == before[:-1]
    assert ledger.verify() == []
    ledger.close()
