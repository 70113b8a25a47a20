"""A device without float64, as Apple's GPUs are, made believe on the processor.

What is made on ``DEVICE``, put there or computed from what is there lies there, until it is fetched with ``cpu()``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from sae_lens import SAE
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

from hera_desktop.engine.loading import LoadedModel
from hera_desktop.engine.model import LanguageModel
from tests import tiny

DEVICE = torch.device("cpu:0")
"""Torch computes on it as on the processor, and tells it from ``cpu``."""


class NoFloat64(Exception):
    """No TypeError, which torch's operators take for something else."""


class OnDevice(Tensor):
    """A tensor on the device; one of float64 is refused there as Apple's GPUs refuse it."""

    @classmethod
    def __torch_function__(cls, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        if func == Tensor.device.__get__:
            return DEVICE
        if func is Tensor.cpu:
            with torch._C.DisableTorchFunctionSubclass():
                return args[0].as_subclass(Tensor)
        result = super().__torch_function__(func, types, args, kwargs or {})
        for one in result if isinstance(result, (tuple, list)) else (result,):
            _check(one)
        return result


class _Putting(TorchFunctionMode):
    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        kwargs = kwargs or {}
        result = func(*args, **kwargs)
        named = any(isinstance(one, torch.device) and one == DEVICE for one in (*args, *kwargs.values()))
        return _check(_moved(result)) if named and isinstance(result, Tensor) else result


def _moved(tensor: Tensor) -> Tensor:
    if not tensor.is_leaf:
        return tensor.as_subclass(OnDevice)
    return tensor.detach().as_subclass(OnDevice).requires_grad_(tensor.requires_grad)


def _check(tensor: Any) -> Any:
    if isinstance(tensor, OnDevice) and tensor.dtype == torch.float64:
        raise NoFloat64("the device has no float64")
    return tensor


@contextmanager
def device() -> Iterator[torch.device]:
    """There is such a device for the length of a ``with`` block."""
    with _Putting():
        yield DEVICE


def put(module: nn.Module) -> nn.Module:
    """The module with all its parameters on the device."""
    for part in module.modules():
        for name, parameter in part._parameters.items():
            if parameter is not None:
                part._parameters[name] = nn.Parameter(parameter.detach().as_subclass(OnDevice), requires_grad=False)
    return module


def language_model() -> LanguageModel:
    return LanguageModel(LoadedModel("tiny-llama", put(tiny.hf_model()), tiny.byte_tokenizer()))


def sae() -> SAE:
    return put(tiny.random_sae())
