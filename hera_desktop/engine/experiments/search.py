"""The experiment ``search``: an Optuna study over configuration keys with two objectives, effect and damage.

A trial is an independent job of plain values; it runs in this process, or on the workers of a Ray cluster, and gives
the same figures (``search_trial``). The study itself keeps nothing on disk: what a trial is asked for depends on the
seed and on the results alone (``search_study``), so that a stopped search is taken up by asking from the beginning and
answering with what the outcome of the earlier run has. A finished trial is in the outcome as soon as it has ended and
is never measured again, nor are two trials of the same settings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Protocol

from ..errors import Cancelled, InputError
from ..progress import Progress
from .catalogue import SearchSettings
from .earlier_run import check_same
from .job import Job
from .outcome import Outcome
from .search_ray import ray_pool
from .search_space import key_of, read_space
from .search_study import Asked, Study
from .search_table import plots, remarks, tables
from .search_trial import Spec, material_of, release, run_trial

SPACES: Mapping[str, tuple[str, ...]] = {
    "steps": ("evolution.learning_rate=0.1..10:log", "evolution.top_k_features=1..8"),
    "edits": ("edits.learning_rate=0.001..0.05:log", "edits.lambda_kl=0.01..10:log"),
}
"""What is searched where nothing is named."""
CHANGEABLE = ("trials", "workers", "cluster")
"""Settings that a search may go on with others of."""

Result = Mapping[str, Any]


class Pool(Protocol):
    """Where trials run. ``lost``: workers that ended with a trial; ``not_started``: workers that never began."""

    lost: int
    not_started: int

    def run(self, specs: Mapping[int, Spec]) -> Iterator[tuple[int, Result]]:
        """The results by the trials' numbers, as they come."""
        ...


class OwnProcess:
    """Runs trials here, one after another; the model is loaded for the first and kept."""

    lost = not_started = 0

    def __init__(self, progress: Progress, cancelled: Callable[[], bool]) -> None:
        self._progress, self._cancelled = progress, cancelled

    def run(self, specs: Mapping[int, Spec]) -> Iterator[tuple[int, Result]]:
        """Raises Cancelled where the search was stopped; nothing is kept of the trial in hand."""
        for number, spec in specs.items():

            def told(what: str, share: float | None, number: int = number) -> None:
                if self._cancelled():
                    raise Cancelled("the search was stopped")
                self._progress(f"trial {number}: {what}", None)

            told("begun", None)
            yield number, run_trial(spec, told)


@contextmanager
def _own_process(progress: Progress, cancelled: Callable[[], bool]) -> Iterator[OwnProcess]:
    try:
        yield OwnProcess(progress, cancelled)
    finally:
        release()


def run(settings: SearchSettings, job: Job) -> Outcome:
    """Search until ``settings.trials`` trials are measured, or until the job is cancelled.

    Raises:
        InputError: a range or choice cannot be used, the records cannot be read, Ray is wanted and not installed, or
            the job's earlier outcome is of a search with other settings.
        HeraError: the model cannot be loaded, or the cluster cannot be reached.
    """
    search = _Search(settings, job)
    where = (
        ray_pool(settings.cluster, settings.workers, settings.threads, job.progress, job.cancelled)
        if settings.cluster
        else _own_process(job.progress, job.cancelled)
    )
    with where as pool:
        return search.run(pool)


class _Search:
    def __init__(self, settings: SearchSettings, job: Job) -> None:
        self._settings, self._job = settings, job
        ranges = settings.ranges or (() if settings.choices else SPACES[settings.measure])
        space = read_space(ranges, settings.choices, job.config)
        self._study = Study(space, settings.sampler, settings.batch, job.config.experiment.seed)
        self._hangs_on = {**settings.model_dump(mode="json"), "config": job.config.model_dump(mode="json")}
        self._earlier = self._taken_over()
        self._until = max(settings.trials, max(self._earlier, default=-1) + 1)
        self._material = material_of(settings.measure, settings.file, settings.limit)
        self._results: dict[str, Result] = {key_of(one["settings"]): _result(one) for one in self._earlier.values()}
        self._asked: list[Asked] = []

    def _taken_over(self) -> dict[int, Mapping[str, Any]]:
        """The trials of the earlier run, by number."""
        done = self._job.done
        if done is None:
            return {}
        check_same(self._hangs_on, done.settings, CHANGEABLE)
        return {trial["number"]: trial for trial in done.data["trials"]}

    def run(self, pool: Pool) -> Outcome:
        with suppress(Cancelled):
            while batch := self._study.ask(self._until):
                self._check(batch)
                self._asked += batch
                self._measure(pool, batch)
                for asked in batch:
                    result = self._results[asked.key]
                    self._study.tell(asked, result["effect"], result["damage"])
        outcome = self._outcome(pool)
        self._job.save(outcome)
        return outcome

    def _check(self, batch: Sequence[Asked]) -> None:
        for asked in batch:
            earlier = self._earlier.get(asked.number)
            if earlier is not None and key_of(earlier["settings"]) != asked.key:
                raise InputError(
                    f"trial {asked.number} of the earlier search has other settings than this version of Optuna gives "
                    "it; name another file"
                )

    def _measure(self, pool: Pool, batch: Sequence[Asked]) -> None:
        """The trials of a batch whose settings were not measured before; what comes is kept at once."""
        new = {asked.key: asked for asked in batch if asked.key not in self._results}
        values = {asked.number: asked for asked in new.values()}
        for number, result in pool.run({number: self._spec(asked) for number, asked in values.items()}):
            self._results[values[number].key] = result
            self._job.save(self._outcome(pool))
            found = sum(asked.key in self._results for asked in self._asked)
            self._job.progress(f"{found} of {self._until} trials", found / self._until)

    def _spec(self, asked: Asked) -> dict[str, Any]:
        return {
            "config": self._hangs_on["config"],
            "settings": dict(asked.values),
            "measure": self._settings.measure,
            "material": self._material,
            "limit": self._settings.limit,
            "threads": self._settings.threads,
        }

    def _outcome(self, pool: Pool) -> Outcome:
        measure = self._settings.measure
        trials = [_trial(asked, self._results[asked.key]) for asked in self._asked if asked.key in self._results]
        said = remarks(trials, self._until)
        if pool.not_started:
            said = (*said, f"workers that did not start, perhaps for want of free processors: {pool.not_started}")
        if pool.lost:
            said = (*said, f"workers that were lost, and their trials run again: {pool.lost}")
        return Outcome(
            "search",
            "Search for settings with much effect and little damage",
            self._hangs_on,
            tables(trials, measure),
            plots(trials, measure),
            said,
            {"trials": trials},
            len(trials) == self._until,
        )


def _trial(asked: Asked, result: Result) -> dict[str, Any]:
    return {"number": asked.number, "settings": dict(asked.values), **result}


def _result(trial: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in trial.items() if key not in ("number", "settings")}
