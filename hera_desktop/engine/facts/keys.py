"""Where a fact's adapter begins: the directions in which what a matrix reads about this fact differs most from what it
reads otherwise.

For inputs x of the fact (the tokens of its subject, and of the answer up to the object) and the second moment
C = E[x x^T] of everything else, the rows of A are the directions a that maximise ``a^T E[x x^T] a / a^T C a``: the
leading generalised eigenvectors; with one input that is ROME's ``C^-1 k`` (Meng et al. 2022, arXiv:2202.05262). C has
general questions with the base's own answers, prose, the same questions about other subjects, and the earlier facts. A
row is scaled to a^T C a = 1, so that a step of B does the same to everything else whichever row it is in, and most to
the fact in the first; it stays as it is, and a lesson learns B alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import torch
from torch import Tensor

from ..adapter import AdapterSpec, AdapterState
from ..patches import Factors, Patch, Site
from .ground import Ground, Moments


def second_moments(ground: Ground, others: Mapping[Site, Tensor], earlier: Sequence[Patch]) -> dict[Site, Tensor]:
    """C for every matrix: the ground's, plus that of ``others`` (inputs ``(tokens, d_in)`` about other subjects), plus
    the earlier facts', whose inputs are known by what their patches respond to: C a / a^T C a (Haufe et al. 2014,
    NeuroImage 87, 96-110)."""
    found = {}
    for site, c in ground.moments.items():
        whole = c.clone()
        if len(others.get(site, ())):
            x = others[site].double()
            whole += x.T @ x / len(x)
        columns = [f.v for patch in earlier for f in patch.factors if f.site == site]
        if columns:
            v = torch.cat(columns, dim=1).double()  # (d_in, ranks of all)
            read = c @ v
            read = read / (v * read).sum(0)
            whole += read @ read.T * (len(columns) / v.shape[1])
        found[site] = whole
    return found


def keyed(spec: AdapterSpec, inputs: Mapping[Site, Tensor], moments: Moments) -> dict[Site, Tensor]:
    """A of every matrix, ``(rank, d_in)`` float32, a^T C a = 1; rows beyond the number of inputs are 0."""
    return {site: _directions(inputs[site].double(), moments[site], spec.rank) for site in spec.sites}


def _directions(x: Tensor, c: Tensor, rank: int) -> Tensor:
    lower = torch.linalg.cholesky(c)
    whitened = torch.linalg.solve_triangular(lower, x.T, upper=False)  # (d_in, tokens)
    leading = torch.linalg.svd(whitened, full_matrices=False).U[:, :rank]
    rows = torch.linalg.solve_triangular(lower.T, leading, upper=True).T  # (rank, d_in)
    missing = rank - len(rows)
    return torch.cat([rows, rows.new_zeros(missing, rows.shape[1])]).float() if missing else rows.float()


def metric(spec: AdapterSpec, start: AdapterState, ground: Ground) -> dict[str, tuple[Tensor, Tensor]]:
    """For every B, by its key: how much a change of it is felt, ``(d_out, d_out)``, and the second moment of what it
    reads, ``(rank, rank)``; a change D of B makes a divergence of about ``tr(D^T G D S) / 2`` nats a token."""
    found = {}
    for site in spec.sites:
        a = start.tensors[spec.key(site, "A")].double()
        reads = a @ ground.moments[site] @ a.T
        used = torch.diag((reads.diagonal() == 0).double())  # a row of zeros reads nothing
        found[spec.key(site, "B")] = (spec.scaling**2 * ground.sensitivity[site], reads + used)
    return found


def as_patch(factors: Iterable[Factors]) -> Patch:
    """The change without the ranks that nothing was learned in."""
    kept = []
    for f in factors:
        used = (f.u.norm(dim=0) * f.v.norm(dim=0)) > 0
        u, v = (f.u[:, used], f.v[:, used]) if bool(used.any()) else (f.u[:, :1], f.v[:, :1])
        kept.append(Factors(*f.site, u.contiguous(), v.contiguous()))
    return Patch(tuple(kept))
