"""The timeline: how events lead from state to state. Pure logic; the ledger keeps the events, the stack applies states.

A state is an ordered tuple of active patches. Events are replayed in order, so the same events always lead to the same
state. After a rollback the old line stays on record, and evolving from there starts a branch.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from .errors import InputError, nearest

BASE = "base"
"""The name of the state without any patch."""

Kind = Literal["commit", "roll_back_to", "roll_back_before", "revert", "restore", "undo", "redo"]


@dataclass(frozen=True)
class Event:
    """One change of state: what was done, and to which patch (None for undo, redo and the base)."""

    seq: int
    kind: Kind
    patch_id: str | None
    state_hash: str
    time: str


class State:
    """A point of the timeline. A committed patch is kept as "the state before, and this patch", so that ten thousand
    commits do not mean ten thousand copies of the list."""

    __slots__ = ("_added", "_explicit", "before", "reverted")

    def __init__(self, active: tuple[str, ...] = (), reverted: frozenset[str] = frozenset()) -> None:
        self._explicit: tuple[str, ...] | None = active
        self._added: str | None = None
        self.before: State | None = None
        self.reverted = reverted

    def with_commit(self, patch_id: str) -> State:
        state = State(reverted=self.reverted)
        state._explicit, state._added, state.before = None, patch_id, self
        return state

    @property
    def active(self) -> tuple[str, ...]:
        tail: list[str] = []
        state = self
        while state._explicit is None:
            tail.append(state._added)  # type: ignore[arg-type]
            state = state.before  # type: ignore[assignment]
        return state._explicit + tuple(reversed(tail))


class Timeline:
    """Replays events. Operations check first and return the new state; nothing here touches a file or a model."""

    def __init__(self) -> None:
        self.current = State()
        self._committed: dict[str, State] = {}
        self._order: dict[str, int] = {}
        self._undo: list[State] = []
        self._redo: list[State] = []

    @property
    def committed(self) -> tuple[str, ...]:
        """Every patch that was ever committed, oldest first."""
        return tuple(self._committed)

    @property
    def can_undo(self) -> bool:
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        return bool(self._redo)

    def status(self, patch_id: str, active: Iterable[str]) -> str:
        """active, reverted (taken out on its own) or left (on a line that was rolled back)."""
        if patch_id in active:
            return "active"
        return "reverted" if patch_id in self.current.reverted else "left"

    def preview(self, kind: Kind, patch_id: str | None) -> State:
        """The state an event would lead to.

        Raises:
            InputError: the patch is unknown, or the operation makes no sense for it now.
        """
        if kind == "undo":
            if not self._undo:
                raise InputError("there is nothing to undo")
            return self._undo[-1]
        if kind == "redo":
            if not self._redo:
                raise InputError("there is nothing to redo")
            return self._redo[-1]
        if kind == "commit":
            return self.current.with_commit(str(patch_id))
        if kind == "roll_back_to" and patch_id is None:
            return State()
        moves = {
            "roll_back_to": self._roll_back_to,
            "roll_back_before": self._roll_back_before,
            "revert": self._revert,
            "restore": self._restore,
        }
        if kind not in moves:
            raise InputError(f"event '{kind}' is unknown; there are commit, undo, redo, {', '.join(moves)}")
        return moves[kind](str(patch_id), self._state_of(patch_id))

    def apply(self, kind: Kind, patch_id: str | None) -> State:
        """Carry out an event; see ``preview`` for what is raised."""
        state = self.preview(kind, patch_id)
        if kind == "undo":
            self._redo.append(self.current)
            self._undo.pop()
        elif kind == "redo":
            self._undo.append(self.current)
            self._redo.pop()
        else:
            self._undo.append(self.current)
            self._redo.clear()
        if kind == "commit":
            self._committed[str(patch_id)] = state
            self._order[str(patch_id)] = len(self._order)
        self.current = state
        return state

    def _state_of(self, patch_id: str | None) -> State:
        state = self._committed.get(str(patch_id))
        if state is None:
            hint = nearest(str(patch_id), self._committed) or f"; {len(self._committed)} patches were committed"
            raise InputError(f"patch '{patch_id}' is not on the timeline{hint}")
        return state

    def _roll_back_to(self, patch_id: str, state: State) -> State:
        if patch_id not in self.current.active and patch_id not in self.current.reverted:
            raise InputError(f"patch '{patch_id}' is not on the current line; restore it to go to its line")
        return state

    def _roll_back_before(self, patch_id: str, state: State) -> State:
        self._roll_back_to(patch_id, state)
        return state.before or State()

    def _revert(self, patch_id: str, _: State) -> State:
        active = self.current.active
        if patch_id not in active:
            raise InputError(f"patch '{patch_id}' is not active, so it cannot be reverted")
        return State(tuple(p for p in active if p != patch_id), self.current.reverted | {patch_id})

    def _restore(self, patch_id: str, state: State) -> State:
        """A reverted patch returns to its place; a patch on a line that was left brings that line back."""
        active = self.current.active
        if patch_id in active:
            raise InputError(f"patch '{patch_id}' is active already")
        if patch_id in self.current.reverted:
            place = sorted({*active, patch_id}, key=self._order.__getitem__)
            return State(tuple(place), self.current.reverted - {patch_id})
        return state


def state_hash(base_fingerprint: str, content_hashes: Iterable[str]) -> str:
    """SHA-256 over the base's fingerprint and the content hashes of the active patches, in order."""
    digest = hashlib.sha256(base_fingerprint.encode())
    for content_hash in content_hashes:
        digest.update(content_hash.encode())
    return digest.hexdigest()
