"""The same sentence in plainer words: "It was Ann who founded Lark last year" is "Ann founded Lark".

Patterns are written for plain sentences. Where none matches, the rewrites of the pattern file say the sentence more
plainly, one after another and one upon the other, until a pattern does.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence

from .patterns import Rewrite

MOST = 16
"""Wordings of one sentence that are tried."""
LONGEST = 200
"""Characters of the longest sentence that is reworded."""


def plainly(sentence: str, before: str, rewrites: Sequence[Rewrite]) -> Iterator[str]:
    """Other wordings of a sentence without openers and end mark, the nearest to it first; each once.

    Args:
        before: the sentence before it, with its end mark, empty where there is none: it says who "she" is.
    """
    if len(sentence) > LONGEST:
        return
    starts = [sentence, f"{before[-LONGEST:]} {sentence}"] if before else [sentence]
    seen, waiting = set(starts), deque(starts)
    while waiting and len(seen) < MOST + len(starts):
        now = waiting.popleft()
        for rewrite in rewrites:
            plain = rewrite.reworded(now)
            if plain and plain not in seen:
                seen.add(plain)
                waiting.append(plain)
                yield plain
