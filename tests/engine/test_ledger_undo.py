"""Undo and redo go over everything that was done, newest first: moves, notes, tags, names, labels and settings."""

from __future__ import annotations

import json
import random
import sqlite3
import time
from pathlib import Path

import pytest

from hera_desktop.engine.atlas.records import Label
from hera_desktop.engine.errors import InputError, SessionError
from hera_desktop.engine.ledger import Ledger

from .samples import SESSION_META, commit, expect_sentence, session, small_patch

SAE = "a" * 64
META = {**SESSION_META, "config": json.dumps({"immune": {"top_k": 5, "tags": {}}, "evolution": {"max_rank": 4}})}


@pytest.fixture
def ledger(tmp_path):
    ledger = Ledger.create(tmp_path / "a.hera", META)
    for seed in range(3):
        commit(ledger, seed)
    yield ledger
    ledger.close()


def config(ledger: Ledger) -> dict:
    return json.loads(ledger.meta["config"])


def set_rank(ledger: Ledger, rank: int) -> None:
    before = config(ledger)
    ledger.set_config(before, {**before, "evolution": {"max_rank": rank}})


def whole(ledger: Ledger) -> tuple:
    """All that undo is about."""
    words = tuple((e.note, e.tags, e.name) for e in ledger.entries())
    return ledger.timeline.current.active, words, ledger.labels.all(SAE), ledger.meta["config"]


# --- words ------------------------------------------------------------------------------------------------------------


def test_what_was_said_is_undone_newest_first(ledger):
    ledger.set_note("p1", "look")
    ledger.record_event("revert", "p2")
    ledger.set_tags("p1", "good, French")
    ledger.set_name("p3", "Paris")
    words = [ledger.timeline.undo_words]
    expected = [("look", ("good", "French"), ""), ("look", (), ""), ("look", (), ""), ("", (), "")]
    for note, tags, name in expected:
        ledger.record_event("undo", None)
        words.append(ledger.timeline.undo_words)
        entry = ledger.entry("p1")
        assert (entry.note, entry.tags, ledger.entry("p3").name) == (note, tags, name)
    assert words == ["the name of p3", "the tags of p1", "the revert of p2", "the note on p1", "the step p3"]
    assert ledger.timeline.redo_words == "the note on p1"
    assert ledger.timeline.current.active == ("p1", "p2", "p3")
    for _ in range(4):
        ledger.record_event("redo", None)
    assert (ledger.entry("p1").tags, ledger.entry("p3").name) == (("good", "French"), "Paris")
    assert ledger.timeline.current.active == ("p1", "p3")
    assert not ledger.timeline.can_redo


def test_an_event_says_what_it_changed_and_an_undo_what_it_put_back(ledger):
    ledger.set_note("p1", "look")
    ledger.set_note("p1", "look again")
    ledger.record_event("undo", None)
    done, undone = ledger.events(since=4)
    assert (done.kind, done.patch_id, done.state_hash) == ("note", "p1", ledger.state_hash)
    about = {"patch_id": "p1", "field": "note"}
    assert done.payload == {**about, "before": "look", "after": "look again"}
    assert (undone.kind, undone.patch_id) == ("undo", None)
    assert undone.payload == {**about, "kind": "note", "before": "look again", "after": "look"}
    assert ledger.events()[0].payload is None


def test_saying_the_same_again_is_no_event(ledger):
    ledger.set_note("p1", "look")
    ledger.set_tags("p1", ["a", "b"])
    ledger.labels.put(SAE, Label(3, "capitals"))
    ledger.record_event("undo", None)
    before = ledger.revision
    ledger.set_note("p1", "look")
    ledger.set_tags("p1", [" a ", "b", "a", ""])
    ledger.set_name("p1", "")
    ledger.labels.put(SAE, Label(4))
    ledger.set_config(config(ledger), config(ledger))
    assert ledger.revision == before
    assert ledger.timeline.can_redo


def test_new_words_clear_what_could_be_redone(ledger):
    ledger.record_event("undo", None)
    ledger.set_note("p1", "look")
    with expect_sentence(InputError, "nothing to redo"):
        ledger.record_event("redo", None)


def test_words_are_tidied(ledger):
    assert ledger.set_tags("p1", "  two  words ,日本, 🙂,,half \ud83d").tags == ("two words", "日本", "🙂", "half ?")
    assert ledger.set_name("p1", " two\nlines ").name == "two lines"
    assert ledger.set_note("p1", "two\nlines \ud83d").note == "two\nlines ?"


def test_words_that_cannot_be_kept_are_refused(ledger):
    for attempt, parts in [
        (lambda: ledger.set_tags("p1", ["a,b"]), ("'a,b'", "comma")),
        (lambda: ledger.set_tags("p1", ["x" * 61]), ("tag", "61 characters", "at most 60")),
        (lambda: ledger.set_name("p1", "x" * 201), ("name", "201", "200")),
        (lambda: ledger.set_note("p1", "x" * 100_001), ("note", "100001", "100000")),
        (lambda: ledger.set_tags("p9", ["a"]), ("'p9'", "not in this session")),
        (lambda: ledger.set_texts(9, "", ""), ("step 9",)),
    ]:
        with expect_sentence(InputError, *parts):
            attempt()
    assert ledger.revision == 3


def test_texts_are_kept_and_are_no_event(ledger):
    ledger.set_texts(2, "before", "after 🙂")
    assert ledger.entry("p2")["texts"] == {"before": "before", "after": "after 🙂"}
    assert ledger.entry("p2").metrics == {}
    assert ledger.revision == 3


# --- labels and settings ----------------------------------------------------------------------------------------------


def test_a_label_and_an_import_are_undone_as_one_each(ledger):
    ledger.labels.put(SAE, Label(1, "mine", "note", True))
    ledger.labels.put_many(SAE, [Label(n, f"theirs {n}", source="import") for n in (1, 2, 3)])
    ledger.labels.put(SAE, Label(2))
    assert ledger.timeline.undo_words == "the label of feature 2"
    states = [("mine", "theirs 2", "theirs 3"), ("mine",), ()]
    for names in states:
        ledger.record_event("undo", None)
        assert tuple(label.name for label in ledger.labels.all(SAE)) == names
    for names in (states[1], states[0], ("mine", "theirs 3")):
        ledger.record_event("redo", None)
        assert tuple(label.name for label in ledger.labels.all(SAE)) == names
    assert ledger.labels.all(SAE)[0] == Label(1, "mine", "note", True)


def test_settings_are_undone_key_by_key(ledger):
    before = config(ledger)
    ledger.set_config(before, {"immune": {"top_k": 9, "tags": {"code": {"limit": 0.5}}}, "evolution": {"max_rank": 4}})
    assert ledger.events()[-1].payload == {
        "before": {"immune.top_k": 5, "immune.tags": {}},
        "after": {"immune.top_k": 9, "immune.tags.code.limit": 0.5},
    }
    assert ledger.timeline.undo_words == "the settings (immune.tags, immune.tags.code.limit, immune.top_k)"
    after = config(ledger)
    ledger.record_event("undo", None)
    assert config(ledger) == before
    ledger.record_event("redo", None)
    assert config(ledger) == after
    path = ledger.path
    ledger.close()
    again = Ledger.open(path)
    assert config(again) == after
    again.close()


# --- everything together ----------------------------------------------------------------------------------------------


def do_something(ledger: Ledger, draw: random.Random, number: int) -> None:
    """Any one thing that can be done, if it makes sense now; it may also change nothing."""
    patch = f"p{draw.randint(1, 6)}"
    deeds = [
        lambda: commit(ledger, number),
        lambda: ledger.record_event(draw.choice(["revert", "restore"]), patch),
        lambda: ledger.record_event(draw.choice(["roll_back_to", "roll_back_before"]), patch),
        lambda: ledger.set_note(patch, draw.choice(["", "a", "b"])),
        lambda: ledger.set_tags(patch, draw.choice([[], ["x"], ["x", "y"]])),
        lambda: ledger.set_name(patch, draw.choice(["", "n"])),
        lambda: ledger.labels.put(SAE, Label(draw.randint(1, 2), draw.choice(["", "l"]), pinned=draw.random() < 0.5)),
        lambda: ledger.labels.put_many(SAE, [Label(n, f"i{number % 3}", source="import") for n in range(3)]),
        lambda: set_rank(ledger, draw.randint(1, 3)),
    ]
    draw.choice(deeds)()


@pytest.mark.parametrize("seed", range(5))
def test_undo_and_redo_give_back_exactly_what_was_there(ledger, seed):
    """Against a plain list of all there was, over a random walk that closes and opens the session as it goes."""
    draw, past, future = random.Random(seed), [whole(ledger)], []
    seen_undo = 0
    for number in range(120):
        before, revision = whole(ledger), ledger.revision
        kind = draw.choice(["do", "do", "undo", "redo"])
        if kind == "do":
            try:
                do_something(ledger, draw, number)
            except InputError:
                assert whole(ledger) == before
            if ledger.revision > revision:
                past.append(whole(ledger))
                future.clear()
        elif kind == "undo" and len(past) > 1:
            ledger.record_event("undo", None)
            future.append(past.pop())
            seen_undo += 1
        elif kind == "redo" and future:
            ledger.record_event("redo", None)
            past.append(future.pop())
        (active, words, *rest), (active_now, words_now, *rest_now) = past[-1], whole(ledger)
        assert (active_now, rest_now) == (active, rest)
        assert words_now[: len(words)] == words and set(words_now[len(words) :]) <= {("", (), "")}
        if number % 20 == 19:
            ledger.close()
            ledger = Ledger.open(ledger.path)
    assert seen_undo > 10
    assert ledger.verify() == []
    ledger.close()


def test_a_write_that_fails_in_the_middle_leaves_neither_word_nor_event(ledger):
    ledger.set_note("p1", "first")
    ledger.labels.put(SAE, Label(1, "mine"))
    set_rank(ledger, 2)
    before, revision = whole(ledger), ledger.revision
    ledger._db.execute("CREATE TEMP TRIGGER full AFTER INSERT ON events BEGIN SELECT raise(ABORT, 'disk is full'); END")
    attempts = [
        lambda: ledger.set_note("p1", "second"),
        lambda: ledger.set_tags("p1", ["x"]),
        lambda: ledger.labels.put(SAE, Label(1)),
        lambda: ledger.labels.put_many(SAE, [Label(2, "theirs", source="import")]),
        lambda: set_rank(ledger, 9),
        lambda: ledger.record_event("undo", None),
    ]
    for attempt in attempts:
        with expect_sentence(SessionError, "the disk is full"):
            attempt()
        assert (whole(ledger), ledger.revision) == (before, revision)
    ledger._db.execute("DROP TRIGGER full")
    ledger.record_event("undo", None)
    assert config(ledger)["evolution"] == {"max_rank": 4}
    assert ledger.verify() == []


@pytest.mark.parametrize(
    "payload",
    [
        None,
        "not JSON",
        "[1]",
        "{}",
        '{"patch_id": "p1", "field": "note", "before": 1, "after": "x"}',
        '{"patch_id": "p1", "field": "prompt", "before": "", "after": "x"}',
    ],
)
def test_a_damaged_payload_is_one_sentence(tmp_path, payload):
    path = session(tmp_path / "a.hera")
    ledger = Ledger.open(path)
    ledger.set_note("p1", "look")
    ledger.close()
    db = sqlite3.connect(path)
    db.execute("UPDATE events SET payload = ? WHERE seq = 4", (payload,))
    db.commit()
    db.close()
    with expect_sentence(SessionError, str(path), "is damaged"):
        Ledger.open(path)


def test_a_state_is_known_by_the_commit_that_first_led_to_it(ledger):
    events = ledger.events()
    assert [ledger.committed_as(event.state_hash) for event in events] == ["p1", "p2", "p3"]
    assert ledger.committed_as(ledger.hash_of(())) is None
    ledger.record_event("undo", None)
    ledger.record_proposal(small_patch(2), "committed", "the same again", {})
    assert ledger.state_hash == events[2].state_hash
    assert ledger.committed_as(ledger.state_hash) == "p3"
    ledger.record_event("revert", "p1")
    assert ledger.committed_as(ledger.state_hash) is None
    path = ledger.path
    ledger.close()
    again = Ledger.open(path)
    assert again.committed_as(events[2].state_hash) == "p3"
    again.close()


# --- ten thousand -----------------------------------------------------------------------------------------------------


def ten_thousand(path: Path) -> None:
    """A session of ten thousand commits, written at one go."""
    Ledger.create(path, META).close()
    ledger = Ledger.open(path)
    patch = small_patch(0, width=8)
    details = json.dumps({"metrics": {"js_divergence": {"step": 0.01, "cumulative": 0.02}}})
    data = patch.to_bytes()
    ledger._db.execute("BEGIN")
    for n in range(1, 10_001):
        ledger._db.execute(
            "INSERT INTO patches (patch_id, content_hash, factors) VALUES (?, ?, ?)",
            (f"p{n}", patch.content_hash, data),
        )
        row = (n, f"p{n}", "committed", f"prompt {n}", details, "then")
        ledger._db.execute(
            "INSERT INTO proposals (step, patch_id, status, prompt, details, time) VALUES (?, ?, ?, ?, ?, ?)", row
        )
        ledger._hashes[f"p{n}"] = patch.content_hash
        step = ledger.timeline.plan("commit", f"p{n}")
        ledger._insert_event(step)
        ledger._advance(step)
    ledger._db.execute("COMMIT")
    ledger.close()


def test_ten_thousand_steps_are_opened_and_continued_quickly(tmp_path):
    path = tmp_path / "a.hera"
    ten_thousand(path)
    started = time.perf_counter()
    ledger = Ledger.open(path)
    assert time.perf_counter() - started < 5
    assert len(ledger.timeline.current.active) == 10_000
    deeds = [
        lambda: commit(ledger, 1),
        lambda: ledger.set_note("p5000", "look"),
        lambda: ledger.record_event("revert", "p5000"),
        lambda: ledger.record_event("undo", None),
        lambda: ledger.state_hash,
    ]
    for deed in deeds:
        taken = []
        for _ in range(3):
            started = time.perf_counter()
            deed()
            taken.append(time.perf_counter() - started)
            if ledger.timeline.undo_words == "the revert of p5000":
                ledger.record_event("undo", None)
        assert min(taken) < 0.05
    assert ledger.entries(since=10_000)[0].step == 10_001
    ledger.close()
