"""Searches on a tiny model in a folder, and trials that need no model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from hera_desktop.engine.config import Config
from hera_desktop.engine.experiments.catalogue import SearchSettings
from hera_desktop.engine.experiments.job import Job
from tests import tiny

RANGES = ("evolution.learning_rate=0.1..10:log", "evolution.top_k_features=1..4")


def tiny_config(folder: Path) -> Config:
    """The configuration of a tiny model with an SAE and two probes, all written into the folder."""
    probes = [{"tags": ["prose"], "text": text} for text in ("The river is wide.", "Bake the bread.")]
    (folder / "probes.yaml").write_text(yaml.safe_dump({"probes": probes}), encoding="utf-8")
    tiny.hf_model("llama").save_pretrained(folder / "model")
    tiny.byte_tokenizer().save_pretrained(folder / "model")
    tiny.random_sae().save_model(str(folder / "sae"))
    files = {"model__name": folder / "model", "sae__path": folder / "sae", "immune__probes": folder / "probes.yaml"}
    return tiny.config(**files, experiment__device="cpu")


def settings(**changed: Any) -> SearchSettings:
    return SearchSettings(**{"trials": 8, "ranges": RANGES, "limit": 1, "batch": 4, **changed})


def job(config: Config | None = None, **given: Any) -> Job:
    return Job(config or tiny.config(), **given)


def pretended(spec: Any, progress: Any = None) -> dict[str, Any]:
    """A trial's result from its settings alone: more effect, more damage, and the more features the worse."""
    rate, features = (spec["settings"][f"evolution.{key}"] for key in ("learning_rate", "top_k_features"))
    figures = {"let_through": float(rate < 5)}
    found = {"effect": rate / features, "damage": 0.01 * rate**2 + 0.001 * features, "figures": figures}
    return {**found, "error": None, "model": "pretended", "seconds": 0.0}
