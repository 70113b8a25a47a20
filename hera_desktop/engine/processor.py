"""What a processor computes fast."""

from __future__ import annotations

from contextlib import AbstractContextManager

import torch

from .config_section import Products


def bfloat16_units() -> str:
    """What the processor has for bfloat16: matrix (AMX), vector (AVX-512 BF16) or none."""
    if _has("_is_amx_tile_supported"):
        return "matrix"
    return "vector" if _has("_is_avx512_bf16_supported") else "none"


def products(setting: Products, device: torch.device) -> torch.dtype | None:
    """The format that a setting means on a device; None: the model's own."""
    if setting == "auto":
        cuda = device.type == "cuda"
        fast = torch.cuda.is_bf16_supported(including_emulation=False) if cuda else bfloat16_units() != "none"
        setting = "bfloat16" if fast else "model"
    return None if setting == "model" else getattr(torch, setting)


def multiplying(products: torch.dtype | None, device: torch.device) -> AbstractContextManager[object]:
    """Matrices are multiplied in that format for the length of a ``with`` block; sums, norms and gradients of float32
    tensors stay in float32."""
    return torch.autocast(device.type, dtype=products or torch.bfloat16, enabled=products is not None)


def _has(question: str) -> bool:
    ask = getattr(torch.cpu, question, None)  # newer torch only
    return bool(ask and ask())
