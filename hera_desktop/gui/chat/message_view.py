"""Writes messages into a text document: a frame for each, with its header, its text, and what goes with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrame,
    QTextFrameFormat,
    QTextLength,
    QTextTableFormat,
)

from ..i18n import mark, tr
from ..theme import GRID, Theme, monospace
from .entries import Entry, clock, day_and_clock, stretches
from .mark_object import insert_mark

if TYPE_CHECKING:
    from ..chat_records import AnswersCompared

HASH_LETTERS = 8
MARK_WIDTH = 18
"""Pixels of a mark and the blank after it."""
HASH, BRANCH, CLOSE = "hash", "branch", "close"
"""What a link is about: its address is one of these, a message's number and, of a branch, by how many it moves."""
TINT = 56
"""How strongly the ground of a stretch that differs is coloured, of 255."""
WHO = {"user": mark("You"), "assistant": mark("Model")}
HASH_TIP = mark("The state the model was in: {hash}\nClick to copy")
BRANCH_TIP = mark("This message has {count} versions, each with what followed it")
OFF, NOW = mark("with the adapter off"), mark("as it is now")
SAME = mark("Both answers are the same.")
DIFFER = mark("What only one of them says is underlined.")
HIDE = mark("hide")
_NARROW = QTextBlockFormat.LineHeightTypes.FixedHeight.value


class MessageWriter:
    """Writes in the colours of ``theme`` and with ``font``; both are in the text, so it is written again after a change
    of them."""

    def __init__(self, theme: Theme, font: QFont) -> None:
        self._theme = theme
        self._font = font
        self._code = monospace(font)

    # --- frames -----------------------------------------------------------------------------------------------------

    def append(self, document: QTextDocument, entry: Entry) -> QTextFrame:
        """A new frame at the end of the document."""
        cursor = QTextCursor(document)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.setBlockFormat(_gap())
        frame = cursor.insertFrame(self._frame(entry))
        after = QTextCursor(document)
        after.movePosition(QTextCursor.MoveOperation.End)
        after.setBlockFormat(_gap())
        self._fill(frame.firstCursorPosition(), entry)
        return frame

    def rewrite(self, frame: QTextFrame, entry: Entry) -> None:
        """Another text in the place of the one in the frame."""
        cursor = frame.firstCursorPosition()
        cursor.setPosition(frame.lastPosition(), QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        frame.setFrameFormat(self._frame(entry))
        self._fill(cursor, entry)

    def add(self, frame: QTextFrame, piece: str) -> None:
        """More text at the end of a message that has nothing after its text."""
        frame.lastCursorPosition().insertText(piece, self._plain())

    def _frame(self, entry: Entry) -> QTextFrameFormat:
        made = QTextFrameFormat()
        made.setPadding(GRID)
        made.setBackground(QColor(self._theme.window if entry.role == "user" else self._theme.base))
        return made

    # --- a message --------------------------------------------------------------------------------------------------

    def _fill(self, cursor: QTextCursor, entry: Entry) -> None:
        cursor.setBlockFormat(_block(below=2))
        self._header(cursor, entry)
        cursor.insertBlock(_block(), self._plain())
        for text, kind in stretches(entry.text):
            cursor.insertText(text, self._plain() if kind == "plain" else self._as_code())
        if entry.learned is not None:
            cursor.insertBlock(_hanging(), self._dim())
            insert_mark(cursor, entry.learned.mark, entry.learned.tip)
            cursor.insertText(f" {entry.learned.text}", self._dim(entry.learned.tip))
        if entry.compared is not None:
            self._comparison(cursor, entry, entry.compared)

    def _header(self, cursor: QTextCursor, entry: Entry) -> None:
        who = self._dim()
        who.setFontWeight(QFont.Weight.DemiBold)
        cursor.insertText(tr(WHO[entry.role]), who)
        if entry.time:
            cursor.insertText("  ", self._dim())
            cursor.insertText(clock(entry.time), self._dim(day_and_clock(entry.time)))
        if entry.state_hash:
            cursor.insertText("  ", self._dim())
            tip = tr(HASH_TIP).format(hash=entry.state_hash)
            style = self._link(HASH, entry.message_id, tip=tip, dim=True)
            style.setFontFamilies(self._code.families())
            cursor.insertText(entry.state_hash[:HASH_LETTERS], style)
        if entry.place[1] > 1:
            self._branches(cursor, entry)

    def _branches(self, cursor: QTextCursor, entry: Entry) -> None:
        place, count = entry.place
        tip = tr(BRANCH_TIP).format(count=count)
        cursor.insertText("  ", self._dim())
        for text, by, there in ((" ‹ ", -1, place > 1), (" › ", 1, place < count)):
            if by > 0:
                cursor.insertText(f"{place} / {count}", self._dim(tip))
            cursor.insertText(text, self._link(BRANCH, entry.message_id, by, tip) if there else self._dim(tip))

    def _comparison(self, cursor: QTextCursor, entry: Entry, found: AnswersCompared) -> None:
        same = all(part.same for part in found.differences)
        cursor.insertBlock(_block(above=GRID, below=2), self._dim())
        cursor.insertText(f"{tr(SAME) if same else tr(DIFFER)}  ", self._dim())
        cursor.insertText(tr(HIDE), self._link(CLOSE, entry.message_id))
        end = cursor.currentFrame().lastCursorPosition()
        table = cursor.insertTable(2, 2, self._columns())
        sides = ((OFF, [(part.a, part.same) for part in found.differences]),)
        sides += ((NOW, [(part.b, part.same) for part in found.differences]),)
        for column, (title, parts) in enumerate(sides):
            table.cellAt(0, column).firstCursorPosition().insertText(tr(title), self._dim())
            self._marked(table.cellAt(1, column).firstCursorPosition(), parts)
        end.movePosition(QTextCursor.MoveOperation.End)

    def _marked(self, cursor: QTextCursor, parts: Iterable[tuple[str, bool]]) -> None:
        for text, same in parts:
            if same:
                cursor.insertText(text, self._plain())
            elif text:  # a newline has no width that could be underlined
                cursor.insertText(text.replace("\n", "↵\n"), self._different())

    def _columns(self) -> QTextTableFormat:
        made = QTextTableFormat()
        made.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        made.setColumnWidthConstraints([QTextLength(QTextLength.Type.PercentageLength, 50)] * 2)
        made.setBorder(1)
        made.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        made.setBorderCollapse(True)
        made.setBorderBrush(QColor(self._theme.line))
        made.setCellPadding(GRID // 2)
        made.setCellSpacing(0)
        return made

    # --- voices -----------------------------------------------------------------------------------------------------

    def _plain(self) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setFont(self._font)
        made.setForeground(QColor(self._theme.text))
        return made

    def _as_code(self) -> QTextCharFormat:
        made = self._plain()
        made.setFont(self._code)
        return made

    def _dim(self, tip: str = "") -> QTextCharFormat:
        made = self._plain()
        made.setForeground(QColor(self._theme.dim))
        made.setToolTip(tip)
        return made

    def _different(self) -> QTextCharFormat:
        made = self._plain()
        colour = QColor(self._theme.accent)
        made.setForeground(colour)
        made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        colour.setAlpha(TINT)
        made.setBackground(colour)
        return made

    def _link(
        self, about: str, message_id: int | None, by: int = 0, tip: str = "", dim: bool = False
    ) -> QTextCharFormat:
        made = self._dim(tip)
        if not dim:
            made.setForeground(QColor(self._theme.accent))
        made.setAnchor(True)
        made.setAnchorHref(f"{about}:{message_id}:{by}")
        return made


def _block(above: float = 0, below: float = 0) -> QTextBlockFormat:
    made = QTextBlockFormat()
    made.setTopMargin(above)
    made.setBottomMargin(below)
    return made


def _hanging() -> QTextBlockFormat:
    """Lines that begin with a mark; those that follow the first stand under its text."""
    made = _block(above=GRID // 2)
    made.setLeftMargin(MARK_WIDTH)
    made.setTextIndent(-MARK_WIDTH)
    return made


def _gap() -> QTextBlockFormat:
    """The empty line that a document has between two frames, made as high as the space there should be."""
    made = QTextBlockFormat()
    made.setLineHeight(GRID // 2, _NARROW)
    return made
