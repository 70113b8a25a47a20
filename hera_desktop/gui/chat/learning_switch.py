"""Whether the model learns from what is said: off, ask me, automatic."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPalette
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from ..chat_records import LEARNING, Learning
from ..i18n import mark, tr
from ..theme import GRID, recoloured, theme_of

WORDS: dict[Learning, tuple[str, str]] = {
    "off": (mark("Off"), mark("Only talk: nothing is learned")),
    "ask": (mark("Ask me"), mark("Show what would be learned from a message, and learn it when you say so")),
    "automatic": (mark("Automatic"), mark("Learn every fact that is told; the immune system judges each lesson")),
}


class LearningSwitch(QWidget):
    """Three buttons side by side, one of them pressed; arrows move between them. Signal: ``changed(Learning)`` when the
    user chose another."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Learning"))
        self._group = QButtonGroup(self)
        self.buttons: dict[Learning, QPushButton] = {}
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        for number, mode in enumerate(LEARNING):
            made = self._button(mode)
            self._group.addButton(made, number)
            self.buttons[mode] = made
            line.addWidget(made)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.show_mode("automatic")
        self._group.idClicked.connect(self._on_clicked)

    def _button(self, mode: Learning) -> QPushButton:
        text, tip = WORDS[mode]
        made = _Segment(tr(text))
        made.setCheckable(True)
        made.setAutoDefault(False)
        made.setToolTip(tr(tip))
        made.setAccessibleName(tr("Learning: {mode}").format(mode=tr(text)))
        made.setFixedWidth(made.fontMetrics().horizontalAdvance(made.text()) + 3 * GRID)
        return made

    @property
    def mode(self) -> Learning:
        return LEARNING[self._group.checkedId()]

    def show_mode(self, mode: Learning) -> None:
        self.buttons[mode].setChecked(True)

    def _on_clicked(self, number: int) -> None:
        self.changed.emit(LEARNING[number])


class _Segment(QPushButton):
    """Enter chooses like the space bar. The pressed one has the colour of what is selected: the style's own can hardly
    be told on a dark ground."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.toggled.connect(self._colour)

    def _colour(self) -> None:
        theme = theme_of(self.palette())
        colour = QColor(theme.selected if self.isChecked() else theme.button)
        palette = self.palette()
        if palette.color(QPalette.ColorRole.Button) != colour:
            palette.setColor(QPalette.ColorRole.Button, colour)
            self.setPalette(palette)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if recoloured(event):
            self._colour()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)
