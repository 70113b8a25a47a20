"""A calm line at the top of the window where the session can only be read."""

from __future__ import annotations

import qtawesome
from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from hera_desktop.engine.session_file import ELSEWHERE, ON_DISK

from .i18n import tr
from .theme import GRID, MARGIN, recoloured, theme_of


class ReadOnlyBanner(QFrame):
    """Hidden while the session can be changed. Signals: ``save_as_wanted()``, ``again_wanted()``."""

    save_as_wanted = Signal()
    again_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.icon = QLabel()
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setAccessibleName(tr("Why the session can only be read"))
        self.save_as_button = QPushButton(tr("Save As..."))
        self.save_as_button.setToolTip(tr("Make a copy that can be changed, and go on in it"))
        self.save_as_button.setAccessibleName(tr("Save the session as another file"))
        self.again_button = QPushButton(tr("Try again"))
        self.again_button.setToolTip(tr("Open the session to be changed, now that the other window may have closed it"))
        self.again_button.setAccessibleName(tr("Try again to open the session to be changed"))
        self.save_as_button.clicked.connect(self._save_as)
        self.again_button.clicked.connect(self._again)
        self._lay_out()
        self._colour()
        self.hide()

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(MARGIN, GRID // 2, MARGIN, GRID // 2)
        line.setSpacing(GRID)
        line.addWidget(self.icon)
        line.addWidget(self.text, 1)
        line.addWidget(self.save_as_button)
        line.addWidget(self.again_button)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.AlternateBase)

    def _save_as(self) -> None:
        self.save_as_wanted.emit()

    def _again(self) -> None:
        self.again_wanted.emit()

    def show_state(self, name: str, read_only: bool, reason: str = "") -> None:
        """Say that the session ``name`` can only be read and, where that is known, why; or go away."""
        if reason == ELSEWHERE:
            text = tr("{name} is open in another window or program; here it can only be read.")
        elif reason == ON_DISK:
            text = tr("{name} cannot be written, because the file or its folder is read-only; it can only be read.")
        else:
            text = tr("{name} can only be read here.")
        self.text.setText(text.format(name=name))
        self.setVisible(read_only)

    def _colour(self) -> None:
        theme = theme_of(self.palette())
        self.icon.setPixmap(qtawesome.icon("mdi6.lock-outline", color=theme.warning).pixmap(2 * GRID, 2 * GRID))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if recoloured(event):
            self._colour()
