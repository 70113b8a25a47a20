from __future__ import annotations

import pytest
import torch

from hera_desktop.engine.errors import InputError, ModelError
from hera_desktop.engine.model import LanguageModel, Sampling
from hera_desktop.engine.tokens import single
from tests import tiny

from .samples import expect_sentence, footprint, ids, logits, patch_for

TEXTS = ("The capital of France is", "2 + 2 =", "Once upon a time, there was", "def add(a, b):")
N_LAYERS = 4


@pytest.fixture(scope="module", params=tiny.KINDS)
def model(request) -> LanguageModel:
    return tiny.language_model(request.param, N_LAYERS)


@pytest.fixture(scope="module")
def llama() -> LanguageModel:
    return tiny.language_model("llama", N_LAYERS)


# --- forward passes ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("layer", range(N_LAYERS))
@pytest.mark.parametrize("many", [False, True], ids=["one text", "many texts"])
def test_resumed_logits_equal_full_logits_exactly(model, layer, many):
    batch = model.batch([model.tokenize(t) for t in TEXTS]) if many else ids(model, TEXTS[0])
    hook = f"blocks.{layer}.hook_in"
    full = model.forward(batch, [hook])
    resumed = model.resume(batch, layer, full.captured[hook])
    assert torch.equal(resumed.logits, full.logits)


def test_resume_uses_the_hidden_state_it_is_given(model):
    batch = ids(model, TEXTS[0])
    full = model.forward(batch, ["blocks.2.hook_in"])
    other = model.resume(batch, 2, torch.zeros_like(full.captured["blocks.2.hook_in"]))
    assert not torch.equal(other.logits, full.logits)


def test_resumed_pass_captures_what_a_full_pass_captures(model):
    batch = ids(model, TEXTS[0])
    wanted = ["blocks.2.hook_out", "blocks.3.hook_out"]
    full = model.forward(batch, ["blocks.2.hook_in", *wanted])
    resumed = model.resume(batch, 2, full.captured["blocks.2.hook_in"], wanted)
    for name in wanted:
        assert torch.equal(resumed.captured[name], full.captured[name])


def test_packed_texts_give_the_logits_of_single_texts(model):
    batch = model.batch([model.tokenize(t) for t in TEXTS])
    assert batch.packed == ("Mamba" not in model.info.architecture)
    together = batch.gather(model.forward(batch).logits)
    alone = torch.cat([logits(model, t)[0] for t in TEXTS])
    torch.testing.assert_close(together, alone, rtol=1e-4, atol=1e-4 * alone.abs().max().item())


def test_stopping_early_captures_the_same_and_has_no_logits(model):
    batch = ids(model, TEXTS[0])
    early = model.forward(batch, ["blocks.1.hook_out"], last_block=1)
    assert early.logits is None
    full = model.forward(batch, ["blocks.1.hook_out"])
    assert torch.equal(early.captured["blocks.1.hook_out"], full.captured["blocks.1.hook_out"])


def test_a_hook_that_does_not_fire_is_an_error(model):
    with pytest.raises(RuntimeError, match=r"blocks\.3\.hook_out"):
        model.forward(ids(model, TEXTS[0]), ["blocks.3.hook_out"], last_block=1)


def test_shapes_are_rows_width_and_the_last_dimension(model):
    batch = ids(model, TEXTS[0])
    done = model.forward(batch, ["blocks.0.hook_out"])
    assert done.logits.shape == (1, len(TEXTS[0]), model.info.vocab_size)
    assert done.captured["blocks.0.hook_out"].shape == (1, len(TEXTS[0]), model.info.d_model)


# --- nothing stays behind ---------------------------------------------------------------------------------------------


class Interruption(Exception):
    pass


def _interrupt(*_):
    raise Interruption


def _runs(model: LanguageModel):
    batch = ids(model, TEXTS[0])
    hidden = model.forward(batch, ["blocks.2.hook_in"]).captured["blocks.2.hook_in"]
    yield lambda: model.forward(batch, ["blocks.3.hook_out"])
    yield lambda: model.forward(batch, ["blocks.0.hook_out"], last_block=2)
    yield lambda: model.resume(batch, 2, hidden, ["blocks.3.hook_out"])
    yield lambda: model.generate(batch.texts[0], Sampling(max_new_tokens=2))


def test_a_pass_leaves_nothing_behind(model):
    before, hooks = logits(model), footprint(model)
    for run in _runs(model):
        run()
        assert footprint(model) == hooks
        assert torch.equal(logits(model), before)


def test_a_pass_that_fails_inside_leaves_nothing_behind(model):
    before, hooks = logits(model), footprint(model)
    for run in _runs(model):
        handle = model.writer(2).module.register_forward_pre_hook(_interrupt)
        with pytest.raises(Interruption):
            run()
        handle.remove()
        assert footprint(model) == hooks
        assert torch.equal(logits(model), before)


def test_an_unknown_capture_leaves_nothing_behind(llama):
    before, hooks = logits(llama), footprint(llama)
    with pytest.raises(KeyError):
        llama.resume(ids(llama, "abc"), 2, torch.zeros(1, 3, 32), ["blocks.3.hook_out", "blocks.9.hook_out"])
    assert footprint(llama) == hooks
    assert torch.equal(logits(llama), before)


# --- hook points and matrices -----------------------------------------------------------------------------------------


def test_aliases_have_one_canonical_name(model):
    assert model.canonical("blocks.1.hook_resid_post") == "blocks.1.hook_out"
    assert model.canonical("blocks.1.hook_resid_pre") == "blocks.1.hook_in"
    assert model.canonical("blocks.1.hook_out") == "blocks.1.hook_out"


def test_mlp_alias_has_a_canonical_name(llama):
    assert llama.canonical("blocks.1.hook_mlp_out") == "blocks.1.mlp.hook_out"


def test_an_unknown_hook_is_named_with_the_nearest(model):
    with expect_sentence(InputError, "'blocks.1.hook_oot'", "did you mean 'blocks.1.hook_out'"):
        model.canonical("blocks.1.hook_oot")


def test_a_hook_outside_the_blocks_has_no_block(model):
    assert model.block_of("blocks.12.mlp.hook_out") == 12
    with expect_sentence(InputError, "'hook_embed'"):
        model.block_of("hook_embed")


@pytest.mark.parametrize("layer", [-1, N_LAYERS, 99])
def test_a_layer_out_of_range_is_refused_with_the_range(model, layer):
    for call in (model.check_layer, model.writer, lambda n: model.resume(ids(model, "abc"), n, torch.zeros(1, 3, 32))):
        with expect_sentence(InputError, f"target layer {layer} is out of range", "0 to 3", model.info.name):
            call(layer)


def test_writer_weight_times_input_is_the_modules_output(model):
    for layer in range(N_LAYERS):
        writer = model.writer(layer)
        seen = []
        handle = writer.module.register_forward_hook(lambda _, __, out, seen=seen: seen.append(out))
        x = model.forward(ids(model, TEXTS[0]), [writer.input_hook]).captured[writer.input_hook]
        handle.remove()
        assert writer.weight().shape == (model.info.d_model, x.shape[-1])
        with torch.no_grad():
            y = x @ writer.weight().T
            if getattr(writer.module, "bias", None) is not None:
                y = y + writer.module.bias
        torch.testing.assert_close(seen[0], y, rtol=1e-4, atol=1e-4)


def test_attention_writer_is_there_where_there_is_attention(llama):
    writer = llama.writer(1, "attn")
    assert (writer.component, tuple(writer.weight().shape)) == ("attn.o", (32, 32))
    assert llama.writer_at(1, "attn.o").module is writer.module


def test_a_missing_matrix_is_named(llama):
    with expect_sentence(ModelError, "block 1", "ssm"):
        llama.writer(1, "ssm")
    with expect_sentence(ModelError, "'mlp.middle'", "mlp.out"):
        llama.writer_at(1, "mlp.middle")


def test_a_hook_on_the_writer_is_seen_downstream(model):
    before = model.forward(ids(model, TEXTS[0]), ["blocks.1.hook_out"])
    handle = model.writer(1).module.register_forward_hook(lambda _, __, out: out + 1)
    after = model.forward(ids(model, TEXTS[0]), ["blocks.1.hook_out"])
    handle.remove()
    change = after.captured["blocks.1.hook_out"] - before.captured["blocks.1.hook_out"]
    assert change.abs().max() > 0.1
    assert not torch.equal(after.logits, before.logits)
    assert torch.equal(logits(model), before.logits)


def test_fingerprint_tells_bases_apart(llama):
    assert tiny.language_model("llama", N_LAYERS).info.fingerprint == llama.info.fingerprint
    assert tiny.language_model("llama", N_LAYERS, seed=1).info.fingerprint != llama.info.fingerprint


# --- generation -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sampling", [Sampling(20), Sampling(20, 1.0, 0.9, seed=3)], ids=["greedy", "sampled"])
def test_generation_repeats_and_streams_what_it_returns(model, sampling):
    pieces: list[str] = []
    prompt = model.tokenize(TEXTS[0])
    first = model.generate(prompt, sampling, pieces.append)
    assert first
    assert "".join(pieces) == first
    assert model.generate(prompt, sampling) == first


def test_greedy_generation_takes_the_most_probable_token(model):
    prompt = model.tokenize(TEXTS[0])
    best = model.forward(single(prompt)).logits[0, -1].argmax().item()
    assert model.generate(prompt, Sampling(1)) == model.decode([best])


def test_another_seed_gives_another_text(llama):
    prompt = llama.tokenize(TEXTS[0])
    assert len({llama.generate(prompt, Sampling(20, 1.5, seed=seed)) for seed in range(4)}) > 1


def test_sampling_leaves_the_random_generator_alone(llama):
    state = torch.get_rng_state()
    llama.generate(llama.tokenize(TEXTS[0]), Sampling(5, 1.0))
    assert torch.equal(torch.get_rng_state(), state)


def test_cancelling_stops_after_the_token(model):
    asked = []
    prompt = model.tokenize(TEXTS[0])
    whole = model.generate(prompt, Sampling(30))
    part = model.generate(prompt, Sampling(30), cancelled=lambda: bool(asked.append(1)) or len(asked) == 3)
    assert len(asked) == 3
    assert part == model.generate(prompt, Sampling(3))
    assert len(part) < len(whole)


def test_generation_ends_at_the_end_of_the_context():
    model = tiny.language_model("gpt2")  # its positions are a table of 256
    written = model.generate(model.tokenize("x" * 250), Sampling(30))
    assert written == model.generate(model.tokenize("x" * 250), Sampling(6))
    with expect_sentence(InputError, "256 tokens", "nothing can follow"):
        model.generate(model.tokenize("x" * 256), Sampling(30))


# --- prompts ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "longest", "parts"),
    [
        ("", 100, ("empty",)),
        (" \n\t ", 100, ("empty",)),
        ("a", 100, ("'a'", "one token", "two")),
        ("x" * 101, 100, ("101 tokens", "at most 100")),
        ("x" * 300, 1024, ("300 tokens", "at most 256")),
        ("x" * 100_000, 1024, ("100000 characters", "256")),
    ],
)
def test_a_prompt_that_cannot_be_used_is_refused(llama, text, longest, parts):
    with expect_sentence(InputError, *parts):
        llama.check_prompt(text, longest)


@pytest.mark.parametrize("text", ["ab", "x" * 100, "naïve 日本 🙂", "a\x00b"])
def test_a_good_prompt_becomes_token_ids(llama, text):
    found = llama.check_prompt(text, 100)
    assert llama.decode(found) == text


def test_bfloat16_model_resumes_exactly():
    model = tiny.language_model("llama", dtype=torch.bfloat16)
    batch = ids(model, TEXTS[0])
    full = model.forward(batch, ["blocks.2.hook_in"])
    assert full.logits.dtype == torch.bfloat16
    assert torch.equal(model.resume(batch, 2, full.captured["blocks.2.hook_in"]).logits, full.logits)
    assert patch_for(model).is_finite


# --- directions and steering ------------------------------------------------------------------------------------------


def final_norm(model: LanguageModel) -> torch.nn.Module:
    body = model._hf.transformer if "GPT2" in model.info.architecture else getattr(model._hf, "model", None)
    body = body or model._hf.backbone
    return next(getattr(body, name) for name in ("norm", "ln_f", "norm_f") if hasattr(body, name))


@pytest.fixture
def weighted(model):
    """The model with a final norm whose weight and bias are not the trivial ones."""
    norm = final_norm(model)
    before = {name: p.detach().clone() for name, p in norm.named_parameters()}
    with torch.no_grad():
        for seed, parameter in enumerate(norm.parameters()):
            parameter.copy_(torch.randn(parameter.shape, generator=torch.Generator().manual_seed(seed)))
    yield model
    with torch.no_grad():
        for name, parameter in norm.named_parameters():
            parameter.copy_(before[name])


def test_direct_logits_go_through_the_final_norms_weight_and_the_unembedding(weighted):
    directions = torch.randn(3, 32, generator=torch.Generator().manual_seed(9))
    found = weighted.direct_logits(directions)
    gamma = final_norm(weighted).weight.detach()
    gamma = 1 + gamma if "Gemma" in weighted.info.architecture else gamma
    d = directions - directions.mean(-1, keepdim=True) if "GPT2" in weighted.info.architecture else directions
    expected = d * gamma @ weighted._hf.get_output_embeddings().weight.detach().T
    assert found.shape == (3, weighted.info.vocab_size)
    torch.testing.assert_close(found, expected, rtol=1e-4, atol=1e-4)


def test_direct_logits_are_the_logits_change_with_the_division_held(weighted):
    batch = ids(weighted, TEXTS[0])
    hook = f"blocks.{N_LAYERS - 1}.hook_out"
    full = weighted.forward(batch, [hook])
    h = full.captured[hook][0, -1]
    d = torch.randn(32, generator=torch.Generator().manual_seed(9))
    centred = h - h.mean() if "GPT2" in weighted.info.architecture else h
    d = d - d.mean() if "GPT2" in weighted.info.architecture else d
    d = d - (d @ centred) / centred.square().sum() * centred  # the norm's division stays as it is
    step = 1e-4 * h.norm() / d.norm()  # far above the rounding of h, and little beside it
    with weighted.adding(hook, step * d):
        after = weighted.forward(batch).logits[0, -1]
    change = (after - full.logits[0, -1]) / step * centred.square().mean().sqrt()
    expected = weighted.direct_logits(d[None])[0]
    torch.testing.assert_close(change, expected, rtol=0.05, atol=0.05 * expected.abs().max().item())


def test_direct_logits_of_a_bfloat16_model_are_close():
    exact = tiny.language_model("gemma").direct_logits(torch.eye(32)[:4])
    rounded = tiny.language_model("gemma", dtype=torch.bfloat16).direct_logits(torch.eye(32)[:4])
    assert rounded.dtype == torch.float32
    torch.testing.assert_close(rounded, exact, rtol=0.02, atol=0.02)


@pytest.mark.parametrize("hook", ["blocks.1.hook_out", "blocks.2.hook_in", "blocks.1.hook_resid_post"])
def test_adding_moves_every_position_but_the_first(model, hook):
    batch = model.batch([model.tokenize(t) for t in TEXTS])  # packed where the architecture allows it
    name = model.canonical(hook)
    vector = torch.arange(32.0)
    before, hooks = model.forward(batch, [name]), footprint(model)
    with model.adding(hook, vector):
        after = model.forward(batch, [name])
    assert footprint(model) == hooks
    change = batch.gather(after.captured[name] - before.captured[name])
    first = batch.gather(batch.positions[..., None])[:, 0] == 0
    assert first.sum() == len(TEXTS)
    assert torch.equal(change[first], torch.zeros(len(TEXTS), 32))
    torch.testing.assert_close(change[~first], vector.expand(int((~first).sum()), 32), rtol=1e-3, atol=1e-3)
    assert not torch.equal(after.logits, before.logits)
    assert torch.equal(model.forward(batch).logits, before.logits)


def test_adding_nothing_changes_no_bit(model):
    before = logits(model)
    with model.adding("blocks.1.hook_out", torch.zeros(32)):
        assert torch.equal(logits(model), before)


def test_generation_is_steered_at_every_token_but_the_first(model):
    """With the cache of past tokens, what is generated is what full passes over the growing text would give."""
    prompt, vector = model.tokenize(TEXTS[0]), 3 * torch.randn(32, generator=torch.Generator().manual_seed(2))
    with model.adding("blocks.1.hook_out", vector):
        found = model.sample_rows(prompt, 2, Sampling(8))
        expected = list(prompt)
        for _ in range(8):
            expected.append(model.forward(single(expected)).logits[0, -1].argmax().item())
    assert found == [tuple(expected)] * 2
    assert found != model.sample_rows(prompt, 2, Sampling(8))


def test_adding_leaves_nothing_behind_when_the_pass_fails(llama):
    hooks = footprint(llama)
    with pytest.raises(Interruption), llama.adding("blocks.1.hook_out", torch.ones(32)):
        raise Interruption
    with expect_sentence(InputError, "'blocks.1.hook_oot'"), llama.adding("blocks.1.hook_oot", torch.ones(32)):
        pass
    assert footprint(llama) == hooks
