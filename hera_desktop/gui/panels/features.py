"""The features workspace: the browser, or what stands in its place - no model, or a model without an SAE."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QStackedLayout, QWidget

from hera_desktop.engine.errors import HeraError, InputError, MachineError

from ..feature_records import FeaturesOpened
from ..features.browser import FeatureBrowser
from ..features.feature_list import AtlasView
from ..features.training import TrainingView
from ..i18n import mark, tr
from ..labels import EmptyState

PURPOSE = mark(
    "Here the features of the model's sparse autoencoder are looked at, named, steered with and turned into edits."
)
EMPTY, BROWSER, TRAINING = range(3)
FIRST_ACTION = mark("It fills once the model is loaded.")


class FeaturesPanel(QWidget):
    """Signals: ``import_wanted(path)``, ``told((sentence, level))``; those of ``browser`` and ``training`` are theirs.
    Redraws from ``FeaturesOpened`` and the atlas that belongs to it."""

    import_wanted = Signal(object)
    told = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.browser = FeatureBrowser()
        self.training = TrainingView()
        self._opened: FeaturesOpened | None = None
        self._stack = QStackedLayout(self)
        for part in (EmptyState(tr("Features"), tr(PURPOSE), tr(FIRST_ACTION)), self.browser, self.training):
            self._stack.addWidget(part)
        self._connect()

    def _connect(self) -> None:
        finder, header = self.browser.finder, self.browser.view.header
        finder.import_wanted.connect(self._import)
        finder.csv_wanted.connect(self._save_table)
        finder.train_wanted.connect(self.show_training)
        finder.rebuild_wanted.connect(self.browser.view.show_building)
        header.html_wanted.connect(self._save_html)
        header.png_wanted.connect(self._save_png)
        self.browser.told.connect(self.told)

    # --- what is shown ----------------------------------------------------------------------------------------------

    def show_opened(self, found: tuple[FeaturesOpened, AtlasView | None]) -> None:
        """A model was loaded, or an atlas was built."""
        opened, atlas = found
        another = self._opened is None or self._opened.sae != opened.sae
        self._opened, sae = opened, opened.sae
        if sae is None:
            self.browser.open("", 0, None)
        else:
            self.browser.view.building.show_sae(sae.name, sae.d_sae, built=atlas is not None)
            self.browser.open(sae.fingerprint, sae.d_sae, atlas, opened.labels, opened.max_density)
        if another:
            self.show_browser()

    def show_browser(self) -> None:
        """The browser; the training page where the model has no SAE."""
        without = self._opened is not None and self._opened.sae is None
        self._stack.setCurrentIndex(TRAINING if without else BROWSER)

    def show_training(self) -> None:
        self._stack.setCurrentIndex(TRAINING)

    @property
    def browsing(self) -> bool:
        return self._stack.currentIndex() == BROWSER

    # --- files ------------------------------------------------------------------------------------------------------

    def _import(self) -> None:
        kinds = tr("Exports (*.json *.jsonl);;All files (*)")
        path, _ = QFileDialog.getOpenFileName(self, tr("Import names"), "", kinds)
        if path:
            self.import_wanted.emit(path)

    def _save_table(self) -> None:
        self._save(tr("Table as CSV"), "features.csv", "CSV (*.csv)", self.write_table)

    def _save_html(self) -> None:
        self._save(tr("Page as HTML"), f"feature-{self.browser.feature}.html", "HTML (*.html)", self.write_html)

    def _save_png(self) -> None:
        self._save(tr("Page as PNG"), f"feature-{self.browser.feature}.png", "PNG (*.png)", self.write_png)

    def _save(self, title: str, name: str, kinds: str, write: Callable[[Path], None]) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, title, name, kinds)
        if not chosen:
            return
        try:
            write(Path(chosen))
        except HeraError as error:
            self.told.emit((str(error), "error"))
        else:
            self.told.emit((tr("Saved {chosen}").format(chosen=chosen), "info"))

    def write_table(self, path: Path) -> None:
        """All features as CSV."""
        features = self.browser.features
        if features.atlas is None:
            raise InputError(tr("there is no atlas; build it to have a table of the features"))
        from hera_desktop.engine.atlas.export import write_table

        write_table(path, features.atlas, features.labels.values())

    def write_html(self, path: Path) -> None:
        """The chosen feature's page, with what it does on the text where that was looked at."""
        features, feature = self.browser.features, self.browser.feature
        if features.atlas is None or feature is None:
            raise InputError(tr("no feature's page is open"))
        from hera_desktop.engine.atlas.export import write_page_html

        found = self.browser.on_text
        extra = {"on_text": found.on_text, "patches": found.along} if found else {}
        write_page_html(path, features.atlas, feature, features.labels.values(), extra)

    def write_png(self, path: Path) -> None:
        """The chosen feature's page, the whole of it, as a picture.

        Raises:
            MachineError: it cannot be written.
        """
        if not self.browser.picture().save(str(path), "PNG"):
            raise MachineError(tr("picture {path} cannot be written").format(path=path))
