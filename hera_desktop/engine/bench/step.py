"""How much a step costs, in plain forward passes over the same tokens."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from pathlib import Path

from ..config import Config
from ..hera import HeraEngine
from ..immune.comparison import compare
from ..immune.snapshot import SnapshotMaker
from ..model import LanguageModel
from ..processor import bfloat16_units
from ..tokens import TokenBatch, single
from .plain_model import PlainModel
from .timing import Spread, ratios, seconds, spread

PROMPTS = (
    "The capital of France is",
    "The opposite of hot is",
    "Once upon a time there was a",
    "The largest planet in the solar system is",
    "My favourite animal is the",
    "In winter the nights are long and the days are",
    "Bees make honey from the nectar of",
    "She opened the window because the room was",
    "The author of Hamlet is William",
    "A triangle has three",
    "Monday, Tuesday, Wednesday,",
    "He put the letter into the",
)
WARM_UP = 3
BFLOAT16_GOAL = 0.50
"""Largest ratio with bfloat16 products, on a processor that has matrix units for them."""


@dataclass(frozen=True)
class StepFigures:
    """``ratio``: a step with its commit / one plain forward pass over the same tokens (probes and prompt), in pairs;
    ``naive_ratio``: full passes before and after with the same comparison / the same plain pass; ``downstream_share``:
    share of a forward pass's multiply-adds in the blocks from the edited one on and the head. ``dtype``: the format in
    which the step measures the probes; the plain pass is always in the model's own. ``goal``: the largest ratio, None
    where there is none."""

    block: int
    ratio: Spread
    naive_ratio: Spread
    downstream_share: float
    goal: float | None
    forward_seconds: Spread
    runs: int
    tokens: int
    dtype: str = "model"

    @property
    def met(self) -> bool | None:
        """Whether the goal is reached; None where there is none."""
        return None if self.goal is None else self.ratio.median <= self.goal


def goal_of(share: float, dtype: str) -> float | None:
    """The largest ratio that is wanted of a step whose part of a forward pass is ``share``."""
    if dtype == "model":
        return 1.05 * share + 0.10
    return BFLOAT16_GOAL if bfloat16_units() == "matrix" else None


def bench_step(config: Config, folder: Path, blocks: tuple[int, ...], runs: int) -> list[StepFigures]:
    """Time steps on each block; every step is preceded by the plain pass and followed by the naive way it is compared
    with, so that a change of the machine's speed hits all three."""
    figures = []
    for block in blocks:
        engine = HeraEngine(bench_config(config, block), folder / f"bench-{block}-{config.immune.dtype}.hera")
        try:
            figures.append(step_figures(engine, PlainModel.load(config, engine.model), block, runs))
        finally:
            engine.close()
            del engine
            gc.collect()
    return figures


def bench_config(config: Config, block: int, **evolution: object) -> Config:
    """The configuration with its steps on one block, and small enough to be accepted."""
    changed = {"target_layers": (block,), "learning_rate": 0.3, **evolution}
    return config.model_copy(update={"evolution": config.evolution.model_copy(update=changed)})


def step_figures(engine: HeraEngine, plain: PlainModel, block: int, runs: int) -> StepFigures:
    """The figures of an engine whose steps go to ``block``."""
    model, settings = engine.model, engine.config.immune
    maker, probes = SnapshotMaker(model, settings.top_k), engine.immune.batch
    times: dict[str, list[float]] = {"plain": [], "step": [], "naive": []}
    for number in range(WARM_UP + runs):
        prompt = PROMPTS[number % len(PROMPTS)]
        texts = (probes, single(model.tokenize(prompt)).to(model.device))
        took = {
            "plain": seconds(lambda texts=texts: [plain.read(text) for text in texts]),
            "step": seconds(lambda prompt=prompt: engine.evolve(prompt)),
            "naive": seconds(lambda texts=texts: [_naive(maker, text) for text in texts]),
        }
        if number >= WARM_UP:
            for name, value in took.items():
                times[name].append(value)
    share = downstream_share(model, block)
    return StepFigures(
        block=block,
        ratio=ratios(times["step"], times["plain"]),
        naive_ratio=ratios(times["naive"], times["plain"]),
        downstream_share=share,
        goal=goal_of(share, settings.dtype),
        forward_seconds=spread(times["plain"]),
        runs=runs,
        tokens=probes.n_tokens,
        dtype=settings.dtype,
    )


def _naive(maker: SnapshotMaker, batch: TokenBatch) -> None:
    """Both states from the first block on, nothing kept from the step before."""
    before = compare(maker.full(batch), [])[0]
    compare(maker.full(batch), [before])


def downstream_share(model: LanguageModel, block: int) -> float:
    """Multiply-adds per token are the sizes of the matrices; the embedding is a look-up and costs none."""
    sizes = [model.block_size(layer) for layer in range(model.info.n_layers)]
    head = model.info.d_model * model.info.vocab_size
    return (sum(sizes[block:]) + head) / (sum(sizes) + head)
