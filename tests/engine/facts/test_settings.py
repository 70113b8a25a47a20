"""Every setting of the chat changes what it is about; a misspelt one is one sentence."""

from __future__ import annotations

import gc
from functools import cache

import pytest

from hera_desktop.engine.config import Config, flatten, load_config
from hera_desktop.engine.errors import InputError
from hera_desktop.engine.facts.lab import ChatLab
from hera_desktop.engine.facts.records import Asked
from hera_desktop.engine.facts.surveying import Surveyor
from hera_desktop.engine.facts_config import FactsConfig
from tests import tiny

FACT = "The capital of Zanthorel is Quibbex."
FACTS = (FACT, "Marlo Vint works as a glassblower.", "Ilva Brun plays the harp.", FACT)
SMALL = {
    "training.steps": 2,
    "recall.tokens": 4,
    "recall.every": 0,
    "optimizer.learning_rate": 0.02,
    "training.stop": 0,
}
ONE = {
    "lora.per_fact": "false",
    "lora.begin": "random",
    "lora.targets": "[q_proj, v_proj]",
    "optimizer.rule": "adamw",
    "optimizer.learning_rate": 0.01,
}
REGULAR = {"training.learn_from": "all"}
WEIGHTED = {"weights.strategies": "[entity, fact, position, repetition]"}
ADAMW = {"optimizer.rule": "adamw", "optimizer.learning_rate": 0.01}
AGAIN = "Ilva Brun plays the harp.|Marlo Vint works as a glassblower."
MEMORY = {"training.steps": 1, "memory.max_facts": 2}

LESSON = {
    # key: another value, and the settings under which it matters; seen in the change that one lesson makes
    "lora.per_fact": ("false", {"lora.begin": "random"}),
    "lora.begin": ("random", {}),
    "lora.rank": (2, {}),
    "lora.alpha": (12, ADAMW),
    "lora.dropout": (0.5, ONE),
    "lora.targets": ("[o_proj]", {}),
    "lora.layers": ("[2]", {}),
    "lora.dora": ("true", ONE),
    "lora.rslora": ("true", ADAMW),
    "optimizer.rule": ("adamw", {}),
    "optimizer.learning_rate": (0.03, {}),
    "optimizer.momentum": (0.1, {}),
    "optimizer.polyak": (0.001, {"training.stop": 0.9}),
    "optimizer.weight_decay": (0.5, ADAMW),
    "optimizer.clip": (1e-4, {"optimizer.rule": "adamw", "training.steps": 3}),
    "optimizer.fact": (2, {}),
    "optimizer.max_multiplier": (1.5, {}),
    "weights.strategies": ("[]", {}),
    "weights.entity": (9, WEIGHTED),
    "weights.fact": (9, WEIGHTED),
    "weights.first_tokens": (1, WEIGHTED),
    "weights.first": (9, WEIGHTED),
    "weights.last_tokens": (1, WEIGHTED),
    "weights.last": (9, WEIGHTED),
    "weights.repetition": (9, WEIGHTED),
    "loss.lambda_task": (0.1, {}),
    "loss.fact_lambda_kl": (5, {}),
    "loss.importance_share": (0.9, {}),
    "loss.min_lambda": (5, {}),
    "loss.max_lambda": (0.01, {}),
    "loss.direction": ("reverse", {"training.steps": 3}),
    "loss.temperature": (4, {"training.steps": 3}),
    "training.example": ("seed", {}),
    "training.steps": (3, {}),
    "training.products": ("bfloat16", {"training.products": "model"}),
    "training.forms": (1, {}),
    "training.paraphrases": ("false", {}),
    "training.neighbours": (3, {}),
    "training.anchors": (2, {}),
    "training.stop": (1e-9, {}),
    "training.openings": (0, {"training.stop": 0.99}),
}
TALK = {
    # seen in what several turns leave behind
    "learning": ("off", {}),
    "optimizer.keep_state": ("true", ONE),
    "optimizer.regular": (3, REGULAR),
    "optimizer.question": (4, REGULAR),
    "optimizer.replay": (3, {"memory.replay_every": 2}),
    "optimizer.min_multiplier": (2, {**REGULAR, "optimizer.regular": 0.5}),
    "optimizer.boost": ("linear", {}),
    "optimizer.boost_factor": (0.5, {}),
    "optimizer.repetition_multiplier": (3, {}),
    "loss.lambda_kl": (5, {**REGULAR, "training.question_steps": 2}),
    "training.learn_from": ("all", {}),
    "training.question_steps": (3, REGULAR),
    "training.replay_steps": (1, {"memory.replay_every": 2}),
    "training.reverse": ("true", {"text": "Ada Brill founded Lark Corp."}),
    "training.replay": (2, {}),
    "detector.min_confidence": (1.0, {}),
    "detector.coverage_boost": (0.0, {"detector.min_confidence": 0.9}),
    "detector.entity_boost": (0.0, {"detector.min_confidence": 0.8, "detector.coverage_boost": 0.0}),
    "memory.max_facts": (1, {}),
    "memory.importance": ("recency", {}),
    "memory.eviction": ("fifo", {**MEMORY, "memory.importance": "repetition", "text": AGAIN}),
    "memory.decay": (1.0, {"memory.decay_after": 1}),
    "memory.decay_after": (1, {}),
    "memory.min_importance": (9, {}),
    "memory.replay_every": (2, {}),
    "memory.replay_facts": (1, {"memory.replay_every": 3}),
    "recall.phrasings": (2, {}),
    "recall.tokens": (8, {}),
    "recall.every": (2, {}),
    "reply.system_prompt": ("Answer in rhyme.", {}),
    "reply.max_new_tokens": (2, {}),
    "reply.temperature": (5.0, {}),
    "reply.top_p": (0.1, {"reply.temperature": 5.0}),
    "reply.turns": (0, {}),
    "window": (2, {}),
}
ELSEWHERE = {
    "soften": "test_lab.py",
    "detector.patterns": "test_detector.py, test_patterns.py",
    "detector.entities": "test_entities.py",
    "detector.spacy_model": "test_entities.py",
    "recall.needed": "below",
    "recall.after_move": "tests/gui/chat/test_chat_desk.py",
    "recall.survival": "below",
    "history.keep_last": "test_thinning.py",
    "history.max_mb": "below",
}


def settings(changes: dict[str, object]) -> dict[str, object]:
    return {f"facts.{key}".replace(".", "__"): value for key, value in {**SMALL, **changes}.items() if key != "text"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("settings")


@cache
def lesson_of(folder, *changes) -> str:
    """The hash of the change that a lesson makes."""
    engine = tiny.engine(folder / f"{abs(hash(changes))}.hera", **settings(dict(changes)))
    try:
        ChatLab(engine).tell(FACT)
        return engine.state_hash
    finally:
        engine.close()
        gc.collect()


@cache
def talk_of(folder, *changes) -> object:
    """What several turns leave behind, all but the time they took."""
    chosen = dict(changes)
    engine = tiny.engine(folder / f"t{abs(hash(changes))}.hera", **settings({"reply.max_new_tokens": 6, **chosen}))
    try:
        lab, parent = ChatLab(engine), None
        for text in (
            *FACTS,
            "What is the capital of Zanthorel?",
            "Well, hello there!",
            *str(chosen.get("text", "Good day")).split("|"),
        ):
            parent = lab.chat_and_update(text, parent).answer.message_id
        facts = [
            (f.text, f.count, f.importance, f.recall, len(f.asked), [a.answer for a in f.asked]) for f in lab.facts()
        ]
        surveys = [(s.turn, s.known, s.facts) for s in lab.surveys()]
        measures = [(lesson["outcome"], lesson["measures"]) for lesson in lab.lessons()]
        return engine.state_hash, [m.text for m in lab.log.messages()], facts, surveys, measures
    finally:
        engine.close()
        gc.collect()


@pytest.mark.parametrize("key", LESSON)
def test_a_setting_of_the_lesson_changes_what_is_learned(folder, key):
    value, base = LESSON[key]
    assert lesson_of(folder, *base.items(), (key, value)) != lesson_of(folder, *base.items())


@pytest.mark.parametrize("key", TALK)
def test_a_setting_of_the_talk_changes_what_it_leaves_behind(folder, key):
    value, base = TALK[key]
    assert talk_of(folder, *base.items(), (key, value)) != talk_of(folder, *base.items())


def test_no_setting_is_left_out():
    keys = flatten(FactsConfig().model_dump())
    assert keys.keys() == LESSON.keys() | TALK.keys() | ELSEWHERE.keys()


def test_what_counts_as_known_is_configured(tmp_path):
    engine = tiny.engine(tmp_path / "s.hera", **settings({}))
    lab = ChatLab(engine)
    lab.tell(FACT)
    memory = lab.memory()
    half = [Asked("a?", "Quibbex", True, True), Asked("b?", "no", False, False)]
    surveyor = Surveyor(engine, lambda infos: [half for _ in infos], {})
    known = [surveyor.survey(memory, 1, needed, lambda what, share: None).known for needed in (0.5, 0.75)]
    assert known == [1, 0]
    engine.close()


def test_survival_is_measured_for_as_many_patches_as_configured(tmp_path):
    for count in (0, 1):
        engine = tiny.engine(tmp_path / f"{count}.hera", **settings({"recall.survival": count}))
        engine.evolve("The capital of France is")
        engine.evolve("2 + 2 =")
        assert len(ChatLab(engine).tell(FACT).survival) == count
        engine.close()


def test_old_adapters_are_thinned_out_to_the_configured_size(tmp_path):
    engine = tiny.engine(tmp_path / "s.hera", **settings({**ONE, "history.keep_last": 2, "history.max_mb": 0.02}))
    lab = ChatLab(engine)
    for text in FACTS:
        lab.tell(text)
    with pytest.raises(InputError, match="thinned"):
        engine.patch("p1")
    assert engine.patch("p4") and engine.verify().faults == ()
    engine.close()


@pytest.mark.parametrize(
    ("override", "said"),
    [
        ("facts.lora.ranks=4", "facts.lora.ranks"),
        ("facts.lorra.rank=4", "facts.lorra"),
        ("facts.lora.rank=0", "facts.lora.rank"),
        ("facts.learning=maybe", "facts.learning"),
        ("facts.weights.strategies=[entity, entity]", "facts.weights.strategies"),
        ("facts.training.stop=2", "facts.training.stop"),
    ],
)
def test_a_misspelt_or_impossible_setting_is_one_sentence(override, said):
    with pytest.raises(InputError) as error:
        load_config(None, [override], environment={})
    assert said in str(error.value) and "\n" not in str(error.value)


def test_the_defaults_are_the_configuration_s():
    assert Config().facts == FactsConfig()
