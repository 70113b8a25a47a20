"""The page of the probes: the table, what can be done with the rows picked, and the text of the current one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QFileDialog, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from hera_desktop.engine.errors import HeraError
from hera_desktop.engine.immune.probes import read_tags
from hera_desktop.engine.prompt_files import SUFFIXES

from ..features.fields import button, caption, row
from ..i18n import mark, tr
from ..labels import EmptyState
from ..text_line import TextLine
from ..theme import GRID, MARGIN
from .draft import ProbeDraft
from .tables import EditTable, ProbeModel, read_number

TEXT_LINES = 4
TEXT_HINT = mark("The text of the probe that is picked, exact; or a new text to add")
PURPOSE = mark("Every change of the model is measured on these texts, and refused where it moves them too far.")
FIRST = mark("Type a text below and add it, or import a file; a session's own probes come with its model.")
IMPORT_TIP = mark("Take the texts of a file as probes: .txt, .csv or .jsonl, one a row; they get the tags typed here")


class ProbePage(QWidget):
    """Signal: ``told((sentence, level))``."""

    told = Signal(object)

    def __init__(self, draft: ProbeDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.model = ProbeModel(draft)
        self.table = EditTable(tr("Probes"), self.model, wide=0)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.pages = QStackedWidget()
        self.text = QPlainTextEdit()
        self._shown = ""
        self.tags = TextLine(tr("Tags"), tr("tags, with commas"))
        self.weight = TextLine(tr("Weight"), tr("weight"))
        self.tag_button = button(tr("Set tags"), tr("Give the probes picked these tags"))
        self.weight_button = button(tr("Set weight"), tr("Give the probes picked this weight"))
        self.enable_button = button(tr("Enable"), tr("Measure on the probes picked"))
        self.disable_button = button(tr("Disable"), tr("Keep the probes picked and do not measure on them"))
        self.remove_button = button(tr("Remove"), tr("Take the probes picked out of the set"))
        self.change_button = button(tr("Change the text"), tr("Give the probe picked this text"))
        self.add_button = button(tr("Add as a probe"), tr("Put this text at the end, with the tags typed above"))
        self.import_button = button(tr("Import..."), tr(IMPORT_TIP))
        self._lay_out()
        self._connect()
        self._refresh()

    def _lay_out(self) -> None:
        self.text.setAccessibleName(tr("Text of the probe"))
        self.text.setPlaceholderText(tr(TEXT_HINT))
        self.text.setTabChangesFocus(True)
        margins = 2 * (self.text.frameWidth() + round(self.text.document().documentMargin()))
        self.text.setFixedHeight(TEXT_LINES * self.fontMetrics().lineSpacing() + margins)
        self.weight.setFixedWidth(9 * GRID)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GRID)
        self.pages.addWidget(EmptyState(tr("No probes yet"), tr(PURPOSE), tr(FIRST)))
        self.pages.addWidget(self.table)
        column.addWidget(self.pages, 1)
        line = row(caption(tr("Picked"), self.tags), self.tags, self.tag_button, self.weight, self.weight_button)
        for part in (self.enable_button, self.disable_button, self.remove_button):
            line.insertWidget(line.count() - 1, part)
        column.addLayout(line)
        column.addWidget(self.text)
        column.addLayout(row(self.change_button, self.add_button, self.import_button))

    def _connect(self) -> None:
        self.model.refused.connect(self._warn)
        self.table.selectionModel().selectionChanged.connect(self._on_picked)
        self.table.selectionModel().currentRowChanged.connect(self._on_picked)
        self.text.textChanged.connect(self._refresh)
        self._draft.changed.connect(self._on_changed)
        self.tags.returnPressed.connect(self._tag)
        self.weight.returnPressed.connect(self._weigh)
        actions = {
            self.tag_button: self._tag,
            self.weight_button: self._weigh,
            self.enable_button: self._enable,
            self.disable_button: self._disable,
            self.remove_button: self._remove,
            self.change_button: self._change_text,
            self.add_button: self._add,
            self.import_button: self._import,
        }
        for pressed, action in actions.items():
            pressed.clicked.connect(action)

    # --- what is picked ---------------------------------------------------------------------------------------------

    @property
    def numbers(self) -> list[int]:
        """The probes picked, by number, from 1."""
        return sorted(index.row() + 1 for index in self.table.selectionModel().selectedRows())

    def _on_picked(self) -> None:
        numbers = self.numbers
        if len(numbers) == 1 and numbers[0] <= len(self._draft.probes.probes):
            probe = self._draft.probes.probes[numbers[0] - 1]
            self._shown = probe.text
            self.text.setPlainText(probe.text)
            self.tags.setText(", ".join(probe.tags))
            self.weight.setText(f"{probe.weight:g}")
        self._refresh()

    def _on_changed(self) -> None:
        """Show what is kept now, unless a text is being typed."""
        if self.text.toPlainText() == self._shown:
            self._on_picked()
        self._refresh()

    def _refresh(self) -> None:
        self.pages.setCurrentIndex(1 if self._draft.probes.probes else 0)
        numbers, text = self.numbers, self.text.toPlainText()
        known = [probe.text for probe in self._draft.probes.probes]
        for part in (self.tag_button, self.weight_button, self.enable_button, self.disable_button, self.remove_button):
            part.setEnabled(bool(numbers))
        self.change_button.setEnabled(len(numbers) == 1 and bool(text.strip()) and text not in known)
        self.add_button.setEnabled(bool(text.strip()) and text not in known)

    # --- what the user does -----------------------------------------------------------------------------------------

    def _try(self, change: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        try:
            return change(*arguments, **named)
        except HeraError as error:
            self._warn(str(error))
            return None

    def _warn(self, sentence: str) -> None:
        self.told.emit((sentence[:1].upper() + sentence[1:], "warning"))

    def _tag(self) -> None:
        self._try(self._draft.change, self.numbers, tags=read_tags(self.tags.text()))

    def _weigh(self) -> None:
        weight = self._try(read_number, self.weight.text(), tr("the weight"))
        if weight is not None:
            self._try(self._draft.change, self.numbers, weight=weight)

    def _enable(self) -> None:
        self._try(self._draft.change, self.numbers, enabled=True)

    def _disable(self) -> None:
        self._try(self._draft.change, self.numbers, enabled=False)

    def _remove(self) -> None:
        self._try(self._draft.remove, self.numbers)
        self.table.clearSelection()

    def _change_text(self) -> None:
        self._shown = self.text.toPlainText()
        self._try(self._draft.change, self.numbers, text=self._shown)

    def _add(self) -> None:
        self._try(self._draft.add, self.text.toPlainText(), read_tags(self.tags.text()))
        self.table.selectRow(self.model.rowCount() - 1)
        self.table.scrollToBottom()

    def _import(self) -> None:
        kinds = tr("Texts ({endings})").format(endings=" ".join(f"*{ending}" for ending in SUFFIXES))
        path, _ = QFileDialog.getOpenFileName(self, tr("Import probes"), "", kinds)
        if path:
            self.import_file(path)

    def import_file(self, path: str) -> None:
        """Take the texts of a file, with the tags that are typed."""
        count = self._try(self._draft.import_file, path, read_tags(self.tags.text()))
        if count is not None:
            self.table.scrollToBottom()
            self.told.emit((tr("{count} probes imported; save or use them to keep them").format(count=count), "info"))
