"""How much a step costs, in plain forward passes over the same tokens."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn

from ..catalogue import resolve_model
from ..config import Config
from ..hera import HeraEngine
from ..immune.comparison import compare
from ..immune.snapshot import SnapshotMaker
from ..loading import load_causal_lm
from ..model import LanguageModel
from ..tokens import TokenBatch, single

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


@dataclass(frozen=True)
class Spread:
    median: float
    low: float
    high: float


@dataclass(frozen=True)
class StepFigures:
    """``ratio``: a step with its commit / one plain forward pass over the same tokens (probes and prompt), in pairs;
    ``naive_ratio``: full passes before and after with the same comparison / the same plain pass; ``downstream_share``:
    share of a forward pass's multiply-adds in the blocks from the edited one on and the head."""

    block: int
    ratio: Spread
    naive_ratio: Spread
    downstream_share: float
    goal: float
    forward_seconds: Spread
    runs: int
    tokens: int


def bench_step(config: Config, folder: Path, blocks: tuple[int, ...], runs: int) -> list[StepFigures]:
    """Time steps on each block; every step is preceded by the plain pass and followed by the naive way it is compared
    with, so that a change of the machine's speed hits all three."""
    figures = []
    for block in blocks:
        changed = {"target_layers": (block,), "learning_rate": 0.3}
        mine = config.model_copy(update={"evolution": config.evolution.model_copy(update=changed)})
        engine = HeraEngine(mine, folder / f"bench-{block}.hera")
        plain = load_causal_lm(resolve_model(config.model.name), engine.model.device, engine.model.dtype).model
        figures.append(_figures(engine, plain, block, runs))
        engine.close()
        del engine, plain
        gc.collect()
    return figures


def _figures(engine: HeraEngine, plain: nn.Module, block: int, runs: int) -> StepFigures:
    model, maker = engine.model, SnapshotMaker(engine.model, engine.config.immune.top_k)
    probes = engine.immune.batch
    times: dict[str, list[float]] = {"plain": [], "step": [], "naive": []}
    for number in range(WARM_UP + runs):
        prompt = PROMPTS[number % len(PROMPTS)]
        batch = single(model.tokenize(prompt)).to(model.device)
        texts = (probes, batch)
        took = {
            "plain": _seconds(lambda texts=texts: [_plain_pass(plain, model, text) for text in texts]),
            "step": _seconds(lambda prompt=prompt: engine.evolve(prompt)),
            "naive": _seconds(lambda texts=texts: [_naive(maker, text) for text in texts]),
        }
        if number >= WARM_UP:
            for name, seconds in took.items():
                times[name].append(seconds)
    share = downstream_share(model, block)
    return StepFigures(
        block=block,
        ratio=_spread([s / p for s, p in zip(times["step"], times["plain"], strict=True)]),
        naive_ratio=_spread([n / p for n, p in zip(times["naive"], times["plain"], strict=True)]),
        downstream_share=share,
        goal=1.15 * share + 0.15,
        forward_seconds=_spread(times["plain"]),
        runs=runs,
        tokens=probes.n_tokens,
    )


@torch.inference_mode()
def _plain_pass(plain: nn.Module, model: LanguageModel, batch: TokenBatch) -> None:
    mask = batch.mask(model.dtype)
    layout = {} if mask is None else {"attention_mask": mask, "position_ids": batch.positions}
    plain(input_ids=batch.ids, use_cache=False, **layout)


def _naive(maker: SnapshotMaker, batch: TokenBatch) -> None:
    """Both states from the first block on, nothing kept from the step before."""
    before = compare(maker.full(batch), [])[0]
    compare(maker.full(batch), [before])


def downstream_share(model: LanguageModel, block: int) -> float:
    """Multiply-adds per token are the sizes of the matrices; the embedding is a look-up and costs none."""
    sizes = [model.block_size(layer) for layer in range(model.info.n_layers)]
    head = model.info.d_model * model.info.vocab_size
    return (sum(sizes[block:]) + head) / (sum(sizes) + head)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _spread(values: list[float]) -> Spread:
    return Spread(statistics.median(values), min(values), max(values))
