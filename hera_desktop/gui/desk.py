"""The desk: every panel in a dock, and named layouts that arrange them.

A layout remembers what the user made of it. Resetting one brings back the arrangement that is written here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar, QTabWidget, QWidget

from .dock_title import DockTitle
from .i18n import mark, tr
from .settings import settings

VERSION = 3
"""Kept arrangements of another version are not used."""
EVOLVE, INSPECT, COMPARE, CHAT, EXPERIMENTS = LAYOUTS = ("evolve", "inspect", "compare", "chat", "experiments")
LAYOUT_NAMES = {
    EVOLVE: mark("Evolve"),
    INSPECT: mark("Inspect"),
    COMPARE: mark("Compare"),
    CHAT: mark("Chat"),
    EXPERIMENTS: mark("Experiments"),
}
DOCK_NAMES = {
    "prompt": mark("Prompt and queue"),
    "generation": mark("Before and after"),
    "immune": mark("Immune system"),
    "features": mark("Features"),
    "compare": mark("Compare"),
    "chat": mark("Chat"),
    "facts": mark("Facts"),
    "lessons": mark("Lessons"),
    "experiments": mark("Experiments"),
    "timeline": mark("Timeline"),
    "details": mark("Step and notes"),
    "log": mark("Log and trace"),
    "notifications": mark("Messages"),
}
_SHOWN = {
    EVOLVE: ("prompt", "generation", "immune", "details", "timeline", "log", "notifications"),
    INSPECT: ("features", "details", "timeline", "log", "notifications"),
    COMPARE: ("compare", "details", "timeline", "log", "notifications"),
    CHAT: ("chat", "facts", "lessons", "details", "timeline", "log", "notifications"),
    EXPERIMENTS: ("experiments", "details", "timeline", "log", "notifications"),
}
_FRONT = {
    EVOLVE: ("immune", "timeline"),
    INSPECT: ("timeline",),
    COMPARE: ("timeline",),
    CHAT: ("facts", "timeline"),
    EXPERIMENTS: ("timeline",),
}
_CHAT = ("chat", "facts", "lessons")
_LEFT, _BOTTOM = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.BottomDockWidgetArea
_ACROSS, _DOWN = Qt.Orientation.Horizontal, Qt.Orientation.Vertical


class Desk(QMainWindow):
    """Signals: ``layout_changed(layout id)``; ``seen_changed()`` when other docks may be seen than before.

    ``panels`` gives the widget of every dock.
    """

    layout_changed = Signal(object)
    seen_changed = Signal()

    def __init__(self, panels: Mapping[str, QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Widget)
        self.setDockOptions(QMainWindow.DockOption.AllowNestedDocks | QMainWindow.DockOption.AllowTabbedDocks)
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self._titles = QTimer(self, singleShot=True, interval=0)
        self._titles.timeout.connect(self._refresh_titles)
        self._sharing = QTimer(self, singleShot=True, interval=0)
        self._sharing.timeout.connect(self.share_out)
        self._seeing = QTimer(self, singleShot=True, interval=0)
        self._seeing.timeout.connect(self.seen_changed)
        self._moved = False
        self.docks = {dock_id: self._make(dock_id, panel) for dock_id, panel in panels.items()}
        self._layout = EVOLVE
        self._settled = False
        self._arrange(EVOLVE)

    def _make(self, dock_id: str, panel: QWidget) -> QDockWidget:
        dock = QDockWidget(tr(DOCK_NAMES[dock_id]), self)
        dock.setObjectName(dock_id)
        dock.setTitleBarWidget(DockTitle(dock))
        dock.setWidget(panel)
        dock.setAccessibleName(dock.windowTitle())
        dock.visibilityChanged.connect(self._on_visibility)
        self.addDockWidget(_LEFT, dock)
        return dock

    # --- layouts ----------------------------------------------------------------------------------------------------

    @property
    def layout_id(self) -> str:
        return self._layout

    def show_layout(self, layout: str) -> None:
        """Arrange the docks as this layout has them; what was made of the present one is kept. A layout that is not
        known (from another version) is passed over."""
        if layout == self._layout or layout not in LAYOUTS:
            return
        self.keep()
        self._layout = layout
        self._bring_back()
        self.layout_changed.emit(layout)

    def reset_layout(self) -> None:
        """The present layout as it was made."""
        settings().remove(self._key())
        self._arrange(self._layout)
        self._resize()
        self._titles.start()

    def keep(self) -> None:
        """Remember what the user made of the present layout."""
        if self._settled:
            settings().setValue(self._key(), self.saveState(VERSION))
            settings().setValue(f"{self._key()}-moved", self._moved)

    def show_dock(self, dock_id: str) -> None:
        """Bring a dock to the front, also one that was closed."""
        self.docks[dock_id].show()
        self.docks[dock_id].raise_()

    def is_seen(self, dock_id: str) -> bool:
        """Whether something of a dock is to be seen: of several tabs only the front one's."""
        dock = self.docks[dock_id]
        return dock.isVisible() and not dock.visibleRegion().isEmpty()

    def _on_visibility(self, _: bool) -> None:
        self._seeing.start()

    def _key(self) -> str:
        return f"layouts/{self._layout}"

    def _bring_back(self) -> None:
        kept = settings().value(self._key())
        self._moved = settings().value(f"{self._key()}-moved", False, type=bool)
        self._clear()
        if kept is None or not self.restoreState(kept, VERSION):
            self._moved = False
            self._arrange(self._layout)
        self.share_out()
        self._titles.start()

    def _clear(self) -> None:
        """Take every dock out of the window, so that no row of tabs is left where it was."""
        for dock in self.docks.values():
            dock.setFloating(False)
            self.removeDockWidget(dock)

    def _arrange(self, layout: str) -> None:
        shown = _SHOWN[layout]
        self._clear()
        _ARRANGERS[layout](self)
        for dock_id, dock in self.docks.items():
            dock.setVisible(dock_id in shown)
        for dock_id in _FRONT[layout]:
            self.docks[dock_id].raise_()

    def _place(self, area: Qt.DockWidgetArea, dock_id: str) -> None:
        self.addDockWidget(area, self.docks[dock_id])

    def _beside(self, first: str, second: str, orientation: Qt.Orientation) -> None:
        self.splitDockWidget(self.docks[first], self.docks[second], orientation)

    def _behind(self, first: str, *others: str) -> None:
        for other in others:
            self.tabifyDockWidget(self.docks[first], self.docks[other])

    def share_out(self) -> None:
        """Give the panels their shares of the window again, unless the user has moved a border of this layout."""
        if self._settled and not self._moved:
            self._resize()

    def _resize(self) -> None:
        """The shares of the panels in the layout as it was made; only a window that is shown has sizes to share."""
        self._moved = False
        widths, heights = _SIZES[self._layout]
        for sizes, total, orientation in ((widths, self.width(), _ACROSS), (heights, self.height(), _DOWN)):
            shown = {dock_id: size for dock_id, size in sizes.items() if self.docks[dock_id].isVisible()}
            if len(shown) > 1:
                whole = sum(shown.values())
                pixels = [size * total // whole for size in shown.values()]
                self.resizeDocks([self.docks[dock_id] for dock_id in shown], pixels, orientation)

    # --- Qt ---------------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(1280, 640)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._settled:
            self._settled = True
            self._bring_back()
            self._sharing.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._sharing.start()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._titles.start()
        done = super().event(event)
        if event.type() == QEvent.Type.MouseButtonPress and event.isAccepted():
            self._moved = True  # Qt takes a press only on a border between docks; others pass through
        return done

    def _refresh_titles(self) -> None:
        """A dock among tabs is named by its tab; Qt does not always show the tabs of docks that were put together."""
        for tabs in self.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if tabs.count() > 1 and not tabs.isVisible():
                tabs.show()
        for dock in self.docks.values():
            title = dock.titleBarWidget()
            if isinstance(title, DockTitle):
                title.show_name(dock.isFloating() or not self.tabifiedDockWidgets(dock))


def _evolve(desk: Desk) -> None:
    desk._place(_LEFT, "prompt")
    desk._beside("prompt", "generation", _ACROSS)
    desk._beside("generation", "immune", _ACROSS)
    desk._behind("immune", "details")
    _bottom(desk)
    _rest(desk, "generation", "features", "compare", "experiments", *_CHAT)


def _inspect(desk: Desk) -> None:
    desk._place(_LEFT, "features")
    _bottom(desk)
    desk._behind("timeline", "details")
    _rest(desk, "features", "prompt", "generation", "immune", "compare", "experiments", *_CHAT)


def _compare(desk: Desk) -> None:
    desk._place(_LEFT, "compare")
    _bottom(desk)
    desk._behind("timeline", "details")
    _rest(desk, "compare", "prompt", "generation", "immune", "features", "experiments", *_CHAT)


def _chat(desk: Desk) -> None:
    desk._place(_LEFT, "chat")
    desk._beside("chat", "facts", _ACROSS)
    desk._behind("facts", "lessons")
    _bottom(desk)
    desk._behind("timeline", "details")
    _rest(desk, "facts", "prompt", "generation", "immune", "features", "compare", "experiments")


def _experiments(desk: Desk) -> None:
    desk._place(_LEFT, "experiments")
    _bottom(desk)
    desk._behind("timeline", "details")
    _rest(desk, "experiments", "prompt", "generation", "immune", "features", "compare", *_CHAT)


def _bottom(desk: Desk) -> None:
    desk._place(_BOTTOM, "timeline")
    desk._behind("timeline", "log", "notifications")


def _rest(desk: Desk, front: str, *hidden: str) -> None:
    """Where a dock goes that this layout does not show, once the user opens it."""
    desk._behind(front, *hidden)


_ARRANGERS: dict[str, Callable[[Desk], None]] = {
    EVOLVE: _evolve,
    INSPECT: _inspect,
    COMPARE: _compare,
    CHAT: _chat,
    EXPERIMENTS: _experiments,
}
_SIZES: dict[str, tuple[dict[str, int], dict[str, int]]] = {
    EVOLVE: ({"prompt": 290, "generation": 530, "immune": 460}, {"prompt": 400, "timeline": 230}),
    INSPECT: ({}, {"features": 470, "timeline": 160}),
    COMPARE: ({}, {"compare": 440, "timeline": 190}),
    CHAT: ({"chat": 700, "facts": 560}, {"chat": 460, "timeline": 170}),
    EXPERIMENTS: ({}, {"experiments": 490, "timeline": 140}),
}
