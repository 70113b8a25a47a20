"""Damage to a model as seen without the immune system: on texts and questions that are none of its probes.

The texts are the shipped ``data/held_out.txt``, which an edit's statistics do not know either; the questions are those
of ``data/facts/anchors.yaml``.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple, TypeVar

import torch
from torch import Tensor

from ..facts.anchors import Anchors
from ..model import LanguageModel
from ..passes import Passes, Row, surprise
from ..places import shipped

TEXTS, TEXT_TOKENS = 12, 48
QUESTIONS, ANSWER_TOKENS = 12, 12
READ_AT_ONCE = 8
"""Texts in one forward pass: their distributions over the whole vocabulary are in memory together."""
END_OF_TEXT = "<|endoftext|>"

_T = TypeVar("_T")


class Damage(NamedTuple):
    """Perplexity of the texts over what it was, infinite where it is not finite; and the share of the tokens of the
    model's own greedy answers that it would no longer choose, each given the ones before it."""

    perplexity: float
    answers: float


class HeldOut:
    """What a change does to the model, against the state in which this was made.

    Args:
        probes: texts that the immune system measures on; what has one of them in it is left out.
    """

    def __init__(self, model: LanguageModel, probes: Collection[str] = ()) -> None:
        self._passes = Passes(model)
        self._texts = _text_rows(model, probes)
        self._answers = _answer_rows(model, self._passes, probes)
        self._surprise = self._mean_surprise()
        self._chosen = self._choices()

    def damage(self) -> Damage:
        """In the present state."""
        return Damage(self._perplexity(), self._answers_changed())

    def _perplexity(self) -> float:
        change = self._mean_surprise() - self._surprise
        return math.exp(change) if change < 700 else math.inf  # what is not a number is not less

    def _answers_changed(self) -> float:
        now = self._choices()
        return (now != self._chosen).float().mean().item() if len(now) else 0.0

    def _mean_surprise(self) -> float:
        parts = [surprise(row, logs).cpu().double() for row, logs in self._read(self._texts)]
        return torch.cat(parts).mean().item()

    def _choices(self) -> Tensor:
        parts = [logs.argmax(-1).cpu() for _, logs in self._read(self._answers)]
        return torch.cat(parts) if parts else torch.empty(0)

    def _read(self, rows: Sequence[Row]) -> Iterator[tuple[Row, Tensor]]:
        for begin in range(0, len(rows), READ_AT_ONCE):
            some = rows[begin : begin + READ_AT_ONCE]
            with torch.inference_mode():
                found = self._passes.log_probs(some)
            yield from zip(some, found, strict=True)


def _text_rows(model: LanguageModel, probes: Collection[str]) -> tuple[Row, ...]:
    """The beginnings of texts, all of the same length."""
    length = min(TEXT_TOKENS, model.info.context)
    whole = shipped("data", "held_out.txt").read_text(encoding="utf-8").split(END_OF_TEXT)
    ids = [model.tokenize(text.strip()) for text in whole if _is_new(text, probes)]
    return tuple(Row(one[:length], 1, held=True) for one in _spread([i for i in ids if len(i) >= length], TEXTS))


def _answer_rows(model: LanguageModel, passes: Passes, probes: Collection[str]) -> tuple[Row, ...]:
    """Questions with the model's own greedy answers, of which the tokens are read."""
    asked = _spread([question for question in Anchors.load().questions if _is_new(question, probes)], QUESTIONS)
    prompts = [model.tokenize(f"Question: {question}\nAnswer:") for question in asked]
    answers = passes.answers(prompts, ANSWER_TOKENS)
    rows = [Row((*ids, *answer), len(ids), held=True) for ids, answer in zip(prompts, answers, strict=True) if answer]
    return tuple(sorted(rows, key=lambda row: len(row.ids)))


def _is_new(text: str, probes: Collection[str]) -> bool:
    return not any(probe.strip() in text or text.strip() in probe for probe in probes)


def _spread(found: Sequence[_T], count: int) -> list[_T]:
    """At most ``count`` of them, evenly over all."""
    return [found[at * len(found) // count] for at in range(count)] if len(found) > count else list(found)
