"""Sessions as documents: New, Open, Save As, recent ones, dropped ones, and what the title says.

A session is on disk after every change, so nothing is ever asked about saving. One without a name lies in the user's
data folder; it is deleted when it is left without anything having been done in it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from hera_desktop.engine.prompt_files import SUFFIXES as PROMPT_SUFFIXES

from . import sentences
from .controller import Controller
from .document_requests import NewSessionRequest, OpenSessionRequest, SaveAsRequest, SessionOpened
from .i18n import mark, tr
from .load_guard import LoadGuard
from .read_only_banner import ReadOnlyBanner
from .recent import RecentSessions
from .records import Outcome, Snapshot
from .requests import LoadRequest, Request
from .session_files import SUFFIX, delete_if_empty, is_untitled, shown_name, untitled_path

SESSIONS = mark("HERA sessions (*.hera)")
ALL_FILES = mark("All files (*)")
BUSY = mark("A job is running; wait for it or cancel it")
ANOTHER_MODEL = ("sae.release=null", "sae.id=null", "sae.path=null", "evolution.target_layers=null")


def dropped_kind(mime: QMimeData) -> str | None:
    """What is being dragged: ``session``, ``prompts``, or None for what the window does not take."""
    names = [url.toLocalFile().lower() for url in mime.urls() if url.isLocalFile()]
    if any(name.endswith(SUFFIX) for name in names):
        return "session"
    return "prompts" if names and all(name.endswith(PROMPT_SUFFIXES) for name in names) else None


class Documents(QObject):
    """``window`` is the file dialogs' parent. Signals: ``changed()``: title or recent sessions have changed;
    ``switched(SessionOpened)``: another session is open, so what was read from the one before is out of date;
    ``reloads(LoadRequest)``: what a reload of the model goes by from now on; ``leaving()``: the session is about to be
    left, the last moment to write to it; ``closed()``: a document was closed and
    an empty one stands in its place."""

    changed = Signal()
    switched = Signal(object)
    reloads = Signal(object)
    leaving = Signal()
    closed = Signal()

    def __init__(
        self, controller: Controller, guard: LoadGuard, window: QWidget, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._guard = guard
        self._window = window
        self._closing: Request | None = None
        self.path: Path | None = None
        self.read_only = False
        self.recent = RecentSessions()
        self.banner = ReadOnlyBanner()
        self.banner.save_as_wanted.connect(self.save_as)
        self.banner.again_wanted.connect(self.try_again)
        guard.model_wanted.connect(self.use_model)
        controller.snapshot_changed.connect(self._on_snapshot)
        controller.ended.connect(self._on_ended)

    @property
    def title(self) -> str:
        """What the window's title says of the session."""
        if self.path is None:
            return ""
        name = shown_name(self.path)
        return tr("{name} (read-only)").format(name=name) if self.read_only else name

    # --- what the user can do ---------------------------------------------------------------------------------------

    def new(self) -> None:
        """A new session without a name, on the same model."""
        if self._free():
            self._leave_for(NewSessionRequest(str(untitled_path())))

    def reload(self, *overrides: str) -> None:
        """Load the model again with other settings: the session goes on where its base stays, else a new one begins."""
        if not self._free():
            return
        if any(override.startswith("model.name=") for override in overrides):
            self._leave_for(NewSessionRequest(str(untitled_path()), overrides))
        else:
            self.leaving.emit()
            self._guard.load_with(*overrides)

    def _leave_for(self, request: Request) -> None:
        self.leaving.emit()
        self._guard.submit(request)

    def use_model(self, name: str) -> None:
        """A new session without a name on another model, with the SAE that is known for it."""
        if self._free():
            overrides = (f"model.name={json.dumps(name)}", *ANOTHER_MODEL)
            self._leave_for(NewSessionRequest(str(untitled_path()), overrides))

    def open(self, path: str | Path | None = None) -> None:
        """Open a session; without ``path`` the user is asked for the file."""
        if not self._free():
            return
        if not path:
            path, _ = QFileDialog.getOpenFileName(self._window, tr("Open session"), self._folder(), _kinds())
        if path:
            self._leave_for(OpenSessionRequest(str(Path(path).absolute())))

    def open_recent(self, path: str | Path) -> None:
        """Open a session of the list; a file that is gone is taken off it, with a sentence."""
        path = Path(path)
        if path.is_file():
            self.open(path)
            return
        self.recent.remove(path)
        self._controller.messages.tell(
            tr("{path} is no longer there; it was taken off the list").format(path=path), "warning"
        )
        self.changed.emit()

    def save_as(self, path: str | Path | None = None) -> None:
        """Copy the session to another file and go on there; without ``path`` the user is asked for it."""
        if self.path is None or not self._free():
            return
        if not path:
            path = self._ask_target()
        if path:
            path = Path(path)
            self.leaving.emit()
            self._controller.submit(SaveAsRequest(str((path if path.suffix else path.with_suffix(SUFFIX)).absolute())))

    def try_again(self) -> None:
        """Open a read-only session once more, to change it now that it may be free."""
        if self.path is not None:
            self.open(self.path)

    def close_document(self) -> None:
        """Leave the session; a new one without a name stands in its place."""
        if self._free():
            self._closing = NewSessionRequest(str(untitled_path()))
            self._leave_for(self._closing)

    def end(self) -> None:
        """To be called once the model thread has ended: an unnamed session in which nothing was done is deleted."""
        if self.path is not None:
            delete_if_empty(self.path)

    # --- dropped files ----------------------------------------------------------------------------------------------

    def handle_drop(self, paths: Sequence[str]) -> None:
        """Open a dropped session, or put the prompts of dropped files into the queue."""
        found = [path for path in paths if path.lower().endswith(SUFFIX)]
        if not found:
            self._controller.add_files(paths)
            return
        if len(found) > 1:
            text = tr("A window holds one session; {name} is the one being opened")
            self._controller.messages.tell(text.format(name=Path(found[0]).name), "warning")
        self.open(found[0])

    # --- what comes back --------------------------------------------------------------------------------------------

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        info = snapshot.info
        path, read_only = Path(info.session), info.read_only
        if (path, read_only) == (self.path, self.read_only):
            return
        self.path, self.read_only = path, read_only
        self.recent.add(path)
        self.banner.show_state(shown_name(path), read_only, info.read_only_reason)
        self.changed.emit()

    def _on_ended(self, outcome: Outcome) -> None:
        if not isinstance(outcome.record, SessionOpened):
            return
        load = LoadRequest(session=outcome.record.path)
        self._guard.follow(load)
        self.reloads.emit(load)
        self._controller.messages.tell(opened_sentence(outcome.record))
        if outcome.record.loaded and outcome.snapshot is not None:
            for notice in outcome.snapshot.info.notices:
                self._controller.messages.tell(notice, "warning")
        self.switched.emit(outcome.record)
        self.changed.emit()
        if outcome.request is self._closing:
            self.closed.emit()

    # --- asking -----------------------------------------------------------------------------------------------------

    def _free(self) -> bool:
        """Whether nothing runs; the reason is told where something does."""
        if self._controller.busy:
            self._controller.messages.tell(tr(BUSY), "warning")
        return not self._controller.busy

    def _folder(self) -> str:
        """Where a file dialog begins: beside the named session, or with what was opened last."""
        if self.path is not None and not is_untitled(self.path):
            return str(self.path.parent)
        named = (session.path for session in self.recent.sessions() if not is_untitled(session.path))
        return str(next((path.parent for path in named), Path.home()))

    def _ask_target(self) -> str:
        name = "session" if self.path is None or is_untitled(self.path) else f"{self.path.stem}-copy"
        first = str(Path(self._folder()) / f"{name}{SUFFIX}")
        path, _ = QFileDialog.getSaveFileName(self._window, tr("Save session as"), first, _kinds())
        return path


def _kinds() -> str:
    return f"{tr(SESSIONS)};;{tr(ALL_FILES)}"


def opened_sentence(opened: SessionOpened) -> str:
    """What the user is told once another session is open."""
    name = shown_name(Path(opened.path))
    if opened.how == "new":
        return tr("A new session is open; it is kept on disk from the first step on")
    state = sentences.short_hash(opened.state_hash)
    held = sentences.patches(opened.patches)
    if opened.how == "saved":
        return tr("Saved as {path}: state {state} proven, {held}").format(path=opened.path, state=state, held=held)
    text = tr("{name} is open: state {state} proven, {held}")
    if opened.read_only:
        text = tr("{name} is open to be read: state {state} proven, {held}")
    return text.format(name=name, state=state, held=held)
