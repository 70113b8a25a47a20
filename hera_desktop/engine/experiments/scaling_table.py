"""The scaling experiment as tables, fitted power laws, plots with log axes and remarks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from statistics import fmean, median
from typing import Any

from ..bench.timing import ratios, spread
from ..immune.metrics import METRICS
from .cost import MB
from .outcome import Curve, Outcome, Plot, Table
from .power_law import FIT_COLUMNS, curves, fitted
from .scaling_figures import Scaling
from .scaling_measures import ALL, DEPTH, STEP_WIDTH, SizeFigures, StrengthStep, WidthFigures

TITLE = "Scaling"
FACTORS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
"""Times the default limits."""
PER = 1000
"""Tokens that seconds of models are told for: their tokenizers make more or fewer of the same text."""

Points = list[tuple[float, float]]


def outcome(scaling: Scaling, hangs_on: Mapping[str, Any], finished: bool) -> Outcome:
    """What is there so far."""
    made = (_sizes, _widths, _strengths, _limits, _fits)
    tables = (make(scaling, hangs_on["config"]["immune"]) for make in made)
    return Outcome(
        "scaling",
        TITLE,
        hangs_on,
        tables=tuple(table for table in tables if table.rows),
        plots=tuple(plot for plot in _plots(scaling) if plot.curves),
        remarks=_remarks(scaling),
        data=scaling.document(),
        finished=finished,
    )


# --- tables -----------------------------------------------------------------------------------------------------------


def _sizes(scaling: Scaling, _: Mapping[str, Any]) -> Table:
    columns = (
        *("model", "weights", "parameters, M", "tokens", "forward, s", "step, s"),
        *("forward, s / 1,000 tokens", "step / forward", "peak MB", "peak, x weights"),
    )
    note = (
        f"a Hebbian step on the block at {DEPTH:g} of the depth, with a random SAE of {STEP_WIDTH:,} features; "
        "forward: a plain pass over the same tokens (probes and prompt), in pairs with the steps; peak: most memory "
        "from before the model was loaded until it was measured; medians, in brackets the range"
    )
    return Table("Model sizes", columns, tuple(map(_size, scaling.sizes)), note)


def _size(one: SizeFigures) -> tuple[str, ...]:
    return (
        one.name,
        "random" if one.random else "trained",
        f"{one.parameters / 1e6:.1f}",
        f"{median(one.tokens):g}",
        str(spread(one.forward)),
        str(spread(one.step)),
        f"{_per_tokens(one, one.forward):.3g}",
        str(ratios(one.step, one.forward)),
        f"{one.peak / MB:.0f}",
        f"{one.peak / one.weights:.2f}",
    )


def _per_tokens(one: SizeFigures, seconds: Sequence[float]) -> float:
    return median(PER * s / n for s, n in zip(seconds, one.tokens, strict=True))


def _widths(scaling: Scaling, _: Mapping[str, Any]) -> Table:
    columns = ("features", "tokens", "encode, s", "choose, s", "encode / forward", "choose / forward")
    note = (
        "SAEs with random weights on the configured model; encode: activations of the probes' tokens; choose: the "
        "strongest features of one token; forward: a plain pass over the probes; medians, in brackets the range"
    )
    return Table("SAE widths", columns, tuple(map(_width, scaling.widths)), note)


def _width(one: WidthFigures) -> tuple[str, ...]:
    times = (str(spread(one.encode)), str(spread(one.choose)))
    shares = (str(ratios(one.encode, one.forward)), str(ratios(one.choose, one.forward)))
    return (f"{one.d_sae:,}", str(one.tokens), *times, *shares)


def _strengths(scaling: Scaling, _: Mapping[str, Any]) -> Table:
    damage = tuple(f"{METRICS[name].title}, probes" for name in _judged())
    columns = ("learning rate", "steps", "JS at the prompt, bits", *damage, "accepted")
    note = (
        "each step is measured on the base and not kept; JS at the prompt: of the next-token distributions at its end, "
        "before and after; medians, in brackets the range; accepted: share of the steps within all default limits"
    )
    rows = tuple(_strength(rate, found) for rate, found in _by_strength(scaling).items())
    return Table("Learning rates", columns, rows, note)


def _judged() -> tuple[str, ...]:
    return tuple(name for name, metric in METRICS.items() if metric.limit)


def _by_strength(scaling: Scaling) -> dict[float, list[StrengthStep]]:
    found: dict[float, list[StrengthStep]] = {}
    for step in scaling.steps or ():
        found.setdefault(step.strength, []).append(step)
    return dict(sorted(found.items()))


def _strength(rate: float, found: Sequence[StrengthStep]) -> tuple[str, ...]:
    damage = (str(spread([step.damage[name] for step in found])) for name in _judged())
    effect = str(spread([step.effect for step in found]))
    return (f"{rate:g}", str(len(found)), effect, *damage, _per_cent(_accepted(found, ALL, 1.0)))


def _accepted(steps: Sequence[StrengthStep], measure: str, factor: float) -> float:
    """Share of the steps that limits of ``factor`` times the default would let through."""
    return fmean(step.used[measure] <= factor for step in steps)


def _limits(scaling: Scaling, immune: Mapping[str, Any]) -> Table:
    titles = [(f"{METRICS[name].title} limit", "alone") for name in _judged()]
    columns = ("times the default", *(title for pair in titles for title in pair), "all limits")
    note = (
        "share of the steps above that would be accepted with other limits for a step, by one measure alone and by all "
        "(those against the base included); computed from the measured steps, so that it hangs on which these are"
    )
    rows = tuple(_limit(factor, scaling.steps, immune) for factor in FACTORS) if scaling.steps else ()
    return Table("Limits", columns, rows, note)


def _limit(factor: float, steps: Sequence[StrengthStep], immune: Mapping[str, Any]) -> tuple[str, ...]:
    cells = []
    for name in _judged():
        neutral = METRICS[name].neutral
        limit = neutral + factor * (immune[str(METRICS[name].limit)] - neutral)
        cells += [f"{limit:.3g}", _per_cent(_accepted(steps, name, factor))]
    return (f"{factor:g}", *cells, _per_cent(_accepted(steps, ALL, factor)))


def _per_cent(share: float) -> str:
    return f"{100 * share:.1f} %"


# --- fitted curves ----------------------------------------------------------------------------------------------------


def _of_sizes(scaling: Scaling, figure: Callable[[SizeFigures], float]) -> Points:
    return [(one.parameters, figure(one)) for one in scaling.sizes]


def _of_widths(scaling: Scaling, figure: Callable[[WidthFigures], float]) -> Points:
    return [(one.d_sae, figure(one)) for one in scaling.widths]


def _of_strengths(scaling: Scaling, figure: Callable[[StrengthStep], float]) -> Points:
    return [(rate, median(map(figure, found))) for rate, found in _by_strength(scaling).items()]


def _laws(scaling: Scaling) -> dict[str, dict[str, Points]]:
    """What is fitted, plot by plot."""
    return {
        "seconds by parameters": {
            "forward": _of_sizes(scaling, lambda one: _per_tokens(one, one.forward)),
            "step": _of_sizes(scaling, lambda one: _per_tokens(one, one.step)),
        },
        "memory by parameters": {"peak memory": _of_sizes(scaling, lambda one: one.peak / MB)},
        "seconds by SAE width": {
            "encode": _of_widths(scaling, lambda one: median(one.encode)),
            "choose": _of_widths(scaling, lambda one: median(one.choose)),
        },
        "effect and damage by learning rate": {
            "JS at the prompt": _of_strengths(scaling, lambda step: step.effect),
            "JS on the probes": _of_strengths(scaling, lambda step: step.damage["js_divergence"]),
            "PPL ratio - 1 on the probes": _of_strengths(scaling, lambda step: step.damage["ppl_ratio"] - 1),
        },
    }


def _fits(scaling: Scaling, _: Mapping[str, Any]) -> Table:
    rows = []
    for plot, laws in _laws(scaling).items():
        by = plot.rpartition(" by ")[2]
        found = ((name, fitted(points)) for name, points in laws.items())
        rows += [law.row(f"{name} by {by}") for name, law in found if law is not None]
    note = (
        "least squares of log y on log x over the medians above; x: parameters, features or learning rate; y: seconds "
        f"(of models for {PER:,} tokens), MB, or bits; 95 %: Student's interval of b; points at or below 0 are left out"
    )
    return Table("Fitted power laws", FIT_COLUMNS, tuple(rows), note)


def _plots(scaling: Scaling) -> tuple[Plot, ...]:
    axes = {
        "seconds by parameters": ("parameters", f"seconds for {PER:,} tokens"),
        "memory by parameters": ("parameters", "MB"),
        "seconds by SAE width": ("features", "seconds"),
        "effect and damage by learning rate": ("learning rate", "bits, or ratio - 1"),
    }
    fitted_plots = [
        Plot(plot[0].upper() + plot[1:], *axes[plot], _curves(laws), log_x=True, log_y=True)
        for plot, laws in _laws(scaling).items()
    ]
    return (*fitted_plots, _accepted_plot(scaling))


def _curves(laws: Mapping[str, Points]) -> tuple[Curve, ...]:
    return tuple(curve for name, points in laws.items() for curve in curves(name, points))


def _accepted_plot(scaling: Scaling) -> Plot:
    steps = scaling.steps or ()
    names = {**{name: METRICS[name].title for name in _judged()}, ALL: "all limits"}
    found = tuple(
        Curve(title, FACTORS, tuple(100 * _accepted(steps, name, factor) for factor in FACTORS))
        for name, title in names.items()
        if steps
    )
    return Plot("Accepted steps by limit", "times the default limit", "accepted, %", found, log_x=True)


# --- remarks ----------------------------------------------------------------------------------------------------------


def _remarks(scaling: Scaling) -> tuple[str, ...]:
    found = []
    random = [one.name for one in scaling.sizes if one.random]
    if random:
        found.append(f"{', '.join(random)}: random weights: time and memory only.")
    found += [f"{name} is skipped: {why}." for name, why in scaling.skipped.items()]
    if scaling.steps is not None:
        model, sae = scaling.measured_on
        found.append(f"Widths, learning rates and limits are of {model}; its steps use the SAE {sae}.")
        if not scaling.steps:
            found.append("No prompt activated a feature above sae.threshold, so no step could be measured.")
    return tuple(found)
