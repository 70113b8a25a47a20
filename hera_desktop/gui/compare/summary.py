"""What two states are made of and how far they are apart: measures, patches, settings, weight change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ..features.plain_table import PlainTable
from ..i18n import mark, tr
from ..measures import MEASURES, Measure
from ..theme import GRID, MARGIN
from .change_table import ChangeTable, Section
from .words import NOTHING, listed, values

if TYPE_CHECKING:
    from hera_desktop.engine.comparison_records import StateComparison

Limits = Mapping[str, Mapping[str, tuple[float, float]]]
WEIGHTS_TIP = mark(
    "||dW||_F / ||W||_F of each matrix that is edited in either state, against the base's matrix; B - A is the norm of "
    "the difference, not the difference of the norms"
)
SAME_SETTINGS = mark("The patches of both states were made with the same settings.")
NO_WEIGHTS = mark("Neither state changes a matrix.")
NO_PATCHES = mark("Neither state has a patch.")
SETTINGS_TIP = mark("The settings that the patches of the states were made with, where they differ")


class SummaryPage(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        headers = (tr("measure"), tr("B against A"), tr("limit"))
        self.measures = PlainTable(tr("Measures over the probes"), headers, figures=(1, 2), wide=0)
        self.measures.horizontalHeaderItem(2).setToolTip(tr("The cumulative limit; it is against the base"))
        self.patches = PlainTable(tr("Patches"), (tr("patches"), tr("count"), tr("which")), figures=(1,), wide=2)
        self.settings = PlainTable(tr("Settings that differ"), (tr("setting"), "A", "B"), figures=(), wide=2)
        self.weights = ChangeTable(
            tr("Weight change"),
            (tr("block"), tr("matrix"), "A", "B", tr("B - A")),
            figures=(0, 2, 3, 4),
            wide=None,
            signed=False,
        )
        self._sections = (
            Section(tr("Measures over the probes"), self.measures, ""),
            Section(tr("Patches"), self.patches, tr(NO_PATCHES)),
            Section(tr("Settings that differ"), self.settings, tr(SAME_SETTINGS), tr(SETTINGS_TIP)),
            Section(tr("Weight change, ||dW|| / ||W||"), self.weights, tr(NO_WEIGHTS), tr(WEIGHTS_TIP)),
        )
        measures, patches, settings, weights = self._sections
        left = QVBoxLayout()
        left.setSpacing(GRID)
        left.addWidget(measures)
        left.addWidget(patches, 1)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, GRID, 0, 0)
        line.setSpacing(MARGIN)
        line.addLayout(left, 4)
        line.addWidget(settings, 3)
        line.addWidget(weights, 4)

    def show_comparison(self, found: StateComparison, limits: Limits) -> None:
        """``limits`` are the immune system's; the cumulative ones hold against the base."""
        shown = [measure for measure in MEASURES if measure.name in found.metrics]
        against_base = not found.a.active
        rows = [(_title(m), m.text(found.metrics[m.name]), _limit(m, limits, against_base)) for m in shown]
        self.measures.fill(rows)
        for number, measure in enumerate(shown):
            self.measures.item(number, 0).setToolTip(tr(measure.formula))
        self.patches.fill(_patch_rows(found))
        self.settings.fill([(row.key, values(row.a), values(row.b)) for row in found.settings])
        self.weights.show_changes(
            [(str(m.layer), m.component, *(f"{v:.2e}" for v in (m.a, m.b, m.difference))) for m in found.matrices],
            [m.difference for m in found.matrices],
        )
        for section in self._sections:
            section.settle()
        self._sections[0].fit()


def _title(measure: Measure) -> str:
    return f"{tr(measure.title)}, {measure.unit}"


def _limit(measure: Measure, limits: Limits, against_base: bool) -> str:
    cumulative = limits.get(measure.name, {}).get("cumulative")
    return f"{cumulative[1]:g}" if against_base and cumulative else NOTHING


def _patch_rows(found: StateComparison) -> list[tuple[str, str, str]]:
    common = tr("in both, in another order") if found.reordered else tr("in both")
    rows = ((tr("only in A"), found.only_a), (tr("only in B"), found.only_b), (common, found.common))
    return [(where, str(len(patches)), listed(patches)) for where, patches in rows if patches]
