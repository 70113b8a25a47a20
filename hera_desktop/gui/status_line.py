"""The line at the bottom: what is running and how far it is, Cancel, the last message, and the state hash."""

from __future__ import annotations

import time

import qtawesome
from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QWidget
from superqt import QElidingLabel

from .i18n import tr
from .messages import Message
from .progress_words import progress_line
from .records import JobProgress
from .sentences import short_hash
from .theme import GRID, MARGIN, monospace, recoloured, tabular, theme_of
from .time_left import ENOUGH, TimeLeft, elapsed_in_words, in_words

SHOW_AFTER_MS = 300
TICK_MS = 500
ICONS = {"warning": "mdi6.alert-outline", "error": "mdi6.alert-circle-outline"}


class StatusLine(QWidget):
    """Signal: ``cancel_wanted()``. What is running shows after 0.3 s; how long it has taken, and how long it will
    still take as far as that can be said, after 1 s."""

    cancel_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.running = QLabel()
        self.time = QLabel()
        self.time.setFont(tabular(self.font()))
        self.time.setAccessibleName(tr("Time taken and left"))
        self.bar = QProgressBar()
        self.bar.setFixedSize(20 * GRID, 2 * GRID)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress"))
        self.cancel_button = QPushButton(tr("Cancel"))
        self.cancel_button.setAccessibleName(tr("Cancel the running job"))
        self.cancel_button.clicked.connect(self.cancel_wanted)
        self.icon = QLabel()
        self.message = QElidingLabel()
        self.message.setAccessibleName(tr("Message"))
        self.message.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.state = QLabel(tr("no state"))
        self.state.setFont(monospace(self.font()))
        self.state.setAccessibleName(tr("State hash"))
        self._level = "info"
        self._busy = False
        self._job = 0
        self._begun = 0.0
        self._left = TimeLeft()
        self._timer = QTimer(self, singleShot=True, interval=SHOW_AFTER_MS)
        self._timer.timeout.connect(self._reveal)
        self._hide = QTimer(self, singleShot=True, interval=0)
        self._hide.timeout.connect(self._conceal)
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._show_time)
        self._lay_out()
        self._conceal()

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(MARGIN, GRID // 2, MARGIN, GRID // 2)
        line.setSpacing(GRID)
        for part in (self.running, self.bar, self.time, self.cancel_button, self.icon):
            line.addWidget(part)
        line.addWidget(self.message, 1)
        line.addWidget(self.state)
        self.setFixedHeight(self.cancel_button.sizeHint().height() + GRID)

    def show_busy(self, busy: bool) -> None:
        """Whether a job is running. Where the next one follows at once, as in a queue, nothing is hidden between."""
        if busy == self._busy:
            return
        self._busy = busy
        if not busy:
            self._hide.start()
            return
        self._hide.stop()
        self._restart()
        if self.bar.isHidden():
            self._timer.start()
        self._tick.start()

    def _restart(self) -> None:
        self._begun = time.monotonic()
        self._left.restart()
        self.time.clear()

    def _reveal(self) -> None:
        for part in (self.running, self.bar, self.time, self.cancel_button):
            part.show()

    def _conceal(self) -> None:
        self._timer.stop()
        self._tick.stop()
        for part in (self.running, self.bar, self.time, self.cancel_button):
            part.hide()

    def show_progress(self, progress: JobProgress) -> None:
        if progress.number != self._job:
            self._job = progress.number
            self._restart()
        self._left.update(progress.share)
        self.running.setText(progress_line(progress))
        self.bar.setRange(0, 0 if progress.share is None else 1000)
        if progress.share is not None:
            self.bar.setValue(round(1000 * progress.share))

    def _show_time(self) -> None:
        elapsed = time.monotonic() - self._begun
        if elapsed < ENOUGH:
            self.time.clear()
            return
        left = in_words(self._left.now())
        self.time.setText(", ".join([elapsed_in_words(elapsed), *([left] if left else [])]))

    def show_message(self, message: Message) -> None:
        self.message.setText(message.text)
        self.message.setToolTip(message.text)
        self._level = message.level
        self._draw_icon()

    def show_state(self, state_hash: str) -> None:
        self.state.setText(tr("state {hash}").format(hash=short_hash(state_hash)))
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
