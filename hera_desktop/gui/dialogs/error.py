"""What is shown where the program itself has failed: one sentence, and what somebody needs to mend it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ..diagnostics import Context, ContextSource, diagnostics_text, present_log_file
from ..i18n import tr
from ..labels import dim_label
from ..mark_view import MarkView
from ..theme import GRID, MARGIN, monospace


class ErrorDialog(QDialog):
    """Not modal: the window goes on. ``context`` tells what the window holds when an error is shown.

    Signal: ``told(text, level)`` about what was copied or saved, in one sentence.
    """

    told = Signal(str, str)

    def __init__(self, context: ContextSource = Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = context
        self._context = Context()
        self._details = ""
        self.message = QLabel()
        self.text = QPlainTextEdit()
        self.texts = QCheckBox(tr("Include my prompts, notes and names"))
        self.copy_button = QPushButton(tr("Copy"))
        self.save_button = QPushButton(tr("Save..."))
        self.log_button = QPushButton(tr("Open log"))
        self.close_button = QPushButton(tr("Close"))
        self.setWindowTitle(tr("Something went wrong"))
        self.setModal(False)
        self.resize(90 * GRID, 62 * GRID)
        self._dress()
        self._lay_out()
        self.texts.toggled.connect(self._write)
        self.copy_button.clicked.connect(self.copy)
        self.save_button.clicked.connect(self.save)
        self.log_button.clicked.connect(self.open_log)
        self.close_button.clicked.connect(self.close)

    def _dress(self) -> None:
        self.message.setWordWrap(True)
        self.message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.message.setAccessibleName(tr("What went wrong"))
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setFont(monospace(self.font()))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setAccessibleName(tr("Diagnostics"))
        self.texts.setToolTip(
            tr("Left out unless ticked: whatever you typed, and whatever stands in quotes in the log")
        )
        self.copy_button.setToolTip(tr("Copy the diagnostics, to paste them into a report"))
        self.log_button.setToolTip(tr("Open the log file with the system's own program"))
        for button in (self.copy_button, self.save_button, self.log_button):
            button.setAutoDefault(False)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GRID)
        head = QHBoxLayout()
        head.setSpacing(GRID)
        mark = MarkView()
        mark.show_mark("failed")
        head.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.message, 1)
        column.addLayout(head)
        column.addWidget(
            dim_label(
                tr("The last committed state stands. What is below helps to mend it; read it before you send it.")
            )
        )
        column.addWidget(self.text, 1)
        column.addWidget(self.texts)
        line = QHBoxLayout()
        line.setSpacing(GRID)
        for button in (self.copy_button, self.save_button, self.log_button):
            line.addWidget(button)
        line.addStretch(1)
        line.addWidget(self.close_button)
        column.addLayout(line)

    def show_error(self, message: str, details: str = "") -> None:
        """Show one sentence with its diagnostics; without ``details`` the log's last traceback is taken."""
        self._context = self._source()
        self._details = details
        self.message.setText(message)
        self.texts.setChecked(False)
        self._write()
        self.show()
        self.raise_()
        self.close_button.setFocus()

    def _write(self) -> None:
        texts = self.texts.isChecked()
        self.text.setPlainText(diagnostics_text(self.message.text(), self._details, self._context, texts))

    def copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.told.emit(tr("Diagnostics copied"), "info")

    def save(self) -> None:
        name = "hera-diagnostics.txt"
        path, _ = QFileDialog.getSaveFileName(self, tr("Save diagnostics"), name, tr("Text (*.txt)"))
        if path:
            self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        try:
            path.write_text(self.text.toPlainText(), encoding="utf-8")
        except OSError as error:
            self.told.emit(tr("File {path} cannot be written: {why}").format(path=path, why=error.strerror), "error")
            return
        self.told.emit(tr("Diagnostics saved in {path}").format(path=path), "info")

    def open_log(self) -> None:
        path = present_log_file()
        if not path.exists():
            self.told.emit(tr("There is no log file {path} yet").format(path=path), "warning")
        elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.told.emit(tr("No program opens {path}; it is a text file").format(path=path), "warning")
