"""Compare what two states of the model make of the same texts."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from .metrics import METRICS, Chunk
from .snapshot import Building, Snapshot


@dataclass(frozen=True)
class Comparison:
    """Every metric, overall and text by text."""

    overall: Mapping[str, float]
    per_text: Mapping[str, tuple[float, ...]]

    def worst_text(self, metric: str) -> int:
        """The text on which a metric is furthest from neutral."""
        distances = [math.inf if math.isnan(v) else abs(v - METRICS[metric].neutral) for v in self.per_text[metric]]
        return distances.index(max(distances))


@torch.inference_mode()
def compare(building: Building, references: Sequence[Snapshot]) -> tuple[Snapshot, list[Comparison]]:
    """Finish a snapshot and compare it with each reference, in one sweep over the vocabulary."""
    swept = [name for name, metric in METRICS.items() if metric.sweeps]
    values = [{name: [] for name in swept} for _ in references]
    so_far = building.snapshot()
    for part in building.chunks():
        for reference, found in zip(references, values, strict=True):
            chunk = Chunk(reference, so_far, part)
            for name in swept:
                found[name].append(METRICS[name].tokens(chunk))
    after = building.snapshot()
    return after, [_complete(r, after, found) for r, found in zip(references, values, strict=True)]


def _complete(before: Snapshot, after: Snapshot, swept: Mapping[str, list[Tensor]]) -> Comparison:
    whole = Chunk(before, after, slice(None))
    rest = {name: metric.tokens(whole) for name, metric in METRICS.items() if not metric.sweeps}
    return _summarise(after, {**{name: torch.cat(parts) for name, parts in swept.items()}, **rest})


def _summarise(snapshot: Snapshot, tokens: Mapping[str, Tensor]) -> Comparison:
    batch = snapshot.batch
    measured = batch.flat_index[batch.positions.flatten()[batch.flat_index] > 0]  # position 0 is an attention sink
    owner = batch.segments.flatten()[measured].cpu()
    counts = torch.bincount(owner, minlength=len(batch.texts)).tolist()
    overall, per_text = {}, {}
    for name, metric in METRICS.items():
        flat = tokens[name][measured].cpu()
        texts = [metric.combine(part) for part in flat.split(counts)]
        per_text[name] = tuple(texts)
        overall[name] = metric.overall(flat, texts)
    return Comparison(overall, per_text)
