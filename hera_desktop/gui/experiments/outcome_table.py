"""One table of an outcome: read, sorted by a click on a column's name, and copied for a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from hera_desktop.engine.experiments.outcome import Table

from ..features.fields import button
from ..features.plain_table import ROW_HEIGHT, PlainTable
from ..i18n import tr
from ..labels import DimLabel, title_label
from ..theme import GRID

MOST_ROWS = 24
"""A longer table scrolls by itself."""
NUMBER = re.compile(r"[-+−]?\d[\d,]*\.?\d*(?:[eE][-+]?\d+)?")


class OutcomeTable(QWidget):
    """A table under its title, with its note. Signal: ``told((text, level))``."""

    told = Signal(object)

    def __init__(self, table: Table, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title_label(table.title)
        self.title.setWordWrap(True)
        self.note = DimLabel(table.note)
        self.cells = CellTable(table.title, table.columns)
        self.copy_button = button(tr("Copy table"), tr("Copy the table, tabs between its cells, for a spreadsheet"))
        self.copy_button.setAccessibleName(tr("Copy table {title}").format(title=table.title))
        self._lay_out()
        self.copy_button.clicked.connect(self.copy_all)
        self.show_table(table)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(self.title, 1)
        head.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addLayout(head)
        column.addWidget(self.cells)
        column.addWidget(self.note)

    def show_table(self, table: Table) -> None:
        """The same table as it is now; its columns stay."""
        self.note.setText(table.note)
        self.note.setVisible(bool(table.note))
        self.cells.show_rows(table.rows)

    def copy_all(self) -> None:
        QGuiApplication.clipboard().setText(self.cells.as_tsv(range(self.cells.rowCount())))
        self.told.emit((tr("Table {title} is on the clipboard").format(title=self.title.text()), "info"))


class CellTable(PlainTable):
    """The cells: the first column text, the others figures to the right. Copy takes the selected rows; a click on a
    column's name sorts by it, another one turns the order round, a third one brings the given order back."""

    def __init__(self, name: str, columns: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(name, columns, range(1, len(columns)), 0, parent)
        self._rows: tuple[tuple[str, ...], ...] = ()
        self._sorted: tuple[int, bool] | None = None
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self.sort_by)
        for column, text in enumerate(columns):
            self.horizontalHeaderItem(column).setToolTip(tr("{column}. Click: sort by it").format(column=text))

    def show_rows(self, rows: Sequence[tuple[str, ...]]) -> None:
        self._rows = tuple(rows)
        self.fill(self._in_order())
        self._fit()

    def sort_by(self, column: int) -> None:
        """By a column, upwards, then downwards, then as given."""
        now = self._sorted
        self._sorted = (column, False) if now is None or now[0] != column else (column, True) if not now[1] else None
        header = self.horizontalHeader()
        header.setSortIndicatorShown(self._sorted is not None)
        if self._sorted is not None:
            down = Qt.SortOrder.DescendingOrder if self._sorted[1] else Qt.SortOrder.AscendingOrder
            header.setSortIndicator(column, down)
        self.fill(self._in_order())

    def _in_order(self) -> list[tuple[str, ...]]:
        if self._sorted is None:
            return list(self._rows)
        column, down = self._sorted
        figures = [row for row in self._rows if number_in(row[column]) is not None]
        words = [row for row in self._rows if number_in(row[column]) is None]
        figures.sort(key=lambda row: number_in(row[column]) or 0.0, reverse=down)
        words.sort(key=lambda row: row[column].lower(), reverse=down)
        return figures + words

    def as_tsv(self, rows: Sequence[int]) -> str:
        """Names of the columns and these rows, tabs between the cells."""
        names = [self.horizontalHeaderItem(column).text() for column in range(self.columnCount())]
        lines = [names, *(self.texts()[row] for row in rows)]
        return "\n".join("\t".join(cell.replace("\t", " ").replace("\n", " ") for cell in line) for line in lines)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        chosen = sorted({index.row() for index in self.selectedIndexes()})
        if event.matches(QKeySequence.StandardKey.Copy) and chosen:
            QGuiApplication.clipboard().setText(self.as_tsv(chosen))
            event.accept()
            return
        super().keyPressEvent(event)

    # --- its size ---------------------------------------------------------------------------------------------------

    def _fit(self) -> None:
        """As high as its rows, up to a bound, and the bar beneath them where they are wider than the page."""
        header = self.horizontalHeader()
        rows = min(self.rowCount(), MOST_ROWS)
        bar = self.horizontalScrollBar().sizeHint().height() if header.length() > self.viewport().width() else 0
        height = header.sizeHint().height() + rows * ROW_HEIGHT + 2 * self.frameWidth() + bar
        if height != self.height():
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()


def number_in(text: str) -> float | None:
    """The figure that a cell begins with, such as 0.98 of ``0.98 ± 0.01``; None where it begins with none."""
    found = NUMBER.match(text.strip())
    return float(found.group().replace(",", "").replace("−", "-")) if found else None
