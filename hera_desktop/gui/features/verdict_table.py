"""A proposal's measures against their limits, one row a measure: the step, and all steps together."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableWidgetItem, QWidget

from ..i18n import mark, tr
from ..mark_delegate import MARK_WIDTH, MarkDelegate
from ..measures import MEASURES, Measure
from ..theme import GRID, tabular
from .plain_table import PlainTable

SCOPES = {"step": mark("against the state before it"), "cumulative": mark("against the base")}
TITLES = (mark("step"), mark("cumulative"))
OF_LIMIT, NO_VALUE = mark("{value} of {limit:g}"), mark("{value}, limit {limit:g}")
CELL_TIP = mark("{level}: {value} {against}; a warning from {warn:.4g}, rejected over {limit:g}")
LEVELS = {"committed": mark("safe"), "warning": mark("warning"), "rejected": mark("rejected")}
Bounds = tuple[float, float]


def state_of(measure: Measure, value: float | None, bounds: Bounds) -> str:
    """The mark of one value, by the immune system's rule: over the limit, from the warning on, or safe."""
    warn, reject = bounds
    if value is None or value > reject:
        return "rejected"
    return "warning" if value >= warn and value > measure.neutral else "committed"


class VerdictTable(PlainTable):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Measures of the proposal"),
            (tr("measure"), *(tr(title) for title in TITLES)),
            figures=(),
            wide=0,
            parent=parent,
        )
        for column, (title, against) in enumerate(zip(TITLES, SCOPES.values(), strict=True), 1):
            self.setItemDelegateForColumn(column, MarkDelegate(self))
            self.horizontalHeaderItem(column).setToolTip(f"{tr(title)}: {tr(against)}")
        self.setSelectionMode(PlainTable.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_metrics(
        self,
        metrics: Mapping[str, Mapping[str, float | None]],
        limits: Mapping[str, Mapping[str, Bounds]],
    ) -> None:
        shown = [measure for measure in MEASURES if measure.name in metrics]
        self.fill([(f"{tr(measure.title)}, {tr(measure.unit)}", "", "") for measure in shown])
        for number, measure in enumerate(shown):
            self.item(number, 0).setToolTip(tr(measure.formula))
            for column, scope in enumerate(SCOPES, 1):
                if scope in limits.get(measure.name, {}):
                    cell = _cell(measure, metrics[measure.name].get(scope), limits[measure.name][scope], scope)
                    cell.setFont(tabular(self.font()))
                    self.setItem(number, column, cell)
        self._make_room_for_marks()
        self.fit_rows()

    def _make_room_for_marks(self) -> None:
        for column in range(1, 1 + len(SCOPES)):
            texts = [self.item(row, column).text() for row in range(self.rowCount())]
            widest = max(self.fontMetrics().horizontalAdvance(text) for text in [*texts, "0" * 14])
            self.horizontalHeader().setSectionResizeMode(column, self.horizontalHeader().ResizeMode.Fixed)
            self.horizontalHeader().resizeSection(column, widest + MARK_WIDTH + 2 * GRID)


def _cell(measure: Measure, value: float | None, bounds: Bounds, scope: str) -> QTableWidgetItem:
    warn, reject = bounds
    state, text = state_of(measure, value, bounds), measure.text(value)
    item = QTableWidgetItem(tr(NO_VALUE if value is None else OF_LIMIT).format(value=text, limit=reject))
    item.setData(Qt.ItemDataRole.UserRole, state)
    against = tr(SCOPES[scope])
    said = tr(CELL_TIP).format(level=tr(LEVELS[state]), value=text, against=against, warn=warn, limit=reject)
    item.setToolTip(f"{said}\n{tr(measure.formula)}")
    return item
