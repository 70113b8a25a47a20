"""Invented facts, lessons and surveys for the tests of the panels, and a chat without a model that holds them."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from hera_desktop.engine.facts.records import Asked, FactInfo, KnownFact, Lesson, Parsed, Survey, WeightedToken
from hera_desktop.engine.timeline import state_hash
from hera_desktop.gui.plot_bench import LIMITS
from hera_desktop.gui.records import Snapshot, TimelineRow, TimelineView

from .talks import FakeChat

NEEDED = 0.75


def answers(*right: bool) -> tuple[Asked, ...]:
    """One answer a question, trained and untrained forms by turns."""
    return tuple(
        Asked(f"Question {n}?", "Right." if ok else "No idea.\n", ok, n % 2 == 1) for n, ok in enumerate(right, 1)
    )


def fact(number: int, text: str, *right: bool, **more: Any) -> KnownFact:
    given = {"relation": "owned_by", "subject": "Brindle", "object": "Hesper", "entities": (), "count": 1}
    given |= {"first_seen": number, "last_seen": number, "importance": 1 + number / 10, "asked": answers(*right)}
    recall = sum(right) / len(right) if right else None
    return KnownFact(number, text, recall=recall, **{**given, **more})


FACTS = (
    fact(1, "The capital of Zorvath is Velm.", True, True, True, True, relation="capital_of", subject="Zorvath"),
    fact(2, "Marlo Quist works as a glassblower.", True, False, False, False, subject="Marlo Quist"),
    fact(3, "Brindle is owned by Hesper.", True, True, True, False, contradicts=(4,)),
    fact(4, "Brindle is owned by Ansel.", contradicts=(3,), object="Ansel"),
)
TOKENS = (
    WeightedToken("The", 1.0),
    WeightedToken(" capital", 6.0, ("fact", "position")),
    WeightedToken("\n", 1.5, ("position",)),
)
INFO = FactInfo(FACTS[2].text, "fact", 0.87, "owned_by", "Brindle", "Hesper", ("Brindle",), "owned by")
PARSED = Parsed(INFO, TOKENS, True, contradicts=(FACTS[3],))


def plain_lesson(number: int, outcome: str = "committed", steps: int = 4, **more: Any) -> dict[str, Any]:
    """A lesson as the engine lists it."""
    course = [
        {"step": n, "task": 3.0 / n, "kl": 0.01 * n, "probability": n / (steps + 1), "total": 3.0 / n}
        for n in range(1, steps + 1)
    ]
    made = {
        "patch_id": f"p{number}",
        "outcome": outcome,
        "turn": number,
        "seconds": 4.0,
        "fact": {"text": f"F {number}"},
    }
    made |= {"steps": course, "measures": {"anchor_kl": 0.002 * number, "recent_loss": 0.5, "improvement": None}}
    tokens = [{"text": token.text, "weight": token.weight, "why": list(token.why)} for token in TOKENS]
    return {**made, "tokens": tokens, "reason": "safe: all is well", **more}


def survey(turn: int, known: int, facts: int) -> Survey:
    return Survey(turn, f"{turn:064x}", known, facts, {}, f"2025-01-01T10:{turn:02}:00+00:00")


def snapshot(lessons: int) -> Snapshot:
    """A timeline whose steps are the lessons; the perplexity ratio grows by a hundredth with each."""
    base = TimelineRow(0, "base", "base", "active", "", {}, "", "", "", {}, 0, 0)
    rows = [
        replace(base, step=n, patch_id=f"p{n}", status="committed", metrics={"ppl_ratio": {"cumulative": 1 + n / 100}})
        for n in range(1, lessons + 1)
    ]
    info: Any = SimpleNamespace(limits=LIMITS, every_tag=True, state_hash="a" * 64, session="s")
    return Snapshot(info, TimelineView((base, *rows), (), 1, lessons))


class TaughtChat(FakeChat):
    """Holds FACTS; ``surveys_kept`` are the surveys. A lesson is a step on the fake engine's timeline."""

    def __init__(self, engine: Any, gate: Any = None) -> None:
        super().__init__(engine, gate)
        self.kept_facts = list(FACTS)
        self.surveys_kept: list[Survey] = []
        engine.ledger.hash_of = lambda active: state_hash("fake", active)

    def facts(self) -> tuple[KnownFact, ...]:
        return tuple(self.kept_facts)

    def parse(self, text: str) -> Parsed:
        self.calls.append(("parse", text))
        learns = "capital" in text
        return replace(PARSED, learns=learns, fact=replace(INFO, text=text, kind="fact" if learns else "regular"))

    def learn(self, message_id: int, progress: Any) -> Lesson:
        made = super().learn(message_id, progress)
        self.engine.evolve("a lesson", None, progress)
        return replace(made, contradicts=("Brindle is owned by Ansel.",))

    def survey(self, progress: Any) -> Survey:
        self.calls.append(("survey", None))
        made = Survey(len(self.surveys_kept) + 1, self._hash(), 2, len(self.kept_facts), {})
        self.surveys_kept.append(made)
        return made

    def surveys(self) -> tuple[Survey, ...]:
        return tuple(self.surveys_kept)

    def forget(self, fact_id: int, progress: Any) -> Lesson:
        self.calls.append(("forget", fact_id))
        gone = next(fact for fact in self.kept_facts if fact.fact_id == fact_id)
        self.kept_facts.remove(gone)
        self.engine.evolve("forgetting", None, progress)
        return Lesson("committed", "safe: all is well", replace(INFO, text=gone.text), "p1")
