"""Building an atlas: where an SAE has none yet, what it is for and the one thing to do."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from ..edit_requests import BuildAtlasRequest
from ..i18n import mark, tr
from ..labels import DimLabel, title_label
from ..progress_words import progress_sentence
from ..records import JobProgress
from ..theme import GRID, MARGIN
from ..time_left import TimeLeft, in_words
from .fields import CountBox, button, caption, row
from .text_choice import TextChoice

PURPOSE = mark(
    "The atlas says what each feature is about: the texts on which it fires most, how often and how strongly it fires, "
    "the tokens it raises and lowers, a short name, and its neighbours. It is made once, by running text through the "
    "base, and kept beside the SAE."
)
NO_TEXT = mark("Add the text it is built from: some megabytes of what you want the features' examples to come from.")
BUILD_TIP = mark("Run the text through the base and keep what every feature does")
TOKENS = 300_000
TOKENS_TIP = mark("How much text is read, in tokens of the model. Rare features need more: 300,000 is a good start.")
WIDEST = 90 * GRID


class BuildingView(QWidget):
    """Signals:
        ``build_wanted(BuildAtlasRequest)``: submit it as it is.
        ``cancel_wanted()``.

    Wiring: ``show_sae(name, d_sae, built)`` after a load and when an atlas was opened; ``set_state(ready, busy)``. For
    a BuildAtlasRequest: ``begin()`` when it began, ``show_progress(JobProgress)``, and ``end(sentence)`` when it ended:
    no sentence where it finished.
    """

    build_wanted = Signal(object)
    cancel_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ready = self._running = False
        self._time_left = TimeLeft()
        self.title = title_label(tr("No atlas yet"))
        self.text = TextChoice()
        self.tokens = CountBox(tr("Tokens to read"), 10_000, 100_000_000, TOKENS, 50_000, tr(TOKENS_TIP))
        self.build_button = button(tr("Build the atlas"), tr(BUILD_TIP))
        self.cancel_button = button(tr("Cancel"), tr("Stop; no atlas is left (Esc)"))
        self.bar = QProgressBar()
        self.status = QLabel()
        self._lay_out()
        self.build_button.clicked.connect(self._build)
        self.cancel_button.clicked.connect(self.cancel_wanted)
        self.text.changed.connect(self._on_text_changed)
        self._say(tr(NO_TEXT))
        self._refresh()

    def _lay_out(self) -> None:
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(GRID)
        self.bar.setAccessibleName(tr("Progress of the atlas"))
        self.status.setWordWrap(True)
        inner = QWidget()
        inner.setMaximumWidth(WIDEST)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.title)
        column.addWidget(DimLabel(tr(PURPOSE)))
        column.addSpacing(GRID)
        column.addWidget(self.text, 1)
        column.addLayout(row(caption(tr("Tokens"), self.tokens), self.tokens, self.build_button, self.cancel_button))
        column.addWidget(self.status)
        column.addWidget(self.bar)
        line = QHBoxLayout(self)  # in the middle, and no wider than it can be read
        line.setContentsMargins(2 * MARGIN, MARGIN, 2 * MARGIN, MARGIN)
        line.addStretch(1)
        line.addWidget(inner, 1000)
        line.addStretch(1)

    # --- what is shown ----------------------------------------------------------------------------------------------

    def show_sae(self, name: str, d_sae: int, built: bool = False) -> None:
        """Whose atlas it is; ``built`` where there is one already, which a new one would take the place of."""
        title = tr("Build the atlas of {name} anew") if built else tr("{name} has no atlas yet")
        size = tr("({count:,} features)").format(count=d_sae)
        self.title.setText(f"{title.format(name=name)} {size}")

    def set_state(self, ready: bool, busy: bool) -> None:
        """``ready``: a job can be started; ``busy``: one is running."""
        self._ready = ready
        self._refresh()

    def begin(self) -> None:
        """The atlas is being built."""
        self._running = True
        self._time_left.restart()
        self.bar.setRange(0, 0)
        self._say(tr("Starting"))
        self._refresh()

    def show_progress(self, progress: JobProgress) -> None:
        """How far it is, and how long it will take as far as its pace says so."""
        left = in_words(self._time_left.update(progress.share))
        parts = [progress_sentence(progress.what)]
        if progress.share is not None:
            parts.append(f"{100 * progress.share:.0f} %")
        self._say(" · ".join([*parts, left] if left else parts))
        self.bar.setRange(0, 0 if progress.share is None else 1000)
        if progress.share is not None:
            self.bar.setValue(round(1000 * progress.share))

    def end(self, sentence: str = "") -> None:
        """It ended; ``sentence`` says what went wrong, or that it was cancelled."""
        self._running = False
        self._say(sentence)
        self._refresh()

    def _say(self, text: str) -> None:
        self.status.setText(text)

    # --- what the user does -----------------------------------------------------------------------------------------

    def _on_text_changed(self) -> None:
        self._say("" if self.text.paths else tr(NO_TEXT))
        self._refresh()

    def _build(self) -> None:
        self.tokens.interpretText()
        self.build_wanted.emit(BuildAtlasRequest(self.text.paths, self.tokens.value()))

    def _refresh(self) -> None:
        self.build_button.setEnabled(self._ready and bool(self.text.paths))
        self.build_button.setToolTip(tr(BUILD_TIP) if self.text.paths else tr(NO_TEXT))
        self.cancel_button.setVisible(self._running)
        self.bar.setVisible(self._running)
        for part in (self.text, self.tokens):
            part.setEnabled(not self._running)
