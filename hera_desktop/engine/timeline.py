"""The timeline: how events lead from state to state. Pure logic; the ledger keeps the events, the stack applies states.

A state is an ordered tuple of active patches. Events are replayed in order, so the same events always lead to the same
state. After a rollback the old line stays on record, and evolving from there starts a branch. Notes, tags, names and
settings are changed by events too: those leave the state as it is and are undone with the moves, newest first.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from .errors import InputError, nearest

BASE = "base"
"""The name of the state without any patch."""

ChangeKind = Literal["note", "tag", "rename", "label", "configure"]
Kind = Literal["commit", "roll_back_to", "roll_back_before", "revert", "restore", "undo", "redo"] | ChangeKind

CHANGES: tuple[ChangeKind, ...] = ("note", "tag", "rename", "label", "configure")
"""The events that leave the weights alone."""


@dataclass(frozen=True)
class Event:
    """What was done, and to which patch (None for undo, redo, the base, labels and settings).

    ``payload`` is None for a move. A change of words or settings has ``before`` and ``after``: those of a patch name
    ``patch_id`` and ``field`` (note, tags or name); those of features name ``sae``, ``field``, and ``feature`` or
    ``features`` (then ``before`` and ``after`` are lists); a configure has dotted keys, those that differ. An undo or
    redo of one has the payload of what it did itself, and its ``kind``.
    """

    seq: int
    kind: Kind
    patch_id: str | None
    state_hash: str
    time: str
    payload: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Change:
    """A change of words or settings; ``payload`` as in ``Event``."""

    kind: ChangeKind
    payload: Mapping[str, Any]

    @property
    def reversed(self) -> Change:
        """What takes this change back."""
        turned = {"before": self.payload.get("after"), "after": self.payload.get("before")}
        return Change(self.kind, {**self.payload, **turned})

    @property
    def words(self) -> str:
        """What was changed, such as "the note on p3"."""
        patch_id, feature = self.payload.get("patch_id", ""), self.payload.get("feature")
        if self.kind == "configure":
            keys = sorted({**(self.payload.get("before") or {}), **(self.payload.get("after") or {})})
            return f"the settings ({', '.join(keys[:3])}{', …' if len(keys) > 3 else ''})"
        if self.kind == "label":
            return f"the label of feature {feature}" if feature is not None else "the imported names"
        return f"the {self.payload.get('field', self.kind)} {'on' if self.kind == 'note' else 'of'} {patch_id}"


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
    def added(self) -> str:
        """The patch of a commit; empty for a state that was not made by one."""
        return self._added or ""

    @property
    def active(self) -> tuple[str, ...]:
        tail: list[str] = []
        state = self
        while state._explicit is None:
            tail.append(state._added)  # type: ignore[arg-type]
            state = state.before  # type: ignore[assignment]
        return state._explicit + tuple(reversed(tail))


@dataclass(frozen=True, eq=False)
class Step:
    """An event that makes sense now and where it leads: to ``state``, and for a change of words or settings (or the
    undoing of one) ``change`` is what is to be written."""

    kind: Kind
    patch_id: str | None
    state: State
    change: Change | None = None


@dataclass(frozen=True, eq=False)
class _Done:
    """What undo or redo would come back to: a state, or a change as it was (or would be) made again."""

    words: str
    state: State | None = None
    change: Change | None = None


class Timeline:
    """Replays events. Operations check first and return the new state; nothing here touches a file or a model."""

    def __init__(self) -> None:
        self.current = State()
        self._committed: dict[str, State] = {}
        self._order: dict[str, int] = {}
        self._undo: list[_Done] = []
        self._redo: list[_Done] = []

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

    @property
    def undo_words(self) -> str:
        """What undo would take back, such as "the note on p3"; empty where there is nothing."""
        return self._undo[-1].words if self._undo else ""

    @property
    def redo_words(self) -> str:
        """What redo would do again; empty where there is nothing."""
        return self._redo[-1].words if self._redo else ""

    def status(self, patch_id: str, active: Iterable[str]) -> str:
        """active, reverted (taken out on its own) or left (on a line that was rolled back)."""
        if patch_id in active:
            return "active"
        return "reverted" if patch_id in self.current.reverted else "left"

    def preview(self, kind: Kind, patch_id: str | None) -> State:
        """The state an event would lead to; see ``plan`` for what is raised."""
        return self.plan(kind, patch_id).state

    def plan(self, kind: Kind, patch_id: str | None, payload: Mapping[str, Any] | None = None) -> Step:
        """What an event would do; ``payload`` is that of a change of words or settings (see ``Event``), and may be left
        out where only the states matter.

        Raises:
            InputError: the patch is unknown, or the operation makes no sense for it now.
        """
        if kind in CHANGES:
            return Step(kind, patch_id, self.current, Change(kind, payload or {}))
        if kind in ("undo", "redo"):
            stack = self._undo if kind == "undo" else self._redo
            if not stack:
                raise InputError(f"there is nothing to {kind}")
            change = stack[-1].change
            if change is not None:
                return Step(kind, patch_id, self.current, change.reversed if kind == "undo" else change)
            return Step(kind, patch_id, stack[-1].state or State())
        if kind == "commit":
            return Step(kind, patch_id, self.current.with_commit(str(patch_id)))
        if kind == "roll_back_to" and patch_id is None:
            return Step(kind, patch_id, State())
        moves = {
            "roll_back_to": self._roll_back_to,
            "roll_back_before": self._roll_back_before,
            "revert": self._revert,
            "restore": self._restore,
        }
        if kind not in moves:
            known = ", ".join(("commit", "undo", "redo", *moves, *CHANGES))
            raise InputError(f"event '{kind}' is unknown; there are {known}")
        return Step(kind, patch_id, moves[kind](str(patch_id), self.state_after(patch_id)))

    def apply(self, kind: Kind, patch_id: str | None, payload: Mapping[str, Any] | None = None) -> State:
        """Carry out an event; see ``plan`` for what is raised."""
        return self.carry_out(self.plan(kind, patch_id, payload))

    def carry_out(self, step: Step) -> State:
        """Carry out what was planned; nothing may have happened in between."""
        if step.kind == "undo":
            self._redo.append(self._back(self._undo.pop()))
        elif step.kind == "redo":
            self._undo.append(self._back(self._redo.pop()))
        else:
            before = None if step.change is not None else self.current
            self._undo.append(_Done(_words(step), before, step.change))
            self._redo.clear()
        if step.kind == "commit":
            self._committed[str(step.patch_id)] = step.state
            self._order[str(step.patch_id)] = len(self._order)
        self.current = step.state
        return step.state

    def _back(self, done: _Done) -> _Done:
        """What goes to the other stack: the change itself, or the state that is being left."""
        return done if done.change is not None else _Done(done.words, self.current)

    def state_after(self, patch_id: str | None) -> State:
        """The state right after a patch was committed; raises InputError where none of that name was."""
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


def _words(step: Step) -> str:
    if step.change is not None:
        return step.change.words
    what = {
        "commit": "the step",
        "roll_back_to": "the rollback to",
        "roll_back_before": "the rollback to before",
        "revert": "the revert of",
        "restore": "the restore of",
    }
    return f"{what[step.kind]} {step.patch_id or 'the base'}"


def state_hash(base_fingerprint: str, content_hashes: Iterable[str]) -> str:
    """SHA-256 over the base's fingerprint and the content hashes of the active patches, in order."""
    digest = hashlib.sha256(base_fingerprint.encode())
    for content_hash in content_hashes:
        digest.update(content_hash.encode())
    return digest.hexdigest()


def hashes_along(base_fingerprint: str, content_hashes: Iterable[str]) -> tuple[str, ...]:
    """The hashes of the states on the way: without any patch, with the first, with the first two, and so on."""
    digest = hashlib.sha256(base_fingerprint.encode())
    found = [digest.hexdigest()]
    for content_hash in content_hashes:
        digest.update(content_hash.encode())
        found.append(digest.hexdigest())
    return tuple(found)


class StateHasher:
    """The hashes of states along a timeline: a commit on the state asked for last costs one update, not one for every
    active patch. ``hashes``: content hash by patch."""

    def __init__(self, base_fingerprint: str, hashes: Mapping[str, str]) -> None:
        self._base, self._hashes = base_fingerprint, hashes
        self._last: State | None = None
        self._digest = hashlib.sha256()

    def of(self, state: State, added: str | None = None) -> str:
        """The state's hash; raises KeyError for a patch that is not known. ``added`` is the content hash of the patch
        that is about to be committed."""
        if self._last is None or state is not self._last:
            if self._last is not None and state.before is self._last:
                digest, more = self._digest.copy(), (state.added,)
            else:
                digest, more = hashlib.sha256(self._base.encode()), state.active
            hashes = self._hashes if added is None else {**self._hashes, state.added: added}
            for patch_id in more:
                digest.update(hashes[patch_id].encode())
            self._digest, self._last = digest, state
        return self._digest.hexdigest()
