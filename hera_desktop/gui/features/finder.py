"""Finding features: a search box, the table, and how many of all are shown."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QMenu, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from ..i18n import mark, tr
from ..labels import DimLabel, EmptyState
from ..text_line import TextLine
from ..theme import GRID, MARGIN
from .feature_list import FeatureList
from .table import FeatureTable

SEARCH = mark("Search names, tokens and contexts")
SEARCH_TIP = mark(
    "Every word must begin a word of the name, the logit tokens or the top contexts; a number finds its feature"
)
NONE_TITLE = mark("No feature matches")
NONE_PURPOSE = mark("The search, the pins and the density limit together leave nothing to show.")
NONE_HINT = mark("Search for fewer letters, show more than the pinned ones, or raise the limit.")


class SearchLine(TextLine):
    """Signal: ``down_pressed()``."""

    down_pressed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_PageDown):
            self.down_pressed.emit()
            return
        super().keyPressEvent(event)


class Finder(QWidget):
    """Signals: ``chosen(feature)``, ``import_wanted()``, ``csv_wanted()``, ``rebuild_wanted()``, ``train_wanted()``."""

    chosen = Signal(object)
    import_wanted = Signal()
    csv_wanted = Signal()
    rebuild_wanted = Signal()
    train_wanted = Signal()

    def __init__(self, features: FeatureList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._current: int | None = None
        self.search = SearchLine(tr(SEARCH), tr(SEARCH))
        self.search.setClearButtonEnabled(True)
        self.search.setToolTip(f"{tr(SEARCH_TIP)} (Ctrl+F)")
        self.pinned_only = QCheckBox(tr("Pinned only"))
        self.count = DimLabel()
        self.count.setWordWrap(False)
        self.more_button = QToolButton()
        self.table = FeatureTable(features)
        self._menu()
        self._lay_out()
        self.search.textChanged.connect(self._on_search)
        self.search.down_pressed.connect(self._to_table)
        self.pinned_only.toggled.connect(self._on_pinned_only)
        self.table.chosen.connect(self._on_chosen)
        self.refresh()

    def _menu(self) -> None:
        menu = QMenu(self)
        self.import_action = self._action(tr("Import names..."), self.import_wanted)
        self.csv_action = self._action(tr("Table as CSV..."), self.csv_wanted)
        self.rebuild_action = self._action(tr("Build the atlas again"), self.rebuild_wanted)
        self.train_action = self._action(tr("Train an SAE..."), self.train_wanted)
        menu.addActions([self.import_action, self.csv_action])
        menu.addSeparator()
        menu.addActions([self.rebuild_action, self.train_action])
        menu.setToolTipsVisible(True)
        self.import_action.setToolTip(tr("Names and explanations from a Neuronpedia-style JSON export"))
        self.csv_action.setToolTip(tr("All features with their names, figures and notes"))
        self.more_button.setText(tr("More"))
        self.more_button.setAccessibleName(tr("More: import, export, build, train"))
        self.more_button.setMenu(menu)
        self.more_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def _action(self, text: str, signal: object) -> QAction:
        action = QAction(text, self)
        action.triggered.connect(signal)
        return action

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, GRID, 0, GRID)
        column.setSpacing(GRID)
        first, second = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(GRID)
        second.setSpacing(GRID)
        first.addWidget(self.search, 1)
        first.addWidget(self.more_button)
        second.addWidget(self.count, 1)
        second.addWidget(self.pinned_only)
        column.addLayout(first)
        column.addLayout(second)
        self._stack = QStackedLayout()
        for part in (self.table, EmptyState(tr(NONE_TITLE), tr(NONE_PURPOSE), tr(NONE_HINT))):
            self._stack.addWidget(part)
        column.addLayout(self._stack, 1)

    # --- what is shown ----------------------------------------------------------------------------------------------

    @property
    def features(self) -> FeatureList:
        return self.table.features

    def show_features(self, features: FeatureList) -> None:
        """Another SAE or another atlas; search and filters stay as they are set."""
        features.search(self.search.text())
        features.show_pinned_only(self.pinned_only.isChecked())
        self.csv_action.setEnabled(features.atlas is not None)
        self.rebuild_action.setEnabled(features.atlas is not None)
        self.table.show_features(features)
        self.refresh()

    def refresh(self) -> None:
        """The list has changed."""
        self.table.refresh(self._current)
        self._count()

    def mark(self, feature: int | None) -> None:
        """Show which feature's page is open."""
        self._current = feature
        self.table.mark(feature, scroll=True)

    def _count(self) -> None:
        features = self.features
        shown, hidden = len(features.rows), features.hidden_dense
        text = (
            tr("{shown:,} of {all:,} features, {hidden:,} too dense") if hidden else tr("{shown:,} of {all:,} features")
        )
        self.count.setText(text.format(shown=shown, all=features.d_sae, hidden=hidden))
        share = f"{100 * features.max_density:g}"
        tip = tr("{hidden:,} fire on more than {share} % of the tokens").format(hidden=hidden, share=share)
        self.count.setToolTip(tip if hidden else "")
        self._stack.setCurrentIndex(0 if shown or not features.d_sae else 1)

    # --- what the user does -----------------------------------------------------------------------------------------

    def _on_search(self, text: str) -> None:
        self.features.search(text)
        self.refresh()
        self.table.scrollToTop()

    def _on_pinned_only(self, only: bool) -> None:
        self.features.show_pinned_only(only)
        self.refresh()

    def _on_chosen(self, feature: int) -> None:
        self._current = feature
        self.chosen.emit(feature)

    def _to_table(self) -> None:
        self.table.setFocus()
        if not self.table.selectionModel().hasSelection():
            self.table.selectRow(max(self.table.rowAt(0), 0))
