"""The command palette: every action of the window, found by a few letters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer
from PySide6.QtGui import QAction, QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from .i18n import tr
from .labels import dim_label
from .palette_delegate import PaletteDelegate
from .palette_search import Command, Hit, rank
from .settings import settings
from .theme import GRID, theme_of

Index = QModelIndex | QPersistentModelIndex
Provider = Callable[[], Iterable[tuple[str, str, Callable[[], object]]]]
WIDTH = 76 * GRID
ROWS = 12
REMEMBERED = 30
KEPT_AS = "palette/recent"
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: ROWS - 1, Qt.Key.Key_PageUp: 1 - ROWS}


class CommandPalette(QFrame):
    """``open()`` shows it at the top middle of its parent's window. Enter does what is chosen, Esc closes.

    ``extra`` are functions that give further (title, category, function) rows each time it opens, such as the recent
    sessions.
    """

    def __init__(self, parent: QWidget, actions: Mapping[str, QAction], extra: Iterable[Provider] = ()) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self._actions = actions
        self._extra = tuple(extra)
        self._commands: list[Command] = []
        self.line = QLineEdit()
        self.list = QListView()
        self.hint = dim_label()
        self.model = HitsModel(self)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName(tr("Command palette"))
        self._dress()
        self.line.textChanged.connect(self._search)
        self.line.installEventFilter(self)
        self.list.clicked.connect(self._on_clicked)
        self.list.selectionModel().currentChanged.connect(self._show_hint)

    def _dress(self) -> None:
        self.line.setPlaceholderText(tr("What do you want to do?"))
        self.line.setAccessibleName(tr("Search commands"))
        self.line.setClearButtonEnabled(True)
        self.list.setModel(self.model)
        self.list.setItemDelegate(PaletteDelegate(self.list))
        self.list.setAccessibleName(tr("Commands"))
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setFixedHeight(ROWS * PaletteDelegate.HEIGHT + 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, GRID, GRID, GRID)
        column.setSpacing(GRID)
        for part in (self.line, self.list, self.hint):
            column.addWidget(part)
        self.setFixedWidth(WIDTH)

    def paintEvent(self, event: QPaintEvent) -> None:
        """With a line around it that is also seen on a dark window."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(QColor(theme_of(self.palette()).reverted))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def open(self) -> None:
        """Show it, empty, with what was used last on top."""
        self._commands = [*map(_command, self._actions.items()), *self._further()]
        self.line.clear()
        self._search()
        self.adjustSize()
        window = self.parentWidget().window()
        left = window.mapToGlobal(window.rect().topLeft())
        self.move(left.x() + (window.width() - self.width()) // 2, left.y() + 5 * GRID)
        self.show()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def _further(self) -> list[Command]:
        rows = (row for provider in self._extra for row in provider())
        return [Command(f"{category}/{title}", title, category, run) for title, category, run in rows]

    # --- searching --------------------------------------------------------------------------------------------------

    def _search(self) -> None:
        self.model.show_hits(rank(self.line.text(), self._commands, recent()))
        self._choose(0)
        self._show_hint()

    def _choose(self, row: int) -> None:
        last = self.model.rowCount() - 1
        if last >= 0:
            index = self.model.index(max(0, min(row, last)))
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)

    def _show_hint(self) -> None:
        chosen = self.chosen
        if chosen is None:
            self.hint.setText(tr("No command has these letters in this order"))
        elif not chosen.enabled:
            self.hint.setText(tr("Not possible now: {why}").format(why=chosen.why) if chosen.why else tr("Not now"))
        else:
            self.hint.setText(tr("Enter does it, arrows choose, Esc closes"))

    @property
    def chosen(self) -> Command | None:
        index = self.list.currentIndex()
        return self.model.hits[index.row()].command if index.isValid() else None

    # --- doing ------------------------------------------------------------------------------------------------------

    def run_chosen(self) -> None:
        """Close, then do it: what it shows is not to stand behind the palette. What is not possible stays chosen."""
        chosen = self.chosen
        if chosen is None or not chosen.enabled:
            return
        remember(chosen.id)
        self.hide()
        QTimer.singleShot(0, chosen.run)

    def _on_clicked(self, index: QModelIndex) -> None:
        self.list.setCurrentIndex(index)
        self.run_chosen()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            if key in STEPS:
                self._choose(self.list.currentIndex().row() + STEPS[key])
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.run_chosen()
                return True
            if key == Qt.Key.Key_Escape:
                self.hide()
                return True
            if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                return True
        return super().eventFilter(watched, event)


class HitsModel(QAbstractListModel):
    """The commands found; a ``Hit`` under UserRole, the reason of one that is not possible as its tooltip."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hits: list[Hit] = []

    def show_hits(self, hits: list[Hit]) -> None:
        self.beginResetModel()
        self.hits = hits
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        hit = self.hits[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.command.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return hit.command.why or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{hit.command.category}: {hit.command.title} {hit.command.shortcut}".strip()
        return hit if role == Qt.ItemDataRole.UserRole else None


def _command(item: tuple[str, QAction]) -> Command:
    """An action as a command; a disabled one says why in its tooltip, unless that is only its name."""
    action_id, action = item
    title = action.text().replace("&", "")
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    tip = action.toolTip()
    plain = tip.startswith(title.removesuffix("...")) or not tip
    return Command(
        id=action_id,
        title=title,
        category=str(action.property("category") or ""),
        run=action.trigger,
        shortcut=keys,
        enabled=action.isEnabled(),
        why="" if action.isEnabled() or plain else tip,
        words=action_id.replace("_", " "),
    )


def recent() -> list[str]:
    """The ids of the commands used last, newest first."""
    kept = settings().value(KEPT_AS) or []
    return [kept] if isinstance(kept, str) else list(kept)


def remember(command_id: str) -> None:
    settings().setValue(KEPT_AS, [command_id, *(other for other in recent() if other != command_id)][:REMEMBERED])
