"""The examples: well declared, and runnable on an engine."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from hera_desktop.engine.errors import Cancelled, InputError
from hera_desktop.engine.examples import Example, examples, get_example, run_example
from tests import tiny


def example(*steps: dict) -> Example:
    told = [{"say": "...", **step} for step in steps]
    return Example.model_validate({"name": "e", "title": "E", "purpose": "p", "seconds": 1, "steps": told})


EVOLVE = {"do": "evolve", "prompt": "The capital of France is", "label": "first"}


@pytest.fixture
def engine(tmp_path):
    found = tiny.engine(tmp_path / "s.hera", evolution__learning_rate=0.05)
    yield found
    found.close()


def test_there_are_four_to_six_and_none_takes_two_minutes():
    assert 4 <= len(examples()) <= 6
    assert all(found.seconds < 120 for found in examples().values())
    assert all(step.say.endswith(".") for found in examples().values() for step in found.steps)


def test_an_unknown_example_names_the_nearest():
    with pytest.raises(InputError, match="example 'branchh' is unknown; did you mean 'branch'"):
        get_example("branchh")


def test_a_move_to_a_step_that_is_not_there_is_refused_when_it_is_read():
    with pytest.raises(ValidationError, match="moves to 'second', which no step before is called"):
        example(EVOLVE, {"do": "move", "kind": "revert", "to": "second"})


def test_an_example_does_on_an_engine_what_it_declares(engine):
    told, done = [], []
    course = example(
        {"do": "show", "layout": "evolve"},
        EVOLVE,
        {**EVOLVE, "label": "second", "prompt": "Once upon a time"},
        {"do": "move", "kind": "roll_back_to", "to": "first"},
        {"do": "move", "kind": "undo"},
        {"do": "move", "kind": "revert", "to": "first"},
        {"do": "steer", "prompt": "Once", "feature": 3, "strength": 2.0, "tokens": 2},
    )
    run_example(engine, course, told.append, lambda action, result: done.append((action.do, result)))
    assert [action.do for action in told] == ["show", "evolve", "evolve", "move", "move", "move", "steer"]
    assert [change.active for _, change in done[3:6]] == [("p1",), ("p1", "p2"), ("p2",)]
    assert done[6][1].feature == 3
    assert engine.ledger.timeline.current.active == ("p2",)


def test_an_example_that_needs_a_rejected_step_says_so(tmp_path):
    engine = tiny.engine(tmp_path / "strict.hera", immune__max_js_divergence=0)
    course = example({**EVOLVE, "strength": 5.0}, {"do": "move", "kind": "revert", "to": "first"})
    with pytest.raises(InputError, match="step 'first' was rejected on this model"):
        run_example(engine, course, lambda action: None, lambda action, result: None)
    engine.close()


def test_an_example_can_be_cancelled(engine):
    def stop(what, share):
        raise Cancelled("cancelled")

    with pytest.raises(Cancelled):
        run_example(engine, example(EVOLVE), lambda action: None, lambda action, result: None, stop)
    assert engine.ledger.entries() == []
