"""The keyboard shortcuts of all actions, to read and to change."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QFont, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from hera_desktop.engine.errors import InputError

from ..i18n import mark, tr
from ..labels import dim_label
from ..shortcuts import Shortcuts, written
from ..theme import GRID, MARGIN
from ..warning_label import WarningLabel

Index = QModelIndex | QPersistentModelIndex
ACTION, SHORTCUT, DEFAULT = COLUMNS = range(3)
TITLES = (mark("action"), mark("shortcut"), mark("default"))
NONE = mark("none")


class ShortcutsDialog(QDialog):
    """Not modal. A shortcut is changed, and kept, as soon as its keys are pressed; one that another action has is
    refused in a sentence under the field."""

    def __init__(self, shortcuts: Shortcuts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shortcuts = shortcuts
        self.model = ShortcutsModel(shortcuts, self)
        self.found = QSortFilterProxyModel(self)
        self.search = QLineEdit()
        self.table = QTableView()
        self.action = QLabel()
        self.keys = QKeySequenceEdit()
        self.sentence = WarningLabel()
        self.none_button = QPushButton(tr("Take away"))
        self.reset_button = QPushButton(tr("Reset"))
        self.reset_all_button = QPushButton(tr("Reset all"))
        self.close_button = QPushButton(tr("Close"))
        self.setWindowTitle(tr("Keyboard shortcuts"))
        self.setModal(False)
        self.resize(88 * GRID, 66 * GRID)
        self._dress()
        self._lay_out()
        self._connect()
        self.table.selectRow(0)

    def _dress(self) -> None:
        self.found.setSourceModel(self.model)
        self.found.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.found.setFilterKeyColumn(-1)
        self.search.setPlaceholderText(tr("Search actions and keys"))
        self.search.setAccessibleName(tr("Search actions and keys"))
        self.search.setClearButtonEnabled(True)
        self.table.setModel(self.found)
        self.table.setAccessibleName(tr("Actions and their shortcuts"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setAlternatingRowColors(True)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(3 * GRID)
        head = self.table.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(ACTION, QHeaderView.ResizeMode.Stretch)
        for column in (SHORTCUT, DEFAULT):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self.table.setColumnWidth(column, 21 * GRID)
        self.keys.setMaximumSequenceLength(2)
        self.keys.setAccessibleName(tr("Shortcut of the chosen action"))
        self.keys.setToolTip(tr("Press the keys; two in a row are possible, and after a second they hold"))
        self.none_button.setToolTip(tr("Leave the chosen action without a shortcut"))
        self.reset_button.setToolTip(tr("Give the chosen action its default shortcut"))
        self.reset_all_button.setToolTip(tr("Give every action its default shortcut"))
        for button in (self.none_button, self.reset_button, self.reset_all_button, self.close_button):
            button.setAutoDefault(False)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GRID)
        column.addWidget(self.search)
        column.addWidget(self.table, 1)
        line = QHBoxLayout()
        line.setSpacing(GRID)
        line.addWidget(self.action, 1)
        for part in (self.keys, self.none_button, self.reset_button):
            line.addWidget(part)
        column.addLayout(line)
        column.addWidget(self.sentence)
        end = QHBoxLayout()
        end.setSpacing(GRID)
        end.addWidget(self.reset_all_button)
        hint = dim_label(tr("Bold: changed by you. Changes hold at once."))
        end.addWidget(hint, 1)
        end.addWidget(self.close_button)
        column.addLayout(end)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._filter)
        self.table.selectionModel().currentRowChanged.connect(self._show_chosen)
        self.table.activated.connect(self._edit)
        self.keys.keySequenceChanged.connect(self._preview)
        self.keys.editingFinished.connect(self._change)
        self.none_button.clicked.connect(self._take_away)
        self.reset_button.clicked.connect(self._reset)
        self.reset_all_button.clicked.connect(self._reset_all)
        self.close_button.clicked.connect(self.close)

    # --- what the user wants ----------------------------------------------------------------------------------------

    @property
    def chosen(self) -> str | None:
        """The id of the chosen action."""
        index = self.found.mapToSource(self.table.currentIndex())
        return self.model.ids[index.row()] if index.isValid() else None

    def choose(self, action_id: str) -> None:
        row = self.found.mapFromSource(self.model.index(self.model.ids.index(action_id), 0)).row()
        self.table.selectRow(row)

    def _filter(self, text: str) -> None:
        self.found.setFilterFixedString(text)
        if not self.table.currentIndex().isValid():
            self.table.selectRow(0)
        self._show_chosen()

    def _edit(self) -> None:
        self.keys.setFocus(Qt.FocusReason.OtherFocusReason)

    def _preview(self, key: QKeySequence) -> None:
        """Say at once what speaks against a key; it is taken when no further one follows."""
        if self.chosen is not None and not key.isEmpty():
            self.sentence.say(self._shortcuts.objection(self.chosen, (key,)))

    def _change(self) -> None:
        key = self.keys.keySequence()
        if self.chosen is not None and not key.isEmpty() and (key,) != self._shortcuts.keys(self.chosen)[:1]:
            self._try(self._shortcuts.change, self.chosen, key)

    def _take_away(self) -> None:
        if self.chosen is not None:
            self._try(self._shortcuts.change, self.chosen, QKeySequence())

    def _reset(self) -> None:
        if self.chosen is not None:
            self._try(self._shortcuts.reset, self.chosen)

    def _reset_all(self) -> None:
        self._try(self._shortcuts.reset_all)

    def _try(self, change: Any, *arguments: Any) -> None:
        sentence = ""
        try:
            change(*arguments)
        except InputError as error:
            sentence = str(error)
        self.model.refresh()
        self._show_chosen()
        self.sentence.say(sentence)

    def _show_chosen(self) -> None:
        chosen = self.chosen
        self.keys.setEnabled(chosen is not None)
        self.sentence.say("")
        self.action.setText(self.model.name(chosen) if chosen else tr("No action has these letters"))
        keys = self._shortcuts.keys(chosen) if chosen else ()
        self.keys.blockSignals(True)
        self.keys.setKeySequence(keys[0] if keys else QKeySequence())
        self.keys.blockSignals(False)
        self.none_button.setEnabled(bool(keys))
        self.reset_button.setEnabled(bool(chosen and self._shortcuts.changed(chosen)))


class ShortcutsModel(QAbstractTableModel):
    """A row for every action; what the user changed is bold."""

    def __init__(self, shortcuts: Shortcuts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shortcuts = shortcuts
        self.ids = list(shortcuts.actions)

    def refresh(self) -> None:
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.ids) - 1, DEFAULT))

    def name(self, action_id: str) -> str:
        action = self._shortcuts.actions[action_id]
        text = action.text().replace("&", "").removesuffix("...")
        category = action.property("category")
        return f"{category}: {text}" if category else text

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(TITLES[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        action_id = self.ids[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            if index.column() == ACTION:
                return self.name(action_id)
            keys = self._shortcuts.keys if index.column() == SHORTCUT else self._shortcuts.defaults
            return written(keys(action_id)) or tr(NONE)
        if role == Qt.ItemDataRole.FontRole and self._shortcuts.changed(action_id) and index.column() != DEFAULT:
            font = QFont()
            font.setBold(True)
            return font
        return None
