"""The panel of the experiments: which there are, their settings, their runs, and what a run found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QSplitter, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from hera_desktop.engine.experiments.catalogue import EXPERIMENTS, Experiment
from hera_desktop.engine.experiments.outcome import Outcome

from ..experiments.chooser import Chooser
from ..experiments.command import RunPlan, plan
from ..experiments.form import ExperimentForm
from ..experiments.outcome_pages import PlotsPage, RemarksPage, TablesPage
from ..experiments.run_bar import RunBar
from ..experiments.runs import Run
from ..experiments.words import run_line
from ..i18n import mark, tr
from ..labels import DimLabel, EmptyState, title_label
from ..theme import GRID, MARGIN

NEW_FILE = Path("FILE.json")
NOTHING = mark("What a run finds stands here: tables and plots, while it goes and for good.")
FIRST = mark("Press Quick look for a first one, or choose an earlier run at the left.")
WAITING = mark("The run has begun; its first figures are on their way.")
SETTINGS, TABLES, PLOTS, REMARKS = range(4)


class ExperimentsPanel(QWidget):
    """Signals: ``run_wanted((RunPlan))``, ``resume_wanted(Run)``, ``told((text, level))``; those of ``chooser`` and
    ``bar`` are theirs.

    Wiring: ``show_runs(runs, states)``, ``show_run(run, state)``, ``show_outcome(Outcome | None)``,
    ``show_session(overrides)``, ``set_state(running, stopping)``.
    """

    run_wanted = Signal(object)
    resume_wanted = Signal(object)
    told = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chooser = Chooser()
        self.title, self.purpose = title_label(""), DimLabel()
        self.bar = RunBar()
        self.run_label = DimLabel()
        self.forms: dict[str, ExperimentForm] = {}
        self.form_pages = QStackedWidget()
        self.tables, self.plots, self.remarks = TablesPage(), PlotsPage(), RemarksPage()
        self.nothing = [_empty() for _ in range(3)]
        self.tabs = QTabWidget()
        self.outcome: Outcome | None = None
        self._run: Run | None = None
        self._run_state = ""
        self._session: tuple[str, ...] | None = None
        self._running = self._stopping = False
        self._lay_out()
        self._connect()
        self._show_titles({})
        self.chooser.pick_experiment(self.chooser.names[0])

    def _lay_out(self) -> None:
        self.run_label.setAccessibleName(tr("The run that is shown"))
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(tr("Settings and outcome"))
        self.tabs.addTab(self.form_pages, tr("Settings"))
        for page, empty, name in zip(
            (self.tables, self.plots, self.remarks),
            self.nothing,
            (tr("Tables"), tr("Plots"), tr("Remarks")),
            strict=True,
        ):
            pages = QStackedWidget()
            pages.addWidget(empty)
            pages.addWidget(page)
            self.tabs.addTab(pages, name)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(MARGIN, 0, 0, 0)
        column.setSpacing(GRID // 2)
        for part in (self.title, self.purpose, self.bar, self.run_label):
            column.addWidget(part)
        column.addWidget(self.tabs, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        for part, share in ((self.chooser, 3), (right, 7)):
            split.addWidget(part)
            split.setStretchFactor(split.count() - 1, share)
        split.setSizes([47 * GRID, 105 * GRID])
        page = QVBoxLayout(self)
        page.setContentsMargins(MARGIN, GRID, MARGIN, GRID)
        page.addWidget(split)

    def _connect(self) -> None:
        self.chooser.experiment_picked.connect(self._on_experiment)
        self.bar.run_wanted.connect(self._on_run)
        self.bar.resume_wanted.connect(self._on_resume)
        for part in (self.bar, self.tables, self.plots):
            part.told.connect(self.told)

    # --- what is chosen ---------------------------------------------------------------------------------------------

    @property
    def experiment(self) -> Experiment:
        return EXPERIMENTS[self.chooser.experiment]

    @property
    def form(self) -> ExperimentForm:
        """The settings of the chosen experiment; what was typed for another one stays with that."""
        name = self.experiment.name
        if name not in self.forms:
            made = self.forms[name] = ExperimentForm(self.experiment)
            made.show_session(self._session)
            made.changed.connect(self.refresh)
            self.form_pages.addWidget(made)
        return self.forms[name]

    def wanted(self, quick: bool = False) -> RunPlan:
        """What pressing Run or Quick look asks for."""
        return plan(self.experiment, self.form.values, self.form.overrides, quick)

    def _on_experiment(self, _: object) -> None:
        self.form_pages.setCurrentWidget(self.form)
        self.title.setText(tr(self.experiment.title))
        self.purpose.setText(tr(self.experiment.purpose))
        self.refresh()

    # --- records ----------------------------------------------------------------------------------------------------

    def show_session(self, overrides: tuple[str, ...] | None) -> None:
        """How the open session differs from the user's defaults; None while none is open."""
        self._session = overrides
        for form in self.forms.values():
            form.show_session(overrides)

    def _show_titles(self, last: Mapping[str, str]) -> None:
        every = EXPERIMENTS.values()
        self.chooser.show_experiments([tr(one.title) for one in every], [tr(one.purpose) for one in every], last)

    def show_runs(self, runs: Sequence[Run], states: Mapping[Path, str]) -> None:
        """All runs, the newest first."""
        last: dict[str, str] = {}
        for run in runs:
            last.setdefault(run.experiment, f"{run.when:%Y-%m-%d}")
        self._show_titles(last)
        self.chooser.show_runs([run for run in runs if run.experiment == self.experiment.name], states)

    def show_run(self, run: Run | None, state: str) -> None:
        """Which run is chosen, and its state; None: none."""
        self._run, self._run_state = run, state
        self.run_label.setText(run_line(run, state) if run else "")
        self.run_label.setVisible(run is not None)
        self.refresh()

    def show_outcome(self, outcome: Outcome | None) -> None:
        """What the chosen run has found so far; None: nothing."""
        self.outcome = outcome
        if outcome is not None:
            self.tables.show_tables(outcome.tables)
            self.plots.show_plots(outcome.plots)
            self.remarks.show_remarks(outcome)
        self._show_pages()
        self.refresh()

    def _show_pages(self) -> None:
        """A page that has nothing says what it is for."""
        outcome, began = self.outcome, self._run_state == "running"
        there = (
            bool(outcome and outcome.tables),
            bool(outcome and outcome.plots),
            outcome is not None,
        )
        counts = (len(outcome.tables), len(outcome.plots), len(outcome.remarks)) if outcome else (0, 0, 0)
        names = (tr("Tables"), tr("Plots"), tr("Remarks"))
        for number, (found, count, name) in enumerate(zip(there, counts, names, strict=True)):
            pages = self.tabs.widget(number + 1)
            if isinstance(pages, QStackedWidget):
                pages.setCurrentIndex(int(found))
            self.tabs.setTabText(number + 1, f"{name} ({count})" if count else name)
            self.nothing[number].findChildren(QLabel)[-1].setText(tr(WAITING) if began else tr(FIRST))

    def show_tab(self, number: int) -> None:
        self.tabs.setCurrentIndex(number)

    def set_state(self, running: bool, stopping: bool) -> None:
        """Whether an experiment runs, whichever it is, and whether it was asked to end."""
        self._running, self._stopping = running, stopping
        self.refresh()

    def refresh(self) -> None:
        """What can be pressed, and the command that would be run."""
        resumable = self._run is not None and self._run_state in ("stopped", "empty", "failed")
        self.bar.set_state(self._running, self._stopping, resumable, self.form.faults, self.outcome is not None)
        self.bar.show_command(self.wanted().command_line(NEW_FILE))

    # --- signals ----------------------------------------------------------------------------------------------------

    def _on_run(self, quick: bool) -> None:
        self.run_wanted.emit(self.wanted(quick))

    def _on_resume(self) -> None:
        if self._run is not None:
            self.resume_wanted.emit(self._run)


def _empty() -> EmptyState:
    return EmptyState(tr("No figures yet"), tr(NOTHING), tr(FIRST))
