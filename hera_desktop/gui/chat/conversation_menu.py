"""The menu of the conversations: begin one, go to another, save, load, export the adapter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from ..i18n import mark, tr

if TYPE_CHECKING:
    from hera_desktop.engine.facts.records import Message

LETTERS = 48
SHOWN = 30
FILES = mark("Conversation (*.json);;All files (*)")


class ConversationMenu(QMenu):
    """Signals: ``new_wanted()``, ``chosen(message_id)`` of another conversation's first message, ``save_wanted(path)``,
    ``load_wanted(path)``, ``export_wanted(folder)``."""

    new_wanted = Signal()
    chosen = Signal(object)
    save_wanted = Signal(object)
    load_wanted = Signal(object)
    export_wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._group: QActionGroup | None = None
        self.new = self._item(tr("New conversation"), self.new_wanted)
        self.others = self.addMenu(tr("Conversations"))
        self.others.triggered.connect(self._on_chosen)
        self.addSeparator()
        self.save = self._item(tr("Save the conversation..."), self._ask_save)
        self.load = self._item(tr("Load a conversation..."), self._ask_load)
        self.addSeparator()
        self.export = self._item(tr("Export the adapter..."), self._ask_export)

    def _item(self, text: str, slot: object) -> QAction:
        made = self.addAction(text)
        made.triggered.connect(slot)
        return made

    def show_conversations(self, beginnings: Sequence[Message], present: int | None) -> None:
        """The first messages of the newest conversations; ``present`` is that of the one that is shown."""
        self.others.clear()
        self._group = QActionGroup(self.others)
        for message in reversed(beginnings[-SHOWN:]):
            item = self.others.addAction(_title(message.text))
            item.setCheckable(True)
            item.setChecked(message.message_id == present)
            item.setData(message.message_id)
            self._group.addAction(item)
        self.others.setEnabled(bool(beginnings))

    def set_state(self, ready: bool, locked: bool, begun: bool, learned: bool) -> None:
        """``begun``: there is a conversation to be saved; ``learned``: an adapter to be exported."""
        self.new.setEnabled(begun)
        self.save.setEnabled(ready and begun)
        self.load.setEnabled(ready and not locked)
        self.export.setEnabled(ready and learned)

    def _on_chosen(self, item: QAction) -> None:
        self.chosen.emit(item.data())

    def _ask_save(self) -> None:
        title, kinds = tr("Save the conversation"), tr(FILES)
        path, _ = QFileDialog.getSaveFileName(self.parentWidget(), title, "conversation.json", kinds)
        if path:
            self.save_wanted.emit(path if "." in path.rpartition("/")[2] else f"{path}.json")

    def _ask_load(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self.parentWidget(), tr("Load a conversation"), "", tr(FILES))
        if path:
            self.load_wanted.emit(path)

    def _ask_export(self) -> None:
        folder = QFileDialog.getExistingDirectory(self.parentWidget(), tr("Export the adapter to a folder"))
        if folder:
            self.export_wanted.emit(folder)


def _title(text: str) -> str:
    """The beginning of a message in one line; an ampersand would underline what follows it."""
    line = " ".join(text.split())
    return (line if len(line) <= LETTERS else f"{line[: LETTERS - 1]}…").replace("&", "&&")
