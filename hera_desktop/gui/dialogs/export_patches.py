"""Export patches: which of them, in which format, where; then where they lie, and the folder at a click."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ..export_formats import FORMATS, WEIGHTS, ExportFormat, beside, free_path, named
from ..i18n import tr
from ..interchange_requests import ExportRequest
from ..labels import dim_label
from ..records import Snapshot
from ..sentences import short_hash
from ..session_files import is_untitled
from ..theme import GRID, MARGIN
from .outcome_line import OutcomeLine

if TYPE_CHECKING:
    from hera_desktop.engine.interchange.records import Exported


class ExportDialog(QDialog):
    """Not modal: the window goes on while the files are written.

    Signal: ``export_wanted(ExportRequest)``. Whoever runs it calls ``begin``, and ``show_written`` or ``show_failed``.
    """

    export_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._snapshot: Snapshot | None = None
        self._selected: tuple[str, ...] = ()
        self._offered = ""
        self._why_not = ""
        self._running = False
        self._written = Path()
        self.what = QComboBox()
        self.hint = dim_label()
        self.format = QComboBox()
        self.about = dim_label()
        self.path = QLineEdit()
        self.choose_button = QPushButton(tr("Choose..."))
        self.outcome = OutcomeLine(tr("Result"))
        self.folder_button = QPushButton(tr("Open folder"))
        self.export_button = QPushButton(tr("Export"))
        self.close_button = QPushButton(tr("Close"))
        self.setWindowTitle(tr("Export patches or model"))
        self.setModal(False)
        self.resize(80 * GRID, 36 * GRID)
        self._dress()
        self._lay_out()
        self._connect()
        self._refresh()

    def _dress(self) -> None:
        self.what.addItem("")
        self.what.setAccessibleName(tr("What"))
        for known in FORMATS:
            self.format.addItem(tr(known.title), known)
        self.format.setAccessibleName(tr("Format"))
        self.path.setAccessibleName(tr("Where"))
        self.path.setToolTip(tr("Nothing is overwritten: a name that is taken is refused"))
        self.choose_button.setAccessibleName(tr("Choose where"))
        self.export_button.setDefault(True)
        for button in (self.choose_button, self.folder_button, self.close_button):
            button.setAutoDefault(False)
        for label in (self.hint, self.about):
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
        for part in (self.hint, self.folder_button):
            part.hide()

    def _lay_out(self) -> None:
        where = QHBoxLayout()
        where.setSpacing(GRID)
        where.addWidget(self.path, 1)
        where.addWidget(self.choose_button)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setSpacing(GRID)
        form.addRow(tr("What"), self.what)
        form.addRow("", self.hint)
        form.addRow(tr("Format"), self.format)
        form.addRow("", self.about)
        form.addRow(tr("Where"), where)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self.folder_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.export_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GRID)
        column.addLayout(form)
        column.addStretch(1)
        column.addWidget(self.outcome)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.what.currentIndexChanged.connect(self._on_choice)
        self.format.currentIndexChanged.connect(self._on_choice)
        self.path.textChanged.connect(self._refresh)
        self.choose_button.clicked.connect(self.choose)
        self.export_button.clicked.connect(self.export)
        self.close_button.clicked.connect(self.close)
        self.folder_button.clicked.connect(self.open_folder)

    # --- what there is ----------------------------------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        known = {row.patch_id for row in snapshot.timeline.proposals}
        if not known.issuperset(self._selected):  # another session
            self.select_patches(())
        self._on_choice()

    def select_patches(self, patch_ids: tuple[str, ...]) -> None:
        """Offer these patches beside the whole state, and choose them; none: the whole state alone."""
        self._selected = patch_ids
        while self.what.count() > 1:
            self.what.removeItem(1)
        if patch_ids:
            self.what.addItem(named(patch_ids))
        self.what.setCurrentIndex(self.what.count() - 1)
        if not self._running:
            self.outcome.clear()
            self.folder_button.hide()
        self._on_choice()

    def set_possible(self, why_not: str) -> None:
        """Whether something can be exported now; ``why_not`` is empty where it can."""
        self._why_not = why_not
        self._refresh()

    @property
    def patch_ids(self) -> tuple[str, ...] | None:
        """What is chosen; None is the whole state."""
        return self._selected if self.what.currentIndex() > 0 else None

    def _on_choice(self) -> None:
        snapshot, known = self._snapshot, self.format.currentData()
        if snapshot is None:
            return
        self.what.setItemText(0, _whole_state(snapshot))
        size = f"{max(1, round(snapshot.info.model.memory / 1e6)):,} MB" if known.id == "merged" else ""
        self.about.setText(tr(known.about).format(size=size))
        self._show_hint(snapshot)
        self._offer(snapshot, known)
        self._refresh()

    def _show_hint(self, snapshot: Snapshot) -> None:
        rows = {row.patch_id: row for row in snapshot.timeline.proposals}
        away = [patch_id for patch_id in self.patch_ids or () if patch_id in rows and rows[patch_id].state != "active"]
        text = tr("Not part of the present state, and written all the same: {patches}")
        self.hint.setText(text.format(patches=named(tuple(away), bare=True)) if away else "")
        self.hint.setVisible(bool(away))

    def _offer(self, snapshot: Snapshot, known: ExportFormat) -> None:
        """A free name beside the session; one that the user typed keeps its name and takes the format's ending."""
        typed = self.path.text().strip()
        if not typed or typed == self._offered:
            self._offered = str(free_path(beside(Path(snapshot.info.session)), self._stem(snapshot), known.ending))
            self.path.setText(self._offered)
        elif known.is_folder:
            self.path.setText(typed.removesuffix(WEIGHTS))
        elif not typed.endswith(WEIGHTS):
            self.path.setText(typed + WEIGHTS)

    def _stem(self, snapshot: Snapshot) -> str:
        session = Path(snapshot.info.session)
        stem = "session" if is_untitled(session) else session.stem
        chosen = self.patch_ids
        return f"{stem}-{chosen[0]}" if chosen and len(chosen) == 1 else stem

    def _refresh(self) -> None:
        why = self._why_not
        if not why and self._running:
            why = tr("The files are being written")
        if not why and self.patch_ids is None and self._snapshot and not self._snapshot.info.active:
            why = tr("There is no patch to export: the state is the base")
        if not why and not self.path.text().strip():
            why = tr("Say where the files shall lie")
        self.export_button.setEnabled(not why)
        self.export_button.setToolTip(why)

    def choose(self) -> None:
        """Ask for the file, or for the folder in which a new one is made; the window goes on meanwhile."""
        known: ExportFormat = self.format.currentData()
        asking = QFileDialog(self, self.windowTitle(), str(self._place().parent))
        asking.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if known.is_folder:
            asking.setFileMode(QFileDialog.FileMode.Directory)
        else:
            asking.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            asking.setNameFilter(f"{tr(known.title)} (*{WEIGHTS})")
            asking.setDefaultSuffix(WEIGHTS.removeprefix("."))
            asking.selectFile(self._place().name)
        asking.fileSelected.connect(self._on_chosen)
        asking.open()

    def _on_chosen(self, chosen: str) -> None:
        known: ExportFormat = self.format.currentData()
        path = Path(chosen)
        if known.is_folder and self._snapshot is not None and path.is_dir() and any(path.iterdir()):
            path = free_path(path, self._stem(self._snapshot), known.ending)
        self.path.setText(str(path))

    def _place(self) -> Path:
        return Path(self.path.text().strip()).expanduser().absolute()

    # --- the export -------------------------------------------------------------------------------------------------

    def export(self) -> None:
        if self.export_button.isEnabled():
            self.export_wanted.emit(ExportRequest(str(self._place()), self.format.currentData().id, self.patch_ids))

    def begin(self) -> None:
        self._running = True
        self.folder_button.hide()
        self.outcome.show_outcome("running", tr("Writing the files..."))
        self._refresh()

    def show_written(self, written: Exported, text: str) -> None:
        self._running = False
        self._written = Path(written.path)
        self.outcome.show_outcome("committed", text)
        self.folder_button.show()
        self._refresh()

    def show_failed(self, mark: str, text: str) -> None:
        """``mark`` is failed or cancelled."""
        self._running = False
        self.outcome.show_outcome(mark, text)
        self._refresh()

    def open_folder(self) -> None:
        """The folder that was made, or the one in which the file lies."""
        place = self._written if self._written.is_dir() else self._written.parent
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(place)))


def _whole_state(snapshot: Snapshot) -> str:
    count, state = len(snapshot.info.active), short_hash(snapshot.info.state_hash)
    if not count:
        return tr("The whole state: the base, without a patch")
    text = tr("The whole state {state}: 1 patch") if count == 1 else tr("The whole state {state}: {count} patches")
    return text.format(state=state, count=count)
