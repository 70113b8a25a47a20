"""The auto-run's settings, behind a line that opens them, and how far it is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from hera_desktop.engine.auto_run import MOST_STEPS, StopConditions

from .auto_run import AutoProgress, percent
from .features.fields import CountBox, button
from .i18n import mark, tr
from .labels import DimLabel
from .theme import GRID, tabular
from .time_left import in_words

STEPS, BUDGET = 50, 80
WIDTH = 9 * GRID
START_TIP = mark("Repeat the step until one of these conditions holds (F7)")
STOP_TIP = mark("End after the running step (F7); Cancel stops it at once")
BUDGET_TIP = mark(
    "How much of what the cumulative limits allow may be used, counted by the measure nearest to its limit"
)


class AutoRunForm(QWidget):
    """Signals: ``start_wanted((StopConditions, cycle))``, ``stop_wanted()``."""

    start_wanted = Signal(object)
    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ready, self._locked, self.open = False, "", False
        self._progress = AutoProgress(False)
        self.header = _header()
        self.what = QComboBox()
        self.what.addItems([tr("the prompt"), tr("the queue")])
        self.what.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.what.setMinimumContentsLength(6)
        self.what.setAccessibleName(tr("What is repeated"))
        self.what.setToolTip(tr("Repeat the prompt above, or go round the prompts of the queue"))
        self.steps = CountBox(tr("Steps"), 1, MOST_STEPS, STEPS, tip=tr("Steps at most, 1 to 10,000"))
        self.at_budget = _box(tr("Stop at budget"), True)
        self.budget = CountBox(tr("Budget in percent"), 1, 100, BUDGET, step=5, tip=tr(BUDGET_TIP))
        self.budget.setSuffix(" %")
        for field in (self.steps, self.budget):
            field.setFixedWidth(WIDTH)
        self.at_budget.setToolTip(tr(BUDGET_TIP))
        self.at_rejection = _box(tr("Stop at first rejection"), False)
        self.start_button = button(tr("Start"), "")
        self.status = DimLabel()
        self.status.setFont(tabular(self.status.font()))
        self.status.setAccessibleName(tr("Auto-run progress"))
        self.body = QWidget()
        self._lay_out()
        self.header.clicked.connect(self._on_header)
        self.at_budget.toggled.connect(self.budget.setEnabled)
        self.start_button.clicked.connect(self.toggle)
        self.set_open(False)
        self._refresh()

    def _lay_out(self) -> None:
        inner = QVBoxLayout(self.body)
        inner.setContentsMargins(GRID, 0, 0, 0)
        inner.setSpacing(GRID // 2)
        for parts in (
            (DimLabel(tr("Repeat")), self.what, self.steps, DimLabel(tr("steps"))),
            (self.at_budget, self.budget),
            (self.at_rejection, self.start_button),
        ):
            line = QHBoxLayout()
            line.setSpacing(GRID // 2)
            for part in parts:
                if isinstance(part, DimLabel):
                    part.setWordWrap(False)
                line.addWidget(part, 1 if part is self.what else 0)
            if len(parts) == 2:
                line.insertStretch(1)
            inner.addLayout(line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        for part in (self.header, self.body, self.status):
            column.addWidget(part)

    @property
    def conditions(self) -> StopConditions:
        """When the run is to end, as it is set."""
        for field in (self.steps, self.budget):
            field.interpretText()
        budget = self.budget.value() / 100 if self.at_budget.isChecked() else None
        return StopConditions(self.steps.value(), self.at_rejection.isChecked(), budget)

    def toggle(self) -> None:
        """Start, or stop where it runs."""
        if self._progress.running:
            self.stop_wanted.emit()
        elif self.start_button.isEnabled():
            self.start_wanted.emit((self.conditions, self.what.currentIndex() == 1))

    def set_state(self, ready: bool, locked: str) -> None:
        """``ready``: a step can be started; ``locked``: why none can be started in this session, or empty."""
        self._ready, self._locked = ready, locked
        self._refresh()

    def show_progress(self, progress: AutoProgress) -> None:
        if progress.running and not self._progress.running:
            self.set_open(True)  # Stop is to be in sight
        self._progress = progress
        self._refresh()

    def _refresh(self) -> None:
        running, stopping = self._progress.running, self._progress.stopping
        text, tip = (tr("Stop"), tr(STOP_TIP)) if running else (tr("Start"), tr(START_TIP))
        self.start_button.setText(text)
        self.start_button.setAccessibleName(tr("Stop auto-run") if running else tr("Start auto-run"))
        self.start_button.setToolTip(self._locked or tip)
        self.start_button.setEnabled(not stopping if running else self._ready and not self._locked)
        for field in (self.what, self.steps, self.at_budget, self.at_rejection):
            field.setEnabled(not running)
        self.budget.setEnabled(not running and self.at_budget.isChecked())
        self.status.setVisible(running)
        self.status.setText(_words(self._progress) if running else "")

    def set_open(self, wanted: bool) -> None:
        """Show or hide the settings."""
        self.open = wanted
        self.header.setArrowType(Qt.ArrowType.DownArrow if wanted else Qt.ArrowType.RightArrow)
        self.header.setAccessibleDescription(tr("open") if wanted else tr("closed"))
        self.body.setVisible(wanted)

    def _on_header(self) -> None:
        self.set_open(not self.open)


def _words(progress: AutoProgress) -> str:
    parts = [tr("step {step} of {steps}").format(step=f"{progress.step:,}", steps=f"{progress.steps:,}")]
    if progress.budget is not None:
        parts.append(tr("budget {share} %").format(share=percent(progress.budget)))
    parts.append(tr("stops after this step") if progress.stopping else in_words(progress.left))
    return ", ".join(part for part in parts if part)


def _header() -> QToolButton:
    made = QToolButton()
    made.setText(tr("Auto-run"))
    made.setToolTip(tr("Repeat a step until a condition holds"))
    made.setAccessibleName(tr("Auto-run settings"))
    made.setAutoRaise(True)
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made


def _box(text: str, checked: bool) -> QCheckBox:
    made = QCheckBox(text)
    made.setAccessibleName(text)
    made.setChecked(checked)
    return made
