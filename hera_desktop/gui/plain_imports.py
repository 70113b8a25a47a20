"""Gives Python its own import back after PySide6 has put another in its place.

PySide6 reads the source of every module that is imported after it, from then on and in every thread, to see whether it
asks for Qt's names in another spelling. Nothing here does. For the engine's five thousand modules that is a quarter of
the time that their import takes, and 80 MB of source text that stays in memory.

WORKAROUND https://github.com/napari/napari/issues/8584 (the same seen there).
"""

from __future__ import annotations

import builtins
import linecache

import PySide6.QtCore  # noqa: F401  puts its own import in place the first time


def restore_import() -> None:
    """Once PySide6.QtCore is loaded; does nothing where PySide6 no longer keeps the import that it replaced."""
    kept = getattr(builtins, "__orig_import__", None)
    if callable(kept):
        builtins.__import__ = kept
        linecache.clearcache()
