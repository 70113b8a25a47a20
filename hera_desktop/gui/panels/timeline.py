"""The timeline: every proposal and what became of it; the way back to any state."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSlider, QToolButton, QVBoxLayout, QWidget

from ..i18n import mark, tr
from ..labels import DimLabel
from ..records import Snapshot, TimelineRow
from ..row_actions import RowAction
from ..theme import GRID, MARGIN, recoloured, theme_of
from ..timeline_actions import Situation, TimelineActions
from ..timeline_filter import FilterChoices, TimelineFilter
from ..timeline_filter_line import TimelineFilterLine
from ..timeline_model import ACTIONS, EDITABLE, NAME, NOTE, TAGS, TimelineModel
from ..timeline_popup import StrengthPopup
from ..timeline_table import HIGHEST, LOWEST, TimelineTable
from ..timeline_tool_buttons import columns_button, more_button, tool_button, zoom_slider

HINT = mark("Each step becomes a row here; click its icon to roll back to it, exactly.")
NONE_FOUND = mark("No step is shown; search for less, or show every state and tag again.")
WIDE = 1160
"""From this width on the buttons have room for their words."""


class TimelinePanel(QWidget):
    """Signals: ``go_wanted(step)``, ``move_wanted((kind, patch_id))``, ``branch_wanted(step)``,
    ``reapply_wanted((patch_id, factor))``; ``note_edited((patch_id, text))``, ``tags_edited((patch_id, tags))``,
    ``renamed((patch_id, name))``; ``compare_wanted((step, step or None))``, ``export_wanted(patch_ids)``,
    ``python_wanted(step)``; ``step_picked(step)`` when the user moves the selection, ``step_hovered(step or None)`` as
    the mouse moves, and ``details_wanted(step)`` by Enter."""

    go_wanted = Signal(object)
    move_wanted = Signal(object)
    branch_wanted = Signal(object)
    reapply_wanted = Signal(object)
    note_edited = Signal(object)
    tags_edited = Signal(object)
    renamed = Signal(object)
    compare_wanted = Signal(object)
    export_wanted = Signal(object)
    python_wanted = Signal(object)
    step_picked = Signal(object)
    step_hovered = Signal(object)
    details_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ready = self._redrawing = False
        self._current = self._count = 0
        self.model = TimelineModel(self)
        self.table = TimelineTable(self.model)
        self.row_actions = self.table.row_actions
        self.filter_line = TimelineFilterLine()
        self.actions_ = TimelineActions(self)
        self.popup = StrengthPopup(self)
        self.hint = DimLabel(tr(HINT))
        self.hint.setWordWrap(False)
        self.zoom: QSlider = zoom_slider(LOWEST, HIGHEST, self.table.row_height)
        self._lay_out()
        self._connect()
        self._connect_actions()
        self._colour()
        self._refresh()

    def _lay_out(self) -> None:
        actions = self.actions_
        shown: tuple[QAction, ...] = (actions.go, actions.revert, actions.restore, actions.note)
        self.buttons: list[QToolButton] = [tool_button(action) for action in shown]
        self.more = more_button([action for action in actions.all if action not in shown])
        self.columns = columns_button()
        line = QHBoxLayout()
        line.setSpacing(GRID // 2)
        line.addWidget(self.filter_line, 1)
        for part in (*self.buttons, self.more, self.columns, self.zoom):
            line.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, GRID, MARGIN, GRID)
        column.setSpacing(GRID)
        column.addLayout(line)
        column.addWidget(self.hint)
        column.addWidget(self.table, 1)

    def _connect(self) -> None:
        model, table = self.model, self.table
        model.note_edited.connect(self.note_edited)
        model.tags_edited.connect(self.tags_edited)
        model.renamed.connect(self.renamed)
        self.row_actions.wanted.connect(self._on_row_action)
        self.popup.wanted.connect(self.reapply_wanted)
        self.filter_line.changed.connect(self._on_filter)
        self.filter_line.left.connect(self._to_table)
        self.zoom.valueChanged.connect(table.zoom)
        self.columns.clicked.connect(self._open_columns)
        table.zoomed.connect(self.zoom.setValue)
        table.hovered.connect(self.step_hovered)
        table.opened.connect(self.details_wanted)
        table.search_wanted.connect(self.focus_search)
        table.edit_wanted.connect(self._edit)
        table.doubleClicked.connect(self._on_double_click)
        table.customContextMenuRequested.connect(self._open_menu)
        table.selectionModel().currentRowChanged.connect(self._on_current_changed)
        table.selectionModel().selectionChanged.connect(self._refresh)

    def _connect_actions(self) -> None:
        actions = self.actions_
        actions.go.triggered.connect(self._go)
        actions.revert.triggered.connect(self._revert)
        actions.restore.triggered.connect(self._restore)
        actions.reapply.triggered.connect(self._reapply)
        actions.branch.triggered.connect(self._branch)
        actions.compare.triggered.connect(self._compare)
        actions.export.triggered.connect(self._export)
        actions.python.triggered.connect(self._python)
        actions.note.triggered.connect(self._edit_note)
        actions.tags.triggered.connect(self._edit_tags)
        actions.rename.triggered.connect(self._rename)

    # --- records ----------------------------------------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Redraw; the newest step is selected when there is one, else the present state."""
        view, chosen = snapshot.timeline, self._selected_step()
        if len(view.rows) != self._count:
            several = len(self.table.selected_steps) > 1
            chosen = chosen if several and len(view.rows) > self._count else view.rows[-1].step
        elif view.current != self._current:
            chosen = view.current
        kept = chosen == self._selected_step()
        self._current, self._count = view.current, len(view.rows)
        self.model.limits = snapshot.info.limits
        self.model.read_only = snapshot.info.read_only
        self._redrawing = True
        self.model.set_view(view)
        self.table.show_lanes(view.lanes)
        if not kept or not self.table.currentIndex().isValid():
            self._select(chosen or 0)
        self._redrawing = False
        self.filter_line.show_choices(FilterChoices.of(view.rows))
        self._refresh()

    def select_step(self, step: int) -> None:
        """Select a step as if the user had clicked it; one that is filtered out is shown again."""
        if self.model.row_of(step) is None and self.filter_line.filter.active:
            self.filter_line.clear()
        self._select(step)

    def hover_step(self, step: int | None) -> None:
        """The mouse is over this step somewhere else."""
        self.table.show_hovered(step)

    def set_ready(self, ready: bool) -> None:
        """``ready``: a move can be made now."""
        self._ready = ready
        self._refresh()

    def focus_search(self) -> None:
        search = self.filter_line.search
        search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        search.selectAll()

    # --- what is selected -------------------------------------------------------------------------------------------

    @property
    def selected(self) -> TimelineRow | None:
        return self.model.row(self.table.currentIndex().row())

    def selected_patches(self) -> tuple[str, ...]:
        """The patches of the selected rows, oldest first; rejected ones among them."""
        rows = self.model.view.rows if self.model.view else ()
        chosen = (rows[step] for step in self.table.selected_steps if step)
        return tuple(row.patch_id for row in chosen if row.patch_id is not None)

    def _selected_step(self) -> int | None:
        row = self.selected
        return row.step if row else None

    def _select(self, step: int) -> None:
        row = self.model.row_of(step)
        if row is None:
            self.table.clearSelection()
        else:
            self.table.go_to_row(row)

    def _refresh(self) -> None:
        read_only = self.model.read_only
        patches = len(self.selected_patches())
        self.actions_.refresh(Situation(self.selected, patches, self._current, self._ready, read_only))
        self.row_actions.set_ready(self._ready and not read_only)
        shown, total = self.model.rowCount(), max(self._count - 1, 0)
        filtered = self.model.filter.active
        self.filter_line.show_count(shown if filtered else total, total)
        self.hint.setText(tr(NONE_FOUND) if filtered and not shown else tr(HINT))
        self.hint.setVisible(total == 0 or (filtered and not shown))

    def _on_filter(self, wanted: TimelineFilter) -> None:
        """Show what matches; the selected step stays selected where it is still shown."""
        chosen = self._selected_step()
        self._redrawing = True
        self.model.set_filter(wanted)
        if chosen is not None:
            self._select(chosen)
        self._redrawing = False
        self._refresh()

    def _to_table(self) -> None:
        if self.model.rowCount():
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
            if not self.table.currentIndex().isValid():
                self.table.go_to_row(0)

    def _on_current_changed(self, current: QModelIndex, _: QModelIndex) -> None:
        self._refresh()
        step = self.model.step_at(current.row())
        if step is not None and not self._redrawing:
            self.step_picked.emit(step)

    # --- what the user does -----------------------------------------------------------------------------------------

    def _on_double_click(self, index: QModelIndex) -> None:
        step = self.model.step_at(index.row())
        editable = bool(self.model.flags(index) & Qt.ItemFlag.ItemIsEditable)
        if step is None or index.column() == ACTIONS or (index.column() in EDITABLE and editable):
            return
        if not self.model.read_only:
            self.go_wanted.emit(step)

    def _on_row_action(self, wanted: tuple[TimelineRow, RowAction]) -> None:
        row, action = wanted
        if action.kind == "go":
            self.go_wanted.emit(row.step)
        else:
            self.move_wanted.emit((action.kind, row.patch_id))

    def _go(self) -> None:
        self.go_wanted.emit(self._selected_step())

    def _revert(self) -> None:
        self.move_wanted.emit(("revert", self._patch_id()))

    def _restore(self) -> None:
        self.move_wanted.emit(("restore", self._patch_id()))

    def _reapply(self) -> None:
        """Ask for the factor beside the row."""
        rect = self.table.visualRect(self.model.index(self.table.currentIndex().row(), NAME))
        self.popup.ask(self._patch_id(), self.table.viewport().mapToGlobal(rect.bottomLeft() + QPoint(0, 2)))

    def _branch(self) -> None:
        self.branch_wanted.emit(self._selected_step())

    def _compare(self) -> None:
        steps = self.table.selected_steps
        self.compare_wanted.emit((steps[0], steps[-1]) if len(steps) > 1 else (self._selected_step(), None))

    def _export(self) -> None:
        self.export_wanted.emit(self.selected_patches())

    def _python(self) -> None:
        self.python_wanted.emit(self._selected_step())

    def _patch_id(self) -> Any:
        return self.selected.patch_id if self.selected else None

    def _edit_note(self) -> None:
        self._edit(NOTE)

    def _edit_tags(self) -> None:
        self._edit(TAGS)

    def _rename(self) -> None:
        self._edit(NAME)

    def _edit(self, column: int) -> None:
        index = self.model.index(self.table.currentIndex().row(), column)
        if self.model.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.table.edit_cell(column)

    def _open_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        actions = self.actions_
        for number, group in enumerate((actions.changing, actions.asking, actions.writing)):
            if number:
                menu.addSeparator()
            menu.addActions(list(group))
        menu.popup(self.table.viewport().mapToGlobal(place))

    def _open_columns(self) -> None:
        self.table.columns_menu(self).popup(self.columns.mapToGlobal(self.columns.rect().bottomLeft()))

    # --- Qt ---------------------------------------------------------------------------------------------------------

    def _colour(self) -> None:
        self.actions_.colour(theme_of(self.palette()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if recoloured(event):
            self._colour()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the buttons show their icons only."""
        super().resizeEvent(event)
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        if event.size().width() < WIDE:
            style = Qt.ToolButtonStyle.ToolButtonIconOnly
        for button in self.buttons:
            button.setToolButtonStyle(style)
