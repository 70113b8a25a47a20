"""The dose-damage plot of a target edit with its legend, and the choice of another share of the edit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from .dose_plot import LEAST_SHARE, MOST_SHARE, DosePlot, key_html
from .edit_doses import dose_points, factor_to, share_in_force, taken_share
from .i18n import mark, tr
from .labels import DimLabel
from .plot_menu import PlotMenu
from .records import TimelineRow
from .theme import GRID, tabular
from .timeline_tips import Limits

BUTTON_TIP = mark(
    "Proposes the edit's patch again, times a factor, so that this share of the edit is in the model;\n"
    "it is measured and judged like any step, and can be undone"
)
SAME = mark("{now} of the edit is in the model now: that is this share.")
WILL = mark("{now} of the edit is in the model now; this proposes {patch} again, times {factor}.")


class DoseView(QWidget):
    """Signals: ``reapply_wanted((patch_id, factor))`` when another share is to be put into the model;
    ``told((text, level))`` after the plot was saved."""

    reapply_wanted = Signal(object)
    told = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._patch_id, self._taken, self._now, self._chosen = "", 0.0, 0.0, 0.0
        self._ready = self._read_only = False
        self._drawn: object = None
        self.plot = DosePlot()
        self.key = QLabel(key_html())
        self.key.setWordWrap(True)
        self.share = QDoubleSpinBox()
        self.button = QPushButton(tr("Use this share"))
        self.said = DimLabel()
        self.menu = PlotMenu(self.plot, self)
        self._set_up()
        self._lay_out()

    def _set_up(self) -> None:
        self.share.setLocale(QLocale.c())
        self.share.setRange(100 * LEAST_SHARE, 100 * MOST_SHARE)
        self.share.setDecimals(1)
        self.share.setSingleStep(5)
        self.share.setSuffix(" %")
        self.share.setFont(tabular(self.share.font()))
        self.share.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.share.setAccessibleName(tr("Share of the edit"))
        self.share.setToolTip(tr("How much of the edit is to be in the model; 100 % is the whole edit"))
        self.button.setToolTip(tr(BUTTON_TIP))
        self.share.valueChanged.connect(self._on_typed)
        self.plot.share_picked.connect(self._on_picked)
        self.button.clicked.connect(self._submit)
        self.menu.told.connect(self.told)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(GRID)
        line.addWidget(self.share)
        line.addWidget(self.button)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        for part in (self.plot, self.key):
            column.addWidget(part)
        column.addLayout(line)
        column.addWidget(self.said)

    # --- records ----------------------------------------------------------------------------------------------------

    def show_edit(self, row: TimelineRow, rows: Sequence[TimelineRow], limits: Limits, read_only: bool = False) -> None:
        """Show the edit of a row; what was chosen stays while it is the same edit."""
        self._read_only = read_only
        self._now = share_in_force(rows, str(row.patch_id))
        wanted = (row.patch_id, row.time, limits)
        if wanted != self._drawn:
            self._drawn, self._patch_id, self._taken = wanted, str(row.patch_id), taken_share(row.details)
            self.plot.draw(dose_points(row.details, limits), self._taken)
            self._set_share(self._taken)
        self._say()

    def set_ready(self, ready: bool) -> None:
        """Whether the model can take a step now."""
        self._ready = ready
        self._say()

    @property
    def factor(self) -> float:
        """With which the patch would be re-applied; 0: nothing is to be done."""
        return factor_to(self._chosen, self._now, self._taken)

    def _set_share(self, share: float) -> None:
        self._chosen = share  # the box may round it
        with QSignalBlocker(self.share):
            self.share.setValue(100 * share)

    def _say(self) -> None:
        factor, now = self.factor, f"{100 * self._now:.3g} %"
        self.button.setEnabled(bool(factor) and self._ready and not self._read_only)
        words = tr(WILL) if factor else tr(SAME)
        self.said.setText(words.format(now=now, patch=self._patch_id, factor=f"{factor:.4g}"))

    # --- what the user does -----------------------------------------------------------------------------------------

    def _on_picked(self, share: float) -> None:
        self._set_share(share)
        self._say()

    def _on_typed(self, percent: float) -> None:
        self._chosen = percent / 100
        self.plot.choose(self._chosen)
        self._say()

    def _submit(self) -> None:
        if self.factor:
            self.reapply_wanted.emit((self._patch_id, self.factor))
