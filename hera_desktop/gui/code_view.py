"""Lines of text that come in one after another: monospace, read-only, with the numbers of the lines beside them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from .theme import GRID, monospace, recoloured, theme_of

MOST_LINES = 5000


class CodeView(QPlainTextEdit):
    """Keeps the last 5,000 lines; a number stands for the same line also when earlier ones have gone. It follows what
    comes in while its end is seen."""

    def __init__(self, name: str, numbered: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setMaximumBlockCount(MOST_LINES)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFont(monospace(self.font()))
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setAccessibleName(name)
        self._came = 0
        self._gutter = _Gutter(self) if numbered else None
        if self._gutter is not None:
            self.updateRequest.connect(self._scroll_gutter)
            self._make_room()

    @property
    def first_number(self) -> int:
        """The number of the first line that is still here."""
        return max(1, self._came - self.blockCount() + 1)

    def add(self, text: str) -> None:
        """Lines at the end."""
        if not text:
            return
        bar = self.verticalScrollBar()
        following = bar.value() >= bar.maximum() - 1
        self.appendPlainText(text)
        self._came += text.count("\n") + 1
        self._make_room()
        if following:
            bar.setValue(bar.maximum())

    def clear(self) -> None:
        super().clear()
        self._came = 0
        self._make_room()

    # --- the numbers ------------------------------------------------------------------------------------------------

    def gutter_width(self) -> int:
        if self._gutter is None:
            return 0
        digits = max(3, len(str(self._came)))
        return self.fontMetrics().horizontalAdvance("0") * digits + 2 * GRID

    def _make_room(self) -> None:
        self.setViewportMargins(self.gutter_width(), 0, 0, 0)
        if self._gutter is not None:
            inside = self.contentsRect()
            self._gutter.setGeometry(QRect(inside.left(), inside.top(), self.gutter_width(), inside.height()))
            self._gutter.update()

    def _scroll_gutter(self, part: QRect, dy: int) -> None:
        if self._gutter is not None and dy:
            self._gutter.scroll(0, dy)
        elif self._gutter is not None:
            self._gutter.update(0, part.y(), self._gutter.width(), part.height())

    def paint_numbers(self, painter: QPainter, bottom: int) -> None:
        """Draw the numbers of the lines that are seen."""
        if not self._came:
            return
        block = self.firstVisibleBlock()
        height = self.fontMetrics().height()
        width = self.gutter_width() - GRID
        while block.isValid():
            top = round(self.blockBoundingGeometry(block).translated(self.contentOffset()).top())
            if top > bottom:
                return
            number = str(self.first_number + block.blockNumber())
            painter.drawText(0, top, width, height, Qt.AlignmentFlag.AlignRight, number)
            block = block.next()

    # --- Qt ---------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if recoloured(event) and self._gutter is not None:
            self._gutter.update()


class _Gutter(QWidget):
    def __init__(self, view: CodeView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self) -> QSize:
        return QSize(self._view.gutter_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(theme.alternate))
        painter.setFont(self._view.font())
        painter.setPen(QColor(theme.dim))
        self._view.paint_numbers(painter, event.rect().bottom())
        painter.end()
