"""The presets of the chat: settings laid over the configuration, below single settings that are given by name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from ..errors import InputError, nearest
from ..facts_config import FactsConfig
from ..places import shipped

PRESETS = ("working", "seed")


def preset_overlay(name: str) -> dict[str, Any]:
    """A tree of settings, ``{"facts": {...}}``. ``working``: every key of the section at its default; ``seed``: what
    ``configs/facts-seed.yaml`` holds, and no other key.

    Raises:
        InputError: the preset is unknown, or the shipped file is missing or damaged.
    """
    if name == "working":
        return {"facts": FactsConfig().model_dump(mode="json")}
    if name == "seed":
        return _read(shipped("configs", "facts-seed.yaml"))
    raise InputError(f"preset '{name}' is unknown; there are {' and '.join(PRESETS)}{nearest(name, PRESETS)}")


def _read(path: Path) -> dict[str, Any]:
    try:
        tree = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        tree = None
    if not isinstance(tree, dict) or not isinstance(tree.get("facts"), dict):
        raise InputError(f"preset file {path} is missing or damaged; it comes with the program and holds 'facts:'")
    return tree
