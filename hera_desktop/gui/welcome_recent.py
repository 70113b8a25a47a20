"""The recent sessions on the welcome page: name, folder, steps, patches, and when it was open."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from .i18n import tr
from .recent import RecentSession
from .session_files import is_untitled
from .theme import GRID, tabular

NAME, STEPS, PATCHES, OPENED = range(4)
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class RecentTable(QTreeWidget):
    """Signal: ``wanted(path)`` on a click or Enter."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Recent sessions"))
        self.setColumnCount(4)
        self.setHeaderLabels([tr("session"), tr("steps"), tr("patches"), tr("last open")])
        self.setRootIsDecorated(False)
        self.setAllColumnsShowFocus(True)
        self.setUniformRowHeights(True)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setMinimumHeight(16 * GRID)
        self.setFont(tabular(self.font()))
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for column in (STEPS, PATCHES, OPENED):
            self.headerItem().setTextAlignment(column, RIGHT)
        self.itemClicked.connect(self._choose)
        self.setStyleSheet("QTreeView::item { padding: 3px 8px; }")

    def keyPressEvent(self, event: object) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem() is not None:  # type: ignore[attr-defined]
            self._choose(self.currentItem())
            return
        super().keyPressEvent(event)  # type: ignore[arg-type]

    def show_sessions(self, sessions: tuple[RecentSession, ...]) -> None:
        self.clear()
        for session in sessions:
            item = QTreeWidgetItem(_cells(session))
            item.setData(NAME, Qt.ItemDataRole.UserRole, str(session.path))
            for column in range(self.columnCount()):
                item.setToolTip(column, _tip(session))
                if column != NAME:
                    item.setTextAlignment(column, RIGHT)
                if session.missing:
                    item.setForeground(column, self.palette().placeholderText())
            self.addTopLevelItem(item)

    def _choose(self, item: QTreeWidgetItem) -> None:
        self.wanted.emit(item.data(NAME, Qt.ItemDataRole.UserRole))


def _cells(session: RecentSession) -> list[str]:
    found = session.found
    place = "" if is_untitled(session.path) else f"   {_short(session.path.parent)}"
    counts = ["", ""] if found is None else [f"{found.steps:,}", f"{found.patches:,}"]
    return [session.name + place, *counts, tr("missing") if session.missing else when(session.opened)]


def _tip(session: RecentSession) -> str:
    if session.missing:
        return tr("{path} is no longer there; choosing it takes it off the list").format(path=session.path)
    model = session.found.model if session.found else ""
    return f"{session.path}\n{model}".strip()


def _short(folder: Path) -> str:
    """A folder below the user's own as ``~/...``."""
    home = Path.home()
    return f"~/{folder.relative_to(home)}" if folder.is_relative_to(home) and folder != home else str(folder)


def when(opened: datetime) -> str:
    """The time of today, the day of the last week, else the date."""
    now, locale = datetime.now(), QLocale()
    if opened.date() == now.date():
        return locale.toString(opened.time(), QLocale.FormatType.ShortFormat)
    if now - opened < timedelta(days=6):
        return locale.toString(opened.date(), "dddd")
    return locale.toString(opened.date(), QLocale.FormatType.ShortFormat)
