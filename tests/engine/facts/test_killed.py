"""A program that is killed in the middle of a turn: the last finished turn is there, nothing of the unfinished one."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from hera_desktop.engine.facts.lab import ChatLab
from tests import tiny

ROOT = Path(__file__).resolve().parents[3]
SCRIPT = """
import os, signal, sys
from pathlib import Path
from tests import tiny
from hera_desktop.engine.facts import judging
from hera_desktop.engine.facts.lab import ChatLab
from hera_desktop.engine.model import Sampling

session, moment = Path(sys.argv[1]), sys.argv[2]
short = Sampling(4, 0.0, 1.0, 0)
settings = {"facts__training__steps": 3, "facts__recall__every": 0, "facts__recall__tokens": 4}
lab = ChatLab(engine := tiny.engine(session, **settings))
lab.chat_and_update("The capital of Zanthorel is Quibbex.", sampling=short)
print(engine.state_hash, engine.probe_digest(), flush=True)

def kill(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

def progress(what, share=None):
    if moment == what:
        kill()

if moment == "writing":
    judging.insert_memory = kill
lab.chat_and_update(
    "Marlo Vint works as a glassblower.",
    sampling=short,
    on_text=kill if moment == "answering" else lambda text: None,
    progress=progress,
)
print("not killed", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("moment", ["answering", "learning", "measuring the proposal", "writing"])
def test_the_last_finished_turn_is_there_and_nothing_of_the_unfinished_one(tmp_path, moment):
    session = tmp_path / "killed.hera"
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(session), moment], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    state, digest = done.stdout.split()
    engine = tiny.engine(session)
    try:
        lab = ChatLab(engine)
        assert (engine.state_hash, engine.probe_digest()) == (state, digest)
        assert lab.log.messages()[0].text == "The capital of Zanthorel is Quibbex."
        assert len(lab.log.messages()) == 2 and len(engine.ledger.entries()) == 1
        assert [fact.object for fact in lab.facts()] == ["Quibbex"]
        assert engine.verify().faults == ()
    finally:
        engine.close()
