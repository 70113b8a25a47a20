"""Imports the engine's libraries on the model thread without holding up the window.

``import torch`` loads shared libraries of several hundred megabytes and runs their initialisers while it holds
Python's lock, so the window stands still. Those that know nothing of Python are loaded here first, by a foreign
function, which gives the lock away; the import then finds them loaded.
"""

from __future__ import annotations

import ctypes
import importlib
import importlib.util
import logging
import os
import sys
from pathlib import Path

from hera_desktop.engine.progress import Progress

from .garbage import importing

log = logging.getLogger(__name__)

MODULES = ("torch", "transformers", "transformer_lens", "sae_lens", "peft", "hera_desktop.engine.hera")
PRELOADED = ("c10", "torch_cpu")
"""In the order in which they need one another; those that need Python or a GPU's libraries are left to the import."""


def import_engine(progress: Progress) -> None:
    """Import what the engine needs; ``progress`` is told between the libraries and may raise Cancelled."""
    with importing():
        progress("importing the libraries", 0.0)
        if "torch" not in sys.modules:
            _preload(_library_folder())
        for number, name in enumerate(MODULES):
            progress(f"importing the libraries: {name.partition('.')[0]}", number / len(MODULES))
            importlib.import_module(name)


def _library_folder() -> Path | None:
    """Where torch keeps its shared libraries, found without importing it."""
    spec = importlib.util.find_spec("torch")
    return Path(spec.origin).parent / "lib" if spec is not None and spec.origin else None


def _preload(folder: Path | None) -> None:
    """Best effort: what is not loaded here is loaded by the import, only less smoothly."""
    if folder is None or os.name != "posix":
        return
    suffix = "dylib" if sys.platform == "darwin" else "so"
    dlopen = ctypes.CDLL(None).dlopen
    dlopen.restype, dlopen.argtypes = ctypes.c_void_p, (ctypes.c_char_p, ctypes.c_int)
    for name in PRELOADED:
        path = folder / f"lib{name}.{suffix}"
        if path.exists() and not dlopen(os.fsencode(path), os.RTLD_NOW | os.RTLD_GLOBAL):
            log.info("%s was not loaded in advance", path)
