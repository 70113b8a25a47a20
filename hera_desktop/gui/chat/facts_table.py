"""The table of facts."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QTableView, QWidget

from ..i18n import tr
from ..plain_table import make_plain
from ..theme import GRID, recoloured
from .facts_cells import FactCells
from .facts_model import FACT, FALLING, IMPORTANCE, RECALL, SEEN, STATE, TOLD, FactsModel

WIDTHS = {STATE: 28, IMPORTANCE: 116, TOLD: 60, SEEN: 84, RECALL: 102}
NARROW = 500
"""Below this width the fact's own columns have to do: importance and the turn are in the details."""


class FactsTable(QTableView):
    """Signals: ``chosen(fact_id | None)`` when the user moves to a row; ``search_wanted()`` when / was pressed;
    ``forget_wanted()`` when Delete was pressed."""

    chosen = Signal(object)
    search_wanted = Signal()
    forget_wanted = Signal()

    def __init__(self, model: FactsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._moving = False
        self.setModel(model)
        self.setItemDelegate(FactCells(model, self))
        self.setAccessibleName(tr("Facts"))
        make_plain(self, WIDTHS, FACT)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(10 * GRID)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.horizontalHeader().sectionClicked.connect(self._on_header)

    # --- which fact is chosen ---------------------------------------------------------------------------------------

    @property
    def fact_id(self) -> int | None:
        """The fact in the current row."""
        fact = self._model.fact(self.currentIndex().row())
        return None if fact is None else fact.fact_id

    def select(self, fact_id: int | None) -> None:
        """Make a fact's row the current one without telling anybody; none where it is not shown."""
        row = self._model.row_of(fact_id)
        self._moving = True
        if row is None:
            self.setCurrentIndex(QModelIndex())
        else:
            self.setCurrentIndex(self._model.index(row, FACT))
        self._moving = False

    def _on_current(self, current: QModelIndex, _: QModelIndex) -> None:
        if not self._moving and current.isValid():
            self.chosen.emit(self.fact_id)

    def _on_header(self, column: int) -> None:
        kept = self.fact_id
        again = column == self._model.sorted_by
        falling = not self._model.descending if again else column in FALLING
        order = Qt.SortOrder.DescendingOrder if falling else Qt.SortOrder.AscendingOrder
        self._model.sort(column, order)
        self.select(kept)

    # --- Qt ---------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() == "/":
            self.search_wanted.emit()
        elif event.key() == Qt.Key.Key_Delete and self.fact_id is not None:
            self.forget_wanted.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are for the search line."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        for column in (IMPORTANCE, SEEN):
            self.setColumnHidden(column, event.size().width() < NARROW)
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if recoloured(event):
            self.viewport().update()
