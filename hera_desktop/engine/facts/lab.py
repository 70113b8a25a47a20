"""``ChatLab``: a conversation with the model that learns what it is told.

A message is read for a fact and answered; then, where learning is on, one lesson proposes a change, the immune system
judges it like any other, and message, answer, change and fact memory are recorded in one transaction.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal
from weakref import WeakKeyDictionary

from ..changes import clean
from ..errors import Cancelled, InputError
from ..facts_config import FactsConfig
from ..hera import HeraEngine
from ..interchange.export import export_patches
from ..model import Sampling
from ..passes import Passes
from ..progress import Progress, unwatched
from .asking import Asker
from .chat_format import ChatFormat
from .chat_log import ChatLog
from .detector import FactDetector
from .forms import FormBook
from .judging import Judge
from .measures import RunningMeasures
from .memory import FactMemory
from .recollection import memory_of_state
from .records import Asked, ChatTurn, FactInfo, KnownFact, Lesson, Message, Parsed, Survey, WeightedToken
from .retention import recalls, retention
from .surveying import Surveyor
from .teaching import Matter, Teaching

LONGEST_TOKEN = 50
"""Characters."""

Learning = Literal["off", "ask", "automatic"]


class _Parts:
    """What is made once for an engine."""

    def __init__(self, engine: HeraEngine) -> None:
        settings = engine.config.facts
        self.passes = Passes(engine.model)
        self.teaching = Teaching(engine.model, engine.stack, settings, FormBook.load())
        self.asker = Asker(engine.model, self.passes)
        self.detector = FactDetector(settings.detector)
        self.settings = settings
        self.answers: dict[tuple[str, int], tuple[Asked, ...]] = {}

    def refresh(self, settings: FactsConfig) -> None:
        if settings.detector != self.settings.detector:
            self.detector = FactDetector(settings.detector)
        self.teaching.settings = self.settings = settings


_shared: WeakKeyDictionary[HeraEngine, _Parts] = WeakKeyDictionary()


class ChatLab:
    """The chat of an engine, on its model in the present state and in its session. It is cheap to make."""

    def __init__(self, engine: HeraEngine) -> None:
        self._engine = engine
        if engine not in _shared:
            _shared[engine] = _Parts(engine)
        self._parts = _shared[engine]
        self._judge = Judge(engine, self._parts.asker)
        self._surveyor = Surveyor(engine, self.asked, self._parts.answers)

    @property
    def log(self) -> ChatLog:
        """The conversations of the session."""
        return self._engine.ledger.chat

    @property
    def _settings(self) -> FactsConfig:
        settings = self._engine.config.facts
        self._parts.refresh(settings)
        return settings

    @property
    def _teaching(self) -> Teaching:
        """Lessons with the settings of now."""
        self._parts.refresh(self._engine.config.facts)
        return self._parts.teaching

    @property
    def _format(self) -> ChatFormat:
        return ChatFormat(self._engine.model, self._settings.reply.system_prompt)

    def sampling(self, seed: int | None = None) -> Sampling:
        """How answers are generated, as configured; without a seed that of the experiment."""
        reply, usual = self._settings.reply, self._engine.config.experiment.seed
        return Sampling(reply.max_new_tokens, reply.temperature, reply.top_p, usual if seed is None else seed)

    def check_system_prompt(self, text: str) -> None:
        """Raises InputError where the model's chat template does not take it."""
        ChatFormat(self._engine.model, text)

    # --- talking ----------------------------------------------------------------------------------------------------

    def chat_and_update(
        self,
        text: str,
        parent: int | None = None,
        *,
        learning: Learning | None = None,
        sampling: Sampling | None = None,
        on_text: Callable[[str], None] = lambda text: None,
        progress: Progress = unwatched,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> ChatTurn:
        """Answer a message, learn from it, and record the turn.

        Args:
            parent: the message that it follows; None begins a conversation.
            learning: as configured where it is None; with "ask" nothing new is learned before ``learn`` is called.
            on_text: receives the answer piece by piece.
            cancelled: ends the answer early; what there is of it is kept, and nothing is learned.

        Raises:
            InputError: the message is empty or too long, or ``parent`` is not in the session.
            SessionError: the session can only be read.
            Cancelled: ``progress`` said so during the lesson; nothing of the turn is recorded then. A replay or a
                survey after it that does not come to its end leaves the turn standing (``ChatTurn.unfinished``).
        """
        self._engine.ledger.check_writable()
        text = self._checked(text)
        mode, number = learning or self._settings.learning, self.log.turns() + 1
        info, before = self._parts.detector.detect(text), self._engine.state_hash
        answer, sampled, seconds = self._answer(text, parent, sampling, on_text, cancelled)
        stopped = cancelled()
        if stopped:
            mode = "off"  # the user has had enough of this turn
        details = {"sampling": asdict(sampled), "seconds": seconds}
        said = {"text": text, "state_hash": before, "details": {"fact": asdict(info)}}
        answered = {"text": answer, "state_hash": before, "details": details}
        lesson = None
        if mode == "automatic" and self._learns(info):
            matter = self._matter(info, number, answer)
            lesson, (user_id, answer_id) = self._judge.turn(
                self._teaching, matter, self.memory(), number, (parent, said, answered), progress
            )
            user, reply = self.log.message(user_id), self.log.message(answer_id)
        else:
            user, reply = self.log.add_turn(parent, said, answered)
        replayed, unfinished = None, ""
        if not stopped:
            try:
                replayed = self._replay(number, progress) if mode != "off" else None
                self._survey_if_due(number, progress)
            except (Cancelled, InputError) as error:
                unfinished = str(error)
        return ChatTurn(number, user, reply, info, lesson, replayed, self._engine.state_hash, unfinished, stopped)

    def _checked(self, text: str) -> str:
        text = clean(text).strip()
        if not text:
            raise InputError("the message is empty; it takes some text")
        self._prompt(text, None)  # it must be short enough to be read
        return text

    def _answer(
        self,
        text: str,
        parent: int | None,
        sampling: Sampling | None,
        on_text: Callable[[str], None],
        cancelled: Callable[[], bool],
    ) -> tuple[str, Sampling, float]:
        started, sampled = time.perf_counter(), sampling or self.sampling()
        answer = self._engine.model.generate(self._prompt(text, parent), sampled, on_text, cancelled)
        return answer, sampled, time.perf_counter() - started

    def _prompt(self, text: str, parent: int | None) -> tuple[int, ...]:
        """The message after the turns before it: as many as are configured, and as fit."""
        pairs = self._pairs(parent)[-self._settings.reply.turns :] if self._settings.reply.turns else []
        limit = min(self._engine.config.model.max_prompt_tokens, self._engine.model.info.context - 1)
        if len(text) > LONGEST_TOKEN * limit:  # no tokenizer makes tokens that long on average: do not even try
            raise InputError(f"the message has {len(text)} characters; at most {limit} tokens are allowed")
        while True:
            ids = self._format.prompt_ids(text, pairs)
            if len(ids) <= limit or not pairs:
                break
            pairs = pairs[1:]
        if len(ids) > limit:
            raise InputError(f"the message has {len(ids)} tokens with the chat's frame; at most {limit} are allowed")
        return ids

    def _pairs(self, parent: int | None) -> list[tuple[str, str]]:
        path = self.log.path(parent) if parent is not None else ()
        return [(a.text, b.text) for a, b in pairwise(path) if (a.role, b.role) == ("user", "assistant")]

    def regenerate(
        self,
        answer_id: int,
        sampling: Sampling | None = None,
        on_text: Callable[[str], None] = lambda text: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Message:
        """Another answer beside the one there is; raises InputError where the message is no answer."""
        self._engine.ledger.check_writable()
        old = self.log.message(answer_id)
        if old.role != "assistant" or old.parent is None:
            raise InputError(f"message {answer_id} is no answer; only an answer can be generated again")
        asked = self.log.message(old.parent)
        answer, sampled, seconds = self._answer(asked.text, asked.parent, sampling, on_text, cancelled)
        details = {"sampling": asdict(sampled), "seconds": seconds}
        return self.log.add(asked.message_id, "assistant", answer, self._engine.state_hash, details=details)

    def compare(
        self,
        user_message_id: int,
        sampling: Sampling | None = None,
        progress: Progress = unwatched,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> tuple[str, str]:
        """The answer without what the chat has learned, and the answer now; nothing is recorded. ``cancelled`` ends
        each answer early."""
        message = self.log.message(user_message_id)
        if message.role != "user":
            raise InputError(f"message {user_message_id} is an answer; a message of the user is compared")
        sampled, ids = sampling or self.sampling(), self._prompt(message.text, message.parent)
        progress("answering without what was learned", 0.0)
        with self._engine.stack.temporarily(self._engine.changes(self._unlearned())):
            base = self._engine.model.generate(ids, sampled, cancelled=cancelled)
        progress("answering", 0.5)
        return base, self._engine.model.generate(ids, sampled, cancelled=cancelled)

    def _unlearned(self) -> tuple[str, ...]:
        """The active patches that the chat did not make."""
        lessons, ledger = self.log.of_lessons(), self._engine.ledger
        return tuple(p for p in ledger.timeline.current.active if p not in lessons and not ledger.is_adapter(p))

    # --- learning ---------------------------------------------------------------------------------------------------

    def _learns(self, info: FactInfo) -> bool:
        return info.is_fact or self._settings.training.learn_from == "all"

    def parse(self, text: str) -> Parsed:
        """What would be learned from a message; nothing changes."""
        info = self._parts.detector.detect(self._checked(text))
        if not info.is_fact:
            note = f"a {info.kind if info.kind == 'question' else 'message without a fact'}"
            learns = self._learns(info)
            return Parsed(
                info, (), learns, f"{note}; {'the exchange itself is learned' if learns else 'nothing to learn'}"
            )
        rows = self._teaching.forms(info, self._format)
        tokens: tuple[WeightedToken, ...] = rows[0].tokens if rows else ()
        return Parsed(info, tokens, True, "", self.memory().contradicting(info))

    def learn(self, message_id: int, progress: Progress = unwatched) -> Lesson:
        """Learn from a message of the user that is on record.

        Raises:
            InputError: it is no message of the user, or holds nothing to learn.
        """
        self._engine.ledger.check_writable()
        message = self.log.message(message_id)
        if message.role != "user":
            raise InputError(f"message {message_id} is an answer; what is learned is a message of the user")
        info = self._parts.detector.detect(self._checked(message.text))
        if not self._learns(info):
            raise InputError(f"message {message_id} holds no fact ({message.text[:40]!r}); nothing is learned from it")
        answers = [child.text for child in self.log.children(message_id)]
        matter = self._matter(info, self.log.turns(), answers[0] if answers else "")
        return self._judge.message(self._teaching, matter, self.memory(), self.log.turns(), message_id, progress)

    def tell(self, text: str, progress: Progress = unwatched) -> Lesson:
        """Learn a sentence outside any conversation; raises InputError where it holds no fact."""
        self._engine.ledger.check_writable()
        text = self._checked(text)
        info = self._parts.detector.detect(text)
        if not info.is_fact:
            raise InputError(f"{text[:60]!r} holds no fact; tell one, such as 'Ada Lovelace lives in London.'")
        matter = self._matter(info, self.log.turns(), "")
        return self._judge.alone(self._teaching, matter, self.memory(), self.log.turns(), progress)

    def prepare(self, progress: Progress = unwatched) -> None:
        """Measure now what lessons stand on; else the first one does. It is kept on disk for the next time."""
        self._teaching.prepare(progress)

    def _matter(self, info: FactInfo, turn: int, answer: str) -> Matter:
        memory = self.memory()
        told = memory.find(info) if info.is_fact else None
        count = told.count + 1 if told else 1
        importance = memory.importance(told, turn) if told else 1.0
        return Matter(info, info.kind, count, importance, self._seed(info.text, count), answer)

    def _seed(self, text: str, count: int) -> int:
        """A lesson's seed: the same for the same text told as often from the same state."""
        state = f"{self._engine.config.experiment.seed}|{self._engine.state_hash}|{count}|{text}"
        return int.from_bytes(hashlib.sha256(state.encode()).digest()[:6], "big")

    def _replay(self, turn: int, progress: Progress) -> Lesson | None:
        """Learn the most important facts again where that is due."""
        memory = self.memory()
        if not memory.due(turn):
            return None
        facts = memory.replay(turn)
        if not facts:
            return None
        infos = tuple(memory.info(fact.fact_id) for fact in facts)
        text = f"replay of {len(facts)} facts"
        matter = Matter(FactInfo(text, "regular"), "replay", 1, 1.0, self._seed(text, turn), facts=infos)
        return self._judge.alone(self._teaching, matter, memory, turn, progress)

    # --- facts ------------------------------------------------------------------------------------------------------

    def memory(self) -> FactMemory:
        """The fact memory of the present state: the facts whose lessons are in it, as far as the memory kept them."""
        return memory_of_state(self._engine.ledger, self._settings.memory)

    def facts(self) -> tuple[KnownFact, ...]:
        """The facts of the present state, most important first, with what was answered when they were last asked."""
        return self._surveyor.facts(self.memory())

    def ask(self, fact_id: int, progress: Progress = unwatched) -> KnownFact:
        """Ask the questions about a fact now; raises InputError for one that is not known."""
        progress("asking", None)
        return self._surveyor.ask(self.memory(), fact_id)

    def survey(self, progress: Progress = unwatched) -> Survey:
        """Ask about all facts, and keep what came of it in the session where it can be written."""
        return self._surveyor.survey(self.memory(), self.log.turns(), self._settings.recall.needed, progress)

    def asked_after_move(self, progress: Progress = unwatched) -> Survey | None:
        """Ask about all facts after the state was changed otherwise than by a lesson, as configured
        (``recall.after_move``); None where there is nothing to ask, or all was asked in this state."""
        asked = any(survey.state_hash == self._engine.state_hash for survey in self.surveys())
        wanted = self._settings.recall.after_move and len(self.memory()) > 0
        return self.survey(progress) if wanted and not asked else None

    def surveys(self) -> tuple[Survey, ...]:
        """The "still known" curve, oldest first."""
        return self.log.surveys()

    def measures(self) -> dict[str, float | None]:
        """The running measures (see ``RunningMeasures.now``) as of the last lesson, but accuracy and backward transfer
        as of the present state and the surveys on the way to it. Nothing is asked."""
        lessons = self.log.lessons(newest=1)
        last = lessons[0].get("measures") or {} if lessons else {}
        return {**RunningMeasures(2).now(), **last, **retention(recalls(self._engine.ledger, self.memory()))}

    def _survey_if_due(self, turn: int, progress: Progress) -> None:
        every = self._settings.recall.every
        if every and turn % every == 0 and len(self.memory()):
            self.survey(progress)

    def questions_about(self, info: FactInfo) -> tuple[tuple[str, bool], ...]:
        """The questions that check a fact, each with whether its form is trained."""
        return self._teaching.to_ask(info)

    def asked(self, infos: Sequence[FactInfo]) -> list[tuple[Asked, ...]]:
        """The questions about facts with the present state's answers, fact by fact."""
        wanted = [(self.questions_about(info), info.object) for info in infos]
        return self._parts.asker.asked_all(self._format, wanted, self._settings.recall.tokens)

    def forget(self, fact_id: int, progress: Progress = unwatched) -> Lesson:
        """Take a fact out of the model: its lessons' patches are reverted; from one adapter for all it is un-learned.

        Raises:
            InputError: there is no such fact in the present state.
        """
        self._engine.ledger.check_writable()
        return self._judge.forget(self._teaching, self.memory(), fact_id, self.log.taught(), progress)

    def lessons(self) -> tuple[Mapping[str, Any], ...]:
        """Every lesson on record, refused ones too, oldest first, in plain values."""
        return self.log.lessons()

    def export_adapter(self, folder: Path) -> Path:
        """Write what the chat has learned as one PEFT adapter; raises InputError where nothing was learned."""
        ledger, lessons = self._engine.ledger, self.log.of_lessons()
        active = ledger.in_force(ledger.timeline.current.active)
        ids = [patch_id for patch_id in active if patch_id in lessons or ledger.is_adapter(patch_id)]
        if not ids:
            raise InputError("the chat has learned nothing in this state; there is no adapter to export")
        return Path(export_patches(self._engine, folder, "peft", ids).path)

    # --- for the benchmark ------------------------------------------------------------------------------------------

    def answers(self, questions: Sequence[str], tokens: int) -> tuple[str, ...]:
        """Greedy answers in the present state, each in a conversation of its own."""
        return self._parts.asker.answers(self._format, questions, tokens)

    def answer_ids(self, questions: Sequence[str], tokens: int) -> tuple[tuple[int, ...], ...]:
        """The same as token ids."""
        return self._parts.asker.answer_ids(self._format, questions, tokens)

    def forms_trained(self, statement: str) -> tuple[str, ...]:
        """The questions that a lesson on this sentence would train; empty where it holds no fact."""
        info = self._parts.detector.detect(statement)
        return self._teaching.questions(info) if info.is_fact else ()

    def hold_out(self, questions: Sequence[str]) -> None:
        """Leave the forms of these questions out of all lessons from now on."""
        self._teaching.held_out = tuple(questions)
