"""Asking the model: free greedy answers in the chat's own format, and whether they hold what was taught."""

from __future__ import annotations

from collections.abc import Sequence

from ..model import LanguageModel
from ..passes import Passes
from .answers import holds
from .chat_format import ChatFormat
from .records import Asked


class Asker:
    """Asks questions, each in a conversation of its own."""

    def __init__(self, model: LanguageModel, passes: Passes) -> None:
        self._model, self._passes = model, passes

    def answer_ids(self, chat: ChatFormat, questions: Sequence[str], tokens: int) -> tuple[tuple[int, ...], ...]:
        """Greedy answers in the present state, as at most ``tokens`` token ids each."""
        return tuple(self._passes.answers([chat.prompt_ids(question) for question in questions], tokens))

    def answers(self, chat: ChatFormat, questions: Sequence[str], tokens: int) -> tuple[str, ...]:
        return tuple(self._model.decode(ids).strip() for ids in self.answer_ids(chat, questions, tokens))

    def asked(
        self, chat: ChatFormat, questions: Sequence[tuple[str, bool]], words: str, tokens: int
    ) -> tuple[Asked, ...]:
        """Questions (each with whether its form is trained) with their answers; right where ``words`` appear."""
        return self.asked_all(chat, [(questions, words)], tokens)[0]

    def asked_all(
        self, chat: ChatFormat, wanted: Sequence[tuple[Sequence[tuple[str, bool]], str]], tokens: int
    ) -> list[tuple[Asked, ...]]:
        """The same for several facts, asked together."""
        answers = iter(self.answers(chat, [question for some, _ in wanted for question, _ in some], tokens))
        found = []
        for some, words in wanted:
            texts = [next(answers) for _ in some]
            pairs = zip(some, texts, strict=True)
            found.append(tuple(Asked(question, t, holds(t, words), trained) for (question, trained), t in pairs))
        return found
