"""Compare any two states of a session: what they are made of, and what the model does in each."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor

from .atlas.places import find_atlas
from .atlas.store import Atlas
from .comparison_records import (
    ComparedState,
    FeatureDifference,
    MatrixChange,
    ProbeDifference,
    SettingDifference,
    StateComparison,
    TokenDifference,
)
from .errors import InputError
from .immune.comparison import Comparison
from .immune.snapshot import Snapshot
from .model import Sampling
from .patch_stack import ModelChange
from .patches import Factors, Patch, Site
from .progress import Progress, unwatched
from .text_difference import differences
from .timeline import BASE
from .tokens import single

if TYPE_CHECKING:
    from .hera import HeraEngine

NOW = "now"
"""The name of the present state."""
TOKENS_SHOWN = 10
FEATURES_SHOWN = 20
MOST_TOKENS = 4096
NO_SAE = "this model has no SAE, so there are no features to compare"
UPSTREAM = "the SAE reads {hook}, before every matrix in which the states differ; its features cannot differ"


@dataclass(frozen=True)
class _Side:
    """A state with its patches."""

    state: ComparedState
    patches: tuple[ModelChange, ...]


def compare_states(
    engine: HeraEngine,
    a: str | Sequence[str],
    b: str | Sequence[str],
    prompt: str = "",
    text: str = "",
    tokens: int = 40,
    progress: Progress = unwatched,
) -> StateComparison:
    """Compare state ``b`` with state ``a``; model and session are as before when this returns or raises.

    Args:
        a, b: "base", "now", a patch (the state right after it was committed), or patches in order.
        prompt: what both states continue, by at most ``tokens`` tokens, greedily; "" leaves tokens and texts out.
        text: what the features are read on; "" takes the prompt.
        tokens: 1 to 4096.

    Raises:
        InputError: an unknown state, or a prompt or text that cannot be used.
        Cancelled: ``progress`` said so.
    """
    if not 1 <= tokens <= MOST_TOKENS:
        raise InputError(f"{tokens} tokens cannot be generated; 1 to {MOST_TOKENS} are allowed")
    limit = engine.config.model.max_prompt_tokens
    ids = engine.model.check_prompt(prompt, limit) if prompt else None
    text = text or prompt
    read = engine.model.check_prompt(text, limit) if text else None
    left, right = _side(engine, a), _side(engine, b)
    progress("measuring the probes", 0.05)
    *_, probes = engine.immune.between(left.patches, right.patches)
    progress("reading the next tokens", 0.35)
    next_tokens = _next_tokens(engine, left, right, ids) if ids else ()
    progress("reading the features", 0.5)
    features, note = _features(engine, left, right, read) if read else ((), "")
    texts = _texts(engine, left, right, prompt, tokens, progress) if prompt else ("", "")
    return StateComparison(
        **_patches_of(left.state, right.state),
        settings=_settings(engine, left.state, right.state),
        matrices=_matrices(engine, left, right),
        metrics={name: _finite(value) for name, value in probes.overall.items()},
        probes=_probes(engine, probes),
        prompt=prompt,
        text=text,
        next_tokens=next_tokens,
        features=features,
        features_note=note,
        texts=texts,
        differences=differences(*texts),
    )


def _side(engine: HeraEngine, wanted: str | Sequence[str]) -> _Side:
    name, active = NOW, engine.ledger.timeline.current.active
    if not isinstance(wanted, str):
        name, active = ", ".join(wanted) or BASE, tuple(wanted)
    elif wanted == BASE:
        name, active = BASE, ()
    elif wanted != NOW:
        name, active = wanted, engine.ledger.timeline.state_after(wanted).active
    patches = tuple(engine.changes(active))
    return _Side(ComparedState(name, engine.ledger.hash_of(active), active), patches)


# --- what the states are made of --------------------------------------------------------------------------------------


def _patches_of(a: ComparedState, b: ComparedState) -> dict[str, Any]:
    in_a, in_b = frozenset(a.active), frozenset(b.active)
    common = tuple(p for p in a.active if p in in_b)
    return {
        "a": a,
        "b": b,
        "only_a": tuple(p for p in a.active if p not in in_b),
        "only_b": tuple(p for p in b.active if p not in in_a),
        "common": common,
        "reordered": common != tuple(p for p in b.active if p in in_a),
    }


def _settings(engine: HeraEngine, a: ComparedState, b: ComparedState) -> tuple[SettingDifference, ...]:
    """The settings whose values differ between the patches of the one and of the other."""
    settings = {entry.patch_id: entry.details.get("settings") or {} for entry in engine.ledger.entries()}
    values = [{}, {}]  # type: list[dict[str, list[Any]]]
    for side, state in zip(values, (a, b), strict=True):
        for patch_id in state.active:
            for key, value in settings.get(patch_id, {}).items():
                seen = side.setdefault(key, [])
                if value not in seen:
                    seen.append(value)
    keys = dict.fromkeys([*values[0], *values[1]])
    found = (SettingDifference(key, *(tuple(side.get(key, ())) for side in values)) for key in keys)
    return tuple(one for one in found if _unordered(one.a) != _unordered(one.b))


def _unordered(values: tuple[Any, ...]) -> list[str]:
    return sorted(map(repr, values))


def _matrices(engine: HeraEngine, left: _Side, right: _Side) -> tuple[MatrixChange, ...]:
    sites = sorted({factors.site for side in (left, right) for patch in side.patches for factors in patch.factors})
    return tuple(_matrix(engine, site, left.patches, right.patches) for site in sites)


def _matrix(engine: HeraEngine, site: Site, a: Sequence[Patch], b: Sequence[Patch]) -> MatrixChange:
    weight = engine.model.writer_at(*site).weight().cpu().double().norm().item()
    left, right = _columns(site, a), _columns(site, b)
    norms = [_norm(site, columns) / weight for columns in (left, right, _minus(right, left))]
    return MatrixChange(*site, *norms)


def _columns(site: Site, patches: Sequence[Patch]) -> list[tuple[Tensor, Tensor]]:
    return [(f.u, f.v) for patch in patches for f in patch.factors if f.site == site]


def _minus(columns: list[tuple[Tensor, Tensor]], others: list[tuple[Tensor, Tensor]]) -> list[tuple[Tensor, Tensor]]:
    """``columns`` without ``others``. What both hold leaves exactly nothing, where arithmetic would leave a little."""
    mine, theirs = ({id(u) for u, _ in side} for side in (columns, others))
    more = [(u, v) for u, v in columns if id(u) not in theirs]
    return more + [(-u, v) for u, v in others if id(u) not in mine]


def _norm(site: Site, columns: list[tuple[Tensor, Tensor]]) -> float:
    if not columns:
        return 0.0
    return Factors(*site, torch.cat([u for u, _ in columns], 1), torch.cat([v for _, v in columns], 1)).frobenius


# --- what the model does ----------------------------------------------------------------------------------------------


def _probes(engine: HeraEngine, found: Comparison) -> tuple[ProbeDifference, ...]:
    rows = []
    for number, probe in enumerate(engine.immune.probes):
        values = {name: per_text[number] for name, per_text in found.per_text.items()}
        rows.append((_distance(values), ProbeDifference(probe.text, probe.tags, _finites(values))))
    return tuple(row for _, row in sorted(rows, key=lambda pair: -pair[0]))


def _distance(values: dict[str, float]) -> float:
    """How far a probe is from unchanged, by its divergence."""
    value = values["js_divergence"]
    return math.inf if math.isnan(value) else value


def _next_tokens(engine: HeraEngine, left: _Side, right: _Side, ids: tuple[int, ...]) -> tuple[TokenDifference, ...]:
    a, b, _ = engine.immune.between(left.patches, right.patches, ids)
    probs = [_last(snapshot) for snapshot in (a, b)]
    larger = torch.maximum(*probs)
    best = larger.topk(min(TOKENS_SHOWN, larger.numel())).indices
    names = engine.model.token_strings(best.tolist())
    values = zip(*(side[best].tolist() for side in probs), strict=True)
    return tuple(TokenDifference(name, *pair) for name, pair in zip(names, values, strict=True))


def _last(snapshot: Snapshot) -> Tensor:
    """The distribution after the last token, ``(d_vocab,)``."""
    return snapshot.probs(len(snapshot.batch.texts[0]) - 1)


def _features(
    engine: HeraEngine, left: _Side, right: _Side, ids: tuple[int, ...]
) -> tuple[tuple[FeatureDifference, ...], str]:
    if engine.info().sae is None:
        return (), NO_SAE
    a, b = (_activations(engine, side.patches, ids) for side in (left, right))
    order = (b - a).abs().topk(min(FEATURES_SHOWN, a.numel()))
    chosen = [i for i, change in zip(order.indices.tolist(), order.values.tolist(), strict=True) if change > 0]
    names = _names(engine) if chosen else {}
    found = tuple(FeatureDifference(i, a[i].item(), b[i].item(), names.get(i, "")) for i in chosen)
    hook = engine.reader.info.hook_name
    differs = left.state.state_hash != right.state.state_hash
    return found, UPSTREAM.format(hook=hook) if differs and _upstream(engine, left, right) else ""


def _names(engine: HeraEngine) -> dict[int, str]:
    """What features are called: by the user, else by the atlas where there is one."""
    sae = engine.reader.info
    path = find_atlas(engine.reader.folder, sae.fingerprint)
    names: dict[int, str] = {}
    if path is not None:
        with Atlas.open(path) as atlas:
            names = dict(enumerate(atlas.names))
    return names | {label.feature: label.name for label in engine.ledger.labels.all(sae.fingerprint) if label.name}


def _upstream(engine: HeraEngine, left: _Side, right: _Side) -> bool:
    """Whether the SAE reads before everything that differs."""
    mine, theirs = ({id(p): p for p in side.patches} for side in (left, right))
    differing = [p for key, p in {**mine, **theirs}.items() if (key in mine) != (key in theirs)]
    last_seen = engine.reader.block - 1 if engine.reader.reads_before_block else engine.reader.block
    return bool(differing) and min(p.first_layer for p in differing) > last_seen


def _activations(engine: HeraEngine, patches: Sequence[Patch], ids: tuple[int, ...]) -> Tensor:
    """Each feature's largest activation, ``(d_sae,)``, position 0 left out."""
    reader, model = engine.reader, engine.model
    hook = reader.info.hook_name
    with engine.stack.temporarily(patches), torch.inference_mode():
        batch = single(ids).to(model.device)
        hidden = model.forward(batch, [hook], last_block=reader.block).captured[hook][0, 1:]
        return torch.stack([reader.activations(part).amax(0) for part in hidden.split(16)]).amax(0).float().cpu()


def _texts(
    engine: HeraEngine, left: _Side, right: _Side, prompt: str, tokens: int, progress: Progress
) -> tuple[str, str]:
    written = []
    for number, side in enumerate((left, right)):
        done = 0

        def on_text(_: str, start: float = 0.6 + 0.2 * number) -> None:
            nonlocal done
            done += 1
            progress("writing the continuations", min(start + 0.2 * done / max(tokens, 1), 1.0))

        options = Sampling(max_new_tokens=tokens, seed=engine.config.experiment.seed)
        written.append(engine.generate(prompt, options, side.state.active, on_text))
    return written[0], written[1]


def _finites(values: dict[str, float]) -> dict[str, float | None]:
    return {name: _finite(value) for name, value in values.items()}


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
