"""PEFT LoRA adapters: ``dW = B A * scaling`` with B (d_out, r), A (r, d_in); scaling = alpha / r, or alpha / sqrt(r)
with rank-stabilised LoRA (Hu et al. 2021, arXiv:2106.09685; Kalajdzievski 2023, arXiv:2312.03732)."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor

from ..errors import InputError
from ..patches import Factors, Patch, Site
from .plain_model import PlainModel
from .records import Origin, PatchFile, StoredPatch

WEIGHTS, CONFIG, ABOUT = "adapter_model.safetensors", "adapter_config.json", "hera.json"
_PREFIX = "base_model.model."
_KEY = re.compile(r"^base_model\.model\.(?P<path>.+)\.lora_(?P<side>[AB])(\.default)?\.weight$")
_REFUSED = {
    "use_dora": "DoRA",
    "modules_to_save": "whole modules saved beside the factors",
    "trainable_token_indices": "trained tokens",
    "lora_bias": "biases",
    "alora_invocation_tokens": "invocation tokens",
    "layer_replication": "blocks that are repeated",
    "target_parameters": "factors of parameters that are no matrix of a module",
    "use_qalora": "pooled factors (QALoRA)",
    "use_bdlora": "block-diagonal factors (BD-LoRA)",
    "arrow_config": "routing between adapters",
    "kasa_config": "a truncated base (KaSA)",
    "monteclora_config": "sampled factors (MonteCLoRA)",
}
_TAKES_FROM_BASE = ("pissa", "olora", "corda", "lora_ga", "loftq")
"""Ways to begin an adapter that take its first value out of the base's weights: its factors are not the change."""


def write_adapter(plain: PlainModel, change: Mapping[Site, Factors], base: str, folder: Path) -> None:
    """Write ``change`` as an adapter into ``folder``: one module per matrix, with its own rank and alpha = rank, so
    that the scaling is 1. The factors stay float32."""
    from peft import LoraConfig

    names = {site: plain.names[site] for site in change}
    ranks = {names[site]: factors.rank for site, factors in change.items()}
    largest = max(ranks.values())
    pattern = {re.escape(name): rank for name, rank in ranks.items()}
    config = LoraConfig(
        task_type="CAUSAL_LM",
        inference_mode=True,
        base_model_name_or_path=base,
        r=largest,
        lora_alpha=largest,
        lora_dropout=0.0,
        target_modules=sorted(ranks),
        rank_pattern=pattern,
        alpha_pattern=dict(pattern),
        fan_in_fan_out=any(plain.is_transposed(site) for site in change),
    )
    config.save_pretrained(str(folder))
    tensors = {}
    for site, factors in change.items():
        tensors[f"{_PREFIX}{names[site]}.lora_A.weight"] = factors.v.T.contiguous()  # (r, d_in)
        tensors[f"{_PREFIX}{names[site]}.lora_B.weight"] = factors.u.contiguous()  # (d_out, r)
    save_file(tensors, folder / WEIGHTS, {"format": "pt"})


def read_adapter(plain: PlainModel, folder: Path) -> PatchFile:
    """The adapter in ``folder`` as one patch.

    Raises:
        InputError: it is no LoRA adapter that is a sum of ``B A`` on matrices which can be edited here, in one
            sentence.
    """
    config = _config(folder)
    pairs: dict[str, dict[str, Tensor]] = {}
    for key, tensor in _tensors(folder).items():
        match = _KEY.match(key)
        if match is None:
            raise InputError(f"adapter {folder} holds '{key}', which is not a LoRA factor of a matrix")
        pairs.setdefault(match["path"], {})[match["side"]] = tensor.float()
    factors = tuple(_factors(plain, folder, config, path, pair) for path, pair in pairs.items())
    if not factors:
        raise InputError(f"adapter {folder} holds no factors")
    about = _about(folder)
    name = about.get("base_name") or config.get("base_model_name_or_path") or ""
    patch = Patch(tuple(sorted(factors, key=lambda f: f.site)))
    stored = StoredPatch(folder.resolve().name, "", patch)
    return PatchFile(str(folder), "peft", Origin(str(name), str(about.get("base") or "")), (stored,))


def _config(folder: Path) -> dict[str, Any]:
    try:
        config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise InputError(f"adapter {folder} has no readable {CONFIG}") from None
    if not isinstance(config, dict) or config.get("peft_type") != "LORA":
        kind = config.get("peft_type") if isinstance(config, dict) else None
        raise InputError(f"adapter {folder} is of type {kind}; only LORA can be imported")
    for key, what in _REFUSED.items():
        if config.get(key):
            raise InputError(f"adapter {folder} uses {what} ({key}), which a patch cannot hold")
    begun = config.get("init_lora_weights")
    if isinstance(begun, str) and begun.lower().startswith(_TAKES_FROM_BASE):
        raise InputError(
            f"adapter {folder} was begun out of the base's own weights (init_lora_weights: {begun}), so that its "
            "factors are not the change; PEFT's path_initial_model_for_weight_conversion saves it as one whose are"
        )
    if config.get("bias", "none") != "none":
        raise InputError(f"adapter {folder} changes biases (bias: {config['bias']}), which a patch cannot hold")
    return config


def _tensors(folder: Path) -> dict[str, Tensor]:
    if not (folder / WEIGHTS).is_file():
        pickled = (
            " (adapter_model.bin is not read: it could run code)" if (folder / "adapter_model.bin").exists() else ""
        )
        raise InputError(f"adapter {folder} has no {WEIGHTS}{pickled}")
    try:
        return load_file(folder / WEIGHTS)
    except (SafetensorError, OSError):
        raise InputError(f"adapter {folder} is damaged: {WEIGHTS} cannot be read") from None


def _about(folder: Path) -> dict[str, Any]:
    """What this program wrote beside an adapter of its own; empty for others."""
    try:
        about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return about if isinstance(about, dict) else {}


def _factors(
    plain: PlainModel, folder: Path, config: Mapping[str, Any], path: str, pair: Mapping[str, Tensor]
) -> Factors:
    site = plain.sites.get(path)
    if site is None:
        raise InputError(
            f"adapter {folder} changes '{path}'; patches go to {', '.join(sorted(_kinds(plain)))} of a block"
        )
    if set(pair) != {"A", "B"}:
        raise InputError(f"adapter {folder} lacks one of the two factors of '{path}'")
    a, b = pair["A"], pair["B"]  # (r, d_in), (d_out, r)
    if a.ndim != 2 or b.ndim != 2 or a.shape[0] != b.shape[1] or not a.shape[0]:
        raise InputError(f"adapter {folder} is damaged: the factors of '{path}' do not fit each other")
    rank = a.shape[0]
    scaling = _alpha(folder, config, path) / (math.sqrt(rank) if config.get("use_rslora") else rank)
    return Factors(*site, (b * scaling).contiguous(), a.T.contiguous())


def _kinds(plain: PlainModel) -> set[str]:
    return {path.rsplit(".", 1)[-1] for path in plain.sites}


def _alpha(folder: Path, config: Mapping[str, Any], path: str) -> float:
    try:
        return float(_pattern(config.get("alpha_pattern"), path, config.get("lora_alpha", 8)))
    except (TypeError, ValueError, AttributeError, re.error):
        raise InputError(f"adapter {folder} is damaged: {CONFIG} gives no number as alpha of '{path}'") from None


def _pattern(pattern: Mapping[str, float] | None, path: str, default: float) -> float:
    """A module's own value: keys are matched as regular expressions against the end of its path."""
    for key, value in (pattern or {}).items():
        if re.match(rf"(.*\.)?({key})$", path):
            return value
    return default
