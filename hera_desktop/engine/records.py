"""What engine calls return: small frozen records of what was found or changed, made of plain values."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from .immune.comparison import Comparison
from .immune.metrics import METRICS
from .immune.verdict import Verdict
from .model import ModelInfo
from .sae import Feature, SaeInfo

TokenProbability = tuple[str, float]


@dataclass(frozen=True)
class Effect:
    """What a step did to its own prompt: mean surprise in nats, the strongest next tokens, and the chosen features'
    activations at the last token (``{id: (before, after)}``)."""

    prompt_nll: tuple[float, float]
    next_tokens: tuple[tuple[TokenProbability, ...], tuple[TokenProbability, ...]]
    features: Mapping[int, tuple[float, float]]


@dataclass(frozen=True)
class EvolveResult:
    """One step. Truthy when committed; ``status`` is committed, warning (committed with one) or rejected.

    ``metrics``: name -> {"step", "cumulative"} over the probes; ``prompt_metrics``: the same on the prompt;
    ``probe_metrics``: name -> one value per probe, for the step; ``tag_metrics``: tag -> what ``metrics`` is, of the
    judged ones. ``verdict`` is None where nothing could be proposed.
    """

    step: int
    status: str
    patch_id: str | None
    state_hash: str
    prompt: str
    reason: str
    verdict: Verdict | None
    metrics: Mapping[str, Mapping[str, float | None]]
    prompt_metrics: Mapping[str, Mapping[str, float | None]]
    probe_metrics: Mapping[str, tuple[float | None, ...]]
    features: tuple[Feature, ...]
    effect: Effect | None
    strategy: str
    layers: tuple[int, ...]
    rank: int
    norm: float
    seconds: float
    tag_metrics: Mapping[str, Mapping[str, Mapping[str, float | None]]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self.status != "rejected"

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self)


@dataclass(frozen=True)
class StateChange:
    """A move along the timeline: what was done, and the state that stands now.

    Where undo or redo went over a change of words or settings, ``kind`` is that change's (note, tag, rename, label or
    configure) and the state is as it was. ``what`` says in words what was undone or redone, such as "the note on p3".
    """

    kind: str
    patch_id: str | None
    state_hash: str
    active: tuple[str, ...]
    what: str = ""


@dataclass(frozen=True)
class StateInfo:
    """What is being held: model, SAE if it has one, state and what could be undone. ``undo_words`` and ``redo_words``
    name it, such as "the revert of p2"; ``read_only_reason`` says why the session can only be read, where it can;
    ``every_tag``: the limits hold for the probes of each tag as well."""

    model: ModelInfo
    sae: SaeInfo | None
    session: str
    state_hash: str
    active: tuple[str, ...]
    can_undo: bool
    can_redo: bool
    notices: tuple[str, ...]
    limits: Mapping[str, Mapping[str, tuple[float, float]]]
    probes: tuple[str, ...]
    read_only: bool = False
    read_only_reason: str = ""
    undo_words: str = ""
    redo_words: str = ""
    every_tag: bool = False


@dataclass(frozen=True)
class Verification:
    """``faults`` is empty when the session is whole; the digest is over the probes' logits in the present state."""

    faults: tuple[str, ...]
    state_hash: str
    active: tuple[str, ...]
    probe_logits_sha256: str | None


@dataclass(frozen=True)
class TokenFeatures:
    """The strongest features at one token of a text."""

    position: int
    token: str
    features: tuple[Feature, ...]


def plain_metrics(step: Comparison, cumulative: Comparison) -> dict[str, dict[str, float | None]]:
    """``{metric: {"step": value, "cumulative": value}}``; None where a value is not finite."""
    return {
        name: {"step": _finite(step.overall[name]), "cumulative": _finite(cumulative.overall[name])} for name in METRICS
    }


def plain_probes(step: Comparison) -> dict[str, tuple[float | None, ...]]:
    """One value per probe, to six significant digits, of the metrics that are judged."""
    judged = [name for name, metric in METRICS.items() if metric.limit]
    return {name: tuple(_rounded(value) for value in step.per_text[name]) for name in judged}


def plain_tags(step: Comparison, cumulative: Comparison) -> dict[str, dict[str, dict[str, float | None]]]:
    """``{tag: {metric: {"step": value, "cumulative": value}}}`` of the metrics that are judged."""
    return {
        tag: {
            name: {"step": _rounded(value), "cumulative": _rounded(cumulative.per_tag[tag][name])}
            for name, value in values.items()
        }
        for tag, values in step.per_tag.items()
    }


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _rounded(value: float) -> float | None:
    return float(f"{value:.6g}") if math.isfinite(value) else None
