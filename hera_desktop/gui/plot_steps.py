"""What every plot over the steps has: the steps' axis, the picked step, the cross-hair, mouse and keys."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication

from .focus_frame import frame_focus
from .plot_axes import NO_STEPS_HEIGHT, STEPS_HEIGHT, StepAxis
from .plot_data import StepTable
from .theme import LIGHT, Theme

pg.setConfigOptions(antialias=True)

NEAR_PIXELS = 4
ZOOM = 0.8
PICTURE = QSize(720, 300)
FEWEST_STEPS = 8


class StepPlot(pg.PlotWidget):
    """Draws one thing over the steps of a StepTable. A click anywhere picks the nearest point's step.

    Signals: ``step_picked(int)``; ``step_hovered(int | None)``, None once the mouse has left; ``range_moved((low,
    high))`` when the user has panned or zoomed; ``all_wanted()``: show all the steps. Keys: left and right move the
    picked step, Home and End go to the first and last, plus and minus zoom, 0 shows all.
    """

    step_picked = Signal(object)
    step_hovered = Signal(object)
    range_moved = Signal(object)
    all_wanted = Signal()
    theme: Theme

    def __init__(self, left: pg.AxisItem, steps_shown: bool) -> None:
        super().__init__(axisItems={"left": left, "bottom": StepAxis()})
        self.table = StepTable()
        self.theme = LIGHT
        self.picked = 0
        self.hovered: int | None = None
        self._pressed: QPointF | None = None
        self.box = self.getViewBox()
        self._cross = pg.InfiniteLine()
        self.picked_line = pg.InfiniteLine()
        for line, depth in ((self.picked_line, -5), (self._cross, 20)):
            line.setZValue(depth)
            line.hide()
            self.addItem(line, ignoreBounds=True)
        self._set_up(steps_shown)

    def _set_up(self, steps_shown: bool) -> None:
        self.setMenuEnabled(False)
        self.hideButtons()
        self.setMouseEnabled(x=True, y=False)
        self.box.disableAutoRange()
        self.setFrameShape(pg.PlotWidget.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        bottom = self.getAxis("bottom")
        bottom.setStyle(showValues=steps_shown)
        bottom.setHeight(STEPS_HEIGHT if steps_shown else NO_STEPS_HEIGHT)
        self.box.sigXRangeChanged.connect(self._on_range)

    # --- drawing ----------------------------------------------------------------------------------------------------

    def colour(self, theme: Theme) -> None:
        """Take on a theme; a plot that is exported is drawn in the light one."""
        self.theme = theme
        self.setBackground(theme.base)
        for side in ("left", "bottom"):
            self.getAxis(side).setPen(pg.mkPen(theme.line))
            self.getAxis(side).setTextPen(pg.mkPen(theme.dim))
            self.getAxis(side).setTickFont(self.font())
        self.picked_line.setPen(pg.mkPen(theme.accent, width=1))
        self._cross.setPen(pg.mkPen(theme.dim, width=1, style=Qt.PenStyle.DotLine))

    def refresh_view(self) -> None:
        """Draw what depends on the range of steps that is seen."""

    def settle(self) -> None:
        """Work out the new places now, so that the next painting is the only one: left to pyqtgraph, they are worked
        out while it paints, which asks for another painting."""
        self.scene().prepareForPaint()

    def heights_at(self, numbers: np.ndarray) -> Sequence[np.ndarray]:
        """Where the points of these rows are drawn; a click picks the nearest. None where only the step counts."""
        return ()

    @property
    def picture_size(self) -> QSize:
        """Of an exported picture: larger than a panel's plot."""
        return self.size().expandedTo(PICTURE)

    def paint_on(self, painter: QPainter) -> None:
        """Draw the plot into a picture, all of it as lines, with the steps below it."""
        before, bottom = self.size(), self.getAxis("bottom")
        shown, height = bottom.style["showValues"], bottom.height()
        items = [item for item in self.scene().items() if hasattr(item, "setExportMode")]
        try:
            self._arrange(self.picture_size, True, STEPS_HEIGHT)
            for item in items:
                item.setExportMode(True, {"antialias": True, "painter": painter})
            self.render(painter, QRectF(self.viewport().rect()), self.viewport().rect())
        finally:
            for item in items:
                item.setExportMode(False)
            self._arrange(before, shown, int(height))

    def _arrange(self, size: QSize, values: bool, height: int) -> None:
        """Take on a size at once, with or without the numbers of the steps."""
        self.resize(size)
        bottom = self.getAxis("bottom")
        bottom.setStyle(showValues=values)
        bottom.setHeight(height)
        self.plotItem.layout.activate()
        self.settle()
        self.refresh_view()

    # --- the step that is picked, and the one under the mouse -------------------------------------------------------

    def pick(self, step: int) -> None:
        """Show which step is picked; 0 is none."""
        self.picked = step
        self.picked_line.setVisible(step > 0)
        self.picked_line.setValue(step)

    def hover(self, step: int | None) -> None:
        """Show the cross-hair at a step."""
        self.hovered = step
        self._cross.setVisible(step is not None)
        if step is not None:
            self._cross.setValue(step)

    def step_at(self, place: QPointF) -> int | None:
        """The step whose point is nearest to a place of the widget; None beside the plot, or where there is none."""
        on_scene = self.mapToScene(place.toPoint())
        if not len(self.table) or not self.box.sceneBoundingRect().contains(on_scene):
            return None
        point, (width, height) = self.box.mapSceneToView(on_scene), self.box.viewPixelSize()
        steps = self.table.steps
        reach = NEAR_PIXELS * width
        start, end = np.searchsorted(steps, (point.x() - reach, point.x() + reach))
        numbers = np.arange(start, end)
        drawn = self.heights_at(numbers) if len(numbers) > 1 else ()
        if not drawn:
            return int(steps[np.abs(steps - point.x()).argmin()])
        across = (steps[numbers] - point.x()) / width
        away = [np.nan_to_num(across**2 + ((heights - point.y()) / height) ** 2, nan=np.inf) for heights in drawn]
        return int(steps[numbers[np.minimum.reduce(away).argmin()]])

    # --- the range of steps -----------------------------------------------------------------------------------------

    def bound(self, last: int) -> None:
        """No further than the steps there are."""
        self.box.setLimits(xMin=0, xMax=max(last, FEWEST_STEPS) + 1, minXRange=min(4.0, FEWEST_STEPS))

    def show_range(self, low: float, high: float) -> None:
        """See the steps from ``low`` to ``high``."""
        if [low, high] != self.box.viewRange()[0]:
            self.box.setXRange(low, high, padding=0)

    @property
    def pixels(self) -> float:
        return max(self.box.width(), 1.0)

    def _on_range(self, _: object, seen: Sequence[float]) -> None:
        self.refresh_view()
        self.range_moved.emit((seen[0], seen[1]))

    def _zoom(self, factor: float) -> None:
        low, high = self.box.viewRange()[0]
        centre = self.picked if low < self.picked < high else (low + high) / 2
        self.box.setXRange(centre - (centre - low) * factor, centre + (high - centre) * factor, padding=0)

    # --- Qt ---------------------------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if not event.buttons():
            self.step_hovered.emit(self.step_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._pressed = event.position() if event.button() == Qt.MouseButton.LeftButton else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, None
        if pressed is None or (event.position() - pressed).manhattanLength() >= QApplication.startDragDistance():
            return
        step = self.step_at(event.position())
        if step is not None:
            self.step_picked.emit(step)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.step_hovered.emit(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, count = event.key(), len(self.table)
        to = {
            Qt.Key.Key_Left: max(1, self.picked - 1),
            Qt.Key.Key_Right: min(count, self.picked + 1),
            Qt.Key.Key_Home: 1,
            Qt.Key.Key_End: count,
        }.get(key)
        if to is not None and count:
            self.step_picked.emit(to)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self._zoom(ZOOM)
        elif key == Qt.Key.Key_Minus:
            self._zoom(1 / ZOOM)
        elif key == Qt.Key.Key_0:
            self.all_wanted.emit()
        else:
            event.ignore()
            return
        event.accept()

    def resizeEvent(self, event: QEvent) -> None:
        super().resizeEvent(event)
        if hasattr(self, "table"):  # WORKAROUND: pyqtgraph sizes the widget in its constructor
            self.refresh_view()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        frame_focus(self)
