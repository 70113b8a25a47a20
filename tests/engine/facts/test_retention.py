"""Which surveys count now: those of states that the present one goes on from, after the lesson of the fact."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from hera_desktop.engine.facts.lab import ChatLab
from hera_desktop.engine.facts.measures import Recall
from hera_desktop.engine.facts.memory import FactMemory
from hera_desktop.engine.facts.records import Asked, FactInfo, Survey
from hera_desktop.engine.facts.retention import recalls, retention
from hera_desktop.engine.facts_config import MemorySection
from hera_desktop.engine.timeline import hashes_along
from tests import tiny

from .test_lab import FACT, OTHER, QUICK, SHORT, THIRD


def ledger_of(active: str, *surveys: tuple[str, dict[int, float]], **taught: int) -> SimpleNamespace:
    """A ledger on the active patches, one a letter; surveys with the letters that were active then."""
    kept = tuple(Survey(1, hashes_along("base", state)[-1], 0, len(shares), shares) for state, shares in surveys)
    return SimpleNamespace(
        timeline=SimpleNamespace(current=SimpleNamespace(active=tuple(active))),
        chat=SimpleNamespace(taught=lambda: taught, surveys=lambda: kept),
        hashes_along=lambda patches: hashes_along("base", patches),
    )


def remembered(**right: int) -> FactMemory:
    """Facts in the order of their numbers, each asked twice right after its lesson, ``right`` of them answered."""
    memory = FactMemory(MemorySection())
    for turn, (subject, count) in enumerate(right.items(), 1):
        number = memory.learn(FactInfo(subject, "fact", subject=subject, object="Velm"), turn).fact_id
        memory.set_recall(number, [Asked("?", "", place < count, False) for place in range(2)])
    return memory


def test_without_a_survey_a_fact_is_known_as_it_was_taught():
    found = recalls(ledger_of("ab", a=1, b=2), remembered(Ann=2, Bob=1))
    assert found == (Recall(1.0), Recall(0.5))
    assert retention(found) == {"accuracy": 0.75, "backward_transfer": None}


def test_the_last_survey_on_the_way_counts():
    ledger = ledger_of("abx", ("a", {1: 1.0}), ("ab", {1: 0.5, 2: 1.0}), ("ab", {1: 0.0, 2: 0.5}), a=1, b=2)
    found = recalls(ledger, remembered(Ann=2, Bob=2))
    assert found == (Recall(1.0, 0.0), Recall(1.0, 0.5))
    assert retention(found) == {"accuracy": 0.25, "backward_transfer": -1.0}


def test_the_survey_of_the_nearest_state_counts_before_a_newer_one_of_an_earlier_state():
    ledger = ledger_of("ab", ("ab", {1: 0.5, 2: 1.0}), ("a", {1: 1.0}), a=1, b=2)
    assert recalls(ledger, remembered(Ann=2, Bob=2))[0].again == 0.5


def test_a_survey_of_another_line_does_not_count():
    surveyed = ("ab", {1: 0.0, 2: 0.0})
    assert recalls(ledger_of("ac", surveyed, a=1, b=2, c=2), remembered(Ann=2, Bob=2)) == (Recall(1.0), Recall(1.0))
    assert recalls(ledger_of("a", surveyed, a=1, b=2), remembered(Ann=2)) == (Recall(1.0),)


def test_a_survey_before_the_last_lesson_of_a_fact_does_not_count():
    ledger = ledger_of("abc", ("ab", {1: 0.0, 2: 0.5}), a=1, b=2, c=1)
    assert recalls(ledger, remembered(Ann=2, Bob=2)) == (Recall(1.0, 0.5), Recall(1.0))  # Bob's lesson is the older


def test_a_lesson_that_is_not_committed_yet_is_the_last_one():
    ledger = ledger_of("ab", ("ab", {1: 0.0, 2: 0.5}), a=1, b=2)
    assert recalls(ledger, remembered(Ann=2, Bob=2), just_taught=1) == (Recall(1.0, 0.5), Recall(1.0))


def test_a_fact_that_was_never_asked_is_left_out():
    memory = remembered(Ann=2)
    memory.learn(FactInfo("Bob", "fact", subject="Bob", object="Velm"), 2)
    assert recalls(ledger_of("a", a=1), memory) == (Recall(1.0),)


@pytest.fixture
def engine(tmp_path):
    made = tiny.engine(tmp_path / "s.hera", **QUICK)
    yield made
    made.close()


def test_the_measures_of_a_chat_follow_lessons_surveys_and_rollbacks(engine):
    lab = ChatLab(engine)
    assert set(lab.measures().values()) == {None}
    lab.tell(FACT)
    lab.tell(OTHER)
    told = lab.measures()
    assert told["accuracy"] is not None and told["backward_transfer"] is None
    assert told == {**lab.lessons()[-1]["measures"]}
    survey = lab.survey()
    surveyed = lab.measures()
    assert surveyed["accuracy"] == pytest.approx(sum(survey.shares.values()) / 2)
    assert surveyed["backward_transfer"] is not None
    turn = lab.chat_and_update(THIRD, sampling=SHORT)
    assert turn.lesson.measures["backward_transfer"] is not None
    assert lab.measures()["accuracy"] == turn.lesson.measures["accuracy"]
    engine.rollback("p1")
    assert lab.measures()["backward_transfer"] is None
    engine.undo()
    engine.rollback("p2")
    assert lab.measures()["accuracy"] == surveyed["accuracy"]


def test_forgotten_answers_lower_the_measures(engine, monkeypatch):
    """What the model answers is put in its mouth: right until OTHER is taught, wrong about FACT after it."""
    lab = ChatLab(engine)
    taught = {"count": 0}

    def asked(chat, wanted, tokens):
        right = {"Quibbex": taught["count"] < 2, "glassblower": True}
        return [tuple(Asked(q, words, right[words], t) for q, t in some) for some, words in wanted]

    monkeypatch.setattr(lab._parts.asker, "asked_all", asked)
    for text in (FACT, OTHER):
        taught["count"] += 1
        lab.tell(text)
    taught["count"] = 2
    lab.survey()
    found = lab.measures()
    assert (found["accuracy"], found["backward_transfer"]) == (0.5, -1.0)
