"""The table of runs and its document."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest

from hera_desktop.engine.errors import InputError
from hera_desktop.engine.experiments.edit_run import (
    RANDOM,
    UNEDITED,
    AppliedEdit,
    Checkpoint,
    EditsResult,
    MeasuredEdit,
    UnusableRecord,
)
from hera_desktop.engine.experiments.edit_scores import EditScores
from hera_desktop.engine.experiments.edit_table import COLUMNS, EXPLANATION, document, remarks, results_of, rows, titles

from .records import record

TOOK = EditScores(True, 0.5, 1.0, 0.5, True)
FAILED = EditScores(False, -0.25, 0.0, 1.0, False)


def edit(number: int, scores=TOOK, seconds=4.0, outcome="committed", js=0.01) -> MeasuredEdit:
    applied = AppliedEdit(f"p{number}", outcome, seconds, 1.0, 1, 0.5)
    return MeasuredEdit(record(number), applied, scores, {"js_divergence": js, "ppl_ratio": 1.01})


def result(strategy="rome", edits=(), planned=5, **given) -> EditsResult:
    edits = edits or tuple(edit(n, seconds=float(n), js=n / 100) for n in range(4))
    return EditsResult(strategy, {"layer": 5}, False, False, planned, edits, (record(9),), **given)


def sequential(points=(1, 4)) -> EditsResult:
    bare = tuple(replace(edit(n), scores=None, standing={}) for n in range(4))
    checkpoints = tuple(Checkpoint(n, (TOOK,) * (n - 1) + (FAILED,), {"js_divergence": 0.02 * n}) for n in points)
    return replace(result(edits=bare), sequential=True, checkpoints=checkpoints)


def cells(results, number: int = 0) -> dict[str, str]:
    return dict(zip(titles(results), rows(results)[number], strict=True))


def test_a_line_has_the_means_the_median_seconds_and_the_median_standing():
    found = cells([result(edits=(*(edit(n, seconds=float(n), js=n / 100) for n in range(3)), edit(3, FAILED, 9.0)))])
    assert found == {
        "strategy": "rome",
        "n": "4",
        "skipped": "1",
        "ES": "75.0 %",
        "EM": "0.312",
        "PS": "75.0 %",
        "NS": "62.5 %",
        "S": "70.3 %",
        "free": "75.0 %",
        "s an edit": "1.5 (0.8 to 3.8)",
        "JS, bits": "0.0100",
        "PPL, x": "1.010",
        "held back": "0.0 %",
    }


def test_the_unedited_model_comes_first_and_the_random_control_last():
    given = [result(RANDOM), result("memit"), result(UNEDITED, (edit(0, FAILED),), planned=2), result("rome")]
    assert [row[0] for row in rows(given)] == ["unedited model", "memit", "rome", "random control"]
    first = cells(given)
    assert (first["ES"], first["NS"], first["S"], first["s an edit"]) == ("0.0 %", "100.0 %", "0.0 %", "-")


def test_a_sequential_run_has_a_line_for_every_checkpoint():
    given = [sequential()]
    assert [row[:2] for row in rows(given)] == [["rome, after 1", "1"], ["rome, after 4", "4"]]
    assert cells(given)["JS, bits"] == "0.0200" and cells(given, 1)["JS, bits"] == "0.0800"
    assert cells(given, 1)["ES"] == "75.0 %" and cells(given)["PPL, x"] == "-"


def test_an_unfinished_run_says_how_far_it_came():
    assert rows([result(planned=400)])[0][0] == "rome (5 of 400 records)"
    (line,) = rows([sequential(points=())])
    assert line[:2] == ["rome (5 of 5 records), one after another", "0"] and line[3] == "-"


def test_columns_that_no_run_has_are_left_out():
    assert not {"GE, bits", "portability", "locality"} & set(titles([result()]))
    zsre = EditScores(True, 0.5, 1.0, None, True, fluency=5.5, portability=0.5, reliability=1.0, locality=0.25)
    found = cells([result(edits=(edit(0, zsre),))])
    assert (found["NS"], found["S"], found["GE, bits"]) == ("-", "-", "5.50")
    assert (found["reliability"], found["locality"], found["portability"]) == ("100.0 %", "25.0 %", "50.0 %")
    assert "generalisation" not in found


def test_what_was_softened_or_rejected_was_held_back():
    outcomes = ("committed", "warning", "softened", "rejected")
    given = result(edits=tuple(edit(n, outcome=outcome) for n, outcome in enumerate(outcomes)))
    assert cells([given])["held back"] == "50.0 %"


def test_a_model_that_was_destroyed_is_not_finite_and_still_valid_json():
    broken = edit(0, replace(FAILED, magnitude=math.nan), js=math.nan)
    given = [result(edits=(broken, broken, edit(2)))]
    assert cells(given)["JS, bits"] == cells(given)["EM"] == "not finite"
    text = json.dumps(document(given), allow_nan=False)
    figures = json.loads(text)["lines"][0]["figures"]
    assert figures["js_divergence"] is None and figures["magnitude"] is None and figures["efficacy"] == 1 / 3
    assert math.isnan(results_of(json.loads(text))[0].edits[0].scores.magnitude)


def test_records_that_could_not_be_used_are_counted_and_said_with_their_reasons():
    unusable = tuple(UnusableRecord(record(n), f"{n} is too long") for n in range(10, 15))
    given = [result(planned=10, unusable=unusable), result("memit")]
    assert cells(given)["skipped"] == "6" and cells(given)["strategy"] == "rome"
    assert remarks(given) == (
        "rome: 5 of the records skipped could not be used (10: 10 is too long; 11: 11 is too long; 12: 12 is too long; "
        "and 2 more).",
    )
    assert results_of(json.loads(json.dumps(document(given))))[0].unusable == unusable


def test_a_document_from_before_there_were_unusable_records_is_read():
    old = document([result()])
    old["results"][0].pop("unusable")
    assert results_of(old) == (result(),)


def test_the_document_holds_every_figure_of_every_line():
    found = document([result(), sequential()])
    assert [line["name"] for line in found["lines"]] == ["rome", "rome, after 1", "rome, after 4"]
    assert set(found["lines"][0]["figures"]) == {column.key for column in COLUMNS}
    assert found["lines"][0]["figures"]["seconds"] == {"q1": 0.75, "median": 1.5, "q3": 2.25}
    assert found["lines"][0]["counts"]["paraphrase"] == 4
    assert found["results"][0]["edits"][0]["record"]["prompt"] == "Fell0 lies in"


def test_results_are_read_back_from_the_document():
    given = (result(), sequential(), result(UNEDITED))
    assert results_of(json.loads(json.dumps(document(given)))) == given


@pytest.mark.parametrize(
    ("tree", "words"),
    [
        ([], "this is no document of edits: it has no 'results'"),
        ({"lines": []}, "this is no document of edits: it has no 'results'"),
        ({"results": [{}]}, "the document of edits is damaged: 'results.0.strategy'"),
        ({"results": 3}, "the document of edits is damaged: 'results'"),
    ],
)
def test_a_document_that_cannot_be_read_is_one_sentence(tree, words):
    with pytest.raises(InputError) as caught:
        results_of(tree)
    assert words in str(caught.value) and "\n" not in str(caught.value)


def test_the_columns_that_need_words_are_explained():
    text = " ".join(EXPLANATION)
    assert all(title in text for title in ("ES", "NS", "free", "GE", "JS", "PPL", "held back", "portability"))
