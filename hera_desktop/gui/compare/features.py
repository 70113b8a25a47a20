"""The features whose largest activation on a text differs most between the states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ..i18n import mark, tr
from ..labels import DimLabel, EmptyState
from ..theme import GRID
from .change_table import ChangeTable, Section
from .words import change

if TYPE_CHECKING:
    from hera_desktop.engine.comparison_records import StateComparison

PURPOSE = mark("Here are the features whose largest activation on a text differs most between the states.")
NO_TEXT = mark("No text")
TYPE_ONE = mark("Type a prompt, or a text for the features, and press Compare.")
NO_SAE = mark("No SAE")
GET_ONE = mark("Train an SAE for this model, or choose one in the preferences.")
SAME = mark("No feature's largest activation on the text differs.")
TIP = mark("Each feature's largest activation on the text, its first token left out; double click opens its page")
EMPTY, FOUND = range(2)
SHOWN = 120
"""Characters of the text that are repeated above the table."""


class FeaturesPage(QStackedWidget):
    """Signal: ``feature_picked(feature)`` on a double click, or Enter."""

    feature_picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        headers = (tr("feature"), tr("name"), "A", "B", tr("B - A"))
        self.table = ChangeTable(tr("Features that differ"), headers, figures=(0, 2, 3, 4), wide=1)
        self.table.setToolTip(tr("Double click a feature, or press Enter on it, to open its page"))
        self.table.activated.connect(self._on_activated)
        self.note, self.read = DimLabel(), DimLabel()
        self._section = Section(tr("Largest activation on the text"), self.table, tr(SAME), tr(TIP))
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, GRID, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self.read)
        column.addWidget(self._section, 1)
        column.addWidget(self.note)
        self._empty = EmptyState(tr(NO_TEXT), tr(PURPOSE), tr(TYPE_ONE))
        self._no_sae = EmptyState(tr(NO_SAE), tr(PURPOSE), tr(GET_ONE))
        for part in (self._empty, page, self._no_sae):
            self.addWidget(part)

    def show_comparison(self, found: StateComparison, has_sae: bool) -> None:
        """``has_sae``: whether the model has features at all."""
        if not has_sae:
            self.setCurrentWidget(self._no_sae)
            return
        self.setCurrentIndex(FOUND if found.text else EMPTY)
        text = " ".join(found.text.split())
        self.read.setText(tr("Read on: {text}").format(text=text if len(text) <= SHOWN else f"{text[:SHOWN]} …"))
        self.read.setToolTip(found.text)
        rows = [(str(f.feature), f.name, f"{f.a:.2f}", f"{f.b:.2f}", change(f.b - f.a, 2)) for f in found.features]
        self.table.show_changes(rows, [f.b - f.a for f in found.features])
        for number, feature in enumerate(found.features):
            self.table.item(number, 0).setData(Qt.ItemDataRole.UserRole, feature.feature)
        self.note.setText(found.features_note)
        self.note.setVisible(bool(found.features_note))
        self._section.settle()

    def _on_activated(self, index: QModelIndex) -> None:
        self.feature_picked.emit(index.siblingAtColumn(0).data(Qt.ItemDataRole.UserRole))
