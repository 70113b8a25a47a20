"""How much each token of a lesson counts in the loss. One function and one registration adds another weighting."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..facts_config import WeightsSection
from .records import FactInfo, WeightedToken

FUNCTION_WORDS = frozenset(
    {"a", "an", "the", "of", "in", "on", "at", "by", "as", "to", "for", "from", "with", "is", "are", "was", "and"}
)
"""Words of a relation's name that say nothing by themselves and stand in every sentence."""

SUFFIXES = ("ing", "ied", "ies", "ed", "es", "e", "s", "y")
SHORTEST_STEM, MOST_ENDINGS = 3, 3


class TokenSpan(NamedTuple):
    """A token and where it stands in the text; ``start`` equals ``end`` where it stands for no character."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Passage:
    """What a weighting looks at. ``fact`` is None where the text teaches none."""

    tokens: Sequence[TokenSpan]
    text: str
    fact: FactInfo | None
    settings: WeightsSection


Weighting = Callable[[Passage], list[float]]
"""One factor per token; 1 where the weighting does not apply."""

WEIGHTINGS: dict[str, Weighting] = {}


def register(name: str) -> Callable[[Weighting], Weighting]:
    """Make a weighting known by name; a name taken twice is an error."""

    def add(weighting: Weighting) -> Weighting:
        if name in WEIGHTINGS:
            raise ValueError(f"weighting '{name}' is registered twice")
        WEIGHTINGS[name] = weighting
        return weighting

    return add


def weigh(
    tokens: Sequence[TokenSpan], text: str, fact: FactInfo | None, settings: WeightsSection
) -> tuple[WeightedToken, ...]:
    """The tokens with their weights: 1 times the factors of ``settings.strategies``, which are looked for in ``text``
    (a lesson's text, which need not be the fact's). ``why`` names the weightings with another factor than 1.

    Raises:
        ValueError: a token lies outside the text.
    """
    for token in tokens:
        if not 0 <= token.start <= token.end <= len(text):
            raise ValueError(f"token at {token.start}..{token.end} lies outside a text of {len(text)} characters")
    passage = Passage(tokens, text, fact, settings)
    weights: list[float] = [1.0] * len(tokens)
    why: list[tuple[str, ...]] = [()] * len(tokens)
    for name in settings.strategies:
        for index, factor in enumerate(WEIGHTINGS[name](passage)):
            if factor != 1:
                weights[index] *= factor
                why[index] += (name,)
    return tuple(WeightedToken(t.text, w, y) for t, w, y in zip(tokens, weights, why, strict=True))


@register("entity")
def _entity(passage: Passage) -> list[float]:
    """Tokens that overlap an entity of the fact, wherever it stands in the text."""
    entities = passage.fact.entities if passage.fact else ()
    spans = (span for entity in entities for span in occurrences(entity, passage.text))
    return _overlapping(passage, spans, passage.settings.entity)


@register("fact")
def _fact(passage: Passage) -> list[float]:
    """Tokens that overlap the fact's subject, its object, or a word of its relation in any of its endings."""
    if passage.fact is None:
        return [1.0] * len(passage.tokens)
    spans = [span for part in (passage.fact.subject, passage.fact.object) for span in occurrences(part, passage.text)]
    spans += _relation_words(passage.fact.relation, passage.text)
    return _overlapping(passage, spans, passage.settings.fact)


@register("position")
def _position(passage: Passage) -> list[float]:
    """The first and the last tokens; in a short text a token can be among both."""
    settings, count = passage.settings, len(passage.tokens)
    first = [settings.first if index < settings.first_tokens else 1.0 for index in range(count)]
    last = [settings.last if index >= count - settings.last_tokens else 1.0 for index in range(count)]
    return [a * b for a, b in zip(first, last, strict=True)]


@register("repetition")
def _repetition(passage: Passage) -> list[float]:
    """Tokens with a letter or digit that stood in the text before, whatever their case."""
    seen: set[str] = set()
    factors = []
    for token in passage.tokens:
        plain = token.text.strip().casefold()
        counts = any(map(str.isalnum, plain))
        factors.append(passage.settings.repetition if counts and plain in seen else 1.0)
        seen.add(plain)
    return factors


def occurrences(phrase: str, text: str) -> Iterator[tuple[int, int]]:
    """Where a phrase stands in a text as whole words, whatever the case and spacing."""
    words = phrase.split()
    if not words:
        return
    before = r"(?<!\w)" if _needs_edge(words[0][0]) else ""
    after = r"(?!\w)" if _needs_edge(words[-1][-1]) else ""
    pattern = before + r"\s+".join(map(re.escape, words)) + after
    for match in re.finditer(pattern, text, re.IGNORECASE):
        yield match.span()


def _needs_edge(character: str) -> bool:
    """Whether a word that begins or ends with it is set apart from the next; scripts without case often write none."""
    return character.isalnum() and unicodedata.category(character) != "Lo"


def _relation_words(relation: str, text: str) -> list[tuple[int, int]]:
    words = set(re.findall(r"[^\W_]+", relation.casefold()))
    stems = {_stem(word) for word in words - FUNCTION_WORDS or words}
    return [m.span() for m in re.finditer(r"[^\W_]+", text) if _stem(m.group().casefold()) in stems]


def _stem(word: str) -> str:
    """An English word without its endings, so that "lives", "live" and "lived" are one; rough, but enough to weigh."""
    for _ in range(MOST_ENDINGS):
        ending = next((s for s in SUFFIXES if word.endswith(s) and len(word) - len(s) >= SHORTEST_STEM), "")
        word = word[: len(word) - len(ending)]
    return word


def _overlapping(passage: Passage, spans: Iterable[tuple[int, int]], factor: float) -> list[float]:
    inside = bytearray(len(passage.text))
    for start, end in spans:
        inside[start:end] = b"\1" * (end - start)
    return [factor if any(inside[token.start : token.end]) else 1.0 for token in passage.tokens]
