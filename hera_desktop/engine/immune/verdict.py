"""Limits and the verdict they give."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ..config import ImmuneConfig
from .comparison import Comparison
from .metrics import METRICS
from .probes import Probe

Level = Literal["safe", "warning", "reject"]
Scope = Literal["step", "cumulative"]
SCOPES: tuple[Scope, ...] = ("step", "cumulative")


@dataclass(frozen=True)
class Limits:
    """The limit of each judged metric, per scope, and the share of it where the warning starts."""

    reject: Mapping[tuple[Scope, str], float]
    warn_fraction: float

    @classmethod
    def from_config(cls, config: ImmuneConfig) -> Limits:
        sources = {"step": config, "cumulative": config.cumulative}
        judged = [(name, metric.limit) for name, metric in METRICS.items() if metric.limit]
        reject = {(scope, name): getattr(sources[scope], key) for scope in SCOPES for name, key in judged}
        return cls(reject, config.warn_fraction)

    def warn(self, scope: Scope, name: str) -> float:
        """Where the warning starts: ``warn_fraction`` of the way from the neutral value to the limit."""
        neutral = METRICS[name].neutral
        return neutral + self.warn_fraction * (self.reject[scope, name] - neutral)


@dataclass(frozen=True)
class Verdict:
    """``metric`` (with ``scope``, ``value``, ``limit``) is the one nearest to or furthest over its limit, and
    ``worst_probe`` the text on which it is largest; ``reason`` says all this in one sentence."""

    level: Level
    reason: str
    metric: str
    scope: Scope
    value: float
    limit: float
    worst_probe: str


def judge(step: Comparison, cumulative: Comparison, limits: Limits, probes: tuple[Probe, ...]) -> Verdict:
    """The verdict on a measured change: reject over a limit, warning from ``warn_fraction`` of it on, else safe.

    A measure that is not finite rejects: there is no safe default.
    """
    compared = {"step": step, "cumulative": cumulative}

    def used(key: tuple[Scope, str]) -> float:
        """How much of the way from neutral to the limit is used."""
        scope, name = key
        value, neutral = compared[scope].overall[name], METRICS[name].neutral
        if not math.isfinite(value):
            return math.inf
        room = limits.reject[key] - neutral
        return (value - neutral) / room if room > 0 else (math.inf if value > neutral else 0.0)

    scope, name = key = max(limits.reject, key=used)
    share = used(key)
    level: Level = "reject" if share > 1 else "warning" if share >= limits.warn_fraction else "safe"
    value, limit = compared[scope].overall[name], limits.reject[key]
    worst = probes[compared[scope].worst_text(name)].text
    return Verdict(level, _reason(level, scope, name, value, limit, worst), name, scope, value, limit, worst)


def _reason(level: Level, scope: Scope, name: str, value: float, limit: float, worst: str) -> str:
    metric = METRICS[name]
    against = "the state before the step" if scope == "step" else "the base"
    short = worst if len(worst) <= 60 else worst[:57] + "..."
    if not math.isfinite(value):
        return f"rejected: {metric.title} against {against} is not finite (worst probe: {short!r})"
    figures = f"{metric.title} against {against} is {value:.{metric.digits}f} {metric.unit}"
    bound = f"limit {limit:g}"
    if level == "reject":
        return f"rejected: {figures}, over the {bound} (worst probe: {short!r})"
    if level == "warning":
        return f"warning: {figures}, close to the {bound} (worst probe: {short!r})"
    return f"safe: all measures are under their limits; nearest is {figures} of {bound}"
