"""Scores records of edits on a model in its present state, in as few forward passes as the texts allow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from reprlib import Repr

import torch
from torch import Tensor

from ..errors import InputError
from ..model import LanguageModel
from ..passes import Passes, Row
from .edit_scores import FLUENCY_TOKENS, FREE_TOKENS, EditScores, Pair, Reading, choice, knows, pairs_of, score
from .edit_sets import EditRecord, continuing

READ_AT_ONCE = 32
"""Texts in one forward pass."""
_SHORT = Repr()
_SHORT.maxstring = 60


@dataclass(frozen=True, eq=False)
class _Text:
    """A prompt with a target: token ``start`` is the target's first."""

    pair: Pair
    ids: tuple[int, ...]
    start: int


class EditScorer:
    """Scores on one model in whatever state it is in when asked; nothing is kept between two calls."""

    def __init__(self, model: LanguageModel) -> None:
        self._model, self._passes = model, Passes(model)

    def check(self, record: EditRecord, fluency: bool = False) -> None:
        """Raises InputError where a text of the record, with what follows it, is too long for the model."""
        for pair in pairs_of(record):
            self._text(pair)
        made = FLUENCY_TOKENS if fluency else FREE_TOKENS
        self._check_length(record.prompt, len(self._model.tokenize(record.prompt)) + made)

    def knows(self, record: EditRecord) -> bool:
        """P(old) > P(new) at the edit's prompt. Raises InputError where the texts are too long for the model."""
        return self.known([record])[0]

    def known(self, records: Sequence[EditRecord]) -> tuple[bool, ...]:
        """The same for several records, read together."""
        readings = self.readings(pair for record in records for pair in choice(record))
        return tuple(knows(readings, record) for record in records)

    def score(self, record: EditRecord, fluency: bool = False) -> EditScores:
        """The scores of a record; with ``fluency`` that is measured too, which takes ten times as many tokens.

        Raises:
            InputError: the texts are too long for the model.
        """
        return self.scores([record], fluency)[0]

    def scores(self, records: Sequence[EditRecord], fluency: bool = False) -> tuple[EditScores, ...]:
        """The same for several records, read together."""
        readings = self.readings(pair for record in records for pair in pairs_of(record))
        made = self._continuations([record.prompt for record in records], FLUENCY_TOKENS if fluency else FREE_TOKENS)
        decode = self._model.decode
        return tuple(
            score(record, readings, decode(ids[:FREE_TOKENS]), decode(ids) if fluency else None)
            for record, ids in zip(records, made, strict=True)
        )

    # --- targets ------------------------------------------------------------------------------------------------------

    @torch.inference_mode()
    def readings(self, pairs: Iterable[Pair]) -> dict[Pair, Reading]:
        """How the model takes each target after its prompt. A text is read once for all targets that it has the
        contexts of: two targets of one token each take one text.

        Raises:
            InputError: a prompt with its target is longer than the model's context.
        """
        groups = _together([self._text(pair) for pair in dict.fromkeys(pairs)])
        groups.sort(key=lambda group: len(group[0].ids))  # texts of like length: little padding
        found: dict[Pair, Reading] = {}
        for begin in range(0, len(groups), READ_AT_ONCE):
            some = groups[begin : begin + READ_AT_ONCE]
            rows = [Row(group[0].ids, group[0].start, held=True) for group in some]
            for group, log_probs in zip(some, self._passes.log_probs(rows), strict=True):
                found |= {text.pair: _reading(text, log_probs) for text in group}
        return found

    def _text(self, pair: Pair) -> _Text:
        prompt, target = pair
        own, ids = self._model.tokenize(prompt), self._model.tokenize(prompt + continuing(target))
        self._check_length(prompt, len(ids))
        shared = next((at for at, (a, b) in enumerate(zip(own, ids, strict=False)) if a != b), min(len(own), len(ids)))
        return _Text(pair, ids, max(shared, 1))  # nothing is known of a text's first token

    def _check_length(self, prompt: str, tokens: int) -> None:
        context = self._model.info.context
        if tokens > context:
            name = self._model.info.name
            raise InputError(
                f"prompt {_SHORT.repr(prompt)} comes to {tokens} tokens with what follows; {name} reads {context}"
            )

    # --- free text ----------------------------------------------------------------------------------------------------

    def _continuations(self, prompts: Sequence[str], tokens: int) -> list[tuple[int, ...]]:
        """The greedy continuation of each prompt, as at most ``tokens`` token ids."""
        ids = [self._model.tokenize(prompt) for prompt in prompts]
        for prompt, own in zip(prompts, ids, strict=True):
            self._check_length(prompt, len(own) + tokens)
        return self._passes.answers(ids, tokens)


def _together(texts: Iterable[_Text]) -> list[list[_Text]]:
    """Texts that one forward pass over the first of each group tells of: its ids hold the others' but for their last
    token, which is only looked up."""
    prompts: dict[tuple[int, ...], list[list[_Text]]] = {}
    for text in sorted(texts, key=lambda text: -len(text.ids)):
        groups = prompts.setdefault(text.ids[: text.start], [])
        context = text.ids[:-1]
        group = next((group for group in groups if group[0].ids[: len(context)] == context), None)
        if group is None:
            groups.append([text])
        else:
            group.append(text)
    return [group for groups in prompts.values() for group in groups]


def _reading(text: _Text, log_probs: Tensor) -> Reading:
    """``log_probs (tokens, d_vocab)``: from the target's first token on, of this text or a longer one."""
    target = torch.tensor(text.ids[text.start :], device=log_probs.device)  # (n,)
    mine = log_probs[: len(target)]  # (n, d_vocab)
    right = mine.argmax(-1) == target
    return Reading(mine.gather(1, target[:, None]).mean().item(), right.float().mean().item())
