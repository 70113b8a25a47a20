"""Weight patches: low-rank changes beside the frozen base.

A patch is a pair of factors on one matrix, or on several: ``y = W x + U (V^T x)``. The base's tensors are never
written. The model's state is the ordered tuple of active patches; setting that tuple is all there is to applying,
trying and rolling back, and the same tuple always gives the same logits, bit for bit.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import torch
from safetensors import SafetensorError
from safetensors.torch import load, save
from torch import Tensor, nn

from .errors import SessionError

if TYPE_CHECKING:
    from .model import LanguageModel

Site = tuple[int, str]
"""A matrix: block number and component, such as ``(7, "mlp.out")``."""


@dataclass(frozen=True, eq=False)
class Factors:
    """The change ``U V^T`` of one matrix; ``u (d_out, rank)`` and ``v (d_in, rank)``, float32 on the CPU."""

    layer: int
    component: str
    u: Tensor
    v: Tensor

    @property
    def site(self) -> Site:
        return (self.layer, self.component)

    @property
    def rank(self) -> int:
        return self.u.shape[1]

    @cached_property
    def singular_values(self) -> Tensor:
        """Of ``U V^T``, largest first: those of ``R_u R_v^T`` after two thin QRs; of the dense matrix only where many
        patches together have more columns than it."""
        if self._wide:
            return torch.linalg.svdvals(self._dense)  # (min(d_out, d_in),)
        r_u = torch.linalg.qr(self.u.double(), mode="r").R  # (rank, rank)
        r_v = torch.linalg.qr(self.v.double(), mode="r").R  # (rank, rank)
        return torch.linalg.svdvals(r_u @ r_v.T)  # (rank,)

    @property
    def _wide(self) -> bool:
        return self.rank > min(self.u.shape[0], self.v.shape[0])

    @property
    def _dense(self) -> Tensor:
        return self.u.double() @ self.v.double().T  # (d_out, d_in)

    @property
    def frobenius(self) -> float:
        if self._wide:
            return self._dense.norm().item()
        return self.singular_values.square().sum().sqrt().item()

    def truncated(self, max_rank: int) -> Factors:
        """The best approximation of rank ``max_rank`` in the Frobenius norm (by SVD of the factors)."""
        if self.rank <= max_rank:
            return self
        q_u, r_u = torch.linalg.qr(self.u.double())
        q_v, r_v = torch.linalg.qr(self.v.double())
        left, values, right = torch.linalg.svd(r_u @ r_v.T)
        u = q_u @ left[:, :max_rank] * values[:max_rank]  # (d_out, max_rank)
        v = q_v @ right[:max_rank].T  # (d_in, max_rank)
        return Factors(self.layer, self.component, u.float().contiguous(), v.float().contiguous())


@dataclass(frozen=True, eq=False)
class Patch:
    """One proposal's change: factors for one matrix or several."""

    factors: tuple[Factors, ...]

    @property
    def rank(self) -> int:
        return max(f.rank for f in self.factors)

    @property
    def layers(self) -> tuple[int, ...]:
        return tuple(sorted({f.layer for f in self.factors}))

    @property
    def first_layer(self) -> int:
        return min(f.layer for f in self.factors)

    @property
    def frobenius(self) -> float:
        return sum(f.frobenius**2 for f in self.factors) ** 0.5

    @property
    def is_finite(self) -> bool:
        return all(bool(f.u.isfinite().all() and f.v.isfinite().all()) for f in self.factors)

    def truncated(self, max_rank: int) -> Patch:
        return Patch(tuple(f.truncated(max_rank) for f in self.factors))

    def scaled(self, strength: float) -> Patch:
        """The same direction with another strength."""
        return Patch(tuple(Factors(f.layer, f.component, f.u * strength, f.v) for f in self.factors))

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 over sites, shapes and the factors' bytes."""
        digest = hashlib.sha256()
        for f in self.factors:
            digest.update(f"{f.layer}|{f.component}|{tuple(f.u.shape)}|{tuple(f.v.shape)}|".encode())
            for tensor in (f.u, f.v):
                digest.update(tensor.detach().float().contiguous().cpu().numpy().tobytes())
        return digest.hexdigest()

    def to_bytes(self) -> bytes:
        """safetensors bytes, with the sites in the metadata."""
        tensors: dict[str, Tensor] = {}
        for number, f in enumerate(self.factors):
            tensors[f"{number}.u"], tensors[f"{number}.v"] = f.u.contiguous(), f.v.contiguous()
        return save(tensors, {"sites": json.dumps([f.site for f in self.factors])})

    @classmethod
    def from_bytes(cls, data: bytes) -> Patch:
        """The patch of ``to_bytes``; raises SessionError when the bytes are damaged."""
        try:
            tensors = load(data)
            header = json.loads(data[8 : 8 + int.from_bytes(data[:8], "little")])
            sites = json.loads(header["__metadata__"]["sites"])
            pairs = [(tensors[f"{n}.u"], tensors[f"{n}.v"]) for n in range(len(sites))]
        except (SafetensorError, ValueError, KeyError):
            raise SessionError("a stored patch is damaged; its factors cannot be read") from None
        return cls(tuple(Factors(layer, part, u, v) for (layer, part), (u, v) in zip(sites, pairs, strict=True)))


class PatchStack:
    """The ordered list of active patches on a model, and the only place where the model's behaviour is changed."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        self._active: tuple[Patch, ...] = ()
        self._sites: dict[Site, _SiteHook] = {}

    @property
    def active(self) -> tuple[Patch, ...]:
        return self._active

    def set(self, patches: Iterable[Patch]) -> None:
        """Make exactly these patches active, in this order."""
        wanted = tuple(patches)
        columns: dict[Site, list[Factors]] = {}
        for patch in wanted:
            for factors in patch.factors:
                columns.setdefault(factors.site, []).append(factors)
        modules = {site: self._model.writer_at(*site).module for site in columns if site not in self._sites}
        for site, module in modules.items():  # nothing has changed where one of them does not exist
            self._sites[site] = _SiteHook(module)
        for site in self._sites.keys() - columns.keys():
            self._sites.pop(site).remove()
        for site, stacked in columns.items():
            self._sites[site].set(stacked)
        self._active = wanted

    @contextmanager
    def temporarily(self, patches: Iterable[Patch]) -> Iterator[None]:
        """Another list of patches for the length of a ``with`` block, whatever happens inside."""
        before = self._active
        try:
            self.set(patches)
            yield
        finally:
            self.set(before)

    @contextmanager
    def trial(self, patch: Patch) -> Iterator[None]:
        """The active patches and ``patch`` after them, for the length of a ``with`` block."""
        with self.temporarily((*self._active, patch)):
            yield

    @contextmanager
    def base_beside(self) -> Iterator[None]:
        """Row 0 of every batch is the base and the other rows the present state, for the length of a ``with`` block:
        a short text costs hardly more twice than once, because reading the weights is what takes the time."""
        try:
            for hook in self._sites.values():
                hook.base_row = True
            yield
        finally:
            for hook in self._sites.values():
                hook.base_row = False

    def relative_change(self) -> dict[Site, float]:
        """``||sum of the active patches||_F / ||W||_F`` for every edited matrix."""
        result = {}
        for site, hook in self._sites.items():
            total = Factors(*site, hook.u.T.float().cpu(), hook.v.float().cpu())
            weight = self._model.writer_at(*site).weight()
            result[site] = total.frobenius / weight.double().norm().item()
        return result


class _SiteHook:
    """Adds ``U (V^T x)`` to the output of one matrix; the columns of all its patches stand side by side."""

    def __init__(self, module: nn.Module) -> None:
        weight = next(module.parameters())
        self._device = weight.device
        self._dtype = torch.promote_types(weight.dtype, torch.float32)  # a small change survives beside bf16 weights
        self._stacked: tuple[int, ...] = ()
        self.base_row = False
        self.u = self.v = torch.empty(0)  # (rank, d_out) and (d_in, rank)
        self._handle = module.register_forward_hook(self._add)

    def set(self, columns: list[Factors]) -> None:
        key = tuple(id(f) for f in columns)
        if key == self._stacked:
            return
        self._stacked = key
        self.u = torch.cat([f.u for f in columns], dim=1).T.contiguous().to(self._device, self._dtype)
        self.v = torch.cat([f.v for f in columns], dim=1).contiguous().to(self._device, self._dtype)
        self._columns = columns  # kept alive, so that the ids above stay theirs

    def remove(self) -> None:
        self._handle.remove()

    def _add(self, _: nn.Module, args: tuple[Tensor, ...], output: Tensor) -> Tensor:
        inner = args[0].to(self._dtype) @ self.v  # (rows, ..., rank)
        if self.base_row:
            inner = torch.cat([torch.zeros_like(inner[:1]), inner[1:]])
        change = inner @ self.u  # (rows, ..., d_out)
        return (output.to(self._dtype) + change).to(output.dtype)
