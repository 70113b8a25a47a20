"""How well facts take that are told in the chat, and what they spoil: one run, one line for every variant.

A variant is a tree of settings laid over the configuration. Each is told the same facts, one after another, on an
engine of its own around the one loaded model. Its own surveys are off, because everything is asked here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Protocol

import torch

from ..config import Config, load_config
from ..errors import Cancelled, InputError, nearest
from ..facts.forms import same_form
from ..facts.presets import PRESETS, preset_overlay
from ..facts.records import ChatTurn
from ..hera import HeraEngine, load_model
from ..model import LanguageModel, ModelInfo, Sampling
from ..progress import Progress, unwatched
from ..sae import FeatureReader, load_features_if_any
from ..scratch import scratch_engine
from .facts_data import (
    AskedQuestion,
    EndMeasures,
    Material,
    OtherAnswer,
    TaughtFact,
    ToldFact,
    UnrelatedAnswer,
    VariantResult,
    holds,
    taught_object,
)

TELLINGS = 3
TRAINED_FORMS = 2
"""How many of a fact's questions may have a form that was trained."""
ANSWER_TOKENS = 24
UNRELATED_TOKENS = 8
REPLY = Sampling(max_new_tokens=8)
SAVED_EVERY = 5

Tree = Mapping[str, Any]

_ONE_RATE = {"regular": 1.0, "question": 1.0, "fact": 1.0, "replay": 1.0, "boost_factor": 0.0}

ONE_ADAPTER: Tree = {"lora": {"per_fact": False, "begin": "random"}}

PARTS: dict[str, Tree] = {
    "kl": {"loss": {"lambda_kl": 0.0, "fact_lambda_kl": 0.0, "min_lambda": 0.0}},
    "replay": {"memory": {"replay_every": 0}},
    "weights": {"weights": {"strategies": []}},
    "paraphrases": {"training": {"paraphrases": False}},
    "neighbours": {"training": {"neighbours": 0}},
    "early-stop": {"training": {"stop": 0.0}},
    "keys": {"lora": {"begin": "random"}},
    "per-fact": ONE_ADAPTER,
}
"""The parts of ``working``, and what switches each off."""

PLAIN: Tree = {
    "facts": {
        "lora": {"rank": 8, "alpha": 16, "targets": ["q_proj", "v_proj"], **ONE_ADAPTER["lora"]},
        "optimizer": {"rule": "adamw", "learning_rate": 2e-3, **_ONE_RATE},
        "training": {"steps": 8, "forms": 3, "neighbours": 0, "anchors": 0, "replay": 0},
    },
    "immune": {"enforce": False},
}
"""What LoRA does by itself: statement and two question forms, nothing held to the base and nothing refused."""

CONFIGURED = "configured"
"""The configuration as it stands; measured only where it is asked for."""
DEFAULT_VARIANTS = (*PRESETS, "plain", *(f"no-{part}" for part in PARTS))
VARIANTS = (*DEFAULT_VARIANTS, CONFIGURED)


class Lab(Protocol):
    """What the bench needs of the chat."""

    def chat_and_update(
        self, text: str, parent: int | None = None, *, sampling: Sampling | None = None
    ) -> ChatTurn: ...

    def prepare(self) -> None: ...

    def answers(self, questions: Sequence[str], tokens: int) -> tuple[str, ...]: ...

    def answer_ids(self, questions: Sequence[str], tokens: int) -> tuple[tuple[int, ...], ...]: ...

    def forms_trained(self, statement: str) -> tuple[str, ...]: ...

    def hold_out(self, questions: Sequence[str]) -> None: ...


@dataclass(frozen=True)
class FactsBench:
    """The variants measured so far, in order; the last may be unfinished. ``threads``: of the arithmetic."""

    model: ModelInfo
    threads: int
    variants: tuple[VariantResult, ...] = ()


Earlier = Callable[[FactsBench], Sequence[VariantResult]]


def chat_lab(engine: HeraEngine) -> Lab:
    from ..facts.lab import ChatLab  # after the records that this module's callers read without it

    return ChatLab(engine)


# --- variants ---------------------------------------------------------------------------------------------------------


def overlay(variant: str) -> Tree:
    """The settings of a variant. Raises InputError for an unknown one."""
    if variant in PRESETS:
        return preset_overlay(variant)
    if variant == CONFIGURED:
        return {}
    working = preset_overlay("working")
    if variant == "plain":
        return _over(_over(working, _parts_off("kl", "replay", "weights", "early-stop")), PLAIN)
    if variant in VARIANTS:
        return _over(working, _parts_off(variant.removeprefix("no-")))
    raise InputError(f"variant '{variant}' is unknown; there are {', '.join(VARIANTS)}{nearest(variant, VARIANTS)}")


def variant_config(variant: str, config: Config, overrides: Iterable[str] = ()) -> Config:
    """The configuration with the variant laid over it, and ``section.key=value`` strings over that.

    Raises:
        InputError: the variant or an override cannot be used.
    """
    bench = {"facts": {"learning": "automatic", "recall": {"every": 0}}}
    tree = _over(_over(config.model_dump(mode="json"), overlay(variant)), bench)
    return load_config(tree, overrides, environment={})


def _parts_off(*parts: str) -> Tree:
    tree: Tree = {}
    for part in parts:
        tree = _over(tree, PARTS[part])
    return {"facts": tree}


def _over(lower: Tree, upper: Tree) -> dict[str, Any]:
    """Both trees as one; where both have a key, ``upper`` wins."""
    merged = dict(lower)
    for key, value in upper.items():
        below = merged.get(key)
        both = isinstance(below, Mapping) and isinstance(value, Mapping)
        merged[key] = _over(below, value) if both else value
    return merged


# --- the run ----------------------------------------------------------------------------------------------------------


def bench_facts(
    config: Config,
    variants: Sequence[str],
    material: Material,
    overrides: Iterable[str] = (),
    save: Callable[[FactsBench], None] = lambda bench: None,
    progress: Progress = unwatched,
    cancelled: Callable[[], bool] = lambda: False,
    earlier: Earlier = lambda now: (),
) -> FactsBench:
    """Load the configured model and measure the variants, one after another.

    Args:
        overrides: ``section.key=value`` strings that hold in every variant.
        earlier: what another run has measured to the end, which stays; given the model, before anything is measured.
        save: given what there is after every variant and every fifth fact.
        cancelled: asked before every telling; the run then ends with what is there, an unfinished variant without its
            measures at the end.

    Raises:
        InputError: a variant or an override cannot be used, before the model is loaded; or what was measured earlier
            was measured otherwise.
    """
    overrides = tuple(overrides)
    configs = {name: variant_config(name, config, overrides) for name in variants}
    progress("loading the model", None)
    model, _ = load_model(config)
    reader = load_features_if_any(config.sae, model)
    return measure_variants(
        model, reader, configs, material, save=save, progress=progress, cancelled=cancelled, earlier=earlier
    )


def measure_variants(
    model: LanguageModel,
    reader: FeatureReader | None,
    configs: Mapping[str, Config],
    material: Material,
    lab_of: Callable[[HeraEngine], Lab] = chat_lab,
    save: Callable[[FactsBench], None] = lambda bench: None,
    progress: Progress = unwatched,
    cancelled: Callable[[], bool] = lambda: False,
    earlier: Earlier = lambda now: (),
) -> FactsBench:
    """As ``bench_facts``, around a model that is in memory; ``lab_of`` makes the chat on an engine."""
    bench = FactsBench(model.info, torch.get_num_threads())
    known = {found.name: found for found in earlier(bench)}
    for name, found in known.items():
        _check_same(found, configs.get(name), material)
    bench = replace(bench, variants=tuple(found for name, found in known.items() if name not in configs))
    for name, config in configs.items():
        if cancelled():
            break
        done = bench.variants
        if name in known:
            bench = replace(bench, variants=(*done, known[name]))
            continue
        with scratch_engine(model, reader, config) as engine:
            for result in _Run(name, engine, lab_of(engine), material, progress, cancelled).results():
                bench = replace(bench, variants=(*done, result))
                save(bench)
    return bench


def _check_same(found: VariantResult, config: Config | None, material: Material) -> None:
    """Raises InputError where a variant was measured with other settings (None: any), or on other questions."""
    asked = tuple(answer.question for answer in found.end.unrelated) if found.end else ()
    facts = tuple(told.fact for told in found.facts)
    # tuples are lists in a document
    settings = found.settings if config is None else json.loads(json.dumps(config.changed()))
    if (found.settings, facts, asked) != (settings, material.facts, material.unrelated):
        raise InputError(
            f"'{found.name}' was measured with other settings, facts or questions; name another file for this run"
        )


class _Run:
    """One variant, from the first telling to the measures at the end."""

    def __init__(
        self,
        name: str,
        engine: HeraEngine,
        lab: Lab,
        material: Material,
        progress: Progress,
        cancelled: Callable[[], bool],
    ) -> None:
        self._name, self._engine, self._lab, self._material = name, engine, lab, material
        self._progress, self._cancelled = progress, cancelled
        self._held_out: list[str] = []

    def results(self) -> Iterator[VariantResult]:
        """What there is after every fifth fact, and last what there is when the run ends."""
        facts = self._material.facts
        result = VariantResult(self._name, len(facts), self._engine.config.changed())
        with suppress(Cancelled):
            self._report("the model before", 0)
            self._lab.prepare()
            before = self._aside()
            for number, fact in enumerate(facts):
                self._report(f"fact {number + 1} of {len(facts)}", number / len(facts))
                result = replace(result, facts=(*result.facts, self._told(fact)))
                if (number + 1) % SAVED_EVERY == 0:
                    yield result
            self._report("asking again", 1)
            result = self._ended(result, *before)
        yield result

    def _report(self, what: str, share: float | None) -> None:
        if self._cancelled():
            raise Cancelled("the bench was stopped")
        self._progress(f"{self._name}: {what}", share)

    def _told(self, fact: TaughtFact) -> ToldFact:
        """Tell a fact until it is known, three times at most.

        Raises:
            Cancelled: nothing of this fact is kept.
        """
        trained = self._trained_questions(fact)
        told = ToldFact(fact, 0, (), 0.0, ())
        for telling in range(TELLINGS):
            if telling:
                self._report(f"{fact.fact_id} again", None)
            turn = self._lab.chat_and_update(fact.statement, None, sampling=REPLY)
            seconds = sum(lesson.seconds for lesson in (turn.lesson, turn.replayed) if lesson is not None)
            outcome = turn.lesson.outcome if turn.lesson else "nothing"
            told = ToldFact(
                fact, telling + 1, (*told.outcomes, outcome), told.seconds + seconds, self._asked(fact, trained)
            )
            if told.known_after:
                break
        return told

    def _trained_questions(self, fact: TaughtFact) -> frozenset[str]:
        """The fact's questions whose forms its lesson trains: two at most, because the lessons leave the others out.
        A form that is left out may be replaced by another of the questions, so it is looked again."""
        trained = self._among_trained(fact)
        while surplus := [q for q in trained[TRAINED_FORMS:] if q not in self._held_out]:
            self._held_out += surplus
            self._lab.hold_out(tuple(self._held_out))
            trained = self._among_trained(fact)
        return frozenset(trained)

    def _among_trained(self, fact: TaughtFact) -> list[str]:
        forms = self._lab.forms_trained(fact.statement)
        return [question for question in fact.questions if any(same_form(question, form) for form in forms)]

    def _asked(self, fact: TaughtFact, trained: frozenset[str]) -> tuple[AskedQuestion, ...]:
        answers = self._lab.answers(fact.questions, ANSWER_TOKENS)
        return tuple(
            AskedQuestion(question, question in trained, answer, holds(answer, fact.object))
            for question, answer in zip(fact.questions, answers, strict=True)
        )

    def _aside(self) -> tuple[tuple[tuple[int, ...], ...], tuple[str, ...]]:
        """What the present state says to the questions about other things: token ids, and texts."""
        ids = self._lab.answer_ids(self._material.unrelated, UNRELATED_TOKENS)
        others = self._material.others
        return tuple(map(tuple, ids)), self._lab.answers(others, ANSWER_TOKENS) if others else ()

    def _ended(
        self, result: VariantResult, unrelated: Sequence[tuple[int, ...]], others: Sequence[str]
    ) -> VariantResult:
        facts = tuple(self._asked_again(told) for told in result.facts)
        unrelated_now, others_now = self._aside()
        overall = self._engine.immune.standing().overall
        objects = list(dict.fromkeys(told.fact.object for told in facts))
        end = EndMeasures(
            overall["ppl_ratio"],
            overall["js_divergence"],
            tuple(
                UnrelatedAnswer(question, self._engine.model.decode(a), self._engine.model.decode(b), a == b)
                for question, a, b in zip(self._material.unrelated, unrelated, unrelated_now, strict=True)
            ),
            tuple(
                OtherAnswer(question, a, b, taught_object(question, a, objects), taught_object(question, b, objects))
                for question, a, b in zip(self._material.others, others, others_now, strict=True)
            ),
        )
        return replace(result, facts=facts, end=end)

    def _asked_again(self, told: ToldFact) -> ToldFact:
        answers = self._lab.answers(told.fact.questions, ANSWER_TOKENS)
        asked = tuple(
            replace(a, end=answer, right_end=holds(answer, told.fact.object))
            for a, answer in zip(told.asked, answers, strict=True)
        )
        return replace(told, asked=asked)
