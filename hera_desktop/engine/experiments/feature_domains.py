"""Which features belong to which domain: the map from features to domains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from ..sae import FeatureReader
from .roc import auc


@dataclass(frozen=True)
class DomainFeature:
    """A feature and a domain. ``chosen``: AUROC of its activation for the domain's prompts against all others, on
    the prompts by which it was chosen; ``auroc``: the same on prompts that had no part in it; ``means``: its mean
    activation on each domain's prompts of the second kind."""

    domain: str
    feature: int
    chosen: float
    auroc: float
    means: tuple[float, ...]


@dataclass(frozen=True, eq=False)
class Activations:
    """Mean activations over every prompt's tokens but the first, ``values (prompts, d_sae)``, and the prompts'
    domains."""

    values: Tensor
    domains: tuple[str, ...]

    def of(self, domain: str) -> Tensor:
        """Which prompts are the domain's, ``(prompts,)`` boolean."""
        return torch.tensor([one == domain for one in self.domains])

    def auroc(self, domain: str, feature: int) -> float:
        """How well the feature tells the domain's prompts from the others; 0.5 is chance."""
        inside, column = self.of(domain), self.values[:, feature]
        found = auc(column[~inside].tolist(), column[inside].tolist())
        return 0.5 if found is None else found

    def means(self, feature: int) -> tuple[float, ...]:
        """By domain, in their order."""
        column = self.values[:, feature]
        return tuple(column[self.of(domain)].mean().item() for domain in dict.fromkeys(self.domains))


def mapped(
    choosing: Activations, measuring: Activations, reader: FeatureReader, most: float, count: int
) -> tuple[DomainFeature, ...]:
    """The ``count`` features of each domain with the highest AUROC on ``choosing`` (among equals the one whose mean
    activations differ most), measured on ``measuring``; features that fire on a larger share of all tokens than
    ``most`` are left out, as in a step."""
    usable = torch.ones(choosing.values.shape[1], dtype=torch.bool)
    if reader.density is not None:
        usable = reader.density.cpu() <= most
    found: list[DomainFeature] = []
    for domain in dict.fromkeys(choosing.domains):
        for feature, chosen in _best(choosing, domain, usable, count):
            score, means = measuring.auroc(domain, feature), measuring.means(feature)
            found.append(DomainFeature(domain, feature, chosen, score, means))
    return tuple(found)


def _best(choosing: Activations, domain: str, usable: Tensor, count: int) -> Sequence[tuple[int, float]]:
    inside = choosing.of(domain)
    apart = choosing.values[inside].mean(0) - choosing.values[~inside].mean(0)  # (d_sae,)
    candidates = torch.nonzero(usable & (apart > 0)).flatten().tolist()
    scores = {feature: choosing.auroc(domain, feature) for feature in candidates}
    ordered = sorted(candidates, key=lambda feature: (-scores[feature], -apart[feature].item(), feature))
    return [(feature, scores[feature]) for feature in ordered[:count]]
