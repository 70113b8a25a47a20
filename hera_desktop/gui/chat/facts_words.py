"""How the facts of the chat are put into words, and which mark stands for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from ..i18n import mark, tr

if TYPE_CHECKING:
    from hera_desktop.engine.facts.records import Asked, FactInfo, KnownFact

Standing = Literal["known", "lost", "unasked"]
NOTHING = "–"
STANDINGS: Mapping[Standing, str] = {"known": mark("known"), "lost": mark("lost"), "unasked": mark("not asked yet")}
MARKS: Mapping[Standing, str] = {"known": "committed", "lost": "rejected", "unasked": "waiting"}
"""The marks of marks.py that stand for them."""


def standing(fact: KnownFact, needed: float) -> Standing:
    """Whether a fact was known when it was last asked; ``needed`` is the share of right answers for that."""
    if fact.recall is None:
        return "unasked"
    return "known" if fact.recall >= needed else "lost"


def recall_text(fact: KnownFact) -> str:
    """Right answers of those asked, such as 3/4; the share where the answers are not kept; a dash if never asked."""
    if fact.asked:
        return f"{sum(answer.correct for answer in fact.asked)}/{len(fact.asked)}"
    return NOTHING if fact.recall is None else f"{fact.recall:.0%}"


def answer_mark(asked: Asked) -> str:
    return "committed" if asked.correct else "rejected"


def relation_text(relation: str) -> str:
    return relation.replace("_", " ")


def triple(fact: KnownFact | FactInfo) -> str:
    """Subject, relation and object in one line."""
    if not fact.relation:
        return ""
    return f"{fact.subject} · {relation_text(fact.relation)} · {fact.object}"


def told_text(fact: KnownFact) -> str:
    """How often and when a fact was told, and how much it counts."""
    times = tr("told once") if fact.count == 1 else tr("told {count} times").format(count=fact.count)
    turns = tr("in turn {turn}").format(turn=fact.last_seen)
    if fact.first_seen != fact.last_seen:
        turns = tr("in turns {first} to {last}").format(first=fact.first_seen, last=fact.last_seen)
    importance = tr("importance {value}").format(value=f"{fact.importance:.2f}")
    return f"{times} {turns}, {importance}"


def contradiction_text(other: KnownFact) -> str:
    """The other fact of a contradiction, in quotes, and when it was told."""
    return tr("Contradicts “{text}” (turn {turn})").format(text=other.text.strip(), turn=other.last_seen)
