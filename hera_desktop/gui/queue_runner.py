"""Evolves the prompts of the queue one after another, with pause and resume."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from .i18n import tr
from .prompt_queue import CANCELLED, FAILED, RUNNING, WAITING, QueueRow
from .records import Outcome, Step, StepSettings
from .requests import EvolveRequest, Request
from .time_left import Pace

if TYPE_CHECKING:
    from .controller import Controller


@dataclass(frozen=True)
class QueueProgress:
    """``active``: the queue goes on by itself; ``paused``: it waits to be resumed, perhaps after the running step.
    ``number`` of ``total`` rows of this run is running or was the last; ``left`` is in seconds, or None."""

    active: bool
    paused: bool
    number: int
    total: int
    left: float | None


class QueueRunner(QObject):
    """Signal: ``changed()`` when it starts, goes on to the next row, pauses or ends.

    The controller tells it of every step and outcome, and asks it to go on whenever a job has ended.
    """

    changed = Signal()

    def __init__(self, controller: Controller) -> None:
        super().__init__(controller)
        self._controller = controller
        self._queue = controller.queue
        self._template: EvolveRequest | None = None
        self._request: Request | None = None
        self._row: QueueRow | None = None
        self._only: set[QueueRow] | None = None
        self._ended: list[QueueRow] = []
        self._paused = False
        self._pace = Pace()

    # --- what the user can do ---------------------------------------------------------------------------------------

    def run(self, settings: StepSettings) -> None:
        """Evolve the waiting rows with these settings, or go on with them after a pause; told where it cannot be done.
        Nothing happens while the queue runs."""
        if self._template is None:
            self._start(settings, None)
        elif self._paused and (template := self._ready_template(settings)) is not None:
            self._template, self._paused = template, False
            self._go()

    def run_again(self, rows: Iterable[QueueRow], settings: StepSettings) -> None:
        """Evolve these rows, and no others, once more; while the queue runs their turn comes again in it."""
        chosen = [row for row in rows if row.status != RUNNING]
        if self.progress.active:
            if self._only is not None:
                self._only.update(chosen)
            self._queue.wait(chosen)
        elif chosen:
            self.stop()
            self._start(settings, set(chosen))

    def pause(self) -> None:
        """Finish the running step and keep the rest waiting."""
        if self._template is not None:
            self._paused = True
            self.changed.emit()

    def stop(self) -> None:
        """No further row is begun; the rest stays waiting."""
        if self._template is not None:
            self._template, self._paused = None, False
            self.changed.emit()

    @property
    def progress(self) -> QueueProgress:
        waiting = len(self._waiting())
        running = self._row is not None
        remaining = waiting + running
        number = len(self._ended) + running
        left = self._pace.left(remaining) if running else None
        active = self._template is not None and not self._paused
        return QueueProgress(active, self._paused, number, len(self._ended) + remaining, left)

    # --- what the controller tells ----------------------------------------------------------------------------------

    def on_step(self, request: Request, step: Step) -> None:
        """A step was measured and recorded."""
        if request is self._request and self._row is not None:
            self._queue.mark(self._row, step.result.status, step.result.reason, step.result.step)

    def on_end(self, outcome: Outcome, sentence: str) -> None:
        """A job has ended; ``sentence`` is what the user is told about it."""
        if outcome.request is not self._request or self._row is None:
            return
        if self._row.status == RUNNING:  # no step came of it
            self._queue.mark(self._row, FAILED if outcome.status == "failed" else CANCELLED, sentence)
        self._pace.end(counts=outcome.status == "finished")
        self._ended.append(self._row)
        self._request = self._row = None
        self.changed.emit()

    def go_on(self) -> None:
        """Begin the next row, if it is time for it."""
        if self._template is None or self._paused or self._request is not None or not self._controller.ready:
            return
        waiting = self._waiting()
        if not waiting:
            self._finish()
            return
        self._row = waiting[0]
        self._queue.mark(self._row, RUNNING)
        self._request = replace(self._template, prompt=self._row.prompt, target=self._row.target)
        self._pace.begin()
        self._controller.submit(self._request)
        self.changed.emit()

    # --- inside -----------------------------------------------------------------------------------------------------

    def _start(self, settings: StepSettings, only: set[QueueRow] | None) -> None:
        template = self._ready_template(settings)
        if template is None:
            return
        self._template, self._only, self._paused = template, only, False
        self._ended.clear()
        self._pace = Pace()
        if only is not None:
            self._queue.wait(only)
        self._go()

    def _ready_template(self, settings: StepSettings) -> EvolveRequest | None:
        """The step of this run without its prompt; None, with the reason told, where no step can be started."""
        if self._request is None and not self._controller.startable():
            return None
        return self._controller.step_request("", settings)

    def _go(self) -> None:
        self.changed.emit()
        self.go_on()

    def _waiting(self) -> list[QueueRow]:
        only = self._only
        return [row for row in self._queue.rows if row.status == WAITING and (only is None or row in only)]

    def _finish(self) -> None:
        self._template = None
        if len(self._ended) > 1:
            self._controller.messages.tell(_summary([row.status for row in self._ended]))
        self.changed.emit()


def _summary(statuses: list[str]) -> str:
    text = tr("The queue is done: {count} prompts").format(count=len(statuses))
    parts = {
        "warning": tr("{count} committed with a warning"),
        "rejected": tr("{count} rejected"),
        FAILED: tr("{count} failed"),
    }
    told = [words.format(count=statuses.count(status)) for status, words in parts.items() if status in statuses]
    return ", ".join([text, *told])
