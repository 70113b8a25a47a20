"""A step from its settings to its record: what a strategy is given, and what a judged proposal leaves on record."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch

from .config import Config, EvolutionConfig
from .errors import InputError
from .immune.prompt_states import PromptState
from .immune.snapshot import Snapshot
from .immune.system import Measurement
from .ledger import Entry
from .model import LanguageModel
from .patches import Patch
from .records import Effect, EvolveResult, plain_metrics, plain_probes, plain_tags
from .sae import Feature, FeatureReader
from .strategies import Context, Proposal
from .strategies.base import ticked


@dataclass(frozen=True, eq=False)
class Judged:
    """A proposal that was measured and not yet recorded; hand it to ``commit`` or drop it.

    ``before`` is None where there was no prompt to measure on. ``source`` says where the patch came from: ``kind`` is
    evolve, features (with ``given``: feature id -> activation named for it, or None), reapply (with ``of`` and
    ``factor``) or import (with what the file says of itself). ``recipe`` holds what the record says of the step's
    settings: ``settings`` (the whole evolution section, None where the patch was not made here), ``strategy``, and
    ``learning_rate`` where there was one.
    """

    prompt: str
    proposal: Proposal
    measurement: Measurement
    before: PromptState | None
    started: float
    source: Mapping[str, Any]
    recipe: Mapping[str, Any]

    @property
    def status(self) -> str:
        """What it is recorded as."""
        return {"safe": "committed", "warning": "warning", "reject": "rejected"}[self.measurement.verdict.level]


def recipe_of(settings: EvolutionConfig) -> dict[str, Any]:
    """What the record says of a step's settings."""
    chosen = {"strategy": settings.strategy, "learning_rate": settings.learning_rate}
    return {"settings": settings.model_dump(mode="json"), **chosen}


def reapplied(entry: Entry, factor: float) -> tuple[dict[str, Any], tuple[Feature, ...]]:
    """The recipe and features of a recorded proposal times ``factor``."""
    recipe = {"settings": entry.details.get("settings"), "strategy": entry.details.get("strategy", "")}
    rate = entry.details.get("learning_rate")
    if rate is not None:
        recipe["learning_rate"] = rate * factor
    return recipe, tuple(Feature(i, activation) for i, activation in entry.details.get("features", ()))


def context_of(
    model: LanguageModel,
    reader: FeatureReader,
    prompt: PromptState,
    config: Config,
    settings: EvolutionConfig,
    keys: Mapping[int, str],
    wanted: Mapping[int, float | None] | None,
    seed: int,
) -> Context:
    """What a strategy needs, position 0 left out. ``keys``: the hook of each block's key; ``wanted``: ticked features,
    None for the strongest."""
    sae = config.sae
    acts = reader.activations(prompt.watched(reader.info.hook_name)[0, 1:])  # (n, d_sae)
    counting = acts[-1:] if settings.token == "last" else acts  # (tokens, d_sae)
    given = None
    if wanted is None:
        features = reader.active(counting.mean(0), sae.threshold, settings.top_k_features, sae.max_density)
    else:
        features, given = ticked(wanted, counting)
    return Context(
        model=model,
        reader=reader,
        settings=settings,
        keys={layer: prompt.watched(name)[0, 1:].float() for layer, name in keys.items()},
        activations=acts,
        features=features,
        threshold=sae.threshold,
        seed=seed,
        given=given,
    )


def check_fits(model: LanguageModel, patch: Patch) -> None:
    """Raises InputError or ModelError where a patch made elsewhere cannot be laid beside this model's matrices."""
    for f in patch.factors:
        d_out, d_in = model.writer_at(*f.site).weight().shape
        if f.u.ndim != 2 or f.v.ndim != 2 or f.u.shape[1] != f.v.shape[1]:
            raise InputError(f"the patch's factors {tuple(f.u.shape)} and {tuple(f.v.shape)} do not belong together")
        if (f.u.shape[0], f.v.shape[0]) != (d_out, d_in):
            raise InputError(
                f"the patch changes a {f.u.shape[0]}x{f.v.shape[0]} matrix, and {f.component} of block {f.layer} of "
                f"{model.info.name} is {d_out}x{d_in}"
            )
    if not patch.factors or not patch.is_finite:
        raise InputError("the patch holds numbers that are not finite" if patch.factors else "the patch is empty")


# --- what is recorded -------------------------------------------------------------------------------------------------


def details_of(judged: Judged, sae_name: str) -> dict[str, Any]:
    """A judged proposal's details, in plain values."""
    m, patch = judged.measurement, judged.measurement.patch
    return {
        "metrics": plain_metrics(m.step, m.cumulative),
        "prompt_metrics": _prompt_metrics(m),
        "probe_metrics": plain_probes(m.step),
        "tag_metrics": plain_tags(m.step, m.cumulative),
        "reason": m.verdict.reason,
        "features": [[f.id, float(f"{f.activation:.6g}")] for f in judged.proposal.features],
        "source": dict(judged.source),
        **judged.recipe,
        "layers": list(patch.layers),
        "rank": patch.rank,
        "norm": patch.frobenius,
        "threads": torch.get_num_threads(),  # sums are taken in another order with another number of them
        "sae": sae_name,
        "seconds": time.perf_counter() - judged.started,
    }


def _prompt_metrics(m: Measurement) -> dict[str, dict[str, float | None]]:
    if m.prompt_step is None or m.prompt_cumulative is None:
        return {}
    return plain_metrics(m.prompt_step, m.prompt_cumulative)


def details_of_nothing(settings: EvolutionConfig, reason: str, seconds: float) -> dict[str, Any]:
    """The details of a step for which nothing could be proposed."""
    source = {"kind": "evolve"}
    return {"reason": f"rejected: {reason}", "source": source, **recipe_of(settings), "seconds": seconds}


def result_of(entry: Entry, state_hash: str, judged: Judged | None, effect: Effect | None) -> EvolveResult:
    """What the engine returns for a recorded step; ``judged`` is None where nothing could be proposed."""
    details = entry.details
    return EvolveResult(
        step=entry.step,
        status=entry.status,
        patch_id=entry.patch_id,
        state_hash=state_hash,
        prompt=entry.prompt,
        reason=details["reason"],
        verdict=judged.measurement.verdict if judged else None,
        metrics=details.get("metrics", {}),
        prompt_metrics=details.get("prompt_metrics", {}),
        probe_metrics=details.get("probe_metrics", {}),
        tag_metrics=details.get("tag_metrics", {}),
        features=judged.proposal.features if judged else (),
        effect=effect,
        strategy=details["strategy"],
        layers=tuple(details.get("layers", ())),
        rank=details.get("rank", 0),
        norm=details.get("norm", 0.0),
        seconds=details["seconds"],
    )


def effect_of(judged: Judged, model: LanguageModel, reader: FeatureReader | None) -> Effect | None:
    """What a proposal does to its own prompt; None where there is no prompt."""
    after = judged.measurement.prompt_after
    if judged.before is None or after is None:
        return None
    states = (judged.before.now, after)
    nll = tuple(state.nll[1:].mean().item() for state in states)
    return Effect(nll, tuple(_next_tokens(model, state) for state in states), _changed(judged, states, reader))


def _changed(
    judged: Judged, states: tuple[Snapshot, Snapshot], reader: FeatureReader | None
) -> dict[int, tuple[float, float]]:
    """The proposal's features at the last token, before and after."""
    if reader is None or not judged.proposal.features:
        return {}
    hook = reader.info.hook_name
    acts = reader.activations(torch.stack([state.watched[hook][0, -1] for state in states]))  # (2, d_sae)
    return {f.id: (acts[0, f.id].item(), acts[1, f.id].item()) for f in judged.proposal.features}


def _next_tokens(model: LanguageModel, state: Snapshot) -> tuple[tuple[str, float], ...]:
    ids = state.top[-1]
    values = state.probs(-1)[ids].tolist()
    return tuple(zip(model.token_strings(ids.tolist()), values, strict=True))
