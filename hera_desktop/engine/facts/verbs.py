"""Verbs of told sentences: ``sold``, ``believes in``, ``am afraid of`` and how a question is made of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FORMS = """
    won:win bought:buy sold:sell grew:grow went:go ate:eat wrote:write sang:sing wore:wear kept:keep led:lead
    ran:run flew:fly rode:ride taught:teach made:make built:build got:get met:meet lost:lose left:leave drew:draw
    began:begin came:come gave:give took:take broke:break saw:see chose:choose drank:drink drove:drive fell:fall
    had:have knew:know hid:hide spoke:speak swam:swim told:tell thought:think became:become caught:catch
    fought:fight held:hold brought:bring paid:pay slept:sleep felt:feel died:die lied:lie tied:tie sent:send
    spent:spend stood:stand stole:steal sank:sink burnt:burn fled:flee
"""
_PAST = dict(pair.split(":") for pair in _FORMS.split())
_THIRD = {"has": "have", "does": "do", "dies": "die", "lies": "lie", "ties": "tie"}
_BE = ("is", "am", "are", "was", "were")
_HELPERS = ("can", "could", "will", "would", "should", "must", "may", "might")
_SHORT = {"'m": "am", "'s": "is", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would"}
_ADVERBS = re.compile(r"(?:(?:also|usually|always|now|currently|really|just|still|often|originally|first)\s+)+", re.I)
_SHORT_STEM = re.compile(r"(?:[^aeiou]|^)[aeiou][bcdfgklmnprstvz]$")
_E_STEM = re.compile(r"(?:(?<![eo])at|creat|iz|iv|ov|uc|ir|us|u|c|v|[bdfgkpt]l|[dr]g)$")
"""What is left of hiked, and of retired, without -ed: both need their e back."""


@dataclass(frozen=True)
class Phrase:
    """``told`` without adverbs and short forms: ``believes in``; ``helper`` and ``base`` of a question about it: does,
    believe in (helper is, was and the like stand for themselves)."""

    told: str
    helper: str
    base: str


def phrase(between: str, relation: str) -> Phrase | None:
    """What a sentence said between subject and object, where that is the relation's verb; None where it is not.

    ``relation`` is a relation's name, such as believes_in; afraid_of is said as ``is afraid of``.
    """
    told = _plain(between)
    words, wanted = told.lower().split(), relation.lower().split("_")
    if len(words) == len(wanted) + 1 and words[0] in _BE:
        words = words[1:]
    if not words or len(words) != len(wanted) or not all(map(_alike, words, wanted)):
        return None
    return of(told)


def of(told: str) -> Phrase:
    """The phrase of a told verb, such as ``'ve climbed``; ``told`` is not empty."""
    told = _plain(told)
    first, _, rest = told.partition(" ")
    if first in _BE or first in _HELPERS:
        return Phrase(told, first, rest)
    base, helper = _base(first.lower())
    return Phrase(told, helper, f"{base} {rest}".strip())


def _base(word: str) -> tuple[str, str]:
    """The infinitive of a verb, and does, did or do for what the verb was."""
    if word in _PAST:
        return _PAST[word], "did"
    if word in _THIRD:
        return _THIRD[word], "does"
    if word.endswith("ied"):
        return word[:-3] + "y", "did"
    if word.endswith("ed") and len(word) > 4 and not word.endswith("eed"):
        return _without_ed(word[:-2]), "did"
    if word.endswith("ies"):
        return word[:-3] + "y", "does"
    if re.search(r"(?:ss|sh|ch|x|zz|o)es$", word):
        return word[:-2], "does"
    if word.endswith("s") and not word.endswith("ss"):
        return word[:-1], "does"
    return word, "do"


def _without_ed(stem: str) -> str:
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "lsfz":
        return stem[:-1]
    short = len(re.findall(r"[aeiouy]+", stem)) == 1 and _SHORT_STEM.search(stem)
    return stem + "e" if short or _E_STEM.search(stem) else stem


def _plain(told: str) -> str:
    told = " ".join(told.replace("’", "'").split())
    for short, long in _SHORT.items():
        if re.match(re.escape(short) + r"\b", told):
            told = long + told[len(short) :]
    return _ADVERBS.sub("", told + " ", count=1).strip() if _ADVERBS.match(told + " ") else told


def _alike(word: str, other: str) -> bool:
    """Equal but for the ending of a verb: carry and carries."""
    return word + "s" == other or word == other + "s" or _base(word)[0] == _base(other)[0]


def third(told: Phrase) -> Phrase:
    """The same said of one other: I sell is she sells, they were is she was."""
    first, _, rest = told.told.partition(" ")
    if told.helper == "do":
        ending = "es" if re.search(r"(?:ss|sh|ch|x|zz|o)$", first) else "s"
        first = {"have": "has"}.get(first) or (
            first[:-1] + "ies" if re.search(r"[^aeiou]y$", first) else first + ending
        )
        return Phrase(f"{first} {rest}".strip(), "does", told.base)
    helper = {"am": "is", "are": "is", "were": "was"}.get(told.helper, told.helper)
    return Phrase(f"{helper} {rest}".strip() if first == told.helper else told.told, helper, told.base)


def many(told: Phrase) -> Phrase:
    """The same said to a user of himself: I am is you are."""
    first, _, rest = told.told.partition(" ")
    helper = {"am": "are", "is": "are", "was": "were"}.get(told.helper, told.helper)
    return Phrase(f"{helper} {rest}".strip() if first == told.helper else told.told, helper, told.base)
