"""Files dropped on a panel. A session is the window's: where one is among them, the panel lets the drop go on to it."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QDropEvent

SESSION_SUFFIX = ".hera"


def offer(event: QDropEvent) -> None:
    """Accept an entering drag that carries files for the panel; leave any other to the widget behind."""
    if files_for_panel(event.mimeData()):
        event.acceptProposedAction()
    else:
        event.ignore()


def take(event: QDropEvent) -> list[str]:
    """The dropped files, with the event accepted; none, with the event ignored, where they are not the panel's."""
    paths = files_for_panel(event.mimeData())
    if paths:
        event.acceptProposedAction()
    else:
        event.ignore()
    return paths


def files_for_panel(data: QMimeData) -> list[str]:
    """The local files and folders in ``data``; none where a session is among them."""
    paths = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
    return [] if any(path.endswith(SESSION_SUFFIX) for path in paths) else paths
