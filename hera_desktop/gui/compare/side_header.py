"""Which state a side of the comparison shows: its name, its hash, how many patches it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from ..compare_requests import NOW
from ..i18n import tr
from ..labels import DimLabel, title_label
from ..sentences import short_hash
from ..theme import GRID, monospace
from .words import patch_count, state_name

if TYPE_CHECKING:
    from hera_desktop.engine.comparison_records import ComparedState


class SideHeader(QWidget):
    """The hash stays true when the timeline moves on; what was "now" is then "measured on" its hash."""

    def __init__(self, letter: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: ComparedState | None = None
        self.name = QLabel()
        self.hash = QLabel()
        self.hash.setFont(monospace(self.font()))
        self.hash.setAccessibleName(tr("State hash of {letter}").format(letter=letter))
        self.hash.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.count = DimLabel()
        self.count.setWordWrap(False)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GRID)
        for part in (title_label(letter), self.name, self.hash, self.count):
            line.addWidget(part)
        line.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_state(self, state: ComparedState, present: str) -> None:
        """``present`` is the hash of the state that the model is in."""
        self._state = state
        self.hash.setText(short_hash(state.state_hash))
        self.hash.setToolTip(state.state_hash)
        self.show_present(present)

    def show_present(self, present: str) -> None:
        """The model is in another state, perhaps: say so where this side was the present one."""
        state = self._state
        if state is None:
            return
        past = state.name == NOW and present != state.state_hash
        self.name.setText(tr("measured on") if past else state_name(state))
        count = patch_count(len(state.active))
        self.count.setText(tr("{patches}, not the present state any more").format(patches=count) if past else count)

    @property
    def text(self) -> str:
        return " ".join((self.name.text(), self.hash.text(), self.count.text()))
