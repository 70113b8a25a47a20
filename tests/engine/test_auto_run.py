"""When a run of many steps ends."""

from __future__ import annotations

import subprocess
import sys

import pytest

from hera_desktop.engine.auto_run import StopConditions
from hera_desktop.engine.errors import InputError


@pytest.mark.parametrize(
    ("conditions", "done", "rejected", "used", "reason"),
    [
        (StopConditions(5), 4, True, 9.0, None),
        (StopConditions(5), 5, False, None, "steps"),
        (StopConditions(5, at_rejection=True), 1, True, None, "rejection"),
        (StopConditions(5, at_rejection=True), 1, False, None, None),
        (StopConditions(5, budget=0.8), 1, False, 0.79, None),
        (StopConditions(5, budget=0.8), 1, False, 0.8, "budget"),
        (StopConditions(5, budget=0.8), 1, False, float("inf"), "budget"),
        (StopConditions(5, budget=0.8), 1, False, None, None),
        (StopConditions(1, True, 0.5), 1, True, 0.6, "budget"),
        (StopConditions(1, True, 0.5), 1, True, 0.4, "rejection"),
    ],
)
def test_the_first_condition_that_holds_ends_the_run(conditions, done, rejected, used, reason):
    assert conditions.reached(done, rejected, used) == reason


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"steps": 0}, "a run of 0 steps is not possible; 1 and more are allowed"),
        ({"steps": 1, "budget": 0.0}, "a run cannot stop at 0 % of the budget; more than 0 up to 100 % are allowed"),
        ({"steps": 1, "budget": 1.5}, "a run cannot stop at 150 % of the budget; more than 0 up to 100 % are allowed"),
    ],
)
def test_conditions_out_of_range_are_refused_in_one_sentence(values, told):
    with pytest.raises(InputError) as refused:
        StopConditions(**values)
    assert str(refused.value) == told


def test_it_needs_no_torch_and_no_window():
    probe = "import sys, hera_desktop.engine.auto_run; assert not {'torch', 'PySide6'} & set(sys.modules)"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
