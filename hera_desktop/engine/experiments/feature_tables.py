"""Tables of the experiment ``features``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from .correlation import Correlation, shown
from .feature_domains import DomainFeature
from .feature_effects import FeatureStep, Matrix, Ranked, SideEffect, Token
from .feature_relations import Measured, Related
from .outcome import Table

_LABEL = 34


@dataclass(frozen=True)
class Findings:
    """All that was found; ``names`` of the features, empty where the SAE has no atlas."""

    found: Measured
    related: tuple[Related, ...]
    features: tuple[DomainFeature, ...]
    names: tuple[str, ...]

    @property
    def steps(self) -> tuple[FeatureStep, ...]:
        return self.found.steps

    @property
    def domains(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.found.measured.domains))

    def label(self, feature: int) -> str:
        """The feature's number, and its name where it has one."""
        name = " ".join(self.names[feature].split()) if self.names else ""
        return _cut(f"{feature} {name}".strip(), _LABEL)

    def splits(self, domain: str, effect: Callable[[FeatureStep], SideEffect]) -> list[tuple[float, float]]:
        """Of the domain's steps: mean JS divergence on its own prompts and on the others'."""
        return [self.found.split(step, effect(step)) for step in self.steps if step.domain == domain]


def tables(findings: Findings) -> tuple[Table, ...]:
    """Every table that there are figures for."""
    of_features = (_best(findings), _map(findings)) if findings.features else ()
    if not findings.steps:
        return of_features
    return (
        _correlations(findings),
        _by_domain(findings),
        *of_features,
        _weights(findings),
        _features_of_steps(findings),
        _meanings_of_steps(findings),
    )


# --- correlations -----------------------------------------------------------------------------------------------------


def _correlations(findings: Findings) -> Table:
    one = ("Pearson r", "Pearson p", "Spearman rho", "Spearman p")
    columns = ("relation", "pairs", "steps", *one, *(f"control {name}" for name in one))
    rows = tuple(
        (one.relation.name, str(one.real.n), str(one.real.steps), *_coefficients(one.real), *_coefficients(one.control))
        for one in findings.related
    )
    meanings = "; ".join(f"{one.relation.name}: {one.relation.meaning}" for one in findings.related)
    note = (
        f"{meanings}. p: share of the permutations of the steps with a coefficient at least as large, two-sided, not "
        "corrected for the number of relations. Control: the same steps written along random directions, with the same "
        "keys and norms"
    )
    return Table("Correlation of features and effects", columns, rows, note)


def _coefficients(found: Correlation) -> tuple[str, ...]:
    values = (found.pearson, found.pearson_p, found.spearman, found.spearman_p)
    return tuple(shown(value, digits) for value, digits in zip(values, (3, 4, 3, 4), strict=True))


# --- by domain --------------------------------------------------------------------------------------------------------


def _by_domain(findings: Findings) -> Table:
    columns = (
        "domain",
        "steps",
        "dW / W",
        "JS, prompt",
        "JS, next token",
        "JS, own domain",
        "JS, others",
        "own / others",
        "control own",
        "control others",
        "control own / others",
        "features, own",
        "features, others",
        "control features, own",
    )
    names = [name for name in findings.domains if any(step.domain == name for step in findings.steps)]
    rows = [_domain_row(findings, name, [s for s in findings.steps if s.domain == name]) for name in names]
    rows.append(_domain_row(findings, "all", findings.steps))
    note = (
        "means over the steps; JS in bits: on the edited prompt, at its last token, on the domain's prompts that were "
        "not edited on, and on the other domains'; features: change of the edited features' mean activation there"
    )
    return Table("What changed, by domain of the edited prompt", columns, tuple(rows), note)


def _domain_row(findings: Findings, name: str, steps: Sequence[FeatureStep]) -> tuple[str, ...]:
    real = [findings.found.split(step, step.real) for step in steps]
    control = [findings.found.split(step, step.control) for step in steps]
    return (
        name,
        str(len(steps)),
        f"{fmean(_relative(step) for step in steps):.4f}",
        f"{fmean(step.prompt_js for step in steps):.4f}",
        f"{fmean(step.next_js for step in steps):.4f}",
        *_own_and_other(real),
        *_own_and_other(control),
        f"{fmean(step.real.edited for step in steps):+.4f}",
        f"{fmean(step.real.elsewhere for step in steps):+.4f}",
        f"{fmean(step.control.edited for step in steps):+.4f}",
    )


def _own_and_other(splits: Sequence[tuple[float, float]]) -> tuple[str, str, str]:
    own, other = (fmean(side) for side in zip(*splits, strict=True))
    return f"{own:.5f}", f"{other:.5f}", f"{own / other:.2f}" if other else shown(None, 0)


def _relative(step: FeatureStep) -> float:
    """Of the matrix that changes most, in its own norm."""
    return max(one.relative for one in step.matrices)


# --- features and domains ---------------------------------------------------------------------------------------------


def _best(findings: Findings) -> Table:
    columns = ("feature", "domain", "AUROC, chosen by", "AUROC", "mean, own domain", "mean, others")
    rows = tuple(_best_row(findings, one) for one in findings.features)
    note = (
        "the features that tell a domain's prompts best from all others by their mean activation: chosen on one half "
        "of the prompts (AUROC, chosen by), measured on the other half (all other figures); 0.5 is chance"
    )
    return Table("The best features of each domain", columns, rows, note)


def _best_row(findings: Findings, one: DomainFeature) -> tuple[str, ...]:
    means = dict(zip(findings.domains, one.means, strict=True))
    own = means.pop(one.domain)
    others = fmean(means.values())
    figures = (one.chosen, one.auroc)
    return (findings.label(one.feature), one.domain, *(f"{v:.3f}" for v in figures), f"{own:.3f}", f"{others:.3f}")


def _map(findings: Findings) -> Table:
    """Mean activations of each domain's best feature on every domain's prompts."""
    first: dict[str, DomainFeature] = {}
    for one in findings.features:
        first.setdefault(one.domain, one)
    rows = tuple((findings.label(one.feature), one.domain, *(f"{v:.3f}" for v in one.means)) for one in first.values())
    note = "mean activation over the prompts' tokens but the first, on the prompts that the feature was not chosen by"
    return Table("From features to domains", ("feature", "best of", *findings.domains), rows, note)


# --- weights ----------------------------------------------------------------------------------------------------------


def _weights(findings: Findings) -> Table:
    columns = ("matrix", "steps", "norm, median", "dW / W, median", "dW / W, largest")
    changes: dict[str, list[Matrix]] = {}
    for step in findings.steps:
        for one in step.matrices:
            changes.setdefault(f"block {one.layer}, {one.component}", []).append(one)
    rows = tuple(_weights_row(name, changes[name]) for name in sorted(changes))
    written = Counter(feature for step in findings.steps for feature, _ in step.edited).most_common(5)
    often = ", ".join(f"{findings.label(feature)} ({times}x)" for feature, times in written)
    return Table("Which weights changed", columns, rows, f"features that took part most often: {often}")


def _weights_row(name: str, changes: Sequence[Matrix]) -> tuple[str, ...]:
    relative = [one.relative for one in changes]
    norm = median(one.norm for one in changes)
    return (name, str(len(changes)), f"{norm:.3f}", f"{median(relative):.4f}", f"{max(relative):.4f}")


# --- step by step -----------------------------------------------------------------------------------------------------


def _features_of_steps(findings: Findings) -> Table:
    columns = ("prompt", "domain", "fired", "edited", "written along", "dW / W", "verdict")
    rows = tuple(
        (
            _prompt(step),
            step.domain,
            _ranked(findings, step.fired, 2),
            _ranked(findings, step.edited, 2),
            _ranked(findings, step.along, 2),
            f"{_relative(step):.4f}",
            step.status,
        )
        for step in findings.steps
    )
    note = (
        "fired: the largest mean activations over the prompt's tokens but the first; edited: the features that took "
        "part, with their activations; written along: decoder directions d with the largest ||d^T dW|| / ||dW||"
    )
    return Table("Step by step: features and weights", columns, rows, note)


def _meanings_of_steps(findings: Findings) -> Table:
    columns = ("prompt", "JS, prompt", "JS, next token", "JS, own domain", "JS, others", "raised", "lowered")
    rows = tuple(
        (
            _prompt(step),
            f"{step.prompt_js:.4f}",
            f"{step.next_js:.4f}",
            *(f"{value:.5f}" for value in findings.found.split(step, step.real)),
            _tokens(step.raised),
            _tokens(step.lowered),
        )
        for step in findings.steps
    )
    note = "raised, lowered: next tokens, with their probability before and after; JS in bits"
    return Table("Step by step: what changed in meaning", columns, rows, note)


def _prompt(step: FeatureStep) -> str:
    return _cut(" ".join(step.prompt.split()), 48)


def _ranked(findings: Findings, ranked: Ranked, digits: int) -> str:
    return ", ".join(f"{findings.label(feature)} ({value:.{digits}f})" for feature, value in ranked)


def _tokens(tokens: Sequence[Token]) -> str:
    return ", ".join(f"{token!r} {before:.3f} to {after:.3f}" for token, before, after in tokens)


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 3] + "..."
