"""From a message to a proposal: what a lesson trains on, where its adapter begins, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from ..adapter import AdapterSpec, AdapterState
from ..errors import InputError
from ..facts_config import FactsConfig
from ..model import LanguageModel
from ..passes import Passes, Row
from ..patch_stack import ModelChange, PatchStack
from ..patches import Patch
from ..processor import products
from ..progress import Progress, unwatched
from .anchors import Anchors
from .chat_format import ChatFormat
from .contexts import multiplier
from .forms import FormBook
from .ground import Ground, GroundMaker
from .keys import as_patch, keyed, metric, second_moments
from .lesson import Plan, Taught, Teacher
from .records import FactInfo, LessonStep

NEIGHBOURS = 12
"""Questions about other subjects that a lesson draws from, and whose keys are kept apart from the fact's."""

MEASURED = 8
"""General questions on which the divergence from the base is measured."""

SEED_FORM = "User: {text}\nAssistant: I understand. {text}"
"""A fact's training text in the document that the chat was asked for in."""

FORGET = "forget"
"""The context of a lesson that holds the model to its base on a fact's questions, so that the fact is un-learned."""


@dataclass(frozen=True)
class Matter:
    """What is to be learned. ``context`` is one of contexts.py, ``count`` how often the fact was told, this time
    included; ``answer`` is the model's, for a message that is no fact; ``facts`` are those of a replay."""

    info: FactInfo
    context: str
    count: int
    importance: float
    seed: int
    answer: str = ""
    facts: tuple[FactInfo, ...] = ()


@dataclass(frozen=True, eq=False)
class Learned:
    """A lesson's proposal: the change, what was trained, the steps; no change where there was nothing to learn."""

    change: ModelChange | None
    before: AdapterState | None
    forms: tuple[Row, ...]
    steps: tuple[LessonStep, ...]


@dataclass(frozen=True, eq=False)
class _Texts:
    """What a lesson reads: the forms that teach, the questions about other subjects, and the ground."""

    forms: tuple[Row, ...]
    neighbours: tuple[Row, ...]
    earlier: tuple[tuple[Row, ...], ...]
    ground: Ground


class Teaching:
    """Lessons on one model, as the settings say."""

    def __init__(self, model: LanguageModel, stack: PatchStack, settings: FactsConfig, book: FormBook) -> None:
        self._model, self._stack, self.settings = model, stack, settings
        self._book = book
        self._passes = Passes(model)
        self._grounds = GroundMaker(model, stack, Anchors.load())
        self.held_out: tuple[str, ...] = ()
        self._general: tuple[tuple[Row, ...], tuple[ModelChange, ...], list[Tensor]] | None = None

    def with_settings(self, settings: FactsConfig) -> None:
        self.settings = settings

    # --- forms ------------------------------------------------------------------------------------------------------

    def questions(self, info: FactInfo) -> tuple[str, ...]:
        """The questions whose forms a lesson on this fact trains."""
        if self.settings.training.example == "seed":
            return ()
        forms = self._book.trained(info, self.settings.training.paraphrases, self.held_out)
        return tuple(form.question for form in forms if self._is_wanted(info, form.answer, form.object_span))

    def to_ask(self, info: FactInfo) -> tuple[tuple[str, bool], ...]:
        """The questions that check a fact, each with whether its form is trained."""
        wanted = self._book.recall(
            info, self.settings.recall.phrasings, self.settings.training.paraphrases, self.held_out
        )
        trained = set(self.questions(info))
        return tuple((question, question in trained) for question, _ in wanted)

    def forms(self, info: FactInfo, chat: ChatFormat) -> tuple[Row, ...]:
        """The texts of a lesson on a fact."""
        weights = self.settings.weights
        if self.settings.training.example == "seed":
            text = SEED_FORM.format(text=info.text)
            at = text.rfind(info.object)
            return (chat.plain(text, (at, at + len(info.object)), info, weights),)
        rows = []
        for form in self._book.trained(info, self.settings.training.paraphrases, self.held_out):
            if self._is_wanted(info, form.answer, form.object_span):
                asked = form.answer[slice(*form.object_span)]
                about = info.object if asked.casefold() == info.subject.casefold() else info.subject
                rows.append(chat.taught(form.question, form.answer, form.object_span, about, info, weights))
        return tuple(rows)

    def _is_wanted(self, info: FactInfo, answer: str, span: tuple[int, int]) -> bool:
        """Questions that ask for the subject are left out unless the settings want them."""
        return self.settings.training.reverse or info.object.casefold() in answer[slice(*span)].casefold()

    def _exchange(self, matter: Matter, chat: ChatFormat) -> tuple[Row, ...]:
        """The text of a lesson on a message that is no fact: the exchange itself."""
        if not matter.answer.strip():
            return ()
        return (chat.taught(matter.info.text, matter.answer, (0, 0), "", None, self.settings.weights),)

    def _texts(self, matter: Matter, chat: ChatFormat) -> tuple[Row, ...]:
        if matter.context == FORGET:
            return ()
        if matter.facts:
            return tuple(row for info in matter.facts for row in self.forms(info, chat))
        return self.forms(matter.info, chat) if matter.info.is_fact else self._exchange(matter, chat)

    # --- a lesson ---------------------------------------------------------------------------------------------------

    def learn(
        self, matter: Matter, earlier: Sequence[FactInfo], kept: Sequence[Patch], progress: Progress = unwatched
    ) -> Learned:
        """Carry a lesson out; model and session are as before when this returns or raises. ``earlier`` are the facts
        that may be replayed in it, ``kept`` the patches of other facts, from whose keys the new ones keep apart.

        Raises:
            InputError: the settings name a matrix that the model does not have, or the loss is not finite.
            Cancelled: ``progress`` said so.
        """
        chat = ChatFormat(self._model, self.settings.reply.system_prompt)
        forms = self._texts(matter, chat)
        if not forms and matter.context != FORGET:
            return Learned(None, None, (), ())
        spec = AdapterSpec.of(self.settings.lora, self._model)
        replayed = tuple(self.forms(info, chat) for info in earlier) if self.settings.training.replay else ()
        texts = _Texts(forms, self._neighbours(matter, chat), replayed, self._ground(spec, chat, progress))
        settings, before = self.settings, self._stack.learned
        passes = Passes(self._model, products(settings.training.products, self._model.device), packs=True)
        teacher = Teacher(self._stack, passes, settings.optimizer, settings.loss, settings.training)
        try:
            start = self._start(spec, matter, texts, kept)
            taught = teacher.teach(start, self._plan(spec, matter, texts, start), progress)
        finally:
            self._stack.set(self._stack.active)  # the layers may have been made anew
        return Learned(self._change(taught), before, forms, taught.steps)

    @property
    def _by_keys(self) -> bool:
        return self.settings.lora.per_fact and self.settings.lora.begin == "keys"

    @property
    def _natural(self) -> bool:
        return self.settings.optimizer.rule == "natural"

    def prepare(self, progress: Progress = unwatched) -> None:
        """Measure what lessons with these settings stand on."""
        spec = AdapterSpec.of(self.settings.lora, self._model)
        self._ground(spec, ChatFormat(self._model, self.settings.reply.system_prompt), progress)

    def divergence(self, base: tuple[ModelChange, ...]) -> float:
        """Mean KL(base || now), in nats a token, at the base's answers to some of the general questions, which are the
        same every time; ``base`` is what is in force without what was learned."""
        rows = self._grounds.ground((), ChatFormat(self._model, self.settings.reply.system_prompt)).held
        rows = rows[:: max(len(rows) // MEASURED, 1)][:MEASURED]
        if self._general is None or self._general[:2] != (rows, base):
            with self._stack.temporarily(base):
                self._general = (rows, base, self._said(rows))
        after = self._said(rows)
        kl = [(p.exp() * (p - q)).sum(-1) for p, q in zip(self._general[2], after, strict=True)]
        return torch.cat(kl).mean().item()

    @torch.inference_mode()
    def _said(self, rows: Sequence[Row]) -> list[Tensor]:
        return self._passes.log_probs(rows)

    def _ground(self, spec: AdapterSpec, chat: ChatFormat, progress: Progress) -> Ground:
        training = self.settings.training
        moments = self._by_keys or self._natural
        if not moments and not training.anchors:
            return Ground((), {}, {})
        return self._grounds.ground(spec.sites if moments else (), chat, progress)

    def _change(self, taught: Taught) -> ModelChange | None:
        """What the lesson proposes; None where no step was made."""
        if all(step.learning_rate == 0 for step in taught.steps):
            return None
        return as_patch(taught.state.factors) if self.settings.lora.per_fact else taught.state

    def _neighbours(self, matter: Matter, chat: ChatFormat) -> tuple[Row, ...]:
        if matter.context == FORGET:
            forms = self._book.trained(matter.info, self.settings.training.paraphrases)
            cuts = [(form.question, form.answer[: form.object_span[0]].rstrip()) for form in forms]
            return tuple(chat.held(question, answer) for question, answer in cuts)
        wanted = self.settings.training.neighbours
        if not wanted or not (matter.info.is_fact or matter.facts):
            return ()
        infos = matter.facts or (matter.info,)
        each = max(NEIGHBOURS // len(infos), 1)
        found = [prefix for info in infos for prefix in self._book.neighbours(info, each, matter.seed)]
        return tuple(chat.held(prefix.question, prefix.answer) for prefix in found)

    def _start(self, spec: AdapterSpec, matter: Matter, texts: _Texts, kept: Sequence[Patch]) -> AdapterState:
        current = self._stack.learned
        if current is not None and self.settings.lora.per_fact:
            raise InputError(
                "facts.lora.per_fact is true, and in this state the chat has one adapter for all facts; set it to "
                "false, or go back to before that adapter"
            )
        if current is not None and current.spec != spec:
            raise InputError(
                "in this state the chat has one adapter for all facts, which was made with other settings facts.lora; "
                "set them as they were, or go back to before that adapter"
            )
        if current is not None:
            return current
        live = self._stack.adapter
        start = live.begun(spec, matter.seed)
        if not self._by_keys:
            return start
        layers = live.inputs()
        own = self._passes.read_by(layers, texts.forms, [row.keys for row in texts.forms])
        others, about = {}, texts.neighbours
        if about:
            others = self._passes.read_by(layers, about, [range(row.start, len(row.ids)) for row in about])
        rows = keyed(spec, own, second_moments(texts.ground, others, kept))
        tensors = {**start.tensors, **{spec.key(site, "A"): a for site, a in rows.items()}}
        return replace(start, tensors=tensors)

    def _plan(self, spec: AdapterSpec, matter: Matter, texts: _Texts, start: AdapterState) -> Plan:
        settings, training = self.settings, self.settings.training
        fact = matter.info.is_fact or bool(matter.facts)
        fixed = [side for side in spec.sides if side != "B"] if self._natural or self._by_keys else []
        return Plan(
            forms=texts.forms,
            neighbours=texts.neighbours,
            anchors=texts.ground.held if training.anchors else (),
            earlier=texts.earlier,
            rate=settings.optimizer.learning_rate * self._multiplier(matter),
            lambda_kl=1.0 if matter.context == FORGET else self._lambda_kl(fact, matter.importance),
            steps=self._steps(matter),
            seed=matter.seed,
            stop=1 - (1 - training.stop) / matter.count if 0 < training.stop < 1 else training.stop,
            metric=metric(spec, start, texts.ground) if self._natural else {},
            fixed=frozenset(spec.key(site, side) for site in spec.sites for side in fixed),
            moments=start.optimizer if settings.optimizer.keep_state else {},
        )

    def _steps(self, matter: Matter) -> int:
        training = self.settings.training
        if matter.facts:
            return training.replay_steps
        return training.steps if matter.info.is_fact else training.question_steps

    def _multiplier(self, matter: Matter) -> float:
        context = "fact" if matter.context == FORGET else matter.context
        return multiplier(context, self.settings.optimizer, matter.count)

    def _lambda_kl(self, fact: bool, importance: float) -> float:
        """``fact_lambda_kl * (1 - importance * importance_share)`` for a fact; bounded, but 0 stays 0."""
        loss = self.settings.loss
        weight = loss.fact_lambda_kl * (1 - min(importance, 1.0) * loss.importance_share) if fact else loss.lambda_kl
        return min(max(weight, loss.min_lambda), loss.max_lambda) if weight > 0 else 0.0


def softer(learned: Learned, change: ModelChange, share: float) -> ModelChange:
    """``share`` of the way from the state before to the whole change."""
    if isinstance(change, Patch):
        return change.scaled(share)
    start = learned.before if learned.before and learned.before.spec == change.spec else None
    return (start or _unchanged(change)).between(change, share)


def _unchanged(state: AdapterState) -> AdapterState:
    """The same adapter with B = 0: it changes nothing (with DoRA the lengths of the rows stay the learned ones)."""
    return replace(state, tensors={k: t * 0 if k.endswith(".B") else t for k, t in state.tensors.items()}, optimizer={})
