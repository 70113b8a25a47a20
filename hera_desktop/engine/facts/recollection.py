"""The fact memory of a state, made of what its lessons recorded, and the numbers that facts have in a session.

Every lesson records the memory as it was right after it. A lesson that is taken out leaves later memories without its
fact, and so do those of lessons that are made meanwhile; where it is restored, its fact comes back from its own record.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..facts_config import MemorySection
from .memory import FactMemory, same_fact
from .records import FactInfo

if TYPE_CHECKING:
    from ..ledger import Ledger
    from .chat_log import ChatLog


def memory_of_state(ledger: Ledger, settings: MemorySection) -> FactMemory:
    """The memory of the present state: that of its last lesson, with the facts of lessons that were out then and are
    back, and without the facts whose lessons are all out; what was told since and known already counts as told again.
    It is a new one, as of the session's last turn."""
    chat, active = ledger.chat, ledger.timeline.current.active
    taught = chat.taught()
    lessons = [patch_id for patch_id in active if patch_id in taught or ledger.is_adapter(patch_id)]
    memory = FactMemory(settings)
    for patch_id in reversed(lessons):
        stored = chat.memory_of(patch_id)
        if stored is not None:
            memory = FactMemory.from_json(stored, settings)
            _bring_back(ledger, memory, settings, _returned(ledger, lessons, patch_id))
            for turn, info in chat.known_already(memory.turn):
                memory.heard(info, turn)
            break
    there = {taught[patch_id] for patch_id in lessons if patch_id in taught}
    for fact in memory.known():
        if fact.fact_id not in there:
            memory.forget(fact.fact_id)
    memory.tick(max(chat.turns(), memory.turn))
    return memory


def _returned(ledger: Ledger, lessons: Sequence[str], last: str) -> list[str]:
    """The lessons in force that were out when the last one was made. A fact whose lesson was in force then and that is
    not in the last memory left it by the memory's own rules."""
    then = set(ledger.timeline.state_after(last).active)
    return [patch_id for patch_id in ledger.in_force(lessons) if patch_id not in then]


def _bring_back(ledger: Ledger, memory: FactMemory, settings: MemorySection, lessons: Sequence[str]) -> None:
    taught = ledger.chat.taught() if lessons else {}
    for patch_id in lessons:
        stored = ledger.chat.memory_of(patch_id)
        if stored is not None and patch_id in taught:
            memory.bring_back(FactMemory.from_json(stored, settings), taught[patch_id])


def number_of(chat: ChatLog, memory: FactMemory, info: FactInfo) -> int:
    """The number of a fact that the memory does not hold: the one it had in another state of the session, else one that
    no fact of the session has had."""
    held = [fact.fact_id for fact in memory.known()]
    had = (number for number, told in chat.told(held).items() if same_fact(told, info))
    return next(had, max(memory.next_id - 1, *chat.taught().values(), 0) + 1)
