"""Where two texts differ, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Difference:
    """A stretch of two texts: ``a`` and ``b`` are what each says there, the same where ``same``."""

    same: bool
    a: str
    b: str


def differences(a: str, b: str) -> tuple[Difference, ...]:
    """Stretches that cover both texts from start to end. Compared are words, blanks and punctuation marks."""
    left, right = _WORDS.findall(a), _WORDS.findall(b)
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return tuple(
        Difference(kind == "equal", "".join(left[a0:a1]), "".join(right[b0:b1]))
        for kind, a0, a1, b0, b1 in matcher.get_opcodes()
    )
