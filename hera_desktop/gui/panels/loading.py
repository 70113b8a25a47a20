"""While the model loads, where it cannot be loaded, and where memory is short: what is going on, in place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from ..i18n import mark, tr
from ..labels import dim_label, title_label
from ..mark_view import MarkView
from ..model_choice import ModelChooser
from ..progress_words import progress_sentence
from ..theme import GRID, MARGIN

STAGES = (
    mark("Importing the libraries"),
    mark("Loading the model"),
    mark("Loading the SAE"),
    mark("Reading the probes"),
)
WORDS = ("importing", "loading the model", "loading the sae", "reading the probes")
"""How the progress of each stage begins."""
WIDTH = 60 * GRID


class LoadingPanel(QWidget):
    """Signals: ``retry_wanted()``, ``cancel_wanted()``; ``anyway_wanted()`` and ``keep_wanted()`` answer the question
    about memory; ``model_wanted(name)``."""

    retry_wanted = Signal()
    cancel_wanted = Signal()
    anyway_wanted = Signal()
    keep_wanted = Signal()
    model_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title_label(tr("No model is loaded"))
        self.mark = MarkView()
        self.detail = dim_label()
        self.failure = QLabel()
        self.failure.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.stages = StageList()
        self.hint = dim_label(tr("The window can be used meanwhile: type a prompt, or fill the queue."))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Loading"))
        self.cancel_button = _button(tr("Cancel"), tr("Stop loading; the window stays usable (Esc)"))
        self.retry_button = _button(tr("Try again"), tr("Load the same model once more"))
        self.anyway_button = _button(
            tr("Load anyway"), tr("The computer may become slow, or the program may be ended by the system")
        )
        self.keep_button = _button(tr("Keep the open session"), tr("Load nothing; go on with what is open"))
        self.chooser = ModelChooser()
        self._connect()
        self._lay_out()
        self._show(())

    def _connect(self) -> None:
        self.cancel_button.clicked.connect(self._on_cancel)
        self.retry_button.clicked.connect(self._on_retry)
        self.anyway_button.clicked.connect(self._on_anyway)
        self.keep_button.clicked.connect(self._on_keep)
        self.chooser.chosen.connect(self.model_wanted)

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setMaximumWidth(WIDTH)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(self.mark)
        head.addWidget(self.title, 1)
        column.addLayout(head)
        for label in (self.detail, self.failure):
            label.setWordWrap(True)
            column.addWidget(label)
        column.addWidget(self.stages)
        column.addWidget(self.bar)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        for button in (self.retry_button, self.anyway_button, self.keep_button, self.cancel_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addSpacing(GRID)
        column.addWidget(self.chooser)
        column.addWidget(self.hint)
        across = QHBoxLayout()  # by stretches: with an alignment a wrapped sentence would be cut
        across.addStretch(1)
        across.addWidget(inner, 1000)
        across.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        outer.addStretch(1)
        outer.addLayout(across)
        outer.addStretch(2)

    def _show(self, parts: tuple[QWidget, ...]) -> None:
        """Show just these of the parts that come and go."""
        movable = (self.mark, self.detail, self.failure, self.stages, self.bar, self.chooser, self.hint)
        for part in (*movable, self.retry_button, self.anyway_button, self.keep_button, self.cancel_button):
            part.setVisible(part in parts)

    # --- what is shown ----------------------------------------------------------------------------------------------

    def begin(self) -> None:
        self.title.setText(tr("Loading the model..."))
        self.detail.setText("")
        self.failure.setText("")
        self.stages.begin()
        self.bar.setRange(0, 0)
        self._show((self.detail, self.stages, self.bar, self.cancel_button, self.hint))

    def name_model(self, model: str) -> None:
        self.title.setText(tr("Loading {model}...").format(model=model))

    def show_progress(self, what: str, share: float | None = None) -> None:
        """``share`` is 0..1, or None where it is not known."""
        self.stages.show_progress(what)
        self.detail.setText(progress_sentence(what))
        self.bar.setRange(0, 0 if share is None else 1000)
        if share is not None:
            self.bar.setValue(round(1000 * share))

    def fail(self, sentence: str) -> None:
        """Say why nothing was loaded, and offer to try again or to take another model."""
        self.title.setText(tr("No model is loaded"))
        self._warn("failed", sentence)
        self._show((self.mark, self.failure, self.retry_button, self.chooser))

    def ask(self, sentence: str, session_open: bool) -> None:
        """Ask whether to load all the same although memory is short; ``session_open``: there is one to go on with."""
        self.title.setText(tr("Memory is short"))
        self._warn("warning", sentence)
        stay = (self.keep_button,) if session_open else ()
        self._show((self.mark, self.failure, self.anyway_button, *stay, self.chooser))
        self.anyway_button.setFocus()

    def _warn(self, state: str, sentence: str) -> None:
        self.mark.show_mark(state)
        self.failure.setText(sentence)
        self.chooser.refresh()

    # --- the buttons ------------------------------------------------------------------------------------------------

    def _on_cancel(self) -> None:
        self.cancel_wanted.emit()

    def _on_retry(self) -> None:
        self.retry_wanted.emit()

    def _on_anyway(self) -> None:
        self.anyway_wanted.emit()

    def _on_keep(self) -> None:
        self.keep_wanted.emit()


class StageList(QWidget):
    """The stages of loading, each with its mark: waiting, running, done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.marks = [MarkView() for _ in STAGES]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        for view, stage in zip(self.marks, STAGES, strict=True):
            line = QHBoxLayout()
            line.setSpacing(GRID)
            line.addWidget(view)
            line.addWidget(QLabel(tr(stage)), 1)
            column.addLayout(line)
        self.begin()

    def begin(self) -> None:
        self._reach(-1)

    def show_progress(self, what: str) -> None:
        """Mark the stage that this progress belongs to as running, and those before it as done."""
        lower = what.lower()
        number = next((n for n, word in enumerate(WORDS) if lower.startswith(word)), None)
        if number is not None:
            self._reach(number)

    def _reach(self, number: int) -> None:
        for place, view in enumerate(self.marks):
            view.show_mark("committed" if place < number else "running" if place == number else "waiting")
            word = tr("done") if place < number else tr("running") if place == number else tr("waiting")
            view.setAccessibleName(word)


def _button(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(tip)
    button.setAccessibleName(text)
    return button
