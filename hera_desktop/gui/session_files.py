"""Session files seen from outside: what one says of itself without being opened, and where unnamed ones lie."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from hera_desktop.engine.places import data_folder
from hera_desktop.engine.session_file import APPLICATION_ID
from hera_desktop.engine.sqlite_header import read_header

from .i18n import tr

SUFFIX = ".hera"
UNTITLED = "untitled-"
SIDE_FILES = ("-wal", "-shm", ".lock")


@dataclass(frozen=True)
class Peek:
    """``steps`` counts every proposal, ``patches`` the committed ones. ``empty``: nobody has done anything in it."""

    steps: int
    patches: int
    model: str
    empty: bool


def peek(path: Path) -> Peek | None:
    """Read a session's counts without locking it or leaving a trace beside it; None where it cannot be read cheaply."""
    try:
        header = read_header(path)
        if header is None or header.application_id != APPLICATION_ID:
            return None
        wal = path.with_name(path.name + "-wal")
        # without a WAL file nobody writes; SQLite would make one even to read, and leave it there
        mode = "mode=ro" if wal.exists() else "mode=ro&immutable=1"
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True, timeout=0.2)) as db:
            return _counts(db)
    except (OSError, sqlite3.Error):
        return None


def _counts(db: sqlite3.Connection) -> Peek:
    def one(question: str) -> int:
        return db.execute(question).fetchone()[0]

    steps = one("SELECT count(*) FROM proposals")
    patches = one("SELECT count(*) FROM proposals WHERE status <> 'rejected'")
    model = db.execute("SELECT value FROM meta WHERE key = 'model_name'").fetchone()
    labels = one("SELECT count(*) FROM feature_labels") if _has_table(db, "feature_labels") else 0
    return Peek(steps, patches, model[0] if model else "", not (steps or labels or one("SELECT count(*) FROM events")))


def _has_table(db: sqlite3.Connection, name: str) -> bool:
    return db.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (name,)).fetchone() is not None


# --- sessions that have no name yet ---------------------------------------------------------------------------------


def sessions_folder() -> Path:
    return data_folder() / "sessions"


def untitled_path() -> Path:
    """A file for a new session that has no name yet; it is in the user's data folder, so a crash loses nothing."""
    folder = sessions_folder()
    folder.mkdir(parents=True, exist_ok=True)
    first = folder / f"{UNTITLED}{datetime.now():%Y%m%d-%H%M%S}{SUFFIX}"
    path, number = first, 1
    while path.exists():
        number += 1
        path = first.with_stem(f"{first.stem}-{number}")
    return path


def is_untitled(path: Path) -> bool:
    return path.name.startswith(UNTITLED) and path.parent == sessions_folder()


def shown_name(path: Path) -> str:
    """The file's name; an unnamed session is called untitled."""
    return tr("untitled") if is_untitled(path) else path.name


def is_open_elsewhere(path: Path) -> bool:
    """Whether another window or program holds the session's lock."""
    real = path.resolve()
    lock = real.with_name(real.name + ".lock")
    if not lock.exists():
        return False
    try:
        with FileLock(lock, timeout=0):
            return False
    except (Timeout, OSError):
        return True


def delete_if_empty(path: Path) -> bool:
    """Delete an unnamed session in which nothing was done and which nobody has open; whether it was deleted."""
    if not is_untitled(path) or is_open_elsewhere(path):
        return False
    found = peek(path)
    if found is None or not found.empty:
        return False
    delete(path)
    return True


def delete(path: Path) -> None:
    """Delete a session with what lies beside it."""
    path.unlink(missing_ok=True)
    delete_side_files(path)


def delete_side_files(path: Path) -> None:
    """Delete what SQLite and the lock have left beside a closed session."""
    for suffix in SIDE_FILES:
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def tidy(keep: Collection[Path] = ()) -> None:
    """Delete the empty unnamed sessions of earlier starts, those in ``keep`` left out."""
    for path in sorted(sessions_folder().glob(f"{UNTITLED}*{SUFFIX}")):
        if path not in keep:
            delete_if_empty(path)
