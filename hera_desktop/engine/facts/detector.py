"""Is a message a fact, a question, or neither; and what does the fact say?

A message is read sentence by sentence. A question is put aside first, then the patterns are tried on what is left of
the sentence without its openers ("By the way, ...") and its end mark, and after that on its clauses. The first sentence
that is a fact makes the message one. Where there is none, the sentences are put more plainly (rewording.py) and tried
again; the fact's text is then the plain sentence. Confidence = min_confidence of the pattern + coverage_boost * share
of the sentence that matched + entity_boost for every entity after the first, at most 1 (shared design, part 14).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..facts_config import DetectorSection
from .entities import find_entities
from .patterns import Pattern, load_patterns
from .records import FactInfo
from .rewording import plainly

SURE = 0.75
"""What a fact needs in a message that ends in a question: "Ulm is a town. Who is its mayor?" only asks."""

MAX_SENTENCE = 400
"""Characters of the longest sentence that the patterns are tried on; a fact that is learned is short."""

_END = re.compile(r"[.!?…؟]+[\"'”’)\]]*(?=\s|$)|[。！？]+|\n")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Prof|Sr|Fr|Mt|Ft|No|Gen|Col|Capt|Lt|Sgt|Rev|Hon|vs|etc|approx|ca)"
    r"|\b[A-Z]|\b[eE]\.g|\b[iI]\.e)$"
)
_AUX = r"(?:is|are|was|were|am|do|does|did|can|could|would|should|shall|will|has|have|had|may|might|must)"
_OPENER = re.compile(
    rf"""(?ix)
    (?: (?:well|so(?!\ {_AUX}\ \w+\W*$)|and|but|oh|ok|okay|yes|yeah|yep|no|um|uh|ah|also|anyway
      |actually|look|listen|see|now|btw|fyi|note|nb)
      | (?:hey|hi|hello)(?:\ [^\s,]+)?(?=,) | by\ the\ way | for\ your\ information | for\ the\ record | in\ fact
      | just\ so\ you\ know | as\ you\ (?:may\ )?know | as\ a\ matter\ of\ fact | (?:a\ )?fun\ fact | guess\ what
      | (?:here(?:\ is|'s)\ )?(?:a|another|one)\ (?:new\ )?fact | speaking\ of\ which | to\ be\ clear | it\ turns\ out
      | (?:please\ )?(?:remember|note|know|learn|memori[sz]e|keep\ in\ mind|bear\ in\ mind|don't\ forget)
      | did\ you\ know | (?:you\ (?:should|must|need\ to)|i\ want\ you\ to|i'd\ like\ you\ to)\ (?:know|remember)
      | i\ (?:should|must|want\ to|can|may|might)\ (?:mention|tell\ you|add|say) | let\ me\ tell\ you | i\ tell\ you
      | (?:today\ |just\ )?i\ (?:just\ )?(?:learned|learnt|found\ out|read|heard)
      | (?:it(?:\ is|'s)\ (?:true|a\ fact)|the\ (?:truth|fact)\ is) | nice\ to\ meet\ you | thanks | thank\ you
    )(?:\ that\b|\ this\b(?=\s*:))?(?:\s*[,:;!-]+\s*|\s+)"""
)
_CLOSER = re.compile(
    r"""(?ix),?\ (?:by\ the\ way|btw|fyi|you\ know|i\ think|of\ course|actually|as\ well|too|though|in\ fact|please
    |just\ so\ you\ know|for\ your\ information|(?:please\ )?(?:remember|note|don't\ forget)(?:\ (?:that|this|it))?)$"""
)
_CLAUSE = re.compile(
    r"\s*[;:]\s+|\s+[-–—]+\s+|,\s+(?=(?:and|but|so|because|although|though|while|since|which|where|who|as)\b)"
    r"|,\s+(?=(?:I|my|he|she|it|they|we)\b)"
    r"|\s+(?=(?:and|but|so|because|although|though|while|since)\s+(?:I|my|he|she|it|they|we|that|there)\b)",
    re.IGNORECASE,
)
_TAKEN_BACK = re.compile(r"\b(?:but (?:not|no longer)|not any ?more)\b", re.IGNORECASE)
_LINK = re.compile(r"(?:and|but|so)\s+", re.IGNORECASE)

_MARK = re.compile(r"[?？؟][\s!?？.\"'”’)\]]*$")
_FILLER = re.compile(
    rf"""(?ix)
    (?: so(?!\s+{_AUX}\s+\w+\W*$) | and | but | or | well | oh | uh | um | uh-huh | huh | ok | okay | yeah | yes | yep
      | no | now | then | like | also | just | hey | hmm | please | sorry | excuse\ me | i\ mean | you\ know | i\ guess
      | anyway | actually | because | by\ the\ way
    )(?:\s*[,.:;-]+\s*|\s+)"""
)
_SUBJECT = (
    r"(?:i|you|we|he|she|it|they|there|this|that|these|those|the|any|anyone|anybody|anything|everyone|everybody|someone"
    r"|my|your|his|her|its|our|their|people|most|many|both|either|one|all)\b"
)
_NAME = r"(?-i:[A-Z]\w+)"
_ASKS = re.compile(
    rf"""(?ix)
    what(?!\ an?\b|\ (?:i|we|he|she|they|you)\b
        |\ (?:(?:my|our)\ (?:\w+\ ){{1,3}}|(?:{_NAME}\ ){{1,2}})(?:likes?|loves?|plays?|eats?|drinks?)\b
        |ever\b|\ (?:happens|goes\ on)\ is\b) | whose\b | whom\b
    | who(?:'s|\b)(?!\ (?:knows|cares)\b)
    | which(?:\ (?:is|was|are|were)\ the\b|\ (?!is|was|are|were|means|makes|made|i\b|you|we\b|they|he\b|she|it\b|would
        |will|has|had|have|the\b|a\b|really|can|could|kind\ of|to\ me|in\ turn|isn't|wasn't|my\b|that|probably|just
        |then)\w)
    | (?:when|where|why)(?:'s|'d|'re|\ +'?(?:{_AUX}|s|d)\b|\ (?:else|on\ earth|exactly|not|in|at)\b|n't\b)
    | why\ (?!i\b|we|he|she|they|it|the)\w+ | how(?:'s|'d|'re|'ve|\ +'s)\b
    | how\ (?!i\b|we\b|you\b|he\b|she\b|they\b|it\b|the\b|my\b|that\b|nice|cool|sweet|lovely|wonderful|awful|exciting
        |great|cute|funny|awesome|beautiful|amazing|kind\b|terrible|sad\b|interesting|fun\b|ever\b)\w+
    | (?:in|on|at|to|for|from|by|with|under|during|about|into|through|after|as|near|of|since|until)\ (?:what|which|whose
        |whom|how)\b(?!\ (?:case|i|we|you|he|she|they)\b)
    | (?:is|are|was|were|am|does|did|can|could|would|should|shall)(?:n't|\ not)?\ (?:{_SUBJECT}|{_NAME})
    | (?:is|are|was|were)(?:n't)?\ an?\b
    | (?:do|don't)\ (?:i|you|we|they|people|any|anyone|these|those|most|many|all|my|our|their|{_NAME})\b
    | (?:has|have|had|haven't|hasn't)\ (?:i|you|we|he|she|it|they|there|any\w*|people|your|my|his|her|their|this|these
        |{_NAME})\b
    | (?:will|won't|may|might|must)\ (?:{_SUBJECT}|(?:{_NAME}\ ?)++(?!(?:\w+s|was|had)\b))
    | (?:you\ )?ever\ \w+ | (?:you\ )?(?:got|need)\ any\b | guess\ what$
    | (?:you\ )?(?:want\ to|wanna|care\ to)\ (?!be\b)
    | any(?:thing|one)?\b(?!.*\ (?:is|are|was|can|could|will|would|has|goes|does)\b)
    | (?:please\ )?(?:tell|give|remind|teach|help|inform|ask)\ (?:me|us)\b
    | name\ (?:the|an?|one|two|three|four|five|some|any|all|\d+|{_NAME}|\w+'s)\b(?!\ is\b)
    | (?:please\ )?(?:define|describe|explain|list|translate|summari[sz]e|calculate|spell|identify|recommend|suggest
        |compare|convert)\ (?!is\b|was\b|of\b|i\b)
    | i(?:'d\ like|\ would\ like|'d\ love|\ would\ love|\ want|\ need)\ to\ know\
        (?:if|whether|what|who|where|when|why|how|which)\b
    | i(?:'m|\ am|\ was)?\ wonder(?:ing)?\b
    """
)
_ASKS_WITHIN = re.compile(
    rf"""(?ix)
    (?:,|\ [-–—])\ (?:uh,\ |um,\ )?(?:
        (?:what|who|where|when|why|how)(?:'s|'ve|\ {_AUX})\b
      | (?:what|how)\ (?:about|kinds?|sorts?|many|much|long|often)\b
      | (?:do|does|did|are|is|have|would|can|could)(?:n't)?\ (?:i|you|we|he|she|it|they|there)\b )
    | ,\ (?:right|huh|eh|correct)$ | \bor\ what$ | \b(?:is|was|to|of|called|by|in|for)\ what(?:\ \w+)?$
    | \bdon't\ you\ think$"""
)


def is_question(sentence: str) -> bool:
    """Whether a sentence asks for something: by its mark, by how it begins, or by a question within it or at its end.

    Requests for knowledge ("Name the ...", "Tell me ...") are questions. A question that is put as a statement, without
    a mark, cannot be told.
    """
    if _MARK.search(sentence):
        return True
    start = _opened(sentence)
    while filler := _FILLER.match(sentence, start):
        start = filler.end()
    core = sentence[start:].rstrip(" .!,;:\"')")
    return bool(_ASKS.match(core) or _ASKS_WITHIN.search(core))


@dataclass(frozen=True)
class _Sentence:
    """A stretch of the message with runs of blanks made one and quotes straight; ``places[i]`` is where its character i
    stands in the message, and ``places[len(text)]`` where the stretch ends."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        return self.places[start], self.places[end - 1] + 1


class FactDetector:
    """Reads messages with the settings' patterns and entities.

    Raises:
        InputError: the pattern file cannot be used.
    """

    def __init__(self, settings: DetectorSection) -> None:
        self._settings = settings
        found = load_patterns(settings.patterns)
        self._patterns, self._rewrites = found.patterns, found.rewrites

    def detect(self, text: str) -> FactInfo:
        """What the message is. ``confidence`` is that of its first fact; where there is none, that of the best match.

        Raises:
            InputError: entities are to be found by spaCy, which is not there.
        """
        sentences = list(_sentences(text))
        asks = [is_question(sentence.text) for sentence in sentences]
        needed = max(self._settings.min_confidence, SURE if asks and asks[-1] else 0.0)
        best = 0.0
        told = itertools.compress(sentences, (not asked for asked in asks))
        for found in itertools.chain((self._fact(text, one) for one in told), self._plainly(sentences, asks)):
            if found and found.confidence >= needed:
                return found
            best = max(best, found.confidence if found else 0.0)
        return FactInfo(text, "question" if any(asks) else "regular", best, entities=self._entities(text))

    def _plainly(self, sentences: Sequence[_Sentence], asks: Sequence[bool]) -> Iterator[FactInfo | None]:
        """What the told sentences are when they are put more plainly."""
        for sentence, before, asked in zip(sentences, (None, *sentences), asks, strict=False):
            if asked or _TAKEN_BACK.search(sentence.text):
                continue
            for plain in plainly(_core(sentence.text), before.text if before else "", self._rewrites):
                text = f"{plain}."
                yield self._fact(text, _Sentence(text, tuple(range(len(text) + 1))))

    def _fact(self, text: str, sentence: _Sentence) -> FactInfo | None:
        """The best of what its core or, where that is no fact, one of its clauses may say."""
        best = None
        if len(sentence.text) > MAX_SENTENCE or _TAKEN_BACK.search(sentence.text):
            return None
        for start, end in _pieces(sentence.text):
            for pattern in self._patterns:
                if match := pattern.pattern.fullmatch(sentence.text, start, end):
                    found = self._info(text, sentence, pattern, match)
                    best = found if best is None or found.confidence > best.confidence else best
                    break
            if best and best.confidence >= self._settings.min_confidence:
                break
        return best

    def _info(self, text: str, sentence: _Sentence, pattern: Pattern, match: re.Match[str]) -> FactInfo:
        entities = self._entities(sentence.text)
        object_ = _unquoted(match, "object")
        return FactInfo(
            text,
            "fact",
            self.confidence(pattern, (match.end() - match.start()) / len(_unmarked(sentence.text)), len(entities)),
            pattern.relation_of(match),
            _within(pattern.subject_of(match), match.start("subject") == match.start()),
            _within(sentence.text[slice(*object_)], object_[0] == match.start()),
            entities,
            pattern.name,
            sentence.span(*match.span("subject")),
            sentence.span(*object_),
        )

    def confidence(self, pattern: Pattern, coverage: float, entities: int) -> float:
        """``coverage``: share of the sentence that the pattern matched, 0 to 1; ``entities``: how many there are."""
        added = self._settings.coverage_boost * coverage + self._settings.entity_boost * max(entities - 1, 0)
        return min(pattern.min_confidence + added, 1.0)

    def _entities(self, text: str) -> tuple[str, ...]:
        return find_entities(text, self._settings.entities, self._settings.spacy_model)


def _within(text: str, first: bool) -> str:
    """The words as they stand within a sentence: "I" for "me", and "my dog" for "My dog" where it comes ``first``."""
    if text.casefold() in ("i", "me", "my", "myself"):
        return "I"
    word, blank, rest = text.partition(" ")
    return word.lower() + blank + rest if first and word in ("My", "Our", "The", "We") else text


def _unquoted(match: re.Match[str], group: str) -> tuple[int, int]:
    """The group's span without commas at its end and quotes around it."""
    start, end = match.span(group)
    text = match[group].rstrip(" ,;:")
    quoted = len(text) > 2 and text[0] == text[-1] and text[0] in "\"'"
    return (start + 1, start + len(text) - 1) if quoted else (start, min(end, start + max(len(text), 1)))


def _sentences(text: str) -> Iterator[_Sentence]:
    start = 0
    for mark in _END.finditer(text):
        if mark[0] == "." and _ABBREVIATION.search(text[max(start, mark.start() - 8) : mark.start()]):
            continue
        yield from _sentence(text, start, mark.end())
        start = mark.end()
    yield from _sentence(text, start, len(text))


def _sentence(text: str, start: int, end: int) -> Iterator[_Sentence]:
    """The stretch, or nothing where it holds no letter or digit."""
    letters: list[str] = []
    places: list[int] = []
    for place in range(start, end):
        letter = _STRAIGHT.get(text[place], text[place])
        if letter.isspace():
            if not letters or letters[-1] == " ":
                continue
            letter = " "
        letters.append(letter)
        places.append(place)
    if letters and letters[-1] == " ":
        letters.pop()
        places.pop()
    if any(letter.isalnum() for letter in letters):
        yield _Sentence("".join(letters), (*places, end))


_STRAIGHT = {"’": "'", "‘": "'", "“": '"', "”": '"'}


def _opened(text: str) -> int:
    """Where the sentence begins after its openers."""
    start = 0
    while opener := _OPENER.match(text, start):
        start = opener.end()
    return start


def _unmarked(text: str) -> str:
    """The text without its end mark."""
    return text.rstrip(" .!…,;:)]。！")


def _bounds(text: str) -> tuple[int, int]:
    """Start and end of the sentence without openers, closers and end mark."""
    start, end = _opened(text), len(_unmarked(text))
    while closer := _CLOSER.search(text, start, end):
        end = closer.start()
    return start, end


def _core(text: str) -> str:
    return text[slice(*_bounds(text))]


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of the sentence without openers and end mark, then of each of its clauses."""
    start, end = _bounds(text)
    if start < end:
        yield start, end
    cuts = [*_CLAUSE.finditer(text, start, end)]
    if not cuts:
        return
    for first, last in zip((start, *(cut.end() for cut in cuts)), (*(cut.start() for cut in cuts), end), strict=True):
        link = _LINK.match(text, first, last)
        yield _opened_at(text, link.end() if link else first), last


def _opened_at(text: str, start: int) -> int:
    return start + _opened(text[start:])
