"""Calibration: random edits as large as a step are measured, and limits proposed that few of them go over."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from hera_desktop.engine.calibration import Calibration, calibration_of
from hera_desktop.engine.errors import InputError
from hera_desktop.engine.null_statistics import Key, NullSamples

from ..features.fields import button, row
from ..features.plain_table import PlainTable
from ..i18n import mark, tr
from ..labels import DimLabel, EmptyState, separator
from ..measures import MEASURES
from ..probe_requests import ApplyLimitsRequest, CalibrateRequest
from ..progress_words import progress_sentence
from ..records import JobProgress
from ..theme import GRID, MARGIN
from ..time_left import TimeLeft, in_words
from .null_plot import NullPlot
from .plan_form import PlanForm

MERGE_MS = 250
FORM_WIDTH = 40 * GRID
PURPOSE = mark("Which limits would random edits of a step's size pass? Many are measured on the probes; none is kept.")
SHOWN_HERE = mark("How far they move each measure appears here, with the proposed and the present limit.")
FIRST = mark("Choose the size of the edits and measure them.")
CAUTION = mark(
    "A random edit carries no signal, so a step of the same size usually moves the probes more. Such a limit says "
    "what is more than chance, not what does harm; a strict one refuses most steps."
)
HEADERS = (mark("measure"), mark("probes"), mark("proposed"), mark("present"), mark("null edits over present"))


class CalibrationPane(QWidget):
    """Signals:
        ``run_wanted(Request)``: submit it as it is (CalibrateRequest or ApplyLimitsRequest).
        ``cancel_wanted()``.

    Wiring: ``show_session(committed, limits)`` after every change of the session; ``set_state(ready)``. For a
    CalibrateRequest: ``begin(request)``, ``show_progress(JobProgress)``, ``add(NullSamples)``,
    ``show_calibration(Calibration)`` when it finished, ``withdraw(sentence)`` when it failed or was cancelled.
    """

    run_wanted = Signal(object)
    cancel_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ready = self._running = False
        self._limits: dict[Key, float] = {}
        self._samples: NullSamples | None = None
        self._resumable: CalibrateRequest | None = None
        self._calibration: Calibration | None = None
        self._time_left = TimeLeft()
        self.form = PlanForm()
        self.measure_button = button(tr("Measure"), tr("Measure null edits; nothing is recorded"))
        self.resume_button = button(tr("Resume"), tr("Go on with the edits that are not measured yet"))
        self.cancel_button = button(tr("Cancel"), tr("Stop; what is measured can be gone on with (Esc)"))
        self.apply_button = button(tr("Apply these limits"), tr("Use them in this session; undo takes them back"))
        self.status = QLabel()
        self.bar = QProgressBar()
        self.plots = [NullPlot(measure) for measure in MEASURES]
        self.table = PlainTable(tr("Proposed limits"), [tr(text) for text in HEADERS], figures=(2, 3, 4), wide=0)
        self.pages = QStackedWidget()
        self._timer = QTimer(self, singleShot=True, interval=MERGE_MS)
        self._timer.timeout.connect(self._redraw)
        self._lay_out()
        self._connect()
        self._refresh()

    def _lay_out(self) -> None:
        self.status.setWordWrap(True)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(GRID)
        self.bar.setAccessibleName(tr("Progress of the calibration"))
        left = QWidget()
        left.setFixedWidth(FORM_WIDTH)
        column = _column(left)
        column.addWidget(DimLabel(tr(PURPOSE)))
        column.addWidget(self.form)
        column.addLayout(row(self.measure_button, self.resume_button, self.cancel_button))
        column.addWidget(self.bar)
        column.addWidget(self.status)
        column.addStretch(1)
        column.addWidget(DimLabel(tr(CAUTION)))
        self.pages.addWidget(EmptyState(tr("No null edits yet"), tr(SHOWN_HERE), tr(FIRST)))
        self.pages.addWidget(self._results())
        line = QHBoxLayout(self)
        line.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        line.setSpacing(MARGIN)
        line.addWidget(left)
        line.addWidget(separator(vertical=True))
        line.addWidget(self.pages, 1)

    def _results(self) -> QWidget:
        page = QWidget()
        column = _column(page)
        for plot in self.plots:
            column.addWidget(plot, 2)
        column.addWidget(self.table, 2)
        line = row(self.apply_button, stretch_last=False)
        line.insertStretch(0, 1)
        column.addLayout(line)
        return page

    def _connect(self) -> None:
        self.measure_button.clicked.connect(self._measure)
        self.resume_button.clicked.connect(self._resume)
        self.cancel_button.clicked.connect(self.cancel_wanted)
        self.apply_button.clicked.connect(self._apply)
        self.form.changed.connect(self._on_form_changed)

    # --- what is shown ----------------------------------------------------------------------------------------------

    def show_session(self, committed: int, limits: dict[Key, float]) -> None:
        """How many steps are committed, and the limits in force by (tag, metric)."""
        self._limits = dict(limits)
        self.form.show_session(committed)
        if self._samples is not None and not self._running:
            self._propose()
        self._refresh()

    def set_state(self, ready: bool) -> None:
        """``ready``: a job can be started."""
        self._ready = ready
        self._refresh()

    def begin(self, request: CalibrateRequest) -> None:
        self._running, self._resumable, self._calibration = True, request, None
        self._samples = request.known
        self._time_left.restart()
        self.bar.setRange(0, 0)
        self.status.setText(tr("Starting"))
        self._redraw()
        self._refresh()

    def show_progress(self, progress: JobProgress) -> None:
        left = in_words(self._time_left.update(progress.share))
        what = progress_sentence(progress.what)
        self.status.setText(" · ".join([what, left] if left else [what]))
        self.bar.setRange(0, 0 if progress.share is None else 1000)
        if progress.share is not None:
            self.bar.setValue(round(1000 * progress.share))

    def add(self, samples: NullSamples) -> None:
        """What is measured so far; drawn a few times a second."""
        self._samples = samples
        if not self._timer.isActive():
            self._timer.start()

    def show_calibration(self, calibration: Calibration) -> None:
        self._running, self._resumable = False, None
        self._samples, self._calibration = calibration.samples, calibration
        self._say_result()
        self._redraw()
        self._refresh()

    def withdraw(self, sentence: str = "") -> None:
        """It failed (``sentence`` says why) or was cancelled; what was measured is kept."""
        self._running = False
        count = self._samples.count if self._samples else 0
        if not count:
            self._resumable = None
        kept = tr("Cancelled after {count} null edits; they are kept.").format(count=count)
        self.status.setText(sentence or (kept if count else tr("Cancelled before one was measured.")))
        self._redraw()
        self._refresh()

    def _propose(self) -> None:
        """The limits at the rate that is set now, from what is measured already."""
        plan = self.form.plan()
        try:
            self._calibration = calibration_of(self._samples, plan.rate, self._limits)
            self._say_result()
        except InputError as error:
            self._calibration = None
            self.status.setText(str(error)[:1].upper() + str(error)[1:] + ".")
        self._redraw()

    def _say_result(self) -> None:
        basis = self._calibration.samples.basis
        self.status.setText(
            tr(
                "{count} null edits of norm {norm} ({origin}), rank {rank}, on {sites}: {joint} of them go over any of "
                "the proposed limits; the chosen rate is {rate}."
            ).format(
                count=self._calibration.samples.count,
                norm=f"{basis.norm:.4g}",
                origin=basis.origin,
                rank=basis.rank,
                sites=", ".join(basis.sites),
                joint=f"{self._calibration.joint_rate:.1%}",
                rate=f"{self._calibration.rate:.1%}",
            )
        )

    def _redraw(self) -> None:
        shown = self._samples is not None and self._samples.count > 0
        self.pages.setCurrentIndex(1 if shown else 0)
        if not shown:
            return
        for plot in self.plots:
            name = plot.measure.name
            proposed = self._calibration.limit(name).limit if self._calibration else None
            plot.show_values(self._samples.values["", name], proposed, self._limits.get(("", name)))
        for part in (self.table, self.apply_button):
            part.setVisible(self._calibration is not None)
        self.table.fill([_row(found) for found in self._calibration.limits] if self._calibration else [])

    # --- what the user does -----------------------------------------------------------------------------------------

    def _on_form_changed(self) -> None:
        if self._samples is not None and self._samples.count and not self._running and not self._resumable:
            self._propose()
        self._refresh()

    def _measure(self) -> None:
        self.run_wanted.emit(CalibrateRequest(self.form.plan()))

    def _resume(self) -> None:
        self.run_wanted.emit(CalibrateRequest(self._resumable.plan, self._samples))

    def _apply(self) -> None:
        self.run_wanted.emit(ApplyLimitsRequest(self._calibration))

    def _refresh(self) -> None:
        fault = self.form.fault()
        if fault and not self._running and not self._samples:
            self.status.setText(fault)
        elif not self._running and not self._samples:
            self.status.setText("")
        self.measure_button.setEnabled(self._ready and not self._running and not fault)
        self.measure_button.setToolTip(fault or tr("Measure null edits; nothing is recorded"))
        self.resume_button.setVisible(self._resumable is not None and not self._running)
        self.resume_button.setEnabled(self._ready)
        self.cancel_button.setVisible(self._running)
        self.bar.setVisible(self._running)
        self.form.setEnabled(not self._running)
        self.apply_button.setEnabled(self._ready and self._calibration is not None)


def _row(found) -> tuple[str, ...]:
    measure = next(measure for measure in MEASURES if measure.name == found.metric)
    present = "–" if found.present is None else f"{found.present:g}"
    over = "–" if found.refused_now is None else f"{found.refused_now:.1%}"
    return tr(measure.title), found.tag or tr("all"), f"{found.limit:.6g}", present, over


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(GRID)
    return column
