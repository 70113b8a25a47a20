"""What comparing two states finds: frozen records of plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from .text_difference import Difference


@dataclass(frozen=True)
class ComparedState:
    """One side. ``name`` is what was asked for ("base", "now", a patch), ``active`` the patches in order."""

    name: str
    state_hash: str
    active: tuple[str, ...]


@dataclass(frozen=True)
class SettingDifference:
    """A setting that the patches of only one side, or of both, were made with: its values on each."""

    key: str
    a: tuple[Any, ...]
    b: tuple[Any, ...]


@dataclass(frozen=True)
class MatrixChange:
    """One edited matrix: ||dW_a||, ||dW_b|| and ||dW_b - dW_a||, Frobenius norms over ||W||."""

    layer: int
    component: str
    a: float
    b: float
    difference: float


@dataclass(frozen=True)
class ProbeDifference:
    """A probe's measures, b against a; None where a value is not finite."""

    text: str
    tags: tuple[str, ...]
    metrics: Mapping[str, float | None]


@dataclass(frozen=True)
class TokenDifference:
    """A next token's probability in each state."""

    token: str
    a: float
    b: float


@dataclass(frozen=True)
class FeatureDifference:
    """A feature's largest activation on the text in each state, the first token left out. ``name`` is the user's, else
    the atlas's; empty where it has none."""

    feature: int
    a: float
    b: float
    name: str = ""


@dataclass(frozen=True)
class StateComparison:
    """Two states of the model, b against a.

    ``only_a``, ``only_b``, ``common``: patches; ``reordered``: those in common are in another order. ``metrics``: over
    the probes, None where a value is not finite; ``probes``: furthest from neutral first. ``next_tokens``: the most
    probable of either state; ``features``: largest change first, with ``features_note`` saying why there are none or
    why none can differ; ``texts``: both continuations, ``differences`` between them.
    """

    a: ComparedState
    b: ComparedState
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]
    common: tuple[str, ...]
    reordered: bool
    settings: tuple[SettingDifference, ...]
    matrices: tuple[MatrixChange, ...]
    metrics: Mapping[str, float | None]
    probes: tuple[ProbeDifference, ...]
    prompt: str
    text: str
    next_tokens: tuple[TokenDifference, ...]
    features: tuple[FeatureDifference, ...]
    features_note: str
    texts: tuple[str, str]
    differences: tuple[Difference, ...]

    @property
    def equal(self) -> bool:
        """Whether both are the same state."""
        return self.a.state_hash == self.b.state_hash

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {**asdict(self), "equal": self.equal}
