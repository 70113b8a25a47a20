"""How a conversation is written for the model: its chat template, or plain "User: / Assistant:" lines without one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from jinja2 import TemplateError

from ..errors import InputError, one_line
from ..facts_config import WeightsSection
from ..model import LanguageModel
from ..passes import Row
from .records import FactInfo
from .token_weights import TokenSpan, weigh

Turns = Sequence[tuple[str, str]]
"""Earlier turns: what the user said and what was answered."""

_MARK = "\0answer\0"


class ChatFormat:
    """Writes prompts and lessons for one model, with one system prompt (empty: the template's own). Raises InputError
    where the model's chat template takes no system prompt."""

    def __init__(self, model: LanguageModel, system: str = "") -> None:
        self._model, self._system = model, system
        self._templated = bool(getattr(model.tokenizer, "chat_template", None))
        self._end = self._rest_after_answer()

    def prompt(self, text: str, before: Turns = ()) -> str:
        """What the model reads before it answers ``text``."""
        if self._templated:
            return self._by_template(self._messages(text, before), add_generation_prompt=True)
        lines = [self._system] if self._system else []
        lines += [f"User: {said}\nAssistant: {answer}" for said, answer in before]
        return "\n".join([*lines, f"User: {text}\nAssistant:"])

    def _messages(self, text: str, before: Turns) -> list[dict[str, str]]:
        messages = [{"role": "system", "content": self._system}] if self._system else []
        for said, answer in before:
            messages += [{"role": "user", "content": said}, {"role": "assistant", "content": answer}]
        return [*messages, {"role": "user", "content": text}]

    def _rest_after_answer(self) -> str:
        """What closes an answer."""
        if not self._templated:
            return "\n"
        messages = [*self._messages("a", ()), {"role": "assistant", "content": _MARK}]
        return self._by_template(messages).rpartition(_MARK)[2].rstrip("\n")

    def _by_template(self, messages: list[dict[str, str]], **options: bool) -> str:
        try:
            return self._model.tokenizer.apply_chat_template(messages, tokenize=False, **options)
        except TemplateError as error:
            what = "a system prompt (facts.reply.system_prompt)" if self._system else "this conversation"
            raise InputError(
                f"the chat template of {self._model.info.name} cannot be used with {what}: {one_line(error)}"
            ) from None

    @cached_property
    def lead(self) -> int:
        """How many tokens every prompt of one turn begins with: the frame before the message."""
        one, other = self.prompt_ids("a"), self.prompt_ids("Why?")
        return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)

    def prompt_ids(self, text: str, before: Turns = ()) -> tuple[int, ...]:
        return self._ids(self.prompt(text, before))

    def _ids(self, text: str) -> tuple[int, ...]:
        return tuple(self._model.tokenizer(text, add_special_tokens=not self._templated)["input_ids"])

    def taught(
        self,
        question: str,
        answer: str,
        span: tuple[int, int],
        subject: str,
        fact: FactInfo | None,
        weights: WeightsSection,
    ) -> Row:
        """A question and the answer to be learned; ``span`` is the object in the answer, ``weights`` the settings of
        the token weights. Keys are the tokens of the subject, and of the answer up to the object's end."""
        prompt = self.prompt(question)
        opening = "" if self._templated else " "
        text = f"{prompt}{opening}{answer}{self._end}"
        ids, spans = self._tokens(text)
        offset = len(prompt) + len(opening)
        start = next((at for at, (_, end) in enumerate(spans) if end > len(prompt)), len(ids) - 1)
        target = _and_next(_within(spans, offset + span[0], offset + span[1]), len(ids))
        first = spans[start][0]
        learned = [TokenSpan(text[begin:end], begin - first, end - first) for begin, end in spans[start:]]
        weighted = weigh(learned, text[first:], fact, weights)
        asked = prompt.rfind(question)
        place = question.casefold().rfind(subject.casefold())
        keys = set(_within(spans, asked + place, asked + place + len(subject))) if place >= 0 else set()
        named = answer.casefold().find(subject.casefold())
        keys |= set(_within(spans, offset + max(named, 0), offset + span[1])) - {len(ids) - 1}
        if not keys:  # it teaches nothing about anybody: all that is read counts
            keys = set(range(self.lead + 1, len(ids) - 1))
        return Row(ids, max(start, 1), tuple(t.weight for t in weighted), target, tuple(sorted(keys)), tokens=weighted)

    def plain(self, text: str, span: tuple[int, int], fact: FactInfo | None, weights: WeightsSection) -> Row:
        """A whole text that is learned, token by token; ``span`` is the object in it."""
        ids, spans = self._tokens(text)
        learned = [TokenSpan(text[begin:end], begin, end) for begin, end in spans[1:]]
        weighted = weigh(learned, text, fact, weights)
        target = tuple(at for at in _within(spans, *span) if at > 0)
        keys = tuple(range(1, len(ids) - 1))
        return Row(ids, 1, tuple(t.weight for t in weighted), target, keys, tokens=weighted)

    def held(self, question: str, answer: str) -> Row:
        """A question and the beginning of an answer on which the model stays what it is, at every token of both."""
        prompt = self.prompt(question)
        opening = "" if self._templated or not answer else " "
        return Row(self._ids(f"{prompt}{opening}{answer}"), self.lead + 1, held=True)

    def held_text(self, text: str, longest: int) -> Row:
        """A text on which the model stays what it is."""
        return Row(self._ids(text)[:longest], 1, held=True)

    def _tokens(self, text: str) -> tuple[tuple[int, ...], list[tuple[int, int]]]:
        """Token ids and where each stands in the text."""
        found = self._model.tokenizer(text, add_special_tokens=not self._templated, return_offsets_mapping=True)
        return tuple(found["input_ids"]), [tuple(span) for span in found["offset_mapping"]]


def _and_next(places: tuple[int, ...], length: int) -> tuple[int, ...]:
    """With the token that ends the object: a name that goes on is another name."""
    return (*places, places[-1] + 1) if places and places[-1] + 1 < length else places


def _within(spans: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, ...]:
    """Places of the tokens that share a character with ``start`` to ``end``."""
    return tuple(at for at, (begin, stop) in enumerate(spans) if begin < end and stop > start)
