"""The settings of a training."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QFileDialog, QGridLayout, QStackedWidget, QWidget

from hera_desktop.engine.places import data_folder

from ..edit_requests import TrainSaeRequest
from ..i18n import mark, tr
from ..labels import DimLabel
from ..text_line import TextLine
from ..theme import GRID, tabular
from .fields import CountBox, button, caption
from .text_choice import TextChoice
from .training_plan import ARCHITECTURES, unfinished

DEFAULT = TrainSaeRequest("")
BLOCK_TIP = mark("The SAE reads the residual stream after this block (blocks.N.hook_out)")
WIDTH_TIP = mark("How many features the SAE has (d_sae)")
K_TIP = mark("How many features are active at a token")
PRICE_TIP = mark("What an active feature costs in the loss (l0_coefficient); larger means fewer are active")
TOKENS_TIP = mark("How many activations it learns from; the text starts over when it ends")
AUTOCAST_TIP = mark("Compute the SAE's products in bfloat16: up to four times faster where the processor has it")


class TrainingForm(QWidget):
    """Signal: ``changed()``."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = ""
        self.block = CountBox(tr("Block"), 0, 0, 0, tip=tr(BLOCK_TIP))
        self.architecture = QComboBox()
        self.width_box = CountBox(tr("Width"), 8, 1_000_000, DEFAULT.width, 512, tr(WIDTH_TIP))
        self.k = CountBox("k", 1, 100_000, DEFAULT.k, 1, tr(K_TIP))
        self.price = QDoubleSpinBox()
        self.sparsity = QStackedWidget()
        self.tokens = CountBox(tr("Tokens"), 2048, 2_000_000_000, DEFAULT.tokens, 100_000, tr(TOKENS_TIP))
        self.autocast = QCheckBox(tr("in bfloat16"))
        self.text = TextChoice()
        self.folder = TextLine(tr("Folder of the SAE"), tr("a new folder"))
        self.folder_button = button(
            tr("Choose..."), tr("Choose the folder the SAE is saved in, or one with an unfinished training")
        )
        self._sparsity_caption = DimLabel()
        self._set_up()
        self._lay_out()
        self._connect()
        self._show_sparsity()

    def _set_up(self) -> None:
        self.architecture.setAccessibleName(tr("Architecture"))
        for name, title in ARCHITECTURES.items():
            self.architecture.addItem(tr(title).partition(":")[0], name)
            self.architecture.setItemData(self.architecture.count() - 1, tr(title), Qt.ItemDataRole.ToolTipRole)
        self.price.setLocale(QLocale.c())
        self.price.setFont(tabular(self.price.font()))
        self.price.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.price.setRange(0.001, 1000)
        self.price.setDecimals(3)
        self.price.setValue(DEFAULT.l0_coefficient)
        self.price.setAccessibleName(tr("Price of an active feature"))
        self.price.setToolTip(tr(PRICE_TIP))
        self.autocast.setToolTip(tr(AUTOCAST_TIP))
        self._sparsity_caption.setWordWrap(False)
        for box in (self.k, self.price):
            self.sparsity.addWidget(box)
        self.sparsity.setFixedHeight(self.k.sizeHint().height())

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(GRID)
        architecture = caption(tr("Architecture"), self.architecture)
        rows = (
            (caption(tr("Block"), self.block), self.block, architecture, self.architecture),
            (caption(tr("Width"), self.width_box), self.width_box, self._sparsity_caption, self.sparsity),
            (caption(tr("Tokens"), self.tokens), self.tokens, QWidget(), self.autocast),
        )
        for number, parts in enumerate(rows):
            for column, part in enumerate(parts):
                grid.addWidget(part, number, column)
        grid.addWidget(caption(tr("Text"), self.text.list), 3, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.text, 3, 1, 1, 3)
        grid.addWidget(caption(tr("Folder"), self.folder), 4, 0)
        grid.addWidget(self.folder, 4, 1, 1, 2)
        grid.addWidget(self.folder_button, 4, 3)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        grid.setRowStretch(3, 1)

    def _connect(self) -> None:
        for box in (self.block, self.width_box, self.k, self.tokens, self.price):
            box.valueChanged.connect(self.changed)
        self.block.valueChanged.connect(self._suggest_folder)
        self.architecture.currentIndexChanged.connect(self._show_sparsity)
        self.autocast.toggled.connect(self.changed)
        self.text.changed.connect(self.changed)
        self.folder.textChanged.connect(self.folder.setToolTip)
        self.folder.textChanged.connect(self.changed)
        self.folder_button.clicked.connect(self._choose_folder)

    # --- values -----------------------------------------------------------------------------------------------------

    def show_model(self, name: str, n_blocks: int) -> None:
        """The model that is loaded; the block becomes the one at a quarter of its depth."""
        self._model = name
        self.block.setRange(0, n_blocks - 1)
        self.block.setValue(n_blocks // 4)
        blocks = tr("{model} has blocks 0 to {last}").format(model=name, last=n_blocks - 1)
        self.block.setToolTip(f"{tr(BLOCK_TIP)}; {blocks}")
        self._suggest_folder()

    def request(self, resume: bool = False) -> TrainSaeRequest:
        return TrainSaeRequest(
            folder=self.folder.text().strip(),
            hook_name=f"blocks.{self.block.value()}.hook_out",
            text=self.text.paths,
            architecture=self.architecture.currentData(),
            width=self.width_box.value(),
            k=self.k.value(),
            l0_coefficient=self.price.value(),
            tokens=self.tokens.value(),
            autocast=self.autocast.isChecked(),
            resume=resume,
        )

    def _show_sparsity(self) -> None:
        priced = self.architecture.currentData() == "jumprelu"
        self.sparsity.setCurrentWidget(self.price if priced else self.k)
        self._sparsity_caption.setText(tr("Price") if priced else "k")
        self._sparsity_caption.setBuddy(self.sparsity.currentWidget())
        self.changed.emit()

    def _suggest_folder(self) -> None:
        """A folder of the user's that is new, or where a training of this model and block is unfinished."""
        if self.folder.isModified() or not self._model:
            return
        name = f"{Path(self._model).name.lower()}-{self.block.value()}"
        folder, number = data_folder() / "sae" / name, 2
        while folder.exists() and not unfinished(str(folder)):
            folder, number = data_folder() / "sae" / f"{name}-{number}", number + 1
        self.folder.setText(str(folder))

    def _choose_folder(self) -> None:
        path = QFileDialog.getExistingDirectory(self, tr("Folder of the SAE"), self.folder.text())
        if path:
            self.folder.setText(path)
            self.folder.setModified(True)
