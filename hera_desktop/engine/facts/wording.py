"""The grammar of the forms of a fact: who speaks of whom, what stood before the object, and how a template is filled.

A template holds: ``{s}`` the subject, ``{s's}`` whose it is, ``{s_obj}`` the subject after a verb or preposition
(me); ``{o}`` the object, ``{a_o}`` and ``{the_o}`` with an article, ``{in_o}``, ``{on_o}``, ``{at_o}``, ``{for_o}``
with a preposition; ``{does/do}`` a verb for one and for I, you and many, and ``{is}``, ``{was}``; ``{r}`` the
relation's words; of a verb ``{did}`` (does, did or is), ``{v}`` after that, and ``{verb}`` as it was told.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from .names import ARTICLES, OWNERS
from .records import FactInfo

PREPOSITIONS = (
    *("in", "on", "at", "for", "near", "from", "by", "under", "behind", "outside", "inside", "with", "to", "into"),
    *("through", "around", "across", "beside"),
)
OBJECTS = ("o", "a_o", "the_o", "in_o", "on_o", "at_o", "for_o")
SUBJECTS = ("s", "s's", "s_obj")
SLOT = re.compile(r"\{([^{}]*)\}")
_JOINED = re.compile(r"(?<=\w)['’`](?=\w)")
_OPENER = re.compile(
    r"(?:(?:please\s+)?(?:remember|note|know|did you know|i want you to know|i should mention|let me tell you)"
    r"(?:\s+that\s+|:\s+)|(?:by the way|btw|fyi|actually|well|oh|also|hey|hi|hello|ok|okay|so|and|but|in fact"
    r"|for your information)\b[\s,:-]+)+",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<!\b[A-Z])(?<!\bDr)(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bSt)(?<!\bProf)[.!?]+(?=\s)|\n+")
_SPEAKERS = {"i": "i", "me": "i", "my": "i", "myself": "i", "mine": "i", "user": "i", "the user": "i"} | {
    "we": "we", "us": "we", "our": "we", "ours": "we", "ourselves": "we",
    "you": "you", "your": "you", "yours": "you", "yourself": "you",
}  # fmt: skip


@dataclass(frozen=True)
class Voice:
    """How a subject is spoken of in a question or in an answer; ``person``: one (she), i, or many (you, we, they)."""

    subject: str
    possessive: str
    objective: str
    person: str = "one"

    def verb(self, one: str, many: str) -> str:
        return one if self.person == "one" else many

    @property
    def be(self) -> Mapping[str, str]:
        return {
            "is": {"one": "is", "i": "am", "many": "are"}[self.person],
            "was": "were" if self.person == "many" else "was",
        }


_I, _WE = Voice("I", "my", "me", "i"), Voice("we", "our", "us", "many")
_YOU = Voice("you", "your", "you", "many")
_TURNED = {"i": (_I, _YOU), "we": (_WE, _YOU), "you": (_YOU, _I)}
_TURNS = (
    *((r"\bI am\b|\bI['’]m\b", "you are"), (r"\bI was\b", "you were"), (r"\bI['’]ve\b", "you have")),
    *((r"\bI\b", "you"), (r"\b(?:we|me|us)\b", "you"), (r"\b(?:my|our)\b", "your"), (r"\b(?:mine|ours)\b", "yours")),
    (r"\bmyself\b", "yourself"),
)
_OWNERS_TURNED = {"my": "your", "our": "your", "your": "my"}


@dataclass(frozen=True)
class Told:
    """The told sentence without an opener; ``span`` of the object in it; ``article`` and ``preposition`` that stood
    right before the object, in lower case and empty where there was none; ``between``: subject to object, where the
    subject came first. ``exact``: the object does stand in the sentence."""

    sentence: str
    span: tuple[int, int]
    article: str
    preposition: str
    between: str
    subject: str
    exact: bool


def same_form(a: str, b: str) -> bool:
    """Whether two texts are equal but for case, blanks and punctuation."""
    return _plain(a) == _plain(b)


def _plain(text: str) -> str:
    kept = (
        letter if letter.isalnum() or unicodedata.category(letter)[0] == "M" else " "
        for letter in _JOINED.sub("", text)
    )
    return " ".join("".join(kept).casefold().split())


def article(text: str) -> str:
    """``a`` or ``an``, by the sound that ``text`` begins with; ``a`` for nothing."""
    word = text.strip(" \"'“”‘’(").split(" ")[0]
    if re.match(r"(8|11(?!\d)|18(?!\d)|11,|18,)", word):
        return "an"
    letters = re.match(r"[A-Z]+(?![a-z])", word)
    if letters and (len(letters.group()) > 1 or len(word) == 1 or word[1:2] in ".-"):
        return "an" if word[0] in "AEFHILMNORSX" else "a"
    lower = word.casefold()
    if re.match(r"hono|hour|heir|honest", lower):
        return "an"
    if re.match(r"uni(?![nm](?!i))|u[bcfkrst][aeiou]|ufo|eu|ewe|one(?!r)|once|ouija", lower):
        return "a"
    return "an" if re.match(r"[aeiouàáâäåæèéêëìíîïòóôöøùúûü]", lower) else "a"


def told(fact: FactInfo) -> Told:
    """What the message said and how: see ``Told``."""
    subject, found = _subject_span(fact), _object_span(fact)
    if found is None:
        whole = fact.text.strip()
        return Told(whole, (0, len(whole)), "", "", "", _with_article(fact, subject), False)
    (start, end), spans = found, [found, subject or found]
    lead, stop = _sentence(fact.text, min(spans)[0], max(last for _, last in spans))
    before = re.search(r"(?:\b(\w+)\s+)??(?:\b(an?|the)\s+)?$", fact.text[max(lead, start - 80) : start], re.IGNORECASE)
    preposition, stood = ((before.group(group) or "").lower() for group in (1, 2))
    between = fact.text[subject[1] : start].strip() if subject and subject[1] <= start else ""
    sentence = fact.text[lead:stop].rstrip()
    return Told(
        sentence[:1].upper() + sentence[1:],
        (start - lead, end - lead),
        stood,
        preposition if preposition in PREPOSITIONS else "",
        re.sub(r"(?:^|\s)(an?|the)$", "", between, flags=re.IGNORECASE),
        _with_article(fact, subject),
        True,
    )


def _sentence(text: str, begin: int, end: int) -> tuple[int, int]:
    """Where the sentence that holds ``begin`` to ``end`` begins, after an opener, and where it ends."""
    lead = max((found.end() for found in _SENTENCE_END.finditer(text, 0, begin)), default=0)
    lead += len(text[lead:begin]) - len(text[lead:begin].lstrip())
    opener = _OPENER.match(text, lead, begin)
    stop = _SENTENCE_END.search(text, end)
    return opener.end() if opener else lead, stop.end() if stop else len(text)


def voices(subject: str, plural: bool = False) -> tuple[Voice, Voice]:
    """How the user asks about a subject, and how the model answers: I is asked about and you is answered, ``my dog``
    is ``your dog``; other subjects are themselves in both."""
    subject = " ".join(subject.split())
    speaker = _SPEAKERS.get(subject.casefold())
    if speaker:
        return _TURNED[speaker]
    first, _, rest = subject.partition(" ")
    if rest and first.casefold() in (*ARTICLES, *OWNERS):
        first = first.casefold()
    asked = f"{first} {rest}".strip()
    answered = f"{_OWNERS_TURNED.get(first, first) if rest else first} {rest}".strip()
    person = "many" if plural else "one"
    return tuple(Voice(text, _possessive(text), text, person) for text in (asked, answered))


def turned(sentence: str, span: tuple[int, int]) -> tuple[str, tuple[int, int]]:
    """A told sentence as the model repeats it to its user: my is your, I am is you are; ``span`` moves along."""
    before, inner, after = sentence[: span[0]], sentence[slice(*span)], sentence[span[1] :]
    before, after = _turn(before), _turn(after)
    whole = before + inner + after
    return whole[:1].upper() + whole[1:], (len(before), len(before) + len(inner))


def fill(template: str, voice: Voice, values: Mapping[str, str]) -> str:
    """The template with everything but the object filled in; the first letter is a capital. ``values`` holds words by
    slot (r, v, did, verb)."""
    text = SLOT.sub(lambda found: _word(found.group(1), voice, values), template)
    return text[:1].upper() + text[1:]


def _word(name: str, voice: Voice, values: Mapping[str, str]) -> str:
    if "/" in name:
        return voice.verb(*name.split("/"))
    own = {"s": voice.subject, "s's": voice.possessive, "s_obj": voice.objective, **voice.be, **values}
    return own[name]


def with_object(
    template: str, voice: Voice, values: Mapping[str, str], fact_object: str, said: Told
) -> tuple[str, tuple[int, int]]:
    """An answer with the object in it, and the object's span."""
    name, lead, rest = _halves(template)
    lead = fill(lead, voice, values)
    lead += "".join(f"{word} " for word in (_preposition(name, said), _article(name, fact_object, said)) if word)
    lead = lead[:1].upper() + lead[1:]
    tail = SLOT.sub(lambda found: _word(found.group(1), voice, values), rest)
    if fact_object.endswith((".", "!", "?")):
        tail = tail.removeprefix(".")
    return lead + fact_object + tail, (len(lead), len(lead) + len(fact_object))


def cut(template: str, voice: Voice, values: Mapping[str, str], said: Told) -> str:
    """The answer up to where the object, or its article, would begin, without a space at the end."""
    name, lead, _ = _halves(template)
    return (fill(lead, voice, values) + _preposition(name, said)).rstrip()


def _halves(template: str) -> tuple[str, str, str]:
    """The name of the object's slot, what stands before it and what after it."""
    name = next(name for name in SLOT.findall(template) if name in OBJECTS)
    before, after = template.split("{" + name + "}", 1)
    return name, before, after


def is_plural(said: Told) -> bool:
    """Whether the told subject is many: ``my parents live``, ``the Velks are``."""
    verb = said.between.partition(" ")[0].casefold()
    if verb in ("are", "were", "have", "do"):
        return True
    many = re.search(r"[^\Wsiu]s$", said.subject) and said.subject.partition(" ")[0].casefold() in (*ARTICLES, *OWNERS)
    return bool(many and verb.isalpha() and not verb.endswith(("s", "ed")) and verb not in ("can", "will", "did"))


def _preposition(name: str, said: Told) -> str:
    default = name.removesuffix("_o")
    return (said.preposition or default) if default in PREPOSITIONS else ""


def _article(name: str, fact_object: str, said: Told) -> str:
    if said.article:
        return article(fact_object) if said.article != "the" else "the"
    if name == "a_o":
        return article(fact_object)
    return "the" if name == "the_o" and not said.exact else ""


def _possessive(text: str) -> str:
    plural = text.partition(" ")[0] in ("my", "your", "our", "the") and re.search(r"[^\Wsiu]s$", text)
    return f"{text}'" if plural else f"{text}'s"


def _with_article(fact: FactInfo, span: tuple[int, int] | None) -> str:
    """The subject, with the article that stood before it in the message."""
    if not span or not same_form(fact.text[slice(*span)], fact.subject):
        return fact.subject
    before = re.search(r"\b(an?|the)\s+$", fact.text[: span[0]], re.IGNORECASE)
    return f"{before.group(1).lower()} {fact.subject}" if before else fact.subject


def _turn(text: str) -> str:
    for pattern, other in _TURNS:
        text = re.sub(pattern, other, text, flags=0 if pattern == r"\bI\b" else re.IGNORECASE)
    return text


def _object_span(fact: FactInfo) -> tuple[int, int] | None:
    """Where the object stands in the message; None where it does not."""
    if fact.object_span and same_form(fact.text[slice(*fact.object_span)], fact.object):
        return fact.object_span
    spans = _spans(fact.text, fact.object)
    return spans[-1] if spans else None


def _subject_span(fact: FactInfo) -> tuple[int, int] | None:
    """Where the subject stands in the message, or what it was made of (the dog of "I have a dog": my dog)."""
    return fact.subject_span or next(iter(_spans(fact.text, fact.subject)), None)


def _spans(text: str, part: str) -> list[tuple[int, int]]:
    wanted = r"\s+".join(map(re.escape, part.split()))
    return [found.span() for found in re.finditer(rf"(?<!\w){wanted}(?!\w)", text, re.IGNORECASE)] if wanted else []
