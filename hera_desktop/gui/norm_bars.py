"""The size of the weight change of each matrix in the present state."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from .i18n import mark, tr
from .theme import GRID, LIGHT, Theme, tabular, theme_of

BARS_NOTE = mark(
    "||dW||_F / ||W||_F: the sum of all active changes of a matrix against the matrix itself, Frobenius norms.\n"
    "How much of the matrix is not the base's any more."
)
BAR_ROW = 20
PICTURE_WIDTH = 720

Change = tuple[int, str, float]
"""Block, component, and the relative norm of its change."""


class NormBars(QWidget):
    """A bar for each edited matrix of the present state; nothing where it is not known yet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.changes: tuple[Change, ...] | None = None
        self._theme: Theme | None = None
        self.setFont(tabular(self.font()))
        self.setToolTip(tr(BARS_NOTE))
        self.setAccessibleName(tr("Relative weight change of each edited matrix"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_changes(self, changes: Sequence[Change] | None) -> None:
        """None: not known yet."""
        self.changes = None if changes is None else tuple(sorted(changes))
        self.setAccessibleDescription(self.text)
        self.updateGeometry()
        self.update()

    @property
    def text(self) -> str:
        """What the bars say, in words."""
        if self.changes is None:
            return tr("The present state is being measured")
        if not self.changes:
            return tr("This is the base: no matrix is changed")
        return "; ".join(f"{layer} {component} {norm:.2e}" for layer, component, norm in self.changes)

    def sizeHint(self) -> QSize:
        return QSize(24 * GRID, BAR_ROW * max(1, len(self.changes or ())))

    def minimumSizeHint(self) -> QSize:
        return QSize(16 * GRID, self.sizeHint().height())

    def paintEvent(self, _: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self.palette())
        painter.setFont(self.font())
        self._paint(painter, QRectF(self.rect()), theme)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.accent), 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _paint(self, painter: QPainter, area: QRectF, theme: Theme) -> None:
        if not self.changes:
            painter.setPen(QColor(theme.dim))
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, self.text)
            return
        metrics = self.fontMetrics()
        names = max(metrics.horizontalAdvance(f"{layer} {component}") for layer, component, _ in self.changes) + GRID
        figures = metrics.horizontalAdvance("0.00e-00") + GRID
        longest, room = max(norm for _, _, norm in self.changes) or 1.0, max(area.width() - names - figures, 8.0)
        for number, (layer, component, norm) in enumerate(self.changes):
            row = QRectF(area.left(), area.top() + number * BAR_ROW, area.width(), BAR_ROW)
            painter.setPen(QColor(theme.text))
            painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, f"{layer} {component}")
            painter.drawText(row, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, f"{norm:.2e}")
            bar = QRectF(row.left() + names, row.top() + 5, max(1.0, room * norm / longest), BAR_ROW - 10)
            painter.fillRect(bar, QColor(theme.committed))

    # --- export -----------------------------------------------------------------------------------------------------

    file_stem = "weight_change"

    @property
    def caption(self) -> str:
        return tr("Weight change of each edited matrix in the present state, ||dW||_F / ||W||_F")

    def csv_rows(self) -> list[list[object]]:
        """One line an edited matrix."""
        return [["block", "component", "relative norm"], *([*change] for change in self.changes or ())]

    def colour(self, theme: Theme) -> None:
        """The theme of an exported picture."""
        self._theme = theme

    @property
    def picture_size(self) -> QSize:
        return QSize(PICTURE_WIDTH, self.sizeHint().height() + 2 * GRID)

    def paint_on(self, painter: QPainter) -> None:
        painter.setFont(self.font())
        area = QRectF(0, 0, self.picture_size.width(), self.picture_size.height())
        self._paint(painter, area.adjusted(GRID, GRID, -GRID, -GRID), self._theme or LIGHT)
