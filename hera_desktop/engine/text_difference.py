"""Where two texts differ, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile

_WORDS = re.compile(r"\s*\w+|\s*[^\w\s]|\s+")
"""Blanks go with the word after them: by themselves they would match everywhere."""
_BLANKS = re.compile(r"\s*")
_WORD = re.compile(r"\w")


@dataclass(frozen=True)
class Difference:
    """A stretch of two texts: ``a`` and ``b`` are what each says there, the same where ``same``."""

    same: bool
    a: str
    b: str


def differences(a: str, b: str) -> tuple[Difference, ...]:
    """Stretches that cover both texts from start to end, those that are the same and those that are not in turn.
    Compared are words and punctuation marks; a mark alone between two differences belongs to them."""
    left, right = _WORDS.findall(a), _WORDS.findall(b)
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    found = [
        Difference(kind == "equal", "".join(left[a0:a1]), "".join(right[b0:b1]))
        for kind, a0, a1, b0, b1 in matcher.get_opcodes()
    ]
    last = len(found) - 1
    kept = (
        Difference(part.same and (number in (0, last) or bool(_WORD.search(part.a))), part.a, part.b)
        for number, part in enumerate(found)
    )
    return tuple(_joined(piece for part in _joined(kept) for piece in _without_common_blanks(part)))


def _without_common_blanks(part: Difference) -> Iterator[Difference]:
    """Blanks that both sides of a difference begin with are the same."""
    starts = ("", "") if part.same else (_BLANKS.match(part.a)[0], _BLANKS.match(part.b)[0])
    blanks = "".join(a for a, _ in takewhile(lambda pair: pair[0] == pair[1], zip(*starts, strict=False)))
    if blanks:
        yield Difference(True, blanks, blanks)
    yield Difference(part.same, part.a[len(blanks) :], part.b[len(blanks) :])


def _joined(parts: Iterator[Difference]) -> Iterator[Difference]:
    """Neighbours of one kind become one stretch."""
    waiting: Difference | None = None
    for part in parts:
        if waiting is not None and waiting.same == part.same:
            waiting = Difference(part.same, waiting.a + part.a, waiting.b + part.b)
            continue
        if waiting is not None:
            yield waiting
        waiting = part
    if waiting is not None:
        yield waiting
