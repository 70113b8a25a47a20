"""The panel that puts any two states side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QSizePolicy,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)
from superqt import QElidingLabel

from ..compare.choice_form import ChoiceForm
from ..compare.features import FeaturesPage
from ..compare.probes import ProbesPage
from ..compare.side_header import SideHeader
from ..compare.summary import SummaryPage
from ..compare.texts import TextsPage
from ..compare.words import figures
from ..compare_requests import BASE, NOW, CompareRequest
from ..features.fields import button
from ..i18n import mark, tr
from ..labels import EmptyState
from ..records import JobProgress, Snapshot
from ..theme import GRID, MARGIN, tabular
from ..time_left import TimeLeft, in_words
from ..warning_label import WarningLabel

if TYPE_CHECKING:
    from hera_desktop.engine.comparison_records import StateComparison

TITLE = mark("Any two states side by side")
PURPOSE = mark(
    "What they are made of and how they differ: patches, settings, weights, probes, next tokens, features and texts."
)
FIRST = mark("Choose two states above and press Compare, or see what the session has come to:")
CANCELLED = mark("Comparing was cancelled.")
SAME_STATE = mark("A and B are the same state")
OVER = mark("The measures over all probes, B against A")


class ComparePanel(QWidget):
    """Signals: ``compare_wanted(CompareRequest)``, ``cancel_wanted()``, ``feature_picked(feature)``.

    Wiring: ``show_snapshot(Snapshot)``; ``set_state(ready, busy)``; for a CompareRequest ``begin()``,
    ``show_progress(JobProgress)``, and ``show_comparison(StateComparison)`` or ``withdraw(sentence)``. What was found
    stays until the next comparison, or until another session is opened.
    """

    compare_wanted = Signal(object)
    cancel_wanted = Signal()
    feature_picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._snapshot: Snapshot | None = None
        self._rows = 0
        self._left = TimeLeft()
        self.form = ChoiceForm()
        self.bar, self.progress = QProgressBar(), QElidingLabel("")
        self.warning = WarningLabel()
        self.headers = (SideHeader("A"), SideHeader("B"))
        self.figures = QLabel()
        self.tabs = QTabWidget()
        self.summary, self.probes = SummaryPage(), ProbesPage()
        self.texts, self.features = TextsPage(), FeaturesPage()
        self.base_button = button(tr("Compare with the base"), tr("Compare the present state with the base"))
        self.pages = QStackedWidget()
        self._lay_out()
        self._connect()
        self.set_state(False, False)

    # --- layout -----------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, GRID, MARGIN, GRID)
        column.setSpacing(GRID // 2)
        column.addWidget(self.form)
        column.addWidget(self._running())
        column.addWidget(self.pages, 1)
        self.pages.addWidget(self._empty())
        self.pages.addWidget(self._found())

    def _running(self) -> QWidget:
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(20 * GRID, GRID)
        self.bar.setAccessibleName(tr("Progress of the comparison"))
        self.progress.setFont(tabular(self.font()))
        self.warning.setWordWrap(False)
        self.warning.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        place = QWidget()  # it is there all the time, so that nothing moves when a comparison begins
        place.setFixedHeight(self.fontMetrics().height())
        line = QHBoxLayout(place)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GRID)
        line.addWidget(self.bar)
        line.addWidget(self.progress, 1)
        line.addWidget(self.warning, 1)
        self._show_running(False)
        return place

    def _empty(self) -> QWidget:
        page = EmptyState(tr(TITLE), tr(PURPOSE), tr(FIRST))
        column = page.layout()
        if isinstance(column, QVBoxLayout):
            column.insertWidget(column.count() - 1, self.base_button, 0, Qt.AlignmentFlag.AlignHCenter)
        return page

    def _found(self) -> QWidget:
        self.figures.setFont(tabular(self.font()))
        self.figures.setAccessibleName(tr(OVER))
        self.figures.setToolTip(tr(OVER))
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(tr("What was compared"))
        self.tabs.addTab(self.summary, tr("Summary"))
        self.tabs.addTab(self.texts, tr("Texts and next tokens"))
        self.tabs.addTab(self.probes, tr("Probes"))
        self.tabs.addTab(self.features, tr("Features"))
        page = QWidget()
        head = QHBoxLayout()
        head.setSpacing(3 * GRID)
        for header in self.headers:
            head.addWidget(header)
        head.addStretch(1)
        head.addWidget(self.figures)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addLayout(head)
        column.addWidget(self.tabs, 1)
        page.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        return page

    def _connect(self) -> None:
        self.form.compare_wanted.connect(self.compare_wanted)
        self.form.cancel_wanted.connect(self.cancel_wanted)
        self.base_button.clicked.connect(self._compare_with_base)
        self.features.feature_picked.connect(self.feature_picked)

    # --- what is chosen ---------------------------------------------------------------------------------------------

    def show_choice(self, a: str, b: str) -> bool:
        """Put two states, by key, into the pickers; false where one of them is unknown."""
        return self.form.choose(a, b)

    def suggest_prompt(self, prompt: str) -> None:
        """A prompt to start from; it does not replace what the user typed."""
        if prompt:
            self.form.prompt.suggest(prompt)

    @property
    def request(self) -> CompareRequest:
        """What pressing Compare asks for."""
        return self.form.request()

    def _compare_with_base(self) -> None:
        self.show_choice(BASE, NOW)
        self.form.compare()

    # --- records ----------------------------------------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        other = self._snapshot is not None and _session(snapshot) != _session(self._snapshot)
        self._snapshot = snapshot
        if other:
            self._rows = 0
            self.warning.say("")
            self.pages.setCurrentIndex(0)
        self.form.show_snapshot(snapshot)
        rows = snapshot.timeline.rows
        if len(rows) != self._rows:
            self._rows = len(rows)
            self.suggest_prompt(rows[-1].prompt if len(rows) > 1 else "")
        for part in (*self.headers, self.texts):
            part.show_present(snapshot.info.state_hash)

    def set_state(self, ready: bool, busy: bool) -> None:
        self.form.set_state(ready, busy)
        self.base_button.setEnabled(ready)

    def begin(self) -> None:
        """A comparison has been asked for; what was found before stays until it has ended."""
        self._left.restart()
        self.warning.say("")
        self.bar.setRange(0, 0)
        self._show_running(True)

    def show_progress(self, progress: JobProgress) -> None:
        self._left.update(progress.share)
        self.bar.setRange(0, 0 if progress.share is None else 1000)
        if progress.share is not None:
            self.bar.setValue(round(1000 * progress.share))
        left = in_words(self._left.now())
        self.progress.setText(", ".join([progress.what, *([left] if left else [])]))

    def show_comparison(self, found: StateComparison) -> None:
        """Show what was found, in place of the last comparison."""
        self._show_running(False)
        if self._snapshot is None:
            return
        info = self._snapshot.info
        for header, state in zip(self.headers, (found.a, found.b), strict=True):
            header.show_state(state, info.state_hash)
        self.figures.setText(tr(SAME_STATE) if found.equal else figures(found.metrics))
        self.summary.show_comparison(found, info.limits)
        self.texts.show_comparison(found, info.state_hash)
        self.probes.show_comparison(found)
        self.features.show_comparison(found, info.sae is not None)
        self.pages.setCurrentIndex(1)

    def withdraw(self, sentence: str) -> None:
        """The comparison failed, or was cancelled where ``sentence`` is empty; the last one stays."""
        self._show_running(False)
        self.warning.say(sentence)
        self.warning.setToolTip(sentence)
        self.progress.setText("" if sentence else tr(CANCELLED))
        self.progress.setHidden(bool(sentence))

    def _show_running(self, running: bool) -> None:
        self.bar.setVisible(running)
        self.progress.setText("")
        self.progress.show()
        self.form.show_running(running)


def _session(snapshot: Snapshot) -> tuple[str, str]:
    """What a patch's name is unique in."""
    return snapshot.info.model.fingerprint, snapshot.info.session
