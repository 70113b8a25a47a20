"""A session in which everything happened that can be recorded, on a tiny model that lies in a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hera_desktop.engine.atlas.records import Label
from hera_desktop.engine.config import load_config
from hera_desktop.engine.hera import HeraEngine
from hera_desktop.engine.replay import step, with_settings
from tests import tiny

from .samples import probe_file

HOSTILE = "<script>alert('x')</script> & `ticks` **bold** | pipe\nsecond [line](http://example.com) \"\"\" ''' \\"
WORLD = "中文提示 🧬 שלום"
IMPORT = {"kind": "import", "file": "a<b>.safetensors", "format": "hera", "base_name": "tiny", "foreign": False}


def files(folder: Path) -> dict[str, Any]:
    """A configuration that names a model folder and an SAE folder, as a user has them."""
    tiny.hf_model("llama").save_pretrained(folder / "model")
    tiny.byte_tokenizer().save_pretrained(folder / "model")
    tiny.random_sae().save_model(str(folder / "sae"))
    own = {"model.name": folder / "model", "sae.path": folder / "sae", "immune.probes": probe_file(folder)}
    return {"experiment.device": "cpu", **tiny.GENEROUS, **own, "immune.max_js_divergence": 0.03}


def tell(settings: dict[str, Any], session: Path) -> str:
    """Record the whole story in a new session; returns its state's hash."""
    config = load_config(None, [f"{key}={value}" for key, value in settings.items()], environment={})
    engine = HeraEngine(config, session)
    sae = engine.reader.info.fingerprint
    for number, prompt in enumerate(("The capital of France is", HOSTILE, WORLD)):
        assert engine.evolve(prompt, step(engine, learning_rate=0.3 + number, top_k_features=2 + number))
    assert not engine.evolve("def f(x):", step(engine, learning_rate=300.0))
    engine.revert("p1")
    engine.undo()
    engine.redo()
    engine.evolve("on the first line")
    engine.roll_back_to("p2")
    engine.evolve("on a branch", step(engine, strategy="random", target_layers=(2,)))
    engine.rollback("p6")
    engine.restore("p6")
    engine.commit(engine.propose("ticked", features={3: 1.5, 5: 2.0}))
    engine.ledger.labels.put(sae, Label(3, "a <b>name</b>", "note | x", True))
    engine.ledger.labels.put_many(sae, [Label(7, "seven", source="import"), Label(8, "eight", source="import")])
    engine.note("p3", HOSTILE)
    engine.tag("p3", ("keep", "<i>tag</i>"))
    engine.rename("p3", "name `of` <u>p3</u>")
    engine.reapply("p3", 0.5)
    engine.configure(with_settings(engine.config, {"evolution.learning_rate": 0.5, "immune.max_js_divergence": 0.05}))
    engine.evolve("after the configuration")
    engine.undo()
    engine.undo()
    engine.redo()
    engine.evolve("after a redone configuration")
    engine.adopt(engine.ledger.patch("p2").scaled(0.7), "", {**IMPORT, "base_fingerprint": "f" * 64})
    engine.note("p1", "taken back")
    engine.undo()
    state = engine.state_hash
    engine.close()
    return state
