"""Run by test_kill.py: imports once, then forks a child per round, lets it evolve, and kills it at a random moment.

Usage: python -m tests.engine.kill_driver FOLDER ROUNDS. Prints one JSON line per round: what the child had reported.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

import torch

from hera_desktop.engine.hera import HeraEngine
from hera_desktop.engine.sae import FeatureReader
from tests import tiny

from .samples import probe_file


def evolve_for_ever(engine: HeraEngine, out: int) -> None:
    for number in range(10**9):
        result = engine.evolve(tiny.PROMPTS[number % len(tiny.PROMPTS)])
        os.write(out, f"{result.patch_id} {result.state_hash}\n".encode())


def child(session: Path, probes: Path, out: int) -> None:
    model = tiny.language_model("llama")
    reader = FeatureReader(tiny.random_sae(), "random", model)
    settings = tiny.config(immune__probes=probes, evolution__learning_rate=0.05)
    evolve_for_ever(HeraEngine.around(model, reader, settings, session), out)


def one_round(session: Path, probes: Path, delay: float) -> list[list[str]]:
    """What the child reported until it was killed, ``delay`` seconds after its first report."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            child(session, probes, write)
        finally:
            os._exit(1)
    os.close(write)
    received = os.read(read, 65536)
    time.sleep(delay)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    while piece := os.read(read, 65536):
        received += piece
    os.close(read)
    return [line.split() for line in received.decode().splitlines()]


def main(folder: Path, rounds: int) -> None:
    torch.set_num_threads(1)
    probes = probe_file(folder)
    moments = random.Random(0)
    for number in range(rounds):
        session = folder / f"{number}.hera"
        reported = one_round(session, probes, moments.uniform(0, 0.25))
        sys.stdout.write(json.dumps({"session": str(session), "reported": reported}) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
