"""The engine: everything the program can do, without a window.

``HeraEngine`` is loaded on first use, so that importing a light module of the engine does not import torch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .hera import HeraEngine

__all__ = ["HeraEngine"]


def __getattr__(name: str) -> Any:
    if name == "HeraEngine":
        from .hera import HeraEngine

        return HeraEngine
    raise AttributeError(name)
