"""Export an outcome as a report file: asked for without a modal dialog, written beside the GUI thread."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from hera_desktop.engine.errors import HeraError
from hera_desktop.engine.experiments.outcome import Outcome

from ..i18n import mark, tr

FORMATS = (
    (".html", mark("HTML page")),
    (".pdf", mark("PDF")),
    (".md", mark("Markdown")),
    (".csv", mark("Tables as CSV")),
    (".json", mark("JSON document")),
)


class OutcomeExport(QObject):
    """Signals: ``told((text, level))`` with what came of it; ``busy_changed(bool)``. ``window``: the dialog's."""

    told = Signal(object)
    busy_changed = Signal(object)
    _written = Signal(object)

    def __init__(self, window: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._outcome: Outcome | None = None
        self._written.connect(self._on_written)

    def ask(self, outcome: Outcome, folder: Path) -> None:
        """Ask for the file, and write this outcome to it."""
        self._outcome = outcome
        asking = QFileDialog(self._window, tr("Export the outcome"), str(folder / f"{outcome.experiment}.html"))
        asking.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asking.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        asking.setNameFilters([f"{tr(title)} (*{suffix})" for suffix, title in FORMATS])
        asking.setDefaultSuffix("html")
        asking.filterSelected.connect(self._on_filter)
        asking.fileSelected.connect(self._on_chosen)
        asking.open()

    def _on_filter(self, chosen: str) -> None:
        asking = self.sender()
        if isinstance(asking, QFileDialog):
            asking.setDefaultSuffix(next(suffix[1:] for suffix, _ in FORMATS if f"*{suffix})" in chosen))

    def _on_chosen(self, path: str) -> None:
        if self._outcome is not None:
            self.write(self._outcome, Path(path))

    def write(self, outcome: Outcome, path: Path) -> None:
        """Write the report; ``told`` says how that ended."""
        self.busy_changed.emit(True)
        self._pool.start(lambda: self._written.emit(_write(outcome, path)))

    def _on_written(self, said: tuple[str, str]) -> None:
        self.busy_changed.emit(False)
        text, level = said
        self.told.emit((text if level == "error" else tr("Report written to {path}").format(path=text), level))

    def close(self) -> None:
        """Wait for a report that is being written."""
        self._pool.waitForDone()


def _write(outcome: Outcome, path: Path) -> tuple[str, str]:
    """On the pool's thread: the path and ``info``, or the sentence about what went wrong and ``error``."""
    from hera_desktop.engine.reports.experiment_report import write_experiment_report

    try:
        return str(write_experiment_report(outcome, path)), "info"
    except HeraError as error:
        return str(error), "error"
