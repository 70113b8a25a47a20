"""The experiment ``scaling``: what a step costs and does as the model, the SAE, the learning rate and the limits grow.

Sizes: the configured model and others beside it, one after another, each freed before the next. Widths and strengths
are measured on the configured model. Limits are moved over the measured steps; nothing is measured again for them.
"""

from __future__ import annotations

import gc
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

import torch

from ..config import Config
from ..errors import Cancelled
from ..loading import choose_device
from ..model import LanguageModel
from ..sae import FeatureReader
from .catalogue import ScalingSettings
from .cost import PeakMemory
from .earlier_run import check_same
from .job import Job
from .outcome import Outcome
from .scaling_figures import Scaling, scaling_of
from .scaling_measures import (
    DEPTH,
    STEP_WIDTH,
    measure_size,
    measure_strengths,
    measure_width,
    strengths,
    widths_up_to,
)
from .scaling_models import RANDOM, check_name, known_as, load_beside, random_features, why_not
from .scaling_table import outcome


def run(settings: ScalingSettings, job: Job) -> Outcome:
    """Measure all parts. A stopped run goes on with the model, the width or the strengths that were not finished.

    Raises:
        InputError, ModelError: a model's name stands for none, or the job's earlier outcome has other settings; before
            anything is loaded.
    """
    for name in settings.models:
        check_name(name)
    work = _Run(settings, job)
    with suppress(Cancelled):
        tokenizer = work.configured()
        for name in dict.fromkeys(settings.models):
            work.beside(name, tokenizer)
        work.finished = True
    return work.save()


def _config(config: Config) -> dict[str, Any]:
    """What the figures hang on besides the settings."""
    sections = ("model", "sae", "evolution", "immune")
    found = {name: getattr(config, name).model_dump(mode="json") for name in sections}
    return {**found, "seed": config.experiment.seed, "threads": torch.get_num_threads()}


class _Run:
    """What is measured, part by part; each is kept as soon as it is there."""

    def __init__(self, settings: ScalingSettings, job: Job) -> None:
        self._settings, self._job = settings, job
        self._hangs_on = {**settings.model_dump(mode="json"), "config": _config(job.config)}
        self._device = choose_device(job.config.experiment.device)[0]
        self._done = _taken_over(job.done, self._hangs_on)
        self.finished = False

    def save(self) -> Outcome:
        result = outcome(self._done, self._hangs_on, self.finished)
        self._job.save(result)
        return result

    def _keep(self, **changes: Any) -> None:
        self._done = self._done.plus(**changes)
        self.save()

    def _report(self, what: str) -> None:
        if self._job.cancelled():
            raise Cancelled("the measurement was stopped")
        self._job.progress(what, None)

    # --- the configured model -----------------------------------------------------------------------------------------

    def configured(self) -> Any:
        """All that is measured on the configured model; its tokenizer. The model is free afterwards."""
        with PeakMemory(self._device) as memory:
            model, reader = self._job.model()
            figures = None if self._done.has_size(model.info.name) else self._size(model, random=False)
        if figures is not None:
            self._keep(sizes=(*self._done.sizes, replace(figures, peak=memory.taken)))
        self._widths(model)
        self._strengths(model, reader)
        return model.tokenizer

    def _size(self, model: LanguageModel, random: bool) -> Any:
        name, repeats = model.info.name, self._settings.repeats
        return measure_size(model, self._job.config, random, repeats, lambda what: self._report(f"{name}: {what}"))

    def _widths(self, model: LanguageModel) -> None:
        for d_sae in widths_up_to(self._settings.max_width):
            if not self._done.has_width(d_sae):
                self._report(f"an SAE of {d_sae} features")
                found = measure_width(model, self._job.config, d_sae, self._settings.repeats)
                self._keep(widths=(*self._done.widths, found))

    def _strengths(self, model: LanguageModel, reader: FeatureReader | None) -> None:
        if self._done.steps is not None:
            return
        config, settings = self._job.config, self._settings
        reader = reader or random_features(model, STEP_WIDTH, _block(model), config.experiment.seed)
        rates = strengths(settings.strengths)
        steps = tuple(measure_strengths(model, reader, config, rates, settings.prompts, self._report))
        self._keep(steps=steps, measured_on=(model.info.name, reader.info.name))

    # --- the others ---------------------------------------------------------------------------------------------------

    def beside(self, name: str, tokenizer: Any) -> None:
        """One more model, loaded, measured and freed; skipped where it cannot be had."""
        if self._done.has_size(known_as(name)):
            return
        gc.collect()
        if reason := why_not(name, self._job.config):
            self._keep(skipped={**self._done.skipped, name: reason})
            return
        self._report(f"loading {name}")
        with PeakMemory(self._device) as memory:
            model = load_beside(name, self._job.config, tokenizer)
            figures = self._size(model, random=name.startswith(RANDOM))
        skipped = {other: why for other, why in self._done.skipped.items() if other != name}
        self._keep(sizes=(*self._done.sizes, replace(figures, peak=memory.taken)), skipped=skipped)


def _block(model: LanguageModel) -> int:
    return round(DEPTH * (model.info.n_layers - 1))


def _taken_over(done: Outcome | None, hangs_on: Mapping[str, Any]) -> Scaling:
    """What an earlier run measured; raises InputError where it had other settings."""
    if done is None:
        return Scaling()
    check_same(hangs_on, done.settings)
    return scaling_of(done.data)
