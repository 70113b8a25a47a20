from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from sae_lens import SAE
from sae_lens.registry import SAE_CLASS_REGISTRY
from safetensors.torch import save_file
from torch import Tensor

from hera_desktop.engine.config import SaeConfig
from hera_desktop.engine.errors import InputError, ModelError
from hera_desktop.engine.model import LanguageModel
from hera_desktop.engine.sae import FeatureReader, load_features
from tests import tiny

from .samples import expect_sentence, ids

D_IN, D_SAE = tiny.D_MODEL, 48
HOOK = "blocks.1.hook_resid_post"
EXTRA = {
    "topk": {"k": 6},
    "abstopk": {"k": 6},
    "temporal": {"n_heads": 4, "bottleneck_factor": 2},
    "matching_pursuit": {"residual_threshold": 1e-2},
}
ARCHITECTURES = [name for name in SAE_CLASS_REGISTRY if name != "temporal"]


@pytest.fixture(scope="module")
def model() -> LanguageModel:
    return tiny.language_model("llama")


@pytest.fixture(scope="module")
def hidden(model) -> Tensor:
    hook = "blocks.1.hook_out"
    return model.forward(ids(model, "The capital of France is"), [hook]).captured[hook][0].clone()


def make_sae(architecture: str, d_in: int = D_IN, **settings: object) -> SAE:
    cls, config = SAE_CLASS_REGISTRY[architecture]
    coder = {"d_out": d_in, "apply_b_dec_to_input": False} if "transcoder" in architecture else {}
    extra = {**EXTRA.get(architecture, {}), **coder, **settings}
    sae = cls(config(d_in=d_in, d_sae=D_SAE, device="cpu", **extra))
    generator = torch.Generator().manual_seed(3)
    with torch.no_grad():
        for name, parameter in sae.named_parameters():
            scale = 0.05 if "thr" in name or name.startswith("b_") else 0.3
            parameter.copy_(torch.randn(parameter.shape, generator=generator) * scale)
    sae.cfg.metadata.hook_name = HOOK
    return sae


def saved(sae: SAE, folder: Path) -> SaeConfig:
    sae.save_model(str(folder))
    return SaeConfig(path=str(folder))


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_every_architecture_of_saelens_loads_from_its_own_format(model, hidden, tmp_path, architecture):
    sae = make_sae(architecture)
    reader = load_features(saved(sae, tmp_path / "sae"), model)
    found = reader.activations(hidden)
    assert (reader.info.architecture, reader.info.d_sae, reader.info.name) == (architecture, D_SAE, "sae")
    assert reader.info.hook_name == "blocks.1.hook_out"
    assert reader.block == 1
    with torch.inference_mode():
        expected = sae.encode(hidden[None])[0] * sae.W_dec.norm(dim=-1)
    assert found.shape == (*hidden.shape[:-1], D_SAE)
    assert found.abs().max() > 0.01
    torch.testing.assert_close(found, expected.float(), rtol=1e-4, atol=1e-5)


def test_an_sae_whose_features_depend_on_earlier_tokens_is_refused(model, tmp_path):
    config = saved(make_sae("temporal"), tmp_path / "sae")
    with expect_sentence(ModelError, "temporal"):
        load_features(config, model)


@pytest.mark.parametrize("rescale", [True, False])
@pytest.mark.parametrize("architecture", ["standard", "gated", "jumprelu", "topk", "abstopk"])
def test_an_activation_is_the_norm_of_what_the_feature_writes(model, hidden, architecture, rescale):
    settings = {"rescale_acts_by_decoder_norm": rescale} if "topk" in architecture else {}
    sae = make_sae(architecture, **settings)
    reader = FeatureReader(sae, "it", model)
    token = hidden[-1]
    found = reader.activations(token)
    directions = reader.directions(list(range(D_SAE)))
    torch.testing.assert_close(directions.norm(dim=0), torch.ones(D_SAE))
    with torch.inference_mode():
        acts = sae.encode(token)
        nothing = sae.decode(torch.zeros_like(acts))
        for feature in acts.abs().topk(3).indices.tolist():
            alone = torch.zeros_like(acts)
            alone[feature] = acts[feature]
            write = sae.decode(alone) - nothing
            torch.testing.assert_close(found[feature] * directions[:, feature], write, rtol=1e-4, atol=1e-5)


def test_active_features_are_the_strongest_above_the_threshold(model):
    reader = FeatureReader(make_sae("standard"), "it", model)
    acts = torch.zeros(D_SAE)
    acts[[5, 9, 20, 31]] = torch.tensor([1.0, 4.0, 3.0, 2.0])
    assert [f.id for f in reader.active(acts, 0.5, 3, 1.0)] == [9, 20, 31]
    assert [f.id for f in reader.active(acts, 2.0, 10, 1.0)] == [9, 20]
    assert reader.active(acts, 4.0, 10, 1.0) == ()
    assert len(reader.active(acts + 1, 0.0, 10_000, 1.0)) == D_SAE


def test_features_that_fire_too_often_are_left_out(model, tmp_path):
    config = saved(make_sae("standard"), tmp_path / "sae")
    density = torch.full((D_SAE,), 0.01)
    density[9] = 0.6
    save_file({"sparsity": density.log10()}, tmp_path / "sae" / "sparsity.safetensors")
    reader = load_features(config, model)
    acts = torch.zeros(D_SAE)
    acts[[5, 9]] = torch.tensor([1.0, 4.0])
    assert [f.id for f in reader.active(acts, 0.5, 3, 0.5)] == [5]
    assert [f.id for f in reader.active(acts, 0.5, 3, 0.7)] == [9, 5]


def test_where_an_sae_reads_is_known(model):
    sae = make_sae("standard")
    assert not FeatureReader(sae, "it", model).reads_before_block
    sae.cfg.metadata.hook_name = "blocks.2.hook_resid_pre"
    reader = FeatureReader(sae, "it", model)
    assert reader.reads_before_block
    assert (reader.info.hook_name, reader.block) == ("blocks.2.hook_in", 2)


def test_fingerprint_follows_the_weights(model):
    sae = make_sae("standard")
    first = FeatureReader(sae, "it", model).info.fingerprint
    assert FeatureReader(sae, "other", model).info.fingerprint == first
    with torch.no_grad():
        sae.W_dec[0, 0] += 1
    assert FeatureReader(sae, "it", model).info.fingerprint != first


# --- what cannot be used ----------------------------------------------------------------------------------------------


def test_an_sae_of_another_width_is_refused_with_both_widths(model, tmp_path):
    config = saved(make_sae("standard", d_in=40), tmp_path / "wide")
    with expect_sentence(ModelError, "'wide' is 40 wide", "d_model 32", "tiny-llama"):
        load_features(config, model)


def test_an_sae_without_a_hook_name_is_refused(model, tmp_path):
    sae = make_sae("standard")
    sae.cfg.metadata.hook_name = None
    with expect_sentence(ModelError, "hook_name"):
        load_features(saved(sae, tmp_path / "sae"), model)


def test_an_sae_on_a_hook_the_model_does_not_have_is_refused(model, tmp_path):
    sae = make_sae("standard")
    sae.cfg.metadata.hook_name = "blocks.17.hook_resid_post"
    with expect_sentence(InputError, "'blocks.17.hook_resid_post'", "tiny-llama"):
        load_features(saved(sae, tmp_path / "sae"), model)


def test_a_folder_without_cfg_json_is_refused(model, tmp_path):
    with expect_sentence(ModelError, str(tmp_path), "cfg.json is missing"):
        load_features(SaeConfig(path=str(tmp_path)), model)
    with expect_sentence(ModelError, str(tmp_path / "no"), "cfg.json is missing"):
        load_features(SaeConfig(path=str(tmp_path / "no")), model)


@pytest.mark.parametrize("spoil", ["cfg", "architecture", "weights", "missing"])
def test_a_damaged_sae_is_refused(model, tmp_path, spoil):
    config = saved(make_sae("standard"), tmp_path / "sae")
    cfg, weights = tmp_path / "sae" / "cfg.json", tmp_path / "sae" / "sae_weights.safetensors"
    if spoil == "cfg":
        cfg.write_text("{not json")
    elif spoil == "architecture":
        cfg.write_text(json.dumps({**json.loads(cfg.read_text()), "architecture": "unheard_of"}))
    elif spoil == "weights":
        weights.write_bytes(weights.read_bytes()[:200])
    else:
        weights.unlink()
    with expect_sentence(ModelError, str(tmp_path / "sae"), "cannot be loaded"):
        load_features(config, model)


@pytest.mark.parametrize(
    ("settings", "parts"),
    [
        ({"release": "gpt2-small-res-jbb", "id": "x"}, ("'gpt2-small-res-jbb'", "did you mean 'gpt2-small-res-jb'")),
        ({"release": "gpt2-small-res-jb", "id": "nonsense"}, ("'nonsense'", "'gpt2-small-res-jb'")),
        (
            {"release": "gpt2-small-res-jb", "id": "blocks.8.hook_resid_prr"},
            ("did you mean 'blocks.8.hook_resid_pre'",),
        ),
        ({"release": "gpt2-small-res-jb"}, ("sae.release", "sae.id", "go together")),
        ({"id": "blocks.8.hook_resid_pre"}, ("sae.release", "sae.id", "go together")),
        ({}, ("no SAE is known for 'tiny-llama'", "sae.path")),
    ],
)
def test_an_unknown_release_or_id_is_named(model, settings, parts):
    with expect_sentence(InputError, *parts):
        load_features(SaeConfig(**settings), model)


def test_a_path_wins_over_a_release(model, tmp_path):
    folder = saved(make_sae("standard"), tmp_path / "mine").path
    reader = load_features(SaeConfig(release="gpt2-small-res-jb", id="nonsense", path=folder), model)
    assert reader.info.name == "mine"
