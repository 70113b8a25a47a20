"""Small random models of every supported kind, with a byte tokenizer and a random SAE; nothing is downloaded."""

from __future__ import annotations

from pathlib import Path

import torch
from sae_lens import SAE, StandardSAE, StandardSAEConfig
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import (
    AutoModelForCausalLM,
    Gemma3TextConfig,
    GPT2Config,
    LlamaConfig,
    MambaConfig,
    PreTrainedTokenizerFast,
)

from hera_desktop.engine.config import Config, load_config
from hera_desktop.engine.hera import HeraEngine
from hera_desktop.engine.loading import LoadedModel
from hera_desktop.engine.model import LanguageModel
from hera_desktop.engine.sae import FeatureReader

KINDS = ("llama", "gpt2", "gemma", "mamba")
VOCAB = 260
D_MODEL = 32
LAYER = 1


def _config(kind: str, n_layers: int):
    heads = {"num_hidden_layers": n_layers, "num_attention_heads": 4, "max_position_embeddings": 256}
    sizes = {"vocab_size": VOCAB, "hidden_size": D_MODEL}
    match kind:
        case "llama":
            return LlamaConfig(**sizes, **heads, intermediate_size=56, num_key_value_heads=2)
        case "gpt2":
            return GPT2Config(vocab_size=VOCAB, n_embd=D_MODEL, n_layer=n_layers, n_head=4, n_positions=256)
        case "gemma":
            return Gemma3TextConfig(
                **sizes, **heads, intermediate_size=56, num_key_value_heads=1, head_dim=8, sliding_window=64
            )
        case "mamba":
            return MambaConfig(**sizes, num_hidden_layers=n_layers, state_size=8)
    raise ValueError(kind)


def byte_tokenizer() -> PreTrainedTokenizerFast:
    """Every byte is a token: any text can be written, and its length is known."""
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocab = {letter: number for number, letter in enumerate(alphabet)}
    vocab["<|end|>"] = len(vocab)
    tokenizer = Tokenizer(models.BPE(vocab=vocab, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token="<|end|>", pad_token="<|end|>")
    fast.name_or_path = "tiny"
    return fast


def hf_model(kind: str = "llama", n_layers: int = 4, seed: int = 0, dtype: torch.dtype = torch.float32):
    """A random Hugging Face model; its weights are large enough for an edit to be seen."""
    config = _config(kind, n_layers)
    torch.manual_seed(seed)
    model = AutoModelForCausalLM.from_config(config).eval()
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.ndim == 2:
                parameter.mul_(4)
    return model.to(dtype)


def language_model(kind: str = "llama", n_layers: int = 4, seed: int = 0, dtype=torch.float32) -> LanguageModel:
    return LanguageModel(LoadedModel(f"tiny-{kind}", hf_model(kind, n_layers, seed, dtype), byte_tokenizer()))


def random_sae(hook_name: str = f"blocks.{LAYER}.hook_out", d_in: int = D_MODEL, d_sae: int = 96) -> SAE:
    sae = StandardSAE(StandardSAEConfig(d_in=d_in, d_sae=d_sae, device="cpu"))
    generator = torch.Generator().manual_seed(1)
    with torch.no_grad():
        sae.W_enc.copy_(torch.randn(d_in, d_sae, generator=generator) / d_in**0.5)
        sae.W_dec.copy_(torch.randn(d_sae, d_in, generator=generator) / d_in**0.5)
    sae.cfg.metadata.hook_name = hook_name
    return sae


GENEROUS: dict[str, object] = {
    "sae.threshold": 0.01,
    "immune.max_js_divergence": 1.0,
    "immune.max_ppl_spike": 1e6,
    "immune.max_cosine_drift": 2.0,
    "immune.cumulative.max_js_divergence": 1.0,
    "immune.cumulative.max_ppl_spike": 1e6,
    "immune.cumulative.max_cosine_drift": 2.0,
}
"""Settings under which a tiny model's steps have an effect and are accepted."""


def config(**overrides: object) -> Config:
    """The generous settings, and ``section__key=value`` over them."""
    pairs = {**GENEROUS, **{k.replace("__", "."): v for k, v in overrides.items()}}
    return load_config(None, [f"{key}={value}" for key, value in pairs.items()], environment={})


def engine(session: Path, kind: str = "llama", seed: int = 0, **overrides: object) -> HeraEngine:
    model = language_model(kind, seed=seed)
    return HeraEngine.around(model, FeatureReader(random_sae(), "random", model), config(**overrides), session)


PROMPTS = ("The capital of France is", "def add(a, b):", "Once upon a time", "2 + 2 =", "Dear Sir or Madam,")
