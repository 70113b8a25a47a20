"""What the model thread tells the features workspace: frozen records of plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hera_desktop.engine.atlas.records import FeatureOnText, Label, PatchAlong
    from hera_desktop.engine.sae import SaeInfo


@dataclass(frozen=True)
class FeaturesOpened:
    """The loaded SAE (None where the model has none), the file of its atlas (None where there is none yet), what the
    session says of its features, and the configured largest density."""

    sae: SaeInfo | None
    atlas: str | None
    labels: tuple[Label, ...]
    max_density: float


@dataclass(frozen=True)
class FeaturePageText:
    """One feature on a text in the base and as edited now, and the active patches that wrote along it."""

    on_text: FeatureOnText
    along: tuple[PatchAlong, ...]


@dataclass(frozen=True)
class ImportedLabels:
    """``count`` names came from a file; ``labels`` are all that the session has now."""

    count: int
    labels: tuple[Label, ...]
