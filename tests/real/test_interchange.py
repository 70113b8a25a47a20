"""The default model's patches in plain transformers and peft."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
import torch

from hera_desktop.engine.hera import HeraEngine
from hera_desktop.engine.interchange.export import export_patches
from hera_desktop.engine.model import Sampling
from tests.engine.test_interchange import PLAIN

pytestmark = pytest.mark.real
PROMPT = "The capital of France is"


def test_the_default_model_says_the_same_in_plain_transformers(tmp_path):
    engine = HeraEngine(session=tmp_path / "session.hera")
    try:
        strong = engine.config.evolution.model_copy(update={"learning_rate": 4.0})
        assert engine.evolve(PROMPT, strong)
        assert engine.evolve("My favourite colour is")
        ids = engine.model.tokenize(PROMPT)
        logits = engine.model.forward(engine.model.batch([ids])).logits.clone()
        text = engine.generate(PROMPT, Sampling(max_new_tokens=12))
        plain = engine.generate(PROMPT, Sampling(max_new_tokens=12), patches=())
        base = engine.model.hf.config._name_or_path
        export_patches(engine, tmp_path / "adapter", "peft")
        export_patches(engine, tmp_path / "merged", "merged")
        for place in ((base, tmp_path / "adapter"), (tmp_path / "merged", "")):
            command = [sys.executable, "-c", PLAIN, *map(str, place), json.dumps(list(ids)), str(tmp_path / "out.pt")]
            done = subprocess.run(command, capture_output=True, text=True, timeout=300)
            assert done.returncode == 0, done.stderr
            found = torch.load(tmp_path / "out.pt", weights_only=True)
            difference = (found["logits"] - logits).abs().max().item()
            assert difference <= 1e-4
            assert engine.model.decode(found["text"].tolist()) == text
        assert text != plain  # so that the comparison can fail
    finally:
        engine.close()
