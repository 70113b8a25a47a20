from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from sae_lens import SAE
from sae_lens.registry import SAE_CLASS_REGISTRY, SAE_TRAINING_CLASS_REGISTRY
from safetensors.torch import save_file
from torch import Tensor
from transformers import GPT2Config, GPT2LMHeadModel

from hera_desktop.engine.config import SaeConfig
from hera_desktop.engine.errors import InputError, MachineError, ModelError
from hera_desktop.engine.loading import LoadedModel
from hera_desktop.engine.model import LanguageModel
from hera_desktop.engine.sae import FeatureReader, load_features, resolve_release
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
TRAINING_EXTRA = {
    "topk": {"k": 6},
    "batchtopk": {"k": 6},
    "matryoshka_batchtopk": {"k": 6, "matryoshka_widths": [12, 24, D_SAE]},
}
TRAINED = ["standard", "gated", "topk", "batchtopk", "jumprelu", "matryoshka_batchtopk"]
ARCHITECTURES = [name for name in SAE_CLASS_REGISTRY if name != "temporal"]


@pytest.fixture(scope="module")
def model() -> LanguageModel:
    return tiny.language_model("llama")


@pytest.fixture(scope="module")
def hidden(model) -> Tensor:
    hook = "blocks.1.hook_out"
    return model.forward(ids(model, "The capital of France is"), [hook]).captured[hook][0].clone()


def make_sae(architecture: str, d_in: int = D_IN, **settings: object) -> SAE:
    coder = {"d_out": d_in, "apply_b_dec_to_input": False} if "transcoder" in architecture else {}
    cls, config = SAE_CLASS_REGISTRY[architecture]
    return filled(cls(config(d_in=d_in, d_sae=D_SAE, device="cpu", **EXTRA.get(architecture, {}), **coder, **settings)))


def make_trained(architecture: str) -> SAE:
    cls, config = SAE_TRAINING_CLASS_REGISTRY[architecture]
    sae = filled(cls(config(d_in=D_IN, d_sae=D_SAE, device="cpu", **TRAINING_EXTRA.get(architecture, {}))))
    if "topk_threshold" in dict(sae.named_buffers()):
        sae.topk_threshold.fill_(0.3)
    return sae


def filled(sae: SAE) -> SAE:
    """The SAE with random weights and the hook point it reads."""
    generator = torch.Generator().manual_seed(3)
    with torch.no_grad():
        for name, parameter in sae.named_parameters():
            scale = 0.05 if "thr" in name or name.startswith("b_") else 0.3
            values = torch.randn(parameter.shape, generator=generator) * scale
            parameter.copy_(values.abs() if name == "threshold" else values)  # which training keeps from going below 0
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
    assert_codes_like_saelens(reader, tmp_path / "sae", hidden)


def assert_codes_like_saelens(reader: FeatureReader, folder: Path, hidden: Tensor) -> None:
    """Encoding and decoding give what SAELens gives that loads the folder itself; and the activations along the unit
    directions, with what is decoded from nothing, are the reconstruction."""
    own = SAE.load_from_disk(str(folder), device="cpu")
    with torch.inference_mode():
        acts, found = own.encode(hidden), reader.sae.encode(hidden)
        assert torch.equal(found, acts)
        assert acts.count_nonzero() > 0
        assert torch.equal(reader.sae.decode(found), own.decode(acts))
        nothing = own.decode(torch.zeros_like(acts))
        summed = reader.activations(hidden) @ reader.directions(list(range(D_SAE))).T + nothing
        torch.testing.assert_close(summed, own.decode(acts), rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("architecture", TRAINED)
def test_every_training_architecture_loads_as_it_is_saved_for_use(model, hidden, tmp_path, architecture):
    trained = make_trained(architecture)
    trained.save_inference_model(str(tmp_path / "sae"))
    reader = load_features(SaeConfig(path=str(tmp_path / "sae")), model)
    assert reader.info.architecture == ("jumprelu" if "batchtopk" in architecture else architecture)
    assert (reader.info.hook_name, reader.info.d_in, reader.info.d_sae) == ("blocks.1.hook_out", D_IN, D_SAE)
    assert_codes_like_saelens(reader, tmp_path / "sae", hidden)
    if "batchtopk" not in architecture:  # whose choice depends on the other tokens of the batch while it is trained
        with torch.inference_mode():
            expected = trained.decode(trained.encode(hidden))
            torch.testing.assert_close(reader.sae.decode(reader.sae.encode(hidden)), expected, rtol=1e-4, atol=1e-4)


def test_a_batchtopk_sae_keeps_the_threshold_it_was_trained_to(model, hidden, tmp_path):
    trained = make_trained("batchtopk")
    trained.save_inference_model(str(tmp_path / "sae"))
    reader = load_features(SaeConfig(path=str(tmp_path / "sae")), model)
    with torch.inference_mode():
        acts = reader.sae.encode(hidden)
    assert acts[acts > 0].min() >= 0.3
    assert torch.equal(reader.sae.threshold, torch.full((D_SAE,), 0.3))


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


def test_what_an_sae_says_of_itself_is_kept(model, tmp_path):
    sae = make_sae("standard")
    plain = load_features(saved(sae, tmp_path / "plain"), model)
    assert (plain.info.neuronpedia_id, plain.folder) == (None, tmp_path / "plain")
    sae.cfg.metadata.neuronpedia_id = "gpt2-small/8-res-jb"
    assert load_features(saved(sae, tmp_path / "known"), model).info.neuronpedia_id == "gpt2-small/8-res-jb"
    assert FeatureReader(sae, "it", model).folder is None


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


# --- releases ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def no_hub(monkeypatch) -> list[tuple]:
    """A hub that does not answer; holds what was asked for."""
    asked: list[tuple] = []

    def unreachable(*args: object, **kwargs: object) -> None:
        asked.append((*args, kwargs["allow_patterns"]))
        raise OSError("Name or service not known")

    monkeypatch.setattr("huggingface_hub.snapshot_download", unreachable)
    return asked


def gpt2(width: int, n_layers: int) -> LanguageModel:
    """GPT-2 of this width, with hardly anything in its MLPs and vocabulary."""
    config = GPT2Config(vocab_size=tiny.VOCAB, n_embd=width, n_layer=n_layers, n_head=4, n_inner=4, n_positions=64)
    return LanguageModel(LoadedModel("gpt2-small", GPT2LMHeadModel(config).eval(), tiny.byte_tokenizer()))


def test_a_release_is_resolved_offline_to_its_hook_point_and_width(no_hub):
    found = resolve_release("gpt2-small-res-jb", "blocks.8.hook_resid_pre")
    assert (found.hook_name, found.d_in, found.d_sae) == ("blocks.8.hook_resid_pre", 768, 24576)
    assert (found.repo, found.path) == ("jbloom/GPT2-Small-SAEs-Reformatted", "blocks.8.hook_resid_pre")
    assert found.neuronpedia_id == "gpt2-small/8-res-jb"
    assert no_hub == []


@pytest.mark.parametrize(
    ("release", "sae_id", "hook"),
    [
        ("gpt2-small-res-jb", "blocks.11.hook_resid_post", "blocks.11.hook_resid_post"),
        ("gpt2-small-res-jb-feature-splitting", "blocks.8.hook_resid_pre_3072", "blocks.8.hook_resid_pre"),
        ("gpt2-small-mlp-tm", "blocks.3.hook_mlp_out", "blocks.3.hook_mlp_out"),
        ("gemma-scope-9b-it-res-canonical", "layer_31/width_131k/canonical", None),
    ],
)
def test_the_hook_point_is_the_one_that_the_id_names(release, sae_id, hook):
    assert resolve_release(release, sae_id).hook_name == hook


def test_a_release_that_cannot_be_downloaded_is_one_sentence_with_its_hook_point_and_width(no_hub):
    config = SaeConfig(release="gpt2-small-res-jb", id="blocks.8.hook_resid_pre")
    parts = ("'gpt2-small-res-jb'", "768 to 24576 features", "blocks.8.hook_resid_pre", "hub cannot be", "sae.path")
    with expect_sentence(MachineError, *parts):
        load_features(config, gpt2(768, 9))
    assert no_hub == [("jbloom/GPT2-Small-SAEs-Reformatted", ["blocks.8.hook_resid_pre*"])]


def test_a_release_that_does_not_fit_the_model_is_not_downloaded(no_hub):
    config = SaeConfig(release="gpt2-small-res-jb", id="blocks.8.hook_resid_pre")
    with expect_sentence(ModelError, "'gpt2-small-res-jb/blocks.8.hook_resid_pre' is 768 wide", "d_model 64"):
        load_features(config, gpt2(64, 9))
    with expect_sentence(InputError, "'blocks.8.hook_resid_pre' does not exist"):
        load_features(config, gpt2(768, 2))
    assert no_hub == []
