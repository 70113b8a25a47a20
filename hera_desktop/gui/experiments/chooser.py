"""What can be run, and what was run: the experiments, and the runs of the chosen one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableWidget, QVBoxLayout, QWidget

from hera_desktop.engine.experiments.catalogue import EXPERIMENTS

from ..features.fields import button, row
from ..features.plain_table import ROW_HEIGHT, PlainTable
from ..i18n import mark, tr
from ..labels import DimLabel, title_label
from ..mark_delegate import MarkDelegate
from ..theme import GRID
from .runs import Run
from .words import MARKS, run_line, settings_text, state_word, time_text

NO_RUNS = mark("No run of this experiment yet.")
STATE, TIME, SETTINGS = range(3)
ONE = QTableWidget.SelectionMode.SingleSelection


class Chooser(QWidget):
    """Signals: ``experiment_picked(name)``, ``run_picked(path)``, ``import_wanted()``, ``remove_wanted(path)``."""

    experiment_picked = Signal(object)
    run_picked = Signal(object)
    import_wanted = Signal()
    remove_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.names = tuple(EXPERIMENTS)
        self.experiments = PlainTable(tr("Experiments"), (tr("experiment"), tr("last run")), (), 0)
        self.caption = title_label(tr("Runs"))
        self.runs = PlainTable(tr("Runs"), (tr("state"), tr("time"), tr("settings")), (), SETTINGS)
        self.nothing = DimLabel(tr(NO_RUNS))
        self.import_button = button(tr("Import..."), tr("Take in an outcome that was written elsewhere with --out"))
        self.remove_button = button(tr("Remove"), tr("Move the run to the folder of removed ones"))
        self._runs: tuple[Run, ...] = ()
        self._state_of: dict[Path, str] = {}
        self._dress()
        self._lay_out()
        self._connect()
        self.show_runs((), {})

    def _dress(self) -> None:
        for table in (self.experiments, self.runs):
            table.setSelectionMode(ONE)
        self.runs.setItemDelegateForColumn(STATE, MarkDelegate(self.runs))
        header = self.runs.horizontalHeader()
        header.setSectionResizeMode(STATE, QHeaderView.ResizeMode.Fixed)
        self.runs.setColumnWidth(STATE, 13 * GRID)
        header.setSectionResizeMode(TIME, QHeaderView.ResizeMode.ResizeToContents)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self.experiments)
        column.addSpacing(GRID)
        for part in (self.caption, self.nothing):
            column.addWidget(part)
        column.addWidget(self.runs, 1)
        column.addStretch(0)
        column.addLayout(row(self.import_button, self.remove_button))

    def _connect(self) -> None:
        self.experiments.itemSelectionChanged.connect(self._on_experiment)
        self.runs.itemSelectionChanged.connect(self._on_run)
        self.import_button.clicked.connect(self.import_wanted)
        self.remove_button.clicked.connect(self._on_remove)

    # --- what is chosen ---------------------------------------------------------------------------------------------

    @property
    def experiment(self) -> str:
        return self.names[max(self.experiments.currentRow(), 0)]

    @property
    def run(self) -> Run | None:
        chosen = self.runs.selectionModel().selectedRows()
        return self._runs[chosen[0].row()] if chosen and chosen[0].row() < len(self._runs) else None

    def pick_experiment(self, name: str) -> None:
        self.experiments.selectRow(self.names.index(name))

    def pick_run(self, path: Path | None) -> None:
        """Choose a run of those that are shown; None, or one that is not there: none."""
        number = next((n for n, run in enumerate(self._runs) if run.path == path), None)
        if number is None:
            self.runs.clearSelection()
        else:
            self.runs.selectRow(number)

    def show_experiments(self, titles: Sequence[str], purposes: Sequence[str], last: Mapping[str, str]) -> None:
        """``last`` says of each experiment when it ran last."""
        with QSignalBlocker(self.experiments):
            self.experiments.fill([(title, last.get(name, "")) for title, name in zip(titles, self.names, strict=True)])
            for number, purpose in enumerate(purposes):
                self.experiments.item(number, 0).setToolTip(purpose)
        header = self.experiments.horizontalHeader().sizeHint().height()
        height = header + len(self.names) * ROW_HEIGHT + 2 * self.experiments.frameWidth()
        self.experiments.setFixedHeight(height)

    def show_runs(self, runs: Sequence[Run], states: Mapping[Path, str]) -> None:
        """``states``: runs whose state is another than their file says, such as running. The chosen one stays."""
        chosen = self.run.path if self.run else None
        self._runs = tuple(runs)
        self._state_of = {run.path: states.get(run.path, run.state) for run in runs}
        with QSignalBlocker(self.runs):
            self.runs.clearSelection()
            self.runs.fill([self._cells(run) for run in self._runs])
            for number, run in enumerate(self._runs):
                state = self._state_of[run.path]
                self.runs.item(number, STATE).setData(Qt.ItemDataRole.UserRole, MARKS[state])
                for column in range(self.runs.columnCount()):
                    self.runs.item(number, column).setToolTip(f"{run_line(run, state)}\n{run.path}")
            self.pick_run(chosen)
        self.runs.setVisible(bool(runs))
        self.nothing.setVisible(not runs)
        self._refresh()

    def _cells(self, run: Run) -> tuple[str, str, str]:
        return (state_word(self._state_of[run.path]), time_text(run), settings_text(run))

    # --- signals ----------------------------------------------------------------------------------------------------

    def _refresh(self) -> None:
        run = self.run
        running = run is not None and self._state_of.get(run.path) == "running"
        self.remove_button.setEnabled(run is not None and not running)

    def _on_experiment(self) -> None:
        self.experiment_picked.emit(self.experiment)

    def _on_run(self) -> None:
        self._refresh()
        self.run_picked.emit(self.run.path if self.run else None)

    def _on_remove(self) -> None:
        if self.run is not None:
            self.remove_wanted.emit(self.run.path)
