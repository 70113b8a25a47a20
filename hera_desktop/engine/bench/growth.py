"""What many active patches cost: a step, a rollback, the session's file.

A session is filled with rank-1 patches, each recorded with the measurements of a real step of the same session; only
measuring every one of them is left out, which would take hours. The patches are random and so small that all of them
together change the matrix by a hundredth of its norm.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from ..config import Config
from ..errors import InputError
from ..hera import HeraEngine
from ..model import LanguageModel
from ..patches import Factors, Patch
from ..progress import Progress, unwatched
from ..tokens import single
from .plain_model import PlainModel
from .step import PROMPTS, WARM_UP, bench_config
from .timing import Spread, ratios, seconds, spread

SIZES = (1, 10, 100, 1000, 10_000)
STEP_LIMIT, ROLLBACK_LIMIT, BYTES_LIMIT = 1.2, 0.05, 12 * 1024
LIMITS_AT = 1000
"""The limits of a step against one without patches, of a rollback in forward passes, and of bytes a patch, with so many
active patches."""
PLACES = (0.0, 0.25, 0.5, 0.75, 0.95, 1.0)
"""Where in the list the patches lie that are rolled back to, as shares."""
TOTAL_CHANGE = 0.01


@dataclass(frozen=True)
class GrowthFigures:
    """``step``: a step with ``patches`` active ones / a plain forward pass over the same tokens; ``against_none``: that
    ratio / the same without patches; ``rollback``: a rollback to one of them, or the undoing of it / the plain pass;
    ``bytes_per_patch``: of the session's file, with the patch's measurements and event; ``runs`` steps were timed."""

    patches: int
    step: Spread
    against_none: Spread
    rollback: Spread | None
    bytes_per_patch: float | None
    runs: int


def bench_growth(
    config: Config, folder: Path, sizes: Sequence[int] = SIZES, runs: int = 7, progress: Progress = unwatched
) -> list[GrowthFigures]:
    """The figures without patches and then with each of ``sizes``, smallest first, on the configured block.

    Raises:
        InputError: a size is below 1, or no step could be recorded on the bench's prompts.
    """
    if not sizes or min(sizes) < 1:
        raise InputError(f"the bench cannot grow to {list(sizes)} patches; 1 and more are allowed")
    engine = HeraEngine(config, folder / "growth.hera", progress)
    try:
        return growth_figures(engine, PlainModel.load(config, engine.model), sizes, runs, progress)
    finally:
        engine.close()


def growth_figures(
    engine: HeraEngine, plain: PlainModel, sizes: Sequence[int], runs: int, progress: Progress = unwatched
) -> list[GrowthFigures]:
    """The figures of an engine on a new session; its session is filled."""
    engine.configure(bench_config(engine.config, engine.target_layers[0], max_rank=1))
    progress("timing steps without patches", None)
    none, _ = _steps(engine, plain, runs, keep=False)
    measured = [entry.details for entry in engine.ledger.entries() if entry.patch_id]
    if not measured:
        raise InputError("no feature of the SAE is active on the bench's prompts; lower sae.threshold")
    filler = _Filler(engine, measured, max(sizes))
    figures = [GrowthFigures(0, none, Spread(1.0, 1.0, 1.0), None, None, runs)]
    for size in sorted(set(sizes)):
        progress(f"filling the session up to {size} patches", None)
        bytes_per_patch = filler.fill(size)
        last = engine.info().active[-1]
        progress(f"timing steps with {size} patches", None)
        step, forward = _steps(engine, plain, runs, keep=True)
        engine.roll_back_to(last)
        against = Spread(*(value / none.median for value in (step.median, step.low, step.high)))
        figures.append(GrowthFigures(size, step, against, _rollbacks(engine, forward), bytes_per_patch, runs))
    return figures


def _steps(engine: HeraEngine, plain: PlainModel, runs: int, keep: bool) -> tuple[Spread, float]:
    """Steps in plain passes, and the median seconds of such a pass. What is not kept is taken back at once."""
    forwards, steps = [], []
    for number in range(WARM_UP + runs):
        prompt = PROMPTS[number % len(PROMPTS)]
        texts = (engine.immune.batch, single(engine.model.tokenize(prompt)).to(engine.model.device))
        forwards.append(seconds(lambda texts=texts: [plain.read(text) for text in texts]))
        steps.append(seconds(lambda prompt=prompt: engine.evolve(prompt)))
        if not keep:
            engine.roll_back_to("base")
    return ratios(steps[WARM_UP:], forwards[WARM_UP:]), spread(forwards[WARM_UP:]).median


def _rollbacks(engine: HeraEngine, forward: float) -> Spread:
    """Rollbacks to patches all along the list and back again, in plain passes of ``forward`` seconds."""
    active = engine.info().active
    took = []
    for share in PLACES:
        patch_id = active[round(share * (len(active) - 1))]
        took.append(seconds(lambda patch_id=patch_id: engine.roll_back_to(patch_id)))
        took.append(seconds(engine.undo))
    return spread([value / forward for value in took])


class _Filler:
    """Records patches in a session without measuring them; ``measured`` holds the details of real steps."""

    def __init__(self, engine: HeraEngine, measured: Sequence[Mapping[str, Any]], most: int) -> None:
        self._engine, self._measured = engine, measured
        self._size = TOTAL_CHANGE / most**0.5  # of random directions: their squares add up

    def fill(self, size: int) -> float | None:
        """Make ``size`` patches active in all; the bytes that each of those recorded here took, None for none."""
        ledger = self._engine.ledger
        before, there = _file_size(self._engine), len(ledger.timeline.current.active)
        for number in range(there, size):
            details = self._measured[number % len(self._measured)]
            patch = small_patch(self._engine.model, self._engine.target_layers[0], number, self._size)
            ledger.record_proposal(patch, "committed", PROMPTS[number % len(PROMPTS)], details)
        self._engine.stack.set(self._engine.changes(ledger.timeline.current.active))
        return (_file_size(self._engine) - before) / (size - there) if size > there else None


def small_patch(model: LanguageModel, layer: int, seed: int, size: float) -> Patch:
    """A random change of rank 1 whose norm is ``size`` times that of the matrix block ``layer`` writes with."""
    writer = model.writer(layer)
    weight = writer.weight()
    generator = torch.Generator().manual_seed(seed)
    u, v = (torch.randn(n, 1, generator=generator) for n in weight.shape)
    u *= size * weight.float().norm().item() / (u.norm() * v.norm())
    return Patch((Factors(layer, writer.component, u, v),))


def _file_size(engine: HeraEngine) -> int:
    """Bytes of the session as one closed file."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.hera"
        engine.ledger.copy_to(copy)
        return copy.stat().st_size
