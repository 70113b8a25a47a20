"""What is to be compared: two states, the prompt that both continue, and the text that the features are read on."""

from __future__ import annotations

import qtawesome
from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from ..compare_requests import BASE, NOW, CompareRequest
from ..features.fields import PromptField, button
from ..i18n import mark, tr
from ..labels import title_label
from ..records import Snapshot
from ..theme import GRID, recoloured, theme_of
from .state_list import StateListModel
from .state_picker import StatePicker

READY_TIP = mark("Measure both states on the probes, and on the prompt if there is one")
NO_MODEL = mark("No model is loaded yet")
BUSY = mark("A job is running; wait for it or cancel it")
LETTERS = ("A", "B")


class ChoiceForm(QWidget):
    """Signals: ``compare_wanted(CompareRequest)``, ``cancel_wanted()``."""

    compare_wanted = Signal(object)
    cancel_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ready = False
        self.states = StateListModel(self)
        self.pickers = (StatePicker(tr("State A"), self.states), StatePicker(tr("State B"), self.states))
        self.swap_button = QPushButton()
        self.swap_button.setAccessibleName(tr("Swap the states"))
        self.swap_button.setToolTip(tr("Swap the states"))
        self.prompt = PromptField(tr("Prompt that both states continue"), tr("A prompt that both states continue"))
        self.prompt.setToolTip(tr("Without a prompt, next tokens and texts are left out (Enter compares)"))
        self.text = PromptField(
            tr("Text the features are read on"), tr("A text to read the features on; empty: the prompt")
        )
        self.text.setToolTip(tr("Each feature's largest activation on this text in both states (Enter compares)"))
        self.compare_button = button(tr("Compare"), tr(READY_TIP))
        self.compare_button.setDefault(True)
        self.cancel_button = button(tr("Cancel"), tr("Stop comparing; the last comparison stays (Esc)"))
        self._lay_out()
        self._connect()
        self.show_running(False)
        self.set_state(False, False)
        self._recolour()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(GRID)
        for number, (letter, picker) in enumerate(zip(LETTERS, self.pickers, strict=True)):
            label = title_label(letter)
            label.setBuddy(picker)
            grid.addWidget(label, number, 0)
            grid.addWidget(picker, number, 1)
        high = 2 * self.pickers[0].sizeHint().height() + GRID
        self.swap_button.setFixedSize(4 * GRID, high)
        for field in (self.prompt, self.text):
            field.setFixedHeight(high)
        grid.addWidget(self.swap_button, 0, 2, 2, 1)
        grid.addWidget(self.prompt, 0, 3, 2, 1)
        grid.addWidget(self.text, 0, 4, 2, 1)
        grid.addWidget(self.compare_button, 0, 5)
        grid.addWidget(self.cancel_button, 1, 5)
        for column, share in ((1, 4), (3, 3), (4, 3)):
            grid.setColumnStretch(column, share)
        keeps = self.cancel_button.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)
        self.cancel_button.setSizePolicy(keeps)

    def _connect(self) -> None:
        self.swap_button.clicked.connect(self.swap)
        self.compare_button.clicked.connect(self.compare)
        self.cancel_button.clicked.connect(self.cancel_wanted)
        self.prompt.submitted.connect(self.compare)
        self.text.submitted.connect(self.compare)

    # --- what is chosen ---------------------------------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """The states there are now; what was chosen stays chosen where it is still there."""
        chosen = self.choice
        if self.states.show_snapshot(snapshot):
            for picker, key, fallback in zip(self.pickers, chosen, (BASE, NOW), strict=True):
                if not picker.choose(key):
                    picker.choose(fallback)

    @property
    def choice(self) -> tuple[str, str]:
        a, b = self.pickers
        return a.choice, b.choice

    def choose(self, a: str, b: str) -> bool:
        """Choose two states by key; false where one of them is not in the list, and nothing is changed then."""
        known = all(self.states.row_of(key) >= 0 for key in (a, b))
        if known:
            for picker, key in zip(self.pickers, (a, b), strict=True):
                picker.choose(key)
        return known

    def swap(self) -> None:
        a, b = self.choice
        self.choose(b, a)

    def request(self) -> CompareRequest:
        return CompareRequest(*self.choice, self.prompt.prompt, self.text.prompt)

    def compare(self) -> None:
        if self._ready:
            self.prompt.accepted()
            self.text.accepted()
            self.compare_wanted.emit(self.request())

    # --- jobs -------------------------------------------------------------------------------------------------------

    def set_state(self, ready: bool, busy: bool) -> None:
        self._ready = ready
        self.compare_button.setEnabled(ready)
        self.compare_button.setToolTip(tr(READY_TIP) if ready else tr(BUSY) if busy else tr(NO_MODEL))

    def show_running(self, running: bool) -> None:
        self.cancel_button.setVisible(running)

    # --- Qt ---------------------------------------------------------------------------------------------------------

    def _recolour(self) -> None:
        theme = theme_of(self.palette())
        self.states.colour(theme)
        self.swap_button.setIcon(qtawesome.icon("mdi6.swap-vertical", color=theme.text, color_disabled=theme.dim))
        self.swap_button.setIconSize(QSize(2 * GRID, 2 * GRID))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if recoloured(event):
            self._recolour()
