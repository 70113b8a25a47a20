"""The conversation: one text document, so that it can be selected and read across messages, and stays fast."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QShowEvent,
    QTextCursor,
    QTextFrame,
    QTextOption,
)
from PySide6.QtWidgets import QApplication, QMenu, QTextEdit, QWidget

from ..i18n import tr
from ..theme import recoloured, theme_of
from .entries import Entry
from .mark_object import PLACEHOLDER, MarkObject
from .message_actions import ACTS, Acted, ActionBar, acts_for, message_menu
from .message_view import BRANCH, CLOSE, HASH, MessageWriter

NEAR = 4
"""So many pixels from its end a conversation still counts as read to the end."""
LINKS = {HASH: "copy_hash", BRANCH: "branch", CLOSE: "close"}


@dataclass
class _Row:
    entry: Entry
    frame: QTextFrame


class Conversation(QTextEdit):
    """Signal: ``acted(Acted)``. What arrives is followed only where the user has read to the end."""

    acted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []
        self._possible: frozenset[str] = frozenset()
        self._hovered: int | None = None
        self._pressed = QPoint()
        self._follows = True
        self.menu: QMenu | None = None
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleName(tr("Conversation"))
        self.document().setDocumentMargin(0)
        self.viewport().setMouseTracking(True)
        self._marks = MarkObject(self, self.document())
        self._writer = MessageWriter(theme_of(self.palette()), self.font())
        self.bar = ActionBar(self.viewport())
        self.bar.picked.connect(self._on_picked)
        self.bar.left.connect(self._refresh_bar)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.verticalScrollBar().rangeChanged.connect(self._on_range)
        self.cursorPositionChanged.connect(self._refresh_bar)

    # --- what is shown ----------------------------------------------------------------------------------------------

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(row.entry for row in self._rows)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these messages; only what looks otherwise than before is written."""
        fresh = not self._rows
        with self._written():
            for row, entry in zip(self._rows, entries, strict=False):
                if row.entry != entry:
                    self._writer.rewrite(row.frame, entry)
                    row.entry = entry
            self._cut(len(entries))
            for entry in entries[len(self._rows) :]:
                self._rows.append(_Row(entry, self._writer.append(self.document(), entry)))
        if fresh:
            self.moveCursor(QTextCursor.MoveOperation.End)  # keys go on from the newest message

    def add(self, piece: str) -> None:
        """More of the last message."""
        if not self._rows:
            return
        row = self._rows[-1]
        with self._written():
            row.entry = replace(row.entry, text=row.entry.text + piece)
            self._writer.add(row.frame, piece)

    def to_end(self) -> None:
        self._follows = True
        self.document().documentLayout().blockBoundingRect(self.document().lastBlock())  # lays out all of it
        self._on_range()

    def set_possible(self, kinds: Collection[str]) -> None:
        """What can be done with messages now."""
        self._possible = frozenset(kinds)
        self._refresh_bar()

    def _cut(self, count: int) -> None:
        """Drop the messages from the ``count``-th on."""
        if count >= len(self._rows):
            return
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._rows[count].frame.firstPosition() - 1)
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        del self._rows[count:]

    @contextmanager
    def _written(self) -> Iterator[None]:
        """Changes of the text at once; the end stays in sight where it was, and else the place that is read."""
        bar = self.verticalScrollBar()
        value, follows = bar.value(), self._follows
        edit = QTextCursor(self.document())
        edit.beginEditBlock()
        try:
            yield
        finally:
            edit.endEditBlock()
        if follows:
            self.to_end()
        else:
            bar.setValue(value)
        self._refresh_bar()

    def _on_scrolled(self) -> None:
        bar = self.verticalScrollBar()
        self._follows = bar.value() >= bar.maximum() - NEAR
        self._place_bar()

    def _on_range(self) -> None:
        """The text or the room for it has another height."""
        bar = self.verticalScrollBar()
        if self._follows:
            bar.setValue(bar.maximum())
        self._place_bar()

    # --- which message ----------------------------------------------------------------------------------------------

    def row_at(self, position: int) -> int | None:
        """Which message a place of the text belongs to; None where it belongs to none."""
        row = bisect_right(self._rows, position, key=lambda row: row.frame.firstPosition()) - 1
        return row if row >= 0 and position <= self._rows[row].frame.lastPosition() else None

    @property
    def current(self) -> int | None:
        """The message under the mouse, or else, with the focus, the one where the cursor is."""
        if self._hovered is not None and self._hovered < len(self._rows):
            return self._hovered
        return self.row_at(self.textCursor().position()) if self._has_focus() else None

    def _has_focus(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and (focused is self or self.bar.isAncestorOf(focused))

    def rect_of(self, row: int) -> QRect:
        """Where a message is, in the viewport."""
        found = self.document().documentLayout().frameBoundingRect(self._rows[row].frame).toRect()
        return found.translated(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())

    def _entry(self, row: int | None) -> Entry | None:
        return None if row is None else self._rows[row].entry

    def go(self, by: int) -> None:
        """The cursor to the beginning of another message."""
        if not self._rows:
            return
        now = self.row_at(self.textCursor().position())
        row = len(self._rows) - 1 if now is None else max(0, min(len(self._rows) - 1, now + by))
        self._hovered = None
        self.setTextCursor(self._rows[row].frame.firstCursorPosition())
        self.ensureCursorVisible()

    # --- what the user does -----------------------------------------------------------------------------------------

    def _act(self, kind: str, row: int | None) -> None:
        entry = self._entry(row)
        acts = {act.kind for act in acts_for(entry)}
        if entry is not None and kind in acts and kind in self._possible:
            self.acted.emit(Acted(kind, entry.message_id))

    def _on_picked(self, kind: str) -> None:
        entry = self.bar.entry
        if entry is not None and entry.message_id is not None:
            self.acted.emit(Acted(kind, entry.message_id))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alone = event.modifiers() == Qt.KeyboardModifier.NoModifier
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(event.key())
        if event.modifiers() == Qt.KeyboardModifier.AltModifier and step:
            self.go(step)
            return
        kinds = {act.key: act.kind for act in ACTS if act.key}
        letter = event.text().upper()
        if alone and letter in kinds:
            self._act(kinds[letter], self.row_at(self.textCursor().position()))
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The message under the mouse; called by a key, the one where the cursor is."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        place = self.textCursor().position() if by_key else self.cursorForPosition(event.pos()).position()
        entry = self._entry(self.row_at(place))
        if self.menu is not None:
            self.menu.deleteLater()
        self.menu = message_menu(self, entry, self._possible)
        self.menu.triggered.connect(self._on_chosen)
        if self.textCursor().hasSelection():
            self.menu.addSeparator()
            self.menu.addAction(tr("Copy the selection")).triggered.connect(self.copy)
        if self.menu.actions():
            corner = self.viewport().mapToGlobal(self.cursorRect().bottomLeft())
            self.menu.popup(corner if by_key else event.globalPos())

    def _on_chosen(self, chosen: QAction) -> None:
        acted = chosen.data()
        if acted is not None:
            self.acted.emit(acted)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        link = self.anchorAt(place)
        left = event.button() == Qt.MouseButton.LeftButton
        if left and link and link == self.anchorAt(self._pressed) and not self.textCursor().hasSelection():
            about, number, by = link.split(":")
            self.acted.emit(Acted(LINKS[about], int(number), int(by)))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        place = event.position().toPoint()
        shape = Qt.CursorShape.PointingHandCursor if self.anchorAt(place) else Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)
        if not event.buttons():
            self._hover(self.row_at(self.cursorForPosition(place).position()))

    def createMimeDataFromSelection(self) -> QMimeData:
        """The selected text, without the marks that stand in it."""
        made = QMimeData()
        made.setText(self.textCursor().selection().toPlainText().replace(f"{PLACEHOLDER} ", ""))
        return made

    # --- the bar ----------------------------------------------------------------------------------------------------

    def _hover(self, row: int | None) -> None:
        if row != self._hovered:
            self._hovered = row
            self._refresh_bar()

    def _refresh_bar(self) -> None:
        entry = self._entry(self.current)
        self.bar.show_for(entry, self._possible)
        self._place_bar()

    def _place_bar(self) -> None:
        row = self.current
        if row is None:
            return
        rect, view = self.rect_of(row), self.viewport().rect()
        top = max(rect.top(), min(0, rect.bottom() - self.bar.height())) if rect.top() < 0 else rect.top()
        top = max(top, 0) if rect.bottom() > self.bar.height() else top
        self.bar.move(view.right() - self.bar.width(), top)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(None)
        return super().viewportEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._refresh_bar()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._refresh_bar()

    # --- size and colours -------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        follows = self._follows
        super().resizeEvent(event)
        if follows:
            self.to_end()
        self._place_bar()

    def showEvent(self, event: QShowEvent) -> None:
        follows = self._follows
        super().showEvent(event)  # it scrolls to the cursor
        if follows:
            self.to_end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if recoloured(event) or event.type() == QEvent.Type.FontChange:
            self._recolour()

    def _recolour(self) -> None:
        """The colours and the font are in the text."""
        self._writer = MessageWriter(theme_of(self.palette()), self.font())
        entries = self.entries
        if entries:
            with self._written():
                self._cut(0)
                for entry in entries:
                    self._rows.append(_Row(entry, self._writer.append(self.document(), entry)))
