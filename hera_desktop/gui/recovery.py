"""After a crash: what every running window holds is noted in a small file, so that the next start can open it again.

The session itself is on disk after every step. What is noted here is which one was open, in which state, and what had
been typed and not been sent.
"""

from __future__ import annotations

import json
import logging
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

import psutil
from PySide6.QtCore import QObject, QTimer

from hera_desktop.engine.places import data_folder

from . import sentences
from .controller import Controller
from .i18n import mark, tr
from .messages import Level
from .recent import RecentSessions
from .records import Outcome, Snapshot
from .requests import Bench, LoadRequest, Report, Request
from .session_files import shown_name, tidy, untitled_path

log = logging.getLogger(__name__)

WRITE_AFTER_MS = 500
SAME_PROCESS_S = 2.0
"""Start times that are closer than this are the same process; another one with its number started later."""


@dataclass(frozen=True)
class Running:
    """One window: its process (``started`` in seconds since 1970), and what it held. ``session`` is empty, and so are
    the rest, before a model is loaded."""

    pid: int
    started: float
    session: str = ""
    state_hash: str = ""
    steps: int = 0
    layout: str = ""
    prompt: str = ""

    @property
    def alive(self) -> bool:
        try:
            return abs(psutil.Process(self.pid).create_time() - self.started) < SAME_PROCESS_S
        except psutil.NoSuchProcess:
            return False
        except psutil.Error:
            return True  # somebody else's process: leave its file alone


def running_folder() -> Path:
    return data_folder() / "running"


def windows() -> tuple[tuple[Path, Running], ...]:
    """The noted windows with their files, the one that was noted last first; a file that cannot be read is deleted."""
    found = []
    for file in running_folder().glob("*.json"):
        try:
            found.append((file.stat().st_mtime, file, Running(**json.loads(file.read_text(encoding="utf-8")))))
        except OSError:
            continue
        except (ValueError, TypeError):
            log.warning("%s cannot be read; it is deleted", file)
            file.unlink(missing_ok=True)
    return tuple((file, window) for _, file, window in sorted(found, key=lambda entry: entry[0], reverse=True))


def open_sessions() -> set[Path]:
    """The sessions of the windows that run now, this one's included."""
    return {Path(window.session) for _, window in windows() if window.alive and window.session}


def take_crashed() -> tuple[Running, ...]:
    """The windows that did not end properly, the last one first. Their notes are deleted: they are told of once."""
    crashed = []
    for file, window in windows():
        if not window.alive:
            file.unlink(missing_ok=True)
            crashed.append(window)
    return tuple(crashed)


@dataclass(frozen=True)
class Start:
    """What a window begins with: the session to open or make, and what a crash left. ``crashed`` is the window that is
    taken up again (``session`` is its session then), ``others`` are those that are not."""

    session: str
    crashed: Running | None = None
    others: tuple[Running, ...] = ()


def plan_start(wanted: str | None = None) -> Start:
    """What to open at the start: ``wanted`` if it is given, else what was open in the window that crashed last, else a
    new session without a name. Empty unnamed sessions of earlier starts are deleted."""
    crashed = take_crashed()
    taken = None
    if wanted is None:
        taken = next((window for window in crashed if window.session), next(iter(crashed), None))
    others = tuple(window for window in crashed if window is not taken and window.session)
    for window in reversed(others):
        RecentSessions().add(Path(window.session))
    tidy(open_sessions() | {Path(window.session) for window in crashed if window.session})
    if taken is not None and taken.session and Path(taken.session).is_file():
        return Start(taken.session, taken, others)
    return Start(wanted or str(untitled_path()), taken, others)


class Recovery(QObject):
    """Keeps this window's note up to date from its making until ``end``."""

    def __init__(self, controller: Controller, parent: QObject | None = None) -> None:
        super().__init__(parent or controller)
        process = psutil.Process()
        self._held = Running(process.pid, process.create_time())
        self._file = running_folder() / f"{process.pid}.json"
        self._timer = QTimer(self, singleShot=True, interval=WRITE_AFTER_MS)
        self._timer.timeout.connect(self._write)
        self._start: Start | None = None
        self._controller = controller
        controller.snapshot_changed.connect(self._on_snapshot)
        controller.ended.connect(self._on_ended)

    def note_prompt(self, text: str) -> None:
        """What stands in the prompt's box."""
        self._hold(prompt=text)

    def note_layout(self, layout: str) -> None:
        self._hold(layout=layout)

    def end(self) -> None:
        """A clean end: nothing has to be recovered."""
        self._timer.stop()
        self._controller.snapshot_changed.disconnect(self._on_snapshot)
        self._file.unlink(missing_ok=True)

    def judge(self, start: Start) -> None:
        """Once the model is loaded, compare what the crashed window had noted with the session that is open, and say
        how it stands; the sessions of other crashed windows are named."""
        self._start = start

    # --- the note ---------------------------------------------------------------------------------------------------

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        info = snapshot.info
        self._hold(session=info.session, state_hash=info.state_hash, steps=len(snapshot.timeline.proposals))
        self._write()  # at once: the next thing to happen may be the crash

    def _hold(self, **changes: Any) -> None:
        held = replace(self._held, **changes)
        if held != self._held:
            self._held = held
            self._timer.start()

    def _write(self) -> None:
        self._timer.stop()
        part = self._file.with_suffix(".part")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps(asdict(self._held)), encoding="utf-8")
            os.replace(part, self._file)
        except OSError:
            log.warning("%s cannot be written", self._file, exc_info=True)  # a note less; work goes on

    # --- what has become of the session -----------------------------------------------------------------------------

    def _on_ended(self, outcome: Outcome) -> None:
        if isinstance(outcome.request, LoadRequest) and outcome.snapshot is not None and self._start is not None:
            start, self._start = self._start, None
            self._take_up(start)
        elif isinstance(outcome.record, Proven):
            self._controller.messages.tell(*proven_sentence(outcome.record))

    def _take_up(self, start: Start) -> None:
        if start.others:
            text = tr("Other windows did not end properly; their sessions are among the recent ones: {names}")
            names = ", ".join(shown_name(Path(window.session)) for window in start.others)
            self._controller.messages.tell(text.format(names=names), "warning")
        if start.crashed is None:
            return
        if not start.crashed.session:
            self._controller.messages.tell(tr("HERA Desktop did not end properly; no session was open"))
        elif start.session == start.crashed.session:
            self._controller.submit(ProveRequest(start.crashed))
        else:
            text = tr("HERA Desktop did not end properly, and the session that was open, {path}, is no longer there")
            self._controller.messages.tell(text.format(path=start.crashed.session), "warning")


# --- the proof ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Proven:
    """``how``: the state is the same, it is later (the noted one lies behind it), or it differs. ``steps`` and
    ``changes`` are how many proposals and changes of state came after what was noted."""

    how: Literal["same", "later", "differs"]
    session: str
    state_hash: str
    noted_hash: str
    patches: int
    steps: int
    changes: int


@dataclass(frozen=True)
class ProveRequest(Request):
    """Look for the state that a crashed window had noted among those the open session went through."""

    crashed: Running

    name = mark("Comparing with what was open")
    quiet = True
    looks = True

    def run(self, bench: Bench, report: Report) -> Proven:
        engine = bench.need()
        info, noted = engine.info(), self.crashed.state_hash
        hashes = [event.state_hash for event in engine.ledger.events() if event.state_hash]
        after = next((n for n, found in enumerate(reversed(hashes)) if found == noted), None)
        if after is None and noted == _base_hash(engine):
            after = len(hashes)
        steps = len(engine.registry.history) - self.crashed.steps
        same = info.state_hash == noted and steps == 0
        return Proven(
            how="same" if same else "later" if after is not None and steps >= 0 else "differs",
            session=info.session,
            state_hash=info.state_hash,
            noted_hash=noted,
            patches=len(info.active),
            steps=steps,
            changes=after or 0,
        )


def _base_hash(engine: Any) -> str:
    return engine.ledger.hash_of(())


def proven_sentence(proven: Proven) -> tuple[str, Level]:
    """What the user is told at the start after a crash, and how serious it is."""
    level: Level = "info"
    if proven.how == "same":
        text = tr("HERA Desktop did not end properly; {name} is open again, state {state} is as it was ({held})")
    elif proven.how == "later":
        text = tr("HERA Desktop did not end properly; {name} is open again with {later}: state {state} ({held})")
    else:
        level = "warning"
        text = tr(
            "HERA Desktop did not end properly; {name} is open again, but its state {state} ({held}) is not "
            "the one last seen, {noted}"
        )
    sentence = text.format(
        name=shown_name(Path(proven.session)),
        state=sentences.short_hash(proven.state_hash),
        held=sentences.patches(proven.patches),
        noted=sentences.short_hash(proven.noted_hash),
        later=_later(proven),
    )
    return sentence, level


def _later(proven: Proven) -> str:
    if proven.steps:
        return tr("1 later step") if proven.steps == 1 else tr("{count} later steps").format(count=proven.steps)
    count = proven.changes
    return tr("1 later change of state") if count == 1 else tr("{count} later changes of state").format(count=count)
