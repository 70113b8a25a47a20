"""Joins the model thread to the window: a short method per thing the user can do, a signal per thing that changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from hera_desktop.engine.errors import HeraError, InputError

from . import sentences
from .auto_run import AutoRunner
from .block_list import read_blocks
from .edit_sentences import edit_sentence
from .garbage import GarbageCollector
from .i18n import mark, tr
from .messages import Messages
from .model_thread import ModelThread
from .prompt_queue import PromptQueue
from .queue_runner import QueueRunner
from .records import JobPartial, JobProgress, Outcome, Snapshot, Step, StepSettings, Target
from .requests import EvolveRequest, LoadRequest, Move, MoveRequest, NoteRequest, Request

AS_CONFIGURED = StepSettings()
MANY_QUEUED = mark("{count} prompts from {file} in the queue")


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
        self._load = self._loaded = load
        self._tokens = tokens
        self._jobs: dict[int, Request] = {}
        self._closed = False
        self._told_locked = ""
        self.runner = QueueRunner(self)
        self.auto = AutoRunner(self)
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

    @property
    def load_request(self) -> LoadRequest:
        """What a load goes by."""
        return self._load

    def follow(self, load: LoadRequest) -> None:
        """What a load goes by from now on: another session is open."""
        self._load = self._loaded = load

    def load(self) -> None:
        self.submit(self._load)

    def load_with(self, *overrides: str) -> None:
        """Load the model again with other settings and go on with the same session."""
        session = self.snapshot.info.session if self.snapshot else self._load.session
        self._load = replace(self._load, overrides=(*self._load.overrides, *overrides), session=session)
        self.load()

    def evolve(self, prompt: str, settings: StepSettings = AS_CONFIGURED, target: Target | None = None) -> bool:
        """Start a step, with a ``target`` one that makes the prompt continue with it; false, with the reason told,
        where that is not possible."""
        if not prompt.strip():
            self.messages.tell(tr("The prompt is empty; type the text that the step is about"), "warning")
        elif self.startable() and (request := self.step_request(prompt, settings, target)) is not None:
            self.submit(request)
            return True
        return False

    @property
    def locked(self) -> str:
        """Why nothing can be changed in this session, in one sentence; empty where it can."""
        if self.snapshot is None or not self.snapshot.info.read_only:
            return ""
        name = Path(self.snapshot.info.session).name
        text = tr(
            "Session {name} is open in another window or program: here it can only be read; Save As makes a copy that "
            "can be changed"
        )
        return text.format(name=name)

    def startable(self) -> bool:
        """Whether a step can be started now; where not, the reason is told."""
        if self.snapshot is None:
            reason = tr("No model is loaded yet")
        elif self.busy:
            reason = tr("A job is running; wait for it or cancel it")
        else:
            reason = self.locked
        if reason:
            self.messages.tell(reason, "warning")
        return not reason

    def step_request(self, prompt: str, settings: StepSettings, target: Target | None = None) -> EvolveRequest | None:
        """The request for a step; None, with the reason told, where its settings cannot be used."""
        if self.snapshot is None:
            return None
        model = self.snapshot.info.model
        try:
            blocks = None if target else read_blocks(settings.blocks, model.name, model.n_layers)
        except InputError as error:
            self.messages.tell(str(error), "warning")
            return None
        own = (settings.strategy, settings.strength, blocks)
        return EvolveRequest(prompt, self._tokens, *own, target=target, edit_strategy=settings.edit_strategy)

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
            self.messages.tell(
                tr("Step {step} was rejected; there is no state to roll back to").format(step=step), "warning"
            )
        elif step != self.snapshot.timeline.current:
            self.move("restore" if row.state == "left" else "roll_back_to", row.patch_id)

    def note(self, patch_id: str, text: str) -> None:
        self.submit(NoteRequest(patch_id, text))

    def cancel(self) -> None:
        """Stop what is running, the queue and the auto-run; the last committed state stands."""
        self.runner.stop()
        self.auto.cancel()
        self._thread.cancel()

    def spare_what_is_loaded(self) -> None:
        """Leave what there is now out of later garbage collections; to be called once a model is loaded."""
        self._garbage.spare_what_is_loaded()

    def close(self) -> bool:
        """End the model thread; false where it does not end in time."""
        self._closed = True
        self.runner.stop()
        self.auto.cancel()
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
            text = tr("1 prompt from {file} in the queue") if len(prompts) == 1 else tr(MANY_QUEUED)
            self.messages.tell(text.format(count=len(prompts), file=Path(path).name))

    def add_prompt(self, prompt: str, target: Target | None = None) -> bool:
        """Put a prompt at the end of the queue; false, with the reason told, where it is empty."""
        if not prompt.strip():
            self.messages.tell(tr("The prompt is empty; type the text that the step is about"), "warning")
            return False
        self.queue.add([prompt], target)
        return True

    def run_queue(self, settings: StepSettings = AS_CONFIGURED) -> None:
        """Evolve the waiting prompts one after another, all with these settings; or go on after a pause."""
        self.runner.run(settings)

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
            for runner in (self.runner, self.auto):
                runner.on_step(self._jobs[partial.number], record)
            self._show(record.snapshot)
        self.arrived.emit(record)

    def _on_ended(self, outcome: Outcome) -> None:
        del self._jobs[outcome.number]
        if outcome.snapshot is not None:
            self._show(outcome.snapshot)
        if isinstance(outcome.request, LoadRequest) and outcome.snapshot is not None:
            self._settle(outcome)
        text = self._tell(outcome)
        if isinstance(outcome.request, LoadRequest) and outcome.snapshot is not None:
            self.spare_what_is_loaded()
            for notice in outcome.snapshot.info.notices:
                self.messages.tell(notice, "warning")
        for runner in (self.runner, self.auto):
            runner.on_end(outcome, text)
        self.ended.emit(outcome)
        self.busy_changed.emit()
        for runner in (self.runner, self.auto):
            runner.go_on()

    def _settle(self, outcome: Outcome) -> None:
        """Settings that could not be loaded are not tried again where the engine from before still stands."""
        if outcome.status == "finished":
            self._loaded = outcome.request
        else:
            self._load = self._loaded

    def _tell(self, outcome: Outcome) -> str:
        """Tell how a job ended; the sentence is returned, empty where nothing is said."""
        if outcome.request.quiet and outcome.status != "failed":
            return ""
        text, level = edit_sentence(outcome.record) or sentences.sentence(outcome)
        if text:
            self.messages.tell(text, level)
        return text

    def _show(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.snapshot_changed.emit(snapshot)
        locked = self.locked
        if locked and locked != self._told_locked:
            self.messages.tell(locked, "warning")
        self._told_locked = locked
