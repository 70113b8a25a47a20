"""The queue of prompts: a table model with one row a prompt and where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

WAITING, RUNNING, CANCELLED, FAILED = "waiting", "running", "cancelled", "failed"
NO_PARENT = QModelIndex()


@dataclass
class QueueRow:
    prompt: str
    status: str = WAITING
    tip: str = ""


class PromptQueue(QAbstractTableModel):
    """Columns: status (also as a mark, in ``Qt.UserRole``) and prompt. ``status`` is waiting, running, committed,
    warning, rejected, cancelled or failed."""

    HEADERS = ("status", "prompt")

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[QueueRow] = []

    def add(self, prompts: Iterable[str]) -> None:
        new = [QueueRow(prompt) for prompt in prompts]
        if new:
            self.beginInsertRows(NO_PARENT, len(self.rows), len(self.rows) + len(new) - 1)
            self.rows.extend(new)
            self.endInsertRows()

    def clear(self) -> None:
        self.beginResetModel()
        self.rows.clear()
        self.endResetModel()

    def next_waiting(self) -> int | None:
        return next((number for number, row in enumerate(self.rows) if row.status == WAITING), None)

    def count(self, status: str) -> int:
        return sum(row.status == status for row in self.rows)

    def mark(self, number: int, status: str, tip: str = "") -> None:
        row = self.rows[number]
        row.status, row.tip = status, tip
        self.dataChanged.emit(self.index(number, 0), self.index(number, len(self.HEADERS) - 1))

    # --- QAbstractTableModel ----------------------------------------------------------------------------------------

    def rowCount(self, parent: QModelIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.HEADERS[section]
        return None

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.status if index.column() == 0 else " ".join(row.prompt.split())
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.tip or row.prompt
        if role == Qt.ItemDataRole.UserRole and index.column() == 0:
            return row.status
        return None
