"""The timeline: every proposal and what became of it; the way back to any state."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QMenu, QTableView, QToolButton, QVBoxLayout, QWidget

from ..labels import DimLabel, title_label
from ..records import Snapshot, TimelineRow
from ..row_action_delegate import WIDTH, RowActionDelegate
from ..row_actions import GO, RESTORE, REVERT, RowAction
from ..theme import GRID, MARGIN
from ..timeline_graph import GraphDelegate, graph_width
from ..timeline_model import ACTIONS, FIGURES, GRAPH, NOTE, PROMPT, STATE, STEP, TimelineModel

HINT = "Each step becomes a row here; click its icon to roll back to it, exactly."


class TimelinePanel(QWidget):
    """Signals: ``go_wanted(step)``, ``move_wanted((kind, patch_id))``, ``note_edited((patch_id, text))``, and
    ``step_picked(step)`` when the user moves the selection."""

    go_wanted = Signal(object)
    move_wanted = Signal(object)
    note_edited = Signal(object)
    step_picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ready = False
        self._redrawing = False
        self._current = 0
        self.model = TimelineModel(self)
        self.table = _table(self.model)
        self.row_actions = RowActionDelegate(self.table, self.model)
        self.table.setItemDelegateForColumn(ACTIONS, self.row_actions)
        self.hint = DimLabel(HINT)
        self.hint.setWordWrap(False)
        self.go_action = self._action(GO.text, self._go)
        self.revert_action = self._action(REVERT.text, self._revert)
        self.restore_action = self._action(RESTORE.text, self._restore)
        self.note_action = self._action("Edit note", self._edit_note)
        self.actions_ = (self.go_action, self.revert_action, self.restore_action, self.note_action)
        self._lay_out()
        self._connect()
        self._refresh()

    def _action(self, text: str, slot: object) -> QAction:
        action = QAction(text, self)
        action.triggered.connect(slot)
        return action

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, GRID, MARGIN, GRID)
        column.setSpacing(GRID)
        line = QHBoxLayout()
        line.setSpacing(GRID)
        line.addWidget(title_label("Timeline"))
        line.addSpacing(GRID)
        line.addWidget(self.hint, 1)
        self.buttons = [_button(action) for action in self.actions_]
        for button in self.buttons:
            line.addWidget(button)
        column.addLayout(line)
        column.addWidget(self.table, 1)

    def _connect(self) -> None:
        self.model.note_edited.connect(self.note_edited)
        self.row_actions.wanted.connect(self._on_row_action)
        self.table.doubleClicked.connect(self._on_double_click)
        self.table.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.table.customContextMenuRequested.connect(self._open_menu)

    # --- records ----------------------------------------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Redraw; the newest step is selected when there is one, else the present state."""
        view = snapshot.timeline
        chosen = self._selected_step()
        grown = len(view.rows) != self.model.rowCount()
        if grown:
            chosen = view.rows[-1].step
        elif view.current != self._current:
            chosen = view.current
        self._current = view.current
        self._redrawing = True
        self.model.set_view(view)
        self.table.horizontalHeader().resizeSection(GRAPH, graph_width(view.lanes))
        self.table.selectRow(chosen or 0)
        self.table.scrollTo(self.model.index(chosen or 0, PROMPT))
        self._redrawing = False
        self._refresh()
        self.hint.setVisible(len(view.rows) == 1)

    def select_step(self, step: int) -> None:
        """Select a step as if the user had clicked it."""
        self.table.selectRow(step)

    def set_ready(self, ready: bool) -> None:
        """``ready``: a move can be made now."""
        self._ready = ready
        self.row_actions.set_ready(ready)
        self._refresh()

    # --- what the user does -----------------------------------------------------------------------------------------

    @property
    def selected(self) -> TimelineRow | None:
        return self.model.row(self.table.currentIndex().row())

    def _selected_step(self) -> int | None:
        row = self.selected
        return row.step if row else None

    def _refresh(self) -> None:
        row, ready = self.selected, self._ready
        possible = ready and row is not None and row.state != "rejected"
        is_patch = row is not None and row.step > 0 and row.patch_id is not None
        self.go_action.setEnabled(bool(possible and row.step != self._current))
        self.revert_action.setEnabled(bool(possible and is_patch and row.state == "active"))
        self.restore_action.setEnabled(bool(possible and is_patch and row.state in ("reverted", "left")))
        self.note_action.setEnabled(bool(ready and is_patch))

    def _on_current_changed(self, current: QModelIndex, _: QModelIndex) -> None:
        self._refresh()
        if current.isValid() and not self._redrawing:
            self.step_picked.emit(current.row())

    def _on_double_click(self, index: QModelIndex) -> None:
        if index.column() not in (NOTE, ACTIONS):
            self.go_wanted.emit(index.row())

    def _on_row_action(self, wanted: tuple[TimelineRow, RowAction]) -> None:
        row, action = wanted
        if action.kind == "go":
            self.go_wanted.emit(row.step)
        else:
            self.move_wanted.emit((action.kind, row.patch_id))

    def _go(self) -> None:
        self.go_wanted.emit(self._selected_step())

    def _revert(self) -> None:
        self.move_wanted.emit(("revert", self.selected.patch_id))

    def _restore(self) -> None:
        self.move_wanted.emit(("restore", self.selected.patch_id))

    def _edit_note(self) -> None:
        self.table.edit(self.model.index(self.table.currentIndex().row(), NOTE))

    def _open_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(list(self.actions_))
        menu.popup(self.table.viewport().mapToGlobal(place))


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(action.text())
    return button


def _table(model: TimelineModel) -> QTableView:
    table = QTableView()
    table.setModel(model)
    table.setAccessibleName("Timeline of all proposals")
    table.setItemDelegateForColumn(GRAPH, GraphDelegate(table))
    table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
    table.setEditTriggers(QTableView.EditTrigger.EditKeyPressed | QTableView.EditTrigger.DoubleClicked)
    table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(3 * GRID)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    widths = {GRAPH: graph_width(1), STEP: 48, STATE: 96, NOTE: 200, **dict.fromkeys(FIGURES, 88)}
    for column, width in widths.items():
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(column, width)
    header.setSectionResizeMode(PROMPT, QHeaderView.ResizeMode.Stretch)
    header.setSectionResizeMode(ACTIONS, QHeaderView.ResizeMode.Fixed)
    header.resizeSection(ACTIONS, WIDTH)
    return table
