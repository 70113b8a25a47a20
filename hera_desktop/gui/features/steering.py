"""Steering: what the model says with a feature added, beside the base and the model as it is edited now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget
from superqt import QElidingLabel

from ..continuation import Continuation
from ..edit_records import SteerPiece
from ..edit_requests import SIDES, SteerRequest
from ..i18n import mark, tr
from ..labels import DimLabel, EmptyState, title_label
from ..mark_view import MarkView
from ..records import Snapshot
from ..sentences import patches
from ..theme import GRID, MARGIN
from .fields import CountBox, PromptField, button, caption
from .strength_dial import StrengthDial

if TYPE_CHECKING:
    from hera_desktop.engine.atlas.records import Steering

PURPOSE = mark(
    "Adds a feature's direction while the model writes, so that what the feature does can be read. Nothing is kept."
)
FIRST_ACTION = mark("Choose a feature in the table.")
TOKENS = 30
TEXT_NAMES = (mark("Text, base"), mark("Text, edited"), mark("Text, steered"))
"""What the texts of ``SIDES`` are called for who cannot see them."""
PREVIEW_TIP = mark("Generate the three texts (Enter in the prompt)")
UNCHECKED = mark("A preview also checks that strength 0 leaves the logits identical.")
STALE = mark("The model has changed since this preview; preview again.")


class SteeringView(QWidget):
    """Signals:
        ``preview_wanted(SteerRequest)``: submit it as it is.
        ``cancel_wanted()``.

    Wiring: ``show_feature(id, name, maximum)`` when a feature is chosen (``maximum`` from the atlas, None without one),
    ``show_feature(None)`` when none is; ``suggest_prompt(text)`` with the text on the strip (kept until the user types
    another); ``show_snapshot(Snapshot)``; ``set_state(ready, busy)``. For a SteerRequest: ``begin(request)`` when it
    began, ``add_piece(SteerPiece)``, ``show_steering(Steering)`` when it finished, ``withdraw(sentence)`` when it
    failed or was cancelled.
    """

    preview_wanted = Signal(object)
    cancel_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._feature: int | None = None
        self._snapshot: Snapshot | None = None
        self._state_then: str | None = None
        self._ready = self._busy = self._running = False
        self.title = QElidingLabel()
        self.prompt = PromptField(tr("Prompt to steer"), "I think that")
        self.tokens = CountBox(
            tr("Tokens to generate"), 1, 200, TOKENS, 5, tr("How many tokens each of the three texts has")
        )
        self.dial = StrengthDial()
        self.preview_button = button(tr("Preview"), tr(PREVIEW_TIP))
        self.cancel_button = button(tr("Cancel"), tr("Stop what is running (Esc)"))
        self.labels = {side: title_label("") for side in SIDES}
        self.texts = {side: Continuation(tr(name)) for side, name in zip(SIDES, TEXT_NAMES, strict=True)}
        self.mark = MarkView()
        self.identity = DimLabel(tr(UNCHECKED))
        self._stack = QStackedLayout(self)
        self._stack.addWidget(EmptyState(tr("Steering"), tr(PURPOSE), tr(FIRST_ACTION)))
        self._stack.addWidget(self._page())
        self._connect()
        self._clear_labels()
        self._refresh()

    def _page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(MARGIN, GRID, MARGIN, GRID)
        column.setSpacing(GRID)
        font = self.title.font()
        font.setBold(True)
        self.title.setFont(font)
        column.addWidget(self.title)
        column.addLayout(self._controls())
        grid = QGridLayout()
        grid.setHorizontalSpacing(MARGIN)
        grid.setVerticalSpacing(GRID // 2)
        for number, side in enumerate(SIDES):
            self.labels[side].setWordWrap(True)
            grid.addWidget(self.labels[side], 0, number, Qt.AlignmentFlag.AlignBottom)
            grid.addWidget(self.texts[side], 1, number)
            grid.setColumnStretch(number, 1)
        grid.setRowStretch(1, 1)
        column.addLayout(grid, 1)
        line = QHBoxLayout()
        line.setSpacing(GRID)
        line.addWidget(self.mark)
        line.addWidget(self.identity, 1)
        self.mark.hide()
        column.addLayout(line)
        return page

    def _controls(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(GRID)
        grid.addWidget(caption(tr("Prompt"), self.prompt), 0, 0)
        grid.addWidget(self.prompt, 0, 1)
        grid.addWidget(caption(tr("Tokens"), self.tokens), 0, 2, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self.tokens, 0, 3)
        grid.addWidget(caption(tr("Strength"), self.dial.number), 1, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.dial, 1, 1)
        grid.addWidget(self.preview_button, 1, 2, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.cancel_button, 1, 3, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(1, 1)
        return grid

    def _connect(self) -> None:
        self.preview_button.clicked.connect(self.preview)
        self.cancel_button.clicked.connect(self.cancel_wanted)
        self.prompt.submitted.connect(self.preview)
        self.prompt.textChanged.connect(self._refresh)

    # --- what is shown ----------------------------------------------------------------------------------------------

    def show_feature(self, feature: int | None, name: str = "", maximum: float | None = None) -> None:
        """Choose what is steered with; the texts of another feature go."""
        self._stack.setCurrentIndex(0 if feature is None else 1)
        if feature == self._feature:
            self._name(name)
            return
        self._feature = feature
        self._name(name)
        self.dial.show_scale(maximum)
        self._state_then = None
        for text in self.texts.values():
            text.begin("")
        self._clear_labels()
        self._say(tr(UNCHECKED))
        self._refresh()

    def _name(self, name: str) -> None:
        words = tr("Feature {feature}").format(feature=self._feature) + (f", {name}" if name else "")
        self.title.setText(words)
        self.title.setToolTip(words)

    def suggest_prompt(self, text: str) -> None:
        """A prompt to start from; it does not replace what the user typed."""
        self.prompt.suggest(text)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """The state that stands now; a preview of another state says so."""
        self._snapshot = snapshot
        if self._state_then not in (None, snapshot.info.state_hash) and not self._running:
            self._say(tr(STALE), "warning")
            self._state_then = None
        elif self._state_then is None:
            self._clear_labels()

    def set_state(self, ready: bool, busy: bool) -> None:
        """``ready``: a job can be started; ``busy``: one is running."""
        self._ready, self._busy = ready, busy
        self._refresh()

    def begin(self, request: SteerRequest) -> None:
        """A preview has begun."""
        self._running = True
        self._state_then = self._snapshot.info.state_hash if self._snapshot else None
        self._clear_labels()
        self.labels["steered"].setText(tr("Steered, {strength}").format(strength=self.dial.words(request.strength)))
        for text in self.texts.values():
            text.begin(request.prompt)
        self._say(tr("Generating; strength 0 is checked against no steering at all."))

    def add_piece(self, piece: SteerPiece) -> None:
        self.texts[piece.side].add(piece.text)

    def show_steering(self, steering: Steering) -> None:
        """A preview has finished."""
        self._running = False
        for side in SIDES:
            self.texts[side].settle(getattr(steering, side))
        if steering.identity == 0:
            self._say(tr("At strength 0 the logits are identical: largest difference 0."), "committed")
        else:
            self._say(
                tr(
                    "At strength 0 the logits differ by up to {difference:.2e}; they should be identical, so part of "
                    "what is shown is not the feature's doing."
                ).format(difference=steering.identity),
                "warning",
            )

    def withdraw(self, sentence: str = "") -> None:
        """A preview failed or was cancelled; what was generated until then stays."""
        self._running = False
        self._say(sentence or tr("Stopped; the texts are incomplete."), "failed" if sentence else "cancelled")

    def _clear_labels(self) -> None:
        self.labels["base"].setText(tr("Base"))
        self.labels["edited"].setText(tr("Edited, {state}").format(state=self._edited()))
        self.labels["steered"].setText(tr("Steered"))

    def _edited(self) -> str:
        count = len(self._snapshot.info.active) if self._snapshot else 0
        return patches(count) if count else tr("equal to the base now")

    def _say(self, text: str, mark: str = "") -> None:
        self.identity.setText(text)
        self.mark.setVisible(bool(mark))
        if mark:
            self.mark.show_mark(mark)

    # --- what the user does -----------------------------------------------------------------------------------------

    def preview(self) -> None:
        """Ask for a preview of what is set, where that is possible."""
        if self._feature is None or not self.preview_button.isEnabled():
            return
        self.dial.number.interpretText()
        self.preview_wanted.emit(
            SteerRequest(self.prompt.prompt, self._feature, self.dial.strength, self.tokens.value())
        )

    def _refresh(self) -> None:
        typed = bool(self.prompt.prompt.strip())
        self.preview_button.setEnabled(self._ready and typed)
        tip = tr(PREVIEW_TIP) if typed else tr("Type a prompt first")
        self.preview_button.setToolTip(tip)
        self.cancel_button.setEnabled(self._busy)
