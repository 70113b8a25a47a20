"""How long a job has taken and will still take; nothing is said before there is something to go by."""

from __future__ import annotations

import time
from collections import deque

from .i18n import tr

WINDOW = 30.0
"""Seconds that are looked back over, so that a change of pace shows."""
ENOUGH = 1.0
"""Seconds a job must have run before its pace says anything."""
LOOKED_BACK = 8
"""Steps whose mean tells how long the next one takes."""


class TimeLeft:
    """The time left of one job, from the share it has done."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, float]] = deque()

    def restart(self) -> None:
        self._seen.clear()

    def update(self, share: float | None, now: float | None = None) -> float | None:
        """Seconds until ``share`` is 1, or None where that cannot be said."""
        if share is None or (self._seen and share < self._seen[-1][1]):
            self.restart()
        if share is None:
            return None
        now = time.monotonic() if now is None else now
        self._seen.append((now, share))
        while len(self._seen) > 2 and self._seen[1][0] <= now - WINDOW:
            self._seen.popleft()
        return self.now(now)

    def now(self, now: float | None = None) -> float | None:
        """The same for a moment after the last update: it counts down while nothing new is told, and None once it
        should have been done."""
        if not self._seen:
            return None
        now = time.monotonic() if now is None else now
        last, share = self._seen[-1]
        elapsed, done = last - self._seen[0][0], share - self._seen[0][1]
        if elapsed < ENOUGH or done <= 0:
            return None
        left = (1 - share) * elapsed / done - (now - last)
        return left if left >= 0 else None


class Pace:
    """The time left of a row of like steps, from how long the last ones took."""

    def __init__(self) -> None:
        self._took: deque[float] = deque(maxlen=LOOKED_BACK)
        self._begun: float | None = None

    def begin(self, now: float | None = None) -> None:
        """A step begins."""
        self._begun = time.monotonic() if now is None else now

    def end(self, now: float | None = None, counts: bool = True) -> None:
        """It has ended; one that was broken off does not count."""
        if self._begun is not None and counts:
            self._took.append((time.monotonic() if now is None else now) - self._begun)
        self._begun = None

    def left(self, remaining: int, now: float | None = None) -> float | None:
        """Seconds for ``remaining`` steps, the running one among them; None before the first has ended, and once the
        last one takes longer than they did."""
        if not self._took:
            return None
        mean = sum(self._took) / len(self._took)
        if self._begun is None:
            return mean * remaining
        elapsed = (time.monotonic() if now is None else now) - self._begun
        left = mean * max(remaining - 1, 0) + max(mean - elapsed, 0.0)
        return left if left > 0 else None


def in_words(seconds: float | None) -> str:
    """``about 12 s left``, ``about 3 min left``; no more exact than the estimate is, empty where there is none."""
    if seconds is None:
        return ""
    if seconds < 20:
        return tr("about {count} s left").format(count=max(round(seconds), 1))
    if seconds < 57.5:
        return tr("about {count} s left").format(count=5 * round(seconds / 5))
    minutes = max(round(seconds / 60), 1)
    if minutes < 90:
        return tr("about {count} min left").format(count=minutes)
    return tr("about {count} h left").format(count=f"{seconds / 3600:.1f}")


def elapsed_in_words(seconds: float) -> str:
    """``12 s``, ``2 min 05 s``, ``1 h 04 min``."""
    whole = int(seconds)
    if whole < 60:
        return tr("{seconds} s").format(seconds=whole)
    if whole < 3600:
        return tr("{minutes} min {seconds} s").format(minutes=whole // 60, seconds=f"{whole % 60:02d}")
    return tr("{hours} h {minutes} min").format(hours=whole // 3600, minutes=f"{whole % 3600 // 60:02d}")
