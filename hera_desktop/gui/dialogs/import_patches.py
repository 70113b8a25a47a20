"""Import patches: a file or an adapter's folder, what is in it, whether it fits; then what became of each patch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..block_list import block_text
from ..features.plain_table import PlainTable
from ..i18n import mark, tr
from ..interchange_requests import ImportRequest
from ..labels import EmptyState, dim_label
from ..mark_delegate import MarkDelegate
from ..sentences import without_level
from ..theme import GRID, MARGIN, monospace
from .outcome_line import SELECTABLE, OutcomeLine

if TYPE_CHECKING:
    from hera_desktop.engine.interchange.records import FileSummary
    from hera_desktop.engine.records import EvolveResult

KINDS = {"hera": mark("Patch file of HERA Desktop"), "peft": mark("PEFT LoRA adapter")}
PURPOSE = mark("Patches that HERA Desktop exported (.safetensors with its .json), or a PEFT LoRA adapter (a folder)")
JUDGED = mark("Every patch is measured and judged like a step of its own; a rejected one is recorded and not applied.")
FOREIGN = mark("It was made on another base. Its numbers say nothing about this one: the immune system decides")
UNSAID = mark("It does not say which weights it was made on: only the shapes are known to fit")
STATES = {
    "committed": mark("committed as {patch}"),
    "warning": mark("committed as {patch}, close to a limit"),
    "rejected": mark("rejected"),
}
OUTCOME = 4
"""The column that says what became of a patch."""


class ImportDialog(QDialog):
    """Not modal: the window goes on while the patches are measured.

    Signals: ``look_wanted(path)``, answered by ``show_summary`` or ``show_refusal``; ``import_wanted(ImportRequest)``,
    after which ``begin``, and ``show_results`` or ``show_failed`` are called.
    """

    look_wanted = Signal(object)
    import_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.summary: FileSummary | None = None
        self._looked = ""
        self._why_not = ""
        self._running = False
        self.path = QLineEdit()
        self.file_button = QPushButton(tr("File..."))
        self.folder_button = QPushButton(tr("Folder..."))
        self.kind, self.base = QLabel(), QLabel()
        headers = (tr("Patch"), tr("Blocks"), tr("Rank"), tr("Norm"), tr("Outcome"))
        self.table = PlainTable(tr("Patches in the file"), headers, (2, 3), 0)
        self.fit = OutcomeLine(tr("Whether it fits"))
        self.foreign = QCheckBox(tr("Take it although it was made on another base"))
        self.empty = EmptyState(tr("Nothing chosen yet"), tr(PURPOSE), tr("Choose a file or a folder above"))
        self.note = dim_label(tr(JUDGED))
        self.import_button = QPushButton(tr("Import"))
        self.close_button = QPushButton(tr("Close"))
        self.setWindowTitle(tr("Import patch"))
        self.setModal(False)
        self.resize(88 * GRID, 48 * GRID)
        self._dress()
        self._lay_out()
        self._connect()
        self._clear()

    def _dress(self) -> None:
        self.path.setAccessibleName(tr("File or folder"))
        self.path.setPlaceholderText(tr("a .safetensors file, or a folder with adapter_config.json"))
        self.file_button.setAccessibleName(tr("Choose a patch file"))
        self.folder_button.setAccessibleName(tr("Choose an adapter's folder"))
        self.foreign.setToolTip(tr("The shapes fit; what the patch does to this base is measured before it is kept"))
        self.kind.setAccessibleName(tr("Kind"))
        self.base.setAccessibleName(tr("Made on"))
        self.base.setFont(monospace(self.font()))
        self.base.setTextInteractionFlags(SELECTABLE)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(OUTCOME, QHeaderView.ResizeMode.Fixed)
        self.table.setColumnWidth(OUTCOME, 30 * GRID)
        self.import_button.setDefault(True)
        for button in (self.file_button, self.folder_button, self.close_button):
            button.setAutoDefault(False)

    def _lay_out(self) -> None:
        where = QHBoxLayout()
        where.setSpacing(GRID)
        where.addWidget(self.path, 1)
        where.addWidget(self.file_button)
        where.addWidget(self.folder_button)
        self.form = QFormLayout()
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.form.setSpacing(GRID)
        self.form.addRow(tr("From"), where)
        self.form.addRow(tr("Kind"), self.kind)
        self.form.addRow(tr("Made on"), self.base)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.import_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GRID)
        column.addLayout(self.form)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(self.fit)
        column.addWidget(self.foreign)
        column.addWidget(self.note)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.path.textChanged.connect(self._on_typed)
        self.path.editingFinished.connect(self.look)
        self.file_button.clicked.connect(self.choose_file)
        self.folder_button.clicked.connect(self.choose_folder)
        self.foreign.toggled.connect(self._refresh)
        self.import_button.clicked.connect(self.take)
        self.close_button.clicked.connect(self.close)

    # --- which file -------------------------------------------------------------------------------------------------

    def choose_file(self) -> None:
        asking = self._asking()
        asking.setFileMode(QFileDialog.FileMode.ExistingFile)
        asking.setNameFilter(tr("Patches") + " (*.safetensors *.json)")
        asking.open()

    def choose_folder(self) -> None:
        asking = self._asking()
        asking.setFileMode(QFileDialog.FileMode.Directory)
        asking.open()

    def _asking(self) -> QFileDialog:
        """Not modal either; it begins where the last one ended."""
        typed = Path(self.path.text().strip() or Path.home()).expanduser()
        asking = QFileDialog(self, self.windowTitle(), str(typed if typed.is_dir() else typed.parent))
        asking.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asking.fileSelected.connect(self.show_path)
        return asking

    def show_path(self, path: str) -> None:
        """Look into this file or folder."""
        self._looked = ""
        self.path.setText(path)
        self.look()

    def look(self) -> None:
        """Ask what is in it, unless that was asked already."""
        typed = self.path.text().strip()
        if typed and typed != self._looked and not self._running:
            self._looked = typed
            self._clear()
            self.fit.show_outcome("running", tr("Reading..."))
            self.look_wanted.emit(str(Path(typed).expanduser().absolute()))

    def look_again(self) -> None:
        """Another model is loaded: what was said about the fit may no longer hold."""
        self._looked = ""
        self.look()

    def _on_typed(self) -> None:
        if self.path.text().strip() != self._looked:
            self._looked = ""
            self._clear()

    # --- what is in it ----------------------------------------------------------------------------------------------

    def _clear(self) -> None:
        self.summary = None
        self.table.setRowCount(0)
        self.fit.clear()
        self.foreign.setChecked(False)
        self._show_parts(False)
        self._refresh()

    def _show_parts(self, shown: bool) -> None:
        self.form.setRowVisible(1, shown)
        self.form.setRowVisible(2, shown)
        self.table.setVisible(shown)
        self.empty.setVisible(not shown)
        self.foreign.setVisible(shown and bool(self.summary and self.summary.foreign and not self.summary.misfit))

    def show_refusal(self, text: str) -> None:
        """There is nothing that can be imported, and why."""
        self._clear()
        self.fit.show_outcome("failed", text)

    def show_summary(self, summary: FileSummary, model: str) -> None:
        """What a file holds, and whether it fits ``model``."""
        self._clear()
        self.summary = summary
        self.kind.setText(tr(KINDS[summary.format]))
        made = summary.base or tr("not said")
        self.base.setText(f"{made} {summary.base_fingerprint[:12]}".strip())
        self.table.setItemDelegateForColumn(OUTCOME, None)
        self.table.fill(
            [(name, block_text(layers), str(rank), f"{norm:#.4g}", "") for name, layers, rank, norm in summary.patches]
        )
        self._show_parts(True)
        self.fit.show_outcome(*_fit(summary, model))
        self._refresh()

    def set_possible(self, why_not: str) -> None:
        """Whether something can be imported now; ``why_not`` is empty where it can."""
        self._why_not = why_not
        self._refresh()

    def _refresh(self) -> None:
        summary, why = self.summary, self._why_not
        if summary is None:
            why = why or tr("Choose what to import first")
        elif summary.misfit:
            why = tr("It does not fit this model")
        elif summary.foreign and not self.foreign.isChecked():
            why = why or tr("It was made on another base; tick the box to take it all the same")
        if self._running:
            why = tr("The patches are being measured")
        self.import_button.setEnabled(not why)
        self.import_button.setToolTip(why)
        self.foreign.setEnabled(not self._running)
        self.path.setReadOnly(self._running)
        for button in (self.file_button, self.folder_button):
            button.setEnabled(not self._running)

    # --- the import -------------------------------------------------------------------------------------------------

    def take(self) -> None:
        if self.summary is not None and self.import_button.isEnabled():
            self.import_wanted.emit(ImportRequest(self.summary.path, self.summary.foreign and self.foreign.isChecked()))

    def begin(self) -> None:
        self._running = True
        self.fit.show_outcome("running", tr("Measuring the patches..."))
        self._refresh()

    def show_results(self, results: Sequence[EvolveResult], text: str, mark: str) -> None:
        """What became of each patch, in the order of the file, and ``text`` about all of them."""
        self._running = False
        self.table.setItemDelegateForColumn(OUTCOME, MarkDelegate(self.table))
        for row, result in enumerate(results):
            item = QTableWidgetItem(tr(STATES[result.status]).format(patch=result.patch_id))
            item.setData(Qt.ItemDataRole.UserRole, result.status)
            item.setToolTip(without_level(result.reason))
            self.table.setItem(row, OUTCOME, item)
        self.fit.show_outcome(mark, text)
        self._refresh()

    def show_failed(self, mark: str, text: str) -> None:
        """``mark`` is failed or cancelled."""
        self._running = False
        self.fit.show_outcome(mark, text)
        self._refresh()


def _fit(summary: FileSummary, model: str) -> tuple[str, str]:
    """The mark and the sentence about whether a file fits."""
    if summary.misfit:
        return "failed", tr("It does not fit {model}: {why}").format(model=model, why=summary.misfit)
    if summary.foreign:
        return "warning", tr(FOREIGN) if summary.base_fingerprint else tr(UNSAID)
    return "committed", tr("It fits {model}").format(model=model)
