"""The running measures of the lessons, as a small table: stability, plasticity, forgetting."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ..features.plain_table import PlainTable
from ..i18n import mark, tr
from ..theme import GRID
from .facts_words import NOTHING


@dataclass(frozen=True)
class RunningMeasure:
    """``name`` is the engine's; title, unit and meaning are to be translated where they are shown."""

    name: str
    group: str
    title: str
    unit: str
    form: str
    meaning: str

    def text(self, value: float | None) -> str:
        if value is None or math.isnan(value):
            return NOTHING
        text = format(value, self.form) if math.isfinite(value) else tr("not finite")
        plus_or_minus = "+" in self.form and text.strip("+-0.%") == ""
        return text.lstrip("+-") if plus_or_minus else text  # what rounds to nothing has no sign


STABILITY, PLASTICITY, FORGETTING = mark("stability"), mark("plasticity"), mark("forgetting")
RUNNING = (
    RunningMeasure(
        "perplexity", STABILITY, mark("perplexity"), "", ".2f", mark("exp of the mean surprise on the neutral texts")
    ),
    RunningMeasure(
        "perplexity_drift",
        STABILITY,
        mark("perplexity drift"),
        "",
        ".3f",
        mark("Standard deviation of the perplexity over the latest lessons; 0 is steady"),
    ),
    RunningMeasure(
        "anchor_kl",
        STABILITY,
        mark("KL on anchors"),
        mark("nats"),
        ".4f",
        mark("How far the answers to general questions have moved from the base; 0 is not at all"),
    ),
    RunningMeasure(
        "recent_loss",
        PLASTICITY,
        mark("recent loss"),
        mark("nats"),
        ".3f",
        mark("Mean task loss at the end of the latest lessons"),
    ),
    RunningMeasure(
        "improvement",
        PLASTICITY,
        mark("improvement"),
        "",
        "+.1%",
        mark("(old mean loss - new mean loss) / old mean loss, over the two halves of the latest lessons"),
    ),
    RunningMeasure(
        "adaptation_speed",
        PLASTICITY,
        mark("adaptation speed"),
        mark("nats a turn"),
        "+.4f",
        mark("Minus the slope of a straight line through the latest losses; above 0 they fall"),
    ),
    RunningMeasure(
        "known_share",
        FORGETTING,
        mark("still known"),
        "",
        ".0%",
        mark("Share of the facts that were known when all were asked last"),
    ),
    RunningMeasure(
        "regression",
        FORGETTING,
        mark("regression"),
        "",
        "+.1%",
        mark("Share known now minus share known at first; below 0 something was lost"),
    ),
    RunningMeasure(
        "forgetting_rate",
        FORGETTING,
        mark("forgetting rate"),
        mark("a turn"),
        "+.2%",
        mark("Share of the facts that is lost with every turn"),
    ),
    RunningMeasure(
        "accuracy",
        FORGETTING,
        mark("accuracy"),
        "",
        ".0%",
        mark("Mean share of right answers over all facts, as they were asked last: in a survey, else after the lesson"),
    ),
    RunningMeasure(
        "backward_transfer",
        FORGETTING,
        mark("backward transfer"),
        "",
        "+.1%",
        mark(
            "Share of right answers when asked again minus right after the lesson, mean over the facts that were asked "
            "again; below 0 later lessons harmed them"
        ),
    ),
)
"""In the engine's order; a test checks that the names agree with ``RunningMeasures.now``."""
KIND, MEASURE, VALUE, UNIT = range(4)


class MeasuresTable(QWidget):
    """What each measure is now; the tooltip says in one line what it means."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        headers = (tr("kind"), tr("measure"), tr("value"), tr("unit"))
        self.table = PlainTable(tr("Running measures"), headers, (VALUE,), MEASURE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID // 2, 0, 0)
        column.addWidget(self.table)
        column.addStretch(1)
        self.show_measures({})

    def show_measures(self, measures: Mapping[str, float | None]) -> None:
        """A dash for what was not measured, or too seldom."""
        rows = []
        for place, measure in enumerate(RUNNING):
            first = place == 0 or RUNNING[place - 1].group != measure.group
            unit = tr(measure.unit) if measure.unit else ""
            rows.append(
                (tr(measure.group) if first else "", tr(measure.title), measure.text(measures.get(measure.name)), unit)
            )
        self.table.fill(rows)
        for place, measure in enumerate(RUNNING):
            for column in range(self.table.columnCount()):
                self.table.item(place, column).setToolTip(tr(measure.meaning))
        self.table.fit_rows()
