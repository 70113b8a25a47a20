"""Paints the table's cells straight from the list. Qt's own way asks the model for nine roles a cell and lays every
text out through the style sheet: some 20 ms for a page of rows, and this about a quarter of that."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ..theme import GRID
from .table_model import LEFT, NAME, PIN, RIGHT, TICK, FeatureTableModel

ICON = 16
SELECTED = QStyle.StateFlag.State_Selected


class CellDelegate(QStyledItemDelegate):
    """Expects a FeatureTableModel."""

    def __init__(self, model: FeatureTableModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._metrics: dict[bool, QFontMetrics] = {}
        self._pixmaps: dict[tuple[int, float], QPixmap] = {}

    def forget(self) -> None:
        """Fonts and colours have changed."""
        self._metrics.clear()
        self._pixmaps.clear()

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        column = index.column()
        rect: QRect = option.rect
        if option.state & SELECTED:
            painter.fillRect(rect, option.palette.highlight())
        feature = self._model.feature(index.row())
        if feature is None:
            return
        if column in (PIN, TICK):
            self._paint_icon(painter, rect, feature, column)
            return
        self._paint_text(painter, option, rect.adjusted(GRID, 0, -GRID, 0), feature, column)

    def _paint_icon(self, painter: QPainter, rect: QRect, feature: int, column: int) -> None:
        model = self._model
        if column == TICK:
            icon = model.ticked_icon if feature in model.ticked else model.free_icon
        elif model.features.pinned[feature]:
            icon = model.pin_icon
        else:
            return
        place = QRect(0, 0, ICON, ICON)
        place.moveCenter(rect.center())
        painter.drawPixmap(place, self._pixmap(icon, painter.device().devicePixelRatio()))

    def _pixmap(self, icon: QIcon, ratio: float) -> QPixmap:
        """An icon as it is on this screen: its font is drawn once, and not for every row."""
        key = (icon.cacheKey(), ratio)
        if key not in self._pixmaps:
            self._pixmaps[key] = icon.pixmap(QSize(ICON, ICON), ratio)
        return self._pixmaps[key]

    def _paint_text(
        self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, feature: int, column: int
    ) -> None:
        text = self._model.text(feature, column)
        if not text:
            return
        if column != NAME:
            painter.setFont(self._model.figures_font)
            painter.setPen(option.palette.text().color())
            painter.drawText(rect, RIGHT, text)
            return
        automatic = self._model.features.source(feature) == "auto"
        font = self._model.name_font(automatic)
        painter.setFont(font)
        painter.setPen(self._model.name_colour(automatic) or option.palette.text().color())
        painter.drawText(
            rect, LEFT, self._measure(automatic, font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        )

    def _measure(self, automatic: bool, font: QFont) -> QFontMetrics:
        if automatic not in self._metrics:
            self._metrics[automatic] = QFontMetrics(font)
        return self._metrics[automatic]
