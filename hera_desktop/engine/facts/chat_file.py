"""A conversation as a JSON file, to be kept, read or continued elsewhere.

The file is an object with ``format`` ("hera-conversation"), ``version`` (1), ``session`` (where it came from, plain
values) and ``messages``: each with ``id``, ``parent`` (an id that stands before it, or null), ``role``, ``text``,
``state_hash``, ``time``, and, of a user's message, ``fact`` and ``outcome`` of its lesson (empty where there are none).
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ..changes import clean
from ..errors import InputError, MachineError, one_line
from .records import Message

FORMAT = "hera-conversation"
VERSION = 1
MAX_BYTES = 100_000_000

_TEXTS = ("role", "text", "state_hash", "time", "fact", "outcome")


@dataclass(frozen=True)
class LoadedMessage:
    """A message of a file. ``message_id`` and ``parent`` are numbers within the file; ``state_hash`` is of the session
    it was written in; ``fact`` and ``outcome`` (see Lesson) are empty where nothing was to be learned."""

    message_id: int
    parent: int | None
    role: str
    text: str
    state_hash: str = ""
    time: str = ""
    fact: str = ""
    outcome: str = ""


# --- saving -----------------------------------------------------------------------------------------------------------


def save_conversation(
    path: str | Path, messages: Sequence[Message], session_info: Mapping[str, Any], overwrite: bool = False
) -> Path:
    """Write messages (a path of the log, or all of it) and where they came from; the file appears whole or not at all.

    Raises:
        InputError: there is no message, one follows a message that is not among them, the file is there already and is
            not to be replaced, or its folder is not there.
        MachineError: the file cannot be written.
    """
    path = Path(path)
    check_place(path, overwrite)
    if not messages:
        raise InputError(f"there is no message to save in {path}")
    kept = [_kept(message) for message in messages]
    _check_parents(kept, f"{path} cannot be written")
    rows = [{"id": message.message_id, **_without_id(message)} for message in kept]
    document = {"format": FORMAT, "version": VERSION, "session": dict(session_info), "messages": rows}
    _write(path, clean(json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode())
    return path


def check_place(path: Path, overwrite: bool = False) -> None:
    """Raises InputError where a conversation could not be saved under this name."""
    try:
        if path.is_dir():
            raise InputError(f"{path} is a folder; name a file for the conversation")
        if path.exists() and not overwrite:
            raise InputError(f"{path} exists already; choose another name")
        if not path.parent.is_dir():
            raise InputError(f"conversation {path} cannot be written: folder {path.parent} does not exist")
    except OSError as error:  # a name that is too long, a folder on the way that is not to be read
        raise MachineError(f"conversation {path} cannot be written: {error.strerror}") from None


def _kept(message: Message) -> LoadedMessage:
    lesson, found = (message.details.get(key) or {} for key in ("lesson", "fact"))
    learned = lesson.get("fact") or (found if found.get("kind") == "fact" else {})
    return LoadedMessage(
        message.message_id,
        message.parent,
        message.role,
        message.text,
        message.state_hash,
        message.time,
        fact=str(learned.get("text") or ""),
        outcome=str(lesson.get("outcome") or ""),
    )


def _without_id(message: LoadedMessage) -> dict[str, Any]:
    return {key: value for key, value in asdict(message).items() if key != "message_id"}


def _write(path: Path, data: bytes) -> None:
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except OSError as error:
        raise MachineError(f"conversation {path} cannot be written: {error.strerror or one_line(error)}") from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


# --- loading ----------------------------------------------------------------------------------------------------------


def load_conversation(path: str | Path) -> tuple[LoadedMessage, ...]:
    """The messages of a file, each after the one it follows.

    Raises:
        InputError: the file is missing, larger than 100 MB, of another program, of a newer version, or damaged.
    """
    path = Path(path)
    tree = _tree(path)
    if not isinstance(tree, dict) or tree.get("format") != FORMAT:
        raise InputError(f"{path} is not a conversation of this program (its format is not '{FORMAT}')")
    version = tree.get("version")
    if type(version) is not int or version < 1:
        raise InputError(f"conversation {path} is damaged: its version {version!r} is not a number from 1 upwards")
    if version > VERSION:
        raise InputError(
            f"conversation {path} has version {version}, and this program knows up to {VERSION}; update it"
        )
    rows = tree.get("messages")
    if not isinstance(rows, list) or not rows:
        raise InputError(f"conversation {path} is damaged: it holds no list of messages")
    damaged = f"conversation {path} is damaged"
    found = tuple(_loaded(row, number, damaged) for number, row in enumerate(rows, 1))
    _check_parents(found, damaged)
    return found


def _tree(path: Path) -> Any:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(f"conversation {path} is larger than {MAX_BYTES // 10**6} MB")
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise InputError(f"conversation {path} does not exist") from None
    except OSError as error:
        raise InputError(f"conversation {path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise InputError(f"conversation {path} is not UTF-8 text (byte {error.start})") from None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise InputError(f"conversation {path} is not valid JSON") from None


def _loaded(row: Any, number: int, damaged: str) -> LoadedMessage:
    if not isinstance(row, dict):
        raise InputError(f"{damaged}: message {number} is no object")
    texts = {key: row.get(key, "") for key in _TEXTS}
    wrong = [key for key, text in texts.items() if not isinstance(text, str)]
    wrong += [key for key in ("role", "text") if key not in row]
    wrong += [key for key in ("id", "parent") if not _is_number(row.get(key), optional=key == "parent")]
    if texts["role"] not in ("user", "assistant"):
        wrong.append("role")
    if wrong:
        raise InputError(f"{damaged}: '{wrong[0]}' of message {number} cannot be used")
    plain = {key: clean(text) for key, text in texts.items()}
    return LoadedMessage(row["id"], row.get("parent"), **plain)


def _is_number(value: Any, optional: bool) -> bool:
    return (optional and value is None) or type(value) is int


def _check_parents(messages: Sequence[LoadedMessage], what: str) -> None:
    """Each message comes after the one it follows, and an answer follows a user's message."""
    roles: dict[int, str] = {}
    for message in messages:
        name = f"message {message.message_id}"
        if message.message_id in roles:
            raise InputError(f"{what}: {name} is there twice")
        if message.parent is not None and message.parent not in roles:
            raise InputError(f"{what}: {name} follows message {message.parent}, which does not stand before it")
        before = None if message.parent is None else roles[message.parent]
        if message.role == "assistant" and before != "user":
            raise InputError(f"{what}: {name} is an answer and follows no message of the user")
        roles[message.message_id] = message.role
