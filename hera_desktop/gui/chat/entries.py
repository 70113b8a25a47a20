"""What the conversation shows of a message, as plain values: two that are equal look the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from .learned import Learned, learned_of

if TYPE_CHECKING:
    from hera_desktop.engine.facts.records import Message

    from ..chat_records import AnswersCompared
    from .branches import Branches

Kind = Literal["plain", "code"]
_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]+`", re.DOTALL)


@dataclass(frozen=True)
class Entry:
    """``message_id`` is None while the message is not recorded yet. ``place``: which of how many siblings it is."""

    message_id: int | None
    role: Literal["user", "assistant"]
    text: str
    time: str = ""
    state_hash: str = ""
    learned: Learned | None = None
    place: tuple[int, int] = (1, 1)
    compared: AnswersCompared | None = None


def entry_of(message: Message, branches: Branches, compared: AnswersCompared | None = None) -> Entry:
    return Entry(
        message.message_id,
        message.role,
        message.text,
        message.time,
        message.state_hash,
        learned_of(message),
        branches.place(message.message_id),
        compared,
    )


def stretches(text: str) -> Iterator[tuple[str, Kind]]:
    """A text cut where code begins and ends: between backquotes, or between fences of three. Nothing is left out."""
    end = 0
    for found in _CODE.finditer(text):
        if found.start() > end:
            yield text[end : found.start()], "plain"
        yield found[0], "code"
        end = found.end()
    if end < len(text):
        yield text[end:], "plain"


def clock(time: str) -> str:
    """The hour and minute of a recorded time, where the user is; what is no time is shown as it is."""
    try:
        return datetime.fromisoformat(time).astimezone().strftime("%H:%M")
    except ValueError:
        return time


def day_and_clock(time: str) -> str:
    """The whole of a recorded time, where the user is."""
    try:
        return datetime.fromisoformat(time).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    except ValueError:
        return time
