"""What can be done with a step of the timeline: one action each, and when it makes sense."""

from __future__ import annotations

from dataclasses import dataclass

import qtawesome
from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from .i18n import mark, tr
from .records import TimelineRow
from .row_actions import GO, RESTORE, REVERT
from .theme import Theme

READ_ONLY = mark(
    "This session is open in another window or program; here it can only be read. Save As makes a copy that can be "
    "changed."
)
NOT_NOW = mark("A job is running; this is possible once it has ended")
NO_STEP = mark("Select a step first")
TIPS = {
    "go": mark("Set the model to the state right after this step, exactly (double click)"),
    "revert": mark("Take this patch out and keep the others"),
    "restore": mark("Put this patch back in its place, or return to the line it is on"),
    "reapply": mark("Propose the same patch again, times a factor; it is measured and judged like any step"),
    "branch": mark("Go to the state after this step; the next step starts a branch there"),
    "compare": mark("Compare the states after the selected steps, or after this one with another"),
    "export": mark("Write the selected patches to files"),
    "python": mark("Copy the line of Python that does the same"),
    "note": mark("Write a note on this step (F2)"),
    "tags": mark("Tags of this step, with commas between them"),
    "rename": mark("Give this step a name"),
}


@dataclass(frozen=True)
class Situation:
    """What is selected, and what can be done now. ``patches``: how many of the selected steps have a patch."""

    row: TimelineRow | None = None
    patches: int = 0
    current: int = 0
    ready: bool = False
    read_only: bool = False

    @property
    def is_patch(self) -> bool:
        return self.row is not None and self.row.step > 0 and self.row.patch_id is not None


class TimelineActions(QObject):
    """The actions, by name; whoever makes them connects their ``triggered``."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._icons: dict[QAction, str] = {}
        self.go = self._make("go", tr(GO.text), GO.icon)
        self.revert = self._make("revert", tr(REVERT.text), REVERT.icon)
        self.restore = self._make("restore", tr(RESTORE.text), RESTORE.icon)
        self.reapply = self._make("reapply", tr("Re-apply with another strength..."), "mdi6.repeat")
        self.branch = self._make("branch", tr("Branch from here"), "mdi6.source-branch")
        self.compare = self._make("compare", tr("Compare with..."), "mdi6.compare")
        self.export = self._make("export", tr("Export patch..."), "mdi6.export-variant")
        self.python = self._make("python", tr("Copy as Python"), "mdi6.language-python")
        self.note = self._make("note", tr("Edit note"), "mdi6.note-edit-outline")
        self.tags = self._make("tags", tr("Edit tags"), "mdi6.tag-outline")
        self.rename = self._make("rename", tr("Rename"), "mdi6.rename-box-outline")
        self.changing = (self.go, self.revert, self.restore, self.reapply, self.branch)
        self.asking = (self.compare, self.export, self.python)
        self.writing = (self.note, self.tags, self.rename)

    def _make(self, name: str, text: str, icon: str) -> QAction:
        action = QAction(text, self)
        action.setObjectName(name)
        self._icons[action] = icon
        return action

    @property
    def all(self) -> tuple[QAction, ...]:
        return tuple(self._icons)

    def colour(self, theme: Theme) -> None:
        for action, icon in self._icons.items():
            action.setIcon(qtawesome.icon(icon, color=theme.text, color_disabled=theme.reverted))

    def refresh(self, now: Situation) -> None:
        """Enable what makes sense; what does not says why."""
        for action, reason in self._reasons(now).items():
            action.setEnabled(not reason)
            action.setToolTip(f"{action.text()}: {reason}" if reason else tr(TIPS[action.objectName()]))

    def _reasons(self, now: Situation) -> dict[QAction, str]:
        """Why each action cannot be carried out now; empty where it can."""
        row = now.row
        if row is None:
            return dict.fromkeys(self.all, tr(NO_STEP))
        rejected = tr("This step was rejected; there is no state of it") if row.state == "rejected" else ""
        no_patch = "" if now.is_patch else tr("There is no patch in this row")
        blocked = tr(READ_ONLY) if now.read_only else "" if now.ready else tr(NOT_NOW)
        here = tr("This is the present state") if row.step == now.current else ""
        not_active = "" if row.state == "active" else tr("This patch is not active")
        not_out = "" if row.state in ("reverted", "left") else tr("This patch was not taken out")
        return {
            self.go: blocked or rejected or here,
            self.revert: blocked or no_patch or not_active,
            self.restore: blocked or no_patch or not_out,
            self.reapply: blocked or no_patch,
            self.branch: blocked or rejected,
            self.compare: rejected,
            self.export: "" if now.patches else tr("There is no patch in the selected rows"),
            self.python: "" if row.step else tr("The base was not made by a step"),
            **dict.fromkeys(self.writing, (tr(READ_ONLY) if now.read_only else "") or no_patch),
        }
