"""A measure's name, its values against the limits, and its plot."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from .i18n import mark, tr
from .labels import title_label
from .measures import Measure
from .plots import Limits, MeasurePlot, measure_tip
from .records import TimelineRow
from .theme import GRID, tabular

LONG = {"step": mark("step {value} of {limit}"), "cumulative": mark("cumulative {value} of {limit}")}
SHORT = {"step": mark("step {value}/{limit}"), "cumulative": mark("cum. {value}/{limit}")}


class MeasureView(QWidget):
    def __init__(self, measure: Measure, steps_shown: bool) -> None:
        super().__init__()
        self.measure = measure
        self._texts = ("", "")
        self.title = title_label("")
        self.title.setToolTip(measure_tip(measure))
        self.values = QLabel()
        self.values.setFont(tabular(self.values.font()))
        self.values.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.values.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.plot = MeasurePlot(measure, steps_shown)
        self.plot.setMinimumHeight(6 * GRID)
        line = QHBoxLayout()
        line.addWidget(self.title)
        line.addWidget(self.values, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(line)
        column.addWidget(self.plot, 1)
        self._fit_texts()

    def show_values(self, row: TimelineRow, limits: Limits, hovered: bool) -> None:
        """The values of one step; of the one under the mouse, its number stands before them."""
        if not row.metrics:
            texts = (tr("not measured"), tr("not measured"))
        else:
            texts = tuple(self._values_text(row, limits, form) for form in (LONG, SHORT))
        before = f"{row.step}:  " if hovered else ""
        self._texts = (before + texts[0], before + texts[1])
        self._fit_texts()

    def _values_text(self, row: TimelineRow, limits: Limits, form: dict[str, str]) -> str:
        found = [
            tr(form[scope]).format(value=self.measure.text(row.value(self.measure.name, scope)), limit=f"{limit:g}")
            for scope, (_, limit) in limits.items()
        ]
        return "   ".join(found)

    def _fit_texts(self) -> None:
        """Names and values in full where there is room, else in short."""
        title = f"{tr(self.measure.title)}, {tr(self.measure.unit)}"
        both = self.title.fontMetrics().horizontalAdvance(title)
        both += self.values.fontMetrics().horizontalAdvance(self._texts[0])
        wide = both + 3 * GRID <= self.width()
        self.title.setText(title if wide else tr(self.measure.column))
        self.values.setText(self._texts[0 if wide else 1])
        self.values.setToolTip(self._texts[0])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_texts()
