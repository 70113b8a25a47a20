"""How much of what was taught is kept, from what is on record: no question is asked for it.

Each fact has its recall right after its lesson. Surveys asked again; one of them counts where the present state goes on
from the surveyed one, so that a rollback takes a survey back like everything else, and undo brings it back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from .measures import Recall, accuracy_now, transfer_now
from .memory import FactMemory

if TYPE_CHECKING:
    from ..ledger import Ledger

Surveyed = tuple[int, Mapping[int, float]]
"""How many of the active patches were active when facts were asked, and the shares of right answers by fact."""


def recalls(ledger: Ledger, memory: FactMemory, just_taught: int | None = None) -> tuple[Recall, ...]:
    """What is known of the facts of a memory that were asked at all, in the order of their last lessons in the present
    state. ``just_taught`` is a fact whose lesson is not committed yet; its recall in the memory is that of this lesson.
    """
    active, taught = ledger.timeline.current.active, ledger.chat.taught()
    places = {taught[patch_id]: place for place, patch_id in enumerate(active) if patch_id in taught}
    if just_taught is not None:
        places[just_taught] = len(active)
    facts = sorted(memory.known(), key=lambda fact: (places.get(fact.fact_id, len(active)), fact.fact_id))
    surveys = _on_the_way(ledger, active)
    found = (Recall(f.recall, _again(surveys, f.fact_id, places.get(f.fact_id, len(active)))) for f in facts)
    return tuple(recall for recall in found if recall.now is not None)


def retention(found: Sequence[Recall]) -> dict[str, float | None]:
    """The running measures ``accuracy`` and ``backward_transfer``."""
    return {"accuracy": accuracy_now(found), "backward_transfer": transfer_now(found)}


def _on_the_way(ledger: Ledger, active: Sequence[str]) -> list[Surveyed]:
    """The surveys of states that the present one goes on from: of the nearest state first, and its newest first."""
    lengths = {state: length for length, state in enumerate(ledger.hashes_along(active))}
    surveys = [s for s in reversed(ledger.chat.surveys()) if s.state_hash in lengths]
    found = [(lengths[survey.state_hash], survey.shares) for survey in surveys]
    return sorted(found, key=lambda one: -one[0])


def _again(surveys: Sequence[Surveyed], fact_id: int, place: int) -> float | None:
    """The share of the last survey after the lesson at ``place`` among the active patches."""
    return next((shares[fact_id] for length, shares in surveys if length > place and fact_id in shares), None)
