"""What the model says to the prompt before and after the step, and its strongest next tokens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHeaderView,
    QStackedLayout,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..continuation import Continuation
from ..i18n import mark, tr
from ..labels import EmptyState, dim_label, title_label
from ..measures import visible
from ..records import Side, Step, TextPiece
from ..theme import GRID, MARGIN, monospace, tabular

if TYPE_CHECKING:
    from hera_desktop.engine.records import EvolveResult

SIDES: tuple[Side, Side] = ("before", "after")
TOKEN_HEIGHT = 22
PURPOSE = mark("Here the model continues the prompt before and after the step, so that its effect can be read.")
SIDE_TITLES = {"before": mark("Before"), "after": mark("After")}
TEXT_NAMES = {"before": mark("Text before the step"), "after": mark("Text after the step")}
TABLE_NAMES = {"before": mark("Next tokens before the step"), "after": mark("Next tokens after the step")}
ABOUT = mark(
    "prompt surprise {before:.3f} → {after:.3f} nats a token · features {features} · "
    "{strategy}, block {block}, rank {rank}, norm {norm:.3g} · {seconds:.1f} s"
)
FIRST_ACTION = mark("Type a prompt and press Evolve.")


class GenerationPanel(QWidget):
    """Redraws from ``Step`` and ``TextPiece`` records."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.labels = {side: title_label(tr(SIDE_TITLES[side])) for side in SIDES}
        self.texts = {side: Continuation(tr(TEXT_NAMES[side])) for side in SIDES}
        self.tables = {side: _token_table(tr(TABLE_NAMES[side])) for side in SIDES}
        self.surprise = dim_label()
        self._stack = QStackedLayout(self)
        self._stack.addWidget(EmptyState(tr("Before and after"), tr(PURPOSE), tr(FIRST_ACTION)))
        self._stack.addWidget(self._comparison())

    def _comparison(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(MARGIN, GRID, MARGIN, GRID)
        column.setSpacing(GRID)
        grid = QGridLayout()
        grid.setHorizontalSpacing(MARGIN)
        grid.setVerticalSpacing(GRID)
        for number, side in enumerate(SIDES):
            grid.addWidget(self.labels[side], 0, number)
            grid.addWidget(self.texts[side], 1, number)
            grid.addWidget(self.tables[side], 2, number)
            grid.setColumnStretch(number, 1)
        grid.setRowStretch(1, 1)
        column.addLayout(grid, 1)
        column.addWidget(self.surprise)
        return page

    # --- records ----------------------------------------------------------------------------------------------------

    def begin(self, prompt: str) -> None:
        """A step has been started: the texts of the last one no longer hold."""
        self._stack.setCurrentIndex(1)
        for side in SIDES:
            self.labels[side].setText(tr(SIDE_TITLES[side]))
            self.texts[side].begin(prompt)
            self._fill(side, ())
        self.surprise.setText("")

    def withdraw(self) -> None:
        """The step did not come about: there is nothing to compare."""
        self._stack.setCurrentIndex(0)

    def show_step(self, step: Step) -> None:
        self.begin(step.result.prompt)
        self.labels["before"].setText(step.before_label)
        self.labels["after"].setText(step.after_label)
        effect = step.result.effect
        if effect is not None:
            for side, tokens in zip(SIDES, effect.next_tokens, strict=True):
                self._fill(side, tokens)
                _fit(self.tables[side])  # the header may have been measured before the theme's style was there
            self.surprise.setText(_about(step.result))

    def add_text(self, piece: TextPiece) -> None:
        self.texts[piece.side].add(piece.text)

    # --- drawing ----------------------------------------------------------------------------------------------------

    def _fill(self, side: Side, tokens: Sequence[tuple[str, float]]) -> None:
        table = self.tables[side]
        for row in range(table.rowCount()):
            token, share = tokens[row] if row < len(tokens) else ("", None)
            table.item(row, 0).setText(visible(token))
            table.item(row, 0).setToolTip(repr(token) if share is not None else "")
            table.item(row, 1).setText("" if share is None else f"{share:.4f}")


def _about(result: EvolveResult) -> str:
    """The step in figures: how surprising the prompt is, which features took part, and where the patch sits."""
    before, after = result.effect.prompt_nll
    names = ", ".join(str(f.id) for f in result.features) or tr("none")
    where = ", ".join(map(str, result.layers))
    return tr(ABOUT).format(
        before=before,
        after=after,
        features=names,
        strategy=result.strategy,
        block=where,
        rank=result.rank,
        norm=result.norm,
        seconds=result.seconds,
    )


def _token_table(name: str, rows: int = 5) -> QTableWidget:
    table = QTableWidget(rows, 2)
    table.setAccessibleName(name)
    table.setHorizontalHeaderLabels([tr("next token"), tr("probability")])
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
    table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    table.setShowGrid(False)
    table.verticalHeader().hide()
    table.verticalHeader().setMinimumSectionSize(TOKEN_HEIGHT)
    table.verticalHeader().setDefaultSectionSize(TOKEN_HEIGHT)
    header = table.horizontalHeader()
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
    header.setHighlightSections(False)
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    table.horizontalHeaderItem(0).setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    table.horizontalHeaderItem(1).setTextAlignment(right)
    for row in range(rows):
        token, share = QTableWidgetItem(), QTableWidgetItem()
        token.setFont(monospace(table.font()))
        share.setFont(tabular(table.font()))
        share.setTextAlignment(right)
        table.setItem(row, 0, token)
        table.setItem(row, 1, share)
    table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    _fit(table)
    return table


def _fit(table: QTableWidget) -> None:
    """As high as its rows."""
    header = table.horizontalHeader().sizeHint().height()
    table.setFixedHeight(header + table.rowCount() * TOKEN_HEIGHT + 2 * table.frameWidth())
