"""How long a job will still take, from how far it came lately; nothing is said before there is something to go by."""

from __future__ import annotations

import time
from collections import deque

WINDOW = 30.0
"""Seconds that are looked back over, so that a change of pace shows."""
ENOUGH = 3.0
"""Seconds a job must have run before its pace says anything."""


class TimeLeft:
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
        elapsed, done = now - self._seen[0][0], share - self._seen[0][1]
        if elapsed < ENOUGH or done <= 0:
            return None
        return (1 - share) * elapsed / done


def in_words(seconds: float | None) -> str:
    """``about 3 min left``; no more exact than the estimate is."""
    if seconds is None:
        return ""
    if seconds < 60:
        return "less than a minute left"
    minutes = round(seconds / 60)
    if minutes < 90:
        return f"about {minutes} min left"
    return f"about {seconds / 3600:.1f} h left"
