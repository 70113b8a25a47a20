"""The facts that were learned: which are kept, which are replayed, which contradict one another.

A memory is a plain value: the same operations give the same memory, it goes to JSON and back without loss, and a copy
shares nothing that changes. It is stored with every adapter and comes back with it.
"""

from __future__ import annotations

import math
import random
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from pydantic import BaseModel, model_validator

from ..errors import InputError, SessionError
from ..facts_config import MemorySection
from .records import Asked, FactInfo, KnownFact

VERSION = 1
SENTENCE_END = " .,;:!?。、，；：！？"


_Key = tuple[str, ...]


class Learned(NamedTuple):
    """What learning a fact changed: its number, the facts that had to go for it, and those that it contradicts."""

    fact_id: int
    evicted: tuple[KnownFact, ...]
    contradicts: tuple[KnownFact, ...]


@dataclass(frozen=True)
class _Held:
    """A fact as it is kept. ``told`` numbers its last telling among all, which orders tellings of one turn too."""

    fact_id: int
    info: FactInfo
    count: int
    first_seen: int
    last_seen: int
    told: int
    asked: tuple[Asked, ...] = ()

    @cached_property
    def key(self) -> _Key:
        return _key(self.info)

    @cached_property
    def about(self) -> _Key | None:
        return _about(self.key)


class _Stored(BaseModel):
    """A memory as plain values."""

    version: int
    next_id: int
    tellings: int
    turn: int
    facts: tuple[_Held, ...]

    @model_validator(mode="after")
    def _consistent(self) -> _Stored:
        numbers = [held.fact_id for held in self.facts]
        if len(set(numbers)) != len(numbers) or max(numbers, default=0) >= self.next_id:
            raise ValueError("numbers of facts are given twice")
        if any(held.count < 1 for held in self.facts):
            raise ValueError("a fact was never told")
        return self


class FactMemory:
    """Turns are numbers of user messages. ``turn`` is the latest one the memory was given by ``learn`` or ``tick``;
    where an operation takes no turn, importance is as of that one."""

    def __init__(self, settings: MemorySection) -> None:
        self._settings = settings
        self._facts: dict[int, _Held] = {}
        self._next_id = 1
        self._tellings = 0
        self.turn = 0

    def __len__(self) -> int:
        return len(self._facts)

    def copy(self) -> FactMemory:
        """Another memory of the same facts; changes of one do not reach the other."""
        other = FactMemory(self._settings)
        other._facts = dict(self._facts)
        other._next_id, other._tellings, other.turn = self._next_id, self._tellings, self.turn
        return other

    # --- changing ---------------------------------------------------------------------------------------------------

    @property
    def next_id(self) -> int:
        """The first number that no fact of this memory has had."""
        return self._next_id

    def learn(self, info: FactInfo, turn: int, number: int | None = None) -> Learned:
        """Keep a fact, or count a repetition of one (its wording is then the newest). Where the memory is over its
        size the settings' ``eviction`` says which facts go; the one just learned never does. ``number`` is that of a
        new fact; the next one where it is None.

        Raises:
            ValueError: ``info`` is no fact, or ``number`` is another one's.
        """
        if not info.is_fact:
            raise ValueError(f"a message of kind '{info.kind}' cannot be learned as a fact")
        self._seen(turn)
        self._tellings += 1
        old = self._same(info)
        if old is None:
            held = _Held(self._free(number), info, 1, turn, turn, self._tellings)
            self._next_id = max(self._next_id, held.fact_id + 1)
        else:
            held = replace(old, info=info, count=old.count + 1, last_seen=turn, told=self._tellings)
        self._facts[held.fact_id] = held
        evicted = self._evict(held.fact_id)
        return Learned(held.fact_id, evicted, self.contradicting(info))

    def heard(self, info: FactInfo, turn: int) -> None:
        """Count a repetition of a fact from which nothing had to be learned; one that is not there stays away."""
        old = self._same(info)
        if old is not None:
            self._seen(turn)
            self._tellings += 1
            self._facts[old.fact_id] = replace(old, count=old.count + 1, last_seen=turn, told=self._tellings)

    def bring_back(self, other: FactMemory, fact_id: int) -> None:
        """Take a fact in as another memory holds it; of two tellings of the same fact the later one stays. Nothing
        changes where the other does not hold it, or where its number is another fact's here. The memory may be over its
        size until something is learned."""
        held = other._facts.get(fact_id)
        mine = None if held is None else self._same(held.info)
        if held is None or (mine is None and fact_id in self._facts):
            return
        if mine is None or (mine.last_seen, mine.told) < (held.last_seen, held.told):
            number = fact_id if mine is None else mine.fact_id
            self._facts[number] = replace(held, fact_id=number)
        self._next_id = max(self._next_id, fact_id + 1)
        self._tellings = max(self._tellings, held.told)

    def forget(self, fact_id: int) -> KnownFact:
        """Drop a fact and return it; no other one gets its number. Raises InputError where there is none."""
        gone = self.fact(fact_id)
        del self._facts[fact_id]
        return gone

    def tick(self, turn: int) -> tuple[KnownFact, ...]:
        """Drop and return the facts whose importance is below ``min_importance`` as of ``turn``."""
        self._seen(turn)
        least = self._settings.min_importance
        return self._drop([held for held in self._facts.values() if self.importance(held, turn) < least])

    def set_recall(self, fact_id: int, asked: Iterable[Asked]) -> KnownFact:
        """Keep the answers to questions about a fact, in the place of earlier ones. Raises InputError where there is
        no such fact."""
        self._facts[fact_id] = replace(self._held(fact_id), asked=tuple(asked))
        return self.fact(fact_id)

    # --- reading ----------------------------------------------------------------------------------------------------

    def importance(self, fact: KnownFact | _Held, turn: int) -> float:
        """How much a fact matters as of ``turn``, from 0 up (theory: ours, after the document this chat was asked for).

        With n tellings and u turns since the last one, repetition = 1 - 1/n and recency = exp(-u / decay_after), both
        in 0..1: hybrid = 1 + repetition/2 + recency/2, repetition = 1 + repetition, recency = 1 + recency; less
        ``decay`` for every full ``decay_after`` turns in u.
        """
        unseen = max(0, turn - fact.last_seen)
        repetition = 1 - 1 / fact.count
        recency = math.exp(-unseen / self._settings.decay_after)
        raised = {"repetition": repetition, "recency": recency, "hybrid": 0.5 * repetition + 0.5 * recency}
        lost = self._settings.decay * (unseen // self._settings.decay_after)
        # rounded, so that 1 - 9 * 0.1 is not below 0.1
        return round(max(0.0, 1 + raised[self._settings.importance] - lost), 12)

    def known(self, turn: int | None = None) -> tuple[KnownFact, ...]:
        """All facts with their importance as of ``turn``, most important first, of equal ones the last told."""
        turn = self.turn if turn is None else turn
        return self._public(self._ranked(self._facts.values(), turn), turn)

    def fact(self, fact_id: int) -> KnownFact:
        """One fact; raises InputError where there is none of this number."""
        return self._public([self._held(fact_id)], self.turn)[0]

    def info(self, fact_id: int) -> FactInfo:
        """A fact as it was last told; raises InputError where there is none of this number."""
        return self._held(fact_id).info

    def find(self, info: FactInfo) -> KnownFact | None:
        """The fact that ``info`` would repeat. Case, spacing and punctuation at the end do not matter."""
        held = self._same(info)
        return None if held is None else self.fact(held.fact_id)

    def contradicting(self, info: FactInfo) -> tuple[KnownFact, ...]:
        """The facts with the subject and relation of ``info`` and another object; changes nothing."""
        key = _key(info)
        about = _about(key)
        if about is None:
            return ()
        others = [held for held in self._facts.values() if held.about == about and held.key != key]
        return self._public(self._ranked(others, self.turn), self.turn)

    def due(self, turn: int) -> bool:
        """Whether facts are to be replayed after this turn: every ``replay_every`` turns, where there are any."""
        every = self._settings.replay_every
        return every > 0 and turn > 0 and turn % every == 0 and bool(self._facts)

    def replay(self, turn: int, count: int | None = None, without: Collection[int] = ()) -> tuple[KnownFact, ...]:
        """The ``count`` (as configured: ``replay_facts``) most important facts as of ``turn``, most important first.
        Of facts that contradict one another only the last told is replayed."""
        count = self._settings.replay_facts if count is None else count
        return self._public(self._ranked(self._replayable(without), turn)[:count], turn)

    def sample(self, count: int, rng: random.Random, without: Collection[int] = ()) -> tuple[KnownFact, ...]:
        """Draw up to ``count`` of the facts that can be replayed, without repetition, weighted by importance.

        Weighted reservoir sampling (Efraimidis and Spirakis 2006): the largest u ** (1 / importance), u uniform. The
        importance is as of the last telling among these facts, not as of now: a lesson that is given again after a
        rollback draws what it drew the first time, although the conversation has gone on.
        """
        pool = self._replayable(without)
        asof = max((held.last_seen for held in pool), default=0)

        def key(held: _Held) -> float:
            drawn = math.log(1 - rng.random())  # 1 - [0, 1) is never 0
            weight = self.importance(held, asof)
            return drawn / weight if weight > 0 else -math.inf

        keys = {held.fact_id: key(held) for held in pool}
        chosen = sorted(pool, key=lambda held: (-keys[held.fact_id], held.fact_id))[:count]
        return self._public(chosen, self.turn)

    # --- as plain values --------------------------------------------------------------------------------------------

    def to_json(self) -> dict[str, Any]:
        """Plain values that JSON keeps as they are; the settings are not among them."""
        counts = {"next_id": self._next_id, "tellings": self._tellings, "turn": self.turn}
        return _Stored(version=VERSION, **counts, facts=tuple(self._facts.values())).model_dump(mode="json")

    @classmethod
    def from_json(cls, plain: Mapping[str, Any], settings: MemorySection) -> FactMemory:
        """The memory that ``to_json`` wrote, under other settings where they have changed since.

        Raises:
            SessionError: it was written by a newer version, or is damaged.
        """
        version = plain.get("version")
        if isinstance(version, int) and version > VERSION:
            raise SessionError(f"the session's fact memory has version {version}; this program reads up to {VERSION}")
        try:
            stored = _Stored.model_validate(plain)
        except ValueError:
            raise SessionError("the session's fact memory is damaged and cannot be read") from None
        memory = cls(settings)
        memory._facts = {held.fact_id: held for held in stored.facts}
        memory._next_id, memory._tellings, memory.turn = stored.next_id, stored.tellings, stored.turn
        return memory

    # --- within -----------------------------------------------------------------------------------------------------

    def _free(self, number: int | None) -> int:
        if number in self._facts:
            raise ValueError(f"number {number} is that of another fact")
        return self._next_id if number is None else number

    def _seen(self, turn: int) -> None:
        self.turn = max(self.turn, turn)

    def _held(self, fact_id: int) -> _Held:
        if fact_id not in self._facts:
            few = ", ".join(map(str, list(self._facts)[:10])) + (", ..." if len(self._facts) > 10 else "")
            raise InputError(f"fact {fact_id} is not in the memory, which holds {few or 'no fact'}")
        return self._facts[fact_id]

    def _same(self, info: FactInfo) -> _Held | None:
        key = _key(info)
        return next((held for held in self._facts.values() if held.key == key), None)

    def _evict(self, kept: int) -> tuple[KnownFact, ...]:
        surplus = len(self._facts) - self._settings.max_facts
        order = self._eviction_order()
        others = sorted((held for held in self._facts.values() if held.fact_id != kept), key=order)
        return self._drop(others[: max(0, surplus)])

    def _eviction_order(self) -> Callable[[_Held], tuple[float, ...]]:
        """What the facts are sorted by, the first to go first."""
        orders: dict[str, Callable[[_Held], tuple[float, ...]]] = {
            "fifo": lambda held: (held.first_seen, held.fact_id),
            "lru": lambda held: (held.last_seen, held.told),
            "importance": lambda held: (self.importance(held, self.turn), held.fact_id),
            "hybrid": lambda held: (self.importance(held, self.turn), held.last_seen, held.told),
        }
        return orders[self._settings.eviction]

    def _drop(self, gone: list[_Held]) -> tuple[KnownFact, ...]:
        """Remove facts; returned as they were, in the same order."""
        dropped = self._public(gone, self.turn)
        for held in gone:
            del self._facts[held.fact_id]
        return dropped

    def _rivals(self) -> dict[_Key, list[_Held]]:
        """Facts by subject and relation, the last told last; of two in a group each contradicts the other."""
        groups: dict[_Key, list[_Held]] = defaultdict(list)
        for held in sorted(self._facts.values(), key=lambda held: held.told):
            if held.about is not None:
                groups[held.about].append(held)
        return groups

    def _replayable(self, without: Collection[int]) -> list[_Held]:
        older = {held.fact_id for group in self._rivals().values() for held in group[:-1]}
        return [held for held in self._facts.values() if held.fact_id not in older and held.fact_id not in without]

    def _ranked(self, facts: Iterable[_Held], turn: int) -> list[_Held]:
        """Most important first; of equal ones the last told."""
        return sorted(facts, key=lambda held: (-self.importance(held, turn), -held.told))

    def _public(self, facts: Iterable[_Held], turn: int) -> tuple[KnownFact, ...]:
        rivals = self._rivals()
        return tuple(self._known(held, turn, rivals.get(held.about or (), [])) for held in facts)

    def _known(self, held: _Held, turn: int, group: list[_Held]) -> KnownFact:
        info, asked = held.info, held.asked
        return KnownFact(
            fact_id=held.fact_id,
            text=info.text,
            relation=info.relation,
            subject=info.subject,
            object=info.object,
            entities=info.entities,
            count=held.count,
            first_seen=held.first_seen,
            last_seen=held.last_seen,
            importance=self.importance(held, turn),
            recall=sum(answer.correct for answer in asked) / len(asked) if asked else None,
            asked=asked,
            contradicts=tuple(sorted(other.fact_id for other in group if other is not held)),
        )


def same_fact(one: FactInfo, other: FactInfo) -> bool:
    """Whether one is a repetition of the other."""
    return _key(one) == _key(other)


def _plain(text: str) -> str:
    """As it is compared: without case, spacing and punctuation at the end (unless there is nothing else)."""
    words = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    return words.rstrip(SENTENCE_END) or words


def _key(info: FactInfo) -> _Key:
    """What makes two tellings the same fact; the whole text where no subject or object was found."""
    parts = tuple(map(_plain, (info.relation, info.subject, info.object)))
    return parts if parts[1] and parts[2] else (_plain(info.text),)


def _about(key: _Key) -> _Key | None:
    """What two facts with different objects contradict one another about; None where that cannot be said."""
    return key[:2] if len(key) == 3 and key[0] else None
