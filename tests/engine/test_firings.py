"""What is counted from sparse records, against the plain computation on a dense matrix."""

from __future__ import annotations

import numpy as np
import pytest

from hera_desktop.engine.atlas.firings import DENSE, Firings
from hera_desktop.engine.atlas.page_data import AFTER, BEFORE, BINS, PER_RANGE, RANGES, slices

D_SAE, CONTEXTS, LENGTH, SKIP = 12, 60, 50, 2
KEPT = LENGTH - SKIP
TOKENS = CONTEXTS * KEPT


@pytest.fixture(scope="module")
def dense() -> np.ndarray:
    """``(tokens, d_sae)``; feature 3 never fires, feature 0 nearly always, 5 whenever 4 does, 11 once."""
    random = np.random.default_rng(0)
    rates = np.array([0.9, 0.05, 0.02, 0, 0.03, 0.03, 0.2, 0.01, 0.05, 0.04, 0.5, 0])
    acts = np.where(random.random((TOKENS, D_SAE)) < rates, random.exponential(2, (TOKENS, D_SAE)) + 0.1, 0)
    acts[:, 5] = acts[:, 4] / 2
    acts[777, 11] = 3
    return acts.astype(np.float32)


@pytest.fixture(scope="module")
def firings(dense) -> Firings:
    token, feature = np.nonzero(dense)
    return Firings(D_SAE, TOKENS, LENGTH, SKIP, feature.astype(np.int32), token.astype(np.int32), dense[token, feature])


def test_density_mean_and_maximum(dense, firings):
    active = dense > 0
    np.testing.assert_allclose(firings.density, active.mean(0))
    np.testing.assert_allclose(firings.max, dense.max(0))
    expected = dense.sum(0, dtype=np.float64) / np.maximum(1, active.sum(0))
    np.testing.assert_allclose(firings.mean, expected, rtol=1e-6)


def test_histograms_count_every_activation(dense, firings):
    for feature in range(D_SAE):
        values = dense[:, feature][dense[:, feature] > 0]
        expected = np.histogram(values, BINS, (0, values.max()))[0] if len(values) else []
        found = firings.histogram(feature)
        assert found.sum() == len(values)
        assert np.abs(found - expected).sum() <= 2  # rounding at a bin's edge


def test_top_contexts_are_those_with_the_largest_activations(dense, firings):
    by_context = dense.reshape(CONTEXTS, KEPT, D_SAE)
    for feature in (0, 1, 5, 11):
        examples = firings.examples(feature, seed=0)
        top = int(examples.sizes[0])
        peaks = by_context[:, :, feature].max(1)
        best = np.sort(peaks[peaks > 0])[::-1][:PER_RANGE]
        found = by_context[examples.contexts[:top], examples.peaks[:top] - SKIP, feature]
        assert found.tolist() == best.tolist()
        assert len(set(examples.contexts[:top].tolist())) == top


def test_ranges_hold_peaks_between_their_bounds_and_one_a_context(dense, firings):
    peaks = dense.reshape(CONTEXTS, KEPT, D_SAE)[:, :, 1].max(1)
    examples = firings.examples(1, seed=0)
    for (_, low, high), mine in zip(RANGES[1:], slices(examples.sizes)[1:], strict=True):
        shares = peaks / peaks.max()
        allowed = set(np.flatnonzero((shares > low) & (shares <= high)).tolist())
        found = examples.contexts[mine].tolist()
        assert set(found) <= allowed
        assert len(set(found)) == len(found) == min(PER_RANGE, len(allowed))


def test_windows_hold_exactly_the_activations_that_lie_in_them(dense, firings):
    by_context = dense.reshape(CONTEXTS, KEPT, D_SAE)
    for feature in (0, 1, 11):
        examples = firings.examples(feature, seed=0)
        largest = dense[:, feature].max()
        for i, mine in enumerate(slices(examples.counts)):
            row = np.zeros(LENGTH)
            row[SKIP:] = by_context[examples.contexts[i], :, feature]
            peak = int(examples.peaks[i])
            row[: max(0, peak - BEFORE)] = 0
            row[peak + AFTER + 1 :] = 0
            assert examples.positions[mine].tolist() == np.flatnonzero(row).tolist()
            np.testing.assert_allclose(examples.shares[mine] * largest, row[row > 0], rtol=1e-6)


def test_a_feature_that_never_fires_has_no_examples(firings):
    examples = firings.examples(3, seed=0)
    assert examples.sizes.sum() == len(examples.contexts) == len(examples.positions) == 0


def test_the_seed_draws_the_ranges_and_nothing_else(firings):
    one, same, other = (firings.examples(0, seed) for seed in (0, 0, 1))
    top = int(one.sizes[0])
    assert one.contexts.tolist() == same.contexts.tolist() != other.contexts.tolist()
    assert one.contexts[:top].tolist() == other.contexts[:top].tolist()


def test_coactive_features_are_those_on_the_largest_share_of_its_tokens(dense, firings):
    active = dense > 0
    density = active.mean(0)
    for feature, found in enumerate(firings.coactive(4)):
        mine = active[:, feature]
        shares = active[mine].mean(0) if mine.any() else np.zeros(D_SAE)
        shares[density > DENSE] = 0
        shares[feature] = 0
        expected = sorted(range(D_SAE), key=lambda i: (-shares[i], density[i]))[:4]
        expected = [i for i in expected if shares[i] > 0]
        if mine.sum() <= 2000:
            assert found.ids.tolist() == expected
            np.testing.assert_allclose(found.values, shares[expected], atol=1e-5)
    assert next(x for i, x in enumerate(firings.coactive(4)) if i == 4).ids[0] == 5
