"""The probe set that is being edited: every state it had, so that each change can be undone."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from hera_desktop.engine.errors import InputError
from hera_desktop.engine.immune.probe_files import import_probes, is_sealed, load_probes, plain_name, save_probes
from hera_desktop.engine.immune.probes import Probe, ProbeSet, TagLimits, check_limits

from ..i18n import tr

EMPTY = ProbeSet(())


class ProbeDraft(QObject):
    """Signal: ``changed()`` when the set, its file or what the session uses is another one. Methods that change the
    set raise InputError, in one sentence, where they cannot; the set is as before then."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._states: list[ProbeSet] = [EMPTY]
        self._place = 0
        self._saved = self._used = EMPTY
        self.path: Path | None = None
        self._name = plain_name(None)

    # --- what it holds ----------------------------------------------------------------------------------------------

    @property
    def probes(self) -> ProbeSet:
        return self._states[self._place]

    @property
    def name(self) -> str:
        """What the set is called, without folder and ending."""
        return plain_name(self.path) if self.path else self._name

    @property
    def fault(self) -> str:
        """Why the set can neither be saved nor used, in one sentence; empty where it can."""
        try:
            self.probes.check()
        except InputError as error:
            return str(error)
        return ""

    @property
    def is_changed(self) -> bool:
        """Whether it differs from what was last opened or saved."""
        return self.probes != self._saved

    @property
    def is_used(self) -> bool:
        """Whether the session is measured on just this set."""
        return self.probes == self._used

    @property
    def can_undo(self) -> bool:
        return self._place > 0

    @property
    def can_redo(self) -> bool:
        return self._place + 1 < len(self._states)

    # --- files and session ------------------------------------------------------------------------------------------

    def show_used(self, probes: ProbeSet, path: str | None) -> None:
        """What the session is measured on. It is taken into the editor unless there are changes in it."""
        keep = self.is_changed and not self.is_used
        self._used = probes
        if not keep and probes != self.probes:
            self._name = plain_name(path)
            self._open(probes, None if path is None or is_sealed(path) else Path(path))
        else:
            self.changed.emit()

    def open(self, path: str | Path) -> None:
        """Edit another file; raises InputError where it cannot be read."""
        probes = load_probes(path)
        self._name = plain_name(path)
        self._open(probes, None if is_sealed(path) else Path(path))

    def _open(self, probes: ProbeSet, path: Path | None) -> None:
        self._states, self._place = [probes], 0
        self._saved, self.path = probes, path
        self.changed.emit()

    def save(self, path: str | Path) -> None:
        """Write it to a file; raises InputError or MachineError where that fails."""
        self.path = save_probes(path, self.probes)
        self._saved = self.probes
        self.changed.emit()

    # --- editing ----------------------------------------------------------------------------------------------------

    def _set(self, probes: ProbeSet) -> None:
        if probes != self.probes:
            self._states[self._place + 1 :] = [probes]
            self._place += 1
            self.changed.emit()

    def revert(self) -> None:
        """As it was last opened or saved; undo brings the changes back."""
        self._set(self._saved)

    def undo(self) -> None:
        if self.can_undo:
            self._place -= 1
            self.changed.emit()

    def redo(self) -> None:
        if self.can_redo:
            self._place += 1
            self.changed.emit()

    def add(self, text: str, tags: tuple[str, ...] = ()) -> None:
        """Another probe at the end."""
        if not text.strip():
            raise InputError(tr("the text is empty; type the text that is to be measured"))
        if text in (probe.text for probe in self.probes.probes):
            raise InputError(tr("this text is a probe already"))
        self._set(self.probes.with_probes((*self.probes.probes, Probe(text, tags))))

    def import_file(self, path: str | Path, tags: tuple[str, ...] = ()) -> int:
        """The texts of a file as probes; returns how many."""
        probes, count = import_probes(self.probes, path, tags)
        self._set(probes)
        return count

    def change(self, numbers: Collection[int], **values: object) -> None:
        """Other text, tags, weight or enabled for probes by number, from 1."""
        self._set(self.probes.changed(numbers, **values))

    def remove(self, numbers: Collection[int]) -> None:
        self._set(self.probes.without(numbers))

    def limit(self, tag: str, scope: str, key: str, value: float | None) -> None:
        """Another limit for a tag, None for none."""
        limits = self.probes.limits.get(tag, TagLimits()).with_limit(scope, key, value)
        check_limits(tag, limits)
        self._set(self.probes.with_limits(tag, limits))
