"""A search's table and plot, and a trial that is picked."""

from __future__ import annotations

import pytest

from hera_desktop.engine.config import load_config
from hera_desktop.engine.errors import InputError
from hera_desktop.engine.experiments.outcome import Outcome
from hera_desktop.engine.experiments.search_table import (
    apply,
    overlay,
    pareto_front,
    plots,
    remarks,
    tables,
)


def trial(number, effect, damage, error=None):
    settings = {"evolution.learning_rate": 0.5 + number, "edits.strategy": "null_space"}
    figures = {} if error else {"let_through": 0.5}
    return {
        "number": number,
        "settings": settings,
        "effect": effect,
        "damage": damage,
        "figures": figures,
        "error": error,
    }


TRIALS = [
    trial(0, 1.0, 0.2),
    trial(1, 2.0, 0.5),
    trial(2, 0.9, 0.3),  # 0 has more effect with less damage
    trial(3, 2.0, 0.6),  # 1 has as much effect with less damage
    trial(4, 1.0, 0.2),  # as 0
    trial(5, None, None, "the proposal is not finite"),
    trial(6, 0.5, 0.2),  # as much damage as 0, and less effect
]


def test_the_front_is_what_no_trial_beats():
    assert pareto_front(TRIALS) == {0, 1, 4}
    assert pareto_front(list(reversed(TRIALS))) == {0, 1, 4}
    assert pareto_front([]) == set()


def test_the_table_has_every_trial_with_its_settings():
    (table,) = tables(TRIALS, "steps")
    assert table.columns == (
        "trial", "evolution.learning_rate", "edits.strategy", "effect", "damage", "let through", "on the front"
    )  # fmt: skip
    assert table.rows[0] == ("0", "0.5", "null_space", "1.0000", "0.2000", "50 %", "yes")
    assert table.rows[2][-1] == ""
    assert table.rows[5][3:] == ("-", "-", "-", "failed")


def test_the_plot_joins_the_front_and_leaves_out_what_failed():
    (plot,) = plots(TRIALS, "steps")
    others, front = plot.curves
    assert (front.line, front.x, front.y) == (True, (0.2, 0.2, 0.5), (1.0, 1.0, 2.0))
    assert set(front.labels) == {"0", "4", "1"}
    assert (others.line, set(others.labels)) == (False, {"2", "3", "6"})
    assert plot.log_x
    assert not plots([*TRIALS, trial(7, 0.0, 0.0)], "steps")[0].log_x  # nothing has no logarithm


def test_nothing_measured_is_an_empty_table():
    assert tables([], "edits")[0].rows == ()
    assert plots([], "edits")[0].curves[1].x == ()


def test_the_remarks_say_why_trials_failed():
    trials = [{**one, "settings": {"edits.lambda_kl": one["number"] % 6}} for one in TRIALS]  # 6 is as 0
    counted, repeated, failed = remarks(trials, 10)
    assert repeated.endswith("took over: 1")
    assert counted.startswith("7 of 10 trials, 3 of them")
    assert failed == "trials that could not be measured: 1 (the proposal is not finite)"


def test_a_picked_trial_becomes_settings():
    outcome = Outcome("search", "", {}, data={"trials": TRIALS})
    assert apply(outcome, 1) == ["evolution.learning_rate=1.5", 'edits.strategy="null_space"']
    assert overlay(outcome, 1) == {"evolution": {"learning_rate": 1.5}, "edits": {"strategy": "null_space"}}
    by_set, by_file = load_config(None, apply(outcome, 1), {}), load_config(overlay(outcome, 1), environment={})
    assert by_set == by_file
    assert by_set.evolution.learning_rate == 1.5
    with pytest.raises(InputError, match="trial 9 is not in this search; there are 0 to 6"):
        apply(outcome, 9)
    with pytest.raises(InputError, match="'edits'"):
        apply(Outcome("edits", "", {}, data={}), 1)
