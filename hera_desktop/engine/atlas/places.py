"""Where an SAE's atlas lies: beside the SAE, or in the user's data folder where that cannot be written."""

from __future__ import annotations

import os
from pathlib import Path

from ..errors import HeraError
from ..places import data_folder, shipped
from .store import Atlas

FILE = "atlas.sqlite"


def find_atlas(folder: Path | None, fingerprint: str) -> Path | None:
    """The atlas made for the SAE of this fingerprint, or None; ``folder`` is the SAE's own, where it has one.

    One the user built comes before the one that was shipped. A file that is damaged, or was made for other weights,
    counts as none: building writes a new one in its place.
    """
    places = [atlas_target(folder, fingerprint)]
    if folder is not None:
        places.append(folder / FILE)
    places.append(_in_data_folder(fingerprint))
    return next((place for place in dict.fromkeys(places) if _fits(place, fingerprint)), None)


def atlas_target(folder: Path | None, fingerprint: str) -> Path:
    """Where a new atlas goes: into the SAE's own folder unless that is shipped or cannot be written."""
    if folder is None or _is_shipped(folder) or not os.access(folder, os.W_OK):
        return _in_data_folder(fingerprint)
    return folder / FILE


def _in_data_folder(fingerprint: str) -> Path:
    return data_folder() / "atlases" / f"{fingerprint[:16]}.sqlite"


def _is_shipped(folder: Path) -> bool:
    return folder.resolve().is_relative_to(shipped("resources").resolve())


def _fits(place: Path, fingerprint: str) -> bool:
    if not place.is_file():
        return False
    try:
        with Atlas.open(place) as atlas:
            return atlas.info.sae_fingerprint == fingerprint
    except HeraError:
        return False
