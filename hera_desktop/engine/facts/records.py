"""What the chat hands out: plain values, so that the window, the command line and a script read the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Role = Literal["user", "assistant"]
Kind = Literal["fact", "question", "regular"]
Outcome = Literal["committed", "warning", "softened", "rejected", "known", "nothing"]


@dataclass(frozen=True)
class FactInfo:
    """What the detector makes of a message. ``text`` is the message, or, where the fact was found in a plainer wording
    of a sentence, that wording. ``pattern`` names the one that matched; texts are empty where there is no fact.
    ``start`` and ``end`` of subject and object are offsets in ``text``, or None."""

    text: str
    kind: Kind
    confidence: float = 0.0
    relation: str = ""
    subject: str = ""
    object: str = ""
    entities: tuple[str, ...] = ()
    pattern: str = ""
    subject_span: tuple[int, int] | None = None
    object_span: tuple[int, int] | None = None

    @property
    def is_fact(self) -> bool:
        return self.kind == "fact"


@dataclass(frozen=True)
class WeightedToken:
    """A token of a lesson and its weight in the loss; ``why`` names the weightings that raised it."""

    text: str
    weight: float
    why: tuple[str, ...] = ()


@dataclass(frozen=True)
class Parsed:
    """What would be learned from a message, before anything is: the fact and the weights of its tokens."""

    fact: FactInfo
    tokens: tuple[WeightedToken, ...]
    learns: bool
    note: str = ""
    contradicts: tuple[KnownFact, ...] = ()


@dataclass(frozen=True)
class KnownFact:
    """A fact in the memory. Turns are numbers of user messages; ``importance`` is as of now. ``recall`` is the share of
    right answers when it was last asked, None before that; ``asked`` are those answers."""

    fact_id: int
    text: str
    relation: str
    subject: str
    object: str
    entities: tuple[str, ...]
    count: int
    first_seen: int
    last_seen: int
    importance: float
    recall: float | None = None
    asked: tuple[Asked, ...] = ()
    contradicts: tuple[int, ...] = ()


@dataclass(frozen=True)
class Asked:
    """One question about a fact and the model's answer. ``trained``: its form was among those of the lesson."""

    question: str
    answer: str
    correct: bool
    trained: bool


@dataclass(frozen=True)
class LessonStep:
    """One optimiser step: losses in nats, ``kl`` against the base, ``probability`` of the object (geometric mean over
    its tokens, the worst form), learning rate as used, gradient norm before clipping."""

    step: int
    task: float
    kl: float
    replay: float
    total: float
    probability: float
    learning_rate: float
    gradient: float


@dataclass(frozen=True)
class Lesson:
    """What became of a message that was to be learned.

    ``outcome``: committed, warning (committed with one), softened (committed at ``share`` of the way), rejected, known
    (the model knew it, nothing was changed) or nothing. ``metrics`` as in a step's record; ``reason`` is one sentence.
    ``survival``: patches of the timeline that were checked again, with the change they still make (see edit survival).
    ``replayed``: the facts told before that were trained again in it, a replay's or those beside a new fact.
    ``reverted``: the patches that were taken out to forget a fact; every undo brings one of them back.
    """

    outcome: Outcome
    reason: str
    fact: FactInfo
    patch_id: str | None = None
    state_hash: str = ""
    share: float = 1.0
    steps: tuple[LessonStep, ...] = ()
    asked: tuple[Asked, ...] = ()
    tokens: tuple[WeightedToken, ...] = ()
    metrics: Mapping[str, Mapping[str, float | None]] = field(default_factory=dict)
    measures: Mapping[str, float | None] = field(default_factory=dict)
    survival: Mapping[str, float] = field(default_factory=dict)
    replayed: tuple[str, ...] = ()
    contradicts: tuple[str, ...] = ()
    evicted: tuple[str, ...] = ()
    reverted: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def changed(self) -> bool:
        """Whether the model is another one now."""
        return self.outcome in ("committed", "warning", "softened")


@dataclass(frozen=True)
class Message:
    """One message of a conversation; ``parent`` is the message before it, None for a first one. ``state_hash`` is the
    state the model was in when it was written; ``patch_id`` the lesson that was learned from a user's message.
    ``details``: of an answer ``sampling`` and ``seconds``; of a message ``lesson`` and ``fact`` in plain values."""

    message_id: int
    parent: int | None
    role: Role
    text: str
    state_hash: str
    time: str
    patch_id: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ChatTurn:
    """A message, its answer, what was found in it and what was learned; ``lesson`` is None where learning is off, or is
    asked for first. ``replayed`` is the lesson of a replay that was due; ``unfinished`` says why a replay or a survey
    after the turn did not come to its end; ``stopped``: the answer was ended early."""

    number: int
    user: Message
    answer: Message
    fact: FactInfo
    lesson: Lesson | None
    replayed: Lesson | None
    state_hash: str
    unfinished: str = ""
    stopped: bool = False


@dataclass(frozen=True)
class Survey:
    """All facts asked again in one state: the "still known" curve is made of these."""

    turn: int
    state_hash: str
    known: int
    facts: int
    shares: Mapping[int, float]
    time: str = ""
