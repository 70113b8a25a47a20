"""All benches of the engine, one after another, and their figures as rows of one table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ..config import Config
from ..errors import InputError
from ..processor import bfloat16_units
from ..progress import Progress, unwatched
from .growth import BYTES_LIMIT, LIMITS_AT, ROLLBACK_LIMIT, SIZES, STEP_LIMIT, GrowthFigures, bench_growth
from .memory import LIMIT as MEMORY_LIMIT
from .memory import MemoryFigures, bench_memory
from .step import StepFigures, bench_step
from .throughput import ThroughputFigures, bench_throughput
from .timing import Spread
from .verdicts import LIMIT as AGREEMENT
from .verdicts import AgreementFigures, bench_verdicts

PARTS = ("step", "bfloat16", "verdicts", "growth", "memory", "throughput")


@dataclass(frozen=True)
class AllFigures:
    """What was measured; a part that was left out is empty. ``units``: what the processor has for bfloat16."""

    steps: tuple[StepFigures, ...] = ()
    verdicts: AgreementFigures | None = None
    growth: tuple[GrowthFigures, ...] = ()
    memory: MemoryFigures | None = None
    throughput: ThroughputFigures | None = None
    units: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON, with the rows of the table."""
        return {**asdict(self), "rows": [{**asdict(row), "met": row.met} for row in rows(self)]}


@dataclass(frozen=True)
class Row:
    """One figure. ``limit``: the most that is allowed (``least``: the least), None where nothing is asked; ``judged``
    is the value that is held against it: the median, or the highest where every single one must hold."""

    what: str
    value: Spread | float
    judged: float
    limit: float | None = None
    least: bool = False

    @property
    def met(self) -> bool | None:
        if self.limit is None:
            return None
        return self.judged >= self.limit if self.least else self.judged <= self.limit

    def cells(self) -> list[str]:
        """As the table shows it."""
        value = str(self.value) if isinstance(self.value, Spread) else f"{self.value:.5g}"
        limit = "" if self.limit is None else f"{self.limit:.3g}" if self.limit < 1000 else f"{self.limit:.0f}"
        return [self.what, value, limit, {None: "", True: "met", False: "not met"}[self.met]]


def bench_all(
    config: Config,
    folder: Path,
    parts: Sequence[str] = PARTS,
    blocks: tuple[int, ...] = (7, 20),
    runs: int = 9,
    sizes: Sequence[int] = SIZES,
    progress: Progress = unwatched,
) -> AllFigures:
    """Run the named parts. Memory is measured first: what this process holds would otherwise be missing to the others.

    Raises:
        InputError: a part is unknown.
    """
    for part in parts:
        if part not in PARTS:
            raise InputError(f"there is no bench '{part}'; there are {', '.join(PARTS)}")
    memory = bench_memory(config, progress=progress) if "memory" in parts else None
    steps: list[StepFigures] = []
    for part, dtype in (("step", config.immune.dtype), ("bfloat16", "bfloat16")):
        if part in parts:
            progress(f"timing steps ({dtype})", None)
            immune = config.immune.model_copy(update={"dtype": dtype})
            steps += bench_step(config.model_copy(update={"immune": immune}), folder, blocks, runs)
    verdicts = bench_verdicts(config, folder, progress=progress) if "verdicts" in parts else None
    growth = bench_growth(config, folder, sizes, progress=progress) if "growth" in parts else []
    queue = bench_throughput(config, folder, progress=progress) if "throughput" in parts else None
    return AllFigures(tuple(steps), verdicts, tuple(growth), memory, queue, bfloat16_units())


def rows(found: AllFigures) -> list[Row]:
    """Every figure, in the order in which the table shows them."""
    made = (
        _steps(found.steps),
        _verdicts(found.verdicts),
        _growth(found.growth),
        _memory(found.memory),
        _throughput(found.throughput),
    )
    return [row for part in made for row in part]


def _steps(steps: Sequence[StepFigures]) -> Iterator[Row]:
    for one in steps:
        how = "" if one.dtype == "model" else f", {one.dtype}"
        yield Row(f"step / forward, block {one.block}{how}", one.ratio, one.ratio.median, one.goal)
        if one.dtype == "model":
            yield Row(f"naive way / forward, block {one.block}", one.naive_ratio, one.naive_ratio.median)


def _verdicts(found: AgreementFigures | None) -> Iterator[Row]:
    if found is not None:
        same, kept = found.same_verdict, found.same_decision
        yield Row(f"same verdict with bfloat16, share of {found.edits} edits", same, same, AGREEMENT, least=True)
        yield Row(f"same decision with bfloat16, share of {found.edits} edits", kept, kept)
        yield Row("judging with bfloat16 / without", found.time_ratio, found.time_ratio.median)


def _growth(growth: Sequence[GrowthFigures]) -> Iterator[Row]:
    for one in growth:
        held = one.patches == LIMITS_AT
        with_them = f"with {one.patches:,} patches"
        if not one.patches:
            yield Row("step / forward, without patches", one.step, one.step.median)
            continue
        against = one.against_none
        yield Row(f"step {with_them} / without", against, against.median, STEP_LIMIT if held else None)
        if one.rollback is not None:
            limit = ROLLBACK_LIMIT if held else None
            yield Row(f"rollback / forward, {with_them}", one.rollback, one.rollback.high, limit)
        if one.bytes_per_patch is not None:
            limit = BYTES_LIMIT if held else None
            yield Row(f"bytes of session a patch, {with_them}", one.bytes_per_patch, one.bytes_per_patch, limit)


def _memory(memory: MemoryFigures | None) -> Iterator[Row]:
    if memory is not None:
        yield Row("peak memory / plain script", memory.ratio, memory.ratio.median, MEMORY_LIMIT)
        yield Row("peak memory, MB", memory.engine_mb, memory.engine_mb.median)
        yield Row("peak memory of the plain script, MB", memory.plain_mb, memory.plain_mb.median)


def _throughput(throughput: ThroughputFigures | None) -> Iterator[Row]:
    if throughput is not None:
        what = f"queue of {throughput.prompts} prompts / single calls, prompts a second"
        yield Row(what, throughput.ratio, throughput.ratio.median)
