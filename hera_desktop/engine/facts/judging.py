"""A lesson's way into the session: proposed, judged, softened where it is refused, asked about, and recorded.

Everything that belongs to a turn is written in one transaction: the messages, the change, the verdict and the fact
memory; a program that is killed before it leaves nothing of the turn.
"""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

import torch

from ..errors import InputError
from ..immune.prompt_states import PromptState
from ..immune.snapshot import Snapshot
from ..immune.system import Measurement
from ..patch_stack import ModelChange, in_force
from ..patches import Patch
from ..progress import Progress
from ..records import plain_metrics
from ..steps import Judged
from ..strategies import Proposal
from .asking import Asker
from .chat_format import ChatFormat
from .chat_log import insert_memory, insert_turn, set_lesson
from .measures import Recall, RunningMeasures
from .memory import FactMemory
from .recollection import number_of
from .records import Asked, FactInfo, Lesson
from .retention import recalls, retention
from .teaching import FORGET, Learned, Matter, Teaching, softer

if TYPE_CHECKING:
    from ..hera import HeraEngine

Write = Callable[[sqlite3.Connection, str | None, Mapping[str, Any]], None]
"""Writes what else belongs to a lesson, given its patch and its record."""

Turn = tuple[int | None, Mapping[str, Any], Mapping[str, Any]]
"""The message before, and the arguments of a message and its answer (see chat_log.py)."""


@dataclass(frozen=True, eq=False)
class _Verdict:
    """A lesson's change as it was judged last, and how much of the whole it is."""

    change: ModelChange
    measurement: Measurement
    share: float


@dataclass(frozen=True, eq=False)
class _Case:
    """A lesson on its way: what is learned, the memory as it will be, the fact's number in it (``about``: those of a
    replay), and what else is written with it."""

    teaching: Teaching
    matter: Matter
    memory: FactMemory
    turn: int
    write: Write
    started: float
    fact_id: int | None
    about: tuple[int, ...] = ()


class Judge:
    """Carries lessons out on an engine."""

    def __init__(self, engine: HeraEngine, asker: Asker) -> None:
        self._engine, self._asker = engine, asker

    def turn(
        self, teaching: Teaching, matter: Matter, memory: FactMemory, number: int, turn: Turn, progress: Progress
    ) -> tuple[Lesson, tuple[int, int]]:
        """A lesson with the messages it comes from; their numbers."""
        parent, said, answered = turn
        numbers: list[tuple[int, int]] = []

        def write(db: sqlite3.Connection, patch_id: str | None, lesson: Mapping[str, Any]) -> None:
            told = {**said, "patch_id": patch_id, "details": {**said["details"], "lesson": lesson}}
            numbers.append(insert_turn(db, parent, told, answered))

        return self._carry_out(teaching, matter, memory, number, write, progress), numbers[-1]

    def message(
        self, teaching: Teaching, matter: Matter, memory: FactMemory, number: int, message_id: int, progress: Progress
    ) -> Lesson:
        """A lesson from a message that is on record."""

        def write(db: sqlite3.Connection, patch_id: str | None, lesson: Mapping[str, Any]) -> None:
            set_lesson(db, message_id, patch_id, lesson)

        return self._carry_out(teaching, matter, memory, number, write, progress)

    def alone(self, teaching: Teaching, matter: Matter, memory: FactMemory, number: int, progress: Progress) -> Lesson:
        """A lesson that belongs to no message."""
        return self._carry_out(teaching, matter, memory, number, lambda db, patch_id, lesson: None, progress)

    # --- a lesson ---------------------------------------------------------------------------------------------------

    def _carry_out(
        self,
        teaching: Teaching,
        matter: Matter,
        memory: FactMemory,
        turn: int,
        write: Write,
        progress: Progress,
    ) -> Lesson:
        started, memory = time.perf_counter(), memory.copy()
        fact_id, evicted, rivals = self._remembered(matter, memory, turn)
        about = tuple(found.fact_id for info in matter.facts if (found := memory.find(info)) is not None)
        case = _Case(teaching, matter, memory, turn, write, started, fact_id, about)
        earlier = memory.sample(teaching.settings.training.replay * 4, random.Random(matter.seed), self._own(fact_id))
        infos = tuple(memory.info(fact.fact_id) for fact in earlier)
        learned = teaching.learn(matter, infos, self._kept(fact_id, teaching.settings.memory.max_facts), progress)
        lesson = Lesson(
            "nothing",
            "there is nothing to learn in it",
            matter.info,
            state_hash=self._engine.state_hash,
            steps=learned.steps,
            tokens=learned.forms[0].tokens if learned.forms else (),
            replayed=tuple(dict.fromkeys(info.text for info in (*matter.facts, *infos))) if learned.steps else (),
            contradicts=tuple(rival.text for rival in rivals),
            evicted=evicted,
        )
        if learned.change is None:
            return self._recorded_without_change(lesson, learned, case)
        progress("measuring the proposal", 0.9)
        return self._settled(lesson, learned, learned.change, case)

    def _settled(self, lesson: Lesson, learned: Learned, change: ModelChange, case: _Case) -> Lesson:
        """The verdict, the questions, the measures, and the record."""
        settings, memory = case.teaching.settings, case.memory
        state = self._engine.immune.prompt_state(self._prompt(case), [])
        verdict = self._judged(learned, change, state, settings.soften)
        refused = verdict.measurement.verdict.level == "reject"
        with self._engine.stack.trial(verdict.change):
            asked = self._asked(case.teaching, case.matter)
            moved = None if refused else case.teaching.divergence(self._base())
        kept = None if refused else case.fact_id
        if kept is not None and asked:
            memory.set_recall(kept, asked)
        lesson = self._told(lesson, verdict, asked, time.perf_counter() - case.started)
        lesson = replace(lesson, survival=self._survival(verdict, settings.recall.survival))
        known = recalls(self._engine.ledger, memory, kept)
        figures = self._figures(lesson, verdict.measurement, known, settings.recall.needed, moved)
        lesson = replace(lesson, measures=self._running(lesson, figures, case.turn, settings.window))
        record = {**plain_lesson(lesson), "turn": case.turn, "fact_id": case.fact_id, "figures": figures}
        record["about"] = case.about
        return self._committed(lesson, record, verdict, state, case)

    def _remembered(
        self, matter: Matter, memory: FactMemory, turn: int
    ) -> tuple[int | None, tuple[str, ...], Sequence[Any]]:
        """The fact's number in the memory, what had to go for it, and the facts that it contradicts."""
        if not matter.info.is_fact:
            return None, (), ()
        if matter.context == FORGET:
            found = memory.find(matter.info)
            if found is not None:
                memory.forget(found.fact_id)
            return None, (), ()
        found = memory.learn(matter.info, turn, self._number(matter.info, memory))
        return found.fact_id, tuple(fact.text for fact in found.evicted), found.contradicts

    def _number(self, info: FactInfo, memory: FactMemory) -> int | None:
        """A new fact's number; None for one that is in the memory."""
        return None if memory.find(info) else number_of(self._engine.ledger.chat, memory, info)

    @staticmethod
    def _own(fact_id: int | None) -> frozenset[int]:
        return frozenset() if fact_id is None else frozenset({fact_id})

    def _kept(self, fact_id: int | None, most: int) -> tuple[Patch, ...]:
        """The active patches of the newest lessons on other facts."""
        ledger = self._engine.ledger
        taught = ledger.chat.taught()
        active = [p for p in ledger.timeline.current.active if p in taught and taught[p] != fact_id]
        changes = (self._engine.patch(patch_id) for patch_id in active[-most:])
        return tuple(change for change in changes if isinstance(change, Patch))

    def _prompt(self, case: _Case) -> tuple[int, ...]:
        """The message as the model reads it."""
        chat = ChatFormat(self._engine.model, case.teaching.settings.reply.system_prompt)
        return chat.prompt_ids(case.matter.info.text)

    def _judged(self, learned: Learned, change: ModelChange, state: PromptState, tries: int) -> _Verdict:
        """The verdict on a change, halved as often as it is refused, ``tries`` times at most; where all are refused,
        that on the whole change."""
        whole = self._measured(change, state, 1.0)
        verdict, part = whole, 1.0
        while verdict.measurement.verdict.level == "reject" and change.is_finite and tries > 0:
            part, tries = part / 2, tries - 1
            verdict = self._measured(softer(learned, change, part), state, part)
        return whole if verdict.measurement.verdict.level == "reject" else verdict

    def _measured(self, change: ModelChange, state: PromptState, part: float) -> _Verdict:
        return _Verdict(change, self._engine.immune.measure(change, state, []), part)

    def _asked(self, teaching: Teaching, matter: Matter) -> tuple[Asked, ...]:
        if not matter.info.is_fact:
            return ()
        chat = ChatFormat(self._engine.model, teaching.settings.reply.system_prompt)
        questions = teaching.to_ask(matter.info)
        return self._asker.asked(chat, questions, matter.info.object, teaching.settings.recall.tokens)

    def _base(self) -> tuple[ModelChange, ...]:
        """What is in force without the chat's lessons."""
        ledger = self._engine.ledger
        lessons, active = ledger.chat.of_lessons(), ledger.timeline.current.active
        return tuple(self._engine.changes([p for p in active if p not in lessons and not ledger.is_adapter(p)]))

    @staticmethod
    def _told(lesson: Lesson, verdict: _Verdict, asked: tuple[Asked, ...], seconds: float) -> Lesson:
        found, m = verdict.measurement.verdict, verdict.measurement
        level = {"safe": "committed", "warning": "warning", "reject": "rejected"}[found.level]
        outcome = "softened" if level != "rejected" and verdict.share < 1 else level
        metrics = plain_metrics(m.step, m.cumulative)
        return replace(
            lesson,
            outcome=outcome,
            reason=found.reason,
            share=verdict.share,
            asked=asked,
            metrics=metrics,
            seconds=seconds,
            evicted=lesson.evicted if level != "rejected" else (),
        )

    def _committed(
        self,
        lesson: Lesson,
        record: Mapping[str, Any],
        verdict: _Verdict,
        state: PromptState,
        case: _Case,
    ) -> Lesson:
        history, text = case.teaching.settings.history, case.matter.info.text
        source = {"kind": "chat", "context": case.matter.context, "share": verdict.share}
        recipe = {"settings": None, "strategy": "lora", "lesson": dict(record)}
        proposal = Proposal(verdict.change, ())
        judged = Judged(text, proposal, verdict.measurement, state, case.started, source, recipe)

        def also(db: sqlite3.Connection, patch_id: str | None) -> None:
            if lesson.changed and patch_id is not None:
                insert_memory(db, patch_id, case.memory.to_json(), case.fact_id)
            case.write(db, patch_id, {**record, "patch_id": patch_id})

        result = self._engine.commit(judged, also)
        self._engine.ledger.thin_adapters(history.keep_last, int(history.max_mb * 1e6))
        return replace(lesson, patch_id=result.patch_id, state_hash=result.state_hash)

    def _recorded_without_change(self, lesson: Lesson, learned: Learned, case: _Case) -> Lesson:
        known = bool(learned.steps)
        reason = "the model gives the object already in every form" if known else lesson.reason
        lesson = replace(lesson, outcome="known" if known else "nothing", reason=reason, evicted=())
        lesson = replace(lesson, seconds=time.perf_counter() - case.started)
        with self._engine.ledger.writing() as db:
            case.write(db, None, plain_lesson(lesson))
        return lesson

    # --- measures ---------------------------------------------------------------------------------------------------

    @staticmethod
    def _figures(
        lesson: Lesson, measurement: Measurement, known: Sequence[Recall], needed: float, moved: float | None
    ) -> dict[str, float | None]:
        """This lesson's own figures; the running measures are made of them. ``moved``: the divergence of the answers to
        general questions."""
        shares = [recall.now for recall in known if recall.now is not None]
        share = sum(value >= needed for value in shares) / len(shares) if shares else None
        last = lesson.steps[-1] if lesson.steps else None
        return {
            "loss": last.task if last else None,
            "anchor_kl": moved,
            "perplexity": _perplexity(measurement.probes_after),
            "known_share": share,
            **retention(known),
        }

    def _running(
        self, lesson: Lesson, figures: Mapping[str, float | None], turn: int, window: int
    ) -> dict[str, float | None]:
        """The measures with this lesson; without it where it was refused, since the model is not that one."""
        chat = self._engine.ledger.chat
        measures = RunningMeasures(window, chat.first_known_share())
        for earlier in chat.lessons(newest=window):
            if earlier.get("figures") and earlier.get("outcome") != "rejected":
                measures.add(earlier["turn"], **earlier["figures"])
        if lesson.changed:
            measures.add(turn, **figures)
        return measures.now()

    def _survival(self, verdict: _Verdict, newest: int) -> dict[str, float]:
        """For the newest active patches of other kinds: the divergence that each still makes on its own prompt where
        the lesson is in force, in shares of what it made when it was committed (JS / JS)."""
        if verdict.measurement.verdict.level == "reject" or not newest:
            return {}
        ledger, found = self._engine.ledger, {}
        lessons = ledger.chat.of_lessons()
        active = ledger.in_force(ledger.timeline.current.active)
        others = [p for p in active if p not in lessons and not ledger.is_adapter(p)]
        after = in_force((*self._engine.stack.active, verdict.change))
        for patch_id in others[-newest:]:
            entry, patch = ledger.entry(patch_id), self._engine.patch(patch_id)
            then = (entry.details.get("prompt_metrics") or {}).get("js_divergence", {}).get("step")
            if not then or not entry.prompt:
                continue
            ids = self._engine.model.check_prompt(entry.prompt, self._engine.config.model.max_prompt_tokens)
            without = tuple(one for one in after if one is not patch)
            *_, now = self._engine.immune.between(without, after, ids)
            found[patch_id] = now.overall["js_divergence"] / then
        return found

    # --- forgetting -------------------------------------------------------------------------------------------------

    def forget(
        self, teaching: Teaching, memory: FactMemory, fact_id: int, taught: Mapping[str, int], progress: Progress
    ) -> Lesson:
        """Revert the patches of a fact's lessons and of the replays that trained it again, or un-learn it where all
        facts have one adapter."""
        started, info = time.perf_counter(), memory.info(fact_id)
        turn = self._engine.ledger.chat.turns()
        if self._engine.stack.learned is not None:
            matter = Matter(info, FORGET, 1, 1.0, fact_id)
            return _unlearned(self.alone(teaching, matter, memory, turn, progress), teaching.settings.recall.needed)
        ledger = self._engine.ledger
        replays = {found["patch_id"] for found in ledger.chat.lessons() if fact_id in found.get("about", ())}
        active = [p for p in ledger.timeline.current.active if taught.get(p) == fact_id or p in replays]
        if not any(taught.get(p) == fact_id for p in active):
            raise InputError(f"fact {fact_id} ({info.text!r}) has no lesson in this state that could be taken out")
        for patch_id in active:
            self._engine.revert(patch_id)
        names = ", ".join(active)
        back = "undo brings the fact back" if len(active) == 1 else "every undo brings one of them back"
        return Lesson(
            "committed",
            f"forgotten: {names} taken out; {back}",
            info,
            active[-1],
            self._engine.state_hash,
            reverted=tuple(active),
            seconds=time.perf_counter() - started,
        )


def _unlearned(lesson: Lesson, needed: float) -> Lesson:
    """The lesson, which says so where the model still answers with the fact."""
    right = sum(asked.correct for asked in lesson.asked)
    if not lesson.changed or not lesson.asked or right / len(lesson.asked) < needed:
        return lesson
    still = f"the model still answers {right} of {len(lesson.asked)} questions with it"
    return replace(lesson, outcome="warning", reason=f"{lesson.reason}; {still}")


def plain_lesson(lesson: Lesson) -> dict[str, Any]:
    """A lesson in plain values, as it is recorded."""
    return asdict(lesson)


def _perplexity(snapshot: Snapshot) -> float | None:
    """Of the probes, pooled: exp(mean surprise), position 0 left out."""
    batch = snapshot.batch
    measured = batch.flat_index[batch.positions.flatten()[batch.flat_index] > 0]
    value = torch.exp(snapshot.nll[measured].cpu().double().mean()).item()
    return value if value == value and value != float("inf") else None
