"""The lessons on record as the plots draw them: read from plain values, where anything may be missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..i18n import mark
from ..sentences import without_level
from .learned import MARKS

WORDS = {
    "committed": mark("learned"),
    "warning": mark("learned with a warning"),
    "softened": mark("learned in part"),
    "rejected": mark("not learned"),
    "known": mark("known already"),
    "nothing": mark("nothing to learn"),
}


@dataclass(frozen=True)
class PlainToken:
    """As the engine's WeightedToken."""

    text: str
    weight: float
    why: tuple[str, ...] = ()


@dataclass(frozen=True)
class LessonData:
    """``number`` counts the lessons from 1. ``kl`` is the divergence from the base at its last step, ``perplexity`` the
    ratio to the base on the probes; None where it was not measured. ``survival``: patches of other kinds with the share
    of their change that is left; ``replayed``: the facts that were trained again."""

    number: int
    turn: int | None
    patch_id: str | None
    outcome: str
    text: str
    reason: str
    seconds: float
    steps: tuple[Mapping[str, float | None], ...]
    tokens: tuple[PlainToken, ...]
    measures: Mapping[str, float | None] = field(default_factory=dict)
    metrics: Mapping[str, Mapping[str, float | None]] = field(default_factory=dict)
    survival: Mapping[str, float] = field(default_factory=dict)
    replayed: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        return MARKS.get(self.outcome, "left")

    @property
    def loss(self) -> float | None:
        """Task loss of the last step, in nats."""
        return self.steps[-1].get("task") if self.steps else None

    @property
    def anchor_kl(self) -> float | None:
        return self.measures.get("anchor_kl")

    @property
    def perplexity(self) -> float | None:
        return self.metrics.get("ppl_ratio", {}).get("cumulative")


Metrics = Mapping[str, Mapping[str, Mapping[str, float | None]]]


def read_lessons(lessons: Sequence[Mapping[str, Any]], metrics: Metrics | None = None) -> tuple[LessonData, ...]:
    """``metrics`` are those of the timeline's steps by patch, for lessons that do not bring their own."""
    return tuple(_read(number, lesson, metrics or {}) for number, lesson in enumerate(lessons, 1))


def _read(number: int, lesson: Mapping[str, Any], metrics: Metrics) -> LessonData:
    patch_id = lesson.get("patch_id")
    own = lesson.get("metrics") or metrics.get(str(patch_id)) or {}
    return LessonData(
        number=number,
        turn=lesson.get("turn"),
        patch_id=patch_id,
        outcome=str(lesson.get("outcome", "nothing")),
        text=_text(lesson),
        reason=without_level(str(lesson.get("reason") or "")),
        seconds=float(lesson.get("seconds") or 0.0),
        steps=tuple(lesson.get("steps") or ()),
        tokens=tuple(_token(token) for token in lesson.get("tokens") or ()),
        measures=lesson.get("measures") or {},
        metrics=own,
        survival=lesson.get("survival") or {},
        replayed=tuple(map(str, lesson.get("replayed") or ())),
    )


def _text(lesson: Mapping[str, Any]) -> str:
    """The sentence that was learned: given alone, or within the fact."""
    fact = lesson.get("fact")
    found = fact.get("text", "") if isinstance(fact, Mapping) else fact
    return " ".join(str(found or lesson.get("text") or "").split())


def _token(token: Mapping[str, Any]) -> PlainToken:
    return PlainToken(str(token["text"]), float(token["weight"]), tuple(token.get("why") or ()))
