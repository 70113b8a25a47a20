"""The experiment ``stability``: many steps on diverse prompts, and recovery from interventions.

The prompts' domains come in turn. At even intervals something destructive is proposed, which the immune system is to
refuse; then its limits are lifted, the same change is forced in, and it is rolled back. Then the same steps are made
once more without limits, to see what these are good for.

A run that was stopped keeps what it measured. Taken up again, it makes each of its two halves from the beginning that
was not finished: its session was a scratch one, and the state after some steps cannot be had without making them again.
The steps of the earlier run stand until there are more.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import partial
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from ..config import Config
from ..errors import Cancelled, InputError
from ..hera import HeraEngine
from ..model import LanguageModel
from ..sae import FeatureReader
from ..scratch import scratch_engine
from .catalogue import StabilitySettings
from .domain_prompts import DomainPrompt, in_turn, load_domains
from .earlier_run import check_same
from .interventions import without_limits
from .job import Job
from .outcome import Outcome
from .stability_tables import plots, remarks, tables
from .stability_walk import Walk, walk

LIMITED, UNLIMITED = "with limits", "without limits"
SAVED_EVERY = 10

_WALKS = TypeAdapter(dict[str, Walk], config=ConfigDict(ser_json_inf_nan="strings"))


def run(settings: StabilitySettings, job: Job) -> Outcome:
    """Make the steps; see the module.

    Raises:
        InputError: the prompts cannot be read, the model has no SAE, or the job's earlier outcome has other settings.
    """
    prompts = in_turn(load_domains(settings.file), settings.steps, job.config.experiment.seed)
    model, reader = job.model()
    outcome = Outcome("stability", "Stability over many steps", _basis(settings, job.config, model, reader))
    walks = _earlier(job.done, outcome.settings)
    try:
        with suppress(Cancelled):
            for name in (LIMITED,) if settings.limited_only else (LIMITED, UNLIMITED):
                if name in walks and walks[name].finished:
                    continue
                for so_far in _walked(name, prompts, settings, job, model, reader):
                    walks[name] = _longer(walks.get(name), so_far)
                    if len(so_far.steps) % SAVED_EVERY == 0:
                        job.save(_complete(outcome, walks, settings, job.config))
    finally:  # also where a step raises
        outcome = _complete(outcome, walks, settings, job.config)
        if walks:
            job.save(outcome)
    return outcome


def _longer(earlier: Walk | None, now: Walk) -> Walk:
    """The same steps are made again, so that the longer of two runs holds the other."""
    return now if earlier is None or len(now.steps) >= len(earlier.steps) else earlier


def _walked(
    name: str,
    prompts: tuple[DomainPrompt, ...],
    settings: StabilitySettings,
    job: Job,
    model: LanguageModel,
    reader: FeatureReader | None,
) -> Iterator[Walk]:
    """The run with limits, or the same steps without limits and interventions."""
    config = job.config if name == LIMITED else without_limits(job.config)
    interventions = settings.interventions if name == LIMITED else 0
    with scratch_engine(model, reader, config) as engine:
        _check_sae(engine)
        yield from walk(engine, prompts, interventions, partial(_look, job, name))


def _check_sae(engine: HeraEngine) -> None:
    """Raises InputError where the model has no SAE."""
    _ = engine.reader


def _look(job: Job, name: str, what: str, share: float) -> None:
    if job.cancelled():
        raise Cancelled("the run was stopped")
    job.progress(f"{name}: {what}", share)


# --- the outcome ------------------------------------------------------------------------------------------------------


def _complete(outcome: Outcome, walks: Mapping[str, Walk], settings: StabilitySettings, config: Config) -> Outcome:
    wanted = 1 if settings.limited_only else 2
    return Outcome(
        outcome.experiment,
        outcome.title,
        outcome.settings,
        tables(walks, config.immune),
        plots(walks, config.immune),
        remarks(walks),
        {"walks": json.loads(_WALKS.dump_json(dict(walks)))},
        finished=len(walks) == wanted and all(one.finished for one in walks.values()),
    )


def _basis(
    settings: StabilitySettings, config: Config, model: LanguageModel, reader: FeatureReader | None
) -> dict[str, Any]:
    """The settings, and what the figures hang on besides."""
    rest = {
        "model": model.info.name,
        "fingerprint": model.info.fingerprint,
        "dtype": model.info.dtype,
        "sae": reader.info.name if reader else None,
        "sae_fingerprint": reader.info.fingerprint if reader else None,
        "seed": config.experiment.seed,
        "threshold": config.sae.threshold,
        "max_density": config.sae.max_density,
        "evolution": config.evolution.model_dump(mode="json"),
        "immune": config.immune.model_dump(mode="json"),
    }
    return {**settings.model_dump(mode="json"), "config": rest}


def _earlier(done: Outcome | None, settings: Mapping[str, Any]) -> dict[str, Walk]:
    """What an earlier run has of the two halves. Raises InputError where it had other settings, or is damaged."""
    if done is None:
        return {}
    check_same(settings, done.settings)
    try:
        return _WALKS.validate_python(done.data.get("walks", {}))
    except ValidationError as error:
        where = ".".join(map(str, error.errors()[0]["loc"]))
        raise InputError(f"the earlier run of 'stability' is damaged at '{where}'; run it anew") from None
