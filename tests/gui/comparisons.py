"""Comparisons of the fake engine's states: the real records with invented figures."""

from __future__ import annotations

from typing import Any

from hera_desktop.engine.comparison_records import (
    ComparedState,
    FeatureDifference,
    MatrixChange,
    ProbeDifference,
    SettingDifference,
    StateComparison,
    TokenDifference,
)
from hera_desktop.engine.text_difference import differences
from hera_desktop.engine.timeline import BASE, state_hash
from hera_desktop.gui.compare_requests import NOW, CompareRequest

from .fake import FakeEngine

CONTINUATIONS = (
    " Paris. It is the largest city of the country and lies on the Seine, in the north.",
    " Rome. It is the largest city of the country and lies on the Tiber, in the middle.",
)
TOKENS = (" Paris", " Rome", " the", " a", "\n", " located", " called", " in", " not", " known")
PROBES = ("The ferry left the harbour at dawn.", "def add(a, b):\n    return a + b", "2 + 2 =", "Dear Sir or Madam,")
NAMES = ("capital cities", "names of rivers in Europe, mostly after a comma", "", "Italy and things Italian")


def fake_comparison(engine: FakeEngine, request: CompareRequest, progress: Any) -> StateComparison:
    """What the engine's ``compare_states`` would find, invented; it waits at the engine's gate, and raises what the
    real one raises for a state that is not there."""
    progress("measuring the probes", 0.05)
    while engine.gate is not None and not engine.gate.wait(0.01):
        progress("reading the next tokens", 0.35)
    sides = [_state(engine, key) for key in (request.a, request.b)]
    same = sides[0].state_hash == sides[1].state_hash
    texts = ("", "") if not request.prompt else (CONTINUATIONS[0], CONTINUATIONS[0 if same else 1])
    read = bool(request.prompt or request.text)
    has_sae = engine.sae is not None
    return StateComparison(
        **_patches(*sides),
        settings=() if same else _settings(sides),
        matrices=_matrices(sides),
        metrics=_metrics(0.0 if same else 0.0731),
        probes=tuple(
            ProbeDifference(text, ("code",) if "def" in text else (), _metrics(0.0 if same else 0.12 / (1 + place)))
            for place, text in enumerate(PROBES)
        ),
        prompt=request.prompt,
        text=request.text or request.prompt,
        next_tokens=_tokens(same) if request.prompt else (),
        features=_features(same) if read and has_sae else (),
        features_note="" if has_sae else "this model has no SAE, so there are no features to compare",
        texts=texts,
        differences=differences(*texts),
    )


def _state(engine: FakeEngine, key: str) -> ComparedState:
    timeline = engine.ledger.timeline
    active = {BASE: lambda: (), NOW: lambda: timeline.current.active}.get(
        key, lambda: timeline.state_after(key).active
    )()
    return ComparedState(key, state_hash("fake", active), active)


def _patches(a: ComparedState, b: ComparedState) -> dict[str, Any]:
    return {
        "a": a,
        "b": b,
        "only_a": tuple(p for p in a.active if p not in b.active),
        "only_b": tuple(p for p in b.active if p not in a.active),
        "common": tuple(p for p in a.active if p in b.active),
        "reordered": False,
    }


def _settings(sides: list[ComparedState]) -> tuple[SettingDifference, ...]:
    made = [((0.03, 0.1) if side.active else ()) for side in sides]
    return (
        SettingDifference("learning_rate", *made),
        SettingDifference("strategy", *(("hebbian",) if side.active else () for side in sides)),
    )


def _matrices(sides: list[ComparedState]) -> tuple[MatrixChange, ...]:
    a, b = (len(side.active) for side in sides)
    if not a and not b:
        return ()
    sites = ((7, "attn.out", 0.0004), (7, "mlp.out", 0.001), (8, "mlp.out", 0.0007))
    return tuple(MatrixChange(layer, where, a * unit, b * unit, abs(b - a) * unit) for layer, where, unit in sites)


def _metrics(js: float) -> dict[str, float]:
    return {"js_divergence": js, "ppl_ratio": 1 + js / 3, "cosine_drift": js / 10, "entropy_change": js}


def _tokens(same: bool) -> tuple[TokenDifference, ...]:
    shares = [0.4213 / (1 + place) for place in range(len(TOKENS))]
    after = shares if same else [shares[1], shares[0], *(share * 0.9 for share in shares[2:])]
    return tuple(TokenDifference(*row) for row in zip(TOKENS, shares, after, strict=True))


def _features(same: bool) -> tuple[FeatureDifference, ...]:
    changes = () if same else (6.2, -4.1, 2.25, 0.75)
    return tuple(
        FeatureDifference(17 * (1 + place), 8.5, 8.5 + change, NAMES[place]) for place, change in enumerate(changes)
    )
