"""Pattern files: which sentences state a fact, and where its subject, relation and object stand.

A file holds ``patterns:``, a list of entries ``{name, pattern, relation, min_confidence}`` that are tried in order, and
may hold ``parts:``, pieces of regular expressions that patterns and later parts name in braces, ``{who}``. A pattern
must match a whole sentence (without its openers and its end mark) and needs the groups ``subject`` and ``object``.

``relation`` is a name; ``{relation}`` in it stands for the words of the pattern's group ``relation``, which are the
relation by themselves where the name holds no braces. The optional key ``subject`` words the subject from the groups in
the same way: ``my {subject}`` in a pattern that reads "I have a dog called Rex".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from ..errors import InputError, nearest, one_line
from ..places import shipped

KEYS = {"name": str, "pattern": str, "relation": str, "min_confidence": float}
OPTIONAL = {"subject": str}
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


def _filled(text: str, match: re.Match[str]) -> str:
    return _FIELD.sub(lambda field: match[field[1]] or "", text)


def load_patterns(path: str | None) -> tuple[Pattern, ...]:
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
def _compiled(file: str, content: str) -> tuple[Pattern, ...]:
    try:
        tree = yaml.safe_load(content)
    except yaml.YAMLError as error:
        raise InputError(f"pattern file {file} is not valid YAML: {' '.join(str(error).split())}") from None
    if not isinstance(tree, dict) or not isinstance(tree.get("patterns"), list) or not tree["patterns"]:
        raise InputError(f"pattern file {file} must hold a list under 'patterns:'")
    for key in tree:
        if key not in ("patterns", "parts"):
            raise InputError(f"pattern file {file} has the key '{key}'; it holds 'patterns:' and 'parts:'")
    parts = _parts(file, tree.get("parts"))
    found = tuple(_pattern(file, number, row, parts) for number, row in enumerate(tree["patterns"], 1))
    _check_names(file, found)
    return found


def _check_names(file: str, patterns: tuple[Pattern, ...]) -> None:
    numbers: dict[str, int] = {}
    for number, pattern in enumerate(patterns, 1):
        if (first := numbers.setdefault(pattern.name, number)) != number:
            raise InputError(f"patterns {first} and {number} of {file} have the same name '{pattern.name}'")


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
    if not isinstance(row, dict):
        raise InputError(f"pattern {number} of {file} is {row!r}; an entry has the keys {', '.join(KEYS)}")
    name = row.get("name")
    where = f"pattern {number}" + (f" ('{name}')" if isinstance(name, str) else "") + f" of {file}"
    values = _values(where, row)
    compiled = _compile(where, values["pattern"], parts)
    _check_groups(where, compiled, values)
    return Pattern(**{**values, "pattern": compiled})


def _values(where: str, row: dict[Any, Any]) -> dict[str, Any]:
    """The entry's values, each of its own type."""
    known = KEYS | OPTIONAL
    for key in row:
        if key not in known:
            raise InputError(f"{where} has the key '{key}'; there are {', '.join(known)}{nearest(str(key), known)}")
    for key, kind in known.items():
        if key not in row:
            if key in OPTIONAL:
                continue
            raise InputError(f"{where} has no '{key}'; an entry needs {', '.join(KEYS)}")
        value = row[key]
        if kind is str and (not isinstance(value, str) or not value.strip()):
            raise InputError(f"{where} has {value!r} as '{key}'; it must be text")
        if kind is float and (isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1):
            raise InputError(f"{where} has {value!r} as '{key}'; it must be a number from 0 to 1")
    return {key: float(value) if known[key] is float else value for key, value in row.items()}


def _check_groups(where: str, compiled: re.Pattern[str], values: Mapping[str, Any]) -> None:
    for group in ("subject", "object"):
        if group not in compiled.groupindex:
            raise InputError(f"{where} has no group '{group}'; it needs (?P<subject>...) and (?P<object>...)")
    for key in ("relation", "subject"):
        for field in _FIELD.findall(values.get(key, "")):
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
