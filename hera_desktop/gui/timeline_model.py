"""The timeline as a table model: the base, then every proposal, newest last."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QFont

from .block_list import block_text
from .measures import MEASURES
from .records import Edge, TimelineRow, TimelineView
from .row_actions import row_actions
from .theme import tabular

NO_PARENT = QModelIndex()
GRAPH, STEP, STATE, PROMPT = range(4)
FIGURES = range(4, 4 + len(MEASURES))
NOTE = FIGURES.stop
ACTIONS = NOTE + 1
HEADERS = ("", "step", "state", "prompt", *(m.column for m in MEASURES), "note", "")
RIGHT = (STEP, *FIGURES)
Role = Qt.ItemDataRole


class TimelineModel(QAbstractTableModel):
    """Signal: ``note_edited((patch_id, text))``. ``Qt.UserRole`` holds the TimelineRow."""

    note_edited = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.view: TimelineView | None = None
        self._figures = tabular(QFont())
        self._bold = tabular(QFont())
        self._bold.setBold(True)

    def set_view(self, view: TimelineView) -> None:
        self.beginResetModel()
        self.view = view
        self.endResetModel()

    def row(self, number: int) -> TimelineRow | None:
        rows = self.view.rows if self.view else ()
        return rows[number] if 0 <= number < len(rows) else None

    def edges(self, number: int) -> tuple[Edge, ...]:
        """The lines from row ``number`` to the next."""
        return self.view.edges[number] if self.view and number >= 0 else ()

    # --- QAbstractTableModel ----------------------------------------------------------------------------------------

    def rowCount(self, parent: QModelIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() or self.view is None else len(self.view.rows)

    def columnCount(self, parent: QModelIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Role.DisplayRole:
            return HEADERS[section]
        if role == Role.TextAlignmentRole:
            return _alignment(section)
        if role == Role.ToolTipRole and section in FIGURES:
            return f"{MEASURES[section - FIGURES.start].formula}\nagainst the state before the step"
        return None

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        flags = super().flags(index)
        row = self.row(index.row())
        if index.column() == NOTE and row is not None and row.step and row.patch_id:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: QModelIndex, role: int = Role.DisplayRole) -> Any:
        row = self.row(index.row())
        if row is None or self.view is None:
            return None
        if role == Role.AccessibleTextRole and index.column() == ACTIONS:
            return ", ".join(action.text for action in row_actions(row, self.view.current) if action)
        if role in (Role.DisplayRole, Role.EditRole):
            return _text(row, index.column())
        if role == Role.TextAlignmentRole:
            return _alignment(index.column())
        if role == Role.ToolTipRole:
            return _tip(row)
        if role == Role.FontRole:
            return self._bold if row.step == self.view.current else self._figures
        if role == Role.UserRole:
            return row
        return None

    def setData(self, index: QModelIndex, value: Any, role: int = Role.EditRole) -> bool:
        """A note goes to the ledger first, and is shown once it is there."""
        row = self.row(index.row())
        text = str(value).strip()
        if role != Role.EditRole or index.column() != NOTE or row is None or row.patch_id is None:
            return False
        if text != row.note:
            self.note_edited.emit((row.patch_id, text))
        return True


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in RIGHT else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _text(row: TimelineRow, column: int) -> str:
    if column == STEP:
        return str(row.step) if row.step else ""
    if column == STATE:
        return row.mark
    if column == PROMPT:
        return " ".join(row.prompt.split())
    if column == NOTE:
        return row.note
    if column in FIGURES and row.metrics:
        measure = MEASURES[column - FIGURES.start]
        return measure.text(row.value(measure.name))
    return ""


def _tip(row: TimelineRow) -> str:
    if row.step == 0:
        return "The model without any patch"
    name = f"{row.patch_id}, " if row.patch_id else ""
    lines = (f"{name}{row.time[:19].replace('T', ' ')} UTC", _settings(row), row.reason, row.prompt[:500])
    return "\n".join(line for line in lines if line)


def _settings(row: TimelineRow) -> str:
    """What the step was set to; empty where nothing was proposed."""
    details = row.details
    if not {"strategy", "learning_rate", "layers"} <= details.keys():
        return ""
    return f"{details['strategy']}, strength {details['learning_rate']:g}, block {block_text(details['layers'])}"
