"""The timeline's table: its columns, which of them are seen, the height of the rows, and its keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from .i18n import tr
from .row_action_delegate import WIDTH, RowActionDelegate
from .settings import settings
from .theme import GRID, recoloured
from .timeline_cells import BARS_WIDTH, TimelineCells, TimelineLook
from .timeline_graph import GraphDelegate, graph_width
from .timeline_model import (
    ACTIONS,
    BARS,
    COLUMNS,
    FIGURES,
    GRAPH,
    HEADERS,
    NAME,
    NOTE,
    PROMPT,
    STATE,
    STEP,
    TAGS,
    TITLES,
    TimelineModel,
)

LOWEST, HIGHEST, USUAL = 16, 40, 3 * GRID
PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
ZOOM_STEP = 2
WIDTHS = {STEP: 56, NAME: 88, STATE: 104, BARS: max(BARS_WIDTH, 7 * GRID), TAGS: 88, NOTE: 144, ACTIONS: WIDTH}
ALWAYS = (GRAPH, PROMPT)
"""Columns that cannot be hidden: without them a row says nothing."""
KEPT_NAMES = {STEP: "step", NAME: "name", STATE: "state", BARS: "limits", TAGS: "tags", NOTE: "note", ACTIONS: "icons"}
KEPT_NAMES.update(zip(FIGURES, ("js", "ppl", "drift"), strict=True))
HIDDEN_KEY, HEIGHT_KEY = "timeline/hidden", "timeline/row_height"


class TimelineTable(QTableView):
    """Signals: ``hovered(step or None)`` as the mouse moves over the rows; ``opened(step)`` by Enter;
    ``search_wanted()`` by the key /; ``edit_wanted(column)`` by F2; ``zoomed(row height)``."""

    hovered = Signal(object)
    opened = Signal(object)
    search_wanted = Signal()
    edit_wanted = Signal(object)
    zoomed = Signal(object)

    def __init__(self, model: TimelineModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.look = TimelineLook(self.palette(), self.font())
        self.setModel(model)
        self.setItemDelegate(TimelineCells(model, self.look, self))
        self.setItemDelegateForColumn(GRAPH, GraphDelegate(model, self.look, self))
        self.row_actions = RowActionDelegate(self, model, self.look)
        self.setItemDelegateForColumn(ACTIONS, self.row_actions)
        self.setAccessibleName(tr("Timeline of all proposals"))
        self._set_up()
        self._set_up_columns()
        self._bring_back()

    def _set_up(self) -> None:
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QTableView.EditTrigger.DoubleClicked)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerItem)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)

    def _set_up_columns(self) -> None:
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(LOWEST)
        columns.setHighlightSections(False)
        columns.setMinimumSectionSize(24)
        columns.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        columns.customContextMenuRequested.connect(self._open_header_menu)
        for column, width in {GRAPH: graph_width(1), **WIDTHS, **dict.fromkeys(FIGURES, 72)}.items():
            columns.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            columns.resizeSection(column, width)
        columns.setSectionResizeMode(PROMPT, QHeaderView.ResizeMode.Stretch)
        for column in (GRAPH, ACTIONS):
            columns.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)

    def _bring_back(self) -> None:
        """What was seen when the window was closed last."""
        hidden = str(settings().value(HIDDEN_KEY, "")).split(",")
        for column, name in KEPT_NAMES.items():
            self.setColumnHidden(column, name in hidden)
        kept = settings().value(HEIGHT_KEY, USUAL)
        self._set_row_height(int(kept) if str(kept).isdecimal() else USUAL)

    # --- columns ----------------------------------------------------------------------------------------------------

    def show_lanes(self, lanes: int) -> None:
        """As wide a graph as these lanes need."""
        if self.columnWidth(GRAPH) != graph_width(lanes):
            self.horizontalHeader().resizeSection(GRAPH, graph_width(lanes))

    def show_column(self, column: int, shown: bool) -> None:
        """Show or hide a column, and remember it."""
        self.setColumnHidden(column, not shown)
        hidden = [name for other, name in KEPT_NAMES.items() if self.isColumnHidden(other)]
        settings().setValue(HIDDEN_KEY, ",".join(hidden))

    def columns_menu(self, parent: QWidget) -> QMenu:
        """A menu that shows and hides columns; it goes away when it is closed."""
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for column in range(COLUMNS):
            if column not in ALWAYS:
                action = menu.addAction(_column_name(self._model, column))
                action.setCheckable(True)
                action.setChecked(not self.isColumnHidden(column))
                action.setData(column)
        menu.triggered.connect(self._on_column_action)
        return menu

    def _on_column_action(self, action: object) -> None:
        self.show_column(action.data(), action.isChecked())

    def _open_header_menu(self, place: QPoint) -> None:
        self.columns_menu(self).popup(self.horizontalHeader().mapToGlobal(place))

    # --- the height of the rows -------------------------------------------------------------------------------------

    @property
    def row_height(self) -> int:
        return self.verticalHeader().defaultSectionSize()

    def zoom(self, height: int) -> None:
        """Make the rows ``height`` pixels high, within what can be read, and remember it."""
        before = self.row_height
        self._set_row_height(height)
        if self.row_height != before:
            settings().setValue(HEIGHT_KEY, self.row_height)
            self.zoomed.emit(self.row_height)

    def _set_row_height(self, height: int) -> None:
        self.verticalHeader().setDefaultSectionSize(max(LOWEST, min(HIGHEST, height)))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(self.row_height + (ZOOM_STEP if event.angleDelta().y() > 0 else -ZOOM_STEP))
            event.accept()
            return
        super().wheelEvent(event)

    # --- keys and the mouse -----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        editing = self.state() == QAbstractItemView.State.EditingState
        step, key = self._model.step_at(self.currentIndex().row()), event.key()
        if editing:
            super().keyPressEvent(event)
        elif event.text() == "/":
            self.search_wanted.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() in PLAIN:
            if step is not None:
                self.opened.emit(step)
        elif key == Qt.Key.Key_F2 and step is not None:
            column = self.currentIndex().column()
            self.edit_wanted.emit(column if column in (NAME, TAGS) else NOTE)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are for the search line: looking through every row's text would hold the window up."""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self._model.step_at(self.rowAt(event.position().toPoint().y())))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(None)

    def _hover(self, step: int | None) -> None:
        if step != self.look.hovered:
            self.show_hovered(step)
            self.hovered.emit(step)

    def show_hovered(self, step: int | None) -> None:
        """The mouse is over this step, here or in a plot."""
        before, self.look.hovered = self.look.hovered, step
        for changed in {before, step} - {None}:
            row = self._model.row_of(changed)
            if row is not None:
                self._update_row(row)

    def _update_row(self, row: int) -> None:
        rect = self.visualRect(self._model.index(row, PROMPT))
        self.viewport().update(0, rect.top(), self.viewport().width(), rect.height())

    # --- selection --------------------------------------------------------------------------------------------------

    @property
    def selected_steps(self) -> tuple[int, ...]:
        """In order; the base is step 0."""
        rows = {index.row() for index in self.selectionModel().selectedRows()}
        return tuple(step for step in map(self._model.step_at, sorted(rows)) if step is not None)

    def go_to_row(self, row: int) -> None:
        """Make one row the selected one, whatever keys are held: with Ctrl (Ctrl+Z) Qt would add it to the others."""
        index = self._model.index(row, max(self.currentIndex().column(), STEP))
        alone = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, alone)
        self.scrollTo(self._model.index(row, PROMPT), QTableView.ScrollHint.EnsureVisible)

    def edit_cell(self, column: int) -> None:
        """Begin to edit in the current row; a column that is hidden is shown for it."""
        self.show_column(column, True)
        index: QModelIndex = self._model.index(self.currentIndex().row(), column)
        self.setCurrentIndex(index)
        self.edit(index)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if recoloured(event) or event.type() == QEvent.Type.FontChange:
            self.look.refresh(self.palette(), self.font())
            self.viewport().update()


def _column_name(model: TimelineModel, column: int) -> str:
    if column in FIGURES or column in HEADERS:
        return str(model.headerData(column, Qt.Orientation.Horizontal))
    return tr(TITLES[column])
