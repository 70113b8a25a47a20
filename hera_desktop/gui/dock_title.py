"""A dock's title bar: its name, and two small buttons to float and to close it."""

from __future__ import annotations

import qtawesome
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QToolButton, QWidget

from .i18n import tr
from .labels import title_label
from .theme import GRID, MARGIN, recoloured, theme_of

SIDE = 14


class DockTitle(QWidget):
    def __init__(self, dock: QDockWidget) -> None:
        super().__init__(dock)
        self._dock = dock
        self.shown = True
        self.title = title_label(dock.windowTitle())
        self.float_button = self._button(tr("Float {panel}").format(panel=dock.windowTitle()), self._float)
        self.close_button = self._button(tr("Close {panel}").format(panel=dock.windowTitle()), dock.close)
        dock.windowTitleChanged.connect(self.title.setText)
        line = QHBoxLayout(self)
        line.setContentsMargins(MARGIN, 2, GRID // 2, 0)
        line.setSpacing(2)
        line.addWidget(self.title, 1)
        line.addWidget(self.float_button)
        line.addWidget(self.close_button)
        self._draw()

    def show_name(self, shown: bool) -> None:
        """The bar takes no height while the dock's tab names it."""
        if shown == self.shown:
            return
        self.shown = shown
        for part in (self.title, self.float_button, self.close_button):
            part.setVisible(shown)
        self.setFixedHeight(self.layout().sizeHint().height() if shown else 0)

    def _button(self, text: str, slot: object) -> QToolButton:
        button = QToolButton()
        button.setAutoRaise(True)
        button.setAccessibleName(text)
        button.setToolTip(text)
        button.setIconSize(QSize(SIDE, SIDE))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the View menu does the same from the keyboard
        button.clicked.connect(slot)
        return button

    def _float(self) -> None:
        self._dock.setFloating(not self._dock.isFloating())

    def _draw(self) -> None:
        theme = theme_of(self.palette())
        self.float_button.setIcon(qtawesome.icon("mdi6.dock-window", color=theme.dim))
        self.close_button.setIcon(qtawesome.icon("mdi6.close", color=theme.dim))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if recoloured(event):
            self._draw()
