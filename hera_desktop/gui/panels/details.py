"""The details of one step: all that is known of it, and what the user writes about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from ..continuation import Continuation
from ..dose_view import DoseView
from ..edit_details import dose_rows, retested, retested_rows
from ..features.plain_table import ROW_HEIGHT, PlainTable
from ..i18n import mark, tr
from ..labels import DimLabel, EmptyState, title_label
from ..mark_view import MarkView
from ..records import Snapshot, TimelineRow
from ..theme import GRID, MARGIN, monospace
from ..timeline_details import (
    facts_text,
    feature_rows,
    features_of,
    headline,
    measure_rows,
    probe_rows,
    sentence,
    source_html,
)
from ..timeline_tips import time_text
from ..timeline_words import StepWords

TITLE = mark("No step yet")
PURPOSE = mark("Here is all that is known of the selected step, and what you write about it.")
FIRST_ACTION = mark("Evolve a prompt, or select a step on the timeline.")
BASE = mark("The model without any patch. Every cumulative measure is against it; rolling back to it takes all back.")
NO_TEXTS = mark("No texts were kept for this step.")
DOSE_TIP = mark(
    "How much of the edit was put into the model, what its target's least likely token was given then,\n"
    "and what the immune system said; a refused edit is scaled back until it passes"
)
RETESTED_TIP = mark(
    "What the least likely token of an earlier edit's target is given with this edit in the model,\n"
    "and whether the model still says the target by itself; click one to go to its step"
)
TEXT_LINES = 5
MOST_DOSES = 7
MOST_RETESTED = 10
MOST_PROBES = 12
"""So many probes are seen without scrolling."""


class DetailsPanel(QWidget):
    """Signals: ``note_edited((patch_id, text))``, ``tags_edited((patch_id, tags))``, ``renamed((patch_id, name))``,
    ``feature_picked(feature)``, ``step_picked(step)`` when the step that this one was made from is clicked, or an
    earlier edit that was tested again; ``reapply_wanted((patch_id, factor))`` when another share of an edit is to be
    put into the model, ``told((text, level))`` after a plot was saved."""

    note_edited = Signal(object)
    tags_edited = Signal(object)
    renamed = Signal(object)
    feature_picked = Signal(object)
    step_picked = Signal(object)
    reapply_wanted = Signal(object)
    told = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._snapshot: Snapshot | None = None
        self._row: TimelineRow | None = None
        self.mark = MarkView()
        self.headline = title_label("")
        self.patch = QLabel()
        self.patch.setFont(monospace(self.font()))
        self.reason, self.when, self.facts, self.source = _said(), DimLabel(), DimLabel(), DimLabel()
        self.prompt = Continuation(tr("Prompt of the step"))
        self.words = StepWords()
        self.measures = PlainTable(
            tr("Measures of the step"), (tr("measure"), tr("step"), tr("cumulative")), (1, 2), wide=0
        )
        self.features = PlainTable(tr("Features of the step"), (tr("feature"), tr("activation")), (0, 1), wide=1)
        self.probes = PlainTable(
            tr("Measures of the step on each probe"), (tr("probe"), tr("JS"), tr("PPL"), tr("drift")), (1, 2, 3), wide=0
        )
        self.doses = PlainTable(
            tr("Strengths of the edit"), (tr("share"), tr("target probability"), tr("level")), (0, 1), wide=2
        )
        self.retested = PlainTable(
            tr("Earlier edits after this one"),
            (tr("patch"), tr("target probability"), tr("still said freely")),
            (1,),
            wide=2,
        )
        self.dose_view = DoseView()
        self.doses.setToolTip(tr(DOSE_TIP))
        self.retested.setToolTip(tr(RETESTED_TIP))
        self.no_texts = DimLabel(tr(NO_TEXTS))
        self.texts = {"before": Continuation(tr("Text before the step")), "after": Continuation(tr("Text after it"))}
        self._stack = QStackedLayout(self)
        self._stack.addWidget(EmptyState(tr(TITLE), tr(PURPOSE), tr(FIRST_ACTION)))
        self._stack.addWidget(self._page())
        self._connect()

    def _connect(self) -> None:
        self.words.note_edited.connect(self.note_edited)
        self.words.tags_edited.connect(self.tags_edited)
        self.words.renamed.connect(self.renamed)
        self.features.cellClicked.connect(self._on_feature)
        self.features.cellActivated.connect(self._on_feature)
        self.retested.cellClicked.connect(self._on_retested)
        self.retested.cellActivated.connect(self._on_retested)
        self.source.linkActivated.connect(self._on_source)
        self.dose_view.reapply_wanted.connect(self.reapply_wanted)
        self.dose_view.told.connect(self.told)

    def _page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(MARGIN, GRID, MARGIN, MARGIN)
        column.setSpacing(GRID)
        column.addLayout(self._head())
        for part in (self.reason, self.prompt, self.when, self.facts, self.source, self.words):
            column.addWidget(part)
        self._sections = {
            "doses": _section(tr("Strengths that were tried"), self.dose_view, self.doses),
            "retested": _section(tr("Earlier edits, tested again"), self.retested),
            "measures": _section(tr("Measures against their limits"), self.measures),
            "features": _section(tr("Features"), self.features),
            "texts": _section(tr("Before and after"), self.no_texts, *self.texts.values()),
            "probes": _section(tr("Probes, the worst first"), self.probes),
        }
        for section in self._sections.values():
            column.addWidget(section)
        column.addStretch(1)
        self.features.setToolTip(tr("Click a feature, or press Enter on it, to open its page"))
        self.source.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(page)
        return area

    def _head(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(GRID)
        self.headline.setWordWrap(True)
        line.addWidget(self.mark)
        line.addWidget(self.headline, 1)
        line.addWidget(self.patch)
        return line

    # --- records ----------------------------------------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot, step: int | None) -> None:
        """Show a step as it stands now; None where none is selected: the one that was shown stays."""
        self._snapshot = snapshot
        shown = self._row.step if self._row else 0
        step = shown if step is None else step
        self.show_step(step if step < len(snapshot.timeline.rows) else 0)

    def show_step(self, step: int) -> None:
        snapshot = self._snapshot
        if snapshot is None:
            return
        rows = snapshot.timeline.rows
        empty = len(rows) == 1
        self._stack.setCurrentIndex(0 if empty else 1)
        row = rows[step]
        self.words.show_row(row, snapshot.info.read_only)
        if row is not self._row or step == 0:
            self._row = row
            self._draw(row, snapshot)
        if dose_rows(row.details):
            self.dose_view.show_edit(row, rows, snapshot.info.limits, snapshot.info.read_only)

    def set_ready(self, ready: bool) -> None:
        """Whether the model can take a step now."""
        self.dose_view.set_ready(ready)

    def _draw(self, row: TimelineRow, snapshot: Snapshot) -> None:
        info = snapshot.info
        self.mark.show_mark(row.mark)
        self.mark.setToolTip(row.mark)
        self.headline.setText(headline(row))
        self.patch.setText((row.patch_id or "") if row.step else "")
        self.reason.setText(sentence(row.reason) if row.step else tr(BASE))
        self._show(self.when, time_text(row))
        self._show(self.facts, facts_text(row.details))
        self._show(self.source, source_html(row.details) if row.step else "")
        self.prompt.begin("")
        self.prompt.settle(row.prompt)
        self.prompt.setVisible(bool(row.step and row.prompt))
        self._fill("doses", self.doses, dose_rows(row.details), MOST_DOSES)
        self._fill("retested", self.retested, retested_rows(row.details), MOST_RETESTED)
        self._fill("measures", self.measures, measure_rows(row, info.limits), 9)
        self._fill("features", self.features, feature_rows(row), 9)
        self._fill("probes", self.probes, probe_rows(row, info.probes, info.limits), MOST_PROBES)
        self._show_texts(row)
        self._fit_texts()

    def _fit_texts(self) -> None:
        """As high as their texts, up to a few lines."""
        for field in (self.prompt, *self.texts.values()):
            document, line = field.document(), field.fontMetrics().lineSpacing()
            document.setTextWidth(max(field.viewport().width(), 1))
            wanted = min(round(document.size().height()), TEXT_LINES * line + GRID)
            field.setFixedHeight(wanted + 2 * field.frameWidth())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_texts()

    @staticmethod
    def _show(label: QLabel, text: str) -> None:
        label.setText(text)
        label.setVisible(bool(text))

    def _fill(self, section: str, table: PlainTable, rows: Sequence[Sequence[str]], most: int) -> None:
        table.fill(rows)
        header = table.horizontalHeader().sizeHint().height()
        table.setFixedHeight(header + min(len(rows), most) * ROW_HEIGHT + 2 * table.frameWidth())
        self._sections[section].setVisible(bool(rows))

    def _show_texts(self, row: TimelineRow) -> None:
        texts = row.details.get("texts") or {}
        for side, field in self.texts.items():
            field.begin(row.prompt)
            field.settle(texts.get(side, ""))
            field.setVisible(bool(texts.get(side)))
        self.no_texts.setVisible(not any(texts.values()))
        self._sections["texts"].setVisible(row.step > 0)

    # --- what the user does -----------------------------------------------------------------------------------------

    def _on_feature(self, number: int, _: int) -> None:
        if self._row is not None:
            self.feature_picked.emit(features_of(self._row)[number][0])

    def _on_retested(self, number: int, _: int) -> None:
        if self._row is not None:
            self._on_source(str(retested(self._row.details)[number]["patch_id"]))

    def _on_source(self, patch_id: str) -> None:
        rows = self._snapshot.timeline.rows if self._snapshot else ()
        step = next((row.step for row in rows if row.patch_id == patch_id), None)
        if step is not None:
            self.step_picked.emit(step)


def _said() -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _section(title: str, *parts: QWidget) -> QWidget:
    section = QWidget()
    column = QVBoxLayout(section)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(GRID // 2)
    column.addWidget(title_label(title))
    for part in parts:
        column.addWidget(part)
    return section
