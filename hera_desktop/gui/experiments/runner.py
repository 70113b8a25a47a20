"""An experiment in a process of its own: the live model stays usable, and stopping leaves what was measured."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal

from ..i18n import mark, tr
from .command import PROGRAM, PROGRESS, RunPlan

Status = Literal["finished", "stopped", "failed"]
CLOSE_MS = 3000
"""How long a closing window gives a run to write what it has."""
NO_START = mark("The experiment cannot be started: {reason}")
NO_WORD = mark("The experiment ended with status {status} and said nothing; try the command in a terminal")


@dataclass(frozen=True)
class RunProgress:
    """``share`` done, 0 to 1, or None where it cannot be said."""

    what: str
    share: float | None


@dataclass(frozen=True)
class RunEnd:
    """``sentence`` says why a run has failed; empty otherwise."""

    path: Path
    status: Status
    sentence: str = ""


class ExperimentRunner(QObject):
    """Runs one experiment at a time. Signals: ``began(path)``, ``progressed(RunProgress)``, ``ended(RunEnd)``;
    ``changed()`` when a run begins, is asked to stop, or has ended."""

    began = Signal(object)
    progressed = Signal(object)
    ended = Signal(object)
    changed = Signal()

    def __init__(self, program: Sequence[str] = PROGRAM, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._program = tuple(program)
        self._process: QProcess | None = None
        self._half = b""
        self._said: list[str] = []
        self.path: Path | None = None
        self.stopping = False

    @property
    def running(self) -> bool:
        return self._process is not None

    def start(self, plan: RunPlan, out: Path) -> None:
        """Begin a run that writes to ``out``, or take up the one that has ended there; nothing while another runs."""
        if self.running:
            return
        self.path, self.stopping, self._half, self._said = out, False, b"", []
        process = self._process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONUNBUFFERED", "1")
        environment.insert("PYTHONIOENCODING", "utf-8")
        process.setProcessEnvironment(environment)
        process.setStandardOutputFile(QProcess.nullDevice())
        process.setStandardInputFile(QProcess.nullDevice())
        process.readyReadStandardError.connect(self._read)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        process.start(self._program[0], [*self._program[1:], *plan.arguments(out), PROGRESS])
        self.began.emit(out)
        self.changed.emit()

    def stop(self) -> None:
        """Ask the run to end with what it has; asked once more, it is ended at once."""
        process = self._process
        if process is None:
            return
        if self.stopping:
            process.kill()
        else:
            self.stopping = True
            _interrupt(process)
            self.changed.emit()

    def close(self) -> None:
        """The window closes: a run is asked to end, and ended where it takes too long."""
        process = self._process
        if process is None:
            return
        self.stop()
        if not process.waitForFinished(CLOSE_MS):
            process.kill()
            process.waitForFinished(CLOSE_MS)

    # --- what it says -----------------------------------------------------------------------------------------------

    def _read(self) -> None:
        if self._process is None:
            return
        *lines, self._half = (self._half + self._process.readAllStandardError().data()).split(b"\n")
        for line in lines:
            self._take(line.decode("utf-8", "replace").strip())

    def _take(self, line: str) -> None:
        progress = _progress(line)
        if progress is not None:
            self.progressed.emit(progress)
        elif line:
            self._said = [*self._said[-20:], line]

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart and self._process is not None:
            self._end("failed", tr(NO_START).format(reason=self._process.errorString()))

    def _on_finished(self, status: int, how: QProcess.ExitStatus) -> None:
        self._read()
        self._take(self._half.decode("utf-8", "replace").strip())
        if self.stopping:
            self._end("stopped")
        elif status or how == QProcess.ExitStatus.CrashExit:
            self._end("failed", self._said[-1] if self._said else tr(NO_WORD).format(status=status))
        else:
            self._end("finished")

    def _end(self, status: Status, sentence: str = "") -> None:
        process, path, self._process = self._process, self.path, None
        self.stopping = False
        if process is not None:
            process.deleteLater()
        if path is not None:
            self.ended.emit(RunEnd(path, status, sentence))
        self.changed.emit()


def _progress(line: str) -> RunProgress | None:
    """A line of progress; None for anything else that is said."""
    if not line.startswith("{"):
        return None
    try:
        found = json.loads(line)
        share = found.get("share")
        return RunProgress(str(found["what"]), None if share is None else min(max(float(share), 0.0), 1.0))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _interrupt(process: QProcess) -> None:
    """Ctrl+C for the run. Windows has none for a program without a console of its own: there it is ended, and its file
    has what was written last."""
    if sys.platform == "win32":
        process.kill()
        return
    with contextlib.suppress(ProcessLookupError):
        os.kill(process.processId(), signal.SIGINT)
