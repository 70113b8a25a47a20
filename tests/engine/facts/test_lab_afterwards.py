"""The chat beyond one turn: replays and surveys after it, what is forgotten with them, and other settings meanwhile."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hera_desktop.engine.errors import Cancelled, InputError
from hera_desktop.engine.facts.chat_file import load_conversation, save_conversation
from hera_desktop.engine.facts.chat_format import ChatFormat
from hera_desktop.engine.facts.lab import ChatLab
from hera_desktop.engine.facts.teaching import Teaching
from hera_desktop.engine.replay import with_settings
from tests import tiny

from .test_lab import FACT, ONE, OTHER, QUICK, SHORT, THIRD

REPLAYING = {**QUICK, "facts__memory__replay_every": 2, "facts__training__replay_steps": 1}


@pytest.fixture
def made(tmp_path):
    """Makes labs, each on a session of its own."""
    engines = []

    def make(**settings) -> ChatLab:
        engines.append(tiny.engine(tmp_path / f"{len(engines)}.hera", **{**QUICK, **settings}))
        return ChatLab(engines[-1])

    yield make
    for engine in engines:
        engine.close()


def engine_of(lab: ChatLab):
    return lab._engine


def configure(lab: ChatLab, **settings: object) -> None:
    engine = engine_of(lab)
    engine.configure(with_settings(engine.config, {key.replace("__", "."): value for key, value in settings.items()}))


def replayed(lab: ChatLab) -> str:
    """Two facts and the replay that is due then; its patch."""
    lab.chat_and_update(FACT, sampling=SHORT)
    turn = lab.chat_and_update(OTHER, sampling=SHORT)
    assert turn.replayed is not None and turn.replayed.changed
    return turn.replayed.patch_id


# --- replays are lessons ----------------------------------------------------------------------------------------------


def test_a_replay_is_among_what_is_exported_and_switched_off(made, tmp_path):
    lab = made(**REPLAYING)
    patch_id = replayed(lab)
    assert patch_id in lab.log.of_lessons() and patch_id not in lab.log.taught()
    assert lab._unlearned() == ()
    whole = sum(file.stat().st_size for file in lab.export_adapter(tmp_path / "with").iterdir())
    engine_of(lab).revert(patch_id)
    assert sum(file.stat().st_size for file in lab.export_adapter(tmp_path / "without").iterdir()) < whole


def test_a_replay_is_no_patch_of_another_kind(made):
    lab = made(**REPLAYING)
    replayed(lab)
    assert lab.chat_and_update(THIRD, sampling=SHORT).lesson.survival == {}


def test_a_forgotten_fact_goes_with_the_replays_that_trained_it_again(made):
    lab = made(**REPLAYING)
    patch_id = replayed(lab)
    gone = next(fact for fact in lab.facts() if fact.object == "Quibbex")
    lab.forget(gone.fact_id)
    assert patch_id not in engine_of(lab).stack.active and engine_of(lab).ledger.timeline.current.active == ("p2",)
    assert [fact.object for fact in lab.facts()] == ["glassblower"]


def test_replays_come_where_one_is_asked_first_as_well(made):
    lab = made(**REPLAYING)
    lab.chat_and_update(FACT, sampling=SHORT)
    turn = lab.chat_and_update("Well, hello there!", learning="ask", sampling=SHORT)
    assert turn.lesson is None and turn.replayed is not None
    lab.chat_and_update("Hello again!", learning="off", sampling=SHORT)
    assert lab.chat_and_update("Hello once more!", learning="off", sampling=SHORT).replayed is None


# --- what comes after a turn does not take it back --------------------------------------------------------------------


def test_a_survey_that_is_cancelled_leaves_the_turn(made):
    lab = made(facts__recall__every=1)

    def cancel(what: str, share: float | None) -> None:
        if "asking about the facts" in what:
            raise Cancelled("cancelled; the last committed state stands")

    turn = lab.chat_and_update(FACT, sampling=SHORT, progress=cancel)
    assert turn.lesson.changed and "cancelled" in turn.unfinished and not lab.surveys()
    assert lab.log.message(turn.answer.message_id).text == turn.answer.text
    assert not lab.chat_and_update(OTHER, turn.answer.message_id, sampling=SHORT).unfinished and lab.surveys()


def test_who_stops_an_answer_waits_for_no_survey(made):
    lab = made(facts__recall__every=1)
    lab.chat_and_update(FACT, sampling=SHORT)
    surveys = len(lab.surveys())
    assert lab.chat_and_update(OTHER, sampling=SHORT, cancelled=lambda: True).stopped
    assert len(lab.surveys()) == surveys


# --- the memory -------------------------------------------------------------------------------------------------------


def test_a_fact_that_was_known_already_counts_as_told_again(made):
    lab = made()
    lab.chat_and_update(FACT, sampling=SHORT)
    (before,) = lab.facts()
    with pytest.MonkeyPatch.context() as patched:
        learn = Teaching.learn
        patched.setattr(Teaching, "learn", lambda *given: replace(learn(*given), change=None))
        assert lab.chat_and_update(FACT, sampling=SHORT).lesson.outcome == "known"
    (after,) = lab.facts()
    assert (after.count, after.last_seen) == (before.count + 1, 2)
    lab.chat_and_update(OTHER, sampling=SHORT)
    assert {fact.object: fact.count for fact in lab.facts()} == {"Quibbex": 2, "glassblower": 1}


def test_a_refused_lesson_sends_no_fact_away(made):
    lab = made(facts__memory__max_facts=1)
    lab.chat_and_update(FACT, sampling=SHORT)
    configure(lab, immune__max_js_divergence=0.0, immune__max_ppl_spike=1.0, facts__soften=0)
    turn = lab.chat_and_update(OTHER, sampling=SHORT)
    assert turn.lesson.outcome == "rejected" and turn.lesson.evicted == ()
    assert [fact.object for fact in lab.facts()] == ["Quibbex"]


def test_a_loaded_conversation_makes_no_fact_older(made, tmp_path):
    lab = made()
    turn = lab.chat_and_update(FACT, sampling=SHORT)
    file = tmp_path / "talk.json"
    save_conversation(file, lab.log.path(turn.answer.message_id), {})
    (before,) = lab.facts()
    for _ in range(3):
        lab.log.take_in(load_conversation(file))
    assert lab.log.turns() == 1 and lab.facts()[0].importance == before.importance
    assert lab.chat_and_update("Hello!", sampling=SHORT).number == 2


def test_a_loaded_message_that_is_too_long_is_one_sentence(made, tmp_path):
    lab = made()
    turn = lab.chat_and_update("Hello!", sampling=SHORT)
    file = tmp_path / "talk.json"
    save_conversation(file, lab.log.path(turn.answer.message_id), {})
    text = file.read_text(encoding="utf-8").replace("Hello!", FACT + " and so on" * 5000)
    file.write_text(text, encoding="utf-8")
    first = lab.log.path(lab.log.take_in(load_conversation(file)))[0]
    with pytest.raises(InputError, match=r"at most .* tokens are allowed"):
        lab.learn(first.message_id)


# --- measures ---------------------------------------------------------------------------------------------------------


def test_the_divergence_on_general_questions_is_0_without_a_change_and_grows_with_it(made):
    lab = made()
    engine = engine_of(lab)
    assert lab._teaching.divergence(()) == pytest.approx(0, abs=1e-7)
    turn = lab.chat_and_update(FACT, sampling=SHORT)
    found = lab.measures()["anchor_kl"]
    assert found > 0
    assert found == pytest.approx(lab._teaching.divergence(()), rel=1e-4)
    (patch,) = engine.stack.active
    with engine.stack.temporarily((patch.scaled(3),)):
        assert lab._teaching.divergence(()) > found
    assert lab._teaching.divergence((patch,)) == pytest.approx(0, abs=1e-7)
    assert turn.lesson.measures["anchor_kl"] == found


def test_a_refused_lesson_measures_the_model_that_stays(made):
    lab = made()
    lab.chat_and_update(FACT, sampling=SHORT)
    before = lab.measures()
    configure(lab, immune__max_js_divergence=0.0, immune__max_ppl_spike=1.0, facts__soften=0)
    assert lab.chat_and_update(OTHER, sampling=SHORT).lesson.outcome == "rejected"
    assert lab.measures()["perplexity"] == before["perplexity"]


def test_regression_is_against_the_first_lesson_however_many_came_since(made, monkeypatch):
    lab = made(facts__window=2)
    first = lab.chat_and_update(FACT, sampling=SHORT)
    share = lab.log.first_known_share()
    assert share == lab.log.lessons()[0]["figures"]["known_share"]
    monkeypatch.setattr(type(lab.log), "first_known_share", lambda self: 0.75)
    measures = lab.chat_and_update(OTHER, first.answer.message_id, sampling=SHORT).lesson.measures
    assert measures["regression"] == pytest.approx(measures["known_share"] - 0.75)


# --- other settings meanwhile -----------------------------------------------------------------------------------------


def test_one_adapter_for_all_facts_is_not_thrown_away_for_another_rank(made):
    lab = made(**ONE)
    lab.chat_and_update(FACT, sampling=SHORT)
    configure(lab, facts__lora__rank=3)
    with pytest.raises(InputError, match=r"facts\.lora"):
        lab.tell(OTHER)
    assert [fact.object for fact in lab.facts()] == ["Quibbex"]


def test_a_fact_is_unlearned_from_one_adapter_without_any_divergence_to_hold_it(made):
    lab = made(**ONE, facts__loss__fact_lambda_kl=0.0, facts__loss__lambda_kl=0.0, facts__loss__min_lambda=0.0)
    lab.chat_and_update(FACT, sampling=SHORT)
    (fact,) = lab.facts()
    assert lab.forget(fact.fact_id).changed and not lab.facts()


def test_another_system_prompt_has_a_ground_of_its_own(made):
    lab = made()
    lab.tell(FACT)
    maker = lab._teaching._grounds
    configure(lab, facts__reply__system_prompt="You are a pirate.")
    lab.tell(OTHER)
    assert len(maker._held) == 2 and len({frame for frame, _ in maker._measured}) == 2


def test_a_template_that_takes_no_system_prompt_is_one_sentence(made):
    lab = made()
    model = engine_of(lab).model
    model.tokenizer.chat_template = (
        "{% if messages[0]['role'] == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}"
        "{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}"
    )
    assert ChatFormat(model).prompt("hi") == "user: hi\n"
    with pytest.raises(InputError, match=r"system prompt.*System role not supported"):
        ChatFormat(model, "Be brief.")


def test_after_a_move_all_facts_are_asked_once_in_every_state(made):
    lab = made()
    lab.chat_and_update(FACT, sampling=SHORT)
    lab.chat_and_update(OTHER, sampling=SHORT)
    engine_of(lab).undo()
    assert lab.asked_after_move().facts == 1 and lab.asked_after_move() is None
    engine_of(lab).undo()
    assert lab.asked_after_move() is None, "there is nothing to ask"
    engine_of(lab).redo()
    configure(lab, facts__recall__after_move=False)
    assert lab.asked_after_move() is None
