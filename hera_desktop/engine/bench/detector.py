"""How well the detector tells questions from statements, and facts from chit-chat, on real data written by others.

The data stays outside the project. Rules were tuned on the even rows of each file; the figures are of the odd ones.
Questions are what the sources call so: TREC's questions, Switchboard's acts that begin with q, LoCoMo's sentences that
ended in a question mark (taken off before they are read). Statements are Switchboard's acts sd and sv, and LoCoMo's
other sentences. Facts are LoCoMo's turns that its authors cite for a personal fact; these labels are noisy.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ..errors import InputError
from ..facts.detector import FactDetector
from ..facts_config import DetectorSection

GOAL_F1 = 0.90
"""Of question against statement."""

DATA = Path(__file__).resolve().parents[3].parent / "shared" / "data"
QUESTIONS = DATA / "trec_questions" / "dev_5452.jsonl"
ACTS = DATA / "dialog_acts" / "dev_switchboard.jsonl"
LOCOMO = DATA / "locomo" / "dev_turn_fact_labels.jsonl"

Half = Literal["odd", "even"]
Labelled = Sequence[tuple[str, bool]]
_MARKED = re.compile(r"[^.!?\n]+(?:[.!?]+|$)")


@dataclass(frozen=True)
class DetectorFigures:
    """One row of the table. ``n`` texts, of which ``positive`` are questions (or facts); ``auc`` is the area under the
    ROC curve of the confidence, None where there is no confidence to order by. Undefined ratios are None."""

    label: str
    n: int
    positive: int
    precision: float | None
    recall: float | None
    f1: float | None
    auc: float | None = None
    goal: float | None = None


@dataclass(frozen=True)
class DetectorBench:
    """``questions``: question against statement, one record a set; ``facts``: fact against chit-chat."""

    questions: tuple[DetectorFigures, ...]
    facts: tuple[DetectorFigures, ...]

    def rows(self) -> Iterator[tuple[str, int, float | None, float | None, float | None, float | None]]:
        """Table rows: label, n, precision, recall, F1, AUC."""
        for record in (*self.questions, *self.facts):
            label = f"{record.label} ({record.positive} of {record.n})"
            yield label, record.n, record.precision, record.recall, record.f1, record.auc


def bench_detector(
    settings: DetectorSection,
    questions_file: Path = QUESTIONS,
    acts_file: Path = ACTS,
    locomo_file: Path = LOCOMO,
    half: Half = "odd",
) -> DetectorBench:
    """Measure the detector on one half of each file's rows.

    Raises:
        InputError: a file is missing or is not what it should be, or the settings' patterns cannot be used.
    """
    detector = FactDetector(settings)
    asked = [row["question"] for row in _half(questions_file, ("question",), half)]
    acts = [(row["act"], row["text"]) for row in _half(acts_file, ("act", "text"), half)]
    turns = [(row["text"], bool(row["states_personal_fact"])) for row in _half(locomo_file, _TURN, half)]
    stated = [text for act, text in acts if _is_statement(act)]
    mixed = _balanced(asked, stated)
    spoken = [(text, act.startswith("q")) for act, text in acts if act.startswith("q") or _is_statement(act)]
    sentences = [pair for text, _ in turns for pair in _sentences(text)]
    sets: list[tuple[str, Labelled]] = [
        ("TREC questions, Switchboard statements", mixed),
        ("the same without question marks", _without_marks(mixed)),
        ("the same without any mark, lower case", _bare(mixed)),
        ("Switchboard questions and statements", spoken),
        ("the same without question marks", _without_marks(spoken)),
        ("LoCoMo sentences without question marks", _without_marks(sentences)),
    ]
    return DetectorBench(
        tuple(_questions(detector, label, texts) for label, texts in sets),
        (_facts(detector, "LoCoMo turns: personal fact against chit-chat", turns),),
    )


_TURN = ("text", "states_personal_fact")


def _is_statement(act: str) -> bool:
    """SWBD-DAMSL: sd is a statement, sv an opinion; one that quotes somebody, (^q), is left out."""
    return act.startswith(("sd", "sv")) and "^q" not in act


def _half(path: Path, keys: tuple[str, ...], half: Half) -> list[dict[str, Any]]:
    """The file's rows number 0, 2, ... (even) or 1, 3, ... (odd)."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise InputError(
            f"{path} does not exist; the detector is measured on data that does not come with the program, "
            f"expected in {DATA}"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}") from None
    return [_row(path, number, line, keys) for number, line in enumerate(lines) if number % 2 == (half == "odd")]


def _row(path: Path, number: int, line: str, keys: tuple[str, ...]) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError:
        row = None
    if not isinstance(row, dict) or any(key not in row for key in keys):
        raise InputError(f"row {number + 1} of {path} must be a JSON object with {' and '.join(keys)}")
    return row


def _balanced(questions: Sequence[str], statements: Sequence[str]) -> Labelled:
    """As many of either, taken at even distances."""
    n = min(len(questions), len(statements))
    pairs = [(questions, True), (statements, False)]
    return [(texts[i * len(texts) // n], label) for texts, label in pairs for i in range(n)]


def _without_marks(texts: Labelled) -> Labelled:
    return [(text.replace("?", ".").strip(), label) for text, label in texts]


def _bare(texts: Labelled) -> Labelled:
    return [(re.sub(r"[^\w\s']+", " ", text).lower().strip(), label) for text, label in texts]


def _sentences(text: str) -> Labelled:
    found = (match[0].strip() for match in _MARKED.finditer(text))
    return [(sentence, sentence.endswith("?")) for sentence in found if any(letter.isalpha() for letter in sentence)]


def _questions(detector: FactDetector, label: str, texts: Labelled) -> DetectorFigures:
    answers = [(detector.detect(text).kind == "question", truth) for text, truth in texts]
    return DetectorFigures(label, len(texts), sum(t for _, t in texts), *precision_recall(answers), goal=GOAL_F1)


def _facts(detector: FactDetector, label: str, texts: Labelled) -> DetectorFigures:
    found = [(detector.detect(text), truth) for text, truth in texts]
    figures = precision_recall((info.is_fact, truth) for info, truth in found)
    area = auc([(info.confidence, truth) for info, truth in found])
    return DetectorFigures(label, len(texts), sum(t for _, t in texts), *figures, auc=area)


def precision_recall(answers: Iterable[tuple[bool, bool]]) -> tuple[float | None, float | None, float | None]:
    """Precision, recall and their harmonic mean F1 of (found, true) pairs; None where a ratio has nothing below it."""
    pairs = list(answers)
    right = sum(found and truth for found, truth in pairs)
    found, true = sum(found for found, _ in pairs), sum(truth for _, truth in pairs)
    return (
        right / found if found else None,
        right / true if true else None,
        2 * right / (found + true) if found + true else None,
    )


def auc(scores: Sequence[tuple[float, bool]]) -> float | None:
    """The area under the ROC curve of (score, true) pairs: the Mann-Whitney U of the true ones' ranks (equal scores
    share their mean rank), divided by the number of pairs. None where one kind is missing."""
    ordered = sorted(scores)
    true = sum(truth for _, truth in ordered)
    other = len(ordered) - true
    if not true or not other:
        return None
    ranks, start = 0.0, 0
    while start < len(ordered):
        end = start
        while end < len(ordered) and ordered[end][0] == ordered[start][0]:
            end += 1
        ranks += sum(truth for _, truth in ordered[start:end]) * (start + 1 + end) / 2
        start = end
    return (ranks - true * (true + 1) / 2) / (true * other)
