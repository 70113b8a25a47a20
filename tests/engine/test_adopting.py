"""Patches that no strategy proposed just now: one from the record with another strength, and one made elsewhere. And
settings that change while the model stays loaded."""

from __future__ import annotations

import json

import pytest
import torch

from hera_desktop.engine import HeraEngine
from hera_desktop.engine.config import Config, load_config
from hera_desktop.engine.errors import Cancelled, InputError, ModelError, SessionError
from hera_desktop.engine.feature_lab import FeatureLab
from hera_desktop.engine.ledger import Ledger
from hera_desktop.engine.patches import Factors, Patch
from hera_desktop.engine.timeline import BASE
from tests import tiny

from .samples import expect_sentence, factors, footprint, patch_for, probe_file

PROMPT = "The capital of France is"
SOURCE = {"kind": "import", "file": "theirs.safetensors", "format": "hera", "foreign": False}


@pytest.fixture
def make(tmp_path):
    """Makes engines with four short probes: ``make(session="a", **settings)``."""
    engines: list[HeraEngine] = []

    def build(session: str = "a", **settings: object) -> HeraEngine:
        settings = {"immune__probes": probe_file(tmp_path), "evolution__learning_rate": 0.5, **settings}
        engines.append(tiny.engine(tmp_path / f"{session}.hera", **settings))
        return engines[-1]

    yield build
    for engine in engines:
        engine.close()


@pytest.fixture
def engine(make) -> HeraEngine:
    return make()


def state(engine: HeraEngine) -> tuple:
    return engine.state_hash, engine.info().active, engine.probe_digest(), footprint(engine.model)


def changed(engine: HeraEngine, **overrides: object) -> Config:
    """The engine's configuration with some keys changed."""
    pairs = [f"{key.replace('__', '.')}={value}" for key, value in overrides.items()]
    return load_config(engine.config.model_dump(mode="json"), pairs, environment={})


# --- re-applying ------------------------------------------------------------------------------------------------------


def test_a_reverted_patch_applied_once_more_is_the_same_patch(engine):
    first = engine.evolve(PROMPT)
    before = state(engine)
    engine.revert("p1")
    again = engine.reapply("p1", 1.0)
    assert (again.patch_id, again.prompt, again.status) == ("p2", PROMPT, "committed")
    assert engine.ledger.patch("p2").content_hash == engine.ledger.patch("p1").content_hash
    assert (engine.state_hash, engine.probe_digest()) == (before[0], before[2])
    assert again.metrics == first.metrics
    assert again.prompt_metrics == first.prompt_metrics
    assert [f.id for f in again.features] == [f.id for f in first.features]
    assert again.effect.next_tokens == first.effect.next_tokens
    assert engine.ledger.committed_as(engine.state_hash) == "p1"


@pytest.mark.parametrize("factor", [0.5, 2.0, -1.0])
def test_a_patch_is_applied_with_another_strength(engine, factor):
    first = engine.evolve(PROMPT)
    result = engine.reapply("p1", factor)
    assert result.norm == pytest.approx(first.norm * abs(factor))
    (entry,) = engine.ledger.entries(since=1)
    assert entry["source"] == {"kind": "reapply", "of": "p1", "factor": factor}
    assert (entry["strategy"], entry["learning_rate"]) == ("hebbian", 0.5 * factor)
    assert entry["settings"] == engine.ledger.entry("p1")["settings"] == engine.config.evolution.model_dump(mode="json")
    total = engine.ledger.patch("p1").factors[0].u * factor
    assert torch.equal(engine.ledger.patch("p2").factors[0].u, total)
    engine.undo()
    assert engine.info().active == ("p1",)


def test_a_rejected_patch_can_be_tried_with_less(make):
    size = make("first").evolve(PROMPT).metrics["js_divergence"]["step"]
    engine = make("second", immune__max_js_divergence=size * 0.9)
    assert not engine.evolve(PROMPT)
    assert engine.reapply("p1", 0.1)
    assert engine.info().active == ("p2",)
    assert not engine.reapply("p1", 1)
    assert engine.info().active == ("p2",)


def test_what_cannot_be_applied_again_is_refused_and_not_recorded(engine):
    engine.evolve(PROMPT)
    before = state(engine)
    for patch_id, factor, parts in [
        ("p9", 1.0, ("'p9'", "not in this session")),
        ("p1", 0.0, ("times 0", "other than 0")),
        ("p1", float("nan"), ("times nan",)),
        ("p1", 1e39, ("not finite",)),
    ]:
        with expect_sentence(InputError, *parts):
            engine.reapply(patch_id, factor)
    assert state(engine) == before
    assert len(engine.registry.history) == 1


def test_cancelling_leaves_the_state(engine):
    engine.evolve(PROMPT)
    before = state(engine)

    def stop(what: str, share: float | None) -> None:
        if "measured" in what:
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        engine.reapply("p1", 0.5, stop)
    assert state(engine) == before
    assert len(engine.registry.history) == 1


# --- adopting ---------------------------------------------------------------------------------------------------------


def test_a_patch_from_elsewhere_is_judged_and_recorded_without_a_prompt(engine):
    patch = patch_for(engine.model, layer=2)
    result = engine.adopt(patch, "", SOURCE)
    assert (result.patch_id, result.prompt, result.strategy, result.layers) == ("p1", "", "import", (2,))
    assert result.metrics["js_divergence"]["step"] > 0
    assert (result.prompt_metrics, result.effect, result.features) == ({}, None, ())
    entry = engine.ledger.entry("p1")
    assert (entry["source"], entry["settings"], entry["prompt_metrics"]) == (SOURCE, None, {})
    assert engine.ledger.patch("p1").content_hash == patch.content_hash
    assert json.loads(json.dumps(result.as_dict()))["patch_id"] == "p1"
    digest = engine.probe_digest()
    engine.roll_back_to(BASE)
    assert engine.probe_digest() != digest
    assert engine.reapply("p1", 1).prompt == ""
    assert engine.probe_digest() == digest


def test_a_patch_from_elsewhere_is_measured_on_a_prompt(engine):
    result = engine.adopt(patch_for(engine.model), PROMPT, SOURCE)
    assert result.prompt_metrics["js_divergence"]["step"] > 0
    assert result.effect.features == {}
    assert len(result.effect.next_tokens[1]) == 5


def test_a_patch_from_elsewhere_can_be_rejected(make):
    engine = make(immune__max_js_divergence=0)
    before = state(engine)
    assert not engine.adopt(patch_for(engine.model), "", SOURCE)
    assert state(engine) == before
    assert engine.registry.history[0].status == "rejected"


def test_a_model_without_an_sae_takes_patches(tmp_path):
    model = tiny.language_model()
    engine = HeraEngine.around(model, None, tiny.config(immune__probes=probe_file(tmp_path)), tmp_path / "s.hera")
    assert engine.adopt(patch_for(model), PROMPT, SOURCE)
    assert engine.reapply("p1", 0.5).effect.prompt_nll[0] > 0
    engine.close()


def site(layer: int, component: str = "mlp.out", d_out: int = 32, d_in: int = 56, **more: float) -> Patch:
    plain = factors(d_out, d_in, **more)
    return Patch((Factors(layer, component, plain.u, plain.v),))


@pytest.mark.parametrize(
    ("patch", "kind", "parts"),
    [
        (site(9), InputError, ("layer 9", "0 to 3")),
        (site(1, "mlp.middle"), ModelError, ("'mlp.middle'", "mlp.out")),
        (site(1, d_out=30), InputError, ("30x56", "mlp.out of block 1", "32x56")),
        (site(1, size=float("inf")), InputError, ("not finite",)),
        (Patch(()), InputError, ("empty",)),
        (
            Patch((Factors(1, "mlp.out", torch.ones(32, 2), torch.ones(56, 3)),)),
            InputError,
            ("do not belong together",),
        ),
    ],
)
def test_a_patch_that_does_not_fit_is_refused_and_not_recorded(engine, patch, kind, parts):
    before = state(engine)
    with expect_sentence(kind, *parts):
        engine.adopt(patch, "", SOURCE)
    assert state(engine) == before
    assert engine.registry.history == []


# --- what a step's record says of its source --------------------------------------------------------------------------


def test_a_step_says_what_it_was_made_with(engine):
    settings = engine.config.evolution.model_copy(update={"learning_rate": 0.1, "target_layers": (2,)})
    engine.evolve(PROMPT, settings)
    feature = engine.features(PROMPT)[-1].features[0].id
    engine.commit(FeatureLab(engine).propose(PROMPT, [feature], fallbacks={feature: 3.0}))
    first, second = engine.registry.history
    assert (first["source"], first["settings"]) == ({"kind": "evolve"}, settings.model_dump(mode="json"))
    assert first["settings"]["target_layers"] == [2]
    assert second["source"] == {"kind": "features", "given": {str(feature): 3.0}}
    assert second["settings"] == engine.config.evolution.model_dump(mode="json")


def test_a_step_without_a_proposal_says_what_it_was_made_with(make):
    engine = make(sae__threshold=1e5)
    engine.evolve(PROMPT)
    (entry,) = engine.registry.history
    assert (entry["source"], entry["settings"]["max_rank"]) == ({"kind": "evolve"}, 4)


# --- settings ---------------------------------------------------------------------------------------------------------


def test_settings_change_and_change_back(engine):
    engine.evolve(PROMPT)
    before, digest, immune = engine.config, engine.probe_digest(), engine.immune
    info = engine.configure(changed(engine, evolution__learning_rate=0.25, experiment__seed=7))
    assert engine.immune is immune
    assert (engine.config.evolution.learning_rate, info.undo_words) == (
        0.25,
        "the settings (evolution.learning_rate, experiment.seed)",
    )
    info = engine.configure(changed(engine, immune__max_js_divergence=0.5, evolution__target_layers="[2]"))
    assert info.limits["js_divergence"]["step"][1] == engine.info().limits["js_divergence"]["step"][1] == 0.5
    assert engine.immune is not immune
    assert engine.evolve(PROMPT).layers == (2,)
    engine.undo()
    change = engine.undo()
    assert (change.kind, change.active) == ("configure", ("p1",))
    assert change.what == "the settings (evolution.target_layers, immune.max_js_divergence)"
    assert (engine.config.evolution.target_layers, engine.config.evolution.learning_rate) == (None, 0.25)
    assert engine.info().limits["js_divergence"]["step"][1] == 1.0
    engine.undo()
    assert engine.config == before
    assert engine.redo().what == "the settings (evolution.learning_rate, experiment.seed)"
    assert engine.config.experiment.seed == 7
    assert engine.probe_digest() == digest


def test_a_session_keeps_the_settings_it_was_left_with(engine):
    engine.evolve(PROMPT)
    engine.configure(changed(engine, immune__max_js_divergence=0.5))
    engine.undo()
    engine.redo()
    engine.close()
    ledger = Ledger.open(engine.session, read_only=True)
    stored = json.loads(ledger.meta["config"])
    ledger.close()
    assert stored == engine.config.model_dump(mode="json")
    assert stored["immune"]["max_js_divergence"] == 0.5


def test_the_same_settings_are_no_event(engine):
    engine.configure(changed(engine))
    assert engine.ledger.revision == 0
    assert not engine.info().can_undo


@pytest.mark.parametrize(
    ("overrides", "parts"),
    [
        ({"model__name": "gpt2"}, ("model.name", "'gpt2'", "load it anew")),
        ({"model__dtype": "bfloat16"}, ("model.dtype",)),
        ({"sae__path": "/some/where"}, ("sae.path",)),
        ({"experiment__device": "cuda"}, ("experiment.device",)),
        ({"evolution__target_layers": "[9]"}, ("target layer 9 is out of range",)),
        ({"evolution__strategy": "hebian"}, ("did you mean 'hebbian'",)),
        ({"immune__probes": "/no/probes.yaml"}, ("does not exist",)),
    ],
)
def test_settings_that_cannot_be_used_change_nothing(engine, overrides, parts):
    before = engine.config, engine.immune, engine.ledger.revision
    with expect_sentence(InputError, *parts):
        engine.configure(changed(engine, evolution__learning_rate=0.1, **overrides))
    assert (engine.config, engine.immune, engine.ledger.revision) == before


def test_settings_that_cannot_be_written_stay_as_they_are(engine):
    before = engine.config, engine.immune
    engine.ledger._db.execute("PRAGMA query_only = 1")
    with expect_sentence(SessionError, "cannot be written"):
        engine.configure(changed(engine, immune__max_js_divergence=0.5))
    assert (engine.config, engine.immune) == before
    engine.ledger._db.execute("PRAGMA query_only = 0")


def test_settings_whose_probes_are_gone_cannot_be_undone_and_stay(engine, tmp_path):
    old = probe_file(tmp_path)
    (tmp_path / "other").mkdir()
    engine.configure(changed(engine, immune__probes=probe_file(tmp_path / "other")))
    old.unlink()
    before = engine.config, engine.ledger.revision
    with expect_sentence(InputError, str(old), "does not exist"):
        engine.undo()
    assert (engine.config, engine.ledger.revision) == before


# --- words ------------------------------------------------------------------------------------------------------------


def test_words_are_undone_and_the_weights_stay(engine):
    engine.evolve(PROMPT)
    before = state(engine)
    engine.note("p1", "look")
    engine.tag("p1", ["good"])
    engine.rename("p1", "Paris")
    assert state(engine) == before
    info = engine.info()
    assert (info.undo_words, info.redo_words) == ("the name of p1", "")
    change = engine.undo()
    assert (change.kind, change.patch_id, change.what) == ("rename", "p1", "the name of p1")
    assert (change.state_hash, change.active) == (before[0], ("p1",))
    assert [engine.undo().kind, engine.undo().kind] == ["tag", "note"]
    last = engine.undo()
    assert (last.kind, last.what, last.active) == ("undo", "the step p1", ())
    assert [engine.redo().what for _ in range(2)] == ["the step p1", "the note on p1"]
    assert state(engine) == before
    assert engine.registry.history[0].note == "look"


# --- a session that is held elsewhere ---------------------------------------------------------------------------------


def test_an_engine_on_a_held_session_looks_and_changes_nothing(engine, make):
    engine.evolve(PROMPT)
    reader = make()
    assert (reader.info().read_only, reader.info().read_only_reason) == (True, "is open in another window or program")
    assert not engine.info().read_only
    before = state(reader)
    attempts = [
        lambda: reader.evolve(PROMPT),
        lambda: reader.reapply("p1", 0.5),
        lambda: reader.adopt(patch_for(reader.model), "", SOURCE),
        lambda: reader.undo(),
        lambda: reader.note("p1", "x"),
        lambda: reader.configure(changed(reader, immune__max_js_divergence=0.5)),
        lambda: reader.commit(reader.propose(PROMPT)),
    ]
    for attempt in attempts:
        with expect_sentence(SessionError, "another window or program", "Save As"):
            attempt()
    assert state(reader) == before
    assert before[0] == engine.state_hash
    assert reader.generate(PROMPT)


def test_the_model_of_a_closed_engine_is_as_it_came_and_goes_to_the_next(engine, tmp_path):
    base = engine.probe_digest()
    plain = footprint(engine.model)
    engine.evolve(PROMPT)
    active = engine.probe_digest()
    engine.close()
    assert footprint(engine.model) == plain
    again = HeraEngine.around(engine.model, engine.reader, engine.config, engine.session)
    assert (again.info().read_only, again.probe_digest()) == (False, active)
    again.close()
    other = HeraEngine.around(engine.model, engine.reader, engine.config, tmp_path / "other.hera")
    assert (other.info().active, other.probe_digest()) == ((), base)
    other.close()


def test_an_engine_that_cannot_be_made_lets_go_of_the_session(engine):
    engine.close()
    wrong = changed(engine, evolution__target_layers="[9]")
    with expect_sentence(InputError, "target layer 9"):
        HeraEngine.around(engine.model, engine.reader, wrong, engine.session)
    again = HeraEngine.around(engine.model, engine.reader, engine.config, engine.session)
    assert not again.info().read_only
    again.close()
