"""Every probe's measures, state B against state A, the furthest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ..i18n import mark, tr
from ..measures import MEASURES
from ..theme import GRID
from .change_table import ChangeTable, Section

if TYPE_CHECKING:
    from hera_desktop.engine.comparison_records import ProbeDifference, StateComparison

ORDERED_BY = "js_divergence"
NO_PROBES = mark("This session has no probes.")
TIP = mark("Both states on each probe, B against A; the bar is the JS divergence")


class ProbesPage(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        headers = (tr("probe"), tr("tags"), *(tr(measure.column) for measure in MEASURES))
        figures = range(2, 2 + len(MEASURES))
        self.table = ChangeTable(tr("Probes, B against A"), headers, figures, wide=0, signed=False)
        for column, measure in zip(figures, MEASURES, strict=True):
            self.table.horizontalHeaderItem(column).setToolTip(tr(measure.formula))
        self._section = Section(tr("Probes, B against A, the furthest first"), self.table, tr(NO_PROBES), tr(TIP))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 0, 0)
        column.addWidget(self._section)

    def show_comparison(self, found: StateComparison) -> None:
        rows = [(p.text.replace("\n", "↵"), ", ".join(p.tags), *_figures(p)) for p in found.probes]
        finite = [p.metrics.get(ORDERED_BY) for p in found.probes]
        largest = max((value for value in finite if value is not None), default=0.0)
        self.table.show_changes(rows, [largest if value is None else value for value in finite])
        self._section.settle()


def _figures(probe: ProbeDifference) -> list[str]:
    return [measure.text(probe.metrics.get(measure.name)) for measure in MEASURES]
