"""The quiet line under a user's message: what was learned from it, or why nothing was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..i18n import mark, tr
from ..sentences import without_level

if TYPE_CHECKING:
    from hera_desktop.engine.facts.records import Message

MARKS = {
    "committed": "committed",
    "warning": "warning",
    "softened": "warning",
    "rejected": "rejected",
    "known": "reverted",
    "nothing": "left",
}
"""The mark of each outcome; ``reverted`` and ``left`` are hollow."""
WORDS = {
    "committed": mark("learned: {fact}"),
    "warning": mark("learned with a warning: {fact}"),
    "softened": mark("learned at {share} of the step: {fact}"),
    "rejected": mark("not learned: {reason}"),
    "known": mark("known already: {fact}"),
    "nothing": mark("nothing to learn: {reason}"),
}
RECALLED = mark("recalled {right} of {asked}")
CONTRADICTS = mark("contradicts: {facts}")
SECONDS = mark("{seconds:.1f} s")
UNLEARNED = mark("a fact, not learned: {fact}")


@dataclass(frozen=True)
class Learned:
    """``mark`` is the name of a mark of marks.py; ``tip`` says more."""

    mark: str
    text: str
    tip: str = ""


def learned_of(message: Message) -> Learned | None:
    """What a message's line says; None where it has none."""
    if message.role != "user":
        return None
    fact = message.details.get("fact") or {}
    lesson = message.details.get("lesson")
    if lesson:
        return _of_lesson(lesson, fact)
    if fact.get("kind") == "fact":
        return Learned("left", tr(UNLEARNED).format(fact=fact_text(fact)))
    return None


def fact_text(fact: Mapping[str, Any]) -> str:
    """``capital of France = Paris``; the sentence itself where no pattern took it apart."""
    subject, found = fact.get("subject", ""), fact.get("object", "")
    if not (subject and found):
        return fact.get("text", "")
    relation = fact.get("relation", "").replace("_", " ")
    return f"{relation}{_joint(relation)}{subject} = {found}" if relation else f"{subject} = {found}"


def _joint(relation: str) -> str:
    """Between a relation and its subject: ``capital of France``, but ``lives in: Ann``."""
    return " " if relation.endswith((" of", " by")) else ": "


def _of_lesson(lesson: Mapping[str, Any], fact: Mapping[str, Any]) -> Learned | None:
    outcome = lesson.get("outcome", "nothing")
    if outcome not in WORDS:
        return None
    reason = without_level(lesson.get("reason", ""))
    named = lesson.get("fact") or fact
    values = {"fact": fact_text(named), "reason": reason, "share": f"{lesson.get('share', 1.0):.0%}"}
    refused = outcome in ("rejected", "nothing")
    parts = [tr(WORDS[outcome]).format(**values), *([] if refused else _figures(lesson))]
    tip = "" if refused else reason
    return Learned(MARKS[outcome], ", ".join(parts), tip)


def _figures(lesson: Mapping[str, Any]) -> list[str]:
    found = []
    asked = lesson.get("asked") or ()
    if asked:
        right = sum(1 for answer in asked if answer.get("correct"))
        found.append(tr(RECALLED).format(right=right, asked=len(asked)))
    if lesson.get("seconds"):
        found.append(tr(SECONDS).format(seconds=lesson["seconds"]))
    if lesson.get("contradicts"):
        found.append(tr(CONTRADICTS).format(facts=", ".join(map(str, lesson["contradicts"]))))
    return found
