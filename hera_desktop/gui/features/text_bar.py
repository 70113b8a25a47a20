"""The text being looked at: where it comes from, its tokens as a strip, and which features are left out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from ..i18n import mark, tr
from ..labels import DimLabel
from ..text_line import TextLine
from ..theme import GRID, MARGIN, tabular
from .heat_legend import HeatLegend
from .strip import StripArea, TokenStrip

HINT = mark("Read a text to see which features fire on each of its tokens.")
FIRST_TOKEN = mark(
    "The first token is left out: position 0 is an attention sink, its norm is many times larger than any other's\n"
    "and its features say nothing about the text."
)
DENSITY_TIP = mark(
    "Features that fire on a larger share of the atlas' tokens are left out (sae.max_density, % of tokens)"
)
UNKNOWN_TIP = mark("How dense the features are is known once there is an atlas")


class TextBar(QWidget):
    """Signals: ``read_wanted(text)``, ``token_picked(position | None)``, ``density_changed(share)``.

    ``describe(position)`` gives a token's tooltip.
    """

    read_wanted = Signal(object)
    token_picked = Signal(object)
    density_changed = Signal(object)

    def __init__(self, describe: Callable[[int], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._prompt = self._generated = ""
        self.line = TextLine(tr("Text to read"), tr("Type or paste a text, and press Enter to read its features"))
        self.read_button = QPushButton(tr("Read"))
        self.read_button.setToolTip(tr("Read the features of this text in the model as it is edited now (Enter)"))
        self.prompt_button = _source(tr("Last prompt"), tr("The prompt of the last step"))
        self.generated_button = _source(tr("Generated"), tr("The last prompt with the text generated after the step"))
        self.strip = TokenStrip(describe)
        self.area = StripArea(self.strip)
        self.hint = DimLabel(tr(HINT))
        self.legend = HeatLegend()
        self.density = _density_box()
        self._lay_out()
        self._connect()
        self.show_nothing()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, GRID, MARGIN, GRID)
        column.setSpacing(GRID)
        line = QHBoxLayout()
        line.setSpacing(GRID)
        line.addWidget(self.line, 1)
        for part in (self.read_button, self.prompt_button, self.generated_button):
            line.addWidget(part)
        line.addSpacing(GRID)
        label = DimLabel(tr("density up to"))
        label.setWordWrap(False)
        label.setBuddy(self.density)
        label.setToolTip(tr(DENSITY_TIP))
        line.addWidget(label)
        line.addWidget(self.density)
        column.addLayout(line)
        column.addWidget(self.hint)
        text = QHBoxLayout()
        text.setSpacing(GRID)
        text.addWidget(self.area, 1)
        text.addWidget(self.legend, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(text)

    def _connect(self) -> None:
        self.line.returnPressed.connect(self._read)
        self.read_button.clicked.connect(self._read)
        self.prompt_button.clicked.connect(self._read_prompt)
        self.generated_button.clicked.connect(self._read_generated)
        self.strip.picked.connect(self.token_picked)
        self.density.valueChanged.connect(self._on_density)

    # --- what is shown ----------------------------------------------------------------------------------------------

    def show_nothing(self) -> None:
        self.hint.show()
        self.area.hide()
        self.legend.hide()

    def show_tokens(self, tokens: tuple[str, ...]) -> None:
        self.strip.show_tokens(tokens)
        self.hint.hide()
        self.area.show()
        self.legend.show()
        self.area.fit()

    def show_limit(self, share: float, known: bool) -> None:
        """The density limit; it can be set where densities are known."""
        self.density.blockSignals(True)
        self.density.setValue(100 * share)
        self.density.blockSignals(False)
        self.density.setEnabled(known)
        self.density.setToolTip(tr(DENSITY_TIP if known else UNKNOWN_TIP))

    def offer(self, prompt: str, generated: str) -> None:
        """The last step's texts, to be read by a click."""
        self._prompt, self._generated = prompt, generated
        self.prompt_button.setEnabled(bool(prompt))
        self.generated_button.setEnabled(bool(generated))

    @property
    def offered(self) -> str:
        """The last prompt; empty where there was none."""
        return self._prompt

    def read(self, text: str) -> None:
        """As if the user had typed this text and pressed Enter."""
        self.line.setText(text)
        self.read_wanted.emit(text)

    # --- what the user does -----------------------------------------------------------------------------------------

    def _read(self) -> None:
        self.read_wanted.emit(self.line.text())

    def _read_prompt(self) -> None:
        self.read(self._prompt)

    def _read_generated(self) -> None:
        self.read(self._prompt + self._generated)

    def _on_density(self, percent: float) -> None:
        self.density_changed.emit(percent / 100)


def _source(text: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setToolTip(tip)
    button.setAccessibleName(tr("Read: {tip}").format(tip=tip))
    button.setEnabled(False)
    return button


def _density_box() -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setRange(0.01, 100)
    box.setDecimals(2)
    box.setSuffix(" %")
    box.setSingleStep(5)
    box.setFont(tabular(box.font()))
    box.setKeyboardTracking(False)
    box.setAccessibleName(tr("Largest density"))
    return box
