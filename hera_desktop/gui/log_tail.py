"""The program's log records as they come, on the GUI thread: merged by a timer, whatever thread they are made on."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections import deque
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

PROGRAM = "hera_desktop"
KEPT = 5000
MERGE_MS = 200
FORMAT = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s", datefmt="%H:%M:%S")


@dataclass(frozen=True)
class LogLine:
    """``level`` is the number that the logging module gives it; ``text`` can have several lines (a traceback)."""

    level: int
    text: str


class LogTail(QObject):
    """Signals: ``came(tuple of LogLine)``, at most five times a second. ``kept`` holds the last 5,000."""

    came = Signal(object)
    _noticed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.kept: deque[LogLine] = deque(maxlen=KEPT)
        self._waiting: deque[LogLine] = deque(maxlen=KEPT)
        self._timer = QTimer(self, singleShot=True, interval=MERGE_MS)
        self._timer.timeout.connect(self._hand_over)
        self._noticed.connect(self._start)
        self._told = threading.Event()
        self._handler = _Handler(self._waiting, self._told, self._noticed)
        self.destroyed.connect(partial(logging.getLogger(PROGRAM).removeHandler, self._handler))
        self.watch()

    def watch(self) -> None:
        """Listen to the program's log; again where the log was started anew in between."""
        logging.getLogger(PROGRAM).addHandler(self._handler)

    def _start(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _hand_over(self) -> None:
        self._told.clear()  # before taking, so that whatever comes in meanwhile is told again
        lines = []
        while self._waiting:
            lines.append(self._waiting.popleft())
        self.kept.extend(lines)
        if lines:
            self.came.emit(tuple(lines))


class _Handler(logging.Handler):
    """Puts records where the GUI thread takes them from. A deque takes them from any thread."""

    def __init__(self, waiting: deque[LogLine], told: threading.Event, noticed: SignalInstance) -> None:
        super().__init__()
        self.setFormatter(FORMAT)
        self._waiting = waiting
        self._told = told
        self._noticed = noticed

    def emit(self, record: logging.LogRecord) -> None:
        self._waiting.append(LogLine(record.levelno, self.format(record)))
        if not self._told.is_set():
            self._told.set()
            with contextlib.suppress(RuntimeError):  # the window has gone
                self._noticed.emit()
