"""Snapshots read only what is new, and are what reading everything anew would give."""

from __future__ import annotations

import contextlib
import random
import time
from collections.abc import Iterable
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest

from hera_desktop.engine.errors import InputError
from hera_desktop.engine.timeline import Timeline
from hera_desktop.gui.records import Edge
from hera_desktop.gui.snapshots import SnapshotTaker

from .fake import FakeEngine, FakeLedger


def quiet(what, share):
    pass


# --- the whole computation, done without keeping anything ------------------------------------------------


def parents_of(entries, events) -> dict[int, int]:
    step_of = {e.patch_id: e.step for e in entries}
    rejected = [e for e in entries if e.status == "rejected"]
    replay, parents, tip = Timeline(), {}, 0
    for event in events:
        while rejected and rejected[0].time < event.time:
            parents[rejected.pop(0).step] = tip
        replay.apply(event.kind, event.patch_id, event.payload)
        if event.kind == "commit":
            step = step_of[event.patch_id]
            parents[step], tip = tip, step
        else:
            active = replay.current.active
            tip = step_of[active[-1]] if active else 0
    parents.update((entry.step, tip) for entry in rejected)
    return parents


def chains_of(entries, parents) -> list[list[int]]:
    ending = {0: [0]}
    chains = [ending[0]]
    for entry in entries:
        if entry.status == "rejected":
            continue
        chain = ending.pop(parents[entry.step], None)
        if chain is None:
            chains.append(chain := [])
        chain.append(entry.step)
        ending[entry.step] = chain
    return chains


def laid_out(entries, parents, states) -> tuple[list[int], list[frozenset[Edge]]]:
    lanes, busy = {0: 0}, []
    edges: list[set[Edge]] = [set() for _ in range(len(entries) + 1)]
    for chain in chains_of(entries, parents):
        parent = parents[chain[0]] if chain[0] else 0
        lane = next((n for n, until in enumerate(busy) if until <= parent), len(busy))
        busy[lane:] = [chain[-1], *busy[lane + 1 :]]
        lanes.update(dict.fromkeys(chain, lane))
        for start, end in pairwise([parent, *chain] if chain[0] else chain):
            dim = states[end] == "left"
            edges[start].add(Edge(lanes[start], lanes[end], dim))
            for row in range(start + 1, end):
                edges[row].add(Edge(lanes[end], lanes[end], dim))
    for entry in entries:
        lanes.setdefault(entry.step, lanes[parents[entry.step]])
    return [lanes[step] for step in range(len(entries) + 1)], [frozenset(found) for found in edges]


def expect_whole(view, engine: Any) -> None:
    entries, line = engine.ledger.entries(), engine.ledger.timeline
    active = line.current.active
    parents = parents_of(entries, engine.ledger.events())
    states = {e.step: "rejected" if e.status == "rejected" else line.status(e.patch_id, active) for e in entries}
    lanes, edges = laid_out(entries, parents, states)
    assert [row.parent for row in view.rows[1:]] == [parents[e.step] for e in entries]
    assert [row.state for row in view.rows[1:]] == [states[e.step] for e in entries]
    assert [row.lane for row in view.rows] == lanes
    assert [frozenset(found) for found in view.edges] == edges
    assert view.lanes == max(lanes) + 1
    assert view.current == (int(active[-1][1:]) if active else 0)
    shown = [(row.step, row.prompt, row.note, row.tags, row.name) for row in view.rows[1:]]
    assert shown == [(e.step, e.prompt, e.note, e.tags, e.name) for e in entries]


# --- what a user may do ---------------------------------------------------------------


def act(engine: FakeEngine, chance: random.Random) -> None:
    patches = [e.patch_id for e in engine.ledger.history] or ["p1"]
    some = chance.choice(patches)
    choices = {
        "evolve": lambda: engine.evolve(chance.choice(("a", "b", "reject this", "warn me")), None, quiet),
        "roll_back_to": lambda: engine.roll_back_to(chance.choice((*patches, "base"))),
        "revert": lambda: engine.revert(some),
        "restore": lambda: engine.restore(some),
        "undo": engine.undo,
        "redo": engine.redo,
        "note": lambda: engine.note(some, f"note {chance.random():.3f}"),
        "tag": lambda: engine.tag(some, ("one", f"{chance.random():.3f}")),
        "rename": lambda: engine.rename(some, f"name {chance.random():.3f}"),
    }
    kinds = [*choices, "evolve", "evolve", "evolve", "roll_back_to", "restore", "undo"]
    with contextlib.suppress(InputError, StopIteration):  # it made no sense just then: nothing has happened
        choices[chance.choice(kinds)]()


def some_of(chance: random.Random, counts: Iterable[int]) -> int:
    return chance.choice(tuple(counts))


@pytest.mark.parametrize("seed", range(60))
def test_reading_what_is_new_gives_what_reading_everything_gives(seed):
    chance = random.Random(seed)
    engine = FakeEngine()
    taker = SnapshotTaker(engine)
    for _ in range(50):
        for _ in range(some_of(chance, (1, 1, 1, 2, 5))):
            act(engine, chance)
        expect_whole(taker.view(), engine)
    expect_whole(SnapshotTaker(engine).view(), engine)


def test_rows_that_have_not_changed_stay_the_same_objects():
    engine = FakeEngine()
    taker = SnapshotTaker(engine)
    for prompt in ("a", "b", "c"):
        engine.evolve(prompt, None, quiet)
    before = taker.view()
    engine.note("p2", "kept")
    after = taker.view()
    assert [a is b for a, b in zip(before.rows, after.rows, strict=True)] == [True, True, False, True]
    assert after.rows[2].note == "kept"


def test_a_clock_that_was_set_back_does_not_disturb_the_order_of_the_steps():
    engine = FakeEngine()
    for prompt in ("a", "reject b", "c", "reject d"):
        engine.evolve(prompt, None, quiet)
    engine.ledger.history[1].time = "2099-01-01T00:00:00+00:00"
    view = SnapshotTaker(engine).view()
    assert [row.parent for row in view.rows[1:]] == [0, 1, 1, 3]


def test_an_undone_note_is_shown_as_it_was():
    engine = FakeEngine()
    taker = SnapshotTaker(engine)
    engine.evolve("a", None, quiet)
    engine.note("p1", "kept")
    assert taker.view().rows[1].note == "kept"
    engine.undo()
    assert taker.view().rows[1].note == ""
    engine.redo()
    assert taker.view().rows[1].note == "kept"


def test_texts_that_were_written_later_are_read_once_they_are_said_to_be_there():
    engine = FakeEngine()
    taker = SnapshotTaker(engine)
    engine.evolve("a", None, quiet)
    engine.evolve("b", None, quiet)
    taker.view()
    engine.ledger.set_texts(1, "before", "after")
    taker.outdate(1)
    assert taker.view().rows[1].details["texts"] == {"before": "before", "after": "after"}


class QuickLedger(FakeLedger):
    """Does not hash ten thousand patches for each step of the test."""

    state_hash = "0" * 64


def test_a_step_after_ten_thousand_is_read_in_a_moment():
    engine = FakeEngine()
    engine.ledger = QuickLedger()
    engine.registry.history = engine.ledger.history
    taker = SnapshotTaker(engine)
    for number in range(10_000):
        engine._record(f"prompt {number}")
    taker.view()
    took = []
    for number in range(5):
        engine._record(f"one more {number}")
        start = time.thread_time()
        view = taker.view()
        took.append(1000 * (time.thread_time() - start))
    assert len(view.rows) == 10_006
    assert min(took) < 30, took


# --- on a real session ------------------------------------------------------------------------------------------------


def test_a_real_session_gives_the_same_view_read_step_by_step_and_opened_again(tmp_path):
    from hera_desktop.engine.ledger import Ledger
    from tests.engine.samples import SESSION_META, small_patch

    chance = random.Random(11)
    ledger = Ledger.create(tmp_path / "a.hera", SESSION_META)
    taker = SnapshotTaker(SimpleNamespace(ledger=ledger))
    patch = small_patch()
    for number in range(150):
        patches = [entry.patch_id for entry in ledger.entries() if entry.patch_id]
        some = chance.choice(patches or ["p1"])
        moves = ("roll_back_to", "revert", "restore")
        with contextlib.suppress(InputError):  # it makes no sense just then
            kind = chance.choice(("step", "step", "step", "nothing", *moves, "redo", "note", "tag", "name", "texts"))
            if kind in ("step", "nothing"):
                status = chance.choice(("committed", "warning", "rejected")) if kind == "step" else "rejected"
                ledger.record_proposal(patch if kind == "step" else None, status, f"prompt {number}", {"metrics": {}})
            elif kind in moves:
                ledger.record_event(kind, some)
            elif kind in ("undo", "redo"):
                ledger.record_event(kind, None)
            elif kind == "texts" and patches:
                step = ledger.entry(some).step
                ledger.set_texts(step, "before", f"after {number}")
                taker.outdate(step)
            elif kind in ("note", "tag", "name"):
                setter = {"note": ledger.set_note, "tag": ledger.set_tags, "name": ledger.set_name}[kind]
                setter(some, f"word {number}")
        view = taker.view()
        expect_whole(view, SimpleNamespace(ledger=ledger))
        time.sleep(0.002)  # the session's clock counts milliseconds, and no real step is quicker
    assert {row.mark for row in view.rows} >= {"base", "committed", "rejected", "left"}
    ledger.close()
    again = Ledger.open(tmp_path / "a.hera")
    assert SnapshotTaker(SimpleNamespace(ledger=again)).view() == view
    again.close()


def test_the_texts_of_a_step_are_kept_in_the_session_and_shown(real_window, evolve, tmp_path):
    window = real_window()
    evolve(window, "The capital of France is")
    row = window.controller.snapshot.timeline.rows[1]
    said = {side: window.generation.texts[side].said for side in ("before", "after")}
    assert row.details["texts"] == said
    assert all(said.values())
