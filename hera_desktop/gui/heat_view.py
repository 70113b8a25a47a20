"""The heat map of the probes with the choice of the measure, its legend, and what the cell under the mouse says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from superqt import QElidingLabel

from .heat_map import OVER, HeatPlot, colours
from .i18n import mark, tr
from .measures import MEASURES, Measure
from .plots import Limits, measure_tip
from .theme import GRID, Theme, tabular, theme_of

BAR = 64
HINT = mark("Point at a cell to read it")
NOTE = mark("Each column is a step and each row a probe. The limit holds for all probes together.")


class HeatScale(QWidget):
    """The legend: ``0 [bar] limit  over [box]``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ends = ("", "")
        self.setFont(tabular(self.font()))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(tr("Square-root scale from the unchanged model to the step limit"))

    def show_scale(self, measure: Measure, limit: float | None) -> None:
        self._ends = (f"{measure.neutral:g}", tr("largest") if limit is None else f"{limit:g}")
        low, high = self._ends
        self.setAccessibleName(tr("Legend: from {low} to the limit {high}").format(low=low, high=high))
        self.updateGeometry()
        self.update()

    @property
    def _words(self) -> tuple[str, str, str]:
        return (*self._ends, tr("over"))

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(sum(map(metrics.horizontalAdvance, self._words)) + BAR + 14 + 5 * GRID, metrics.height() + 2)

    def paintEvent(self, _: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self.palette())
        low, high, over = self._words
        x = self._word(painter, 0, low)
        self._bar(painter, theme, QRect(x, (self.height() - 12) // 2, BAR, 12))
        x = self._word(painter, x + BAR + GRID, high) + GRID
        x = self._word(painter, x, over)
        painter.fillRect(QRect(x, (self.height() - 12) // 2, 12, 12), QColor(theme.text))
        painter.end()

    def _word(self, painter: QPainter, x: int, word: str) -> int:
        painter.setPen(self.palette().placeholderText().color())
        width = self.fontMetrics().horizontalAdvance(word)
        painter.drawText(QRect(x, 0, width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, word)
        return x + width + GRID

    @staticmethod
    def _bar(painter: QPainter, theme: Theme, area: QRect) -> None:
        line = np.ascontiguousarray(colours(theme)[None, :OVER])
        painter.drawImage(area, QImage(line.data, OVER, 1, QImage.Format.Format_RGBA8888))
        painter.setPen(QColor(theme.line))
        painter.drawRect(area.adjusted(0, 0, -1, -1))


class HeatView(QWidget):
    """The heat map, what is chosen for it, and what it says."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._probes: tuple[str, ...] = ()
        self._limits: Mapping[str, Limits] = {}
        self.plot = HeatPlot()
        self.plot.setToolTip(tr(NOTE))
        self.plot.setMinimumHeight(8 * GRID)
        self.choice = QComboBox()
        self.choice.setAccessibleName(tr("Measure shown for each probe"))
        for number, measure in enumerate(MEASURES):
            self.choice.addItem(tr(measure.title))
            self.choice.setItemData(number, measure_tip(measure), Qt.ItemDataRole.ToolTipRole)
        self.legend = HeatScale()
        self.said = QElidingLabel(tr(HINT))
        self.said.setFont(tabular(self.said.font()))
        self.said.setAccessibleName(tr("Value under the mouse"))
        self._lay_out()
        self.choice.currentIndexChanged.connect(self._on_choice)
        self.plot.probe_hovered.connect(self.say)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(GRID)
        line.addWidget(self.choice)
        line.addStretch(1)
        line.addWidget(self.legend)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addLayout(line)
        column.addWidget(self.plot, 1)
        column.addWidget(self.said)

    @property
    def measure(self) -> Measure:
        return MEASURES[self.choice.currentIndex()]

    def draw(self, probes: Sequence[str], limits: Mapping[str, Limits]) -> None:
        """Draw what the plot's table holds; ``limits`` of all measures."""
        self._probes, self._limits = tuple(probes), limits
        limit = limits.get(self.measure.name, {}).get("step")
        self.legend.show_scale(self.measure, limit[1] if limit else None)
        self.plot.draw(self.measure, self._probes, limit[1] if limit else None)

    def say(self, cell: tuple[int, int] | None) -> None:
        """What a cell ``(step, probe)`` says; None: what can be done."""
        text = self.plot.text_of(*cell) if cell else ""
        self.said.setText(text or tr(HINT))
        self.said.setToolTip(text)

    def _on_choice(self) -> None:
        self.choice.setToolTip(measure_tip(self.measure))
        self.draw(self._probes, self._limits)
