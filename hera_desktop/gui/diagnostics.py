"""What somebody needs to find a fault: versions, machine, state, the end of the log and of the trace, as plain text.

Nothing here imports a heavy library; versions come from the packages' metadata.
"""

from __future__ import annotations

import importlib.metadata
import logging
import platform
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSysInfo, qVersion

from hera_desktop import __version__
from hera_desktop.engine.places import data_folder, log_file

from .i18n import mark
from .log_tail import PROGRAM
from .records import Snapshot

if TYPE_CHECKING:
    from hera_desktop.engine.records import StateInfo

PACKAGES = ("PySide6-Essentials", "torch", "transformers", "transformer-lens", "sae-lens", "peft")
LOG_LINES = 60
TRACE_LINES = 20
LOG_BYTES = 128 * 1024
TOLD = "told the user"
SHORTEST = 3
"""A known text shorter than this is not looked for: it would be found in every second word."""
_QUOTED = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"")
_TRACEBACK = "Traceback (most recent call last)"


@dataclass(frozen=True)
class Context:
    """What the window held when something went wrong; ``texts`` are the user's own, left out unless wanted."""

    info: StateInfo | None = None
    trace: Sequence[str] = ()
    texts: frozenset[str] = field(default_factory=frozenset)


def context_of(snapshot: Snapshot | None, trace: Sequence[str]) -> Context:
    """The state, the trace so far, and every text the user typed into this session."""
    rows = snapshot.timeline.proposals if snapshot else ()
    texts = {text.strip() for row in rows for text in (row.prompt, row.note, row.name, *row.tags)}
    return Context(snapshot.info if snapshot else None, tuple(trace), frozenset(texts - {""}))


def versions() -> dict[str, str]:
    """Program, Python, Qt and the libraries that matter, by name; "not installed" where one is missing."""
    found = {"HERA Desktop": __version__, "Python": platform.python_version(), "Qt": qVersion() or ""}
    for package in PACKAGES:
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            found[package] = "not installed"
    return found


def machine() -> dict[str, str]:
    """The system, and where the program keeps its files."""
    return {
        mark("system"): f"{QSysInfo.prettyProductName()}, {platform.machine()}, kernel {platform.release()}",
        mark("Python is at"): sys.executable,
        mark("data folder"): str(data_folder()),
        mark("log file"): str(present_log_file()),
    }


def state(info: StateInfo | None) -> dict[str, str]:
    """The engine that the window holds."""
    if info is None:
        return {mark("model"): "none is loaded"}
    model, sae = info.model, info.sae
    return {
        mark("model"): f"{model.name} ({model.architecture}, {model.n_layers} blocks)",
        mark("device"): f"{model.device} {model.dtype}",
        mark("base"): model.fingerprint,
        mark("state"): info.state_hash,
        mark("patches"): str(len(info.active)),
        "SAE": "none" if sae is None else f"{sae.name} at {sae.hook_name}",
        mark("session"): info.session,
    }


def present_log_file() -> Path:
    """The file that the program's log goes to now; where it would go if the log has not been started."""
    for handler in logging.getLogger(PROGRAM).handlers:
        if isinstance(handler, logging.FileHandler):
            return Path(handler.baseFilename)
    return log_file()


def log_tail(lines: int = LOG_LINES) -> list[str]:
    """The last lines of the log file; empty where it cannot be read."""
    try:
        with open(present_log_file(), "rb") as file:
            file.seek(0, 2)
            file.seek(max(0, file.tell() - LOG_BYTES))
            text = file.read().decode("utf-8", errors="replace")
    except OSError:
        return []
    return text.splitlines()[-lines:]


def last_traceback() -> str:
    """The last traceback in the log file, with the line that it was logged under; empty where there is none."""
    lines = log_tail(2000)
    starts = [number for number, line in enumerate(lines) if line.startswith(_TRACEBACK)]
    if not starts:
        return ""
    first, end = starts[-1], starts[-1] + 1
    while end < len(lines) and lines[end].startswith(" "):
        end += 1
    return "\n".join(lines[max(0, first - 1) : end + 1])


def diagnostics_text(message: str, details: str = "", context: Context | None = None, texts: bool = False) -> str:
    """Everything about a fault for a report to whoever mends it.

    The user's own texts (prompts, notes, names, and whatever stands in quotes in the log and the trace) are left out
    unless ``texts``; the home folder is written ``~``.
    """
    context = context or Context()
    parts = {
        "Message": [message],
        "Versions": _listed(versions()),
        "Machine": _listed(machine()),
        "State": _listed(state(context.info)),
        "Details": (details or last_traceback()).splitlines(),
        "Trace": list(context.trace[-TRACE_LINES:]),
        "Log": log_tail(),
    }
    if not texts:
        for name in ("Message", "Details", "Trace", "Log"):
            parts[name] = [_without_texts(line, context.texts) for line in parts[name]]
    written = "\n\n".join(f"## {name}\n" + "\n".join(lines or ["nothing"]) for name, lines in parts.items())
    return written.replace(str(Path.home()), "~") + "\n"


def _without_texts(line: str, known: Iterable[str]) -> str:
    """A line without what the user may have written. An indented one is a place in a file, or code of ours."""
    told = line.find(f"{TOLD} (")
    if told >= 0:
        return line[: line.find(":", told) + 1] + " …"
    for text in sorted(known, key=len, reverse=True):
        if len(text) >= SHORTEST:
            line = line.replace(text, "…")
    return line if line.startswith(" ") else _QUOTED.sub("'…'", line)


def _listed(pairs: dict[str, str]) -> list[str]:
    return [f"{name}: {value}" for name, value in pairs.items()]


ContextSource = Callable[[], Context]
