"""Joins the export and the import of patches to the controller."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from .controller import Controller
from .dialogs.export_patches import ExportDialog
from .dialogs.import_patches import ImportDialog
from .i18n import mark, tr
from .interchange_requests import ExportRequest, ImportRequest, LookIntoRequest
from .messages import Level
from .records import Outcome, Snapshot
from .requests import Request

if TYPE_CHECKING:
    from hera_desktop.engine.interchange.records import Exported
    from hera_desktop.engine.records import EvolveResult

ROUNDED = mark("{text}; at most {share} of a matrix's change is rounded away by the weights' number format")
COUNTS = {
    "committed": mark("{count} committed"),
    "warning": mark("{count} committed with a warning"),
    "rejected": mark("{count} rejected"),
}


class InterchangeDesk(QObject):
    """``window`` is the dialogs' parent. They are made when they are first shown."""

    def __init__(self, controller: Controller, window: QWidget) -> None:
        super().__init__(window)
        self._controller = controller
        self._window = window
        self._exporting: Request | None = None
        self._importing: Request | None = None
        self._looking: Request | None = None
        self._base = ""
        controller.snapshot_changed.connect(self._on_snapshot)
        controller.busy_changed.connect(self._on_busy)
        controller.ended.connect(self._on_ended)

    # --- what the user can do ---------------------------------------------------------------------------------------

    def show_export(self, patch_ids: tuple[str, ...] = ()) -> None:
        """Ask how to export these patches; none: the whole state."""
        self.export_dialog.select_patches(tuple(patch_ids))
        self._show(self.export_dialog)

    def show_import(self, path: str | Path = "") -> None:
        """Ask what to import; ``path`` is looked into at once."""
        self._show(self.import_dialog)
        if path:
            self.import_dialog.show_path(str(path))

    @property
    def looking(self) -> bool:
        """Whether a file is being read."""
        return self._looking is not None

    @cached_property
    def export_dialog(self) -> ExportDialog:
        dialog = ExportDialog(self._window)
        dialog.export_wanted.connect(self._export)
        return dialog

    @cached_property
    def import_dialog(self) -> ImportDialog:
        dialog = ImportDialog(self._window)
        dialog.look_wanted.connect(self._look)
        dialog.import_wanted.connect(self._import)
        return dialog

    def _show(self, dialog: QDialog) -> None:
        if self._controller.snapshot is not None:
            self._on_snapshot(self._controller.snapshot)
        self._on_busy()
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def _export(self, request: ExportRequest) -> None:
        if self._controller.ready:
            self._exporting = request
            self.export_dialog.begin()
            self._controller.submit(request)

    def _look(self, path: str) -> None:
        """Whether there is anything needs no model; what it is does."""
        if not Path(path).exists():
            self.import_dialog.show_refusal(tr("There is nothing at {path}").format(path=path))
        elif self._controller.snapshot is not None:
            self._looking = LookIntoRequest(path)
            self._controller.submit(self._looking)

    def _import(self, request: ImportRequest) -> None:
        if self._controller.ready:
            self._importing = request
            self.import_dialog.begin()
            self._controller.submit(request)

    # --- what changes -----------------------------------------------------------------------------------------------

    def _made(self, name: str) -> bool:
        return name in self.__dict__

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        if self._made("export_dialog"):
            self.export_dialog.show_snapshot(snapshot)
        before, self._base = self._base, snapshot.info.model.fingerprint
        if self._made("import_dialog") and before != self._base:
            self.import_dialog.look_again()

    def _on_busy(self) -> None:
        controller = self._controller
        why = ""
        if controller.snapshot is None:
            why = tr("No model is loaded yet")
        elif controller.busy:
            why = tr("A job is running; wait for it or cancel it")
        if self._made("export_dialog"):
            self.export_dialog.set_possible(why)
        if self._made("import_dialog"):
            self.import_dialog.set_possible(why or controller.locked)

    def _on_ended(self, outcome: Outcome) -> None:
        request = outcome.request
        if request is self._exporting:
            self._exporting = None
            self._on_exported(outcome)
        elif request is self._importing:
            self._importing = None
            self._on_imported(outcome)
        elif request is self._looking:
            self._looking = None
            self._on_looked(outcome)

    def _on_exported(self, outcome: Outcome) -> None:
        if outcome.status == "finished":
            text = exported_sentence(outcome.record)
            self.export_dialog.show_written(outcome.record, text)
            self._controller.messages.tell(text)
        else:
            self._fail(self.export_dialog, outcome, tr("Cancelled; nothing was written"))

    def _on_imported(self, outcome: Outcome) -> None:
        if outcome.status == "finished":
            text, level = imported_sentence(outcome.record)
            self.import_dialog.show_results(outcome.record, text, _mark(outcome.record))
            self._controller.messages.tell(text, level)
        else:
            told = tr("Cancelled; the patches that were judged before stand in the timeline")
            self._fail(self.import_dialog, outcome, told)

    def _on_looked(self, outcome: Outcome) -> None:
        snapshot = self._controller.snapshot
        if outcome.status == "finished" and snapshot is not None:
            self.import_dialog.show_summary(outcome.record, snapshot.info.model.name)
        else:
            self.import_dialog.show_refusal(outcome.message or tr("Cancelled; the file was not read"))

    @staticmethod
    def _fail(dialog: ExportDialog | ImportDialog, outcome: Outcome, cancelled: str) -> None:
        failed = outcome.status == "failed"
        dialog.show_failed("failed" if failed else "cancelled", outcome.message if failed else cancelled)


def exported_sentence(written: Exported) -> str:
    """What was written, and where."""
    count = len(written.patches)
    text = tr("1 patch written to {path}") if count == 1 else tr("{count} patches written to {path}")
    text = text.format(count=count, path=written.path)
    if written.loss_matters:
        text = tr(ROUNDED).format(text=text, share=f"{written.lost:.2g}")
    return text


def imported_sentence(results: Sequence[EvolveResult]) -> tuple[str, Level]:
    """What became of the patches of a file."""
    counts = {status: sum(result.status == status for result in results) for status in COUNTS}
    said = ", ".join(tr(COUNTS[status]).format(count=count) for status, count in counts.items() if count)
    text = tr("1 patch imported: {said}") if len(results) == 1 else tr("{count} patches imported: {said}")
    level: Level = "info" if counts["committed"] == len(results) else "warning"
    return text.format(count=len(results), said=said), level


def _mark(results: Sequence[EvolveResult]) -> str:
    """The gravest state among the results."""
    return next((s for s in ("rejected", "warning") if any(r.status == s for r in results)), "committed")
