"""The outcome in a file, read again when the file has changed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from hera_desktop.engine.errors import InputError

from .runs import read_outcome

MERGE_MS = 400
"""A file that is written often is read this seldom."""


class OutcomeFile(QObject):
    """Watches one file and its folder. Signals: ``found(Outcome)`` when the file holds another outcome than before;
    ``folder_changed()`` when files come or go."""

    found = Signal(object)
    folder_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path: Path | None = None
        self._seen: tuple[int, int] | None = None
        self._watcher = QFileSystemWatcher(self)
        self._soon = QTimer(self, singleShot=True, interval=MERGE_MS)
        self._soon.timeout.connect(self.read)
        self._watcher.fileChanged.connect(self.read_soon)
        self._watcher.directoryChanged.connect(self._on_folder)

    def watch(self, path: Path | None) -> None:
        """Look at another file from now on, and read it at once."""
        self.path, self._seen = path, None
        self._soon.stop()
        known = [*self._watcher.files(), *self._watcher.directories()]
        if known:
            self._watcher.removePaths(known)
        if path is not None and path.parent.is_dir():
            self._watcher.addPath(str(path.parent))
            self.read()

    def read_soon(self) -> None:
        """It may have changed; bursts are merged."""
        if not self._soon.isActive():
            self._soon.start()

    def read(self) -> None:
        """Read it, where it is not as it was. One that is just being written is read at its next change."""
        if self.path is None or not self.path.exists():
            return
        if str(self.path) not in self._watcher.files():
            self._watcher.addPath(str(self.path))  # a file put in its place is another file
        status = self.path.stat()
        signature = (status.st_mtime_ns, status.st_size)
        if signature == self._seen:
            return
        try:
            outcome = read_outcome(self.path)
        except InputError:
            return
        self._seen = signature
        self.found.emit(outcome)

    def _on_folder(self) -> None:
        self.read_soon()
        self.folder_changed.emit()
