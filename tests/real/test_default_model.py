"""The main job on the real default model and the shipped SAE."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from hera_desktop.engine.config import load_config
from hera_desktop.engine.hera import HeraEngine

pytestmark = pytest.mark.real
SUBJECTS = ("France", "Italy", "Spain", "Japan", "Egypt", "Brazil", "Canada", "Norway", "Peru", "Kenya")
FORMS = (
    "The capital of {} is",
    "People in {} often eat",
    "The flag of {} is",
    "In {} the winters are",
    "{} is known for",
)
FEW_PROBES = """probes:
  - {tags: [prose], text: "The ferry left before sunrise, and nobody on the quay waved."}
  - {tags: [prose], text: "She kept the seeds in paper bags until the last frost had gone."}
  - {tags: [fact], text: "Iron is a metal and rusts in the rain."}
  - {tags: [fact], text: "A year has twelve months, and February is the shortest of them."}
  - {tags: [code], text: "for name in names: print(name)"}
  - {tags: [dialogue], text: "Did the parcel arrive? Yes, this morning."}
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> HeraEngine:
    config = load_config(overrides=["evolution.learning_rate=0.03"], environment={})
    return HeraEngine(config, tmp_path_factory.mktemp("real") / "s.hera")


@pytest.fixture(autouse=True)
def at_the_base(engine: HeraEngine):
    if engine.ledger.timeline.current.active:
        engine.roll_back_to("base")


def test_the_base_knows_the_capital_of_france(engine):
    assert engine.generate("The capital of France is").startswith(" Paris")


def test_resumed_logits_equal_full_logits_bit_for_bit(engine):
    batch = engine.immune.batch
    for layer in (0, 7, 20, 29):
        full = engine.model.forward(batch, [f"blocks.{layer}.hook_in"])
        resumed = engine.model.resume(batch, layer, full.captured[f"blocks.{layer}.hook_in"])
        assert torch.equal(full.logits, resumed.logits)


def test_packed_probes_give_the_logits_of_single_texts(engine):
    batch = engine.immune.batch
    assert batch.packed and batch.n_tokens / batch.ids.numel() > 0.9
    packed = batch.gather(engine.model.forward(batch).logits).split([len(text) for text in batch.texts])
    for text, logits in list(zip(batch.texts, packed, strict=True))[:4]:
        alone = engine.model.forward(engine.model.batch([text])).logits[0]
        torch.testing.assert_close(logits, alone, atol=2e-3, rtol=1e-3)


def test_the_default_settings_commit_a_visible_step(engine):
    settings = load_config(environment={}).evolution
    result = engine.evolve("The capital of France is", settings)
    assert result.status == "committed"
    assert 0 < result.metrics["js_divergence"]["step"] < 0.15
    assert result.prompt_metrics["js_divergence"]["step"] > 0.001
    assert result.effect.features[result.features[0].id][1] > result.effect.features[result.features[0].id][0]


def test_a_far_too_strong_step_is_rejected_and_leaves_no_trace(engine):
    before = engine.probe_digest()
    settings = load_config(overrides=["evolution.learning_rate=100"], environment={}).evolution
    result = engine.evolve("The opposite of hot is", settings)
    assert result.status == "rejected"
    assert "limit" in result.reason
    assert engine.probe_digest() == before


@pytest.fixture
def quick_engine(engine, tmp_path):
    """The same model, measured on a few probes: what is asked of it is bits, not verdicts."""
    probes = tmp_path / "probes.yaml"
    probes.write_text(FEW_PROBES, encoding="utf-8")
    config = load_config(overrides=["evolution.learning_rate=0.03", f"immune.probes={probes}"], environment={})
    made = HeraEngine.around(engine.model, engine.reader, config, tmp_path / "quick.hera")
    yield made
    made.close()


def test_fifty_patches_go_back_and_forth_and_a_new_process_agrees(quick_engine, tmp_path):
    engine, committed = quick_engine, []
    for form in FORMS:
        for subject in SUBJECTS:
            result = engine.evolve(form.format(subject))
            assert result, result.reason
            committed.append((result.patch_id, result.state_hash))
    copies: dict[Path, tuple[str, str]] = {}

    def keep(name: str) -> None:
        path = tmp_path / f"{name}.hera"
        engine.ledger._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(engine.session, path)
        copies[path] = (engine.state_hash, engine.probe_digest())

    keep("fifty")
    engine.roll_back_to(committed[9][0])
    assert engine.state_hash == committed[9][1]
    keep("ten")
    engine.restore(committed[49][0])
    keep("restored")
    assert copies[tmp_path / "restored.hera"] == copies[tmp_path / "fifty.hera"]
    engine.revert(committed[24][0])
    keep("without-25")
    assert len(set(copies.values())) == 3
    for path, expected in copies.items():
        command = [sys.executable, "-m", "hera_desktop", "verify", "--session", str(path), "--json"]
        found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        assert (found["state_hash"], found["probe_logits_sha256"]) == expected
        assert found["faults"] == []
