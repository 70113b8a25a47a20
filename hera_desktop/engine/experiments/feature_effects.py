"""What one step does: features that fire, weights that change, tokens that rise and fall, and what becomes of other
prompts; with a control that writes along a random direction instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from ..hera import HeraEngine
from ..immune.comparison import compare
from ..immune.metrics import METRICS, Chunk
from ..immune.snapshot import Snapshot, SnapshotMaker
from ..patches import Factors, Patch
from ..sae import FeatureReader
from ..tokens import TokenBatch
from .domain_prompts import DomainPrompt
from .feature_domains import Activations

SHOWN = 3
"""Features and tokens of each kind that are kept of a step."""
FOLLOWED = 512
"""Features whose activations are followed from step to step."""

Ranked = tuple[tuple[int, float], ...]
"""Features with a figure each, the largest first."""
Token = tuple[str, float, float]
"""A token, its probability before and after."""


@dataclass(frozen=True)
class Matrix:
    """What became of a matrix: ``norm`` of the change, and ``relative`` to the matrix' own (Frobenius)."""

    layer: int
    component: str
    norm: float
    relative: float


@dataclass(frozen=True)
class SideEffect:
    """What a change does to prompts that it was not made on.

    Args:
        js: JS divergence on each of them, in bits.
        cosines: of what is written at the edited prompt's last token with each followed feature's decoder direction.
        changes: of each followed feature's mean activation on the prompts of the step's own domain.
        edited: change of the edited features' mean activation on the own domain's prompts.
        elsewhere: the same on the other domains' prompts.
    """

    js: tuple[float, ...]
    cosines: tuple[float, ...]
    changes: tuple[float, ...]
    edited: float
    elsewhere: float


@dataclass(frozen=True)
class FeatureStep:
    """A step from the base that was measured and dropped.

    Args:
        status: what the immune system made of it.
        fired: the features with the largest mean activation over the prompt's tokens but the first.
        edited: the features that take part, with their activations.
        along: the decoder directions that most of the change is written along, with ``||d^T dW|| / ||dW||``.
        strength: norm of what is written at the prompt's last token.
        prompt_js, next_js: JS divergence on the prompt, and at its last token alone, in bits.
        raised, lowered: the next tokens whose probability rises and falls most.
    """

    domain: str
    prompt: str
    status: str
    fired: Ranked
    edited: Ranked
    matrices: tuple[Matrix, ...]
    along: Ranked
    strength: float
    prompt_js: float
    next_js: float
    raised: tuple[Token, ...]
    lowered: tuple[Token, ...]
    real: SideEffect
    control: SideEffect


class EffectMeter:
    """Measures steps on an engine that stands at its base. ``prompts`` are those that no step is made on."""

    def __init__(self, engine: HeraEngine, prompts: Sequence[DomainPrompt]) -> None:
        self._engine, self._reader, self._model = engine, engine.reader, engine.model
        self._hook = self._reader.info.hook_name
        self._directions = self._reader.directions(list(range(self._reader.info.d_sae)))  # (d_model, d_sae)
        self._maker = SnapshotMaker(self._model, engine.config.immune.top_k)
        building = self._maker.full(_batch(engine, prompts), [self._hook])
        self._before = compare(building, [])[0]
        self.base = Activations(self._means(self._before), tuple(one.domain for one in prompts))
        self.followed: tuple[int, ...] = ()

    def follow(self, choosing: Activations) -> None:
        """Follow the features with the largest activation on any of these prompts or of the measured ones."""
        largest = torch.maximum(choosing.values.amax(0), self.base.values.amax(0))  # (d_sae,)
        if self._reader.density is not None:
            largest = largest.masked_fill(self._reader.density.cpu() > self._engine.config.sae.max_density, 0)
        chosen = largest.topk(min(FOLLOWED, len(largest))).indices
        self.followed = tuple(chosen[largest[chosen] > 0].tolist())

    def measure(self, prompt: DomainPrompt, number: int) -> FeatureStep:
        """Step ``number``: proposed, measured and dropped. Raises NothingToPropose where no feature is active."""
        judged = self._engine.propose(prompt.text)
        measurement, before, patch = judged.measurement, judged.before, judged.proposal.patch
        after, on_prompt = measurement.prompt_after, measurement.prompt_step
        assert before and after and on_prompt  # a proposal of a prompt is measured on it
        now = before.now
        edited = tuple((one.id, one.activation) for one in judged.proposal.features)
        acts = self._reader.activations(now.watched[self._hook][0, 1:]).mean(0)  # (d_sae,)
        sae = self._engine.config.sae
        fired = self._reader.active(acts, 0.0, SHOWN, sae.max_density)
        raised, lowered = self._tokens(now, after)
        control = random_directions(patch, self._engine.config.experiment.seed + number)
        written, instead = (self._written(one, now) for one in (patch, control))
        ids = [feature for feature, _ in edited]
        return FeatureStep(
            domain=prompt.domain,
            prompt=prompt.text,
            status=judged.status,
            fired=tuple((one.id, one.activation) for one in fired),
            edited=edited,
            matrices=tuple(self._matrix(f) for f in patch.factors),
            along=self._along(patch),
            strength=written.norm().item(),
            prompt_js=on_prompt.overall["js_divergence"],
            next_js=_js_at_the_end(now, after),
            raised=raised,
            lowered=lowered,
            real=self._effect(patch, written, prompt.domain, ids),
            control=self._effect(control, instead, prompt.domain, ids),
        )

    # --- the step itself ----------------------------------------------------------------------------------------------

    def _matrix(self, factors: Factors) -> Matrix:
        whole = self._model.writer_at(*factors.site).weight().cpu().double().norm().item()
        return Matrix(factors.layer, factors.component, factors.frobenius, factors.frobenius / whole)

    def _along(self, patch: Patch) -> Ranked:
        """``||d_i^T dW|| / ||dW||_F`` over all matrices, for the decoder directions with most of it."""
        squares = torch.zeros(self._directions.shape[1], dtype=torch.double)
        for f in patch.factors:
            left = self._directions.cpu().T @ f.u  # (d_sae, rank)
            triangle = torch.linalg.qr(f.v.double(), mode="r").R  # (rank, rank)
            squares += (left.double() @ triangle.T).square().sum(1)
        values, ids = (squares.sqrt() / patch.frobenius).topk(min(SHOWN, len(squares)))
        return tuple(zip(ids.tolist(), values.tolist(), strict=True))

    def _written(self, patch: Patch, now: Snapshot) -> Tensor:
        """What the change adds to the residual stream at the prompt's last token, ``(d_model,)`` on the CPU."""
        total = torch.zeros(self._model.info.d_model)
        for f in patch.factors:
            key = now.watched[self._model.writer_at(*f.site).input_hook][0, -1].float().cpu()  # (d_in,)
            total = total + f.u @ (f.v.T @ key)
        return total

    def _tokens(self, now: Snapshot, after: Snapshot) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
        """The next tokens that rise and those that fall most after the prompt."""
        p, q = now.probs(-1), after.probs(-1)  # (d_vocab,)
        rising, falling = (((q - p) * sign).topk(SHOWN).indices for sign in (1, -1))

        def listed(ids: Tensor) -> tuple[Token, ...]:
            words = self._model.token_strings(ids.tolist())
            return tuple(zip(words, p[ids].tolist(), q[ids].tolist(), strict=True))

        return listed(rising), listed(falling)

    # --- other prompts ------------------------------------------------------------------------------------------------

    def _effect(self, patch: Patch, written: Tensor, domain: str, edited: list[int]) -> SideEffect:
        with self._engine.stack.trial(patch):
            building = self._maker.resumed(self._before, patch.first_layer, [self._hook])
            after, (found,) = compare(building, [self._before])
        changes = self._means(after) - self.base.values  # (prompts, d_sae)
        inside, followed = self.base.of(domain), list(self.followed)
        cosines = torch.cosine_similarity(written[:, None], self._directions[:, followed].cpu(), dim=0)
        return SideEffect(
            js=_rounded(found.per_text["js_divergence"]),
            cosines=_rounded(cosines.tolist()),
            changes=_rounded(changes[inside][:, followed].mean(0).tolist()),
            edited=changes[inside][:, edited].mean().item(),
            elsewhere=changes[~inside][:, edited].mean().item(),
        )

    def _means(self, snapshot: Snapshot) -> Tensor:
        return _means(self._reader, snapshot.batch, snapshot.watched[self._hook])


def base_activations(engine: HeraEngine, prompts: Sequence[DomainPrompt]) -> Activations:
    """Of prompts in the engine's present state; raises InputError where one cannot be used."""
    batch, reader = _batch(engine, prompts), engine.reader
    hook = reader.info.hook_name
    hidden = engine.model.forward(batch, [hook], last_block=reader.block).captured[hook]
    return Activations(_means(reader, batch, hidden), tuple(one.domain for one in prompts))


def _batch(engine: HeraEngine, prompts: Sequence[DomainPrompt]) -> TokenBatch:
    limit = engine.config.model.max_prompt_tokens
    return engine.model.batch([engine.model.check_prompt(one.text, limit) for one in prompts])


def _means(reader: FeatureReader, batch: TokenBatch, hidden: Tensor) -> Tensor:
    """Mean activations over every prompt's tokens but the first, ``(prompts, d_sae)`` on the CPU, from what the SAE
    reads, ``hidden (rows, width, d_model)``."""
    kept = batch.positions.flatten()[batch.flat_index] > 0
    acts = reader.activations(batch.gather(hidden)[kept]).cpu()  # (n, d_sae)
    owner, count = batch.text_index[kept].cpu(), len(batch.texts)
    sums = torch.zeros(count, acts.shape[1]).index_add_(0, owner, acts)
    return sums / torch.bincount(owner, minlength=count)[:, None]


def random_directions(patch: Patch, seed: int) -> Patch:
    """The control: the same keys and the same norm on every matrix, written along random directions."""
    generator = torch.Generator().manual_seed(seed)
    return Patch(tuple(_redirected(f, generator) for f in patch.factors))


def _redirected(factors: Factors, generator: torch.Generator) -> Factors:
    drawn = Factors(*factors.site, torch.randn(factors.u.shape, generator=generator), factors.v)
    return Factors(*factors.site, drawn.u * (factors.frobenius / drawn.frobenius), factors.v)


def _js_at_the_end(now: Snapshot, after: Snapshot) -> float:
    return METRICS["js_divergence"].tokens(Chunk(now, after, slice(-1, None))).item()


def _rounded(values: Sequence[float]) -> tuple[float, ...]:
    """To four digits: there are many, and a file keeps them."""
    return tuple(float(f"{value:.4g}") for value in values)
