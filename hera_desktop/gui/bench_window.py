"""One measurement of ``hera-desktop bench ui``, in a process of its own so that nothing is loaded beforehand.

``python -m hera_desktop.gui.bench_window TASK`` starts the program as ``python -m hera_desktop`` does, watches its
window from the first frame on, writes what it found and leaves. TASK is the JSON of a ``Task``.
"""

from __future__ import annotations

import json
import logging
import os
import runpy
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from .heartbeat import Heartbeat

log = logging.getLogger(__name__)

Part = Literal["window", "model", "panels"]
SETTLE_S = 1.0
LOOK_MS = 200
PATIENCE_S = 900
PLACES = ("France", "Japan", "Kenya", "Peru", "Norway", "India")
SENTENCES = (
    "The capital of {place} is",
    "The most famous dish of {place} is",
    "In the north of {place} there is",
    "People in {place} like to",
    "The history of {place} began with",
)


@dataclass(frozen=True)
class Task:
    """``window``: up to the first frame; ``model``: load the model and evolve ``steps`` steps; ``panels``: timeline and
    plots with ``entries`` steps. ``began`` is ``time.monotonic()`` when the process was started; the answer goes to the
    file ``result``."""

    part: Part
    result: str
    began: float = 0.0
    session: str = ""
    steps: int = 30
    entries: int = 10_000


def prompts(count: int) -> list[str]:
    """Different ones as long as there are any."""
    found = [sentence.format(place=place) for place in PLACES for sentence in SENTENCES]
    return [found[number % len(found)] for number in range(count)]


class Watch(QObject):
    """Finds the window, waits for its first frame and, for the part ``model``, lets the heart beat while the model is
    loaded and then while it evolves. ``answer`` is called with what was found, or with the reason below ``failed``; it
    is expected to end the process."""

    def __init__(self, task: Task, answer: Any) -> None:
        super().__init__()
        self._task = task
        self._answer = answer
        self._found: dict[str, Any] = {}
        self._window: Any = None
        self._open: list[Any] = []
        self._evolving = False
        self._evolved = 0
        self._doing = "starting"
        self._started = self._changed = time.monotonic()
        self._heart = Heartbeat(self)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._find)
        self._timer.start(0)

    # --- the first frame --------------------------------------------------------------------------------------------

    def _find(self) -> None:
        windows = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QMainWindow)]
        self._window = next((window for window in windows if window.isVisible()), None)
        if self._window is None:
            return
        self._timer.stop()
        self._window.installEventFilter(self)
        self._window.update()  # it may have been painted just before it was found

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            QTimer.singleShot(0, self._on_painted)  # by then its parts are painted too
        return False

    def _on_painted(self) -> None:
        self._found["first_ms"] = 1000 * (time.monotonic() - self._task.began)
        if self._task.part == "window":
            self._answer(self._found)
            return
        self._follow()
        self._heart.begin(self._doing)
        self._timer.timeout.disconnect()
        self._timer.timeout.connect(self._look)
        self._timer.start(LOOK_MS)

    # --- the model --------------------------------------------------------------------------------------------------

    def _follow(self) -> None:
        controller = self._window.controller
        controller.began.connect(self._on_began)
        controller.progressed.connect(self._on_progress)
        controller.ended.connect(self._on_ended)
        self._window.guard.asked.connect(self._on_asked)

    def _on_began(self, request: Any) -> None:
        self._open.append(request)
        self._say(request.name)

    def _on_progress(self, progress: Any) -> None:
        self._say(f"{progress.name}: {progress.what}" if progress.what != progress.name else progress.name)

    def _on_ended(self, outcome: Any) -> None:
        self._open = [request for request in self._open if request is not outcome.request]
        if outcome.status != "finished":
            self._answer({"failed": outcome.message or f"{outcome.name}: {outcome.status}"})
        self._evolved += outcome.name == "Evolving"
        self._say(f"after {outcome.name}")

    def _on_asked(self, asked: bool) -> None:
        if asked:
            self._answer({"failed": "memory is short for the model; what is measured would be the swapping"})

    def _say(self, doing: str) -> None:
        self._doing, self._changed = doing, time.monotonic()
        self._heart.say(doing)

    def _look(self) -> None:
        """Whether it is done, with all that follows by itself."""
        controller, now = self._window.controller, time.monotonic()
        if now - self._started > PATIENCE_S:
            self._answer({"failed": f"the window was not done within {PATIENCE_S} s; it was at '{self._doing}'"})
        if controller.busy or self._open or now - self._changed < SETTLE_S:
            return
        if controller.snapshot is None:
            said = [message.text for message in list(controller.messages.kept)[-1:]]
            self._answer({"failed": " ".join(["no model was loaded;", *said])})
        elif not self._evolving:
            self._found["loading"] = asdict(self._heart.end())
            self._evolving = True
            controller.queue.add(prompts(self._task.steps))
            self._heart.begin("starting the queue")
            controller.run_queue()
        else:
            self._found.update(evolving=asdict(self._heart.end()), evolved=self._evolved)
            self._answer(self._found)


def _panels(task: Task) -> dict[str, Any]:
    """Timeline and plots with many steps, as the window has them: no collection of garbage on other threads."""
    from .bench_timeline import timeline_figures
    from .garbage import GarbageCollector
    from .plot_bench import Times, plot_figures
    from .theme import SystemTheme

    app = QApplication([])
    SystemTheme(app)
    garbage = GarbageCollector()
    garbage.spare_what_is_loaded()
    timeline = timeline_figures(app, task.entries)
    plots = plot_figures(app, task.entries)
    garbage.stop()
    kinds = ("scroll", "redraw", "append", "search")
    found = {f"timeline: {kind}": asdict(Times.of(getattr(timeline, kind))) for kind in kinds}
    return {**found, **{f"plots: {name}": asdict(times) for name, times in plots.times.items()}}


def main(argument: str) -> None:
    """Do the task; the process ends here, without waiting for a model that may still be on its way."""
    task = Task(**json.loads(argument))

    def answer(found: dict[str, Any]) -> None:
        Path(task.result).write_text(json.dumps(found), encoding="utf-8")
        logging.shutdown()
        os._exit(0)

    if task.part == "panels":
        answer(_panels(task))
    app = QApplication(["hera-desktop"])
    watch = Watch(task, answer)
    sys.argv = ["hera-desktop", *(["--session", task.session] if task.session else [])]
    log.debug("watching %s with %s", app, watch)
    runpy.run_module("hera_desktop", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(sys.argv[1])
