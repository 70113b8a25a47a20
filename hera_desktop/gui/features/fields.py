"""Small fields that several parts of the workspace use."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QSpinBox, QWidget

from ..labels import DimLabel
from ..theme import GRID, tabular
from ..undo_keys import leaves_to_timeline


class PromptField(QPlainTextEdit):
    """A prompt, two lines high and exact: its spaces and newlines are the model's. Enter submits, Shift+Enter is a
    newline, Tab leaves. Signal: ``submitted()``."""

    submitted = Signal()

    def __init__(self, name: str, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        margins = 2 * (self.frameWidth() + round(self.document().documentMargin()))
        self.setFixedHeight(2 * self.fontMetrics().lineSpacing() + margins)
        self._suggesting = self._typed = False
        self.textChanged.connect(self._on_text_changed)

    @property
    def prompt(self) -> str:
        return self.toPlainText()

    def suggest(self, text: str) -> None:
        """A prompt to start from; it does not replace what the user typed."""
        if self._typed or text == self.prompt:
            return
        self._suggesting = True
        self.setPlainText(text)
        self._suggesting = False

    def accepted(self) -> None:
        """The prompt was taken: from now on Ctrl+Z is about the model, not about the text."""
        self.document().clearUndoRedoStacks()

    def _on_text_changed(self) -> None:
        self._typed = not self._suggesting and bool(self.prompt)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
            self.submitted.emit()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        document = self.document()
        if leaves_to_timeline(event, document.isUndoAvailable(), document.isRedoAvailable()):
            event.ignore()
            return False
        return super().event(event)


class CountBox(QSpinBox):
    """A whole number, its thousands grouped."""

    def __init__(self, name: str, low: int, high: int, value: int, step: int = 1, tip: str = "") -> None:
        super().__init__()
        self.setLocale(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
        self.setGroupSeparatorShown(True)
        self.setRange(low, high)
        self.setSingleStep(step)
        self.setValue(value)
        self.setFont(tabular(self.font()))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setAccessibleName(name)
        self.setToolTip(tip)


def button(text: str, tip: str) -> QPushButton:
    made = QPushButton(text)
    made.setToolTip(tip)
    made.setAccessibleName(text)
    return made


def row(*parts: QWidget, stretch_last: bool = True) -> QHBoxLayout:
    """Widgets side by side, the rest of the line left free."""
    line = QHBoxLayout()
    line.setSpacing(GRID)
    for part in parts:
        line.addWidget(part)
    if stretch_last:
        line.addStretch(1)
    return line


def caption(text: str, field: QWidget) -> QLabel:
    """A field's name in the dim voice; it leads to the field."""
    label = DimLabel(text)
    label.setWordWrap(False)
    label.setBuddy(field)
    return label
