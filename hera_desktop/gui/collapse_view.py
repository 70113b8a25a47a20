"""The target edits over the steps: how the earlier ones hold, and how many more fit into the budget."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget
from superqt import QElidingLabel

from .budget import BudgetUse
from .budget_gauge import EditGauge, room_sentence
from .collapse_plot import NOTE, CollapsePlot, key_html
from .edit_details import edit_of
from .i18n import tr
from .labels import DimLabel, title_label
from .records import TimelineRow
from .theme import GRID, tabular

FEWEST = 2
"""Edits on the timeline from which on there is something to tell of them."""


class CollapseView(QWidget):
    """The curve above, the gauge below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plot = CollapsePlot()
        self.plot.setMinimumHeight(8 * GRID)
        self.key = QLabel(key_html())
        self.key.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.said = QElidingLabel("")
        self.said.setFont(tabular(self.said.font()))
        self.said.setAccessibleName(tr("Earlier edits at the step"))
        self.gauge = EditGauge()
        self.room = DimLabel()
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        title = title_label(tr("Earlier edits after each new one"))
        title.setToolTip(tr(NOTE))
        line = QHBoxLayout()
        line.addWidget(self.gauge)
        line.addStretch(1)
        column.addWidget(title)
        column.addWidget(self.plot, 1)
        for part in (self.key, self.said):
            column.addWidget(part)
        column.addLayout(line)
        column.addWidget(self.room)

    def draw(self) -> None:
        """Draw the steps that the plot's table holds."""
        self.plot.draw()

    def show_use(self, use: BudgetUse | None) -> None:
        """How much of the budget the present state uses; None: it is being measured."""
        self.gauge.show_use(use)
        room = None if use is None else use.edits
        self.room.setText("" if room is None else room_sentence(room))
        self.room.setVisible(room is not None)

    def say(self, step: int) -> None:
        """The figures of one step."""
        self.said.setText(self.plot.text_of(step))


def has_edits(rows: tuple[TimelineRow, ...]) -> bool:
    """Whether there are target edits enough to tell of them; rejected ones do not count."""
    return sum(row.status != "rejected" and bool(edit_of(row.details)) for row in rows) >= FEWEST
