"""Text as the search takes it: words, and every mark a word of its own, so that "?" and "{" can be looked for.

The index (SQLite's FTS5) folds case and accents; ``matches`` does the same for the few texts that are not in it, such
as the names a user gave.
"""

from __future__ import annotations

import re
import unicodedata

TOKENIZER = "unicode61 remove_diacritics 2 categories 'L* N* Co P* S*'"
"""What FTS5 counts as part of a word: letters, digits, private use, punctuation and symbols."""

_MARK = re.compile(r"([^\w\s]|_)")


def spaced(text: str) -> str:
    """``text`` with blanks around every character that is neither letter nor digit: ``f(x)`` -> ``f ( x ) ``."""
    return _MARK.sub(r" \1 ", unicodedata.normalize("NFC", text).replace("\0", " "))


def query_words(query: str) -> list[str]:
    """What is looked for, without repetitions and without what a longer word of the query says already."""
    words = {word.lower() for word in spaced(query).split() if any(map(_counts, word))}
    return sorted(word for word in words if not any(other != word and other.startswith(word) for other in words))


def _counts(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LNPS" or category == "Co"


def matches(query: str, text: str) -> bool:
    """Whether every word of ``query`` begins some word of ``text``; an empty query matches everything."""
    found = [folded(word) for word in spaced(text).split()]
    return all(any(word.startswith(folded(wanted)) for word in found) for wanted in query_words(query))


def folded(word: str) -> str:
    """The word as the index has it, without case and accents."""
    parts = unicodedata.normalize("NFD", word.lower())
    return "".join(part for part in parts if unicodedata.category(part) != "Mn")
