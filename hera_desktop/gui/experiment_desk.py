"""Joins the panel of the experiments to the process that runs them, to the files of their outcomes, and to the window's
messages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog

from hera_desktop.engine.config import Config, load_config
from hera_desktop.engine.errors import HeraError, InputError
from hera_desktop.engine.experiments.catalogue import EXPERIMENTS
from hera_desktop.engine.experiments.outcome import Outcome
from hera_desktop.engine.preferences import load_preferences

from .configure_requests import ReadConfigRequest, as_overrides, differing
from .controller import Controller
from .experiments.command import RunPlan
from .experiments.export import OutcomeExport
from .experiments.outcome_file import OutcomeFile
from .experiments.runner import ExperimentRunner, RunEnd, RunProgress
from .experiments.runs import Run, RunFolder
from .i18n import mark, tr
from .panels.experiments import SETTINGS, TABLES, ExperimentsPanel
from .records import Outcome as JobOutcome

ENDED = {
    "finished": mark("Experiment {title} has finished"),
    "stopped": mark("Experiment {title} was stopped; what was measured stays"),
    "failed": mark("Experiment {title} has failed: {sentence}"),
}
LEVELS = {"finished": "info", "stopped": "info", "failed": "error"}
NOT_OF_A_RUN = ("logging.level", "logging.file", "experiment.name")
"""Settings of the session that measure nothing."""


class ExperimentDesk(QObject):
    """Signal: ``shown()`` when the panel is to be seen. ``actions`` open the experiments one by one."""

    shown = Signal()

    def __init__(
        self,
        controller: Controller,
        runner: ExperimentRunner | None = None,
        folder: RunFolder | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self.panel = ExperimentsPanel()
        self.runner = runner or ExperimentRunner(parent=self)
        self.folder = folder or RunFolder()
        self.file = OutcomeFile(self)
        self.export = OutcomeExport(self.panel, self)
        self.actions = {name: self._action(name) for name in EXPERIMENTS}
        self._failed: dict[Path, str] = {}
        self._running_experiment = ""
        self._seen = False
        self._join_panel()
        self._join_runner()
        controller.snapshot_changed.connect(self._on_snapshot)
        controller.ended.connect(self._on_job_ended)

    def _action(self, name: str) -> QAction:
        text = tr("Experiment: {title}").format(title=tr(EXPERIMENTS[name].title))
        action = QAction(text, self)
        action.setData(name)
        action.triggered.connect(self._on_action)
        return action

    def _join_panel(self) -> None:
        panel = self.panel
        panel.run_wanted.connect(self.run)
        panel.resume_wanted.connect(self._resume)
        panel.told.connect(self._tell)
        panel.bar.stop_wanted.connect(self.runner.stop)
        panel.bar.export_wanted.connect(self._export)
        panel.chooser.experiment_picked.connect(self._on_experiment)
        panel.chooser.run_picked.connect(self._on_run_picked)
        panel.chooser.import_wanted.connect(self._ask_import)
        panel.chooser.remove_wanted.connect(self._remove)
        self.export.told.connect(self._tell)

    def _join_runner(self) -> None:
        self.runner.progressed.connect(self._on_progress)
        self.runner.ended.connect(self._on_ended)
        self.runner.changed.connect(self._on_changed)
        self.file.found.connect(self._on_found)
        self.file.folder_changed.connect(self.refresh)

    # --- what the user wants ----------------------------------------------------------------------------------------

    def watch(self, seen: bool) -> None:
        """The panel has come into sight: what is on disk, and how the session is set."""
        appeared, self._seen = seen and not self._seen, seen
        if appeared:
            self.refresh()
            self._ask_config()

    def open(self, name: str) -> None:
        """Show an experiment."""
        self.shown.emit()
        self.panel.chooser.pick_experiment(name)

    def run(self, plan: RunPlan) -> None:
        """Begin a new run."""
        if self.runner.running:
            return
        try:
            path = self.folder.begin(plan)
        except OSError as error:
            self._tell((tr("The run has no place to write to: {reason}").format(reason=error), "error"))
            return
        self._start(plan, path)

    def _resume(self, run: Run) -> None:
        self._start(run.plan, run.path)

    def _start(self, plan: RunPlan, path: Path) -> None:
        self._failed.pop(path, None)
        self._running_experiment = plan.experiment
        self.panel.bar.show_begun()
        self.runner.start(plan, path)
        if not self.runner.running:
            return
        self.refresh()
        self.panel.chooser.pick_run(path)
        self._on_run_picked(path)
        self.panel.show_tab(TABLES)

    def _ask_import(self) -> None:
        asking = QFileDialog(self.panel, tr("Import an outcome"))
        asking.setFileMode(QFileDialog.FileMode.ExistingFile)
        asking.setNameFilters([tr("Outcomes (*.json)"), tr("All files (*)")])
        asking.fileSelected.connect(self.import_file)
        asking.finished.connect(asking.deleteLater)
        asking.open()

    def import_file(self, path: str) -> None:
        """Take an outcome in and show it; a file that holds none is told of."""
        try:
            taken = self.folder.import_file(Path(path))
        except (InputError, OSError) as error:
            self._tell((str(error), "error"))
            return
        run = self.folder.run(taken)
        if run is not None and run.experiment in EXPERIMENTS:
            self.panel.chooser.pick_experiment(run.experiment)
        self.refresh()
        self.panel.chooser.pick_run(taken)
        self.panel.show_tab(TABLES)

    def _remove(self, path: Path) -> None:
        try:
            target = self.folder.remove(path)
        except OSError as error:
            self._tell((tr("{file} cannot be removed: {reason}").format(file=path.name, reason=error), "error"))
            return
        self._failed.pop(path, None)
        self.panel.chooser.pick_run(None)
        self.refresh()
        self._tell((tr("The run was moved to {path}; Import brings it back").format(path=target), "info"))

    def _export(self) -> None:
        if self.panel.outcome is not None:
            self.export.ask(self.panel.outcome, Path.home())

    def close(self) -> None:
        """The window closes: a run is ended with what it has, a report is written to its end."""
        self.runner.close()
        self.export.close()

    # --- what has changed -------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """The runs as they lie on disk."""
        self.panel.show_runs(self.folder.all(), self._states())
        self._show_run()

    def _states(self) -> dict[Path, str]:
        states = dict.fromkeys(self._failed, "failed")
        if self.runner.running and self.runner.path is not None:
            states[self.runner.path] = "running"
        return states

    def _show_run(self) -> None:
        run = self.panel.chooser.run
        self.panel.show_run(run, self._states().get(run.path, run.state) if run else "")

    def _on_experiment(self, _: object) -> None:
        self.panel.chooser.pick_run(None)
        self.refresh()
        self._on_run_picked(None)
        self.panel.show_tab(SETTINGS)

    def _on_run_picked(self, path: Path | None) -> None:
        """Show what the run has found; nothing, until its file says something."""
        if path is not None and path == self.file.path:
            self._show_run()
            return
        self._show_run()
        self.panel.show_outcome(None)
        self.file.watch(path)
        if path is not None:
            self.panel.show_tab(TABLES)
            self.panel.bar.fault.say(self._failed.get(path, ""))

    def _on_found(self, outcome: Outcome) -> None:
        self.panel.show_outcome(outcome)
        self.refresh()

    def _on_progress(self, progress: RunProgress) -> None:
        self.panel.bar.show_progress(progress)
        if self.runner.path == self.file.path:
            self.file.read_soon()

    def _on_changed(self) -> None:
        self.panel.set_state(self.runner.running, self.runner.stopping)

    def _on_ended(self, end: RunEnd) -> None:
        if end.status == "failed":
            self._failed[end.path] = end.sentence
        self.panel.bar.show_idle(end.sentence)
        if end.path == self.file.path:
            self.file.read()
        self.refresh()
        title = tr(EXPERIMENTS[self._running_experiment].title)
        text = tr(ENDED[end.status]).format(title=title, sentence=end.sentence)
        self._tell((text, LEVELS[end.status]))

    # --- the session ------------------------------------------------------------------------------------------------

    def _on_snapshot(self, _: object) -> None:
        if self._seen:
            self._ask_config()

    def _ask_config(self) -> None:
        if self._controller.snapshot is not None:
            self._controller.submit(ReadConfigRequest())

    def _on_job_ended(self, outcome: JobOutcome) -> None:
        if isinstance(outcome.record, Config):
            self.panel.show_session(session_overrides(outcome.record))

    def _on_action(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.open(action.data())

    def _tell(self, said: tuple[str, Any]) -> None:
        self._controller.messages.tell(*said)


def session_overrides(config: Config) -> tuple[str, ...]:
    """What a run is to be told so that it measures as the session does: where it differs from the user's defaults."""
    try:
        usual = load_config(preferences=load_preferences())
    except HeraError:
        usual = Config()
    wanted = {key: value for key, value in differing(usual, config).items() if key not in NOT_OF_A_RUN}
    return as_overrides(wanted)
