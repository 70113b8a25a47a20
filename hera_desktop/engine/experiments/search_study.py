"""The study behind a search: which settings are tried next. Optuna draws them (Akiba et al. 2019, arXiv:1907.10902).

What is asked for depends on the seed and on what was told before, and on nothing else: settings are asked for in
batches of a fixed size (NSGA-II's generation, Deb et al. 2002), each batch with a sampler of its own seed, and are told
in the order of their numbers once the whole batch is measured. So it does not matter which trial ends first or where it
ran, and a study that is asked and told the same from its beginning is the same study.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import optuna
from optuna.distributions import BaseDistribution, CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.samplers import BaseSampler, NSGAIISampler, TPESampler
from optuna.trial import TrialState

from .search_space import Choice, Dimension, key_of

_SEEDS = 2**32


@dataclass(frozen=True)
class Asked:
    """A trial that is to be measured: its number, from 0, and the values by key."""

    number: int
    values: Mapping[str, Any]

    @property
    def key(self) -> str:
        """The same for trials with the same values."""
        return key_of(self.values)


class Study:
    """A search with two objectives: the effect grows, the damage falls.

    Args:
        sampler: ``nsga2`` or ``tpe``.
        batch: trials that are asked for before any of them is told.
    """

    def __init__(self, space: Sequence[Dimension], sampler: str, batch: int, seed: int) -> None:
        optuna.logging.set_verbosity(optuna.logging.WARNING)
        self._space = {dimension.key: dimension for dimension in space}
        self._distributions = {key: _distribution(dimension) for key, dimension in self._space.items()}
        self._sampler, self._batch, self._seed = sampler, batch, seed
        self._study = optuna.create_study(directions=("maximize", "minimize"))
        self._asked = 0

    def ask(self, until: int) -> list[Asked]:
        """The next batch, less of it where ``until`` trials are enough; empty where there are so many."""
        count = min(self._batch, until - self._asked)
        if count > 0:
            self._study.sampler = self._seeded(self._seed + self._asked)
        return [self._next() for _ in range(count)]

    def _next(self) -> Asked:
        trial = self._study.ask(self._distributions)
        self._asked += 1
        return Asked(trial.number, {key: self._value(key, drawn) for key, drawn in trial.params.items()})

    def _value(self, key: str, drawn: Any) -> Any:
        dimension = self._space[key]
        return json.loads(drawn) if isinstance(dimension, Choice) else dimension.value(drawn)

    def tell(self, asked: Asked, effect: float | None, damage: float | None) -> None:
        """What was measured; None: it could not be."""
        if effect is None or damage is None:
            self._study.tell(asked.number, state=TrialState.FAIL)
        else:
            self._study.tell(asked.number, (effect, damage))

    def _seeded(self, seed: int) -> BaseSampler:
        if self._sampler == "tpe":
            return TPESampler(seed=seed % _SEEDS)
        return NSGAIISampler(population_size=self._batch, seed=seed % _SEEDS)


def _distribution(dimension: Dimension) -> BaseDistribution:
    if isinstance(dimension, Choice):
        return CategoricalDistribution([json.dumps(value) for value in dimension.values])
    if dimension.whole:
        return IntDistribution(int(dimension.low), int(dimension.high), log=dimension.log)
    return FloatDistribution(dimension.low, dimension.high, log=dimension.log)
