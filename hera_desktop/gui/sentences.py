"""What the user is told about outcomes, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .feature_records import ImportedLabels
from .i18n import mark, tr
from .messages import Level
from .records import Evolved, Noted, Outcome
from .requests import LoadRequest, Move, MoveRequest
from .timeline_requests import Renamed, Tagged

if TYPE_CHECKING:
    from hera_desktop.engine.records import EvolveResult, StateChange, StateInfo

STEPS = {
    "committed": mark("Step {step} committed as {patch}: {reason}"),
    "warning": mark("Step {step} committed with a warning as {patch}: {reason}"),
    "rejected": mark("Step {step} rejected: {reason}"),
}


def short_hash(state_hash: str) -> str:
    return state_hash[:12]


def patches(count: int) -> str:
    return {0: tr("the base"), 1: tr("1 patch")}.get(count, tr("{count} patches")).format(count=count)


def sentence(outcome: Outcome) -> tuple[str, Level]:
    """What to tell about a job that has ended, and how serious it is; nothing where its result speaks for itself."""
    if outcome.status == "failed":
        return outcome.message, "error"
    if outcome.status == "cancelled":
        if isinstance(outcome.request, LoadRequest):
            return tr("Cancelled; no model is loaded"), "info"
        return tr("{name} was cancelled; the last committed state stands").format(name=tr(outcome.name)), "info"
    record = outcome.record
    if isinstance(record, Evolved):
        return _evolved(record)
    if isinstance(outcome.request, LoadRequest):
        return loaded(record), "info"
    if isinstance(outcome.request, MoveRequest):
        return moved(record, outcome.request.kind), "info"
    return _done(record), "info"


def _done(record: object) -> str:
    """What has come about; empty for what is only looked at."""
    if isinstance(record, Noted):
        return tr("Note kept on step {step}").format(step=record.step)
    if isinstance(record, Tagged):
        if not record.tags:
            return tr("Step {step} has no tags now").format(step=record.step)
        return tr("Tags kept on step {step}: {tags}").format(step=record.step, tags=", ".join(record.tags))
    if isinstance(record, Renamed):
        if not record.name:
            return tr("Step {step} has no name now").format(step=record.step)
        return tr("Step {step} is called '{name}' now").format(step=record.step, name=record.name)
    if isinstance(record, ImportedLabels):
        one = tr("1 name imported; names you gave stand")
        text = one if record.count == 1 else tr("{count:,} names imported; names you gave stand")
        return text.format(count=record.count)
    return ""


def loaded(info: StateInfo) -> str:
    text = tr("{model} is loaded ({patches}); session {session}")
    return text.format(model=info.model.name, patches=patches(len(info.active)), session=info.session)


def moved(change: StateChange, kind: Move) -> str:
    """What a move has done; ``kind`` is what was asked for, since an undo tells what it has undone."""
    if kind in ("undo", "redo"):
        done = tr("Undone") if kind == "undo" else tr("Redone")
        if change.kind != kind:
            return f"{done}: {change.what}"
        return f"{done}: {_state(change)}"
    what = {
        "roll_back_to": tr("Rolled back to {patch_id}").format(patch_id=change.patch_id or tr("the base")),
        "roll_back_before": tr("Rolled back to before {patch_id}").format(patch_id=change.patch_id),
        "revert": tr("Reverted {patch_id}").format(patch_id=change.patch_id),
        "restore": tr("Restored {patch_id}").format(patch_id=change.patch_id),
    }[change.kind]
    return f"{what}: {_state(change)}"


def _state(change: StateChange) -> str:
    text = tr("state {hash} ({patches})")
    return text.format(hash=short_hash(change.state_hash), patches=patches(len(change.active)))


def _evolved(record: Evolved) -> tuple[str, Level]:
    text = step(record.result)
    if not record.complete:
        text = tr("{sentence}; the texts were stopped").format(sentence=text)
    return text, "info" if record.result.status == "committed" else "warning"


def step(result: EvolveResult) -> str:
    """The step and its verdict in one sentence; an accepted one names its patch."""
    reason = without_level(result.reason)
    return tr(STEPS[result.status]).format(step=result.step, patch=result.patch_id, reason=reason)


def without_level(reason: str) -> str:
    """A reason without the level it begins with, which is said already."""
    for level in ("safe: ", "warning: ", "rejected: "):
        reason = reason.removeprefix(level)
    return reason
