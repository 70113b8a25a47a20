"""Cyclic garbage is collected on the GUI thread only.

Python collects on whichever thread happens to allocate. Widgets sit in reference cycles, so a collection on the model
thread would destroy them there, while Qt uses them here, and crash.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 500


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
        """Collect the generations whose thresholds are passed, as Python itself would."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation] > 0:
                gc.collect(generation)
                return

    def spare_what_is_loaded(self) -> None:
        """Leave what there is now out of every later collection: the libraries' half a million objects stay for good,
        and looking through them would hold the window up."""
        gc.collect()
        gc.freeze()

    def stop(self) -> None:
        """Hand back to Python; to be called once the model thread has ended."""
        self._timer.stop()
        gc.enable()
