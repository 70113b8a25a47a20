"""Sessions as documents, on the model thread: open another, begin a new one, go on in a copy.

The model stays loaded where the other session was made with it; else it is loaded anew. Whatever fails, the session
that was open stays open: the other is taken in only once it stands.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hera_desktop.engine.config import Config, load_config
from hera_desktop.engine.errors import HeraError, InputError, SessionError
from hera_desktop.engine.memory import (
    WITHOUT_A_LOOK,
    MemoryNeed,
    device_of,
    free_memory,
    libraries_to_come,
    memory_need,
)
from hera_desktop.engine.preferences import load_preferences
from hera_desktop.engine.session_file import check_header

from .i18n import mark, tr
from .model_imports import import_engine
from .records import Loading
from .requests import Bench, LoadRequest, Report, Request
from .session_files import delete, delete_if_empty, is_untitled
from .snapshots import step_choices

if TYPE_CHECKING:
    from hera_desktop.engine.hera import HeraEngine

SAME_MODEL = ("model.name", "model.dtype", "experiment.device", "sae.release", "sae.id", "sae.path")
"""Two configurations that agree in these share a loaded model and SAE."""


@dataclass(frozen=True)
class SessionOpened:
    """Another session is open. ``how`` is opened, new or saved (a copy under a new name, and ``left`` is the file the
    copy was made of); ``loaded``: its model was loaded for it."""

    path: str
    left: str | None
    how: str
    loaded: bool
    state_hash: str
    patches: int
    read_only: bool


@dataclass(frozen=True)
class OpenSessionRequest(Request):
    """Open the session in a file in the place of the one that is open."""

    path: str

    name = mark("Opening the session")

    def run(self, bench: Bench, report: Report) -> SessionOpened:
        path = Path(self.path)
        report.progress(f"reading {path.name}")
        return _switch(bench, report, path, _stored_config(path), "opened")

    def python(self, record: Any) -> str:
        return _open_line(self.path)

    def to_load(self, bench: Bench) -> Config | None:
        """The configuration of the model that would be loaded; None where the loaded one will do."""
        config = _stored_config(Path(self.path))
        return None if _fits(bench.engine, config) else config


@dataclass(frozen=True)
class NewSessionRequest(Request):
    """Begin a session in a new file, with the present configuration and ``overrides`` (as ``--set`` takes them)."""

    path: str
    overrides: tuple[str, ...] = ()

    name = mark("Beginning a session")

    def run(self, bench: Bench, report: Report) -> SessionOpened:
        path = Path(self.path)
        if path.exists():
            raise SessionError(tr("session {path} exists already; open it, or give another name").format(path=path))
        return _switch(bench, report, path, self._config(bench), "new")

    def python(self, record: Any) -> str:
        return _open_line(self.path, "engine.config")

    def to_load(self, bench: Bench) -> Config | None:
        """The configuration of the model that would be loaded; None where the loaded one will do."""
        config = self._config(bench)
        return None if _fits(bench.engine, config) else config

    def _config(self, bench: Bench) -> Config:
        if bench.engine is None:
            return load_config(None, self.overrides, preferences=load_preferences())
        return load_config(bench.engine.config.model_dump(mode="json"), self.overrides, environment={})


@dataclass(frozen=True)
class SaveAsRequest(Request):
    """Copy the open session to another file and go on there; a session that is in that place is replaced."""

    path: str

    name = mark("Saving the session")

    def run(self, bench: Bench, report: Report) -> SessionOpened:
        engine, target = bench.need(), Path(self.path)
        source = Path(engine.info().session)
        if target.absolute() == source.absolute():
            raise InputError(tr("{name} is the session that is open; it is on disk already").format(name=target.name))
        if target.exists():
            check_header(target)  # a session may be replaced, nothing else
        report.progress(f"copying to {target.name}")
        engine.ledger.copy_to(target, overwrite=True)
        opened = _switch(bench, report, target, engine.config, "saved")
        if is_untitled(source) and not opened.read_only:
            delete(source)  # the copy is proven, and nobody has ever named this one
        return opened

    def python(self, record: Any) -> str:
        return f"engine.ledger.copy_to(Path({self.path!r})); {_open_line(self.path, 'engine.config')}"


def _open_line(path: str, config: str = "") -> str:
    given = f"{config}, " if config else ""
    return f"engine.close(); engine = HeraEngine({given}session={path!r})"


# --- memory ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MemoryFound:
    """``need`` is None where nothing has to be loaded or nothing is known; ``free`` is in bytes, on ``device``."""

    need: MemoryNeed | None
    free: int
    device: str

    @property
    def tight(self) -> bool:
        return self.need is not None and self.need.is_tight(self.free)

    @property
    def sentence(self) -> str:
        where = self.device if self.device.startswith("cuda") else ""
        return self.need.sentence(self.free, where) if self.need else ""


@dataclass(frozen=True)
class MemoryRequest(Request):
    """Compare what a request will load with the memory that is free, before it is made. What is wrong with the request
    is not found out here: it says so itself."""

    wanted: Request

    looks = True

    @property
    def name(self) -> str:
        return self.wanted.name

    def run(self, bench: Bench, report: Report) -> MemoryFound:
        report.progress("looking at the free memory")
        config = self._config(bench)
        if config is None:
            return MemoryFound(None, 0, "")
        if config.experiment.device not in WITHOUT_A_LOOK:
            import_engine(report.progress)
        device = device_of(config)
        need = memory_need(config, device.partition(":")[0], libraries_to_come())
        return MemoryFound(need, free_memory(device) if need else 0, device)

    def _config(self, bench: Bench) -> Config | None:
        wanted = self.wanted
        try:
            if isinstance(wanted, (OpenSessionRequest, NewSessionRequest)):
                return wanted.to_load(bench)
            if isinstance(wanted, LoadRequest) and wanted.factory is None:
                return wanted._config()
        except HeraError:
            return None
        return None


# --- from one session to another ------------------------------------------------------------------------------------


def _stored_config(path: Path) -> Config:
    """What a session was made with; raises SessionError where it cannot be opened."""
    return load_config(None, stored=json.loads(_meta(path)["config"]))


def _meta(path: Path) -> Mapping[str, str]:
    from hera_desktop.engine.ledger import Ledger

    ledger = Ledger.open(path, read_only=True)
    try:
        return dict(ledger.meta)
    finally:
        ledger.close()


def _fits(engine: HeraEngine | None, config: Config) -> bool:
    """Whether the loaded model and SAE are those of a configuration."""
    if engine is None:
        return False
    return all(_value(engine.config, key) == _value(config, key) for key in SAME_MODEL)


def _value(config: Config, key: str) -> Any:
    section, name = key.split(".")
    return getattr(getattr(config, section), name)


def _switch(bench: Bench, report: Report, path: Path, config: Config, how: str) -> SessionOpened:
    """Open or make the session at ``path``; the one before is closed once the new one stands."""
    old = bench.engine
    left = Path(old.info().session) if old else None
    if left is not None and left.absolute() == path.absolute() and not old.info().read_only:
        raise InputError(tr("{name} is open in this window already").format(name=path.name))
    reuse = _fits(old, config) and (not path.exists() or _same_base(old, path))
    engine = _on_loaded(old, path, config, report) if reuse else _loaded_anew(path, config, report)
    bench.replace(engine)
    if left is not None and left != path:
        delete_if_empty(left)
    report.partial(step_choices(engine))
    info = engine.info()
    return SessionOpened(
        path=str(path),
        left=str(left) if left else None,
        how=how,
        loaded=not reuse,
        state_hash=info.state_hash,
        patches=len(info.active),
        read_only=info.read_only,
    )


def _same_base(engine: HeraEngine, path: Path) -> bool:
    return _meta(path)["base_fingerprint"] == engine.model.info.fingerprint


def _on_loaded(old: HeraEngine, path: Path, config: Config, report: Report) -> HeraEngine:
    """An engine on the same model: its patches are taken off first, and put back where the session cannot be used."""
    from hera_desktop.engine.hera import HeraEngine

    report.progress("taking the patches off")
    active = old.stack.active
    old.stack.set(())
    try:
        report.progress("reading the probes")
        return HeraEngine.around(old.model, reader_of(old), config, path)
    except BaseException:
        old.stack.set(active)
        raise


def reader_of(engine: HeraEngine) -> Any:
    """The engine's SAE, or None where the model has none."""
    return engine.reader if engine.info().sae is not None else None


def _loaded_anew(path: Path, config: Config, report: Report) -> HeraEngine:
    report.partial(Loading(config.model.name))
    import_engine(report.progress)
    from hera_desktop.engine.hera import HeraEngine

    return HeraEngine(config, session=path, progress=report.progress)
