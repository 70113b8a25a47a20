"""Limits and the verdict they give."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from ..config import ImmuneConfig
from .comparison import Comparison
from .metrics import METRICS
from .probes import Probe, TagLimits

Level = Literal["safe", "warning", "reject"]
Scope = Literal["step", "cumulative"]
SCOPES: tuple[Scope, ...] = ("step", "cumulative")


Key = tuple[Scope, str, str]
"""What is judged: scope, metric, and the tag whose probes are looked at, or an empty text for all probes."""


@dataclass(frozen=True)
class Limits:
    """The limit of each judged metric, per scope, and the share of it where the warning starts; ``tags`` holds the
    limits that single tags have of their own, by (scope, metric, tag). With ``every_tag`` the limits over all probes
    hold for the probes of each other tag alone as well. Without ``enforce`` what is over a limit is only warned of."""

    reject: Mapping[tuple[Scope, str], float]
    warn_fraction: float
    tags: Mapping[Key, float] = field(default_factory=dict)
    every_tag: bool = False
    enforce: bool = True

    @classmethod
    def from_config(cls, config: ImmuneConfig, tag_limits: Mapping[str, TagLimits] | None = None) -> Limits:
        sources = {"step": config, "cumulative": config.cumulative}
        judged = [(name, metric.limit) for name, metric in METRICS.items() if metric.limit]
        reject = {(scope, name): getattr(sources[scope], key) for scope in SCOPES for name, key in judged}
        tags = {
            (scope, name, tag): getattr(given, scope)[key]
            for tag, given in (tag_limits or {}).items()
            for scope in SCOPES
            for name, key in judged
            if key in getattr(given, scope)
        }
        return cls(reject, config.warn_fraction, tags, config.every_tag, config.enforce)

    def bounds(self, tags: Collection[str]) -> dict[Key, float]:
        """Every limit where the probes have these tags, those over all probes first."""
        groups = ("", *tags) if self.every_tag else ("",)
        general = {(scope, name, tag): limit for tag in groups for (scope, name), limit in self.reject.items()}
        return {**general, **{key: limit for key, limit in self.tags.items() if key[2] in tags}}

    def table(self) -> dict[str, dict[str, tuple[float, float]]]:
        """``{metric: {scope: (warning from, reject over)}}``, of the limits over all probes."""
        found: dict[str, dict[str, tuple[float, float]]] = {}
        for (scope, name), limit in self.reject.items():
            found.setdefault(name, {})[scope] = (self.warn(scope, name), limit)
        return found

    def warn(self, scope: Scope, name: str) -> float:
        """Where the warning starts: ``warn_fraction`` of the way from the neutral value to the limit."""
        neutral = METRICS[name].neutral
        return neutral + self.warn_fraction * (self.reject[scope, name] - neutral)


def room_used(metric: str, value: float, limit: float) -> float:
    """How much of the way from neutral to a limit a measure has gone, below 0 where the change made it better; over 1
    it is over the limit, and infinite where it is not finite."""
    if not math.isfinite(value):
        return math.inf
    neutral = METRICS[metric].neutral
    room = limit - neutral
    return (value - neutral) / room if room > 0 else (math.inf if value > neutral else 0.0)


def measured_value(comparison: Comparison, name: str, tag: str) -> float:
    """A metric over the probes of a tag, or (empty text) over all."""
    return comparison.per_tag[tag][name] if tag else comparison.overall[name]


@dataclass(frozen=True)
class Verdict:
    """``metric`` (with ``scope``, ``value``, ``limit``) is the one nearest to or furthest over its limit, and
    ``worst_probe`` the text on which it is largest; ``tag`` names the probes it is over, empty for all of them;
    ``reason`` says all this in one sentence."""

    level: Level
    reason: str
    metric: str
    scope: Scope
    value: float
    limit: float
    worst_probe: str
    tag: str = ""

    @property
    def used(self) -> float:
        """How much of the way to its limit the measure has gone: the largest share of all measures."""
        return room_used(self.metric, self.value, self.limit)


def judge(step: Comparison, cumulative: Comparison, limits: Limits, probes: tuple[Probe, ...]) -> Verdict:
    """The verdict on a measured change: reject over a limit, warning from ``warn_fraction`` of it on, else safe.

    A measure that is not finite always rejects: there is no safe default. A tag without a probe among ``probes`` has
    nothing to judge.
    """
    compared = {"step": step, "cumulative": cumulative}
    bounds = limits.bounds(step.per_tag)
    values = {key: measured_value(compared[key[0]], *key[1:]) for key in bounds}
    used = {key: room_used(key[1], values[key], limit) for key, limit in bounds.items()}
    scope, name, tag = key = max(bounds, key=lambda one: (not math.isfinite(values[one]), used[one]))
    share = used[key]
    refused = share > 1 and (limits.enforce or not math.isfinite(values[key]))
    level: Level = "reject" if refused else "warning" if share >= limits.warn_fraction else "safe"
    tagged = [number for number, probe in enumerate(probes) if tag in probe.tags] if tag else None
    worst = probes[compared[scope].worst_text(name, tagged)].text
    reason = _reason(level, key, values[key], bounds[key], worst)
    return Verdict(level, reason, name, scope, values[key], bounds[key], worst, tag)


def _reason(level: Level, key: Key, value: float, limit: float, worst: str) -> str:
    scope, name, tag = key
    metric = METRICS[name]
    title = f"{metric.title} on the probes tagged '{tag}'" if tag else metric.title
    against = "the state before the step" if scope == "step" else "the base"
    short = worst if len(worst) <= 60 else worst[:57] + "..."
    if not math.isfinite(value):
        return f"rejected: {title} against {against} is not finite (worst probe: {short!r})"
    figures = f"{title} against {against} is {metric.written(value)}"
    bound = f"limit {limit:g}"
    if level == "reject":
        return f"rejected: {figures}, over the {bound} (worst probe: {short!r})"
    if level == "warning":
        over = room_used(name, value, limit) > 1
        where = f"over the {bound}, which is not enforced" if over else f"close to the {bound}"
        return f"warning: {figures}, {where} (worst probe: {short!r})"
    return f"safe: all measures are under their limits; nearest is {figures} of {bound}"
