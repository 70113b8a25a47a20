"""The tokens of a lesson on the heat of their weight in the loss."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ..features.heat_legend import HeatLegend
from ..features.strip import StripArea, TokenStrip
from ..i18n import mark, tr
from ..labels import title_label
from ..measures import visible
from ..theme import GRID

if TYPE_CHECKING:
    from hera_desktop.engine.facts.records import WeightedToken

    from .lesson_data import PlainToken

WHY = {
    "entity": mark("part of a name, a number or a date"),
    "fact": mark("part of the fact's subject, relation or object"),
    "position": mark("at the start or the end"),
    "repetition": mark("said before in the text"),
}
PLAIN = mark("no weighting raises it")
LEGEND_TIP = mark("How much a token counts in the loss: sum of weight x cross-entropy / sum of the weights")


class TokenHeat(QWidget):
    """A text's tokens, hotter where their weight is larger, from the least of them to the largest; pointing at one, or
    the arrow keys, say why."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tokens: tuple[WeightedToken | PlainToken, ...] = ()
        self.strip = TokenStrip(self.describe)
        self.strip.setAccessibleName(tr("Tokens of the lesson and their weights"))
        self.area = StripArea(self.strip)
        self.legend = HeatLegend()
        self.legend.setToolTip(tr(LEGEND_TIP))
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(title_label(tr("Token weights")))
        head.addStretch(1)
        head.addWidget(self.legend, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addLayout(head)
        column.addWidget(self.area)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_tokens(self, tokens: Sequence[WeightedToken | PlainToken]) -> None:
        """The tokens in order; hidden where there are none."""
        self.tokens = tuple(tokens)
        weights = [token.weight for token in self.tokens]
        least, largest = min(weights, default=0.0), max(weights, default=0.0)
        self.strip.show_tokens([token.text for token in self.tokens])
        self.strip.colour([weight - least for weight in weights], largest - least)
        if largest > least:
            self.legend.show_scale(tr("weight"), largest, least)
        else:
            same = tr("every token weighs {weight}").format(weight=f"{largest:.2f}")
            self.legend.show_scale(same, 0.0 if weights else None)
        self.area.fit()
        self.setVisible(bool(self.tokens))

    def describe(self, position: int) -> str:
        """What is said of a token: its text, its weight, and what raised it."""
        token = self.tokens[position]
        reasons = ", ".join(tr(WHY[name]) if name in WHY else name for name in token.why)
        said = tr("{token}  weight {weight}").format(token=visible(token.text), weight=f"{token.weight:.2f}")
        return f"{said}\n{reasons or tr(PLAIN)}"
