from __future__ import annotations

import json

import pytest
import torch

from hera_desktop.engine.atlas.records import Label
from hera_desktop.engine.errors import Cancelled, InputError
from hera_desktop.engine.feature_lab import FeatureLab
from hera_desktop.engine.hera import HeraEngine
from hera_desktop.engine.model import Sampling
from hera_desktop.engine.patches import Patch
from hera_desktop.engine.tokens import single
from tests import tiny

from .samples import expect_sentence, factors, footprint, logits, probe_file

PROMPT = "The capital of France is"
D_SAE = 96


@pytest.fixture
def make(tmp_path):
    """Makes engines with four short probes: ``make(kind, **settings)``."""
    engines: list[HeraEngine] = []

    def build(kind: str = "llama", **settings: object) -> HeraEngine:
        settings = {"immune__probes": probe_file(tmp_path), "evolution__learning_rate": 0.5, **settings}
        engines.append(tiny.engine(tmp_path / f"{len(engines)}.hera", kind, **settings))
        return engines[-1]

    yield build
    for engine in engines:
        engine.close()


@pytest.fixture
def engine(make) -> HeraEngine:
    return make()


@pytest.fixture
def lab(engine) -> FeatureLab:
    return FeatureLab(engine)


def activations(engine: HeraEngine, text: str = PROMPT) -> torch.Tensor:
    hook = engine.reader.info.hook_name
    hidden = engine.model.forward(single(engine.model.tokenize(text)), [hook]).captured[hook][0]
    return engine.reader.activations(hidden)


def strongest(engine: HeraEngine) -> int:
    return activations(engine)[-1].argmax().item()


def silent(engine: HeraEngine) -> int:
    """A feature that is not active at any token of the prompt."""
    return (activations(engine)[1:].amax(0) == 0).nonzero()[0].item()


# --- looking ----------------------------------------------------------------------------------------------------------


def test_reading_gives_each_tokens_features_strongest_first_and_none_to_the_first(engine, lab):
    found, acts = lab.read(PROMPT, keep=4), activations(engine)
    assert found.tokens == tuple(PROMPT)
    assert (found.ids[0], found.values[0]) == ((), ())
    for position in range(1, len(PROMPT)):
        best = acts[position].topk(4)
        assert found.ids[position] == tuple(best.indices.tolist())
        assert found.values[position] == pytest.approx(best.values.tolist(), rel=1e-5)
    feature = found.ids[-1][0]
    assert found.of(feature)[-1] == found.values[-1][0]


def test_reading_keeps_only_what_is_above_zero(engine, lab):
    found, acts = lab.read(PROMPT, keep=10_000), activations(engine)
    assert [len(ids) for ids in found.ids[1:]] == (acts[1:] > 0).sum(1).tolist()
    assert all(value > 0 for values in found.values for value in values)


def test_a_long_text_is_read_in_pieces_like_a_short_one(engine, lab):
    text = "All happy families are alike. " * 6
    found, acts = lab.read(text, keep=3), activations(engine, text)
    assert len(found.ids) == len(text) > 128
    assert found.values[-1] == pytest.approx(acts[-1].topk(3).values.tolist(), rel=1e-5)
    assert lab.on_text(5, text).base == pytest.approx([0.0, *acts[1:, 5].tolist()], rel=1e-5, abs=1e-6)


@pytest.mark.parametrize("kind", tiny.KINDS)
def test_the_edited_column_differs_after_a_commit_and_is_the_base_again_after_its_rollback(make, kind):
    engine = make(kind)
    lab, feature = FeatureLab(engine), strongest(engine)
    plain = lab.on_text(feature, PROMPT)
    assert plain.base == plain.edited and not plain.differs
    result = engine.evolve(PROMPT)
    changed = lab.on_text(feature, PROMPT)
    assert changed.base == plain.base
    assert changed.differs
    assert changed.edited[-1] != changed.base[-1]  # where the patch acts: its key is the last token's
    assert changed.edited == pytest.approx([0.0, *activations(engine)[1:, feature].tolist()], rel=1e-5, abs=1e-6)
    assert changed.state_hash == result.state_hash != plain.state_hash
    engine.rollback(result.patch_id)
    back = lab.on_text(feature, PROMPT)
    assert back == plain


def test_reading_the_base_of_an_edited_model_leaves_the_edit(engine, lab):
    base = lab.read(PROMPT)
    engine.evolve(PROMPT)
    state = logits(engine.model)
    assert lab.read(PROMPT, edited=False) == base
    assert lab.read(PROMPT) != base
    assert torch.equal(logits(engine.model), state)


def test_a_feature_that_the_sae_does_not_have_is_named_with_the_range(lab):
    for feature in (-1, D_SAE, 9999):
        for call in (
            lambda n: lab.on_text(n, PROMPT),
            lab.patches_along,
            lambda n: lab.steer(PROMPT, n, 1.0),
            lambda n: lab.propose(PROMPT, [3, n]),
            lambda n: lab.label(Label(n, "name")),
        ):
            with expect_sentence(InputError, f"feature {feature} is out of range: SAE random has features 0 to 95"):
                call(feature)


def test_a_text_that_cannot_be_read_is_refused(lab):
    for call in (lab.read, lambda text: lab.on_text(3, text), lambda text: lab.steer(text, 3, 1.0)):
        with expect_sentence(InputError, "empty"):
            call(" ")


# --- patches along a feature ------------------------------------------------------------------------------------------


def test_patches_along_a_feature_come_with_the_share_of_their_change(engine, lab):
    assert lab.patches_along(3) == ()
    engine.evolve("Once upon a time")
    engine.evolve(PROMPT)
    feature = strongest(engine)
    found = lab.patches_along(feature)
    assert {along.patch_id for along in found} == {"p1", "p2"}
    assert found[0].share >= found[1].share
    direction = engine.reader.directions([feature])[:, 0].double()
    for along in found:
        dense = engine.ledger.patch(along.patch_id).factors[0]
        change = dense.u.double() @ dense.v.double().T
        assert along.share == pytest.approx((direction @ change).norm().item() / change.norm().item(), rel=1e-4)
        assert along.layers == (1,)


def test_the_share_of_a_patch_on_several_matrices_counts_them_all(engine, lab):
    direction = engine.reader.directions([3])
    along, across = factors(rank=1, layer=0, seed=1), factors(rank=1, layer=1, seed=2)
    across_u = across.u - direction @ (direction.T @ across.u)
    parts = (
        type(along)(0, "mlp.out", direction.clone(), along.v / along.v.norm() * 3),
        type(along)(1, "mlp.out", across_u / across_u.norm(), across.v / across.v.norm() * 4),
    )
    entry = engine.ledger.record_proposal(Patch(parts), "committed", PROMPT, {})
    engine._apply_current()
    (found,) = lab.patches_along(3)
    assert (found.patch_id, found.layers) == (entry.patch_id, (0, 1))
    assert found.share == pytest.approx(3 / 5, rel=1e-5)


# --- steering ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", tiny.KINDS)
def test_steering_shows_three_texts_and_changes_nothing(make, kind):
    engine = make(kind)
    base = engine.generate(PROMPT, Sampling(12))
    engine.evolve(PROMPT, engine.config.evolution.model_copy(update={"learning_rate": 5.0}))
    before = logits(engine.model), footprint(engine.model), engine.state_hash
    pieces: dict[str, str] = {}
    feature = strongest(engine)

    def on_text(which: str, piece: str) -> None:
        pieces[which] = pieces.get(which, "") + piece

    found = FeatureLab(engine).steer(PROMPT, feature, 40.0, tokens=12, on_text=on_text)
    assert found.identity == 0.0
    assert found.base == base
    assert found.edited == engine.generate(PROMPT, Sampling(12))
    assert found.steered != found.edited
    assert {"base": found.base, "edited": found.edited, "steered": found.steered} == pieces
    assert (found.prompt, found.feature, found.strength) == (PROMPT, feature, 40.0)
    assert torch.equal(logits(engine.model), before[0])
    assert (footprint(engine.model), engine.state_hash) == before[1:]


def test_steering_at_strength_zero_is_the_edited_model(engine, lab):
    engine.evolve(PROMPT)
    found = lab.steer(PROMPT, 3, 0.0, tokens=20)
    assert (found.identity, found.steered) == (0.0, found.edited)


def test_steering_adds_the_strength_to_the_features_own_direction(engine, lab):
    """The same text, written by hand with the vector in place."""
    with engine.model.adding(engine.reader.info.hook_name, -7.5 * engine.reader.directions([3])[:, 0]):
        expected = engine.generate(PROMPT, Sampling(12))
    assert lab.steer(PROMPT, 3, -7.5, tokens=12).steered == expected


def test_a_strength_or_number_of_tokens_that_cannot_be_used_is_refused(lab):
    for strength in (float("nan"), float("inf")):
        with expect_sentence(InputError, f"strength {strength}"):
            lab.steer(PROMPT, 3, strength)
    for tokens in (0, -1, 5000):
        with expect_sentence(InputError, f"{tokens} tokens", "1 to 4096"):
            lab.steer(PROMPT, 3, 1.0, tokens=tokens)


@pytest.mark.parametrize("after", [0, 3, 7, 11])
def test_cancelling_the_preview_leaves_the_edited_model(engine, lab, after):
    engine.evolve(PROMPT)
    before, hooks, calls = logits(engine.model), footprint(engine.model), []

    def cancelled() -> bool:
        calls.append(1)
        return len(calls) > after

    with pytest.raises(Cancelled):
        lab.steer(PROMPT, 3, 20.0, tokens=4, cancelled=cancelled)
    assert torch.equal(logits(engine.model), before)
    assert footprint(engine.model) == hooks


# --- from feature to edit ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("strategy", ["hebbian", "oja", "outer", "random"])
def test_a_ticked_feature_is_proposed_measured_and_committed(make, strategy):
    engine = make(evolution__strategy=strategy)
    lab, feature = FeatureLab(engine), strongest(engine)
    before = logits(engine.model), engine.state_hash
    judged = lab.propose(PROMPT, [feature])
    assert judged.measurement.verdict.level == "safe"
    (ticked,) = judged.proposal.features
    assert ticked.id == feature
    assert ticked.activation == pytest.approx(activations(engine)[-1, feature].item(), rel=1e-5)
    assert torch.equal(logits(engine.model), before[0]) and engine.state_hash == before[1]
    assert engine.registry.history == []
    result = engine.commit(judged)
    assert (result.patch_id, [f.id for f in result.features]) == ("p1", [feature])
    assert engine.registry.history[0].details["source"] == {"kind": "features", "given": {str(feature): None}}
    assert engine.info().active == ("p1",)
    engine.undo()
    assert torch.equal(logits(engine.model), before[0])


def test_ticking_the_strongest_features_proposes_what_evolving_would(make):
    engine = make()
    automatic = engine.propose(PROMPT)
    ticked = FeatureLab(engine).propose(PROMPT, [f.id for f in automatic.proposal.features])
    assert ticked.measurement.patch.content_hash == automatic.measurement.patch.content_hash
    assert ticked.measurement.step == automatic.measurement.step
    assert engine.commit(automatic).patch_id and engine.registry.history[0].details["source"] == {"kind": "evolve"}


def test_a_ticked_feature_below_the_threshold_counts_with_its_own_activation(make):
    engine = make(sae__threshold=1e5)
    feature = strongest(engine)
    (ticked,) = FeatureLab(engine).propose(PROMPT, [feature]).proposal.features
    assert ticked.activation == pytest.approx(activations(engine)[-1, feature].item(), rel=1e-5)


@pytest.mark.parametrize("token", ["last", "mean"])
@pytest.mark.parametrize("strategy", ["hebbian", "oja", "random"])
def test_a_ticked_feature_that_is_silent_counts_with_its_usual_activation(make, token, strategy):
    engine = make(evolution__token=token, evolution__strategy=strategy)
    lab, feature = FeatureLab(engine), silent(engine)
    judged = lab.propose(PROMPT, [feature], fallbacks={feature: 2.5})
    assert [(f.id, f.activation) for f in judged.proposal.features] == [(feature, 2.5)]
    double = lab.propose(PROMPT, [feature], fallbacks={feature: 5.0})
    assert judged.measurement.patch.frobenius > 0
    if strategy != "oja":  # whose decay does not grow with the activation
        assert double.measurement.patch.frobenius == pytest.approx(2 * judged.measurement.patch.frobenius, rel=1e-4)


def test_a_silent_feature_writes_its_usual_activation_along_its_direction(make):
    engine = make(evolution__max_rank=64)
    feature = silent(engine)
    patch = FeatureLab(engine).propose(PROMPT, [feature], fallbacks={feature: 2.5}).measurement.patch
    hook = engine.model.writer(1).input_hook
    key = engine.model.forward(single(engine.model.tokenize(PROMPT)), [hook]).captured[hook][0, -1]
    written = patch.factors[0].u @ (patch.factors[0].v.T @ key)
    expected = 0.5 * 2.5 * engine.reader.directions([feature])[:, 0]
    torch.testing.assert_close(written, expected, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize(("token", "where"), [("last", "at the last token"), ("mean", "at any token but the first")])
def test_a_silent_feature_without_a_usual_activation_is_refused(make, token, where):
    engine = make(evolution__token=token)
    feature = silent(engine)
    for fallbacks in (None, {feature + 1: 2.0}, {feature: 0.0}):
        with expect_sentence(InputError, f"feature {feature} is not active {where} of the prompt", "build the atlas"):
            FeatureLab(engine).propose(PROMPT, [feature], fallbacks=fallbacks)


def test_ticking_a_feature_twice_is_ticking_it_once(engine, lab):
    feature = strongest(engine)
    once, twice = lab.propose(PROMPT, [feature]), lab.propose(PROMPT, [feature, feature])
    assert once.measurement.patch.content_hash == twice.measurement.patch.content_hash


def test_nothing_or_too_much_ticked_is_refused(lab):
    with expect_sentence(InputError, "no feature is ticked"):
        lab.propose(PROMPT, [])
    with expect_sentence(InputError, "2000 features are ticked", "1024"):
        lab.propose(PROMPT, range(2000))


def test_a_rejected_proposal_of_ticked_features_is_recorded_and_not_applied(make):
    engine = make(immune__max_js_divergence=0)
    before = logits(engine.model)
    judged = FeatureLab(engine).propose(PROMPT, [strongest(engine)])
    assert judged.measurement.verdict.level == "reject"
    result = engine.commit(judged)
    assert result.status == "rejected"
    assert torch.equal(logits(engine.model), before)
    assert [entry.status for entry in engine.registry.history] == ["rejected"]


# --- labels -----------------------------------------------------------------------------------------------------------


def test_labels_belong_to_the_session_and_the_sae(engine, lab):
    lab.label(Label(3, "capitals", pinned=True))
    assert lab.labels() == (Label(3, "capitals", pinned=True),)
    assert engine.ledger.labels.all(engine.reader.info.fingerprint) == lab.labels()
    lab.label(Label(3))
    assert lab.labels() == ()


def test_an_import_brings_names_and_leaves_the_users_own(lab, tmp_path):
    file = tmp_path / "export.json"
    file.write_text(json.dumps([{"index": "3", "description": "capitals"}, {"index": "4", "description": "digits"}]))
    lab.label(Label(3, "mine"))
    assert lab.import_labels(file) == 1
    assert [(label.feature, label.name, label.source) for label in lab.labels()] == [
        (3, "mine", "user"),
        (4, "digits", "import"),
    ]


def test_an_import_for_another_sae_is_refused_and_keeps_nothing(lab, tmp_path):
    file = tmp_path / "export.json"
    file.write_text(json.dumps([{"index": "3", "description": "x"}, {"index": "5000", "description": "y"}]))
    with expect_sentence(InputError, "feature 5000 is out of range", "0 to 95"):
        lab.import_labels(file)
    assert lab.labels() == ()
