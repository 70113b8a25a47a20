"""Where an edit is best made: the same edit proposed at one block after the other, effect and damage side by side.

Nothing is kept: the model and its session are as before when the scan returns.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from ..edits.base import get_edit_strategy
from ..edits.lab import EditLab, default_layer
from ..edits.request import EditRequest
from ..edits.subject import find_subject
from ..edits_config import EditsConfig
from ..errors import Cancelled, InputError
from ..immune.comparison import Comparison
from ..immune.metrics import METRICS
from ..immune.verdict import measured_value, room_used
from ..progress import Progress, unwatched
from ..records import plain_metrics
from .outcome import Curve, Outcome, Plot, Table

if TYPE_CHECKING:
    from ..hera import HeraEngine
    from ..steps import Judged

BLOCKS = 8
"""So many blocks are tried unless they are named, and the one that edits are made at by default."""
NEARLY = 0.9
"""Blocks whose effect is at least this share of the largest are told apart by their damage."""
RULE = (
    f"the best block: of those that are not rejected, give the target more than before, and have at least "
    f"{NEARLY:.0%} of the largest effect among them, the one with the least damage"
)
WORDS = (
    "target: what every token of it is given at least after the prompt (before the edit: {before:.4f})",
    "effect: the mean of that and of the same after each paraphrase",
    "damage: the largest share of a step limit that a measure on the probes takes up; over 1 the edit is rejected",
)
LEVELS = {"safe": "safe", "warning": "warning", "reject": "rejected"}


@dataclass(frozen=True)
class BlockFigures:
    """The edit at one block, at its whole strength.

    Args:
        target: what every token of the target is given at least after the prompt, in the edited model.
        paraphrases: the same after each paraphrase.
        level: the immune system's verdict (safe, warning or reject), and its ``reason``.
        metrics: measure -> its value on the probes against the state before; None: not finite.
        damage: the largest share of a step limit that a measure takes up; None: not finite.
        norm: Frobenius norm of the change.
    """

    block: int
    target: float
    paraphrases: tuple[float, ...]
    level: str
    reason: str
    metrics: Mapping[str, float | None]
    damage: float | None
    norm: float
    seconds: float

    @property
    def effect(self) -> float:
        """The mean of the target after the prompt and of the mean over the paraphrases."""
        if not self.paraphrases:
            return self.target
        return (self.target + sum(self.paraphrases) / len(self.paraphrases)) / 2


@dataclass(frozen=True)
class LayerScan:
    """``before``: what the target is given now; ``best``: a block by ``RULE``, None where none is fit;
    ``default``: the block that an edit is made at unless one is set."""

    prompt: str
    target: str
    subject: str
    paraphrases: tuple[str, ...]
    strategy: str
    model: str
    before: float
    blocks: tuple[BlockFigures, ...]
    best: int | None
    default: int
    finished: bool

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {**asdict(self), "rule": RULE}

    def outcome(self) -> Outcome:
        """With a table and two plots, as reports take it."""
        settings = {"prompt": self.prompt, "target": self.target, "subject": self.subject}
        remarks = (self.sentence, RULE, *(word.format(before=self.before) for word in WORDS))
        return Outcome(
            experiment="scan",
            title=f"An edit of {self.model}, block by block",
            settings={**settings, "strategy": self.strategy, "paraphrases": list(self.paraphrases)},
            tables=(table_of(self),),
            plots=_plots(self),
            remarks=remarks,
            data=self.as_dict(),
            finished=self.finished,
        )

    @property
    def sentence(self) -> str:
        """Which block is best, in words."""
        found = next((one for one in self.blocks if one.block == self.best), None)
        if found is None:
            return "best block: none of these gives the target more than before without being rejected"
        return f"best block: {found.block} (effect {found.effect:.4f}, damage {_share(found.damage)} of a limit)"


def scan_layers(
    engine: HeraEngine,
    prompt: str,
    target: str,
    subject: str | None = None,
    layers: Sequence[int] | None = None,
    paraphrases: Sequence[str] = (),
    settings: EditsConfig | None = None,
    progress: Progress = unwatched,
    cancelled: Callable[[], bool] = lambda: False,
) -> LayerScan:
    """Propose the edit at each of the blocks ``layers`` (None: evenly through the depth) at its whole strength, and
    measure what the target gains and what it costs. ``cancelled`` ends it with the blocks that are done.

    Raises:
        InputError: the prompt, target, subject, a block or a setting cannot be used.
        Cancelled: before the first block was done, by ``progress`` or ``cancelled``.
    """
    settings = settings or engine.config.edits
    wanted = _wanted(engine, layers)
    get_edit_strategy(settings.strategy)
    engine.model.check_prompt(prompt, engine.config.model.max_prompt_tokens)
    request = EditRequest(
        prompt, target, subject or find_subject(engine.model, prompt, _watched(progress, cancelled, 0.0, 1.0))
    )
    others = [EditRequest(text, target, text.strip()) for text in paraphrases]
    lab, done = EditLab(engine), []
    before = lab.given(request)
    own = settings.model_copy(update={"doses": 0, "collapse": 0})
    try:
        lab.prepare_blocks(wanted, _watched(progress, cancelled, 0.0, 1.0))
        for number, block in enumerate(wanted):
            part = _watched(progress, cancelled, number / len(wanted), 1 / len(wanted), f"block {block}: ")
            done.append(_tried(engine, lab, request, others, own.model_copy(update={"layer": block}), part))
    except Cancelled:
        if not done:
            raise
    info = engine.model.info
    return LayerScan(
        **asdict(request),
        paraphrases=tuple(paraphrases),
        strategy=settings.strategy,
        model=info.name,
        before=before,
        blocks=tuple(done),
        best=best_block(done, before),
        default=default_layer(info.n_layers) if settings.layer is None else settings.layer,
        finished=len(done) == len(wanted),
    )


def spread(n_layers: int, count: int = BLOCKS) -> tuple[int, ...]:
    """At most ``count`` blocks from the first to the last, evenly, and the default one."""
    count = min(count, n_layers)
    even = {round(number * (n_layers - 1) / max(count - 1, 1)) for number in range(count)}
    return tuple(sorted(even | {default_layer(n_layers)}))


def best_block(blocks: Sequence[BlockFigures], before: float) -> int | None:
    """By ``RULE``; the earlier one of two that are alike."""
    fit = [one for one in blocks if one.level != "reject" and one.damage is not None and one.target > before]
    if not fit:
        return None
    enough = NEARLY * max(one.effect for one in fit)
    return min((one for one in fit if one.effect >= enough), key=lambda one: (one.damage, one.block)).block


def _wanted(engine: HeraEngine, layers: Sequence[int] | None) -> tuple[int, ...]:
    info = engine.model.info
    if layers is None:
        return spread(info.n_layers)
    wanted = tuple(dict.fromkeys(layers))
    wrong = next((block for block in wanted if not 0 <= block < info.n_layers), None)
    if wrong is not None:
        raise InputError(f"block {wrong} does not exist; {info.name} has blocks 0 to {info.n_layers - 1}")
    if not wanted:
        raise InputError("no block is named; name one or more, or none at all for blocks through the whole depth")
    return wanted


def _watched(progress: Progress, cancelled: Callable[[], bool], begin: float, part: float, about: str = "") -> Progress:
    """Progress through a part of the scan, which ends when it is cancelled."""

    def told(what: str, share: float | None) -> None:
        if cancelled():
            raise Cancelled("cancelled; nothing was changed")
        progress(about + what, None if share is None else begin + part * share)

    return told


def _tried(
    engine: HeraEngine,
    lab: EditLab,
    request: EditRequest,
    others: Sequence[EditRequest],
    settings: EditsConfig,
    progress: Progress,
) -> BlockFigures:
    started = time.perf_counter()
    judged = lab.propose(request.prompt, request.target, request.subject, settings, progress)
    with engine.stack.trial(judged.measurement.patch):
        paraphrases = tuple(lab.given(other) for other in others)
    return _figures(engine, judged, settings.layer or 0, paraphrases, time.perf_counter() - started)


def _figures(
    engine: HeraEngine, judged: Judged, block: int, paraphrases: tuple[float, ...], seconds: float
) -> BlockFigures:
    measured = judged.measurement
    found = plain_metrics(measured.step, measured.cumulative)
    metrics = {name: scopes["step"] for name, scopes in found.items()}
    return BlockFigures(
        block=block,
        target=judged.source["doses"][-1]["target"],
        paraphrases=paraphrases,
        level=measured.verdict.level,
        reason=measured.verdict.reason,
        metrics=metrics,
        damage=_damage(engine, measured.step),
        norm=measured.patch.frobenius,
        seconds=seconds,
    )


def _damage(engine: HeraEngine, step: Comparison) -> float | None:
    """The largest share of the way from neutral to its step limit that a measure has gone; None: not finite."""
    bounds = engine.immune.limits.bounds(step.per_tag)
    shares = [
        room_used(name, measured_value(step, name, tag), limit)
        for (scope, name, tag), limit in bounds.items()
        if scope == "step"
    ]
    worst = max(0.0, *shares)
    return worst if math.isfinite(worst) else None


# --- what is shown ----------------------------------------------------------------------------------------------------


def table_of(scan: LayerScan) -> Table:
    """One row a block: effect, measures, damage, verdict."""
    judged = [(name, metric) for name, metric in METRICS.items() if metric.limit]
    heads = [f"{metric.title}, {metric.unit}" for _, metric in judged]
    paraphrased = ("paraphrases", "effect") if scan.paraphrases else ()
    columns = ("block", "target", *paraphrased, *heads, "damage", "norm", "seconds", "verdict")
    rows = []
    for one in scan.blocks:
        mark = f"{one.block} (best)" if one.block == scan.best else str(one.block)
        effects = [one.target]
        if scan.paraphrases:
            effects += [sum(one.paraphrases) / len(one.paraphrases), one.effect]
        measures = [_number(one.metrics[name], metric.digits) for name, metric in judged]
        figures = [_share(one.damage), f"{one.norm:.3g}", f"{one.seconds:.1f}", LEVELS[one.level]]
        rows.append((mark, *(f"{value:.4f}" for value in effects), *measures, *figures))
    note = f"{scan.strategy}, subject {scan.subject!r}; without a block set, edits are made at block {scan.default}"
    return Table(f"{scan.prompt!r} -> {scan.target!r}, block by block", columns, tuple(rows), note)


def _plots(scan: LayerScan) -> tuple[Plot, ...]:
    blocks = tuple(float(one.block) for one in scan.blocks)
    effects = [Curve("target", blocks, tuple(one.target for one in scan.blocks))]
    if scan.paraphrases:
        means = tuple(sum(one.paraphrases) / len(one.paraphrases) for one in scan.blocks)
        effects.append(Curve("paraphrases, mean", blocks, means))
    known = [one for one in scan.blocks if one.damage is not None]
    damage = Curve("damage", tuple(float(one.block) for one in known), tuple(one.damage or 0.0 for one in known))
    return (
        Plot("Effect against block", "block", "probability of the target", tuple(effects), (("before", scan.before),)),
        Plot("Damage against block", "block", "share of a step limit", (damage,), (("limit", 1.0),)),
    )


def _number(value: float | None, digits: int) -> str:
    return "not finite" if value is None else f"{value:.{digits}f}"


def _share(value: float | None) -> str:
    return "not finite" if value is None else f"{value:.3f}"
