"""An engine without a model: the real timeline, invented measures. It imports nothing heavy."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from hera_desktop.engine.atlas.records import FeatureOnText, Label, PatchAlong, TextFeatures
from hera_desktop.engine.changes import configured, plain, settings_change
from hera_desktop.engine.config import Config, EvolutionConfig, load_config
from hera_desktop.engine.errors import InputError, SessionError
from hera_desktop.engine.timeline import BASE, Event, Timeline, state_hash

LIMITS = {
    "js_divergence": {"step": (0.105, 0.15), "cumulative": (0.21, 0.30)},
    "ppl_ratio": {"step": (1.35, 1.5), "cumulative": (1.7, 2.0)},
    "cosine_drift": {"step": (0.035, 0.05), "cumulative": (0.07, 0.10)},
}
MODEL = SimpleNamespace(
    name="FakeLM-135M",
    architecture="Fake",
    n_layers=30,
    d_model=576,
    device="cpu",
    dtype="float32",
    fingerprint="f" * 64,
)
SAE = SimpleNamespace(name="fake-sae", hook_name="blocks.7.hook_out", d_sae=96, fingerprint="0" * 64)
VALUES = {"reject": 0.2314, "warn": 0.1203}


@dataclass
class FakeLedger:
    timeline: Timeline = field(default_factory=Timeline)
    log: list[Event] = field(default_factory=list)
    history: list[SimpleNamespace] = field(default_factory=list)
    closed: bool = False

    @property
    def state_hash(self) -> str:
        return state_hash("fake", self.timeline.current.active)

    @staticmethod
    def hash_of(active: tuple[str, ...]) -> str:
        return state_hash("fake", active)

    @property
    def revision(self) -> int:
        return len(self.log)

    def events(self, since: int = 0) -> list[Event]:
        return self.log[since:]

    def entries(self, since: int = 0) -> list[SimpleNamespace]:
        return self.history[since:]

    def committed_as(self, state_hash: str) -> str | None:
        commits = (event for event in self.log if event.kind == "commit" and event.state_hash == state_hash)
        return next((event.patch_id for event in commits), None)

    def entry(self, patch_id: str) -> SimpleNamespace:
        return next(entry for entry in self.history if entry.patch_id == patch_id)

    def set_texts(self, step: int, before: str, after: str) -> None:
        self.history[step - 1].details["texts"] = {"before": before, "after": after}

    def record(self, kind: Any, patch_id: str | None, payload: Any = None) -> str:
        """Carry an event out; returns in words what was undone or redone."""
        words = {"undo": self.timeline.undo_words, "redo": self.timeline.redo_words}.get(kind, "")
        planned = self.timeline.plan(kind, patch_id, payload)
        if planned.change is not None and "patch_id" in planned.change.payload:
            payload = planned.change.payload
            setattr(self.entry(payload["patch_id"]), payload["field"], payload["after"])
        self.timeline.carry_out(planned)
        time = _time(2 * len(self.log) + 1)
        self.log.append(Event(len(self.log) + 1, kind, patch_id, self.state_hash, time, payload))
        return words


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
        self.registry = SimpleNamespace(history=self.ledger.history)
        self.gate = gate
        self.notices = notices
        self.read_only = False
        self.standings = 0
        self.generated: list[tuple[str, ...] | None] = []
        self.reader = SimpleNamespace(folder=None)
        self.sae: SimpleNamespace | None = SAE
        self.lab = FakeLab(self)
        self.edits = FakeEdits(self)

    def close(self) -> None:
        self.ledger.closed = True

    def info(self) -> SimpleNamespace:
        timeline = self.ledger.timeline
        return SimpleNamespace(
            model=MODEL,
            sae=self.sae,
            session="/tmp/fake.hera",
            state_hash=self.ledger.state_hash,
            active=timeline.current.active,
            can_undo=timeline.can_undo,
            can_redo=timeline.can_redo,
            notices=self.notices,
            limits=LIMITS,
            every_tag=True,
            probes=("a probe",),
            read_only=self.read_only,
            read_only_reason="is open in another window or program" if self.read_only else "",
            undo_words=timeline.undo_words,
            redo_words=timeline.redo_words,
        )

    def standing(self) -> SimpleNamespace:
        """As after the last step; a tenth of a per cent of block 7 for every active patch."""
        active, measured = self.ledger.timeline.current.active, self.ledger.history
        metrics = measured[-1].metrics if active else {}
        neutral = {"js_divergence": 0.0, "ppl_ratio": 1.0, "cosine_drift": 0.0}
        cumulative = {name: metrics[name]["cumulative"] if metrics else value for name, value in neutral.items()}
        changes = ((7, "mlp.out", 0.001 * len(active)),) if active else ()
        self.standings += 1
        return SimpleNamespace(state_hash=self.ledger.state_hash, cumulative=cumulative, changes=changes)

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
            tags=(),
            name="",
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
        change = self.ledger.timeline.plan(kind, patch_id).change
        what = self.ledger.record(kind, patch_id)
        state = self.ledger.timeline.current.active
        hashed = self.ledger.state_hash
        if change is not None:
            kind, patch_id = change.kind, change.payload.get("patch_id")
            if change.kind == "configure":
                self.config = configured(self.config, change.payload)
        return SimpleNamespace(kind=kind, patch_id=patch_id, state_hash=hashed, active=state, what=what)

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

    def reapply(self, patch_id: str, factor: float, progress: Any) -> SimpleNamespace:
        progress("measuring the patch", 0.2)
        result = self._record(self.ledger.entry(patch_id).prompt)
        entry = self.ledger.entry(result.patch_id)
        entry.details["source"] = {"kind": "reapply", "of": patch_id, "factor": factor}
        return result

    def adopt(self, patch: Any, prompt: str, source: Any, progress: Any) -> SimpleNamespace:
        progress("measuring the patch", 0.2)
        result = self._record(prompt)
        self.ledger.entry(result.patch_id).details["source"] = dict(source)
        return result

    def configure(self, config: Config) -> SimpleNamespace:
        change = settings_change(plain(self.config), plain(config))
        if change is not None:
            self.ledger.record("configure", None, change.payload)
        self.config = config
        return self.info()

    def note(self, patch_id: str, text: str) -> SimpleNamespace:
        return self._annotate("note", patch_id, "note", text)

    def tag(self, patch_id: str, tags: Any) -> SimpleNamespace:
        return self._annotate("tag", patch_id, "tags", tuple(tags))

    def rename(self, patch_id: str, name: str) -> SimpleNamespace:
        return self._annotate("rename", patch_id, "name", name)

    def _annotate(self, kind: str, patch_id: str, field: str, value: Any) -> SimpleNamespace:
        entry = self.ledger.entry(patch_id)
        before = getattr(entry, field)
        payload = {"patch_id": patch_id, "field": field, "before": before, "after": value}
        if value != before:
            self.ledger.record(kind, patch_id, payload)
        return entry


class FakeEdits:
    """Target edits that need half of their strength; every earlier one but p1 is still said freely."""

    def __init__(self, engine: FakeEngine) -> None:
        self._engine = engine
        self.asked: list[tuple[str, str, str | None, str]] = []

    def evolve(self, prompt: str, target: str, subject: str | None, settings: Any, progress: Any) -> SimpleNamespace:
        if subject is not None and subject not in prompt:
            raise InputError(f"the subject {subject!r} does not stand in the prompt {prompt!r}")
        self.asked.append((prompt, target, subject, settings.strategy))
        earlier = [e.patch_id for e in self._engine.ledger.history if "source" in e.details]
        result = self._engine.evolve(prompt, None, progress)
        details = self._engine.ledger.history[-1].details
        doses = [(0.0, 0.001, "safe"), (0.5, 0.62, "warning"), (1.0, 0.9, "reject")]
        details |= {"strategy": settings.strategy, "layers": [4], "rank": 1, "norm": 0.25}
        details["source"] = {
            "kind": "edit",
            "target": target,
            "subject": subject or prompt.split()[-2:][0],
            "layer": 4,
            "share": 0.5,
            "before": 0.001,
            "doses": [{"share": s, "target": t, "level": level, "metrics": {}} for s, t, level in doses],
            "retested": [{"patch_id": p, "target": 0.55, "free": p != "p1"} for p in earlier],
            "edits": {},
        }
        return result


class FakeLab:
    """Features without an SAE: at every token but the first, three features fire, told by the token's place and
    length. An edit makes all but feature 1 fire more strongly."""

    def __init__(self, engine: FakeEngine) -> None:
        self._engine = engine
        self.kept: dict[int, Label] = {}
        self.read_texts: list[str] = []

    def _boost(self, edited: bool) -> float:
        return 0.5 * len(self._engine.ledger.timeline.current.active) if edited else 0.0

    def read(self, text: str, keep: int = 20, edited: bool = True) -> TextFeatures:
        if "bad" in text:
            raise InputError("the text has 4096 tokens; at most 1024 are allowed")
        self.read_texts.append(text)
        return self._features(text, edited)

    def _features(self, text: str, edited: bool) -> TextFeatures:
        tokens = tokens_of(text)
        ids = [(), *((place, 2, 1) for place in range(3, len(tokens) + 2))]
        boost = self._boost(edited)
        values = [(), *((9.0 + boost, 4.0 + boost + place / 10, 1.0) for place in range(1, len(tokens)))]
        return TextFeatures(text, tokens, tuple(map(tuple, ids)), tuple(map(tuple, values)))

    def on_text(self, feature: int, text: str) -> FeatureOnText:
        base, edited = (self._features(text, side).of(feature) for side in (False, True))
        return FeatureOnText(feature, text, tokens_of(text), base, edited, self._engine.ledger.state_hash)

    def patches_along(self, feature: int) -> tuple[PatchAlong, ...]:
        active = self._engine.ledger.timeline.current.active
        return tuple(PatchAlong(patch_id, (7,), 0.5 / (1 + place)) for place, patch_id in enumerate(active))

    def labels(self) -> tuple[Label, ...]:
        return tuple(self.kept.values())

    def label(self, label: Label) -> None:
        if "refuse" in label.name:
            raise SessionError("session /tmp/fake.hera cannot be written: the disk is full")
        self.kept[label.feature] = label

    def import_labels(self, path: Path) -> int:
        if "bad" in path.name:
            raise InputError(f"file {path} holds no names")
        self.kept[5] = Label(5, "imported colours", "words for colours", source="import")
        return 1


def tokens_of(text: str) -> tuple[str, ...]:
    """Words with the blank before them, newlines by themselves."""
    return tuple(re.findall(r"\n| ?[^ \n]+| +", text))


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
