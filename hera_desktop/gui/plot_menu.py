"""What can be done with a plot by its menu: save it, and show all its steps."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from hera_desktop.engine.errors import InputError

from .i18n import mark, tr
from .plot_export import ExportableWidget, export_plot
from .plot_steps import StepPlot

SAVE = {"png": mark("Save as PNG…"), "svg": mark("Save as SVG…"), "csv": mark("Save as CSV…")}
FILTERS = {"png": mark("Picture (*.png)"), "svg": mark("Drawing (*.svg)"), "csv": mark("Numbers (*.csv)")}


class PlotMenu(QObject):
    """The menu of one plot. Signal: ``told((text, level))`` with what came of saving."""

    told = Signal(object)

    def __init__(self, plot: ExportableWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.plot = plot
        self.menu = QMenu(parent)
        self.actions_ = {kind: self._action(tr(text), kind) for kind, text in SAVE.items()}
        if isinstance(plot, StepPlot):
            self.menu.addSeparator()
            self.menu.addAction(tr("Show all steps"), plot.all_wanted.emit)
        if isinstance(plot, QWidget):
            plot.customContextMenuRequested.connect(self._open)

    def _action(self, text: str, kind: str) -> QAction:
        action = self.menu.addAction(text)
        action.setData(kind)
        action.triggered.connect(self._on_save)
        return action

    def _open(self, place: QPoint) -> None:
        if isinstance(self.plot, QWidget):
            self.menu.popup(self.plot.mapToGlobal(place))

    def _on_save(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.ask(action.data())

    def ask(self, kind: str) -> None:
        """Ask for the file and save the plot."""
        parent = self.parent()
        start = f"{self.plot.file_stem}.{kind}"
        window = parent if isinstance(parent, QWidget) else None
        name, _ = QFileDialog.getSaveFileName(window, tr("Save the plot"), start, tr(FILTERS[kind]))
        if name:
            self.save(Path(name if Path(name).suffix else f"{name}.{kind}"))

    def save(self, path: Path) -> None:
        """Save the plot and tell what came of it."""
        try:
            export_plot(self.plot, path)
        except InputError as error:
            self.told.emit((str(error), "error"))
        else:
            self.told.emit((tr("Plot saved as {file}").format(file=path), "info"))
