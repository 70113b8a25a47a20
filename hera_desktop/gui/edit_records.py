"""What steering, editing by features, building an atlas and training an SAE tell the window: frozen records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

SteerSide = Literal["base", "edited", "steered"]
Level = Literal["safe", "warning", "reject"]


@dataclass(frozen=True)
class SteerPiece:
    """A piece of one of the three texts while it is generated."""

    side: SteerSide
    text: str


@dataclass(frozen=True)
class EditFeature:
    """A feature ticked for an edit. ``activation`` is at the last token of the text on the strip, None where it is not
    known; ``usual`` is its mean above zero as the atlas has it, None where there is no atlas."""

    id: int
    name: str = ""
    activation: float | None = None
    usual: float | None = None


@dataclass(frozen=True)
class ProposedEdit:
    """A change that was measured and not committed. ``metrics``: name -> {"step", "cumulative"}, None where a value is
    not finite; ``limits``: name -> {scope: (warning from, reject over)}; ``features``: (id, the activation that was
    used); ``state_hash`` is the state it was measured on, and the only one it can be committed to."""

    prompt: str
    level: Level
    reason: str
    worst_probe: str
    metrics: Mapping[str, Mapping[str, float | None]]
    limits: Mapping[str, Mapping[str, tuple[float, float]]]
    features: tuple[tuple[int, float], ...]
    strategy: str
    strength: float
    layers: tuple[int, ...]
    rank: int
    norm: float
    state_hash: str


@dataclass(frozen=True)
class EditDropped:
    """The proposal that waited is forgotten."""


@dataclass(frozen=True)
class AtlasBuilt:
    path: str


@dataclass(frozen=True)
class TrainingPoint:
    """How a training stands: ``tokens`` of ``total`` seen; loss, mean active features, explained variance and share of
    dead features on the last batch."""

    tokens: int
    total: int
    loss: float
    l0: float
    explained_variance: float
    dead: float
    tokens_per_second: float


@dataclass(frozen=True)
class SaeTrained:
    """A finished SAE lies in ``folder``."""

    folder: str
