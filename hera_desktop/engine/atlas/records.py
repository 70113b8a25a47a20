"""What an atlas says: frozen records of plain values, made without torch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

NameSource = Literal["auto", "user", "import"]


@dataclass(frozen=True)
class AtlasInfo:
    """Whose features these are, and the text they were seen on: ``tokens`` of it, first positions left out."""

    sae_name: str
    sae_fingerprint: str
    model_name: str
    hook_name: str
    d_sae: int
    tokens: int
    text: str
    neuronpedia_id: str | None = None


@dataclass(frozen=True)
class TokenLogit:
    """A token of the vocabulary and what the feature's unit direction adds to its logit."""

    token: str
    logit: float


@dataclass(frozen=True)
class Neighbour:
    """Another feature and how near it is: decoder cosine, or share of its tokens on which both fire."""

    id: int
    value: float


@dataclass(frozen=True)
class Example:
    """A piece of text around the token where the feature fires most: ``activations[i]`` belongs to ``tokens[i]``."""

    tokens: tuple[str, ...]
    activations: tuple[float, ...]
    peak: int

    @property
    def activation(self) -> float:
        return self.activations[self.peak]


@dataclass(frozen=True)
class ExampleRange:
    """Contexts whose peak lies between ``low`` and ``high``; ``label`` is shown on the tab."""

    label: str
    low: float
    high: float
    examples: tuple[Example, ...]


@dataclass(frozen=True)
class Histogram:
    """Activations above zero: ``counts[i]`` of them lie between ``edges[i]`` and ``edges[i + 1]``."""

    edges: tuple[float, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True)
class FeaturePage:
    """Everything the atlas knows of one feature. ``density`` is the share of tokens it fires on; ``mean`` and ``max``
    are of its activations above zero (norm of what it writes). A feature that never fired has neither ranges nor
    histogram counts."""

    id: int
    auto_name: str
    density: float
    mean: float
    max: float
    histogram: Histogram
    ranges: tuple[ExampleRange, ...]
    positive: tuple[TokenLogit, ...]
    negative: tuple[TokenLogit, ...]
    neighbours: tuple[Neighbour, ...]
    coactive: tuple[Neighbour, ...]

    @property
    def dead(self) -> bool:
        return self.density == 0


@dataclass(frozen=True)
class Label:
    """What the user (or an import) says of a feature; kept in the session. An empty name is none."""

    feature: int
    name: str = ""
    note: str = ""
    pinned: bool = False
    source: NameSource = "user"


@dataclass(frozen=True)
class PatchAlong:
    """An active patch and how much of what it writes on a block lies along a feature's direction:
    ``share = ||d^T U V^T|| / ||U V^T||_F`` (0..1)."""

    patch_id: str
    layers: tuple[int, ...]
    share: float


@dataclass(frozen=True)
class TextFeatures:
    """The features of every token of a text: ``ids[i]`` and ``values[i]`` are those of token ``i``, strongest first.
    Position 0, the attention sink, has none."""

    text: str
    tokens: tuple[str, ...]
    ids: tuple[tuple[int, ...], ...]
    values: tuple[tuple[float, ...], ...]

    def of(self, feature: int) -> tuple[float, ...]:
        """One feature's activation at every token, 0 where it is not among the kept ones."""
        pairs: Sequence[dict[int, float]] = [
            dict(zip(ids, values, strict=True)) for ids, values in zip(self.ids, self.values, strict=True)
        ]
        return tuple(found.get(feature, 0.0) for found in pairs)


@dataclass(frozen=True)
class FeatureOnText:
    """One feature on a text: its activation at every token in the base and in the model as it is edited now."""

    feature: int
    text: str
    tokens: tuple[str, ...]
    base: tuple[float, ...]
    edited: tuple[float, ...]
    state_hash: str

    @property
    def differs(self) -> bool:
        return self.base != self.edited


@dataclass(frozen=True)
class Steering:
    """A preview of steering: three continuations of a prompt. ``identity`` is the largest absolute difference of the
    prompt's logits between the edited model and the same model steered at strength 0; it must be exactly 0."""

    prompt: str
    feature: int
    strength: float
    base: str
    edited: str
    steered: str
    identity: float
