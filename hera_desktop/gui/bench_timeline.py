"""How fast the timeline answers with many steps: scrolling, redrawing, and a step being added.

The real panel runs, driven through Qt's event loop. No model is needed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from .records import Snapshot, TimelineRow, TimelineView
from .synthetic_timeline import synthetic_view

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from .panels.timeline import TimelinePanel

LIMITS = {
    "js_divergence": {"step": (0.105, 0.15), "cumulative": (0.21, 0.30)},
    "ppl_ratio": {"step": (1.35, 1.5), "cumulative": (1.7, 2.0)},
    "cosine_drift": {"step": (0.035, 0.05), "cumulative": (0.07, 0.10)},
}
Clock = Callable[[], float]
WIDTH, HEIGHT = 1920, 400
APPENDED = 30
REDRAWN = 30


@dataclass(frozen=True)
class TimelineFigures:
    """Milliseconds, every measurement. ``scroll``: from a wheel, key or scroll bar event to the painted table;
    ``redraw``: painting everything anew; ``append``: a snapshot with one more step, to the painted table; ``search``: a
    letter in the search line, to the painted table."""

    rows: int
    scroll: tuple[float, ...]
    redraw: tuple[float, ...]
    append: tuple[float, ...]
    search: tuple[float, ...]


def timeline_figures(app: QApplication, rows: int, clock: Clock = time.perf_counter) -> TimelineFigures:
    """Show a timeline of ``rows`` invented steps, scroll it, redraw it, add to it and search it; ``clock`` in
    seconds."""
    from .panels.timeline import TimelinePanel

    panel = TimelinePanel()
    panel.setMinimumSize(640, 120)  # a window's own: else every layout asks the platform for another
    panel.resize(WIDTH, HEIGHT)
    panel.show()
    view = synthetic_view(rows)
    panel.show_snapshot(_snapshot(view))
    panel.set_ready(True)
    for _ in range(20):
        app.processEvents()
        time.sleep(0.005)
    scroll = tuple(_timed(app, clock, step) for step in _scrolling(panel))
    redraw = tuple(_timed(app, clock, panel.table.viewport().update) for _ in range(REDRAWN))
    append = []
    for number in range(APPENDED):
        snapshot = _snapshot(_longer(view, number + 1))
        append.append(_timed(app, clock, lambda snapshot=snapshot: panel.show_snapshot(snapshot)))
    search = tuple(_timed(app, clock, lambda text=text: panel.filter_line.search.setText(text)) for text in _typing())
    panel.close()
    return TimelineFigures(rows, scroll, redraw, tuple(append), search)


def _snapshot(view: TimelineView) -> Snapshot:
    info: Any = SimpleNamespace(limits=LIMITS, read_only=False, probes=())
    return Snapshot(info, view)


def _longer(view: TimelineView, count: int) -> TimelineView:
    """The same view with the last step ``count`` times more."""
    last = view.rows[-1]
    more: list[TimelineRow] = [
        replace(last, step=last.step + n, patch_id=f"p{last.step + n}") for n in range(1, count + 1)
    ]
    return replace(view, rows=(*view.rows, *more), edges=(*view.edges, *([()] * count)), current=more[-1].step)


def _timed(app: QApplication, clock: Clock, act: Any) -> float:
    """Do it, and let the window handle and paint all that follows from it; milliseconds."""
    start = clock()
    act()
    app.processEvents()
    took = 1000 * (clock() - start)
    time.sleep(0.001)
    return took


def _typing() -> list[str]:
    return [text[:end] for text in ("paris", "p99", "capital of") for end in range(1, len(text) + 1)]


# --- scrolling -------------------------------------------------------------------------------------------------------


def _scrolling(panel: TimelinePanel) -> Iterator[Any]:
    """One movement after another, each as something to be called."""
    from PySide6.QtCore import Qt

    from .bench_input import press_key, turn_wheel

    table, bar = panel.table, panel.table.verticalScrollBar()
    table.setFocus()
    for delta in [-120] * 40 + [-1200] * 20 + [1200] * 20:
        yield lambda delta=delta: turn_wheel(table, delta)
    for number in range(101):
        yield lambda number=number: bar.setValue(bar.maximum() * number // 100)
    for key, count in ((Qt.Key.Key_PageUp, 20), (Qt.Key.Key_Home, 1), (Qt.Key.Key_PageDown, 20), (Qt.Key.Key_Down, 20)):
        for _ in range(count):
            yield lambda key=key: press_key(table, key)
