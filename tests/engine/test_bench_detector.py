"""The figures of the detector."""

from __future__ import annotations

import json

import pytest

from hera_desktop.engine.bench.detector import (
    ACTS,
    GOAL_F1,
    LOCOMO,
    QUESTIONS,
    auc,
    bench_detector,
    precision_recall,
)
from hera_desktop.engine.errors import InputError
from hera_desktop.engine.facts_config import DetectorSection

from .samples import expect_sentence


def written(folder, name, rows):
    file = folder / name
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return file


@pytest.fixture
def files(tmp_path):
    skipped = {"question": "x", "act": "sd", "text": "x", "states_personal_fact": 0}
    odd = {
        "questions": [{"question": "Who is Fenna ?"}, {"question": "Name a boat ."}],
        "acts": [
            {"act": "sd", "text": "I have been there."},
            {"act": "sv^r", "text": "It is good."},
            {"act": "qw", "text": "where was it?"},
            {"act": "qy^d", "text": "you have been there?"},
            {"act": "b", "text": "uh-huh."},
            {"act": "sd(^q)", "text": "he says who is it?"},
        ],
        "locomo": [
            {"text": "I live in Dunmore. Do you?", "states_personal_fact": 1},
            {"text": "How nice.", "states_personal_fact": 0},
        ],
    }
    return [
        written(tmp_path, f"{name}.jsonl", [row for part in rows for row in (skipped, part)])
        for name, rows in odd.items()
    ]


def test_figures_of_the_odd_rows_by_hand(files):
    found = bench_detector(DetectorSection(), *files)
    mixed, no_mark, bare, spoken, spoken_no_mark, sentences = found.questions
    assert [(r.n, r.positive) for r in found.questions] == [(4, 2), (4, 2), (4, 2), (4, 2), (4, 2), (3, 1)]
    for figures in (mixed, no_mark, bare, spoken, sentences):
        assert (figures.precision, figures.recall, figures.f1) == (1, 1, 1)
    assert spoken_no_mark.recall == 0.5  # "you have been there" asks by its mark alone
    assert spoken_no_mark.f1 == pytest.approx(2 / 3)
    (facts,) = found.facts
    assert (facts.n, facts.positive, facts.f1, facts.auc) == (2, 1, 1, 1)
    assert all(record.goal == GOAL_F1 for record in found.questions) and facts.goal is None


def test_rows_are_those_of_a_table(files):
    rows = list(bench_detector(DetectorSection(), *files).rows())
    assert len(rows) == 7
    assert rows[0] == ("TREC questions, Switchboard statements (2 of 4)", 4, 1, 1, 1, None)
    assert rows[-1][1:] == (2, 1, 1, 1, 1)


def test_the_other_half_is_the_other_rows(files):
    found = bench_detector(DetectorSection(), *files, half="even")
    assert found.facts[0].positive == 0 and found.facts[0].auc is None and found.facts[0].recall is None


def test_precision_and_recall_by_hand():
    pairs = [(True, True), (True, True), (True, False), (False, True), (False, False)]
    assert precision_recall(pairs) == (2 / 3, 2 / 3, pytest.approx(2 / 3))
    assert precision_recall([(False, False)]) == (None, None, None)
    assert precision_recall([(False, True)]) == (None, 0, 0)


@pytest.mark.parametrize(
    ("scores", "area"),
    [
        ([(0.1, False), (0.9, True)], 1.0),
        ([(0.9, False), (0.1, True)], 0.0),
        ([(0.5, False), (0.5, True)], 0.5),
        ([(0.1, False), (0.4, True), (0.4, False), (0.8, True)], 3.5 / 4),  # three pairs in order, one tie
        ([(0.3, True)], None),
    ],
)
def test_area_under_the_curve_by_hand(scores, area):
    assert auc(scores) == area


def test_what_is_not_the_data_is_one_sentence(files, tmp_path):
    with expect_sentence(InputError, "none.jsonl", "does not exist", "does not come with the program"):
        bench_detector(DetectorSection(), tmp_path / "none.jsonl", *files[1:])
    with expect_sentence(InputError, "row 2 of", "questions.jsonl", "act and text"):
        bench_detector(DetectorSection(), files[0], files[0], files[2])
    (tmp_path / "bad.jsonl").write_text("x\n{")
    with expect_sentence(InputError, "row 2 of", "question"):
        bench_detector(DetectorSection(), tmp_path / "bad.jsonl", *files[1:])


@pytest.mark.skipif(not all(f.exists() for f in (QUESTIONS, ACTS, LOCOMO)), reason="../shared/data is not there")
def test_questions_are_told_from_statements_on_real_text():
    """Both sets stand for their kind: the balanced one and, without any question mark, the one of another source."""
    found = bench_detector(DetectorSection())
    balanced, unmarked, bare, _, _, other = found.questions
    assert min(record.f1 for record in (balanced, unmarked, bare, other)) >= GOAL_F1
    assert found.facts[0].auc > 0.6
