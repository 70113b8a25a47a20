"""Compare what two states of the model make of the same texts."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor

from .metrics import METRICS, Chunk, Metric
from .probes import Probe
from .snapshot import Building, Snapshot
from .sweeps import ROWS


@dataclass(frozen=True)
class Comparison:
    """Every metric, overall and text by text; the judged ones also tag by tag: ``per_tag[tag][metric]``."""

    overall: Mapping[str, float]
    per_text: Mapping[str, tuple[float, ...]]
    per_tag: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def worst_text(self, metric: str, among: Collection[int] | None = None) -> int:
        """The text on which a metric is furthest from neutral; ``among`` names the ones that count."""
        values, neutral = self.per_text[metric], METRICS[metric].neutral
        texts = range(len(values)) if among is None else sorted(among)
        return max(texts, key=lambda text: math.inf if math.isnan(values[text]) else abs(values[text] - neutral))


@dataclass(frozen=True)
class Weighing:
    """How texts count: their weights (None: all the same), and the texts of each tag."""

    weights: tuple[float, ...] | None = None
    tags: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, probes: Sequence[Probe]) -> Weighing:
        weights = tuple(probe.weight for probe in probes)
        names = dict.fromkeys(tag for probe in probes for tag in probe.tags)
        tags = {tag: tuple(n for n, probe in enumerate(probes) if tag in probe.tags) for tag in names}
        return cls(None if len(set(weights)) == 1 else weights, tags)

    def overall(self, metric: Metric, per_text: Sequence[float], counts: Sequence[int]) -> float | None:
        """The weighted value of all texts; None where every text counts the same."""
        return None if self.weights is None else metric.pool(per_text, self.weights, counts)

    def of_tags(self, per_text: Mapping[str, Sequence[float]], counts: Sequence[int]) -> dict[str, dict[str, float]]:
        """The judged metrics over each tag's texts alone."""
        judged = [(name, metric) for name, metric in METRICS.items() if metric.limit]
        found = {}
        for tag, texts in self.tags.items():
            sizes = [counts[n] for n in texts]
            weights = [1.0] * len(texts) if self.weights is None else [self.weights[n] for n in texts]
            found[tag] = {
                name: metric.pool([per_text[name][n] for n in texts], weights, sizes) for name, metric in judged
            }
        return found


UNWEIGHED = Weighing()


def compare(
    building: Building, references: Sequence[Snapshot], weighing: Weighing = UNWEIGHED
) -> tuple[Snapshot, list[Comparison]]:
    """Finish a snapshot and compare it with each reference."""
    after = building.snapshot()
    return after, [contrast(before, after, weighing) for before in references]


@torch.inference_mode()
def contrast(before: Snapshot, after: Snapshot, weighing: Weighing = UNWEIGHED) -> Comparison:
    """What the texts of two snapshots differ by."""
    return _summarise(after, {name: _tokens(metric, before, after) for name, metric in METRICS.items()}, weighing)


def _tokens(metric: Metric, before: Snapshot, after: Snapshot) -> Tensor:
    """A metric's values at every position, ``(n,)``."""
    if not metric.sweeps:
        return metric.tokens(Chunk(before, after, slice(None)))
    parts = (slice(first, first + ROWS) for first in range(0, len(after.total), ROWS))
    return torch.cat([metric.tokens(Chunk(before, after, part)) for part in parts])


def _summarise(snapshot: Snapshot, tokens: Mapping[str, Tensor], weighing: Weighing) -> Comparison:
    batch = snapshot.batch
    measured = batch.flat_index[batch.positions.flatten()[batch.flat_index] > 0]  # position 0 is an attention sink
    owner = batch.segments.flatten()[measured].cpu()
    counts = torch.bincount(owner, minlength=len(batch.texts)).tolist()
    overall, per_text = {}, {}
    for name, metric in METRICS.items():
        flat = tokens[name][measured].cpu()
        texts = [metric.combine(part) for part in flat.split(counts)]
        per_text[name] = tuple(texts)
        weighted = weighing.overall(metric, texts, counts)
        overall[name] = metric.overall(flat, texts) if weighted is None else weighted
    return Comparison(overall, per_text, weighing.of_tags(per_text, counts))
