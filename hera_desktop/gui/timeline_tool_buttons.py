"""The buttons beside the timeline's filter, and the slider for the height of its rows."""

from __future__ import annotations

from collections.abc import Sequence

import qtawesome
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSlider, QToolButton

from .i18n import tr
from .theme import GRID, recoloured, theme_of


class IconButton(QToolButton):
    """A button with an icon in the theme's colours and no words."""

    def __init__(self, icon: str, name: str, tip: str) -> None:
        super().__init__()
        self._icon = icon
        self.setAccessibleName(name)
        self.setToolTip(tip)
        self.setIconSize(QSize(2 * GRID, 2 * GRID))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._colour()

    def _colour(self) -> None:
        self.setIcon(qtawesome.icon(self._icon, color=theme_of(self.palette()).text))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if recoloured(event):
            self._colour()


def tool_button(action: QAction) -> QToolButton:
    """A button for an action; as long as nobody gives it more room, its icon only."""
    button = QToolButton()
    button.setDefaultAction(action)
    button.setIconSize(QSize(2 * GRID, 2 * GRID))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(action.text())
    return button


def more_button(actions: Sequence[QAction]) -> QToolButton:
    """The actions that are wanted more rarely, in a menu."""
    name = tr("More actions")
    button = IconButton("mdi6.dots-horizontal", name, tr("More that can be done with the selected steps"))
    menu = QMenu(button)
    menu.setToolTipsVisible(True)
    menu.addActions(list(actions))
    button.setMenu(menu)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    return button


def columns_button() -> QToolButton:
    return IconButton("mdi6.view-column-outline", tr("Columns"), tr("Choose the columns"))


def zoom_slider(lowest: int, highest: int, height: int) -> QSlider:
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setRange(lowest, highest)
    slider.setSingleStep(2)
    slider.setPageStep(GRID)
    slider.setValue(height)
    slider.setFixedWidth(8 * GRID)
    slider.setAccessibleName(tr("Height of the rows"))
    slider.setToolTip(tr("Height of the rows (Ctrl and the mouse wheel)"))
    return slider
