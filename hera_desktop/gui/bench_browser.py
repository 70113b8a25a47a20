"""How fast the feature browser answers: every keystroke in the search box, and scrolling, on an invented atlas.

The real panel runs offscreen, driven through Qt's event loop. No model is needed.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hera_desktop.engine.progress import Progress

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from .features.finder import Finder
    from .panels.features import FeaturesPanel

LIMIT_MS = 50.0
QUERIES = ("a", "capital of", "bal dor", "new york city", "?", "17", "zzzzqq", "s e a")
BEAT_MS = 1
STEP_MS = 8
SETTLE_S = 0.5
STUCK_S = 10.0


@dataclass(frozen=True)
class Times:
    """Milliseconds over ``count`` measurements; ``worst_of`` names the one that took longest."""

    median: float
    worst: float
    count: int
    worst_of: str


@dataclass(frozen=True)
class BrowserFigures:
    """``keystroke``: from the key to the painted table; ``blocked``: gaps between the beats of a timer while the table
    is scrolled; ``open_ms``: opening the atlas and showing the table."""

    features: int
    keystroke: Times
    blocked: Times
    open_ms: float
    limit_ms: float = LIMIT_MS

    @property
    def holds(self) -> bool:
        return max(self.keystroke.worst, self.blocked.worst) < self.limit_ms

    def as_dict(self) -> dict[str, Any]:
        return {**asdict(self), "holds": self.holds}


def bench_browser(features: int, progress: Progress) -> BrowserFigures:
    """Type, scroll and measure, on an atlas of ``features`` invented features in a temporary folder."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication

    from hera_desktop.engine.atlas.synthetic import write_synthetic_atlas

    from .garbage import GarbageCollector
    from .panels.features import FeaturesPanel
    from .theme import SystemTheme

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    SystemTheme(app)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "atlas.sqlite"
        progress(f"writing an atlas of {features:,} features", None)
        write_synthetic_atlas(path, features)
        garbage = GarbageCollector()
        garbage.spare_what_is_loaded()
        try:
            return _measure(app, FeaturesPanel(), path, progress)
        finally:
            garbage.stop()


def _measure(app: QApplication, panel: FeaturesPanel, path: Path, progress: Progress) -> BrowserFigures:
    from hera_desktop.engine.atlas.store import Atlas

    panel.setMinimumSize(640, 480)  # a window's own: else every layout asks the platform for another
    panel.resize(1920, 1000)
    panel.show()
    app.processEvents()
    start = time.perf_counter()
    with Atlas.open(path) as atlas:
        panel.browser.open(atlas.info.sae_fingerprint, atlas.info.d_sae, atlas)
        panel.show_browser()
        app.processEvents()
        opened = 1000 * (time.perf_counter() - start)
        _settle(app)
        progress("typing", None)
        keys = dict(_type(app, panel.browser.finder, QUERIES))
        progress("scrolling", None)
        gaps = _scroll(panel.browser.finder)
        figures = BrowserFigures(atlas.info.d_sae, _times(keys), _times(gaps), opened)
        panel.browser.open("", 0, None)
    panel.close()
    return figures


def _settle(app: QApplication) -> None:
    """Let everything that the window does on its own be done."""
    end = time.perf_counter() + SETTLE_S
    while time.perf_counter() < end:
        app.processEvents()
        time.sleep(0.005)


def _times(found: dict[str, float]) -> Times:
    worst = max(found, key=lambda name: found[name])
    return Times(statistics.median(found.values()), found[worst], len(found), worst)


# --- typing ----------------------------------------------------------------------------------------------------------


def _type(app: QApplication, finder: Finder, queries: Sequence[str]) -> Iterator[tuple[str, float]]:
    """Each letter of each query, and each deletion of it: milliseconds from the key event to the painted table."""
    from PySide6.QtCore import Qt

    finder.search.setFocus()
    watch = _paint_watch((finder.table.viewport(), finder.search))
    for query in queries:
        for end in range(1, len(query) + 1):
            letter = query[end - 1]
            yield f"'{query[:end]}'", _press(app, finder, watch, Qt.Key(ord(letter.upper())), letter)
        for end in range(len(query) - 1, -1, -1):
            yield f"'{query[:end]}' after '{query[: end + 1]}'", _press(app, finder, watch, Qt.Key.Key_Backspace, "")


def _press(app: QApplication, finder: Finder, watch: Any, key: Any, letter: str) -> float:
    """Post the key as the window system would, and run the event loop until the table stands painted."""
    from .bench_input import press_key

    before = finder.search.text()
    watch.painted.clear()
    start = time.perf_counter()
    press_key(finder.search, key, letter)
    while finder.search.text() == before or _result(finder) not in watch.painted:
        app.processEvents()
        if time.perf_counter() - start > STUCK_S:
            raise RuntimeError(f"the table was not painted after the key {key}")
    took = 1000 * (time.perf_counter() - start)
    _rest(app)
    return took


def _result(finder: Finder) -> Any:
    """What is painted anew: the table, or only the search box where nothing matches, as nothing did before."""
    return finder.table.viewport() if len(finder.features.rows) else finder.search


def _paint_watch(widgets: Sequence[Any]) -> Any:
    """An object whose set ``painted`` gathers those of the widgets that have been painted."""
    from PySide6.QtCore import QEvent, QObject

    class PaintWatch(QObject):
        painted: set[QObject] = set()

        def eventFilter(self, widget: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                self.painted.add(widget)
            return False

    watch = PaintWatch()
    for widget in widgets:
        widget.installEventFilter(watch)
    return watch


def _rest(app: QApplication) -> None:
    """Nobody types faster than this; timers get their turn outside of the measurement."""
    end = time.perf_counter() + 0.01
    while time.perf_counter() < end:
        app.processEvents()
        time.sleep(0.001)


# --- scrolling -------------------------------------------------------------------------------------------------------


def _scroll(finder: Finder) -> dict[str, float]:
    """The gaps between the beats of a timer while the table is scrolled by wheel, page, key and from end to end."""
    from PySide6.QtCore import QEventLoop, Qt, QTimer

    table = finder.table
    table.setFocus()
    loop, gaps, steps = QEventLoop(), {}, _steps(table)
    last, doing, number = time.perf_counter(), "start", 0

    def beat() -> None:
        nonlocal last, number
        now = time.perf_counter()
        gaps[f"{doing}, beat {number}"] = 1000 * (now - last)
        last, number = now, number + 1

    def step() -> None:
        nonlocal doing
        doing = next(steps, "")
        if not doing:
            loop.quit()

    heart, driver = QTimer(), QTimer()
    for timer, interval, slot in ((heart, BEAT_MS, beat), (driver, STEP_MS, step)):
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.setInterval(interval)
        timer.timeout.connect(slot)
    last = time.perf_counter()
    heart.start()
    driver.start()
    loop.exec()
    heart.stop()
    driver.stop()
    return gaps


def _steps(table: Any) -> Iterator[str]:
    """Do one thing after another, and name it."""
    from PySide6.QtCore import Qt

    from .bench_input import press_key, turn_wheel

    bar = table.verticalScrollBar()
    for delta in [-120] * 60 + [-1200] * 30 + [1200] * 30:
        turn_wheel(table, delta)
        yield "wheel"
    for number in range(101):
        bar.setValue(bar.maximum() * number // 100)
        yield "dragging from end to end"
    for key, count in ((Qt.Key.Key_PageUp, 40), (Qt.Key.Key_Home, 1), (Qt.Key.Key_PageDown, 40), (Qt.Key.Key_Down, 40)):
        for _ in range(count):
            press_key(table, key)
            yield key.name
    for key in (Qt.Key.Key_End, Qt.Key.Key_Home) * 5:
        press_key(table, key)
        yield key.name
