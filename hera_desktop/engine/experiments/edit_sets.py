"""Sets of edits: facts to be rewritten, with the prompts that tell what a rewriting did.

A file is a JSON list. Each row is recognised by its keys:

- CounterFact (Meng et al. 2022, arXiv:2202.05262): ``requested_rewrite``, ``paraphrase_prompts``,
  ``neighborhood_prompts``
- CounterFact, flat (EasyEdit): ``target_new``, ``prompt``, ``subject``, ``ground_truth``, ``rephrase_prompt``,
  ``locality_prompt``, ``locality_ground_truth``
- zsRE (Levy et al. 2017, in MEND's form): ``src``, ``subject``, ``rephrase``, ``alt``, ``answers``, ``loc``,
  ``loc_ans``

Each may have a list ``portability`` of objects with ``prompt`` and ``ground_truth``; other keys are ignored.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from reprlib import Repr
from typing import Any, Literal

from ..bench.facts_data import SHARED
from ..errors import InputError

EDITS_FILE = SHARED / "counterfact" / "dev_rebuilt_full_400.json"

NATURAL_QUESTION = "nq question: "
"""Stands before zsRE's questions about other things, and is no part of them."""

Kind = Literal["counterfact", "zsre"]


@dataclass(frozen=True)
class EditRecord:
    """One rewriting: ``prompt``, which names ``subject``, is to go on with ``target`` and no longer with ``old``.

    ``paraphrases`` ask the same; ``neighbours`` are prompts that must go on with ``old_of_neighbours``: those of
    CounterFact are about other subjects with the same old object, those of zsRE about other things. ``portability``:
    prompts that follow from the new fact, each with its answer. No text has blanks at its ends.
    """

    record_id: str
    prompt: str
    subject: str
    target: str
    old: str
    paraphrases: tuple[str, ...]
    neighbours: tuple[str, ...]
    old_of_neighbours: str
    portability: tuple[tuple[str, str], ...] = ()
    kind: Kind = "counterfact"


def continuing(target: str) -> str:
    """A target as it goes on after a prompt: with the one blank that tokenisers of GPT-2's family read as a part of
    the word."""
    return f" {target.strip()}"


def load_edits(path: str | Path | None = None, limit: int | None = None) -> tuple[EditRecord, ...]:
    """The first ``limit`` records of a file, by default the shared CounterFact file. A record without ``case_id`` is
    named by its row.

    Raises:
        InputError: the file is missing, is no JSON list of such rows, is empty or names an id twice; or the limit is
            below 1.
    """
    if limit is not None and limit < 1:
        raise InputError(f"a limit of {limit} records leaves nothing; it must be at least 1")
    path = Path(path or EDITS_FILE)
    records = tuple(_record(path, number, row) for number, row in enumerate(_rows(path), 1))
    ids: set[str] = set()
    for number, record in enumerate(records, 1):
        if record.record_id in ids:
            raise InputError(f"edit file {path}, row {number}: 'case_id' is {record.record_id}, as in an earlier row")
        ids.add(record.record_id)
    return records[:limit]


def _rows(path: Path) -> list[Any]:
    try:
        rows = json.loads(path.read_bytes())
    except OSError as error:
        raise InputError(f"edit file {path} cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError):
        raise InputError(f"edit file {path} is not valid JSON in UTF-8") from None
    if not isinstance(rows, list) or not rows:
        raise InputError(f"edit file {path} must hold a list of edits, at least one")
    return rows


def _record(path: Path, number: int, values: Any) -> EditRecord:
    row = _Row(f"edit file {path}, row {number}", values)
    reader = next((read for key, read in FORMATS.items() if key in row.values), None)
    if reader is None:
        known = ", ".join(f"'{key}'" for key in FORMATS)
        raise InputError(f"{row.where}: it has none of the keys by which its format is known: {known}")
    return reader(row, str(row.number_or_text("case_id", number)))


# --- one row ----------------------------------------------------------------------------------------------------------


class _Row:
    """An object of the file, whose values are asked for by key; ``where`` names file and row.

    Raises InputError for a value that is missing or of another type.
    """

    def __init__(self, where: str, values: Any, within: str = "") -> None:
        if not isinstance(values, dict):
            raise InputError(f"{where}: {within or 'it'} is {_short(values)}, and must be an object")
        self.where, self.values, self._within = where, values, within

    def text(self, key: str) -> str:
        value = self.values.get(key)
        self.check(key, _is_text(value), "a text")
        return value.strip()

    def texts(self, key: str, least: int = 0) -> tuple[str, ...]:
        value = self.values.get(key)
        right = isinstance(value, list) and len(value) >= least and all(map(_is_text, value))
        self.check(key, right, "a list of texts" + (f", at least {least}" if least else ""))
        return tuple(text.strip() for text in value)

    def number_or_text(self, key: str, otherwise: int) -> int | str:
        value = self.values.get(key, otherwise)
        self.check(key, _is_text(value) or type(value) is int, "a number or a text")
        return value

    def inside(self, key: str) -> _Row:
        return _Row(self.where, self.values.get(key), self.name(key))

    def pairs(self, key: str, first: str, second: str) -> tuple[tuple[str, str], ...]:
        """Two texts of each object in a list; nothing where there is no list."""
        value = self.values.get(key, [])
        self.check(key, isinstance(value, list), "a list of objects")
        rows = [_Row(self.where, one, f"{self.name(key)}[{number}]") for number, one in enumerate(value)]
        return tuple((row.text(first), row.text(second)) for row in rows)

    def check(self, key: str, right: bool, allowed: str) -> None:
        if not right:
            raise InputError(f"{self.where}: {self.name(key)} is {_short(self.values.get(key))}, and must be {allowed}")

    def name(self, key: str) -> str:
        return f"{self._within}.'{key}'" if self._within else f"'{key}'"


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _short(value: Any) -> str:
    shortened = Repr()
    shortened.maxstring = shortened.maxother = 60
    return shortened.repr(value)


# --- the formats ------------------------------------------------------------------------------------------------------


def _counterfact(row: _Row, record_id: str) -> EditRecord:
    rewrite = row.inside("requested_rewrite")
    template, subject = rewrite.text("prompt"), rewrite.text("subject")
    rewrite.check("prompt", template.count("{}") == 1, "a text with one {} for the subject")
    old = rewrite.inside("target_true").text("str")
    return EditRecord(
        record_id,
        template.replace("{}", subject),
        subject,
        rewrite.inside("target_new").text("str"),
        old,
        row.texts("paraphrase_prompts"),
        row.texts("neighborhood_prompts"),
        old,
        _portability(row),
    )


def _flat(row: _Row, record_id: str) -> EditRecord:
    return EditRecord(
        record_id,
        _naming_subject(row, "prompt"),
        row.text("subject"),
        row.text("target_new"),
        row.text("ground_truth"),
        (row.text("rephrase_prompt"),),
        (row.text("locality_prompt"),),
        row.text("locality_ground_truth"),
        _portability(row),
    )


def _zsre(row: _Row, record_id: str) -> EditRecord:
    return EditRecord(
        record_id,
        _naming_subject(row, "src"),
        row.text("subject"),
        row.text("alt"),
        row.texts("answers", least=1)[0],
        (row.text("rephrase"),),
        (row.text("loc").removeprefix(NATURAL_QUESTION),),
        row.text("loc_ans"),
        _portability(row),
        "zsre",
    )


def _naming_subject(row: _Row, key: str) -> str:
    prompt, subject = row.text(key), row.text("subject")
    row.check(key, subject in prompt, f"a text that names the subject {_short(subject)}")
    return prompt


def _portability(row: _Row) -> tuple[tuple[str, str], ...]:
    return row.pairs("portability", "prompt", "ground_truth")


FORMATS: dict[str, Callable[[_Row, str], EditRecord]] = {
    "requested_rewrite": _counterfact,
    "target_new": _flat,
    "src": _zsre,
}
"""The key that a format is recognised by, and what reads its rows."""
