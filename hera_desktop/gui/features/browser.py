"""The feature browser: a text's strip, the table of features, and the page of the chosen one, joined together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from hera_desktop.engine.atlas.records import FeaturePage, Label, TextFeatures
from hera_desktop.engine.errors import HeraError, InputError

from ..edit_records import EditFeature
from ..feature_records import FeaturePageText, ImportedLabels
from ..i18n import tr
from ..labels import separator
from ..measures import visible
from .feature_list import AtlasView, FeatureList
from .feature_view import FeatureView
from .finder import Finder
from .page import figures
from .read_text import ReadText
from .table_model import ACTIVATION
from .text_bar import FIRST_TOKEN, TextBar

TOP = 5
REST_MS = 40


class FeatureBrowser(QWidget):
    """Holds what is looked at: the list, the text that was read, the picked token, the chosen feature and the way
    there. It shows what it is given and asks for the rest.

    Signals: ``on_text_wanted((feature, text))``, ``label_wanted(Label)``, ``told((sentence, level))``; those of the
    parts (``text``, ``finder``, ``view``) are theirs.
    """

    on_text_wanted = Signal(object)
    label_wanted = Signal(object)
    told = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.features = FeatureList(0)
        self._sae = ""
        self.feature: int | None = None
        self.page: FeaturePage | None = None
        self._read: ReadText | None = None
        self._token: int | None = None
        self._asked: tuple[int, str] | None = None
        self._on_text: FeaturePageText | None = None
        self._past: list[int] = []
        self._future: list[int] = []
        self._row: int | None = None
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._on_rest)
        self.text = TextBar(self._describe)
        self.finder = Finder(self.features)
        self.view = FeatureView()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.text)
        column.addWidget(separator())
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(9)
        self.splitter.addWidget(self.finder)
        self.splitter.addWidget(self.view)
        self.splitter.setSizes([545, 735])
        self.splitter.setStretchFactor(0, 2)
        self.splitter.setStretchFactor(1, 3)
        column.addWidget(self.splitter, 1)

    def _connect(self) -> None:
        text, finder, view = self.text, self.finder, self.view
        text.token_picked.connect(self._on_token)
        text.density_changed.connect(self._on_density)
        finder.chosen.connect(self._on_row)
        finder.table.features_model.pin_wanted.connect(self._on_pin)
        finder.table.features_model.ticked_changed.connect(self._show_ticked)
        view.chosen.connect(self.choose)
        view.own_text_shown.connect(self._look_on_text)
        view.header.renamed.connect(self._on_renamed)
        view.header.noted.connect(self._on_noted)
        view.header.pin_toggled.connect(self._on_pin_toggled)
        view.header.back_wanted.connect(self.back)
        view.header.forward_wanted.connect(self.forward)
        view.proposal.untick_wanted.connect(self._untick)

    # --- records ----------------------------------------------------------------------------------------------------

    def open(
        self, sae: str, d_sae: int, atlas: AtlasView | None, labels: tuple[Label, ...] = (), max_density: float = 1.0
    ) -> None:
        """The SAE of this fingerprint with what is known of its features; where it is another one than before, a text
        has to be read anew."""
        same, self._sae = sae == self._sae, sae
        old, self.features = self.features, FeatureList(d_sae, atlas, labels)
        self.features.limit_density(self._limit(old, max_density))
        if same:
            self.features.activation = old.activation
            self.features.sort(old.sorted_by, old.descending)
        else:
            self._forget()
        self.text.show_limit(self.features.max_density, known=atlas is not None)
        self.finder.show_features(self.features)
        if atlas is not None and not same:
            self.view.page.warm_up(atlas.page(0), self.features)
        self._show_feature()

    def _forget(self) -> None:
        """What was looked at was another SAE's."""
        self._read = self._token = self._asked = self.feature = None
        self._past, self._future = [], []
        self.finder.mark(None)
        self.finder.table.features_model.untick()
        self.finder.table.features_model.title_activation(tr("activation"))
        self.text.show_nothing()
        self.view.own_text.show_nothing()

    def _limit(self, old: FeatureList, configured: float) -> float:
        """The density limit that is set stays when an atlas has been built."""
        return old.max_density if old.d_sae and old.atlas is not None else configured

    def show_text(self, found: TextFeatures) -> None:
        """A text was read; the table is sorted by what fires on it. The same text, read again in another state of the
        model, keeps token and order."""
        again = self._read is not None and self._read.text == found.text
        self._read = ReadText(found, self.features.d_sae)
        self._asked = None
        if not again:
            self._token = None
            self.text.show_tokens(found.tokens)
            self.finder.table.sort_by(ACTIVATION, descending=True)
            self.view.steering.suggest_prompt(found.text)
            self.view.proposal.suggest_prompt(found.text)
        self._show_activation()
        if not again:
            self.finder.table.scrollToTop()  # the strongest come first
        self._show_ticked()
        self._look_on_text()

    def show_on_text(self, found: FeaturePageText) -> None:
        on_text = found.on_text
        if (on_text.feature, on_text.text) == self._asked:
            self._on_text = found
            self.view.own_text.show_on_text(found)

    @property
    def on_text(self) -> FeaturePageText | None:
        """The chosen feature on the text, where that was looked at in the present state."""
        found = self._on_text
        asked = (self.feature, self._read.text) if self._read else None
        return found if found and asked == self._asked == (found.on_text.feature, found.on_text.text) else None

    def show_imported(self, imported: ImportedLabels) -> None:
        self.features.set_labels(imported.labels)
        self._labels_changed()

    # --- the text ---------------------------------------------------------------------------------------------------

    def _show_activation(self) -> None:
        """The activation column: at the picked token, or the maximum over the text."""
        read, token = self._read, self._token
        if read is None:
            return
        title = tr("activation") if token is None else tr("at {token}").format(token=visible(read.tokens[token]))
        self.finder.table.features_model.title_activation(title)
        self.features.show_activation(read.activation(token))
        self.finder.refresh()
        self._colour_strip()

    def _colour_strip(self) -> None:
        """Where the chosen feature fires, or how strong the strongest one is."""
        if self._read is None:
            return
        if self.feature is None:
            values, what = self._read.strongest(self.features.allowed), tr("strongest feature")
        else:
            values, what = self._read.column(self.feature), tr("feature {feature}").format(feature=self.feature)
        highest = float(values.max(initial=0.0))
        self.text.strip.colour(values.tolist(), highest)
        self.text.legend.show_scale(what if highest > 0 else tr("{what} does not fire here").format(what=what), highest)

    def _describe(self, position: int) -> str:
        """A token's strongest features, for its tooltip."""
        if self._read is None:
            return ""
        token = visible(self._read.tokens[position])
        head = tr("token {position}  '{token}'").format(position=position, token=token)
        if position == 0:
            return f"{head}\n{tr(FIRST_TOKEN)}"
        found = self._read.top(position, TOP, self.features.allowed)
        lines = [f"{value:.2f}   {feature}   {self.features.name(feature)}" for feature, value in found]
        return "\n".join([head, *(lines or [tr("no feature fires here")])])

    def _on_token(self, position: int | None) -> None:
        self._token = position
        self.finder.table.sort_by(ACTIVATION, descending=True)
        self.finder.table.scrollToTop()
        self._show_activation()
        self.finder.table.scrollToTop()

    def _on_density(self, share: float) -> None:
        self.features.limit_density(share)
        self.finder.refresh()
        self._colour_strip()

    # --- the chosen feature -----------------------------------------------------------------------------------------

    def choose(self, feature: int) -> None:
        """Open a feature's page; the one before can be gone back to."""
        if feature == self.feature:
            return
        if self.feature is not None:
            self._past.append(self.feature)
        self._future.clear()
        self._go(feature)

    def _on_row(self, feature: int) -> None:
        """Moving through the table; the page follows once the movement rests."""
        self._row = feature
        self._rest.start()

    def _on_rest(self) -> None:
        if self._row is not None:
            self.choose(self._row)

    def back(self) -> None:
        if self._past:
            self._future.append(self.feature)
            self._go(self._past.pop())

    def forward(self) -> None:
        if self._future:
            self._past.append(self.feature)
            self._go(self._future.pop())

    def _go(self, feature: int) -> None:
        self.feature = self._row = feature
        self.finder.mark(feature)
        self._show_feature()

    def _show_feature(self) -> None:
        try:
            self.page = self.view.show_feature(self.feature, self.features)
        except HeraError as error:
            self.told.emit((str(error), "error"))
            return
        self.view.header.show_ways(bool(self._past), bool(self._future))
        self._colour_strip()
        self._look_on_text()

    def _look_on_text(self) -> None:
        """Ask for the chosen feature on the text, where that is looked at."""
        if self.feature is None or self._read is None or not self.view.own_text_visible:
            return
        wanted = (self.feature, self._read.text)
        if wanted != self._asked:
            self._asked = wanted
            self.view.own_text.wait()
            self.on_text_wanted.emit(wanted)

    def picture(self) -> QPixmap:
        """The chosen feature's page."""
        atlas = self.features.atlas
        if self.page is None or atlas is None:
            raise InputError(tr("no feature's page is open"))
        whose = f"{atlas.info.model_name}, SAE {atlas.info.sae_name}"
        title, name = tr("Feature {feature}").format(feature=self.page.id), self.features.name(self.page.id)
        return self.view.page.picture(f"{title}  {name}\n{figures(self.page)}   {whose}")

    # --- labels -----------------------------------------------------------------------------------------------------

    def _on_renamed(self, name: str) -> None:
        if self.feature is not None:
            self._keep(self.features.renamed(self.feature, name))

    def _on_noted(self, note: str) -> None:
        if self.feature is not None:
            self._keep(replace(self.features.label(self.feature), note=note))

    def _on_pin_toggled(self, pinned: bool) -> None:
        if self.feature is not None:
            self._on_pin((self.feature, pinned))

    def _on_pin(self, wanted: tuple[int, bool]) -> None:
        feature, pinned = wanted
        self._keep(replace(self.features.label(feature), pinned=pinned))

    def _keep(self, label: Label) -> None:
        """Shown at once; the session has it a moment later."""
        self.features.set_label(label)
        self._labels_changed()
        self.label_wanted.emit(label)

    def _labels_changed(self) -> None:
        self.finder.refresh()
        if self.feature is not None:
            self.view.show_label(self.feature, self.features)
        self._show_ticked()

    # --- ticked features --------------------------------------------------------------------------------------------

    def _show_ticked(self) -> None:
        last = None if self._read is None else self._read.activation(len(self._read.tokens) - 1)
        ticked = self.finder.table.features_model.ticked
        self.view.proposal.show_features(tuple(self._edit_feature(feature, last) for feature in ticked))

    def _edit_feature(self, feature: int, last: np.ndarray | None) -> EditFeature:
        atlas = self.features.atlas
        usual = float(atlas.mean[feature]) if atlas is not None and atlas.density[feature] > 0 else None
        active = None if last is None else float(last[feature])
        return EditFeature(feature, self.features.name(feature), active, usual)

    def _untick(self, feature: int) -> None:
        self.finder.table.features_model.tick(feature, False)
