"""One feature on the user's text: in the base and in the model as edited now, and which patches wrote along it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from hera_desktop.engine.atlas.records import FeatureOnText, PatchAlong

from ..block_list import block_text
from ..feature_records import FeaturePageText
from ..i18n import mark, tr
from ..labels import DimLabel, title_label
from ..mark_view import MarkView
from ..measures import visible
from ..sentences import short_hash
from ..theme import GRID, MARGIN
from .fields import row
from .heat_legend import HeatLegend
from .plain_table import PlainTable
from .strip import TokenStrip

NO_TEXT = mark("Read a text above; here the feature is shown on it, in the base and in the model as it is edited now.")
WAITING = mark("Waiting for the model...")
EQUAL = mark("Equal, bit for bit.")
SILENT = mark("The feature fires on none of these tokens.")
DIFFERENT = mark(
    "Different: by up to {gap:.3f}, at token {number} '{token}' ({base:.3f} in the base, {edited:.3f} as edited)."
)
NO_PATCHES = mark("No patch is active: the model is the base.")
ALONG_TIP = mark("||dᵀ U Vᵀ|| / ||U Vᵀ||: how much of what the patch writes lies along the feature's direction d")


class OwnText(QWidget):
    """Signal: ``patch_picked(patch_id)``."""

    patch_picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._patches: tuple[PatchAlong, ...] = ()
        self.hint = DimLabel(tr(NO_TEXT))
        self.base_title, self.edited_title = title_label(tr("Base")), title_label(tr("As edited now"))
        self.base, self.edited = TokenStrip(), TokenStrip()
        self.base.setAccessibleName(tr("The feature on the text, base"))
        self.edited.setAccessibleName(tr("The feature on the text, as edited now"))
        self.legend = HeatLegend()
        self.mark = MarkView()
        self.verdict = DimLabel()
        self.along_title = title_label(tr("Patches that wrote along this feature"))
        self.along_title.setToolTip(tr(ALONG_TIP))
        self.no_patches = DimLabel(tr(NO_PATCHES))
        headers = (tr("patch"), tr("block"), tr("share, %"))
        self.table = PlainTable(tr("Patches along the feature"), headers, figures=(2,), wide=1)
        self.table.horizontalHeaderItem(2).setToolTip(tr(ALONG_TIP))
        self.table.setSelectionMode(PlainTable.SelectionMode.SingleSelection)
        self.table.clicked.connect(self._on_clicked)
        self._page = self._lay_out()
        self.show_nothing()

    def _lay_out(self) -> QWidget:
        page = QWidget()
        inner = QVBoxLayout(page)
        inner.setContentsMargins(MARGIN, GRID, MARGIN, GRID)
        inner.setSpacing(GRID)
        title = row(self.base_title, stretch_last=True)
        title.addWidget(self.legend)
        inner.addLayout(title)
        for part in (self.base, self.edited_title, self.edited):
            inner.addWidget(part)
        said = row(self.mark, stretch_last=False)
        said.addWidget(self.verdict, 1)
        inner.addLayout(said)
        inner.addSpacing(GRID)
        for part in (self.along_title, self.no_patches, self.table):
            inner.addWidget(part)
        inner.addStretch(1)
        area = QScrollArea()
        area.setWidget(page)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.hint.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.addWidget(self.hint)
        column.addWidget(area, 1)
        return page

    # --- what is shown ----------------------------------------------------------------------------------------------

    def show_nothing(self) -> None:
        self.hint.setText(tr(NO_TEXT))
        self.hint.show()
        self._page.hide()

    def wait(self) -> None:
        """Another feature or text was asked for; what is shown is not it."""
        self.hint.setText(tr(WAITING))
        self.hint.show()
        self._page.setEnabled(False)

    def show_on_text(self, found: FeaturePageText) -> None:
        on_text = found.on_text
        self.hint.hide()
        self._page.setEnabled(True)
        self._page.show()
        highest = max(*on_text.base, *on_text.edited, 0.0)
        for strip, values in ((self.base, on_text.base), (self.edited, on_text.edited)):
            strip.show_tokens(on_text.tokens)
            strip.colour(values, highest)
        what = tr("feature {feature}").format(feature=on_text.feature)
        self.legend.show_scale(what, highest if highest > 0 else None)
        state = short_hash(on_text.state_hash)
        self.edited_title.setText(tr("As edited now, state {state}").format(state=state))
        self._compare(on_text)
        self._list(found.along)

    def _compare(self, on_text: FeatureOnText) -> None:
        if not on_text.differs:
            said = tr(EQUAL) if max(on_text.base) > 0 else f"{tr(EQUAL)} {tr(SILENT)}"
            self.mark.show_mark("base")
        else:
            gaps = [abs(a - b) for a, b in zip(on_text.base, on_text.edited, strict=True)]
            where = gaps.index(max(gaps))
            said = tr(DIFFERENT).format(
                gap=gaps[where],
                number=where,
                token=visible(on_text.tokens[where]),
                base=on_text.base[where],
                edited=on_text.edited[where],
            )
            self.mark.show_mark("committed")
        self.verdict.setText(said)

    def _list(self, along: tuple[PatchAlong, ...]) -> None:
        self._patches = along
        self.no_patches.setVisible(not along)
        self.table.setVisible(bool(along))
        rows = [(patch.patch_id, block_text(patch.layers), f"{100 * patch.share:.2f}") for patch in along]
        self.table.fill(rows)
        self.table.fit_rows()

    def _on_clicked(self, index: QModelIndex) -> None:
        self.patch_picked.emit(self._patches[index.row()].patch_id)
