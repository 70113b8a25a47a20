"""The verbs of the chat, on a lab that answers at once: what is shown, asked, saved, and with which status it ends."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

import pytest
import typer
from typer.testing import CliRunner, Result

from hera_desktop.cli import chat
from hera_desktop.cli.app import _Group
from hera_desktop.engine.config import load_config
from hera_desktop.engine.facts import records as r
from hera_desktop.engine.facts.chat_file import load_conversation
from hera_desktop.engine.ledger import Ledger
from hera_desktop.engine.model import Sampling

from ..engine.samples import SESSION_META
from .conftest import assert_one_sentence
from .fake_lab import FACT, LESSON, STATE, FakeEngine, FakeLab


@pytest.fixture
def lab(monkeypatch) -> FakeLab:
    lab = FakeLab()
    lab.opened, lab.learning = [], "automatic"

    @contextmanager
    def opened_engine(session, config, overrides, writing=False) -> Iterator[FakeEngine]:
        lab.opened.append((session, overrides, writing))
        yield FakeEngine(lab.learning)

    monkeypatch.setattr(chat, "opened_engine", opened_engine)
    monkeypatch.setattr(chat, "lab_of", lambda engine: lab)
    return lab


@pytest.fixture
def session(tmp_path) -> Path:
    Ledger.create(tmp_path / "s.hera", SESSION_META).close()
    return tmp_path / "s.hera"


@pytest.fixture(autouse=True)
def keep_handler() -> Iterator[None]:
    before = signal.getsignal(signal.SIGINT)
    yield
    assert signal.getsignal(signal.SIGINT) is before


def run(*arguments: str, typed: str | bytes = "") -> Result:
    program = typer.Typer(cls=_Group)
    program.command("chat")(chat.chat)
    program.add_typer(chat.app, name="facts")
    return CliRunner().invoke(program, list(arguments), input=typed)


def press() -> None:
    os.kill(os.getpid(), signal.SIGINT)


def said(lab: FakeLab) -> list[str]:
    return [text for text, _ in lab.calls]


def test_messages_are_said_one_after_another_and_what_was_learned_is_told(lab):
    result = run("chat", "--say", "hello there", "--say", "the capital is Quell")
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == [
        "> hello there",
        "HELLO THERE",
        "> the capital is Quell",
        "THE CAPITAL IS QUELL",
        "● learned: Vostria (capital): Quell  recalled 1 of 2  12.3 s",
    ]
    (_, first), (_, second) = lab.calls
    assert first == {"parent": None, "learning": "automatic", "sampling": None}
    assert second["parent"] == 2
    assert lab.opened == [(None, [], True)]


@pytest.mark.parametrize(
    ("outcome", "line", "status"),
    [
        ("warning", "▲ learned, with a warning: Vostria", 0),
        ("softened", "▲ learned in part (25%): Vostria", 0),
        ("rejected", "✕ not learned: Vostria", 1),
        ("known", "○ known already: Vostria", 0),
        ("nothing", "· nothing learned: Vostria", 0),
    ],
)
def test_every_outcome_has_its_words_and_a_rejection_its_status(lab, outcome, line, status):
    lab.lesson = replace(LESSON, outcome=outcome, share=0.25, reason="PPL 1.7x is over 1.5x")
    result = run("chat", "--say", "the capital is Quell")
    assert result.exit_code == status
    assert line in result.stdout
    assert ("PPL 1.7x is over 1.5x" in result.stdout) == (outcome in ("warning", "softened", "rejected"))


def test_contradictions_and_forgotten_facts_are_told(lab):
    lab.lesson = replace(LESSON, contradicts=("The capital is Ulm.",), evicted=("Ann has [two] cats.",))
    lines = run("chat", "--say", "the capital is Quell").stdout.splitlines()
    assert lines[-2:] == ["  contradicts: The capital is Ulm.", "  forgotten to make room: Ann has [two] cats."]


def test_what_is_left_of_earlier_patches_and_what_was_replayed_is_told(lab):
    lab.lesson = replace(LESSON, survival={"p3": 0.984, "p4": 1.2})
    again = r.FactInfo("replay of 2 facts", "regular")
    lab.replayed = replace(LESSON, fact=again, asked=(), replayed=("Velm is a town.", FACT.text), survival={"p3": 0.5})
    lines = run("chat", "--say", "the capital is Quell").stdout.splitlines()
    assert lines[-4:] == [
        "  survival of earlier patches: p3 0.98, p4 1.20",
        "● replayed: replay of 2 facts  12.3 s",
        "  survival of earlier patches: p3 0.50",
        "  replayed: 2 facts",
    ]
    lab.lesson, lab.replayed = replace(LESSON, replayed=("Velm is a town.",)), None
    assert run("chat", "--say", "the capital is Quell").stdout.splitlines()[-1] == "  replayed: 1 fact"


def test_the_settings_reach_the_lab_and_the_engine(lab, session):
    options = ("--temperature", "0", "--max-new-tokens", "9", "--learning", "off", "--session", str(session))
    assert run("chat", "--say", "hello", *options, "--set", "facts.soften=1").exit_code == 0
    assert lab.calls[0][1]["sampling"] == Sampling(9, 0.0, 0.9, 7)
    assert lab.calls[0][1]["learning"] == "off"
    assert run("chat", "--say", "hello", "--seed", "3", "--top-p", "0.5").exit_code == 0
    assert lab.calls[1][1]["sampling"] == Sampling(200, 0.5, 0.5, 3)
    assert lab.opened[0] == (session, ["facts.soften=1"], True)


def test_a_preset_lies_below_single_settings(lab, monkeypatch):
    tree = {"experiment": {"seed": 5}, "evolution": {"learning_rate": 1e-6, "target_layers": [1, 2]}}
    monkeypatch.setattr(chat, "preset_overlay", lambda name: tree if name == "mine" else None)
    assert run("chat", "--say", "hello", "--preset", "mine", "--set", "experiment.seed=6").exit_code == 0
    ((_, overrides, _),) = lab.opened
    config = load_config(overrides=overrides, environment={})
    assert (config.experiment.seed, config.evolution.learning_rate) == (6, 1e-6)
    assert tuple(config.evolution.target_layers or ()) == (1, 2)


@pytest.mark.parametrize("text", ['5 "quoted": # {x}', "line\nbreak 🙂 日本\x85", "1e-3", "null", "no", "[1, 2]", ""])
def test_any_text_comes_through_as_a_setting(text):
    assert load_config(overrides=[chat._setting("sae.path", text)], environment={}).sae.path == text


def test_what_steers_a_terminal_is_not_written(lab):
    result = run("chat", "--say", "red \x1b[31m and\rback")
    assert "\x1b" not in result.stdout and "\r" not in result.stdout
    assert said(lab) == ["red \x1b[31m and\rback"]


def test_json_is_one_document_and_nothing_else(lab):
    result = run("chat", "--say", "hello", "--say", "the capital is Quell", "--json")
    document = json.loads(result.stdout)
    assert document["state_hash"] == STATE and document["session"] == "/somewhere/s.hera"
    first, second = document["turns"]
    assert (first["number"], first["answer"]["text"], first["lesson"]["outcome"]) == (1, "HELLO", "nothing")
    assert second["user"]["text"] == "the capital is Quell"
    assert second["lesson"]["asked"][0]["question"] == "What is the capital of Vostria?"


def test_the_conversation_is_saved_at_the_end(lab, tmp_path):
    file, lines = tmp_path / "talk.json", tmp_path / "lines.txt"
    lines.write_text("two\n\n", encoding="utf-8")
    assert run("chat", "--say", "one", "--file", str(lines), "--save", str(file)).exit_code == 0
    assert [message.text for message in load_conversation(file)] == ["one", "ONE", "two", "TWO"]
    info = json.loads(file.read_text())["session"]
    assert info == {"session": "s.hera", "model": "tiny", "base_fingerprint": "f" * 64, "state_hash": STATE}
    result = run("chat", "--say", "three", "--save", str(file))
    assert_one_sentence(result, str(file), "exists already")
    assert said(lab) == ["one", "two"]


def test_what_was_said_before_an_error_is_saved(lab, tmp_path):
    file = tmp_path / "talk.json"
    result = run("chat", "--say", "one", "--say", "unusable", "--save", str(file))
    assert result.exit_code == 2 and "'unusable' cannot be used" in result.stderr
    assert [message.text for message in load_conversation(file)] == ["one", "ONE"]


def test_a_conversation_goes_on_after_the_last_message(lab, session):
    run("chat", "--say", "one")
    run("chat", "--say", "two", "--continue", "--session", str(session))
    run("chat", "--say", "three", "--session", str(session))
    assert [call["parent"] for _, call in lab.calls] == [None, 2, None]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--json",), "give --say or --file"),
        (("--say", " "), "message 1 is empty"),
        (("--say", "hello", "--continue"), "--continue needs a session"),
        (("--say", "hello", "--learning", "automatc"), "did you mean 'automatic'?"),
        (("--say", "hello", "--preset", "sead"), "preset 'sead' is unknown"),
        (("--file", "/no/such.txt"), "/no/such.txt does not exist"),
        (("--say", "hello", "--save", "/no/such/a.json"), "/no/such"),
    ],
)
def test_bad_input_is_one_sentence_before_the_model_is_loaded(lab, options, words):
    assert_one_sentence(run("chat", *options), words)
    assert lab.opened == []


def test_asking_first_shows_what_would_be_learned(lab):
    result = run("chat", "--say", "hello", "--say", "the capital is Quell", "--learning", "ask", typed="y\n")
    assert "Vostria (capital): Quell  (confidence 0.90, pattern relation)" in result.stderr
    assert "weights: The 2  ·capital 6" in result.stderr
    assert f"contradicts fact 3: {FACT.text}" in result.stderr
    assert "it contradicts what it was told" in result.stderr
    assert ("learn", 3) in lab.calls
    assert result.stdout.splitlines()[-1].startswith("● learned: Vostria")
    assert result.stderr.count("learn this?") == 1


@pytest.mark.parametrize("typed", ["n\n", "\n", ""])
def test_whatever_is_no_yes_learns_nothing(lab, typed):
    lab.learning = "ask"
    result = run("chat", "--say", "the capital is Quell", "--json", typed=typed)
    assert json.loads(result.stdout)["turns"][0]["lesson"] is None
    assert "not learned" in result.stderr
    assert said(lab) == ["the capital is Quell"]


def test_the_first_ctrl_c_stops_the_answer_and_the_turn_is_learned(lab):
    lab.during = press
    result = run("chat", "--say", "the capital is Quell", "--say", "another")
    assert result.exit_code == 130
    assert "stopped after 1 of 2 messages" in result.stderr
    assert result.stdout.splitlines()[1:] == ["THE", "● learned: Vostria (capital): Quell  recalled 1 of 2  12.3 s"]
    assert said(lab) == ["the capital is Quell"]


def test_ctrl_c_in_a_lesson_cancels_it(lab):
    lab.in_lesson = press
    result = run("chat", "--say", "the capital is Quell")
    assert result.exit_code == 130
    assert "cancelled; the last committed state stands" in result.stderr
    assert lab.log.messages() == ()


def test_the_second_ctrl_c_ends_the_program(lab):
    lab.during = lambda: (press(), press())
    result = run("chat", typed="hello\nmore\n")
    assert result.exit_code == 130
    assert said(lab) == ["hello"]


def test_a_stopped_answer_does_not_end_the_conversation(lab):
    lab.during = press
    result = run("chat", typed="hello\nanother\n")
    assert result.exit_code == 0
    assert said(lab) == ["hello", "another"]
    assert "HEL\nANO\n" in result.stdout


@pytest.mark.parametrize(
    ("typed", "status"), [([KeyboardInterrupt, "hello", EOFError], 0), ([KeyboardInterrupt] * 2, 130)]
)
def test_at_the_prompt_one_ctrl_c_leaves_time_to_think(lab, monkeypatch, typed, status):
    monkeypatch.setattr("builtins.input", Mock(side_effect=typed))
    result = run("chat")
    assert result.exit_code == status
    assert "Ctrl+C again, Ctrl+D or /quit leaves" in result.stderr
    assert said(lab) == [found for found in typed if isinstance(found, str)]


def test_a_survey_and_a_lesson_are_cancelled(lab, session):
    lab.in_lesson = press
    assert run("facts", "survey", "--session", str(session)).exit_code == 130
    result = run("chat", typed="the capital is Quell\nanother\n")
    assert result.exit_code == 0 and "cancelled; the last committed state stands" in result.stderr
    assert said(lab) == ["the capital is Quell", "another"]


# --- the conversation's commands --------------------------------------------------------------------------------------


def test_lines_are_messages_until_the_end_of_the_input(lab):
    result = run("chat", typed="hello\n\n   \n//a slash\nagain")
    assert said(lab) == ["hello", "/a slash", "again"]
    assert [call["parent"] for _, call in lab.calls] == [None, 2, 4]
    assert result.stdout.splitlines()[0] == f"tiny, state {STATE[:12]}: turns 0, facts 2, learning automatic"
    assert "HELLO\n" in result.stdout and "> " not in result.stdout


def test_the_commands_do_what_they_say(lab, tmp_path):
    file = tmp_path / "my talk.json"
    lines = ("hello", "/facts", "/ask 3", "/forget 3", "/undo", "/state", "/learning off", "the capital", "/learning")
    result = run("chat", typed="\n".join((*lines, f"/save {file}", "/quit", "never said")))
    assert result.exit_code == 0, result.output
    assert said(lab) == ["hello", "forget", "the capital"]
    assert lab.calls[1] == ("forget", 3) and lab.calls[2][1]["learning"] == "off"
    for line in (
        "● forgotten: Vostria (capital): Quell  12.3 s",
        f"undo: learning p1; state {'a' * 12}",
        f"tiny, state {STATE[:12]}: turns 1, facts 2, learning automatic",
        "learning off",
    ):
        assert line in result.stdout.splitlines()
    assert "What is the capital of Vostria?" in result.stdout
    assert [message.text for message in load_conversation(file)] == ["hello", "HELLO", "the capital", "THE CAPITAL"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("/fact", "command '/fact' is unknown; did you mean '/facts'?"),
        ("/zzz", "command '/zzz' is unknown; /help lists them"),
        ("/ask", "/ask takes a fact's number, not ''"),
        ("/ask ²", "/ask takes a fact's number, not '²'"),
        ("/ask 9", "fact 9 is not in the memory"),
        ("/learning sometimes", "learning 'sometimes' is unknown"),
        ("hello\n/save", "is a folder"),
        ("/save x.json", "nothing was said yet"),
        ("/redo", "there is nothing to redo"),
        ("unusable", "message 'unusable' cannot be used"),
    ],
)
def test_a_mistake_is_one_sentence_and_the_conversation_goes_on(lab, line, words):
    result = run("chat", typed=f"{line}\n/state\nhello\n")
    assert result.exit_code == 0
    assert words in result.stderr and "Traceback" not in result.output
    assert said(lab)[-1] == "hello"


def test_an_answer_is_made_again_and_a_message_said_otherwise(lab):
    lines = ("hello", "/again", "more", "/edit less", "/compare")
    result = run("chat", typed="\n".join(lines))
    assert result.exit_code == 0, result.output
    assert said(lab) == ["hello", "regenerate", "more", "less"]
    parents = [call["parent"] for _, call in lab.calls if isinstance(call, dict)]
    assert parents == [None, 3, 3], "the edited message follows what the first one followed"
    assert {"before it learned: before", "now: after less"} <= set(result.stdout.splitlines())


def test_every_further_answer_is_drawn_with_a_seed_of_its_own(lab):
    run("chat", "--seed", "5", typed="hello\n/again\n/again\n")
    assert lab.calls[1:] == [("regenerate", 6), ("regenerate", 7)]


@pytest.mark.parametrize("line", ["/again", "/compare", "/edit other"])
def test_what_needs_a_message_says_so_before_there_is_one(lab, line):
    result = run("chat", typed=f"{line}\nhello\n")
    assert "nothing was said yet" in result.stderr and said(lab) == ["hello"]


def test_an_edited_message_that_cannot_be_used_leaves_the_conversation_where_it_was(lab):
    run("chat", typed="hello\n/edit unusable\n/edit\nmore\n")
    assert lab.calls[-1] == ("more", lab.calls[-1][1]) and lab.calls[-1][1]["parent"] == 2


def test_an_edited_message_whose_lesson_is_cancelled_stands(lab):
    lab.learning, lab.in_lesson = "ask", press
    result = run("chat", typed="hello\n/edit the capital\ny\nmore\n")
    assert "cancelled" in result.stderr
    assert lab.calls[-1][0] == "more" and lab.calls[-1][1]["parent"] == 4


def test_a_saved_conversation_is_loaded_and_gone_on_with(lab, tmp_path):
    file = tmp_path / "talk.json"
    run("chat", typed=f"hello\n/save {file}\n")
    lab.calls.clear()
    result = run("chat", "--load", str(file), "--say", "more")
    assert result.exit_code == 0 and "2 messages loaded" in result.stderr
    assert lab.calls[0][1]["parent"] == 4
    run("chat", typed=f"/load {file}\nand more\n")
    assert lab.calls[-1][1]["parent"] == 8
    assert lab.log.turns() == 3, "what is loaded was not said here"


def test_after_undo_it_is_told_what_is_still_known(lab):
    assert "still known: 1 of 2 facts" in run("chat", typed="/undo\n").stdout


def test_a_turn_stands_where_the_replay_after_it_did_not_end(lab):
    lab.unfinished = "cancelled; the last committed state stands"
    result = run("chat", typed="hello\nmore\n")
    assert "the turn stands" in result.stderr and lab.calls[-1][1]["parent"] == 2


def test_a_rejection_in_a_conversation_shows_in_the_status(lab):
    lab.lesson = replace(LESSON, outcome="rejected")
    assert run("chat", typed="the capital\nhello\n").exit_code == 1
    assert run("chat", typed="/forget 3\n").exit_code == 1
    assert run("chat", typed="hello\n").exit_code == 0
    lab.replayed = lab.lesson
    result = run("chat", typed="hello\n")
    assert result.exit_code == 1 and "✕ not replayed" in result.stdout


def test_what_is_not_text_is_one_sentence(lab):
    result = run("chat", typed=b"na\xefve\n")
    assert result.exit_code == 2
    assert "is not utf-8 text (byte" in result.stderr


# --- facts ------------------------------------------------------------------------------------------------------------


def test_facts_are_listed(lab, session):
    result = run("facts", "list", "--session", str(session))
    assert result.exit_code == 0, result.output
    lines = [line.split() for line in result.stdout.splitlines()]
    told = [*FACT.text.split(), "2", "4", "1.25"]
    assert lines[-2:] == [["3", *told, "1", "of", "2", "1"], ["1", *told, "-", "-"]]
    documents = json.loads(run("facts", "list", "--session", str(session), "--json").stdout)
    assert [found["fact_id"] for found in documents] == [3, 1]
    assert documents[0]["asked"][1]["answer"] == "I do not know [yet]."
    assert lab.opened == [(session, None, False)] * 2


def test_facts_are_asked_one_or_all(lab, session):
    one = run("facts", "ask", "3", "--session", str(session)).stdout
    assert "fact 3: The capital of Vostria is Quell. (1 of 2)" in one
    assert "I do not know [yet]." in one and one.count("✕") == one.count("●") == 1
    both = json.loads(run("facts", "ask", "--session", str(session), "--json").stdout)
    assert [found["fact_id"] for found in both] == [3, 1]
    assert_one_sentence(run("facts", "ask", "9", "--session", str(session)), "fact 9 is not in the memory")


def test_a_fact_is_forgotten_unless_that_is_rejected(lab, session):
    result = run("facts", "forget", "3", "--session", str(session))
    assert result.exit_code == 0
    assert result.stdout == "● forgotten: Vostria (capital): Quell  12.3 s\n"
    lab.lesson = replace(LESSON, outcome="rejected")
    refused = run("facts", "forget", "3", "--session", str(session), "--json")
    assert refused.exit_code == 1
    assert json.loads(refused.stdout)["outcome"] == "rejected"
    assert [writing for _, _, writing in lab.opened] == [True, True]


def test_a_survey_shows_the_curve(lab, session):
    result = run("facts", "survey", "--session", str(session))
    assert result.stdout.splitlines()[-1] == "1 of 2 facts are known"
    assert [line.split()[0] for line in result.stdout.splitlines()[-3:-1]] == ["10", "20"]
    document = json.loads(run("facts", "survey", "--session", str(session), "--json").stdout)
    assert document["survey"]["known"] == 1 and len(document["surveys"]) == 2


def test_the_measures_are_shown_with_a_dash_for_what_is_not_measured(lab, session):
    result = run("facts", "measures", "--session", str(session))
    lines = [line.split() for line in result.stdout.splitlines()]
    assert ["accuracy", "0.875"] in lines and ["backward", "transfer", "-0.125"] in lines
    assert ["improvement", "-"] in lines
    document = json.loads(run("facts", "measures", "--session", str(session), "--json").stdout)
    assert document == lab.measures()
    assert lab.opened == [(session, None, False)] * 2


def test_the_adapter_is_exported(lab, session, tmp_path):
    folder = tmp_path / "adapter"
    result = run("facts", "export", str(folder), "--session", str(session))
    assert result.stdout == f"adapter written to {folder}\n"
    assert lab.calls == [("export", folder)]


@pytest.mark.parametrize("verb", [["list"], ["ask"], ["forget", "1"], ["survey"], ["measures"], ["export", "folder"]])
def test_facts_are_of_a_session_that_is_there(lab, tmp_path, verb):
    assert_one_sentence(run("facts", *verb), "this needs a session")
    assert_one_sentence(run("facts", *verb, "--session", str(tmp_path / "no.hera")), "no.hera does not exist")
    assert lab.opened == []
