"""An example of the welcome page on the real default model shows what it says."""

from __future__ import annotations

import pytest

from hera_desktop.engine.examples import get_example, run_example
from hera_desktop.engine.hera import HeraEngine

pytestmark = pytest.mark.real


@pytest.fixture
def engine(real_engine_config, tmp_path):
    found = HeraEngine(real_engine_config, tmp_path / "s.hera")
    yield found
    found.close()


def run(engine: HeraEngine, name: str) -> list:
    results = []
    run_example(engine, get_example(name), lambda action: None, lambda action, result: results.append(result))
    return [result for result in results if result is not None]


def test_the_strongest_step_is_refused_and_steering_speaks_of_paris(engine):
    assert [step.status for step in run(engine, "a-step-that-is-refused")][-1] == "rejected"
    engine.roll_back_to("base")
    up, down = run(engine, "steer-a-feature")
    assert "Parisian" in up.steered
    assert "Paris" in down.base
    assert "Paris" not in down.steered
