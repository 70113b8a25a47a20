"""Short names for features by rule, from what they fire on and which token they raise; no network, no model.

The rule, first match wins:

1. A feature that never fired is "never active".
2. At least 60 % of its top contexts peak on one token, whatever its case: that token in quotes. A single mark gets its
   Unicode name too; the inside of a word an ellipsis before it; where at least 60 % of these contexts also agree on
   the word before, both: “capital of”.
3. At least 75 % of the peaks are of one kind - digits, line breaks, quotation marks, brackets, code marks,
   punctuation, symbols, letters of another script, words in capitals: the kind, and for marks which ones.
4. Otherwise the two or three commonest tokens, and after an arrow where they lead, if the text bears it out: “New,
   Los → Angeles”. That is the token the feature raises most among those that come next in at least two of these
   contexts.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence

NEVER = "never active"
SAME = 0.6
KIND = 0.75
_LONGEST = 24
_CODE = set("{}[]()<>=;:_#$@\\/|&*+-^~`%!\"'.,")
_SHARPEST_CODE = set("{}=;<>\\_#$|&*+^~`/")
_QUOTES = set("\"'`“”‘’«»„")
_BRACKETS = set("()[]{}<>")
_SPACES = {"\n": "line break", "\t": "tab", " ": "blank"}


def auto_name(peaks: Sequence[tuple[str, str]], raised: Sequence[str]) -> str:
    """A name from the top contexts' peaks, strongest first, each with the token before it (or ""), and the ``raised``
    tokens that an arrow may point at, strongest first."""
    if not peaks:
        return NEVER
    return _one_token(peaks) or _kind([token for _, token in peaks]) or _several(peaks, raised)


# --- one token ------------------------------------------------------------------------------------------------------


def _one_token(peaks: Sequence[tuple[str, str]]) -> str | None:
    key, count = Counter(_key(token) for _, token in peaks).most_common(1)[0]
    if count < SAME * len(peaks):
        return None
    mine = [(before, token) for before, token in peaks if _key(token) == key]
    token = Counter(token for _, token in mine).most_common(1)[0][0]
    if not token.strip():
        return _whitespace(token)
    shown = f"“{_short(token)}”"
    if len(token.strip()) == 1 and not token.strip().isalnum():
        return f"{shown} {unicodedata.name(token.strip(), 'mark').lower()}"
    return _with_company(mine, token) or shown


def _with_company(mine: Sequence[tuple[str, str]], token: str) -> str | None:
    """The token with the word before it where these agree, or marked as the inside of a word."""
    if _inside_word(mine):
        return f"“…{_short(token)}”"
    word, count = Counter(before.strip().casefold() for before, _ in mine).most_common(1)[0]
    if count >= SAME * len(mine) and word.isalpha() and len(mine) > 2:
        spelling = Counter(before.strip() for before, _ in mine if before.strip().casefold() == word).most_common(1)
        return f"“{spelling[0][0]} {_short(token)}”"
    return None


def _inside_word(mine: Sequence[tuple[str, str]]) -> bool:
    inside = sum(token[:1].isalpha() and before[-1:].isalpha() for before, token in mine)
    return inside >= SAME * len(mine)


def _whitespace(token: str) -> str:
    for mark, name in _SPACES.items():
        if mark in token:
            several = token.count(mark) > 1
            return f"{name}s" if several else name
    return "blank"


# --- one kind -------------------------------------------------------------------------------------------------------


def _kind(tokens: Sequence[str]) -> str | None:
    for name, belongs in _KINDS.items():
        if sum(map(belongs, tokens)) >= KIND * len(tokens):
            return name if name in _PLAIN else f"{name} {_commonest(tokens, belongs)}"
    return _script(tokens)


def _made_of(marks: set[str]) -> Callable[[str], bool]:
    return lambda token: bool(token.strip()) and set(token.strip()) <= marks


def _category(first: str) -> Callable[[str], bool]:
    return lambda token: bool(token.strip()) and all(unicodedata.category(c)[0] == first for c in token.strip())


def _year(token: str) -> bool:
    text = token.strip()
    return len(text) == 4 and text.isdecimal() and text[:2] in {"17", "18", "19", "20"}


def _capitals(token: str) -> bool:
    return len(token.strip()) > 1 and token.strip().isalpha() and token.strip().isupper()


_KINDS: dict[str, Callable[[str], bool]] = {
    "line breaks": lambda token: not token.strip() and "\n" in token,
    "blanks": lambda token: bool(token) and not token.strip(),
    "years": _year,
    "digits": lambda token: token.strip().isnumeric(),
    "quotation marks": _made_of(_QUOTES),
    "brackets": _made_of(_BRACKETS),
    "code marks": lambda token: _made_of(_CODE)(token) and bool(set(token) & _SHARPEST_CODE),
    "punctuation": _category("P"),
    "symbols": lambda token: bool(token.strip()) and all(unicodedata.category(c)[0] in "PS" for c in token.strip()),
    "capitals": _capitals,
}
_PLAIN = {"line breaks", "blanks", "years", "digits", "quotation marks"}


def _commonest(tokens: Sequence[str], belongs: Callable[[str], bool]) -> str:
    found = Counter(token.strip() for token in tokens if belongs(token)).most_common(4)
    return " ".join(_short(token) for token, _ in found)


def _script(tokens: Sequence[str]) -> str | None:
    """Letters of a script other than Latin: the first word of their Unicode names, such as CYRILLIC."""
    scripts = Counter(_first_script(token) for token in tokens)
    script, count = scripts.most_common(1)[0]
    if script in {"", "LATIN"} or count < KIND * len(tokens):
        return None
    return f"{script.capitalize()} letters"


def _first_script(token: str) -> str:
    letter = next((c for c in token if c.isalpha()), "")
    return unicodedata.name(letter, "").split(" ")[0].split("-")[0] if letter else ""


# --- several tokens -------------------------------------------------------------------------------------------------


def _several(peaks: Sequence[tuple[str, str]], raised: Sequence[str]) -> str:
    """The commonest peak tokens, of equals those of the strongest contexts first, and where they lead."""
    spellings: dict[str, str] = {}
    for _, token in peaks:
        spellings.setdefault(_key(token), _short(token) or _whitespace(token))
    common = [spellings[key] for key, _ in Counter(_key(token) for _, token in peaks).most_common(3)]
    shown = ", ".join(common)
    taken = {text.casefold() for text in common}
    leading = next((t.strip() for t in raised if _readable(t) and t.strip().casefold() not in taken), None)
    return f"{shown} → {_short(leading)}" if leading else shown


def _readable(token: str) -> bool:
    return any(c.isalnum() for c in token) and "�" not in token and token.strip().isprintable()


def _key(token: str) -> str:
    return token.strip().casefold() or token


def _short(token: str) -> str:
    """Stripped, on one line, without anything that cannot be printed."""
    text = "".join(c if c.isprintable() else "·" for c in token.strip())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
