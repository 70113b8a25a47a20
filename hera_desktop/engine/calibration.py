"""Calibration: which limits would random edits of a step's size pass, at a chosen rate of false alarms?

``calibrate`` measures many null edits on the probes, records none of them, and proposes limits. What that can and
cannot tell, and why the rule holds: docs/theory.md, section 1.7. The statistics are in null_statistics.py, the drawing
in null_edits.py; nothing is imported here that loads torch.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from .config import Config
from .errors import InputError
from .immune.probe_files import plain_name, seal_probes
from .immune.probes import ProbeSet, TagLimits
from .null_statistics import METRIC_OF, Key, NullBasis, NullSamples, Proposed, check_count, propose_limits
from .progress import Progress, unwatched
from .replay import with_settings

if TYPE_CHECKING:
    from .hera import HeraEngine
    from .records import StateInfo

NormSource = Literal["last", "median", "prompt"]
NORM_SOURCES: tuple[NormSource, ...] = ("last", "median", "prompt")
MOST = 100_000
TELL_EVERY = 0.25
"""Seconds between two reports of what was measured so far."""


@dataclass(frozen=True)
class CalibrationPlan:
    """What to measure.

    ``count`` null edits, for limits at the false-alarm rate ``rate``. Their size: ``norm``, or where that is None that
    of the last committed step (``source`` last), the median of the session's proposals (median), or the median of what
    would be proposed for ``prompts`` (prompt). They are tried on the present state, with ``on_base`` on the base.
    ``by_tag`` proposes limits for every tag too. ``seed`` None: the experiment's.
    """

    count: int = 200
    rate: float = 0.05
    norm: float | None = None
    source: NormSource = "last"
    prompts: tuple[str, ...] = ()
    on_base: bool = False
    by_tag: bool = False
    seed: int | None = None

    def check(self) -> None:
        """Raises InputError, in one sentence, where it cannot be carried out."""
        if not 1 <= self.count <= MOST:
            raise InputError(f"{self.count} null edits cannot be drawn; 1 to {MOST} can")
        if not 0 < self.rate < 1:
            raise InputError(f"the false-alarm rate is {self.rate:g}; it must lie between 0 and 1")
        if self.norm is not None and not 0 < self.norm < 1e6:
            raise InputError(f"the norm of the null edits is {self.norm:g}; it must be above 0 and below 1e6")
        if self.source not in NORM_SOURCES:
            raise InputError(f"the norm cannot be taken from '{self.source}'; there are {', '.join(NORM_SOURCES)}")
        if self.norm is None and self.source == "prompt" and not self.prompts:
            raise InputError("there is no prompt to take the norm from; give one, or a norm")
        check_count(self.count, self.rate)


@dataclass(frozen=True)
class Calibration:
    """What was measured, and the limits it proposes; ``joint_rate`` is the share of the measured null edits that any
    of these limits refuses."""

    samples: NullSamples
    rate: float
    limits: tuple[Proposed, ...]
    joint_rate: float

    def limit(self, metric: str, tag: str = "") -> Proposed:
        return next(found for found in self.limits if (found.tag, found.metric) == (tag, metric))

    def settings(self) -> dict[str, Any]:
        """The proposed limits over all probes by dotted key. Where none is proposed for tags, tags are not judged by
        these: they would be over them more often than the rate says."""
        values: dict[str, Any] = {f"immune.{p.key}": p.limit for p in self.limits if not p.tag}
        return values if any(p.tag for p in self.limits) else {**values, "immune.every_tag": False}

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "rate": self.rate,
            "joint_rate": self.joint_rate,
            "count": self.samples.count,
            "limits": [found.as_dict() for found in self.limits],
            **self.samples.as_dict(),
        }


def calibrate(
    engine: HeraEngine,
    plan: CalibrationPlan | None = None,
    progress: Progress = unwatched,
    known: NullSamples | None = None,
    on_samples: Callable[[NullSamples], None] = lambda samples: None,
) -> Calibration:
    """Measure null edits on the probes and propose limits. Nothing is recorded; the model is as before afterwards.

    Args:
        progress: told after every edit; it may raise Cancelled.
        known: what a run that was cancelled has measured already; the same edits are not measured again.
        on_samples: given what is measured so far a few times a second, and before a cancelled run ends.

    Raises:
        InputError: the plan cannot be carried out, or ``known`` was measured in another state or on other probes.
        Cancelled: ``progress`` said so.
    """
    plan = plan or CalibrationPlan()
    plan.check()
    samples = _measured(engine, plan, progress, known, on_samples)
    return calibration_of(samples, plan.rate, limits_of(engine.config, engine.immune.probe_set))


def calibration_of(samples: NullSamples, rate: float, present: Mapping[Key, float]) -> Calibration:
    """The limits that measured null edits propose at a rate; ``present`` are those in force, by (tag, metric).

    Raises:
        InputError: these are too few for the rate, or most of them broke the model.
    """
    limits = propose_limits(samples, rate, present)
    return Calibration(samples, rate, limits, samples.refused({(p.tag, p.metric): p.limit for p in limits}))


def _measured(
    engine: HeraEngine,
    plan: CalibrationPlan,
    progress: Progress,
    known: NullSamples | None,
    on_samples: Callable[[NullSamples], None],
) -> NullSamples:
    from .null_edits import NullEdits

    progress("finding the size of a step", 0.0)
    with NullEdits.standing(engine, plan) as edits:
        samples = _continued(edits.basis, known)
        told = time.monotonic()
        rows = [samples.row(number) for number in range(min(samples.count, plan.count))]
        try:
            while len(rows) < plan.count:
                done = len(rows)
                progress(f"measuring null edit {done + 1} of {plan.count}", done / plan.count)
                rows.append(edits.measure(done))
                if time.monotonic() - told > TELL_EVERY:
                    on_samples(NullSamples.of(edits.basis, rows))
                    told = time.monotonic()
        finally:
            on_samples(NullSamples.of(edits.basis, rows))
    progress("measured", 1.0)
    return NullSamples.of(edits.basis, rows)


def _continued(basis: NullBasis, known: NullSamples | None) -> NullSamples:
    if known is not None and known.basis != basis:
        raise InputError(
            "what was measured so far belongs to another state, size, seed or probe set; start the calibration anew"
        )
    return known or NullSamples(basis, dict.fromkeys(basis.keys, ()))


def limits_of(config: Config, probes: ProbeSet) -> dict[Key, float]:
    """The limits of a step that are in force: those of the configuration, and those of the tags."""
    groups = ("", *probes.tags) if config.immune.every_tag else ("",)
    limits = {(tag, metric): float(getattr(config.immune, key)) for tag in groups for key, metric in METRIC_OF.items()}
    for tag, given in probes.limits.items():
        limits.update({(tag, METRIC_OF[key]): value for key, value in given.step.items()})
    return limits


def apply_limits(engine: HeraEngine, calibration: Calibration) -> StateInfo:
    """Take the proposed limits into the session: one event, which can be undone. Limits of tags are kept in a copy of
    the probe file.

    Raises:
        InputError, MachineError, SessionError: they cannot be used or kept.
    """
    values = calibration.settings()
    tagged = [p for p in calibration.limits if p.tag]
    if tagged:
        probes = engine.immune.probe_set
        for found in tagged:
            given = probes.limits.get(found.tag, TagLimits()).with_limit("step", found.key, found.limit)
            probes = probes.with_limits(found.tag, given)
        values["immune.probes"] = str(seal_probes(probes, plain_name(engine.config.immune.probes)))
    return engine.configure(with_settings(engine.config, values))


def use_probes(engine: HeraEngine, probes: ProbeSet, name: str = "probes") -> StateInfo:
    """Measure the session on these probes from now on: one event, which can be undone.

    Raises:
        InputError, MachineError, SessionError: they cannot be used or kept.
    """
    path = seal_probes(probes, name)
    return engine.configure(with_settings(engine.config, {"immune.probes": str(path)}))
