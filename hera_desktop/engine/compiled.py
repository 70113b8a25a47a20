"""Functions in C, compiled once for the processor that runs them; where there is no compiler, there are none."""

from __future__ import annotations

import ctypes
import hashlib
import logging
import os
import platform
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from .places import compiled_folder

log = logging.getLogger(__name__)

COMPILERS = ("cc", "gcc", "clang")
FLAGS = (
    "-O3",
    "-std=gnu11",
    "-fPIC",
    "-shared",
    "-fopenmp",  # on Linux the threads are those of torch
    "-ffp-contract=fast",
    # sums in any order, and numbers that are not finite as usual
    "-fno-math-errno",
    "-fno-trapping-math",
    "-fno-signed-zeros",
    "-fassociative-math",
)
LONGEST = 60
"""Seconds that a compiler may take."""


@cache
def library(source: Path) -> ctypes.CDLL | None:
    """The functions of a C file. It is compiled where that has not been done for such a processor; None where it cannot
    be compiled or loaded."""
    compiler = next(filter(None, map(shutil.which, COMPILERS)), None)
    if compiler is None:
        log.info("%s is not compiled: there is no C compiler", source.name)
        return None
    try:
        return ctypes.CDLL(str(_compiled(source, [compiler, *FLAGS, *_for_this_processor()])))
    except subprocess.SubprocessError as error:
        said = getattr(error, "stderr", None) or str(error)
        log.info("%s cannot be compiled: %s", source.name, said.strip().splitlines()[0])
    except OSError as error:
        log.info("%s is not compiled: %s", source.name, error)
    return None


def _compiled(source: Path, command: list[str]) -> Path:
    made_of = "\n".join([*command, _processor(), source.read_text(encoding="utf-8")])
    target = compiled_folder() / f"{source.stem}-{hashlib.sha256(made_of.encode()).hexdigest()[:16]}.so"
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            made = Path(folder, target.name)
            command = [*command, str(source), "-o", str(made), "-lm"]
            subprocess.run(command, check=True, capture_output=True, text=True, timeout=LONGEST)
            os.replace(made, target)  # whole, also where two processes compile at once
    return target


def _processor() -> str:
    """What the processor can do: instructions that it does not know would end the program."""
    told = Path("/proc/cpuinfo")
    if not told.exists():
        return platform.processor()
    lines = told.read_text(encoding="utf-8", errors="replace").splitlines()
    return "\n".join(dict.fromkeys(line for line in lines if line.startswith(("model name", "flags", "Features"))))


def _for_this_processor() -> tuple[str, ...]:
    if platform.machine() in ("x86_64", "AMD64", "i686"):
        return ("-march=native", "-mprefer-vector-width=512")
    return ("-mcpu=native",)
