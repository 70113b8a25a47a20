"""What can be asked of the model thread: frozen requests of plain values.

``run`` is called on the model thread with the bench (which holds the engine) and a report; it returns a record. Heavy
modules are imported there and nowhere else in the window.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

from hera_desktop.engine.config import Config, EvolutionConfig, load_config
from hera_desktop.engine.errors import InputError

from .records import Evolved, Loading, Noted, Side, Step, TextPiece
from .snapshots import step_choices, take_snapshot

if TYPE_CHECKING:
    from hera_desktop.engine.hera import HeraEngine, Progress
    from hera_desktop.engine.records import EvolveResult, StateChange, StateInfo

ConfigSource = Config | str | Path | Mapping[str, Any] | None
EngineFactory = Callable[["Progress"], "HeraEngine"]
Move = Literal["roll_back_to", "rollback", "revert", "restore", "undo", "redo"]


class Report(Protocol):
    """How a running job talks to the window."""

    def progress(self, what: str, share: float | None = None) -> None:
        """Tell what is being done; raises Cancelled once the user has cancelled."""

    def say(self, what: str, share: float | None = None) -> None:
        """The same, and never raises."""

    def partial(self, record: Any) -> None:
        """Send a record before the job has ended."""

    def cancelled(self) -> bool: ...


class Bench:
    """Holds the engine. It lives on the model thread."""

    def __init__(self) -> None:
        self.engine: HeraEngine | None = None

    def need(self) -> HeraEngine:
        if self.engine is None:
            raise InputError("no model is loaded")
        return self.engine

    def replace(self, engine: HeraEngine | None) -> None:
        if self.engine is not None:
            self.engine.close()
        self.engine = engine


class Request(Protocol):
    @property
    def name(self) -> str:
        """What is going on, for the status bar."""

    def run(self, bench: Bench, report: Report) -> Any: ...


@dataclass(frozen=True)
class LoadRequest:
    """Load the model and open the session; ``factory`` makes another engine than the configured one."""

    source: ConfigSource = None
    overrides: tuple[str, ...] = ()
    session: str | None = None
    factory: EngineFactory | None = None

    name = "Loading the model"

    def run(self, bench: Bench, report: Report) -> StateInfo:
        make = self.factory or self._build
        if self.factory is None:
            report.partial(Loading(self._config().model.name))
        bench.replace(make(report.progress))
        report.partial(step_choices(bench.need()))
        return bench.need().info()

    def _config(self) -> Config:
        """The configuration, with what an existing session was made with standing in for the defaults."""
        if isinstance(self.source, Config):
            return self.source
        return load_config(self.source, self.overrides, stored=self._stored())

    def _stored(self) -> Mapping[str, Any] | None:
        if self.session is None or not Path(self.session).exists():
            return None
        from hera_desktop.engine.ledger import Ledger

        ledger = Ledger.open(Path(self.session))
        try:
            return json.loads(ledger.meta["config"])
        finally:
            ledger.close()

    def _build(self, progress: Progress) -> HeraEngine:
        progress("importing the libraries", None)
        from hera_desktop.engine.hera import HeraEngine

        return HeraEngine(self._config(), session=self.session, progress=progress)


@dataclass(frozen=True)
class EvolveRequest:
    """One step, then the prompt's continuation before and after it; ``tokens`` 0 leaves the texts out.

    ``strategy``, ``strength`` and ``blocks`` are as configured where they are None.
    """

    prompt: str
    tokens: int = 30
    strategy: str | None = None
    strength: float | None = None
    blocks: tuple[int, ...] | None = None

    name = "Evolving"

    def run(self, bench: Bench, report: Report) -> Evolved:
        engine = bench.need()
        active = engine.info().active
        result = engine.evolve(self.prompt, self._settings(engine), progress=report.progress)
        snapshot = take_snapshot(engine)
        report.partial(Step(result, snapshot, _before_label(active), _after_label(result)))
        before = self._continue(engine, report, "before", active)
        if result.patch_id is None:
            return Evolved(result, before, "", not report.cancelled())
        after = self._continue(engine, report, "after", (*active, result.patch_id))
        return Evolved(result, before, after, not report.cancelled())

    def _settings(self, engine: HeraEngine) -> EvolutionConfig:
        """The configured settings with this step's own; raises InputError where a value is out of its range."""
        own = {"strategy": self.strategy, "learning_rate": self.strength, "target_layers": self.blocks}
        changes = {key: value for key, value in own.items() if value is not None}
        tree = {"evolution": {**engine.config.evolution.model_dump(), **changes}}
        return load_config(tree, environment={}).evolution

    def _continue(self, engine: HeraEngine, report: Report, side: Side, patches: tuple[str, ...]) -> str:
        if self.tokens == 0 or report.cancelled():
            return ""
        from hera_desktop.engine.model import Sampling

        pieces = 0

        def on_text(text: str) -> None:
            nonlocal pieces
            pieces += 1
            report.say(f"generating the text {side} the step", min(pieces / self.tokens, 1.0))
            report.partial(TextPiece(side, text))

        report.say(f"generating the text {side} the step", 0.0)
        sampling = Sampling(max_new_tokens=self.tokens)
        return engine.generate(self.prompt, sampling, list(patches), on_text, report.cancelled)


def _before_label(active: tuple[str, ...]) -> str:
    if not active:
        return "Before, the base"
    return f"Before, {len(active)} {'patch' if len(active) == 1 else 'patches'}"


def _after_label(result: EvolveResult) -> str:
    if result.status != "rejected":
        return f"After, with {result.patch_id}"
    return "After, nothing was proposed" if result.patch_id is None else "After, rejected and not applied"


@dataclass(frozen=True)
class MoveRequest:
    """A move along the timeline; ``patch_id`` is None for undo and redo."""

    kind: Move
    patch_id: str | None = None

    @property
    def name(self) -> str:
        words = {"roll_back_to": "Rolling back", "rollback": "Rolling back", "revert": "Reverting"}
        return words.get(self.kind, {"restore": "Restoring", "undo": "Undoing", "redo": "Redoing"}.get(self.kind, ""))

    def run(self, bench: Bench, report: Report) -> StateChange:
        report.progress(self.name)
        method = getattr(bench.need(), self.kind)
        return method() if self.patch_id is None else method(self.patch_id)


@dataclass(frozen=True)
class NoteRequest:
    """Keep a note on a proposal."""

    patch_id: str
    text: str

    name = "Writing the note"

    def run(self, bench: Bench, report: Report) -> Noted:
        return Noted(bench.need().note(self.patch_id, self.text).step)
