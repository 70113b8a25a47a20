"""The line at the top: which model, in which state, and the way back and forth."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget
from superqt import QElidingLabel

from .budget_gauge import BudgetGauge
from .i18n import tr
from .labels import separator, title_label
from .sentences import patches, short_hash
from .theme import GRID, MARGIN, monospace

if TYPE_CHECKING:
    from hera_desktop.engine.records import StateInfo


class Header(QWidget):
    def __init__(self, undo: QAction, redo: QAction, palette: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = title_label(tr("No model"))
        self.device = QLabel()
        self.state = QLabel(tr("none"))
        self.count = QLabel()
        self.session = QElidingLabel()
        self.session.setElideMode(Qt.TextElideMode.ElideRight)
        self.session.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.budget = BudgetGauge()
        self.budget.hide()  # until there is a model whose budget it could be
        self.state.setFont(monospace(self.font()))
        self.state.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.state.setAccessibleName(tr("State hash"))
        self._lay_out(undo, redo, palette)

    def _lay_out(self, *actions: QAction) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(MARGIN, GRID // 2, MARGIN, GRID // 2)
        line.setSpacing(GRID)
        state = (QLabel(tr("state")), self.state, self.count)
        for part in (self.model, self.device, separator(True), *state, separator(True), self.budget, separator(True)):
            line.addWidget(part)
        line.addWidget(self.session, 1)
        for action in actions:
            button = QToolButton()
            button.setDefaultAction(action)
            if action is not actions[-1]:  # the palette's icon says enough
                button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setAccessibleName(action.text())
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            line.addWidget(button)

    def show_info(self, info: StateInfo) -> None:
        model, sae = info.model, info.sae
        self.budget.show()
        self.model.setText(model.name)
        tip = tr("{architecture}, {count} blocks, base {hash}")
        self.model.setToolTip(tip.format(architecture=model.architecture, count=model.n_layers, hash=model.fingerprint))
        self.device.setText(f"{model.device} {model.dtype}")
        self.state.setText(short_hash(info.state_hash))
        self.state.setToolTip(info.state_hash)
        self.count.setText(f"({patches(len(info.active))})")
        features = tr("no SAE")
        if sae is not None:
            features = tr("SAE {name} at {hook}").format(name=sae.name, hook=sae.hook_name)
        self.session.setText(tr("session {name}, {features}").format(name=Path(info.session).name, features=features))
        self.session.setToolTip(info.session)
