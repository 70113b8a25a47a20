"""A table of figures whose last column draws the difference as a bar, and a table with a title."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QStackedLayout,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ..features.plain_table import PlainTable
from ..labels import DimLabel, title_label
from ..theme import GRID, theme_of

BAR_WIDTH = 12 * GRID
BAR_HEIGHT = GRID


class BarDelegate(QStyledItemDelegate):
    """``Qt.UserRole`` is a share: -1 to 1 from the middle, or 0 to 1 from the left where nothing is ``signed``."""

    def __init__(self, signed: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signed = signed

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        share = index.data(Qt.ItemDataRole.UserRole)
        if share is None:
            return
        theme = theme_of(option.palette)
        area = QRectF(option.rect).adjusted(GRID, 0, -GRID, 0)
        start = area.center().x() if self._signed else area.left()
        room = area.width() / 2 if self._signed else area.width()
        end = start + room * max(-1.0, min(1.0, float(share)))
        bar = QRectF(min(start, end), area.center().y() - BAR_HEIGHT / 2, abs(end - start), BAR_HEIGHT)
        painter.save()
        painter.fillRect(bar, QColor(theme.accent))
        painter.fillRect(QRectF(start, area.top() + 3, 1, area.height() - 6), QColor(theme.reverted))
        painter.restore()


class ChangeTable(PlainTable):
    """A PlainTable with one more column, without a title, for the bars; where none is ``wide`` they take the room that
    is left."""

    def __init__(
        self,
        name: str,
        headers: Sequence[str],
        figures: Collection[int],
        wide: int | None,
        signed: bool = True,
    ) -> None:
        self._bars = len(headers)
        super().__init__(name, (*headers, ""), figures, self._bars if wide is None else wide)
        self.setItemDelegateForColumn(self._bars, BarDelegate(signed, self))
        if wide is not None:
            header = self.horizontalHeader()
            header.setSectionResizeMode(self._bars, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(self._bars, BAR_WIDTH)

    def show_changes(self, rows: Sequence[Sequence[str]], changes: Sequence[float]) -> None:
        """A row's bar is its change over the largest one."""
        largest = max((abs(change) for change in changes), default=0.0)
        self.fill([(*row, "") for row in rows])
        for number, change in enumerate(changes):
            share = change / largest if largest > 0 else 0.0
            self.item(number, self._bars).setData(Qt.ItemDataRole.UserRole, share)


class Section(QWidget):
    """A table under its title; a sentence stands in its place where it has no rows."""

    def __init__(self, title: str, table: PlainTable, nothing: str, tip: str = "") -> None:
        super().__init__()
        self.table = table
        self.nothing = DimLabel(nothing)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._title = title_label(title)
        self._title.setToolTip(tip)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self._title)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.nothing)
        self._stack.addWidget(table)
        column.addLayout(self._stack, 1)

    def settle(self) -> None:
        """The table has been filled."""
        self._stack.setCurrentIndex(1 if self.table.rowCount() else 0)

    def fit(self) -> None:
        """As high as the table's rows, which are few."""
        self.table.fit_rows()
        self.setFixedHeight(self._title.sizeHint().height() + GRID // 2 + self.table.maximumHeight())
