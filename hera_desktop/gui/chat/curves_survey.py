"""How many of the facts are still known: the surveys as a curve over the turns, and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ..features.plain_table import PlainTable
from ..i18n import mark, tr
from ..labels import DimLabel
from ..norm_plot import HUES
from ..theme import GRID, monospace
from .curves import Curve, CurvePlot, Points, column
from .curves_view import CurveStack, CurveView
from .facts_words import NOTHING

if TYPE_CHECKING:
    from hera_desktop.engine.facts.records import Survey

KNOWN = (Curve("known_share", mark("known"), ".0%", HUES[3]),)
KNOWN_CAPTION = mark("Share of the facts that were known when all of them were asked, over the turns")
NO_SURVEY = mark("All facts were not asked yet; Ask all, in the panel of the facts, does it.")
HASH_LETTERS = 8
TURN, COUNT, SHARE, STATE, TIME = range(5)
MOST_ROWS = 200
"""The newest surveys that the table lists; the curve has them all."""


class SurveyView(QWidget):
    """Several surveys can be of one turn: the curve has the last of them. Signal: ``turn_picked(turn)`` when a point is
    clicked or reached by the keys."""

    turn_picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        plot = CurvePlot(KNOWN, "still_known", tr(KNOWN_CAPTION), "turn")
        self.view = CurveView(tr("Still known"), plot, mark("turn {place}:"))
        self.stack = CurveStack([self.view])
        headers = (tr("turn"), tr("known"), tr("share"), tr("state"), tr("time, UTC"))
        self.table = PlainTable(tr("Surveys"), headers, (TURN, COUNT, SHARE), TIME)
        self.nothing = DimLabel(tr(NO_SURVEY))
        page = QVBoxLayout(self)
        page.setContentsMargins(0, GRID // 2, 0, 0)
        page.setSpacing(GRID)
        page.addWidget(self.nothing)
        page.addWidget(self.stack, 1)
        page.addWidget(self.table, 1)
        page.addStretch(0)
        self.stack.group.step_picked.connect(self._on_picked)
        self.show_surveys(())

    def show_surveys(self, surveys: Sequence[Survey]) -> None:
        """Oldest first, as they were made."""
        for part in (self.stack, self.table):
            part.setVisible(bool(surveys))
        self.nothing.setVisible(not surveys)
        last = {survey.turn: survey for survey in surveys}
        turns = sorted(last)
        self.view.plot.draw(Points(turns), {KNOWN[0].name: column([share(last[turn]) for turn in turns])}, top=1.0)
        self.stack.settle()
        self._fill(tuple(reversed(surveys))[:MOST_ROWS])

    def _fill(self, surveys: Sequence[Survey]) -> None:
        self.table.fill([_row(survey) for survey in surveys])
        fixed = monospace(self.font())
        for number, survey in enumerate(surveys):
            self.table.item(number, STATE).setFont(fixed)
            self.table.item(number, STATE).setToolTip(survey.state_hash)
            self.table.item(number, TIME).setToolTip(survey.time)

    def _on_picked(self, turn: int) -> None:
        self.stack.pick(turn)
        self.turn_picked.emit(turn)


def share(survey: Survey) -> float | None:
    """Known facts over all; None where there were none."""
    return survey.known / survey.facts if survey.facts else None


def _row(survey: Survey) -> tuple[str, ...]:
    known = share(survey)
    return (
        str(survey.turn),
        tr("{known} of {facts}").format(known=survey.known, facts=survey.facts),
        NOTHING if known is None else f"{known:.0%}",
        survey.state_hash[:HASH_LETTERS],
        survey.time[:16].replace("T", " "),
    )
