"""A line of the welcome page: what is being loaded behind it and how far it is, or what is loaded."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QWidget

from .i18n import tr
from .mark_view import MarkView
from .progress_words import progress_line
from .records import JobProgress, Snapshot
from .theme import GRID


class LoadingLine(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mark = MarkView()
        self.text = QLabel()
        self.text.setAccessibleName(tr("The model"))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(20 * GRID, 2 * GRID)
        self.bar.setAccessibleName(tr("Loading"))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GRID)
        line.addWidget(self.mark)
        line.addWidget(self.text)
        line.addWidget(self.bar)
        line.addStretch(1)
        self._show("waiting", tr("No model is loaded yet"), False)

    def _show(self, mark: str, text: str, going_on: bool) -> None:
        self.mark.show_mark(mark)
        self.text.setText(text)
        self.bar.setVisible(going_on)

    def show_progress(self, progress: JobProgress) -> None:
        """A job that loads something is under way."""
        self._show("running", progress_line(progress), True)
        self.bar.setRange(0, 0 if progress.share is None else 1000)
        if progress.share is not None:
            self.bar.setValue(round(1000 * progress.share))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        model = snapshot.info.model
        text = tr("{model} is loaded on {device}, {dtype}")
        self._show("committed", text.format(model=model.name, device=model.device, dtype=model.dtype), False)

    def show_failure(self, sentence: str) -> None:
        self._show("failed", sentence or tr("Loading was cancelled."), False)
