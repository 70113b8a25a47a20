"""The menu bar: a menu for each category of actions, the docks, and what was opened lately."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from .actions import CATEGORIES, FILE, VIEW, Actions
from .desk import Desk
from .i18n import tr
from .recent import RecentSession

_BEFORE_SEPARATOR = (
    "save_as",
    "open_prompts",
    "import_patch",
    "save_trace",
    "redo",
    "copy_hash",
    "queue_prompt",
    "auto_run",
    "layout_experiments",
    "reset_layout",
    "forward",
    "theme_dark",
    "tour",
)


class Menus(QObject):
    """Fills ``bar``; ``panels`` are the actions that show and hide docks. Signal: ``recent_wanted(path)``."""

    recent_wanted = Signal(object)

    def __init__(self, bar: QMenuBar, actions: Actions, desk: Desk) -> None:
        super().__init__(bar)
        self.recent = QMenu(tr("Open recent"), bar)
        self.menus = {category: bar.addMenu(tr(category)) for category in CATEGORIES}
        for category, menu in self.menus.items():
            for action in actions.of(category):
                menu.addAction(action)
                if action.objectName() in _BEFORE_SEPARATOR:
                    menu.addSeparator()
        self.menus[FILE].insertMenu(actions["save_as"], self.recent)
        self.panels = {dock_id: dock.toggleViewAction() for dock_id, dock in desk.docks.items()}
        panels = QMenu(tr("Panels"), bar)
        panels.addActions(list(self.panels.values()))
        self.menus[VIEW].insertMenu(actions["reset_layout"], panels)
        self.recent.triggered.connect(self._on_recent)
        self.show_recent(())

    def show_recent(self, sessions: Iterable[RecentSession]) -> None:
        """The sessions that were open lately, the last one first."""
        self.recent.clear()
        for session in sessions:
            action = QAction(session.name, self.recent)
            action.setToolTip(str(session.path))
            action.setData(str(session.path))
            action.setEnabled(not session.missing)
            self.recent.addAction(action)
        self.recent.setEnabled(not self.recent.isEmpty())

    def _on_recent(self, action: QAction) -> None:
        self.recent_wanted.emit(action.data())
