"""Export report: which format, with or without texts, where; then where it lies, and the folder at a click."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ..controller import Controller
from ..i18n import mark, tr
from ..labels import dim_label
from ..mark_view import MarkView
from ..records import Outcome
from ..report_requests import ReportRequest
from ..theme import GRID, MARGIN

FORMATS = (
    (".html", mark("HTML"), mark("One page that any browser shows, without a network. Light and dark, and it prints.")),
    (".pdf", mark("PDF"), mark("Pages to send or to print, with page numbers and the state's hash.")),
    (".md", mark("Markdown"), mark("Text for a repository or an issue; the drawings lie in a folder beside it.")),
    (".json", mark("JSON"), mark("Everything for another program; the table of proposals lies beside it as CSV.")),
    (".csv", mark("CSV"), mark("The table of proposals alone, numbers in full.")),
)


class ReportDialog(QDialog):
    """Not modal: the window goes on while the report is written. It submits its request to ``controller`` and shows how
    that ended; the sentence is told there as well."""

    def __init__(self, controller: Controller, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._request: ReportRequest | None = None
        self._written = Path()
        self.format = QComboBox()
        self.about = dim_label()
        self.texts = QCheckBox(tr("With texts: the last prompts continued in the base and in the present state"))
        self.path = QLineEdit()
        self.choose_button = QPushButton(tr("Choose..."))
        self.mark = MarkView()
        self.result = QLabel()
        self.folder_button = QPushButton(tr("Open folder"))
        self.open_button = QPushButton(tr("Open report"))
        self.export_button = QPushButton(tr("Export"))
        self.close_button = QPushButton(tr("Close"))
        self.setWindowTitle(tr("Export report"))
        self.setModal(False)
        self.resize(76 * GRID, 30 * GRID)
        self._dress()
        self._lay_out()
        self._connect()
        self._choose_format()
        self.refresh()

    def _dress(self) -> None:
        for suffix, title, _ in FORMATS:
            self.format.addItem(tr(title), suffix)
        self.format.setAccessibleName(tr("Format"))
        self.texts.setToolTip(tr("30 tokens each, greedy, of at most 5 prompts; takes some seconds a prompt"))
        self.path.setAccessibleName(tr("File"))
        self.choose_button.setAccessibleName(tr("Choose the file"))
        self.result.setAccessibleName(tr("Result"))
        self.result.setWordWrap(True)
        self.result.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.export_button.setDefault(True)
        for button in (self.choose_button, self.folder_button, self.open_button, self.close_button):
            button.setAutoDefault(False)
        for part in (self.mark, self.folder_button, self.open_button):
            part.hide()

    def _lay_out(self) -> None:
        where = QHBoxLayout()
        where.addWidget(self.path, 1)
        where.addWidget(self.choose_button)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setSpacing(GRID)
        form.addRow(tr("Format"), self.format)
        form.addRow("", self.about)
        form.addRow(tr("File"), where)
        form.addRow("", self.texts)
        told = QHBoxLayout()
        told.setSpacing(GRID)
        told.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        told.addWidget(self.result, 1)
        buttons = QHBoxLayout()
        for button in (self.folder_button, self.open_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        for button in (self.close_button, self.export_button):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GRID)
        column.addLayout(form)
        column.addStretch(1)
        column.addLayout(told)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.format.currentIndexChanged.connect(self._choose_format)
        self.path.textChanged.connect(self.refresh)
        self.choose_button.clicked.connect(self.choose)
        self.export_button.clicked.connect(self.export)
        self.close_button.clicked.connect(self.close)
        self.folder_button.clicked.connect(self.open_folder)
        self.open_button.clicked.connect(self.open_report)
        self._controller.ended.connect(self._on_ended)
        self._controller.busy_changed.connect(self.refresh)
        self._controller.snapshot_changed.connect(self._on_snapshot)

    # --- where and how ----------------------------------------------------------------------------------------------

    @property
    def suffix(self) -> str:
        return str(self.format.currentData())

    def _on_snapshot(self, _: object) -> None:
        if not self.path.text():
            self._choose_format()

    def _choose_format(self) -> None:
        """Say what the format is, and give the file its ending; without a file, one beside the session."""
        self.about.setText(tr(FORMATS[self.format.currentIndex()][2]))
        self.texts.setEnabled(self.suffix != ".csv")
        snapshot = self._controller.snapshot
        typed = self.path.text().strip()
        if typed:
            self.path.setText(str(Path(typed).with_suffix(self.suffix)))
        elif snapshot is not None:
            self.path.setText(str(Path(snapshot.info.session).with_suffix(self.suffix)))

    def choose(self) -> None:
        """Ask for the file; the window goes on meanwhile."""
        asking = QFileDialog(self, tr("Export report"), self.path.text())
        asking.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asking.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        asking.setNameFilter(f"{tr(FORMATS[self.format.currentIndex()][1])} (*{self.suffix})")
        asking.setDefaultSuffix(self.suffix.removeprefix("."))
        asking.fileSelected.connect(self.path.setText)
        asking.open()

    def refresh(self) -> None:
        """What can be pressed now."""
        ready, named = self._controller.ready, bool(self.path.text().strip())
        self.export_button.setEnabled(ready and named and self._request is None)
        if self._request is not None:
            return
        self.export_button.setToolTip("" if ready else tr("A model must be loaded and nothing be running"))

    # --- the report -------------------------------------------------------------------------------------------------

    def export(self) -> None:
        """Write the report; what came of it is shown here when it has ended."""
        if not self.export_button.isEnabled():
            return
        path = Path(self.path.text().strip()).expanduser()
        texts = self.texts.isChecked() and self.texts.isEnabled()
        self._request = ReportRequest(str(path if path.suffix else path.with_suffix(self.suffix)), texts)
        self._show("running", tr("Writing the report..."))
        self._controller.submit(self._request)
        self.refresh()

    def _on_ended(self, outcome: Outcome) -> None:
        if outcome.request is not self._request:
            return
        self._request = None
        if outcome.status == "finished":
            text = tr("Report written to {path}").format(path=outcome.record.path)
            self._written = Path(outcome.record.path)
            self._show("committed", text)
            self._controller.messages.tell(text)
        elif outcome.status == "failed":
            self._show("failed", outcome.message)
        else:
            self._show("cancelled", tr("Cancelled; there is no new report"))
        self.refresh()

    def _show(self, state: str, text: str) -> None:
        self.mark.show_mark(state)
        self.mark.show()
        self.result.setText(text)
        for button in (self.folder_button, self.open_button):
            button.setVisible(state == "committed")

    def open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.absolute().parent)))

    def open_report(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.absolute())))
