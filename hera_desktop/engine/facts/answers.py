"""Judging answers: whether they hold what was taught."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .records import Asked


def holds(text: str, words: str) -> bool:
    """Whether ``words`` appear in ``text`` as whole words, whatever the case and the spaces between them."""
    wanted = r"\s+".join(re.escape(word) for word in words.casefold().split())
    return bool(wanted) and re.search(rf"(?<!\w){wanted}(?!\w)", text.casefold()) is not None


def share(asked: Sequence[Asked]) -> float | None:
    """The share of right answers; None where nothing was asked."""
    return sum(one.correct for one in asked) / len(asked) if asked else None
