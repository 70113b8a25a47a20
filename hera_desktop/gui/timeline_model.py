"""The timeline as a table model: the base, then every proposal, newest last; a filter can leave rows out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import compress, pairwise
from operator import is_not, ne
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, QTimer, Signal

from .i18n import mark, tr
from .measures import MEASURES
from .records import Edge, TimelineRow, TimelineView
from .row_actions import row_actions
from .timeline_filter import RowTexts, TimelineFilter, shown_steps
from .timeline_tips import bars_tip, row_tip

READ_AHEAD_MS = 500
"""So long nothing new comes before the search is prepared."""
NO_PARENT = QModelIndex()
GRAPH, STEP, NAME, STATE, PROMPT, BARS = range(6)
FIGURES = range(6, 6 + len(MEASURES))
TAGS, NOTE, ACTIONS = range(FIGURES.stop, FIGURES.stop + 3)
COLUMNS = ACTIONS + 1
HEADERS = {
    STEP: mark("step"),
    NAME: mark("name"),
    STATE: mark("state"),
    PROMPT: mark("prompt"),
    BARS: mark("limits"),
    TAGS: mark("tags"),
    NOTE: mark("note"),
}
TITLES = {GRAPH: mark("graph"), **HEADERS, ACTIONS: mark("icons")}
"""What the columns are called where there is no room to be short."""
STATES = {
    "base": mark("base"),
    "committed": mark("committed"),
    "warning": mark("warning"),
    "rejected": mark("rejected"),
    "reverted": mark("reverted"),
    "left": mark("left"),
}
RIGHT = (STEP, *FIGURES)
EDITABLE = {NAME: "name", TAGS: "tags", NOTE: "note"}
MANY_RUNS = 50
FIXED = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
WRITABLE = FIXED | Qt.ItemFlag.ItemIsEditable
Role = Qt.ItemDataRole
Limits = Mapping[str, Mapping[str, tuple[float, float]]]


class TimelineModel(QAbstractTableModel):
    """Rows are numbered as they are shown; ``step_at`` and ``row_of`` lead from there to the steps and back.

    Signals: ``note_edited((patch_id, text))``, ``tags_edited((patch_id, tags))``, ``renamed((patch_id, name))``.
    ``Qt.UserRole`` holds the TimelineRow.
    """

    note_edited = Signal(object)
    tags_edited = Signal(object)
    renamed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.view: TimelineView | None = None
        self.limits: Limits = {}
        self.read_only = False
        self.filter = TimelineFilter()
        self._texts = RowTexts()
        self._idle = QTimer(self, singleShot=True, interval=READ_AHEAD_MS)
        self._idle.timeout.connect(self._read_ahead)
        self._shown: Sequence[int] = ()
        self._states = {name: tr(word) for name, word in STATES.items()}
        self._headers = {column: tr(word) for column, word in HEADERS.items()}
        self._headers.update({column: tr(MEASURES[column - FIGURES.start].column) for column in FIGURES})

    # --- what is shown ----------------------------------------------------------------------------------------------

    def set_view(self, view: TimelineView) -> None:
        """Show a newer view: new rows are added and changed ones redrawn; only other rows altogether are a reset."""
        old, self.view = self.view, view
        self._idle.start()
        shown = shown_steps(view.rows, self.filter, self._texts)
        count = len(self._shown)
        if old is None or len(view.rows) < len(old.rows) or shown[:count] != self._shown:
            self._reset(shown)
            return
        if len(shown) > count:
            self.beginInsertRows(NO_PARENT, count, len(shown) - 1)
            self._shown = shown
            self.endInsertRows()
        self._tell_changed(_changed_steps(old, view))

    def _read_ahead(self) -> None:
        """What the search looks through is made before the first letter is typed."""
        if self.view is not None:
            self._texts.read(self.view.rows)

    def set_filter(self, wanted: TimelineFilter) -> None:
        self.filter = wanted
        self._reset(shown_steps(self.view.rows, wanted, self._texts) if self.view else ())

    def _reset(self, shown: Sequence[int]) -> None:
        self.beginResetModel()
        self._shown = shown
        self.endResetModel()

    def _tell_changed(self, steps: Sequence[int]) -> None:
        rows = [row for row in map(self.row_of, steps) if row is not None]
        runs = _runs(rows)
        if len(runs) > MANY_RUNS:
            runs = [(rows[0], rows[-1])]
        for first, last in runs:
            self.dataChanged.emit(self.index(first, 0), self.index(last, COLUMNS - 1))

    def row(self, number: int) -> TimelineRow | None:
        step = self.step_at(number)
        return self.view.rows[step] if self.view is not None and step is not None else None

    def step_at(self, number: int) -> int | None:
        return self._shown[number] if 0 <= number < len(self._shown) else None

    def row_of(self, step: int) -> int | None:
        """The row in which a step is shown; None where the filter leaves it out."""
        place = bisect_left(self._shown, step)
        return place if place < len(self._shown) and self._shown[place] == step else None

    def edges(self, step: int | None) -> tuple[Edge, ...]:
        """The lines from the row of ``step`` to that of the next step."""
        return self.view.edges[step] if self.view and step is not None and step >= 0 else ()

    # --- QAbstractTableModel ----------------------------------------------------------------------------------------

    def rowCount(self, parent: QModelIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: QModelIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else COLUMNS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Role.DisplayRole:
            return self._headers.get(section, "")
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section in RIGHT else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Role.ToolTipRole and section in FIGURES:
            formula = MEASURES[section - FIGURES.start].formula
            return tr("{formula}\nagainst the state before the step").format(formula=tr(formula))
        if role == Role.ToolTipRole and section == BARS:
            return tr("How much of its step limit each measure has used: JS divergence, perplexity ratio, cosine drift")
        return None

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        """Asked for every cell that is painted."""
        if index.column() not in EDITABLE or self.read_only:
            return FIXED
        row = self.row(index.row())
        return WRITABLE if row is not None and row.step and row.patch_id else FIXED

    def data(self, index: QModelIndex, role: int = Role.DisplayRole) -> Any:
        row, column = self.row(index.row()), index.column()
        if row is None or self.view is None:
            return None
        if role == Role.DisplayRole:
            return self.text(row, column)
        if role == Role.EditRole:
            return _editable(row, column)
        if role == Role.AccessibleTextRole and column == ACTIONS:
            return ", ".join(tr(action.text) for action in row_actions(row, self.view.current) if action)
        if role == Role.AccessibleTextRole and column == BARS:
            return bars_tip(row, self.limits)
        if role == Role.ToolTipRole:
            return bars_tip(row, self.limits) or None if column == BARS else row_tip(row)
        if role == Role.UserRole:
            return row
        return None

    def text(self, row: TimelineRow, column: int) -> str:
        """What stands in a cell."""
        if column == STEP:
            return str(row.step) if row.step else ""
        if column == NAME:
            return row.name or (row.patch_id or "" if row.step else "")
        if column == STATE:
            return self._states[row.mark]
        if column == PROMPT:
            return _one_line(row.prompt[:500])
        if column == NOTE:
            return _one_line(row.note[:500])
        if column == TAGS:
            return ", ".join(row.tags)
        if column in FIGURES and row.metrics:
            measure = MEASURES[column - FIGURES.start]
            return measure.text(row.value(measure.name))
        return ""

    def setData(self, index: QModelIndex, value: Any, role: int = Role.EditRole) -> bool:
        """Words go to the ledger first, and are shown once they are there."""
        row, field = self.row(index.row()), EDITABLE.get(index.column())
        if role != Role.EditRole or field is None or row is None or row.patch_id is None:
            return False
        text = _one_line(str(value))
        if text != _editable(row, index.column()):
            signals = {"name": self.renamed, "tags": self.tags_edited, "note": self.note_edited}
            signals[field].emit((row.patch_id, read_tags(text) if field == "tags" else text))
        return True


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _editable(row: TimelineRow, column: int) -> str:
    """What an editor in the cell begins with; a note of several lines is one line there, and stays as it is unless it
    is changed."""
    return {NAME: row.name, TAGS: ", ".join(row.tags), NOTE: _one_line(row.note)}.get(column, "")


def read_tags(text: str) -> tuple[str, ...]:
    """Tags as they are typed, by commas; each is kept once."""
    tags = (" ".join(part.split()) for part in text.split(","))
    return tuple(dict.fromkeys(tag for tag in tags if tag))


def _changed_steps(old: TimelineView, new: TimelineView) -> list[int]:
    """The steps of the older view that are drawn otherwise now: what has not changed is the same object."""
    count = len(old.rows)
    found = set(compress(range(count), map(is_not, old.rows, new.rows)))
    found.update(compress(range(count), map(ne, old.edges, new.edges)))
    if old.current != new.current:
        found |= {step for step in (old.current, new.current) if step < count}
    return sorted(found)


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Neighbouring rows as (first, last)."""
    if not rows:
        return []
    breaks = [(a, b) for a, b in pairwise(rows) if b - a > 1]
    return list(zip([rows[0], *(b for _, b in breaks)], [*(a for a, _ in breaks), rows[-1]], strict=True))
