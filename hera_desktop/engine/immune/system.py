"""The immune system: keeps the baselines, measures a proposal without keeping it, and says what it thinks of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..config import ImmuneConfig
from ..errors import InputError
from ..model import LanguageModel
from ..patches import Patch, PatchStack
from ..tokens import TokenBatch, lay_out, single
from .comparison import Comparison, compare
from .probes import Probe, load_probes
from .snapshot import Snapshot, SnapshotMaker
from .verdict import Limits, Verdict, judge


@dataclass(frozen=True, eq=False)
class PromptState:
    """A prompt before a step: what the base and the present state make of it."""

    base: Snapshot
    now: Snapshot


@dataclass(frozen=True, eq=False)
class Measurement:
    """What a proposal would do: on the probes and on the prompt, against the state before it and against the base."""

    patch: Patch
    verdict: Verdict
    step: Comparison
    cumulative: Comparison
    prompt_step: Comparison
    prompt_cumulative: Comparison
    probes_after: Snapshot
    prompt_after: Snapshot
    before: tuple[Patch, ...]


class ImmuneSystem:
    """Measures proposals on the probes.

    The baseline is the last accepted candidate's own snapshot, so it costs nothing; after a rollback it is measured
    anew once. The base is measured once.
    """

    def __init__(self, model: LanguageModel, stack: PatchStack, config: ImmuneConfig) -> None:
        self._model, self._stack = model, stack
        self._snapshots = SnapshotMaker(model, config.top_k)
        self.probes: tuple[Probe, ...] = load_probes(config.probes)
        self.limits = Limits.from_config(config)
        self._batch = model.batch([self._probe_ids(probe) for probe in self.probes])
        self._base: Snapshot | None = None
        self._now: Snapshot | None = None
        self._now_patches: tuple[Patch, ...] | None = None

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

    def prompt_state(self, ids: tuple[int, ...], watch: Iterable[str]) -> PromptState:
        """The prompt in the base and in the present state; ``watch`` names activations to keep."""
        if not self._stack.active:
            base = self._measured(single(ids).to(self._model.device), watch=watch)
            return PromptState(base, base)
        twice = lay_out([ids, ids], width=len(ids), pack=False).to(self._model.device)
        with self._stack.base_beside():
            both = self._measured(twice, watch=watch)
        return PromptState(both.row(0), both.row(1))

    def measure(self, patch: Patch, prompt: PromptState, watch: Iterable[str]) -> Measurement:
        """What ``patch`` would do; the model is as before when this returns or raises."""
        baseline, base = self.baseline(), self.base()
        with self._stack.trial(patch):
            probes_after, (step, cumulative) = self._compared(baseline, base, patch.first_layer, ())
            prompt_after, (prompt_step, prompt_cumulative) = self._compared(
                prompt.now, prompt.base, patch.first_layer, watch
            )
        verdict = judge(step, cumulative, self.limits, self.probes)
        return Measurement(
            patch,
            verdict,
            step,
            cumulative,
            prompt_step,
            prompt_cumulative,
            probes_after,
            prompt_after,
            self._stack.active,
        )

    def accept(self, measurement: Measurement) -> None:
        """Take an accepted candidate's snapshot as the next step's baseline."""
        self._now, self._now_patches = measurement.probes_after, (*measurement.before, measurement.patch)

    def _compared(
        self, now: Snapshot, base: Snapshot, first_block: int, watch: Iterable[str]
    ) -> tuple[Snapshot, tuple[Comparison, Comparison]]:
        building = self._snapshots.resumed(now, first_block, watch)
        references = [now] if now is base else [now, base]
        after, comparisons = compare(building, references)
        return after, (comparisons[0], comparisons[-1])

    def _measured(self, batch: TokenBatch, since: Snapshot | None = None, watch: Iterable[str] = ()) -> Snapshot:
        """A snapshot of the present state; with ``since`` (the base's) only from the first patched block on."""
        if since is not None:
            first = min(patch.first_layer for patch in self._stack.active)
            return compare(self._snapshots.resumed(since, first, watch), [])[0]
        return compare(self._snapshots.full(batch, watch), [])[0]
