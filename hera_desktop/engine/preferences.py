"""The user's own defaults: the settings that new sessions begin with, kept in a small YAML file."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from .config import Config, flatten, load_config
from .errors import InputError, MachineError, one_line
from .places import data_folder

HEADING = "# Your own defaults, where they differ from the built-in ones; the window's Preferences write this.\n"


def preferences_file() -> Path:
    """Where the preferences lie, in the user's data folder; ``HERA_DATA_HOME`` moves it."""
    return data_folder() / "preferences.yaml"


def load_preferences() -> dict[str, Any]:
    """The sections and keys that the user has set; empty where there is no file.

    Raises:
        InputError: a file that cannot be read, or holds a key or value that cannot be used, in one sentence.
    """
    path = preferences_file()
    if not path.exists():
        return {}
    try:
        load_config(path, environment={})
    except InputError as error:
        raise InputError(f"preferences {path} cannot be used: {error}") from None
    return yaml.safe_load(path.read_text(encoding="utf-8")) or {}


def save_preferences(config: Config) -> tuple[str, ...]:
    """Make a configuration the user's default; returns the dotted keys that were written, which are those that differ
    from the built-in defaults. The file is replaced as a whole or not at all.

    Raises:
        MachineError: the file cannot be written.
    """
    built_in, mine = flatten(Config().model_dump(mode="json")), flatten(config.model_dump(mode="json"))
    changed = {key: value for key, value in mine.items() if key not in built_in or value != built_in[key]}
    tree = _tree(changed)
    text = HEADING + (yaml.safe_dump(tree, sort_keys=False, allow_unicode=True) if tree else "")
    path = preferences_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, text)
    except OSError as error:
        raise MachineError(f"preferences {path} cannot be written: {one_line(error)}") from None
    return tuple(changed)


def _tree(flat: Mapping[str, Any]) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for dotted, value in flat.items():
        *sections, key = dotted.split(".")
        node = tree
        for section in sections:
            node = node.setdefault(section, {})
        node[key] = value
    return tree


def _replace(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with open(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(name, path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
