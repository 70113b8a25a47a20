"""Repeats a step, or goes round the queue, until a stop condition holds."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from hera_desktop.engine.auto_run import StopConditions

from .budget import budget_use, judged_values
from .i18n import mark, tr
from .messages import Level
from .prompt_queue import CANCELLED, FAILED, RUNNING, QueueRow
from .records import Outcome, Snapshot, Step, StepSettings, Target
from .requests import EvolveRequest, Request
from .time_left import Pace

if TYPE_CHECKING:
    from .controller import Controller

STOPPED, EMPTIED = "stopped", "emptied"
WHY: dict[str, tuple[str, Level]] = {
    "steps": (mark("Auto-run is done: {done}"), "info"),
    "budget": (
        mark("Auto-run ended after {done}: {used} % of the budget is used, it was to stop at {limit} %"),
        "info",
    ),
    "rejection": (mark("Auto-run ended after {done}: step {step} was rejected"), "warning"),
    STOPPED: (mark("Auto-run was stopped after {done}"), "info"),
    CANCELLED: (mark("Auto-run was cancelled after {done}; the last committed state stands"), "info"),
    FAILED: (mark("Auto-run ended after {done}: the next one failed"), "error"),
    EMPTIED: (mark("Auto-run ended after {done}: the queue is empty"), "info"),
}


@dataclass(frozen=True)
class AutoRun:
    """``cycle`` goes round the prompts of the queue, each with its own target; otherwise ``prompt`` is repeated."""

    prompt: str
    settings: StepSettings
    stop: StopConditions
    cycle: bool = False
    target: Target | None = None


@dataclass(frozen=True)
class AutoProgress:
    """``step`` of ``steps`` is running; ``budget`` is the share of the cumulative limits that the present state has
    used (None: not measured); ``left`` is in seconds, or None. ``stopping``: it ends after the running step."""

    running: bool
    stopping: bool = False
    step: int = 0
    steps: int = 0
    budget: float | None = None
    left: float | None = None


class AutoRunner(QObject):
    """Signal: ``changed()`` when it starts, after every step and when it ends. The end is told with its reason.

    The controller tells it of every step and outcome, and asks it to go on whenever a job has ended.
    """

    changed = Signal()

    def __init__(self, controller: Controller) -> None:
        super().__init__(controller)
        self._controller = controller
        self._queue = controller.queue
        self._run: AutoRun | None = None
        self._template: EvolveRequest | None = None
        self._request: Request | None = None
        self._row: QueueRow | None = None
        self._done = 0
        self._last: Step | None = None
        self._recorded = False
        self._used: float | None = None
        self._why: str | None = None
        self._pace = Pace()

    # --- what the user can do ---------------------------------------------------------------------------------------

    def start(self, run: AutoRun) -> bool:
        """Begin; false, with the reason told, where that is not possible."""
        template = self._template_of(run)
        if template is None:
            return False
        self._controller.runner.stop()
        self._run, self._template, self._row, self._why = run, template, None, None
        self._done, self._last, self._pace = 0, None, Pace()
        self.changed.emit()
        self.go_on()
        return True

    def stop(self) -> None:
        """End after the running step."""
        self._end_because(STOPPED)

    def cancel(self) -> None:
        """End; the controller stops the running step."""
        self._end_because(CANCELLED)

    @property
    def progress(self) -> AutoProgress:
        if self._run is None:
            return AutoProgress(False)
        steps, running = self._run.stop.steps, self._request is not None
        remaining = steps - self._done + (running and self._recorded)
        left = None if self._why else self._pace.left(remaining)
        step = self._done + (running and not self._recorded)
        return AutoProgress(True, self._why is not None, step, steps, self._used, left)

    # --- what the controller tells ----------------------------------------------------------------------------------

    def on_step(self, request: Request, step: Step) -> None:
        """A step was measured and recorded."""
        if self._run is None or request is not self._request:
            return
        result = step.result
        self._last, self._recorded = step, True
        self._done += 1
        self._used = state_budget(step.snapshot)
        if self._row is not None:
            self._queue.mark(self._row, result.status, result.reason, result.step)

    def on_end(self, outcome: Outcome, sentence: str) -> None:
        """A job has ended; ``sentence`` is what the user is told about it."""
        if self._run is None or outcome.request is not self._request:
            return
        self._pace.end(counts=outcome.status == "finished")
        if self._row is not None and self._row.status == RUNNING:
            self._queue.mark(self._row, FAILED if outcome.status == "failed" else CANCELLED, sentence)
        self._request = None
        if outcome.status != "finished":
            self._why = outcome.status
        elif self._why is None:
            rejected = self._last is not None and self._last.result.status == "rejected"
            self._why = self._run.stop.reached(self._done, rejected, self._used)
        self.changed.emit()

    def go_on(self) -> None:
        """Begin the next step, or end, if it is time for it."""
        if self._run is None or self._template is None or self._request is not None:
            return
        if self._why is None and not self._controller.ready:
            return
        found = self._next_prompt(self._run) if self._why is None else None
        if found is None:
            self._finish(self._run)
            return
        prompt, target = found
        self._request, self._recorded = replace(self._template, prompt=prompt, target=target), False
        self._pace.begin()
        self._controller.submit(self._request)
        self.changed.emit()

    # --- inside -----------------------------------------------------------------------------------------------------

    def _template_of(self, run: AutoRun) -> EvolveRequest | None:
        """The step of this run without its prompt; None, with the reason told, where it cannot be started."""
        messages = self._controller.messages
        if not self._controller.startable():
            return None
        if run.cycle and not self._queue.rows:
            messages.tell(tr("The queue is empty; add the prompts that auto-run is to go through"), "warning")
            return None
        if not run.cycle and not run.prompt.strip():
            messages.tell(tr("The prompt is empty; type the text that the step is about"), "warning")
            return None
        self._used = state_budget(self._controller.snapshot)
        if run.stop.reached(0, False, self._used) == "budget":
            text = tr("{used} % of the budget is used already; auto-run is to stop at {limit} %")
            messages.tell(text.format(**self._percent(run)), "warning")
            return None
        return self._controller.step_request("", run.settings, None if run.cycle else run.target)

    def _next_prompt(self, run: AutoRun) -> tuple[str, Target | None] | None:
        """The next step's prompt and target; None, with the reason kept, where there is none any more."""
        if not run.cycle:
            return run.prompt, run.target
        rows = self._queue.rows
        if not rows:
            self._why = EMPTIED
            return None
        at = rows.index(self._row) + 1 if self._row in rows else 0
        self._row = rows[at % len(rows)]
        self._queue.mark(self._row, RUNNING)
        return self._row.prompt, self._row.target

    def _end_because(self, why: str) -> None:
        if self._run is not None:
            self._why = why
            self.changed.emit()

    def _finish(self, run: AutoRun) -> None:
        text, level = WHY[self._why or STOPPED]
        step = self._last.result.step if self._last else 0
        self._run = self._template = self._row = None
        told = tr(text).format(done=_steps(self._done), step=step, **self._percent(run))
        self._controller.messages.tell(told, level)
        self.changed.emit()

    def _percent(self, run: AutoRun) -> dict[str, str]:
        limit = run.stop.budget
        return {"used": percent(self._used), "limit": "" if limit is None else f"{100 * limit:g}"}


def _steps(count: int) -> str:
    return tr("1 step") if count == 1 else tr("{count} steps").format(count=f"{count:,}")


def percent(share: float | None) -> str:
    """A share of the budget in whole percent, rounded down: 100 is said when it is reached; no more than 999."""
    return "?" if share is None else f"{min(math.floor(100 * share + 1e-9), 999)}"


def state_budget(snapshot: Snapshot | None) -> float | None:
    """The share of its cumulative limits that the present state used when its last patch was committed."""
    if snapshot is None:
        return None
    view = snapshot.timeline
    use = budget_use(judged_values(view.rows[view.current], snapshot), snapshot.info.limits)
    return None if use is None else use.share
