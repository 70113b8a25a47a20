"""A model without an SAE can be loaded and looked at, and says in one sentence what it cannot do."""

from __future__ import annotations

import pytest

from hera_desktop.engine.errors import InputError
from hera_desktop.engine.feature_lab import FeatureLab
from hera_desktop.engine.hera import HeraEngine
from tests import tiny

from .samples import expect_sentence


@pytest.fixture
def engine(tmp_path):
    model = tiny.language_model("llama")
    return HeraEngine.around(model, None, tiny.config(), tmp_path / "s.hera")


def test_it_loads_generates_and_says_what_is_missing(engine):
    assert engine.info().sae is None
    assert any("no SAE is known for tiny-llama" in notice for notice in engine.notices)
    assert engine.generate("The capital of France is") == engine.generate("The capital of France is", patches=[])
    assert engine.target_layers == (1,)
    assert engine.verify().faults == ()


@pytest.mark.parametrize(
    "use",
    [
        lambda engine: engine.evolve("The capital of France is"),
        lambda engine: engine.features("The capital of France is"),
        FeatureLab,
    ],
    ids=("evolve", "features", "lab"),
)
def test_what_needs_an_sae_is_refused_in_one_sentence(engine, use):
    with expect_sentence(InputError, "has no SAE"):
        use(engine)
    assert engine.registry.history == []


def test_a_session_begun_without_an_sae_goes_on_with_one(engine, tmp_path):
    engine.close()
    again = tiny.engine(tmp_path / "s.hera")
    assert again.evolve(tiny.PROMPTS[0])
