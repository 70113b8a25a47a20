"""A text's tokens as a coloured strip: point at one, pick one, see where a feature fires."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QToolTip, QWidget

from ..i18n import tr
from ..measures import visible
from ..theme import GRID, monospace, theme_of
from .tokens import TokenRuns, frame

MAX_LINES = 4
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class TokenStrip(QWidget):
    """Signal: ``picked(position)``, or ``picked(None)`` when the picked token is picked again.

    ``describe(position)`` gives a token's tooltip. Arrows move, Enter picks, Home and End jump.
    """

    picked = Signal(object)

    def __init__(self, describe: Callable[[int], str] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._describe = describe
        self._runs = TokenRuns((), monospace(self.font()))
        self._shares: Sequence[float] = ()
        self._picked: int | None = None
        self._cursor = 0
        self.setAccessibleName(tr("Tokens of the text"))
        self.setMouseTracking(True)
        if describe is not None:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    # --- what is shown ----------------------------------------------------------------------------------------------

    @property
    def tokens(self) -> tuple[str, ...]:
        return self._runs.tokens

    @property
    def shares(self) -> tuple[float, ...]:
        return tuple(self._shares)

    def show_tokens(self, tokens: Sequence[str]) -> None:
        """Another text: nothing is picked, nothing is coloured."""
        self._runs = TokenRuns(tokens, monospace(self.font()))
        self._shares = [0.0] * len(tokens)
        self._picked, self._cursor = None, 0
        self._place()

    def colour(self, values: Sequence[float], maximum: float) -> None:
        """Colour the tokens by ``values / maximum``."""
        self._shares = [float(value) / maximum if maximum > 0 else 0.0 for value in values]
        self.update()

    def pick(self, position: int | None) -> None:
        """Frame a token without telling anybody."""
        self._picked = position
        self.update()

    def height_at(self, width: int) -> int:
        """The height the text needs."""
        return round(self._runs.place(max(width, 80))) + 2

    def _place(self) -> None:
        self.setFixedHeight(self.height_at(self.width()))
        self.update()

    # --- what the user does -----------------------------------------------------------------------------------------

    def _toggle(self, position: int) -> None:
        self._cursor = position
        self.pick(None if position == self._picked else position)
        self.picked.emit(self._picked)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        position = self._runs.at(event.position())
        if position is not None and self._describe is not None and event.button() == Qt.MouseButton.LeftButton:
            self._toggle(position)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self.tokens) - 1
        key = event.key()
        if last < 0 or self._describe is None:
            super().keyPressEvent(event)
        elif key in STEPS:
            self._move(min(max(self._cursor + STEPS[Qt.Key(key)], 0), last))
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._move(self._across_lines(1 if key == Qt.Key.Key_Down else -1))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._move(0 if key == Qt.Key.Key_Home else last)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._toggle(self._cursor)
        else:
            super().keyPressEvent(event)

    def _move(self, position: int) -> None:
        self._cursor = position
        self.update()
        rect = self._runs.rects[position]
        area = self.parent().parent() if self.parent() else None
        if isinstance(area, QScrollArea):
            area.ensureVisible(round(rect.center().x()), round(rect.center().y()), 8, round(rect.height()))
        where = self.mapToGlobal(QPoint(round(rect.left()), round(rect.bottom())))
        QToolTip.showText(where, self._tip(position), self)

    def _across_lines(self, step: int) -> int:
        here = self._runs.rects[self._cursor].center()
        there = self._runs.at(here + QPointF(0, step * self._runs.line_height))
        return self._cursor if there is None else there

    def _tip(self, position: int) -> str:
        return self._describe(position) if self._describe else visible(self.tokens[position])

    # --- Qt ---------------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            position = self._runs.at(QPointF(event.pos()))
            if position is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), self._tip(position), self, self._runs.rects[position].toRect())
            return True
        return super().event(event)

    def sizeHint(self) -> QSize:
        return QSize(40 * GRID, round(self._runs.line_height))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._place()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self.palette())
        self._runs.paint(painter, self._shares, theme, QRectF(event.rect()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._picked is not None:
            frame(painter, self._runs.rects[self._picked], theme.accent)
        if self.hasFocus() and self.tokens:
            frame(painter, self._runs.rects[self._cursor], theme.text, dotted=True)
        painter.end()


class StripArea(QScrollArea):
    """A strip that grows to a few lines and scrolls beyond."""

    def __init__(self, strip: TokenStrip, lines: int = MAX_LINES, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.strip = strip
        self._lines = lines
        self.setWidget(strip)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        strip.setAutoFillBackground(False)
        self.fit()

    def fit(self) -> None:
        """Take the height of the text, up to some lines."""
        line = round(self.strip._runs.line_height)
        wanted = self.strip.height_at(self.viewport().width())
        self.setFixedHeight(min(max(wanted, line), self._lines * line) + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
