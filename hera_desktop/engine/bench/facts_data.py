"""What the bench of the facts tells and asks, when an answer is right, and the records of what it finds.

The chat hears a fact's statement and nothing else of the file: neither its relation nor its questions.
"""

from __future__ import annotations

import json
import math
import random
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import InputError
from ..facts.answers import holds

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
"""Data that lie beside a checkout, not in it."""
FACTS_FILE = SHARED / "facts_dev" / "facts_dev.json"
UNRELATED_FILE = SHARED / "lm_bench" / "dev_nq_open_500.jsonl"

UNRELATED = 50
OTHERS = 40
NEEDED = 0.75
"""Share of a fact's questions that must be answered right for it to be known."""

ONSETS = ("b", "br", "ch", "d", "dr", "f", "fl", "g", "gr", "h", "j", "k", "l", "m", "n", "p", "r", "s", "sk", "t", "v")
VOWELS = ("a", "e", "i", "o", "u", "ai", "ea", "io", "oa", "ou")
CODAS = ("", "l", "m", "n", "r", "s", "t", "x", "nd", "lk", "rn", "sp", "th")


@dataclass(frozen=True)
class TaughtFact:
    """A fact of the file; ``object`` is what a right answer contains."""

    fact_id: str
    subject: str
    object: str
    statement: str
    questions: tuple[str, ...]


@dataclass(frozen=True)
class Material:
    """``unrelated``: questions whose answers must stay; ``others``: the facts' own about subjects never taught."""

    facts: tuple[TaughtFact, ...]
    unrelated: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True)
class AskedQuestion:
    """A fact's question; ``trained``: its form was one of the lesson's. ``end`` is None until all facts are told."""

    question: str
    trained: bool
    after: str
    right_after: bool
    end: str | None = None
    right_end: bool | None = None


@dataclass(frozen=True)
class ToldFact:
    """A fact as it was told: how often, what became of each lesson, the seconds of all lessons with their checks."""

    fact: TaughtFact
    tellings: int
    outcomes: tuple[str, ...]
    seconds: float
    asked: tuple[AskedQuestion, ...]

    @property
    def known_after(self) -> bool:
        return known([asked.right_after for asked in self.asked])

    @property
    def known_end(self) -> bool | None:
        return None if self.asked[0].end is None else known([bool(asked.right_end) for asked in self.asked])


@dataclass(frozen=True)
class UnrelatedAnswer:
    """The beginning of an answer before anything was told and at the end; ``same``: token by token."""

    question: str
    before: str
    after: str
    same: bool


@dataclass(frozen=True)
class OtherAnswer:
    """An answer about a subject never taught; ``taught``: the taught object it holds, before anything was told and at
    the end."""

    question: str
    before: str
    after: str
    taught_before: str | None
    taught: str | None


@dataclass(frozen=True)
class EndMeasures:
    """After the last fact, against the base: on the probes (JS in bits), and on the questions about other things."""

    ppl_ratio: float
    js_divergence: float
    unrelated: tuple[UnrelatedAnswer, ...]
    others: tuple[OtherAnswer, ...]


@dataclass(frozen=True)
class VariantResult:
    """One variant so far: ``planned`` facts were to be told; ``end`` is None where it was not finished. ``settings``:
    the dotted keys that differ from the defaults, and their values."""

    name: str
    planned: int
    settings: Mapping[str, Any]
    facts: tuple[ToldFact, ...] = ()
    end: EndMeasures | None = None


# --- judging ----------------------------------------------------------------------------------------------------------


def known(right: Sequence[bool]) -> bool:
    """Three of four, and the like share of any other number."""
    return sum(right) >= math.ceil(NEEDED * len(right))


def taught_object(question: str, answer: str, objects: Sequence[str]) -> str | None:
    """The first taught object in an answer; one that stands in the question itself was not given away."""
    return next((o for o in objects if holds(answer, o) and not holds(question, o)), None)


# --- reading the files ------------------------------------------------------------------------------------------------


def load_material(
    facts_file: str | Path | None = None, unrelated_file: str | Path | None = None, limit: int | None = None
) -> Material:
    """The first ``limit`` facts, the questions drawn with seed 0, and questions about invented subjects.

    Raises:
        InputError: a file is missing, cannot be read, or does not hold what it should.
    """
    facts = load_facts(facts_file or FACTS_FILE)
    unrelated = draw_questions(unrelated_file or UNRELATED_FILE)
    told = facts[:limit]
    return Material(told, unrelated, other_subjects(told, taken=names_of(facts)))


def load_facts(path: str | Path) -> tuple[TaughtFact, ...]:
    """The facts of a JSON list of objects with id, subject, object, statement and questions; other keys are ignored.

    Raises:
        InputError: the file is missing, is not such a list, is empty, or names an id twice.
    """
    path = Path(path)
    rows = _json(path, _text(path, "facts file"), "facts file")
    if not isinstance(rows, list) or not rows:
        raise InputError(f"facts file {path} must hold a list of facts, at least one")
    facts = tuple(_fact(path, number, row) for number, row in enumerate(rows, 1))
    if len({fact.fact_id for fact in facts}) < len(facts):
        raise InputError(f"facts file {path} names an 'id' twice")
    return facts


def _fact(path: Path, number: int, row: Any) -> TaughtFact:
    keys = ("id", "subject", "object", "statement")
    if not isinstance(row, dict):
        raise InputError(f"facts file {path}, fact {number}, is not an object with {', '.join(keys)} and questions")
    for key in keys:
        if not _is_text(row.get(key)):
            raise InputError(f"facts file {path}, fact {number}: '{key}' is {row.get(key)!r}, and must be a text")
    questions = row.get("questions")
    if not isinstance(questions, list) or not questions or not all(map(_is_text, questions)):
        raise InputError(f"facts file {path}, fact {number}: 'questions' must be a list of texts, at least one")
    return TaughtFact(*(row[key] for key in keys), tuple(questions))


def draw_questions(path: str | Path, count: int = UNRELATED) -> tuple[str, ...]:
    """``count`` questions of a file of JSON lines with the key ``question``, drawn with seed 0.

    Raises:
        InputError: the file is missing, malformed or too short.
    """
    path = Path(path)
    found = list(_questions(path, _text(path, "question file")))
    if len(found) < count:
        raise InputError(f"question file {path} holds {len(found)} questions; {count} are drawn from it")
    return tuple(random.Random(0).sample(found, count))


def _questions(path: Path, text: str) -> Iterator[str]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        row = _json(path, line, f"row {number} of question file")
        if not isinstance(row, dict) or not _is_text(row.get("question")):
            raise InputError(f"question file {path} has no text under 'question' in row {number}")
        yield row["question"]


def _text(path: Path, what: str) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputError(f"{what} {path} does not exist") from None
    except OSError as error:
        raise InputError(f"{what} {path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{what} {path} is not UTF-8 text (byte {error.start})") from None


def _json(path: Path, text: str, what: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise InputError(f"{what} {path} is not valid JSON") from None


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


# --- subjects that are never taught -----------------------------------------------------------------------------------


def other_subjects(
    facts: Sequence[TaughtFact], count: int = OTHERS, seed: int = 0, taken: Collection[str] = ()
) -> tuple[str, ...]:
    """``count`` of the facts' own questions, each about an invented subject of as many words; the same for the same
    seed. No invented word is among ``taken``, the facts' own words or those drawn before. Facts whose questions do not
    name their subject are passed over; where all are, there are none."""
    generator = random.Random(seed)
    words = {*taken, *names_of(facts)}
    usable = [(f.subject, kept) for f in facts if (kept := [q for q in f.questions if holds(q, f.subject)])]
    found = []
    for number in range(count if usable else 0):
        subject, questions = usable[number % len(usable)]
        name = " ".join(_invented(generator, words) for _ in subject.split())
        found.append(_replaced(generator.choice(questions), subject, name))
    return tuple(found)


def names_of(facts: Sequence[TaughtFact]) -> frozenset[str]:
    """Every word of the facts' subjects and objects, casefolded."""
    texts = (text for fact in facts for text in (fact.subject, fact.object))
    return frozenset(word for text in texts for word in re.findall(r"\w+", text.casefold()))


def _invented(generator: random.Random, taken: set[str]) -> str:
    """A pronounceable capitalised word that is not in ``taken``, to which it is added."""
    while True:
        syllables = [generator.choice(ONSETS) + generator.choice(VOWELS) for _ in range(generator.choice((1, 2, 2)))]
        word = "".join(syllables) + generator.choice(ONSETS) + generator.choice(VOWELS) + generator.choice(CODAS)
        if word not in taken:
            taken.add(word)
            return word.capitalize()


def _replaced(question: str, subject: str, name: str) -> str:
    words = r"\s+".join(re.escape(word) for word in subject.split())
    return re.sub(rf"(?<!\w){words}(?!\w)", name, question, flags=re.IGNORECASE)
