"""Tokens as runs of text that wrap, each on the heat of its activation: where they lie, and how they are painted."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from ..measures import visible
from ..theme import Theme, heat_colour

LEADING = 6
"""Free pixels between lines: the peak's underline and the picked token's frame need them."""
MARKS = str.maketrans("·↵⇥", "   ")
"""What stands for a space, newline or tab is painted apart, and dim, so that the words can be read."""


class TokenRuns:
    """``place`` before anything else; positions are those of the tokens. The font is one of fixed width: what a line
    has in common letters is painted at once."""

    def __init__(self, tokens: Sequence[str], font: QFont) -> None:
        self.tokens = tuple(tokens)
        self.font = font
        self._metrics = QFontMetricsF(font)
        self._letter = self._metrics.horizontalAdvance("x")
        self.line_height = self._metrics.height() + LEADING
        self._texts = [visible(token) for token in tokens]
        self._common = [text.translate(MARKS).isascii() for text in self._texts]
        self._widths = [self._width(number) for number in range(len(self._texts))]
        self.rects: list[QRectF] = []
        self._pieces: list[tuple[float, float, str]] = []

    def _width(self, number: int) -> float:
        text = self._texts[number]
        return self._letter * len(text) if self._common[number] else self._metrics.horizontalAdvance(text)

    def place(self, width: float, left: float = 0.0, top: float = 0.0) -> float:
        """Wrap at ``width`` and return the height; a newline ends its line."""
        self.rects, self._pieces = [], []
        x, y = 0.0, 0.0
        for number, wide in enumerate(self._widths):
            if x and x + wide > width:
                x, y = 0.0, y + self.line_height
            self.rects.append(QRectF(left + x, top + y, min(wide, width), self.line_height))
            self._add_piece(left + x, top + y, number)
            x += wide
            if self.tokens[number].endswith("\n"):
                x, y = 0.0, y + self.line_height
        return self.rects[-1].bottom() - top if self.rects else self.line_height

    def _add_piece(self, x: float, y: float, number: int) -> None:
        """A token's text joins the piece before it where that is on the same line and both have common letters."""
        text = self._texts[number]
        if self._pieces and number and self._common[number] and self._common[number - 1]:
            last_x, last_y, before = self._pieces[-1]
            if last_y == y:
                self._pieces[-1] = (last_x, last_y, before + text)
                return
        self._pieces.append((x, y, text))

    def at(self, point: QPointF) -> int | None:
        """The token under a point."""
        return next((position for position, rect in enumerate(self.rects) if rect.contains(point)), None)

    def paint(
        self, painter: QPainter, shares: Sequence[float], theme: Theme, clip: QRectF | None = None, peak: int = -1
    ) -> None:
        """Paint the tokens that ``clip`` touches; ``shares[i]`` is 0..1; ``peak`` is underlined."""
        for rect, share in zip(self.rects, shares, strict=True):
            if share > 0 and (clip is None or rect.intersects(clip)):
                painter.fillRect(rect.adjusted(0, 1, 0, -2), heat_colour(theme, share))
        self._paint_text(painter, theme, clip)
        if peak >= 0:
            rect = self.rects[peak]
            low = rect.bottom() - 1.5
            painter.setPen(QPen(QColor(theme.text), 2))
            painter.drawLine(QPointF(rect.left() + 1, low), QPointF(rect.right() - 1, low))

    def _paint_text(self, painter: QPainter, theme: Theme, clip: QRectF | None) -> None:
        painter.setFont(self.font)
        ascent = self._metrics.ascent() + LEADING / 2
        low, high = (
            (clip.top() - self.line_height, clip.bottom()) if clip is not None else (float("-inf"), float("inf"))
        )
        pieces = [(QPointF(x, y + ascent), text) for x, y, text in self._pieces if low <= y <= high]
        painter.setPen(QColor(theme.text))
        for base, text in pieces:
            painter.drawText(base, text.translate(MARKS))
        painter.setPen(_faint(theme))
        for base, text in pieces:
            painter.drawText(base, _only_marks(text))


def frame(painter: QPainter, rect: QRectF, colour: str, dotted: bool = False) -> None:
    """A frame around a token: the picked one, or (dotted) where the keyboard is."""
    style = Qt.PenStyle.DotLine if dotted else Qt.PenStyle.SolidLine
    painter.setPen(QPen(QColor(colour), 1.5, style))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(0.5, 1, -0.5, -2), 2, 2)


@lru_cache(maxsize=4096)
def _only_marks(text: str) -> str:
    return "".join(letter if letter in "·↵⇥" else " " for letter in text).rstrip()


def _faint(theme: Theme) -> QColor:
    colour = QColor(theme.dim)
    colour.setAlpha(130)
    return colour
