"""What a calibration is to measure."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QGridLayout, QWidget

from hera_desktop.engine.calibration import CalibrationPlan
from hera_desktop.engine.errors import InputError

from ..features.fields import CountBox, caption
from ..i18n import mark, tr
from ..text_line import TextLine
from ..theme import GRID, tabular

NORMS = (
    ("last", mark("of the last committed step")),
    ("median", mark("median of the session's proposals")),
    ("prompt", mark("of what a prompt would propose")),
    ("given", mark("given")),
)
COUNT_TIP = mark("How many random edits are measured; more give a steadier limit")
RATE_TIP = mark("Share of random edits of this size that may go over any of the proposed limits")
NORM_TIP = mark("How large the random edits are: the Frobenius norm, as a step's; sites and rank are a step's as well")
BASE_TIP = mark("Try the edits on the base; otherwise on the model in its present state")
TAGS_TIP = mark(
    "Propose limits for every tag too; the joint rate then holds over all of them, so more edits are needed"
)
NO_STEP = mark("The session has no committed step yet; take the size from a prompt, or give a norm.")


class PlanForm(QWidget):
    """Signal: ``changed()``."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._committed = 0
        self.count = CountBox(tr("Null edits"), 3, 100_000, 200, 100, tr(COUNT_TIP))
        self.rate = _decimal(tr("False-alarm rate in percent"), 0.1, 50.0, 5.0, 1, tr(RATE_TIP))
        self.rate.setSuffix(" %")
        self.source = QComboBox()
        self.source.setAccessibleName(tr("Size of the edits"))
        self.source.setToolTip(tr(NORM_TIP))
        for name, title in NORMS:
            self.source.addItem(tr(title), name)
        self.norm = _decimal(tr("Norm"), 0.0001, 999_999.0, 1.0, 4, tr(NORM_TIP))
        self.prompt = TextLine(tr("Prompt for the size"), tr("a prompt"))
        self.on_base = QCheckBox(tr("on the base"))
        self.on_base.setToolTip(tr(BASE_TIP))
        self.by_tag = QCheckBox(tr("limits by tag"))
        self.by_tag.setToolTip(tr(TAGS_TIP))
        self._lay_out()
        for signal in (self.count.valueChanged, self.rate.valueChanged, self.norm.valueChanged):
            signal.connect(self._on_changed)
        for signal in (self.source.currentIndexChanged, self.prompt.textChanged):
            signal.connect(self._on_changed)
        for box in (self.on_base, self.by_tag):
            box.toggled.connect(self._on_changed)
        self._refresh()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(GRID)
        grid.setColumnStretch(1, 1)
        rows = ((tr("Null edits"), self.count), (tr("False alarms"), self.rate), (tr("Size"), self.source))
        for number, (text, field) in enumerate(rows):
            grid.addWidget(caption(text, field), number, 0)
            grid.addWidget(field, number, 1)
        self._norm_caption, self._prompt_caption = caption(tr("Norm"), self.norm), caption(tr("Prompt"), self.prompt)
        for text, field in ((self._norm_caption, self.norm), (self._prompt_caption, self.prompt)):
            grid.addWidget(text, 3, 0)
            grid.addWidget(field, 3, 1)
        grid.addWidget(self.on_base, 4, 1)
        grid.addWidget(self.by_tag, 5, 1)

    def show_session(self, committed: int) -> None:
        """How many steps of the session are committed; without one their size cannot be taken."""
        if self._committed != committed:
            self._committed = committed
            self._on_changed()

    def plan(self) -> CalibrationPlan:
        """What is set."""
        source = self.source.currentData()
        return CalibrationPlan(
            count=self.count.value(),
            rate=round(self.rate.value() / 100, 6),
            norm=self.norm.value() if source == "given" else None,
            source="last" if source == "given" else source,
            prompts=(self.prompt.text(),) if source == "prompt" and self.prompt.text().strip() else (),
            on_base=self.on_base.isChecked(),
            by_tag=self.by_tag.isChecked(),
        )

    def fault(self) -> str:
        """Why this cannot be carried out, in one sentence; empty where it can."""
        if not self._committed and self.source.currentData() in ("last", "median"):
            return tr(NO_STEP)
        try:
            self.plan().check()
        except InputError as error:
            text = str(error)
            return text[:1].upper() + text[1:] + "."
        return ""

    def _on_changed(self) -> None:
        self._refresh()
        self.changed.emit()

    def _refresh(self) -> None:
        source = self.source.currentData()
        for part in (self.norm, self._norm_caption):
            part.setVisible(source == "given")
        for part in (self.prompt, self._prompt_caption):
            part.setVisible(source == "prompt")


def _decimal(name: str, low: float, high: float, value: float, digits: int, tip: str) -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setLocale(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    box.setDecimals(digits)
    box.setRange(low, high)
    box.setValue(value)
    box.setFont(tabular(box.font()))
    box.setAlignment(Qt.AlignmentFlag.AlignRight)
    box.setAccessibleName(name)
    box.setToolTip(tip)
    return box
