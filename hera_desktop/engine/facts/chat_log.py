"""The conversations of a session: a tree of messages, the fact memory after each lesson, and the surveys of all facts.

Nothing in it is ever deleted: another answer stands beside the old one, and an edited message begins a branch. The
functions that take a connection are for a transaction that is open already, because a turn is recorded together with
the patch of its lesson, or not at all.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..changes import clean
from ..errors import InputError, SessionError
from .records import FactInfo, Message, Survey

if TYPE_CHECKING:
    from .chat_file import LoadedMessage

CHAT_SCHEMA = (
    """
CREATE TABLE messages (
    message_id INTEGER PRIMARY KEY, parent INTEGER REFERENCES messages CHECK (parent < message_id),
    role TEXT NOT NULL CHECK (role IN ('user', 'assistant')), text TEXT NOT NULL, state_hash TEXT NOT NULL,
    patch_id TEXT REFERENCES patches, details TEXT NOT NULL, time TEXT NOT NULL
) STRICT
""",
    "CREATE INDEX messages_by_parent ON messages (parent)",
    """
CREATE TABLE memories (
    patch_id TEXT PRIMARY KEY REFERENCES patches, memory TEXT NOT NULL, fact_id INTEGER
) STRICT
""",
    """
CREATE TABLE surveys (
    survey_id INTEGER PRIMARY KEY, turn INTEGER NOT NULL, state_hash TEXT NOT NULL, known INTEGER NOT NULL,
    facts INTEGER NOT NULL, shares TEXT NOT NULL, time TEXT NOT NULL
) STRICT
""",
)
"""A message comes after its parent in number too, so that no conversation can run in a circle."""

_SELECT = "SELECT message_id, parent, role, text, state_hash, time, patch_id, details FROM messages"
_PATH = f"""
WITH RECURSIVE line (id) AS (
    VALUES (?) UNION SELECT parent FROM messages JOIN line ON message_id = id WHERE parent IS NOT NULL
)
{_SELECT} WHERE message_id IN line ORDER BY message_id
"""

_LESSONS = "SELECT rowid, patch_id, fact_id FROM memories WHERE rowid > ? ORDER BY rowid"
_TOLD = """
SELECT memories.rowid, json_extract(fact.value, '$.info.text'), json_extract(fact.value, '$.info.relation'),
    json_extract(fact.value, '$.info.subject'), json_extract(fact.value, '$.info.object')
FROM memories, json_each(memories.memory, '$.facts') AS fact
WHERE memories.rowid IN (SELECT value FROM json_each(?)) AND json_extract(fact.value, '$.fact_id') = memories.fact_id
"""

_SHARES = """
SELECT step, json_extract(details, '$.lesson.figures.known_share') FROM proposals
WHERE step > ? AND status != 'rejected' AND json_extract(details, '$.source.kind') = 'chat' ORDER BY step
"""
_SAID = """
SELECT message_id FROM messages
WHERE message_id > ? AND role = 'user' AND json_extract(details, '$.loaded') IS NULL ORDER BY message_id
"""
_KNOWN = """
SELECT message_id, json_extract(details, '$.lesson.fact.text'), json_extract(details, '$.lesson.fact.relation'),
    json_extract(details, '$.lesson.fact.subject'), json_extract(details, '$.lesson.fact.object')
FROM messages WHERE message_id IN (SELECT value FROM json_each(?))
    AND json_extract(details, '$.lesson.outcome') = 'known' AND json_extract(details, '$.lesson.fact.kind') = 'fact'
ORDER BY message_id
"""

Opened = Callable[[], AbstractContextManager[sqlite3.Connection]]


# --- writing, inside a transaction ------------------------------------------------------------------------------------


def insert_message(
    db: sqlite3.Connection,
    parent: int | None,
    role: str,
    text: str,
    state_hash: str,
    patch_id: str | None = None,
    details: Mapping[str, Any] | None = None,
    time: str = "",
) -> int:
    """Record a message and return its number; ``time`` is now where it is empty.

    Raises:
        InputError: the role is unknown, the parent is not in the session, or this role cannot follow it.
    """
    _check_order(db, parent, role)
    row = (parent, role, clean(text), state_hash, patch_id, _stored(details or {}), time or _now())
    columns = "parent, role, text, state_hash, patch_id, details, time"
    return int(db.execute(f"INSERT INTO messages ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", row).lastrowid or 0)


def insert_turn(
    db: sqlite3.Connection, parent: int | None, said: Mapping[str, Any], answered: Mapping[str, Any]
) -> tuple[int, int]:
    """Record a message and its answer; their numbers."""
    user = insert_message(db, parent, "user", **said)
    return user, insert_message(db, user, "assistant", **answered)


def set_lesson(db: sqlite3.Connection, message_id: int, patch_id: str | None, lesson: Mapping[str, Any]) -> None:
    """What was learned from a message, in the place of an earlier lesson of it; ``patch_id`` is None where nothing was
    proposed. Raises InputError where there is no such message."""
    row = db.execute("SELECT details FROM messages WHERE message_id = ?", (message_id,)).fetchone()
    if row is None:
        raise _unknown(message_id)
    details = _stored({**_loaded(row[0], f"message {message_id}"), "lesson": lesson})
    db.execute("UPDATE messages SET patch_id = ?, details = ? WHERE message_id = ?", (patch_id, details, message_id))


def insert_memory(db: sqlite3.Connection, patch_id: str, memory: Mapping[str, Any], fact_id: int | None = None) -> None:
    """Record the fact memory as it is right after a lesson, and the fact that the lesson was about."""
    db.execute("INSERT INTO memories VALUES (?, ?, ?)", (patch_id, _stored(memory), fact_id))


def insert_survey(db: sqlite3.Connection, survey: Survey) -> None:
    """Record a survey; its time is now where it says none."""
    shares = _stored({str(fact): share for fact, share in survey.shares.items()})
    row = (survey.turn, survey.state_hash, survey.known, survey.facts, shares, survey.time or _now())
    db.execute("INSERT INTO surveys (turn, state_hash, known, facts, shares, time) VALUES (?, ?, ?, ?, ?, ?)", row)


def _check_order(db: sqlite3.Connection, parent: int | None, role: str) -> None:
    """An answer follows a user's message; that follows an answer, or nothing, or one that was never answered."""
    if role not in ("user", "assistant"):
        raise InputError(f"message role '{role}' is unknown; it is user or assistant")
    if parent is None:
        if role == "assistant":
            raise InputError("an answer needs the message that it answers, and none is named")
        return
    row = db.execute("SELECT role FROM messages WHERE message_id = ?", (parent,)).fetchone()
    if row is None:
        raise _unknown(parent)
    if role == "assistant" and row[0] == "assistant":
        raise InputError(f"message {parent} is an answer, and an answer follows a message of the user")
    if role == row[0] == "user" and _answered(db, parent):
        raise InputError(f"message {parent} was answered; the next message follows one of its answers")


def _answered(db: sqlite3.Connection, message_id: int) -> bool:
    query = "SELECT 1 FROM messages WHERE parent = ? AND role = 'assistant' LIMIT 1"
    return db.execute(query, (message_id,)).fetchone() is not None


# --- the log ----------------------------------------------------------------------------------------------------------


class ChatLog:
    """The conversations of one session. ``reading`` gives its connection, ``writing`` one transaction on it; ``path``
    is the session's, for sentences. Every method raises SessionError where the session cannot be read or written."""

    def __init__(self, reading: Opened, writing: Opened, path: Path | None = None) -> None:
        self._reading, self._writing = reading, writing
        self._session = "the session" if path is None else f"session {path}"
        # by row of ``memories``; what is recorded there is never changed
        self._rows: dict[int, tuple[str, int | None]] = {}
        self._told: dict[int, FactInfo] = {}
        self._turns: list[int] = []
        self._first_share: float | None = None
        self._looked = 0  # the last lesson without a share of known facts

    # --- messages ---------------------------------------------------------------------------------------------------

    def messages(self) -> tuple[Message, ...]:
        """Every message of every conversation, oldest first."""
        return self._found(f"{_SELECT} ORDER BY message_id")

    def message(self, message_id: int) -> Message:
        """Raises InputError where there is no such message, as the next three do."""
        found = self._found(f"{_SELECT} WHERE message_id = ?", message_id)
        if not found:
            raise _unknown(message_id)
        return found[0]

    def path(self, leaf: int) -> tuple[Message, ...]:
        """The conversation that ends with this message, from its first one on."""
        found = self._found(_PATH, leaf)
        if not found:
            raise _unknown(leaf)
        return found

    def children(self, message_id: int | None) -> tuple[Message, ...]:
        """What follows a message, oldest first; of None the first messages of all conversations."""
        if message_id is not None:
            self.message(message_id)
        return self._found(f"{_SELECT} WHERE parent IS ? ORDER BY message_id", message_id)

    def siblings(self, message_id: int) -> tuple[Message, ...]:
        """The versions of a message, itself among them, oldest first: those of its role that follow the same one."""
        mine = self.message(message_id)
        return tuple(message for message in self.children(mine.parent) if message.role == mine.role)

    def leaves(self) -> tuple[Message, ...]:
        """The last message of every branch, oldest first."""
        followed = "SELECT parent FROM messages WHERE parent IS NOT NULL"
        return self._found(f"{_SELECT} WHERE message_id NOT IN ({followed}) ORDER BY message_id")

    def latest(self) -> int | None:
        """The newest message's number; None where nothing was said yet."""
        return self._number("SELECT max(message_id) FROM messages")

    def turns(self) -> int:
        """How many messages the user has said in this session, in all conversations; loaded ones are not counted."""
        with self._reading() as db:
            return len(self._said(db))

    def add(
        self,
        parent: int | None,
        role: str,
        text: str,
        state_hash: str,
        patch_id: str | None = None,
        details: Mapping[str, Any] | None = None,
    ) -> Message:
        """Record a message in a transaction of its own; raises what ``insert_message`` raises."""
        with self._writing() as db:
            number = insert_message(db, parent, role, text, state_hash, patch_id, details)
        return self.message(number)

    def set_lesson(self, message_id: int, patch_id: str | None, lesson: Mapping[str, Any]) -> Message:
        """Record what was learned from a message; raises InputError where there is no such message."""
        with self._writing() as db:
            set_lesson(db, message_id, patch_id, lesson)
        return self.message(message_id)

    def take_in(self, messages: Sequence[LoadedMessage]) -> int | None:
        """Record a loaded conversation in one transaction; the number of its last message, None where it is empty.
        Parents are those of the file, each before its answers."""
        numbers: dict[int | None, int | None] = {None: None}
        last = None
        with self._writing() as db:
            for message in messages:
                told: dict[str, Any] = {"fact": {"kind": "fact", "text": message.fact}} if message.fact else {}
                last = insert_message(
                    db,
                    numbers[message.parent],
                    message.role,
                    message.text,
                    message.state_hash,
                    None,
                    {**told, "loaded": True},
                    message.time,
                )
                numbers[message.message_id] = last
        return last

    def add_turn(
        self, parent: int | None, said: Mapping[str, Any], answered: Mapping[str, Any]
    ) -> tuple[Message, Message]:
        """Record a message and its answer in one transaction; both are the arguments of ``insert_message`` after the
        role."""
        with self._writing() as db:
            user, answer = insert_turn(db, parent, said, answered)
        return self.message(user), self.message(answer)

    # --- memories and surveys ---------------------------------------------------------------------------------------

    def memory_of(self, patch_id: str) -> dict[str, Any] | None:
        """The fact memory right after the lesson ``patch_id``; None for a patch that is no lesson."""
        with self._reading() as db:
            row = db.execute("SELECT memory FROM memories WHERE patch_id = ?", (patch_id,)).fetchone()
        return None if row is None else _loaded(row[0], f"the fact memory of patch '{patch_id}'", self._session)

    def taught(self) -> dict[str, int]:
        """The fact that each committed lesson was about, by patch; a replay is about none."""
        with self._reading() as db:
            return {patch_id: number for patch_id, number in self._lessons(db).values() if number is not None}

    def known_already(self, after: int) -> tuple[tuple[int, FactInfo], ...]:
        """The facts that were told after turn ``after`` and that the model knew, with their turns, oldest first."""
        with self._reading() as db:
            turns = {message_id: turn for turn, message_id in enumerate(self._said(db), 1) if turn > after}
            rows = db.execute(_KNOWN, (json.dumps([*turns]),)).fetchall() if turns else ()
        return tuple(
            (turns[message_id], FactInfo(text, "fact", relation=relation, subject=subject, object=object))
            for message_id, text, relation, subject, object in rows
        )

    def of_lessons(self) -> frozenset[str]:
        """The patches of all committed lessons: of facts, of replays, of exchanges."""
        with self._reading() as db:
            return frozenset(patch_id for patch_id, _ in self._lessons(db).values())

    def told(self, without: Collection[int] = ()) -> dict[int, FactInfo]:
        """The facts of all committed lessons by number, those of other states too, except those ``without``; each as it
        was told last, with its texts alone."""
        with self._reading() as db:
            newest = {number: row for row, (_, number) in self._lessons(db).items() if number not in (None, *without)}
            unread = [row for row in newest.values() if row not in self._told]
            read = db.execute(_TOLD, (json.dumps(unread),)).fetchall() if unread else ()
            found = self._told | {
                row: FactInfo(text, "fact", relation=relation, subject=subject, object=object)
                for row, text, relation, subject, object in read
            }
            if not db.in_transaction:
                self._told = found
        return {number: found[row] for number, row in newest.items() if row in found}

    def _said(self, db: sqlite3.Connection) -> list[int]:
        """The user's messages that were not loaded, oldest first; each is looked at once, as with lessons."""
        new = [row[0] for row in db.execute(_SAID, (self._turns[-1] if self._turns else 0,))]
        if not db.in_transaction:
            self._turns += new
            return self._turns
        return self._turns + new

    def _lessons(self, db: sqlite3.Connection) -> dict[int, tuple[str, int | None]]:
        """Patch and fact of each row of ``memories``, oldest first. A row comes to stay, so it is read once: the fact
        lies behind the memory, which is long. What is not yet committed is not kept."""
        new = {row: (patch, fact) for row, patch, fact in db.execute(_LESSONS, (max(self._rows, default=0),))}
        if not db.in_transaction:
            self._rows |= new
            return self._rows
        return self._rows | new

    def lessons(self, newest: int = -1) -> tuple[dict[str, Any], ...]:
        """The ``newest`` lessons on record (below 0: all), refused ones too, oldest first, in plain values."""
        query = (
            "SELECT patch_id, json_extract(details, '$.lesson') FROM proposals "
            "WHERE json_extract(details, '$.source.kind') = 'chat' ORDER BY step DESC LIMIT ?"
        )
        with self._reading() as db:
            rows = db.execute(query, (newest,)).fetchall()[::-1]
        named = (
            (patch_id, _loaded(text, f"the lesson '{patch_id}'", self._session)) for patch_id, text in rows if text
        )
        return tuple({**lesson, "patch_id": patch_id} for patch_id, lesson in named)

    def first_known_share(self) -> float | None:
        """The share of known facts right after the first lesson that changed the model; None before there is one."""
        if self._first_share is None:
            with self._reading() as db:
                for step, share in db.execute(_SHARES, (self._looked,)):
                    if share is not None:
                        self._first_share = float(share)
                        break
                    self._looked = step
        return self._first_share

    def surveys(self) -> tuple[Survey, ...]:
        """Every survey, oldest first."""
        columns = "survey_id, turn, state_hash, known, facts, shares, time"
        with self._reading() as db:
            rows = db.execute(f"SELECT {columns} FROM surveys ORDER BY survey_id").fetchall()
        return tuple(self._survey(row) for row in rows)

    def add_survey(self, survey: Survey) -> None:
        """Record a survey in a transaction of its own."""
        with self._writing() as db:
            insert_survey(db, survey)

    # --- rows -------------------------------------------------------------------------------------------------------

    def _found(self, query: str, *values: Any) -> tuple[Message, ...]:
        with self._reading() as db:
            rows = db.execute(query, values).fetchall()
        return tuple(self._message(row) for row in rows)

    def _message(self, row: tuple[Any, ...]) -> Message:
        *plain, details = row
        return Message(*plain, _loaded(details, f"message {row[0]}", self._session))

    def _survey(self, row: tuple[Any, ...]) -> Survey:
        number, turn, state_hash, known, facts, shares, time = row
        what = f"survey {number}"
        try:
            found = {int(fact): float(share) for fact, share in _loaded(shares, what, self._session).items()}
        except (TypeError, ValueError):
            raise _damaged(what, self._session) from None
        return Survey(turn, state_hash, known, facts, found, time)

    def _number(self, query: str) -> int | None:
        with self._reading() as db:
            return db.execute(query).fetchone()[0]


def _stored(tree: Mapping[str, Any]) -> str:
    return clean(json.dumps(tree, ensure_ascii=False))


def _loaded(text: str, what: str, session: str = "the session") -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise _damaged(what, session)
    return found


def _damaged(what: str, session: str) -> SessionError:
    return SessionError(f"{session} is damaged: {what} cannot be read")


def _unknown(message_id: int) -> InputError:
    return InputError(f"message {message_id} is not in this session")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
