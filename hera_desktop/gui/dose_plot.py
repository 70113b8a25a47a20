"""What an edit gains and what it costs at every strength that was measured: the dose-damage plot."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QSizePolicy

from .edit_doses import DosePoint
from .focus_frame import frame_focus
from .i18n import mark, tr
from .measures import MEASURES
from .norm_plot import HUES, symbol_text
from .plot_axes import STEPS_HEIGHT, PlainAxis, QuietAxis
from .theme import LIGHT, Theme, recoloured, theme_of

TARGET = "target"
STYLES = {TARGET: ("o", HUES[0], 2.4)} | {
    measure.name: (symbol, hue, 1.2)
    for measure, symbol, hue in zip(MEASURES, ("s", "t", "d"), (HUES[1], HUES[2], HUES[4]), strict=True)
}
"""Symbol, colour and width of the target's line and of each measure's."""
NAMES = {TARGET: mark("target probability")} | {measure.name: measure.title for measure in MEASURES}
MOST = 1.3
"""What lies higher is drawn at this height: an edit that is so far over a limit is refused all the same."""
NEAR_PIXELS = 12
HEIGHT = 192
PICTURE = QSize(720, 300)
NOTE = mark(
    "Against the share of the edit: what its target's least likely token is given, and how much of its step limit\n"
    "each measure takes up. Ring: what was taken. Click a point, or drag the line, to choose another share."
)
LEAST_SHARE, MOST_SHARE = 0.01, 2.0


class DosePlot(pg.PlotWidget):
    """Signal: ``share_picked(float)`` when a measured point is clicked or reached by the arrow keys, or the line is
    dragged somewhere. The line stands at the share that is chosen; what lies over the upper edge is drawn at it."""

    share_picked = Signal(object)
    theme: Theme

    def __init__(self) -> None:
        super().__init__(axisItems={"left": PlainAxis(), "bottom": QuietAxis("bottom")})
        self.points: tuple[DosePoint, ...] = ()
        self.taken = self.chosen = 0.0
        self.theme = LIGHT
        self._pressed: QPointF | None = None
        self.box = self.getViewBox()
        self.curves = {name: pg.PlotDataItem() for name in STYLES}
        self.ring = pg.ScatterPlotItem(pxMode=True, size=17)
        self.limit = pg.InfiniteLine(1.0, angle=0)
        self.line = pg.InfiniteLine(0.0, angle=90, movable=True, bounds=(LEAST_SHARE, MOST_SHARE))
        for item in (self.limit, self.line, *self.curves.values(), self.ring):
            self.addItem(item, ignoreBounds=True)
        self._set_up()

    def _set_up(self) -> None:
        self.setMenuEnabled(False)
        self.hideButtons()
        self.setMouseEnabled(x=False, y=False)
        self.box.disableAutoRange()
        self.setFrameShape(pg.PlotWidget.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.getAxis("bottom").setHeight(STEPS_HEIGHT)
        self.setAccessibleName(tr("Plot of effect and damage over the share of the edit"))
        self.setToolTip(tr(NOTE))
        self.line.sigDragged.connect(self._on_dragged)
        self.colour(theme_of(self.palette()))

    # --- drawing ----------------------------------------------------------------------------------------------------

    def draw(self, points: Sequence[DosePoint], taken: float) -> None:
        """Draw what was measured; ``taken``: the share that the recorded patch is."""
        self.points, self.taken = tuple(points), taken
        for name, curve in self.curves.items():
            shares, heights = self._series(name)
            curve.setData(shares, np.minimum(heights, MOST))
        ring = [(point.share, min(point.target, MOST)) for point in self.points if point.share == taken]
        self.ring.setData([x for x, _ in ring], [y for _, y in ring])
        self.choose(taken)

    def _series(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        """Shares and values, as they are, of the target or of a measure."""
        if name == TARGET:
            found = [(point.share, point.target) for point in self.points]
        else:
            found = [(point.share, point.used[name]) for point in self.points if name in point.used]
        return np.array([x for x, _ in found]), np.array([y for _, y in found])

    def choose(self, share: float) -> None:
        """Put the line at a share."""
        self.chosen = share
        self.line.setValue(share)
        self._fit()

    def _fit(self) -> None:
        right = max(1.0, self.chosen)
        drawn = [curve.getData()[1] for curve in self.curves.values()]
        high = max([1.0, *(float(heights.max()) for heights in drawn if heights is not None and len(heights))])
        self.box.setRange(xRange=(-0.07 * right, 1.09 * right), yRange=(-0.06, 1.09 * high), padding=0)
        every = 0.25 if right <= 1.25 else 0.5
        shares = np.arange(0, right + every / 2, every)
        self.getAxis("bottom").setTicks([[(float(share), f"{100 * share:.0f} %") for share in shares]])

    def colour(self, theme: Theme) -> None:
        """Take on a theme; a plot that is exported is drawn in the light one."""
        self.theme = theme
        self.setBackground(theme.base)
        for side in ("left", "bottom"):
            self.getAxis(side).setPen(pg.mkPen(theme.line))
            self.getAxis(side).setTextPen(pg.mkPen(theme.dim))
            self.getAxis(side).setTickFont(self.font())
        for name, curve in self.curves.items():
            symbol, hue, width = STYLES[name]
            curve.setPen(pg.mkPen(hue, width=width))
            curve.setSymbol(symbol)
            curve.setSymbolSize(8)
            curve.setSymbolPen(pg.mkPen(hue))
            curve.setSymbolBrush(pg.mkBrush(hue))
        self.ring.setPen(pg.mkPen(theme.text, width=1.6))
        self.ring.setBrush(None)
        self.line.setPen(pg.mkPen(theme.accent, width=1.6))
        self.line.setHoverPen(pg.mkPen(theme.accent, width=3))
        self._draw_limit(theme)

    def _draw_limit(self, theme: Theme) -> None:
        self.limit.setPen(pg.mkPen(theme.rejected, width=1, style=Qt.PenStyle.DashLine))
        if getattr(self.limit, "label", None) is None:
            anchors = [(0, 0.5), (0, 0.5)]
            self.limit.label = pg.InfLineLabel(self.limit, tr("step limit"), position=0.02, anchors=anchors)
        self.limit.label.setColor(theme.rejected)
        self.limit.label.fill = pg.mkBrush(theme.base)
        self.limit.label.setFont(self.font())

    # --- choosing ---------------------------------------------------------------------------------------------------

    def _on_dragged(self) -> None:
        self._pick(round(float(self.line.value()), 2))

    def _pick(self, share: float) -> None:
        share = min(max(share, LEAST_SHARE), MOST_SHARE)
        self.choose(share)
        self.share_picked.emit(share)

    def _measured(self) -> list[float]:
        """The shares that were measured and can be chosen."""
        return [point.share for point in self.points if point.share >= LEAST_SHARE]

    def share_at(self, place: QPointF) -> float | None:
        """The measured share nearest to a place of the widget; None where there is none near it."""
        on_scene = self.mapToScene(place.toPoint())
        shares = self._measured()
        if not shares or not self.box.sceneBoundingRect().contains(on_scene):
            return None
        x, pixel = self.box.mapSceneToView(on_scene).x(), self.box.viewPixelSize()[0]
        nearest = min(shares, key=lambda share: abs(share - x))
        return nearest if abs(nearest - x) <= NEAR_PIXELS * pixel else None

    # --- export -----------------------------------------------------------------------------------------------------

    file_stem = "dose_damage"

    @property
    def caption(self) -> str:
        target, *measures = (f"{symbol_text(STYLES[name][0])} {tr(NAMES[name])}" for name in STYLES)
        return tr("{target}; share of the step limit: {measures}").format(target=target, measures=", ".join(measures))

    def sizeHint(self) -> QSize:
        return QSize(PICTURE.width() // 2, HEIGHT)

    @property
    def picture_size(self) -> QSize:
        return self.size().expandedTo(PICTURE)

    def paint_on(self, painter: QPainter) -> None:
        """Draw the plot into a picture, all of it as lines."""
        before = self.size()
        items = [item for item in self.scene().items() if hasattr(item, "setExportMode")]
        self.line.hide()  # it is no part of what was measured
        try:
            self._arrange(self.picture_size)
            for item in items:
                item.setExportMode(True, {"antialias": True, "painter": painter})
            self.render(painter, QRectF(self.viewport().rect()), self.viewport().rect())
        finally:
            for item in items:
                item.setExportMode(False)
            self.line.show()
            self._arrange(before)

    def _arrange(self, size: QSize) -> None:
        self.resize(size)
        self.plotItem.layout.activate()
        self.scene().prepareForPaint()

    def csv_rows(self) -> list[list[object]]:
        """One line a strength: what the target is given, the level, and each measure as a share of its step limit."""
        names = [measure.name for measure in MEASURES]
        shares = [f"{name}, share of its step limit" for name in names]
        head = ["share", "target probability", "level", *shares, "taken"]
        body = [
            [p.share, p.target, p.level, *(_cell(p.used.get(name)) for name in names), int(p.share == self.taken)]
            for p in self.points
        ]
        return [head, *body]

    # --- Qt ---------------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._pressed = event.position() if event.button() == Qt.MouseButton.LeftButton else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, None
        if pressed is None or (event.position() - pressed).manhattanLength() >= QApplication.startDragDistance():
            return
        share = self.share_at(event.position())
        if share is not None:
            self._pick(share)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shares, key = self._measured(), event.key()
        if key == Qt.Key.Key_Left:
            onward = [share for share in shares if share < self.chosen][-1:]
        elif key == Qt.Key.Key_Right:
            onward = [share for share in shares if share > self.chosen][:1]
        else:
            event.ignore()
            return
        if onward:
            self._pick(onward[0])
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if recoloured(event) and hasattr(self, "ring"):  # WORKAROUND: Qt asks before the constructor is done
            self.colour(theme_of(self.palette()))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        frame_focus(self)


def _cell(value: float | None) -> object:
    """A value as it is; empty where it was not kept."""
    if value is None:
        return ""
    return value if np.isfinite(value) else "not finite"


def key_html() -> str:
    """The legend: symbol, colour and name of every line."""
    return " &nbsp; ".join(
        f'<span style="color:{hue}">{symbol_text(symbol)}</span>&nbsp;{tr(NAMES[name]).replace(" ", "&nbsp;")}'
        for name, (symbol, hue, _) in STYLES.items()
    )
