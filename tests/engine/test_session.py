"""Opening: from files as a script does, from a session, and what the engine says about a doubtful choice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hera_desktop.engine import HeraEngine
from hera_desktop.engine.errors import InputError, MachineError, ModelError, SessionError
from hera_desktop.engine.ledger import Ledger
from hera_desktop.engine.sae import FeatureReader
from tests import tiny

from .samples import expect_sentence, probe_file

PROMPT = "The capital of France is"


@pytest.fixture(scope="module")
def settings(tmp_path_factory) -> dict:
    """A configuration that names a model folder and an SAE folder, as a user has them."""
    folder = tmp_path_factory.mktemp("files")
    tiny.hf_model("llama").save_pretrained(folder / "model")
    tiny.byte_tokenizer().save_pretrained(folder / "model")
    tiny.random_sae().save_model(str(folder / "sae"))
    loose = {"max_js_divergence": 1.0, "max_ppl_spike": 1e6, "max_cosine_drift": 2.0}
    return {
        "experiment": {"device": "cpu"},
        "model": {"name": str(folder / "model")},
        "sae": {"path": str(folder / "sae"), "threshold": 0.01},
        "immune": {"probes": str(probe_file(folder)), **loose, "cumulative": loose},
    }


@pytest.fixture
def build(tmp_path):
    """An engine around an SAE on some hook: ``build(hook_name, **settings)``."""
    engines: list[HeraEngine] = []

    def make(hook_name: str, **overrides: object) -> HeraEngine:
        model = tiny.language_model("llama")
        reader = FeatureReader(tiny.random_sae(hook_name), "random", model)
        overrides["immune__probes"] = probe_file(tmp_path)
        engines.append(HeraEngine.around(model, reader, tiny.config(**overrides), tmp_path / f"{len(engines)}.hera"))
        return engines[-1]

    yield make
    for engine in engines:
        engine.close()


def test_the_script_of_the_documentation_works(settings, tmp_path):
    engine = HeraEngine(settings)
    digest = engine.probe_digest()
    result = engine.evolve(PROMPT)
    assert result
    assert result.verdict.reason and result.metrics
    (entry,) = engine.registry.history
    assert (entry["step"], entry["status"], entry["prompt"], entry["patch_id"]) == (1, "committed", PROMPT, "p1")
    assert entry["metrics"] == entry.metrics == result.metrics
    assert entry["time"] == entry.time
    engine.registry.save_history(tmp_path / "history.json")
    (row,) = json.loads((tmp_path / "history.json").read_text(encoding="utf-8"))
    assert (row["step"], row["patch_id"], row["metrics"]) == (1, "p1", result.metrics)
    engine.rollback(result.patch_id)
    assert engine.probe_digest() == digest
    engine.close()


def test_a_history_that_cannot_be_written_is_named(settings, tmp_path):
    engine = HeraEngine(settings, tmp_path / "a.hera")
    with expect_sentence(MachineError, str(tmp_path / "no" / "h.json")):
        engine.registry.save_history(tmp_path / "no" / "h.json")
    engine.close()


def test_a_session_brings_its_configuration_and_its_state(settings, tmp_path):
    told: list[str] = []
    engine = HeraEngine(settings, tmp_path / "a.hera", lambda what, share: told.append(what))
    assert told
    engine.evolve(PROMPT)
    expected = engine.config, engine.state_hash, engine.probe_digest()
    engine.close()
    again = HeraEngine(session=tmp_path / "a.hera")
    assert (again.config, again.state_hash, again.probe_digest()) == expected
    again.close()


def test_without_a_session_a_temporary_one_is_made(settings):
    engine = HeraEngine(settings)
    assert engine.session.is_file()
    engine.close()


@pytest.mark.parametrize(
    ("change", "kind", "part"),
    [
        ({"model": {"name": "SmolLM2-135M-Instrukt"}}, ModelError, "did you mean 'SmolLM2-135M-Instruct'"),
        ({"sae": {"path": "/no/such/folder"}}, ModelError, "cfg.json is missing"),
        ({"evolution": {"strategy": "hebian"}}, InputError, "did you mean 'hebbian'"),
        ({"evolution": {"target_layers": [4]}}, InputError, "target layer 4 is out of range"),
        ({"immune": {"probes": "/no/probes.yaml"}}, InputError, "does not exist"),
    ],
)
def test_what_cannot_be_used_is_one_sentence_and_leaves_no_session(settings, tmp_path, change, kind, part):
    with expect_sentence(kind, part):
        HeraEngine({**settings, **change}, tmp_path / "a.hera")
    assert list(tmp_path.iterdir()) == []


def test_a_session_in_a_missing_folder_is_refused(settings, tmp_path):
    with expect_sentence(SessionError, "does not exist"):
        HeraEngine(settings, tmp_path / "no" / "a.hera")


def test_a_session_of_another_base_stays_as_it_was(tmp_path):
    first = tiny.engine(tmp_path / "a.hera", seed=0, immune__probes=probe_file(tmp_path))
    first.evolve(PROMPT)
    first.close()
    with expect_sentence(SessionError, "another base", "tiny-llama"):
        tiny.engine(tmp_path / "a.hera", seed=1)
    ledger = Ledger.open(Path(tmp_path / "a.hera"))
    assert (ledger.timeline.current.active, ledger.verify()) == (("p1",), [])
    ledger.close()


# --- notices ----------------------------------------------------------------------------------------------------------


def test_an_sae_that_reads_upstream_of_the_edit_is_noticed(build):
    engine = build("blocks.2.hook_resid_pre", evolution__target_layers=[2])
    (notice,) = engine.info().notices
    for part in ("blocks.2.hook_in", "upstream of the edited block 2", "block 1 is the coherent choice"):
        assert part in notice
    assert engine.evolve(PROMPT)


def test_an_sae_at_or_after_the_edit_needs_no_notice(build):
    assert build("blocks.2.hook_resid_pre", evolution__target_layers=[0, 1]).notices == ()
    assert build("blocks.1.hook_resid_post").notices == ()


def test_without_target_layers_the_edit_goes_where_the_sae_sees_it(build):
    assert build("blocks.2.hook_resid_post").evolve(PROMPT).layers == (2,)


def test_an_sae_before_the_first_block_names_no_impossible_block(build):
    (notice,) = build("blocks.0.hook_resid_pre", evolution__target_layers=[0]).notices
    assert "upstream of the edited block 0" in notice
    assert "block -1" not in notice
