"""Prompts evolved a second: as a queue, and one call after another.

A queue keeps the engine open, so that each step's measurement is the next step's baseline. A single call opens a
session around the model, which is in memory already, evolves one prompt and closes it again; base and baseline are
measured anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..config import Config
from ..hera import HeraEngine
from ..model import LanguageModel
from ..progress import Progress, unwatched
from ..sae import FeatureReader
from .step import PROMPTS, bench_config
from .timing import Spread, ratios, seconds, spread

LENGTH = 8
"""Prompts in a queue."""


@dataclass(frozen=True)
class ThroughputFigures:
    """``ratio``: seconds of ``prompts`` single calls / seconds of the queue of the same prompts, so how many times as
    many prompts the queue evolves in a second; ``queue`` and ``single`` are prompts a second."""

    prompts: int
    ratio: Spread
    queue: Spread
    single: Spread
    runs: int


def bench_throughput(
    config: Config, folder: Path, runs: int = 3, prompts: int = LENGTH, progress: Progress = unwatched
) -> ThroughputFigures:
    """Queue and single calls by turns, after one of each that does not count."""
    engine = HeraEngine(config, folder / "throughput.hera", progress)
    mine, model, reader = bench_config(engine.config, engine.target_layers[0]), engine.model, engine.reader
    engine.close()
    progress("timing the queue and single calls", None)
    return throughput_figures(model, reader, mine, folder, runs, prompts)


def throughput_figures(
    model: LanguageModel, reader: FeatureReader, config: Config, folder: Path, runs: int, prompts: int
) -> ThroughputFigures:
    """The figures of a model that is in memory; no engine may hold it."""
    texts = [PROMPTS[number % len(PROMPTS)] for number in range(prompts)]
    queue, single = [], []
    for number in range(1 + runs):
        queue.append(seconds(lambda n=number: _evolve(model, reader, config, folder / f"queue-{n}.hera", texts)))
        single.append(
            sum(
                seconds(lambda n=number, t=text: _evolve(model, reader, config, folder / f"single-{n}.hera", [t]))
                for text in texts
            )
        )
    return ThroughputFigures(
        prompts=prompts,
        ratio=ratios(single[1:], queue[1:]),
        queue=spread([prompts / taken for taken in queue[1:]]),
        single=spread([prompts / taken for taken in single[1:]]),
        runs=runs,
    )


def _evolve(model: LanguageModel, reader: FeatureReader, config: Config, session: Path, prompts: Sequence[str]) -> None:
    engine = HeraEngine.around(model, reader, config, session)
    try:
        for prompt in prompts:
            engine.evolve(prompt)
    finally:
        engine.close()
