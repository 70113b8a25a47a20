"""What the window remembers between two starts: geometry, layouts, shortcuts, theme, recent sessions."""

from __future__ import annotations

from PySide6.QtCore import QSettings

from hera_desktop.engine.places import data_folder


def settings() -> QSettings:
    """The window's settings, an INI file in the user's data folder; ``HERA_DATA_HOME`` moves it."""
    return QSettings(str(data_folder() / "window.ini"), QSettings.Format.IniFormat)
