"""The line at the bottom: what is running and how far it is, Cancel, the last message, and the state hash."""

from __future__ import annotations

import qtawesome
from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QWidget
from superqt import QElidingLabel

from .messages import Message
from .records import JobProgress
from .sentences import short_hash
from .theme import GRID, MARGIN, monospace, recoloured, theme_of

SHOW_AFTER_MS = 300
ICONS = {"warning": "mdi6.alert-outline", "error": "mdi6.alert-circle-outline"}


class StatusLine(QWidget):
    """Signal: ``cancel_wanted()``. What is running shows after 0.3 s."""

    cancel_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.running = QLabel()
        self.bar = QProgressBar()
        self.bar.setFixedSize(20 * GRID, 2 * GRID)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Progress")
        self.cancel_button = QPushButton("Cancel")
        self.cancel_button.setAccessibleName("Cancel the running job")
        self.cancel_button.clicked.connect(self.cancel_wanted)
        self.icon = QLabel()
        self.message = QElidingLabel()
        self.message.setAccessibleName("Message")
        self.message.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.state = QLabel("no state")
        self.state.setFont(monospace(self.font()))
        self.state.setAccessibleName("State hash")
        self._level = "info"
        self._timer = QTimer(self, singleShot=True, interval=SHOW_AFTER_MS)
        self._timer.timeout.connect(self._reveal)
        self._lay_out()
        self.show_busy(False)

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(MARGIN, GRID // 2, MARGIN, GRID // 2)
        line.setSpacing(GRID)
        for part in (self.running, self.bar, self.cancel_button, self.icon):
            line.addWidget(part)
        line.addWidget(self.message, 1)
        line.addWidget(self.state)
        self.setFixedHeight(self.cancel_button.sizeHint().height() + GRID)

    def show_busy(self, busy: bool) -> None:
        if busy:
            self._timer.start()
            return
        self._timer.stop()
        for part in (self.running, self.bar, self.cancel_button):
            part.hide()

    def _reveal(self) -> None:
        for part in (self.running, self.bar, self.cancel_button):
            part.show()

    def show_progress(self, progress: JobProgress) -> None:
        self.running.setText(f"{progress.name}: {progress.what}")
        self.bar.setRange(0, 0 if progress.share is None else 1000)
        if progress.share is not None:
            self.bar.setValue(round(1000 * progress.share))

    def show_message(self, message: Message) -> None:
        self.message.setText(message.text)
        self.message.setToolTip(message.text)
        self._level = message.level
        self._draw_icon()

    def show_state(self, state_hash: str) -> None:
        self.state.setText(f"state {short_hash(state_hash)}")
        self.state.setToolTip(state_hash)

    def _draw_icon(self) -> None:
        name = ICONS.get(self._level)
        self.icon.setVisible(name is not None)
        if name is not None:
            theme = theme_of(self.palette())
            colour = theme.rejected if self._level == "error" else theme.warning
            self.icon.setPixmap(qtawesome.icon(name, color=colour).pixmap(2 * GRID, 2 * GRID))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if recoloured(event):
            self._draw_icon()
