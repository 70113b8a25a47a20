"""What a strategy gets, what it gives, and the registry."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from ..config import EvolutionConfig
from ..errors import HeraError, InputError
from ..model import LanguageModel
from ..named import Named
from ..patches import Factors, Patch
from ..sae import Feature, FeatureReader

EPSILON = 1e-8


class NothingToPropose(HeraError):
    """No feature is active enough; the sentence says what there was."""


@dataclass(frozen=True, eq=False)
class Context:
    """What the model makes of the prompt, ``n`` tokens long, position 0 left out.

    keys: block -> input of its writing matrix, ``(n, d_in)`` float32; activations ``(n, d_sae)``; features: the
    strongest of the chosen token (or of the mean), strongest first. Where the user ticked the features, ``given
    (tokens, k)`` says how strong each counts at each token that counts.
    """

    model: LanguageModel
    reader: FeatureReader
    settings: EvolutionConfig
    keys: Mapping[int, Tensor]
    activations: Tensor
    features: tuple[Feature, ...]
    threshold: float
    seed: int
    given: Tensor | None = None

    @property
    def directions(self) -> Tensor:
        """Unit decoder directions of the features, ``(d_model, k)``."""
        return self.reader.directions([f.id for f in self.features])

    def weights(self) -> Tensor:
        """How strongly each feature is active at each token that counts, ``(tokens, k)``, the threshold applied to
        those that were not ticked."""
        if self.given is not None:
            return self.given
        chosen = self.activations[:, [f.id for f in self.features]]  # (n, k)
        chosen = chosen[-1:] if self.settings.token == "last" else chosen
        return chosen * (chosen > self.threshold)

    def key(self, layer: int) -> Tensor:
        """The writing matrix' inputs at the tokens that count, ``(tokens, d_in)``."""
        return self.keys[layer][-1:] if self.settings.token == "last" else self.keys[layer]


def ticked(wanted: Mapping[int, float | None], activations: Tensor) -> tuple[tuple[Feature, ...], Tensor]:
    """The features a user ticked and how strong each counts, ``(tokens, k)``, at the tokens' ``activations (tokens,
    d_sae)``: its own activation where it is active, else the one that ``wanted`` names for it.

    Raises:
        InputError: a feature is active at none of the tokens, and ``wanted`` names no activation for it.
    """
    weights = activations[:, list(wanted)].clamp_min(0)  # (tokens, k)
    for column, (feature, usual) in enumerate(wanted.items()):
        if weights[:, column].any():
            continue
        if usual is None:
            where = "the last token" if len(activations) == 1 else "any token but the first"
            raise InputError(
                f"feature {feature} is not active at {where} of the prompt and its usual activation is not known; "
                "build the atlas, or choose a prompt on which it fires"
            )
        weights[:, column] = usual
    means = weights.mean(0).tolist()
    return tuple(Feature(i, mean) for i, mean in zip(wanted, means, strict=True)), weights


@dataclass(frozen=True, eq=False)
class Proposal:
    """A patch that nothing has been done with yet, and the features it came from."""

    patch: Patch
    features: tuple[Feature, ...]


class Strategy(ABC):
    """Computes one matrix' change; ``title`` is shown in the window. It must leave the model as it found it."""

    name: str
    title: str

    @abstractmethod
    def factors(self, context: Context, layer: int) -> Factors:
        """The low-rank change of block ``layer``'s writing matrix."""

    @torch.inference_mode()
    def propose(self, context: Context) -> Proposal:
        """One patch over all target layers, each matrix at most ``max_rank``.

        Raises:
            NothingToPropose: no feature is above the threshold.
        """
        if not context.features:
            strongest = context.activations[-1].max().item()
            raise NothingToPropose(
                f"no feature is above the threshold {context.threshold:g} (the strongest is {strongest:.3g}); "
                "lower sae.threshold"
            )
        patch = Patch(tuple(self.factors(context, layer) for layer in context.keys))
        return Proposal(patch.truncated(context.settings.max_rank), context.features)


STRATEGIES: Named[Strategy] = Named("strategy")
register, get_strategy = STRATEGIES.register, STRATEGIES.find


def make_factors(context: Context, layer: int, u: Tensor, v: Tensor) -> Factors:
    """``u (d_out, r)``, ``v (d_in, r)`` as stored factors of block ``layer``'s writing matrix."""
    component = context.model.writer(layer).component
    stored = (t.detach().float().cpu().clone(memory_format=torch.contiguous_format) for t in (u, v))
    return Factors(layer, component, *stored)
