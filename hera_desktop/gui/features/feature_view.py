"""Everything about the chosen feature: its head, and the tabs Page, On my own text, Steer, Edit."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from hera_desktop.engine.atlas.neuronpedia import feature_url
from hera_desktop.engine.atlas.records import FeaturePage

from ..i18n import mark, tr
from ..labels import EmptyState
from ..theme import GRID, MARGIN
from .building import BuildingView
from .feature_list import FeatureList
from .own_text import OwnText
from .page import FIGURE_TIP, PageView, figures
from .page_header import PageHeader
from .proposal import ProposalView
from .steering import SteeringView

PURPOSE = mark("Here stands what a feature fires on, what it writes into the model, and which features are near it.")
FIRST_ACTION = mark("Choose a feature in the table, or click a token of a text that was read.")
PAGE, OWN_TEXT, STEER, EDIT = range(4)


class FeatureView(QWidget):
    """Signals: ``chosen(feature)`` for a neighbour; ``own_text_shown()`` when that tab is opened. The signals of the
    parts (``header``, ``own_text``, ``steering``, ``proposal``, ``building``) are theirs."""

    chosen = Signal(object)
    own_text_shown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.header = PageHeader()
        self.page = PageView()
        self.building = BuildingView()
        self.own_text = OwnText()
        self.steering = SteeringView()
        self.proposal = ProposalView()
        self.page_stack = QStackedWidget()
        self.tabs = QTabWidget()
        self._lay_out()
        self.page.chosen.connect(self.chosen)
        self.tabs.currentChanged.connect(self._on_tab)
        self.header.hide()

    def _lay_out(self) -> None:
        for part in (EmptyState(tr("Feature page"), tr(PURPOSE), tr(FIRST_ACTION)), self.page, self.building):
            self.page_stack.addWidget(part)
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.page_stack, tr("Page"))
        self.tabs.addTab(self.own_text, tr("On my own text"))
        self.tabs.addTab(self.steering, tr("Steer"))
        self.tabs.addTab(self.proposal, tr("Edit"))
        self.tabs.tabBar().setAccessibleName(tr("Parts of the feature's page"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        self.header.setContentsMargins(MARGIN, GRID, MARGIN, 0)
        column.addWidget(self.header)
        column.addWidget(self.tabs, 1)

    # --- what is shown ----------------------------------------------------------------------------------------------

    @property
    def own_text_visible(self) -> bool:
        return self.tabs.currentIndex() == OWN_TEXT

    def show_feature(self, feature: int | None, features: FeatureList) -> FeaturePage | None:
        """Show a feature, or that none is chosen; returns its page where there is an atlas."""
        self.header.setVisible(feature is not None)
        page = features.atlas.page(feature) if features.atlas is not None and feature is not None else None
        if page is not None:
            self.page.show_page(page, features)
            self.page_stack.setCurrentWidget(self.page)
        else:
            self.page_stack.setCurrentIndex(0 if features.atlas is not None else 2)
        if feature is None:
            self.steering.show_feature(None)
            return None
        self.show_label(feature, features)
        said = (figures(page), tr(FIGURE_TIP)) if page else (tr("no figures without an atlas"), "")
        self.header.show_figures(*said)
        self.header.allow_export(page is not None)
        self.steering.show_feature(feature, features.name(feature), page.max if page and not page.dead else None)
        return page

    def show_building(self) -> None:
        """Where an atlas is built, also where there is one already."""
        self.tabs.setCurrentIndex(PAGE)
        self.page_stack.setCurrentWidget(self.building)

    def show_label(self, feature: int, features: FeatureList) -> None:
        """The name and note of the feature that is shown."""
        url = feature_url(features.atlas.info.neuronpedia_id if features.atlas else None, feature)
        self.header.show_feature(
            feature, features.name(feature), features.source(feature), features.label(feature), url
        )

    def _on_tab(self, _: int) -> None:
        if self.own_text_visible:
            self.own_text_shown.emit()
