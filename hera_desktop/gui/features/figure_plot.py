"""One figure of a training over the tokens seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ..i18n import mark, tr
from ..labels import title_label
from ..theme import GRID, tabular, theme_of

pg.setConfigOptions(antialias=True)

AXIS_WIDTH = 48


class TokenAxis(pg.AxisItem):
    """A bottom axis with token counts in thousands or millions."""

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        unit, name = (1e6, " M") if max(values, default=0) >= 1e6 else (1e3, " k")
        return [f"{value / unit:g}{name}" if value else "0" for value in values]


@dataclass(frozen=True)
class Figure:
    """``name`` is the attribute of a TrainingPoint; ``bounds`` are the lowest and highest value it can have; title and
    formula are to be translated where they are shown."""

    name: str
    title: str
    form: str
    formula: str
    bounds: tuple[float | None, float | None] = (0.0, None)

    def text(self, value: float) -> str:
        return format(value, self.form)


FIGURES = (
    Figure(
        "loss", mark("loss"), ".4g", mark("The trainer's loss on the last batch, activations scaled to one mean norm")
    ),
    Figure(
        "l0", mark("L0, features a token"), ".1f", mark("Mean number of active features at a token, on the last batch")
    ),
    Figure(
        "explained_variance",
        mark("explained variance"),
        ".4f",
        mark("1 - sum ||x - x_hat||^2 / sum ||x - mean x||^2 on the last batch; 1 is a perfect reconstruction"),
        (0.0, 1.0),
    ),
    Figure(
        "dead",
        mark("dead features, share"),
        ".4f",
        mark("Share of features that have not fired for a while"),
        (0.0, 1.0),
    ),
)


class FigurePlot(QWidget):
    """A figure's name, its last value, and its course."""

    def __init__(self, figure: Figure, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figure = figure
        self.value = QLabel()
        self.value.setFont(tabular(self.value.font()))
        self.plot = pg.PlotWidget(axisItems={"bottom": TokenAxis("bottom")})
        self.plot.setMenuEnabled(False)
        self.plot.hideButtons()
        self.plot.setMouseEnabled(x=False, y=False)
        self.plot.setFrameShape(pg.PlotWidget.Shape.NoFrame)
        self.plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.plot.setMinimumHeight(8 * GRID)
        self.plot.setAccessibleName(tr("Plot of {title} over the tokens seen").format(title=tr(figure.title)))
        self.plot.getAxis("left").setWidth(AXIS_WIDTH)
        self._curve = self.plot.plot([], [])
        title = title_label(tr(figure.title))
        for part in (title, self.plot):
            part.setToolTip(tr("{formula}\nAcross: tokens seen").format(formula=tr(figure.formula)))
        line = QHBoxLayout()
        line.addWidget(title)
        line.addStretch(1)
        line.addWidget(self.value)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(line)
        column.addWidget(self.plot, 1)

    def draw(self, tokens: Sequence[int], values: Sequence[float], total: int) -> None:
        """Draw the course up to now on an axis that reaches to the end of the training."""
        theme = theme_of(self.palette())
        self.value.setText(self.figure.text(values[-1]) if values else "")
        self.plot.setBackground(theme.base)
        for side in ("left", "bottom"):
            axis = self.plot.getAxis(side)
            axis.setPen(pg.mkPen(theme.line))
            axis.setTextPen(pg.mkPen(theme.dim))
            axis.setTickFont(self.font())
        self._curve.setPen(pg.mkPen(theme.committed, width=1.6))
        self._curve.setData(list(tokens), list(values))
        self.plot.setXRange(0, max(total, 1), padding=0)
        self._fit(values)

    def _fit(self, values: Sequence[float]) -> None:
        """The heights that are there, within what the figure can be; a beginning far off does not flatten the rest."""
        if not values:
            return
        ordered = sorted(values)
        low, high = ordered[len(ordered) // 50], ordered[-1 - len(ordered) // 50]
        room = 0.08 * (high - low) or 0.05 * (abs(high) or 1.0)
        lowest, highest = self.figure.bounds
        low = low - room if lowest is None else max(lowest, low - room)
        high = high + room if highest is None else min(highest + 0.02, high + room)
        self.plot.setYRange(low, high, padding=0)
