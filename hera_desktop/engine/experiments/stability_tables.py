"""Tables, plots and remarks of the experiment ``stability``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import fmean, median, stdev

from ..config import ImmuneConfig
from ..immune.metrics import METRICS
from ..immune.verdict import Limits
from .interventions import JUDGED, Intervention
from .outcome import Curve, Plot, Table
from .stability_walk import BASE, Walk, WalkStep, steps_until_back

NOTHING = "-"
SCOPES = {"step": "step", "cumulative": "against the base"}

Walks = Mapping[str, Walk]
"""The runs by name: the one with limits first, then the one without."""


def tables(walks: Walks, immune: ImmuneConfig) -> tuple[Table, ...]:
    """Every table that there are figures for."""
    limits = Limits.from_config(immune, {})
    found = [_measures(number, name, one, limits) for number, (name, one) in enumerate(walks.items())]
    made = [one for walk in walks.values() for one in walk.interventions]
    if made:
        found.append(_interventions(walks))
    if walks:
        found += [_verdicts(walks), _domains(walks)]
    return tuple(found)


# --- Table 1 ----------------------------------------------------------------------------------------------------------


def _measures(number: int, name: str, walk: Walk, limits: Limits) -> Table:
    """The seeds' Table 1, of the accepted steps."""
    title = f"Table 1{'abc'[number] if number else ''}. Measures of the accepted steps, {name}"
    columns = ("measure", "mean", "sd", "min", "max", "threshold")
    rows = [_measure_row(walk.accepted, key, scope, limits) for key in JUDGED for scope in SCOPES]
    note = f"{len(walk.accepted)} accepted steps of {len(walk.steps)}"
    if not number:
        return Table(title, columns, tuple(tuple(row[:-1]) for row in rows), note)
    return Table(title, (*columns, "steps over it"), tuple(map(tuple, rows)), note)


def _measure_row(steps: Sequence[WalkStep], key: str, scope: str, limits: Limits) -> list[str]:
    metric, limit = METRICS[key], limits.reject[scope, key]
    values = [getattr(step, scope).get(key) for step in steps]
    finite = [value for value in values if value is not None]
    figures = [_text(f(finite), metric.digits + 1) if finite else NOTHING for f in (fmean, _sd, min, max)]
    over = sum(value is None or value > limit for value in values)
    return [f"{metric.title}, {metric.unit}, {SCOPES[scope]}", *figures, f"{limit:g}", str(over)]


def _sd(values: Sequence[float]) -> float | None:
    """The sample's standard deviation; a single value has none."""
    return stdev(values) if len(values) > 1 else None


# --- interventions ----------------------------------------------------------------------------------------------------


def _interventions(walks: Walks) -> Table:
    columns = (
        "proposed",
        "after step",
        "norm, of W",
        "verdict",
        "JS, bits",
        "unchanged",
        "forced in",
        "JS at its height",
        "PPL at its height, x",
        "logits moved by",
        "logits off after rollback",
        "restored bit-exactly",
        "steps until back",
        "rollback, ms",
    )
    rows = [_intervention_row(walk, made) for walk in walks.values() for made in walk.interventions]
    note = (
        "proposed under the limits, then forced in without any and rolled back; verdict, JS: of the proposal; "
        "unchanged: hash and the probes' logits after the verdict are as before; forced in: share of the change that "
        "had finite measures; at its height: while it was in force, against the state before; restored: hash, measures "
        "and every logit of the probes are as before; steps until back: made after the rollback until the measures "
        "were no worse than before"
    )
    return Table("Table 2. Interventions and recovery", columns, tuple(rows), note)


def _intervention_row(walk: Walk, made: Intervention) -> tuple[str, ...]:
    back = steps_until_back(walk, made)
    return (
        made.what,
        str(made.after),
        f"{made.size:.2f}",
        made.status,
        _text(made.js, 3),
        _yes(made.harmless),
        f"{made.share:g}",
        _text(made.height["js_divergence"], 3),
        _text(made.height["ppl_ratio"], 1),
        _text(made.moved, 2),
        "0" if made.left == 0 else _text(made.left, 6),
        _yes(made.restored),
        "not back" if back is None else str(back),
        f"{1000 * made.seconds:.1f}",
    )


def _yes(holds: bool) -> str:
    return "yes" if holds else "no"


# --- verdicts ---------------------------------------------------------------------------------------------------------


def _verdicts(walks: Walks) -> Table:
    columns = ("run", "steps", "accepted", "warning", "rejected", "nothing to propose", "first rejected", "s a step")
    rows = tuple(_verdict_row(name, walk) for name, walk in walks.items() if walk.steps)
    note = "warning: accepted, close to a limit or over one that is not enforced; s a step: median"
    return Table("Table 3. Verdicts", columns, rows, note)


def _verdict_row(name: str, walk: Walk) -> tuple[str, ...]:
    first = next((number for number, step in enumerate(walk.steps, 1) if step.refused), None)
    refused, nothing = sum(step.refused for step in walk.steps), sum(step.nothing for step in walk.steps)
    counts = (len(walk.accepted), walk.count("warning"), refused, nothing)
    seconds = median(step.seconds for step in walk.steps)
    return (
        name,
        str(len(walk.steps)),
        *map(str, counts),
        NOTHING if first is None else str(first),
        f"{seconds:.2f}",
    )


def _domains(walks: Walks) -> Table:
    columns = (
        *("domain", "steps", "accepted", "warning", "rejected", "nothing to propose"),
        *("JS on the prompt, bits", "JS of the step, bits"),
    )
    steps = next(iter(walks.values())).steps
    names = dict.fromkeys(step.domain for step in steps)
    rows = tuple(_domain_row(name, [step for step in steps if step.domain == name]) for name in names)
    note = f"of the run {next(iter(walks))}; JS: means over all proposals, accepted or not"
    return Table("Table 4. Verdicts by domain of the prompt", columns, rows, note)


def _domain_row(name: str, steps: Sequence[WalkStep]) -> tuple[str, ...]:
    accepted = sum(step.accepted for step in steps)
    warnings = sum(step.status == "warning" for step in steps)
    own = _mean(step.prompt_js for step in steps)
    probes = _mean(step.step.get("js_divergence") for step in steps)
    refused, nothing = sum(step.refused for step in steps), sum(step.nothing for step in steps)
    counts = (len(steps), accepted, warnings, refused, nothing)
    return (name, *map(str, counts), _text(own, 4), _text(probes, 4))


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fmean(known) if known else None


def _text(value: float | None, digits: int) -> str:
    return NOTHING if value is None else f"{value:.{digits}f}"


# --- plots ------------------------------------------------------------------------------------------------------------


def plots(walks: Walks, immune: ImmuneConfig) -> tuple[Plot, ...]:
    """Each measure over the steps, with its limits and a mark for every intervention."""
    limits = Limits.from_config(immune, {})
    return tuple(_plot(key, walks, limits) for key in JUDGED) if walks else ()


def _plot(key: str, walks: Walks, limits: Limits) -> Plot:
    metric = METRICS[key]
    curves = [_curve(f"against the base, {name}", walk, lambda s: s.standing.get(key)) for name, walk in walks.items()]
    first, walk = next(iter(walks.items()))
    curves.append(_curve(f"of the step, {first}", walk, lambda s: s.step.get(key)))
    marks = [(made.after, made.what) for made in walk.interventions]
    if marks:
        at = [walk.steps[after - 1].standing[key] if after else BASE[key] for after, _ in marks]
        known = [(x, y, what) for (x, what), y in zip(marks, at, strict=True) if y is not None]
        x, y, labels = zip(*known, strict=True) if known else ((), (), ())
        curves.append(Curve("forced in and rolled back", tuple(map(float, x)), y, line=False, labels=labels))
    bounds = (
        ("limit against the base", limits.reject["cumulative", key]),
        ("warning against the base", limits.warn("cumulative", key)),
        ("limit of a step", limits.reject["step", key]),
    )
    return Plot(f"{metric.title} over the steps", "step", metric.unit, tuple(curves), bounds)


def _curve(name: str, walk: Walk, value: Callable[[WalkStep], float | None]) -> Curve:
    points = [(float(n), found) for n, step in enumerate(walk.steps, 1) if (found := value(step)) is not None]
    x, y = zip(*points, strict=True) if points else ((), ())
    return Curve(name, x, y)


# --- remarks ----------------------------------------------------------------------------------------------------------


def remarks(walks: Walks) -> tuple[str, ...]:
    """What the figures say, in sentences."""
    found = [_ended(name, walk) for name, walk in walks.items() if walk.steps]
    made = [one for walk in walks.values() for one in walk.interventions]
    if made:
        refused, restored = sum(one.refused for one in made), sum(one.restored for one in made)
        found.append(
            f"Of {len(made)} destructive proposals {refused} were refused; of {len(made)} that were forced in without "
            f"limits and rolled back, {restored} were restored bit for bit (hash, measures and the probes' logits)."
        )
    return tuple(found)


def _ended(name: str, walk: Walk) -> str:
    standing = walk.steps[-1].standing
    figures = ", ".join(
        f"{METRICS[key].title} {METRICS[key].written(value) if value is not None else 'not finite'}"
        for key, value in standing.items()
    )
    stopped = "" if walk.finished else f" (stopped; {walk.planned} were planned)"
    return (
        f"{name[0].upper()}{name[1:]}: after {len(walk.steps)} steps{stopped}, {len(walk.accepted)} of them accepted, "
        f"the model stands at {figures} against the base."
    )
