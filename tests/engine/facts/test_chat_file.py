from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from hera_desktop.engine.errors import InputError, MachineError
from hera_desktop.engine.facts.chat_file import LoadedMessage, check_place, load_conversation, save_conversation
from hera_desktop.engine.facts.records import Message

from ..samples import expect_sentence

STATE = "5" * 64
TOLD = "The capital of Ostrava-on-Sea is Quell 🙂."
LESSON = {"outcome": "softened", "fact": {"text": TOLD, "kind": "fact"}}
SAID = (
    Message(3, None, "user", TOLD, STATE, "then", "p1", {"lesson": LESSON}),
    Message(4, 3, "assistant", "I see.\nReally?", STATE, "later", None, {"seconds": 1.0}),
    Message(7, 4, "user", "Who knows it?", STATE, "later", None, {"fact": {"kind": "question", "text": "Who"}}),
    Message(9, 4, "user", "It lies by the sea.", STATE, "later", None, {"fact": {"kind": "fact", "text": "It lies"}}),
)


@pytest.fixture
def file(tmp_path) -> Path:
    return save_conversation(tmp_path / "talk.json", SAID, {"model": "tiny"})


def tree(file: Path) -> dict:
    return json.loads(file.read_text(encoding="utf-8"))


def changed(file: Path, change) -> Path:
    document = tree(file)
    change(document)
    file.write_text(json.dumps(document), encoding="utf-8")
    return file


# --- saving -----------------------------------------------------------------------------------------------------------


def test_what_was_saved_is_loaded(file):
    assert load_conversation(file) == (
        LoadedMessage(3, None, "user", TOLD, STATE, "then", TOLD, "softened"),
        LoadedMessage(4, 3, "assistant", "I see.\nReally?", STATE, "later"),
        LoadedMessage(7, 4, "user", "Who knows it?", STATE, "later"),
        LoadedMessage(9, 4, "user", "It lies by the sea.", STATE, "later", "It lies"),
    )
    document = tree(file)
    assert (document["format"], document["version"]) == ("hera-conversation", 1)
    assert document["session"] == {"model": "tiny"}
    assert "🙂" in file.read_text(encoding="utf-8")


def test_half_a_character_becomes_a_question_mark(tmp_path):
    message = Message(1, None, "user", "half \ud83d", STATE, "then")
    file = save_conversation(tmp_path / "a.json", (message,), {"name": "half \ud83d"})
    assert load_conversation(file)[0].text == "half ?"
    file.write_text(file.read_text().replace("half ?", "half \\ud83d"))
    assert load_conversation(file)[0].text == "half ?"


def test_a_file_that_is_there_stays_unless_it_is_to_be_replaced(file):
    before = file.read_bytes()
    with expect_sentence(InputError, str(file), "exists already"):
        save_conversation(file, SAID[:1], {})
    assert file.read_bytes() == before
    save_conversation(file, SAID[:1], {}, overwrite=True)
    assert len(load_conversation(file)) == 1
    assert os.listdir(file.parent) == ["talk.json"]


def test_what_cannot_be_saved_is_one_sentence(tmp_path):
    place = tmp_path / "a.json"
    with expect_sentence(InputError, "no message", str(place)):
        save_conversation(place, (), {})
    with expect_sentence(InputError, "message 4 follows message 3"):
        save_conversation(place, SAID[1:], {})
    with expect_sentence(InputError, "message 3 is there twice"):
        save_conversation(place, (SAID[0], SAID[0]), {})
    with expect_sentence(InputError, str(tmp_path), "is a folder"):
        save_conversation(tmp_path, SAID, {}, overwrite=True)
    with expect_sentence(InputError, "folder", "does not exist"):
        check_place(tmp_path / "no" / "a.json")
    with expect_sentence(MachineError, "cannot be written"):
        save_conversation(tmp_path / ("x" * 300), SAID, {})
    assert os.listdir(tmp_path) == []


def test_a_disk_that_fails_leaves_the_old_file_and_no_half_one(file, monkeypatch):
    before = file.read_bytes()

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with expect_sentence(MachineError, str(file), "No space left"):
        save_conversation(file, SAID[:1], {}, overwrite=True)
    assert file.read_bytes() == before
    assert os.listdir(file.parent) == ["talk.json"]


# --- loading ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not valid JSON"),
        (b"{", "not valid JSON"),
        (b"[" * 100_000, "not valid JSON"),
        (b"\xff\xfe{}", "not UTF-8 text (byte 0)"),
        (b"[]", "not a conversation of this program"),
        (b'{"format": "other", "version": 1}', "not a conversation of this program"),
        (b'{"format": "hera-conversation", "version": 2, "messages": []}', "version 2"),
        (b'{"format": "hera-conversation", "version": true, "messages": []}', "version True"),
        (b'{"format": "hera-conversation", "messages": []}', "version None"),
        (b'{"format": "hera-conversation", "version": 1, "messages": []}', "no list of messages"),
        (b'{"format": "hera-conversation", "version": 1, "messages": [1]}', "message 1 is no object"),
    ],
)
def test_foreign_and_damaged_files_are_one_sentence(tmp_path, data, words):
    file = tmp_path / "a.json"
    file.write_bytes(data)
    with expect_sentence(InputError, str(file), words):
        load_conversation(file)


@pytest.mark.parametrize(
    ("number", "key", "value", "words"),
    [
        (0, "id", "3", "'id' of message 1"),
        (0, "id", True, "'id' of message 1"),
        (1, "parent", 3.0, "'parent' of message 2"),
        (1, "parent", 7, "message 4 follows message 7"),
        (1, "parent", None, "message 4 is an answer"),
        (0, "role", "system", "'role' of message 1"),
        (0, "role", ["user"], "'role' of message 1"),
        (0, "text", None, "'text' of message 1"),
        (0, "time", 12, "'time' of message 1"),
        (2, "id", 4, "message 4 is there twice"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(file, number, key, value, words):
    changed(file, lambda document: document["messages"][number].update({key: value}))
    with expect_sentence(InputError, str(file), "is damaged", words):
        load_conversation(file)


def test_what_a_reader_can_do_without_may_be_missing(file):
    def bare(document: dict) -> None:
        document.pop("session")
        document["messages"] = [{"id": 1, "role": "user", "text": "hello", "more": 1}]

    assert load_conversation(changed(file, bare)) == (LoadedMessage(1, None, "user", "hello"),)


def test_a_missing_text_is_damage(file):
    changed(file, lambda document: document["messages"][0].pop("text"))
    with expect_sentence(InputError, "'text' of message 1"):
        load_conversation(file)


def test_a_file_that_is_not_there_or_too_large_is_one_sentence(tmp_path, file, monkeypatch):
    with expect_sentence(InputError, "no.json does not exist"):
        load_conversation(tmp_path / "no.json")
    with expect_sentence(InputError, str(tmp_path), "cannot be read"):
        load_conversation(tmp_path)
    monkeypatch.setattr("hera_desktop.engine.facts.chat_file.MAX_BYTES", 10)
    with expect_sentence(InputError, str(file), "larger than"):
        load_conversation(file)
