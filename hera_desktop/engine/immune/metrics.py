"""The measures, each one class and one registration (formulas: docs/theory.md, section 1).

A metric gives one value per token for a chunk of positions, and says how the values of many tokens become one number.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from ..named import Named
from .snapshot import Snapshot
from .sweeps import mixture_logs


@dataclass(frozen=True, eq=False)
class Chunk:
    """The same positions before and after a change."""

    before: Snapshot
    after: Snapshot
    part: slice

    @property
    def p(self) -> Tensor:
        """``(chunk, d_vocab)`` next-token distribution before, float32."""
        return self.before.probs(self.part)

    @property
    def q(self) -> Tensor:
        """``(chunk, d_vocab)`` next-token distribution after, float32."""
        return self.after.probs(self.part)

    def mixture_negentropy(self) -> Tensor:
        """For m = (p + q) / 2, which is never 0, the sum of m log m in nats, ``(chunk,)``."""
        total = self.after.total[self.part]
        share = total / self.before.total[self.part]
        logs = mixture_logs(self.after.kept[self.part], self.before.kept[self.part], share)  # of 2 total m
        return logs / (2 * total) - (2 * total).log()


class Metric(ABC):
    """``limit`` names the configuration key that bounds it (None: shown, never judged); ``neutral`` is its value for an
    unchanged model; ``sweeps`` is true where it makes numbers for the whole vocabulary, which is done for some
    positions at a time; ``counts`` is false where ``unit`` names a scale, which is not said after a number."""

    name: str
    title: str
    unit: str
    formula: str
    limit: str | None = None
    neutral: float = 0.0
    digits: int = 4
    sweeps: bool = False
    counts: bool = True

    def written(self, value: float | str) -> str:
        """A value in this metric's digits (one that is text already as it stands), with its unit."""
        figures = value if isinstance(value, str) else f"{value:.{self.digits}f}"
        return f"{figures} {self.unit}" if self.counts else figures

    @abstractmethod
    def tokens(self, chunk: Chunk) -> Tensor:
        """One value per position, ``(chunk,)``."""

    def combine(self, values: Tensor) -> float:
        """One number for the tokens of one text: their mean."""
        return values.double().mean().item()

    def overall(self, values: Tensor, per_text: list[float]) -> float:
        """One number for all texts: the mean over texts, so that a long text does not count more."""
        return sum(per_text) / len(per_text)

    def pool(self, per_text: Sequence[float], weights: Sequence[float], counts: Sequence[int]) -> float:
        """``overall`` for texts that count by ``weights``, from their own values; ``counts`` are their tokens."""
        return sum(w * value for w, value in zip(weights, per_text, strict=True)) / sum(weights)


METRICS: Named[Metric] = Named("metric")
register = METRICS.register
"""Makes a metric part of every measurement."""


@register
class JsDivergence(Metric):
    """JS = H((p + q) / 2) - (H(p) + H(q)) / 2, in bits (Lin 1991); the divergence, not its square root."""

    name, title, unit, limit = "js_divergence", "JS divergence", "bits", "max_js_divergence"
    formula = "JS = H((p+q)/2) - (H(p)+H(q))/2 of the next-token distributions before (p) and after (q), in bits"

    def tokens(self, chunk: Chunk) -> Tensor:
        mean = 0.5 * (chunk.before.negentropy[chunk.part] + chunk.after.negentropy[chunk.part])  # (chunk,)
        return ((mean - chunk.mixture_negentropy()) / math.log(2)).clamp(0, 1)


@register
class PerplexityRatio(Metric):
    """PPL_after / PPL_before = exp(mean surprise after - mean surprise before), over the pooled tokens."""

    name, title, unit, limit = "ppl_ratio", "perplexity ratio", "x", "max_ppl_spike"
    formula = "PPL after / PPL before, PPL = exp(mean negative log-likelihood of the text's tokens)"
    neutral, digits = 1.0, 3

    def tokens(self, chunk: Chunk) -> Tensor:
        return chunk.after.nll[chunk.part] - chunk.before.nll[chunk.part]

    def combine(self, values: Tensor) -> float:
        difference = values.double().mean().item()
        return math.exp(difference) if difference < 700 else math.inf

    def overall(self, values: Tensor, per_text: list[float]) -> float:
        return self.combine(values)

    def pool(self, per_text: Sequence[float], weights: Sequence[float], counts: Sequence[int]) -> float:
        """The tokens stay pooled: each counts with its text's weight."""
        if not all(map(math.isfinite, per_text)):
            return math.nan if any(map(math.isnan, per_text)) else math.inf
        shares = [weight * count for weight, count in zip(weights, counts, strict=True)]
        logs = [share * math.log(max(ratio, 5e-324)) for share, ratio in zip(shares, per_text, strict=True)]
        return math.exp(sum(logs) / sum(shares))


@register
class CosineDrift(Metric):
    """1 - cos(h_before, h_after), h = residual stream after the last block, so downstream of every edit."""

    name, title, unit, limit = "cosine_drift", "cosine drift", "1 - cos", "max_cosine_drift"
    counts = False
    formula = "1 - cos of the residual stream after the last block, before and after"

    def tokens(self, chunk: Chunk) -> Tensor:
        before, after = chunk.before.hidden[chunk.part].float(), chunk.after.hidden[chunk.part].float()
        return 1 - torch.nn.functional.cosine_similarity(before, after, dim=-1)


@register
class EntropyChange(Metric):
    """|H(p) - H(q)| / max(H(p), 1e-6)."""

    name, title, unit = "entropy_change", "entropy change", "relative"
    formula = "|H(p) - H(q)| / H(p)"

    def tokens(self, chunk: Chunk) -> Tensor:
        before, after = chunk.before.entropy[chunk.part], chunk.after.entropy[chunk.part]
        return (before - after).abs() / before.clamp_min(1e-6)


@register
class TopKAgreement(Metric):
    """Share of the k most probable tokens that stay among the k most probable."""

    name, title, unit = "top_k_agreement", "top-k agreement", "share"
    formula = "|top_k(p) and top_k(q)| / k"
    neutral, digits = 1.0, 3

    def tokens(self, chunk: Chunk) -> Tensor:
        before, after = chunk.before.top[chunk.part], chunk.after.top[chunk.part]
        return (before[:, :, None] == after[:, None, :]).any(-1).float().mean(-1)
