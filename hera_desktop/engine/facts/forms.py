"""The forms of a fact: questions with their answers that a lesson trains on, questions that check whether it took, and
the same questions about other subjects, on which the model is held to its base.

A model that is trained on a told sentence alone repeats it and answers no question about it (the reversal curse), and
one that is trained on questions alone answers them with the same object for every subject.
"""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, zip_longest

from ..errors import InputError
from . import verbs
from .names import NameMaker, is_pronoun
from .records import FactInfo
from .relations import Relation, Relations, load_relations
from .wording import Told, Voice, article, cut, fill, is_plural, same_form, told, turned, voices, with_object

__all__ = ["Form", "FormBook", "Prefix", "article", "same_form"]

TRAINED_QUESTIONS = 3
REVERSED_QUESTIONS = 2
REAL_EVERY = 3
"""Every third neighbour is a real subject, the others are invented."""

_PLACE_WORDS = ("at", "to", "from", "near", "into", "through")
_TIME = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midday|midnight|dawn|dusk|sunrise|sunset"
    r"|\w{2,6}day|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|spring|summer|autumn|winter)\b",
    re.IGNORECASE,
)
_OPEN = ("R", "R_of", "verb")
"""Entries whose object may be a person or a thing: both are asked for, unless the object is clearly no name."""


@dataclass(frozen=True)
class Form:
    """A question and its answer; ``object_span`` is what was asked for in the answer: the fact's object, or its subject
    where the question was turned round (``What did Ann found?``, ``Who founded Lark?``)."""

    question: str
    answer: str
    object_span: tuple[int, int]


@dataclass(frozen=True)
class Prefix:
    """A question about another subject, and its answer up to right before the object, without a blank at the end: what
    comes next must stay the base's."""

    question: str
    answer: str


@dataclass(frozen=True)
class _Reading:
    """A fact as one relation sees it: the entry, the words for its slots, the voices and what was told."""

    fact: FactInfo
    entry: Relation
    said: Told
    asked: Voice
    answered: Voice
    words: dict[str, str]
    phrase: verbs.Phrase | None

    def values(self, of_one: bool = False, answer: bool = False) -> dict[str, str]:
        """Words by slot; ``of_one``: for another subject than the fact's."""
        spoken = self.phrase
        if spoken and of_one:
            spoken = verbs.third(spoken)
        elif spoken and answer and self.answered.person == "many":
            spoken = verbs.many(spoken)
        if not spoken:
            return {**self.words, "did": "does", "v": self.words["r"], "verb": self.words["r"]}
        return {**self.words, "did": spoken.helper, "v": spoken.base, "verb": spoken.told}

    @property
    def questions(self) -> tuple[tuple[str, str], ...]:
        """Question templates, each with its answer's, the first to be trained first."""
        answers = self._speakable(self.entry.answers)
        questions = self._speakable(self.entry.questions)
        pairs = [(question, answers[at % len(answers)]) for at, question in enumerate(questions)]
        if self.entry.name in _OPEN and not self.fact.object[:1].isupper():
            pairs = [(question, answer) for question, answer in pairs if not re.search(r"\bwho\b", question, re.I)]
        return tuple(pairs)

    @property
    def statement(self) -> str:
        return self._speakable(self.entry.statements)[0]

    def _speakable(self, templates: tuple[str, ...]) -> tuple[str, ...]:
        """Those that nobody would say of himself (the job of me) are left out, unless there are no others."""
        plain = tuple(template for template in templates if "of {s_obj}" not in template)
        return plain if plain and is_pronoun(self.asked.subject) else templates


class FormBook:
    """Makes the forms of facts from a relations file."""

    def __init__(self, relations: Relations) -> None:
        self._relations = relations

    @classmethod
    def load(cls, path: str | None = None) -> FormBook:
        """The book of a relations file, of the shipped one for None.

        Raises:
            InputError: the file is missing, not YAML, or one of its relations cannot be used.
        """
        return cls(load_relations(path))

    def trained(self, fact: FactInfo, paraphrases: bool = True, skip: Collection[str] = ()) -> tuple[Form, ...]:
        """What a lesson trains on, the most natural first: questions (a few of them turned round, where the relation
        has a reverse), the told sentence, and the fact in other words.

        A question in ``skip`` is left out, and the relation's next one is taken for it. Without ``paraphrases`` the
        told sentence is the only form.

        Raises:
            InputError: the fact has no subject or no object.
        """
        reading = self._read(fact)
        if not paraphrases:
            return (self._told(reading),)
        found = self._questions(reading, skip)[:TRAINED_QUESTIONS]
        turned_round = self._reverse(reading)
        more = self._questions(turned_round, skip)[:REVERSED_QUESTIONS] if turned_round else []
        mixed = [form for form in chain.from_iterable(zip_longest(found, more)) if form]
        last = [self._told(reading), self._described(reading)]
        return _distinct([*mixed, *(form for form in last if not _among(form.question, skip))])

    def recall(
        self, fact: FactInfo, count: int, paraphrases: bool = True, skip: Collection[str] = ()
    ) -> tuple[tuple[str, bool], ...]:
        """At most ``count`` questions to ask for a check, and whether ``trained`` (called with the same ``paraphrases``
        and ``skip``) has that form: untrained and trained by turns, an untrained one first.

        Raises:
            InputError: the fact has no subject or no object.
        """
        reading = self._read(fact)
        trained = [form.question for form in self.trained(fact, paraphrases, skip)]
        asked = [(form.question, _among(form.question, trained)) for form in self._questions(reading, ())]
        new, known = ([pair for pair in asked if pair[1] is which] for which in (False, True))
        return tuple(pair for pair in chain.from_iterable(zip_longest(new, known)) if pair)[:count]

    def neighbours(self, fact: FactInfo, count: int, seed: int) -> tuple[Prefix, ...]:
        """``count`` of the fact's questions about other subjects: invented ones of the same look, and every third a
        real one. Never about the fact's own subject; the same for the same ``seed``.

        Raises:
            InputError: the fact has no subject or no object.
        """
        made = self._neighbours(self._read(fact), f"{seed}:{fact.relation}:{fact.subject}")
        return tuple(next(made) for _ in range(count))

    def _neighbours(self, reading: _Reading, seed: str) -> Iterator[Prefix]:
        rng, names = random.Random(seed), NameMaker(seed)
        templates = [(reading, *pair) for pair in (*reading.questions, self._description(reading))]
        if turned_round := self._reverse(reading):
            templates += [(turned_round, *pair) for pair in turned_round.questions]
        rng.shuffle(templates)
        at = 0
        while True:
            of, question, answer = templates[at % len(templates)]
            real = [name for name in of.entry.real if not same_form(name, of.fact.subject)]
            invented = not real or at % REAL_EVERY != REAL_EVERY - 1
            other = names.like(of.said.subject) if invented else rng.choice(real)
            at += 1
            if same_form(other, of.fact.subject):
                continue
            many = invented and of.asked.person == "many" and not is_pronoun(of.asked.subject)
            voice = voices(other, many)[0]
            values = of.values(of_one=not many)
            yield Prefix(fill(question, voice, values), cut(answer, voice, values, of.said))

    def _questions(self, reading: _Reading, skip: Collection[str]) -> list[Form]:
        """The relation's questions but those in ``skip``."""
        forms = [self._form(reading, question, answer) for question, answer in reading.questions]
        return [form for form in _distinct(forms) if not _among(form.question, skip)]

    def _form(self, reading: _Reading, question: str, answer: str) -> Form:
        asked = fill(question, reading.asked, reading.values())
        values = reading.values(answer=True)
        return Form(asked, *with_object(answer, reading.answered, values, reading.fact.object, reading.said))

    def _told(self, reading: _Reading) -> Form:
        """The told sentence, as the answer to a request to tell something about the subject."""
        request = "speaker" if is_pronoun(reading.fact.subject) else "tell"
        question = fill(self._relations.requests[request], reading.asked, reading.words)
        return Form(question, *turned(reading.said.sentence, reading.said.span))

    def _described(self, reading: _Reading) -> Form:
        return self._form(reading, *self._description(reading))

    def _description(self, reading: _Reading) -> tuple[str, str]:
        """Who or what the subject is, and the fact in other words."""
        kind = "thing" if is_pronoun(reading.fact.subject) else reading.entry.kind
        return self._relations.requests[kind], reading.statement

    # --- what kind of fact it is ------------------------------------------------------------------------------------

    def _read(self, fact: FactInfo) -> _Reading:
        if not fact.subject.strip() or not fact.object.strip():
            raise InputError(f"'{fact.text[:80]}' has no subject and object that questions could be made of")
        said = told(fact)
        name = re.sub(r"\W+", "_", fact.relation.casefold()).strip("_")
        spoken = verbs.phrase(said.between, name)
        entry = self._entry(name, fact, spoken, said.preposition)
        if not spoken and entry.name == "about" and said.between:
            spoken = verbs.of(said.between)
        return _reading(fact, entry, said, name, spoken)

    def _entry(self, name: str, fact: FactInfo, spoken: verbs.Phrase | None, preposition: str) -> Relation:
        entries = self._relations.entries
        found = self._relations.named(name)
        if found:
            return entries[found.dated] if found.dated and re.search(r"\d", fact.object) else found
        if re.match(r"favou?rite_.", name):
            return entries["favorite"]
        if spoken:
            return entries[_verb_entry(spoken, fact.object)]
        if name.endswith("_by"):
            return entries["by"]
        if self._relations.is_attribute(name):
            return entries["attribute"]
        if name.endswith("_of") and not is_pronoun(fact.subject):
            return entries["R_of"]
        dated = entries["R"].dated
        return entries[dated if dated and preposition in ("on", "in", "at") and _TIME.search(fact.object) else "R"]

    def _reverse(self, reading: _Reading) -> _Reading | None:
        """The fact from its object's side; None where the relation has no reverse."""
        if not reading.entry.reverse:
            return None
        entry, fact = self._relations.entries[reading.entry.reverse], reading.fact
        swapped = replace(
            fact, subject=fact.object, object=fact.subject, subject_span=fact.object_span, object_span=fact.subject_span
        )
        stood = f"{reading.said.article} {fact.object}".strip()
        said = replace(reading.said, article="", preposition="", between="", subject=stood)
        turned_round = _reading(replace(swapped, object=reading.answered.subject), entry, said, "", None)
        return replace(turned_round, words=reading.words)


def _reading(fact: FactInfo, entry: Relation, said: Told, name: str, spoken: verbs.Phrase | None) -> _Reading:
    words = _as_told(name, fact.text)
    short = re.sub(r" (?:of|by)$", "", words)
    if spoken and entry.name in ("verb_when", "verb_where"):
        spoken = _without_place(spoken)
    named = {"r": short or "relation", "thing": re.sub(r"^favou?rite ", "", words)}
    asked, answered = voices(said.subject, is_plural(said))
    return _Reading(fact, entry, said, asked, answered, named, spoken)


def _as_told(relation: str, text: str) -> str:
    """A relation's name in words, those in capitals that stand in capitals in the text: ``CEO of``."""
    initials = set(re.findall(r"\b[A-Z]{2,4}\b", text))
    return " ".join(word.upper() if word.upper() in initials else word for word in relation.split("_"))


def _verb_entry(spoken: verbs.Phrase, of: str) -> str:
    """Which verb entry: When, Where or What did they?"""
    last = spoken.told.rpartition(" ")[2]
    if _TIME.search(of) and last in ("in", "on", "at"):
        return "verb_when"
    return "verb_where" if last in _PLACE_WORDS or (last in ("in", "on") and of[:1].isupper()) else "verb"


def _without_place(spoken: verbs.Phrase) -> verbs.Phrase:
    """Without its last preposition, which the answer has before its object: ``moved`` of ``moved to``."""
    told_words, _, place = spoken.told.rpartition(" ")
    base = spoken.base if place in ("from", "into", "through") else spoken.base.rpartition(" ")[0]
    return verbs.Phrase(told_words, spoken.helper, base)


def _among(question: str, questions: Collection[str]) -> bool:
    return any(same_form(question, other) for other in questions)


def _distinct(forms: Sequence[Form]) -> tuple[Form, ...]:
    """The forms without those whose question stands before."""
    return tuple(form for at, form in enumerate(forms) if not _among(form.question, [f.question for f in forms[:at]]))
