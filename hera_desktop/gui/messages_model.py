"""The messages as rows of a table: the same one again and again is one row with a count."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from .i18n import mark, tr
from .messages import KEPT, Level, Message

LEVEL, TIME, COUNT, TEXT = COLUMNS = range(4)
TITLES = (mark("level"), mark("time"), mark("times"), mark("message"))
WORDS: dict[Level, str] = {"info": mark("info"), "warning": mark("warning"), "error": mark("error")}
MARKS: dict[Level, str] = {"info": "left", "warning": "warning", "error": "failed"}
SERIOUSNESS: dict[Level, int] = {"info": 0, "warning": 1, "error": 2}

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class MessageRow:
    """``message`` is the last of ``count`` equal ones in a row."""

    message: Message
    count: int = 1


class MessagesModel(QAbstractTableModel):
    """The newest message is the first row. ``least`` leaves out what is less serious."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[MessageRow] = []
        self.rows: list[MessageRow] = []
        self._least = 0

    def add(self, message: Message) -> None:
        last = self._all[0].message if self._all else None
        if last is not None and (last.level, last.text) == (message.level, message.text):
            self._repeat(message)
            return
        row = MessageRow(message)
        self._all.insert(0, row)
        del self._all[KEPT:]
        if self._wanted(row):
            self.beginInsertRows(QModelIndex(), 0, 0)
            self.rows.insert(0, row)
            self.endInsertRows()
            self._drop_oldest()

    def _repeat(self, message: Message) -> None:
        self._all[0] = replace(self._all[0], message=message, count=self._all[0].count + 1)
        if self._wanted(self._all[0]):
            self.rows[0] = self._all[0]
            self.dataChanged.emit(self.index(0, 0), self.index(0, TEXT))

    def _drop_oldest(self) -> None:
        if len(self.rows) > KEPT:
            self.beginRemoveRows(QModelIndex(), KEPT, len(self.rows) - 1)
            del self.rows[KEPT:]
            self.endRemoveRows()

    def show_from(self, level: Level) -> None:
        """Leave out what is less serious than ``level``."""
        self.beginResetModel()
        self._least = SERIOUSNESS[level]
        self.rows = [row for row in self._all if self._wanted(row)]
        self.endResetModel()

    def clear(self) -> None:
        self.beginResetModel()
        self._all, self.rows = [], []
        self.endResetModel()

    def _wanted(self, row: MessageRow) -> bool:
        return SERIOUSNESS[row.message.level] >= self._least

    def line(self, row: int) -> str:
        """A row as text, for the clipboard."""
        kept = self.rows[row]
        times = f" ({kept.count} x)" if kept.count > 1 else ""
        return f"{kept.message.time:%H:%M:%S} {kept.message.level}: {kept.message.text}{times}"

    # --- Qt ---------------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(TITLES[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        column = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.UserRole and column == LEVEL:
            return MARKS[row.message.level]
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.message.text
        if role == Qt.ItemDataRole.TextAlignmentRole and column == COUNT:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    @staticmethod
    def _text(row: MessageRow, column: int) -> str:
        if column == LEVEL:
            return tr(WORDS[row.message.level])
        if column == TIME:
            return f"{row.message.time:%H:%M:%S}"
        if column == COUNT:
            return str(row.count) if row.count > 1 else ""
        return row.message.text
