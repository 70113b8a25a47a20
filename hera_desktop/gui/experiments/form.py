"""The settings of one experiment, a row for each, made from its settings class; and what its configuration is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QScrollArea, QToolButton, QVBoxLayout, QWidget

from hera_desktop.engine.config import load_config
from hera_desktop.engine.errors import InputError
from hera_desktop.engine.experiments.catalogue import Experiment

from ..forms import FieldRow
from ..forms_editors import LineBox
from ..forms_fields import field_specs
from ..i18n import mark, tr
from ..labels import DimLabel
from ..text_line import TextLine
from ..theme import GRID, MARGIN
from ..warning_label import WarningLabel
from .command import as_listed, objection

OWN_DEFAULTS = mark("Without this, your own defaults hold, as on the command line.")
SAME_AS = mark("Measure with the model and the settings of the open session")
MORE = mark("More of the configuration")
MORE_TIP = mark("section.key=value, separated by spaces, such as edits.strategy=null_space experiment.seed=7")
FILE = "file"


class ExperimentForm(QScrollArea):
    """Signal: ``changed()``. It holds the values as they are typed; ``faults`` says which cannot be used."""

    changed = Signal()

    def __init__(self, experiment: Experiment, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.experiment = experiment
        self.rows = {spec.key: FieldRow(spec, self._objection) for spec in field_specs(experiment.settings)}
        self.like_session = QCheckBox(tr(SAME_AS))
        self.like_session.setToolTip(tr(OWN_DEFAULTS))
        self.more = TextLine(tr(MORE), tr("section.key=value"))
        self.more.setToolTip(tr(MORE_TIP))
        self.more_fault = WarningLabel()
        self._session: tuple[str, ...] = ()
        self._lay_out()
        for row in self.rows.values():
            row.changed.connect(self.changed)
        self.like_session.toggled.connect(self._on_changed)
        self.more.textChanged.connect(self._on_changed)
        self.show_session(None)

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, GRID, MARGIN, MARGIN)
        column.setSpacing(GRID)
        for row in self.rows.values():
            column.addWidget(row)
            if row.spec.name == FILE and isinstance(row.editor, LineBox):
                self._offer_files(row.editor)
        caption = DimLabel(tr(MORE))
        caption.setBuddy(self.more)
        for part in (self.like_session, caption, self.more, self.more_fault):
            column.addWidget(part)
        column.addStretch(1)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Settings of the experiment"))
        self.setWidget(inside)

    def _offer_files(self, editor: LineBox) -> None:
        choose = QToolButton()
        choose.setText(tr("Choose..."))
        choose.setAccessibleName(tr("Choose the file"))
        choose.clicked.connect(_Choosing(editor, self).ask)
        editor.layout().addWidget(choose)

    # --- its values -------------------------------------------------------------------------------------------------

    @property
    def values(self) -> dict[str, Any]:
        """The settings as they are typed; lists typed without brackets are lists."""
        settings = self.experiment.settings
        return {key: as_listed(settings, key, row.value) for key, row in self.rows.items()}

    @property
    def overrides(self) -> tuple[str, ...]:
        """``section.key=value`` strings: the session's where they are wanted, and those that were typed."""
        session = self._session if self.like_session.isChecked() and self.like_session.isEnabled() else ()
        return (*session, *self.more.text().split())

    @property
    def faults(self) -> str:
        """What cannot be used, in a sentence; empty where all can."""
        for row in self.rows.values():
            if not row.valid:
                return f"{row.label.text()}: {row.sentence.sentence}"
        return self.more_fault.sentence

    def show_values(self, values: Mapping[str, Any]) -> None:
        """The settings of an earlier run; what it does not name is at its default."""
        for key, row in self.rows.items():
            value = values.get(key, row.spec.default)
            row.editor.show_value(value)

    def show_session(self, overrides: tuple[str, ...] | None) -> None:
        """How the open session differs from the user's defaults; None while there is no session."""
        known = self.like_session.isEnabled()
        self._session = overrides or ()
        self.like_session.setEnabled(overrides is not None)
        if overrides is None:
            self.like_session.setChecked(False)
        elif not known:
            self.like_session.setChecked(True)
        self.changed.emit()

    def _on_changed(self) -> None:
        self.more_fault.say(_fault(tuple(self.more.text().split())))
        self.changed.emit()

    def _objection(self, key: str, override: str) -> str:
        return objection(self.experiment.settings, key, json.loads(override.partition("=")[2]))


class _Choosing(QWidget):
    """Asks for a file and puts its path into an editor; the window goes on meanwhile."""

    def __init__(self, editor: LineBox, parent: QWidget) -> None:
        super().__init__(parent)
        self._editor = editor
        self.hide()

    def ask(self) -> None:
        asking = QFileDialog(self.window(), tr("Choose the file"), str(self._editor.value() or ""))
        asking.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asking.setFileMode(QFileDialog.FileMode.ExistingFile)
        asking.setNameFilters([tr("Records or prompts (*.json *.yaml *.yml)"), tr("All files (*)")])
        asking.fileSelected.connect(self._editor.show_value)
        asking.open()


def _fault(overrides: tuple[str, ...]) -> str:
    """The configuration's own sentence about what was typed; empty where it can be used."""
    try:
        load_config(None, overrides, environment={})
    except InputError as error:
        return str(error)
    return ""
