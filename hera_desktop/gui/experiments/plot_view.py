"""A plot of an outcome under its title, with what stands at the point that is read, and its menu."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget
from superqt import QElidingLabel

from hera_desktop.engine.experiments.outcome import Plot

from ..i18n import tr
from ..labels import title_label
from ..plot_menu import PlotMenu
from ..theme import GRID, tabular
from .outcome_plot import OutcomePlot

HEIGHT = 34 * GRID


class PlotView(QWidget):
    """Signal: ``told((text, level))`` with what came of saving."""

    told = Signal(object)

    def __init__(self, plot: Plot, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title_label(plot.title)
        self.reading = QElidingLabel("")
        self.drawing = OutcomePlot(plot)
        self.menu = PlotMenu(self.drawing, self)
        self.save_button = QToolButton()
        self._lay_out()
        self.drawing.pointed.connect(self.reading.setText)
        self.menu.menu.addAction(tr("Show all"), self.drawing.show_all)
        self.menu.told.connect(self.told)

    def _lay_out(self) -> None:
        self.title.setWordWrap(True)
        self.reading.setFont(tabular(self.font()))
        self.reading.setAccessibleName(tr("The point that is read"))
        self.reading.setFixedHeight(self.fontMetrics().height() + 2)
        self.reading.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.save_button.setText(tr("Save"))
        self.save_button.setAccessibleName(tr("Save the plot {title}").format(title=self.title.text()))
        self.save_button.setMenu(self.menu.menu)
        self.save_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.drawing.setMinimumHeight(HEIGHT)
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(self.title, 1)
        head.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addLayout(head)
        column.addWidget(self.drawing, 1)
        column.addWidget(self.reading)

    def show_plot(self, plot: Plot) -> None:
        """The same plot as it is now."""
        self.drawing.show_plot(plot)
