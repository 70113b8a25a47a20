"""A timer in the GUI thread that beats every 10 ms: how long the window stood still, and what went on meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer

from .plot_bench import Times

BEAT_MS = 10
LONGEST = 8


@dataclass(frozen=True)
class Beats:
    """Gaps between beats in milliseconds; one that is as long as the timer's interval means that nothing was in the
    way. ``longest``: gaps and what went on in them, the longest first."""

    times: Times
    longest: tuple[tuple[float, str], ...]

    @classmethod
    def of(cls, gaps: Iterable[tuple[float, str]]) -> Beats:
        ordered = sorted(gaps, reverse=True)
        return cls(Times.of([gap for gap, _ in ordered]), tuple(ordered[:LONGEST]))


class Heartbeat(QObject):
    """Beats from ``begin`` to ``end``; ``clock`` in seconds."""

    def __init__(self, parent: QObject | None = None, clock: Callable[[], float] = time.perf_counter) -> None:
        super().__init__(parent)
        self._clock = clock
        self._gaps: list[tuple[float, str]] = []
        self._last = 0.0
        self._doing = self._before = ""
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self.beat)

    def begin(self, doing: str) -> None:
        self._gaps.clear()
        self._doing = self._before = doing
        self._last = self._clock()
        self._timer.start()

    def say(self, doing: str) -> None:
        """What goes on from now on."""
        self._doing = doing

    def beat(self) -> None:
        now = self._clock()
        during = self._doing if self._doing == self._before else f"{self._before}, then {self._doing}"
        self._gaps.append((1000 * (now - self._last), during))
        self._last, self._before = now, self._doing

    def end(self) -> Beats:
        """The gaps, with the one that is still open."""
        self._timer.stop()
        self.beat()
        return Beats.of(self._gaps)
