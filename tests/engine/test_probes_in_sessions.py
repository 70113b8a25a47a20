"""Probes, weights and limits of tags as a session meets them."""

from __future__ import annotations

from pathlib import Path

import pytest

from hera_desktop.engine.calibration import use_probes
from hera_desktop.engine.errors import InputError
from hera_desktop.engine.hera import HeraEngine
from hera_desktop.engine.immune.probes import Probe, ProbeSet, TagLimits
from tests import tiny

from .samples import expect_sentence

PROBES = ProbeSet(
    (
        Probe("The ferry left.", ("prose",)),
        Probe("def f(x):", ("code",), 2.0),
        Probe("kept, not measured", ("code",), 1.0, enabled=False),
    )
)
TIGHT = PROBES.with_limits("code", TagLimits({"max_js_divergence": 0.0}))
JUDGED = {"js_divergence", "ppl_ratio", "cosine_drift"}


@pytest.fixture
def engine(tmp_path: Path, monkeypatch) -> HeraEngine:
    monkeypatch.setenv("HERA_DATA_HOME", str(tmp_path / "data"))
    made = tiny.engine(tmp_path / "s.hera")
    use_probes(made, PROBES, "mine")
    yield made
    made.close()


def test_a_step_records_what_it_did_to_each_tag(engine):
    result = engine.evolve(tiny.PROMPTS[0])
    assert set(result.tag_metrics) == {"prose", "code"}
    assert all(set(values) == JUDGED for values in result.tag_metrics.values())
    (entry,) = engine.registry.history
    assert entry["tag_metrics"] == result.as_dict()["tag_metrics"]
    js = {tag: values["js_divergence"]["step"] for tag, values in result.tag_metrics.items()}
    assert result.metrics["js_divergence"]["step"] == pytest.approx((js["prose"] + 2 * js["code"]) / 3, rel=1e-5)
    assert len(result.probe_metrics["js_divergence"]) == len(engine.info().probes) == 2


def test_a_step_over_a_tag_s_limit_is_refused_and_named(engine):
    use_probes(engine, TIGHT, "mine")
    result = engine.evolve(tiny.PROMPTS[0])
    assert not result and result.verdict.tag == "code"
    assert "on the probes tagged 'code'" in result.reason and "def f(x):" in result.reason
    engine.undo()
    assert engine.evolve(tiny.PROMPTS[0])


def test_a_session_opened_again_is_measured_on_the_same_probes(engine, tmp_path):
    path = Path(engine.config.immune.probes)
    engine.close()
    again = tiny.engine(tmp_path / "s.hera", immune__probes=path)
    assert again.immune.probe_set == PROBES
    again.close()
    path.write_text(path.read_text() + "# mine\n")
    with expect_sentence(InputError, str(path), "was changed after it was used"):
        tiny.engine(tmp_path / "s.hera", immune__probes=path)


def test_probes_too_long_for_the_model_change_nothing(engine):
    before, used = engine.config, engine.immune.probe_set
    with expect_sentence(InputError, "tokens", "are allowed"):
        use_probes(engine, PROBES.with_probes((Probe("long " * 200),)), "long")
    assert (engine.config, engine.immune.probe_set) == (before, used)
    assert engine.evolve(tiny.PROMPTS[0])
