"""The two families of errors.

``HeraError`` is the user's or the machine's: its message is one sentence that names the thing, the value and what is
allowed, and it is shown as it stands. Everything else that escapes the engine is a fault of ours and gets a log entry.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class HeraError(Exception):
    """Something the user can mend; ``str(error)`` is one sentence made to be shown."""


class InputError(HeraError):
    """A prompt, file, option or configuration value that cannot be used."""


class MachineError(HeraError):
    """The computer does not give what is needed: disk, memory, network, a missing program."""


class ModelError(HeraError):
    """A model or SAE that is unknown, missing, damaged or does not fit."""


class SessionError(HeraError):
    """A session file that cannot be opened, read or written."""


class Cancelled(HeraError):
    """The user stopped the work; the last committed state stands."""


def nearest(word: str, allowed: Iterable[str]) -> str:
    """Return ``"; did you mean 'x'?"`` for the closest allowed word, or an empty string."""
    matches = difflib.get_close_matches(word, list(allowed), n=1, cutoff=0.5)
    return f"; did you mean '{matches[0]}'?" if matches else ""


def one_line(error: BaseException, limit: int = 200) -> str:
    """The first line of a foreign exception's message, cut to ``limit`` characters."""
    lines = str(error).strip().splitlines()
    return (lines[0] if lines else type(error).__name__)[:limit]
