"""What the chat's requests tell the window: frozen records of plain values. Those of the engine (``Message``,
``KnownFact``, ``Lesson``, ``Survey``, ...) are handed on as they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from hera_desktop.engine.facts.records import KnownFact, Message, Survey
    from hera_desktop.engine.text_difference import Difference

Learning = Literal["off", "ask", "automatic"]
LEARNING: tuple[Learning, ...] = ("off", "ask", "automatic")


@dataclass(frozen=True)
class ReplySettings:
    """How the model answers; ``temperature`` 0 is greedy."""

    system_prompt: str = ""
    max_new_tokens: int = 200
    temperature: float = 0.0
    top_p: float = 1.0
    seed: int = 0


@dataclass(frozen=True)
class ChatState:
    """Everything the chat's panels draw. ``messages`` are those of all branches, oldest first; ``head`` is the message
    that was written last. ``lessons`` are plain values, oldest first; ``learning`` and ``reply`` as configured;
    ``measures`` are the running measures as of now."""

    messages: tuple[Message, ...]
    head: int | None
    facts: tuple[KnownFact, ...]
    surveys: tuple[Survey, ...]
    lessons: tuple[Mapping[str, Any], ...]
    learning: Learning
    reply: ReplySettings
    state_hash: str
    measures: Mapping[str, float | None] = field(default_factory=dict)


@dataclass(frozen=True)
class ChatText:
    """A piece of the answer that is being written."""

    text: str


@dataclass(frozen=True)
class AnswersCompared:
    """Answers to one message with the adapter off and as it is now, and where they differ (``a`` is the base's)."""

    message_id: int
    base: str
    now: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class ConversationSaved:
    path: str
    messages: int


@dataclass(frozen=True)
class ConversationLoaded:
    """``head``: the last message of it, in this session."""

    path: str
    messages: int
    head: int | None


@dataclass(frozen=True)
class AdapterExported:
    folder: str
