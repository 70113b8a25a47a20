"""Paints the timeline's cells straight from its rows. Qt's own way asks the model for nine roles a cell and lays every
text out through the style sheet; with ten thousand rows under the wheel this takes about a quarter of that."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from .marks import draw_mark
from .measures import MEASURES
from .records import TimelineRow
from .theme import GRID, Theme, monospace, tabular, theme_of
from .timeline_model import BARS, NAME, PROMPT, RIGHT, STATE, STEP, TAGS, TimelineModel
from .timeline_tips import used

MARK = 2 * GRID
BAR = 7
BAR_GAP = 4
BARS_WIDTH = 2 * GRID + len(MEASURES) * BAR + (len(MEASURES) - 1) * BAR_GAP
SELECTED, FOCUSED = QStyle.StateFlag.State_Selected.value, QStyle.StateFlag.State_HasFocus.value
LEFT_SIDE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT_SIDE = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
Index = QModelIndex | QPersistentModelIndex


class TimelineLook:
    """Fonts, colours and drawn marks, made once for a theme and a font; ``hovered`` is the step under the mouse, here
    or in a plot."""

    def __init__(self, palette: QPalette, font: QFont) -> None:
        self.hovered: int | None = None
        self.refresh(palette, font)

    def refresh(self, palette: QPalette, font: QFont) -> None:
        """Fonts or colours have changed."""
        self.theme: Theme = theme_of(palette)
        self.plain, self.bold = tabular(font), tabular(font)
        self.bold.setBold(True)
        self.fixed = monospace(font)
        self.metrics = {False: QFontMetrics(self.plain), True: QFontMetrics(self.bold)}
        self.hover = QColor(self.theme.selected)
        self.hover.setAlpha(90)
        self.text, self.dim = QColor(self.theme.text), QColor(self.theme.dim)
        self._marks: dict[tuple[str, float], QPixmap] = {}

    def mark(self, name: str, ratio: float) -> QPixmap:
        """A state's mark, ``MARK`` wide and high; ``ratio`` is the screen's pixel ratio."""
        key = (name, ratio)
        if key not in self._marks:
            pixmap = QPixmap(QSize(MARK, MARK) * ratio)
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_mark(painter, QPointF(MARK / 2, MARK / 2), name, self.theme)
            painter.end()
            self._marks[key] = pixmap
        return self._marks[key]

    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, step: int) -> None:
        state = option.state.value  # numbers: this is asked for every cell
        if state & SELECTED:
            painter.fillRect(option.rect, option.palette.highlight())
        if step == self.hovered:
            painter.fillRect(option.rect, self.hover)
        if state & FOCUSED:
            painter.setPen(QColor(self.theme.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))


class TimelineCells(QStyledItemDelegate):
    """Every column but the graph and the icons."""

    def __init__(self, model: TimelineModel, look: TimelineLook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, column = self._model.row(index.row()), index.column()
        if row is None:
            return
        self._look.paint_ground(painter, option, row.step)
        if column == BARS:
            self._paint_bars(painter, option.rect, row)
            return
        text = self._model.text(row, column)
        if text:
            self._paint_text(painter, option.rect.adjusted(GRID, 0, -GRID, 0), row, column, text)

    def _paint_text(self, painter: QPainter, rect: QRect, row: TimelineRow, column: int, text: str) -> None:
        look, view = self._look, self._model.view
        bold = view is not None and row.step == view.current and column in (STEP, NAME, STATE, PROMPT)
        if column == NAME and not row.name:
            painter.setFont(look.fixed)
        else:
            painter.setFont(look.bold if bold else look.plain)
        quiet = row.state in ("left", "rejected") or column in (STEP, TAGS) or (column == NAME and not row.name)
        painter.setPen(look.dim if quiet and not bold else look.text)
        if column not in RIGHT:
            text = look.metrics[bold].elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, RIGHT_SIDE if column in RIGHT else LEFT_SIDE, text)

    def _paint_bars(self, painter: QPainter, rect: QRect, row: TimelineRow) -> None:
        """A bar for each measure as high as the share of its step limit; one over the limit goes through the line."""
        if not row.metrics:
            return
        theme, limits = self._look.theme, self._model.limits
        low, top = rect.bottom() - 3, rect.top() + 4
        x = rect.left() + GRID
        painter.fillRect(QRectF(x, top, BARS_WIDTH - 2 * GRID, 1), QColor(theme.line))
        for measure in MEASURES:
            limit = limits.get(measure.name, {}).get("step")
            if limit is not None:
                value = row.value(measure.name)
                share, warned = used(measure, value, limit[1]), used(measure, limit[0], limit[1])
                state = "rejected" if share > 1 else "warning" if share >= warned else "committed"
                height = max(1.0, min(share, 1.0) * (low - top)) + (3 if share > 1 else 0)
                painter.fillRect(QRectF(x, low - height, BAR, height), QColor(theme.state(state)))
            x += BAR + BAR_GAP
