"""What the probe editor asks of the model thread: the session's probes, others, null edits, and limits from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hera_desktop.engine.calibration import (
    Calibration,
    CalibrationPlan,
    apply_limits,
    calibrate,
    limits_of,
    use_probes,
)
from hera_desktop.engine.immune.probe_files import load_probes
from hera_desktop.engine.immune.probes import ProbeSet
from hera_desktop.engine.null_statistics import Key, NullSamples

from .i18n import mark
from .requests import Bench, Report, Request

IMPORTS = "from hera_desktop.engine.calibration import"


@dataclass(frozen=True)
class ProbesInUse:
    """What the session is measured on: its probe file (None: the shipped one), the probes and limits in it, the
    limits of a step and against the base that the configuration gives, and whether these hold for every tag too."""

    path: str | None
    probes: ProbeSet
    limits: Mapping[Key, float]
    base_limits: Mapping[str, float]
    every_tag: bool = True


@dataclass(frozen=True)
class LimitsApplied:
    """``values``: the new settings by dotted key; ``tags``: those that got limits of their own."""

    values: Mapping[str, Any]
    tags: tuple[str, ...]


@dataclass(frozen=True)
class ReadProbesRequest(Request):
    """The probes that the session is measured on."""

    name = mark("Reading the probes")
    quiet = True
    looks = True

    def run(self, bench: Bench, report: Report) -> ProbesInUse:
        return probes_in_use(bench)


def probes_in_use(bench: Bench) -> ProbesInUse:
    config = bench.need().config
    immune, probes = config.immune, load_probes(config.immune.probes)
    base_limits = immune.cumulative.model_dump(mode="json")
    return ProbesInUse(immune.probes, probes, limits_of(config, probes), base_limits, immune.every_tag)


@dataclass(frozen=True)
class ConfigureProbesRequest(Request):
    """Measure the session on these probes from now on, with the limits of their tags; ``file`` names the set. The
    session gets a copy that never changes. It is an event, so undo takes it back."""

    probes: ProbeSet
    file: str = "probes"

    name = mark("Taking the probes into the session")

    def run(self, bench: Bench, report: Report) -> ProbesInUse:
        report.progress("measuring nothing yet")
        use_probes(bench.need(), self.probes, self.file)
        bench.judged = None  # what waits was judged on other probes
        return probes_in_use(bench)

    def python(self, record: ProbesInUse) -> str:
        return f"engine.configure(with_settings(engine.config, { ({'immune.probes': record.path})!r}))"


@dataclass(frozen=True)
class CalibrateRequest(Request):
    """Measure null edits and propose limits; ``known`` is what a run that was cancelled has measured. Sends
    NullSamples. Nothing is recorded."""

    plan: CalibrationPlan
    known: NullSamples | None = None

    name = mark("Calibrating")
    looks = True

    def run(self, bench: Bench, report: Report) -> Calibration:
        return calibrate(bench.need(), self.plan, report.progress, self.known, report.partial)

    def python(self, record: Calibration) -> str:
        default = CalibrationPlan()
        given = {key: value for key, value in vars(self.plan).items() if value != getattr(default, key)}
        arguments = ", ".join(f"{key}={value!r}" for key, value in given.items())
        return f"{IMPORTS} CalibrationPlan, calibrate; calibration = calibrate(engine, CalibrationPlan({arguments}))"


@dataclass(frozen=True)
class ApplyLimitsRequest(Request):
    """Take proposed limits into the session: an event, so undo takes it back."""

    calibration: Calibration

    name = mark("Applying the limits")

    def run(self, bench: Bench, report: Report) -> LimitsApplied:
        report.progress("writing them to the session")
        apply_limits(bench.need(), self.calibration)
        bench.judged = None
        found = self.calibration.limits
        return LimitsApplied(self.calibration.settings(), tuple(dict.fromkeys(p.tag for p in found if p.tag)))

    def python(self, record: LimitsApplied) -> str:
        if record.tags:
            return f"{IMPORTS} apply_limits; apply_limits(engine, calibration)"
        return f"engine.configure(with_settings(engine.config, {dict(record.values)!r}))"
