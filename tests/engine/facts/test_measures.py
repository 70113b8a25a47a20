"""The running measures and the sums over a matrix of accuracies, against numbers worked out by hand."""

from __future__ import annotations

import math

import pytest

from hera_desktop.engine.facts.measures import (
    Recall,
    RunningMeasures,
    accuracy_now,
    average_accuracy,
    backward_transfer,
    deviation,
    forgetting,
    forgetting_rate,
    forward_transfer,
    improvement,
    mean,
    slope,
    transfer_now,
)

MATRIX = [
    [1.0, 0.25, 0.0],
    [0.5, 0.75, 0.5],
    [0.25, 1.0, 1.0],
]
"""Facts 0, 1, 2 after lessons 0, 1, 2."""


def test_drift_is_the_standard_deviation_of_the_values_themselves():
    assert deviation([2, 4, 4, 4, 5, 5, 7, 9]) == 2.0
    assert deviation([3.0, 3.0]) == 0.0
    assert deviation([3.0]) is None


def test_improvement_compares_the_halves_and_leaves_the_middle_out():
    assert improvement([4.0, 2.0, 1.0, 2.0]) == 0.5  # (3 - 1.5) / 3
    assert improvement([4.0, 100.0, 3.0]) == 0.25
    assert improvement([2.0, 3.0]) == -0.5
    assert improvement([1.0]) is None
    assert improvement([0.0, 1.0]) is None


def test_the_slope_is_that_of_the_least_squares_line():
    assert slope([(1, 5.0), (2, 3.0), (3, 1.0)]) == -2.0
    assert slope([(0, 1.0), (1, 3.0), (2, 2.0)]) == 0.5  # means 1 and 2; (-1)(-1) + 0 + (1)(0) = 1; over 2
    assert slope([(1, 5.0), (5, 3.0)]) == -0.5
    assert slope([(4, 5.0), (4, 3.0)]) is None
    assert slope([]) is None


def test_the_forgetting_rate_is_what_is_lost_per_turn_between_first_and_last():
    assert forgetting_rate([(2, 0.9), (5, 0.1), (6, 0.7)]) == pytest.approx(0.05)
    assert forgetting_rate([(2, 0.5), (4, 1.0)]) == -0.25
    assert forgetting_rate([(2, 0.5), (2, 1.0)]) is None
    assert forgetting_rate([(2, 0.5)]) is None


@pytest.mark.parametrize("bad", [math.inf, -math.inf, math.nan])
def test_what_is_not_finite_gives_no_number(bad):
    assert mean([1.0, bad]) is None
    assert deviation([1.0, bad, 2.0]) is None
    assert improvement([bad, 1.0]) is None
    assert slope([(1, 1.0), (2, bad)]) is None
    assert forgetting_rate([(1, 1.0), (2, bad)]) is None
    measures = RunningMeasures(5)
    measures.add(1, loss=bad, perplexity=bad, anchor_kl=bad, known_share=bad, accuracy=bad, backward_transfer=bad)
    assert set(measures.now().values()) == {None}


def test_nothing_measured_is_none_throughout():
    assert list(RunningMeasures(2).now().items()) == [
        ("perplexity", None),
        ("perplexity_drift", None),
        ("anchor_kl", None),
        ("recent_loss", None),
        ("improvement", None),
        ("adaptation_speed", None),
        ("known_share", None),
        ("regression", None),
        ("forgetting_rate", None),
        ("accuracy", None),
        ("backward_transfer", None),
    ]


def test_one_measurement_gives_what_one_can_give():
    measures = RunningMeasures(5)
    measures.add(3, loss=2.0, perplexity=20.0, anchor_kl=0.01, known_share=1.0, accuracy=0.75)
    assert measures.now() == {
        "perplexity": 20.0,
        "perplexity_drift": None,
        "anchor_kl": 0.01,
        "recent_loss": 2.0,
        "improvement": None,
        "adaptation_speed": None,
        "known_share": 1.0,
        "regression": 0.0,
        "forgetting_rate": None,
        "accuracy": 0.75,
        "backward_transfer": None,
    }


def test_the_running_measures_by_hand():
    measures = RunningMeasures(4)
    measures.add(1, loss=100.0, perplexity=99.0, anchor_kl=0.5, known_share=1.0)  # outside the window at the end
    measures.add(2, loss=4.0, perplexity=20.0, anchor_kl=0.01, known_share=0.9)
    measures.add(3, loss=3.0, perplexity=22.0, anchor_kl=0.02, known_share=0.9)
    measures.add(4, loss=2.0, perplexity=22.0, anchor_kl=0.03, known_share=0.8)
    measures.add(6, loss=1.0, perplexity=24.0, anchor_kl=0.04, known_share=0.7)
    found = measures.now()
    assert found["perplexity"] == 24.0
    assert found["perplexity_drift"] == pytest.approx(math.sqrt(2))  # 4, 0, 0, 4 over 4
    assert found["anchor_kl"] == 0.04
    assert found["recent_loss"] == 2.5
    assert found["improvement"] == pytest.approx((3.5 - 1.5) / 3.5)
    assert found["adaptation_speed"] == pytest.approx(6.5 / 8.75)  # turns 2, 3, 4, 6 around 3.75
    assert found["known_share"] == 0.7
    assert found["regression"] == pytest.approx(-0.3)  # against the very first
    assert found["forgetting_rate"] == pytest.approx(0.2 / 4)


def test_what_was_not_measured_leaves_the_last_value():
    measures = RunningMeasures(3)
    measures.add(1, known_share=0.5)
    for turn in range(2, 12):
        measures.add(turn, loss=1.0)
    found = measures.now()
    assert (found["known_share"], found["recent_loss"], found["perplexity"]) == (0.5, 1.0, None)
    assert str(found["adaptation_speed"]) == "0.0"


def test_accuracy_and_transfer_are_those_given_last_and_not_older_ones():
    measures = RunningMeasures(3)
    measures.add(1, accuracy=0.5, backward_transfer=-0.25)
    measures.add(2, accuracy=0.75)
    found = measures.now()
    assert (found["accuracy"], found["backward_transfer"]) == (0.75, None)


def test_a_window_of_one_is_refused():
    with pytest.raises(ValueError, match="window of 1"):
        RunningMeasures(1)


def test_the_sums_of_a_matrix_by_hand():
    assert average_accuracy(MATRIX) == 0.75
    assert backward_transfer(MATRIX) == pytest.approx(((0.25 - 1.0) + (1.0 - 0.75)) / 2)
    assert forgetting(MATRIX) == pytest.approx(((1.0 - 0.25) + (0.75 - 1.0)) / 2)
    assert forward_transfer(MATRIX, [0.0, 0.25, 0.0]) == pytest.approx((0.0 + 0.5) / 2)


def test_facts_that_were_not_asked_are_left_out():
    matrix = [[1.0, None, None], [None, 0.5, None], [0.5, None, 1.0]]
    assert average_accuracy(matrix) == 0.75
    assert backward_transfer(matrix) == -0.5
    assert forgetting(matrix) == 0.5
    assert forward_transfer(matrix, [0.0, 0.0, 0.0]) is None


def test_facts_that_were_all_asked_at_the_end_give_the_sums_of_their_matrix():
    recalls = [Recall(MATRIX[fact][fact], again) for fact, again in enumerate(MATRIX[-1])]
    assert accuracy_now(recalls) == average_accuracy(MATRIX)
    assert transfer_now(recalls) == backward_transfer(MATRIX)


def test_a_fact_that_was_not_asked_again_counts_as_it_was_taught_and_transfers_nothing():
    recalls = [Recall(1.0, 0.5), Recall(0.75), Recall(1.0)]
    assert accuracy_now(recalls) == 0.75  # 0.5, 0.75, 1
    assert transfer_now(recalls) == -0.5  # of the first alone
    assert transfer_now([Recall(1.0), Recall(0.5)]) is None
    assert transfer_now([Recall(1.0, 0.0)]) is None  # no lesson came after it
    assert (accuracy_now([]), accuracy_now([Recall(None)]), transfer_now([])) == (None, None, None)


def test_one_lesson_transfers_nothing_and_none_has_no_accuracy():
    assert (average_accuracy([[0.5]]), backward_transfer([[0.5]]), forgetting([[0.5]])) == (0.5, None, None)
    assert (average_accuracy([]), backward_transfer([]), forgetting([]), forward_transfer([], [])) == (None,) * 4


def test_a_matrix_that_is_not_square_is_a_fault():
    with pytest.raises(ValueError, match="matrix of 2 lessons"):
        backward_transfer([[1.0, 0.0], [1.0]])
    with pytest.raises(ValueError, match="1 untrained accuracies for 3 facts"):
        forward_transfer(MATRIX, [0.0])
