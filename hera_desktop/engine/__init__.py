"""The engine: everything the program can do, without a window.

``HeraEngine`` is loaded on first use, so that importing a light module of the engine does not import torch.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .hera import HeraEngine

__all__ = ["HeraEngine"]

os.environ.setdefault("TQDM_DISABLE", "1")  # progress is reported by the engine's own callbacks


def __getattr__(name: str) -> Any:
    if name == "HeraEngine":
        from .hera import HeraEngine

        return HeraEngine
    raise AttributeError(name)
