"""The line at the top: which model, in which state, and the way back and forth."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget
from superqt import QElidingLabel

from .labels import separator, title_label
from .sentences import patches, short_hash
from .theme import GRID, MARGIN, monospace

if TYPE_CHECKING:
    from hera_desktop.engine.records import StateInfo


class Header(QWidget):
    def __init__(self, undo: QAction, redo: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = title_label("No model")
        self.device = QLabel()
        self.state = QLabel("none")
        self.count = QLabel()
        self.session = QElidingLabel()
        self.session.setElideMode(Qt.TextElideMode.ElideMiddle)
        self.session.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.state.setFont(monospace(self.font()))
        self.state.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.state.setAccessibleName("State hash")
        self._lay_out(undo, redo)

    def _lay_out(self, undo: QAction, redo: QAction) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(MARGIN, GRID // 2, MARGIN, GRID // 2)
        line.setSpacing(GRID)
        state = (QLabel("state"), self.state, self.count)
        for part in (self.model, self.device, separator(True), *state, separator(True)):
            line.addWidget(part)
        line.addWidget(self.session, 1)
        for action in (undo, redo):
            button = QToolButton()
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setAccessibleName(action.text())
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            line.addWidget(button)

    def show_info(self, info: StateInfo) -> None:
        model, sae = info.model, info.sae
        self.model.setText(model.name)
        self.model.setToolTip(f"{model.architecture}, {model.n_layers} blocks, base {model.fingerprint}")
        self.device.setText(f"{model.device} {model.dtype}")
        self.state.setText(short_hash(info.state_hash))
        self.state.setToolTip(info.state_hash)
        self.count.setText(f"({patches(len(info.active))})")
        features = "no SAE" if sae is None else f"SAE {sae.name} at {sae.hook_name}"
        self.session.setText(f"session {Path(info.session).name}, {features}")
        self.session.setToolTip(info.session)
