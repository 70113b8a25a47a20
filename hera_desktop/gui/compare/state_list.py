"""The states that can be compared, as a list: the base, the present one, and that after every committed step, newest
first. Both pickers share it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPointF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from ..compare_requests import BASE, NOW
from ..i18n import tr
from ..marks import draw_mark
from ..records import Snapshot, TimelineRow
from ..theme import GRID, Theme
from ..timeline_tips import row_tip
from .words import patch_count

NO_PARENT = QModelIndex()
FIRST = 2
"""The row of the newest step, under the base and the present state."""
TEXT_LENGTH = 160
ICON = 2 * GRID
SHARP = 2
"""Pixels a point: a mark stays sharp on a dense screen."""
TEXTS = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole)


class StateListModel(QAbstractListModel):
    """``Qt.UserRole`` holds a state's key: "base", "now" or the patch."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps: list[TimelineRow] = []
        self._texts: list[str] = []
        self._snapshot: Snapshot | None = None
        self._theme: Theme | None = None
        self._icons: dict[str, QIcon] = {}

    def show_snapshot(self, snapshot: Snapshot) -> bool:
        """Show the states of a newer snapshot; true where it was a reset, after which nothing is chosen."""
        steps = [row for row in snapshot.timeline.proposals if row.status != "rejected" and row.patch_id]
        old, count = self._steps, len(self._steps)
        texts = [t if a is b else _text(b) for t, a, b in zip(self._texts, old, steps, strict=False)]
        texts += [_text(step) for step in steps[len(texts) :]]
        grown = self._snapshot is not None and [r.patch_id for r in steps[:count]] == [r.patch_id for r in old]
        self._snapshot = snapshot
        if not grown:
            self.beginResetModel()
            self._steps, self._texts = steps, texts
            self.endResetModel()
            return True
        if len(steps) > count:
            self.beginInsertRows(NO_PARENT, FIRST, FIRST + len(steps) - count - 1)
            self._steps, self._texts = steps, texts
            self.endInsertRows()
        self._steps, self._texts = steps, texts
        changed = [number for number, (a, b) in enumerate(zip(old, steps, strict=False)) if a is not b]
        if changed:
            rows = (self._row_of_step(changed[-1]), self._row_of_step(changed[0]))
            self.dataChanged.emit(*(self.index(row) for row in rows))
        self.dataChanged.emit(self.index(1), self.index(1))
        return False

    def colour(self, theme: Theme) -> None:
        """Draw the marks for this theme."""
        if theme != self._theme:
            self._theme = theme
            self._icons.clear()
            if self.rowCount():
                self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1), [Qt.ItemDataRole.DecorationRole])

    # --- keys -------------------------------------------------------------------------------------------------------

    def key(self, row: int) -> str:
        """The key of a row; empty where there is none."""
        if row < FIRST:
            return (BASE, NOW)[row] if 0 <= row < self.rowCount() else ""
        step = self._step(row)
        return str(step.patch_id) if step else ""

    def row_of(self, key: str) -> int:
        """The row of a state; -1 where it is not in the list."""
        if self._snapshot is None:
            return -1
        if key in (BASE, NOW):
            return (BASE, NOW).index(key)
        found = (number for number, step in enumerate(self._steps) if step.patch_id == key)
        number = next(found, None)
        return -1 if number is None else self._row_of_step(number)

    def _row_of_step(self, number: int) -> int:
        return FIRST + len(self._steps) - 1 - number

    def _step(self, row: int) -> TimelineRow | None:
        number = FIRST + len(self._steps) - 1 - row
        return self._steps[number] if 0 <= number < len(self._steps) else None

    # --- QAbstractListModel -----------------------------------------------------------------------------------------

    def rowCount(self, parent: QModelIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() or self._snapshot is None else FIRST + len(self._steps)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A search asks for every row's text at every key."""
        row = index.row()
        if role in TEXTS:
            return self._texts[FIRST - 1 - row] if row >= FIRST else self._fixed_text(row)
        if role == Qt.ItemDataRole.DecorationRole:
            return self._icon(self._mark(row))
        if role == Qt.ItemDataRole.UserRole:
            return self.key(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            step = self._step(row)
            return row_tip(step) if step else self._fixed_text(row)
        return None

    def _fixed_text(self, row: int) -> str:
        if row == 0:
            return tr("base: the model without any patch")
        count = len(self._snapshot.info.active) if self._snapshot else 0
        return tr("now: the present state, {patches}").format(patches=patch_count(count))

    def _mark(self, row: int) -> str:
        step = self._step(row)
        if step is not None:
            return step.mark
        view = self._snapshot.timeline if self._snapshot else None
        return "base" if row == 0 or view is None else view.rows[view.current].mark

    def _icon(self, mark: str) -> QIcon | None:
        if self._theme is None:
            return None
        if mark not in self._icons:
            picture = QPixmap(SHARP * ICON, SHARP * ICON)
            picture.setDevicePixelRatio(SHARP)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_mark(painter, QPointF(ICON / 2, ICON / 2), mark, self._theme)
            painter.end()
            self._icons[mark] = QIcon(picture)
        return self._icons[mark]


def _text(step: TimelineRow) -> str:
    return f"{step.patch_id}  {' '.join(f'{step.name} {step.prompt[:TEXT_LENGTH]}'.split())}"
