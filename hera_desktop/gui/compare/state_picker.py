"""A list of states to choose one from: opened, or searched by typing any part of a name or prompt."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtWidgets import QComboBox, QCompleter, QListView, QWidget

from ..i18n import tr
from ..theme import GRID
from .state_list import StateListModel

MOST_SHOWN = 16
WIDTH = 48 * GRID


class StatePicker(QComboBox):
    """``choice`` is the chosen state's key. Words that are no state are taken back when the picker is left; Enter takes
    the first state they are found in."""

    def __init__(self, name: str, model: StateListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._states = model
        self.setAccessibleName(name)
        self.setToolTip(tr("Choose a state, or type a part of its patch, name or prompt"))
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMaxVisibleItems(MOST_SHOWN)
        self.setView(_list())
        self.setModel(model)
        self.setCompleter(self._completer(model))
        line = self.lineEdit()
        line.setAccessibleName(name)
        line.installEventFilter(self)
        line.returnPressed.connect(self._take_first)
        line.editingFinished.connect(self._settle)
        self.currentIndexChanged.connect(self._from_start)

    def _completer(self, model: StateListModel) -> QCompleter:
        completer = QCompleter(model, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(MOST_SHOWN)
        completer.setPopup(_list())
        return completer

    @property
    def choice(self) -> str:
        """The chosen state's key; empty before there is a list."""
        return self._states.key(self.currentIndex())

    def choose(self, key: str) -> bool:
        """Choose a state; false, and nothing is done, where it is not in the list."""
        row = self._states.row_of(key)
        if row >= 0:
            self.setCurrentIndex(row)
            self._show_choice()
        return row >= 0

    # --- typing -----------------------------------------------------------------------------------------------------

    def _take_first(self) -> None:
        typed = self.currentText().strip()
        if not typed or typed == self.itemText(self.currentIndex()) or self.choose(typed.lower()):
            return
        start, role = self._states.index(0), Qt.ItemDataRole.DisplayRole
        found = self._states.match(start, role, typed, 1, Qt.MatchFlag.MatchContains)
        if found:
            self.choose(self._states.key(found[0].row()))

    def _settle(self) -> None:
        """Words that name a state choose it, others are taken back."""
        if not self.choose(self.currentText().strip().lower()):
            self._show_choice()

    def _show_choice(self) -> None:
        text = self.itemText(self.currentIndex())
        if self.currentText() != text:
            self.setEditText(text)
        self._from_start()

    def _from_start(self) -> None:
        """The beginning of a long text is what tells the states apart."""
        self.lineEdit().setCursorPosition(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and watched is self.lineEdit():
            QTimer.singleShot(0, self.lineEdit(), self.lineEdit().selectAll)
        return super().eventFilter(watched, event)


def _list() -> QListView:
    """Ten thousand rows open at once where they are known to be of one height."""
    view = QListView()
    view.setUniformItemSizes(True)
    view.setTextElideMode(Qt.TextElideMode.ElideRight)
    view.setMinimumWidth(WIDTH)
    view.setIconSize(QSize(2 * GRID, 2 * GRID))
    return view
