"""The probe editor: a window of its own that can stay open beside the main one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QTabWidget, QVBoxLayout, QWidget
from superqt import QElidingLabel

from hera_desktop.engine.errors import HeraError
from hera_desktop.engine.immune.probes import LIMIT_KEYS
from hera_desktop.engine.null_statistics import METRIC_OF
from hera_desktop.engine.places import data_folder

from ..features.fields import button
from ..i18n import mark, tr
from ..labels import DimLabel
from ..probe_requests import ConfigureProbesRequest, ProbesInUse
from ..theme import GRID, MARGIN
from .calibration_pane import CalibrationPane
from .draft import ProbeDraft
from .probe_page import ProbePage
from .tables import EditTable, LimitModel

LIMITS_PURPOSE = mark(
    "A tag's probes can have limits of their own, in place of those in the settings. A step over any limit is refused, "
    "and the verdict names the tag. Enter a value in a cell; an empty one takes it away."
)
USE_TIP = mark("Measure this session on these probes; it keeps a copy of its own, and undo takes it back")
FILTER = mark("Probe files (*.yaml *.yml)")


class ProbeEditor(QWidget):
    """Signals:
        ``run_wanted(Request)``: submit it as it is.
        ``cancel_wanted()``.
        ``told((sentence, level))``.

    Wiring: ``show_used(ProbesInUse, committed)`` whenever the session's configuration may be another one;
    ``set_state(ready)``; the calibration's jobs go to ``calibration``.
    """

    run_wanted = Signal(object)
    cancel_wanted = Signal()
    told = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._ready = False
        self.draft = ProbeDraft(self)
        self.page = ProbePage(self.draft)
        self.limits = LimitModel(self.draft)
        self.limit_table = EditTable(tr("Limits by tag"), self.limits, wide=0)
        self.calibration = CalibrationPane()
        self.tabs = QTabWidget()
        self.file = QElidingLabel()
        self.state = QLabel()
        self.undo_button = button(tr("Undo"), tr("Take back the last change of the set (Ctrl+Z in this window)"))
        self.redo_button = button(tr("Redo"), tr("Bring back what was undone (Ctrl+Shift+Z in this window)"))
        self.open_button = button(tr("Open..."), tr("Edit another probe file"))
        self.revert_button = button(tr("Revert"), tr("As it was last opened or saved; undo brings the changes back"))
        self.save_button = button(tr("Save"), tr("Write the set to its file"))
        self.save_as_button = button(tr("Save as..."), tr("Write the set to another file"))
        self.use_button = button(tr("Use in this session"), tr(USE_TIP))
        self._lay_out()
        self._connect()
        self._refresh()

    def _lay_out(self) -> None:
        self.setWindowTitle(tr("Probes and limits"))
        self.resize(120 * GRID, 84 * GRID)
        self.file.setElideMode(Qt.TextElideMode.ElideMiddle)
        limits = QWidget()
        column = QVBoxLayout(limits)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GRID)
        column.addWidget(DimLabel(tr(LIMITS_PURPOSE)))
        self.limit_table.verticalHeader().hide()
        column.addWidget(self.limit_table, 1)
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(tr("Parts of the probe editor"))
        self.tabs.addTab(self.page, tr("Probes"))
        self.tabs.addTab(limits, tr("Limits by tag"))
        self.tabs.addTab(self.calibration, tr("Calibrate"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs, 1)
        column.addLayout(self._bottom())

    def _bottom(self) -> QVBoxLayout:
        words = QHBoxLayout()
        words.addWidget(self.file, 1)
        words.addWidget(self.state)
        line = QHBoxLayout()
        line.setSpacing(GRID)
        for part in (self.undo_button, self.redo_button, self.revert_button):
            line.addWidget(part)
        line.addStretch(1)
        for part in (self.open_button, self.save_button, self.save_as_button, self.use_button):
            line.addWidget(part)
        column = QVBoxLayout()
        column.setContentsMargins(MARGIN, GRID, MARGIN, MARGIN)
        column.setSpacing(GRID)
        column.addLayout(words)
        column.addLayout(line)
        return column

    def _connect(self) -> None:
        self.draft.changed.connect(self._refresh)
        self.page.told.connect(self.told)
        self.limits.refused.connect(self._warn)
        self.calibration.run_wanted.connect(self.run_wanted)
        self.calibration.cancel_wanted.connect(self.cancel_wanted)
        self.undo_button.clicked.connect(self.draft.undo)
        self.redo_button.clicked.connect(self.draft.redo)
        self.revert_button.clicked.connect(self.draft.revert)
        self.open_button.clicked.connect(self._open)
        self.save_button.clicked.connect(self._save)
        self.save_as_button.clicked.connect(self._save_as)
        self.use_button.clicked.connect(self._use)
        for keys, action in (
            (QKeySequence("Ctrl+Z"), self.draft.undo),
            (QKeySequence("Ctrl+Shift+Z"), self.draft.redo),
            (QKeySequence("Ctrl+S"), self._save),
            (QKeySequence("Esc"), self.cancel_wanted.emit),
        ):
            QShortcut(keys, self, activated=action)

    # --- what is shown ----------------------------------------------------------------------------------------------

    def show_used(self, used: ProbesInUse, committed: int) -> None:
        """What the session is measured on, and how many of its steps are committed."""
        self.draft.show_used(used.probes, used.path)
        overall = {("step", key): used.limits["", METRIC_OF[key]] for key in LIMIT_KEYS}
        overall.update({("cumulative", key): used.base_limits[key] for key in LIMIT_KEYS})
        self.limits.show_overall(overall, used.every_tag)
        self.calibration.show_session(committed, dict(used.limits))

    def set_state(self, ready: bool) -> None:
        """``ready``: a job can be started."""
        self._ready = ready
        self.calibration.set_state(ready)
        self._refresh()

    def _refresh(self) -> None:
        draft, fault = self.draft, self.draft.fault
        star = " *" if draft.is_changed else ""
        where = str(draft.path) if draft.path else tr("{name} (no file of yours yet)").format(name=draft.name)
        self.file.setText(where + star)
        probes = draft.probes
        counted = tr("{on} of {all} probes are measured").format(on=len(probes.enabled), all=len(probes.probes))
        used = tr("the session uses this set") if draft.is_used else tr("the session uses another set")
        said = fault[:1].upper() + fault[1:] if fault else f"{counted} · {used}"
        self.state.setText(said if probes.probes else "")
        self.undo_button.setEnabled(draft.can_undo)
        self.redo_button.setEnabled(draft.can_redo)
        self.revert_button.setEnabled(draft.is_changed)
        self.save_button.setEnabled(not fault and (draft.is_changed or draft.path is None))
        self.save_as_button.setEnabled(not fault)
        self.use_button.setEnabled(self._ready and not fault and not draft.is_used)
        self.use_button.setToolTip(fault or tr(USE_TIP))

    # --- what the user does -----------------------------------------------------------------------------------------

    def _try(self, change: Callable[..., Any], *arguments: Any) -> bool:
        try:
            change(*arguments)
        except HeraError as error:
            self._warn(str(error))
            return False
        return True

    def _warn(self, sentence: str) -> None:
        self.told.emit((sentence[:1].upper() + sentence[1:], "warning"))

    def _open(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, tr("Open a probe file"), self._folder(), tr(FILTER))
        if path:
            self._try(self.draft.open, path)

    def _folder(self) -> str:
        return str(self.draft.path.parent if self.draft.path else data_folder() / "probes")

    def _save(self) -> None:
        if self.draft.fault:
            self._warn(self.draft.fault)
        elif self.draft.path is None:
            self._save_as()
        else:
            self._write(str(self.draft.path))

    def _save_as(self) -> None:
        suggested = f"{self._folder()}/{self.draft.name}.yaml"
        path, _ = QFileDialog.getSaveFileName(self, tr("Save the probes"), suggested, tr(FILTER))
        if path:
            self._write(path if path.endswith((".yaml", ".yml")) else f"{path}.yaml")

    def _write(self, path: str) -> None:
        if self._try(self.draft.save, path):
            self.told.emit((tr("Probes saved to {path}").format(path=path), "info"))

    def _use(self) -> None:
        self.run_wanted.emit(ConfigureProbesRequest(self.draft.probes, self.draft.name))
