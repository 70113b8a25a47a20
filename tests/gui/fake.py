"""An engine without a model: the real timeline, invented measures. It imports nothing heavy."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from hera_desktop.engine.config import EvolutionConfig, load_config
from hera_desktop.engine.errors import InputError
from hera_desktop.engine.timeline import BASE, Event, Timeline, state_hash

LIMITS = {
    "js_divergence": {"step": (0.105, 0.15), "cumulative": (0.21, 0.30)},
    "ppl_ratio": {"step": (1.35, 1.5), "cumulative": (1.7, 2.0)},
    "cosine_drift": {"step": (0.035, 0.05), "cumulative": (0.07, 0.10)},
}
MODEL = SimpleNamespace(
    name="FakeLM-135M", architecture="Fake", n_layers=30, device="cpu", dtype="float32", fingerprint="f" * 64
)
SAE = SimpleNamespace(name="fake-sae", hook_name="blocks.7.hook_out")
VALUES = {"reject": 0.2314, "warn": 0.1203}


@dataclass
class FakeLedger:
    timeline: Timeline = field(default_factory=Timeline)
    log: list[Event] = field(default_factory=list)
    closed: bool = False

    @property
    def state_hash(self) -> str:
        return state_hash("fake", self.timeline.current.active)

    def events(self) -> list[Event]:
        return self.log

    def record(self, kind: Any, patch_id: str | None) -> None:
        self.timeline.apply(kind, patch_id)
        self.log.append(Event(len(self.log) + 1, kind, patch_id, self.state_hash, _time(2 * len(self.log) + 1)))


def _time(number: int) -> str:
    return f"2025-01-01T10:00:{number / 1000:06.3f}+00:00"


class FakeEngine:
    """Rejects prompts with "reject" in them, warns on "warn", fails on "crash" and "bad"; with ``gate`` given it waits
    for it while it evolves."""

    def __init__(self, gate: threading.Event | None = None, notices: tuple[str, ...] = ()) -> None:
        self.config = load_config(environment={})
        self.target_layers = (7,)
        self.settings: list[EvolutionConfig | None] = []
        self.ledger = FakeLedger()
        self.registry = SimpleNamespace(history=[])
        self.gate = gate
        self.notices = notices
        self.generated: list[tuple[str, ...] | None] = []

    def close(self) -> None:
        self.ledger.closed = True

    def info(self) -> SimpleNamespace:
        timeline = self.ledger.timeline
        return SimpleNamespace(
            model=MODEL,
            sae=SAE,
            session="/tmp/fake.hera",
            state_hash=self.ledger.state_hash,
            active=timeline.current.active,
            can_undo=timeline.can_undo,
            can_redo=timeline.can_redo,
            notices=self.notices,
            limits=LIMITS,
            probes=("a probe",),
        )

    def evolve(self, prompt: str, settings: EvolutionConfig | None, progress: Any) -> SimpleNamespace:
        self.settings.append(settings)
        progress("measuring the proposal", 0.2)
        if self.gate is not None:
            while not self.gate.wait(0.01):
                progress("measuring the proposal", 0.4)
        if "bad" in prompt:
            raise InputError("the prompt has 4096 tokens; at most 1024 are allowed")
        if "crash" in prompt:
            raise ZeroDivisionError("a fault of ours")
        return self._record(prompt)

    def _record(self, prompt: str) -> SimpleNamespace:
        step = len(self.registry.history) + 1
        status = "rejected" if "reject" in prompt else "warning" if "warn" in prompt else "committed"
        js = next((value for word, value in VALUES.items() if word in prompt), 0.01 + 0.004 * step)
        details = {"metrics": _metrics(js, step), "reason": _reason(status, js), "strategy": "hebbian"}
        time = _time(2 * len(self.ledger.log))
        if status != "rejected":
            self.ledger.record("commit", f"p{step}")
        entry = SimpleNamespace(
            step=step,
            patch_id=f"p{step}",
            status=status,
            prompt=prompt,
            details=details,
            metrics=details["metrics"],
            note="",
            time=time,
        )
        self.registry.history.append(entry)
        tokens = ((" Paris", 0.4213), (" the", 0.1), ("\n", 0.05), (" a", 0.02), (" in", 0.01))
        effect = SimpleNamespace(prompt_nll=(3.412, 3.377), next_tokens=(tokens, tokens[::-1]))
        shown = {"verdict": None, "features": (SimpleNamespace(id=17),), "layers": (7,), "rank": 1}
        figures = {"norm": 0.1, "seconds": 1.2, "effect": effect, "strategy": "hebbian"}
        common = {"step": step, "status": status, "patch_id": f"p{step}", "prompt": prompt}
        return SimpleNamespace(
            **common, **shown, **figures, reason=details["reason"], state_hash=self.ledger.state_hash
        )

    def generate(self, prompt: str, sampling: Any, patches: Any, on_text: Any, cancelled: Any) -> str:
        self.generated.append(tuple(patches))
        pieces = [" Paris", ", and", f" {len(patches)}", " patches."]
        for piece in pieces:
            on_text(piece)
        return "".join(pieces)

    def _move(self, kind: Any, patch_id: str | None) -> SimpleNamespace:
        self.ledger.record(kind, patch_id)
        state = self.ledger.timeline.current.active
        return SimpleNamespace(kind=kind, patch_id=patch_id, state_hash=self.ledger.state_hash, active=state)

    def roll_back_to(self, patch_id: str) -> SimpleNamespace:
        return self._move("roll_back_to", None if patch_id == BASE else patch_id)

    def revert(self, patch_id: str) -> SimpleNamespace:
        return self._move("revert", patch_id)

    def restore(self, patch_id: str) -> SimpleNamespace:
        return self._move("restore", patch_id)

    def undo(self) -> SimpleNamespace:
        return self._move("undo", None)

    def redo(self) -> SimpleNamespace:
        return self._move("redo", None)

    def note(self, patch_id: str, text: str) -> SimpleNamespace:
        entry = next(e for e in self.registry.history if e.patch_id == patch_id)
        entry.note = text
        return entry


def _metrics(js: float, step: int) -> dict[str, dict[str, float]]:
    return {
        "js_divergence": {"step": js, "cumulative": min(js * 1.6, 0.4)},
        "ppl_ratio": {"step": 1 + js / 3, "cumulative": 1 + 0.05 * step},
        "cosine_drift": {"step": js / 10, "cumulative": 0.004 * step},
    }


def _reason(status: str, js: float) -> str:
    figures = f"JS divergence against the state before the step is {js:.4f} bits"
    if status == "rejected":
        return f"rejected: {figures}, over the limit 0.15 (worst probe: 'a probe')"
    if status == "warning":
        return f"warning: {figures}, close to the limit 0.15 (worst probe: 'a probe')"
    return f"safe: all measures are under their limits; nearest is {figures} of limit 0.15"
