"""Fifty patches, rolled back and forth; every state is proved by a new process that opens a copy of the session."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests import tiny

from .samples import probe_file

ROOT = Path(__file__).parents[2]
COUNT = 50
MOVES = [
    ("fifty", None, None),
    ("back to 10", "roll_back_to", "p10"),
    ("restored 50", "restore", "p50"),
    ("without 25", "revert", "p25"),
    ("25 again", "restore", "p25"),
    ("base", "roll_back_to", "base"),
    ("undone", "undo", None),
]
State = tuple[str, tuple[str, ...], str]


def _copy(session: Path, target: Path) -> None:
    """A copy of an open session, with what is still in its write-ahead log."""
    source, copy = sqlite3.connect(session), sqlite3.connect(target)
    source.backup(copy)
    source.close()
    copy.close()


def _drive(folder: Path, kind: str) -> tuple[dict[str, State], list[State]]:
    """The state after each of MOVES, and after each of the fifty commits."""
    session = folder / f"{kind}.hera"
    engine = tiny.engine(session, kind, immune__probes=folder / "probes.yaml", evolution__learning_rate=0.1)
    commits = []
    for number in range(COUNT):
        assert engine.evolve(tiny.PROMPTS[number % len(tiny.PROMPTS)])
        commits.append((engine.state_hash, engine.info().active, engine.probe_digest()))
    states = {}
    for name, method, patch_id in MOVES:
        if method:
            getattr(engine, method)(*([patch_id] if patch_id else []))
        states[name] = (engine.state_hash, engine.info().active, engine.probe_digest())
        _copy(session, folder / f"{kind} {name}.hera")
    engine.close()
    return states, commits


@pytest.fixture(scope="module")
def here(tmp_path_factory) -> tuple[Path, dict[str, tuple[dict[str, State], list[State]]]]:
    folder = tmp_path_factory.mktemp("fifty")
    probe_file(folder)
    return folder, {kind: _drive(folder, kind) for kind in tiny.KINDS}


@pytest.fixture(scope="module")
def elsewhere(here) -> dict[str, list]:
    """What a new process finds in each copy, by session path."""
    folder, _ = here
    sessions = [f"{kind}={folder / f'{kind} {name}.hera'}" for kind in tiny.KINDS for name, *_ in MOVES]
    command = [sys.executable, "-m", "tests.engine.print_digests", str(folder / "probes.yaml"), *sessions]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("kind", tiny.KINDS)
def test_moving_along_the_timeline_gives_the_exact_states_back(here, kind):
    states, commits = here[1][kind]
    assert len({digest for _, _, digest in commits}) == COUNT
    assert states["fifty"] == commits[49]
    assert states["back to 10"] == commits[9]
    assert states["restored 50"] == commits[49]
    assert states["25 again"] == commits[49]
    assert states["undone"] == commits[49]
    assert states["without 25"][1] == tuple(f"p{n}" for n in range(1, 51) if n != 25)
    assert states["base"][1] == ()
    assert len({state[2] for state in states.values()}) == 4


@pytest.mark.parametrize("kind", tiny.KINDS)
@pytest.mark.parametrize("name", [name for name, *_ in MOVES])
def test_a_new_process_finds_the_same_state(here, elsewhere, kind, name):
    folder, drives = here
    faults, state_hash, active, digest = elsewhere[str(folder / f"{kind} {name}.hera")]
    assert faults == []
    assert (state_hash, tuple(active), digest) == drives[kind][0][name]
