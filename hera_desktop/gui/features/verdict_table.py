"""A proposal's measures against their limits, one row a measure: the step, and all steps together."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableWidgetItem, QWidget

from ..mark_delegate import MARK_WIDTH, MarkDelegate
from ..measures import MEASURES, Measure
from ..theme import GRID, tabular
from .plain_table import PlainTable

SCOPES = {"step": "against the state before it", "cumulative": "against the base"}
LEVELS = {"committed": "safe", "warning": "warning", "rejected": "rejected"}
Bounds = tuple[float, float]


def state_of(measure: Measure, value: float | None, bounds: Bounds) -> str:
    """The mark of one value, by the immune system's rule: over the limit, from the warning on, or safe."""
    warn, reject = bounds
    if value is None or value > reject:
        return "rejected"
    return "warning" if value >= warn and value > measure.neutral else "committed"


class VerdictTable(PlainTable):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Measures of the proposal", ("measure", *SCOPES), figures=(), wide=0, parent=parent)
        for column, (scope, against) in enumerate(SCOPES.items(), 1):
            self.setItemDelegateForColumn(column, MarkDelegate(self))
            self.horizontalHeaderItem(column).setToolTip(f"{scope}: {against}")
        self.setSelectionMode(PlainTable.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_metrics(
        self,
        metrics: Mapping[str, Mapping[str, float | None]],
        limits: Mapping[str, Mapping[str, Bounds]],
    ) -> None:
        shown = [measure for measure in MEASURES if measure.name in metrics]
        self.fill([(f"{measure.title}, {measure.unit}", "", "") for measure in shown])
        for number, measure in enumerate(shown):
            self.item(number, 0).setToolTip(measure.formula)
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
    mark = state_of(measure, value, bounds)
    item = QTableWidgetItem(f"{measure.text(value)}{', limit' if value is None else ' of'} {reject:g}")
    item.setData(Qt.ItemDataRole.UserRole, mark)
    item.setToolTip(
        f"{LEVELS[mark]}: {measure.text(value)} {SCOPES[scope]}; a warning from {warn:.4g}, rejected over {reject:g}\n"
        f"{measure.formula}"
    )
    return item
