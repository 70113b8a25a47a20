"""The conversations of a session as a tree: what came before a message, and what stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hera_desktop.engine.facts.records import Message


class Branches:
    """Messages by id, with the order of those that follow the same one. ``messages`` are oldest first."""

    def __init__(self, messages: Sequence[Message] = ()) -> None:
        self._messages = {message.message_id: message for message in messages}
        self._after: dict[int | None, list[int]] = {}
        for message in messages:
            self._after.setdefault(message.parent, []).append(message.message_id)

    def __contains__(self, message_id: int | None) -> bool:
        return message_id in self._messages

    def __len__(self) -> int:
        return len(self._messages)

    def message(self, message_id: int) -> Message:
        return self._messages[message_id]

    @property
    def beginnings(self) -> tuple[Message, ...]:
        """The first messages of the conversations, oldest first."""
        return tuple(self._messages[number] for number in self._after.get(None, ()))

    def path(self, leaf: int | None) -> tuple[Message, ...]:
        """From the first message to ``leaf``; empty for None and for one that is unknown."""
        found: list[Message] = []
        while (message := self._messages.get(leaf)) is not None:
            found.append(message)
            leaf = message.parent
        return tuple(reversed(found))

    def siblings(self, message_id: int) -> tuple[int, ...]:
        """The message and those that stand in its place on other branches: the same role after the same message."""
        message = self._messages[message_id]
        beside = (self._messages[number] for number in self._after[message.parent])
        return tuple(other.message_id for other in beside if other.role == message.role)

    def place(self, message_id: int) -> tuple[int, int]:
        """Which of its siblings a message is, from 1, and how many there are."""
        beside = self.siblings(message_id)
        return beside.index(message_id) + 1, len(beside)

    def beside(self, message_id: int, by: int) -> int:
        """The sibling ``by`` places on; the message itself where there is none."""
        siblings = self.siblings(message_id)
        place = siblings.index(message_id) + by
        return siblings[place] if 0 <= place < len(siblings) else message_id

    def newest_below(self, message_id: int) -> int:
        """The end of the branch that was last written on, from a message downwards."""
        while below := self._after.get(message_id):
            message_id = below[-1]
        return message_id
