"""What a setting is edited with, by its kind. What cannot be used is said beneath an editor, and not lost."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

import yaml
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QValidator, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QCheckBox, QComboBox, QCompleter, QHBoxLayout, QLineEdit, QWidget

from .forms_fields import Bounds, FieldSpec
from .i18n import tr
from .theme import GRID, tabular

WIDTH = 24 * GRID
LINE_WIDTH = 34 * GRID


class NumberBox(QAbstractSpinBox):
    """A number of any size as it is typed. The arrows stay inside ``bounds`` and keep its figures exact.

    Signal: ``changed()``.
    """

    changed = Signal()

    def __init__(self, whole: bool, bounds: Bounds, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = whole
        self._bounds = bounds
        self.setFont(tabular(self.font()))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedSize(WIDTH, QLineEdit().sizeHint().height())  # by itself it is lower than the other fields
        self.lineEdit().textChanged.connect(self.changed)

    def value(self) -> Any:
        """The number; the text itself where it is none, and None where there is no text."""
        text = self.text().strip()
        try:
            return (int if self._whole else float)(text)
        except ValueError:
            return text or None

    def show_value(self, value: Any) -> None:
        self.lineEdit().setText(number_text(value))

    def stepBy(self, steps: int) -> None:
        try:
            now = Decimal(self.text().strip())
        except InvalidOperation:
            return
        if now.is_finite():
            self.lineEdit().setText(number_text(self._inside(now, now + steps * self._step(now, steps))))
            self.selectAll()

    def _step(self, now: Decimal, steps: int) -> Decimal:
        """The model's own step; else 1, or for a fraction a tenth of its first figure's place."""
        if self._bounds.step is not None:
            return Decimal(repr(self._bounds.step))
        if self._whole:
            return Decimal(1)
        if not now:
            return Decimal("0.01")
        place = now.adjusted()
        if abs(now) == Decimal(1).scaleb(place) and steps * now < 0:
            place -= 1  # from 0.1 down goes by hundredths, as it came up by them
        return Decimal(1).scaleb(place - 1)

    def _inside(self, now: Decimal, wanted: Decimal) -> Decimal:
        bounds = self._bounds
        if bounds.low is not None and wanted <= (low := Decimal(repr(bounds.low))):
            wanted = now if bounds.open_low else low
        if bounds.high is not None and wanted >= (high := Decimal(repr(bounds.high))):
            wanted = now if bounds.open_high else high
        return wanted

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        flag = QAbstractSpinBox.StepEnabledFlag
        return flag.StepUpEnabled | flag.StepDownEnabled

    def validate(self, text: str, place: int) -> object:
        return (QValidator.State.Acceptable, text, place)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the page; it changes no number that was not chosen."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ChoiceBox(QComboBox):
    """One of a few words. Signal: ``changed()``."""

    changed = Signal()

    def __init__(self, choices: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.addItems(list(choices))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedWidth(WIDTH)
        self.currentIndexChanged.connect(self.changed)

    def value(self) -> Any:
        return self.currentText()

    def show_value(self, value: Any) -> None:
        self.setCurrentIndex(self.findText(str(value)))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class SwitchBox(QCheckBox):
    """Yes or no. Signal: ``changed()``."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.toggled.connect(self.changed)

    def value(self) -> Any:
        return self.isChecked()

    def show_value(self, value: Any) -> None:
        self.setChecked(bool(value))


class LineBox(QWidget):
    """A line of text, of numbers with commas between, or of YAML. Empty is null where null is a value.

    Signal: ``changed()``.
    """

    changed = Signal()

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spec = spec
        self.line = QLineEdit()
        self.line.setFixedWidth(LINE_WIDTH if spec.kind != "numbers" else WIDTH)
        if spec.optional:
            self.line.setPlaceholderText(tr("default"))
        self.line.textChanged.connect(self.changed)
        self.setFocusProxy(self.line)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line)

    def setAccessibleName(self, name: str) -> None:
        self.line.setAccessibleName(name)

    def suggest(self, words: tuple[str, ...]) -> None:
        """Words to choose from while typing."""
        completer = QCompleter(list(words), self.line)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.line.setCompleter(completer)

    def value(self) -> Any:
        text = self.line.text()
        if not text.strip() and self._spec.optional:
            return None
        if self._spec.kind == "numbers":
            return [_whole(part) for part in text.replace(",", " ").split()]
        if self._spec.kind == "yaml":
            try:
                return yaml.safe_load(text)
            except yaml.YAMLError:
                return text
        return text

    def show_value(self, value: Any) -> None:
        self.line.setText(value_text(value, self._spec.kind))
        self.line.setCursorPosition(0)


Editor = NumberBox | ChoiceBox | SwitchBox | LineBox


def editor_for(spec: FieldSpec) -> Editor:
    if spec.kind == "bool" and not spec.optional:
        return SwitchBox()
    if spec.kind == "choice" and not spec.optional:
        return ChoiceBox(spec.choices)
    if spec.kind in ("int", "float"):
        return NumberBox(spec.kind == "int", spec.bounds)
    return LineBox(spec)


def number_text(value: Any) -> str:
    """A number with all its figures and no more; without an exponent between a millionth and a thousand million."""
    if value is None or isinstance(value, str):
        return value or ""
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not exact:
        return "0"
    plain = format(exact.normalize(), "f")
    return plain if -7 < exact.adjusted() < 9 or exact == exact.to_integral_value() else str(exact.normalize())


def value_text(value: Any, kind: str = "text") -> str:
    """A value as it is typed; empty for null."""
    if value is None:
        return ""
    if kind in ("int", "float"):
        return number_text(value)
    if kind == "numbers":
        return ", ".join(map(str, value))
    if kind == "yaml" or isinstance(value, (dict, list, tuple, bool)):
        return yaml.safe_dump(value, default_flow_style=True, allow_unicode=True).strip().removesuffix("\n...")
    return str(value)


def _whole(text: str) -> Any:
    try:
        return int(text)
    except ValueError:
        return text
