"""Cyclic garbage is collected on the GUI thread only.

Python collects on whichever thread happens to allocate. Widgets sit in reference cycles, so a collection on the model
thread would destroy them there, while Qt uses them here, and crash.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 500
_importing = threading.Event()


@contextmanager
def importing() -> Iterator[None]:
    """Around the import of large libraries, on any thread. Nothing is collected meanwhile, and what there is at the end
    is left out of every later collection: the libraries' objects stay for good, and to look through a million of them
    would hold the window up for half a second."""
    _importing.set()
    try:
        yield
    finally:
        gc.freeze()
        _importing.clear()


class GarbageCollector(QObject):
    """Takes over from Python's automatic collection until ``stop``; lives on the GUI thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self.collect_due)
        self._timer.start()

    def collect_due(self) -> None:
        """Collect the generations whose thresholds are passed, as Python itself would; none during an import."""
        if _importing.is_set():
            return
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation] > 0:
                gc.collect(generation)
                return

    def spare_what_is_loaded(self) -> None:
        """Leave what there is now out of every later collection: the model and the window stay for long."""
        gc.collect()
        gc.freeze()

    def stop(self) -> None:
        """Hand back to Python; to be called once the model thread has ended."""
        self._timer.stop()
        gc.enable()
