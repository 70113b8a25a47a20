"""A row of the command palette: category, title with the letters that were found, shortcut."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from .palette_search import Hit
from .theme import GRID, Theme, theme_of

Index = QModelIndex | QPersistentModelIndex
CATEGORY_WIDTH = 10 * GRID


class PaletteDelegate(QStyledItemDelegate):
    HEIGHT = 3 * GRID + 4

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self.HEIGHT)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.text = ""
        if option.state & QStyle.StateFlag.State_Selected:
            option.state |= QStyle.StateFlag.State_Active  # the line edit has the focus, and steers the list

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        copy = QStyleOptionViewItem(option)
        self.initStyleOption(copy, index)
        style = copy.widget.style() if copy.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, copy, painter, copy.widget)
        theme = theme_of(option.palette)
        painter.save()
        self._draw(
            painter, QRectF(option.rect).adjusted(GRID, 0, -GRID, 0), index.data(Qt.ItemDataRole.UserRole), theme
        )
        painter.restore()

    def _draw(self, painter: QPainter, place: QRectF, hit: Hit, theme: Theme) -> None:
        command, middle = hit.command, Qt.AlignmentFlag.AlignVCenter
        plain, width = painter.font(), QFontMetricsF(painter.font()).horizontalAdvance(command.shortcut)
        painter.setPen(QColor(theme.dim))
        metrics = QFontMetricsF(plain)
        category = metrics.elidedText(command.category, Qt.TextElideMode.ElideRight, CATEGORY_WIDTH - GRID)
        painter.drawText(place, middle | Qt.AlignmentFlag.AlignLeft, category)
        painter.drawText(place, middle | Qt.AlignmentFlag.AlignRight, command.shortcut)
        title = place.adjusted(CATEGORY_WIDTH, 0, -width - 2 * GRID, 0)
        painter.setPen(QColor(theme.text if command.enabled else theme.reverted))
        self._draw_title(painter, title, hit, theme)

    @staticmethod
    def _draw_title(painter: QPainter, place: QRectF, hit: Hit, theme: Theme) -> None:
        """Letter by letter where some were found, so that these can be bold; elided as a whole otherwise."""
        plain = painter.font()
        bold = QFont(plain)
        bold.setBold(True)
        title = hit.command.title
        if QFontMetricsF(bold).horizontalAdvance(title) > place.width() or not hit.places:
            shown = QFontMetricsF(plain).elidedText(title, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
            return
        x, found = place.left(), set(hit.places)
        for run, marked in _runs(title, found):
            painter.setFont(bold if marked else plain)
            width = QFontMetricsF(painter.font()).horizontalAdvance(run)
            painter.drawText(QRectF(x, place.top(), width + 1, place.height()), Qt.AlignmentFlag.AlignVCenter, run)
            x += width
        painter.setFont(plain)


def _runs(title: str, found: set[int]) -> list[tuple[str, bool]]:
    """The title in pieces of letters that were found, and that were not."""
    runs: list[tuple[str, bool]] = []
    for place, letter in enumerate(title):
        marked = place in found
        if runs and runs[-1][1] == marked:
            runs[-1] = (runs[-1][0] + letter, marked)
        else:
            runs.append((letter, marked))
    return runs
