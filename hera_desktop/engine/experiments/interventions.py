"""Destructive changes: proposed to the immune system, then forced in past it and rolled back, with proof."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from torch import Tensor

from ..config import Config, load_config
from ..hera import HeraEngine
from ..immune.metrics import METRICS
from ..null_edits import EditShape
from ..patches import Patch
from ..records import EvolveResult
from ..strategies.base import NothingToPropose
from .edits import PARTS

JUDGED = tuple(name for name, metric in METRICS.items() if metric.limit)
"""The measures that have limits."""

STRONGER = 100.0
"""How many times as strong as a step a destructive one is."""
LARGER = 10.0
"""Norm of a random destructive change, in norms of the matrices it changes."""
_HALVINGS = 40

Measures = Mapping[str, float | None]
"""Judged measure -> its value; None: not finite."""


@dataclass(frozen=True)
class Intervention:
    """A destructive change and what became of it.

    Args:
        after: steps that were made before it.
        size: ``||dW||_F / ||W||_F`` of what was proposed, over the matrices it changes.
        status: what the immune system made of it, ``rejected`` where it was refused.
        js: JS divergence of the proposal against the state before it, in bits.
        harmless: whether the state hash and the probes' logits were the same after the refusal as before.
        share: of the proposal that was forced in (1: all of it; less where even no limits let it pass).
        height: the measures against the state before, while it was in force.
        moved: largest absolute difference that it made to the probes' logits.
        left: the same after the rollback; 0 means that every bit is back.
        same_hash, same_measures: whether the state hash, and the measures against the base, are as before.
        seconds: what the rollback took.
    """

    after: int
    what: str
    size: float
    status: str
    reason: str
    js: float | None
    harmless: bool
    share: float
    height: Measures
    moved: float | None
    left: float | None
    same_hash: bool
    same_measures: bool
    seconds: float

    @property
    def refused(self) -> bool:
        return self.status == "rejected"

    @property
    def restored(self) -> bool:
        """Whether the state is as before, to the last bit."""
        return self.same_hash and self.same_measures and self.left == 0


@dataclass(frozen=True, eq=False)
class _Observed:
    """The state: its hash, its measures against the base, and the probes' logits ``(n_tokens, d_vocab)`` float32 from
    a full forward pass."""

    hash: str
    measures: Measures
    logits: Tensor

    @classmethod
    def of(cls, engine: HeraEngine) -> _Observed:
        overall, batch = engine.immune.standing().overall, engine.immune.batch
        logits = batch.gather(engine.model.forward(batch).logits).float().cpu()
        return cls(engine.state_hash, {name: _finite(overall[name]) for name in JUDGED}, logits)

    def is_as(self, other: _Observed) -> bool:
        """Whether hash and logits are the same, bit for bit."""
        return self.hash == other.hash and torch.equal(self.logits, other.logits)

    def apart(self, other: _Observed) -> float | None:
        """The largest absolute difference of logits; None where it is not finite."""
        if torch.equal(self.logits, other.logits):
            return 0.0
        return _finite((self.logits - other.logits).abs_().max().item())


def intervene(engine: HeraEngine, prompt: str, after: int, number: int) -> Intervention:
    """Propose destructive change ``number``; then lift the limits, force the same change in, and roll it back. The
    limits are as before when this returns, and so is the state."""
    what, patch = destructive(engine, prompt, number)
    before = _Observed.of(engine)
    refused = _proposed(engine, patch)
    harmless = _Observed.of(engine).is_as(before)
    with _lifted(engine):
        forced, share = _forced(engine, patch)
        moved = _Observed.of(engine).apart(before)  # it is not kept: logits of all probes are large
        started = time.perf_counter()
        if forced:
            engine.rollback(str(forced.patch_id))
        seconds = time.perf_counter() - started
    now = _Observed.of(engine)
    return Intervention(
        after=after,
        what=what,
        size=patch.frobenius / _norm(engine, patch),
        status=refused.status,
        reason=refused.reason,
        js=refused.metrics["js_divergence"]["step"],
        harmless=harmless,
        share=share,
        height={name: forced.metrics[name]["step"] for name in JUDGED},
        moved=moved,
        left=now.apart(before),
        same_hash=now.hash == before.hash,
        same_measures=now.measures == before.measures,
        seconds=seconds,
    )


def destructive(engine: HeraEngine, prompt: str, number: int) -> tuple[str, Patch]:
    """The change and what it is in words: by turns the step for ``prompt`` much too strong, the same reversed, and a
    random one. Depends on the configured seed and ``number`` alone besides the state."""
    sign = (1, -1, 0)[number % 3]
    if sign:
        try:
            step = engine.propose(prompt).measurement.patch
        except NothingToPropose:
            sign = 0
        else:
            reversed_ = "" if sign > 0 else ", reversed"
            return f"a step {STRONGER:g} times as strong{reversed_}", step.scaled(sign * STRONGER)
    shape = EditShape.plain(engine.model, engine.target_layers, "")
    drawn = shape.draw(engine.config.experiment.seed, number)
    size = LARGER * _norm(engine, drawn) / drawn.frobenius
    return f"a random change of {LARGER:g} norms of the matrix", drawn.scaled(size)


def without_limits(config: Config) -> Config:
    """The configuration with an immune system that measures and refuses nothing but what is not finite."""
    return load_config(config.model_dump(mode="json"), PARTS["no-immune"], environment={})


def _proposed(engine: HeraEngine, patch: Patch) -> EvolveResult:
    """Judged under the limits as they are; taken back where the immune system let it through."""
    result = engine.adopt(patch, "", {"kind": "intervention"})
    if result:
        engine.undo()
    return result


def _forced(engine: HeraEngine, patch: Patch) -> tuple[EvolveResult, float]:
    """The change as it went in, and the share of it: half as much each time that its measures are not finite."""
    share = 1.0
    for _ in range(_HALVINGS):
        result = engine.adopt(patch.scaled(share), "", {"kind": "intervention", "forced": True})
        if result:
            break
        share /= 2
    return result, share if result else 0.0


@contextmanager
def _lifted(engine: HeraEngine) -> Iterator[None]:
    usual = engine.config
    engine.configure(without_limits(usual))
    try:
        yield
    finally:
        engine.configure(usual)


def _norm(engine: HeraEngine, patch: Patch) -> float:
    """Frobenius norm of all the matrices that a patch changes, together."""
    sites = {f.site for f in patch.factors}
    weights = (engine.model.writer_at(*site).weight().cpu().double() for site in sites)
    return math.sqrt(sum(weight.square().sum().item() for weight in weights))


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
