"""The contexts in which a lesson is given, and what each makes of the learning rate. One function and one registration
adds another."""

from __future__ import annotations

from collections.abc import Callable

from ..errors import InputError, nearest
from ..facts_config import OptimizerSection

Rule = Callable[[OptimizerSection, int], float]
"""The multiplier of a context, before the bounds, from the settings and how often it was told (1 for the first)."""

CONTEXTS: dict[str, Rule] = {}
LINEAR = 2.0
"""What stands for ``repetition_multiplier`` in ``boost: linear``; gives 5, 6, 7 with the seeds' numbers."""


def register(name: str) -> Callable[[Rule], Rule]:
    """Make a context known by name; a name taken twice is an error."""

    def add(rule: Rule) -> Rule:
        if name in CONTEXTS:
            raise ValueError(f"context '{name}' is registered twice")
        CONTEXTS[name] = rule
        return rule

    return add


def multiplier(context: str, settings: OptimizerSection, count: int = 1) -> float:
    """What the learning rate is multiplied by in a context, within the settings' bounds.

    ``count``: how often this was told, this time included; only a fact's multiplier looks at it.

    Raises:
        InputError: the context is not registered.
        ValueError: ``count`` is below 1.
    """
    if context not in CONTEXTS:
        known = ", ".join(CONTEXTS)
        raise InputError(f"context '{context}' is unknown; there are {known}{nearest(context, CONTEXTS)}")
    if count < 1:
        raise ValueError(f"told {count} times; a lesson is told at least once")
    value = CONTEXTS[context](settings, count)
    return min(max(value, settings.min_multiplier), settings.max_multiplier)


@register("regular")
def _regular(settings: OptimizerSection, count: int) -> float:
    return settings.regular


@register("question")
def _question(settings: OptimizerSection, count: int) -> float:
    return settings.question


@register("fact")
def _fact(settings: OptimizerSection, count: int) -> float:
    """fact * (1 + (count - 1) * boost_factor * k), k = repetition_multiplier, or 2 in ``boost: linear``.

    The document this chat was asked for in gives the formula, and an example (6 and 7 at the second and third telling)
    that does not follow from it but from k = 2.
    """
    growth = settings.repetition_multiplier if settings.boost == "formula" else LINEAR
    return settings.fact * (1 + (count - 1) * settings.boost_factor * growth)


@register("replay")
def _replay(settings: OptimizerSection, count: int) -> float:
    return settings.replay
