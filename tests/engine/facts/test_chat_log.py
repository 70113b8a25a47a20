from __future__ import annotations

import sqlite3
from contextlib import contextmanager

import pytest

from hera_desktop.engine.errors import InputError, SessionError
from hera_desktop.engine.facts import chat_log
from hera_desktop.engine.facts.chat_log import CHAT_SCHEMA, ChatLog
from hera_desktop.engine.facts.records import FactInfo, Survey
from hera_desktop.engine.session_file import connect, explained

from ..samples import expect_sentence

STATE = "5" * 64


@pytest.fixture
def db(tmp_path):
    """A session's file with two patches and the tables of the chat."""
    connection = connect(tmp_path / "a.hera")
    connection.execute("CREATE TABLE patches (patch_id TEXT PRIMARY KEY) STRICT")
    connection.execute("INSERT INTO patches VALUES ('p1'), ('p2')")
    for statement in CHAT_SCHEMA:
        connection.execute(statement)
    yield connection
    connection.close()


@pytest.fixture
def log(db, tmp_path) -> ChatLog:
    path = tmp_path / "a.hera"

    @contextmanager
    def reading():
        with explained(path, "read"):
            yield db

    @contextmanager
    def writing():
        with explained(path, "written"):
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute("COMMIT")
            except BaseException:
                db.execute("ROLLBACK")
                raise

    return ChatLog(reading, writing, path)


def talk(log: ChatLog, *texts: str, parent: int | None = None) -> list[int]:
    """Messages one after another, the user's first; their numbers."""
    numbers = []
    role = "user" if parent is None or log.message(parent).role == "assistant" else "assistant"
    for text in texts:
        parent = log.add(parent, role, text, STATE).message_id
        numbers.append(parent)
        role = "assistant" if role == "user" else "user"
    return numbers


def texts(messages) -> list[str]:
    return [message.text for message in messages]


# --- messages ---------------------------------------------------------------------------------------------------------


def test_a_message_comes_back_as_it_was_recorded(log):
    user = log.add(None, "user", "日本 🙂\nIs it?", STATE, "p1", {"fact": {"entities": ["a", "b"]}})
    answer = log.add(user.message_id, "assistant", "", STATE, details={"seconds": 1.5})
    assert (user.parent, user.role, user.text, user.patch_id) == (None, "user", "日本 🙂\nIs it?", "p1")
    assert user.details == {"fact": {"entities": ["a", "b"]}}
    assert (answer.parent, answer.text, answer.patch_id) == (user.message_id, "", None)
    assert answer.details == {"seconds": 1.5} and answer.state_hash == STATE
    assert user.time.endswith("+00:00")
    assert log.messages() == (user, answer) == log.path(answer.message_id)
    assert log.message(answer.message_id) == answer


def test_half_a_character_becomes_a_question_mark_also_in_the_details(log):
    message = log.add(None, "user", "half \ud83d", STATE, details={"fact": {"text": "half \ud83d"}})
    assert message.text == message.details["fact"]["text"] == "half ?"


def test_a_given_time_is_kept(log, db):
    number = chat_log.insert_message(db, None, "user", "hello", STATE, time="then")
    assert log.message(number).time == "then"


def test_an_empty_session_has_nothing(log):
    assert (log.messages(), log.leaves(), log.surveys(), log.children(None)) == ((), (), (), ())
    assert log.latest() is None
    assert log.turns() == 0


def test_branches_stand_side_by_side(log):
    first, answer, second, last = talk(log, "1", "1a", "2", "2a")
    (again,) = talk(log, "1b", parent=first)  # regenerated
    (edited,) = talk(log, "2 edited", parent=answer)
    (other,) = talk(log, "another conversation")
    assert texts(log.path(last)) == ["1", "1a", "2", "2a"]
    assert texts(log.path(edited)) == ["1", "1a", "2 edited"]
    assert texts(log.children(first)) == ["1a", "1b"] == texts(log.siblings(again))
    assert texts(log.siblings(second)) == ["2", "2 edited"]
    assert texts(log.children(None)) == ["1", "another conversation"] == texts(log.siblings(first))
    assert [leaf.message_id for leaf in log.leaves()] == [last, again, edited, other]
    assert log.children(last) == ()
    assert log.latest() == other
    assert log.turns() == 4


def test_an_answer_and_a_later_message_are_no_versions_of_one_another(log):
    (user,) = talk(log, "never answered")
    log.add(user, "user", "another", STATE)
    answer = log.add(user, "assistant", "answered after all", STATE)
    assert texts(log.children(user)) == ["another", "answered after all"]
    assert texts(log.siblings(answer.message_id)) == ["answered after all"]


@pytest.mark.parametrize("ask", ["message", "path", "children", "siblings"])
def test_a_message_that_is_not_there_is_named(log, ask):
    talk(log, "hello")
    with expect_sentence(InputError, "message 7 is not in this session"):
        getattr(log, ask)(7)


def test_the_order_of_roles_is_kept(log):
    user, answer = talk(log, "hello", "hi")
    refused = (
        (None, "assistant", "needs the message"),
        (answer, "assistant", f"message {answer} is an answer"),
        (user, "user", f"message {user} was answered"),
        (99, "user", "message 99 is not in this session"),
        (user, "system", "'system'"),
    )
    for parent, role, words in refused:
        with expect_sentence(InputError, words):
            log.add(parent, role, "text", STATE)
    assert log.messages() == log.path(answer)


def test_a_message_may_follow_one_that_was_never_answered(log):
    (first,) = talk(log, "first")
    second = log.add(first, "user", "second", STATE)
    assert texts(log.path(second.message_id)) == ["first", "second"]


def test_a_turn_that_fails_leaves_nothing_of_it(log):
    with expect_sentence(InputError, "message 99"), log._writing() as db:
        number = chat_log.insert_message(db, None, "user", "hello", STATE)
        chat_log.insert_memory(db, "p1", {"facts": []})
        chat_log.insert_survey(db, Survey(1, STATE, 0, 1, {1: 0.0}))
        chat_log.insert_message(db, number, "assistant", "hi", STATE)
        chat_log.set_lesson(db, 99, "p1", {})
    assert (log.messages(), log.surveys(), log.memory_of("p1")) == ((), (), None)


def test_a_patch_that_is_not_in_the_session_is_refused(log):
    with expect_sentence(SessionError, "a.hera", "FOREIGN KEY"):
        log.add(None, "user", "hello", STATE, "p9")
    assert log.messages() == ()


# --- long conversations -----------------------------------------------------------------------------------------------


def test_a_long_conversation_is_found_in_one_query(log, db):
    """The path of 10,000 messages must not need a step of Python, or of SQL, for each."""
    rows = [(n, n - 1 or None, "user" if n % 2 else "assistant", f"text {n}") for n in range(1, 10_001)]
    db.execute("BEGIN")
    db.executemany(
        f"INSERT INTO messages (message_id, parent, role, text, state_hash, details, time) "
        f"VALUES (?, ?, ?, ?, '{STATE}', '{{}}', '')",
        rows,
    )
    db.execute("COMMIT")
    queries: list[str] = []
    db.set_trace_callback(queries.append)
    found = log.path(10_000)
    assert [message.message_id for message in found] == list(range(1, 10_001))
    assert len(queries) == 1
    plan = [row[3] for row in db.execute("EXPLAIN QUERY PLAN " + chat_log._PATH, (10_000,))]
    assert any("SEARCH messages USING INTEGER PRIMARY KEY" in step for step in plan)
    children = [row[3] for row in db.execute("EXPLAIN QUERY PLAN SELECT * FROM messages WHERE parent IS ?", (3,))]
    assert "messages_by_parent" in children[0]


def test_the_file_refuses_a_circle(log, db):
    first, _, third = talk(log, "1", "1a", "2")
    with pytest.raises(sqlite3.IntegrityError):
        db.execute("UPDATE messages SET parent = ? WHERE message_id = ?", (third, first))


# --- lessons, memories, surveys ---------------------------------------------------------------------------------------


def test_a_lesson_is_set_beside_what_is_known_of_a_message(log):
    user = log.add(None, "user", "The capital is Quell.", STATE, details={"fact": {"text": "The capital is Quell."}})
    learned = log.set_lesson(user.message_id, "p1", {"outcome": "committed", "steps": [{"task": 0.5}]})
    assert learned.patch_id == "p1"
    assert learned.details == {**user.details, "lesson": {"outcome": "committed", "steps": [{"task": 0.5}]}}
    again = log.set_lesson(user.message_id, None, {"outcome": "known"})
    assert (again.patch_id, again.details["lesson"]) == (None, {"outcome": "known"})
    assert log.message(user.message_id) == again
    with expect_sentence(InputError, "message 9 is not"):
        log.set_lesson(9, None, {})


def test_the_memory_belongs_to_a_patch(log):
    memory = {"next_id": 3, "facts": [{"text": "日本", "share": 0.1}]}
    with log._writing() as db:
        chat_log.insert_memory(db, "p1", memory)
    assert log.memory_of("p1") == memory
    assert log.memory_of("p2") is None


def remember(log: ChatLog, patch_id: str, fact_id: int | None, **facts: str) -> None:
    """A memory after a lesson: the facts' subjects by number, ``f1`` for 1."""
    told = {"relation": "lives_in", "object": "Velm"}
    held = [
        {"fact_id": int(key[1:]), "info": {"text": f"{subject} lives.", "subject": subject, **told}}
        for key, subject in facts.items()
    ]
    with log._writing() as db:
        chat_log.insert_memory(db, patch_id, {"facts": held}, fact_id)


def test_what_lessons_were_about_is_told_by_number_as_it_was_told_last(log):
    remember(log, "p1", 1, f1="Ann", f2="Bob")
    remember(log, "p2", 1, f1="ann", f3="Cim")
    assert log.told() == {1: FactInfo("ann lives.", "fact", relation="lives_in", subject="ann", object="Velm")}
    assert log.told({1}) == {}


def test_a_lesson_that_was_taken_back_before_it_stood_is_not_remembered(log):
    def begin(number: int) -> None:
        told = {"text": "ann lives.", "subject": "ann", "relation": "lives_in", "object": f"Velm{number}"}
        chat_log.insert_memory(db, "p1", {"facts": [{"fact_id": number, "info": told}]}, number)

    with pytest.raises(RuntimeError), log._writing() as db:
        begin(1)
        assert log.taught() == {"p1": 1} and log.told()[1].object == "Velm1"
        raise RuntimeError
    assert log.taught() == {} and log.told() == {}
    with log._writing() as db:  # the same row and patch, another fact
        begin(2)
    assert log.taught() == {"p1": 2} and [info.object for info in log.told().values()] == ["Velm2"]


def test_a_replay_is_about_no_fact(log):
    remember(log, "p1", None, f1="Ann")
    assert log.told() == {}


def test_surveys_come_back_in_order_with_numbers_for_facts(log):
    later = Survey(20, "b" * 64, 1, 2, {1: 0.25, 2: 1.0}, "then")
    log.add_survey(Survey(10, STATE, 2, 2, {1: 0.75, 2: 1.0}))
    log.add_survey(later)
    first, second = log.surveys()
    assert (first.turn, first.known, first.facts, first.shares) == (10, 2, 2, {1: 0.75, 2: 1.0})
    assert first.time.endswith("+00:00")
    assert second == later


# --- damage -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["{", "[]", "null", "[" * 100_000])
def test_damaged_rows_are_one_sentence(log, db, text):
    talk(log, "hello")
    log.add_survey(Survey(1, STATE, 0, 1, {1: 0.0}))
    with log._writing() as open_db:
        chat_log.insert_memory(open_db, "p1", {})
    for table, column in (("messages", "details"), ("surveys", "shares"), ("memories", "memory")):
        db.execute(f"UPDATE {table} SET {column} = ?", (text,))
    with expect_sentence(SessionError, "a.hera is damaged: message 1 cannot be read"):
        log.messages()
    with expect_sentence(SessionError, "a.hera is damaged: survey 1 cannot be read"):
        log.surveys()
    with expect_sentence(SessionError, "a.hera is damaged: the fact memory of patch 'p1' cannot be read"):
        log.memory_of("p1")
    with expect_sentence(SessionError, "the session is damaged: message 1 cannot be read"):
        log.set_lesson(1, None, {})


@pytest.mark.parametrize("shares", ['{"one": 1}', '{"1": null}', '{"1": "x"}'])
def test_a_survey_with_odd_shares_is_damaged(log, db, shares):
    log.add_survey(Survey(1, STATE, 0, 1, {1: 0.0}))
    db.execute("UPDATE surveys SET shares = ?", (shares,))
    with expect_sentence(SessionError, "survey 1 cannot be read"):
        log.surveys()
