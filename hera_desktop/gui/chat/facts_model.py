"""The facts of the memory as rows of a table: which are shown, in which order, and what stands in their cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from ..i18n import mark, tr
from .facts_words import STANDINGS, recall_text, standing, triple

if TYPE_CHECKING:
    from hera_desktop.engine.facts.records import KnownFact

NO_PARENT = QModelIndex()
DISPLAY = int(Qt.ItemDataRole.DisplayRole)
STATE, FACT, IMPORTANCE, TOLD, SEEN, RECALL = range(6)
TITLES = {
    STATE: "",
    FACT: mark("fact"),
    IMPORTANCE: mark("importance"),
    TOLD: mark("told"),
    SEEN: mark("last turn"),
    RECALL: mark("recall"),
}
TIPS = {
    STATE: mark("Circle: known when last asked, cross: lost, hollow: not asked yet"),
    FACT: mark("The fact as it was told; a triangle marks one that contradicts another"),
    IMPORTANCE: mark("What repetition and recency make of it, less what it lost unseen; important facts are replayed"),
    TOLD: mark("How many times it was told"),
    SEEN: mark("The turn in which it was told last"),
    RECALL: mark("Right answers when it was last asked, one mark a question: circle right, cross wrong"),
}
FIGURES = (IMPORTANCE, TOLD, SEEN)
FALLING = (IMPORTANCE, TOLD, SEEN)
"""Columns whose largest values are wanted first."""
Kind = Literal["all", "known", "lost", "contradicting"]
KINDS: tuple[Kind, ...] = ("all", "known", "lost", "contradicting")


@dataclass(frozen=True)
class FactFilter:
    """Every word must be found in a fact, its relation, subject or object."""

    words: str = ""
    kind: Kind = "all"

    def takes(self, fact: KnownFact, needed: float) -> bool:
        if not of_kind(fact, self.kind, needed):
            return False
        text = f"{fact.text} {triple(fact)}".casefold()
        return all(word in text for word in self.words.casefold().split())


def of_kind(fact: KnownFact, kind: Kind, needed: float) -> bool:
    if kind == "contradicting":
        return bool(fact.contradicts)
    return kind == "all" or standing(fact, needed) == kind


class FactsModel(QAbstractTableModel):
    """``needed`` is the share of right answers with which a fact counts as known."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.needed = 1.0
        self.filter = FactFilter()
        self.sorted_by, self.descending = IMPORTANCE, True
        self._all: tuple[KnownFact, ...] = ()
        self.rows: list[KnownFact] = []

    # --- what is shown ----------------------------------------------------------------------------------------------

    @property
    def facts(self) -> tuple[KnownFact, ...]:
        """All of them, whatever is shown."""
        return self._all

    def fact(self, row: int) -> KnownFact | None:
        return self.rows[row] if 0 <= row < len(self.rows) else None

    def find(self, fact_id: int | None) -> KnownFact | None:
        return next((fact for fact in self._all if fact.fact_id == fact_id), None)

    def row_of(self, fact_id: int | None) -> int | None:
        return next((row for row, fact in enumerate(self.rows) if fact.fact_id == fact_id), None)

    def counts(self) -> dict[Kind, int]:
        """How many facts there are of each kind."""
        return {kind: sum(of_kind(fact, kind, self.needed) for fact in self._all) for kind in KINDS}

    def show_facts(self, facts: Sequence[KnownFact], needed: float) -> None:
        self._all, self.needed = tuple(facts), needed
        self._arrange()

    def set_filter(self, wanted: FactFilter) -> None:
        self.filter = wanted
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.sorted_by, self.descending = column, order == Qt.SortOrder.DescendingOrder
        self._arrange()

    def _arrange(self) -> None:
        self.beginResetModel()
        shown = [fact for fact in self._all if self.filter.takes(fact, self.needed)]
        shown.sort(key=lambda fact: fact.fact_id)
        self.rows = sorted(shown, key=self._key, reverse=self.descending)
        self.endResetModel()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, STATE, RECALL)

    def _key(self, fact: KnownFact) -> Any:
        asked = -1.0 if fact.recall is None else fact.recall
        return {
            STATE: asked,
            FACT: fact.text.casefold(),
            IMPORTANCE: fact.importance,
            TOLD: fact.count,
            SEEN: fact.last_seen,
            RECALL: asked,
        }[self.sorted_by]

    # --- QAbstractTableModel ----------------------------------------------------------------------------------------

    def rowCount(self, parent: QModelIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._title(section)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tr(TIPS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section in FIGURES else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def _title(self, section: int) -> str:
        """The column's name, with an arrow where the table is sorted by it."""
        title = tr(TITLES[section]) if TITLES[section] else ""
        if section != self.sorted_by:
            return title
        arrow = "↓" if self.descending else "↑"
        return f"{arrow} {title}" if section in FIGURES else f"{title} {arrow}".strip()

    def data(self, index: QModelIndex, role: int = DISPLAY) -> Any:
        fact = self.fact(index.row())
        if fact is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(fact, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(fact, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(fact, index.column())
        return None

    def text(self, fact: KnownFact, column: int) -> str:
        """What stands in a cell; the state is drawn as a mark."""
        return {
            STATE: "",
            FACT: " ".join(fact.text.split()),
            IMPORTANCE: f"{fact.importance:.2f}",
            TOLD: str(fact.count),
            SEEN: str(fact.last_seen),
            RECALL: recall_text(fact),
        }[column]

    def _tip(self, fact: KnownFact, column: int) -> str:
        if column == STATE:
            return tr(STANDINGS[standing(fact, self.needed)])
        if column == RECALL and fact.asked:
            return "\n".join(f"{'✓' if asked.correct else '✕'} {asked.question}" for asked in fact.asked)
        if column != FACT:
            return tr(TIPS[column])
        clash = tr("Contradicts another fact") if fact.contradicts else ""
        return "\n".join(line for line in (fact.text, triple(fact), clash) if line)

    def _spoken(self, fact: KnownFact, column: int) -> str:
        if column == STATE:
            return tr(STANDINGS[standing(fact, self.needed)])
        return self.text(fact, column)
