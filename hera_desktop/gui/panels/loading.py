"""While the model loads, and where it cannot be loaded: what is going on, in place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from ..labels import dim_label, title_label
from ..theme import GRID, MARGIN


class LoadingPanel(QWidget):
    """Signal: ``retry_wanted()``."""

    retry_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title_label("No model is loaded")
        self.detail = dim_label()
        self.failure = QLabel()
        self.failure.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(240)
        self.bar.setAccessibleName("Loading")
        self.retry_button = QPushButton("Try again")
        self.retry_button.clicked.connect(self.retry_wanted)
        self._lay_out()
        self.bar.hide()
        self.retry_button.hide()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * MARGIN, MARGIN, 4 * MARGIN, MARGIN)
        column.setSpacing(GRID)
        column.addStretch(1)
        for label in (self.title, self.detail, self.failure):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(True)
            column.addWidget(label)
        column.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.retry_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)

    def begin(self) -> None:
        self.title.setText("Loading the model...")
        self.detail.setText("The libraries are being imported; this takes a few seconds.")
        self.failure.setText("")
        self.bar.show()
        self.retry_button.hide()

    def name_model(self, model: str) -> None:
        self.title.setText(f"Loading {model}...")

    def show_progress(self, what: str) -> None:
        self.detail.setText(what[:1].upper() + what[1:])

    def fail(self, sentence: str) -> None:
        self.title.setText("No model is loaded")
        self.detail.setText("")
        self.failure.setText(sentence)
        self.bar.hide()
        self.retry_button.show()
