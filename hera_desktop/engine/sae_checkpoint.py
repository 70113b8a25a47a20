"""Where an unfinished SAE training keeps itself; without torch, so that the window can ask as well."""

from __future__ import annotations

import shutil
from pathlib import Path

CHECKPOINT = "checkpoint"
PROGRESS = "progress.json"


def checkpoint_in(folder: Path) -> Path | None:
    """The whole checkpoint in a training's folder. ``progress.json`` is written last, so its presence says whole; a
    training that was killed while it put a new checkpoint in the place of the old one left the new one beside it."""
    places = (folder / CHECKPOINT, _beside(folder))
    return next((place for place in places if (place / PROGRESS).is_file()), None)


def new_checkpoint(folder: Path) -> Path:
    """An empty folder to write the next checkpoint into; ``keep_checkpoint`` puts it in its place."""
    if not (folder / CHECKPOINT / PROGRESS).is_file() and checkpoint_in(folder):
        keep_checkpoint(folder)  # the only whole one
    shutil.rmtree(_beside(folder), ignore_errors=True)
    _beside(folder).mkdir(parents=True)
    return _beside(folder)


def keep_checkpoint(folder: Path) -> None:
    """The new checkpoint takes the old one's place."""
    shutil.rmtree(folder / CHECKPOINT, ignore_errors=True)
    _beside(folder).rename(folder / CHECKPOINT)


def drop_checkpoints(folder: Path) -> None:
    for place in (folder / CHECKPOINT, _beside(folder)):
        shutil.rmtree(place, ignore_errors=True)


def _beside(folder: Path) -> Path:
    return folder / f"{CHECKPOINT}.new"
