"""The facts that the model was taught: which it knows, what was asked and answered, and what can be done with each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from ..chat.facts_filter import FactsFilterLine
from ..chat.facts_model import FactFilter, FactsModel
from ..chat.facts_phrasings import FactDetails
from ..chat.facts_table import FactsTable
from ..features.fields import button
from ..i18n import mark, tr
from ..labels import DimLabel, EmptyState
from ..theme import GRID, MARGIN

if TYPE_CHECKING:
    from hera_desktop.engine.facts.records import KnownFact

TITLE = mark("No facts yet")
PURPOSE = mark(
    "Here are the facts that the model was taught in the chat: whether it still knows them, and what it answers."
)
FIRST_ACTION = mark("Tell the model a fact in the chat.")
NOTHING_FOUND = mark("No fact is found; clear the search to see all of them.")
ASK_TIP = mark("Ask the model the questions about this fact in its present state")
TEACH_TIP = mark("Teach this fact once more, as if it was told again")
FORGET_TIP = mark("Un-learn this fact: a step on the timeline, which Undo takes back (Del)")
TABLE_ROOM, DETAILS_ROOM = 3, 2


class FactsPanel(QWidget):
    """Signals: ``ask_wanted(fact_id)``, ``survey_wanted()``, ``forget_wanted(fact_id)``, ``teach_wanted(text)``.

    Wiring: ``show_facts(facts, needed)`` and ``set_state(ready, locked, reason)``.
    """

    ask_wanted = Signal(object)
    survey_wanted = Signal()
    forget_wanted = Signal(object)
    teach_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen: int | None = None
        self.model = FactsModel(self)
        self.line = FactsFilterLine()
        self.table = FactsTable(self.model)
        self.nothing = DimLabel(tr(NOTHING_FOUND))
        self.details = FactDetails()
        self.ask_button: QPushButton = button(tr("Ask again"), tr(ASK_TIP))
        self.teach_button: QPushButton = button(tr("Teach again"), tr(TEACH_TIP))
        self.forget_button: QPushButton = button(tr("Forget"), tr(FORGET_TIP))
        self._stack = QStackedLayout(self)
        self._stack.addWidget(EmptyState(tr(TITLE), tr(PURPOSE), tr(FIRST_ACTION)))
        self._stack.addWidget(self._page())
        self._tips = {part: part.toolTip() for part in self._buttons}
        self._connect()
        self.set_state(False, "", tr("No model is loaded yet"))

    # --- layout -----------------------------------------------------------------------------------------------------

    def _page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(MARGIN, GRID, MARGIN, GRID)
        column.setSpacing(GRID)
        column.addWidget(self.line)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self._list())
        parts.addWidget(self._below())
        parts.setStretchFactor(0, TABLE_ROOM)
        parts.setStretchFactor(1, DETAILS_ROOM)
        column.addWidget(parts, 1)
        return page

    def _list(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self.table, 1)
        column.addWidget(self.nothing)
        return part

    def _below(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, GRID // 2, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.details, 1)
        line = QHBoxLayout()
        line.setSpacing(GRID)
        line.addWidget(self.ask_button)
        line.addWidget(self.teach_button)
        line.addStretch(1)
        line.addWidget(self.forget_button)
        column.addLayout(line)
        return part

    def _connect(self) -> None:
        self.line.changed.connect(self._on_filter)
        self.line.survey_wanted.connect(self.survey_wanted)
        self.line.left.connect(self._to_table)
        self.table.chosen.connect(self._choose)
        self.table.search_wanted.connect(self._to_search)
        self.table.forget_wanted.connect(self._forget)
        self.details.fact_picked.connect(self.select)
        self.ask_button.clicked.connect(self._ask)
        self.teach_button.clicked.connect(self._teach)
        self.forget_button.clicked.connect(self._forget)

    # --- records ----------------------------------------------------------------------------------------------------

    def show_facts(self, facts: Sequence[KnownFact], needed: float) -> None:
        """The memory in the present state; ``needed`` is the share of right answers with which a fact is known. The
        selected fact stays selected while it is there."""
        self.model.show_facts(facts, needed)
        self.line.show_counts(self.model.counts())
        self._stack.setCurrentIndex(1 if facts else 0)
        self._restore()

    def set_state(self, ready: bool, locked: str, reason: str) -> None:
        """Whether something can be asked now, why the session cannot be changed, and why not at all."""
        self._ready, self._locked, self._reason = ready, locked, reason
        self._enable()

    @property
    def selected(self) -> KnownFact | None:
        return self.model.find(self._chosen)

    # --- what the user does -----------------------------------------------------------------------------------------

    def select(self, fact_id: int) -> None:
        """Show a fact; what hides it is cleared away."""
        if self.model.row_of(fact_id) is None:
            self.line.clear()
        self.table.select(fact_id)
        self._choose(fact_id)

    def _choose(self, fact_id: int | None) -> None:
        self._chosen = fact_id
        fact = self.selected
        clashes = set(fact.contradicts) if fact else set()
        others = [other for other in self.model.facts if other.fact_id in clashes]
        self.details.show_fact(fact, others, self.model.needed)
        self._enable()

    def _restore(self) -> None:
        """After the rows have changed."""
        row = self.model.row_of(self._chosen)
        self.nothing.setVisible(not self.model.rows)
        self.table.select(None if row is None else self._chosen)
        self._choose(self._chosen if self.selected is not None else None)

    def _on_filter(self, wanted: FactFilter) -> None:
        self.model.set_filter(wanted)
        self._restore()

    def _to_table(self) -> None:
        self.table.setFocus()
        if self.model.rows and self.table.fact_id is None:
            self.table.setCurrentIndex(self.model.index(0, 1))

    def _to_search(self) -> None:
        self.line.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.search.selectAll()

    def _ask(self) -> None:
        if self._chosen is not None:
            self.ask_wanted.emit(self._chosen)

    def _teach(self) -> None:
        if self.selected is not None:
            self.teach_wanted.emit(self.selected.text)

    def _forget(self) -> None:
        if self._chosen is not None and self.forget_button.isEnabled():
            self.forget_wanted.emit(self._chosen)

    # --- what can be done now ---------------------------------------------------------------------------------------

    @property
    def _buttons(self) -> tuple[QPushButton, ...]:
        return (self.ask_button, self.line.survey_button, self.teach_button, self.forget_button)

    def _enable(self) -> None:
        """Asking is possible in a session that cannot be changed; the answers are not kept then."""
        waits, chosen = "" if self._ready else self._reason, self.selected is not None
        for part in self._buttons:
            asks = part in (self.ask_button, self.line.survey_button)
            reason = waits if asks else self._locked or waits
            part.setEnabled(not reason and (chosen or part is self.line.survey_button))
            part.setToolTip(reason or self._tips[part])
