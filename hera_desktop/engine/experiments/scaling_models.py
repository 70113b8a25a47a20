"""Models and SAEs of many sizes: those on this machine, and random ones that are built on the spot."""

from __future__ import annotations

import torch
from sae_lens import StandardSAE, StandardSAEConfig
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import AutoModelForCausalLM, GPT2Config, PreTrainedTokenizerBase, PreTrainedTokenizerFast

from ..catalogue import find_entry, resolve_model
from ..config import Config
from ..errors import InputError, nearest
from ..loading import LoadedModel, choose_device, choose_dtype, load_causal_lm
from ..memory import TIGHT, free_memory, gigabytes
from ..model import LanguageModel
from ..sae import FeatureReader

RANDOM = "random-gpt2-"
GPT2_SIZES = {"small": (12, 768, 12), "medium": (24, 1024, 16), "large": (36, 1280, 20)}
"""Blocks, d_model and heads of the published sizes (Radford et al. 2019)."""
GPT2_VOCAB, GPT2_CONTEXT = 50257, 1024
WORKING_SPACE = 1.5
"""Memory that building and measuring takes, over the size of the weights."""


def check_name(name: str) -> None:
    """Raises InputError or ModelError for a name that stands for no model."""
    if name.startswith(RANDOM):
        _random_size(name)
    elif find_entry(name) is None:
        resolve_model(name)


def known_as(name: str) -> str:
    """What the model of that name is called once it is loaded."""
    entry = None if name.startswith(RANDOM) else find_entry(name)
    if entry is not None or name.startswith(RANDOM):
        return entry.name if entry else name
    return resolve_model(name).name


def _random_size(name: str) -> tuple[int, int, int]:
    known = {f"{RANDOM}{size}": shape for size, shape in GPT2_SIZES.items()}
    if name not in known:
        raise InputError(f"model '{name}' is unknown; there are {', '.join(known)}{nearest(name, known)}")
    return known[name]


def why_not(name: str, config: Config) -> str:
    """Why a model is skipped; empty where nothing speaks against it."""
    entry = None if name.startswith(RANDOM) else find_entry(name)
    if entry is not None and not entry.installed:
        return f"it is not installed (licence: {entry.licence}; `hera-desktop models install {entry.name}`)"
    if not name.startswith(RANDOM):
        return ""
    device, _ = choose_device(config.experiment.device)
    need = WORKING_SPACE * _parameters(name) * choose_dtype(config.model.dtype, device).itemsize
    free = free_memory(str(device))
    if need > TIGHT * free:
        return f"it needs about {gigabytes(int(need))} of memory, and {gigabytes(free)} are free"
    return ""


def _parameters(name: str) -> int:
    """Twelve matrices of d_model^2 a block, and the embeddings."""
    layers, width, _ = _random_size(name)
    return 12 * layers * width**2 + (GPT2_VOCAB + GPT2_CONTEXT) * width


def load_beside(name: str, config: Config, tokenizer: PreTrainedTokenizerBase) -> LanguageModel:
    """A model on the configured device, in the configured dtype. A random one reads with ``tokenizer`` where its
    vocabulary is no larger than GPT-2's, else byte by byte: for time and memory the text does not matter."""
    device, _ = choose_device(config.experiment.device)
    dtype = choose_dtype(config.model.dtype, device)
    if not name.startswith(RANDOM):
        return LanguageModel(load_causal_lm(resolve_model(name), device, dtype))
    layers, width, heads = _random_size(name)
    shape = GPT2Config(n_layer=layers, n_embd=width, n_head=heads, vocab_size=GPT2_VOCAB, n_positions=GPT2_CONTEXT)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(config.experiment.seed)
        model = AutoModelForCausalLM.from_config(shape, dtype=dtype)
    fits = tokenizer.is_fast and len(tokenizer) <= GPT2_VOCAB
    reads = _untouched(tokenizer) if fits else _bytes_as_tokens()
    return LanguageModel(LoadedModel(name, model.to(device).eval(), reads))


def _untouched(tokenizer: PreTrainedTokenizerBase) -> PreTrainedTokenizerFast:
    """The same tokens without what the bridge added for the model that had the tokenizer before."""
    end = tokenizer.eos_token
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer.backend_tokenizer, eos_token=end, pad_token=end)


def _bytes_as_tokens() -> PreTrainedTokenizerFast:
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocab = {token: number for number, token in enumerate([*letters, "<|endoftext|>"])}
    tokenizer = Tokenizer(models.BPE(vocab=vocab, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token="<|endoftext|>", pad_token="<|endoftext|>")


def random_features(model: LanguageModel, d_sae: int, block: int, seed: int) -> FeatureReader:
    """A standard SAE with random weights on a block's output; it costs what a trained one of its width does."""
    d_model, device = model.info.d_model, model.device
    sae = StandardSAE(StandardSAEConfig(d_in=d_model, d_sae=d_sae, device=str(device)))
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        sae.W_enc.copy_(torch.randn(d_model, d_sae, generator=generator) / d_model**0.5)
        sae.W_dec.copy_(torch.randn(d_sae, d_model, generator=generator) / d_model**0.5)
    sae.cfg.metadata.hook_name = f"blocks.{block}.hook_out"
    return FeatureReader(sae, f"random-{d_sae}", model)
