"""How something ended, in a dialog: a mark and a sentence that can be selected and copied."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ..mark_view import MarkView
from ..theme import GRID

SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


class OutcomeLine(QWidget):
    """Hidden until something is shown; ``name`` is what a screen reader calls it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mark = MarkView()
        self.text = QLabel()
        self.text.setAccessibleName(name)
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(SELECTABLE)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GRID)
        line.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.text, 1)
        self.hide()

    def show_outcome(self, mark: str, text: str) -> None:
        self.mark.show_mark(mark)
        self.text.setText(text)
        self.show()

    def clear(self) -> None:
        self.text.clear()
        self.hide()
