"""Joins the probe editor to the controller."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from hera_desktop.engine.null_statistics import NullSamples

from .controller import Controller
from .i18n import tr
from .probe_editor.editor import ProbeEditor
from .probe_requests import (
    ApplyLimitsRequest,
    CalibrateRequest,
    ConfigureProbesRequest,
    LimitsApplied,
    ProbesInUse,
    ReadProbesRequest,
)
from .records import JobProgress, Outcome
from .requests import Request


class ProbeDesk(QObject):
    """``show()`` opens the editor, a window of its own above ``parent``. What the session uses is read when it is
    seen, and again whenever a job may have changed the session's configuration."""

    def __init__(self, controller: Controller, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._stale = True
        self._reading = False
        self.editor = ProbeEditor(parent)
        self.editor.run_wanted.connect(self._run)
        self.editor.cancel_wanted.connect(self._cancel)
        self.editor.told.connect(self._tell)
        controller.began.connect(self._on_began)
        controller.progressed.connect(self._on_progress)
        controller.arrived.connect(self._on_arrived)
        controller.ended.connect(self._on_ended)
        controller.busy_changed.connect(self._on_busy)
        self._on_busy()

    def show(self) -> None:
        """Open the editor, or bring it to the front."""
        self.editor.show()
        self.editor.raise_()
        self.editor.activateWindow()
        self._read()

    @property
    def looking(self) -> bool:
        """Whether the session's probes are being read."""
        return self._reading

    # --- what the user wants ----------------------------------------------------------------------------------------

    def _run(self, request: Request) -> None:
        if self._controller.ready:
            self._controller.submit(request)
        else:
            self._controller.messages.tell(tr("A job is running; wait for it or cancel it"), "warning")

    def _cancel(self) -> None:
        if self._controller.busy:
            self._controller.cancel()

    def _tell(self, said: tuple[str, Any]) -> None:
        self._controller.messages.tell(*said)

    def _read(self) -> None:
        if self._stale and self.editor.isVisible() and not self._reading and self._controller.snapshot is not None:
            self._stale, self._reading = False, True
            self._controller.submit(ReadProbesRequest())

    # --- jobs -------------------------------------------------------------------------------------------------------

    def _on_began(self, request: Request) -> None:
        if isinstance(request, CalibrateRequest):
            self.editor.calibration.begin(request)

    def _on_progress(self, progress: JobProgress) -> None:
        if progress.name == CalibrateRequest.name:
            self.editor.calibration.show_progress(progress)

    def _on_arrived(self, record: Any) -> None:
        if isinstance(record, NullSamples):
            self.editor.calibration.add(record)

    def _on_ended(self, outcome: Outcome) -> None:
        request, done = outcome.request, outcome.status == "finished"
        if isinstance(request, ReadProbesRequest):
            self._reading = False
        if isinstance(outcome.record, ProbesInUse):
            self.editor.show_used(outcome.record, self._committed())
        if isinstance(request, CalibrateRequest):
            pane = self.editor.calibration
            pane.show_calibration(outcome.record) if done else pane.withdraw(outcome.message)
        if done:
            self._say(request, outcome.record)
        if not request.looks:
            self._stale = self._stale or not isinstance(request, ConfigureProbesRequest)
        self._read()

    def _say(self, request: Request, record: Any) -> None:
        if isinstance(request, ConfigureProbesRequest):
            count = len(record.probes.enabled)
            text = tr("The session is measured on {count} probes from now on; undo takes it back").format(count=count)
            self._controller.messages.tell(text)
        elif isinstance(request, ApplyLimitsRequest) and isinstance(record, LimitsApplied):
            text = tr("The proposed limits judge the next steps; undo takes them back")
            self._controller.messages.tell(text)

    def _committed(self) -> int:
        rows = self._controller.snapshot.timeline.proposals if self._controller.snapshot else ()
        return len([row for row in rows if row.status in ("committed", "warning")])

    def _on_busy(self) -> None:
        self.editor.set_state(self._controller.ready)
