"""A small table of figures that is read and not edited."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from ..theme import GRID, tabular

ROW_HEIGHT = 3 * GRID
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class PlainTable(QTableWidget):
    """``figures`` are the columns that are right aligned, ``wide`` is the one that takes the room that is left."""

    def __init__(
        self, name: str, headers: Sequence[str], figures: Collection[int], wide: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(0, len(headers), parent)
        self._figures = figures
        self._fits = False
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(list(headers))
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(ROW_HEIGHT)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)
        for column in range(len(headers)):
            self.horizontalHeaderItem(column).setTextAlignment(RIGHT if column in figures else LEFT)

    def fill(self, rows: Sequence[Sequence[str]]) -> None:
        self.setRowCount(len(rows))
        model, font = self.model(), tabular(self.font())
        with QSignalBlocker(model):  # else every cell has the columns measured anew
            for number, texts in enumerate(rows):
                for column, text in enumerate(texts):
                    item = QTableWidgetItem(text)
                    item.setToolTip(text)
                    if column in self._figures:
                        item.setTextAlignment(RIGHT)
                        item.setFont(font)
                    self.setItem(number, column, item)
        if rows:
            model.dataChanged.emit(model.index(0, 0), model.index(len(rows) - 1, self.columnCount() - 1))

    def texts(self) -> list[list[str]]:
        """What stands in it."""
        columns = range(self.columnCount())
        return [[self.item(number, column).text() for column in columns] for number in range(self.rowCount())]

    def fit_rows(self) -> None:
        """As high as its rows."""
        self._fits = True
        header = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(header + self.rowCount() * ROW_HEIGHT + 2 * self.frameWidth())
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._fits:
            self.fit_rows()  # the header may have been measured before the theme's style was there
