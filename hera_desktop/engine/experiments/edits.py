"""The experiment ``edits``: target edits of real records on a real model, strategy by strategy, in one table.

A variant is a strategy, or ``null_space`` with one of the things that hold it back switched off. Each runs in a session
of its own around the one loaded model.
"""

from __future__ import annotations

from collections.abc import Mapping
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
from .edit_run import UNEDITED, AppliedEdit, EditsResult, Unedited, run_edits
from .edit_scorer import EditScorer
from .edit_sets import EditRecord, load_edits
from .edit_table import curves, document, results_of, table
from .job import Job
from .outcome import Outcome

_NO_LIMITS = ("max_js_divergence=1", "max_ppl_spike=1e6", "max_cosine_drift=2")
PARTS: Mapping[str, tuple[str, ...]] = {
    "no-immune": tuple(f"immune.{scope}{limit}" for scope in ("", "cumulative.") for limit in _NO_LIMITS),
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
    again. Runs of one edit after another leave their sessions in ``job.sessions``, and go on in them.

    Raises:
        InputError: a record, a variant or an override cannot be used; before the model is loaded.
    """
    names = tuple(dict.fromkeys(settings.strategy or VARIANTS))
    configs = {name: job.variant(overrides_of(name)) for name in names}
    records = load_edits(Path(settings.file) if settings.file else None, settings.limit)
    earlier = results_of(job.done.data) if job.done else ()
    model, reader = job.model()
    found: tuple[EditsResult, ...] = ()

    def told(*results: EditsResult, finished: bool = False) -> Outcome:
        return _outcome(settings, job, (*found, *results), finished)

    for name, own in configs.items():
        done = next((r for r in earlier if (r.strategy, r.sequential) == (name, settings.sequential)), None)
        if settings.sequential and done is not None and done.finished and done.planned == len(records):
            found = (*found, done)
            continue
        session = job.sessions / f"{name}.hera" if settings.sequential and job.sessions else None
        if settings.sequential and (session is None or not session.exists()):
            done = None  # its edits are nowhere
        with _engine(model, reader, own, session) as engine:
            if settings.sequential:
                _take_up(engine, done)
            result = run_edits(
                _editor(name, engine, job.progress),
                EditScorer(model),
                records,
                name,
                sequential=settings.sequential,
                fluency=settings.fluency,
                settings=_settings(model, own),
                standing=partial(_standing, engine),
                done=done,
                save=lambda now: job.save(told(now)),
                progress=job.progress,
                cancelled=job.cancelled,
            )
        found = (*found, result)
        if job.cancelled():
            break
    outcome = told(finished=len(found) == len(names) and all(result.finished for result in found))
    job.save(outcome)
    return outcome


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


def _outcome(settings: EditsSettings, job: Job, found: tuple[EditsResult, ...], finished: bool) -> Outcome:
    return Outcome(
        "edits",
        "Target edits",
        {**settings.model_dump(mode="json"), "config": list(job.overrides)},
        (table(found),),
        curves(found),
        data=document(found),
        finished=finished,
    )


def _standing(engine: HeraEngine) -> Mapping[str, float]:
    return {name: value for name, value in engine.immune.standing().overall.items() if value is not None}


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
