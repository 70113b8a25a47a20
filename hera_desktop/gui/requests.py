"""What can be asked of the model thread: frozen requests of plain values.

``run`` is called on the model thread with the bench (which holds the engine) and a report; it returns a record. Heavy
modules are imported there and nowhere else in the window.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

from hera_desktop.engine.config import Config, load_config
from hera_desktop.engine.errors import InputError
from hera_desktop.engine.preferences import load_preferences
from hera_desktop.engine.trace import own_settings

from .i18n import mark, tr
from .model_imports import import_engine
from .records import Evolved, Loading, Noted, Snapshot, Target
from .snapshots import SnapshotTaker, step_choices
from .steps import evolve_to, step_settings, tell_step

if TYPE_CHECKING:
    from hera_desktop.engine.hera import HeraEngine, Judged
    from hera_desktop.engine.progress import Progress
    from hera_desktop.engine.records import StateChange, StateInfo

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
    """Holds the engine, and the proposal that waits to be committed or dropped. It lives on the model thread."""

    def __init__(self) -> None:
        self.engine: HeraEngine | None = None
        self.judged: Judged | None = None
        self._taker: SnapshotTaker | None = None

    def need(self) -> HeraEngine:
        if self.engine is None:
            raise InputError(tr("no model is loaded"))
        return self.engine

    def replace(self, engine: HeraEngine | None) -> None:
        if self.engine is not None:
            self.engine.close()
        self.engine, self.judged = engine, None

    @property
    def taker(self) -> SnapshotTaker:
        """What reads the engine for the window."""
        engine = self.need()
        if self._taker is None or self._taker.engine is not engine:
            self._taker = SnapshotTaker(engine)
        return self._taker

    def snapshot(self) -> Snapshot:
        """The state as the panels draw it; only what is new since the last one is read."""
        try:
            return self.taker.take()
        except BaseException:
            self._taker = None  # it may have stopped half way: the next one reads everything anew
            raise


class Request:
    """What every request has. ``name`` says what is going on, for the status line. A ``quiet`` one takes a moment: the
    user is told nothing unless it fails, and it does not keep a step from being started. One that ``looks`` changes
    nothing in model or session, so no new snapshot is taken after it. A ``lasting`` one writes down what was typed,
    also where everything that waits is cancelled."""

    name: str = ""
    quiet: bool = False
    looks: bool = False
    lasting: bool = False

    def run(self, bench: Bench, report: Report) -> Any:
        """Do it, on the model thread; returns a frozen record of plain values."""
        raise NotImplementedError

    def python(self, record: Any) -> str:
        """The line of Python that does the same with ``engine``, for the trace; ``record`` is what ``run`` returned.
        Empty for what is no action."""
        return ""


@dataclass(frozen=True)
class LoadRequest(Request):
    """Load the model and open the session; ``factory`` makes another engine than the configured one."""

    source: ConfigSource = None
    overrides: tuple[str, ...] = ()
    session: str | None = None
    factory: EngineFactory | None = None

    name = mark("Loading the model")

    def run(self, bench: Bench, report: Report) -> StateInfo:
        make = self.factory or self._build
        if self.factory is None:
            report.partial(Loading(self._config().model.name))
        with self._taking_over(bench):
            bench.replace(make(report.progress))
        report.partial(step_choices(bench.need()))
        return bench.need().info()

    def python(self, record: StateInfo | None) -> str:
        """With the settings that differ from the program's defaults, so that it does not hang on any file of settings;
        empty for an engine that was not made from a configuration."""
        if self.factory is not None or record is None:
            return ""
        changed = self._config().changed()
        return f"engine = HeraEngine(with_settings(Config(), {changed!r}), session={record.session!r})"

    def _taking_over(self, bench: Bench) -> AbstractContextManager[None]:
        """Only one engine writes to a session: the one that goes lets the one that comes have it."""
        held = bench.engine
        if held is None or self.session is None or Path(held.info().session).resolve() != Path(self.session).resolve():
            return nullcontext()
        return held.ledger.lent()

    def _config(self) -> Config:
        """The configuration, with what an existing session was made with standing in for the defaults."""
        if isinstance(self.source, Config):
            return self.source
        return load_config(self.source, self.overrides, stored=self._stored(), preferences=load_preferences())

    def _stored(self) -> Mapping[str, Any] | None:
        if self.session is None or not Path(self.session).exists():
            return None
        from hera_desktop.engine.ledger import Ledger

        ledger = Ledger.open(Path(self.session), read_only=True)
        try:
            return json.loads(ledger.meta["config"])
        finally:
            ledger.close()

    def _build(self, progress: Progress) -> HeraEngine:
        import_engine(progress)
        from hera_desktop.engine.hera import HeraEngine

        return HeraEngine(self._config(), session=self.session, progress=progress)


@dataclass(frozen=True)
class EvolveRequest(Request):
    """One step, then the prompt's continuation before and after it; ``tokens`` 0 leaves the texts out.

    ``strategy``, ``strength`` and ``blocks`` are as configured where they are None. With a ``target`` the prompt is to
    continue with it from now on, by ``edit_strategy``, and those three do not count.
    """

    prompt: str
    tokens: int = 30
    strategy: str | None = None
    strength: float | None = None
    blocks: tuple[int, ...] | None = None
    target: Target | None = None
    edit_strategy: str | None = None

    name = mark("Evolving")

    def run(self, bench: Bench, report: Report) -> Evolved:
        engine = bench.need()
        bench.judged = None  # what waits was measured on a state that is about to pass
        active = engine.info().active
        if self.target is None:
            settings = step_settings(engine, self.strategy, self.strength, self.blocks)
            result = engine.evolve(self.prompt, settings, progress=report.progress)
        else:
            result = evolve_to(engine, self.prompt, self.target, self.edit_strategy, report)
        return tell_step(bench, report, result, active, self.tokens)

    def python(self, record: Evolved) -> str:
        if self.target is None:
            return f"engine.evolve({self.prompt!r}{own_settings(self.strategy, self.strength, self.blocks)})"
        subject = f", subject={self.target.subject!r}" if self.target.subject else ""
        if self.edit_strategy is None:
            return f"engine.evolve({self.prompt!r}, target={self.target.text!r}{subject})"
        own = f"with_settings(engine.config, {{'edits.strategy': {self.edit_strategy!r}}}).edits"
        return f"EditLab(engine).evolve({self.prompt!r}, {self.target.text!r}{subject}, settings={own})"


MOVE_NAMES = {
    "roll_back_to": mark("Rolling back"),
    "rollback": mark("Rolling back"),
    "revert": mark("Reverting"),
    "restore": mark("Restoring"),
    "undo": mark("Undoing"),
    "redo": mark("Redoing"),
}


@dataclass(frozen=True)
class MoveRequest(Request):
    """A move along the timeline; ``patch_id`` is None for undo and redo."""

    kind: Move
    patch_id: str | None = None

    @property
    def name(self) -> str:
        return MOVE_NAMES.get(self.kind, "")

    def run(self, bench: Bench, report: Report) -> StateChange:
        report.progress(self.name)
        bench.judged = None
        engine = bench.need()
        method = getattr(engine, self.kind)
        change = method() if self.patch_id is None else method(self.patch_id)
        if change.kind == "configure":  # settings were undone or redone
            report.partial(step_choices(engine))
        return change

    def python(self, record: StateChange) -> str:
        return f"engine.{self.kind}({repr(self.patch_id) if self.patch_id is not None else ''})"


@dataclass(frozen=True)
class NoteRequest(Request):
    """Keep a note on a proposal."""

    patch_id: str
    text: str

    name = mark("Writing the note")
    lasting = True

    def run(self, bench: Bench, report: Report) -> Noted:
        return Noted(bench.need().note(self.patch_id, self.text).step)

    def python(self, record: Noted) -> str:
        return f"engine.note({self.patch_id!r}, {self.text!r})"
