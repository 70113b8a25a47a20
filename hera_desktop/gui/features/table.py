"""The table of features: 131,072 rows scroll like a hundred, because every row has the same height and no text is
made before it is painted."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTableView, QWidget

from ..i18n import tr
from ..plain_table import make_plain
from ..theme import GRID, recoloured, theme_of
from .cell_delegate import CellDelegate
from .feature_list import FeatureList
from .table_model import ACTIVATION, COLUMN_NAMES, DENSITY, ID, MAX, NAME, PIN, TICK, FeatureTableModel

WIDTHS = {PIN: 26, TICK: 28, ID: 48, DENSITY: 92, MAX: 60, ACTIVATION: 98}
FALLING = (DENSITY, MAX, ACTIVATION)
"""Columns whose largest values are wanted first."""


class FeatureTable(QTableView):
    """Signal: ``chosen(feature)`` when the user moves to a row."""

    chosen = Signal(object)

    def __init__(self, features: FeatureList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._moving = False
        self.features_model = FeatureTableModel(features, theme_of(self.palette()), self)
        self.setModel(self.features_model)
        self._cells = CellDelegate(self.features_model, self)
        self.setItemDelegate(self._cells)
        self.setAccessibleName(tr("Features"))
        make_plain(self, WIDTHS, NAME)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerItem)
        self.setMinimumWidth(30 * GRID)
        self.clicked.connect(self._on_clicked)
        self.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.horizontalHeader().sectionClicked.connect(self._on_header)

    # --- what is shown ----------------------------------------------------------------------------------------------

    @property
    def features(self) -> FeatureList:
        return self.features_model.features

    def show_features(self, features: FeatureList) -> None:
        """Another SAE's features, in the order of before."""
        self.features_model.set_features(features)
        widest = self.fontMetrics().horizontalAdvance("0" * len(str(features.d_sae))) + 2 * GRID
        self.horizontalHeader().resizeSection(ID, max(widest + 2, WIDTHS[ID]))

    def sort_by(self, column: int, descending: bool) -> None:
        self.features.sort(COLUMN_NAMES[column], descending)
        self.features_model.headerDataChanged.emit(Qt.Orientation.Horizontal, ID, ACTIVATION)
        self.refresh()

    def refresh(self, keep: int | None = None) -> None:
        """The list shows other rows; ``keep`` stays current where it is still shown."""
        self._moving = True
        self.features_model.refresh()
        self._moving = False
        self.mark(keep)

    def mark(self, feature: int | None, scroll: bool = False) -> None:
        """Make a feature's row the current one without choosing it anew."""
        row = self.features.row_of(feature) if feature is not None else None
        self._moving = True
        if row is None:
            self.clearSelection()
        else:
            if not scroll:
                self.setAutoScroll(False)
            self.setCurrentIndex(self.features_model.index(row, NAME))
            self.setAutoScroll(True)
        self._moving = False

    # --- what the user does -----------------------------------------------------------------------------------------

    def _on_header(self, column: int) -> None:
        if column in COLUMN_NAMES:
            again = self.features.sorted_by == COLUMN_NAMES[column]
            self.sort_by(column, not self.features.descending if again else column in FALLING)

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() == PIN:
            self.features_model.toggle_pin(index.row())
        elif index.column() == TICK:
            self.features_model.toggle_tick(index.row())

    def _on_current_changed(self, current: QModelIndex, _: QModelIndex) -> None:
        feature = self.features_model.feature(current.row())
        if current.isValid() and not self._moving and feature is not None:
            self.chosen.emit(feature)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        feature = self.features_model.feature(self.currentIndex().row())
        if event.key() == Qt.Key.Key_Space and feature is not None:
            self.features_model.toggle_tick(self.currentIndex().row())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and feature is not None:
            self.chosen.emit(feature)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are for the search box: looking through every row's text would hold the window up."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if recoloured(event) or event.type() == QEvent.Type.FontChange:
            self.features_model.set_theme(theme_of(self.palette()), self.font())
            self._cells.forget()
            self.viewport().update()
