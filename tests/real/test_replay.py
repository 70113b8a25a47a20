"""A session on the default model, as a script in a fresh process: it ends with the same state hash."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from hera_desktop.engine.hera import HeraEngine
from hera_desktop.engine.ledger import Ledger
from hera_desktop.engine.replay import step, with_settings
from hera_desktop.engine.trace import session_script

pytestmark = pytest.mark.real
ROOT = Path(__file__).parents[2]


def test_the_script_of_a_session_ends_with_the_same_state_hash(real_engine_config, tmp_path):
    engine = HeraEngine(real_engine_config, tmp_path / "a.hera")
    assert engine.evolve("The capital of France is")
    assert not engine.evolve("The opposite of hot is", step(engine, learning_rate=100.0))
    assert engine.evolve("The flag of Italy is", step(engine, learning_rate=0.5))
    engine.revert("p1")
    engine.undo()
    engine.roll_back_to("p1")
    assert engine.evolve("People in Japan often eat", step(engine, learning_rate=0.3))
    feature = engine.ledger.entries()[0].details["features"][0][0]
    engine.commit(engine.propose("Once upon a time", step(engine, learning_rate=0.2), features={feature: 4.0}))
    engine.note("p4", "it's a note")
    engine.configure(with_settings(engine.config, {"evolution.learning_rate": 0.25}))
    engine.evolve("In Norway the winters are")
    state = engine.state_hash
    engine.close()
    ledger = Ledger.open(tmp_path / "a.hera", read_only=True)
    (tmp_path / "rebuild.py").write_text(session_script(ledger), encoding="utf-8")
    ledger.close()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": str(torch.get_num_threads())}
    command = [sys.executable, str(tmp_path / "rebuild.py")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.stdout == f"state {state} reproduced\n", done.stderr
    assert done.returncode == 0
