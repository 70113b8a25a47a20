"""Engines for measuring: in a session that is thrown away."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .config import Config
from .hera import HeraEngine
from .model import LanguageModel
from .sae import FeatureReader


@contextmanager
def scratch_engine(model: LanguageModel, reader: FeatureReader | None, config: Config) -> Iterator[HeraEngine]:
    """An engine around a model that is in memory, with a session of its own, for the length of a ``with`` block."""
    with tempfile.TemporaryDirectory(prefix="hera-scratch-") as folder:
        engine = HeraEngine.around(model, reader, config, Path(folder) / "scratch.hera")
        try:
            yield engine
        finally:
            engine.close()
