from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch import Tensor

from hera_desktop.engine.config import ImmuneConfig
from hera_desktop.engine.immune.comparison import Comparison, compare
from hera_desktop.engine.immune.metrics import METRICS, Chunk, Metric, register
from hera_desktop.engine.immune.probe_files import save_probes
from hera_desktop.engine.immune.probes import Probe, ProbeSet
from hera_desktop.engine.immune.snapshot import Building, Snapshot, Unread, top_tokens
from hera_desktop.engine.immune.sweeps import LEAST, SCALE, distribute
from hera_desktop.engine.immune.system import ImmuneSystem, Measurement
from hera_desktop.engine.model import LanguageModel
from hera_desktop.engine.patch_stack import PatchStack
from hera_desktop.engine.patches import Patch
from hera_desktop.engine.records import plain_metrics
from hera_desktop.engine.tokens import TokenBatch, lay_out
from tests import tiny

from .samples import SHORT_PROBES, ids, logits, patch_for, probe_file

PROMPT = "The capital of France is"


@pytest.fixture(scope="module", params=tiny.KINDS)
def model(request) -> LanguageModel:
    return tiny.language_model(request.param)


@pytest.fixture(scope="module")
def settings(tmp_path_factory) -> ImmuneConfig:
    file = probe_file(tmp_path_factory.mktemp("probes"))
    return tiny.config(immune__probes=file).immune


class Lab:
    """An immune system around a model, without an engine."""

    def __init__(self, model: LanguageModel, settings: ImmuneConfig, *active: Patch) -> None:
        self.model, self.stack = model, PatchStack(model)
        self.stack.set(active)
        self.immune = ImmuneSystem(model, self.stack, settings)

    def measure(self, patch: Patch) -> Measurement:
        return self.immune.measure(patch, self.immune.prompt_state(self.model.tokenize(PROMPT), ()), ())

    def logits(self, *patches: Patch) -> list[Tensor]:
        """Logits of each probe on its own in some state, ``(n, d_vocab)`` float64."""
        with self.stack.temporarily(patches):
            return [logits(self.model, text)[0].double() for text in SHORT_PROBES]


@pytest.fixture
def lab(model, settings):
    lab = Lab(model, settings)
    yield lab
    lab.stack.set(())


# --- the measures against a computation by hand -----------------------------------------------------------------------


def js_by_hand(before: Tensor, after: Tensor) -> float:
    log_p, log_q = before.log_softmax(-1)[1:], after.log_softmax(-1)[1:]
    log_m = torch.logaddexp(log_p, log_q) - math.log(2)
    kl_p = (log_p.exp() * (log_p - log_m)).sum(-1)
    kl_q = (log_q.exp() * (log_q - log_m)).sum(-1)
    return ((kl_p + kl_q) / 2 / math.log(2)).mean().item()


def surprise_by_hand(model: LanguageModel, text: str, logits: Tensor) -> Tensor:
    tokens = torch.tensor(model.tokenize(text))
    return -logits.log_softmax(-1)[:-1].gather(1, tokens[1:, None]).squeeze(1)


def test_js_divergence_is_that_of_the_logits_in_bits(lab):
    patch = patch_for(lab.model, size=0.05)
    found = lab.measure(patch).step
    pairs = zip(lab.logits(), lab.logits(patch), strict=True)
    expected = [js_by_hand(p, q) for p, q in pairs]
    assert min(expected) > 1e-4
    assert found.per_text["js_divergence"] == pytest.approx(expected, rel=1e-3, abs=1e-6)
    assert found.overall["js_divergence"] == pytest.approx(sum(expected) / len(expected), rel=1e-3)


def test_ppl_ratio_is_over_the_pooled_tokens(lab):
    patch = patch_for(lab.model, size=0.05)
    found = lab.measure(patch).step
    states = lab.logits(), lab.logits(patch)
    before, after = (
        [surprise_by_hand(lab.model, text, found) for text, found in zip(SHORT_PROBES, state, strict=True)]
        for state in states
    )
    each = [(b.mean() - a.mean()).exp().item() for a, b in zip(before, after, strict=True)]
    pooled = (torch.cat(after).mean() - torch.cat(before).mean()).exp().item()
    assert abs(pooled - 1) > 1e-3
    assert found.per_text["ppl_ratio"] == pytest.approx(each, rel=1e-4)
    assert found.overall["ppl_ratio"] == pytest.approx(pooled, rel=1e-4)


def test_drift_is_measured_after_the_last_block(lab):
    patch = patch_for(lab.model, size=0.05)
    found = lab.measure(patch).step
    hook = f"blocks.{lab.model.info.n_layers - 1}.hook_out"

    def hidden(text: str) -> Tensor:
        return lab.model.forward(ids(lab.model, text), [hook]).captured[hook][0, 1:].double()

    expected = []
    for text in SHORT_PROBES:
        before = hidden(text)
        with lab.stack.trial(patch):
            after = hidden(text)
        expected.append((1 - torch.cosine_similarity(before, after, dim=-1)).mean().item())
    assert max(expected) > 1e-4
    assert found.per_text["cosine_drift"] == pytest.approx(expected, rel=1e-3, abs=1e-6)


def test_entropy_change_and_agreement_by_hand(lab):
    patch = patch_for(lab.model, size=0.05)
    found = lab.measure(patch).step
    entropy, agreement = [], []
    for before, after in zip(lab.logits(), lab.logits(patch), strict=True):
        p, q = before.softmax(-1)[1:], after.softmax(-1)[1:]
        h_p, h_q = -(p * p.log()).nansum(-1), -(q * q.log()).nansum(-1)
        entropy.append(((h_p - h_q).abs() / h_p.clamp_min(1e-6)).mean().item())
        tops = zip(p.topk(5).indices.tolist(), q.topk(5).indices.tolist(), strict=True)
        agreement.append(sum(len({*a} & {*b}) / 5 for a, b in tops) / len(p))
    assert found.per_text["entropy_change"] == pytest.approx(entropy, rel=1e-2, abs=1e-5)
    assert found.per_text["top_k_agreement"] == pytest.approx(agreement)


def test_a_change_of_nothing_measures_neutral(lab):
    found = lab.measure(patch_for(lab.model, size=0.0))
    for comparison in (found.step, found.cumulative, found.prompt_step):
        assert comparison.overall["js_divergence"] == pytest.approx(0, abs=1e-6)
        assert comparison.overall["ppl_ratio"] == 1.0
        assert comparison.overall["cosine_drift"] == pytest.approx(0, abs=1e-6)
        assert comparison.overall["entropy_change"] == 0.0
        assert comparison.overall["top_k_agreement"] == 1.0
    assert found.verdict.level == "safe"


def _building(model: LanguageModel, change: Tensor | None = None) -> Building:
    texts = (*SHORT_PROBES, "A long text leaves padding in a packed row and in a padded one.")
    batch = lay_out([model.tokenize(text) for text in texts], 70, model.batch([(1,), (2,)]).packed)
    last = f"blocks.{model.info.n_layers - 1}.hook_out"
    done = model.forward(batch, [last])
    out, hidden = done.logits.clone(), done.captured[last].flatten(0, 1).clone()
    if change is not None:
        noise = torch.Generator().manual_seed(0)
        out[change] += torch.randn(out[change].shape, generator=noise) * 5
        hidden[change.flatten()] += torch.randn(hidden[change.flatten()].shape, generator=noise) * 5
    return _of(batch, out, hidden)


def _snapshot(model: LanguageModel, change: Tensor | None = None) -> Snapshot:
    return compare(_building(model, change), [])[0]


@pytest.mark.parametrize(("position", "counts"), [(0, False), (1, True)])
def test_position_0_is_left_out(model, position, counts):
    before = _snapshot(model)
    changed = (before.batch.positions == position) & (before.batch.segments >= 0)
    _, [found] = compare(_building(model, changed), [before])
    for name in ("js_divergence", "cosine_drift", "entropy_change"):
        assert (found.overall[name] > 1e-4) == counts
    assert (found.overall["top_k_agreement"] < 1) == counts


def test_padding_is_left_out(model):
    before = _snapshot(model)
    padding = before.batch.segments < 0
    assert padding.any()
    _, [found] = compare(_building(model, padding), [before])
    assert found.overall["js_divergence"] == pytest.approx(0, abs=1e-6)
    assert found.overall["ppl_ratio"] == 1.0


def test_js_divergence_is_symmetric_and_at_most_one_bit(model):
    everywhere = torch.ones_like(_snapshot(model).batch.positions, dtype=torch.bool)
    plain, noisy = _snapshot(model), _snapshot(model, everywhere)
    forth = compare(_building(model, everywhere), [plain])[1][0].per_text["js_divergence"]
    back = compare(_building(model), [noisy])[1][0].per_text["js_divergence"]
    assert forth == pytest.approx(back, rel=1e-4)
    assert all(0.01 < value <= 1 for value in forth)


def test_js_divergence_of_disjoint_distributions_is_one_bit():
    model = tiny.language_model("llama")
    before = _snapshot(model)
    one = torch.full_like(before.kept, LEAST)  # nothing is 0 in a snapshot
    other = one.clone()
    one[:, 0], other[:, 1] = SCALE, SCALE
    zero, sure = torch.zeros_like(before.entropy), torch.ones_like(before.total)
    pair = Chunk(*(replace(before, kept=kept, negentropy=zero, total=sure) for kept in (one, other)), slice(None))
    assert METRICS["js_divergence"].tokens(pair).tolist() == pytest.approx([1.0] * len(one))


def test_over_a_large_vocabulary_rounding_stays_far_below_what_is_shown():
    batch = lay_out([list(range(40))], width=40, pack=False)
    logits = 3 * torch.randn(1, 40, 49152, generator=torch.Generator().manual_seed(0))
    logits[..., :50] += 8
    exact = logits[0].double()

    def building() -> Building:
        return _of(batch, logits)

    before = compare(building(), [])[0]
    after, (nothing,) = compare(building(), [before])
    log_p = exact.log_softmax(-1)
    torch.testing.assert_close(after.entropy.double(), -(log_p.exp() * log_p).sum(-1), rtol=0, atol=1e-5)
    torch.testing.assert_close(after.probs(7).double(), log_p[7].exp(), rtol=1.1 * 2**-11, atol=2 * LEAST / SCALE)
    surprise = -log_p[:-1].gather(1, batch.ids[0, 1:, None]).squeeze(1)
    torch.testing.assert_close(after.nll[1:].double(), surprise, rtol=0, atol=1e-5)
    assert nothing.overall["js_divergence"] < 5e-6


@pytest.mark.parametrize(("vocab", "k"), [(260, 5), (5000, 5), (5003, 1), (1283, 10), (64, 64)])
def test_top_tokens_are_the_largest(vocab, k):
    logits = torch.randn(40, vocab, generator=torch.Generator().manual_seed(vocab))
    logits[0, -1], logits[1, 0] = 9, 9
    sums = distribute(logits, torch.empty(logits.shape, dtype=torch.float16))
    found, expected = top_tokens(logits, sums.maxima, k), logits.topk(k).indices
    assert [set(row) for row in found.tolist()] == [set(row) for row in expected.tolist()]


def test_what_is_all_but_impossible_keeps_its_surprise_and_no_probability_is_0():
    batch = lay_out([[0, 1, 0]], width=3, pack=False)
    logits = torch.zeros(1, 3, 60000)
    logits[..., 0], logits[..., 1], logits[..., 2] = 500.0, 200.0, -math.inf
    snapshot, (same,) = compare(_of(batch, logits), [compare(_of(batch, logits), [])[0]])
    assert snapshot.nll[1] == pytest.approx(300)
    assert bool((snapshot.kept > 0).all())
    assert same.overall["js_divergence"] == pytest.approx(0, abs=1e-6)


def _of(batch: TokenBatch, logits: Tensor, hidden: Tensor | None = None) -> Building:
    """Texts with these logits, ``(rows, width, d_vocab)``."""
    flat = logits.flatten(0, 1)
    unread = Unread(batch, flat, torch.clone, flat.shape[1])
    return Building(unread, torch.ones(len(flat), 4) if hidden is None else hidden, {}, {}, 5)


# --- weights and tags -------------------------------------------------------------------------------------------------


def weighted_lab(model: LanguageModel, folder: Path, probes: list[Probe]) -> Lab:
    file = save_probes(folder / "weighted.yaml", ProbeSet(tuple(probes)))
    return Lab(model, tiny.config(immune__probes=file).immune)


def test_equal_weights_give_the_same_numbers_bit_for_bit(model, settings, tmp_path):
    patch = patch_for(model, size=0.05)
    plain = Lab(model, settings).measure(patch)
    equal = weighted_lab(model, tmp_path, [Probe(text, ("prose",), 3.0) for text in SHORT_PROBES]).measure(patch)
    assert equal.step.overall == plain.step.overall
    assert equal.cumulative.overall == plain.cumulative.overall
    assert equal.step.per_text == plain.step.per_text


def test_weights_say_how_much_a_probe_counts(model, tmp_path):
    weights = (1.0, 2.0, 0.5, 4.0)
    lab = weighted_lab(model, tmp_path, [Probe(t, (), w) for t, w in zip(SHORT_PROBES, weights, strict=True)])
    patch = patch_for(model, size=0.05)
    found = lab.measure(patch).step
    js = found.per_text["js_divergence"]
    by_hand = sum(w * value for w, value in zip(weights, js, strict=True)) / sum(weights)
    assert found.overall["js_divergence"] == pytest.approx(by_hand, rel=1e-12)
    states = [
        [surprise_by_hand(model, text, out) for text, out in zip(SHORT_PROBES, state, strict=True)]
        for state in (lab.logits(), lab.logits(patch))
    ]
    change = sum(w * (b - a).sum() for w, a, b in zip(weights, *states, strict=True))
    tokens = sum(w * len(a) for w, a in zip(weights, states[0], strict=True))
    assert found.overall["ppl_ratio"] == pytest.approx((change / tokens).exp().item(), rel=1e-4)


def test_a_probe_that_is_not_enabled_is_not_measured(model, settings, tmp_path):
    off = Probe("This one would change a lot.", ("off",), 9.0, enabled=False)
    lab = weighted_lab(model, tmp_path, [off, *(Probe(text) for text in SHORT_PROBES)])
    patch = patch_for(model, size=0.05)
    assert lab.measure(patch).step.overall == Lab(model, settings).measure(patch).step.overall
    assert [probe.text for probe in lab.immune.probes] == list(SHORT_PROBES)


def test_a_tag_s_value_is_that_of_its_probes_alone(model, tmp_path):
    first, second = SHORT_PROBES[:2], SHORT_PROBES[2:]
    patch = patch_for(model, size=0.05)
    probes = [Probe(t, ("a", "all")) for t in first] + [Probe(t, ("b", "all"), 2.0) for t in second]
    found = weighted_lab(model, tmp_path, probes).measure(patch).step
    assert list(found.per_tag) == ["a", "all", "b"]
    for tag, texts in (("a", first), ("b", second)):
        alone = weighted_lab(model, tmp_path, [Probe(text) for text in texts]).measure(patch).step
        for name in ("js_divergence", "ppl_ratio", "cosine_drift"):
            assert found.per_tag[tag][name] == pytest.approx(alone.overall[name], rel=1e-3, abs=1e-6)
    for name in ("js_divergence", "ppl_ratio", "cosine_drift"):
        assert found.per_tag["all"][name] == pytest.approx(found.overall[name], rel=1e-9)


def test_the_worst_probe_of_a_tag_is_one_of_its_own():
    found = compare_values(js_divergence=(0.1, 0.9, 0.3, 0.2))
    assert found.worst_text("js_divergence") == 1
    assert found.worst_text("js_divergence", (3, 0, 2)) == 2


def compare_values(**per_text: tuple[float, ...]) -> Comparison:
    return Comparison({}, per_text)


def test_a_tag_s_perplexity_ratio_is_not_finite_where_one_of_its_texts_is_not():
    pool = METRICS["ppl_ratio"].pool
    assert pool([1.5, math.inf], [1, 1], [3, 4]) == math.inf
    assert math.isnan(pool([math.nan, 1.0], [1, 1], [3, 4]))
    assert pool([0.0, 1.0], [1, 1], [3, 4]) < 1e-100


def test_a_trial_measures_the_same_as_a_proposal_and_leaves_nothing(lab):
    lab.stack.set((patch_for(lab.model, seed=5),))
    patch = patch_for(lab.model, layer=2, size=0.05)
    before = logits(lab.model)
    assert lab.immune.trial(patch).overall == lab.measure(patch).step.overall
    assert torch.equal(logits(lab.model), before)


# --- baselines --------------------------------------------------------------------------------------------------------


def _assert_same(first: Snapshot, second: Snapshot) -> None:
    for name in ("kept", "total", "negentropy", "entropy", "nll", "top", "hidden"):
        assert torch.equal(getattr(first, name), getattr(second, name)), name
    both = first.residuals.keys() & second.residuals.keys()
    assert 0 in both and all(torch.equal(first.residuals[layer], second.residuals[layer]) for layer in both)


def test_where_a_candidate_begins_the_residual_stream_is_kept_from_then_on(lab):
    assert set(lab.immune.base().residuals) == {0}, "of four blocks"
    patch = patch_for(lab.model, layer=3)
    first = lab.measure(patch)
    assert set(lab.immune.base().residuals) == {0, 3} == set(first.probes_after.residuals)
    again = lab.measure(patch)
    _assert_same(first.probes_after, again.probes_after)
    assert again.step == first.step


def test_baseline_after_accepting_equals_one_measured_anew(lab, settings):
    for layer, seed in ((2, 1), (1, 2), (3, 3)):
        patch = patch_for(lab.model, layer=layer, seed=seed)
        measurement = lab.measure(patch)
        lab.stack.set((*lab.stack.active, patch))
        lab.immune.accept(measurement)
        assert lab.immune.baseline() is measurement.probes_after
    anew = ImmuneSystem(lab.model, lab.stack, settings).baseline()
    _assert_same(lab.immune.baseline(), anew)


def test_baseline_follows_a_rollback(lab):
    patch = patch_for(lab.model)
    base = lab.immune.baseline()
    measurement = lab.measure(patch)
    lab.stack.set((patch,))
    lab.immune.accept(measurement)
    lab.stack.set(())
    _assert_same(lab.immune.baseline(), base)


def test_a_prompt_read_in_two_states_at_once_is_what_each_state_makes_of_it_alone(model, settings):
    lab = Lab(model, settings, patch_for(model))
    tokens, hook = model.tokenize(PROMPT), "blocks.1.hook_out"
    both = lab.immune.prompt_state(tokens, [hook])
    now = lab.immune.prompt_state(tokens, [hook]).now
    lab.stack.set(())
    base = lab.immune.prompt_state(tokens, [hook]).base
    hidden = model.forward(base.batch, [hook]).captured[hook]
    rounding = 1e-5 * hidden.abs().max().item()
    for found, alone in ((both.base, base), (both.now, now)):
        torch.testing.assert_close(found.probs(-1), alone.probs(-1), rtol=1e-4, atol=1e-6)
        torch.testing.assert_close(found.nll[1:], alone.nll[1:], rtol=1e-4, atol=1e-5)
        torch.testing.assert_close(found.watched[hook], alone.watched[hook], rtol=1e-4, atol=rounding)
    assert not torch.allclose(both.base.probs(-1), both.now.probs(-1), rtol=1e-4, atol=1e-6)
    assert both.base.batch.texts == (tokens,)
    torch.testing.assert_close(both.base.watched[hook], hidden, rtol=1e-4, atol=rounding)


def test_measuring_leaves_model_and_baseline_as_they_were(lab):
    lab.stack.set((patch_for(lab.model, seed=5),))
    before, active = logits(lab.model), lab.stack.active
    kept = lab.immune.baseline()
    probs = kept.kept.clone()
    lab.measure(patch_for(lab.model, layer=2, size=1.0))
    assert lab.stack.active == active
    assert torch.equal(logits(lab.model), before)
    assert lab.immune.baseline() is kept
    assert torch.equal(kept.kept, probs)


def test_cumulative_measures_are_against_the_base(lab):
    first, second = patch_for(lab.model, seed=1, size=0.05), patch_for(lab.model, layer=2, seed=2, size=0.001)
    lab.stack.set((first,))
    found = lab.measure(second)
    expected = [js_by_hand(p, q) for p, q in zip(lab.logits(), lab.logits(first, second), strict=True)]
    assert found.cumulative.per_text["js_divergence"] == pytest.approx(expected, rel=1e-3, abs=1e-6)
    assert found.step.overall["js_divergence"] < found.cumulative.overall["js_divergence"]


# --- a new metric -----------------------------------------------------------------------------------------------------


def test_a_metric_registered_twice_is_an_error():
    with pytest.raises(ValueError, match="'js_divergence' is registered twice"):
        register(type(METRICS["js_divergence"]))


def test_a_new_metric_is_part_of_every_measurement(lab):
    class LargestProbability(Metric):
        name, title, unit = "largest_probability", "largest probability", "share"
        formula = "max q"

        def tokens(self, chunk: Chunk) -> Tensor:
            return chunk.q.amax(-1)

    try:
        register(LargestProbability)
        found = lab.measure(patch_for(lab.model))
        assert 0 < found.step.overall["largest_probability"] <= 1
        assert len(found.step.per_text["largest_probability"]) == len(SHORT_PROBES)
        assert "largest_probability" in plain_metrics(found.step, found.cumulative)
    finally:
        METRICS.pop("largest_probability", None)
    assert "largest_probability" not in lab.measure(patch_for(lab.model)).step.overall
