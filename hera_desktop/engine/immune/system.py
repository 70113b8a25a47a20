"""The immune system: keeps the baselines, measures a proposal without keeping it, and says what it thinks of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import torch

from ..config import ImmuneConfig
from ..errors import InputError
from ..model import LanguageModel
from ..patch_stack import ModelChange, PatchStack, in_force
from ..tokens import TokenBatch, single
from .comparison import UNWEIGHED, Comparison, Weighing, compare, contrast
from .probe_files import load_probes
from .probes import Probe
from .prompt_states import PromptReader, PromptState
from .snapshot import Snapshot, SnapshotMaker, finish
from .verdict import Limits, Verdict, judge


@dataclass(frozen=True, eq=False)
class Measurement:
    """What a proposal would do: on the probes and, if there is one, on the prompt, against the state before it and
    against the base."""

    patch: ModelChange
    verdict: Verdict
    step: Comparison
    cumulative: Comparison
    prompt_step: Comparison | None
    prompt_cumulative: Comparison | None
    probes_after: Snapshot
    prompt_after: Snapshot | None
    before: tuple[ModelChange, ...]


class ImmuneSystem:
    """Measures proposals on the probes.

    The baseline is the last accepted candidate's own snapshot, so it costs nothing; after a rollback it is measured
    anew once. The base is measured once. Probes are measured in the configured format (``immune.dtype``), in every
    state alike; prompts always in the model's own.
    """

    def __init__(self, model: LanguageModel, stack: PatchStack, config: ImmuneConfig) -> None:
        self._model, self._stack = model, stack
        products = None if config.dtype == "model" else getattr(torch, config.dtype)
        self._snapshots = SnapshotMaker(model, config.top_k, products)
        self._of_prompts = SnapshotMaker(model, config.top_k, kept=torch.float32)
        self._prompts = PromptReader(model, stack, self._of_prompts)
        self.probe_set = load_probes(config.probes)
        self.probes: tuple[Probe, ...] = self.probe_set.enabled
        self.limits = Limits.from_config(config, self.probe_set.limits)
        self._weighing = Weighing.of(self.probes)
        self._batch = model.batch([self._probe_ids(probe) for probe in self.probes])
        self._base: Snapshot | None = None
        self._now: Snapshot | None = None
        self._now_patches: tuple[ModelChange, ...] | None = None

    def _probe_ids(self, probe: Probe) -> tuple[int, ...]:
        ids = self._model.tokenize(probe.text)
        if not 2 <= len(ids) <= self._model.info.context:
            raise InputError(
                f"probe {probe.text[:40]!r} has {len(ids)} tokens; 2 to {self._model.info.context} are allowed"
            )
        return ids

    @property
    def batch(self) -> TokenBatch:
        """The probes as they are laid out for the model."""
        return self._batch

    def base(self) -> Snapshot:
        """The probes in the base."""
        if self._base is None:
            with self._stack.temporarily(()):
                self._base = self._measured(self._batch)
        return self._base

    def baseline(self) -> Snapshot:
        """The probes in the present state."""
        if self._now is None or self._now_patches != self._stack.active:
            self._now_patches = self._stack.active
            self._now = self._measured(self._batch, since=self.base()) if self._now_patches else self.base()
        return self._now

    def standing(self) -> Comparison:
        """The probes in the present state against the base; what is measured is the next step's baseline as well."""
        base = self.base()
        first = min((patch.first_layer for patch in self._stack.active), default=None)
        if first is None:
            return compare(self._snapshots.full(self._batch), [base], self._weighing)[1][0]
        now, (found,) = compare(self._snapshots.resumed(base, first), [base], self._weighing)
        self._now, self._now_patches = now, self._stack.active
        return found

    def between(
        self, a: tuple[ModelChange, ...], b: tuple[ModelChange, ...], ids: tuple[int, ...] | None = None
    ) -> tuple[Snapshot, Snapshot, Comparison]:
        """The probes, or a text's tokens, with the patches ``a`` and with the patches ``b``, and b against a; the model
        is as before afterwards."""
        batch = self._batch if ids is None else single(ids).to(self._model.device)
        weighing = self._weighing if ids is None else UNWEIGHED
        with self._stack.temporarily(a):
            before = self._measured(batch)
        first, maker = _first_difference(a, b), self._maker(batch)
        with self._stack.temporarily(b):
            building = maker.full(batch) if first is None else maker.resumed(before, first)
            after, (found,) = compare(building, [before], weighing)
        return before, after, found

    def prompt_state(self, ids: tuple[int, ...], watch: Iterable[str]) -> PromptState:
        """The prompt in the base and in the present state; ``watch`` names activations to keep."""
        return self._prompts.begin(ids, watch)

    def measure(self, patch: ModelChange, prompt: PromptState | None, watch: Iterable[str]) -> Measurement:
        """What ``patch`` would do; the model is as before when this returns or raises."""
        baseline, base = self.baseline(), self.base()
        first = self._first_changed(patch)
        with self._stack.trial(patch):
            building = self._snapshots.resumed(baseline, first)
        on_prompt, prompt_step, prompt_cumulative = None, None, None
        if prompt is None:
            after = building.snapshot()
        else:
            beside = self._prompts.after(prompt, patch, first, watch)
            after, made = finish([building, beside.building])
            on_prompt = beside.taken(made)
            prompt_step, prompt_cumulative = _compared(on_prompt, prompt.now, prompt.base, UNWEIGHED)
        step, cumulative = _compared(after, baseline, base, self._weighing)
        return Measurement(
            patch=patch,
            verdict=judge(step, cumulative, self.limits, self.probes),
            step=step,
            cumulative=cumulative,
            prompt_step=prompt_step,
            prompt_cumulative=prompt_cumulative,
            probes_after=after,
            prompt_after=on_prompt,
            before=self._stack.active,
        )

    def trial(self, patch: ModelChange) -> Comparison:
        """What ``patch`` would do to the probes against the present state, and no more: for many patches in a row."""
        baseline, first = self.baseline(), self._first_changed(patch)
        with self._stack.trial(patch):
            building = self._snapshots.resumed(baseline, first)
            return compare(building, [baseline], self._weighing)[1][0]

    def accept(self, measurement: Measurement) -> None:
        """Take an accepted candidate's snapshot as the next step's baseline."""
        self._now, self._now_patches = measurement.probes_after, in_force((*measurement.before, measurement.patch))

    def _first_changed(self, patch: ModelChange) -> int:
        """The first block that is computed otherwise with ``patch`` than in the present state; an adapter takes the
        one in force away as well."""
        active = self._stack.active
        first = _first_difference(active, in_force((*active, patch)))
        return patch.first_layer if first is None else first

    def _measured(self, batch: TokenBatch, since: Snapshot | None = None, watch: Iterable[str] = ()) -> Snapshot:
        """A snapshot of the present state; with ``since`` (the base's) only from the first patched block on."""
        if since is not None:
            first = min(patch.first_layer for patch in self._stack.active)
            return compare(self._maker(batch).resumed(since, first, watch), [])[0]
        return compare(self._maker(batch).full(batch, watch), [])[0]

    def _maker(self, batch: TokenBatch) -> SnapshotMaker:
        return self._snapshots if batch is self._batch else self._of_prompts


def _compared(after: Snapshot, now: Snapshot, base: Snapshot, weighing: Weighing) -> tuple[Comparison, Comparison]:
    """Against the state before, and against the base."""
    step = contrast(now, after, weighing)
    return step, step if now is base else contrast(base, after, weighing)


def _first_difference(a: tuple[ModelChange, ...], b: tuple[ModelChange, ...]) -> int | None:
    """The first block that is computed otherwise with ``b`` than with ``a``; None where nothing is."""
    shared = 0
    while shared < min(len(a), len(b)) and a[shared].content_hash == b[shared].content_hash:
        shared += 1
    return min((patch.first_layer for patch in (*a[shared:], *b[shared:])), default=None)
