"""What is active on a model: patches, and at most one of the chat's adapters.

Setting the ordered tuple of changes is all there is to applying, trying and rolling back; the same tuple always gives
the same logits, bit for bit. An adapter is the whole of what the chat has learned, so that of several in a row only the
last counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from .adapter import AdapterState, LiveAdapter
from .patches import Factors, Patch, Site

if TYPE_CHECKING:
    from .model import LanguageModel

SUM_BLOCK = 128
"""How many changes of one matrix are summed up in one product; a change more or less costs no more than that."""

ModelChange = Patch | AdapterState
"""What can be active: a patch, or the chat's adapter."""


def in_force(changes: Iterable[ModelChange]) -> tuple[ModelChange, ...]:
    """The changes without the adapters that a later one stands in for."""
    given = tuple(changes)
    last = next((one for one in reversed(given) if isinstance(one, AdapterState)), None)
    return tuple(one for one in given if one is last or not isinstance(one, AdapterState))


class PatchStack:
    """The ordered list of active patches on a model, and the only place where the model's behaviour is changed."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        self._active: tuple[ModelChange, ...] = ()
        self._sites: dict[Site, _SiteHook] = {}
        self.adapter = LiveAdapter(model)

    @property
    def active(self) -> tuple[ModelChange, ...]:
        """What is in force, in order."""
        return self._active

    @property
    def learned(self) -> AdapterState | None:
        """The adapter in force."""
        return next((one for one in self._active if isinstance(one, AdapterState)), None)

    def set(self, changes: Iterable[ModelChange]) -> None:
        """Make exactly these changes active, in this order; of adapters the last one."""
        wanted = in_force(changes)
        columns = _by_site(change for change in wanted if isinstance(change, Patch))
        modules = {site: self._model.writer_at(*site).module for site in columns if site not in self._sites}
        self.adapter.load(next((one for one in wanted if isinstance(one, AdapterState)), None))
        for site, module in modules.items():  # nothing has changed where one of them does not exist
            self._sites[site] = _SiteHook(module)
        for site in self._sites.keys() - columns.keys():
            self._sites.pop(site).remove()
        for site, stacked in columns.items():
            self._sites[site].set(stacked)
        self._active = wanted

    @contextmanager
    def temporarily(self, patches: Iterable[ModelChange]) -> Iterator[None]:
        """Another list of patches for the length of a ``with`` block, whatever happens inside."""
        before = self._active
        try:
            self.set(patches)
            yield
        finally:
            self.set(before)

    @contextmanager
    def trial(self, patch: ModelChange) -> Iterator[None]:
        """The active patches and ``patch`` after them, for the length of a ``with`` block."""
        with self.temporarily((*self._active, patch)):
            yield

    @contextmanager
    def beside(self, *states: Sequence[ModelChange]) -> Iterator[None]:
        """Row n of every batch is the n-th of the states, for the length of a ``with`` block: a short text costs hardly
        more several times than once, because reading the weights is what takes the time. Each state begins the next,
        and none has an adapter."""
        with self.temporarily(states[-1]):
            used, columns = list(self._sites.items()), [_by_site(state) for state in states]
            try:
                for site, hook in used:
                    hook.divide([one.get(site, []) for one in columns])
                yield
            finally:
                for _, hook in used:
                    hook.rows = ()

    @contextmanager
    def lesson(self, start: AdapterState) -> Iterator[LiveAdapter]:
        """The adapter's layers with gradients, beginning at ``start``, for the length of a ``with`` block; what is in
        force is as before afterwards."""
        try:
            with self.adapter.learning(start):
                yield self.adapter
        finally:
            self.set(self._active)

    def relative_change(self) -> dict[Site, float]:
        """``||sum of the active changes||_F / ||W||_F`` for every edited matrix; an adapter with DoRA is left out."""
        result = {}
        for site, parts in _by_site(self._active).items():
            weight = self._model.writer_at(*site).weight()
            result[site] = self._norm(site, parts) / weight.cpu().double().norm().item()
        return result

    def _norm(self, site: Site, parts: list[Factors]) -> float:
        """The Frobenius norm of the sum; read off where the hook has summed up the very same changes."""
        hook = self._sites.get(site)
        if hook is not None and hook.holds(parts):
            return hook.u.cpu().double().norm().item()
        return Factors(*site, torch.cat([f.u for f in parts], 1), torch.cat([f.v for f in parts], 1)).frobenius


class _SiteHook:
    """Adds ``U (V^T x)`` to the output of one matrix. The columns of all its patches stand side by side; where there
    are so many that their sum is the smaller matrix, that is what is added, summed up in their order."""

    def __init__(self, module: nn.Module) -> None:
        weight = next(module.parameters())
        self._device = weight.device
        self._dtype = torch.promote_types(weight.dtype, torch.float32)  # a small change survives beside bf16 weights
        self._columns: list[Factors] = []
        self._begun: tuple[list[Factors], Tensor] = ([], torch.empty(0))  # whole blocks, and their sum (d_in, d_out)
        self.rows: Sequence[tuple[Tensor, Tensor] | None] = ()  # each row's own u and v; nothing: all have the same
        self.u = self.v = torch.empty(0)  # (rank, d_out) and (d_in, rank), or the sum: u (d_in, d_out) and v empty
        self._handle = module.register_forward_hook(self._add)

    def set(self, columns: list[Factors]) -> None:
        if len(columns) == len(self._columns) and _begins(columns, self._columns):
            return
        self.u, self.v = self._matrices(columns)
        if self.v.numel():
            self._begun = ([], torch.empty(0))
        self._columns = columns

    def divide(self, parts: Sequence[list[Factors]]) -> None:
        """Row n of every batch has the changes of the n-th part alone; the last part is all of them."""
        if len(parts) > 1:
            self.rows = [*(self._matrices(part) if part else None for part in parts[:-1]), (self.u, self.v)]

    def _matrices(self, columns: list[Factors]) -> tuple[Tensor, Tensor]:
        """What ``u`` and ``v`` are of changes."""
        d_out, d_in = columns[0].u.shape[0], columns[0].v.shape[0]
        if sum(f.rank for f in columns) * (d_in + d_out) > d_in * d_out:
            return self._sum(columns).to(self._device, self._dtype), torch.empty(0)
        u = torch.cat([f.u for f in columns], dim=1).T.contiguous()
        v = torch.cat([f.v for f in columns], dim=1).contiguous()
        return u.to(self._device, self._dtype), v.to(self._device, self._dtype)

    def holds(self, columns: list[Factors]) -> bool:
        """Whether ``u`` is the sum of exactly these."""
        return not self.v.numel() and len(columns) == len(self._columns) and _begins(columns, self._columns)

    def _sum(self, columns: list[Factors]) -> Tensor:
        """``(d_in, d_out)``, block after block of ``SUM_BLOCK`` columns' factors. The sum of the whole blocks is kept
        for the next list that begins with them; the same list gives the same sum, bit for bit, whatever was kept."""
        begun, total = self._begun
        if not (begun and _begins(columns, begun)):
            begun, total = [], torch.zeros(columns[0].v.shape[0], columns[0].u.shape[0])
        done, whole = len(begun), (len(columns) - 1) // SUM_BLOCK * SUM_BLOCK
        for start in range(done, whole, SUM_BLOCK):
            total = total + _product(columns[start : start + SUM_BLOCK])
        done = max(done, whole)
        self._begun = (columns[:done], total)
        return total + _product(columns[done:]) if done < len(columns) else total

    def remove(self) -> None:
        self._handle.remove()

    def _add(self, _: nn.Module, args: tuple[Tensor, ...], output: Tensor) -> Tensor:
        read = args[0].to(self._dtype)  # (rows, ..., d_in)
        if self.rows:
            own = [_change(row, *matrices) for row, matrices in zip(read, self.rows, strict=True) if matrices]
            return torch.cat([output[: len(output) - len(own)], self._with(output[-len(own) :], torch.stack(own))])
        return self._with(output, _change(read, self.u, self.v))

    def _with(self, output: Tensor, change: Tensor) -> Tensor:
        return (output.to(self._dtype) + change).to(output.dtype)


def _change(read: Tensor, u: Tensor, v: Tensor) -> Tensor:
    """``(..., d_in)`` -> ``(..., d_out)``."""
    return (read @ v if v.numel() else read) @ u


def _by_site(changes: Iterable[ModelChange]) -> dict[Site, list[Factors]]:
    """The factors of changes, matrix by matrix, in order."""
    columns: dict[Site, list[Factors]] = {}
    for change in changes:
        for factors in change.factors:
            columns.setdefault(factors.site, []).append(factors)
    return columns


def _begins(columns: list[Factors], with_these: list[Factors]) -> bool:
    """Whether a list begins with the very same changes."""
    return len(with_these) <= len(columns) and all(a is b for a, b in zip(columns, with_these, strict=False))


def _product(columns: list[Factors]) -> Tensor:
    """``V U^T`` of changes side by side, ``(d_in, d_out)`` float32."""
    v, u = (torch.cat([getattr(f, side) for f in columns], dim=1).float() for side in "vu")
    return v @ u.T
