"""An SAE is trained, stopped, resumed and measured."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import torch

from hera_desktop.engine.config import SaeConfig
from hera_desktop.engine.errors import Cancelled, InputError
from hera_desktop.engine.sae import load_features
from hera_desktop.engine.sae_evaluation import measure_sae
from hera_desktop.engine.sae_training import ARCHITECTURES, SaeTraining, TrainingFigures, checkpoint_of, train_sae
from hera_desktop.engine.self_text import write_self_text
from tests import tiny

from .samples import expect_sentence

HOOK = "blocks.1.hook_out"


@pytest.fixture(scope="module")
def model():
    return tiny.language_model("llama")


@pytest.fixture
def spec(text):
    sizes = {"width": 64, "k": 8, "tokens": 30_000, "batch_tokens": 256, "context": 32}
    return SaeTraining("blocks.1.hook_resid_post", (text,), learning_rate=5e-3, **sizes)


def small(spec: SaeTraining, **changes: object) -> SaeTraining:
    return replace(spec, tokens=6_000, **changes)


class StopAfter:
    """Says yes from the ``count``-th question on."""

    def __init__(self, count: int) -> None:
        self.left = count

    def __call__(self) -> bool:
        self.left -= 1
        return self.left < 0


def test_a_trained_sae_loads_and_explains_more_than_an_untrained_one(model, spec, text, tmp_path):
    told: list[TrainingFigures] = []
    out = train_sae(model, spec, tmp_path / "sae", figures=told.append)
    reader = load_features(SaeConfig(path=str(out)), model)
    assert (reader.info.hook_name, reader.info.architecture) == (HOOK, "topk")
    quality = measure_sae(model, reader.sae, text, tokens=2_000, loss_tokens=500, context=32)
    untrained = measure_sae(model, tiny.random_sae(), text, tokens=2_000, loss_tokens=500, context=32)
    assert quality.explained_variance > max(0.3, untrained.explained_variance)
    assert quality.ce_loss_score > untrained.ce_loss_score
    assert quality.kl < untrained.kl
    assert quality.l0 <= 8.0
    assert told[-1].explained_variance > told[0].explained_variance
    assert told[-1].tokens == pytest.approx(30_000, abs=3_000)
    record = json.loads((out / "training.json").read_text())
    assert (record["hook_name"], record["text"], record["k"]) == ("blocks.1.hook_resid_post", ["text"], 8)
    assert not (out / "checkpoint").exists()


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_every_architecture_trains_and_loads(model, spec, text, tmp_path, architecture):
    out = train_sae(model, small(spec, architecture=architecture, autocast=True), tmp_path / "sae")
    reader = load_features(SaeConfig(path=str(out)), model)
    assert reader.info.architecture == ("topk" if architecture == "topk" else "jumprelu")
    quality = measure_sae(model, reader.sae, text, tokens=1_000, loss_tokens=200, context=32)
    assert 0 < quality.l0 < spec.width
    assert quality.architecture == reader.info.architecture


def test_a_cancelled_training_goes_on_from_its_checkpoint(model, spec, text, tmp_path):
    out, told = tmp_path / "sae", []
    with pytest.raises(Cancelled, match="resumed"):
        train_sae(model, spec, out, cancelled=StopAfter(60))
    assert checkpoint_of(out) == replace(spec, text=(text.resolve(),))
    with expect_sentence(InputError, "unfinished"):
        train_sae(model, spec, out)
    train_sae(model, checkpoint_of(out), out, figures=told.append, resume=True)
    assert told[0].tokens > 60 * 256  # it did not start over
    assert told[0].explained_variance > 0.2
    quality = measure_sae(model, load_features(SaeConfig(path=str(out)), model).sae, text, 1_000, 200, 32)
    assert quality.explained_variance > 0.3


def test_a_training_killed_while_it_changed_checkpoints_goes_on_from_the_new_one(model, spec, tmp_path):
    out = tmp_path / "sae"
    with pytest.raises(Cancelled):
        train_sae(model, small(spec), out, cancelled=StopAfter(10))
    (out / "checkpoint").rename(out / "checkpoint.new")  # the old one is gone, the new one not yet in its place
    with expect_sentence(InputError, "unfinished"):
        train_sae(model, small(spec), out)
    told = []
    train_sae(model, checkpoint_of(out), out, figures=told.append, resume=True)
    assert told[0].tokens > 10 * 256
    assert sorted(path.name for path in out.glob("checkpoint*")) == []


def test_half_a_checkpoint_is_none(model, spec, tmp_path):
    out = tmp_path / "sae"
    with pytest.raises(Cancelled):
        train_sae(model, small(spec), out, cancelled=StopAfter(3))
    (out / "checkpoint" / "progress.json").unlink()
    with expect_sentence(InputError, "no unfinished training"):
        checkpoint_of(out)


def test_resuming_takes_the_same_training_only(model, spec, tmp_path):
    out = tmp_path / "sae"
    with expect_sentence(InputError, "no unfinished training"):
        train_sae(model, spec, out, resume=True)
    with pytest.raises(Cancelled):
        train_sae(model, spec, out, cancelled=StopAfter(3))
    with expect_sentence(InputError, "another k"):
        train_sae(model, replace(spec, k=9), out, resume=True)


def test_training_refuses_a_folder_that_is_not_empty_and_leaves_none_behind(model, spec, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    with expect_sentence(InputError, "not empty"):
        train_sae(model, spec, tmp_path / "full")
    with pytest.raises(Cancelled):
        train_sae(model, spec, tmp_path / "new", cancelled=lambda: True)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"hook_name": "blocks.1.hook_rsid_post"}, "hook_rsid_post"),
        ({"k": 64}, "k 64"),
        ({"tokens": 10}, "tokens 10"),
        ({"architecture": "magic"}, "magic"),
        ({"context": 1}, "context 1"),
        ({"text": ()}, "no text"),
    ],
)
def test_settings_that_cannot_be_used_are_named(model, spec, tmp_path, change, word):
    with expect_sentence(InputError, word):
        train_sae(model, replace(spec, **change), tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_perfect_reconstruction_recovers_all_of_the_loss(model, text):
    """The figures at their ends: an SAE that gives back what it gets, and one that gives nothing."""

    class Identity(torch.nn.Module):
        def __init__(self, sae, scale):
            super().__init__()
            self.cfg, self.W_dec, self.scale = sae.cfg, sae.W_dec, scale

        def encode(self, x):
            return torch.nn.functional.pad(x, (0, self.cfg.d_sae - x.shape[-1]))

        def decode(self, features):
            return self.scale * features[..., : self.cfg.d_in]

    figures = [measure_sae(model, Identity(tiny.random_sae(), s), text, 1_000, 300, 32) for s in (1.0, 0.0)]
    assert figures[0].explained_variance == pytest.approx(1)
    assert figures[0].ce_loss_score == pytest.approx(1)
    assert figures[0].kl == pytest.approx(0, abs=1e-6)
    assert figures[1].explained_variance <= 0
    assert figures[1].ce_loss_score == pytest.approx(0)
    assert figures[1].ce_loss_zero == figures[1].ce_loss_sae
    assert figures[0].dead > 0.5  # the padding never fires


def test_a_model_writes_text_of_its_own(model, tmp_path):
    out = tmp_path / "self.txt"
    assert write_self_text(model, out, tokens=1_000, seed=1) >= 1_000
    again = tmp_path / "again.txt"
    write_self_text(model, again, tokens=1_000, seed=1)
    assert out.read_bytes() == again.read_bytes()
    with expect_sentence(InputError, "exists already"):
        write_self_text(model, out, tokens=10)


def test_a_model_with_a_chat_template_writes_conversations(tmp_path):
    model = tiny.language_model("llama")
    model.tokenizer.chat_template = "{% for m in messages %}<{{ m.role }}>{{ m.content }}</>{% endfor %}"
    out = tmp_path / "self.txt"
    write_self_text(model, out, tokens=100, chat_share=1.0)
    documents = out.read_text(encoding="utf-8").split("\n<|endoftext|>\n")[:-1]
    assert documents
    assert all(document.startswith("<user>") for document in documents)
