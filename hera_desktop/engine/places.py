"""Where things lie: what is shipped with the program, and the user's own folders."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

APP = "hera-desktop"
_PACKAGE = Path(__file__).resolve().parents[1]


def shipped(*parts: str) -> Path:
    """A file or folder that comes with the program, such as ``shipped("resources", "models.yaml")``.

    A checkout keeps them beside the package, an installed wheel below the environment's ``share`` folder.
    """
    beside = _PACKAGE.parent / Path(*parts)
    return beside if beside.exists() else Path(sys.prefix, "share", APP, *parts)


def data_folder() -> Path:
    """The user's data folder (models); ``HERA_DATA_HOME`` moves it."""
    home = os.environ.get("HERA_DATA_HOME")
    return Path(home) if home else platformdirs.user_data_path(APP)


def cache_folder() -> Path:
    """The user's cache folder; ``HERA_CACHE_HOME`` moves it."""
    home = os.environ.get("HERA_CACHE_HOME")
    return Path(home) if home else platformdirs.user_cache_path(APP)


def statistics_folder() -> Path:
    """Where what was measured on a model is kept, until somebody clears it; ``HERA_CACHE_HOME`` moves it."""
    return cache_folder() / "statistics"


def compiled_folder() -> Path:
    """Where what was compiled for this machine is kept; ``HERA_CACHE_HOME`` moves it."""
    return cache_folder() / "compiled"


def log_file() -> Path:
    return platformdirs.user_log_path(APP) / "hera.log"
