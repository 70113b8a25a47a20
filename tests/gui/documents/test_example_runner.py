"""An example runs through the controller, in a session of its own."""

from __future__ import annotations

import pytest

from hera_desktop.engine.examples import Example
from hera_desktop.gui.example_runner import ExampleRunner
from hera_desktop.gui.requests import LoadRequest
from hera_desktop.gui.session_files import untitled_path

from .parts import WAIT_MS, Desk, tiny_factory

EVOLVE = {"do": "evolve", "prompt": "The capital of France is", "strength": 0.05, "label": "first", "say": "A step."}


def example(*steps: dict) -> Example:
    return Example.model_validate({"name": "e", "title": "Small", "purpose": "p", "seconds": 1, "steps": steps})


COURSE = example(
    {"do": "show", "layout": "evolve", "say": "Look."},
    EVOLVE,
    {**EVOLVE, "prompt": "Once upon a time", "label": "second", "say": "Another."},
    {"do": "move", "kind": "roll_back_to", "to": "first", "say": "Back."},
    {"do": "move", "kind": "undo", "say": "And forth."},
    {"do": "move", "kind": "revert", "to": "first", "say": "Out."},
    {"do": "steer", "prompt": "Once", "feature": 3, "strength": 2.0, "tokens": 2, "say": "Steer."},
    {"do": "move", "kind": "roll_back_to", "to": "base", "say": "To the base."},
)


@pytest.fixture
def run(qtbot):
    def do(desk: Desk, course: Example) -> tuple[bool, dict[str, list]]:
        runner = ExampleRunner(desk.controller, desk.documents)
        seen = {"said": [], "layouts": [], "features": [], "ended": []}
        runner.said.connect(lambda said: seen["said"].append((said.number, said.count, said.text)))
        runner.layout_wanted.connect(seen["layouts"].append)
        runner.feature_wanted.connect(seen["features"].append)
        runner.ended.connect(seen["ended"].append)
        runner.run(course)
        qtbot.waitUntil(lambda: bool(seen["ended"]), timeout=WAIT_MS)
        desk.settle()
        return seen["ended"][0], seen

    return do


def test_every_action_is_told_and_done(desk, run):
    desk.evolve()
    complete, seen = run(desk, COURSE)
    assert complete
    assert [number for number, _, _ in seen["said"]] == list(range(1, 9))
    assert seen["said"][0] == (1, 8, "Look.")
    assert (seen["layouts"], seen["features"]) == (["evolve"], [3])
    assert desk.documents.title == "untitled"
    assert desk.steps == 2
    assert desk.controller.snapshot.info.active == ()
    moves = [text.partition(":")[0] for text in desk.told if text.startswith(("Rolled", "Undone", "Reverted"))]
    assert moves == ["Rolled back to p1", "Undone", "Reverted p1", "Rolled back to the base"]
    assert desk.told[-1] == "The example is done; it is in the session untitled, which you can keep with Save As"


def test_a_named_session_is_left_as_it_was(desk, run, tmp_path):
    from hera_desktop.gui.session_files import peek

    desk.evolve()
    run(desk, example(EVOLVE))
    assert peek(tmp_path / "a.hera").steps == 1


def test_an_empty_unnamed_session_is_used(make_desk, run):
    path = untitled_path()
    desk = make_desk(LoadRequest(factory=tiny_factory(path))).load()
    complete, _ = run(desk, example(EVOLVE))
    assert complete
    assert desk.documents.path == path
    assert desk.steps == 1


def test_a_failure_ends_it_with_its_sentence(desk, run):
    steer = {"do": "steer", "prompt": "Once", "feature": 4448, "strength": 1, "say": "Steer."}
    complete, seen = run(desk, example(steer, EVOLVE))
    assert not complete
    assert len(seen["said"]) == 1
    assert any("4448" in text for text in desk.told), desk.told


def test_a_step_that_was_rejected_and_is_needed_ends_it(make_desk, run):
    strict = tiny_factory(untitled_path(), immune__max_js_divergence=0)
    desk = make_desk(LoadRequest(factory=strict)).load()
    revert = {"do": "move", "kind": "revert", "to": "first", "say": "Out."}
    complete, _ = run(desk, example({**EVOLVE, "strength": 5.0}, revert))
    assert not complete
    assert "step 'first' was rejected on this model; the example needs it and ends here" in desk.told[-1]


def test_it_can_be_stopped(desk, qtbot):
    runner = ExampleRunner(desk.controller, desk.documents)
    ended = []
    runner.ended.connect(ended.append)
    runner.run(COURSE)
    runner.stop()
    desk.settle()
    assert ended == [False]
    assert not runner.running
    desk.evolve()


def test_it_waits_for_the_model_and_for_a_running_job(make_desk, desk, tmp_path):
    unloaded = make_desk(LoadRequest(factory=tiny_factory(tmp_path / "x.hera")))
    ExampleRunner(unloaded.controller, unloaded.documents).run(COURSE)
    assert unloaded.told[-1] == "No model is loaded yet"
    desk.documents.new()
    ExampleRunner(desk.controller, desk.documents).run(COURSE)
    assert desk.told[-1] == "A job is running; wait for it or cancel it"
    desk.settle()
