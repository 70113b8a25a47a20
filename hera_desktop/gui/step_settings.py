"""The settings of the next step in one row: strategy, strength, blocks."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from annotated_types import Le
from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QLineEdit,
    QStyleOptionComboBox,
    QWidget,
)

from hera_desktop.engine.config import EvolutionConfig

from .block_list import block_text
from .features.fields import caption
from .i18n import mark, tr
from .records import StepChoices, StepSettings
from .theme import GRID, tabular
from .undo_keys import leaves_to_timeline

SMALLEST = 0.01
LARGEST = next(limit.le for limit in EvolutionConfig.model_fields["learning_rate"].metadata if isinstance(limit, Le))
DIGITS = 2
EVOLUTION_KEY = "evolution.strategy"
STRATEGY_TIP = mark("How the change is computed from the features that are active on the prompt (evolution.strategy)")
STRENGTH_TIP = mark(
    "How strong the change is (evolution.learning_rate), 0.01 to 1000.\n"
    "For hebbian: the share of the features' own write that is added on this prompt's key;\n"
    "on the default model 0.5 to 3 is a useful range, far above it is rejected."
)
BLOCK_TIP = mark(
    "The block whose writing matrix is edited, or several: 7, 8 (evolution.target_layers).\n"
    "Empty: as configured, {configured}. This model has blocks 0 to {last}."
)


class StrategyBox(QComboBox):
    """Lists the strategies' full titles; closed it shows the part before the bracket. ``key`` is the setting's."""

    def __init__(self, key: str = EVOLUTION_KEY, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setAccessibleName(tr("Strategy"))

    def show_strategies(self, strategies: tuple[tuple[str, str], ...], chosen: str) -> None:
        self.clear()
        for name, title in strategies:
            self.addItem(title, name)
            self.setItemData(self.count() - 1, f"{self._key}: {name}", Qt.ItemDataRole.ToolTipRole)
        self.setCurrentIndex(self.findData(chosen))
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + 4 * GRID)

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        super().initStyleOption(option)
        option.currentText = option.currentText.partition(" (")[0]


class StrengthBox(QDoubleSpinBox):
    """Figures as everywhere in the window, with a point; as many as the configured value needs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        plain = QLocale.c()
        plain.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
        self.setLocale(plain)
        self.setFont(tabular(self.font()))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setStepType(QAbstractSpinBox.StepType.AdaptiveDecimalStepType)
        self.setAccessibleName(tr("Strength"))
        self.setToolTip(tr(STRENGTH_TIP))
        self.clear()

    def show_strength(self, strength: float) -> None:
        self.setDecimals(max(DIGITS, -int(Decimal(repr(strength)).normalize().as_tuple().exponent)))
        self.setRange(min(SMALLEST, strength), LARGEST)
        self.setValue(strength)

    def event(self, event: QEvent) -> bool:
        line = self.lineEdit()
        if leaves_to_timeline(event, line.isUndoAvailable(), line.isRedoAvailable()):
            event.ignore()
            return False
        return super().event(event)


class BlockBox(QLineEdit):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(tabular(self.font()))
        self.setAccessibleName(tr("Block"))

    def show_blocks(self, blocks: tuple[int, ...], n_blocks: int) -> None:
        text = block_text(blocks)
        self.setText(text)
        self.setPlaceholderText(text)
        self.setToolTip(tr(BLOCK_TIP).format(configured=text, last=n_blocks - 1))

    def event(self, event: QEvent) -> bool:
        if leaves_to_timeline(event, self.isUndoAvailable(), self.isRedoAvailable()):
            event.ignore()
            return False
        return super().event(event)


def lay_out_fields(owner: QWidget, fields: Mapping[str, QWidget]) -> QGridLayout:
    """Fields of one height side by side, each under its name."""
    grid = QGridLayout(owner)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(GRID)
    grid.setVerticalSpacing(2)
    height = max(field.sizeHint().height() for field in fields.values())
    for column, (text, field) in enumerate(fields.items()):
        field.setFixedHeight(height)
        grid.addWidget(caption(text, field), 0, column)
        grid.addWidget(field, 1, column)
    return grid


class StepSettingsRow(QWidget):
    """Empty and disabled until ``show_choices``; then it stands at the configured settings."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.strategy = StrategyBox()
        self.strength = StrengthBox()
        self.blocks = BlockBox()
        self.strategy.setToolTip(tr(STRATEGY_TIP))
        self.strength.setFixedWidth(12 * GRID)
        self.blocks.setFixedWidth(7 * GRID)
        self._lay_out()
        self.setEnabled(False)

    def _lay_out(self) -> None:
        fields = {tr("Strategy"): self.strategy, tr("Strength"): self.strength, tr("Block"): self.blocks}
        lay_out_fields(self, fields).setColumnStretch(0, 1)

    def show_choices(self, choices: StepChoices) -> None:
        self.strategy.show_strategies(choices.strategies, choices.strategy)
        self.strength.show_strength(choices.strength)
        self.blocks.show_blocks(choices.blocks, choices.n_blocks)
        self.setEnabled(True)

    @property
    def settings(self) -> StepSettings:
        """What is chosen and typed; the engine's own settings before there is a model."""
        if not self.isEnabled():
            return StepSettings()
        self.strength.interpretText()
        return StepSettings(self.strategy.currentData(), self.strength.value(), self.blocks.text())

    def accepted(self) -> None:
        """A step was started: from now on Ctrl+Z is about the model, not about the fields."""
        for line in (self.strength.lineEdit(), self.blocks):
            line.setText(line.text())
