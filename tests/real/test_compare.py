"""The base and the state after a step, side by side, on the default model."""

from __future__ import annotations

import pytest

from hera_desktop.engine.config import load_config
from hera_desktop.engine.hera import HeraEngine
from hera_desktop.engine.state_comparison import compare_states

pytestmark = pytest.mark.real
PROMPT = "The capital of France is"


def test_a_step_is_seen_in_everything_that_is_compared(tmp_path):
    config = load_config(None, ["experiment.device=cpu"], environment={})
    engine = HeraEngine(config, session=tmp_path / "session.hera")
    try:
        result = engine.evolve(PROMPT)
        assert result, result.reason
        found = compare_states(engine, "base", "now", PROMPT, tokens=4)
    finally:
        engine.close()
    for name in ("js_divergence", "ppl_ratio", "cosine_drift"):
        assert found.metrics[name] == pytest.approx(result.metrics[name]["cumulative"], rel=1e-3, abs=1e-6)
    assert [matrix.layer for matrix in found.matrices] == list(result.layers)
    assert found.next_tokens[0].token == " Paris" and found.texts[0].startswith(" Paris")
    assert found.features and found.features[0].name
    assert found.probes[0].metrics["js_divergence"] >= found.probes[-1].metrics["js_divergence"]
