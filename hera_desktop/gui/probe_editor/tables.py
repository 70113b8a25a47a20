"""The two tables of the editor: the probes, and the limits of their tags."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QHeaderView, QTableView, QWidget

from hera_desktop.engine.errors import InputError
from hera_desktop.engine.immune.probes import LIMIT_KEYS, TagLimits, read_tags

from ..i18n import mark, tr
from ..measures import MEASURES
from ..theme import GRID, tabular
from .draft import ProbeDraft

ROW_HEIGHT = 3 * GRID
BOX_STYLE = """
QTableView::indicator:unchecked { border: 1px solid palette(placeholder-text); border-radius: 2px;
    background: palette(base); width: 12px; height: 12px; }
"""
"""Fusion's empty boxes cannot be seen on a dark table."""
Index = QModelIndex | QPersistentModelIndex
ROLE = Qt.ItemDataRole
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
NOWHERE = QModelIndex()

TEXT, TAGS, WEIGHT = range(3)
PROBE_HEADERS = (mark("text"), mark("tags"), mark("weight"))
PROBE_TIPS = (
    mark("What is measured; the box says whether it is. The text is edited below the table"),
    mark("What it stands for; with commas between several. A tag can have limits of its own"),
    mark("How much it counts in every mean, above 0; 1 is usual"),
)
TAG, COUNT = range(2)
SCOPES = ("step", "cumulative")
LIMIT_HEADERS = (
    mark("JS, bits"),
    mark("PPL, x"),
    mark("drift"),
    mark("JS vs base"),
    mark("PPL vs base"),
    mark("drift vs base"),
)
ALL_PROBES = mark("all probes (settings)")
LIMIT_TIP = mark("{measure}, {scope}: what is empty or grey is as the settings say. {formula}")
SCOPE_WORDS = {"step": mark("against the state before the step"), "cumulative": mark("against the base")}


class _Model(QAbstractTableModel):
    """A table over the draft. Signal: ``refused(str)`` when what was typed cannot be used."""

    refused = Signal(object)
    headers: tuple[str, ...] = ()
    figures: frozenset[int] = frozenset()

    def __init__(self, draft: ProbeDraft) -> None:
        super().__init__(draft)
        self.draft = draft
        self._rows = self.rowCount()
        draft.changed.connect(self._follow)

    def _follow(self) -> None:
        """Redraw; where the number of rows is the same, selection and scrolling stay."""
        if self._row_total() == self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(self._rows - 1, self.columnCount() - 1))
            return
        self.beginResetModel()
        self._rows = self._row_total()
        self.endResetModel()

    def _row_total(self) -> int:
        raise NotImplementedError

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else self._row_total()

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.headers)

    def try_to(self, change: Any, *arguments: Any, **named: Any) -> bool:
        """Change the draft; false, and the reason told, where that is refused."""
        try:
            change(*arguments, **named)
        except InputError as error:
            self.refused.emit(str(error))
            return False
        return True

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        return RIGHT if column in self.figures else LEFT


class ProbeModel(_Model):
    """Row ``n`` is probe ``n + 1``; the box in front of the text says whether it is measured."""

    headers = PROBE_HEADERS
    figures = frozenset({WEIGHT})

    def _row_total(self) -> int:
        return len(self.draft.probes.probes)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ROLE.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return str(section + 1) if role == ROLE.DisplayRole else None
        if role == ROLE.DisplayRole:
            return tr(self.headers[section])
        if role == ROLE.ToolTipRole:
            return tr(PROBE_TIPS[section])
        return self.alignment(section) if role == ROLE.TextAlignmentRole else None

    def data(self, index: Index, role: int = ROLE.DisplayRole) -> Any:
        probe, column = self.draft.probes.probes[index.row()], index.column()
        if role in (ROLE.DisplayRole, ROLE.EditRole):
            shown = probe.text.replace("\n", "↵").replace("\t", "⇥")
            return (shown, ", ".join(probe.tags), f"{probe.weight:g}")[column]
        if role == ROLE.CheckStateRole and column == TEXT:
            return Qt.CheckState.Checked if probe.enabled else Qt.CheckState.Unchecked
        if role == ROLE.ToolTipRole:
            return probe.text if column == TEXT else tr(PROBE_TIPS[column])
        if role == ROLE.ForegroundRole and not probe.enabled:
            return _dim()
        if role == ROLE.FontRole and column == WEIGHT:
            return tabular(QApplication.font())
        return self.alignment(column) if role == ROLE.TextAlignmentRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        extra = Qt.ItemFlag.ItemIsUserCheckable if index.column() == TEXT else Qt.ItemFlag.ItemIsEditable
        return super().flags(index) | extra

    def setData(self, index: Index, value: Any, role: int = ROLE.EditRole) -> bool:
        numbers = [index.row() + 1]
        if role == ROLE.CheckStateRole:
            on = Qt.CheckState(value) == Qt.CheckState.Checked
            return self.try_to(self.draft.change, numbers, enabled=on)
        if index.column() == TAGS:
            return self.try_to(self.draft.change, numbers, tags=read_tags(str(value)))
        return self.try_to(self._weigh, numbers, str(value))

    def _weigh(self, numbers: list[int], text: str) -> None:
        self.draft.change(numbers, weight=read_number(text, tr("the weight")))


class LimitModel(_Model):
    """One row a tag: its limits for a step, then against the base. The first row shows the settings' own limits."""

    headers = (mark("probes tagged"), mark("measured"), *LIMIT_HEADERS)
    figures = frozenset(range(1, 8))

    def __init__(self, draft: ProbeDraft) -> None:
        self.overall: dict[tuple[str, str], float] = {}
        self._every_tag = False
        super().__init__(draft)

    def show_overall(self, overall: dict[tuple[str, str], float], every_tag: bool) -> None:
        """The limits over all probes by (scope, key), and whether they hold for every tag too."""
        self.overall, self._every_tag = overall, every_tag
        self._follow()

    def _row_total(self) -> int:
        return 1 + len(self.draft.probes.tags)

    def limit_of(self, column: int) -> tuple[str, str]:
        """Scope and key of a column."""
        return SCOPES[(column - 2) // 3], LIMIT_KEYS[(column - 2) % 3]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ROLE.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == ROLE.DisplayRole:
            return tr(self.headers[section])
        if role == ROLE.ToolTipRole and section > 1:
            return self._tip(section)
        return self.alignment(section) if role == ROLE.TextAlignmentRole else None

    def _tip(self, column: int) -> str:
        scope, key = self.limit_of(column)
        measure = MEASURES[LIMIT_KEYS.index(key)]
        return tr(LIMIT_TIP).format(
            measure=tr(measure.title), scope=tr(SCOPE_WORDS[scope]), formula=tr(measure.formula)
        )

    def data(self, index: Index, role: int = ROLE.DisplayRole) -> Any:
        row, column = index.row(), index.column()
        if role in (ROLE.DisplayRole, ROLE.EditRole):
            return self._text(row, column) or (self._inherited(column) if role == ROLE.DisplayRole else "")
        if role == ROLE.ForegroundRole and (row == 0 or not self._text(row, column)):
            return _dim()
        if role == ROLE.FontRole and column >= COUNT:
            return tabular(QApplication.font())
        if role == ROLE.ToolTipRole and column > 1:
            return self._tip(column)
        return self.alignment(column) if role == ROLE.TextAlignmentRole else None

    def _text(self, row: int, column: int) -> str:
        probes = self.draft.probes
        tag = probes.tags[row - 1] if row else ""
        if column == TAG:
            return tag or tr(ALL_PROBES)
        if column == COUNT:
            return str(len([probe for probe in probes.enabled if not tag or tag in probe.tags]))
        scope, key = self.limit_of(column)
        given = getattr(probes.limits.get(tag, TagLimits()), scope).get(key) if tag else self.overall.get((scope, key))
        return "" if given is None else f"{given:.7g}"

    def _inherited(self, column: int) -> str:
        """What holds for a tag that has no limit of its own."""
        given = self.overall.get(self.limit_of(column)) if self._every_tag else None
        return "" if given is None else f"{given:.7g}"

    def flags(self, index: Index) -> Qt.ItemFlag:
        editable = index.row() > 0 and index.column() > COUNT
        return super().flags(index) | (Qt.ItemFlag.ItemIsEditable if editable else Qt.ItemFlag.NoItemFlags)

    def setData(self, index: Index, value: Any, role: int = ROLE.EditRole) -> bool:
        tag, text = self.draft.probes.tags[index.row() - 1], str(value).strip()
        return self.try_to(self._limit, tag, *self.limit_of(index.column()), text)

    def _limit(self, tag: str, scope: str, key: str, text: str) -> None:
        self.draft.limit(tag, scope, key, read_number(text, tr("the limit")) if text else None)


def read_number(text: str, what: str) -> float:
    """A number as a person types it; raises InputError where it is none."""
    try:
        return float(text.replace(",", "."))
    except ValueError:
        raise InputError(tr("{what} is '{text}'; it must be a number").format(what=what, text=text)) from None


def _dim() -> QColor:
    return QApplication.palette().color(QPalette.ColorRole.PlaceholderText)


class EditTable(QTableView):
    """A table that is edited in place: Enter or F2 begins, Tab leaves the table."""

    def __init__(self, name: str, model: QAbstractTableModel, wide: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(True)
        self.setStyleSheet(BOX_STYLE)
        triggers = QTableView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed)
        self.verticalHeader().setMinimumSectionSize(ROW_HEIGHT)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)
