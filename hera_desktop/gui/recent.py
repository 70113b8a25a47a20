"""The sessions that were open lately, newest first, kept with the window's settings."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from .session_files import Peek, is_untitled, peek, shown_name
from .settings import settings

MOST = 12
KEY = "recent/sessions"


@dataclass(frozen=True)
class RecentSession:
    """``opened`` is when, in local time; ``found`` is None where the file is missing or cannot be read."""

    path: Path
    opened: datetime
    found: Peek | None
    missing: bool

    @property
    def name(self) -> str:
        return shown_name(self.path)


@dataclass(frozen=True)
class _Kept:
    path: str
    opened: str


class RecentSessions:
    """Reads and writes the list; two windows share it, so it is read anew each time."""

    def add(self, path: Path) -> None:
        """Put a session at the head of the list."""
        own = _Kept(str(path.absolute()), datetime.now().isoformat(timespec="seconds"))
        self._write([own, *(kept for kept in self._read() if kept.path != own.path)])

    def remove(self, path: Path) -> None:
        self._write([kept for kept in self._read() if kept.path != str(path.absolute())])

    def clear(self) -> None:
        self._write([])

    def sessions(self) -> tuple[RecentSession, ...]:
        """What to show: an unnamed session in which nothing was done is left out."""
        found = (_look(kept) for kept in self._read())
        return tuple(session for session in found if not _is_nothing(session))

    def _read(self) -> list[_Kept]:
        store = settings()
        try:
            rows = json.loads(str(store.value(KEY, "[]")))
            return [_Kept(str(row["path"]), str(row["opened"])) for row in rows]
        except (ValueError, KeyError, TypeError):
            return []  # the file was edited by hand; a list of recent sessions is not worth a sentence

    def _write(self, kept: list[_Kept]) -> None:
        store = settings()
        store.setValue(KEY, json.dumps([asdict(row) for row in kept[:MOST]]))
        store.sync()


def _look(kept: _Kept) -> RecentSession:
    path = Path(kept.path)
    try:
        opened = datetime.fromisoformat(kept.opened)
    except ValueError:
        opened = datetime.fromtimestamp(0)
    missing = not path.is_file()
    return RecentSession(path, opened, None if missing else peek(path), missing)


def _is_nothing(session: RecentSession) -> bool:
    if not is_untitled(session.path):
        return False
    return session.missing or (session.found is not None and session.found.empty)
