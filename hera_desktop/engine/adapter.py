"""The chat's LoRA adapter: what it is in a session, and the live layers on the model.

``y = W x + s B (A x)``, A ``(rank, d_in)``, B ``(d_out, rank)``, s = alpha / rank, or alpha / sqrt(rank) with
rank-stabilised scaling (Hu et al. 2021, arXiv:2106.09685; Kalajdzievski 2023, arXiv:2312.03732). DoRA gives each row of
``W + s B A`` a length m of its own (Liu et al. 2024, arXiv:2402.09353). The layers are PEFT's; they are switched off
where no adapter is in force, and the base's logits come back bit for bit.
"""

from __future__ import annotations

import hashlib
import json
import math
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load, save
from torch import Tensor, nn

from .errors import SessionError
from .facts_config import LoraSection
from .patches import Factors, Patch, Site

if TYPE_CHECKING:
    from .model import LanguageModel

ADAPTER = "hera"
"""The name PEFT's layers know the adapter by."""

SIDES = ("A", "B", "m")
_HEADER = "adapter"
_OPTIMIZER = "optimizer."


@dataclass(frozen=True)
class AdapterSpec:
    """What an adapter is made of; two with another one cannot be loaded into the same layers."""

    rank: int
    alpha: float
    dropout: float
    dora: bool
    rslora: bool
    sites: tuple[Site, ...]

    @classmethod
    def of(cls, settings: LoraSection, model: LanguageModel) -> AdapterSpec:
        """The configured adapter on this model; raises InputError for a matrix or block that it does not have."""
        sites = model.target_sites(settings.targets, settings.layers)
        return cls(settings.rank, settings.alpha, settings.dropout, settings.dora, settings.rslora, sites)

    @classmethod
    def from_json(cls, tree: Mapping[str, Any]) -> AdapterSpec:
        return cls(**{**tree, "sites": tuple((int(layer), str(part)) for layer, part in tree["sites"])})

    @property
    def scaling(self) -> float:
        return self.alpha / (math.sqrt(self.rank) if self.rslora else self.rank)

    @property
    def sides(self) -> tuple[str, ...]:
        return SIDES if self.dora else SIDES[:2]

    def key(self, site: Site, side: str) -> str:
        """A tensor's name in a state."""
        return f"{site[0]}.{site[1]}.{side}"


@dataclass(frozen=True, eq=False)
class AdapterState:
    """All that the chat has learned: the adapter's tensors (float32 on the CPU) by ``AdapterSpec.key``, and what AdamW
    remembers where that is kept. It stands in for every adapter before it."""

    spec: AdapterSpec
    tensors: Mapping[str, Tensor]
    optimizer: Mapping[str, Tensor] = field(default_factory=dict)

    @cached_property
    def factors(self) -> tuple[Factors, ...]:
        """The change as factors, matrix by matrix; none with DoRA, whose change has no low rank."""
        if self.spec.dora:
            return ()
        return tuple(self._factors(site) for site in self.spec.sites)

    def _factors(self, site: Site) -> Factors:
        a, b = (self.tensors[self.spec.key(site, side)] for side in "AB")
        return Factors(*site, b * self.spec.scaling, a.T.contiguous())

    @property
    def rank(self) -> int:
        return self.spec.rank

    @property
    def layers(self) -> tuple[int, ...]:
        return tuple(sorted({layer for layer, _ in self.spec.sites}))

    @property
    def first_layer(self) -> int:
        return min(layer for layer, _ in self.spec.sites)

    @property
    def frobenius(self) -> float:
        """Of ``s B A`` over all matrices; with DoRA the lengths of the rows are not in it."""
        return math.sqrt(sum(self._factors(site).frobenius ** 2 for site in self.spec.sites))

    @property
    def is_finite(self) -> bool:
        return all(bool(tensor.isfinite().all()) for tensor in self.tensors.values())

    @property
    def size(self) -> int:
        """Bytes of all tensors."""
        return sum(t.numel() * t.element_size() for t in (*self.tensors.values(), *self.optimizer.values()))

    def between(self, other: AdapterState, share: float) -> AdapterState:
        """``share`` of the way from this state to ``other``, tensor by tensor; AdamW's memory is not kept."""
        mixed = {key: tensor.lerp(other.tensors[key], share) for key, tensor in self.tensors.items()}
        return AdapterState(self.spec, mixed)

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 over what the adapter is made of and its tensors' bytes."""
        digest = hashlib.sha256(json.dumps(asdict(self.spec), sort_keys=True).encode())
        for group in (self.tensors, self.optimizer):
            for key in sorted(group):
                digest.update(f"|{key}|{tuple(group[key].shape)}|".encode())
                digest.update(group[key].contiguous().numpy().tobytes())
        return digest.hexdigest()

    def to_bytes(self) -> bytes:
        """safetensors bytes, with the spec in the metadata."""
        moments = {f"{_OPTIMIZER}{key}": tensor.contiguous() for key, tensor in self.optimizer.items()}
        whole = {**{key: tensor.contiguous() for key, tensor in self.tensors.items()}, **moments}
        return save(whole, {_HEADER: json.dumps(asdict(self.spec))})

    @classmethod
    def from_bytes(cls, data: bytes, header: str) -> AdapterState:
        spec, tensors = AdapterSpec.from_json(json.loads(header)), load(data)
        own = {key: tensor for key, tensor in tensors.items() if not key.startswith(_OPTIMIZER)}
        moments = {key.removeprefix(_OPTIMIZER): t for key, t in tensors.items() if key.startswith(_OPTIMIZER)}
        if own.keys() != {spec.key(site, side) for site in spec.sites for side in spec.sides}:
            raise KeyError("tensors are missing")
        return cls(spec, own, moments)


def read_change(data: bytes) -> Patch | AdapterState:
    """A patch or an adapter from its bytes in a session; raises SessionError when they are damaged."""
    try:
        length = int.from_bytes(data[:8], "little")
        header = json.loads(data[8 : 8 + length])["__metadata__"]
        if _HEADER not in header:
            return Patch.from_bytes(data)
        return AdapterState.from_bytes(data, header[_HEADER])
    except (SafetensorError, ValueError, KeyError, TypeError):
        raise SessionError("a stored change is damaged; its factors cannot be read") from None


class LiveAdapter:
    """The adapter's layers on a model. They are made when the first adapter comes into force and stay, switched off
    where none is; another spec makes them anew."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        self._layers: dict[Site, nn.Module] = {}
        self._loaded: AdapterState | None = None
        self.spec: AdapterSpec | None = None

    def load(self, state: AdapterState | None) -> None:
        """Make this adapter the one in force; None switches the layers off."""
        if state is None:
            self._switch(on=False)
            return
        self.fit(state.spec)
        if state is not self._loaded:
            for key, parameter in self.parameters().items():
                parameter.data.copy_(state.tensors[key])
            self._loaded = state
        self._switch(on=True)

    def fit(self, spec: AdapterSpec) -> None:
        """Have layers of this spec; raises InputError or ModelError where the model has no such matrix."""
        if spec == self.spec:
            return
        self.remove()
        self._layers = _wrapped(self._model, spec)
        self.spec, self._loaded = spec, None
        for parameter in self.parameters().values():  # a small change survives beside bf16 weights
            parameter.data = parameter.data.to(torch.promote_types(parameter.dtype, torch.float32))
        self._switch(on=False)

    def remove(self) -> None:
        """Take the layers off the model."""
        for site, layer in self._layers.items():
            self._model.holder(site)._modules["_original_component"] = layer.base_layer  # type: ignore[union-attr]
        self._layers, self.spec, self._loaded = {}, None, None

    def _switch(self, on: bool) -> None:
        for layer in self._layers.values():
            layer.enable_adapters(on)
        for parameter in self.parameters().values():
            parameter.requires_grad_(False)

    def parameters(self) -> dict[str, nn.Parameter]:
        """The live tensors by ``AdapterSpec.key``, in a fixed order."""
        spec = self.spec
        if spec is None:
            return {}
        return {spec.key(site, s): _parameter(layer, s) for site, layer in self._layers.items() for s in spec.sides}

    def weights(self) -> dict[Site, Tensor]:
        """The adapted matrices' own weights, ``(d_out, d_in)``."""
        return {site: self._model.writer_at(*site).weight() for site in self._layers}

    def inputs(self) -> dict[Site, nn.Module]:
        """The layers; a forward pre-hook on one sees what its matrix reads."""
        return dict(self._layers)

    def state(self, optimizer: Mapping[str, Tensor] | None = None) -> AdapterState:
        """The live tensors as they are now."""
        tensors = {key: parameter.detach().float().cpu().clone() for key, parameter in self.parameters().items()}
        return AdapterState(self.spec, tensors, dict(optimizer or {}))  # type: ignore[arg-type]

    def begun(self, spec: AdapterSpec, seed: int) -> AdapterState:
        """A new adapter that changes nothing: B is 0, A is drawn evenly within 1 / sqrt(d_in), as PEFT does it, and
        DoRA's lengths are those of the rows of W."""
        self.fit(spec)
        generator = torch.Generator().manual_seed(seed)
        tensors = {}
        for key, parameter in self.parameters().items():
            if key.endswith(".A"):
                bound = 1 / math.sqrt(parameter.shape[1])
                tensors[key] = (torch.rand(parameter.shape, generator=generator) * 2 - 1) * bound
            elif key.endswith(".B"):
                tensors[key] = torch.zeros(parameter.shape)
        if spec.dora:
            lengths = {site: weight.float().norm(dim=1).cpu() for site, weight in self.weights().items()}
            tensors |= {spec.key(site, "m"): length.detach() for site, length in lengths.items()}
        return AdapterState(spec, tensors)

    @contextmanager
    def off(self) -> Iterator[None]:
        """The layers switched off for the length of a ``with`` block; other patches stay active."""
        learns = {key: parameter.requires_grad for key, parameter in self.parameters().items()}
        was_on = any(not layer.disable_adapters for layer in self._layers.values())
        try:
            self._switch(on=False)
            yield
        finally:
            self._switch(on=was_on)
            for key, parameter in self.parameters().items():
                parameter.requires_grad_(learns[key])

    @contextmanager
    def learning(self, start: AdapterState) -> Iterator[dict[str, nn.Parameter]]:
        """The live tensors with gradients, beginning at ``start``, for the length of a ``with`` block; afterwards they
        are nobody's state, so that ``load`` reads the next one anew. Dropout is on where the spec has any."""
        self.load(start)
        parameters = self.parameters()
        try:
            for layer in self._layers.values():
                layer.train()
            for parameter in parameters.values():
                parameter.requires_grad_(True)
            yield parameters
        finally:
            for layer in self._layers.values():
                layer.eval()
            for parameter in parameters.values():
                parameter.requires_grad_(False)
                parameter.grad = None
            self._loaded = None


def _wrapped(model: LanguageModel, spec: AdapterSpec) -> dict[Site, nn.Module]:
    """Put PEFT's layers around the matrices of ``spec``; the base's tensors stay where they are."""
    from peft import LoraConfig, inject_adapter_in_model

    paths = {id(module): path for path, module in model.hf.named_modules()}
    holders: dict[Site, Any] = {site: model.holder(site) for site in spec.sites}
    config = LoraConfig(
        r=spec.rank,
        lora_alpha=spec.alpha,  # type: ignore[arg-type]
        lora_dropout=spec.dropout,
        use_dora=spec.dora,
        use_rslora=spec.rslora,
        target_modules=[paths[id(holder.original_component)] for holder in holders.values()],
    )
    with warnings.catch_warnings():  # PEFT finds out by itself which matrices are kept the other way round, and says so
        warnings.simplefilter("ignore")
        inject_adapter_in_model(config, model.hf, adapter_name=ADAPTER)
    layers = {site: holder.original_component for site, holder in holders.items()}
    for layer in layers.values():
        layer.eval()
    return layers


def _parameter(layer: nn.Module, side: str) -> nn.Parameter:
    if side == "m":
        return layer.lora_magnitude_vector[ADAPTER].weight
    return getattr(layer, f"lora_{side}")[ADAPTER].weight
