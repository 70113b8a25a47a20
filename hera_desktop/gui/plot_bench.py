"""How fast the plots answer: appending a step, panning, zooming and pointing, on an invented session.

The real panel is drawn; no model is needed. A redraw is measured from the call to the painted widget.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import count
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject

from .measures import MEASURES
from .records import Snapshot, TimelineRow, TimelineView

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from .panels.immune import ImmunePanel

LIMIT_MS = 33.0
PROBES = 16
REPEATS = 60
STUCK_S = 10.0
SIZE = (460, 460)
LIMITS = {
    "js_divergence": {"step": (0.105, 0.15), "cumulative": (0.21, 0.30)},
    "ppl_ratio": {"step": (1.35, 1.5), "cumulative": (1.7, 2.0)},
    "cosine_drift": {"step": (0.035, 0.05), "cumulative": (0.07, 0.10)},
}


@dataclass(frozen=True)
class Times:
    """Milliseconds over ``count`` measurements."""

    median: float
    p99: float
    worst: float
    count: int

    @classmethod
    def of(cls, found: Sequence[float]) -> Times:
        ordered = sorted(found)
        at = math.ceil(0.99 * len(ordered)) - 1
        return cls(ordered[len(ordered) // 2], ordered[at], ordered[-1], len(ordered))


@dataclass(frozen=True)
class PlotFigures:
    """Per kind of redraw, named ``tab: what``."""

    rows: int
    times: dict[str, Times]
    limit_ms: float = LIMIT_MS

    @property
    def holds(self) -> bool:
        return max(times.p99 for times in self.times.values()) <= self.limit_ms

    def as_dict(self) -> dict[str, Any]:
        return {**asdict(self), "holds": self.holds}


def plot_figures(app: QApplication, rows: int) -> PlotFigures:
    """Measure every tab that the immune panel offers with ``rows`` steps."""
    from PySide6.QtWidgets import QWidget

    from .panels.immune import TABS, ImmunePanel

    window = QWidget()
    window.setMinimumSize(*SIZE)
    panel = ImmunePanel(window)
    panel.resize(*SIZE)
    window.show()
    watch = PaintWatch(panel)
    history = list(invented_rows(rows))
    times: dict[str, Times] = {}
    try:
        for number, (name, _) in enumerate(TABS):
            if not panel.tabs.isTabVisible(number):  # the invented steps are no target edits
                continue
            panel.tabs.setCurrentIndex(number)
            _append(app, panel, history)
            for what, act in (("append", _appending(panel, history)), ("pan and zoom", _moving(panel))):
                times[f"{name}: {what}"] = Times.of([_timed(app, watch, act) for _ in range(REPEATS)])
            panel.group.show_all()
            times[f"{name}: point"] = Times.of([_timed(app, watch, _pointing(panel, n)) for n in range(REPEATS)])
    finally:
        window.close()
        window.deleteLater()
    return PlotFigures(rows, times)


class PaintWatch(QObject):
    """Notices when the plots that can be seen were painted."""

    def __init__(self, panel: ImmunePanel) -> None:
        super().__init__(panel)
        self._waiting: set[QObject] = set()
        self._plots = panel.group.plots
        for plot in self._plots:
            plot.viewport().installEventFilter(self)

    def begin(self) -> None:
        self._waiting = {plot.viewport() for plot in self._plots if plot.isVisible()}

    @property
    def painted(self) -> bool:
        return not self._waiting

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._waiting.discard(watched)
        return False


def _timed(app: QApplication, watch: PaintWatch, act: Callable[[], None]) -> float:
    """From the act to the painted plots."""
    app.processEvents()
    watch.begin()
    started = time.perf_counter()
    act()
    while not watch.painted:
        app.processEvents()
        if time.perf_counter() - started > STUCK_S:
            raise RuntimeError("the plots are not painted")
    app.processEvents()  # what else was put off until now counts as well
    return 1000 * (time.perf_counter() - started)


def _append(app: QApplication, panel: ImmunePanel, history: list[TimelineRow]) -> None:
    panel.show_snapshot(_snapshot(history))
    panel.redraw()
    app.processEvents()


def _appending(panel: ImmunePanel, history: list[TimelineRow]) -> Callable[[], None]:
    def act() -> None:
        history.extend(invented_rows(1, len(history) + 1))
        panel.show_snapshot(_snapshot(history))
        panel.redraw()

    return act


def _moving(panel: ImmunePanel) -> Callable[[], None]:
    """Zoom in and out by turns, and pan a little each time."""
    turn = count()

    def act() -> None:
        number = next(turn)
        steps = len(panel.group.table)
        width = steps * (0.02 + 0.98 * abs(math.cos(number / 9)))
        low = (steps - width) * abs(math.sin(number / 5))
        plot = next(plot for plot in panel.group.plots if plot.isVisible())
        plot.box.setXRange(low, low + width, padding=0)

    return act


def _pointing(panel: ImmunePanel, number: int) -> Callable[[], None]:
    def act() -> None:
        panel.group.hover(1 + number * 97 % len(panel.group.table))

    return act


def _snapshot(rows: Sequence[TimelineRow]) -> Snapshot:
    base = TimelineRow(0, "base", "base", "active", "", {}, "", "", "", {}, 0, 0)
    info: Any = SimpleNamespace(
        limits=LIMITS, probes=tuple(f"probe {n + 1}" for n in range(PROBES)), state_hash=f"{len(rows):064x}"
    )
    return Snapshot(info, TimelineView((base, *rows), (), 1, len(rows)))


def invented_rows(count: int, first: int = 1) -> Iterator[TimelineRow]:
    """Rows as a session has them: a wave with a drift, some rejected, some with a warning, some taken back."""
    for step in range(first, first + count):
        status = "rejected" if step % 13 == 0 else "warning" if step % 7 == 0 else "committed"
        state = "rejected" if status == "rejected" else "reverted" if step % 29 == 0 else "active"
        yield TimelineRow(
            step=step,
            patch_id=f"p{step}",
            status=status,
            state=state,
            prompt=f"prompt {step}",
            metrics={m.name: _values(m.name, m.neutral, step, status) for m in MEASURES},
            reason=f"{status}: invented for measuring",
            note="",
            time=f"2025-01-01T{step:09d}",
            details={
                "norm": 0.2 + 0.1 * math.sin(step / 11),
                "layers": [7 + step % 3],
                "probe_metrics": {m.name: _per_probe(m.name, m.neutral, step) for m in MEASURES},
            },
            parent=step - 1,
            lane=0,
        )


def _values(name: str, neutral: float, step: int, status: str) -> dict[str, float]:
    room = LIMITS[name]["step"][1] - neutral
    share = {"rejected": 1.3, "warning": 0.8}.get(status, 0.25 + 0.2 * math.sin(step / 5) + 0.05 * math.sin(step))
    far = LIMITS[name]["cumulative"][1] - neutral
    return {"step": neutral + share * room, "cumulative": neutral + far * (0.4 + 0.3 * math.sin(step / 900))}


def _per_probe(name: str, neutral: float, step: int) -> list[float]:
    room = LIMITS[name]["step"][1] - neutral
    return [neutral + room * max(0.0, 0.4 + 0.5 * math.sin(step / 3 + probe)) for probe in range(PROBES)]
