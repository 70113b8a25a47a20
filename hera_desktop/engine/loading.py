"""Get a Hugging Face causal language model and its tokenizer into memory."""

from __future__ import annotations

import ctypes
import hashlib
import logging
import mmap
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn
from transformers import AutoModelForCausalLM, AutoTokenizer
from transformers.utils import logging as transformers_logging

from .catalogue import ResolvedModel
from .errors import MachineError, ModelError, one_line
from .hub import MODEL_FILES, fetch_from_hub

log = logging.getLogger(__name__)
transformers_logging.set_verbosity_error()  # what matters of it is said in our own sentences
transformers_logging.disable_progress_bar()


@dataclass(frozen=True, eq=False)
class LoadedModel:
    """A Hugging Face model on its device, with its tokenizer and the name it is known by."""

    name: str
    model: nn.Module
    tokenizer: Any


def choose_device(wanted: str) -> tuple[torch.device, str | None]:
    """The device to use, and a warning where the wanted one is not there.

    ``auto`` picks cuda, then mps, then cpu.
    """
    if wanted == "auto":
        wanted = "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"
    there = {
        "cpu": True,
        "mps": torch.backends.mps.is_available(),
        "cuda": torch.cuda.is_available(),
    }[wanted.partition(":")[0]]
    if there and wanted.startswith("cuda:") and int(wanted[5:]) >= torch.cuda.device_count():
        there = False
    if there:
        return torch.device(wanted), None
    return torch.device("cpu"), f"device '{wanted}' is not available on this machine; going on with the CPU"


def choose_dtype(wanted: str, device: torch.device) -> torch.dtype:
    if wanted == "auto":
        return torch.float32 if device.type == "cpu" else torch.bfloat16
    return getattr(torch, wanted)


def load_causal_lm(resolved: ResolvedModel, device: torch.device, dtype: torch.dtype) -> LoadedModel:
    """Load weights and tokenizer; only safetensors are read and no remote code is run.

    Raises:
        ModelError: the folder is damaged or the architecture is not a causal language model.
        MachineError: the hub is unreachable, or there is not enough memory.
    """
    folder = resolved.location
    if not resolved.is_local:
        folder = str(fetch_from_hub(resolved.location, MODEL_FILES, f"model '{resolved.name}'", "model.name"))
    try:
        tokenizer = AutoTokenizer.from_pretrained(folder, trust_remote_code=False)
        model = AutoModelForCausalLM.from_pretrained(folder, dtype=dtype, use_safetensors=True, trust_remote_code=False)
        return LoadedModel(resolved.name, model.to(device).eval(), tokenizer)
    except (MemoryError, torch.OutOfMemoryError):
        raise MachineError(f"not enough memory on {device} to load '{resolved.name}'") from None
    except Exception as error:  # transformers raises a dozen kinds; each is about this model
        log.info("loading %s failed", folder, exc_info=True)
        raise ModelError(f"model '{resolved.name}' in {folder} cannot be loaded: {one_line(error)}") from None


LINE = 64
"""Bytes in a line of most processors' caches."""


def hold_in_lines(model: nn.Module) -> None:
    """Copy weights on a CPU that begin within a line of its caches. Those of a file that was mapped into memory mostly
    do, and products of few rows with them take half as long again. Where the system can, what was mapped leaves the
    memory as it is copied, so that no weight is there twice."""
    mapped = _mapped_weights()
    for parameter in model.parameters():
        if parameter.device.type != "cpu" or parameter.data_ptr() % LINE == 0:
            continue
        first, size = parameter.data_ptr(), parameter.nbytes
        parameter.data = parameter.data.clone()
        for file in mapped:
            _leave(max(first, file.start), min(first + size, file.stop))


def _mapped_weights() -> list[range]:
    """Where safetensors files are mapped into this process; Linux says."""
    maps = Path("/proc/self/maps")
    lines = maps.read_text(encoding="utf-8", errors="replace").splitlines() if maps.exists() else []
    ends = (line.split(maxsplit=1)[0].split("-") for line in lines if line.endswith(".safetensors"))
    return [range(int(first, 16), int(last, 16)) for first, last in ends]


def _leave(start: int, stop: int) -> None:
    """Whole pages of a mapped file leave the memory; they are read again where somebody asks for them."""
    start, stop = -(-start // mmap.PAGESIZE) * mmap.PAGESIZE, stop // mmap.PAGESIZE * mmap.PAGESIZE
    if start < stop:
        ctypes.CDLL(None).madvise(ctypes.c_void_p(start), ctypes.c_size_t(stop - start), mmap.MADV_DONTNEED)


def save_dequantised(gguf: Path, folder: Path) -> None:
    """Write a GGUF file as an ordinary float32 safetensors folder with its tokenizer.

    transformers refuses to save a model loaded from GGUF, because it counts as quantised; so a fresh model is built
    from the same configuration and given the weights.
    """
    quantised = AutoModelForCausalLM.from_pretrained(gguf.parent, gguf_file=gguf.name, dtype=torch.float32)
    tokenizer = AutoTokenizer.from_pretrained(gguf.parent, gguf_file=gguf.name)
    dropped = {"quantization_config", "_name_or_path", "transformers_version"}
    config = type(quantised.config)(**{k: v for k, v in quantised.config.to_dict().items() if k not in dropped})
    plain = type(quantised)(config)
    plain.load_state_dict(quantised.state_dict())
    plain.tie_weights()
    plain.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def fingerprint(model: nn.Module) -> str:
    """SHA-256 over the model type and every parameter's name, dtype, shape and bytes; independent of files."""
    digest = hashlib.sha256(str(model.config.model_type).encode())
    for name, parameter in sorted(model.named_parameters()):
        digest.update(f"{name}|{parameter.dtype}|{tuple(parameter.shape)}|".encode())
        flat = parameter.detach().cpu().contiguous().flatten()
        digest.update(flat.view(torch.uint8).numpy().data)
    return digest.hexdigest()
