"""Text in, activations out."""

from __future__ import annotations

import pytest
import torch

from hera_desktop.engine.activations import activation_batches, contexts, read_documents
from hera_desktop.engine.errors import InputError
from tests import tiny


@pytest.fixture(scope="module")
def model():
    return tiny.language_model("llama")


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


def test_several_texts_are_mixed_by_their_size(tmp_path):
    """A text three times as large gives three times as many documents all the way through."""
    for name, count in (("large", 60), ("small", 20)):
        documents = [f"{name} {number:03d} " + "x" * 80 for number in range(count)]
        (tmp_path / f"{name}.txt").write_text("\n<|endoftext|>\n".join(documents), encoding="utf-8")
    found = [d.split()[0] for d in read_documents((tmp_path / "large.txt", tmp_path / "small.txt"))]
    assert len(found) == 80
    for start in range(0, 80, 20):
        assert found[start : start + 20].count("small") == pytest.approx(5, abs=1)


def test_reading_goes_on_where_it_stopped(model, text):
    options = {"length": 16, "rows": 2, "skip_positions": 1, "endless": True}
    whole = activation_batches(model, "blocks.1.hook_out", text, **options)
    batches = [next(whole) for _ in range(5)]
    rest = activation_batches(model, "blocks.1.hook_out", text, **options, skip_contexts=6)
    torch.testing.assert_close(next(rest), batches[3])


def test_overlong_skipping_starts_the_text_over(model, text):
    pieces = len(list(contexts(model, text, 16)))
    options = {"length": 16, "rows": 1, "skip_positions": 1, "endless": True}
    first = next(activation_batches(model, "blocks.1.hook_out", text, **options))
    again = next(activation_batches(model, "blocks.1.hook_out", text, **options, skip_contexts=pieces))
    torch.testing.assert_close(again, first)
