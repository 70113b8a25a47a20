"""The weight change: of each matrix in the present state, and of each step."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget
from superqt import QElidingLabel

from .i18n import tr
from .labels import title_label
from .norm_bars import BAR_ROW, BARS_NOTE, Change, NormBars
from .norm_plot import STEP_NOTE, NormKey, NormPlot
from .theme import GRID, tabular

MOST_ROWS = 6


class LayerView(QWidget):
    """Bars of the present state above, norms of the steps below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bars = NormBars()
        self.bars.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.plot = NormPlot()
        self.plot.setMinimumHeight(8 * GRID)
        self.key = NormKey()
        self.said = QElidingLabel("")
        self.said.setFont(tabular(self.said.font()))
        self.said.setAccessibleName(tr("Norm of the step"))
        self._scroll = QScrollArea()
        self._scroll.setWidget(self.bars)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lay_out()
        self.show_changes(None)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        for title, tip, parts in (
            (tr("Present state, ||dW|| / ||W||"), tr(BARS_NOTE), (self._scroll,)),
            (tr("Each step, ||dW||"), tr(STEP_NOTE), (self.plot, self.key, self.said)),
        ):
            label = title_label(title)
            label.setToolTip(tip)
            column.addWidget(label)
            for part in parts:
                column.addWidget(part, 1 if part is self.plot else 0)

    def draw(self) -> None:
        """Draw the steps that the plot's table holds."""
        self.plot.draw()
        self.key.show_groups(self.plot.groups)

    def show_changes(self, changes: Sequence[Change] | None) -> None:
        """The present state's matrices; None: not known yet."""
        self.bars.show_changes(changes)
        self._scroll.setFixedHeight(BAR_ROW * min(MOST_ROWS, max(1, len(changes or ()))) + 2)

    def say(self, step: int) -> None:
        """The figures of one step."""
        self.said.setText(self.plot.text_of(step))
