"""The memory of facts: repetition, importance, eviction, contradictions, replay, and its way to JSON and back."""

from __future__ import annotations

import json
import math
import random

import pytest

from hera_desktop.engine.errors import InputError, SessionError
from hera_desktop.engine.facts.memory import FactMemory
from hera_desktop.engine.facts.records import Asked, FactInfo, KnownFact
from hera_desktop.engine.facts_config import MemorySection


def fact(subject: str, object: str, relation: str = "lives_in") -> FactInfo:
    text = f"{subject} {relation} {object}."
    return FactInfo(text, "fact", 0.9, relation, subject, object, (subject, object), "p", (0, len(subject)), None)


def memory(**settings) -> FactMemory:
    return FactMemory(MemorySection(**settings))


def told(*subjects: str, **settings) -> FactMemory:
    """One fact a turn, from turn 1 on, numbered in the same way."""
    found = memory(**settings)
    for turn, subject in enumerate(subjects, 1):
        found.learn(fact(subject, f"{subject}stad"), turn)
    return found


def ids(facts) -> list[int]:
    return [found.fact_id for found in facts]


def subjects(facts) -> list[str]:
    return [found.subject for found in facts]


# --- learning -------------------------------------------------------------------------------------------------------


def test_a_new_fact_is_kept_with_its_turn_and_parts():
    found = memory()
    learned = found.learn(fact("Oruna", "Veltis"), 4)
    assert learned == (1, (), ())
    (known,) = found.known()
    assert (known.text, known.relation, known.subject, known.object) == (
        "Oruna lives_in Veltis.",
        "lives_in",
        "Oruna",
        "Veltis",
    )
    assert (known.entities, known.count, known.first_seen, known.last_seen) == (("Oruna", "Veltis"), 1, 4, 4)
    assert (known.recall, known.asked, known.contradicts) == (None, (), ())


@pytest.mark.parametrize("object", ["VELTIS", "  Veltis ", "Veltis.", "Veltis !", "Ｖeltis"])
def test_another_spelling_of_the_same_is_a_repetition(object):
    found = memory()
    found.learn(fact("Oruna", "Veltis"), 1)
    assert found.learn(fact("oruna", object, "Lives_In"), 6).fact_id == 1
    (known,) = found.known()
    assert (known.count, known.first_seen, known.last_seen) == (2, 1, 6)
    assert found.info(1).object == object  # the newest wording


@pytest.mark.parametrize("object", ["Velti", "New Veltis", "C", "!"])
def test_another_object_is_another_fact(object):
    found = memory()
    found.learn(fact("Oruna", "Veltis"), 1)
    found.learn(fact("Oruna", "C#"), 1)
    assert found.learn(fact("Oruna", object), 2).fact_id == 3


def test_facts_without_parts_are_told_apart_by_their_text_and_contradict_nothing():
    found = memory()
    first, second = FactInfo("Snow is cold here.", "fact"), FactInfo("Snow is warm here.", "fact")
    assert found.learn(first, 1).fact_id == 1
    assert found.learn(second, 2) == (2, (), ())
    assert found.learn(FactInfo("snow is  cold here", "fact"), 3).fact_id == 1


def test_what_is_no_fact_is_not_learned():
    with pytest.raises(ValueError, match="question"):
        memory().learn(FactInfo("Who is it?", "question"), 1)


def test_numbers_are_not_given_again():
    found = told("Ola", "Bex")
    assert found.forget(2).subject == "Bex"
    assert found.learn(fact("Cim", "Dorn"), 3).fact_id == 3
    back = FactMemory.from_json(found.to_json(), MemorySection())
    back.forget(3)
    assert back.learn(fact("Cim", "Dorn"), 4).fact_id == 4


def test_a_new_fact_can_be_given_a_number_and_a_known_one_keeps_its_own():
    found = told("Oruna")
    assert found.learn(fact("Bel", "Belstad"), 2, 7).fact_id == 7
    assert found.learn(fact("Cim", "Cimstad"), 3).fact_id == 8
    assert found.learn(fact("Dal", "Dalstad"), 4, 3).fact_id == 3
    assert found.next_id == 9
    assert found.learn(fact("Oruna", "Orunastad"), 5, 20).fact_id == 1
    with pytest.raises(ValueError, match="number 7"):
        found.learn(fact("Eno", "Enostad"), 6, 7)


def test_a_fact_is_brought_back_as_the_other_memory_holds_it():
    other, found = told("Oruna", "Bel"), memory()
    found.learn(fact("Cim", "Cimstad"), 3, 5)
    found.bring_back(other, 2)
    assert sorted(subjects(found.known())) == ["Bel", "Cim"] and found.info(2) == other.info(2)
    assert (found.fact(2).count, found.fact(2).last_seen) == (1, 2)
    found.bring_back(other, 9)
    assert len(found) == 2
    assert found.learn(fact("Dal", "Dalstad"), 4).fact_id == 6
    assert subjects(other.known()) == ["Bel", "Oruna"]


def test_of_two_tellings_the_later_one_is_brought_back():
    once, twice = told("Oruna"), told("Oruna", "Oruna")
    once.bring_back(twice, 1)
    assert [(known.count, known.last_seen) for known in once.known()] == [(2, 2)]
    twice.bring_back(told("Oruna"), 1)
    assert [(known.count, known.last_seen) for known in twice.known()] == [(2, 2)]


def test_a_fact_under_another_number_is_not_there_twice():
    found = memory()
    found.learn(fact("Oruna", "Orunastad"), 4, 3)
    found.bring_back(told("Oruna"), 1)
    assert ids(found.known()) == [3]


def test_a_number_that_is_another_facts_brings_nothing_back():
    found = told("Bel")
    found.bring_back(told("Oruna"), 1)
    assert subjects(found.known()) == ["Bel"]


def test_an_unknown_number_is_one_sentence_that_says_which_there_are():
    with pytest.raises(InputError, match=r"^fact 7 is not in the memory, which holds 1, 2$"):
        told("Ola", "Bex").forget(7)
    with pytest.raises(InputError, match="holds no fact"):
        memory().set_recall(1, ())


# --- importance -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("hybrid", 1 + 0.5 * 0.75 + 0.5 * math.exp(-0.5)),
        ("repetition", 1 + 0.75),
        ("recency", 1 + math.exp(-0.5)),
    ],
)
def test_importance_by_hand(kind, expected):
    found = memory(importance=kind, decay_after=20)
    for turn in (1, 2, 3, 10):
        found.learn(fact("Oruna", "Veltis"), turn)
    assert found.known(20)[0].importance == pytest.approx(expected, abs=1e-11)  # 4 tellings, 10 turns unseen


def test_importance_decays_in_whole_steps_and_ends_at_zero():
    found = told("Ola", importance="repetition", decay=0.3, decay_after=10)
    values = [found.known(1 + unseen)[0].importance for unseen in (0, 9, 10, 20, 30, 40)]
    assert values == [1.0, 1.0, 0.7, 0.4, 0.1, 0.0]


def test_a_fact_goes_when_its_importance_is_below_the_least_and_not_when_it_is_equal():
    found = told("Ola", importance="repetition", decay=0.1, decay_after=10, min_importance=0.1)
    assert found.tick(91) == ()  # 1 - 9 * 0.1
    (gone,) = found.tick(101)
    assert (gone.subject, gone.importance, len(found)) == ("Ola", 0.0, 0)


def test_nothing_goes_where_the_least_importance_is_zero_or_nothing_decays():
    assert told("Ola", min_importance=0).tick(10**6) == ()
    assert told("Ola", importance="repetition", decay=0).tick(10**6) == ()


def test_telling_again_keeps_a_fact():
    found = told("Ola", "Bex", importance="repetition", decay=0.5, decay_after=10, min_importance=0.6)
    found.learn(fact("Ola", "Olastad"), 9)
    assert subjects(found.tick(12)) == ["Bex"]
    assert subjects(found.known()) == ["Ola"]


def test_the_known_are_listed_by_importance_then_by_their_last_telling():
    found = told("Ola", "Bex", "Cim", importance="repetition")
    found.learn(fact("Bex", "Bexstad"), 4)
    assert subjects(found.known()) == ["Bex", "Cim", "Ola"]


# --- eviction -------------------------------------------------------------------------------------------------------


def crowded(eviction: str, **settings) -> FactMemory:
    """Three facts, full. Ola is the first, told twice more at turn 4; Bex is last seen at 2; Cim at 3, told twice."""
    found = told("Ola", "Bex", "Cim", max_facts=3, eviction=eviction, **settings)
    found.learn(fact("Cim", "Cimstad"), 3)
    found.learn(fact("Ola", "Olastad"), 4)
    found.learn(fact("Ola", "Olastad"), 4)
    return found


@pytest.mark.parametrize(
    ("eviction", "gone"), [("fifo", "Ola"), ("lru", "Bex"), ("importance", "Bex"), ("hybrid", "Bex")]
)
def test_the_full_memory_lets_go_of_one(eviction, gone):
    learned = crowded(eviction).learn(fact("Dag", "Dagstad"), 5)
    assert subjects(learned.evicted) == [gone]


def test_importance_and_lru_let_go_of_different_facts():
    def full(eviction: str) -> FactMemory:
        found = told("Ola", max_facts=2, eviction=eviction, importance="repetition")
        found.learn(fact("Ola", "Olastad"), 2)
        found.learn(fact("Bex", "Bexstad"), 3)
        return found

    assert subjects(full("importance").learn(fact("Cim", "Dorn"), 4).evicted) == ["Bex"]
    assert subjects(full("lru").learn(fact("Cim", "Dorn"), 4).evicted) == ["Ola"]


def test_of_equal_importance_hybrid_lets_go_of_the_longest_unseen_and_importance_of_the_oldest():
    def full(eviction: str) -> FactMemory:
        found = memory(max_facts=2, eviction=eviction, importance="repetition")
        for subject, turn in (("Ola", 1), ("Bex", 2), ("Bex", 3), ("Ola", 4)):
            found.learn(fact(subject, "Dorn"), turn)
        return found

    assert subjects(full("hybrid").learn(fact("Cim", "Dorn"), 5).evicted) == ["Bex"]
    assert subjects(full("importance").learn(fact("Cim", "Dorn"), 5).evicted) == ["Ola"]


@pytest.mark.parametrize("eviction", ["fifo", "lru", "importance", "hybrid"])
def test_the_fact_just_learned_stays_and_the_size_holds(eviction):
    found = memory(max_facts=1, eviction=eviction)
    for turn in range(1, 5):
        learned = found.learn(fact(f"Subject{turn}", "Dorn"), turn)
        assert ids(found.known()) == [learned.fact_id]


def test_a_smaller_size_holds_from_the_next_telling_on():
    stored = told("Ola", "Bex", "Cim", "Dag").to_json()
    found = FactMemory.from_json(stored, MemorySection(max_facts=2, eviction="fifo"))
    assert len(found) == 4
    assert subjects(found.learn(fact("Eb", "Ebstad"), 5).evicted) == ["Ola", "Bex", "Cim"]


# --- contradictions -------------------------------------------------------------------------------------------------


def test_both_sides_of_a_contradiction_stay_and_name_each_other():
    found = told("Ola", "Bex")
    learned = found.learn(fact("OLA", "Dorn"), 3)
    assert [(old.fact_id, old.object, old.contradicts) for old in learned.contradicts] == [(1, "Olastad", (3,))]
    assert found.fact(3).contradicts == (1,)
    assert found.fact(2).contradicts == ()


def test_what_would_be_contradicted_is_known_before_anything_is_learned():
    found = told("Ola")
    before = found.to_json()
    assert ids(found.contradicting(fact("Ola", "Dorn"))) == [1]
    assert found.contradicting(fact("Ola", "Olastad")) == ()
    assert found.contradicting(fact("Ola", "Dorn", "born_in")) == ()
    assert (found.find(fact("ola", "olastad.")).fact_id, found.find(fact("Ola", "Dorn"))) == (1, None)
    assert found.to_json() == before


def test_only_the_last_told_of_contradicting_facts_is_replayed():
    found = told("Ola", "Bex")
    found.learn(fact("Ola", "Dorn"), 3)
    found.learn(fact("Ola", "Ness"), 3)
    assert sorted(ids(found.replay(4))) == [2, 4]
    found.learn(fact("Ola", "Olastad"), 3)  # back to the first, in the same turn
    assert sorted(ids(found.replay(4))) == [1, 2]
    found.forget(1)
    assert sorted(ids(found.replay(4))) == [2, 4]


def test_the_older_of_a_pair_is_not_replayed_while_the_newer_is_being_learned():
    found = told("Ola", "Bex")
    new = found.learn(fact("Ola", "Dorn"), 3).fact_id
    assert ids(found.replay(3, without=(new,))) == [2]
    assert ids(found.sample(5, random.Random(0), without=(new,))) == [2]


# --- replay ---------------------------------------------------------------------------------------------------------


def test_a_replay_takes_the_most_important_first_and_at_most_as_many_as_configured():
    found = told("Ola", "Bex", "Cim", "Dag", replay_facts=2)
    found.learn(fact("Bex", "Bexstad"), 5)
    assert subjects(found.replay(6)) == ["Bex", "Dag"]
    assert subjects(found.replay(6, 3, without={2})) == ["Dag", "Cim", "Ola"]
    assert found.replay(6, 0) == ()


def test_a_replay_is_due_every_so_many_turns_where_there_is_a_fact():
    found = told("Ola", replay_every=3)
    assert [turn for turn in range(10) if found.due(turn)] == [3, 6, 9]
    assert not any(told("Ola", replay_every=0).due(turn) for turn in range(10))
    assert not memory(replay_every=3).due(3)


def test_a_sample_has_no_fact_twice_and_is_the_same_for_the_same_seed():
    found = told(*(f"Subject{number}" for number in range(20)))
    drawn = ids(found.sample(8, random.Random(3), without={5}))
    assert len(set(drawn)) == 8
    assert 5 not in drawn
    assert drawn == ids(found.copy().sample(8, random.Random(3), without={5}))
    assert drawn != ids(found.sample(8, random.Random(4), without={5}))
    assert sorted(ids(found.sample(50, random.Random(3)))) == list(range(1, 21))
    assert memory().sample(3, random.Random(0)) == ()


def test_a_sample_draws_by_importance():
    """Of two facts with importance 1 and 1.75 the second comes first in 1.75 of 2.75 draws."""
    found = told("Ola", "Bex", importance="repetition")
    for turn in (3, 4, 5):
        found.learn(fact("Bex", "Bexstad"), turn)
    rng = random.Random(0)
    share = sum(ids(found.sample(1, rng)) == [2] for _ in range(4000)) / 4000
    assert share == pytest.approx(1.75 / 2.75, abs=0.03)


def test_a_fact_without_importance_is_drawn_last():
    found = memory(importance="repetition", decay=1, decay_after=10, min_importance=0)
    found.learn(fact("Ola", "Dorn"), 1)
    found.learn(fact("Bex", "Dorn"), 50)
    assert {tuple(ids(found.sample(2, random.Random(seed)))) for seed in range(20)} == {(2, 1)}


def test_a_lesson_given_again_later_draws_what_it_drew_the_first_time():
    """A rollback brings the memory back, but the conversation's turns go on."""
    before = told(*(f"Subject{number}" for number in range(30)), decay_after=5, decay=0.05, min_importance=0)

    def draw(turn: int, seed: int) -> list[int]:
        found = before.copy()
        found.tick(turn)
        new = found.learn(fact("Oruna", "Veltis"), turn).fact_id
        return ids(found.sample(5, random.Random(seed), without={new}))

    assert all(draw(31, seed) == draw(90, seed) for seed in range(30))


# --- as a value -----------------------------------------------------------------------------------------------------


def full_memory() -> FactMemory:
    found = told("Ola", "Bex", "Çim", "Dag")
    found.learn(fact("Ola", "Dorn"), 5)
    found.learn(fact("Bex", "Bexstad"), 6)
    found.forget(4)
    found.set_recall(2, [Asked("Where?", "Bexstad", True, True), Asked("Which town?", "None", False, False)])
    found.tick(9)
    return found


def test_json_gives_the_same_memory_back():
    found = full_memory()
    plain = found.to_json()
    written = json.dumps(plain)
    back = FactMemory.from_json(json.loads(written), MemorySection())
    assert json.loads(written) == plain
    assert json.dumps(back.to_json()) == written
    assert (back.known(12), back.turn, back.info(3)) == (found.known(12), 9, found.info(3))


def test_the_same_operations_give_the_same_memory():
    assert json.dumps(full_memory().to_json()) == json.dumps(full_memory().to_json())


def test_a_copy_shares_nothing_that_changes():
    found = full_memory()
    before = found.to_json()
    other = found.copy()
    assert other.to_json() == before
    other.learn(fact("Eb", "Ebstad"), 20)
    other.forget(1)
    other.set_recall(3, [Asked("Where?", "x", False, False)])
    assert found.to_json() == before


def test_recall_is_the_share_of_right_answers_and_stays_with_a_repetition():
    found = full_memory()
    assert (found.fact(2).recall, len(found.fact(2).asked)) == (0.5, 2)
    found.learn(fact("Bex", "Bexstad"), 10)
    assert found.fact(2).recall == 0.5
    assert found.set_recall(2, ()).recall is None


def damaged(**changes) -> dict:
    return {**full_memory().to_json(), **changes}


@pytest.mark.parametrize(
    "plain",
    [
        {},
        damaged(facts=None),
        damaged(facts=[{"fact_id": 1}]),
        damaged(next_id=2),
        damaged(facts=full_memory().to_json()["facts"] * 2),
        damaged(facts=[{**full_memory().to_json()["facts"][0], "count": 0}]),
        damaged(version="one"),
    ],
)
def test_a_damaged_memory_is_one_sentence(plain):
    with pytest.raises(SessionError, match=r"^the session's fact memory is damaged and cannot be read$"):
        FactMemory.from_json(plain, MemorySection())


def test_a_memory_of_a_newer_version_is_one_sentence():
    with pytest.raises(SessionError, match="has version 2; this program reads up to 1"):
        FactMemory.from_json({"version": 2, "shape": "another"}, MemorySection())


def test_a_thousand_turns_stay_within_the_size():
    found = memory(max_facts=50)
    rng = random.Random(1)
    for turn in range(1, 1001):
        found.learn(fact(f"Subject{rng.randrange(400)}", "Dorn"), turn)
        found.tick(turn)
        assert len(found) <= 50
    assert len(json.dumps(found.to_json())) < 50 * 600
    assert all(isinstance(known, KnownFact) and known.last_seen > 800 for known in found.known())
