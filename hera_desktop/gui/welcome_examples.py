"""An example on the welcome page: its title, what it shows, and how long it takes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from hera_desktop.engine.examples import Example

from .i18n import tr
from .labels import dim_label
from .theme import GRID, tabular


class ExampleCard(QWidget):
    """Signal: ``wanted(Example)``."""

    wanted = Signal(object)

    def __init__(self, example: Example, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.example = example
        self.button = QPushButton(tr("Run"))
        self.button.setAccessibleName(tr("Run the example {title}").format(title=example.title))
        self.button.setAccessibleDescription(example.purpose)
        self.button.clicked.connect(self._run)
        time = dim_label(tr("about {seconds} s").format(seconds=example.seconds))
        time.setWordWrap(False)
        time.setFont(tabular(time.font()))
        time.setToolTip(tr("On the default model and two processor cores"))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(QLabel(example.title))
        words.addWidget(dim_label(example.purpose))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, GRID // 2, 0, GRID // 2)
        line.setSpacing(GRID)
        line.addLayout(words, 1)
        line.addWidget(time, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)

    def set_ready(self, ready: bool) -> None:
        self.button.setEnabled(ready)
        self.button.setToolTip(
            tr("Run it in a new session") if ready else tr("A model must be loaded and nothing else be running")
        )

    def _run(self) -> None:
        self.wanted.emit(self.example)
