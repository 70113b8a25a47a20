"""The relations file: how the facts of each relation are asked for and answered (data/facts/relations.yaml)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from ..errors import InputError, nearest, one_line
from ..places import shipped
from .wording import OBJECTS, SLOT, SUBJECTS, same_form

KINDS = ("person", "place", "company", "thing", "animal", "work")
GENERIC = ("role", "attribute", "favorite", "by", "verb_when", "verb_where", "verb", "R_of", "R")
"""The entries that take the relations without one of their own; a file must hold each of them."""

MIN_QUESTIONS = 4
_LISTS = {"questions": MIN_QUESTIONS, "answers": 1, "statements": 1, "real": 1, "also": 0}
_TEXTS = ("kind", "reverse", "dated")
_WORDS = ("r", "thing", "v", "did", "verb", "is", "was")


@dataclass(frozen=True)
class Relation:
    """An entry of the file; the templates are told of in wording.py, the keys in the file."""

    name: str
    kind: str
    questions: tuple[str, ...]
    answers: tuple[str, ...]
    statements: tuple[str, ...]
    real: tuple[str, ...]
    also: tuple[str, ...] = ()
    reverse: str = ""
    dated: str = ""


@dataclass(frozen=True)
class Relations:
    """All entries by name, the requests for a subject by kind, and the entry of every other name."""

    entries: Mapping[str, Relation]
    requests: Mapping[str, str]
    names: Mapping[str, str]

    def named(self, name: str) -> Relation | None:
        """The entry of a relation's name or other name, with or without ``_of``; None where there is none."""
        for wanted in (name, name.removesuffix("_of")):
            if wanted in self.names and self.names[wanted] not in GENERIC:
                return self.entries[self.names[wanted]]
        return self.entries["role"] if self._last(name) == "role" else None

    def is_attribute(self, name: str) -> bool:
        """Whether a relation's last word says that its object is no person: ``official language of``."""
        last = self._last(name)
        return last is not None and not any(q.startswith("Who ") for q in self.entries[last].questions)

    def _last(self, name: str) -> str | None:
        """The entry of a relation's last word."""
        return self.names.get(name.removesuffix("_of").rpartition("_")[2])


def load_relations(path: str | None = None) -> Relations:
    """Read a relations file, the shipped one for None.

    Raises:
        InputError: the file is missing, not YAML, or an entry cannot be used; the sentence names file and relation.
    """
    file = Path(path) if path else shipped("data", "facts", "relations.yaml")
    try:
        return _loaded(str(file), file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(f"relations file {file} does not exist") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"relations file {file} cannot be read: {one_line(error)}") from None


@lru_cache(maxsize=4)
def _loaded(file: str, content: str) -> Relations:
    try:
        tree = yaml.safe_load(content)
    except yaml.YAMLError as error:
        raise InputError(f"relations file {file} is not valid YAML: {' '.join(str(error).split())}") from None
    if (
        not isinstance(tree, dict)
        or not isinstance(tree.get("relations"), dict)
        or set(tree) - {"relations", "requests"}
    ):
        raise InputError(f"relations file {file} must hold 'requests:' and 'relations:', both with entries by name")
    try:
        entries = {str(name): _entry(str(name), row) for name, row in tree["relations"].items()}
        return Relations(entries, _requests(tree.get("requests")), _names(entries))
    except InputError as error:
        raise InputError(f"relations file {file}: {error}") from None


def _entry(name: str, row: Any) -> Relation:
    if not isinstance(row, dict):
        raise InputError(f"relation '{name}' is {row!r}; it must hold keys such as questions and answers")
    known = (*_LISTS, *_TEXTS)
    for key in row:
        if key not in known:
            raise InputError(
                f"relation '{name}' has the key '{key}'{nearest(str(key), known) or f'; there are {known}'}"
            )
    lists = {key: _list(name, key, row.get(key), least) for key, least in _LISTS.items()}
    texts = {key: row[key] for key in _TEXTS if key in row}
    if texts.get("kind") not in KINDS:
        raise InputError(f"relation '{name}' has the kind {texts.get('kind')!r}; there are {', '.join(KINDS)}")
    entry = Relation(name, **texts, **lists)
    _check(entry)
    return entry


def _list(name: str, key: str, value: Any, least: int) -> tuple[str, ...]:
    rows = [] if value is None and not least else value
    if not isinstance(rows, list) or not all(isinstance(row, str) and row.strip() for row in rows):
        raise InputError(f"relation '{name}' has {key} that are not a list of texts")
    if len(rows) < least:
        raise InputError(f"relation '{name}' has {len(rows)} {key}; {least} are the least")
    for at, row in enumerate(rows):
        if any(same_form(row, other) for other in rows[:at]):
            raise InputError(f"relation '{name}' has '{row}' twice under {key}")
    return tuple(rows)


def _check(entry: Relation) -> None:
    for template in (*entry.questions, *entry.answers, *entry.statements):
        _check_template(f"relation '{entry.name}'", template)
        found = SLOT.findall(template)
        objects = sum(name in OBJECTS for name in found)
        if not any(name in SUBJECTS for name in found):
            raise InputError(f"relation '{entry.name}' has '{template}' without a subject, such as {{s}}")
        if template in entry.questions and objects:
            raise InputError(f"relation '{entry.name}' has the question '{template}', which gives the object away")
        if template.startswith("{") and found[0] in OBJECTS:
            raise InputError(f"relation '{entry.name}' has '{template}', which begins with the object; begin otherwise")
        if template not in entry.questions and objects != 1:
            raise InputError(
                f"relation '{entry.name}' has '{template}' with {objects} objects; it needs one, such as {{o}}"
            )


def _check_template(where: str, template: str) -> None:
    for name in SLOT.findall(template):
        if name not in (*SUBJECTS, *OBJECTS, *_WORDS) and not re.fullmatch(r"[a-z]+/[a-z]+", name):
            raise InputError(
                f"{where} has '{template}' with the unknown {{{name}}}{nearest(name, (*SUBJECTS, *OBJECTS))}"
            )


def _requests(rows: Any) -> dict[str, str]:
    needed = ("tell", "speaker", *KINDS)
    if not isinstance(rows, dict) or set(rows) != set(needed):
        raise InputError(f"'requests:' must hold {', '.join(needed)}")
    for name, template in rows.items():
        if not isinstance(template, str) or not any(each in SUBJECTS for each in SLOT.findall(template)):
            raise InputError(
                f"the request '{name}' is {template!r}; it must be a text with a subject, such as {{s_obj}}"
            )
        _check_template(f"the request '{name}'", template)
    return rows


def _names(entries: Mapping[str, Relation]) -> dict[str, str]:
    """Every name and other name of a relation, with the entry it leads to."""
    if missing := [name for name in GENERIC if name not in entries]:
        raise InputError(f"relation '{missing[0]}' is missing; it takes what has no entry of its own")
    names = {name: name for name in entries}
    for entry in entries.values():
        for other in entry.also:
            if other in names:
                raise InputError(
                    f"relation '{entry.name}' has the other name '{other}', which is '{names[other]}' already"
                )
            names[other] = entry.name
        for key in ("reverse", "dated"):
            target = getattr(entry, key)
            if target and target not in entries:
                raise InputError(
                    f"relation '{entry.name}' has {key} '{target}', which is none{nearest(target, entries)}"
                )
    return names
