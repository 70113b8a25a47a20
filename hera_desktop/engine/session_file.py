"""A session's file as such: its schema, who may write to it, how it is opened for reading only, and how it is copied.

One program writes at a time: it holds an operating system's lock on ``NAME.hera.lock`` from opening to closing, which
ends with the program however it ends. Whoever comes second reads.
"""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from .errors import SessionError, one_line
from .facts.chat_log import CHAT_SCHEMA
from .labels import LABELS_SCHEMA
from .sqlite_header import read_header

APPLICATION_ID = 0x48455241  # "HERA"
SCHEMA_VERSION = 5

KIND = "kind TEXT NOT NULL DEFAULT 'patch'"
"""What a patch is: a ``patch``, or a state of the chat's ``adapter``."""

_SCHEMA = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE patches (
    patch_id TEXT PRIMARY KEY, content_hash TEXT NOT NULL, factors BLOB NOT NULL, {KIND}
) STRICT;
CREATE TABLE proposals (
    step INTEGER PRIMARY KEY, patch_id TEXT UNIQUE REFERENCES patches, status TEXT NOT NULL, prompt TEXT NOT NULL,
    details TEXT NOT NULL, note TEXT NOT NULL DEFAULT '', time TEXT NOT NULL,
    tags TEXT NOT NULL DEFAULT '[]', name TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE events (
    seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, patch_id TEXT REFERENCES patches, state_hash TEXT NOT NULL,
    time TEXT NOT NULL, payload TEXT
) STRICT;
{LABELS_SCHEMA};
{"; ".join(CHAT_SCHEMA)};
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {SCHEMA_VERSION};
"""

_MIGRATIONS = {
    2: (LABELS_SCHEMA,),
    3: (
        "ALTER TABLE proposals ADD COLUMN tags TEXT NOT NULL DEFAULT '[]'",
        "ALTER TABLE proposals ADD COLUMN name TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE events ADD COLUMN payload TEXT",
    ),
    4: (f"ALTER TABLE patches ADD COLUMN {KIND}", *CHAT_SCHEMA),
    5: (),  # proposals' details may be packed (packed_details.py)
}
"""What turns a session of the schema before into one of this schema."""

ELSEWHERE = "is open in another window or program"
ON_DISK = "cannot be written, because the file or its folder is read-only"
ASKED = "was opened for reading only"

_DENIED = (errno.EACCES, errno.EPERM)


class SessionFile:
    """An open session file. ``reason`` says in words why it can only be read; it is empty where it can be written."""

    def __init__(self, path: Path, connection: sqlite3.Connection, lock: FileLock | None, reason: str = "") -> None:
        self.path, self.connection, self.reason = path, connection, reason
        self._lock = lock
        self._left = ExitStack()
        """What is to be cleared away with the file."""

    def close(self) -> None:
        self.connection.close()
        self._left.close()
        if self._lock is not None:
            _release(self._lock)

    def check_writable(self) -> None:
        """Raises SessionError where the session can only be read."""
        if self.reason:
            raise SessionError(
                f"session {self.path} {self.reason}; here it can only be read; Save As makes a copy that can be changed"
            )

    @contextmanager
    def lent(self) -> Iterator[None]:
        """Let another opener of this program have the lock; it comes back where the block fails."""
        if self._lock is None:
            yield
            return
        _release(self._lock)
        try:
            yield
        except BaseException:
            with suppress(Timeout):
                self._lock.acquire()
            raise

    # --- making and opening -----------------------------------------------------------------------------------------

    @classmethod
    def create(cls, path: Path, meta: Mapping[str, str]) -> SessionFile:
        """A new file with this ``meta``; raises SessionError where it cannot be made."""
        if path.exists():
            raise SessionError(f"session {path} exists already")
        with explained(path, "created"):
            if not path.parent.is_dir():
                raise SessionError(f"session {path} cannot be created: folder {path.parent} does not exist")
            lock = _taken(path)
            if lock is None:
                raise SessionError(f"session {path} cannot be created: another window or program is making it")
            try:
                return cls(path, _created(path, meta), lock)
            except BaseException:
                _release(lock)
                raise

    @classmethod
    def open(cls, path: Path, read_only: bool = False) -> SessionFile:
        """An existing file, brought up to this schema; to be read only where that is asked for, another program holds
        it, or it cannot be written. Raises SessionError when it is missing, damaged, foreign or of a newer schema."""
        if not path.is_file():
            raise SessionError(f"session {path} does not exist")
        with explained(path, "opened"):
            check_header(path)
            if read_only:
                return cls._to_read(path, ASKED)
            try:
                lock = _taken(path)
            except OSError as error:
                denied = error.errno in (*_DENIED, errno.EROFS)
                return cls._to_read(path, ON_DISK if denied else f"cannot be locked ({error.strerror or error})")
            if lock is None:
                return cls._to_read(path, ELSEWHERE)
            try:
                if not os.access(path, os.W_OK):
                    _release(lock)
                    return cls._to_read(path, ON_DISK)
                return cls(path, _migrated(connect(path)), lock)
            except BaseException:
                _release(lock)
                raise

    @classmethod
    def _to_read(cls, path: Path, reason: str) -> SessionFile:
        with ExitStack() as left:
            connection = _connection_to_read(path, left)
            left.callback(connection.close)
            if _version(connection) < SCHEMA_VERSION:
                memory = sqlite3.connect(":memory:", isolation_level=None)
                connection.backup(memory)
                connection.close()
                left.callback(memory.close)
                connection = _migrated(memory)
            connection.execute("BEGIN")  # what is read is one state of the file, whatever another program writes
            connection.execute("SELECT count(*) FROM meta").fetchone()
            file = cls(path, connection, None, reason)
            file._left = left.pop_all()
            return file

    def copy_to(self, path: Path, overwrite: bool = False) -> None:
        """A whole, closed copy of the session as it is now, made beside ``path`` first, so that ``path`` never holds
        half of one. ``overwrite`` replaces a session that is there and not open anywhere.

        Raises:
            SessionError: there is a file already, it is open, or the copy cannot be written.
        """
        with explained(path, "written"):
            if path.exists() and (path.samefile(self.path) or not overwrite):
                same = path.samefile(self.path)
                raise SessionError(f"session {path} {'cannot be copied onto itself' if same else 'exists already'}")
            if not path.parent.is_dir():
                raise SessionError(f"session {path} cannot be written: folder {path.parent} does not exist")
            lock = _taken(path)
            if lock is None:
                raise SessionError(f"session {path} {ELSEWHERE}, so it cannot be replaced")
            try:
                self._copy(path)
            finally:
                _release(lock)

    def _copy(self, path: Path) -> None:
        part = path.with_name(f".{path.name}.part")
        try:
            part.unlink(missing_ok=True)
            with closing(sqlite3.connect(part, isolation_level=None)) as target:
                self.connection.backup(target)
            for ending in ("-wal", "-shm"):  # of the session that is replaced: they would be taken for the copy's
                path.with_name(path.name + ending).unlink(missing_ok=True)
            os.replace(part, path)
        finally:
            for ending in ("", "-journal", "-wal", "-shm"):
                with suppress(OSError):
                    part.with_name(part.name + ending).unlink(missing_ok=True)


# --- the lock ---------------------------------------------------------------------------------------------------------


def _lock_path(path: Path) -> Path:
    real = path.resolve()  # two names of one file share a lock
    return real.with_name(real.name + ".lock")


def _taken(path: Path) -> FileLock | None:
    """The session's lock, or None while somebody holds it; raises OSError where there can be none."""
    lock = FileLock(_lock_path(path), timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        return None
    return lock


def _release(lock: FileLock) -> None:
    """Give the lock back and leave no file behind. The file goes first, while the lock is held: nobody waits for it
    (see ``_taken``), and whoever opened it just before finds it unlinked and starts over."""
    if lock.is_locked and sys.platform != "win32":  # Windows removes no open file, and filelock clears up there
        with suppress(OSError):
            os.unlink(lock.lock_file)
    lock.release()


# --- connections ------------------------------------------------------------------------------------------------------


def _created(path: Path, meta: Mapping[str, str]) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(path, isolation_level=None)
        connection.executescript("BEGIN;" + _SCHEMA)
        connection.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
        connection.execute("COMMIT")
        connection.close()
        return connect(path)  # only now in WAL mode: the file's own header says what it is
    except sqlite3.Error:
        with suppress(OSError):  # a read-only folder: nothing was made
            path.unlink(missing_ok=True)
        raise


def connect(path: Path) -> sqlite3.Connection:
    """A connection that writes, durably."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=5)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def _connection_to_read(path: Path, left: ExitStack) -> sqlite3.Connection:
    """A connection that leaves the file's bytes as they are; ``left`` clears away what it needs."""
    wal = path.with_name(path.name + "-wal")
    hot = wal.exists() and wal.stat().st_size > 0
    if not os.access(path.parent, os.W_OK):  # SQLite needs to write beside the file, so it reads a copy or no log
        if hot:
            folder = Path(left.enter_context(tempfile.TemporaryDirectory(prefix="hera-")))
            for file in (path, wal):
                shutil.copyfile(file, folder / file.name)
            return sqlite3.connect(folder / path.name, isolation_level=None)
        return _by_address(path, "mode=ro&immutable=1")
    if hot or not os.access(path, os.W_OK):
        return _by_address(path, "mode=ro")
    # With an empty log there is nothing that closing could write, and it takes SQLite's own files away again.
    connection = sqlite3.connect(path, isolation_level=None, timeout=5)
    connection.execute("PRAGMA query_only = ON")
    return connection


def _by_address(path: Path, how: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?{how}", uri=True, isolation_level=None, timeout=5)


def check_header(path: Path) -> None:
    """Look at the header first, so that a file which is not ours is never opened for writing."""
    header = read_header(path)
    if header is None:
        raise SessionError(f"session {path} is damaged or not a HERA session")
    if header.application_id != APPLICATION_ID:
        raise SessionError(f"{path} is not a HERA session (an SQLite file of another program)")
    if header.user_version > SCHEMA_VERSION:
        raise SessionError(
            f"session {path} has schema {header.user_version}, and this program knows up to {SCHEMA_VERSION}; update it"
        )


def _migrated(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Bring an older session up to this schema, all steps in one transaction or none; closes it where that fails."""
    try:
        if _version(connection) < SCHEMA_VERSION:
            _migrate(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _migrate(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        for version in range(_version(connection) + 1, SCHEMA_VERSION + 1):  # read again, now that nobody else writes
            for statement in _MIGRATIONS[version]:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _version(connection: sqlite3.Connection) -> int:
    return connection.execute("PRAGMA user_version").fetchone()[0]


@contextmanager
def explained(path: Path, what: str) -> Iterator[None]:
    """Turn SQLite's errors into one sentence about this session."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.EROFS or (error.errno in _DENIED and what != "opened"):
            raise SessionError(f"session {path} cannot be {what}: the file or its folder is read-only") from None
        raise SessionError(f"session {path} cannot be {what}: {error.strerror or error}") from None
    except sqlite3.DatabaseError as error:
        message = one_line(error)
        if "not a database" in message or "malformed" in message:
            raise SessionError(f"session {path} is damaged or not a HERA session") from None
        if "full" in message:
            raise SessionError(f"session {path} cannot be {what}: the disk is full; nothing was changed") from None
        if "readonly" in message or "unable to open" in message:
            raise SessionError(f"session {path} cannot be {what}: the file or its folder is read-only") from None
        if "locked" in message:
            raise SessionError(f"session {path} cannot be {what}: another program is using it") from None
        raise SessionError(f"session {path} cannot be {what}: {message}") from None
