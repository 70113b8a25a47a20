"""The ledger: one session is one SQLite file in WAL mode, ``name.hera``.

Every change is one transaction: a patch counts as committed only once its factors, its measurements and its event are
on disk together. Reopening replays the events and proves the state by its hash.
"""

from __future__ import annotations

import json
import sqlite3
from collections import ChainMap
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .errors import InputError, SessionError, one_line
from .labels import LABELS_SCHEMA, FeatureLabels
from .patches import Patch
from .sqlite_header import read_header
from .timeline import Event, Kind, Timeline, state_hash

APPLICATION_ID = 0x48455241  # "HERA"
SCHEMA_VERSION = 2

_SCHEMA = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE patches (
    patch_id TEXT PRIMARY KEY, content_hash TEXT NOT NULL, factors BLOB NOT NULL
) STRICT;
CREATE TABLE proposals (
    step INTEGER PRIMARY KEY, patch_id TEXT UNIQUE REFERENCES patches, status TEXT NOT NULL, prompt TEXT NOT NULL,
    details TEXT NOT NULL, note TEXT NOT NULL DEFAULT '', time TEXT NOT NULL
) STRICT;
CREATE TABLE events (
    seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, patch_id TEXT REFERENCES patches, state_hash TEXT NOT NULL,
    time TEXT NOT NULL
) STRICT;
{LABELS_SCHEMA};
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {SCHEMA_VERSION};
"""

_MIGRATIONS = {2: LABELS_SCHEMA}
"""What turns a session of the schema before into one of this schema."""


@dataclass(frozen=True)
class Entry:
    """One proposal as recorded. ``status`` is committed, warning (committed with one) or rejected; ``patch_id`` is None
    where nothing could be proposed. ``details`` holds metrics, reason, features, settings and figures."""

    step: int
    patch_id: str | None
    status: str
    prompt: str
    details: Mapping[str, Any]
    note: str
    time: str

    @property
    def metrics(self) -> Mapping[str, Any]:
        return self.details.get("metrics", {})

    def __getitem__(self, key: str) -> Any:
        """``entry["step"]`` as well as ``entry.step``, and the details by name."""
        return getattr(self, key) if key in self.__dataclass_fields__ or key == "metrics" else self.details[key]


class Ledger:
    """A session file. Not thread-safe: it belongs to the thread that opened it."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._db = connection
        self.meta = dict(connection.execute("SELECT key, value FROM meta"))
        self.timeline = Timeline()
        self.labels = FeatureLabels(self._reading, self._transaction)
        self._hashes = dict(connection.execute("SELECT patch_id, content_hash FROM patches"))
        self._seq = 0
        self._replay()

    def _replay(self) -> None:
        recorded = self._state_hash_of_nothing()
        try:
            for event in self.events():
                self.timeline.apply(event.kind, event.patch_id)
                self._seq, recorded = event.seq, event.state_hash
            proven = self.state_hash == recorded
        except (KeyError, InputError) as error:
            raise SessionError(f"session {self.path} is damaged: its events do not fit together ({error})") from None
        if not proven:
            raise SessionError(f"session {self.path} is damaged: its last state does not have the recorded hash")

    def _state_hash_of_nothing(self) -> str:
        if "base_fingerprint" not in self.meta:
            raise SessionError(f"session {self.path} is damaged: it does not say which base it was made with")
        return self.hash_of(())

    # --- opening ----------------------------------------------------------------------------------------------------

    @classmethod
    def create(cls, path: Path, meta: Mapping[str, str]) -> Ledger:
        """A new session file; ``meta`` must hold ``base_fingerprint``. Raises SessionError where it cannot be made."""
        if path.exists():
            raise SessionError(f"session {path} exists already")
        with _explained(path, "created"):
            if not path.parent.is_dir():
                raise SessionError(f"session {path} cannot be created: folder {path.parent} does not exist")
            try:
                connection = sqlite3.connect(path, isolation_level=None)
                connection.executescript("BEGIN;" + _SCHEMA)
                connection.executemany("INSERT INTO meta VALUES (?, ?)", {**meta, "created": _now()}.items())
                connection.execute("COMMIT")
                connection.close()
                connection = _connect(path)  # only now in WAL mode: the file's own header says what it is
            except sqlite3.Error:
                with suppress(OSError):  # a read-only folder: nothing was made
                    path.unlink(missing_ok=True)
                raise
            return cls(path, connection)

    @classmethod
    def open(cls, path: Path) -> Ledger:
        """An existing session, brought up to this schema; raises SessionError when it is missing, damaged, foreign or
        of a newer schema."""
        if not path.is_file():
            raise SessionError(f"session {path} does not exist")
        with _explained(path, "opened"):
            _check_header(path)
            connection = _connect(path)
            try:
                _migrate(connection)
                return cls(path, connection)
            except BaseException:
                connection.close()
                raise

    def close(self) -> None:
        self._db.close()

    # --- reading ----------------------------------------------------------------------------------------------------

    @property
    def state_hash(self) -> str:
        return self.hash_of(self.timeline.current.active)

    def hash_of(self, active: tuple[str, ...]) -> str:
        return self._hash_with(active, self._hashes)

    def _hash_with(self, active: tuple[str, ...], hashes: Mapping[str, str]) -> str:
        return state_hash(self.meta["base_fingerprint"], (hashes[p] for p in active))

    def events(self) -> Iterator[Event]:
        with _explained(self.path, "read"):
            rows = self._db.execute("SELECT seq, kind, patch_id, state_hash, time FROM events ORDER BY seq")
            for row in rows:
                yield Event(*row)

    def entries(self) -> list[Entry]:
        """Every proposal, committed or not, oldest first."""
        with _explained(self.path, "read"):
            return [self._entry(row) for row in self._db.execute(f"{_SELECT_ENTRY} ORDER BY step")]

    def entry(self, patch_id: str) -> Entry:
        row = self._db.execute(f"{_SELECT_ENTRY} WHERE patch_id = ?", (patch_id,)).fetchone()
        if row is None:
            raise InputError(f"patch '{patch_id}' is not in this session")
        return self._entry(row)

    @staticmethod
    def _entry(row: tuple[Any, ...]) -> Entry:
        step, patch_id, status, prompt, details, note, time = row
        return Entry(step, patch_id, status, prompt, json.loads(details), note, time)

    def patch(self, patch_id: str) -> Patch:
        """The factors of a proposal, checked against their hash."""
        with _explained(self.path, "read"):
            row = self._db.execute("SELECT factors FROM patches WHERE patch_id = ?", (patch_id,)).fetchone()
        if row is None:
            raise InputError(f"patch '{patch_id}' is not in this session")
        try:
            patch = Patch.from_bytes(row[0])
        except SessionError:
            raise SessionError(f"session {self.path} is damaged: patch '{patch_id}' cannot be read") from None
        if patch.content_hash != self._hashes[patch_id]:
            raise SessionError(f"session {self.path} is damaged: patch '{patch_id}' does not have the recorded hash")
        return patch

    @property
    def next_step(self) -> int:
        return self._db.execute("SELECT coalesce(max(step), 0) + 1 FROM proposals").fetchone()[0]

    # --- writing ----------------------------------------------------------------------------------------------------

    def record_proposal(self, patch: Patch | None, status: str, prompt: str, details: Mapping[str, Any]) -> Entry:
        """Record a proposal; unless it is rejected it is committed in the same transaction."""
        with self._transaction():
            step = self.next_step
            patch_id = f"p{step}" if patch is not None else None
            if patch is not None:
                row = (patch_id, patch.content_hash, patch.to_bytes())
                self._db.execute("INSERT INTO patches VALUES (?, ?, ?)", row)
            entry = Entry(step, patch_id, status, prompt, dict(details), "", _now())
            values = (step, patch_id, status, prompt, json.dumps(details), entry.time)
            self._db.execute("INSERT INTO proposals VALUES (?, ?, ?, ?, ?, '', ?)", values)
            if status != "rejected" and patch is not None:
                active = (*self.timeline.current.active, patch_id)
                hashes = ChainMap({patch_id: patch.content_hash}, self._hashes)
                self._insert_event("commit", patch_id, self._hash_with(active, hashes))
        if patch is not None:
            self._hashes[patch_id] = patch.content_hash
        if status != "rejected":
            self._advance("commit", patch_id)
        return entry

    def record_event(self, kind: Kind, patch_id: str | None) -> None:
        """Record a rollback, revert, restore, undo or redo; raises InputError when it makes no sense now."""
        state = self.timeline.preview(kind, patch_id)
        with self._transaction():
            self._insert_event(kind, patch_id, self.hash_of(state.active))
        self._advance(kind, patch_id)

    def set_note(self, patch_id: str, note: str) -> Entry:
        self.entry(patch_id)
        with self._transaction():
            self._db.execute("UPDATE proposals SET note = ? WHERE patch_id = ?", (note, patch_id))
        return self.entry(patch_id)

    def _insert_event(self, kind: Kind, patch_id: str | None, new_hash: str) -> None:
        self._db.execute("INSERT INTO events VALUES (?, ?, ?, ?, ?)", (self._seq + 1, kind, patch_id, new_hash, _now()))

    def _advance(self, kind: Kind, patch_id: str | None) -> None:
        self.timeline.apply(kind, patch_id)
        self._seq += 1

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with _explained(self.path, "read"):
            yield self._db

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing; refuses when another program has written to the file since it was opened."""
        with _explained(self.path, "written"):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                on_disk = self._db.execute("SELECT coalesce(max(seq), 0) FROM events").fetchone()[0]
                if on_disk != self._seq:
                    raise SessionError(f"session {self.path} was changed by another program; open it again")
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    # --- proof ------------------------------------------------------------------------------------------------------

    def verify(self) -> list[str]:
        """Check the file, every patch's hash and every event's state hash; the list of faults is empty when whole."""
        faults = []
        with _explained(self.path, "read"):
            result = [row[0] for row in self._db.execute("PRAGMA integrity_check")]
        if result != ["ok"]:
            faults.append(f"SQLite: {result[0]}")
        for patch_id in self._hashes:
            try:
                self.patch(patch_id)
            except SessionError as error:
                faults.append(str(error))
        return faults + self._faulty_events()

    def _faulty_events(self) -> list[str]:
        faults, replay = [], Timeline()
        for event in self.events():
            try:
                state = replay.apply(event.kind, event.patch_id)
                right = self.hash_of(state.active) == event.state_hash
            except (KeyError, InputError) as error:
                return [*faults, f"event {event.seq} ({event.kind}) does not fit: {error}"]
            if not right:
                faults.append(f"event {event.seq} ({event.kind} {event.patch_id or ''}) does not have its hash")
        return faults


_SELECT_ENTRY = "SELECT step, patch_id, status, prompt, details, note, time FROM proposals"


def _check_header(path: Path) -> None:
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


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, timeout=5)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _migrate(connection: sqlite3.Connection) -> None:
    """Bring an older session up to this schema: all steps in one transaction, or none."""
    if _version(connection) >= SCHEMA_VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for version in range(_version(connection) + 1, SCHEMA_VERSION + 1):  # read again, now that nobody else writes
            connection.execute(_MIGRATIONS[version])
            connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _version(connection: sqlite3.Connection) -> int:
    return connection.execute("PRAGMA user_version").fetchone()[0]


@contextmanager
def _explained(path: Path, what: str) -> Iterator[None]:
    """Turn SQLite's errors into one sentence about this session."""
    try:
        yield
    except OSError as error:
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


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
