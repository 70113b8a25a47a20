"""``FeatureLab``: what a user does with single features - look where they fire, name them, steer with them, and turn
them into a proposal.

An activation is the norm of what the feature writes (see sae.py), and position 0, the attention sink, has none.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from torch import Tensor

from .atlas.records import FeatureOnText, Label, PatchAlong, Steering, TextFeatures
from .config import EvolutionConfig
from .errors import Cancelled, InputError
from .hera import HeraEngine, Judged
from .model import Sampling
from .patches import Patch
from .progress import Progress, unwatched
from .tokens import single

CHUNK = 64
"""Tokens encoded at a time: a wide SAE's activations of a long text would fill the memory."""

MOST_TICKED = 1024
"""How many ticked features can take part in a proposal."""

Text = Literal["base", "edited", "steered"]


class FeatureLab:
    """Single features of an engine's SAE, on the engine's model in its present state."""

    def __init__(self, engine: HeraEngine) -> None:
        self._engine = engine
        self._model, self._reader, self._stack = engine.model, engine.reader, engine.stack

    # --- looking ----------------------------------------------------------------------------------------------------

    def read(self, text: str, keep: int = 20, edited: bool = True) -> TextFeatures:
        """The ``keep`` strongest features above 0 at every token, in the present state or in the base.

        Raises:
            InputError: the text is empty, too short or too long.
        """
        ids = self._ids(text)
        found: list[tuple[tuple[int, ...], tuple[float, ...]]] = [((), ())]
        for acts in self._activations(ids, edited):
            values, features = acts.topk(min(keep, acts.shape[-1]))  # (tokens, keep)
            for row, of in zip(values.tolist(), features.tolist(), strict=True):
                above = sum(value > 0 for value in row)
                found.append((tuple(of[:above]), tuple(row[:above])))
        tokens = self._model.token_strings(ids)
        return TextFeatures(text, tokens, tuple(of for of, _ in found), tuple(row for _, row in found))

    def on_text(self, feature: int, text: str) -> FeatureOnText:
        """One feature at every token, in the base and in the present state: two passes that differ in nothing but the
        patches, so without an active patch the columns are equal bit for bit.

        Raises:
            InputError: the feature does not exist, or the text is empty, too short or too long.
        """
        self._reader.check(feature)
        ids = self._ids(text)
        base, edited = self._column(feature, ids, edited=False), self._column(feature, ids, edited=True)
        return FeatureOnText(feature, text, self._model.token_strings(ids), base, edited, self._engine.state_hash)

    def patches_along(self, feature: int) -> tuple[PatchAlong, ...]:
        """The active patches, the one that writes most of its change along the feature first."""
        direction = self._direction(feature).cpu()
        ledger = self._engine.ledger
        active = zip(ledger.in_force(ledger.timeline.current.active), self._stack.active, strict=True)
        found = [
            PatchAlong(patch_id, patch.layers, _share(patch, direction))
            for patch_id, patch in active
            if isinstance(patch, Patch)
        ]
        return tuple(sorted(found, key=lambda along: -along.share))

    def _ids(self, text: str) -> tuple[int, ...]:
        return self._model.check_prompt(text, self._engine.config.model.max_prompt_tokens)

    def _direction(self, feature: int) -> Tensor:
        """The feature's unit decoder direction, ``(d_model,)``."""
        self._reader.check(feature)
        return self._reader.directions([feature])[:, 0]

    def _column(self, feature: int, ids: tuple[int, ...], edited: bool) -> tuple[float, ...]:
        rows = (acts[:, feature].tolist() for acts in self._activations(ids, edited))
        return (0.0, *(value for row in rows for value in row))

    def _activations(self, ids: tuple[int, ...], edited: bool) -> Iterator[Tensor]:
        """Of every token but the first, chunk by chunk, ``(tokens, d_sae)``."""
        hook = self._reader.info.hook_name
        with self._stack.temporarily(self._stack.active if edited else ()):
            batch = single(ids).to(self._model.device)
            hidden = self._model.forward(batch, [hook], last_block=self._reader.block).captured[hook][0, 1:]
        for chunk in hidden.split(CHUNK):
            yield self._reader.activations(chunk)

    # --- steering ---------------------------------------------------------------------------------------------------

    def steer(
        self,
        prompt: str,
        feature: int,
        strength: float,
        tokens: int = 30,
        on_text: Callable[[Text, str], None] = lambda which, piece: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Steering:
        """Preview the edited model with ``strength`` times the feature's unit direction added where the SAE reads, at
        every token but the first, beside the base and the edited model (greedy). Nothing of it stays.

        Raises:
            InputError: the prompt, feature, strength or number of tokens cannot be used.
            Cancelled: ``cancelled`` said so.
        """
        if not math.isfinite(strength):
            raise InputError(f"steering strength {strength} is not a finite number")
        if not 1 <= tokens <= 4096:
            raise InputError(f"{tokens} tokens cannot be generated; 1 to 4096 are allowed")
        ids, direction, hook = self._ids(prompt), self._direction(feature), self._reader.info.hook_name
        identity = self._identity(ids, direction)

        def written(which: Text) -> str:
            text = self._model.generate(ids, Sampling(tokens), lambda piece: on_text(which, piece), cancelled)
            if cancelled():
                raise Cancelled("steering was cancelled")
            return text

        with self._stack.temporarily(()):
            base = written("base")
        edited = written("edited")
        with self._model.adding(hook, strength * direction):
            steered = written("steered")
        return Steering(prompt, feature, strength, base, edited, steered, identity)

    def _identity(self, ids: tuple[int, ...], direction: Tensor) -> float:
        """The largest change of the prompt's logits by steering at strength 0, hook in place; it must be exactly 0."""
        batch = single(ids).to(self._model.device)
        plain = self._model.forward(batch).logits
        with self._model.adding(self._reader.info.hook_name, 0.0 * direction):
            steered = self._model.forward(batch).logits
        return (plain.float() - steered.float()).abs().max().item()

    # --- from feature to edit ---------------------------------------------------------------------------------------

    def propose(
        self,
        prompt: str,
        features: Sequence[int],
        settings: EvolutionConfig | None = None,
        progress: Progress = unwatched,
        fallbacks: Mapping[int, float] | None = None,
    ) -> Judged:
        """A proposal from ticked features instead of the strongest ones, measured and not kept; hand it to
        ``HeraEngine.commit``, or drop it.

        A feature counts with its own activation at the token that counts where it is active there, else with its usual
        one from ``fallbacks`` (its mean activation above zero, from the atlas).

        Raises:
            InputError: no feature, too many, one that does not exist, or one that is neither active nor in
                ``fallbacks``; or the prompt cannot be used.
        """
        if not features:
            raise InputError("no feature is ticked; a proposal takes one or more")
        if len(set(features)) > MOST_TICKED:
            raise InputError(f"{len(set(features))} features are ticked; at most {MOST_TICKED} can take part")
        for feature in features:
            self._reader.check(feature)
        usual = {feature: (fallbacks or {}).get(feature) for feature in features}
        return self._engine.propose(prompt, settings, progress, {i: mean or None for i, mean in usual.items()})

    # --- labels -----------------------------------------------------------------------------------------------------

    def labels(self) -> tuple[Label, ...]:
        """The session's names, notes and pins of this SAE's features, by feature."""
        return self._engine.ledger.labels.all(self._reader.info.fingerprint)

    def label(self, label: Label) -> None:
        """Keep a feature's name, note and pin in the session; one that says nothing is deleted."""
        self._reader.check(label.feature)
        self._engine.ledger.labels.put(self._reader.info.fingerprint, label)

    def import_labels(self, path: Path) -> int:
        """Take names from a Neuronpedia export; returns how many. A name that the user gave stands.

        Raises:
            InputError: the file cannot be read, or names a feature that the SAE does not have; nothing is kept then.
        """
        from .atlas.neuronpedia import read_labels

        labels = read_labels(path)
        for label in labels:
            self._reader.check(label.feature)
        return self._engine.ledger.labels.put_many(self._reader.info.fingerprint, labels)


def _share(patch: Patch, direction: Tensor) -> float:
    """How much of what a patch writes lies along a unit ``direction (d_model,)``, over all its matrices:
    ``||d^T U V^T|| / ||U V^T||_F``, from the thin factors."""
    along = sum((f.v @ (direction @ f.u)).double().square().sum().item() for f in patch.factors)
    return min(1.0, math.sqrt(along) / patch.frobenius) if patch.frobenius else 0.0
