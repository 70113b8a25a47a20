"""What an edit did to one fact, and the means over many. Plain numbers; no model and no torch.

P(target | prompt) is the geometric mean of the probabilities of the target's tokens: two targets are compared by their
mean log-probability per token, as in the evaluation that ROME and MEMIT published (kmeng01/rome,
experiments/py/eval_utils_counterfact.py and experiments/summarize.py). The product of the probabilities would favour
the target of fewer tokens. A greater P is strictly greater.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from statistics import fmean

from ..facts.answers import holds
from .edit_sets import EditRecord

FREE_TOKENS = 10
"""Length of the continuation in which the target is looked for."""
FLUENCY_TOKENS = 100
FLUENCY_WEIGHTS = {2: 2 / 3, 3: 4 / 3}
"""n of the n-grams and its weight."""

Pair = tuple[str, str]
"""A prompt and a target that may follow it."""


@dataclass(frozen=True)
class Reading:
    """How a model takes a target after a prompt: mean log-probability of its tokens in nats, and the share of them that
    are the most likely one given all before them (teacher forcing)."""

    log_prob: float
    accuracy: float


@dataclass(frozen=True)
class EditScores:
    """One record in one state of the model; None: not asked of this record, or not measured.

    Attributes:
        efficacy: P(new) > P(old) at the edit's prompt.
        magnitude: P(new) - P(old) there.
        paraphrase: share of the paraphrases with P(new) > P(old).
        neighbourhood: share of the neighbours with P(old) > P(new); CounterFact.
        free: whether the target stands in the greedy continuation of the prompt (``FREE_TOKENS``).
        fluency: n-gram entropy of ``FLUENCY_TOKENS`` greedy tokens, see ``fluency``.
        portability: token accuracy of the answers to what follows from the fact, mean over these prompts (as EasyEdit).
        reliability, generalisation, locality: token accuracy of the target at the prompt and at the paraphrases, and of
            the neighbours' own answers; zsRE (Mitchell et al. 2022, arXiv:2110.11309).
    """

    efficacy: bool
    magnitude: float
    paraphrase: float | None
    neighbourhood: float | None
    free: bool
    fluency: float | None = None
    portability: float | None = None
    reliability: float | None = None
    generalisation: float | None = None
    locality: float | None = None


MEASURES = tuple(field.name for field in fields(EditScores))


@dataclass(frozen=True)
class Summary:
    """``means``: of every measure over the records it was measured on (None: on none), and ``counts``, how many these
    are. ``score``: S, the harmonic mean of efficacy, paraphrase and neighbourhood (Meng et al. 2022)."""

    count: int
    means: Mapping[str, float | None]
    counts: Mapping[str, int]
    score: float | None


# --- one record -------------------------------------------------------------------------------------------------------


def choice(record: EditRecord) -> tuple[Pair, Pair]:
    """The new and the old target at the edit's prompt."""
    return (record.prompt, record.target), (record.prompt, record.old)


def pairs_of(record: EditRecord) -> tuple[Pair, ...]:
    """All that must be read to score a record, each pair once."""
    targets = {record.target, record.old}
    neighbours = {record.old_of_neighbours} if record.kind == "zsre" else {record.old_of_neighbours, record.target}
    found = [*choice(record)]
    found += [(prompt, target) for prompt in record.paraphrases for target in sorted(targets)]
    found += [(prompt, target) for prompt in record.neighbours for target in sorted(neighbours)]
    return tuple(dict.fromkeys([*found, *record.portability]))


def prefers(readings: Mapping[Pair, Reading], prompt: str, wanted: str, other: str) -> bool:
    """P(wanted | prompt) > P(other | prompt)."""
    return readings[prompt, wanted].log_prob > readings[prompt, other].log_prob


def knows(readings: Mapping[Pair, Reading], record: EditRecord) -> bool:
    """Whether the old target is preferred at the edit's prompt: P(old) > P(new)."""
    return prefers(readings, record.prompt, record.old, record.target)


def score(
    record: EditRecord, readings: Mapping[Pair, Reading], continuation: str, long_continuation: str | None = None
) -> EditScores:
    """The scores of a record from ``readings`` of all its pairs and the text that followed its prompt."""
    new, old = (math.exp(readings[pair].log_prob) for pair in choice(record))
    accuracies = _accuracies(record, readings) if record.kind == "zsre" else {}
    return EditScores(
        efficacy=prefers(readings, record.prompt, record.target, record.old),
        magnitude=new - old,
        paraphrase=_mean(prefers(readings, prompt, record.target, record.old) for prompt in record.paraphrases),
        neighbourhood=None if record.kind == "zsre" else _neighbourhood(record, readings),
        free=holds(continuation, record.target),
        fluency=None if long_continuation is None else fluency(long_continuation),
        portability=_mean(readings[pair].accuracy for pair in record.portability),
        **accuracies,
    )


def _neighbourhood(record: EditRecord, readings: Mapping[Pair, Reading]) -> float | None:
    return _mean(prefers(readings, prompt, record.old_of_neighbours, record.target) for prompt in record.neighbours)


def _accuracies(record: EditRecord, readings: Mapping[Pair, Reading]) -> dict[str, float | None]:
    return {
        "reliability": readings[record.prompt, record.target].accuracy,
        "generalisation": _mean(readings[prompt, record.target].accuracy for prompt in record.paraphrases),
        "locality": _mean(readings[prompt, record.old_of_neighbours].accuracy for prompt in record.neighbours),
    }


def fluency(text: str) -> float:
    """GE = mean over n = 2, 3 of w_n H_n, in bits, H_n the entropy of the text's n-grams of words and marks; low where
    a text repeats itself.

    The mean is what ROME's code takes and what its published 6.2 bits are; a sum over n would be twice that.
    """
    words = re.findall(r"\w+|[^\w\s]", text)
    return fmean(weight * ngram_entropy(words, n) for n, weight in FLUENCY_WEIGHTS.items())


def ngram_entropy(words: Sequence[str], n: int) -> float:
    """H_n = -sum p log2 p over the different n-grams, p the share of each; 0 where there is none."""
    counts = Counter(zip(*(words[at:] for at in range(n)), strict=False))
    total = counts.total()
    return sum(count / total * math.log2(total / count) for count in counts.values())


# --- many -------------------------------------------------------------------------------------------------------------


def summary(scores: Sequence[EditScores]) -> Summary:
    """The means over records, each record counting once."""
    given = {name: [value for one in scores if (value := getattr(one, name)) is not None] for name in MEASURES}
    means = {name: _mean(values) for name, values in given.items()}
    parts = [means[name] for name in ("efficacy", "paraphrase", "neighbourhood")]
    counts = {name: len(values) for name, values in given.items()}
    return Summary(len(scores), means, counts, harmonic(parts))


def harmonic(shares: Sequence[float | None]) -> float | None:
    """n / sum of 1 / share; 0 where a share is 0, None where one is None."""
    if any(share is None for share in shares):
        return None
    return len(shares) / sum(1 / share for share in shares) if all(shares) else 0.0


def _mean(values: Iterable[float]) -> float | None:
    values = [float(value) for value in values]
    return fmean(values) if values else None
