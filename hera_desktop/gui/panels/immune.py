"""The immune system: each judged measure over the steps against its limits, and the verdict in words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from ..labels import DimLabel, EmptyState, separator, title_label
from ..mark_view import MarkView
from ..measures import MEASURES, Measure
from ..plots import Limits, MeasurePlot
from ..records import Snapshot, TimelineRow
from ..theme import GRID, MARGIN, recoloured, tabular, theme_of

MERGE_MS = 30
PURPOSE = "Every step is measured on the probe texts, and refused where a measure is over its limit."
FIRST_ACTION = "Evolve a prompt to see its measures here."
VERDICTS = {"committed": "committed", "warning": "committed with a warning", "rejected": "rejected"}


class MeasureView(QWidget):
    """A measure's name, its values against the limits, and its plot."""

    def __init__(self, measure: Measure, steps_shown: bool) -> None:
        super().__init__()
        self.measure = measure
        self.title = title_label(f"{measure.title}, {measure.unit}")
        self.title.setToolTip(measure.formula)
        self.values = QLabel()
        self.values.setFont(tabular(self.values.font()))
        self.values.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.plot = MeasurePlot(measure, steps_shown)
        self.plot.setMinimumHeight(64)
        line = QHBoxLayout()
        line.addWidget(self.title)
        line.addWidget(self.values, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(line)
        column.addWidget(self.plot, 1)

    def show_values(self, row: TimelineRow, limits: Limits) -> None:
        if not row.metrics:
            self.values.setText("not measured")
            return
        texts = []
        for scope, (_, limit) in limits.items():
            texts.append(f"{scope} {self.measure.text(row.value(self.measure.name, scope))} of {limit:g}")
        self.values.setText("   ".join(texts))


class ImmunePanel(QWidget):
    """Signal: ``step_picked(int)`` when a mark in a plot is clicked. Redraws from snapshots; bursts are merged."""

    step_picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._snapshot: Snapshot | None = None
        self._step = 0
        self._count = 0
        last = len(MEASURES) - 1
        self.views = [MeasureView(measure, number == last) for number, measure in enumerate(MEASURES)]
        self.mark = MarkView()
        self.verdict = title_label("")
        self.reason = QLabel()
        self._timer = QTimer(self, singleShot=True, interval=MERGE_MS)
        self._timer.timeout.connect(self._redraw)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(EmptyState("Immune system", PURPOSE, FIRST_ACTION))
        self._stack.addWidget(self._page())
        for view in self.views:
            view.plot.setXLink(self.views[0].plot if view is not self.views[0] else None)
            view.plot.step_picked.connect(self.step_picked)

    def _page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(MARGIN, GRID, MARGIN, GRID)
        column.setSpacing(GRID // 2)
        legend = QHBoxLayout()
        legend.addWidget(title_label("Immune system"))
        legend.addStretch(1)
        key = DimLabel("thin: step, thick: cumulative")
        key.setWordWrap(False)
        legend.addWidget(key)
        column.addLayout(legend)
        for view in self.views:
            column.addWidget(view, 116 if view is self.views[-1] else 100)  # the last one also has the steps
        column.addWidget(separator())
        column.addLayout(self._verdict_line())
        column.addWidget(self.reason)
        self.reason.setWordWrap(True)
        self.reason.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.reason.setMinimumHeight(3 * self.fontMetrics().lineSpacing())
        self.reason.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return page

    def _verdict_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(GRID)
        line.addWidget(self.mark)
        line.addWidget(self.verdict, 1)
        return line

    # --- records ----------------------------------------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the proposals; a new one is shown in words."""
        count = len(snapshot.timeline.proposals)
        if count != self._count:
            self._step = self._count = count
        self._snapshot = snapshot
        self._timer.start()

    def show_step(self, step: int) -> None:
        """Say and highlight one step."""
        self._step = step
        self._say()

    def _redraw(self) -> None:
        if self._snapshot is None:
            return
        rows, limits = self._snapshot.timeline.proposals, self._snapshot.info.limits
        self._stack.setCurrentIndex(1 if rows else 0)
        theme = theme_of(self.palette())
        for view in self.views:
            view.plot.draw(rows, limits.get(view.measure.name, {}), theme)
        self._say()

    def _say(self) -> None:
        if self._snapshot is None or not self._count:
            return
        row = self._snapshot.timeline.rows[self._step]
        if row.step == 0:
            self.mark.show_mark("base")
            self.verdict.setText("The base")
            self.reason.setText("The model without any patch; every cumulative measure is against it.")
        else:
            self.mark.show_mark(row.status)
            self.verdict.setText(f"Step {row.step} {VERDICTS[row.status]}")
            self.reason.setText(_sentence(row.reason))
        self.reason.setToolTip(row.reason)
        for view in self.views:
            view.plot.pick(row.step, theme_of(self.palette()))
            view.show_values(row, self._snapshot.info.limits.get(view.measure.name, {}))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if recoloured(event):
            self._timer.start()


def _sentence(reason: str) -> str:
    """The reason without the verdict's word, which stands above it."""
    _, _, rest = reason.partition(": ")
    rest = rest or reason
    return rest[:1].upper() + rest[1:]
