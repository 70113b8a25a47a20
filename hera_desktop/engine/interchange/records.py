"""What is written and what is read: frozen records."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from ..patches import Patch

Format = Literal["hera", "peft", "merged"]
FORMATS: dict[Format, str] = {
    "hera": "safetensors and JSON of our own: every patch by itself, with where it came from",
    "peft": "a PEFT LoRA adapter that transformers and peft load without this program",
    "merged": "a whole checkpoint with the change added to its weights",
}


@dataclass(frozen=True)
class Exported:
    """What was written. ``lost``: for a merged checkpoint, the largest share of one matrix's change that its number
    format rounds away (0 where nothing is), None for the other formats."""

    format: Format
    path: str
    patches: tuple[str, ...]
    state_hash: str
    files: tuple[str, ...]
    lost: float | None = None

    @property
    def loss_matters(self) -> bool:
        """Whether the loss is worth a word: in float32 it is nothing but the last digit."""
        return self.lost is not None and self.lost > 1e-4

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Origin:
    """The base a file was made on; an empty fingerprint where the file does not say."""

    name: str
    fingerprint: str = ""


@dataclass(frozen=True, eq=False)
class StoredPatch:
    """A patch of a file, under the name it had there, and the prompt it was made with ("" where unknown)."""

    name: str
    prompt: str
    patch: Patch


@dataclass(frozen=True, eq=False)
class PatchFile:
    """What a file holds."""

    path: str
    format: Format
    origin: Origin
    patches: tuple[StoredPatch, ...]


@dataclass(frozen=True)
class FileSummary:
    """What a file holds, in plain values; ``foreign``: it was made on another base than the session's, or does not say
    on which; ``misfit``: why its patches do not fit this model, "" where they do."""

    path: str
    format: Format
    base: str
    base_fingerprint: str
    patches: tuple[tuple[str, tuple[int, ...], int, float], ...]
    foreign: bool
    misfit: str
