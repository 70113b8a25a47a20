"""The ledger: one session is one SQLite file in WAL mode, ``name.hera``.

Every change is one transaction: a patch counts as committed only once its factors, its measurements and its event are
on disk together, and so do a note and the event that undoes it. Reopening replays the events and proves the state by
its hash.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from . import changes, thinning
from .adapter import AdapterState, read_change
from .errors import InputError, SessionError
from .facts.chat_log import ChatLog
from .labels import FeatureLabels
from .packed_details import pack, unpack
from .patch_stack import ModelChange
from .session_file import SessionFile, explained
from .timeline import CHANGES, Change, Event, Kind, StateHasher, Step, Timeline, hashes_along, state_hash

AlsoWrite = Callable[[sqlite3.Connection, str | None], None]
"""Writes more in the transaction of a proposal; it is given the proposal's patch."""


@dataclass(frozen=True)
class Entry:
    """One proposal as recorded. ``status`` is committed, warning (committed with one) or rejected; ``patch_id`` is None
    where nothing could be proposed. ``details`` holds metrics, reason, features, figures, ``settings`` (of the step)
    and ``source`` (where the change came from); ``note``, ``tags`` and ``name`` are the user's words."""

    step: int
    patch_id: str | None
    status: str
    prompt: str
    details: Mapping[str, Any]
    note: str
    time: str
    tags: tuple[str, ...] = ()
    name: str = ""

    @property
    def metrics(self) -> Mapping[str, Any]:
        return self.details.get("metrics", {})

    def __getitem__(self, key: str) -> Any:
        """``entry["step"]`` as well as ``entry.step``, and the details by name."""
        return getattr(self, key) if key in self.__dataclass_fields__ or key == "metrics" else self.details[key]


class Ledger:
    """A session file. Not thread-safe: it belongs to the thread that opened it.

    It can be read only where another program has it open, or where the disk lets nobody write: ``read_only`` says so,
    ``read_only_reason`` in words, and whatever would write raises SessionError.
    """

    def __init__(self, file: SessionFile) -> None:
        self._file, self._db, self.path = file, file.connection, file.path
        self.meta = dict(self._db.execute("SELECT key, value FROM meta"))
        self.timeline = Timeline()
        self.labels = FeatureLabels(self._reading, self.record_change)
        self.chat = ChatLog(self._reading, self._transaction, self.path)
        self._hashes = dict(self._db.execute("SELECT patch_id, content_hash FROM patches"))
        adapters = self._db.execute("SELECT patch_id FROM patches WHERE kind = 'adapter'")
        self._adapters = {row[0] for row in adapters}
        self._committed_as: dict[str, str] = {}
        self._seq = 0
        recorded = self._state_hash_of_nothing()
        self._hasher = StateHasher(self.meta["base_fingerprint"], self._hashes)
        self._replay(recorded)

    def _replay(self, recorded: str) -> None:
        try:
            for event in self.events():
                step = _fitting(self.timeline, event)
                self.timeline.carry_out(step)
                self._note_commit(step, event.state_hash)
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
        return cls._on(SessionFile.create(path, {**meta, "created": _now()}))

    @classmethod
    def open(cls, path: Path, read_only: bool = False) -> Ledger:
        """An existing session, brought up to this schema; raises SessionError when it is missing, damaged, foreign or
        of a newer schema. With ``read_only`` it writes nothing to the file and leaves it free for others to write; what
        it reads is the session as it was at the opening."""
        return cls._on(SessionFile.open(path, read_only))

    @classmethod
    def _on(cls, file: SessionFile) -> Ledger:
        try:
            with explained(file.path, "opened"):
                return cls(file)
        except BaseException:
            file.close()
            raise

    def close(self) -> None:
        self._file.close()

    def lent(self) -> AbstractContextManager[None]:
        """For the length of a ``with`` block this program may open the session a second time and write to it, so that
        another engine takes it over; where the block fails this ledger goes on as before."""
        return self._file.lent()

    def copy_to(self, path: Path, overwrite: bool = False) -> None:
        """A whole copy of the session as it is now (SQLite's backup). ``overwrite`` lets it take the place of another
        session that is not open anywhere.

        Raises:
            SessionError: there is a file already, it is open, or the copy cannot be written; nothing has changed then.
        """
        self._file.copy_to(path, overwrite)

    # --- reading ----------------------------------------------------------------------------------------------------

    @property
    def read_only(self) -> bool:
        return bool(self._file.reason)

    @property
    def read_only_reason(self) -> str:
        """Why it can only be read, such as "is open in another window or program"; empty where it can be written."""
        return self._file.reason

    def check_writable(self) -> None:
        """Raises SessionError where the session can only be read."""
        self._file.check_writable()

    @property
    def state_hash(self) -> str:
        return self._hasher.of(self.timeline.current)

    def hash_of(self, active: tuple[str, ...]) -> str:
        return state_hash(self.meta["base_fingerprint"], (self._hashes[p] for p in active))

    def hashes_along(self, active: Sequence[str]) -> tuple[str, ...]:
        """The hashes of the states that begin a list of active patches: without any, with the first, and so on."""
        return hashes_along(self.meta["base_fingerprint"], (self._hashes[p] for p in active))

    @property
    def revision(self) -> int:
        """The last event's number: it grows with every move and every change of words or settings."""
        return self._seq

    def committed_as(self, state_hash: str) -> str | None:
        """The patch whose commit first led to the state with this hash; None for any other state."""
        return self._committed_as.get(state_hash)

    def events(self, since: int = 0) -> list[Event]:
        """The events after number ``since``, oldest first."""
        query = "SELECT seq, kind, patch_id, state_hash, time, payload FROM events WHERE seq > ? ORDER BY seq"
        with explained(self.path, "read"):
            rows = self._db.execute(query, (since,)).fetchall()
        return [self._event(row) for row in rows]

    def _event(self, row: tuple[Any, ...]) -> Event:
        *plain, payload = row
        return Event(*plain, None if payload is None else self._loaded(payload, f"event {row[0]}"))

    def _loaded(self, text: str, what: str) -> dict[str, Any]:
        try:
            found = json.loads(text)
        except ValueError:
            found = None
        if not isinstance(found, dict):
            raise SessionError(f"session {self.path} is damaged: {what} cannot be read")
        return found

    def entries(self, since: int = 0) -> list[Entry]:
        """The proposals after step ``since``, committed or not, oldest first."""
        with explained(self.path, "read"):
            rows = self._db.execute(f"{_SELECT_ENTRY} WHERE step > ? ORDER BY step", (since,)).fetchall()
        return [self._entry(row) for row in rows]

    def entry(self, patch_id: str) -> Entry:
        with explained(self.path, "read"):
            row = self._db.execute(f"{_SELECT_ENTRY} WHERE patch_id = ?", (patch_id,)).fetchone()
        if row is None:
            raise InputError(f"patch '{patch_id}' is not in this session")
        return self._entry(row)

    def _entry(self, row: tuple[Any, ...]) -> Entry:
        step, patch_id, status, prompt, details, note, time, tags, name = row
        return Entry(
            step, patch_id, status, prompt, self._details(details, step), note, time, tuple(json.loads(tags)), name
        )

    def _details(self, text: str, step: int) -> dict[str, Any]:
        try:
            return unpack(self._loaded(text, f"step {step}"))
        except ValueError:
            raise SessionError(f"session {self.path} is damaged: step {step} cannot be read") from None

    def patch(self, patch_id: str) -> ModelChange:
        """A proposal's change, checked against its hash; raises InputError where there is none of that name, or it was
        thinned out."""
        with explained(self.path, "read"):
            row = self._db.execute("SELECT factors FROM patches WHERE patch_id = ?", (patch_id,)).fetchone()
        if row is None:
            raise InputError(f"patch '{patch_id}' is not in this session")
        if not row[0] and self.is_adapter(patch_id):
            raise InputError(thinning.sentence(self._db, patch_id))
        try:
            patch = read_change(row[0])
        except SessionError:
            raise SessionError(f"session {self.path} is damaged: patch '{patch_id}' cannot be read") from None
        if patch.content_hash != self._hashes[patch_id]:
            raise SessionError(f"session {self.path} is damaged: patch '{patch_id}' does not have the recorded hash")
        return patch

    def is_adapter(self, patch_id: str) -> bool:
        """Whether a patch is a state of the chat's adapter."""
        return patch_id in self._adapters

    def in_force(self, active: Sequence[str]) -> tuple[str, ...]:
        """The active patches without the adapters that a later one stands in for."""
        last = next((patch_id for patch_id in reversed(active) if patch_id in self._adapters), None)
        return tuple(patch_id for patch_id in active if patch_id == last or patch_id not in self._adapters)

    def check_revertible(self, patch_id: str) -> None:
        """Raises InputError for an adapter on which a later one was learned."""
        active = self.timeline.current.active
        if self.is_adapter(patch_id) and patch_id in active and patch_id not in self.in_force(active):
            raise InputError(
                f"patch '{patch_id}' cannot be taken out alone: the chat's adapter learned on from it; roll back to "
                "before it, or forget the fact"
            )

    @property
    def next_step(self) -> int:
        return self._db.execute("SELECT coalesce(max(step), 0) + 1 FROM proposals").fetchone()[0]

    # --- writing ----------------------------------------------------------------------------------------------------

    def record_proposal(
        self,
        patch: ModelChange | None,
        status: str,
        prompt: str,
        details: Mapping[str, Any],
        also: AlsoWrite | None = None,
    ) -> Entry:
        """Record a proposal; unless it is rejected it is committed in the same transaction, and so is what ``also``
        writes."""
        committed = None
        with self._transaction():
            step = self.next_step
            patch_id = f"p{step}" if patch is not None else None
            if patch is not None:
                kind = "adapter" if isinstance(patch, AdapterState) else "patch"
                row = (patch_id, patch.content_hash, patch.to_bytes(), kind)
                self._db.execute("INSERT INTO patches (patch_id, content_hash, factors, kind) VALUES (?, ?, ?, ?)", row)
            entry = Entry(step, patch_id, status, prompt, dict(details), "", _now())
            values = (step, patch_id, status, prompt, pack(details), entry.time)
            columns = "step, patch_id, status, prompt, details, time"
            self._db.execute(f"INSERT INTO proposals ({columns}) VALUES (?, ?, ?, ?, ?, ?)", values)
            if status != "rejected" and patch is not None:
                committed = self.timeline.plan("commit", patch_id)
                self._insert_event(committed, patch.content_hash)
            if also is not None:
                also(self._db, patch_id)
        if patch is not None:
            self._hashes[str(patch_id)] = patch.content_hash
            if isinstance(patch, AdapterState):
                self._adapters.add(str(patch_id))
        if committed is not None:
            self._advance(committed)
        return entry

    def record_event(self, kind: Kind, patch_id: str | None) -> None:
        """Record a rollback, revert, restore, undo or redo; raises InputError when it makes no sense now. Where what is
        undone changed words or settings, they are written in the same transaction."""
        step = self.timeline.plan(kind, patch_id)
        with self._transaction() as db:
            if step.change is not None:
                changes.write(db, step.change)
            self._insert_event(step)
        self._advance(step)

    def record_change(self, make: changes.Maker) -> Change | None:
        """Carry out and record a change of words or settings; ``make`` reads what stands. Nothing is recorded where it
        finds nothing to change."""
        with self._transaction() as db:
            change = make(db)
            if change is None:
                return None
            changes.write(db, change)
            step = self.timeline.plan(change.kind, change.payload.get("patch_id"), change.payload)
            self._insert_event(step)
        self._advance(step)
        return change

    def set_note(self, patch_id: str, note: str) -> Entry:
        """Raises InputError for an unknown patch and a text that is too long, as the next two do."""
        self.record_change(changes.on_proposal("note", patch_id, changes.clean_note(note)))
        return self.entry(patch_id)

    def set_tags(self, patch_id: str, tags: str | Iterable[str]) -> Entry:
        """Tags in the place of those there were; a text is taken apart at its commas."""
        self.record_change(changes.on_proposal("tag", patch_id, list(changes.clean_tags(tags))))
        return self.entry(patch_id)

    def set_name(self, patch_id: str, name: str) -> Entry:
        self.record_change(changes.on_proposal("rename", patch_id, changes.clean_name(name)))
        return self.entry(patch_id)

    def set_config(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> Change | None:
        """Another configuration in the place of ``before``, both as trees of JSON values; opening uses it from now."""
        return self.record_change(lambda db: changes.settings_change(before, after))

    def set_texts(self, step: int, before: str, after: str) -> None:
        """Keep a prompt's continuation before and after a step with its details (``texts``); this is no event."""
        texts = {"before": changes.clean(before), "after": changes.clean(after)}
        with self._transaction() as db:
            row = db.execute("SELECT details FROM proposals WHERE step = ?", (step,)).fetchone()
            if row is None:
                raise InputError(f"step {step} is not in this session")
            details = pack({**self._details(row[0], step), "texts": texts})
            db.execute("UPDATE proposals SET details = ? WHERE step = ?", (details, step))

    def thin_adapters(self, keep_last: int, most_bytes: int) -> tuple[str, ...]:
        """Drop the tensors of old adapters where all of them take more than ``most_bytes`` (see thinning.py)."""
        kept = self.in_force(self.timeline.current.active)
        if thinning.size(self._db) <= most_bytes:
            return ()
        with self._transaction() as db:
            return thinning.thin(db, keep_last, most_bytes, kept)

    def _insert_event(self, step: Step, added: str | None = None) -> None:
        payload = None
        if step.change is not None:
            undone = {} if step.kind == step.change.kind else {"kind": step.change.kind}
            payload = json.dumps({**step.change.payload, **undone})
        row = (self._seq + 1, step.kind, step.patch_id, self._hasher.of(step.state, added), _now(), payload)
        columns = "seq, kind, patch_id, state_hash, time, payload"
        self._db.execute(f"INSERT INTO events ({columns}) VALUES (?, ?, ?, ?, ?, ?)", row)

    def _advance(self, step: Step) -> None:
        self.timeline.carry_out(step)
        self._seq += 1
        self._note_commit(step, self.state_hash)
        if step.change is not None and step.change.kind == "configure":
            self.meta = dict(self._db.execute("SELECT key, value FROM meta"))

    def _note_commit(self, step: Step, state_hash: str) -> None:
        if step.kind == "commit":
            self._committed_as.setdefault(state_hash, str(step.patch_id))

    def writing(self) -> AbstractContextManager[sqlite3.Connection]:
        """A transaction for what is no event; see ``_transaction`` for what is raised."""
        return self._transaction()

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with explained(self.path, "read"):
            yield self._db

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing; refuses when the session can only be read, and when another program has written to the file
        since it was opened all the same (a disk without locks)."""
        self.check_writable()
        with explained(self.path, "written"):
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
        with explained(self.path, "read"):
            result = [row[0] for row in self._db.execute("PRAGMA integrity_check")]
        if result != ["ok"]:
            faults.append(f"SQLite: {result[0]}")
        thinned = thinning.thinned(self._db)
        for patch_id in self._hashes.keys() - thinned:
            try:
                self.patch(patch_id)
            except SessionError as error:
                faults.append(str(error))
        return faults + self._faulty_events()

    def _faulty_events(self) -> list[str]:
        faults, replay = [], Timeline()
        hasher = StateHasher(self.meta["base_fingerprint"], self._hashes)
        for event in self.events():
            try:
                state = replay.carry_out(_fitting(replay, event))
                right = hasher.of(state) == event.state_hash
            except (KeyError, InputError) as error:
                return [*faults, f"event {event.seq} ({event.kind}) does not fit: {error}"]
            if not right:
                faults.append(f"event {event.seq} ({event.kind} {event.patch_id or ''}) does not have its hash")
        return faults


_SELECT_ENTRY = "SELECT step, patch_id, status, prompt, details, note, time, tags, name FROM proposals"


def _fitting(timeline: Timeline, event: Event) -> Step:
    """What a recorded event does; raises InputError where it makes no sense or its payload cannot be used."""
    step = timeline.plan(event.kind, event.patch_id, event.payload)
    if event.kind in CHANGES and step.change is not None:
        changes.check(step.change)
    return step


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
