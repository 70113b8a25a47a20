"""Training an SAE: its settings, how it goes, and what comes of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from ..edit_records import SaeTrained, TrainingPoint
from ..edit_requests import TrainSaeRequest
from ..i18n import mark, tr
from ..labels import DimLabel, separator, title_label
from ..progress_words import progress_sentence
from ..records import JobProgress
from ..theme import GRID, MARGIN, recoloured
from ..time_left import TimeLeft, in_words
from .fields import button, row
from .figure_plot import FIGURES, FigurePlot
from .plain_table import PlainTable
from .training_form import TrainingForm
from .training_plan import fault, plan, unfinished

MERGE_MS = 250
FORM_WIDTH = 52 * GRID
NO_SAE = mark("{model} has no SAE, and without one there are no features to look at or to edit by.")
PURPOSE = mark("A sparse autoencoder learns to write the model's activations as a sum of a few of many features.")
TRAIN_TIP = mark("Train on the base; cancelling leaves a checkpoint")
RESUME_TIP = mark("Go on with the unfinished training in this folder, with the settings it was started with")


class TrainingView(QWidget):
    """Signals:
        ``train_wanted(TrainSaeRequest)``: submit it as it is (also for a resumption).
        ``use_wanted(str)``: load the model anew with ``sae.path`` set to this folder.
        ``back_wanted()``: leave this page; the button is there after ``show_model(..., has_sae=True)``.
        ``cancel_wanted()``.

    Wiring: ``show_model(name, n_blocks, d_model, has_sae)`` after a load; ``set_state(ready, busy)``. For a
    TrainSaeRequest: ``begin(request)`` when it began, ``show_progress(JobProgress)``, ``add_point(TrainingPoint)``,
    ``show_trained(SaeTrained)`` when it finished, ``withdraw(sentence)`` when it failed or was cancelled.
    """

    train_wanted = Signal(object)
    use_wanted = Signal(object)
    back_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._d_model = "", 0
        self._ready = self._running = self._figures_told = False
        self._points: list[TrainingPoint] = []
        self._folder = ""
        self._time_left = TimeLeft()
        self.title = title_label(tr("Train an SAE"))
        self.purpose = DimLabel(tr(PURPOSE))
        self.form = TrainingForm()
        self.problem = QLabel()
        self.train_button = button(tr("Train"), tr(TRAIN_TIP))
        self.resume_button = button(tr("Resume"), tr(RESUME_TIP))
        self.cancel_button = button(tr("Cancel"), tr("Stop, and leave a checkpoint (Esc)"))
        self.back_button = button(tr("Back to the features"), tr("Leave this page; a training goes on"))
        headers = (tr("setting"), tr("value"), tr("remark"))
        self.plan = PlainTable(tr("What will be trained"), headers, figures=(), wide=2)
        self.plots = [FigurePlot(figure) for figure in FIGURES]
        self.right = QStackedWidget()
        self.status = QLabel()
        self.bar = QProgressBar()
        self.use_button = button(tr("Use it"), tr("Load the model anew with this SAE"))
        self._timer = QTimer(self, singleShot=True, interval=MERGE_MS)
        self._timer.timeout.connect(self._redraw)
        self._lay_out()
        self._connect()
        self._refresh()

    def _lay_out(self) -> None:
        for label in (self.problem, self.status):
            label.setWordWrap(True)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(GRID)
        self.bar.setAccessibleName(tr("Progress of the training"))
        left = QWidget()
        left.setFixedWidth(FORM_WIDTH)
        column = _column(left)
        column.addLayout(_line(self.title, self.back_button))
        column.addWidget(self.purpose)
        column.addWidget(self.form, 1)
        column.addWidget(self.problem)
        column.addLayout(row(self.train_button, self.resume_button, self.cancel_button))
        right = QWidget()
        column = _column(right)
        self.right.addWidget(self._plan_page())
        self.right.addWidget(self._plots_page())
        column.addWidget(self.right, 1)
        column.addLayout(_line(self.status, self.use_button))
        column.addWidget(self.bar)
        line = QHBoxLayout(self)
        line.setContentsMargins(MARGIN, GRID, MARGIN, GRID)
        line.setSpacing(MARGIN)
        line.addWidget(left)
        line.addWidget(separator(vertical=True))
        line.addWidget(right, 1)

    def _plan_page(self) -> QWidget:
        page = QWidget()
        column = _column(page)
        column.addWidget(title_label(tr("What will be trained")))
        self.plan.setSelectionMode(PlainTable.SelectionMode.NoSelection)
        column.addWidget(self.plan)
        column.addStretch(1)
        return page

    def _plots_page(self) -> QWidget:
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(MARGIN)
        for number, plot in enumerate(self.plots):
            grid.addWidget(plot, number // 2, number % 2)
        return page

    def _connect(self) -> None:
        self.form.changed.connect(self._on_form_changed)
        self.train_button.clicked.connect(self._train)
        self.resume_button.clicked.connect(self._resume)
        self.cancel_button.clicked.connect(self.cancel_wanted)
        self.back_button.clicked.connect(self.back_wanted)
        self.use_button.clicked.connect(self._use)

    # --- what is shown ----------------------------------------------------------------------------------------------

    def show_model(self, name: str, n_blocks: int, d_model: int, has_sae: bool) -> None:
        """The model that is loaded; ``d_model`` is the width of its residual stream."""
        new = name != self._model
        self._model, self._d_model = name, d_model
        self.purpose.setText(tr(PURPOSE) if has_sae else f"{tr(NO_SAE).format(model=name)} {tr(PURPOSE)}")
        self.back_button.setVisible(has_sae)
        if new:
            self.form.show_model(name, n_blocks)
        self._refresh()

    def set_state(self, ready: bool, busy: bool) -> None:
        """``ready``: a job can be started; ``busy``: one is running."""
        self._ready = ready
        self._refresh()

    def begin(self, request: TrainSaeRequest) -> None:
        """A training has begun."""
        self._running, self._folder = True, ""
        self._points.clear()
        self._time_left.restart()
        self.right.setCurrentIndex(1)
        self.bar.setRange(0, 0)
        text = tr("Resuming in {folder}") if request.resume else tr("Starting in {folder}")
        self.status.setText(text.format(folder=request.folder))
        self._redraw()
        self._refresh()

    def show_progress(self, progress: JobProgress) -> None:
        """What is being done where there are no figures yet, or no more."""
        self.bar.setRange(0, 0 if progress.share is None else 1000)
        if progress.share is not None:
            self.bar.setValue(round(1000 * progress.share))
        if self._figures_told:
            self._figures_told = False  # they were of the same moment, and say more
        else:
            self.status.setText(progress_sentence(progress.what))

    def add_point(self, point: TrainingPoint) -> None:
        """How the training stands; drawn a few times a second, however often it is told."""
        self._points.append(point)
        self._figures_told = True
        left = in_words(self._time_left.update(point.tokens / max(point.total, 1)))
        speed = tr("{speed:,.0f} tokens/s").format(speed=point.tokens_per_second)
        parts = [tr("{tokens:,} of {total:,} tokens").format(tokens=point.tokens, total=point.total), speed, left]
        self.status.setText(" · ".join(part for part in parts if part))
        if not self._timer.isActive():
            self._timer.start()

    def show_trained(self, trained: SaeTrained) -> None:
        """The SAE is there."""
        self._running, self._folder = False, trained.folder
        self.status.setText(tr("The SAE is trained and lies in {folder}").format(folder=trained.folder))
        self._redraw()
        self._refresh()

    def withdraw(self, sentence: str = "") -> None:
        """The training failed or was cancelled; where there is a checkpoint it can be resumed."""
        self._running = False
        self.status.setText(sentence or self._cancelled())
        if not self._points:
            self.right.setCurrentIndex(0)
        self._refresh()

    def _cancelled(self) -> str:
        if not unfinished(self.form.folder.text().strip()):
            return tr("Cancelled before there was a checkpoint.")
        if not self._points:
            return tr("Cancelled; its checkpoint can be resumed.")
        text = tr("Cancelled after {tokens:,} tokens; its checkpoint can be resumed.")
        return text.format(tokens=self._points[-1].tokens)

    def _redraw(self) -> None:
        tokens = [point.tokens for point in self._points]
        total = self._points[-1].total if self._points else 0
        for plot in self.plots:
            plot.draw(tokens, [getattr(point, plot.figure.name) for point in self._points], total)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if recoloured(event):
            self._redraw()

    # --- what the user does -----------------------------------------------------------------------------------------

    def _on_form_changed(self) -> None:
        if not self._running:
            self.right.setCurrentIndex(0)
            self._folder = ""
            self.status.setText("")
        self._refresh()

    def _train(self) -> None:
        self.train_wanted.emit(self.form.request())

    def _resume(self) -> None:
        self.train_wanted.emit(self.form.request(resume=True))

    def _use(self) -> None:
        self.use_wanted.emit(self._folder)

    def _refresh(self) -> None:
        rows = plan(self.form.request(), self._d_model)
        self.plan.fill([(row.name, row.value, row.fault or row.advice) for row in rows])
        self.plan.fit_rows()
        wrong = fault(rows)
        idle = not self._running and not self._folder
        self.problem.setText(wrong if idle else "")
        self.train_button.setEnabled(self._ready and idle and not wrong)
        self.train_button.setToolTip(wrong or tr(TRAIN_TIP))
        self.resume_button.setEnabled(self._ready and idle and unfinished(self.form.folder.text().strip()))
        self.cancel_button.setEnabled(self._running)
        self.form.setEnabled(not self._running)
        self.bar.setVisible(self._running)
        self.use_button.setVisible(bool(self._folder))
        self.use_button.setEnabled(self._ready)


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(GRID)
    return column


def _line(text: QWidget, end: QWidget) -> QHBoxLayout:
    """A text, and a button at the end of its line."""
    line = QHBoxLayout()
    line.setSpacing(GRID)
    line.addWidget(text, 1)
    line.addWidget(end)
    return line
