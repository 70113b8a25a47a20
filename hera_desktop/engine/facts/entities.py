"""Entities of a text: names, numbers, dates and quoted strings, by rules or by spaCy."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, Literal

from ..errors import InputError

How = Literal["regex", "simple", "spacy"]

FUNCTION_WORDS = frozenset(
    """
    i you he she it we they me him her us them my your his its our their mine yours ours theirs myself yourself this
    that these those there here who whom whose which what when where why how a an the some any every each all both
    no none someone somebody something everyone everybody everything anyone anybody anything nobody nothing and or
    but so nor yet if then than because although though while since until unless after before during once also too
    as at by for from in into of off on onto out over to under up with without within about above across against
    along among around between beyond down near through toward towards is are was were be been being am do does did
    done have has had having can could would shall should might must not never always often sometimes usually maybe
    perhaps probably actually really just only even still already again now today tomorrow yesterday tonight yes
    yeah yep no nope ok okay oh ah hey hi hello well wow thanks thank please sorry sure right anyway however
    therefore moreover finally first remember let tell name note did know by one many most few several other another
    such same own one's let's fyi btw
    """.split()  # noqa: SIM905
)
"""Words that are no entity, though they are capitalised where a sentence begins."""

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t(?:ember)?)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)"
)
_DATE = (
    rf"\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}\b\.?(?:,? \d{{4}})?"
    rf"|{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}})?|{_MONTH},? \d{{4}}"
    r"|\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}"
)
_CAPITALISED = r"[^\W\d_a-zß-öø-ÿ][\w&-]*(?:['’.][\w&-]+)*"
_ENTITY = re.compile(
    r'"(?P<q1>[^"\n]{1,200})"|“(?P<q2>[^”\n]{1,200})”|(?<!\w)[\'‘](?P<q3>[^\'‘’\n]{1,200})[\'’](?!\w)'
    rf"|\b(?P<date>{_DATE})(?!\w)"
    r"|(?<![\w.])(?P<number>[-+]?\d+(?:[.,:]\d+)*%?)(?!\w)"
    rf"|\b(?P<name>{_CAPITALISED}(?: (?:(?:of|de|del|der|van|von|da|di|du|al|la|le)(?: the)? )?"
    rf"(?:{_CAPITALISED}|\d+\b)){{0,7}})"
)


def find_entities(text: str, how: How = "regex", spacy_model: str = "en_core_web_sm") -> tuple[str, ...]:
    """The distinct entities of a text, in the order in which they first stand there.

    ``regex``: quoted strings, dates, numbers and runs of capitalised words; ``simple``: single capitalised words;
    ``spacy``: what the model of that name calls an entity.

    Raises:
        InputError: spaCy or its model is asked for and not installed.
    """
    return FINDERS[how](text, spacy_model)


def _distinct(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entity for entity in found if entity))


def _by_rules(text: str, _: str) -> tuple[str, ...]:
    return _distinct(
        _name(match["name"]) if match["name"] else next(group for group in match.groups() if group).strip()
        for match in _ENTITY.finditer(text)
    )


def _name(run: str) -> str:
    """The run without function words at its ends, and without a genitive's s."""
    words = [_bare(word) for word in run.split(" ")]
    while words and words[0].casefold() in FUNCTION_WORDS:
        del words[0]
    while words and words[-1].casefold() in FUNCTION_WORDS:
        del words[-1]
    return " ".join(words)


def _bare(word: str) -> str:
    """``Ada`` for ``Ada's``; a contraction becomes its pronoun, ``I`` for ``I'm``."""
    return re.sub(r"['’](?:s|m|re|ve|ll|d|t)?$", "", word)


def _by_splitting(text: str, _: str) -> tuple[str, ...]:
    words = (_bare(word.strip(".,;:!?()[]{}\"“”'‘’…")) for word in text.split())
    return _distinct(word for word in words if word[:1].isupper() and word.casefold() not in FUNCTION_WORDS)


def _by_spacy(text: str, model: str) -> tuple[str, ...]:
    read = _spacy_reader(model)
    return _distinct(entity.text.strip() for entity in read(text[: read.max_length]).ents)


@lru_cache(maxsize=2)
def _spacy_reader(model: str) -> Any:
    """spaCy's reader; the import takes seconds, so it comes with the first use."""
    try:
        spacy = importlib.import_module("spacy")
    except ImportError:
        raise InputError(
            "facts.detector.entities is 'spacy', and spaCy is not installed; run `pip install spacy`, "
            "or choose 'regex' or 'simple'"
        ) from None
    try:
        return spacy.load(model)
    except OSError:
        raise InputError(
            f"spaCy's model '{model}' is not installed; run `python -m spacy download {model}`, "
            "or choose 'regex' or 'simple' as facts.detector.entities"
        ) from None


FINDERS: dict[str, Callable[[str, str], tuple[str, ...]]] = {
    "regex": _by_rules,
    "simple": _by_splitting,
    "spacy": _by_spacy,
}
