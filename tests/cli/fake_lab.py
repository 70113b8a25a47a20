"""A chat lab that answers at once, and an engine around it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from hera_desktop.engine.errors import InputError
from hera_desktop.engine.facts import records as r
from hera_desktop.engine.facts.chat_log import CHAT_SCHEMA, ChatLog
from hera_desktop.engine.model import Sampling

STATE = "5" * 64
FACT = r.FactInfo("The capital of Vostria is Quell.", "fact", 0.9, "capital", "Vostria", "Quell", pattern="relation")
CHITCHAT = r.FactInfo("Good morning.", "regular")
ASKED = (
    r.Asked("What is the capital of Vostria?", "Quell.", True, True),
    r.Asked("Which town is it?", "I do not know [yet].", False, False),
)
KNOWN = r.KnownFact(3, FACT.text, "capital", "Vostria", "Quell", ("Vostria",), 2, 1, 4, 1.25, 0.5, ASKED, (1,))
LESSON = r.Lesson("committed", "within the limits", FACT, "p1", STATE, asked=ASKED, seconds=12.34)


class FakeLab:
    """Answers each message with its letters in capitals; a message about a capital is a fact."""

    def __init__(self) -> None:
        db = sqlite3.connect(":memory:", isolation_level=None)
        db.execute("CREATE TABLE patches (patch_id TEXT PRIMARY KEY)")
        for statement in CHAT_SCHEMA:
            db.execute(statement)

        @contextmanager
        def opened() -> Iterator[sqlite3.Connection]:
            yield db

        self.log = ChatLog(opened, opened)
        self.lesson, self.replayed, self.unfinished = LESSON, None, ""
        self.calls: list[tuple[str, Any]] = []
        self.during: Callable[[], None] = lambda: None
        self.in_lesson: Callable[[], None] = lambda: None

    def sampling(self, seed: int | None = None) -> Sampling:
        return Sampling(200, 0.5, 0.9, 7 if seed is None else seed)

    def chat_and_update(self, text, parent, *, learning, sampling, on_text, progress, cancelled) -> r.ChatTurn:
        self.calls.append((text, {"parent": parent, "learning": learning, "sampling": sampling}))
        if text == "unusable":
            raise InputError("message 'unusable' cannot be used")
        on_text(text[:3].upper())
        self.during()
        answer = text[:3].upper() if cancelled() else text.upper()
        on_text(answer[3:])
        fact, lesson = (FACT if "capital" in text else CHITCHAT), None
        if learning == "automatic":
            lesson = self._learned(progress) if fact.is_fact else r.Lesson("nothing", "no fact in it", fact)
        user = self.log.add(parent, "user", text, STATE)
        said = self.log.add(user.message_id, "assistant", answer, STATE)
        return r.ChatTurn(self.log.turns(), user, said, fact, lesson, self.replayed, STATE, self.unfinished)

    def _learned(self, progress) -> r.Lesson:
        progress("learning", None)
        self.in_lesson()
        progress("learning", 0.5)
        return self.lesson

    def regenerate(self, answer_id, sampling, on_text, cancelled) -> r.Message:
        self.calls.append(("regenerate", sampling.seed))
        on_text("AGAIN")
        return self.log.add(self.log.message(answer_id).parent, "assistant", "AGAIN", STATE)

    def compare(self, message_id, sampling, progress, cancelled) -> tuple[str, str]:
        progress("answering", None)
        return "before", f"after {self.log.message(message_id).text}"

    def asked_after_move(self, progress) -> r.Survey | None:
        progress("asking", None)
        return self.surveys()[-1]

    def parse(self, text: str) -> r.Parsed:
        tokens = (r.WeightedToken("The", 2.0, ("position",)), r.WeightedToken(" capital", 6.0, ("fact", "position")))
        if "capital" not in text:
            return r.Parsed(CHITCHAT, (), False)
        return r.Parsed(FACT, tokens, True, "it contradicts what it was told", (KNOWN,))

    def learn(self, message_id: int, progress) -> r.Lesson:
        self.calls.append(("learn", message_id))
        return self._learned(progress)

    def facts(self) -> tuple[r.KnownFact, ...]:
        return (KNOWN, replace(KNOWN, fact_id=1, asked=(), recall=None, contradicts=()))

    def ask(self, fact_id: int, progress) -> r.KnownFact:
        progress("asking", None)
        if fact_id not in (1, 3):
            raise InputError(f"fact {fact_id} is not in the memory")
        return replace(KNOWN, fact_id=fact_id)

    def forget(self, fact_id: int, progress) -> r.Lesson:
        self.calls.append(("forget", fact_id))
        progress("forgetting", None)
        return replace(self.lesson, asked=())

    def survey(self, progress) -> r.Survey:
        progress("asking", None)
        self.in_lesson()
        progress("asking", 0.5)
        return self.surveys()[-1]

    def surveys(self) -> tuple[r.Survey, ...]:
        return (r.Survey(10, STATE, 2, 2, {1: 1, 3: 1}, "then"), r.Survey(20, STATE, 1, 2, {1: 0.25, 3: 1}, "now"))

    def measures(self) -> dict[str, float | None]:
        return {"perplexity": 21.5, "improvement": None, "accuracy": 0.875, "backward_transfer": -0.125}

    def export_adapter(self, folder: Path) -> Path:
        self.calls.append(("export", folder))
        return folder


class FakeEngine:
    session = Path("/somewhere/s.hera")
    state_hash = STATE
    model = SimpleNamespace(info=SimpleNamespace(name="tiny", fingerprint="f" * 64))

    def __init__(self, learning: str) -> None:
        self.config = SimpleNamespace(facts=SimpleNamespace(learning=learning))

    def undo(self) -> SimpleNamespace:
        return SimpleNamespace(what="learning p1", state_hash="a" * 64, active=())

    def redo(self) -> SimpleNamespace:
        raise InputError("there is nothing to redo")
