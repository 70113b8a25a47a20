"""A thousand turns of the chat on a tiny random model: time, memory and session size as they go on.

python benchmarks/turns.py [--turns N] [--one-adapter]

Every turn tells another invented fact, is answered, learned, judged, asked about and recorded. Printed are the median
time of a turn in the last hundred in shares of that in the first hundred, the process' memory, the facts in the fact
memory, and the session's size.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import psutil  # noqa: E402

from hera_desktop.engine.facts.lab import ChatLab  # noqa: E402
from hera_desktop.engine.facts.names import NameMaker  # noqa: E402
from hera_desktop.engine.model import Sampling  # noqa: E402
from tests import tiny  # noqa: E402

SETTINGS = {
    "facts__training__steps": 2,
    "facts__recall__every": 0,
    "facts__recall__tokens": 4,
    "facts__optimizer__learning_rate": 0.0005,
    "facts__memory__replay_every": 0,
}
ONE_ADAPTER = {
    "facts__lora__per_fact": "false",
    "facts__lora__begin": "random",
    "facts__optimizer__rule": "adamw",
    "facts__optimizer__keep_state": "true",
    "facts__history__max_mb": 5,
}
SHORT = Sampling(2, 0.0, 1.0, 0)
EDGE = 100


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--turns", type=int, default=1000)
    parser.add_argument("--one-adapter", action="store_true", help="one adapter for all facts, as in the seed preset")
    options = parser.parse_args()
    settings = {**SETTINGS, **(ONE_ADAPTER if options.one_adapter else {})}
    with tempfile.TemporaryDirectory() as folder:
        run(Path(folder) / "turns.hera", options.turns, settings)


def run(session: Path, turns: int, settings: dict[str, object]) -> None:
    engine = tiny.engine(session, **settings)
    lab, names, process = ChatLab(engine), NameMaker(0), psutil.Process()
    times, memory = [], []
    for turn in range(1, turns + 1):
        started = time.perf_counter()
        lab.chat_and_update(f"The capital of {names.word()} is {names.word()}.", sampling=SHORT)
        times.append(time.perf_counter() - started)
        if turn % EDGE == 0:
            memory.append(process.memory_info().rss / 1e6)
            print(f"{turn} turns, {statistics.median(times[-EDGE:]):.3f} s a turn, {memory[-1]:.0f} MB", flush=True)
    first, last = statistics.median(times[:EDGE]), statistics.median(times[-EDGE:])
    facts, active = len(lab.facts()), len(engine.ledger.timeline.current.active)
    engine.close()
    print(f"last hundred / first hundred: {last / first:.2f}")
    print(f"process memory after each hundred: {', '.join(f'{m:.0f}' for m in memory)} MB")
    print(f"facts in the memory: {facts}; patches in force: {active}")
    print(f"session: {session.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
