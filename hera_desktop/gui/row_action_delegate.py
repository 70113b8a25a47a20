"""The icons at the right end of the timeline's rows: a single click carries the action out."""

from __future__ import annotations

import qtawesome
from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
)

from .i18n import tr
from .records import TimelineRow
from .row_actions import SLOTS, RowAction, row_actions
from .theme import GRID
from .timeline_cells import TimelineLook
from .timeline_model import ACTIONS, TimelineModel

SLOT = 3 * GRID
ICON = 2 * GRID
WIDTH = SLOTS * SLOT + GRID
FAINT = 0.5
Hit = tuple[TimelineRow, RowAction]


class RowActionDelegate(QStyledItemDelegate):
    """Watches ``table``'s mouse. Signal: ``wanted((TimelineRow, RowAction))`` after a press and a release on one icon;
    the second press of a double click counts for nothing."""

    wanted = Signal(object)

    def __init__(self, table: QTableView, model: TimelineModel, look: TimelineLook) -> None:
        super().__init__(table)
        self._table = table
        self._model = model
        self._look = look
        self._viewport = table.viewport()
        self._ready = False
        self._place: QPoint | None = None
        self._hit: Hit | None = None
        self._pressed: Hit | None = None
        self._icons: dict[tuple[str, str, float], QPixmap] = {}
        self._viewport.setMouseTracking(True)
        self._viewport.installEventFilter(self)
        for signal in (model.modelReset, model.dataChanged, model.rowsInserted):
            signal.connect(self._follow)
        table.verticalScrollBar().valueChanged.connect(self._follow)

    def set_ready(self, ready: bool) -> None:
        """``ready``: an action can be carried out now."""
        self._ready = ready
        self._follow()
        self._viewport.update()

    def place(self, step: int, action: RowAction) -> QPoint:
        """The middle of an icon in the table's viewport; raises ValueError where the row has no such action."""
        number = self._model.row_of(step)
        index = self._model.index(-1 if number is None else number, ACTIONS)
        slot = self._actions(self._model.row(index.row())).index(action)
        return _slot_rect(self._table.visualRect(index), slot).center()

    def _actions(self, row: TimelineRow | None) -> tuple[RowAction | None, RowAction | None]:
        view = self._model.view
        return row_actions(row, view.current if view else 0)

    # --- the mouse --------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self._viewport:
            return super().eventFilter(watched, event)
        kind = event.type()
        if kind == QEvent.Type.Leave:
            self._move(None)
        elif isinstance(event, QMouseEvent):
            self._move(event.position().toPoint())
            if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
                single = kind == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton
                self._pressed = self._hit if single else None
            elif kind == QEvent.Type.MouseButtonRelease:
                self._release()
        return False

    def _move(self, place: QPoint | None) -> None:
        self._place = place
        self._follow()

    def _follow(self) -> None:
        """What is under the mouse now, also after the rows have changed."""
        before, self._hit = self._hit, self._hit_at(self._place) if self._place is not None else None
        if before != self._hit:
            self._viewport.setCursor(Qt.CursorShape.PointingHandCursor if self._hit else Qt.CursorShape.ArrowCursor)
            self._viewport.update()

    def _release(self) -> None:
        pressed, self._pressed = self._pressed, None
        hit = self._hit
        if hit is not None and pressed is not None and (hit[0].step, hit[1]) == (pressed[0].step, pressed[1]):
            self.wanted.emit(hit)

    def _hit_at(self, place: QPoint) -> Hit | None:
        """The icon at a place, where it can be clicked."""
        index = self._table.indexAt(place)
        row = self._model.row(index.row())
        if not self._ready or row is None or index.column() != ACTIONS:
            return None
        rect = self._table.visualRect(index)
        for slot, action in enumerate(self._actions(row)):
            if action is not None and _slot_rect(rect, slot).contains(place):
                return row, action
        return None

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        hit = self._hit_at(event.pos())
        if hit is None:
            return super().helpEvent(event, view, option, index)
        row, action = hit
        QToolTip.showText(event.globalPos(), f"{tr(action.text)} ({row.patch_id})", view)
        return True

    # --- painting ---------------------------------------------------------------------------------------------------

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(WIDTH, SLOT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = self._model.row(index.row())
        if row is None:
            return
        self._look.paint_ground(painter, option, row.step)
        theme, ratio = self._look.theme, painter.device().devicePixelRatio()
        picked = row.step == self._look.hovered or bool(option.state & QStyle.StateFlag.State_Selected)
        for slot, action in enumerate(self._actions(row)):
            if action is None:
                continue
            under = self._hit is not None and (self._hit[0].step, self._hit[1]) == (row.step, action)
            rect = _slot_rect(option.rect, slot)
            if under:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(theme.button))
                painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 3, 3)
            painter.setOpacity(1.0 if picked and self._ready else FAINT)
            colour = theme.accent if under else theme.text if picked else theme.dim
            painter.drawPixmap(_centred(rect), self._icon(action.icon, colour, ratio))
            painter.setOpacity(1.0)

    def _icon(self, name: str, colour: str, ratio: float) -> QPixmap:
        """An icon as it is on this screen: its font is drawn once, and not for every row."""
        key = (name, colour, ratio)
        if key not in self._icons:
            self._icons[key] = qtawesome.icon(name, color=colour).pixmap(QSize(ICON, ICON), ratio)
        return self._icons[key]


def _slot_rect(cell: QRect, slot: int) -> QRect:
    return QRect(cell.right() + 1 - GRID // 2 - (SLOTS - slot) * SLOT, cell.top(), SLOT, cell.height())


def _centred(rect: QRect) -> QRect:
    square = QRect(0, 0, ICON, ICON)
    square.moveCenter(rect.center())
    return square
