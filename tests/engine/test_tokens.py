from __future__ import annotations

import pytest
import torch

from hera_desktop.engine.tokens import PADDING_SEGMENT, TokenBatch, lay_out, single

TEXTS = [tuple(range(10 * n, 10 * n + length)) for n, length in enumerate((3, 9, 1, 5, 7, 2, 12))]


def values(batch: TokenBatch) -> torch.Tensor:
    """The ids themselves as activations, ``(rows, width, 1)``."""
    return batch.ids[:, :, None].float()


def test_packing_is_deterministic():
    first, second = lay_out(TEXTS, 12, pack=True), lay_out(TEXTS, 12, pack=True)
    assert torch.equal(first.ids, second.ids)
    assert torch.equal(first.segments, second.segments)


def test_packing_takes_fewer_rows_than_texts():
    batch = lay_out(TEXTS, 12, pack=True)
    assert batch.packed
    assert batch.ids.shape[0] < len(TEXTS)
    assert batch.ids.shape[1] <= 12


@pytest.mark.parametrize("pack", [True, False])
def test_gather_keeps_texts_and_their_order(pack):
    batch = lay_out(TEXTS, 12, pack=pack)
    assert batch.texts == tuple(TEXTS)
    assert batch.gather(values(batch)).flatten().tolist() == [token for text in TEXTS for token in text]
    owners = [n for n, text in enumerate(TEXTS) for _ in text]
    assert batch.text_index.tolist() == owners
    assert batch.n_tokens == len(owners)


@pytest.mark.parametrize("pack", [True, False])
def test_every_text_counts_its_own_positions(pack):
    batch = lay_out(TEXTS, 12, pack=pack)
    positions = batch.positions.flatten()[batch.flat_index].tolist()
    assert positions == [place for text in TEXTS for place in range(len(text))]


def test_mask_is_causal_within_a_text_and_closed_between_texts():
    batch = lay_out(TEXTS, 12, pack=True)
    mask = batch.mask(torch.float32)
    assert mask.shape == (batch.ids.shape[0], 1, batch.ids.shape[1], batch.ids.shape[1])
    lowest = torch.finfo(torch.float32).min
    for row, segments in enumerate(batch.segments.tolist()):
        for i, mine in enumerate(segments):
            for j, other in enumerate(segments):
                open_ = mine == other and j <= i
                assert mask[row, 0, i, j].item() == (0 if open_ else lowest)


def test_mask_has_the_dtype_it_is_asked_for():
    mask = lay_out(TEXTS, 12, pack=True).mask(torch.bfloat16)
    assert mask.dtype == torch.bfloat16
    assert mask.isfinite().all()


def test_without_packing_every_row_is_one_text_padded_on_the_right():
    batch = lay_out(TEXTS, 5, pack=False)
    assert not batch.packed
    assert batch.mask(torch.float32) is None
    assert batch.ids.shape == (len(TEXTS), 12)
    for row, text in enumerate(TEXTS):
        assert batch.ids[row, : len(text)].tolist() == list(text)
        assert batch.segments[row].tolist() == [row] * len(text) + [PADDING_SEGMENT] * (12 - len(text))


def test_a_text_longer_than_the_width_widens_the_rows():
    batch = lay_out([(1,) * 20, (2,) * 3], 8, pack=True)
    assert batch.ids.shape[1] == 20
    assert batch.gather(values(batch)).flatten().tolist() == [1.0] * 20 + [2.0] * 3


def test_single_has_no_mask_of_its_own():
    batch = single((4, 5, 6))
    assert batch.ids.tolist() == [[4, 5, 6]]
    assert batch.mask(torch.float32) is None


def test_texts_that_share_no_row_need_no_mask():
    batch = lay_out([(1,) * 8, (2,) * 8], 8, pack=True)
    assert not batch.packed
    assert batch.mask(torch.float32) is None


def test_moving_keeps_the_layout():
    batch = lay_out(TEXTS, 12, pack=True)
    moved = batch.to(torch.device("cpu"))
    assert moved.texts == batch.texts
    assert moved.packed
    assert torch.equal(moved.segments, batch.segments)


def test_packed_rows_are_no_wider_than_their_number_needs():
    texts = [[1] * n for n in (30, 30, 30, 30, 20, 20, 20, 20)]
    batch = lay_out(texts, width=128, pack=True)
    assert batch.ids.shape == (2, 110)  # rows of 128 would be filled to 120 and 80
    assert batch.n_tokens == 200
