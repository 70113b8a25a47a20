"""The experiment ``comparison``: the same facts learned one after another by full fine-tuning, by LoRA and by the
program's own strategies, each from the same state.

Every method learns the same records, each on top of the ones before. A record's efficacy is looked at right after it
was learned, everything else once all are. The model is given back bit for bit after every method.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

import torch

from ..config import Config
from ..edits import EDIT_STRATEGIES, EditRequest
from ..edits.lab import EditLab
from ..errors import Cancelled, InputError, nearest
from ..hera import HeraEngine
from ..loading import fingerprint
from ..model import LanguageModel
from ..sae import FeatureReader
from ..scratch import scratch_engine
from .catalogue import ComparisonSettings
from .comparison_figures import Comparison, LearnedRecord, MethodFigures, comparison_of
from .comparison_methods import ALL_METHODS, METHODS, Found, learner, without_sae
from .comparison_table import outcome
from .cost import PeakMemory, own_parameters, timed
from .earlier_run import check_same
from .edit_run import UNEDITED
from .edit_scorer import EditScorer
from .edit_scores import choice, prefers
from .edit_sets import EditRecord, load_edits
from .job import Job
from .outcome import Outcome

FORWARDS = 5
"""Plain forward passes over the probes that are timed before a method learns, and again after it."""
LOOKED_AT_ONCE = 16
"""Records that are looked at together for what the model knows."""


def run(settings: ComparisonSettings, job: Job) -> Outcome:
    """Let every method learn the same records. A stopped run goes on with the first method that was not finished.

    Raises:
        InputError: a method is unknown, the file has too few records that the model knows, or the job's earlier outcome
            has other settings.
    """
    names = (UNEDITED, *_methods(settings))
    file = load_edits(settings.file)
    model, reader = job.model()
    hangs_on = {**settings.model_dump(mode="json"), "config": _config(job.config, model)}
    done, finished = _taken_over(job.done, hangs_on), False
    with suppress(Cancelled):
        done = done or _chosen(settings.records, file, model, reader, names, job)
        for number, name in enumerate(names):
            if not done.has(name):
                one = _Run(name, done.records, settings, job, number / len(names))
                done = done.plus(_measured(one, model, reader))
                job.save(outcome(done, hangs_on, finished=False))
        finished = True
    result = outcome(done, hangs_on, finished)
    job.save(result)
    return result


def _methods(settings: ComparisonSettings) -> tuple[str, ...]:
    for name in settings.methods:
        if name not in ALL_METHODS:
            hint = nearest(name, ALL_METHODS)
            raise InputError(f"method '{name}' is unknown; there are {', '.join(ALL_METHODS)}{hint}")
    return tuple(dict.fromkeys(settings.methods or METHODS))


def _config(config: Config, model: LanguageModel) -> dict[str, Any]:
    """What the figures hang on besides the settings."""
    return {
        "model": model.info.name,
        "fingerprint": model.info.fingerprint,
        "device": model.info.device,
        "threads": torch.get_num_threads(),
        "seed": config.experiment.seed,
        "edits": config.edits.model_dump(mode="json"),
        "immune": config.immune.model_dump(mode="json"),
    }


def _taken_over(done: Outcome | None, hangs_on: Mapping[str, Any]) -> Comparison | None:
    """What an earlier run measured; raises InputError where it had other settings."""
    if done is None:
        return None
    check_same(hangs_on, done.settings)
    return comparison_of(done.data) if done.data else None


def _chosen(
    count: int,
    file: Sequence[EditRecord],
    model: LanguageModel,
    reader: FeatureReader | None,
    names: Sequence[str],
    job: Job,
) -> Comparison:
    """The first records whose old object the model prefers, and the methods that cannot be used with this model."""
    job.progress("what the model knows", None)
    scorer, known = EditScorer(model), []
    for begin in range(0, len(file), LOOKED_AT_ONCE):
        _stop_if(job.cancelled)
        some = file[begin : begin + LOOKED_AT_ONCE]
        known += [begin + at for at, right in enumerate(scorer.known(some)) if right]
        if len(known) >= count:
            break
    places = known[:count]
    if len(places) < count:
        raise InputError(
            f"records is {count}, and the file has {len(places)} whose old object {model.info.name} prefers; ask for "
            "fewer, or name another file"
        )
    left_out = without_sae(names, model, reader)
    records = tuple(file[place] for place in places)
    skipped = places[-1] + 1 - len(places)
    model_bytes = own_parameters(model) * model.dtype.itemsize
    return Comparison(records, skipped, model_bytes, job.config.edits.stop, left_out=left_out)


def _measured(one: _Run, model: LanguageModel, reader: FeatureReader | None) -> MethodFigures:
    """A method from the base and back to it; raises RuntimeError where the weights are not what they were."""
    before = fingerprint(model.hf)
    with scratch_engine(model, reader, one.config()) as engine:
        engine.immune.base()  # it is kept, so that changed weights can be measured against it
        figures = one.figures(engine)
    if fingerprint(model.hf) != before:
        raise RuntimeError(f"{one.name} left the model's weights changed")
    return figures


class _Run:
    """One method over all records."""

    def __init__(
        self, name: str, records: Sequence[EditRecord], settings: ComparisonSettings, job: Job, share: float
    ) -> None:
        self.name, self._records, self._settings = name, records, settings
        self._job, self._share = job, share

    def config(self) -> Config:
        config = self._job.config
        strategy = self.name if self.name in EDIT_STRATEGIES else config.edits.strategy
        return config.model_copy(update={"edits": config.edits.model_copy(update={"strategy": strategy})})

    def figures(self, engine: HeraEngine) -> MethodFigures:
        """Raises Cancelled where the run was stopped; the model is as before then."""
        self._report("making ready")
        if self.name == UNEDITED:
            return self._scored(engine, (), _forwards(engine), 0)
        with learner(self.name, engine, self._settings) as method:
            before, found = _forwards(engine), []
            with PeakMemory(engine.model.device) as memory:
                for number, record in enumerate(self._records, 1):
                    self._report(f"record {number} of {len(self._records)}")
                    found.append(_right_after(engine, record, method.learn(record)))
            return self._scored(engine, found, (*before, *_forwards(engine)), memory.taken)

    def _report(self, what: str) -> None:
        _stop_if(self._job.cancelled)
        self._job.progress(f"{self.name}: {what}", self._share)

    def _scored(
        self, engine: HeraEngine, found: Sequence[LearnedRecord], forwards: Sequence[float], peak: int
    ) -> MethodFigures:
        self._report("scoring")
        scores = EditScorer(engine.model).scores(self._records)
        standing = dict(engine.immune.standing().overall)
        return MethodFigures(self.name, tuple(found), tuple(scores), standing, tuple(forwards), peak)


def _stop_if(cancelled: Callable[[], bool]) -> None:
    if cancelled():
        raise Cancelled("the comparison was stopped")


def _forwards(engine: HeraEngine) -> tuple[float, ...]:
    """Seconds of plain passes over the probes; the first is not counted."""
    batch, model = engine.immune.batch, engine.model
    return tuple(timed(lambda: model.forward(batch), model.device) for _ in range(FORWARDS + 1))[1:]


def _right_after(engine: HeraEngine, record: EditRecord, found: Found) -> LearnedRecord:
    readings = EditScorer(engine.model).readings(choice(record))
    preferred = prefers(readings, record.prompt, record.target, record.old)
    given = EditLab(engine).given(EditRequest(record.prompt, record.target, record.subject))
    return LearnedRecord(record.record_id, found, given, preferred)
