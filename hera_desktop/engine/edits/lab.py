"""``EditLab``: from "this prompt should continue with that" to a judged proposal on an engine.

A refused edit is scaled back until it passes; what the target gains and what it costs at every strength that was tried
is kept with it. Earlier edits are tested again in the state that it would make.
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import torch

from ..edits_config import EditsConfig
from ..errors import InputError
from ..facts.answers import holds
from ..immune.prompt_states import PromptState
from ..immune.system import Measurement
from ..passes import Passes, Row, surprise
from ..patches import Patch, Site
from ..progress import Progress, unwatched
from ..records import EvolveResult
from ..steps import Judged
from ..strategies import Proposal
from .base import EditContext, get_edit_strategy
from .request import EditRequest, Texts
from .statistics import PlainText
from .subject import find_subject

if TYPE_CHECKING:
    from ..hera import HeraEngine
    from ..ledger import Entry

DEPTH = 0.13
"""Where in the depth of a model the edited block is, unless one is set: early, where the subject is looked up."""
FREE_TOKENS = 10
"""Tokens of the free continuation in which an earlier edit's target must appear."""


@dataclass(frozen=True)
class Dose:
    """One strength of an edit: the ``share`` of the whole, what every token of the target is given at least, the
    verdict's level, and the measures on the probes against the state before."""

    share: float
    target: float
    level: str
    metrics: Mapping[str, float | None]


@dataclass(frozen=True)
class ActiveEdit:
    """An edit of the timeline that is in force, and the patch that it is in force by: its own, or one at another dose
    of it."""

    patch_id: str
    request: EditRequest


@dataclass(frozen=True)
class Retested:
    """An earlier edit in the new state: what every token of its target is given at least, and whether the target
    appears in the free continuation of its prompt."""

    patch_id: str
    target: float
    free: bool


_plain: WeakKeyDictionary[HeraEngine, PlainText] = WeakKeyDictionary()


def default_layer(n_layers: int) -> int:
    """The block that is edited unless one is set."""
    return min(round(DEPTH * (n_layers - 1)), n_layers - 1)


class EditLab:
    """Target edits on an engine's model in its present state. It is cheap to make."""

    def __init__(self, engine: HeraEngine) -> None:
        self._engine, self._model = engine, engine.model
        self._passes, self._texts = Passes(engine.model), Texts(engine.model)
        if engine not in _plain:
            _plain[engine] = PlainText(engine.model, engine.stack)
        self._plain = _plain[engine]

    def prepare(self, progress: Progress = unwatched) -> None:
        """Measure what edits with the configured settings stand on."""
        settings = self._engine.config.edits
        self._plain.of(self._site(settings), progress)
        self._plain.prefixes(settings.prefixes, settings.prefix_tokens)

    def prepare_blocks(self, blocks: Sequence[int], progress: Progress = unwatched) -> None:
        """Measure what edits of these blocks stand on, what is missing of it together."""
        self._plain.measure([(block, self._model.writer(block).component) for block in blocks], progress)

    def evolve(
        self,
        prompt: str,
        target: str,
        subject: str | None = None,
        settings: EditsConfig | None = None,
        progress: Progress = unwatched,
    ) -> EvolveResult:
        """Make the prompt continue with the target: propose, measure, repair, and commit unless it is rejected.

        Raises:
            InputError: the prompt, target, subject or a setting cannot be used.
            SessionError: the session can only be read.
            Cancelled: ``progress`` said so; nothing has changed then.
        """
        self._engine.ledger.check_writable()
        return self._engine.commit(self.propose(prompt, target, subject, settings, progress))

    def propose(
        self,
        prompt: str,
        target: str,
        subject: str | None = None,
        settings: EditsConfig | None = None,
        progress: Progress = unwatched,
    ) -> Judged:
        """As ``evolve``, without keeping it: model and session are as before when this returns."""
        started, settings = time.perf_counter(), settings or self._engine.config.edits
        ids = self._model.check_prompt(prompt, self._engine.config.model.max_prompt_tokens)
        strategy = get_edit_strategy(settings.strategy)
        request = EditRequest(prompt, target, subject or find_subject(self._model, prompt, progress))
        progress("reading the prompt", 0.05)
        context = self._context(request, settings, progress)
        change = strategy.change(context)
        if not change.is_finite:
            raise InputError("the edit is not finite; edits.learning_rate or edits.adam_rate is too large")
        progress("measuring the proposal", 0.75)
        state = self._engine.immune.prompt_state(ids, [])
        measurement, doses = self._repaired(change, request, state, settings.doses)
        retested = self._retested(measurement, settings.collapse)
        progress("measured", 0.95)
        source = self._source(request, context, doses, retested)
        recipe = {"settings": None, "strategy": strategy.name}
        return Judged(prompt, Proposal(measurement.patch, ()), measurement, state, started, source, recipe)

    def _source(
        self, request: EditRequest, context: EditContext, doses: list[Dose], retested: list[Retested]
    ) -> dict[str, Any]:
        return {
            "kind": "edit",
            "target": request.target,
            "subject": request.subject,
            "layer": context.site[0],
            "share": doses[-1].share,
            "before": doses[0].target,
            "doses": [asdict(dose) for dose in sorted(doses, key=lambda dose: dose.share)],
            "retested": [asdict(one) for one in retested],
            "edits": context.settings.model_dump(mode="json"),
        }

    # --- what a strategy is given -----------------------------------------------------------------------------------

    def _site(self, settings: EditsConfig) -> Site:
        count = self._model.info.n_layers
        layer = default_layer(count) if settings.layer is None else settings.layer
        if layer >= count:
            raise InputError(f"edits.layer {layer} does not exist; {self._model.info.name} has blocks 0 to {count - 1}")
        return (layer, self._model.writer(layer).component)

    def _context(self, request: EditRequest, settings: EditsConfig, progress: Progress) -> EditContext:
        site = self._site(settings)
        moment, felt = self._plain.of(site, progress)
        prefixes = self._plain.prefixes(settings.prefixes, settings.prefix_tokens)
        rows = tuple(self._texts.taught(request, prefix) for prefix in ("", *prefixes))
        return EditContext(
            model=self._model,
            reader=lambda: self._engine.reader,
            settings=settings,
            site=site,
            rows=rows,
            held=(self._texts.essence(request.subject),),
            moment=moment,
            felt=felt,
            earlier=self._earlier(site, len(moment)),
            seed=self._engine.config.experiment.seed + self._engine.ledger.next_step,
            progress=progress,
        )

    def _earlier(self, site: Site, d_in: int) -> torch.Tensor:
        """What the active patches of the matrix respond to, scaled to a^T C a = 1, ``(d_in, n)``."""
        moment, _ = self._plain.of(site)
        columns = [
            f.v.double()
            for patch in self._engine.stack.active
            if isinstance(patch, Patch)
            for f in patch.factors
            if f.site == site
        ]
        if not columns:
            return torch.zeros(d_in, 0, dtype=torch.float64)
        v = torch.cat(columns, 1)
        return v / (v * (moment @ v)).sum(0).clamp_min(1e-30).sqrt()

    # --- dose and damage --------------------------------------------------------------------------------------------

    def _repaired(
        self, change: Patch, request: EditRequest, state: PromptState, tries: int
    ) -> tuple[Measurement, list[Dose]]:
        """The strongest share of the change that is not refused, by halving intervals; the whole where none is, or
        where the target gains nothing by it. The doses begin with none and end with the one that was taken."""
        row = self._texts.taught(request)
        before = self._given(row)
        whole, first = self._dosed(change, 1.0, row, state)
        doses = [Dose(0.0, before, "safe", {}), first]
        best: tuple[Measurement, Dose] | None = None
        low, high = 0.0, 1.0
        while first.level == "reject" and len(doses) < tries + 2:
            share = (low + high) / 2
            measured, dose = self._dosed(change.scaled(share), share, row, state)
            doses.append(dose)
            if dose.level == "reject":
                high = share
            else:
                low = share
                best = (measured, dose) if dose.target > before else best
        if best is None:
            return whole, [doses[0], *doses[2:], first]
        return best[0], [*(dose for dose in doses if dose is not best[1]), best[1]]

    def _dosed(self, change: Patch, share: float, row: Row, state: PromptState) -> tuple[Measurement, Dose]:
        measured = self._engine.immune.measure(change, state, [])
        with self._engine.stack.trial(change):
            given = self._given(row)
        return measured, Dose(share, given, measured.verdict.level, dict(measured.step.overall))

    def given(self, request: EditRequest) -> float:
        """What every token of the target is given at least, in the present state."""
        return self._given(self._texts.taught(request))

    @torch.no_grad()
    def _given(self, row: Row) -> float:
        """What every token of the target is given at least."""
        (logs,) = self._passes.log_probs([row])
        return math.exp(-surprise(row, logs).max().item())

    # --- earlier edits ----------------------------------------------------------------------------------------------

    def edits(self) -> list[ActiveEdit]:
        """The edits with a target that are active, at whatever dose, oldest first; each once, by the first of its
        patches that is active."""
        ledger = self._engine.ledger
        active, entries = set(ledger.timeline.current.active), ledger.entries()
        by_patch = {str(entry.patch_id): entry for entry in entries}
        found: dict[str | None, ActiveEdit] = {}
        for entry in entries:
            edit = _edit_behind(entry, by_patch) if entry.patch_id in active else None
            if edit is not None:
                found.setdefault(edit.patch_id, ActiveEdit(str(entry.patch_id), _request(edit)))
        return list(found.values())

    def _retested(self, measurement: Measurement, newest: int) -> list[Retested]:
        edits = self.edits()[-newest:] if newest and measurement.verdict.level != "reject" else []
        if not edits:
            return []
        with self._engine.stack.trial(measurement.patch):
            return self.test(edits)

    def test(self, edits: Sequence[ActiveEdit]) -> list[Retested]:
        """Edits of the timeline in the present state."""
        prompts = [self._texts.spans(edit.request.prompt)[0] for edit in edits]
        continued = [self._model.decode(ids) for ids in self._passes.answers(prompts, FREE_TOKENS)]
        return [
            Retested(edit.patch_id, self.given(edit.request), holds(text, edit.request.target))
            for edit, text in zip(edits, continued, strict=True)
        ]


def _edit_behind(entry: Entry, by_patch: Mapping[str, Entry]) -> Entry | None:
    """The edit that a patch is, or that it was re-applied of, maybe several times over; None where it is no edit's."""
    source = entry.details.get("source", {})
    if source.get("kind") == "reapply":
        earlier = by_patch.get(source["of"])
        return _edit_behind(earlier, by_patch) if earlier and earlier.step < entry.step else None
    return entry if source.get("kind") == "edit" else None


def _request(edit: Entry) -> EditRequest:
    source = edit.details["source"]
    return EditRequest(edit.prompt, source["target"], source["subject"])
