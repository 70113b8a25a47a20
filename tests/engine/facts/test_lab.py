"""The chat on a tiny model: what a turn records, what rollback brings back, and what is left where one fails."""

from __future__ import annotations

import pytest
import torch

from hera_desktop.engine.errors import Cancelled, InputError
from hera_desktop.engine.facts.chat_file import load_conversation, save_conversation
from hera_desktop.engine.facts.lab import ChatLab
from hera_desktop.engine.model import Sampling
from tests import tiny

SHORT = Sampling(4, 0.0, 1.0, 0)
FACT = "The capital of Zanthorel is Quibbex."
OTHER = "Marlo Vint works as a glassblower."
THIRD = "The capital of Orvandia is Ulmberg."
QUICK = {
    "facts__training__steps": 3,
    "facts__training__anchors": 1,
    "facts__recall__every": 0,
    "facts__recall__tokens": 4,
    "facts__optimizer__learning_rate": 0.05,
}
ONE = {
    "facts__lora__per_fact": "false",
    "facts__lora__begin": "random",
    "facts__lora__targets": "[q_proj, v_proj]",
    "facts__lora__rank": 2,
    "facts__optimizer__rule": "adamw",
    "facts__optimizer__learning_rate": 0.01,
    "facts__optimizer__keep_state": "true",
}
KINDS = {"a patch a fact": {}, "one adapter": ONE}


@pytest.fixture(params=list(KINDS))
def engine(request, tmp_path):
    made = tiny.engine(tmp_path / "chat.hera", **{**QUICK, **KINDS[request.param]})
    yield made
    made.close()


@pytest.fixture
def lab(engine):
    return ChatLab(engine)


def in_force(engine) -> dict[str, torch.Tensor]:
    """Every tensor of what is in force."""
    found = {}
    for number, change in enumerate(engine.stack.active):
        tensors = getattr(change, "tensors", None) or {
            f"{f.site}{side}": getattr(f, side) for f in change.factors for side in "uv"
        }
        found |= {f"{number} {key}": tensor for key, tensor in tensors.items()}
    return found


def same(a: dict[str, torch.Tensor], b: dict[str, torch.Tensor]) -> bool:
    return a.keys() == b.keys() and all(torch.equal(a[key], b[key]) for key in a)


def test_a_turn_answers_learns_and_records_both_with_the_change(engine, lab):
    before, pieces = engine.state_hash, []
    turn = lab.chat_and_update(FACT, sampling=SHORT, on_text=pieces.append)
    assert "".join(pieces) == turn.answer.text
    assert turn.fact.is_fact and turn.lesson.changed
    assert engine.state_hash == turn.state_hash == turn.lesson.state_hash != before
    assert [m.role for m in lab.log.messages()] == ["user", "assistant"]
    assert turn.user.patch_id == turn.lesson.patch_id == engine.ledger.entries()[-1].patch_id
    assert turn.user.state_hash == turn.answer.state_hash == before
    assert [(fact.subject, fact.object, fact.count) for fact in lab.facts()] == [("Zanthorel", "Quibbex", 1)]
    assert [asked.question for asked in lab.facts()[0].asked] == [asked.question for asked in turn.lesson.asked]


def test_what_is_no_fact_is_answered_and_changes_nothing(engine, lab):
    for text in ("What is the capital of Zanthorel?", "Well, hello there!"):
        turn = lab.chat_and_update(text, sampling=SHORT)
        assert turn.lesson is None and not turn.fact.is_fact
    assert engine.ledger.entries() == [] and engine.state_hash == engine.ledger.hash_of(())
    assert len(lab.log.messages()) == 4


def test_learning_off_answers_and_changes_nothing_and_the_message_can_be_learned_later(engine, lab):
    turn = lab.chat_and_update(FACT, learning="ask", sampling=SHORT)
    assert turn.lesson is None and not lab.facts()
    assert lab.parse(FACT).fact.object == "Quibbex" and lab.parse(FACT).tokens
    lesson = lab.learn(turn.user.message_id)
    assert lesson.changed and lab.log.message(turn.user.message_id).patch_id == lesson.patch_id
    assert [fact.object for fact in lab.facts()] == ["Quibbex"]


def test_rollback_and_redo_bring_adapter_and_memory_back_bit_for_bit(engine, lab):
    lab.chat_and_update(FACT, sampling=SHORT)
    one, first, known = engine.state_hash, in_force(engine), lab.facts()
    turn = lab.chat_and_update(OTHER, sampling=SHORT)
    two, second = engine.state_hash, in_force(engine)
    assert len(lab.facts()) == 2 and not same(first, second)
    engine.rollback(turn.lesson.patch_id)
    assert engine.state_hash == one and same(in_force(engine), first)
    assert [fact.text for fact in lab.facts()] == [fact.text for fact in known]
    engine.undo()
    assert engine.state_hash == two and same(in_force(engine), second)
    assert len(lab.facts()) == 2


def test_undo_and_redo_are_exact(engine, lab):
    lab.chat_and_update(FACT, sampling=SHORT)
    lab.chat_and_update(OTHER, sampling=SHORT)
    two, second, logits = engine.state_hash, in_force(engine), engine.probe_digest()
    engine.undo()
    engine.undo()
    assert not lab.facts() and engine.state_hash == engine.ledger.hash_of(())
    engine.redo()
    engine.redo()
    assert engine.state_hash == two and same(in_force(engine), second) and engine.probe_digest() == logits
    assert len(lab.facts()) == 2


def test_the_same_fact_told_again_from_the_same_state_gives_the_same_bytes(engine, lab):
    turn = lab.chat_and_update(FACT, sampling=SHORT)
    first, state = in_force(engine), engine.state_hash
    engine.rollback(turn.lesson.patch_id)
    again = lab.chat_and_update(FACT, sampling=SHORT)
    assert again.lesson.patch_id != turn.lesson.patch_id
    assert same(in_force(engine), first) and engine.state_hash == state


def test_reopening_finds_the_same_state_and_memory(engine, lab, tmp_path):
    lab.chat_and_update(FACT, sampling=SHORT)
    state, logits, facts = engine.state_hash, engine.probe_digest(), [fact.text for fact in lab.facts()]
    engine.close()
    again = tiny.HeraEngine.around(engine.model, engine.reader, engine.config, tmp_path / "chat.hera")
    try:
        assert again.state_hash == state and again.probe_digest() == logits
        assert [fact.text for fact in ChatLab(again).facts()] == facts
        assert again.verify().faults == ()
    finally:
        again.close()


def test_a_lesson_that_is_cancelled_leaves_nothing_of_the_turn(engine, lab):
    def stop(what, share):
        if what == "learning":
            raise Cancelled("cancelled")

    before, logits = engine.state_hash, engine.probe_digest()
    with pytest.raises(Cancelled):
        lab.chat_and_update(FACT, sampling=SHORT, progress=stop)
    assert not lab.log.messages() and not engine.ledger.entries()
    assert engine.state_hash == before and engine.probe_digest() == logits


def test_what_the_immune_system_refuses_is_recorded_and_not_learned(tmp_path):
    made = tiny.engine(tmp_path / "s.hera", **{**QUICK, "immune__max_js_divergence": 0, "facts__soften": 0})
    try:
        lab = ChatLab(made)
        turn = lab.chat_and_update(FACT, sampling=SHORT)
        assert turn.lesson.outcome == "rejected" and not turn.lesson.changed
        assert not lab.facts() and made.state_hash == made.ledger.hash_of(())
        assert made.ledger.entries()[0].status == "rejected" and len(lab.log.messages()) == 2
        assert lab.lessons()[0]["outcome"] == "rejected"
    finally:
        made.close()


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_refused_lesson_is_softened_until_it_passes(tmp_path, kind):
    hard = tiny.engine(tmp_path / "hard.hera", **{**QUICK, **KINDS[kind], "facts__soften": 0})
    limit = ChatLab(hard).chat_and_update(FACT, sampling=SHORT).lesson.metrics["js_divergence"]["step"]
    hard.close()
    settings = {"immune__max_js_divergence": limit * 0.6, "facts__soften": 6}
    made = tiny.engine(tmp_path / "soft.hera", **{**QUICK, **KINDS[kind], **settings})
    try:
        lesson = ChatLab(made).chat_and_update(FACT, sampling=SHORT).lesson
        assert lesson.outcome == "softened" and 0 < lesson.share < 1 and lesson.changed
        assert lesson.metrics["js_divergence"]["step"] <= limit * 0.6
    finally:
        made.close()


def test_forgetting_takes_the_fact_out_and_keeps_the_others(engine, lab):
    lab.chat_and_update(FACT, sampling=SHORT)
    lab.chat_and_update(OTHER, sampling=SHORT)
    first = next(fact for fact in lab.facts() if fact.object == "Quibbex")
    lesson = lab.forget(first.fact_id)
    assert lesson.changed and [fact.object for fact in lab.facts()] == ["glassblower"]
    engine.undo()
    assert {fact.object for fact in lab.facts()} == {"Quibbex", "glassblower"}
    with pytest.raises(InputError):
        lab.forget(99)


@pytest.fixture
def by_fact(tmp_path):
    """An engine with a patch a fact, and its chat."""
    made = tiny.engine(tmp_path / "facts.hera", **QUICK)
    yield made, ChatLab(made)
    made.close()


def known(lab: ChatLab) -> dict[int, str]:
    return {fact.fact_id: fact.object for fact in sorted(lab.facts(), key=lambda fact: fact.fact_id)}


def test_a_fact_whose_lesson_is_restored_after_others_is_back(by_fact, tmp_path):
    engine, lab = by_fact
    first = lab.tell(FACT)
    lab.tell(OTHER)
    engine.revert(first.patch_id)
    assert known(lab) == {2: "glassblower"}
    lab.tell(THIRD)
    assert known(lab) == {2: "glassblower", 3: "Ulmberg"}
    engine.restore(first.patch_id)
    assert known(lab) == {1: "Quibbex", 2: "glassblower", 3: "Ulmberg"}
    back = next(fact for fact in lab.facts() if fact.fact_id == 1)
    assert (back.count, len(back.asked)) == (1, len(first.asked))
    engine.undo()
    assert known(lab) == {2: "glassblower", 3: "Ulmberg"}
    engine.redo()
    lab.tell(FACT)  # is a repetition, and its memory has all of them
    assert known(lab) == {1: "Quibbex", 2: "glassblower", 3: "Ulmberg"}
    assert next(fact for fact in lab.facts() if fact.fact_id == 1).count == 2


def test_a_number_is_one_facts_in_all_states_of_a_session(by_fact):
    engine, lab = by_fact
    lab.tell(FACT)
    second = lab.tell(OTHER)
    engine.revert(second.patch_id)
    lab.tell(THIRD)
    assert known(lab) == {1: "Quibbex", 3: "Ulmberg"}
    engine.restore(second.patch_id)
    assert known(lab) == {1: "Quibbex", 2: "glassblower", 3: "Ulmberg"}
    lab.forget(2)
    assert engine.ledger.timeline.current.active == ("p1", "p3") and 2 not in known(lab)


def test_a_fact_told_again_while_its_lesson_is_out_keeps_its_number(by_fact):
    engine, lab = by_fact
    first = lab.tell(FACT)
    lab.tell(OTHER)
    engine.revert(first.patch_id)
    lab.tell("The capital of ZANTHOREL is Quibbex")
    assert known(lab) == {1: "Quibbex", 2: "glassblower"}
    engine.restore(first.patch_id)
    assert known(lab) == {1: "Quibbex", 2: "glassblower"}
    lab.forget(1)
    assert engine.ledger.timeline.current.active == ("p2",)


def test_a_fact_that_left_the_full_memory_is_not_brought_back_by_its_lesson(tmp_path):
    made = tiny.engine(tmp_path / "s.hera", **QUICK, facts__memory__max_facts=1)
    try:
        lab = ChatLab(made)
        lab.tell(FACT)
        assert lab.tell(OTHER).evicted == (FACT,)
        assert known(lab) == {2: "glassblower"}
    finally:
        made.close()


def test_told_twice_is_one_fact_with_two_lessons(engine, lab):
    lab.chat_and_update(FACT, sampling=SHORT)
    lab.chat_and_update(FACT, sampling=SHORT)
    assert [(fact.object, fact.count) for fact in lab.facts()] == [("Quibbex", 2)]
    assert len(lab.lessons()) == 2


def test_a_contradiction_is_found_and_said(lab):
    lab.chat_and_update(FACT, sampling=SHORT)
    turn = lab.chat_and_update("The capital of Zanthorel is Ulmberg.", sampling=SHORT)
    assert turn.lesson.contradicts == (FACT,)
    assert all(fact.contradicts for fact in lab.facts())


def test_surveys_are_kept_and_replays_come_when_they_are_due(tmp_path):
    settings = {**QUICK, "facts__recall__every": 2, "facts__memory__replay_every": 2, "facts__training__stop": 0}
    made = tiny.engine(tmp_path / "s.hera", **settings)
    try:
        lab = ChatLab(made)
        assert lab.chat_and_update(FACT, sampling=SHORT).replayed is None
        turn = lab.chat_and_update(OTHER, sampling=SHORT)
        assert turn.replayed is not None and turn.replayed.changed
        assert set(turn.replayed.replayed) == {FACT, OTHER} and turn.lesson.replayed == ()
        assert set(lab.lessons()[-1]["replayed"]) == {FACT, OTHER}
        assert [survey.facts for survey in lab.surveys()] == [2]
        assert lab.surveys()[0].state_hash == made.state_hash
    finally:
        made.close()


def test_answers_branch_and_are_generated_again_without_losing_any(lab):
    turn = lab.chat_and_update("Hello there", sampling=SHORT)
    other = lab.regenerate(turn.answer.message_id, Sampling(4, 5.0, 1.0, 3))
    branch = lab.chat_and_update("Hello, you", parent=turn.user.parent, sampling=SHORT)
    follow = lab.chat_and_update("And then", parent=other.message_id, sampling=SHORT)
    assert other.parent == turn.user.message_id and branch.user.parent is None
    assert [m.message_id for m in lab.log.path(follow.answer.message_id)] == [
        turn.user.message_id,
        other.message_id,
        follow.user.message_id,
        follow.answer.message_id,
    ]
    with pytest.raises(InputError):
        lab.regenerate(turn.user.message_id)


def test_base_and_learned_answers_stand_side_by_side(engine, lab):
    turn = lab.chat_and_update(FACT, sampling=SHORT)
    base, now = lab.compare(turn.user.message_id, SHORT)
    assert base == turn.answer.text  # it was answered before it was learned
    assert engine.state_hash == turn.state_hash and isinstance(now, str)


def test_after_a_lesson_other_patches_are_checked_again(engine, lab):
    result = engine.evolve("The capital of France is")
    assert result.status in ("committed", "warning")
    lesson = lab.chat_and_update(FACT, sampling=SHORT).lesson
    assert lesson.survival.keys() == {result.patch_id} and lesson.survival[result.patch_id] > 0


def test_empty_and_endless_messages_are_one_sentence(lab):
    for text in ("", "   ", "word " * 5000):
        with pytest.raises(InputError) as error:
            lab.chat_and_update(text)
        assert "\n" not in str(error.value)
    with pytest.raises(InputError):
        lab.tell("Well, hello there!")
    with pytest.raises(InputError):
        lab.chat_and_update("Hello", parent=77)


def test_the_adapter_is_exported_for_peft(engine, lab, tmp_path):
    with pytest.raises(InputError):
        lab.export_adapter(tmp_path / "none")
    lab.chat_and_update(FACT, sampling=SHORT)
    folder = lab.export_adapter(tmp_path / "adapter")
    assert (folder / "adapter_model.safetensors").is_file() and (folder / "adapter_config.json").is_file()


def test_a_loaded_conversation_stands_beside_those_there_are_with_its_own_times(engine, lab, tmp_path):
    turn = lab.chat_and_update(FACT, learning="off", sampling=SHORT)
    path = lab.log.path(turn.answer.message_id)
    save_conversation(tmp_path / "talk.json", path, {})
    last = lab.log.take_in(load_conversation(tmp_path / "talk.json"))
    again = lab.log.path(last)
    assert [(m.role, m.text, m.time, m.state_hash) for m in again] == [
        (m.role, m.text, m.time, m.state_hash) for m in path
    ]
    assert len(lab.log.messages()) == 4 and not lab.facts()


def test_a_short_message_is_learned_from_as_the_model_reads_it(tmp_path):
    made = tiny.engine(tmp_path / "s.hera", **{**QUICK, "facts__training__learn_from": "all"})
    turn = ChatLab(made).chat_and_update("A", sampling=SHORT)
    assert turn.lesson is not None and turn.lesson.outcome != "rejected"
    made.close()
