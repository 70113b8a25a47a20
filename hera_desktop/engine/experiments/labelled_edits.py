"""Edits of which it is known whether they do harm, and what the immune system says of each.

Every kind is made to be good or to be destructive. Whether it is, is looked at without the immune system's measures and
without its probes; an edit whose label is not borne out is counted and not used. The destructive kinds are made from
good edits, so that both come from the same records.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from ..edits.lab import EditLab
from ..hera import HeraEngine
from ..immune.system import Measurement
from ..passes import Passes
from ..patches import Patch
from ..steps import Judged
from ..strategies.base import NothingToPropose
from .catalogue import ImmuneSettings
from .destructive_edits import DESTRUCTIVE_KINDS, DestructiveEdits
from .edit_scorer import EditScorer
from .edit_scores import FREE_TOKENS, EditScores
from .edit_sets import EditRecord
from .held_out import Damage, HeldOut

Label = Literal["good", "destructive"]

TARGET, STEP = "target edit", "Hebbian step"
SCALES = {"target edit x 0.8": 0.8, "target edit x 1.25": 1.25}
KINDS: Mapping[str, Label] = {
    **dict.fromkeys((TARGET, *SCALES, STEP), "good"),
    **dict.fromkeys(DESTRUCTIVE_KINDS, "destructive"),
}
RATES = (0.1, 0.3, 1.0)
"""Strengths of the Hebbian steps, in turn."""


@dataclass(frozen=True)
class LabelledEdit:
    """An edit and what was seen of it; a figure that is not finite is None.

    Attributes:
        strength: over the edit's own; of random edits and the wrong layer the norm over the matrix's, of ``STEP`` eta.
        borne_out: whether its kind's label was confirmed.
        score: how much of the way to its limit the immune system's nearest measure has gone.
        perplexity, answers: see ``Damage``.
        measures: the immune system's, on the probes.
    """

    record: str
    kind: str
    strength: float
    borne_out: bool
    score: float | None
    refused: bool
    perplexity: float | None
    answers: float
    measures: Mapping[str, float | None]

    @property
    def label(self) -> Label:
        return KINDS[self.kind]

    def plain(self) -> dict[str, Any]:
        return asdict(self)


class EditMaker:
    """Makes, labels and measures edits of every kind on an engine whose session is empty; nothing is kept.

    Args:
        records: those that poisoned edits take their prompts from.
        settings: what a label takes.
        watch: told what is being made; it may raise Cancelled.
    """

    def __init__(
        self,
        engine: HeraEngine,
        records: Sequence[EditRecord],
        settings: ImmuneSettings,
        watch: Callable[[str], None] = lambda what: None,
    ) -> None:
        self._engine, self._settings, self._watch = engine, settings, watch
        self._scorer, self._passes = EditScorer(engine.model), Passes(engine.model)
        self._held_out = HeldOut(engine.model, [probe.text for probe in engine.immune.probes])
        self._destructive = DestructiveEdits(engine, records)
        self._lab = EditLab(engine)
        # a refused edit is not softened here: the immune system would have chosen what it is asked about
        self._whole = engine.config.edits.model_copy(update={"doses": 0, "collapse": 0})

    def edits(self, record: EditRecord, number: int, wanted: Collection[str]) -> Iterator[LabelledEdit]:
        """At most one edit of each wanted kind from record ``number``: none of a target where the model does not prefer
        the old object, and what is made from a target edit only where that is good."""
        self._watch(f"record {record.record_id}: what the model knows")
        asked = replace(record, paraphrases=(), portability=())
        before = self._scorer.score(asked)
        if STEP in wanted:
            yield from self._step(record, number)
        if before.efficacy:
            return
        measured = self._proposed(record)
        whole = measured.patch
        target = self._of_target(asked, TARGET, whole, before, measured)
        yield target
        for kind in [kind for kind in KINDS if kind in wanted and kind not in (TARGET, STEP) and target.borne_out]:
            self._watch(f"record {record.record_id}: {kind}")
            if KINDS[kind] == "good":
                yield self._of_target(asked, kind, whole.scaled(SCALES[kind]), before)
            else:
                yield from self._harming(record, kind, whole, number)

    def _proposed(self, record: EditRecord) -> Measurement:
        def progress(what: str, share: float | None) -> None:
            self._watch(f"record {record.record_id}: {what}")

        return self._lab.propose(record.prompt, record.target, record.subject, self._whole, progress).measurement

    # --- good ---------------------------------------------------------------------------------------------------------

    def _of_target(
        self,
        record: EditRecord,
        kind: str,
        patch: Patch,
        before: EditScores,
        measured: Measurement | None = None,
    ) -> LabelledEdit:
        with self._engine.stack.trial(patch):
            after = self._scorer.score(record)
            damage = self._held_out.damage()
        fall = _fall(before, after)
        took = after.efficacy and after.free and fall is not None and fall <= self._settings.good_fall
        return self._asked(
            record, kind, patch, SCALES.get(kind, 1.0), took and self._harmless(damage), damage, measured
        )

    def _step(self, record: EditRecord, number: int) -> Iterator[LabelledEdit]:
        """A Hebbian step on the prompt; it is good where the prompt goes on as before."""
        self._watch(f"record {record.record_id}: {STEP}")
        rate = RATES[number % len(RATES)]
        settings = self._engine.config.evolution.model_copy(update={"strategy": "hebbian", "learning_rate": rate})
        try:
            judged: Judged = self._engine.propose(record.prompt, settings)
        except NothingToPropose:
            return
        before, patch = self._continuation(record), judged.measurement.patch
        with self._engine.stack.trial(patch):
            same = self._continuation(record) == before
            damage = self._held_out.damage()
        yield self._asked(record, STEP, patch, rate, same and self._harmless(damage), damage, judged.measurement)

    def _continuation(self, record: EditRecord) -> tuple[int, ...]:
        return self._passes.answers([self._engine.model.tokenize(record.prompt)], FREE_TOKENS)[0]

    def _harmless(self, damage: Damage) -> bool:
        return damage.answers <= self._settings.good_answers and damage.perplexity <= self._settings.good_ppl

    # --- destructive --------------------------------------------------------------------------------------------------

    def _harming(self, record: EditRecord, kind: str, whole: Patch, number: int) -> Iterator[LabelledEdit]:
        """The first of the kind's strengths, from the drawn or the weakest one on, at which the harm is seen; the
        strongest where it is at none."""
        last: tuple[float, Patch, bool, Damage] | None = None
        drawn = self._settings.strengths == "drawn"
        doses = self._destructive.doses_from_one_on if drawn else self._destructive.doses
        for strength, patch in doses(kind, whole, number):
            with self._engine.stack.trial(patch):
                damage = self._held_out.damage()
            by_answers = damage.answers >= self._settings.harm_answers
            harmful = by_answers or damage.perplexity >= self._settings.harm_ppl
            last = strength, patch, harmful, damage
            if harmful:
                break
        if last is not None:
            strength, patch, harmful, damage = last
            yield self._asked(record, kind, patch, strength, harmful, damage)

    # --- both ---------------------------------------------------------------------------------------------------------

    def _asked(
        self,
        record: EditRecord,
        kind: str,
        patch: Patch,
        strength: float,
        borne_out: bool,
        damage: Damage,
        measured: Measurement | None = None,
    ) -> LabelledEdit:
        measured = measured or self._engine.immune.measure(patch, None, [])
        measures = {name: _finite(value) for name, value in measured.step.overall.items()}
        refused, score = measured.verdict.level == "reject", _finite(measured.verdict.used)
        seen = (score, refused, _finite(damage.perplexity), damage.answers, measures)
        return LabelledEdit(record.record_id, kind, strength, borne_out, *seen)


def _fall(before: EditScores, after: EditScores) -> float | None:
    """How far the share of right answers about other subjects fell; None where the record has no such prompts."""
    pairs = ((before.neighbourhood, after.neighbourhood), (before.locality, after.locality))
    return next((b - a for b, a in pairs if b is not None and a is not None), None)


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
