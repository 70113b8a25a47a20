"""What work costs: seconds, and the most memory that was taken."""

from __future__ import annotations

import ctypes
import gc
import sys
import threading
import time
from collections.abc import Callable
from types import TracebackType

import psutil
import torch
from transformers import AutoModelForCausalLM

from ..model import LanguageModel

SAMPLED_EVERY = 0.01
"""Seconds between two looks at the process' memory."""
MB = 10**6


def own_parameters(model: LanguageModel) -> int:
    """How many weights a model of this architecture has by itself; the bridge keeps some of GPT-2's a second time."""
    with torch.device("meta"):  # shapes without memory
        plain = AutoModelForCausalLM.from_config(model.hf.config)
    return sum(parameter.numel() for parameter in plain.parameters())


def timed(work: Callable[[], object], device: torch.device) -> float:
    """Seconds that ``work`` takes, with what it leaves to a graphics card."""
    settle(device)
    begun = time.perf_counter()
    work()
    settle(device)
    return time.perf_counter() - begun


def settle(device: torch.device) -> None:
    """Wait for what was given to a graphics card."""
    if device.type == "cuda":
        torch.cuda.synchronize(device)


def give_back() -> None:
    """Let go of what is not used, and on Linux give it back to the system: what the C library keeps of it would be used
    again unseen."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)


class PeakMemory:
    """``taken``: the most memory within a ``with`` block, above what there was when it began, in bytes. On a CUDA card
    that is what torch allocated there, else the resident memory of the process, looked at every ``SAMPLED_EVERY``
    seconds: a shorter peak may be missed."""

    def __init__(self, device: torch.device) -> None:
        self._device = device
        self._process, self._stop = psutil.Process(), threading.Event()
        self._before = self._peak = 0
        self._sampler = threading.Thread(target=self._watch, name="peak-memory", daemon=True)

    @property
    def taken(self) -> int:
        return self._peak - self._before

    def __enter__(self) -> PeakMemory:
        give_back()
        if self._on_card:
            torch.cuda.reset_peak_memory_stats(self._device)
            self._before = self._peak = torch.cuda.memory_allocated(self._device)
        else:
            self._before = self._peak = self._resident()
            self._sampler.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._on_card:
            self._peak = torch.cuda.max_memory_allocated(self._device)
            return
        self._stop.set()
        self._sampler.join()
        self._peak = max(self._peak, self._resident())

    @property
    def _on_card(self) -> bool:
        return self._device.type == "cuda"

    def _resident(self) -> int:
        return self._process.memory_info().rss

    def _watch(self) -> None:
        while not self._stop.wait(SAMPLED_EVERY):
            self._peak = max(self._peak, self._resident())
