"""All benches as one table."""

from __future__ import annotations

import json

import pytest

from hera_desktop.engine.bench import all as benches
from hera_desktop.engine.bench.all import PARTS, AllFigures, Row, bench_all, rows
from hera_desktop.engine.bench.growth import GrowthFigures
from hera_desktop.engine.bench.memory import MemoryFigures
from hera_desktop.engine.bench.step import StepFigures
from hera_desktop.engine.bench.throughput import ThroughputFigures
from hera_desktop.engine.bench.timing import Spread
from hera_desktop.engine.bench.verdicts import AgreementFigures
from hera_desktop.engine.errors import InputError
from tests import tiny

from .samples import expect_sentence


def at(value: float) -> Spread:
    return Spread(value, value * 0.9, value * 1.1)


def step(ratio: float, goal: float | None = 0.96, dtype: str = "model") -> StepFigures:
    return StepFigures(7, at(ratio), at(2.2), 0.82, goal, at(1.0), 9, 679, dtype)


def growth(patches: int, against: float = 1.1, rollback: float = 0.02, size: float = 11_000.0) -> GrowthFigures:
    return GrowthFigures(patches, at(1.0), at(against), at(rollback), size, 7)


def memory(ratio: float) -> MemoryFigures:
    return MemoryFigures(at(ratio), at(1500), at(1200), at(700), at(450), 3)


def verdicts(same: float) -> AgreementFigures:
    return AgreementFigures(200, same, 1.0, {"safe": 80, "warning": 20, "reject": 100}, at(0.6), ())


def met(*found: Row) -> list[bool]:
    return [row.met for row in found if row.met is not None]


@pytest.mark.parametrize(("ratio", "holds"), [(0.95, True), (0.97, False)])
def test_a_step_is_held_against_its_goal(ratio, holds):
    assert met(*rows(AllFigures(steps=(step(ratio),)))) == [holds]


def test_a_step_without_a_goal_is_only_shown():
    assert met(*rows(AllFigures(steps=(step(0.7, None, "bfloat16"),)))) == []


@pytest.mark.parametrize(
    ("figures", "holds"),
    [
        (growth(1000), [True, True, True]),
        (growth(1000, against=1.21), [False, True, True]),
        (growth(1000, rollback=0.047), [True, False, True]),  # the slowest of them counts
        (growth(1000, size=12_289), [True, True, False]),
        (growth(10_000, 9.0, 9.0, 99_999.0), []),
        (growth(100, 9.0, 9.0, 99_999.0), []),
    ],
)
def test_limits_of_growth_hold_at_a_thousand_patches(figures, holds):
    assert met(*rows(AllFigures(growth=(figures,)))) == holds


@pytest.mark.parametrize(("ratio", "holds"), [(1.3, True), (1.31, False)])
def test_memory_has_a_limit(ratio, holds):
    assert met(*rows(AllFigures(memory=memory(ratio)))) == [holds]


@pytest.mark.parametrize(("same", "holds"), [(0.99, True), (0.985, False)])
def test_verdicts_must_agree_on_at_least_so_many(same, holds):
    assert met(*rows(AllFigures(verdicts=verdicts(same)))) == [holds]


def test_the_document_holds_every_row_with_its_judgement():
    queue = ThroughputFigures(8, at(3.0), at(0.9), at(0.3), 3)
    found = AllFigures((step(0.9),), verdicts(1.0), (growth(0), growth(1000)), memory(1.2), queue, "vector")
    document = json.loads(json.dumps(found.as_dict()))
    assert [row["what"] for row in document["rows"]] == [row.what for row in rows(found)]
    assert document["rows"][0]["met"] is True
    assert document["growth"][1]["bytes_per_patch"] == 11_000
    assert all(len(row.cells()) == 4 for row in rows(found))


def test_only_the_parts_that_are_named_are_measured(monkeypatch, tmp_path):
    asked = []

    def fake(name, result):
        monkeypatch.setattr(benches, name, lambda *given, **more: (asked.append((name, given)), result)[1])

    fake("bench_step", [step(0.9)])
    fake("bench_verdicts", verdicts(1.0))
    fake("bench_growth", [growth(1000)])
    fake("bench_memory", memory(1.2))
    fake("bench_throughput", None)
    found = bench_all(tiny.config(), tmp_path, ("step", "bfloat16", "growth"))
    assert [name for name, _ in asked] == ["bench_step", "bench_step", "bench_growth"]
    assert [given[0].immune.dtype for name, given in asked if name == "bench_step"] == ["model", "bfloat16"]
    assert found.memory is None
    asked.clear()
    assert bench_all(tiny.config(), tmp_path, PARTS).memory == memory(1.2)
    assert asked[0][0] == "bench_memory"
    assert len(asked) == len(PARTS)


def test_an_unknown_part_is_named(tmp_path):
    with expect_sentence(InputError, "'steps'", "growth"):
        bench_all(tiny.config(), tmp_path, ("steps",))
