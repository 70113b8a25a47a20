from __future__ import annotations

import pytest

from hera_desktop.engine.errors import InputError
from hera_desktop.engine.timeline import Timeline, hashes_along, state_hash

from .samples import expect_sentence


def timeline(*commits: str) -> Timeline:
    line = Timeline()
    for patch_id in commits:
        line.apply("commit", patch_id)
    return line


def test_commits_pile_up_in_order():
    line = timeline("p1", "p2", "p3")
    assert line.current.active == ("p1", "p2", "p3")
    assert line.committed == ("p1", "p2", "p3")


def test_roll_back_to_keeps_the_patch_and_before_drops_it():
    line = timeline("p1", "p2", "p3")
    assert line.preview("roll_back_to", "p2").active == ("p1", "p2")
    assert line.preview("roll_back_before", "p2").active == ("p1",)
    assert line.preview("roll_back_before", "p1").active == ()


def test_roll_back_to_the_base_drops_everything():
    line = timeline("p1", "p2")
    assert line.apply("roll_back_to", None).active == ()
    assert line.committed == ("p1", "p2")


def test_evolving_after_a_rollback_starts_a_branch():
    line = timeline("p1", "p2", "p3")
    line.apply("roll_back_to", "p1")
    line.apply("commit", "p4")
    assert line.current.active == ("p1", "p4")
    assert line.status("p3", line.current.active) == "left"
    assert line.status("p4", line.current.active) == "active"


def test_restoring_a_patch_of_a_left_line_brings_that_line_back():
    line = timeline("p1", "p2", "p3")
    line.apply("roll_back_to", "p1")
    line.apply("commit", "p4")
    assert line.apply("restore", "p3").active == ("p1", "p2", "p3")
    assert line.status("p4", line.current.active) == "left"
    assert line.apply("restore", "p4").active == ("p1", "p4")


def test_revert_takes_out_one_and_restore_puts_it_back_in_its_place():
    line = timeline("p1", "p2", "p3")
    assert line.apply("revert", "p2").active == ("p1", "p3")
    assert line.status("p2", line.current.active) == "reverted"
    line.apply("commit", "p4")
    assert line.apply("restore", "p2").active == ("p1", "p2", "p3", "p4")
    assert line.current.reverted == frozenset()


def test_several_reverts_come_back_in_any_order():
    line = timeline(*(f"p{n}" for n in range(1, 13)))
    for patch_id in ("p2", "p10", "p11"):
        line.apply("revert", patch_id)
    for patch_id in ("p10", "p2", "p11"):
        line.apply("restore", patch_id)
    assert line.current.active == tuple(f"p{n}" for n in range(1, 13))


def test_rolling_back_to_a_reverted_patch_returns_to_its_commit():
    line = timeline("p1", "p2", "p3")
    line.apply("revert", "p2")
    assert line.apply("roll_back_to", "p2").active == ("p1", "p2")
    assert line.current.reverted == frozenset()


def test_a_commit_after_a_revert_remembers_the_revert():
    line = timeline("p1", "p2")
    line.apply("revert", "p1")
    line.apply("commit", "p3")
    line.apply("roll_back_to", "p2")
    assert line.current.active == ("p1", "p2")
    assert line.apply("restore", "p3").active == ("p2", "p3")
    assert line.status("p1", line.current.active) == "reverted"


def test_undo_and_redo_walk_through_the_states():
    line = timeline("p1", "p2", "p3")
    line.apply("revert", "p1")
    states = [("p2", "p3"), ("p1", "p2", "p3"), ("p1", "p2"), ("p1",), ()]
    for expected in states[1:]:
        assert line.apply("undo", None).active == expected
    assert not line.can_undo
    for expected in reversed(states[:-1]):
        assert line.apply("redo", None).active == expected
    assert not line.can_redo


def test_new_work_clears_redo():
    line = timeline("p1", "p2")
    line.apply("undo", None)
    assert line.can_redo
    line.apply("commit", "p3")
    assert not line.can_redo
    assert line.current.active == ("p1", "p3")


def test_rollback_can_be_undone():
    line = timeline("p1", "p2", "p3")
    line.apply("roll_back_to", "p1")
    assert line.apply("undo", None).active == ("p1", "p2", "p3")


def test_preview_changes_nothing():
    line = timeline("p1", "p2")
    for kind, patch_id in [("commit", "p3"), ("revert", "p1"), ("roll_back_to", None), ("undo", None)]:
        line.preview(kind, patch_id)
    assert line.current.active == ("p1", "p2")
    assert line.committed == ("p1", "p2")
    assert not line.can_redo


@pytest.mark.parametrize(
    ("kind", "patch_id", "parts"),
    [
        ("revert", "p9", ("'p9' is not on the timeline", "did you mean")),
        ("restore", "p2", ("'p2' is active already",)),
        ("restore", "nonsense", ("'nonsense'", "3 patches were committed")),
        ("roll_back_to", "p3", ("'p3' is not on the current line", "restore")),
        ("roll_back_before", "p3", ("'p3' is not on the current line",)),
        ("revert", "p3", ("'p3' is not active",)),
        ("redo", None, ("nothing to redo",)),
    ],
)
def test_an_operation_that_makes_no_sense_is_refused_and_changes_nothing(kind, patch_id, parts):
    line = timeline("p1", "p2", "p3")
    line.apply("roll_back_to", "p2")
    with expect_sentence(InputError, *parts):
        line.apply(kind, patch_id)
    assert line.current.active == ("p1", "p2")
    assert line.apply("undo", None).active == ("p1", "p2", "p3")


def test_nothing_to_undo_at_the_start():
    with expect_sentence(InputError, "nothing to undo"):
        Timeline().apply("undo", None)


def test_the_same_events_lead_to_the_same_state():
    events = [("commit", "p1"), ("commit", "p2"), ("revert", "p1"), ("commit", "p3"), ("undo", None), ("restore", "p1")]
    lines = Timeline(), Timeline()
    for line in lines:
        for kind, patch_id in events:
            line.apply(kind, patch_id)
    assert lines[0].current.active == lines[1].current.active == ("p1", "p2")


def test_ten_thousand_commits_are_one_line():
    line = timeline(*(f"p{n}" for n in range(10_000)))
    assert len(line.current.active) == 10_000
    assert line.current.active[:2] == ("p0", "p1")
    assert line.apply("revert", "p5000").active == (*(f"p{n}" for n in range(10_000) if n != 5000),)
    assert line.apply("undo", None).active[5000] == "p5000"


def test_the_hashes_along_a_line_are_those_of_its_states():
    contents = ("a", "b", "c")
    assert hashes_along("base", contents) == tuple(state_hash("base", contents[:length]) for length in range(4))


def test_state_hash_depends_on_base_patches_and_order():
    hashes = {
        state_hash("base", ()),
        state_hash("other", ()),
        state_hash("base", ("a",)),
        state_hash("base", ("a", "b")),
        state_hash("base", ("b", "a")),
    }
    assert len(hashes) == 5
    assert state_hash("base", ("a", "b")) == state_hash("base", iter(["a", "b"]))
