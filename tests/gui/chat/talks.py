"""Invented conversations, and a chat without a model that holds them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from types import SimpleNamespace
from typing import Any

from hera_desktop.engine.errors import InputError
from hera_desktop.engine.facts.records import Asked, ChatTurn, FactInfo, KnownFact, Lesson, Message, Parsed, Survey
from hera_desktop.gui.chat_records import ChatState, ReplySettings

FACT = FactInfo("The capital of Orvandia is Selmouth.", "fact", 0.9, "capital of", "Orvandia", "Selmouth")
ASKED = tuple(Asked(f"question {number}", "Selmouth", number < 4, number < 2) for number in range(4))


def message(number: int, parent: int | None, text: str, **more: Any) -> Message:
    """A user's message where the number is odd, an answer where it is even."""
    role = "user" if number % 2 else "assistant"
    time = f"2025-03-01T10:{number % 60:02}:00+00:00"
    return Message(number, parent, role, text, f"{number:08x}" + "ab" * 28, time, **more)


def lesson(outcome: str = "committed", reason: str = "safe: all measures are under their limits") -> Lesson:
    return Lesson(outcome, reason, FACT, "p1", asked=ASKED, seconds=3.2)


def taught(outcome: str = "committed", reason: str = "safe: all measures are under their limits") -> dict[str, Any]:
    """The details of a message that was learned from."""
    return {"fact": asdict(FACT), "lesson": asdict(lesson(outcome, reason))}


def talk(turns: int = 2) -> list[Message]:
    """A conversation without branches; its first message was learned."""
    messages: list[Message] = []
    for turn in range(turns):
        asked, parent = 2 * turn + 1, 2 * turn or None
        details = taught() if turn == 0 else {}
        text = FACT.text if turn == 0 else f"What is the capital of Orvandia, asked for time {turn}?"
        messages.append(message(asked, parent, text, details=details))
        messages.append(message(asked + 1, asked, f"Answer {turn}: the capital is Selmouth."))
    return messages


def state_of(messages: Sequence[Message], head: int | None = None, **more: Any) -> ChatState:
    last = head if head is not None else (messages[-1].message_id if messages else None)
    given = {"learning": "automatic", "reply": ReplySettings(), "state_hash": "ab" * 32, **more}
    return ChatState(tuple(messages), last, facts=(), surveys=(), lessons=(), **given)


class FakeLog:
    def __init__(self, messages: Sequence[Message] = ()) -> None:
        self.kept = list(messages)

    def messages(self) -> tuple[Message, ...]:
        return tuple(self.kept)

    def latest(self) -> int | None:
        return self.kept[-1].message_id if self.kept else None

    def path(self, leaf: int) -> tuple[Message, ...]:
        found = {message.message_id: message for message in self.kept}
        path = [found[leaf]]
        while path[0].parent is not None:
            path.insert(0, found[path[0].parent])
        return tuple(path)

    def add(self, parent: int | None, role: str, text: str, state_hash: str, patch_id=None, details=None) -> Message:
        number = len(self.kept) + 1
        made = Message(number, parent, role, text, state_hash, "2025-03-01T10:00:00+00:00", patch_id, details or {})
        self.kept.append(made)
        return made

    def take_in(self, loaded: Sequence[Any]) -> int:
        numbers: dict[int | None, int | None] = {None: None}
        for message in loaded:
            told = {"fact": {"kind": "fact", "text": message.fact}} if message.fact else {}
            added = self.add(numbers[message.parent], message.role, message.text, message.state_hash, details=told)
            numbers[message.message_id] = added.message_id
        return self.kept[-1].message_id


class FakeChat:
    """Answers "Yes, <text>" in pieces; a text with "capital" is a fact, one with "bad" is refused. ``calls`` are the
    methods that were called, with what they were given; with ``gate`` an answer waits for it, or for being stopped."""

    def __init__(self, engine: Any, gate: threading.Event | None = None) -> None:
        self.engine, self.gate = engine, gate
        self.log = FakeLog()
        self.calls: list[tuple[str, Any]] = []

    def chat_and_update(
        self,
        text: str,
        parent: int | None,
        *,
        learning: Any,
        sampling: Any,
        on_text: Any,
        progress: Any,
        cancelled: Any,
    ) -> ChatTurn:
        self.calls.append(("chat_and_update", (text, parent, learning, sampling)))
        if "bad" in text:
            raise InputError("the message has 4096 tokens; at most 1024 are allowed")
        asked = self.log.add(parent, "user", text, self._hash())
        answer = self.log.add(asked.message_id, "assistant", self._answer(text, on_text, cancelled), self._hash())
        fact = FACT if "capital" in text else FactInfo(text, "regular")
        learned = None
        if learning == "automatic" and fact.is_fact:
            progress("learning, step 1 of 2", 0.5)
            learned = self.learn(asked.message_id, progress)
        return ChatTurn(1, asked, answer, fact, learned, None, self._hash(), stopped=cancelled())

    def _answer(self, text: str, on_text: Callable[[str], None], cancelled: Callable[[], bool]) -> str:
        said = ""
        for piece in ("Yes", ", ", text):
            said += piece
            on_text(piece)
            while self.gate is not None and not self.gate.wait(0.01):
                if cancelled():
                    return said
        return said

    def parse(self, text: str) -> Parsed:
        return Parsed(FACT, (), True)

    def learn(self, message_id: int, progress: Any) -> Lesson:
        self.calls.append(("learn", message_id))
        place = message_id - 1
        self.log.kept[place] = replace(self.log.kept[place], details=taught())
        return lesson()

    def tell(self, text: str, progress: Any) -> Lesson:
        self.calls.append(("tell", text))
        return lesson()

    def regenerate(self, answer_id: int, sampling: Any, on_text: Any, cancelled: Any) -> Message:
        self.calls.append(("regenerate", (answer_id, sampling)))
        parent = self.log.kept[answer_id - 1].parent
        return self.log.add(parent, "assistant", self._answer("again", on_text, cancelled), self._hash())

    def check_system_prompt(self, text: str) -> None:
        if "refused" in text:
            raise InputError("the chat template of tiny cannot be used with a system prompt")

    def compare(self, user_message_id: int, sampling: Any, progress: Any, cancelled: Any) -> tuple[str, str]:
        self.calls.append(("compare", (user_message_id, sampling)))
        return "The capital is unknown.", "The capital is Selmouth."

    def sampling(self, seed: int | None = None) -> SimpleNamespace:
        reply = self.engine.config.facts.reply
        return SimpleNamespace(
            max_new_tokens=reply.max_new_tokens, temperature=reply.temperature, top_p=reply.top_p, seed=seed or 0
        )

    def facts(self) -> tuple[KnownFact, ...]:
        return (KnownFact(1, FACT.text, FACT.relation, FACT.subject, FACT.object, (), 1, 1, 1, 1.5),)

    def ask(self, fact_id: int, progress: Any) -> KnownFact:
        self.calls.append(("ask", fact_id))
        return replace(self.facts()[0], asked=ASKED, recall=1.0)

    def survey(self, progress: Any) -> Survey:
        return Survey(1, self._hash(), 1, 1, {1: 1.0})

    def surveys(self) -> tuple[Survey, ...]:
        return ()

    def measures(self) -> dict[str, float | None]:
        return {"accuracy": 0.75, "backward_transfer": -0.25}

    def forget(self, fact_id: int, progress: Any) -> Lesson:
        self.calls.append(("forget", fact_id))
        return lesson()

    def lessons(self) -> tuple[dict[str, Any], ...]:
        return tuple(said.details["lesson"] for said in self.log.kept if "lesson" in said.details)

    def export_adapter(self, folder: Any) -> Any:
        raise InputError("nothing was learned in this state; there is no adapter to export")

    def _hash(self) -> str:
        return self.engine.info().state_hash
