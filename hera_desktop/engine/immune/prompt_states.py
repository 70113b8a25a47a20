"""A prompt in several states of the model at once.

A prompt is short: reading the weights is what takes the time, and several rows cost hardly more than one. So the base
and the present state stand in one batch, are read only as far as a strategy looks, and go on to the end together with
the first proposal that is measured on them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from torch import Tensor

from ..model import LanguageModel
from ..patch_stack import ModelChange, PatchStack
from ..patches import Patch
from ..tokens import TokenBatch, lay_out
from .snapshot import Building, PartRead, Snapshot, SnapshotMaker


@dataclass(eq=False)
class PromptState:
    """A prompt before a step: what the base and the present state make of it. Snapshots are made where they are first
    asked for."""

    ids: tuple[int, ...]
    active: tuple[ModelChange, ...]
    part: PartRead
    reader: PromptReader
    finished: tuple[Snapshot, Snapshot] | None = None

    def watched(self, hook_name: str) -> Tensor:
        """An activation in the present state that was asked for, ``(1, width, d)``."""
        return self.part.watched[hook_name][-1:]

    @property
    def base(self) -> Snapshot:
        return self.reader.finish(self)[0]

    @property
    def now(self) -> Snapshot:
        return self.reader.finish(self)[1]


@dataclass(frozen=True, eq=False)
class PromptAfter:
    """A prompt with a proposal, in the making: ``building`` has the states that are not finished yet before it."""

    state: PromptState
    building: Building

    def taken(self, made: Snapshot) -> Snapshot:
        """The prompt with the proposal, from what ``building`` became."""
        *before, after = (made.row(number) for number in range(len(made.batch.ids)))
        if before:
            self.state.finished = (before[0], before[-1])
        return after


class PromptReader:
    """Reads prompts in the states of a stack."""

    def __init__(self, model: LanguageModel, stack: PatchStack, maker: SnapshotMaker) -> None:
        self._model, self._stack, self._maker = model, stack, maker

    def begin(self, ids: tuple[int, ...], watch: Iterable[str]) -> PromptState:
        """The prompt in the base and in the present state, as far as the activations named by ``watch``."""
        active, watch = self._stack.active, tuple(watch)
        if self._stack.learned is not None:  # the adapter's layers take whole batches
            return self._apart(ids, active, watch)
        alike = _first_changed(active) >= self._model.last_block_of(watch)  # but for a block that is read again
        states = (active,) if alike else _before(active)
        with self._stack.beside(*states):
            return PromptState(ids, active, self._maker.part(self._rows(ids, len(states)), watch), self)

    def finish(self, state: PromptState) -> tuple[Snapshot, Snapshot]:
        """The base and the present state, to the end."""
        if state.finished is None:
            states = _before(state.active)
            made = self._rest(state, states, self._model.info.n_layers, ()).snapshot()
            state.finished = (made.row(0), made.row(len(states) - 1))
        return state.finished

    def after(self, state: PromptState, patch: ModelChange, first: int, watch: Iterable[str]) -> PromptAfter:
        """The prompt with ``patch`` as well, of which ``first`` is the first block; with it the states before it where
        they are not finished."""
        if state.finished is not None or not isinstance(patch, Patch):
            with self._stack.trial(patch):
                return PromptAfter(state, self._maker.resumed(state.now, first, watch))
        states = (*_before(state.active), (*state.active, patch))
        return PromptAfter(state, self._rest(state, states, first, watch))

    def _rest(
        self, state: PromptState, states: Sequence[tuple[ModelChange, ...]], first: int, watch: Iterable[str]
    ) -> Building:
        """A prompt in several states, from where it was read to or the first block in which they differ."""
        part = state.part.in_rows(self._rows(state.ids, len(states)))
        if len(state.part.batch.ids) < len(_before(state.active)):  # base and present state were read as one
            first = min(first, _first_changed(state.active))
        with self._stack.beside(*states):
            return self._maker.rest(part, first, watch)

    def _apart(self, ids: tuple[int, ...], active: tuple[ModelChange, ...], watch: Sequence[str]) -> PromptState:
        """Both states in passes of their own."""
        batch = self._rows(ids, 1)
        with self._stack.temporarily(()):
            base = self._maker.full(batch, watch).snapshot()
        now = self._maker.full(batch, watch).snapshot()
        return PromptState(ids, active, PartRead(batch, now.residuals, now.watched), self, (base, now))

    def _rows(self, ids: tuple[int, ...], rows: int) -> TokenBatch:
        return lay_out([ids] * rows, width=len(ids), pack=False).to(self._model.device)


def _before(active: tuple[ModelChange, ...]) -> tuple[tuple[ModelChange, ...], ...]:
    """The states before a step, each of which begins the next: the base, and what is in force."""
    return ((), active) if active else ((),)


def _first_changed(active: Iterable[ModelChange]) -> float:
    """The first block that is not the base's."""
    return min((change.first_layer for change in active), default=math.inf)
