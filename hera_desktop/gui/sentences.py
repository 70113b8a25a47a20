"""What the user is told about outcomes, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .feature_records import ImportedLabels
from .messages import Level
from .records import Evolved, Noted, Outcome
from .requests import LoadRequest, MoveRequest

if TYPE_CHECKING:
    from hera_desktop.engine.records import EvolveResult, StateChange, StateInfo


def short_hash(state_hash: str) -> str:
    return state_hash[:12]


def patches(count: int) -> str:
    return {0: "the base", 1: "1 patch"}.get(count, f"{count} patches")


def sentence(outcome: Outcome) -> tuple[str, Level]:
    """What to tell about a job that has ended, and how serious it is; nothing where its result speaks for itself."""
    if outcome.status == "failed":
        return outcome.message, "error"
    if outcome.status == "cancelled":
        if isinstance(outcome.request, LoadRequest):
            return "Cancelled; no model is loaded", "info"
        return f"{outcome.name} was cancelled; the last committed state stands", "info"
    record = outcome.record
    if isinstance(record, Evolved):
        return _evolved(record)
    if isinstance(outcome.request, LoadRequest):
        return loaded(record), "info"
    if isinstance(outcome.request, MoveRequest):
        return moved(record), "info"
    return _done(record), "info"


def _done(record: object) -> str:
    """What has come about; empty for what is only looked at."""
    if isinstance(record, Noted):
        return f"Note kept on step {record.step}"
    if isinstance(record, ImportedLabels):
        return f"{record.count:,} {'name' if record.count == 1 else 'names'} imported; names you gave stand"
    return ""


def loaded(info: StateInfo) -> str:
    return f"{info.model.name} is loaded ({patches(len(info.active))}); session {info.session}"


def moved(change: StateChange) -> str:
    what = {
        "roll_back_to": f"Rolled back to {change.patch_id or 'the base'}",
        "roll_back_before": f"Rolled back to before {change.patch_id}",
        "revert": f"Reverted {change.patch_id}",
        "restore": f"Restored {change.patch_id}",
        "undo": "Undone",
        "redo": "Redone",
    }[change.kind]
    return f"{what}: state {short_hash(change.state_hash)} ({patches(len(change.active))})"


def _evolved(record: Evolved) -> tuple[str, Level]:
    text = step(record.result)
    if not record.complete:
        text += "; the texts were stopped"
    return text, "info" if record.result.status == "committed" else "warning"


def step(result: EvolveResult) -> str:
    """The step and its verdict in one sentence; an accepted one names its patch."""
    words = {"committed": "committed", "warning": "committed with a warning", "rejected": "rejected"}
    name = f" as {result.patch_id}" if result.status != "rejected" else ""
    return f"Step {result.step} {words[result.status]}{name}: {without_level(result.reason)}"


def without_level(reason: str) -> str:
    """A reason without the level it begins with, which is said already."""
    for level in ("safe: ", "warning: ", "rejected: "):
        reason = reason.removeprefix(level)
    return reason
