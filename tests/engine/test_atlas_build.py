"""Building an atlas with a tiny model: what it says is what the model and the SAE say."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from hera_desktop.engine.activations import contexts
from hera_desktop.engine.atlas import build
from hera_desktop.engine.atlas.build import build_atlas
from hera_desktop.engine.atlas.places import atlas_target, find_atlas
from hera_desktop.engine.atlas.store import Atlas
from hera_desktop.engine.errors import Cancelled, InputError
from hera_desktop.engine.sae import FeatureReader
from tests import tiny

from . import atlases
from .samples import expect_sentence

CONTEXT = 32
WORDS = "The ferry left at 7. Where is it? {x: 1} Paris and Rome, for ever. "


@pytest.fixture(scope="module", params=tiny.KINDS)
def reader(request):
    """With thresholds that one activation in ten or so gets over, and one feature that never fires."""
    model = tiny.language_model(request.param)
    sae = tiny.random_sae()
    hook = "blocks.1.hook_out"
    hidden = model.forward(model.batch([model.tokenize(WORDS)]), [hook]).captured[hook][0, 1:]
    with torch.no_grad():
        sae.b_enc.fill_(-float((hidden @ sae.W_enc).quantile(0.9)))
        sae.b_enc[5] = -1e6
    return model, FeatureReader(sae, "random", model)


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    folder = tmp_path_factory.mktemp("text")
    random = np.random.default_rng(0)
    for name in ("a.txt", "b.txt"):
        words = random.choice(WORDS.split(), 400).tolist()
        (folder / name).write_text(" ".join(words), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def built(reader, source, tmp_path_factory):
    model, features = reader
    path = tmp_path_factory.mktemp("atlas") / "atlas.sqlite"
    told = []
    info = build_atlas(
        model,
        features,
        [source / "a.txt", source / "b.txt"],
        path,
        tokens=2_000,
        context=CONTEXT,
        progress=lambda what, share: told.append((what, share)),
    )
    with Atlas.open(path) as atlas:
        yield atlas, info, told


@pytest.fixture(scope="module")
def dense(reader, source, built):
    """Every activation, context by context, read one context at a time: ``(contexts, CONTEXT - 1, d_sae)``."""
    model, features = reader
    pieces = contexts(model, [source / "a.txt", source / "b.txt"], CONTEXT)
    rows = []
    for _, piece in zip(range(built[1].tokens // (CONTEXT - 1)), pieces, strict=False):
        hook = features.info.hook_name
        hidden = model.forward(model.batch([piece]), [hook]).captured[hook][0, 1:]
        rows.append((piece, features.activations(hidden).cpu().numpy()))
    return rows


def test_info_names_sae_model_and_text(reader, built):
    model, features = reader
    atlas, info, told = built
    assert atlas.info == info
    assert (info.sae_name, info.model_name, info.text) == ("random", model.info.name, "a.txt, b.txt")
    assert info.sae_fingerprint == features.info.fingerprint
    assert 2_000 <= info.tokens < 2_000 + build._TOKENS_AT_ONCE
    assert info.tokens % (CONTEXT - 1) == 0
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert 0 <= min(shares) <= max(shares) <= 1


def test_figures_are_those_of_the_activations(built, dense):
    atlas, info, _ = built
    acts = np.concatenate([found for _, found in dense])  # (tokens, d_sae)
    assert len(acts) == info.tokens
    assert 0 < (acts > 0).mean() < 0.5
    np.testing.assert_allclose(atlas.density, (acts > 0).mean(0), atol=2e-3)
    np.testing.assert_allclose(atlas.max, acts.max(0), rtol=1e-3, atol=1e-4)
    mean = acts.sum(0) / np.maximum(1, (acts > 0).sum(0))
    busy = (acts > 0).sum(0) > 20
    np.testing.assert_allclose(atlas.mean[busy], mean[busy], rtol=2e-2)


def test_top_contexts_show_the_text_and_its_activations(reader, built, dense):
    model, _ = reader
    atlas, *_ = built
    feature = int(np.argmax(atlas.max * (atlas.density < 0.3)))
    peaks = sorted((float(found[:, feature].max()) for _, found in dense), reverse=True)
    top = atlas.page(feature).ranges[0]
    assert top.label == "Top"
    assert [e.activation for e in top.examples] == pytest.approx(peaks[: len(top.examples)], rel=1e-2, abs=1e-3)
    piece, found = next(row for row in dense if row[1][:, feature].max() == max(peaks))
    position = int(found[:, feature].argmax()) + 1
    first = top.examples[0]
    start = position - first.peak
    assert first.tokens == model.token_strings(piece[start : start + len(first.tokens)])
    whole = np.concatenate([[0], found[:, feature]])[start : start + len(first.tokens)]
    assert first.activations == pytest.approx(whole.tolist(), rel=1e-2, abs=1e-2)


def test_a_dead_feature_is_named_so_and_keeps_what_its_weights_say(built):
    atlas, *_ = built
    page = atlas.page(5)
    assert page.dead
    assert page.auto_name == "never active"
    assert page.ranges == () and page.coactive == ()
    assert len(page.positive) == len(page.neighbours) == build.LISTED


def test_logit_tokens_are_those_of_the_direct_path(reader, built):
    model, features = reader
    atlas, *_ = built
    logits = model.direct_logits(features.directions([7]).T)[0, : len(model.tokenizer)]
    page = atlas.page(7)
    for entries, sign in ((page.positive, 1), (page.negative, -1)):
        values, ids = (sign * logits).topk(build.LISTED)
        assert [entry.logit for entry in entries] == pytest.approx((sign * values).tolist(), rel=1e-4)
        assert [entry.token for entry in entries] == list(model.token_strings(ids.tolist()))


def test_neighbours_have_the_largest_cosines(reader, built):
    _, features = reader
    atlas, *_ = built
    directions = features.directions(list(range(features.info.d_sae)))
    cosines = directions.T @ directions
    cosines.fill_diagonal_(-1)
    values, ids = cosines[9].topk(build.LISTED)
    near = atlas.page(9).neighbours
    assert [n.id for n in near] == ids.tolist()
    assert [n.value for n in near] == pytest.approx(values.tolist(), abs=1e-3)


def test_the_same_arguments_give_the_same_pages(reader, built, source, tmp_path):
    model, features = reader
    atlas, *_ = built
    text = [source / "a.txt", source / "b.txt"]
    build_atlas(model, features, text, tmp_path / "again.sqlite", tokens=2_000, context=CONTEXT)
    with Atlas.open(tmp_path / "again.sqlite") as again:
        assert [again.page(i) for i in range(96)] == [atlas.page(i) for i in range(96)]


def test_what_fires_can_be_searched_for(built):
    atlas, *_ = built
    found = atlas.search("?")
    pages = [atlas.page(i) for i in range(96)]
    around = [
        {t for e in page.ranges[0].examples for t in e.tokens[max(0, e.peak - 4) : e.peak + 5]}
        if page.ranges
        else set()
        for page in pages
    ]
    logits = [{entry.token for entry in (*page.positive, *page.negative)} for page in pages]
    assert found.tolist() == [
        i for i in range(96) if any("?" in token for token in around[i] | logits[i] | {pages[i].auto_name})
    ]


# --- what can go wrong ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def llama():
    model = tiny.language_model("llama")
    return model, FeatureReader(tiny.random_sae(), "random", model)


@pytest.mark.parametrize("after", [0, 1, 3, 4])
def test_cancelled_it_leaves_no_file_and_an_older_one_alone(llama, source, tmp_path, after):
    model, features = llama
    out = tmp_path / "atlas.sqlite"
    out.write_bytes(b"older")
    asked = iter(range(10_000))
    with pytest.raises(Cancelled):
        build_atlas(model, features, [source], out, 2_000, CONTEXT, cancelled=lambda: next(asked) >= after)
    assert out.read_bytes() == b"older"
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize(
    ("settings", "part"),
    [
        ({"context": 1}, "context 1 is out of range"),
        ({"context": 100_000}, "context 100000 is out of range"),
        ({"context": 8, "skip_positions": 8}, "skip_positions 8 is out of range"),
        ({"tokens": 0}, "tokens 0 is out of range"),
        ({"context": 250, "tokens": 10}, "has no document of 250 tokens"),
    ],
)
def test_sizes_that_cannot_be_used(llama, tmp_path, settings, part):
    model, features = llama
    (tmp_path / "short.txt").write_text("Too short. " * 3, encoding="utf-8")
    with expect_sentence(InputError, part):
        build_atlas(model, features, [tmp_path / "short.txt"], tmp_path / "atlas.sqlite", **settings)
    assert not (tmp_path / "atlas.sqlite").exists()


def test_text_that_does_not_exist_is_named(llama, tmp_path):
    model, features = llama
    with expect_sentence(InputError, "nowhere"):
        build_atlas(model, features, [tmp_path / "nowhere.txt"], tmp_path / "atlas.sqlite")


def test_a_text_with_too_many_activations_is_cut_short(llama, source, tmp_path, monkeypatch):
    model, features = llama
    monkeypatch.setattr(build, "MOST_FIRINGS", 10)
    monkeypatch.setattr(build, "_TOKENS_AT_ONCE", 64)
    info = build_atlas(model, features, [source], tmp_path / "atlas.sqlite", 100_000, CONTEXT)
    assert info.tokens == 2 * (CONTEXT - 1)


def test_the_model_is_left_without_hooks(llama, source, tmp_path):
    from .samples import footprint

    model, features = llama
    before = footprint(model)
    build_atlas(model, features, [source], tmp_path / "atlas.sqlite", 200, CONTEXT)
    assert footprint(model) == before


# --- where it lies ----------------------------------------------------------------------------------------------------

OTHER = "cd" * 32


@pytest.fixture
def data_home(tmp_path, monkeypatch):
    monkeypatch.setenv("HERA_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data"


def make(path, fingerprint=atlases.FINGERPRINT):
    path.parent.mkdir(parents=True, exist_ok=True)
    return atlases.write(path, [("one", "a", "b", [" c"])], fingerprint)


def test_an_atlas_lies_beside_its_sae(tmp_path, data_home):
    folder = tmp_path / "sae"
    folder.mkdir()
    assert find_atlas(folder, atlases.FINGERPRINT) is None
    assert atlas_target(folder, atlases.FINGERPRINT) == folder / "atlas.sqlite"
    made = make(folder / "atlas.sqlite")
    assert find_atlas(folder, atlases.FINGERPRINT) == made
    assert find_atlas(folder, OTHER) is None


def test_without_a_folder_it_lies_in_the_data_folder(data_home):
    target = atlas_target(None, atlases.FINGERPRINT)
    assert target == data_home / "atlases" / "abababababababab.sqlite"
    assert find_atlas(None, atlases.FINGERPRINT) is None
    make(target)
    assert find_atlas(None, atlases.FINGERPRINT) == target


def test_the_shipped_folder_is_read_but_not_written(tmp_path, data_home, monkeypatch):
    resources = tmp_path / "resources"
    monkeypatch.setattr("hera_desktop.engine.atlas.places.shipped", lambda *parts: tmp_path.joinpath(*parts))
    folder = resources / "sae" / "x"
    shipped = make(folder / "atlas.sqlite")
    assert find_atlas(folder, atlases.FINGERPRINT) == shipped
    target = atlas_target(folder, atlases.FINGERPRINT)
    assert target.is_relative_to(data_home)
    own = make(target)
    assert find_atlas(folder, atlases.FINGERPRINT) == own


def test_a_damaged_file_counts_as_none(tmp_path, data_home):
    (tmp_path / "atlas.sqlite").write_bytes(b"nonsense")
    assert find_atlas(tmp_path, atlases.FINGERPRINT) is None
