"""The experiment ``immune``: labelled edits, and whether the immune system's verdict agrees with the label.

Record by record, edits of every kind are made until there are enough of each; what is kept of a record is whole, and a
stopped run goes on with the next one.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from contextlib import suppress
from statistics import quantiles
from typing import Any

from ..errors import Cancelled, InputError
from ..model import LanguageModel
from ..sae import FeatureReader
from ..scratch import scratch_engine
from .catalogue import ImmuneSettings
from .destructive_edits import DESTRUCTIVE_KINDS
from .earlier_run import check_same
from .edit_sets import EditRecord, load_edits
from .immune_table import answers_at, plots, tables
from .job import Job
from .labelled_edits import KINDS, STEP, TARGET, EditMaker, LabelledEdit
from .outcome import Outcome

TITLE = "The immune system as a classifier"
HANGS_ON = ("model", "sae", "evolution", "edits", "immune")
"""Sections of the configuration that the figures hang on, besides the seed."""


def run(settings: ImmuneSettings, job: Job) -> Outcome:
    """Ask the immune system about labelled edits.

    Raises:
        InputError: the records or the configuration cannot be used, or the job's earlier outcome has other settings.
    """
    records = load_edits(settings.file)
    model, reader = job.model()
    labelling = _Labelling(settings, job, records, reader is not None)
    labelling.take_over(job.done)
    with suppress(Cancelled):
        labelling.go_on(model, reader)
    outcome = labelling.outcome()
    job.save(outcome)
    return outcome


def quotas(edits: int, kinds: Collection[str] = tuple(KINDS)) -> dict[str, int]:
    """How many of each kind: half of them good, and within a half as evenly as it goes."""
    good = [kind for kind in kinds if KINDS[kind] == "good"]
    return {**_evenly(edits - edits // 2, good), **_evenly(edits // 2, DESTRUCTIVE_KINDS)}


def _evenly(count: int, kinds: Sequence[str]) -> dict[str, int]:
    return {kind: count // len(kinds) + (at < count % len(kinds)) for at, kind in enumerate(kinds)}


class _Labelling:
    """One run: what was wanted, what was tried and what was found."""

    def __init__(self, settings: ImmuneSettings, job: Job, records: Sequence[EditRecord], steps: bool) -> None:
        self._settings, self._job, self._records, self._steps = settings, job, records, steps
        self._quotas = quotas(settings.edits, [kind for kind in KINDS if steps or kind != STEP])
        self._plain = _plain(settings, job)
        self._tried: list[str] = []
        self._edits: list[LabelledEdit] = []

    def take_over(self, done: Outcome | None) -> None:
        """What an earlier run found. Raises InputError where it had other settings, or its figures cannot be read."""
        if done is None:
            return
        check_same(self._plain, done.settings)
        try:
            self._edits = [LabelledEdit(**one) for one in done.data["edits"]]
            self._tried = list(done.data["tried"])
            if any(one.answers is None for one in self._edits):  # written before they were asked of every edit
                raise TypeError
        except (KeyError, TypeError):
            raise InputError("the earlier run's labelled edits cannot be read; begin another document") from None

    def go_on(self, model: LanguageModel, reader: FeatureReader | None) -> None:
        """Record by record until there is enough of the target edits, from which nearly all else is made."""
        if self._enough():
            return
        with scratch_engine(model, reader, self._job.config) as engine:
            maker = EditMaker(engine, self._records, self._settings, self._watch)
            tried = set(self._tried)
            for number, record in enumerate(self._records):
                if record.record_id in tried:
                    continue
                self._edits += list(maker.edits(record, number, self._wanted()))
                self._tried.append(record.record_id)
                self._job.save(self.outcome())
                if self._enough():
                    return

    def _watch(self, what: str) -> None:
        if self._job.cancelled():
            raise Cancelled("the run was stopped")
        self._job.progress(what, min(sum(self._counts().values()) / self._settings.edits, 1.0))

    def _counts(self) -> dict[str, int]:
        return {kind: sum(e.borne_out for e in self._edits if e.kind == kind) for kind in self._quotas}

    def _wanted(self) -> list[str]:
        counts = self._counts()
        return [kind for kind, wanted in self._quotas.items() if counts[kind] < wanted]

    def _enough(self) -> bool:
        return TARGET not in self._wanted()

    def outcome(self) -> Outcome:
        finished = self._enough() or len(self._tried) == len(self._records)
        return Outcome(
            "immune",
            TITLE,
            self._plain,
            tables(self._edits, self._quotas),
            plots(self._edits),
            tuple(self._remarks()),
            {"tried": self._tried, "edits": [one.plain() for one in self._edits]},
            finished,
        )

    def _remarks(self) -> list[str]:
        s, found, broken = self._settings, sum(e.borne_out for e in self._edits), _broken(self._edits)
        remarks = [
            f"A target edit is good where its object is the likelier one and stands in the free continuation, the "
            f"neighbourhood falls by at most {s.good_fall:g}, the perplexity of held-out texts rises at most "
            f"{s.good_ppl:g} times and at most {s.good_answers:.0%} of the tokens of the answers to general questions "
            "change; a Hebbian step where the prompt goes on as before and the last two hold.",
            f"A destructive edit has to raise the perplexity of held-out texts at least {s.harm_ppl:g} times or to "
            f"change {s.harm_answers:.0%} of the answers' tokens; of several strengths the first that does is taken, "
            f"{_FROM[s.strengths]} one on. "
            "Neither texts nor questions are among the probes. What lies between good and destructive is left out, "
            "which makes the two easier to tell apart.",
            f"{found} edits with a confirmed label out of {s.edits} wanted, {len(self._edits) - found} left out; "
            f"{len(self._tried)} of {len(self._records)} records were looked at.",
        ]
        if len(changed := answers_at(s.harm_ppl, self._edits)) > 1:
            low, middle, high = quantiles(changed, n=4)
            remarks.append(
                f"The {len(changed)} edits of the destructive kinds that raise the perplexity about {s.harm_ppl:g} "
                f"times change {middle:.0%} of the answers' tokens (median; quartiles {low:.0%} and {high:.0%})."
            )
        if broken:
            remarks.append(f"{broken} edits make a measure infinite; they count as over every limit and are not drawn.")
        if not self._steps:
            remarks.append("There is no SAE for this model, so no Hebbian steps are among the good edits.")
        return remarks


_FROM = {"drawn": "from a drawn", "weakest": "from the weakest"}


def _broken(edits: Sequence[LabelledEdit]) -> int:
    return sum(edit.score is None for edit in edits if edit.borne_out)


def _plain(settings: ImmuneSettings, job: Job) -> dict[str, Any]:
    """The settings as they are read back from a file."""
    config = job.config.model_dump(mode="json")
    hangs_on = {name: config[name] for name in HANGS_ON} | {"experiment": {"seed": job.config.experiment.seed}}
    return json.loads(json.dumps({**settings.model_dump(mode="json"), "config": hangs_on}))
