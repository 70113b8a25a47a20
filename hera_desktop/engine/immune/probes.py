"""Reference probes: short texts on which every change is measured, and the limits of single tags.

A probe set is immutable; what edits one returns another. Nothing here imports torch.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from pydantic import ValidationError

from ..config import CumulativeConfig, ImmuneConfig
from ..errors import InputError, nearest

LIMIT_KEYS = tuple(CumulativeConfig.model_fields)
"""What a limit is called: the same keys for a step and against the base, overall and for a tag."""


@dataclass(frozen=True)
class Probe:
    """A text and what it stands for, such as prose, arithmetic, code, dialogue or fact.

    ``weight``: how much it counts in every mean, above 0. One that is not ``enabled`` is kept and not measured.
    """

    text: str
    tags: tuple[str, ...] = ()
    weight: float = 1.0
    enabled: bool = True


@dataclass(frozen=True)
class TagLimits:
    """Limits of one tag's probes by key (``LIMIT_KEYS``); what is not named has no limit of its own."""

    step: Mapping[str, float] = field(default_factory=dict)
    cumulative: Mapping[str, float] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.step or self.cumulative)

    def with_limit(self, scope: str, key: str, value: float | None) -> TagLimits:
        """Another value for ``scope`` (step or cumulative); None takes the limit away."""
        kept = {name: old for name, old in getattr(self, scope).items() if name != key}
        kept = kept if value is None else {**kept, key: value}
        return replace(self, **{scope: {name: kept[name] for name in LIMIT_KEYS if name in kept}})


@dataclass(frozen=True)
class ProbeSet:
    """Probes in order, and limits by tag."""

    probes: tuple[Probe, ...]
    limits: Mapping[str, TagLimits] = field(default_factory=dict)

    @property
    def enabled(self) -> tuple[Probe, ...]:
        return tuple(probe for probe in self.probes if probe.enabled)

    @property
    def tags(self) -> tuple[str, ...]:
        """Every tag in use, in the order of its first probe."""
        return tuple(dict.fromkeys(tag for probe in self.probes for tag in probe.tags))

    def check(self) -> ProbeSet:
        """Itself.

        Raises:
            InputError: a probe, weight or limit that cannot be used, a text that is there twice, none that is enabled,
                or limits for a tag that no probe has.
        """
        for number, probe in enumerate(self.probes, 1):
            check_probe(number, probe)
        text, times = Counter(probe.text for probe in self.probes).most_common(1)[0] if self.probes else ("", 0)
        if times > 1:
            first, second = [n for n, probe in enumerate(self.probes, 1) if probe.text == text][:2]
            raise InputError(f"probes {first} and {second} have the same text ({short(text)}); keep one of them")
        if not self.enabled:
            raise InputError("no probe is enabled; at least one has to be, or nothing is measured")
        for tag, limits in self.limits.items():
            if tag not in self.tags:
                raise InputError(f"there are limits for the tag '{tag}', which no probe has{nearest(tag, self.tags)}")
            check_limits(tag, limits)
        return self

    def with_probes(self, probes: Iterable[Probe]) -> ProbeSet:
        """Other probes; the limits of tags that are gone go with them."""
        changed = replace(self, probes=tuple(probes))
        return replace(changed, limits={tag: kept for tag, kept in self.limits.items() if tag in changed.tags})

    def with_limits(self, tag: str, limits: TagLimits) -> ProbeSet:
        """Other limits for a tag; empty ones take them away."""
        rest = {name: kept for name, kept in self.limits.items() if name != tag}
        chosen = {**rest, tag: limits} if limits else rest
        return replace(self, limits={name: chosen[name] for name in self.tags if name in chosen})

    def changed(self, numbers: Collection[int], **values: object) -> ProbeSet:
        """Other ``tags``, ``weight``, ``enabled`` or ``text`` for the probes with these numbers, from 1."""
        for number in numbers:
            if not 1 <= number <= len(self.probes):
                raise InputError(f"there is no probe {number}; there are 1 to {len(self.probes)}")
        return self.with_probes(
            replace(probe, **values) if number in numbers else probe for number, probe in enumerate(self.probes, 1)
        )

    def without(self, numbers: Collection[int]) -> ProbeSet:
        """The set without the probes with these numbers, from 1."""
        self.changed(numbers)
        return self.with_probes(probe for number, probe in enumerate(self.probes, 1) if number not in numbers)


def check_probe(number: int, probe: Probe) -> None:
    """Raises InputError where a probe's text, tags or weight cannot be used."""
    if not probe.text.strip():
        raise InputError(f"probe {number} has no text")
    if any(not tag.strip() or tag != tag.strip() or "," in tag for tag in probe.tags):
        raise InputError(f"probe {number} has the tags {list(probe.tags)}; a tag is a word without commas")
    if not (math.isfinite(probe.weight) and probe.weight > 0):
        raise InputError(f"probe {number} has the weight {probe.weight:g}; weights are above 0 (or disable the probe)")


def check_limits(tag: str, limits: TagLimits) -> None:
    """Raises InputError where a limit is unknown or out of the range that it has in the configuration."""
    for scope, model, given in (("step", ImmuneConfig, limits.step), ("base", CumulativeConfig, limits.cumulative)):
        for key, value in given.items():
            if key not in LIMIT_KEYS:
                hint = nearest(key, LIMIT_KEYS) or f"; there are {', '.join(LIMIT_KEYS)}"
                raise InputError(f"tag '{tag}' has the unknown limit '{key}'{hint}")
            try:
                model.model_validate({key: value}, strict=True)
            except ValidationError as error:
                reason = error.errors()[0]["msg"]
                against = "" if scope == "step" else " against the base"
                raise InputError(
                    f"tag '{tag}' has the limit {key} {value!r}{against}: {reason[0].lower()}{reason[1:]}"
                ) from None


def read_tags(text: str) -> tuple[str, ...]:
    """Tags as a person types them: ``code, short``."""
    return tuple(dict.fromkeys(tag.strip() for tag in text.split(",") if tag.strip()))


def short(text: str, length: int = 60) -> str:
    """A text in quotes, cut to ``length`` characters, in one line."""
    return repr(text if len(text) <= length else text[: length - 3] + "...")
