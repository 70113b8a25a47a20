"""What an experiment found: a page of tables, a page of plots, and one of remarks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from hera_desktop.engine.experiments.outcome import Outcome, Plot, Table

from ..i18n import tr
from ..labels import DimLabel, title_label
from ..theme import GRID, MARGIN
from .outcome_table import OutcomeTable
from .plot_view import PlotView

PLOT_WIDTH = 66 * GRID
"""Plots stand side by side where each has at least this."""


class Page(QScrollArea):
    """A page that scrolls down, never across. Signal: ``told((text, level))``."""

    told = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.inside = QWidget()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        self.setWidget(self.inside)


class TablesPage(Page):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Tables"), parent)
        self.tables: list[OutcomeTable] = []
        self._kinds: list[tuple[str, tuple[str, ...]]] = []
        self._column = QVBoxLayout(self.inside)
        self._column.setContentsMargins(0, GRID, GRID, GRID)
        self._column.setSpacing(2 * GRID)
        self._column.addStretch(1)

    def show_tables(self, tables: Sequence[Table]) -> None:
        """Tables with the same names and columns as before are filled anew; others are made anew."""
        kinds = [(table.title, table.columns) for table in tables]
        if kinds != self._kinds:
            self._kinds = kinds
            _clear(self.tables)
            self.tables = [OutcomeTable(table) for table in tables]
            for number, made in enumerate(self.tables):
                made.told.connect(self.told)
                self._column.insertWidget(number, made)
        for made, table in zip(self.tables, tables, strict=True):
            made.show_table(table)


class PlotsPage(Page):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Plots"), parent)
        self.plots: list[PlotView] = []
        self._titles: list[str] = []
        self._columns = 0
        self._grid = QGridLayout(self.inside)
        self._grid.setContentsMargins(0, GRID, GRID, GRID)
        self._grid.setSpacing(2 * GRID)

    def show_plots(self, plots: Sequence[Plot]) -> None:
        titles = [plot.title for plot in plots]
        if titles != self._titles:
            self._titles = titles
            _clear(self.plots)
            self.plots = [PlotView(plot) for plot in plots]
            for made in self.plots:
                made.told.connect(self.told)
            self._arrange(self._wanted_columns())
            return
        for made, plot in zip(self.plots, plots, strict=True):
            made.show_plot(plot)

    def _wanted_columns(self) -> int:
        return max(1, min(self.viewport().width() // PLOT_WIDTH, 3, len(self.plots)))

    def _arrange(self, columns: int) -> None:
        self._columns = columns
        for made in self.plots:
            self._grid.removeWidget(made)
        for number, made in enumerate(self.plots):
            self._grid.addWidget(made, number // columns, number % columns)
        for column in range(4):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.plots and self._wanted_columns() != self._columns:
            self._arrange(self._wanted_columns())


class RemarksPage(Page):
    """Sentences about the figures, and the settings that the run had."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Remarks"), parent)
        self.remarks: list[QLabel] = []
        self._heads = (title_label(tr("Settings of this run")),)
        self.settings = DimLabel()
        self.settings.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._column = QVBoxLayout(self.inside)
        self._column.setContentsMargins(0, MARGIN, MARGIN, MARGIN)
        self._column.setSpacing(GRID)
        for part in (*self._heads, self.settings):
            self._column.addWidget(part)
        self._column.addStretch(1)

    def show_remarks(self, outcome: Outcome) -> None:
        _clear(self.remarks)
        self.remarks = [_sentence(text) for text in outcome.remarks]
        for number, label in enumerate(self.remarks):
            self._column.insertWidget(number, label)
        self.settings.setText("\n".join(f"{name}: {value}" for name, value in _flat(outcome.settings)))


def _sentence(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label


def _flat(settings: object, before: str = "") -> list[tuple[str, str]]:
    """Settings by dotted key, as they are shown."""
    if not isinstance(settings, dict):
        return [(before, str(settings))]
    return [pair for name, value in settings.items() for pair in _flat(value, f"{before}.{name}".lstrip("."))]


def _clear(widgets: Sequence[QWidget]) -> None:
    for widget in widgets:
        widget.hide()
        widget.setParent(None)
        widget.deleteLater()
