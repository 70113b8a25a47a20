"""One fact: what is known of it, what it contradicts, and what the model answered when it was asked."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLabel, QStackedLayout, QVBoxLayout, QWidget

from ..features.plain_table import ROW_HEIGHT, PlainTable
from ..i18n import mark, tr
from ..labels import DimLabel, title_label
from ..mark_delegate import MarkDelegate
from ..mark_view import MarkView
from ..theme import GRID
from .facts_words import MARKS, STANDINGS, answer_mark, contradiction_text, standing, told_text, triple

if TYPE_CHECKING:
    from hera_desktop.engine.facts.records import Asked, KnownFact

RESULT, QUESTION, ANSWER, FORM = range(4)
NOT_ASKED = mark("It was not asked in this state yet; Ask again asks its questions now.")
NOT_KEPT = mark("Its answers were not kept; Ask again asks its questions now.")
TRAINED_TIP = mark("A lesson trained this form of the question; that it is answered right says least")
UNTRAINED_TIP = mark("No lesson trained this form of the question")
NARROW = 440
"""Below this width the form of a question is told by the tooltip of the result."""
BESIDE = 24
"""What a cell keeps free beside its text, both sides together."""
CHOOSE = mark("Select a fact to see its questions and answers.")


class Contradictions(QWidget):
    """A line for each fact that this one contradicts. Signal: ``fact_picked(fact_id)``."""

    fact_picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mark = MarkView()
        self.mark.show_mark("warning")
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.text.linkActivated.connect(self._on_link)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GRID)
        line.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.text, 1)
        self.show_facts(())

    def show_facts(self, facts: Sequence[KnownFact]) -> None:
        lines = (f'<div><a href="{fact.fact_id}">{html.escape(contradiction_text(fact))}</a></div>' for fact in facts)
        self.text.setText("".join(lines))
        self.text.setAccessibleName("; ".join(map(contradiction_text, facts)))
        self.setVisible(bool(facts))

    def _on_link(self, fact_id: str) -> None:
        self.fact_picked.emit(int(fact_id))


class PhrasingTable(PlainTable):
    """A row a question; questions and answers wrap."""

    def __init__(self, parent: QWidget | None = None) -> None:
        headers = (tr("result"), tr("question"), tr("answer"), tr("form"))
        super().__init__(tr("Questions about the fact"), headers, (), QUESTION, parent)
        self.setItemDelegateForColumn(RESULT, MarkDelegate(self))
        self.setWordWrap(True)
        self.setVerticalScrollMode(PlainTable.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setSectionResizeMode(ANSWER, QHeaderView.ResizeMode.Stretch)

    def show_answers(self, asked: Sequence[Asked]) -> None:
        self.fill([(_result(one), one.question, " ".join(one.answer.split()), _form(one)) for one in asked])
        for number, one in enumerate(asked):
            self.item(number, RESULT).setData(Qt.ItemDataRole.UserRole, answer_mark(one))
            for column in (RESULT, FORM):
                self.item(number, column).setToolTip(tr(TRAINED_TIP if one.trained else UNTRAINED_TIP))
        self._fit_texts()

    def _fit_texts(self) -> None:
        """Every row as high as its longer text. Qt's own way leaves the room beside the texts out."""
        for number in range(self.rowCount()):
            heights = [self._height(number, column) for column in (QUESTION, ANSWER)]
            self.setRowHeight(number, max(ROW_HEIGHT, *heights))

    def _height(self, number: int, column: int) -> int:
        width = max(self.columnWidth(column) - BESIDE, 1)
        text = self.item(number, column).text()
        return self.fontMetrics().boundingRect(0, 0, width, 0, Qt.TextFlag.TextWordWrap, text).height() + GRID

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setColumnHidden(FORM, event.size().width() < NARROW)
        self._fit_texts()


def _result(one: Asked) -> str:
    return tr("right") if one.correct else tr("wrong")


def _form(one: Asked) -> str:
    return tr("trained") if one.trained else tr("untrained")


class FactDetails(QWidget):
    """The fact that is selected. Signal: ``fact_picked(fact_id)`` when one that it contradicts is clicked."""

    fact_picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mark = MarkView()
        self.text = title_label("")
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.triple, self.told, self.not_asked = DimLabel(), DimLabel(), DimLabel(tr(NOT_ASKED))
        for label in (self.triple, self.told):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.contradictions = Contradictions()
        self.contradictions.fact_picked.connect(self.fact_picked)
        self.phrasings = PhrasingTable()
        self._stack = QStackedLayout(self)
        choose = DimLabel(tr(CHOOSE))
        choose.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._stack.addWidget(choose)
        self._stack.addWidget(self._page())

    def _page(self) -> QWidget:
        page = QWidget()
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.text, 1)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addLayout(head)
        for part in (self.triple, self.told, self.contradictions, self.not_asked):
            column.addWidget(part)
        column.addWidget(self.phrasings, 1)
        column.addStretch(0)
        return page

    def show_fact(self, fact: KnownFact | None, others: Sequence[KnownFact], needed: float) -> None:
        """``others`` are the facts that it contradicts; None where none is selected."""
        self._stack.setCurrentIndex(0 if fact is None else 1)
        if fact is None:
            return
        state = standing(fact, needed)
        self.mark.show_mark(MARKS[state])
        self.mark.setToolTip(tr(STANDINGS[state]))
        self.text.setText(fact.text.strip())
        self.triple.setText(triple(fact))
        self.triple.setVisible(bool(fact.relation))
        self.told.setText(told_text(fact))
        self.contradictions.show_facts(others)
        self.phrasings.show_answers(fact.asked)
        self.phrasings.setVisible(bool(fact.asked))
        self.not_asked.setText(tr(NOT_ASKED if fact.recall is None else NOT_KEPT))
        self.not_asked.setVisible(not fact.asked)
