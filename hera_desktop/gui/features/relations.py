"""Lists beside the contexts: what a feature writes, and which features are near it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from hera_desktop.engine.atlas.records import Neighbour, TokenLogit

from ..i18n import tr
from ..measures import visible
from ..theme import monospace
from .plain_table import PlainTable


class LogitTable(PlainTable):
    """Tokens whose logit the feature's unit direction raises, or lowers, most."""

    def __init__(self, title: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(title, (title, tr("logit")), figures=(1,), wide=0, parent=parent)
        _fix(self, {1: 64})
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(PlainTable.SelectionMode.NoSelection)
        for column in range(2):
            self.horizontalHeaderItem(column).setToolTip(tip)

    def show_logits(self, logits: Sequence[TokenLogit]) -> None:
        self.fill([(visible(found.token), f"{found.logit:+.2f}") for found in logits])
        font = monospace(self.font())
        for number, found in enumerate(logits):
            self.item(number, 0).setFont(font)
            self.item(number, 0).setToolTip(repr(found.token))
        self.fit_rows()


class NeighbourTable(PlainTable):
    """Signal: ``chosen(feature)`` when a row is clicked, or Enter is pressed on it."""

    chosen = Signal(object)

    def __init__(self, title: str, value: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(title, (tr("id"), title, value), figures=(0, 2), wide=1, parent=parent)
        _fix(self, {0: 60, 2: 60})
        self._ids: tuple[int, ...] = ()
        self.setSelectionMode(PlainTable.SelectionMode.SingleSelection)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        for column in range(3):
            self.horizontalHeaderItem(column).setToolTip(tip)
        self.clicked.connect(self._on_clicked)

    def show_neighbours(self, neighbours: Sequence[Neighbour], name: Callable[[int], str]) -> None:
        self._ids = tuple(found.id for found in neighbours)
        self.fill([(str(found.id), name(found.id), f"{found.value:.3f}") for found in neighbours])
        self.fit_rows()

    def _on_clicked(self, index: QModelIndex) -> None:
        self.chosen.emit(self._ids[index.row()])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentRow() >= 0:
            self.chosen.emit(self._ids[self.currentRow()])
            return
        super().keyPressEvent(event)


def _fix(table: PlainTable, widths: dict[int, int]) -> None:
    """Columns that are not measured each time a feature is chosen."""
    header = table.horizontalHeader()
    for column, width in widths.items():
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(column, width)
