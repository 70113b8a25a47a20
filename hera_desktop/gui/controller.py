"""Joins the model thread to the window: a short method per thing the user can do, a signal per thing that changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from hera_desktop.engine.errors import HeraError, InputError

from . import sentences
from .block_list import read_blocks
from .edit_sentences import edit_sentence
from .garbage import GarbageCollector
from .messages import Messages
from .model_thread import ModelThread
from .prompt_queue import CANCELLED, FAILED, RUNNING, PromptQueue
from .records import JobPartial, JobProgress, Outcome, Snapshot, Step, StepSettings
from .requests import EvolveRequest, LoadRequest, Move, MoveRequest, NoteRequest, Request

AS_CONFIGURED = StepSettings()


class Controller(QObject):
    """What the user can do.

    Signals: ``snapshot_changed(Snapshot)``; ``arrived(record)`` for records sent before a job has ended (Loading,
    StepChoices, Step, TextPiece); ``began(Request)``; ``progressed(JobProgress)``; ``ended(Outcome)``;
    ``busy_changed()`` when a job begins or has ended. Quiet jobs, which only look, do not count as busy.
    """

    snapshot_changed = Signal(object)
    arrived = Signal(object)
    began = Signal(object)
    progressed = Signal(object)
    ended = Signal(object)
    busy_changed = Signal()

    def __init__(self, load: LoadRequest, tokens: int = 30, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.messages = Messages(self)
        self.queue = PromptQueue(self)
        self.snapshot: Snapshot | None = None
        self._load = load
        self._tokens = tokens
        self._jobs: dict[int, Request] = {}
        self._closed = False
        self._queue_row: int | None = None
        self._queue_step: EvolveRequest | None = None
        self._garbage = GarbageCollector(self)
        self._thread = ModelThread(self)
        self._thread.progressed.connect(self._on_progress)
        self._thread.arrived.connect(self._on_arrived)
        self._thread.ended.connect(self._on_ended)
        self._thread.start()

    # --- what the user can do ---------------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        return any(not request.quiet for request in self._jobs.values())

    @property
    def ready(self) -> bool:
        """A model is loaded and nothing is running."""
        return self.snapshot is not None and not self.busy

    def load(self) -> None:
        self.submit(self._load)

    def load_with(self, *overrides: str) -> None:
        """Load the model again with other settings and go on with the same session."""
        session = self.snapshot.info.session if self.snapshot else self._load.session
        self._load = replace(self._load, overrides=(*self._load.overrides, *overrides), session=session)
        self.load()

    def evolve(self, prompt: str, settings: StepSettings = AS_CONFIGURED) -> bool:
        """Start a step; false, with the reason told, where that is not possible."""
        if not prompt.strip():
            self.messages.tell("The prompt is empty; type the text that the step is about", "warning")
        elif self.snapshot is None:
            self.messages.tell("No model is loaded yet", "warning")
        elif self.busy:
            self.messages.tell("A job is running; wait for it or cancel it", "warning")
        elif (request := self._step(prompt, settings)) is not None:
            self.submit(request)
            return True
        return False

    def _step(self, prompt: str, settings: StepSettings) -> EvolveRequest | None:
        """The request for a step; None, with the reason told, where its settings cannot be used."""
        if self.snapshot is None:
            return None
        model = self.snapshot.info.model
        try:
            blocks = read_blocks(settings.blocks, model.name, model.n_layers)
        except InputError as error:
            self.messages.tell(str(error), "warning")
            return None
        return EvolveRequest(prompt, self._tokens, settings.strategy, settings.strength, blocks)

    def move(self, kind: Move, patch_id: str | None = None) -> None:
        """Roll back, revert, restore, undo or redo."""
        if self.ready:
            self.submit(MoveRequest(kind, patch_id))

    def go_to(self, step: int) -> None:
        """The state right after a step, also when it lies on a line that was left."""
        if self.snapshot is None:
            return
        row = self.snapshot.timeline.rows[step]
        if row.state == "rejected":
            self.messages.tell(f"Step {step} was rejected; there is no state to roll back to", "warning")
        elif step != self.snapshot.timeline.current:
            self.move("restore" if row.state == "left" else "roll_back_to", row.patch_id)

    def note(self, patch_id: str, text: str) -> None:
        self.submit(NoteRequest(patch_id, text))

    def cancel(self) -> None:
        """Stop what is running, and the queue."""
        self._queue_step = None
        self._thread.cancel()

    def close(self) -> bool:
        """End the model thread; false where it does not end in time."""
        self._queue_step = None
        self._closed = True
        ended = self._thread.close()
        if ended:
            self._garbage.stop()
        return ended

    # --- the queue --------------------------------------------------------------------------------------------------

    def add_files(self, paths: Sequence[str]) -> None:
        """Put the prompts of files into the queue; a file that cannot be used is told in one sentence."""
        from hera_desktop.engine.prompt_files import read_prompts

        for path in paths:
            try:
                prompts = read_prompts(path)
            except HeraError as error:
                self.messages.tell(str(error), "error")
                continue
            self.queue.add(prompts)
            count = "1 prompt" if len(prompts) == 1 else f"{len(prompts)} prompts"
            self.messages.tell(f"{count} from {Path(path).name} in the queue")

    def run_queue(self, settings: StepSettings = AS_CONFIGURED) -> None:
        """Evolve the waiting prompts one after another, all with these settings."""
        self._queue_step = self._step("", settings)
        self._next_in_queue()

    def _next_in_queue(self) -> None:
        if self._queue_step is None or not self.ready:
            return
        number = self.queue.next_waiting()
        if number is None:
            self._queue_step = None
            return
        self._queue_row = number
        self.queue.mark(number, RUNNING)
        self.submit(replace(self._queue_step, prompt=self.queue.rows[number].prompt))

    def _mark_queue_row(self, status: str, tip: str) -> None:
        if self._queue_row is not None:
            self.queue.mark(self._queue_row, status, tip)
            self._queue_row = None

    # --- what comes back from the model thread ----------------------------------------------------------------------

    def submit(self, request: Request) -> None:
        """Hand a request to the model thread; nothing happens once the controller is closed."""
        if self._closed:
            return
        self._jobs[self._thread.submit(request)] = request
        self.began.emit(request)
        self.busy_changed.emit()

    def _on_progress(self, progress: JobProgress) -> None:
        self.progressed.emit(progress)

    def _on_arrived(self, partial: JobPartial) -> None:
        record: Any = partial.record
        if isinstance(record, Step):
            self._mark_queue_row(record.result.status, record.result.reason)
            self._show(record.snapshot)
        self.arrived.emit(record)

    def _on_ended(self, outcome: Outcome) -> None:
        del self._jobs[outcome.number]
        if outcome.snapshot is not None:
            self._show(outcome.snapshot)
        self._tell(outcome)
        if isinstance(outcome.request, LoadRequest) and outcome.snapshot is not None:
            self._garbage.spare_what_is_loaded()
            for notice in outcome.snapshot.info.notices:
                self.messages.tell(notice, "warning")
        self.ended.emit(outcome)
        self.busy_changed.emit()
        self._next_in_queue()

    def _tell(self, outcome: Outcome) -> None:
        quiet = outcome.request.quiet
        if quiet and outcome.status != "failed":
            return
        text, level = edit_sentence(outcome.record) or sentences.sentence(outcome)
        if not quiet:
            self._mark_queue_row(FAILED if outcome.status == "failed" else CANCELLED, text)
        if text:
            self.messages.tell(text, level)

    def _show(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.snapshot_changed.emit(snapshot)
