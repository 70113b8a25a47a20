"""The queue of prompts: a table model with one row a prompt and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, QObject, Qt

from .i18n import mark, tr
from .records import Target

WAITING, RUNNING, CANCELLED, FAILED = "waiting", "running", "cancelled", "failed"
WORDS = {
    WAITING: mark("waiting"),
    RUNNING: mark("running"),
    CANCELLED: mark("cancelled"),
    FAILED: mark("failed"),
    "committed": mark("committed"),
    "warning": mark("warning"),
    "rejected": mark("rejected"),
}
NO_PARENT = QModelIndex()
ROWS_FORMAT = "application/x-hera-queue-rows"


@dataclass(eq=False)
class QueueRow:
    """A prompt in the queue, with its target where it has one. Two rows with the same prompt are two rows. ``step`` is
    the step that came of it."""

    prompt: str
    status: str = WAITING
    tip: str = ""
    step: int | None = None
    target: Target | None = None

    @property
    def text(self) -> str:
        """What is to be evolved, and towards what."""
        return self.prompt if self.target is None else f"{self.prompt} \u2192 {self.target.text.strip()}"


class PromptQueue(QAbstractTableModel):
    """Columns: status (also as a mark, in ``Qt.UserRole``) and prompt. ``status`` is waiting, running, committed,
    warning, rejected, cancelled or failed."""

    HEADERS = (mark("status"), mark("prompt"))

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[QueueRow] = []

    def add(self, prompts: Iterable[str], target: Target | None = None) -> None:
        new = [QueueRow(prompt, target=target) for prompt in prompts]
        if new:
            self.beginInsertRows(NO_PARENT, len(self.rows), len(self.rows) + len(new) - 1)
            self.rows.extend(new)
            self.endInsertRows()

    def clear(self) -> None:
        """Take all rows away, but the running one."""
        self.remove(range(len(self.rows)))

    def remove(self, numbers: Iterable[int]) -> None:
        """Take rows away; the running one stays."""
        gone = {number for number in numbers if self.rows[number].status != RUNNING}
        for last in sorted((number for number in gone if number + 1 not in gone), reverse=True):
            first = last
            while first - 1 in gone:
                first -= 1
            self.beginRemoveRows(NO_PARENT, first, last)
            del self.rows[first : last + 1]
            self.endRemoveRows()

    def move(self, numbers: Iterable[int], before: int) -> None:
        """Put rows, in their order, before the row ``before``; ``len(rows)`` is the end."""
        for row in [self.rows[number] for number in sorted(set(numbers))]:
            at = self.place(row)
            if before not in (at, at + 1):
                self.beginMoveRows(NO_PARENT, at, at, NO_PARENT, before)
                del self.rows[at]
                self.rows.insert(before - (at < before), row)
                self.endMoveRows()
            before = self.place(row) + 1

    def place(self, row: QueueRow) -> int:
        """The row's number; raises ValueError where it is not in the queue any more."""
        return self.rows.index(row)

    def next_waiting(self) -> int | None:
        return next((number for number, row in enumerate(self.rows) if row.status == WAITING), None)

    def count(self, status: str) -> int:
        return sum(row.status == status for row in self.rows)

    def mark(self, row: QueueRow, status: str, tip: str = "", step: int | None = None) -> None:
        """Set where a row stands; nothing happens to one that was taken out of the queue."""
        row.status, row.tip, row.step = status, tip, step
        if row in self.rows:
            number = self.place(row)
            self.dataChanged.emit(self.index(number, 0), self.index(number, len(self.HEADERS) - 1))

    def wait(self, rows: Iterable[QueueRow]) -> None:
        """Set rows back to waiting."""
        for row in rows:
            row.status, row.tip, row.step = WAITING, "", None
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.HEADERS) - 1))

    # --- QAbstractTableModel ----------------------------------------------------------------------------------------

    def rowCount(self, parent: QModelIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(self.HEADERS[section])
        return None

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(WORDS[row.status]) if index.column() == 0 else " ".join(row.text.split())
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tip(row)
        if role == Qt.ItemDataRole.UserRole and index.column() == 0:
            return row.status
        return None

    # --- rows are dragged within the queue --------------------------------------------------------------------------

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        if not index.isValid():  # between the rows
            return Qt.ItemFlag.ItemIsDropEnabled
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [ROWS_FORMAT]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        numbers = sorted({index.row() for index in indexes})
        data = QMimeData()
        data.setData(ROWS_FORMAT, " ".join([str(id(self)), *map(str, numbers)]).encode("ascii"))
        return data

    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: QModelIndex
    ) -> bool:
        return bool(self._dragged(data))

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: QModelIndex) -> bool:
        numbers = self._dragged(data)
        if numbers:
            self.move(numbers, row if row >= 0 else len(self.rows))
        return bool(numbers)

    def _dragged(self, data: QMimeData) -> list[int]:
        """The rows of this queue that ``data`` carries; none where it carries something else."""
        if not data.hasFormat(ROWS_FORMAT):
            return []
        owner, *numbers = bytes(data.data(ROWS_FORMAT).data()).decode("ascii").split()
        return [int(number) for number in numbers] if owner == str(id(self)) else []


def _tip(row: QueueRow) -> str:
    if row.status in (WAITING, RUNNING):
        return row.text
    if row.step is None:
        return row.tip or row.text
    return tr("Step {step}: {reason}").format(step=row.step, reason=row.tip)
