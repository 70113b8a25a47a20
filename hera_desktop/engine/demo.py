"""The main job end to end: evolve on the example prompts, roll back with proof, and write a report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import yaml

from .errors import MachineError
from .hera import HeraEngine
from .places import shipped
from .records import EvolveResult
from .reports.session_report import write_report


@dataclass(frozen=True)
class RollbackProof:
    """State hash and digest of the probes' logits when ``patch_id`` was committed, and after rolling back to it."""

    patch_id: str
    hash_then: str
    hash_now: str
    logits_then: str
    logits_now: str

    @property
    def holds(self) -> bool:
        return self.hash_then == self.hash_now and self.logits_then == self.logits_now


@dataclass(frozen=True)
class DemoOutcome:
    """What the demonstration did."""

    results: tuple[EvolveResult, ...]
    to_base: RollbackProof
    to_middle: RollbackProof
    restored: RollbackProof
    session: str
    report: str


def new_folder(wanted: Path) -> Path:
    """``wanted``, or ``wanted-2`` and so on where there is something already; made."""
    folder, number = wanted, 1
    try:
        while folder.exists():
            number += 1
            folder = wanted.with_name(f"{wanted.name}-{number}")
        folder.mkdir(parents=True)
    except OSError as error:
        raise MachineError(f"folder {folder} cannot be made: {error.strerror}") from None
    return folder


def run_demo(engine: HeraEngine, report: Path, on_step: Callable[[EvolveResult], None]) -> DemoOutcome:
    """Run the demonstration on a new session's engine."""
    tree = yaml.safe_load(shipped("data", "demo_prompts.yaml").read_text(encoding="utf-8"))
    base = ("base", engine.state_hash, engine.probe_digest())
    results: list[EvolveResult] = []
    middle = base
    for number, row in enumerate(tree["prompts"], 1):
        settings = engine.config.evolution.model_copy(update={"learning_rate": row["strength"]})
        result = engine.evolve(row["text"], settings)
        results.append(result)
        on_step(result)
        if number <= len(tree["prompts"]) // 2 and result:
            middle = (str(result.patch_id), engine.state_hash, engine.probe_digest())
    last = engine.ledger.timeline.current.active[-1] if engine.ledger.timeline.current.active else "base"
    end = (last, engine.state_hash, engine.probe_digest())
    proofs = []
    for target in (base, middle):
        engine.roll_back_to(target[0])
        proofs.append(_proof(engine, target))
        engine.undo()
    proofs.append(_proof(engine, end))
    path = write_report(engine.ledger, report)
    return DemoOutcome(tuple(results), *proofs, str(engine.session), str(path))


def _proof(engine: HeraEngine, then: tuple[str, str, str]) -> RollbackProof:
    return RollbackProof(then[0], then[1], engine.state_hash, then[2], engine.probe_digest())
