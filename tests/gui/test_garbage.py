from __future__ import annotations

import gc
import threading
import weakref

from PySide6.QtCore import QObject

from hera_desktop.gui.garbage import GarbageCollector


class Knot(QObject):
    """An object in a reference cycle, which only a collection can end."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


def make_garbage() -> None:
    for _ in range(20_000):
        ring: list[object] = []
        ring.append(ring)


def test_another_thread_collects_nothing_and_the_gui_thread_does(qtbot):
    collector = GarbageCollector()
    try:
        knot = Knot()
        gone = weakref.ref(knot)
        del knot
        worker = threading.Thread(target=make_garbage)
        worker.start()
        worker.join()
        assert gone() is not None, "the worker's allocations collected it"
        gc.collect()
        assert gone() is None
        make_garbage()
        before = gc.get_count()[0]
        qtbot.waitUntil(lambda: gc.get_count()[0] < before, timeout=10_000)
    finally:
        collector.stop()


def test_pythons_own_collection_is_back_once_the_window_is_closed(fake_window):
    assert not gc.isenabled()
    assert fake_window.controller.close()
    assert gc.isenabled()
