"""Chooses the text a job reads: files and folders, from a dialog or dropped."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from .. import dropped_files
from ..i18n import mark, tr
from ..labels import DimLabel
from ..theme import GRID
from .fields import button, row

SUFFIXES = (".txt", ".txt.gz", ".md")
"""What the engine reads (activations.py, which imports torch); a test checks that the two agree."""
HINT = mark("Files and folders of .txt, .txt.gz or .md; drop them here, or use the buttons.")
NOT_TEXT = mark("{name} is not text that is read here; it takes {kinds} or a folder.")


class TextChoice(QWidget):
    """Signal: ``changed()``. ``paths`` are the chosen files and folders, as text."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.list = _List(self)
        self.hint = DimLabel(tr(HINT))
        self.file_button = button(tr("Add files..."), tr("Choose text files"))
        self.folder_button = button(tr("Add folder..."), tr("Choose a folder; all text files in it and below are read"))
        self.remove_button = button(tr("Remove"), tr("Take the selected ones off the list (Delete)"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self.list, 1)
        column.addWidget(self.hint)
        column.addLayout(row(self.file_button, self.folder_button, self.remove_button))
        self.file_button.clicked.connect(self._choose_files)
        self.folder_button.clicked.connect(self._choose_folder)
        self.remove_button.clicked.connect(self.remove)
        self.list.remove_wanted.connect(self.remove)
        self.list.itemSelectionChanged.connect(self._refresh)
        self._refresh()

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(self.list.item(number).text() for number in range(self.list.count()))

    def add(self, paths: Iterable[str]) -> None:
        """Add files and folders; those that cannot be read are told in place and left out."""
        self.hint.setText(tr(HINT))
        for path in paths:
            fault = _fault(Path(path))
            if fault:
                self.hint.setText(fault)
            elif path not in self.paths:
                item = QListWidgetItem(path)
                item.setToolTip(path)
                self.list.addItem(item)
        self._refresh()
        self.changed.emit()

    def remove(self) -> None:
        """Take the selected ones off the list."""
        for item in self.list.selectedItems():
            self.list.takeItem(self.list.row(item))
        self._refresh()
        self.changed.emit()

    def _refresh(self) -> None:
        self.remove_button.setEnabled(bool(self.list.selectedItems()))

    def _choose_files(self) -> None:
        kinds = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        filters = tr("Text ({kinds});;All files (*)").format(kinds=kinds)
        paths, _ = QFileDialog.getOpenFileNames(self, tr("Add text files"), "", filters)
        if paths:
            self.add(paths)

    def _choose_folder(self) -> None:
        path = QFileDialog.getExistingDirectory(self, tr("Add a folder of text"))
        if path:
            self.add([path])

    # --- dropped files ----------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        dropped_files.offer(event)

    def dropEvent(self, event: QDropEvent) -> None:
        paths = dropped_files.take(event)
        if paths:
            self.add(paths)


class _List(QListWidget):
    remove_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Text to read"))
        self.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAcceptDrops(False)  # what is dropped is the chooser's
        self.setMinimumHeight(7 * GRID)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_wanted.emit()
            return
        super().keyPressEvent(event)


def _fault(path: Path) -> str:
    """Why a path cannot be read as text, in one sentence; empty where it can."""
    if path.is_dir():
        return ""
    if not path.exists():
        return tr("{path} does not exist.").format(path=path)
    if not path.name.endswith(SUFFIXES):
        return tr(NOT_TEXT).format(name=path.name, kinds=", ".join(SUFFIXES))
    return ""
