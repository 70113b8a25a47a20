"""The line over the facts: words to search for, and which kind of facts is shown."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

from ..features.fields import button
from ..i18n import mark, tr
from ..text_line import TextLine
from ..theme import GRID, tabular
from .facts_model import KINDS, FactFilter, Kind

WORDS = {
    "all": mark("all ({count})"),
    "known": mark("known ({count})"),
    "lost": mark("lost ({count})"),
    "contradicting": mark("contradicting ({count})"),
}
SEARCH_TIP = mark("Words of a fact, its subject, relation or object; every word must be found (/)")
SURVEY_TIP = mark("Ask the model about every fact in its present state; it adds a point to the curve of what is known")


class FactSearch(TextLine):
    """Down and Enter lead to the table; Esc takes the words back. Signal: ``left()``."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Search the facts"), tr("Search the facts"), parent)
        self.setToolTip(tr(SEARCH_TIP))
        self.setClearButtonEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if self.text() and _escapes(event):
            event.accept()  # else it would cancel what is running
            return True
        return super().event(event)


def _escapes(event: QEvent) -> bool:
    kind = QEvent.Type.ShortcutOverride
    return event.type() == kind and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape


class FactsFilterLine(QWidget):
    """Signals: ``changed(FactFilter)``; ``survey_wanted()``; ``left()`` when the keys lead on to the table."""

    changed = Signal(object)
    survey_wanted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = FactSearch()
        self.kind = QComboBox()
        self.kind.setAccessibleName(tr("Which facts are shown"))
        self.kind.setToolTip(tr("Which facts are shown"))
        self.kind.setFont(tabular(self.font()))
        for kind in KINDS:
            self.kind.addItem("", kind)
        self.survey_button: QPushButton = button(tr("Ask all"), tr(SURVEY_TIP))
        self.show_counts(dict.fromkeys(KINDS, 0))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GRID)
        line.addWidget(self.search, 1)
        line.addWidget(self.kind)
        line.addWidget(self.survey_button)
        self.search.textChanged.connect(self._tell)
        self.search.left.connect(self.left)
        self.kind.currentIndexChanged.connect(self._tell)
        self.survey_button.clicked.connect(self._survey)

    @property
    def filter(self) -> FactFilter:
        return FactFilter(self.search.text(), self.kind.currentData() or "all")

    def clear(self) -> None:
        """Show every fact again."""
        self.search.clear()
        self.kind.setCurrentIndex(0)

    def show_counts(self, counts: Mapping[Kind, int]) -> None:
        for number, kind in enumerate(KINDS):
            self.kind.setItemText(number, tr(WORDS[kind]).format(count=counts[kind]))

    def _tell(self) -> None:
        self.changed.emit(self.filter)

    def _survey(self) -> None:
        self.survey_wanted.emit()
