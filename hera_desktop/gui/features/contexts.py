"""Pieces of text on which a feature fires, in ranges of its activation: heat on the tokens, the peak underlined."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QTabBar, QToolTip, QVBoxLayout, QWidget

from hera_desktop.engine.atlas.records import Example, ExampleRange

from ..i18n import mark, tr
from ..labels import DimLabel
from ..measures import visible
from ..theme import GRID, monospace, tabular, theme_of
from .tokens import TokenRuns

FIGURES = 56
"""Room for the peak's activation on the left."""
GAP = GRID
DEAD = mark("It never fired on the atlas' text, so there is nothing to show.")

STRONGEST = mark("Top")
"""How an atlas calls its first range."""
RANGE_TIP = mark("{count} contexts whose peak lies between {low:.2f} and {high:.2f}")


class ContextList(QWidget):
    """At most some twenty contexts, one below the other; as high as they need."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._examples: tuple[Example, ...] = ()
        self._runs: list[TokenRuns] = []
        self._tops: list[float] = []
        self._maximum = 1.0
        self._figures = tabular(self.font())
        self.setAccessibleName(tr("Contexts in which the feature fires"))

    def show_examples(self, examples: tuple[Example, ...], maximum: float) -> None:
        """``maximum`` has full heat."""
        font = monospace(self.font())
        self._examples, self._maximum = examples, maximum or 1.0
        self._runs = [TokenRuns(example.tokens, font) for example in examples]
        self._place()

    def _place(self) -> None:
        top, self._tops = GAP / 2, []
        for runs in self._runs:
            self._tops.append(top)
            top += runs.place(max(self.width() - FIGURES, 80), FIGURES, top) + GAP
        self.setFixedHeight(round(top))
        self.update()

    def _token_at(self, point: QPoint) -> tuple[Example, int, QRectF] | None:
        where = QPointF(point)
        for example, runs in zip(self._examples, self._runs, strict=True):
            position = runs.at(where)
            if position is not None:
                return example, position, runs.rects[position]
        return None

    # --- Qt ---------------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(40 * GRID, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._place()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self._token_at(event.pos())
            if found is None:
                QToolTip.hideText()
            else:
                example, position, rect = found
                strength = tr("activation {value:.3f}").format(value=example.activations[position])
                said = f"{visible(example.tokens[position])}\n{strength}"
                QToolTip.showText(event.globalPos(), said, self, rect.toRect())
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self.palette())
        clip = QRectF(event.rect())
        for example, runs, top in zip(self._examples, self._runs, self._tops, strict=True):
            bottom = runs.rects[-1].bottom() if runs.rects else top
            if bottom < clip.top() or top > clip.bottom():
                continue
            shares = [value / self._maximum for value in example.activations]
            runs.paint(painter, shares, theme, clip, example.peak)
            painter.setFont(self._figures)
            painter.setPen(QColor(theme.dim))
            figure = QRectF(0, top, FIGURES - 1.5 * GRID, runs.line_height)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(figure, right, f"{example.activation:.2f}")
            painter.setPen(QColor(theme.line))
            painter.drawLine(QPointF(0, bottom + GAP / 2), QPointF(self.width(), bottom + GAP / 2))
        painter.end()


class ContextTabs(QWidget):
    """The ranges as tabs, the strongest first; the tab stays when the feature changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ranges: tuple[ExampleRange, ...] = ()
        self._maximum = 1.0
        self._wanted = ""
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(tr("Range of activation"))
        self.list = ContextList()
        self.dead = DimLabel(tr(DEAD))
        self._lay_out()
        self.tabs.currentChanged.connect(self._show_range)
        self.tabs.tabBarClicked.connect(self._on_clicked)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self.tabs)
        column.addWidget(self.dead)
        column.addWidget(self.list)
        column.addStretch(1)

    def show_ranges(self, ranges: tuple[ExampleRange, ...], maximum: float) -> None:
        self._ranges, self._maximum = ranges, maximum
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for number, found in enumerate(ranges):
            self.tabs.addTab(tr(STRONGEST) if found.label == STRONGEST else found.label)
            tip = tr(RANGE_TIP).format(count=len(found.examples), low=found.low, high=found.high)
            self.tabs.setTabToolTip(number, tip)
        labels = [found.label for found in ranges]
        self.tabs.setCurrentIndex(labels.index(self._wanted) if self._wanted in labels else 0)
        self.tabs.blockSignals(False)
        self.dead.setVisible(not ranges)
        self._show_range(self.tabs.currentIndex())

    def _on_clicked(self, number: int) -> None:
        if 0 <= number < len(self._ranges):
            self._wanted = self._ranges[number].label

    def _show_range(self, number: int) -> None:
        examples = self._ranges[number].examples if 0 <= number < len(self._ranges) else ()
        self.list.show_examples(examples, self._maximum)
