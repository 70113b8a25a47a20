"""The one thread that owns the model: takes jobs from a queue, one at a time, and says how each ended."""

from __future__ import annotations

import itertools
import logging
import queue
import threading
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal

from hera_desktop.engine.errors import Cancelled, HeraError

from .i18n import tr
from .records import JobPartial, JobProgress, Outcome, Snapshot
from .requests import Bench, Request

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    number: int
    request: Request
    cancel: threading.Event = field(default_factory=threading.Event)


class ModelThread(QThread):
    """Runs requests on the model; every job ends in exactly one outcome, also when the thread is closed.

    Signals: ``progressed(JobProgress)``, ``arrived(JobPartial)``, ``ended(Outcome)``. They are sent from the model
    thread: connect them to methods of QObjects that live on the GUI thread, and to nothing else.
    """

    progressed = Signal(object)
    arrived = Signal(object)
    ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("model thread")
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._numbers = itertools.count(1)
        self._open: dict[int, Job] = {}
        self._lock = threading.Lock()
        self._closing = False

    # --- called on the GUI thread -----------------------------------------------------------------------------------

    def submit(self, request: Request) -> int:
        """Queue a request and return its job's number; raises RuntimeError once the thread was closed."""
        if self._closing:
            raise RuntimeError("the model thread is closed")
        job = Job(next(self._numbers), request)
        with self._lock:
            self._open[job.number] = job
        self._jobs.put(job)
        return job.number

    def cancel(self, number: int | None = None) -> None:
        """Ask a job, or all of them, to stop; each still ends in an outcome. A lasting one is carried out."""
        with self._lock:
            for job in self._open.values():
                if number in (None, job.number) and not job.request.lasting:
                    job.cancel.set()

    def close(self, milliseconds: int = 60_000) -> bool:
        """Cancel everything, end the thread and wait for it; false where it did not end in time."""
        if not self._closing:
            self._closing = True
            self.cancel()
            self._jobs.put(None)
        return self.wait(milliseconds) if self.isRunning() else True

    # --- on the model thread ----------------------------------------------------------------------------------------

    def run(self) -> None:
        bench = Bench()
        while (job := self._jobs.get()) is not None:
            outcome = self._outcome(bench, job)
            with self._lock:
                del self._open[job.number]
            self.ended.emit(outcome)
        try:
            bench.replace(None)
        except Exception:
            log.exception("closing the session failed")

    def _outcome(self, bench: Bench, job: Job) -> Outcome:
        report = _JobReport(self, job)
        try:
            if job.cancel.is_set():
                raise Cancelled("cancelled before it began")
            record = job.request.run(bench, report)
            snapshot = None if job.request.looks else _snapshot(bench)
            return self._finish(job, "finished", record=record, snapshot=snapshot)
        except Cancelled:
            return self._finish(job, "cancelled", snapshot=_safe_snapshot(bench))
        except HeraError as error:
            return self._finish(job, "failed", message=str(error), snapshot=_safe_snapshot(bench))
        except BaseException as error:  # the job runner: whatever it was, the job ends
            log.exception("job %d (%s) failed", job.number, job.request.name)
            text = tr("internal error in {job}: {error}; details are in the log")
            message = text.format(job=tr(job.request.name).lower(), error=type(error).__name__)
            return self._finish(job, "failed", message=message, snapshot=_safe_snapshot(bench))

    @staticmethod
    def _finish(job: Job, status: Any, **rest: Any) -> Outcome:
        return Outcome(job.number, job.request.name, job.request, status, **rest)


class _JobReport:
    """A running job's line to the window."""

    def __init__(self, thread: ModelThread, job: Job) -> None:
        self._thread = thread
        self._job = job

    def progress(self, what: str, share: float | None = None) -> None:
        if self._job.cancel.is_set():
            raise Cancelled("cancelled")
        self.say(what, share)

    def say(self, what: str, share: float | None = None) -> None:
        self._thread.progressed.emit(JobProgress(self._job.number, self._job.request.name, what, share))

    def partial(self, record: Any) -> None:
        self._thread.arrived.emit(JobPartial(self._job.number, record))

    def cancelled(self) -> bool:
        return self._job.cancel.is_set()


def _snapshot(bench: Bench) -> Snapshot | None:
    return bench.snapshot() if bench.engine is not None else None


def _safe_snapshot(bench: Bench) -> Snapshot | None:
    """The state after a job that did not finish; None where it cannot be read."""
    try:
        return _snapshot(bench)
    except Exception:
        log.exception("the state cannot be read")
        return None
