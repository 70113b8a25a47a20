"""A feature's page: what it fires on, what it writes, what it is near to."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from hera_desktop.engine.atlas.records import FeaturePage

from ..i18n import mark, tr
from ..labels import DimLabel
from ..theme import GRID, MARGIN
from .contexts import ContextTabs
from .feature_list import FeatureList
from .heat_legend import HeatLegend
from .histogram import HistogramPlot
from .relations import LogitTable, NeighbourTable

HEAD = 5 * GRID
SIDE = 320
RAISED = mark("Tokens whose logit the feature's unit direction raises most, through the final norm and the unembedding")
LOWERED = mark(
    "Tokens whose logit the feature's unit direction lowers most, through the final norm and the unembedding"
)
NEAR = mark("Features whose decoder directions point the same way: cosine, 1 is the same direction")
TOGETHER = mark("Features that fire on the same tokens: the share of this feature's tokens on which they fire, too")
FIGURE_TIP = mark(
    "density: share of the atlas' tokens on which the feature fires; mean and max: of its activations above zero\n"
    "activation: norm of what the feature writes into the residual stream"
)


class PageView(QScrollArea):
    """Signal: ``chosen(feature)`` when a neighbour is clicked."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page: FeaturePage | None = None
        self.histogram = HistogramPlot()
        self.positive = LogitTable(tr("raises"), tr(RAISED))
        self.negative = LogitTable(tr("lowers"), tr(LOWERED))
        self.near = NeighbourTable(tr("nearest features"), tr("cosine"), tr(NEAR))
        self.together = NeighbourTable(tr("fire together"), tr("share"), tr(TOGETHER))
        self.contexts = ContextTabs()
        self.legend = HeatLegend()
        self.content = self._lay_out()
        self.setWidget(self.content)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for table in (self.near, self.together):
            table.chosen.connect(self.chosen)

    def _lay_out(self) -> QWidget:
        content = QWidget()
        line = QHBoxLayout(content)
        line.setContentsMargins(MARGIN, GRID, MARGIN, GRID)
        line.setSpacing(2 * GRID)
        side = QWidget()
        side.setFixedWidth(SIDE)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        caption = QHBoxLayout()
        caption.addWidget(_caption(tr("activations above zero")), 1)
        caption.addWidget(self.legend)
        column.addLayout(caption)
        column.addWidget(self.histogram)
        logits = QHBoxLayout()
        logits.setSpacing(GRID)
        logits.addWidget(self.positive, 0, Qt.AlignmentFlag.AlignTop)
        logits.addWidget(self.negative, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(logits)
        column.addWidget(self.near)
        column.addWidget(self.together)
        column.addStretch(1)
        line.addWidget(side)
        line.addWidget(self.contexts, 1)
        return content

    def show_page(self, page: FeaturePage, features: FeatureList) -> None:
        """Redraw; the page begins at its top."""
        another = self.page is None or self.page.id != page.id
        self.page = page
        self.legend.show_scale("", None if page.dead else page.max)
        self.histogram.show_histogram(page.histogram)
        self.positive.show_logits(page.positive)
        self.negative.show_logits(page.negative)
        self.near.show_neighbours(page.neighbours, features.name)
        self.together.show_neighbours(page.coactive, features.name)
        self.contexts.show_ranges(page.ranges, page.max)
        if another:
            self.verticalScrollBar().setValue(0)

    def warm_up(self, page: FeaturePage, features: FeatureList) -> None:
        """Draw a page where nobody sees it: fonts and plots are made ready, so that the first page opens like any."""
        self.show_page(page, features)
        self.grab()
        self.page = None

    def picture(self, title: str) -> QPixmap:
        """The whole page below its title, also what is scrolled out of sight."""
        body = self.content.grab()
        ratio = body.devicePixelRatio()
        whole = QPixmap(body.width(), body.height() + round(HEAD * ratio))
        whole.setDevicePixelRatio(ratio)
        whole.fill(self.palette().window().color())
        painter = QPainter(whole)
        painter.setPen(self.palette().text().color())
        words = QRectF(MARGIN, 0, whole.width() / ratio - 2 * MARGIN, HEAD)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, title)
        painter.drawPixmap(QPointF(0, HEAD), body)
        painter.end()
        return whole


def figures(page: FeaturePage) -> str:
    """Density, mean and maximum in words."""
    if page.dead:
        return tr("never fired on the atlas' text")
    text = tr("density {density:.3f} %   mean {mean:.2f}   max {max:.2f}")
    return text.format(density=100 * page.density, mean=page.mean, max=page.max)


def _caption(text: str) -> QLabel:
    label = DimLabel(text)
    label.setWordWrap(False)
    return label
