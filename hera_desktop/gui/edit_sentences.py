"""What the user is told about the outcomes of this part's jobs, in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .block_list import block_text
from .edit_records import AtlasBuilt, EditDropped, ProposedEdit, SaeTrained
from .i18n import mark, tr
from .messages import Level
from .sentences import short_hash, without_level

PROPOSED = {
    "safe": mark("Proposed, safe: {reason}; nothing is committed yet"),
    "warning": mark("Proposed, safe, with a warning: {reason}; nothing is committed yet"),
    "reject": mark("Proposed, rejected: {reason}; nothing is committed yet"),
}
ABOUT = mark(
    "{strategy}, strength {strength:g}, block {block}, rank {rank}, norm {norm:.3g} · worst probe: {probe} · "
    "measured on state {state}"
)


def edit_sentence(record: Any) -> tuple[str, Level] | None:
    """The sentence and how serious it is; None for a record of another kind, or one that needs none (a preview)."""
    if isinstance(record, ProposedEdit):
        level: Level = "info" if record.level == "safe" else "warning"
        return tr(PROPOSED[record.level]).format(reason=without_level(record.reason)), level
    if isinstance(record, EditDropped):
        return tr("The proposal is dropped; the last committed state stands"), "info"
    if isinstance(record, AtlasBuilt):
        return tr("The atlas is built: {path}").format(path=record.path), "info"
    if isinstance(record, SaeTrained):
        return tr("The SAE is trained and lies in {folder}").format(folder=Path(record.folder)), "info"
    return None


def reason_sentence(reason: str) -> str:
    """A verdict's reason without the verdict's word, which stands above it."""
    rest = without_level(reason)
    return rest[:1].upper() + rest[1:] + "."


def about(proposal: ProposedEdit) -> str:
    """How the patch was made, where it was worst, and on which state it was measured."""
    return tr(ABOUT).format(
        strategy=proposal.strategy,
        strength=proposal.strength,
        block=block_text(proposal.layers),
        rank=proposal.rank,
        norm=proposal.norm,
        probe=proposal.worst_probe,
        state=short_hash(proposal.state_hash),
    )
