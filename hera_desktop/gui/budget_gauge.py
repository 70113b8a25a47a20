"""The budget: how much of what the limits against the base allow is used up, and how many more edits fit into it."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from .budget import BudgetUse, EditRoom
from .i18n import mark, tr
from .measures import MEASURES
from .theme import GRID, Theme, recoloured, tabular, theme_of

BAR = 80
WARN_SHARE = 0.7
FORMULA = mark("(cumulative value - neutral) / (cumulative limit - neutral), of the measure nearest to its limit")
MEANING = mark("0 % is the base; from 100 % on, steps are refused. Rolling back gives budget back.")
ROOM = mark("An edit has taken {percent} % of the room for {measure}: at that, about {count} more fit.")
NO_ROOM = mark("The limit for {measure} is reached: no more edits fit.")
MOST_EDITS = 10_000


class BudgetGauge(QWidget):
    """``budget [bar] 61 %``. From the warning on the bar is hatched, over the limit crossed as well as coloured."""

    name = mark("budget")

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.use: BudgetUse | None = None
        self.warn_share = WARN_SHARE
        self.setFont(tabular(self.font()))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Budget"))
        self.show_use(None)

    def show_use(self, use: BudgetUse | None) -> None:
        """Show how much is used; None: it is being measured."""
        self.use = use
        said = [self.sentence, *([room_sentence(use.edits)] if use is not None and use.edits is not None else [])]
        self.setToolTip("\n".join([*said, tr(FORMULA), tr(MEANING)]))
        self.setAccessibleDescription(" ".join(said))
        self.update()

    def show_warn_share(self, share: float) -> None:
        """Where the warning starts, as a share of the limit (the configuration's ``immune.warn_fraction``)."""
        self.warn_share = share
        self.show_use(self.use)

    @property
    def level(self) -> str:
        """unknown, safe, warning or reject."""
        if self.use is None:
            return "unknown"
        return "reject" if self.use.share > 1 else "warning" if self.use.share >= self.warn_share else "safe"

    @property
    def figure(self) -> str:
        """The text beside the bar."""
        if self.use is None:
            return tr("measuring")
        if self.use.share > 9.99:
            return tr("over")
        return f"{_percent(self.use.share)} %"

    @property
    def sentence(self) -> str:
        if self.use is None:
            return tr("The budget of the present state is being measured.")
        title = next((tr(m.title) for m in MEASURES if m.name == self.use.measure), self.use.measure)
        if not math.isfinite(self.use.share):
            return tr("Over the limit: {measure} against the base is not finite.").format(measure=title)
        texts = {
            "safe": tr("{percent} % of the budget is used; nearest to its limit is {measure}."),
            "warning": tr("{percent} % of the budget is used, close to the limit: {measure}."),
            "reject": tr("{percent} % of the budget is used, over the limit: {measure}."),
        }
        return texts[self.level].format(percent=_percent(self.use.share), measure=title)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        words = metrics.horizontalAdvance(tr(self.name)) + self._figure_width
        return QSize(words + BAR + 2 * GRID, max(2 * GRID, metrics.height()))

    @property
    def _figure_width(self) -> int:
        return max(map(self.fontMetrics().horizontalAdvance, self._figures)) + 2

    @property
    def _figures(self) -> tuple[str, ...]:
        """The widest texts beside the bar."""
        return ("999 %", tr("measuring"), tr("over"))

    def paintEvent(self, _: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self.palette())
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(theme.text))
        painter.drawText(self.rect(), middle, tr(self.name))
        left = self.fontMetrics().horizontalAdvance(tr(self.name)) + GRID
        self._paint_bar(painter, theme, QRectF(left + 0.5, (self.height() - 10) / 2 + 0.5, BAR - 1, 9))
        painter.setPen(QColor(theme.dim if self.use is None else self._colour(theme, True)))
        painter.drawText(self.rect().adjusted(left + BAR + GRID, 0, 0, 0), middle, self.figure)
        painter.end()

    def _colour(self, theme: Theme, text: bool = False) -> str:
        safe = theme.text if text else theme.committed
        return {"warning": theme.warning, "reject": theme.rejected}.get(self.level, safe)

    def _paint_bar(self, painter: QPainter, theme: Theme, area: QRectF) -> None:
        painter.fillRect(area, QColor(theme.base))
        if self.use is not None:
            filled = QRectF(area)
            filled.setWidth(area.width() * min(1.0, max(self.use.share, 0.0)))
            pattern = {
                "warning": Qt.BrushStyle.BDiagPattern,
                "reject": Qt.BrushStyle.DiagCrossPattern,
            }.get(self.level, Qt.BrushStyle.SolidPattern)
            colour = QColor(self._colour(theme))
            if pattern != Qt.BrushStyle.SolidPattern:
                under = QColor(colour)
                under.setAlpha(90)
                painter.fillRect(filled, under)
            painter.fillRect(filled, QBrush(colour, pattern))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.dim), 1))
        painter.drawRect(area)
        mark_at = area.left() + round(area.width() * self.warn_share)
        painter.setPen(QPen(QColor(theme.warning), 2))
        painter.drawLine(int(mark_at), int(area.top()) - 2, int(mark_at), int(area.bottom()) + 2)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if recoloured(event):
            self.update()


class EditGauge(BudgetGauge):
    """The same bar with the number of edits that still fit beside it."""

    name = mark("edits")

    @property
    def figure(self) -> str:
        if self.use is None:
            return tr("measuring")
        if self.use.share > 1:
            return tr("none left")
        room = self.use.edits
        return tr("no estimate") if room is None else tr("about {count} more").format(count=about(room.left))

    @property
    def _figures(self) -> tuple[str, ...]:
        return (tr("about {count} more").format(count="10,000+"), tr("measuring"), tr("none left"), tr("no estimate"))


def room_sentence(room: EditRoom) -> str:
    title = next((tr(m.title) for m in MEASURES if m.name == room.measure), room.measure)
    if room.left == 0:
        return tr(NO_ROOM).format(measure=title)
    return tr(ROOM).format(percent=f"{100 * room.each:.2g}", count=about(room.left), measure=title)


def about(count: float) -> str:
    """A number of edits in two digits; it is no more exact than that."""
    if count >= MOST_EDITS:
        return f"{MOST_EDITS:,}+"
    whole = int(count)
    return f"{whole:,}" if whole < 100 else f"{int(float(f'{whole:.2g}')):,}"


def _percent(share: float) -> int:
    """Rounded, but never to 100 from below or above: that is where the verdict turns."""
    percent = round(100 * share)
    if percent == 100 and share != 1:
        return 99 if share < 1 else 101
    return percent
