"""What this program is, what it runs on, and whose work it uses."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QTabWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from hera_desktop import __version__
from hera_desktop.engine.places import shipped

from ..diagnostics import machine, state, versions
from ..i18n import tr
from ..labels import dim_label, title_label
from ..theme import GRID, MARGIN, monospace, tabular

if TYPE_CHECKING:
    from hera_desktop.engine.records import StateInfo

NOTICES = "THIRD_PARTY_NOTICES.md"
LICENCE = "LICENSE"
MONOSPACE = ("base", "state", "Python is at", "data folder", "log file", "session")


class AboutDialog(QDialog):
    """Not modal; call ``show_info`` with what the window holds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("About HERA Desktop"))
        self.setModal(False)
        self.resize(92 * GRID, 66 * GRID)
        self._info: StateInfo | None = None
        self._facts = QScrollArea()
        self._facts.setWidgetResizable(True)
        self._facts.setFrameShape(QScrollArea.Shape.NoFrame)
        self._facts.setAccessibleName(tr("Versions and machine"))
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self._facts, tr("Versions and machine"))
        self.tabs.addTab(_text(LICENCE, tr("Licence")), tr("Licence"))
        self.tabs.addTab(_text(NOTICES, tr("Third-party notices")), tr("Third-party notices"))
        self.copy_button = QPushButton(tr("Copy"))
        self.copy_button.setToolTip(tr("Copy versions, machine and state as text"))
        self.copy_button.setAutoDefault(False)
        self.copy_button.clicked.connect(self.copy)
        self.close_button = QPushButton(tr("Close"))
        self.close_button.clicked.connect(self.close)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GRID)
        column.addWidget(title_label(f"HERA Desktop {__version__}"))
        column.addWidget(dim_label(tr("A desktop lab for changing a live language model and staying in control.")))
        column.addWidget(self.tabs, 1)
        line = QHBoxLayout()
        line.addWidget(self.copy_button)
        line.addStretch(1)
        line.addWidget(self.close_button)
        column.addLayout(line)

    def show_info(self, info: StateInfo | None) -> None:
        """Show the versions, the machine, and the engine that the window holds."""
        self._info = info
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(GRID // 2)
        row = 0
        for title, facts in self._parts():
            grid.addWidget(title_label(title), row, 0, 1, 2)
            for name, value in facts.items():
                row += 1
                grid.addWidget(_name(tr(name)), row, 0, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(self._value(name, value), row, 1)
            grid.setRowMinimumHeight(row + 1, GRID)
            row += 2
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(row, 1)
        self._facts.setWidget(page)
        self.show()
        self.raise_()

    def _parts(self) -> tuple[tuple[str, dict[str, str]], ...]:
        return (
            (tr("What is being held"), state(self._info)),
            (tr("Versions"), versions()),
            (tr("Machine"), machine()),
        )

    def _value(self, name: str, value: str) -> QLabel:
        label = QLabel(value)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setFont(monospace(self.font()) if name in MONOSPACE else tabular(self.font()))
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setAccessibleName(tr(name))
        return label

    def as_text(self) -> str:
        parts = (f"{title}\n" + "".join(f"  {k}: {v}\n" for k, v in facts.items()) for title, facts in self._parts())
        return f"HERA Desktop {__version__}\n\n" + "\n".join(parts)

    def copy(self) -> None:
        QGuiApplication.clipboard().setText(self.as_text())


def _name(text: str) -> QLabel:
    label = dim_label(text)
    label.setWordWrap(False)
    return label


def _text(name: str, title: str) -> QTextBrowser:
    view = QTextBrowser()
    view.setOpenExternalLinks(True)
    view.setAccessibleName(title)
    path = document(name)
    if path is None:
        view.setPlainText(tr("File {name} does not come with this installation").format(name=name))
    elif path.suffix == ".md":
        view.setMarkdown(path.read_text(encoding="utf-8"))
    else:
        view.setPlainText(path.read_text(encoding="utf-8"))
    return view


def document(name: str) -> Path | None:
    """A document that comes with the program: beside the package in a checkout, in the metadata of an installed one."""
    if (beside := shipped(name)).exists():
        return beside
    try:
        files = importlib.metadata.files("hera-desktop") or ()
    except importlib.metadata.PackageNotFoundError:
        return None
    return next((Path(str(file.locate())) for file in files if file.name == name), None)
