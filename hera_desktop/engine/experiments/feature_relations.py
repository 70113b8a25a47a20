"""What goes with what in the experiment ``features``: relations between features and effects, each with its control."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean

import torch
from torch import Tensor

from .correlation import Correlation, correlate
from .feature_domains import Activations
from .feature_effects import FeatureStep, SideEffect


@dataclass(frozen=True)
class Measured:
    """The steps, and the mean activations in the base of the prompts they were ``choosing`` from and of those they were
    ``measured`` on."""

    steps: tuple[FeatureStep, ...]
    choosing: Activations
    measured: Activations

    def split(self, step: FeatureStep, effect: SideEffect) -> tuple[float, float]:
        """Mean JS divergence on the own domain's prompts, and on the others'."""
        js, inside = torch.tensor(effect.js), self.measured.of(step.domain)
        return js[inside].mean().item(), js[~inside].mean().item()


Figure = Callable[[Measured, FeatureStep, SideEffect], Sequence[float]]


@dataclass(frozen=True)
class Relation:
    """``x`` and ``y`` give the figures of a step, as many of each; ``meaning`` says what they are."""

    name: str
    meaning: str
    x: Figure
    y: Figure


@dataclass(frozen=True)
class Related:
    """A relation and how strong it was, of the steps and of their controls."""

    relation: Relation
    real: Correlation
    control: Correlation


def related(found: Measured, permutations: int, seed: int) -> tuple[Related, ...]:
    """Every relation, none where there is no step; see ``correlate`` for the p-values."""
    if not found.steps:
        return ()
    return tuple(
        Related(
            relation,
            correlate(*_sides(relation, found, _real), permutations, seed),
            correlate(*_sides(relation, found, _control), permutations, seed),
        )
        for relation in RELATIONS
    )


def _real(step: FeatureStep) -> SideEffect:
    return step.real


def _control(step: FeatureStep) -> SideEffect:
    return step.control


def _sides(relation: Relation, found: Measured, effect: Callable[[FeatureStep], SideEffect]) -> tuple[Tensor, Tensor]:
    """``x`` and ``y``, ``(steps, m)``."""
    rows = [(relation.x(found, s, effect(s)), relation.y(found, s, effect(s))) for s in found.steps]
    x, y = zip(*rows, strict=True)
    return torch.tensor(x), torch.tensor(y)


# --- figures ----------------------------------------------------------------------------------------------------------


def _cosines(found: Measured, step: FeatureStep, effect: SideEffect) -> Sequence[float]:
    return effect.cosines


def _changes(found: Measured, step: FeatureStep, effect: SideEffect) -> Sequence[float]:
    return effect.changes


def _firing(found: Measured, step: FeatureStep, effect: SideEffect) -> Sequence[float]:
    """Mean activation of the edited features on each measured prompt, in the base."""
    return found.measured.values[:, [feature for feature, _ in step.edited]].mean(1).tolist()


def _js(found: Measured, step: FeatureStep, effect: SideEffect) -> Sequence[float]:
    return effect.js


def _strength(found: Measured, step: FeatureStep, effect: SideEffect) -> Sequence[float]:
    return (step.strength,)


def _edited(found: Measured, step: FeatureStep, effect: SideEffect) -> Sequence[float]:
    return (effect.edited,)


def _own_js(found: Measured, step: FeatureStep, effect: SideEffect) -> Sequence[float]:
    return (found.split(step, effect)[0],)


def _selectivity(found: Measured, step: FeatureStep, effect: SideEffect) -> Sequence[float]:
    """Mean AUROC of the edited features for the step's domain."""
    return (fmean(found.choosing.auroc(step.domain, feature) for feature, _ in step.edited),)


def _contrast(found: Measured, step: FeatureStep, effect: SideEffect) -> Sequence[float]:
    own, other = found.split(step, effect)
    return ((own - other) / (own + other) if own + other else 0.0,)


RELATIONS = (
    Relation(
        "direction and feature",
        "cosine of what is written with a feature's decoder direction, and the change of that feature's mean "
        "activation on the domain's other prompts",
        _cosines,
        _changes,
    ),
    Relation(
        "firing and output",
        "mean activation of the edited features on another prompt before the step, and the JS divergence there",
        _firing,
        _js,
    ),
    Relation(
        "strength and features",
        "norm of what is written, and the change of the edited features' mean activation on the domain's other prompts",
        _strength,
        _edited,
    ),
    Relation(
        "strength and output",
        "norm of what is written, and the JS divergence on the domain's other prompts",
        _strength,
        _own_js,
    ),
    Relation(
        "selectivity and domain",
        "AUROC of the edited features for the domain, and (JS own - JS other) / (JS own + JS other) of the domain's "
        "other prompts and the other domains'",
        _selectivity,
        _contrast,
    ),
)
