"""What is still known: facts asked again, one or all, in the present state."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ..progress import Progress
from .answers import share
from .memory import FactMemory
from .records import Asked, FactInfo, KnownFact, Survey

if TYPE_CHECKING:
    from ..hera import HeraEngine

Ask = Callable[[Sequence[FactInfo]], Sequence[Sequence[Asked]]]
"""Asks the questions about several facts; the answers fact by fact."""


AT_ONCE = 8
"""Facts that are asked about together."""


class Surveyor:
    """Asks about the facts of a memory; ``answers`` keeps what was answered, by state and fact."""

    def __init__(self, engine: HeraEngine, ask: Ask, answers: dict[tuple[str, int], tuple[Asked, ...]]) -> None:
        self._engine, self._ask, self._answers = engine, ask, answers

    def facts(self, memory: FactMemory) -> tuple[KnownFact, ...]:
        """The facts, with what was answered in this state where they were asked in it."""
        state = self._engine.state_hash
        shares = next((s.shares for s in reversed(self._engine.ledger.chat.surveys()) if s.state_hash == state), {})
        return tuple(self._as_asked(fact, state, shares.get(fact.fact_id)) for fact in memory.known())

    def _as_asked(self, fact: KnownFact, state: str, surveyed: float | None) -> KnownFact:
        asked = self._answers.get((state, fact.fact_id))
        if asked is not None:
            return replace(fact, asked=asked, recall=share(asked))
        return fact if surveyed is None else replace(fact, recall=surveyed)

    def ask(self, memory: FactMemory, fact_id: int) -> KnownFact:
        """Ask about one fact; raises InputError for one that is not in the memory."""
        info, state = memory.info(fact_id), self._engine.state_hash
        self._answers[state, fact_id] = tuple(self._ask([info])[0])
        return self._as_asked(memory.fact(fact_id), state, None)

    def survey(self, memory: FactMemory, turn: int, needed: float, progress: Progress) -> Survey:
        """Ask about all facts; kept in the session where it can be written."""
        facts, shares, state = memory.known(), {}, self._engine.state_hash
        for begin in range(0, len(facts), AT_ONCE):
            progress("asking about the facts", begin / len(facts))
            some = facts[begin : begin + AT_ONCE]
            answers = self._ask([memory.info(fact.fact_id) for fact in some])
            for fact, asked in zip(some, answers, strict=True):
                self._answers[state, fact.fact_id] = tuple(asked)
                shares[fact.fact_id] = share(asked) or 0.0
        known = sum(value >= needed for value in shares.values())
        found = Survey(turn, self._engine.state_hash, known, len(facts), shares)
        if not self._engine.ledger.read_only:
            self._engine.ledger.chat.add_survey(found)
            return self._engine.ledger.chat.surveys()[-1]
        return found
