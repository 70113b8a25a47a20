"""What was done as lines of Python, and what the program writes into its log."""

from __future__ import annotations

import logging

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ..code_view import CodeView
from ..highlighters import LogHighlighter, PythonHighlighter
from ..i18n import mark, tr
from ..labels import EmptyState
from ..log_tail import LogLine, LogTail
from ..theme import GRID, MARGIN, recoloured, theme_of

LEVELS = (
    (logging.DEBUG, mark("everything")),
    (logging.INFO, mark("info and above")),
    (logging.WARNING, mark("warnings and errors")),
    (logging.ERROR, mark("errors")),
)


class LogPanel(QWidget):
    """Signal: ``save_wanted()`` when the trace is to be saved as a script."""

    save_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.trace = _Trace()
        self.log = _Log()
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.trace, tr("Python"))
        self.tabs.addTab(self.log, tr("Log"))
        self.tabs.tabBar().setAccessibleName(tr("Python or log"))
        self.tabs.setTabToolTip(0, tr("Every action of this window as the line of Python that does the same"))
        self.tabs.setTabToolTip(1, tr("What the program writes into its log file, as it happens"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tabs)
        self.trace.save_button.clicked.connect(self.save_wanted)

    @property
    def lines(self) -> tuple[str, ...]:
        """Every line of the trace since the start, also those no longer in view."""
        return tuple(self.trace.lines)

    def add_line(self, text: str) -> None:
        """A line of Python at the end of the trace; an empty one is none."""
        if text:
            self.trace.add(text)

    def show_log(self) -> None:
        self.tabs.setCurrentWidget(self.log)

    def show_trace(self) -> None:
        self.tabs.setCurrentWidget(self.trace)


class _Trace(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.view = CodeView(tr("Python trace"), numbered=True)
        self._colours = PythonHighlighter(self.view.document(), theme_of(self.palette()))
        self.empty = EmptyState(
            tr("No action yet"),
            tr("Each step, rollback or look appears here as the line of Python that does the same."),
            tr("Evolve a prompt, and its line stands here."),
        )
        self.pages = QStackedWidget()
        self.pages.addWidget(self.empty)
        self.pages.addWidget(self.view)
        self.copy_button = _button(tr("Copy"), tr("Copy the selected lines, or all of them"))
        self.save_button = _button(tr("Save as script..."), tr("Save the whole trace as a script that runs"))
        self.clear_button = _button(tr("Clear view"), tr("Empty this view; the script still has every line"))
        self.copy_button.clicked.connect(self.copy)
        self.clear_button.clicked.connect(self.clear)
        _lay_out(self, self.pages, (self.copy_button, self.save_button, self.clear_button))
        self._refresh()

    def add(self, text: str) -> None:
        self.lines.append(text)
        self.view.add(text)
        self._refresh()

    def copy(self) -> None:
        _copy(self.view)

    def clear(self) -> None:
        self.view.clear()
        self._refresh()

    def _refresh(self) -> None:
        shown = bool(self.view.toPlainText()) if self.view.blockCount() == 1 else True
        self.pages.setCurrentWidget(self.view if shown else self.empty)
        self.copy_button.setEnabled(shown)
        self.clear_button.setEnabled(shown)
        self.save_button.setEnabled(bool(self.lines))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if recoloured(event):
            self._colours.use(theme_of(self.palette()))


class _Log(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.tail = LogTail(self)
        self.tail.came.connect(self._add)
        self.view = CodeView(tr("Log"))
        self._colours = LogHighlighter(self.view.document(), theme_of(self.palette()))
        self.level = QComboBox()
        self.level.setAccessibleName(tr("Which records are shown"))
        self.level.setToolTip(tr("What is written at all is set under Preferences, Logging"))
        for level, words in LEVELS:
            self.level.addItem(tr(words), level)
        self.level.currentIndexChanged.connect(self._redraw)
        self.copy_button = _button(tr("Copy"), tr("Copy the selected lines, or all of them"))
        self.clear_button = _button(tr("Clear view"), tr("Empty this view; the log file stays as it is"))
        self.copy_button.clicked.connect(self.copy)
        self.clear_button.clicked.connect(self.clear)
        _lay_out(self, self.view, (self.level, self.copy_button, self.clear_button))

    def _add(self, lines: tuple[LogLine, ...]) -> None:
        least = self.level.currentData()
        self.view.add("\n".join(line.text for line in lines if line.level >= least))

    def _redraw(self) -> None:
        self.view.clear()
        self._add(tuple(self.tail.kept))

    def copy(self) -> None:
        _copy(self.view)

    def clear(self) -> None:
        self.tail.kept.clear()
        self.view.clear()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.tail.watch()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if recoloured(event):
            self._colours.use(theme_of(self.palette()))


def _button(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(tip)
    return button


def _lay_out(page: QWidget, view: QWidget, controls: tuple[QWidget, ...]) -> None:
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    line = QHBoxLayout()
    line.setContentsMargins(MARGIN, GRID // 2, MARGIN, GRID // 2)
    line.setSpacing(GRID)
    for part in controls:
        line.addWidget(part)
    line.addStretch(1)
    column.addLayout(line)
    column.addWidget(view, 1)


def _copy(view: CodeView) -> None:
    """The selection, or everything, to the clipboard."""
    chosen = view.textCursor().selectedText().replace("\u2029", "\n")
    QGuiApplication.clipboard().setText(chosen or view.toPlainText())
