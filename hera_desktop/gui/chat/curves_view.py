"""A plot of curves under its title, with a legend that reads out the values under the mouse or of the picked place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ..i18n import tr
from ..labels import title_label
from ..plot_group import PlotGroup
from ..theme import GRID, recoloured, tabular, theme_of
from .curves import LINES, Curve, CurvePlot, Points

SAMPLE = 18


class CurveKey(QWidget):
    """``--- loss 0.1234`` for each curve; ``before`` says of which place."""

    def __init__(self, curves: Sequence[Curve], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._curves = tuple(curves)
        self._before = ""
        self._values: tuple[float, ...] = ()
        self.setFont(tabular(self.font()))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_values(self, before: str, values: Sequence[float]) -> None:
        self._before, self._values = before, tuple(values)
        self.setAccessibleName(self.text)
        self.setToolTip(self.text)
        self.update()

    @property
    def text(self) -> str:
        return ", ".join([self._before] * bool(self._before) + [text for _, text in self._parts()])

    def _parts(self) -> list[tuple[Curve, str]]:
        values = self._values or (float("nan"),) * len(self._curves)
        return [(c, f"{tr(c.title)} {c.text(value)}") for c, value in zip(self._curves, values, strict=True)]

    def sizeHint(self) -> QSize:
        return QSize(20 * GRID, self.fontMetrics().height() + 2)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Right aligned; the first words go where there is no room for all."""
        painter, theme, metrics = QPainter(self), theme_of(self.palette()), self.fontMetrics()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = float(self.width())
        for curve, text in reversed(self._parts()):
            wide = metrics.horizontalAdvance(text)
            x -= wide
            painter.setPen(QColor(theme.text))
            painter.drawText(QRectF(x, 0, wide + 1, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
            x -= SAMPLE + GRID // 2
            painter.setPen(QPen(QColor(curve.hue), 2, LINES[curve.line]))
            painter.drawLine(QPointF(x, self.height() / 2), QPointF(x + SAMPLE, self.height() / 2))
            x -= 1.5 * GRID
        wide = metrics.horizontalAdvance(self._before)
        if self._before and x >= wide:
            painter.setPen(QColor(theme.dim))
            painter.drawText(QRectF(x - wide, 0, wide + 1, self.height()), Qt.AlignmentFlag.AlignVCenter, self._before)
        painter.end()


class CurveView(QWidget):
    """``place_words`` is a text with {place}, such as "step {place}". The plot's own group or one that it shares moves
    it: whoever makes it adds ``plot`` to a PlotGroup."""

    def __init__(self, title: str, plot: CurvePlot, place_words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plot = plot
        self._words = place_words
        self.title = title_label(title)
        self.key = CurveKey(plot.curves)
        self.plot.setMinimumHeight(7 * GRID)
        self.title.setToolTip(plot.caption)
        line = QHBoxLayout()
        line.setSpacing(GRID)
        line.addWidget(self.title)
        line.addWidget(self.key, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(line)
        column.addWidget(self.plot, 1)
        self._colour()

    def read_out(self, step: int | None) -> None:
        """The values at a place; those of the last one where it is None or unknown."""
        points: Points = self.plot.table
        place = points.place_of(step)
        hovered = place is not None
        place = len(points) - 1 if place is None else place
        if place < 0:
            self.key.show_values("", ())
            return
        values = [float(self.plot.values[curve.name][place]) for curve in self.plot.curves]
        before = tr(self._words).format(place=int(points.steps[place])) if hovered else ""
        self.key.show_values(before, values)

    def _colour(self) -> None:
        self.plot.colour(theme_of(self.palette()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if recoloured(event) and hasattr(self, "key"):  # Qt asks before the constructor is done
            self._colour()


class CurveStack(QWidget):
    """Some views over the same places: the same ones in sight, the same one picked, the same one read out."""

    def __init__(self, views: Sequence[CurveView], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.views = tuple(views)
        self.group = PlotGroup(self)
        self.picked: int | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        for view in self.views:
            points = view.plot.table
            self.group.add(view.plot)
            view.plot.table = points  # the group's own table is one of the timeline's steps
            column.addWidget(view, 1)
        self.group.step_hovered.connect(self._read_out)

    def settle(self) -> None:
        """To be called once the plots were drawn."""
        steps = self.views[0].plot.table.steps
        self.group.grow(int(steps[-1]) if len(steps) else 0)
        self.group.settle()
        self._read_out(None)

    def pick(self, step: int | None) -> None:
        """Show which place is picked; its values are read out while the mouse is elsewhere."""
        self.picked = step
        self.group.pick(step or 0)
        self._read_out(None)

    def _read_out(self, step: int | None) -> None:
        for view in self.views:
            view.read_out(self.picked if step is None else step)
