"""Both continuations side by side with their differences marked, and the next tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedLayout, QWidget

from ..i18n import mark, tr
from ..labels import DimLabel, EmptyState
from ..measures import visible
from ..theme import GRID, MARGIN, monospace
from .change_table import ChangeTable, Section
from .marked_text import MarkedText
from .side_header import SideHeader
from .words import change

if TYPE_CHECKING:
    from hera_desktop.engine.comparison_records import StateComparison

TITLE = mark("No prompt")
PURPOSE = mark("Here both states continue a prompt, with the differences marked, and their next tokens are compared.")
FIRST = mark("Type a prompt above and press Compare.")
SAME = mark("The texts are the same.")
ONE = mark("The texts differ in one place; what only one of them says is underlined.")
MANY = mark("The texts differ in {count} places; what only one of them says is underlined.")
TOKENS_TIP = mark("The probability that each state gives to the token after the prompt")


class TextsPage(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.headers = (SideHeader("A"), SideHeader("B"))
        self.texts = (
            MarkedText(tr("Continuation in state A"), second=False),
            MarkedText(tr("Continuation in state B"), second=True),
        )
        self.said = DimLabel()
        headers = (tr("token"), tr("A, share"), tr("B, share"), tr("B - A"))
        self.tokens = ChangeTable(tr("Next tokens"), headers, figures=(1, 2, 3), wide=0)
        self._tokens = Section(tr("Next token, probability"), self.tokens, "", tr(TOKENS_TIP))
        page = QWidget()
        line = QHBoxLayout(page)
        line.setContentsMargins(0, GRID, 0, 0)
        line.setSpacing(MARGIN)
        line.addLayout(self._sides(), 3)
        line.addWidget(self._tokens, 2)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(EmptyState(tr(TITLE), tr(PURPOSE), tr(FIRST)))
        self._stack.addWidget(page)

    def _sides(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(GRID // 2)
        for number, (header, text) in enumerate(zip(self.headers, self.texts, strict=True)):
            grid.addWidget(header, 0, number)
            grid.addWidget(text, 1, number)
            grid.setColumnStretch(number, 1)
        grid.addWidget(self.said, 2, 0, 1, 2)
        grid.setRowStretch(1, 1)
        return grid

    def show_comparison(self, found: StateComparison, present: str) -> None:
        """``present`` is the hash of the state that the model is in."""
        self._stack.setCurrentIndex(1 if found.prompt else 0)
        for header, state in zip(self.headers, (found.a, found.b), strict=True):
            header.show_state(state, present)
        for text in self.texts:
            text.show_text(found.prompt, found.differences)
        count = len([part for part in found.differences if not part.same])
        said = {0: tr(SAME), 1: tr(ONE)}.get(count, tr(MANY).format(count=count))
        self.said.setText(said)
        rows = [(visible(t.token), f"{t.a:.4f}", f"{t.b:.4f}", change(t.b - t.a, 4)) for t in found.next_tokens]
        self.tokens.show_changes(rows, [t.b - t.a for t in found.next_tokens])
        for number in range(self.tokens.rowCount()):
            self.tokens.item(number, 0).setFont(monospace(self.font()))
        self._tokens.settle()

    def show_present(self, present: str) -> None:
        for header in self.headers:
            header.show_present(present)
