"""The prompt's second line: what it should continue with from now on, and how such an edit is made."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from .features.fields import caption, row
from .i18n import mark, tr
from .records import StepChoices, Target
from .step_settings import StrategyBox, lay_out_fields
from .text_line import TextLine
from .theme import GRID

TARGET_TIP = mark(
    "What the prompt is to go on with from now on: Evolve then edits one matrix where the subject is read.\n"
    "Empty: the step strengthens what the model's own features write. Enter evolves."
)
SUBJECT_TIP = mark(
    "The part of the prompt that the edit is about, as it stands there.\n"
    "Empty: the part that the prediction hangs on most, found by noise on each."
)
STRATEGY_TIP = mark("How the edit is computed (edits.strategy)")


class TargetLine(QWidget):
    """Signals: ``submitted()`` when Enter is pressed in it; ``toggled(has a target)``."""

    submitted = Signal()
    toggled = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = TextLine(tr("Should continue with"), tr("optional"))
        self.text.setToolTip(tr(TARGET_TIP))
        self.given = False
        line = row(caption(tr("Should continue with"), self.text), stretch_last=False)
        line.addWidget(self.text, 1)
        line.setContentsMargins(0, 0, 0, 0)
        self.setLayout(line)
        self.setFocusProxy(self.text)
        self.text.returnPressed.connect(self.submitted)
        self.text.textChanged.connect(self._on_text)

    def _on_text(self, text: str) -> None:
        given = bool(text.strip())
        if given != self.given:
            self.given = given
            self.toggled.emit(given)


class EditSettingsRow(QWidget):
    """Strategy and subject of an edit, in the place of the step's settings. The strategies are empty and disabled until
    ``show_choices``. Signal: ``submitted()`` when Enter is pressed in the subject."""

    submitted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.strategy = StrategyBox("edits.strategy")
        self.strategy.setToolTip(tr(STRATEGY_TIP))
        self.strategy.setAccessibleName(tr("Strategy of the edit"))
        self.strategy.setEnabled(False)
        self.subject = TextLine(tr("About"), tr("found automatically"))
        self.subject.setToolTip(tr(SUBJECT_TIP))
        grid = lay_out_fields(self, {tr("Strategy"): self.strategy, tr("About"): self.subject})
        grid.setColumnStretch(0, 4)
        grid.setColumnStretch(1, 5)
        self.subject.returnPressed.connect(self.submitted)

    def show_choices(self, choices: StepChoices) -> None:
        self.strategy.show_strategies(choices.edit_strategies, choices.edit_strategy)
        self.strategy.setEnabled(True)


class TargetFields(QWidget):
    """The line, and under it ``others`` (the settings of a step without a target) or those of the edit.

    Signal: ``submitted()`` when Enter is pressed in a line.
    """

    submitted = Signal()

    def __init__(self, others: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line, self.edit, self._others = TargetLine(), EditSettingsRow(), others
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        for part in (self.line, others, self.edit):
            column.addWidget(part)
        for part in (self.line, self.edit):
            part.submitted.connect(self.submitted)
        self.line.toggled.connect(self._show_settings)
        self._show_settings(False)

    @property
    def target(self) -> Target | None:
        """What is typed; None where nothing is."""
        return Target(self.line.text.text(), self.edit.subject.text().strip()) if self.line.given else None

    @property
    def strategy(self) -> str | None:
        """The edit's strategy; None before there is a model."""
        return self.edit.strategy.currentData()

    def accepted(self) -> None:
        """A step was started: from now on Ctrl+Z is about the model, not about the fields."""
        for line in (self.line.text, self.edit.subject):
            line.setText(line.text())

    def _show_settings(self, given: bool) -> None:
        self._others.setVisible(not given)
        self.edit.setVisible(given)
