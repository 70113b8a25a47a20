"""Text in, activations out, and an SAE trained on them."""

from __future__ import annotations

import gzip
import json

import pytest
import torch

from hera_desktop.engine.activations import activation_batches, contexts, read_documents
from hera_desktop.engine.config import SaeConfig
from hera_desktop.engine.errors import Cancelled, InputError
from hera_desktop.engine.sae import load_features
from hera_desktop.engine.sae_training import SaeTraining, measure_sae, train_sae
from tests import tiny


@pytest.fixture
def text(tmp_path):
    path = tmp_path / "text"
    path.mkdir()
    words = ("the cat sat on the mat and looked at the moon ", "one two three four five six seven ")
    (path / "a.txt").write_text("\n<|endoftext|>\n".join(w * 40 for w in words), encoding="utf-8")
    with gzip.open(path / "b.txt.gz", "wt", encoding="utf-8") as packed:
        packed.write("numbers and letters follow each other " * 60)
    return path


@pytest.fixture(scope="module")
def model():
    return tiny.language_model("llama")


def quiet(what: str, share: float | None) -> None:
    assert what


def test_documents_are_split_at_separators_and_read_from_packed_files(text):
    assert len(list(read_documents(text))) == 3
    assert len(list(read_documents(text / "b.txt.gz"))) == 1


@pytest.mark.parametrize(("name", "word"), [("none", "does not exist"), ("empty", "holds no text")])
def test_text_that_cannot_be_used(tmp_path, name, word):
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match=word):
        list(read_documents(tmp_path / name))


def test_activations_leave_out_the_first_position_and_match_the_hook(model, text):
    stream = activation_batches(model, "blocks.1.hook_out", text, length=16, rows=3, skip_positions=1, endless=False)
    first = next(stream)
    pieces = [piece for _, piece in zip(range(3), contexts(model, text, 16), strict=False)]
    batch = model.batch([pieces[0]])
    alone = model.forward(batch, ["blocks.1.hook_out"]).captured["blocks.1.hook_out"][0, 1:]
    assert first.shape == (3 * 15, tiny.D_MODEL)
    torch.testing.assert_close(first[:15], alone, atol=1e-4, rtol=1e-4)


def test_a_trained_sae_loads_and_explains_more_than_an_untrained_one(model, text, tmp_path):
    shares = []
    sizes = {"width": 64, "k": 8, "tokens": 30_000, "batch_tokens": 256, "context": 32}
    spec = SaeTraining("blocks.1.hook_resid_post", text, learning_rate=5e-3, **sizes)
    out = train_sae(model, spec, tmp_path / "sae", lambda what, share: shares.append(share))
    reader = load_features(SaeConfig(path=str(out)), model)
    assert reader.info.hook_name == "blocks.1.hook_out"
    assert reader.info.architecture == "topk"
    quality = measure_sae(model, reader.sae, text, tokens=2_000, context=32)
    untrained = measure_sae(model, tiny.random_sae(), text, tokens=2_000, context=32)
    assert quality.explained_variance > max(0.3, untrained.explained_variance)
    assert quality.l0 <= 8.0
    assert json.loads((out / "training.json").read_text())["hook_name"] == "blocks.1.hook_resid_post"
    assert shares[-1] > 0.5


def test_training_refuses_a_folder_that_is_not_empty_and_can_be_cancelled(model, text, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    spec = SaeTraining("blocks.1.hook_out", text, width=32, k=4, tokens=4_000, batch_tokens=256, context=32)
    with pytest.raises(InputError, match="not empty"):
        train_sae(model, spec, tmp_path / "full", quiet)
    with pytest.raises(Cancelled):
        train_sae(model, spec, tmp_path / "new", quiet, lambda: True)
    assert not (tmp_path / "new").exists()


def test_an_unknown_hook_is_named(model, text, tmp_path):
    spec = SaeTraining("blocks.1.hook_rsid_post", text)
    with pytest.raises(InputError, match="hook_rsid_post"):
        train_sae(model, spec, tmp_path / "new", quiet)
