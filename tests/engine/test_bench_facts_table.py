"""The bench's table: figures, floors and goals, and the document."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest

from hera_desktop.engine.bench.facts import FactsBench
from hera_desktop.engine.bench.facts_data import (
    AskedQuestion,
    EndMeasures,
    OtherAnswer,
    ToldFact,
    UnrelatedAnswer,
    VariantResult,
)
from hera_desktop.engine.bench.facts_document import document
from hera_desktop.engine.bench.facts_table import COLUMNS, figures, judgement, rows, titles
from tests import tiny

from .test_bench_facts import FACTS, QUESTIONS, fact, measured


def told(number: int, after: int, end: int | None, trained: int = 2, seconds: float = 10.0) -> ToldFact:
    mine = fact(number)
    asked = tuple(
        AskedQuestion(q, n < trained, "", n < after, None if end is None else "", None if end is None else n < end)
        for n, q in enumerate(mine.questions)
    )
    return ToldFact(mine, 1, ("committed",), seconds, asked)


def finished(name="working", known_after=28, known_end=24, ppl=1.10, same=35, leaks=4, seconds=30.0) -> VariantResult:
    facts = tuple(told(n, 3 if n < known_after else 2, 4 if n < known_end else 1, seconds=seconds) for n in range(40))
    unrelated = tuple(UnrelatedAnswer("q", "a", "a", n < same) for n in range(50))
    others = tuple(OtherAnswer("q", "a", "b", None, "Mate0 Rill" if n < leaks else None) for n in range(40))
    return VariantResult(name, 40, {}, facts, EndMeasures(ppl, 0.01, unrelated, others))


def bench_of(*results: VariantResult) -> FactsBench:
    return FactsBench(tiny.language_model().info, 2, results)


def marks(bench: FactsBench, level: str) -> dict[str, bool]:
    return {key: judged[level]["met"] for key, judged in judgement(bench).items()}


def test_figures_exactly_at_the_floor_meet_it_and_miss_the_goal():
    bench = bench_of(finished())
    assert set(marks(bench, "floor").values()) == {True} and set(marks(bench, "goal").values()) == {False}
    goal = bench_of(finished("working", 36, 34, 1.05, 43, 1, 20.0))
    assert set(marks(goal, "goal").values()) == {True}


@pytest.mark.parametrize(
    ("changed", "missed"),
    [
        ({"known_after": 27}, {"known_after"}),
        ({"known_end": 23}, {"known_end"}),
        ({"ppl": 1.101}, {"ppl_ratio"}),
        ({"ppl": math.nan}, {"ppl_ratio"}),
        ({"same": 34}, {"unrelated_same"}),
        ({"leaks": 5}, {"leak"}),
        ({"seconds": 30.1}, {"seconds_mean", "seconds_max"}),
    ],
)
def test_each_figure_below_its_floor_misses_it(changed, missed):
    assert {key for key, met in marks(bench_of(finished(**changed)), "floor").items() if not met} == missed


def test_the_table_has_a_row_a_variant_and_the_marks_below():
    bench = bench_of(finished("seed", 0, 0), finished(known_end=23))
    found = {row[0]: dict(zip(titles()[1:], row[1:], strict=True)) for row in rows(bench)[:3]}
    assert found["working"]["known at once"] == "28 of 40" and found["seed"]["known at end"] == "0 of 40"
    assert found["working"]["trained forms"] == f"{23 * 2 + 17} of 80"
    assert found["working"]["other forms"] == f"{23 * 2} of 80"
    assert found["working"]["PPL, x"] == "1.100" and found["working"]["leak"] == "4 of 40"
    assert found["floor"]["known at end"] == "24 of 40" and found["floor"]["nq same"] == "70 %"
    assert found["floor"]["JS, bits"] == ""
    names = [row[0].strip() for row in rows(bench)]
    assert names == ["seed", "working", "floor", "working", "goal", "working"]
    floor = dict(zip(titles(), rows(bench)[3], strict=True))
    assert floor["known at once"] == "met" and floor["known at end"] == "not met" and floor["JS, bits"] == ""


def test_nothing_is_judged_without_a_finished_working_variant():
    unfinished = VariantResult("working", 40, {}, (told(0, 4, None),))
    for bench in (bench_of(finished("seed")), bench_of(unfinished), bench_of()):
        assert judgement(bench) == {}
        assert [row[0] for row in rows(bench)[-2:]] == ["floor", "goal"]
    row = dict(zip(titles(), rows(bench_of(unfinished))[0], strict=True))
    assert row["known at once"] == "1 of 1" and row["known at end"] == row["PPL, x"] == row["leak"] == "-"


def test_limits_of_known_facts_are_counted_in_the_facts_that_were_told():
    few = replace(finished(), planned=5, facts=tuple(told(n, 4, 4) for n in range(5)))
    floor = dict(zip(titles(), rows(bench_of(few))[1], strict=True))
    assert floor["known at once"] == "4 of 5" and floor["known at end"] == "3 of 5"


def test_the_document_is_json_and_holds_all_that_was_asked():
    bench, _ = measured(lab={"forms": QUESTIONS[:2]})
    spoiled = replace(bench.variants[0], end=replace(bench.variants[0].end, ppl_ratio=math.inf))
    for found in (bench, replace(bench, variants=(spoiled,)), bench_of(VariantResult("seed", 3, {}))):
        json.loads(json.dumps(document(found), allow_nan=False))
    assert figures(spoiled)["ppl_ratio"] is None and "not finite" in rows(bench_of(spoiled))[0]
    variant = document(bench)["variants"][0]
    assert variant["finished"] and set(variant["figures"]) == {column.key for column in COLUMNS}
    assert variant["figures"]["known_end"] == 1 and variant["figures"]["right_trained"] == 1
    assert [row["statement"] for row in variant["facts"]] == [told.statement for told in FACTS]
    asked = variant["facts"][0]["asked"]
    assert [row["trained"] for row in asked] == [True, True, False, False]
    assert asked[3]["after"] == asked[3]["end"] == "It is Mate0 Rill." and asked[3]["right_end"]
    assert len(variant["unrelated"]) == 2 and len(variant["others"]) == 4
    assert document(bench)["judged"]["ppl_ratio"] == {
        "value": 1.0,
        "floor": {"limit": 1.10, "met": True},
        "goal": {"limit": 1.05, "met": True},
    }
