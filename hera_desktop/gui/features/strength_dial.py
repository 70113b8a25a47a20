"""How strongly a feature is added: a slider and a number, in units of the largest activation it was seen with."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QDoubleSpinBox, QGridLayout, QLabel, QSlider, QWidget

from ..i18n import mark, tr
from ..labels import DimLabel
from ..theme import GRID, tabular

REACH = 3.0
"""Where the slider ends, in units of the maximum; the number goes on to ``FAR``."""
FAR = 20.0
STEPS_A_UNIT = 20
BARE_UNIT = 20.0
"""One unit of the slider, in absolute strength, where the maximum is not known."""
TIP = mark(
    "What is added at every token but the first: strength x the feature's unit direction, at the SAE's hook.\n"
    "1.00 x max is as much as the feature itself wrote at its strongest; negative takes it away."
)


class StrengthDial(QWidget):
    """Signal: ``changed()``. ``strength`` is absolute; without a maximum the number is the absolute strength, too."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._maximum: float | None = None
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.number = QDoubleSpinBox()
        self.absolute = DimLabel()
        self._ends = [QLabel(), QLabel("0"), QLabel()]
        self._set_up()
        self._lay_out()
        self.show_scale(None)

    def _set_up(self) -> None:
        end = round(REACH * STEPS_A_UNIT)
        self.slider.setRange(-end, end)
        self.slider.setPageStep(STEPS_A_UNIT // 2)
        self.slider.setTickInterval(STEPS_A_UNIT)
        self.slider.setTickPosition(QSlider.TickPosition.TicksBelow)
        self.slider.setAccessibleName(tr("Steering strength, slider"))
        self.number.setAccessibleName(tr("Steering strength"))
        self.number.setLocale(QLocale.c())
        self.number.setFont(tabular(self.number.font()))
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.absolute.setFont(tabular(self.absolute.font()))
        self.absolute.setWordWrap(False)
        for field in (self.slider, self.number):
            field.setToolTip(tr(TIP))
        self.slider.valueChanged.connect(self._on_slider)
        self.number.valueChanged.connect(self._on_number)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(0)
        grid.addWidget(self.slider, 0, 0, 1, 3)
        places = (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight)
        for column, (label, place) in enumerate(zip(self._ends, places, strict=True)):
            label.setFont(tabular(label.font()))
            label.setForegroundRole(self.absolute.foregroundRole())
            grid.addWidget(label, 1, column, place)
            grid.setColumnStretch(column, 1)
        grid.addWidget(self.number, 0, 3)
        grid.addWidget(self.absolute, 1, 3, Qt.AlignmentFlag.AlignRight)
        self.number.setFixedWidth(14 * GRID)

    # --- values -----------------------------------------------------------------------------------------------------

    @property
    def strength(self) -> float:
        """The strength in the units of the residual stream."""
        return self.number.value() * (self._maximum or 1.0)

    def words(self, strength: float) -> str:
        """An absolute strength in the dial's unit."""
        if self._maximum:
            return tr("{share:+.2f} x max").format(share=strength / self._maximum)
        return tr("strength {strength:+.1f}").format(strength=strength)

    def show_scale(self, maximum: float | None) -> None:
        """The feature's largest activation, or None where it is not known (or 0); the strength becomes 1 x max."""
        self._maximum = maximum or None
        known = self._maximum is not None
        far = FAR if known else FAR * BARE_UNIT
        self.number.setDecimals(2 if known else 1)
        unit = tr(" x max") if known else ""
        self.number.setSuffix(unit)
        self.number.setSingleStep(0.1 if known else 1.0)
        self.number.setRange(-far, far)
        end = f"{REACH:g}{unit}" if known else f"{REACH * BARE_UNIT:g}"
        self._ends[0].setText(f"-{end}")
        self._ends[2].setText(end)
        self.number.setValue(self._unit)
        self._on_number()

    @property
    def _unit(self) -> float:
        return 1.0 if self._maximum else BARE_UNIT

    def _on_slider(self, place: int) -> None:
        self.number.setValue(place * self._unit / STEPS_A_UNIT)

    def _on_number(self) -> None:
        place = round(self.number.value() / self._unit * STEPS_A_UNIT)
        self.slider.blockSignals(True)  # the number may be finer than the slider, and beyond its end
        self.slider.setValue(place)
        self.slider.blockSignals(False)
        self.absolute.setText(f"= {self.strength:.2f}" if self._maximum else tr("no atlas, no scale"))
        self.absolute.setToolTip(
            tr("absolute strength; the feature's maximum in the atlas is {maximum:.2f}").format(maximum=self._maximum)
            if self._maximum
            else tr("the feature's maximum is not known; build the atlas to have a scale")
        )
        self.changed.emit()
