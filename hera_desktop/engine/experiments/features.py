"""The experiment ``features``: which features fire, which weights change, and what changes in meaning.

Half of each domain's prompts are edited on, one step a prompt, each from the base; its effect is measured on the other
half. A control writes along a random direction instead, with the same keys and the same norm. The features of each
domain are chosen on the first half as well and measured on the second, so that no figure is of what it was chosen by.

A run that was stopped goes on with the next step.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from ..atlas.places import find_atlas
from ..atlas.store import Atlas
from ..errors import Cancelled, InputError
from ..hera import HeraEngine
from ..sae import FeatureReader
from ..scratch import scratch_engine
from ..strategies.base import NothingToPropose
from .catalogue import FeaturesSettings
from .domain_prompts import DomainPrompt, Domains, in_turn, load_domains
from .earlier_run import check_same
from .feature_domains import mapped
from .feature_effects import EffectMeter, FeatureStep, base_activations
from .feature_plots import plots, remarks
from .feature_relations import Measured, related
from .feature_tables import Findings, tables
from .job import Job
from .outcome import Outcome

SAVED_EVERY = 5
BEST = 3
"""Features of each domain in the map."""


@dataclass(frozen=True)
class Steps:
    """The steps so far, and the prompts on which no feature was active enough."""

    made: tuple[FeatureStep, ...] = ()
    skipped: tuple[str, ...] = ()

    @property
    def tried(self) -> int:
        return len(self.made) + len(self.skipped)


_STEPS = TypeAdapter(dict[str, Steps], config=ConfigDict(ser_json_inf_nan="strings"))


def run(settings: FeaturesSettings, job: Job) -> Outcome:
    """Make the steps; see the module.

    Raises:
        InputError: the prompts cannot be read or are too few, the model has no SAE, or the job's earlier outcome has
            other settings.
    """
    editing, measuring = halves(load_domains(settings.file), settings.prompts_per_domain, job.config.experiment.seed)
    count = sum(map(len, editing.values()))
    prompts = in_turn(editing, min(settings.steps, count), job.config.experiment.seed)
    model, reader = job.model()
    with scratch_engine(model, reader, job.config) as engine:
        outcome = Outcome("features", "Features and effects", _basis(settings, engine))
        steps = _earlier(job.done, outcome.settings)
        meter = EffectMeter(engine, _all(measuring))
        choosing = base_activations(engine, _all(editing))
        meter.follow(choosing)
        best = mapped(choosing, meter.base, engine.reader, job.config.sae.max_density, BEST)
        findings = Findings(Measured((), choosing, meter.base), (), best, _names(engine.reader))
        try:
            with suppress(Cancelled):
                for so_far in _measured(steps, prompts, meter, job):
                    steps = so_far
                    if steps.tried % SAVED_EVERY == 0:
                        job.save(_complete(outcome, findings, steps, settings, len(prompts)))
        finally:  # also where a step raises
            outcome = _complete(outcome, findings, steps, settings, len(prompts))
            if steps.tried:
                job.save(outcome)
    return outcome


def halves(domains: Domains, count: int, seed: int) -> tuple[Domains, Domains]:
    """``count`` prompts of each domain, drawn at random: those to edit on and those to measure on.

    Raises:
        InputError: a domain has fewer.
    """
    editing, measuring = {}, {}
    for name, texts in domains.items():
        if len(texts) < count:
            raise InputError(
                f"prompts_per_domain is {count}, and the domain '{name}' has {len(texts)} prompts; 2 to {len(texts)} "
                "are allowed"
            )
        drawn = random.Random(f"{seed}|{name}").sample(texts, count)
        editing[name], measuring[name] = tuple(drawn[: count // 2]), tuple(drawn[count // 2 :])
    return editing, measuring


def _all(domains: Domains) -> list[DomainPrompt]:
    return [DomainPrompt(name, text) for name, texts in domains.items() for text in texts]


def _measured(steps: Steps, prompts: tuple[DomainPrompt, ...], meter: EffectMeter, job: Job) -> Iterator[Steps]:
    """The steps after those that were made already, one more each time. Raises Cancelled where the run was stopped."""
    for number in range(steps.tried, len(prompts)):
        if job.cancelled():
            raise Cancelled("the run was stopped")
        job.progress(f"step {number + 1} of {len(prompts)}", number / len(prompts))
        try:
            made = meter.measure(prompts[number], number)
        except NothingToPropose:
            steps = replace(steps, skipped=(*steps.skipped, prompts[number].text))
        else:
            steps = replace(steps, made=(*steps.made, made))
        yield steps


# --- the outcome ------------------------------------------------------------------------------------------------------


def _complete(outcome: Outcome, findings: Findings, steps: Steps, settings: FeaturesSettings, planned: int) -> Outcome:
    found = replace(findings.found, steps=steps.made)
    strengths = related(found, settings.permutations, outcome.settings["config"]["seed"])
    findings = replace(findings, found=found, related=strengths)
    return replace(
        outcome,
        tables=tables(findings),
        plots=plots(findings),
        remarks=remarks(findings, planned, len(steps.skipped)),
        data=json.loads(_STEPS.dump_json({"steps": steps})),
        finished=steps.tried == planned,
    )


def _names(reader: FeatureReader) -> tuple[str, ...]:
    """The features' names in the SAE's atlas; none where it has no atlas."""
    place = find_atlas(reader.folder, reader.info.fingerprint)
    if place is None:
        return ()
    with Atlas.open(place) as atlas:
        return tuple(atlas.names)


def _basis(settings: FeaturesSettings, engine: HeraEngine) -> dict[str, Any]:
    """The settings, and what the figures hang on besides. Raises InputError where the model has no SAE."""
    config, reader = engine.config, engine.reader
    rest = {
        "model": engine.model.info.name,
        "fingerprint": engine.model.info.fingerprint,
        "dtype": engine.model.info.dtype,
        "sae": reader.info.name,
        "sae_fingerprint": reader.info.fingerprint,
        "seed": config.experiment.seed,
        "threshold": config.sae.threshold,
        "max_density": config.sae.max_density,
        "evolution": config.evolution.model_dump(mode="json"),
        "immune": config.immune.model_dump(mode="json"),
    }
    return {**settings.model_dump(mode="json"), "config": rest}


def _earlier(done: Outcome | None, settings: Mapping[str, Any]) -> Steps:
    """The steps of an earlier run. Raises InputError where it had other settings, or is damaged."""
    if done is None:
        return Steps()
    check_same(settings, done.settings)
    try:
        return _STEPS.validate_python(dict(done.data)).get("steps", Steps())
    except ValidationError as error:
        where = ".".join(map(str, error.errors()[0]["loc"]))
        raise InputError(f"the earlier run of 'features' is damaged at '{where}'; run it anew") from None
