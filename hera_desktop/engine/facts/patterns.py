"""Pattern files: which sentences state a fact, and where its subject, relation and object stand.

A file holds ``patterns:``, a list of entries ``{name, pattern, relation, min_confidence}`` that are tried in order, and
may hold ``parts:``, pieces of regular expressions that patterns and later parts name in braces, ``{who}``. A pattern
must match a whole sentence (without its openers and its end mark) and needs the groups ``subject`` and ``object``.

``relation`` is a name; ``{relation}`` in it stands for the words of the pattern's group ``relation``, which are the
relation by themselves where the name holds no braces. The optional key ``subject`` words the subject from the groups in
the same way: ``my {subject}`` in a pattern that reads "I have a dog called Rex".

``rewrites:``, which may be left out, is a list of entries ``{name, pattern, plain}``: a sentence that matches as a
whole is said more plainly as ``plain``, worded from the groups (rewording.py).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from ..errors import InputError, nearest, one_line
from ..places import shipped

KEYS = {"name": str, "pattern": str, "relation": str, "min_confidence": float}
OPTIONAL = {"subject": str}
REWRITE_KEYS = {"name": str, "pattern": str, "plain": str}
_FIELD = re.compile(r"\{([a-z][a-z_]*)\}")


@dataclass(frozen=True)
class Pattern:
    """``pattern`` is compiled; ``min_confidence`` is that of a match before anything is added to it, 0 to 1."""

    name: str
    pattern: re.Pattern[str]
    relation: str
    min_confidence: float
    subject: str = "{subject}"

    def relation_of(self, match: re.Match[str]) -> str:
        """The relation's name: lower case, words joined by ``_``."""
        words = match.groupdict().get("relation")
        text = self.relation if not words or _FIELD.search(self.relation) else words
        return re.sub(r"\W+", "_", _filled(text, match).lower()).strip("_")

    def subject_of(self, match: re.Match[str]) -> str:
        return _filled(self.subject, match)


@dataclass(frozen=True)
class Rewrite:
    """A way to say a sentence more plainly; ``pattern`` is compiled."""

    name: str
    pattern: re.Pattern[str]
    plain: str

    def reworded(self, sentence: str) -> str | None:
        """The sentence in plainer words; None where this is no way to say it."""
        match = self.pattern.fullmatch(sentence)
        return " ".join(_filled(self.plain, match).split()) if match else None


@dataclass(frozen=True)
class PatternFile:
    """What a file holds, in its order."""

    patterns: tuple[Pattern, ...]
    rewrites: tuple[Rewrite, ...] = ()


def _filled(text: str, match: re.Match[str]) -> str:
    return _FIELD.sub(lambda field: match[field[1]] or "", text)


def load_patterns(path: str | None) -> PatternFile:
    """Read a pattern file, the shipped one for None.

    Raises:
        InputError: the file is missing, not YAML, or an entry cannot be used; the sentence names file, entry and place.
    """
    file = Path(path) if path else shipped("data", "facts", "patterns.yaml")
    try:
        return _compiled(str(file), file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(
            f"pattern file {file} does not exist; name another one as facts.detector.patterns (null: the shipped one)"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"pattern file {file} cannot be read: {one_line(error)}") from None


@lru_cache(maxsize=8)
def _compiled(file: str, content: str) -> PatternFile:
    try:
        tree = yaml.safe_load(content)
    except yaml.YAMLError as error:
        raise InputError(f"pattern file {file} is not valid YAML: {' '.join(str(error).split())}") from None
    if not isinstance(tree, dict) or not isinstance(tree.get("patterns"), list) or not tree["patterns"]:
        raise InputError(f"pattern file {file} must hold a list under 'patterns:'")
    if not isinstance(tree.get("rewrites", []), list):
        raise InputError(f"'rewrites:' of pattern file {file} must hold a list")
    for key in tree:
        if key not in ("patterns", "parts", "rewrites"):
            raise InputError(f"pattern file {file} has the key '{key}'; it holds 'patterns:', 'parts:' and 'rewrites:'")
    parts = _parts(file, tree.get("parts"))
    found = tuple(_pattern(file, number, row, parts) for number, row in enumerate(tree["patterns"], 1))
    rewrites = tuple(_rewrite(file, number, row, parts) for number, row in enumerate(tree.get("rewrites", []), 1))
    _check_names(file, "patterns", found)
    _check_names(file, "rewrites", rewrites)
    return PatternFile(found, rewrites)


def _check_names(file: str, kind: str, entries: Sequence[Pattern | Rewrite]) -> None:
    numbers: dict[str, int] = {}
    for number, entry in enumerate(entries, 1):
        if (first := numbers.setdefault(entry.name, number)) != number:
            raise InputError(f"{kind} {first} and {number} of {file} have the same name '{entry.name}'")


def _parts(file: str, tree: object) -> dict[str, str]:
    if tree is None:
        return {}
    if not isinstance(tree, dict):
        raise InputError(f"'parts:' of pattern file {file} must hold names with pieces of regular expressions")
    parts: dict[str, str] = {}
    for name, piece in tree.items():
        where = f"part '{name}' of pattern file {file}"
        if not isinstance(name, str) or not _FIELD.fullmatch("{" + name + "}"):
            raise InputError(f"{where} must have a name of small letters and underscores")
        if not isinstance(piece, str):
            raise InputError(f"{where} is {piece!r}; it must be text")
        parts[name] = f"(?:{_compile(where, piece, parts).pattern})"
    return parts


def _pattern(file: str, number: int, row: object, parts: Mapping[str, str]) -> Pattern:
    where, values = _entry(f"pattern {number}", file, row, KEYS, OPTIONAL)
    compiled = _compile(where, values["pattern"], parts)
    for group in ("subject", "object"):
        if group not in compiled.groupindex:
            raise InputError(f"{where} has no group '{group}'; it needs (?P<subject>...) and (?P<object>...)")
    _check_fields(where, compiled, {key: values.get(key, "") for key in ("relation", "subject")})
    return Pattern(**{**values, "pattern": compiled})


def _rewrite(file: str, number: int, row: object, parts: Mapping[str, str]) -> Rewrite:
    where, values = _entry(f"rewrite {number}", file, row, REWRITE_KEYS, {})
    compiled = _compile(where, values["pattern"], parts)
    _check_fields(where, compiled, {"plain": values["plain"]})
    return Rewrite(**{**values, "pattern": compiled})


def _entry(
    which: str, file: str, row: object, keys: Mapping[str, type], optional: Mapping[str, type]
) -> tuple[str, dict[str, Any]]:
    """How a fault of the entry names it, and its values, each of its own type."""
    if not isinstance(row, dict):
        raise InputError(f"{which} of {file} is {row!r}; an entry has the keys {', '.join(keys)}")
    name = row.get("name")
    where = which + (f" ('{name}')" if isinstance(name, str) else "") + f" of {file}"
    known = {**keys, **optional}
    for key in row:
        if key not in known:
            raise InputError(f"{where} has the key '{key}'; there are {', '.join(known)}{nearest(str(key), known)}")
    for key in keys:
        if key not in row:
            raise InputError(f"{where} has no '{key}'; an entry needs {', '.join(keys)}")
    return where, {key: _value(where, key, value, known[key]) for key, value in row.items()}


def _value(where: str, key: str, value: object, kind: type) -> Any:
    if kind is str and (not isinstance(value, str) or not value.strip()):
        raise InputError(f"{where} has {value!r} as '{key}'; it must be text")
    if kind is float and (isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1):
        raise InputError(f"{where} has {value!r} as '{key}'; it must be a number from 0 to 1")
    return float(value) if kind is float else value  # type: ignore[arg-type]


def _check_fields(where: str, compiled: re.Pattern[str], texts: Mapping[str, str]) -> None:
    for key, text in texts.items():
        for field in _FIELD.findall(text):
            if field not in compiled.groupindex:
                raise InputError(f"{where} names the group '{field}' in '{key}', and its expression has none like it")


def _compile(where: str, text: str, parts: Mapping[str, str]) -> re.Pattern[str]:
    """The expression with its parts put in; a fault is told at its character in ``text``, from 1."""
    expanded, starts = _expanded(where, text, parts)
    try:
        return re.compile(expanded)
    except re.error as error:
        place, offset = starts[bisect_right(starts, ((error.pos or 0), len(text) + 1)) - 1], error.pos or 0
        character = min(place[1] + (offset - place[0] if place[2] else 0), len(text)) + 1
        raise InputError(f"{where} is not a regular expression: {error.msg} at character {character}") from None
    except (RecursionError, OverflowError):
        raise InputError(f"{where} is too large a regular expression") from None


def _expanded(where: str, text: str, parts: Mapping[str, str]) -> tuple[str, list[tuple[int, int, bool]]]:
    """The text with parts put in, and for each stretch of it: start in the result, start in ``text``, verbatim."""
    pieces, starts, length, end = [], [], 0, 0
    for field in _FIELD.finditer(text):
        if field[1] not in parts:
            raise InputError(
                f"{where} names the part '{field[1]}' at character {field.start() + 1}, which is not above it"
                f"{nearest(field[1], parts)}"
            )
        for piece, start, verbatim in ((text[end : field.start()], end, True), (parts[field[1]], field.start(), False)):
            starts.append((length, start, verbatim))
            pieces.append(piece)
            length += len(piece)
        end = field.end()
    starts.append((length, end, True))
    return "".join((*pieces, text[end:])), starts
