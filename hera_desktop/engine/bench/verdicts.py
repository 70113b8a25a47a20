"""Whether the immune system says the same with bfloat16 products as in the model's own format."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from ..config import Config
from ..hera import HeraEngine
from ..immune.system import ImmuneSystem
from ..immune.verdict import Verdict
from ..patch_stack import ModelChange
from ..progress import Progress, unwatched
from ..strategies.base import NothingToPropose
from .growth import small_patch
from .step import PROMPTS, bench_config
from .timing import Spread, spread

LIMIT = 0.99
"""Smallest share of edits on which both say the same."""
DOSES = (0.3, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, -1.0, -4.0, -16.0, -64.0)
"""What each proposal is multiplied with: from what does no harm to what destroys."""
RANDOM = (0.001, 0.01, 0.1, 1.0)
"""Sizes of the random changes, as shares of the matrix' norm."""


@dataclass(frozen=True)
class Disagreement:
    """An edit on which the two do not agree: its number, and both verdicts' sentences."""

    number: int
    exact: str
    quick: str


@dataclass(frozen=True)
class AgreementFigures:
    """Of ``edits`` edits, the share with the same verdict (safe, warning, reject) and with the same decision (kept or
    rejected); ``levels``: how many of each verdict the exact one gave; ``time_ratio``: seconds of the bfloat16
    measuring / seconds of the exact one, in pairs."""

    edits: int
    same_verdict: float
    same_decision: float
    levels: dict[str, int]
    time_ratio: Spread
    disagreements: tuple[Disagreement, ...]


def bench_verdicts(config: Config, folder: Path, limit: int = 200, progress: Progress = unwatched) -> AgreementFigures:
    """The configured strategy's proposals at many doses and random changes, ``limit`` in all."""
    engine = HeraEngine(config, folder / "verdicts.hera", progress)
    try:
        engine.configure(bench_config(engine.config, engine.target_layers[0]))
        return agreement(engine, (change for change, _ in zip(doses(engine), range(limit), strict=False)), progress)
    finally:
        engine.close()


def doses(engine: HeraEngine) -> Iterator[ModelChange]:
    """Proposals on the bench's prompts in every block in turn, each at every dose, and random changes."""
    for layer in _spread_out(engine.model.info.n_layers):
        settings = engine.config.evolution.model_copy(update={"target_layers": (layer,)})
        for prompt in PROMPTS[:3]:
            with suppress(NothingToPropose):
                patch = engine.propose(prompt, settings).proposal.patch
                yield from (patch.scaled(dose) for dose in DOSES)
        yield from (small_patch(engine.model, layer, number, size) for number, size in enumerate(RANDOM))


def _spread_out(n_layers: int) -> list[int]:
    """The engine's blocks from the middle outwards, so that a short run has early and late ones."""
    return sorted(range(n_layers), key=lambda layer: (layer * 7) % n_layers)


def agreement(engine: HeraEngine, changes: Iterable[ModelChange], progress: Progress = unwatched) -> AgreementFigures:
    """Judge each change in the engine's present state both ways.

    Raises:
        ValueError: there are no changes.
    """
    model, stack, settings = engine.model, engine.stack, engine.config.immune
    exact, quick = (
        ImmuneSystem(model, stack, settings.model_copy(update={"dtype": dtype})) for dtype in ("model", "bfloat16")
    )
    for system in (exact, quick):
        system.baseline()
    found = []
    for number, change in enumerate(changes, 1):
        progress(f"judging edits both ways ({number})", None)
        found.append((*_judged(exact, change), *_judged(quick, change)))
    return _figures([(a, b) for a, _, b, _ in found], [b / a for _, a, _, b in found])


def _judged(system: ImmuneSystem, change: ModelChange) -> tuple[Verdict, float]:
    """The verdict, and how long it took."""
    start = time.perf_counter()
    verdict = system.measure(change, None, ()).verdict
    return verdict, time.perf_counter() - start


def _figures(pairs: Sequence[tuple[Verdict, Verdict]], time_ratios: Sequence[float]) -> AgreementFigures:
    return AgreementFigures(
        edits=len(pairs),
        same_verdict=fmean(a.level == b.level for a, b in pairs),
        same_decision=fmean((a.level == "reject") == (b.level == "reject") for a, b in pairs),
        levels={level: sum(a.level == level for a, _ in pairs) for level in ("safe", "warning", "reject")},
        time_ratio=spread(time_ratios),
        disagreements=tuple(
            Disagreement(n, a.reason, b.reason) for n, (a, b) in enumerate(pairs, 1) if a.level != b.level
        ),
    )
