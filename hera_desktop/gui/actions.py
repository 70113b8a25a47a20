"""What can be done from the keyboard, and the icons of the actions."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import qtawesome
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from .theme import Theme

Key = QKeySequence.StandardKey


class Actions:
    """The window's actions, with their shortcuts; they belong to ``window``."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self.evolve = self._make("Evolve", "mdi6.play", ["Ctrl+Return", "Ctrl+Enter"])
        self.cancel = self._make("Cancel", "mdi6.stop", ["Esc"])
        self.undo = self._make("Undo", "mdi6.undo", ["Ctrl+Z"])
        self.redo = self._make("Redo", "mdi6.redo", ["Ctrl+Shift+Z", "Ctrl+Y"])
        self.open_prompts = self._make("Open prompts file...", "mdi6.folder-open-outline", ["Ctrl+O"])
        self.evolve_workspace = self._make("Evolve workspace", "mdi6.dna", ["Ctrl+1"])
        self.features_workspace = self._make("Features workspace", "mdi6.grid", ["Ctrl+2"])
        self.search_features = self._make("Search features", "mdi6.magnify", ["Ctrl+F"])
        self.back = self._make("Back", "mdi6.arrow-left", ["Alt+Left"])
        self.forward = self._make("Forward", "mdi6.arrow-right", ["Alt+Right"])
        self.train_sae = self._make("Train an SAE...", "mdi6.chart-line", [])
        self.quit = self._make("Quit", "mdi6.close", ["Ctrl+Q"])

    def _make(self, text: str, icon: str, keys: Sequence[str]) -> QAction:
        action = QAction(text, self._window)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setToolTip(f"{text} ({keys[0].replace('Return', 'Enter')})" if keys else text)
        action.setData(icon)
        self._window.addAction(action)
        return action

    def connect(self, slots: dict[str, Callable[[], object]]) -> None:
        """Connect actions by name."""
        for name, slot in slots.items():
            getattr(self, name).triggered.connect(slot)

    def colour(self, theme: Theme) -> None:
        """Draw the icons in the theme's colours."""
        for action in (self.undo, self.redo):
            action.setIcon(qtawesome.icon(action.data(), color=theme.text, color_disabled=theme.reverted))
