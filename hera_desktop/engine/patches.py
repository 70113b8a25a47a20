"""Weight patches: low-rank changes beside the frozen base.

A patch is a pair of factors on one matrix, or on several: ``y = W x + U (V^T x)``. The base's tensors are never
written. The model's state is the ordered tuple of active patches (see patch_stack.py).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property

import torch
from safetensors import SafetensorError
from safetensors.torch import load, save
from torch import Tensor

from .errors import SessionError

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
