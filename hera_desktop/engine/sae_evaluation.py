"""How good a sparse autoencoder is on text that it was not trained on.

The first positions of every context, attention sinks, are left out of every figure; where the model runs on the SAE's
reconstructions, theirs are kept as they are.
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import torch
from sae_lens import SAE
from sae_lens.constants import SPARSITY_FILENAME
from safetensors.torch import save_file
from torch import Tensor

from .activations import Text, activation_batches, contexts, take_tokens
from .errors import InputError
from .model import LanguageModel
from .progress import Progress, unwatched

DENSE = 0.1
SINK = 3.0
ROWS = 16
LOSS_ROWS = 4
"""Contexts in a whole pass: the logits of more would fill the memory of a laptop."""


@dataclass(frozen=True)
class SaeQuality:
    """Figures on held-out text.

    ``l0``: mean number of active features. ``explained_variance`` = 1 - sum ||x - x_hat||^2 / sum ||x - mean x||^2;
    ``explained_variance_typical``: the same without the tokens whose norm is over three times the median, sinks in the
    middle of a text that hold much of the variance. ``ce_loss_score`` = (CE_0 - CE_sae) / (CE_0 - CE_model), the loss
    recovered, with CE_0 the cross-entropy in nats with zeros in place of the activations (Gao et al.,
    arXiv:2406.04093; SAELens' definition). ``kl`` = mean KL(model || model on reconstructions) in nats. ``dead`` and
    ``dense``: share of features that never fired, and that fired on more than a tenth of the tokens.
    """

    hook_name: str
    architecture: str
    features: int
    tokens: int
    l0: float
    explained_variance: float
    explained_variance_typical: float
    ce_loss_score: float
    ce_loss_model: float
    ce_loss_sae: float
    ce_loss_zero: float
    kl: float
    dead: float
    dense: float
    loss_tokens: int


@dataclass
class _Reconstruction:
    """Sums over tokens, in float64 on the CPU, since not every device has that."""

    mean: Tensor
    sink_norm: float
    fired: Tensor
    tokens: int = 0
    active: float = 0.0
    error: dict[str, float] = field(default_factory=lambda: {"all": 0.0, "typical": 0.0})
    total: dict[str, float] = field(default_factory=lambda: {"all": 0.0, "typical": 0.0})

    def add(self, sae: SAE, acts: Tensor) -> None:
        features = sae.encode(acts)  # (tokens, d_sae)
        error = (acts - sae.decode(features)).cpu().double().square().sum(-1)
        total = (acts.cpu().double() - self.mean).square().sum(-1)
        typical = (acts.norm(dim=-1) <= self.sink_norm).cpu()
        for name, keep in (("all", torch.ones_like(typical)), ("typical", typical)):
            self.error[name] += error[keep].sum().item()
            self.total[name] += total[keep].sum().item()
        self.active += (features > 0).sum().item()
        self.fired += (features > 0).sum(0).cpu()
        self.tokens += len(acts)


@torch.no_grad()
def measure_sae(
    model: LanguageModel,
    sae: SAE,
    text: Text,
    tokens: int = 50_000,
    loss_tokens: int = 10_000,
    context: int = 128,
    skip_positions: int = 1,
    progress: Progress = unwatched,
) -> SaeQuality:
    """All figures of an SAE on held-out ``text``; those of the loss, which need whole passes, on ``loss_tokens``.

    Raises:
        InputError: the text cannot be read or has no document of ``context`` tokens.
    """
    hook_name = model.canonical(sae.cfg.metadata.hook_name)
    progress("reading the text", 0.0)
    stream = activation_batches(
        model, hook_name, text, length=context, rows=ROWS, skip_positions=skip_positions, endless=False
    )
    acts = take_tokens(stream, tokens)  # (tokens, d_in)
    sums = _Reconstruction(
        acts.cpu().double().mean(0),
        SINK * acts.norm(dim=-1).median().item(),
        torch.zeros(sae.cfg.d_sae, dtype=torch.float64),
    )
    for chunk in acts.split(4096):
        sums.add(sae, chunk)
    losses = _Losses(model, sae, hook_name, skip_positions)
    pieces = contexts(model, text, context)
    while losses.tokens < loss_tokens and (group := list(islice(pieces, LOSS_ROWS))):
        progress("running the model on reconstructions", losses.tokens / loss_tokens)
        losses.add(group)
    clean, spliced, zeroed, kl = (value / losses.tokens for value in losses.sums)
    density = sums.fired / sums.tokens
    explained = {name: 1 - sums.error[name] / sums.total[name] for name in sums.error}
    return SaeQuality(
        hook_name=hook_name,
        architecture=sae.cfg.architecture(),
        features=sae.cfg.d_sae,
        tokens=sums.tokens,
        l0=sums.active / sums.tokens,
        explained_variance=explained["all"],
        explained_variance_typical=explained["typical"],
        ce_loss_score=(zeroed - spliced) / (zeroed - clean),
        ce_loss_model=clean,
        ce_loss_sae=spliced,
        ce_loss_zero=zeroed,
        kl=kl,
        dead=(density == 0).double().mean().item(),
        dense=(density > DENSE).double().mean().item(),
        loss_tokens=losses.tokens,
    )


class _Losses:
    """Cross-entropies of the model as it is, on reconstructions and on zeros, and the divergence of the first two."""

    def __init__(self, model: LanguageModel, sae: SAE, hook_name: str, skip_positions: int) -> None:
        self._model, self._sae, self._hook, self._skip = model, sae, hook_name, skip_positions
        self.tokens = 0
        self.sums = [0.0, 0.0, 0.0, 0.0]

    def add(self, group: list[tuple[int, ...]]) -> None:
        batch = self._model.batch(group)
        first = (batch.positions < self._skip)[..., None]  # (rows, width, 1)

        def reconstructed(hidden: Tensor) -> Tensor:
            found = self._sae.decode(self._sae.encode(hidden.to(self._sae.W_dec.dtype))).to(hidden.dtype)
            return torch.where(first, hidden, found)

        def zeroed(hidden: Tensor) -> Tensor:
            return torch.where(first, hidden, torch.zeros_like(hidden))

        follows = (batch.segments[:, 1:] == batch.segments[:, :-1]) & (batch.segments[:, 1:] >= 0)
        keep = follows & (batch.positions[:, :-1] >= self._skip)
        targets = batch.ids[:, 1:][keep]
        logprobs = []
        for change in (None, reconstructed, zeroed):
            with self._model.replacing(self._hook, change) if change else nullcontext():
                logits = self._model.forward(batch).logits[:, :-1][keep]  # (kept, d_vocab)
            logprobs.append(logits.float().log_softmax(-1))
        for number, found in enumerate(logprobs):
            self.sums[number] -= found.gather(1, targets[:, None]).cpu().double().sum().item()
        self.sums[3] += (logprobs[0].exp() * (logprobs[0] - logprobs[1])).sum(-1).cpu().double().sum().item()
        self.tokens += len(targets)


@torch.no_grad()
def store_density(model: LanguageModel, sae: SAE, text: Text, folder: Path, tokens: int = 50_000) -> None:
    """Write how often each feature fires on ``text`` beside its weights, as SAELens does: log10 of the share."""
    hook_name = model.canonical(sae.cfg.metadata.hook_name)
    stream = activation_batches(model, hook_name, text, length=128, rows=ROWS, skip_positions=1, endless=False)
    acts = take_tokens(stream, tokens)
    if not len(acts):
        raise InputError("the text is too short to count how often features fire")
    fired = torch.zeros(sae.cfg.d_sae, dtype=torch.float64)
    for chunk in acts.split(4096):
        fired += (sae.encode(chunk) > 0).sum(0).cpu()
    density = (fired / len(acts)).float()
    save_file({"sparsity": (density + 1e-10).log10()}, folder / SPARSITY_FILENAME)
