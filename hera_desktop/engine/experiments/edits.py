"""The experiment ``edits``: target edits of real records on a real model, strategy by strategy, in one table.

A variant is a strategy, or ``null_space`` with one of the things that hold it back switched off. Each runs in a session
of its own around the one loaded model.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager, closing
from functools import partial
from pathlib import Path
from typing import Any

from ..config import Config
from ..edits import EDIT_STRATEGIES
from ..edits.lab import EditLab
from ..errors import InputError, nearest
from ..hera import HeraEngine
from ..model import LanguageModel
from ..progress import Progress
from ..sae import FeatureReader
from ..scratch import scratch_engine
from ..timeline import BASE
from .catalogue import EditsSettings
from .comparison_methods import without_sae
from .earlier_run import check_same
from .edit_run import UNEDITED, AppliedEdit, EditsResult, Unedited, begun, check_goes_on, run_edits
from .edit_scorer import EditScorer
from .edit_sets import EditRecord, load_edits
from .edit_table import curves, document, remarks, results_of, table
from .held_out import HeldOut
from .job import Job
from .outcome import Outcome

PARTS: Mapping[str, tuple[str, ...]] = {
    "no-immune": ("immune.enforce=false",),
    "no-repair": ("edits.doses=0",),
    "no-null-space": ("edits.strategy=rank_one",),
}
"""What is switched off in a variant of ``null_space``."""

VARIANTS = (UNEDITED, *EDIT_STRATEGIES, *PARTS)


def overrides_of(variant: str) -> tuple[str, ...]:
    """The settings of a variant as ``section.key=value``; raises InputError for an unknown one."""
    if variant in PARTS:
        return ("edits.strategy=null_space", *PARTS[variant])
    if variant in EDIT_STRATEGIES:
        return (f"edits.strategy={variant}",)
    if variant == UNEDITED:
        return ()
    raise InputError(f"strategy '{variant}' is unknown; there are {', '.join(VARIANTS)}{nearest(variant, VARIANTS)}")


class EngineEditor:
    """Edits through an engine, so that everything is judged and recorded as in the window."""

    def __init__(self, engine: HeraEngine) -> None:
        self._engine, self._lab = engine, EditLab(engine)

    def apply(self, record: EditRecord) -> AppliedEdit:
        result = self._lab.evolve(record.prompt, record.target, record.subject)
        details = self._engine.ledger.entries()[-1].details
        share = details["source"]["share"]
        outcome = "softened" if share < 1 and result.status != "rejected" else result.status
        return AppliedEdit(result.patch_id, outcome, result.seconds, share, details["rank"], details["norm"])

    def undo(self, applied: AppliedEdit) -> None:
        self._engine.undo()


def run(settings: EditsSettings, job: Job) -> Outcome:
    """Load the configured model and run the variants, one after another; what ``job.done`` measured is not measured
    again. Runs of one edit after another leave their sessions in ``job.sessions``, and go on in them. Strategies that
    need an SAE are left out where there is none.

    Raises:
        InputError: a record, a variant or an override cannot be used, before the model is loaded; or ``job.done`` is of
            other settings, before anything is measured.
    """
    names = tuple(dict.fromkeys(settings.strategy or VARIANTS))
    configs = {name: job.variant(overrides_of(name)) for name in names}
    records = load_edits(Path(settings.file) if settings.file else None, settings.limit)
    return _Run(settings, job, configs, records).go()


class _Run:
    """What there is of every strategy: an earlier run's result until this run has one to put in its place."""

    def __init__(
        self, settings: EditsSettings, job: Job, configs: Mapping[str, Config], records: Sequence[EditRecord]
    ) -> None:
        self._settings, self._job, self._configs, self._records = settings, job, configs, records
        earlier = results_of(job.done.data) if job.done else ()
        self._results = {(one.strategy, one.sequential): one for one in earlier}
        self._left_out: Mapping[str, str] = {}

    def go(self) -> Outcome:
        model, reader = self._job.model()
        self._left_out = without_sae(self._configs, model, reader)
        names = [name for name in self._configs if name not in self._left_out]
        for done in self._results.values():
            self._check(done, names, model)
        for name in names:
            if self._job.cancelled():
                break
            if not self._has(name):
                self._measure(name, model, reader)
        outcome = self._outcome(finished=all(map(self._has, names)))
        self._job.save(outcome)
        return outcome

    def _of(self, name: str) -> EditsResult | None:
        return self._results.get((name, self._settings.sequential))

    def _has(self, name: str) -> bool:
        done = self._of(name)
        return done is not None and done.covers(self._records)

    def _session(self, name: str) -> Path | None:
        """Where the edits of a strategy are kept."""
        return self._job.sessions / f"{name}.hera" if self._settings.sequential and self._job.sessions else None

    # --- an earlier run -----------------------------------------------------------------------------------------------

    def _check(self, done: EditsResult, names: Collection[str], model: LanguageModel) -> None:
        """Raises InputError where an earlier result cannot be gone on from, or stand beside those of this run."""
        if done.strategy not in VARIANTS:
            return
        config = self._job.variant(overrides_of(done.strategy))
        now = begun(
            done.strategy, self._records, self._settings.sequential, self._settings.fluency, _settings(model, config)
        )
        if done.strategy not in names or done.sequential != now.sequential:
            check_same(now.settings, done.settings)
            return
        check_goes_on(done, now, self._records)
        session = self._session(done.strategy)
        if now.sequential and done.edits and not done.finished and not (session and session.exists()):
            where = f"the session {session}, which is not there" if session else "a session, and none is kept"
            raise InputError(f"the earlier run of '{done.strategy}' goes on in {where}; begin another document")

    # --- this run -----------------------------------------------------------------------------------------------------

    def _measure(self, name: str, model: LanguageModel, reader: FeatureReader | None) -> None:
        own, done = self._configs[name], self._of(name)
        with _engine(model, reader, own, self._session(name)) as engine:
            if self._settings.sequential:
                _take_up(engine, done)
            run_edits(
                _editor(name, engine, self._job.progress),
                EditScorer(model),
                self._records,
                name,
                sequential=self._settings.sequential,
                fluency=self._settings.fluency,
                settings=_settings(model, own),
                standing=partial(_standing, engine, _held_out(engine)),
                done=done,
                save=self._keep,
                progress=self._job.progress,
                cancelled=self._job.cancelled,
            )

    def _keep(self, result: EditsResult) -> None:
        self._results[result.strategy, result.sequential] = result
        self._job.save(self._outcome(finished=False))

    def _outcome(self, finished: bool) -> Outcome:
        found = tuple(self._results.values())
        left_out = (f"{name} is left out: {why}." for name, why in self._left_out.items())
        return Outcome(
            "edits",
            "Target edits",
            {**self._settings.model_dump(mode="json"), **self._asked(), "config": list(self._job.overrides)},
            (table(found),),
            curves(found),
            (*remarks(found), *left_out),
            document(found),
            finished,
        )

    def _asked(self) -> dict[str, list[str]]:
        """The strategies of the table where some were named, in this run or before."""
        earlier = (one.strategy for one in self._results.values() if one.sequential == self._settings.sequential)
        named = self._settings.strategy
        return {"strategy": list(dict.fromkeys((*earlier, *named)))} if named else {}


def _engine(
    model: LanguageModel, reader: FeatureReader | None, config: Config, session: Path | None
) -> AbstractContextManager[HeraEngine]:
    """An engine in a session that is kept, or in one that is thrown away."""
    if session is None:
        return scratch_engine(model, reader, config)
    session.parent.mkdir(parents=True, exist_ok=True)
    return closing(HeraEngine.around(model, reader, config, session))


def _take_up(engine: HeraEngine, done: EditsResult | None) -> None:
    """The state after the edits of an earlier run, without those that came after it was last saved."""
    edits = done.edits if done else ()
    last = next((edit.applied.patch_id for edit in reversed(edits) if edit.applied.outcome != "rejected"), None)
    if engine.ledger.timeline.current.active:
        engine.roll_back_to(last or BASE)


def _held_out(engine: HeraEngine) -> HeldOut:
    """The base on texts that neither the immune system nor an edit's statistics know."""
    with engine.stack.temporarily(()):
        return HeldOut(engine.model, [probe.text for probe in engine.immune.probes])


def _standing(engine: HeraEngine, held_out: HeldOut) -> Mapping[str, float]:
    """The present state on the probes, and on what is held out, against the base."""
    measured = {name: value for name, value in engine.immune.standing().overall.items() if value is not None}
    return {**measured, "held_out_ppl": held_out.damage().perplexity}


def _settings(model: LanguageModel, config: Config) -> Mapping[str, Any]:
    """What a result hangs on."""
    return {
        "model": model.info.fingerprint,
        "edits": config.edits.model_dump(mode="json"),
        "immune": config.immune.model_dump(mode="json"),
        "seed": config.experiment.seed,
    }


def _editor(name: str, engine: HeraEngine, progress: Progress) -> EngineEditor | Unedited:
    if name == UNEDITED:
        return Unedited()
    editor = EngineEditor(engine)
    EditLab(engine).prepare(progress)  # once for a model; no edit's time
    return editor
