"""What a single click on a timeline row's icons does: one action for the way there, one for the patch itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .i18n import mark
from .records import TimelineRow


@dataclass(frozen=True)
class RowAction:
    """``text`` is to be translated where it is shown."""

    kind: Literal["go", "restore", "revert"]
    text: str
    icon: str


GO = RowAction("go", mark("Roll back to here"), "mdi6.history")
RESTORE = RowAction("restore", mark("Restore"), "mdi6.plus-circle-outline")
REVERT = RowAction("revert", mark("Revert this one"), "mdi6.minus-circle-outline")
SLOTS = 2
"""The first icon is for the way there (roll back or restore), the second for reverting."""


def row_actions(row: TimelineRow | None, current: int) -> tuple[RowAction | None, RowAction | None]:
    """The actions in the two slots of a row, where ``current`` is the step whose state holds now."""
    if row is None or row.state == "rejected":
        return None, None
    if row.state != "active":
        return RESTORE, None
    return GO if row.step != current else None, REVERT if row.step else None
