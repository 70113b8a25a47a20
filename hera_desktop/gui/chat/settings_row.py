"""How the model answers: system prompt, longest answer, temperature, top-p, seed."""

from __future__ import annotations

from annotated_types import Ge, Gt, Le
from pydantic.fields import FieldInfo
from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtWidgets import QDoubleSpinBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from hera_desktop.engine.facts_config import ReplySection

from ..chat_records import ReplySettings
from ..features.fields import CountBox, PromptField, caption
from ..i18n import mark, tr
from ..theme import GRID, tabular
from ..undo_keys import leaves_to_timeline

LARGEST_SEED = 2**31 - 1
SYSTEM_TIP = mark(
    "What the model reads before the conversation; empty: the chat template's own.\nIt is kept in the session."
)
TOKENS_TIP = mark("The longest answer, in tokens")
TEMPERATURE_TIP = mark("0 always takes the likeliest token; above it tokens are drawn, the flatter the higher it is")
TOP_P_TIP = mark("Tokens are drawn from the likeliest ones that together have this probability")
SEED_TIP = mark("The same seed draws the same answer in the same state")


class ReplyForm(QWidget):
    """The fields stand at the configured values until the user changes them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._configured = ReplySettings()
        fields = ReplySection.model_fields
        low, high = _bounds(fields["max_new_tokens"])
        self.system = PromptField(tr("System prompt"), tr("the chat template's own"))
        self.system.setToolTip(tr(SYSTEM_TIP))
        self.tokens = CountBox(tr("Longest answer"), int(low), int(high), 200, 10, tr(TOKENS_TIP))
        self.temperature = _ShareBox(tr("Temperature"), _bounds(fields["temperature"]), 0.1, tr(TEMPERATURE_TIP))
        self.top_p = _ShareBox(tr("Top-p"), _bounds(fields["top_p"]), 0.05, tr(TOP_P_TIP))
        self.seed = CountBox(tr("Seed"), 0, LARGEST_SEED, 0, 1, tr(SEED_TIP))
        self._lay_out()
        self.show_reply(self._configured)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        line = QHBoxLayout()
        line.setSpacing(GRID)
        line.addWidget(caption(tr("System"), self.system), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.system, 1)
        column.addLayout(line)
        grid = QGridLayout()
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(2)
        fields = {tr("Longest"): self.tokens, tr("Temperature"): self.temperature}
        fields |= {tr("Top-p"): self.top_p, tr("Seed"): self.seed}
        for number, (text, field) in enumerate(fields.items()):
            field.setFixedWidth(11 * GRID)
            grid.addWidget(caption(text, field), 0, number)
            grid.addWidget(field, 1, number)
        grid.setColumnStretch(len(fields), 1)
        column.addLayout(grid)

    def show_reply(self, reply: ReplySettings) -> None:
        """The configured values; they replace what stands in the fields."""
        self._configured = reply
        self.system.setPlainText(reply.system_prompt)
        self.tokens.setValue(reply.max_new_tokens)
        self.temperature.show_value(reply.temperature)
        self.top_p.show_value(reply.top_p)
        self.seed.setValue(reply.seed)

    @property
    def reply(self) -> ReplySettings | None:
        """What stands in the fields; None where that is as configured."""
        for box in (self.tokens, self.temperature, self.top_p, self.seed):
            box.interpretText()
        wanted = ReplySettings(
            self.system.prompt, self.tokens.value(), self.temperature.value(), self.top_p.value(), self.seed.value()
        )
        return None if wanted == self._configured else wanted


class _ShareBox(QDoubleSpinBox):
    """A number with a point, like everywhere in the window; as many figures as the configured value needs."""

    def __init__(self, name: str, bounds: tuple[float, float], step: float, tip: str) -> None:
        super().__init__()
        plain = QLocale.c()
        plain.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
        self.setLocale(plain)
        self.setDecimals(2)
        self._low, high = bounds
        self.setRange(self._low, high)
        self.setSingleStep(step)
        self.setFont(tabular(self.font()))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setAccessibleName(name)
        self.setToolTip(tip)

    def show_value(self, value: float) -> None:
        figures = len(f"{value:.6f}".rstrip("0").partition(".")[2])
        self.setDecimals(max(2, figures))
        self.setValue(value)

    def event(self, event: QEvent) -> bool:
        line = self.lineEdit()
        if leaves_to_timeline(event, line.isUndoAvailable(), line.isRedoAvailable()):
            event.ignore()
            return False
        return super().event(event)


def _bounds(field: FieldInfo) -> tuple[float, float]:
    """The smallest and largest value a setting takes; a bound that is not reached is missed by a hundredth."""
    low, high = 0.0, 0.0
    for limit in field.metadata:
        if isinstance(limit, Ge):
            low = float(limit.ge)
        elif isinstance(limit, Gt):
            low = float(limit.gt) + 0.01
        elif isinstance(limit, Le):
            high = float(limit.le)
    return low, high
