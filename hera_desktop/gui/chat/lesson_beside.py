"""What a lesson did beside its own fact, in words: what is left of earlier patches, and the facts that it replayed."""

from __future__ import annotations

from ..i18n import mark, tr
from .lesson_data import LessonData

SURVIVAL = mark("survival of earlier patches: {patches}")
SURVIVAL_TIP = mark(
    "The change that each patch still makes on its own prompt, in shares of what it made when it was committed "
    "(JS divergence now / then); 1 is all of it"
)
REPLAYED_ONE = mark("replayed: 1 fact")
REPLAYED = mark("replayed: {count} facts")
MOST = 5
"""The patches that are named in the line; the tooltip has them all."""


def beside_text(lesson: LessonData) -> str:
    """A line each; empty where there is neither."""
    return "\n".join(part for part in (_survival(lesson), _replayed(lesson)) if part)


def beside_tip(lesson: LessonData) -> str:
    """What survival means with every patch that was checked, and the facts that were replayed."""
    parts = []
    if lesson.survival:
        parts.append("\n".join((tr(SURVIVAL_TIP), *_shares(lesson))))
    if lesson.replayed:
        parts.append("\n".join((_replayed(lesson), *lesson.replayed)))
    return "\n\n".join(parts)


def _survival(lesson: LessonData) -> str:
    shares = _shares(lesson)
    if not shares:
        return ""
    more = ["…"] if len(shares) > MOST else []
    return tr(SURVIVAL).format(patches=", ".join([*more, *shares[-MOST:]]))


def _shares(lesson: LessonData) -> list[str]:
    """Such as ``p3 0.98``, in the order of the timeline."""
    return [f"{patch_id} {share:.2f}" for patch_id, share in lesson.survival.items()]


def _replayed(lesson: LessonData) -> str:
    count = len(lesson.replayed)
    if count == 1:
        return tr(REPLAYED_ONE)
    return tr(REPLAYED).format(count=count) if count else ""
