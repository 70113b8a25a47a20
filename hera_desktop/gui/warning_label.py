"""A sentence about what cannot be used, under the field it is about."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QLabel, QWidget

from .theme import recoloured, theme_of

CROSS = "\u2715"


class WarningLabel(QLabel):
    """Hidden while there is nothing to say. A cross goes with the colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = ""
        self.setWordWrap(True)
        self.setHidden(True)
        self._colour()

    def say(self, sentence: str) -> None:
        self.sentence = sentence
        self.setText(f"{CROSS} {sentence}" if sentence else "")
        self.setAccessibleName(sentence)
        self.setHidden(not sentence)

    def _colour(self) -> None:
        """In the theme's colour of what is rejected; set only where it differs, as setting it is an event again."""
        colour = QColor(theme_of(self.palette()).rejected)
        palette = self.palette()
        if palette.color(QPalette.ColorRole.WindowText) != colour:
            palette.setColor(QPalette.ColorRole.WindowText, colour)
            self.setPalette(palette)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if recoloured(event):
            self._colour()
