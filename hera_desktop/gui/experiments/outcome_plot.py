"""One plot of an outcome: its curves, limits drawn and named, log axes, and what stands at a point."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent

from hera_desktop.engine.experiments.outcome import Plot

from ..focus_frame import frame_focus
from ..i18n import mark, tr
from ..plot_axes import QuietAxis
from ..theme import LIGHT, Theme, recoloured, theme_of
from .plot_key import Look, PlotKey

pg.setConfigOptions(antialias=True)

PICTURE = QSize(760, 380)
NEAR = 18
"""Pixels from which a point is pointed at."""
MOST_SYMBOLS = 80
"""Of a line with more points the line alone says more."""
ROOM = 0.06
NOTE = mark("Point at a mark to read it; wheel (once clicked): zoom; drag: move; 0: all; right click: save.")


class OutcomePlot(pg.PlotWidget):
    """Signal: ``pointed(text)`` with what stands at the point under the mouse or reached by the arrow keys, else empty.
    Left and right go along a curve, up and down to another one, 0 shows all."""

    pointed = Signal(object)
    plot: Plot | None = None

    def __init__(self, plot: Plot) -> None:
        axes = {side: QuietAxis(side) for side in ("left", "bottom")}
        super().__init__(axisItems=axes)
        self.theme = LIGHT
        self.box = self.getViewBox()
        self._drawn: list[tuple[np.ndarray, np.ndarray]] = []
        self._items: list[pg.GraphicsObject] = []
        self._at: tuple[int, int] | None = None
        self._moved = False
        self.key = PlotKey(self.font())
        self.plotItem.layout.addItem(self.key, 2, 3)
        self._ring = pg.ScatterPlotItem(pxMode=True, size=15, brush=pg.mkBrush(None))
        self._ring.setZValue(30)
        self.addItem(self._ring, ignoreBounds=True)
        self._set_up()
        self.show_plot(plot)

    def _set_up(self) -> None:
        self.setMenuEnabled(False)
        self.hideButtons()
        self.box.disableAutoRange()
        self.box.sigRangeChangedManually.connect(self._on_moved)
        self.setFrameShape(pg.PlotWidget.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setToolTip(tr(NOTE))

    # --- drawing ----------------------------------------------------------------------------------------------------

    def show_plot(self, plot: Plot) -> None:
        """The plot as it is now; a part that the user has zoomed into stays."""
        self.plot = plot
        self._drawn = [(_scaled(c.x, plot.log_x), _scaled(c.y, plot.log_y)) for c in plot.curves]
        self._at = None
        self._ring.setData([], [])
        for side, text, log in (("bottom", plot.x, plot.log_x), ("left", plot.y, plot.log_y)):
            self.getAxis(side).setLogMode(log)
            self.getAxis(side).setLabel(text)
        looks = self._looks()
        named = [(curve.name, look) for curve, look in zip(plot.curves, looks, strict=True)]
        self.key.show_entries(named if len(named) > 1 else ())
        self.setAccessibleName(tr("Plot {title}: {y} against {x}").format(title=plot.title, y=plot.y, x=plot.x))
        self.setAccessibleDescription(", ".join(curve.name for curve in plot.curves))
        self.colour(theme_of(self.palette()))
        if not self._moved:
            self.show_all()

    def _looks(self) -> list[Look]:
        curves = self.plot.curves if self.plot else ()
        return [Look.of(number, curve.line) for number, curve in enumerate(curves)]

    def colour(self, theme: Theme) -> None:
        """Take on a theme; a plot that is exported is drawn in the light one."""
        self.theme = theme
        self.setBackground(theme.base)
        for side in ("left", "bottom"):
            axis = self.getAxis(side)
            axis.setPen(pg.mkPen(theme.line))
            axis.setTextPen(pg.mkPen(theme.dim))
            axis.setTickFont(self.font())
            axis.label.setFont(self.font())
        self.key.colour(theme)
        self._ring.setPen(pg.mkPen(theme.text, width=1.6))
        self._draw()

    def _draw(self) -> None:
        for item in self._items:
            self.removeItem(item)
        self._items = [*self._limit_items()]
        for (xs, ys), look in zip(self._drawn, self._looks(), strict=True):
            if look.line:
                self._items.append(pg.PlotCurveItem(xs, ys, pen=look.pen, connect="finite"))
            if not look.line or len(xs) <= MOST_SYMBOLS:
                known = np.isfinite(xs) & np.isfinite(ys)
                edge = pg.mkPen(self.theme.base, width=0.8)
                marks = pg.ScatterPlotItem(xs[known], ys[known], symbol=look.symbol, size=8, pen=edge, brush=look.brush)
                self._items.append(marks)
        for item in self._items:
            self.addItem(item, ignoreBounds=True)

    def _limit_items(self) -> list[pg.GraphicsObject]:
        """Each limit as a dashed line with its name; names take turns at the right and the left, so that those of near
        ones do not cover one another."""
        items = []
        for number, (name, value) in enumerate(self.plot.limits if self.plot else ()):
            height = _scaled((value,), bool(self.plot and self.plot.log_y))[0]
            if not np.isfinite(height):
                continue
            place, side = ((0.99, 1), (0.01, 0), (0.5, 0.5))[number % 3]
            options = {"position": place, "anchors": [(side, 1), (side, 0)], "color": self.theme.rejected}
            pen = pg.mkPen(self.theme.rejected, width=1.2, style=Qt.PenStyle.DashLine)
            items.append(pg.InfiniteLine(height, angle=0, pen=pen, label=f"{name} {value:g}", labelOpts=options))
            items[-1].label.setFont(self.font())
            items[-1].setZValue(-10)
        return items

    def show_all(self) -> None:
        """All points and limits in sight."""
        plot = self.plot
        if plot is None:
            return
        self._moved = False
        limits = _scaled([value for _, value in plot.limits], plot.log_y)
        across = _range([xs for xs, _ in self._drawn])
        down = _range([*(ys for _, ys in self._drawn), limits])
        self.box.setRange(xRange=across, yRange=down, padding=0, disableAutoRange=True)

    def _on_moved(self, _: object) -> None:
        self._moved = True

    # --- the point that is read -------------------------------------------------------------------------------------

    def point_at(self, place: QPointF) -> tuple[int, int] | None:
        """Curve and number of the point nearest to a place of the widget; None where none is near."""
        on_scene = self.mapToScene(place.toPoint())
        if not self.box.sceneBoundingRect().contains(on_scene):
            return None
        point, (width, height) = self.box.mapSceneToView(on_scene), self.box.viewPixelSize()
        best, found = float(NEAR**2), None
        for curve, (xs, ys) in enumerate(self._drawn):
            away = ((xs - point.x()) / width) ** 2 + ((ys - point.y()) / height) ** 2
            away = np.nan_to_num(away, nan=np.inf)
            if len(away) and away.min() < best:
                best, found = float(away.min()), (curve, int(away.argmin()))
        return found

    def point_text(self, curve: int, number: int) -> str:
        """A point in words: its curve, its label, and both values."""
        shown = self.plot.curves[curve]
        label = shown.labels[number] if number < len(shown.labels) else ""
        head = " ".join(part for part in (shown.name, label) if part)
        return f"{head}: {self.plot.x} {shown.x[number]:.4g}, {self.plot.y} {shown.y[number]:.4g}"

    def read_point(self, at: tuple[int, int] | None) -> None:
        """Ring a point and say what stands there; None: no point."""
        if at == self._at:
            return
        self._at = at
        if at is None:
            self._ring.setData([], [])
            self.pointed.emit("")
            return
        xs, ys = self._drawn[at[0]]
        self._ring.setData([xs[at[1]]], [ys[at[1]]])
        self.pointed.emit(self.point_text(*at))

    def _step(self, along: int, across: int) -> None:
        """From the point that is read to the next one along the curve, or to the next curve."""
        known = [np.flatnonzero(np.isfinite(xs + ys)).tolist() for xs, ys in self._drawn]
        places = [(curve, number) for curve, numbers in enumerate(known) for number in numbers]
        if not places:
            return
        if self._at not in places:
            self.read_point(places[0])
            return
        curve, number = self._at
        if across:
            curves = sorted({c for c, _ in places})
            curve = curves[(curves.index(curve) + across) % len(curves)]
        mine = [n for c, n in places if c == curve]
        near = min(range(len(mine)), key=lambda place: abs(mine[place] - number))
        self.read_point((curve, mine[min(max(near + along, 0), len(mine) - 1)]))

    # --- export -----------------------------------------------------------------------------------------------------

    @property
    def file_stem(self) -> str:
        title = self.plot.title if self.plot else ""
        return "_".join("".join(c if c.isalnum() else " " for c in title.lower()).split()) or "plot"

    @property
    def caption(self) -> str:
        return self.plot.title if self.plot else ""

    @property
    def picture_size(self) -> QSize:
        return self.size().expandedTo(PICTURE)

    def paint_on(self, painter: QPainter) -> None:
        """Draw the plot into a picture, all of it as lines."""
        before = self.size()
        items = [item for item in self.scene().items() if hasattr(item, "setExportMode")]
        try:
            self._arrange(self.picture_size)
            for item in items:
                item.setExportMode(True, {"antialias": True, "painter": painter})
            self.render(painter, QRectF(self.viewport().rect()), self.viewport().rect())
        finally:
            for item in items:
                item.setExportMode(False)
            self._arrange(before)

    def _arrange(self, size: QSize) -> None:
        self.resize(size)
        self.plotItem.layout.activate()
        self.scene().prepareForPaint()

    def csv_rows(self) -> list[list[object]]:
        """One line a point, and one a limit."""
        plot = self.plot
        if plot is None:
            return []
        rows: list[list[object]] = [["curve", plot.x, plot.y, "label"]]
        for curve in plot.curves:
            labels = (*curve.labels, *[""] * (len(curve.x) - len(curve.labels)))
            rows += [[curve.name, x, y, label] for x, y, label in zip(curve.x, curve.y, labels, strict=False)]
        return rows + [["limit", "", value, name] for name, value in plot.limits]

    # --- Qt ---------------------------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if not event.buttons():
            self.read_point(self.point_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.read_point(None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the page, until the plot is clicked."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key
        moves = {key.Key_Right: (1, 0), key.Key_Left: (-1, 0), key.Key_Down: (0, 1), key.Key_Up: (0, -1)}
        if event.key() in moves:
            self._step(*moves[event.key()])
        elif event.key() == key.Key_0:
            self.show_all()
        else:
            event.ignore()
            return
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if recoloured(event) and self.plot is not None:  # the first one comes while the plot is being made
            self.colour(theme_of(self.palette()))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        frame_focus(self)


def _scaled(values: Sequence[float], log: bool) -> np.ndarray:
    """Where values are drawn; NaN for what is not finite, and on a log axis for what is not above zero."""
    found = np.array([np.nan if value is None else value for value in values], dtype=float)
    found[~np.isfinite(found)] = np.nan
    return np.log10(np.where(found > 0, found, np.nan)) if log else found


def _range(columns: Sequence[np.ndarray]) -> tuple[float, float]:
    """The least and the largest finite value, with room around them."""
    found = np.concatenate([column[np.isfinite(column)] for column in columns] or [np.empty(0)])
    if not len(found):
        return (0.0, 1.0)
    low, high = float(found.min()), float(found.max())
    room = ROOM * (high - low) or 0.5 * (abs(high) or 1.0)
    return (low - room, high + room)
