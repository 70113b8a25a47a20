"""The shipped SAEs and their atlases: how good they are, and the features that docs/sae.md shows by name."""

from __future__ import annotations

import re
import string

import pytest

from hera_desktop.engine.atlas.places import find_atlas
from hera_desktop.engine.atlas.store import Atlas
from hera_desktop.engine.config import SaeConfig
from hera_desktop.engine.hera import load_model
from hera_desktop.engine.places import shipped
from hera_desktop.engine.sae import FeatureReader, load_features, shipped_saes
from hera_desktop.engine.sae_evaluation import measure_sae

pytestmark = pytest.mark.real
PROSE = shipped("..", "shared", "data", "corpus", "mix_val.txt.gz")
HELD_OUT = (shipped("data", "held_out.txt"), *([PROSE] if PROSE.exists() else []))
PLACE_WORDS = """
france paris london england germany berlin spain madrid italy rome europe america china india japan tokyo new
york city africa russia canada mexico australia california texas washington states kingdom asia north south
delhi brazil british french toronto atlantic moscow athens oslo sydney chicago los angeles francisco boston
vienna capital
"""


@pytest.fixture(scope="module")
def model(module_config):
    return load_model(module_config)[0]


@pytest.fixture(scope="module")
def module_config():
    from hera_desktop.engine.config import load_config

    return load_config(None, ["experiment.device=cpu"], environment={})


@pytest.fixture(scope="module", params=(0, 1), ids=("block 7", "block 15"))
def reader(request, model) -> FeatureReader:
    return load_features(SaeConfig(path=str(shipped_saes(model)[request.param])), model)


@pytest.fixture(scope="module")
def atlas(reader):
    path = find_atlas(reader.folder, reader.info.fingerprint)
    assert path is not None
    with Atlas.open(path) as opened:
        yield opened


def active(model, reader: FeatureReader, text: str, token: str, count: int = 10) -> list[int]:
    """The strongest features of the last ``token`` in a text."""
    ids = model.tokenize(text)
    tokens = model.token_strings(ids)
    at = len(tokens) - 1 - tokens[::-1].index(token)
    hook = reader.info.hook_name
    hidden = model.forward(model.batch([ids]), [hook], last_block=reader.block).captured[hook][0, at]
    return [f.id for f in reader.active(reader.activations(hidden), 0.0, count, 0.5)]


def peaks(atlas: Atlas, feature: int) -> list[str]:
    """The token at which each of the top contexts peaks."""
    return [example.tokens[example.peak] for example in atlas.page(feature).ranges[0].examples]


def share(words: list[str], belongs) -> float:
    return sum(bool(belongs(word)) for word in words) / max(1, len(words))


def test_the_shipped_saes_are_good_on_held_out_text(model, reader):
    quality = measure_sae(model, reader.sae, HELD_OUT, tokens=8_000, loss_tokens=1_000)
    assert quality.features >= 4608
    assert quality.explained_variance >= 0.70
    assert quality.explained_variance_typical >= 0.70
    assert quality.ce_loss_score >= 0.90
    assert quality.l0 <= 40
    assert quality.dead <= 0.15


def test_the_atlas_belongs_to_its_sae(reader, atlas):
    assert atlas.info.sae_fingerprint == reader.info.fingerprint
    assert (atlas.info.hook_name, atlas.info.d_sae) == (reader.info.hook_name, reader.info.d_sae)
    assert (atlas.density > 0).mean() > 0.85


def test_paris_has_a_feature_of_places(model, reader, atlas):
    found = active(model, reader, "The capital of France is Paris.", " Paris")
    words = {f: [peak.strip().casefold() for peak in peaks(atlas, f)] for f in found}
    assert any(share(peaked, lambda word: word in PLACE_WORDS.split()) > 0.5 for peaked in words.values()), words


@pytest.mark.parametrize(
    ("text", "token", "belongs"),
    [
        ("In 1984 there were 37 of them.", "7", lambda word: bool(re.fullmatch(r"\s*\d+", word))),
        ("How are you today? I am fine.", "?", lambda word: "?" in word),
        (
            "def add(a, b):\n    return a + b\n",
            " return",
            lambda word: (
                word.strip() in {"return", "def", "self"}
                or (word.strip() and set(word.strip()) <= set(string.punctuation))
            ),
        ),
    ],
    ids=("digits", "question marks", "code"),
)
def test_features_fire_on_what_they_should(model, reader, atlas, text, token, belongs):
    found = active(model, reader, text, token)
    shares = {f: share(peaks(atlas, f), belongs) for f in found}
    assert max(shares.values()) > 0.7, {f: peaks(atlas, f) for f in found}


def test_all_that_is_shipped_stays_small():
    files = [file for file in shipped("resources").rglob("*") if file.is_file()]
    assert sum(file.stat().st_size for file in files) < 60e6
