"""Plots and remarks of the experiment ``features``."""

from __future__ import annotations

import math
from collections.abc import Iterable

from .correlation import shown
from .feature_effects import SideEffect
from .feature_relations import Related
from .feature_tables import Findings
from .outcome import Curve, Plot

SIGNIFICANT = 0.05
POINTS_A_STEP = 10
"""Features of each step in the plot of directions: those that lie nearest to what is written."""


def plots(findings: Findings) -> tuple[Plot, ...]:
    """What is written and what changes; own domain and others; the domains' features."""
    found = (_features_plot(findings),) if findings.features else ()
    if not findings.steps:
        return found
    return (_directions_plot(findings), _spread_plot(findings), *found)


def _directions_plot(findings: Findings) -> Plot:
    curves = (
        _dots("step", (pair for step in findings.steps for pair in _nearest(step.real))),
        _dots("control", (pair for step in findings.steps for pair in _nearest(step.control))),
    )
    title = "Change of a feature's activation on the domain's other prompts"
    return Plot(title, "cosine of what is written with the feature's direction", "change", curves)


def _nearest(effect: SideEffect) -> list[tuple[float, float]]:
    pairs = zip(effect.cosines, effect.changes, strict=True)
    return sorted(pairs, key=lambda pair: -abs(pair[0]))[:POINTS_A_STEP]


def _spread_plot(findings: Findings) -> Plot:
    real = [_dots(name, _swapped(findings.splits(name, lambda step: step.real))) for name in findings.domains]
    control = [pair for name in findings.domains for pair in findings.splits(name, lambda step: step.control)]
    curves = (*real, _dots("control", _swapped(control)))
    x, y = "JS on the other domains' prompts, bits", "JS on the domain's other prompts, bits"
    return Plot("Effect on the own domain and on the others", x, y, curves, log_x=True, log_y=True)


def _swapped(splits: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """The others' on x; a logarithmic axis has no place for 0."""
    return [(other, own) for own, other in splits if own > 0 and other > 0]


def _features_plot(findings: Findings) -> Plot:
    curves = tuple(
        _dots(
            name,
            [(one.chosen, one.auroc) for one in findings.features if one.domain == name],
            tuple(findings.label(one.feature) for one in findings.features if one.domain == name),
        )
        for name in findings.domains
    )
    title = "How well a domain's best features tell it from the others"
    return Plot(title, "AUROC on the prompts it was chosen by", "AUROC on the others", curves, (("chance", 0.5),))


def _dots(name: str, pairs: Iterable[tuple[float, float]], labels: tuple[str, ...] = ()) -> Curve:
    finite = [pair for pair in pairs if all(map(math.isfinite, pair))]
    x, y = zip(*finite, strict=True) if finite else ((), ())
    return Curve(name, x, y, line=False, labels=labels)


# --- remarks ----------------------------------------------------------------------------------------------------------


def remarks(findings: Findings, planned: int, skipped: int) -> tuple[str, ...]:
    """What the figures say, in sentences."""
    made, steps = len(findings.steps) + skipped, findings.steps
    found = [f"{made} of {planned} steps were tried, each from the base; on {skipped} no feature was active enough."]
    if not steps:
        return tuple(found)
    real = [findings.found.split(step, step.real) for step in steps]
    more = sum(own > other for own, other in real)
    found.append(f"{more} of {len(steps)} steps changed their own domain's other prompts more than the other domains'.")
    found += [_sentence(one) for one in findings.related if one.real.spearman is not None]
    return tuple(found)


def _sentence(one: Related) -> str:
    real, control = one.real, one.control
    far = real.spearman_p is not None and real.spearman_p <= SIGNIFICANT
    told = "is told from chance" if far else "is not told from chance"
    return (
        f"'{one.relation.name}' {told} at the level {SIGNIFICANT:g}: Spearman {shown(real.spearman, 3)} "
        f"(p {shown(real.spearman_p, 4)}), control {shown(control.spearman, 3)} (p {shown(control.spearman_p, 4)})."
    )
