"""An atlas file: what is written comes back, and what is no atlas is refused in one sentence."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading

import numpy as np
import pytest

from hera_desktop.engine.atlas.page_data import BINS, Examples, PageData, Ranked, pack, unpack
from hera_desktop.engine.atlas.store import Atlas
from hera_desktop.engine.atlas.writer import Columns, Texts, write_atlas
from hera_desktop.engine.errors import InputError, MachineError, ModelError

from . import atlases
from .samples import expect_sentence, small_disk

TEXT = [f" w{i}" for i in range(atlases.LENGTH)]


@pytest.fixture
def file(tmp_path):
    """Feature 0 fires on tokens 5 and 6 and far away on 30, and has a second range; feature 1 never fired."""
    vocabulary = atlases.Vocabulary()
    contexts = np.stack([vocabulary.ids(*["x"] * atlases.LENGTH), vocabulary.ids(*TEXT)])
    examples = Examples(
        sizes=np.array([1, 0, 1, 0, 0]),
        contexts=np.array([1, 1]),
        peaks=np.array([5, 39]),
        counts=np.array([2, 2]),
        positions=np.array([5, 6, 30, 39]),
        shares=np.array([1.0, 0.5, 0.25, 0.6]),
    )
    pages = [atlases.page(vocabulary, "first", " up", " down", examples), atlases.page(vocabulary, "never", "a", "b")]
    columns = Columns(np.array([0.03, 0]), np.array([4.5, 0]), np.array([8, 0]))
    path = tmp_path / "atlas.sqlite"
    write_atlas(path, atlases.info(2), columns, Texts(contexts, vocabulary.spell), pages)
    return path


def test_a_page_comes_back_as_it_was_written(file):
    with Atlas.open(file) as atlas:
        page = atlas.page(0)
    assert (page.id, page.auto_name, page.density, page.mean, page.max) == (0, "first", pytest.approx(0.03), 4.5, 8.0)
    assert not page.dead
    assert [(entry.token, entry.logit) for entry in page.positive] == [(" up", 1.5)]
    assert [(entry.token, entry.logit) for entry in page.negative] == [(" down", -2.5)]
    assert [(near.id, near.value) for near in page.neighbours] == [(1, 0.5), (0, 0.25)]
    assert [(near.id, near.value) for near in page.coactive] == [(2, 1.0)]
    assert page.histogram.counts == tuple(range(BINS))
    assert (page.histogram.edges[0], page.histogram.edges[-1], len(page.histogram.edges)) == (0, 8, BINS + 1)


def test_examples_show_twenty_tokens_before_the_peak_and_ten_after(file):
    with Atlas.open(file) as atlas:
        top, half = atlas.page(0).ranges
    first, second = top.examples[0], half.examples[0]
    assert (top.label, top.low, top.high) == ("Top", 8.0, 8.0)
    assert (half.label, half.low, half.high) == ("50–75 %", 4.0, 6.0)
    assert first.tokens == tuple(TEXT[:16])
    assert first.peak == 5
    assert first.activation == 8.0
    assert first.activations[5:8] == (8.0, 4.0, 0.0)
    assert second.tokens == tuple(TEXT[19:])
    assert second.activation == pytest.approx(4.8, rel=1e-3)
    assert second.activations[30 - 19] == 2.0


def test_a_dead_feature_has_neither_ranges_nor_histogram(file):
    with Atlas.open(file) as atlas:
        page = atlas.page(1)
        assert page.dead
        assert page.ranges == ()
        assert page.histogram.counts == page.histogram.edges == ()
        assert page.positive[0].token == "a"


def test_columns_and_names_are_there_at_once(file):
    with Atlas.open(file) as atlas:
        assert atlas.path == file
        assert atlas.info == atlases.info(2)
        assert atlas.names == ["first", "never"]
        assert atlas.density.dtype == atlas.mean.dtype == atlas.max.dtype == np.float32
        assert atlas.max.tolist() == [8.0, 0.0]
        assert atlas.raised_tokens(0) == (" up",)


@pytest.mark.parametrize("feature", [2, -1, 9999])
def test_a_feature_that_is_not_there_is_named(file, feature):
    with Atlas.open(file) as atlas, expect_sentence(InputError, f"feature {feature} is out of range", "0 to 1"):
        atlas.page(feature)


def test_packing_keeps_every_array():
    random = np.random.default_rng(0)
    counts = np.array([1, 3, 0, 2])
    peaks = np.array([30, 1000, 20, 25])
    examples = Examples(
        sizes=np.array([2, 1, 0, 0, 1]),
        contexts=np.array([0, 70_000, 3, 2]),
        peaks=peaks,
        counts=counts,
        positions=np.repeat(peaks, counts) + np.array([0, -20, 0, 10, -1, 0]),
        shares=np.array([1, 0.25, 0.5, 0.125, 1 / 64, 0.75]),
    )
    few = Ranked(np.array([200_000, 3]), np.array([1.5, -2.5]))
    before = PageData("n", random.integers(0, 10**6, BINS), few, few, few, few, examples)
    after = unpack(pack(before), "n")
    for name in ("sizes", "contexts", "peaks", "counts", "positions", "shares"):
        assert getattr(after.examples, name).tolist() == getattr(examples, name).tolist(), name
    assert after.histogram.tolist() == before.histogram.tolist()
    assert after.coactive.ids.tolist() == few.ids.tolist()
    assert after.coactive.values.tolist() == few.values.tolist()


# --- files that cannot be used --------------------------------------------------------------------------------------


def test_a_missing_file_and_a_folder(tmp_path):
    for path in (tmp_path / "none.sqlite", tmp_path):
        with expect_sentence(InputError, str(path), "does not exist"):
            Atlas.open(path)


@pytest.mark.parametrize("content", [b"", b"short", b"x" * 5000, b"SQLite format 3\0"])
def test_a_file_that_is_no_database(tmp_path, content):
    path = tmp_path / "atlas.sqlite"
    path.write_bytes(content)
    with expect_sentence(ModelError, str(path), "damaged or not a feature atlas"):
        Atlas.open(path)


def test_a_database_of_another_program(tmp_path):
    path = tmp_path / "other.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    with expect_sentence(ModelError, str(path), "another program"):
        Atlas.open(path)


def test_a_newer_schema(file):
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with expect_sentence(ModelError, str(file), "schema 99", "update"):
        Atlas.open(file)


@pytest.mark.parametrize("share", [0.1, 0.3, 0.6, 0.9])
def test_a_truncated_file_is_damaged(file, share):
    """Wherever it is cut, there is one sentence, at the latest when what is missing is read."""
    data = file.read_bytes()
    file.write_bytes(data[: int(share * len(data))])
    with expect_sentence(ModelError, str(file), "damaged"), Atlas.open(file) as atlas:
        atlas.page(0)
        atlas.search("first")
        atlas.search("zz")


@pytest.mark.parametrize("name", ["density", "names", "contexts", "tokens"])
@pytest.mark.parametrize("data", [b"", b"abc"])
def test_a_damaged_array_is_one_sentence(file, name, data):
    connection = sqlite3.connect(file)
    connection.execute("UPDATE arrays SET data = ? WHERE name = ?", (data, name))
    connection.commit()
    connection.close()
    with expect_sentence(ModelError, str(file), "damaged"):
        Atlas.open(file)


def test_damaged_pages_are_one_sentence(file):
    connection = sqlite3.connect(file)
    connection.execute("UPDATE pages SET data = ? WHERE feature = 0", (b"abc",))
    connection.execute("DELETE FROM pages WHERE feature = 1")
    connection.commit()
    connection.close()
    with Atlas.open(file) as atlas:
        for feature in (0, 1):
            with expect_sentence(ModelError, str(file), "damaged"):
                atlas.page(feature)


def test_a_name_with_marks_of_an_address_and_a_read_only_folder(tmp_path):
    folder = tmp_path / "a b#c?d%20"
    folder.mkdir()
    path = atlases.write(folder / "at las?.sqlite", [("one", "a", "b", [" c"])])
    path.chmod(0o444)
    folder.chmod(0o555)
    with Atlas.open(path) as atlas:
        assert atlas.names == ["one"]
    assert [entry.name for entry in folder.iterdir()] == [path.name]


# --- writing --------------------------------------------------------------------------------------------------------


def test_a_failing_page_leaves_the_older_file(file):
    before = file.read_bytes()

    def pages():
        yield atlases.page(atlases.Vocabulary(), "new", "a", "b")
        raise KeyboardInterrupt

    columns = Columns(*(np.zeros(2) for _ in range(3)))
    with pytest.raises(KeyboardInterrupt):
        write_atlas(
            file, atlases.info(2), columns, Texts(np.zeros((1, 8), int), lambda ids: ["a" for _ in ids]), pages()
        )
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path):
    (tmp_path / "file").touch()
    with expect_sentence(MachineError, "cannot be written"):
        atlases.write(tmp_path / "file" / "atlas.sqlite", [("one", "a", "b", [" c"])])


def test_a_full_disk_is_one_sentence(tmp_path):
    with small_disk(tmp_path / "disk", "100k") as folder:
        with expect_sentence(MachineError, "atlas", "cannot be written"):
            atlases.write(folder / "atlas.sqlite", [("one", "a", "b", [" c"])])
        assert list(folder.iterdir()) == []


def test_only_the_contexts_in_use_are_kept(file):
    with Atlas.open(file) as atlas:
        assert len(atlas._contexts) == 1
        assert "x" not in atlas._tokens


# --- threads and imports --------------------------------------------------------------------------------------------


def test_an_atlas_belongs_to_its_thread(file):
    atlas, caught = Atlas.open(file), []

    def use():
        try:
            atlas.page(0)
        except Exception as error:
            caught.append(error)

    thread = threading.Thread(target=use)
    thread.start()
    thread.join()
    atlas.close()
    assert isinstance(caught[0], sqlite3.ProgrammingError)


def test_reading_an_atlas_loads_no_torch():
    code = (
        "import sys\n"
        "from hera_desktop.engine.atlas import export, naming, neuronpedia, places, store, synthetic, writer\n"
        "print('torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
