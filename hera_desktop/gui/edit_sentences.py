"""What the user is told about the outcomes of this part's jobs, in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .block_list import block_text
from .edit_records import AtlasBuilt, EditDropped, ProposedEdit, SaeTrained
from .messages import Level
from .sentences import short_hash, without_level


def edit_sentence(record: Any) -> tuple[str, Level] | None:
    """The sentence and how serious it is; None for a record of another kind, or one that needs none (a preview)."""
    if isinstance(record, ProposedEdit):
        words = {"safe": "safe", "warning": "safe, with a warning", "reject": "rejected"}[record.level]
        level: Level = "info" if record.level == "safe" else "warning"
        return f"Proposed, {words}: {without_level(record.reason)}; nothing is committed yet", level
    if isinstance(record, EditDropped):
        return "The proposal is dropped; the last committed state stands", "info"
    if isinstance(record, AtlasBuilt):
        return f"The atlas is built: {record.path}", "info"
    if isinstance(record, SaeTrained):
        return f"The SAE is trained and lies in {Path(record.folder)}", "info"
    return None


def reason_sentence(reason: str) -> str:
    """A verdict's reason without the verdict's word, which stands above it."""
    rest = without_level(reason)
    return rest[:1].upper() + rest[1:] + "."


def about(proposal: ProposedEdit) -> str:
    """How the patch was made, where it was worst, and on which state it was measured."""
    return (
        f"{proposal.strategy}, strength {proposal.strength:g}, block {block_text(proposal.layers)}, "
        f"rank {proposal.rank}, norm {proposal.norm:.3g} · worst probe: {proposal.worst_probe} · "
        f"measured on state {short_hash(proposal.state_hash)}"
    )
