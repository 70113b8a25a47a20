"""Null edits: random changes that are as large as a step and carry no signal.

A null edit has a step's sites, rank and singular values (so its Frobenius and spectral norms too); its singular vectors
are drawn uniformly. Edit ``number`` depends on seed, site and number alone, so a run that was stopped goes on with the
same edits.
"""

from __future__ import annotations

import hashlib
import math
import statistics
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from .errors import InputError
from .immune.comparison import Comparison
from .immune.probe_files import as_yaml
from .null_statistics import Key, NullBasis
from .patches import Factors, Patch

if TYPE_CHECKING:
    from .calibration import CalibrationPlan
    from .hera import HeraEngine
    from .model import LanguageModel


@dataclass(frozen=True)
class EditSite:
    """One matrix of an edit and the singular values of its change, largest first."""

    layer: int
    component: str
    d_out: int
    d_in: int
    values: tuple[float, ...]

    @property
    def name(self) -> str:
        return f"{self.layer} {self.component}"


@dataclass(frozen=True)
class EditShape:
    """Where an edit is made and how large it is on each matrix; ``origin`` says in words where that is taken from."""

    sites: tuple[EditSite, ...]
    origin: str

    @property
    def norm(self) -> float:
        return math.sqrt(sum(value**2 for site in self.sites for value in site.values))

    @classmethod
    def of(cls, patch: Patch, origin: str) -> EditShape:
        sites = (
            EditSite(f.layer, f.component, f.u.shape[0], f.v.shape[0], tuple(f.singular_values.tolist()))
            for f in patch.factors
        )
        return cls(tuple(sites), origin)

    @classmethod
    def plain(cls, model: LanguageModel, layers: Sequence[int], origin: str) -> EditShape:
        """Rank one on each of these blocks' writing matrices, all of the same size."""
        writers = [(layer, model.writer(layer)) for layer in layers]
        return cls(tuple(EditSite(n, w.component, *w.weight().shape, (1.0,)) for n, w in writers), origin)

    def scaled_to(self, norm: float, origin: str) -> EditShape:
        """The same proportions with another Frobenius norm."""
        if not self.norm > 0:
            raise InputError("the step whose size was to be taken changes nothing (its norm is 0); give a norm")
        factor = norm / self.norm
        sites = (
            EditSite(s.layer, s.component, s.d_out, s.d_in, tuple(factor * value for value in s.values))
            for s in self.sites
        )
        return EditShape(tuple(sites), origin)

    def draw(self, seed: int, number: int) -> Patch:
        """Null edit ``number``."""
        return Patch(tuple(_drawn(site, seed, number) for site in self.sites))


def _drawn(site: EditSite, seed: int, number: int) -> Factors:
    name = f"null edit|{seed}|{number}|{site.layer}|{site.component}".encode()
    start = int.from_bytes(hashlib.sha256(name).digest()[:8], "little") >> 1  # apart from the seeds of the steps
    generator = torch.Generator().manual_seed(start)
    values = torch.tensor(site.values, dtype=torch.float64)
    u = _uniform_frame(site.d_out, len(values), generator) * values  # (d_out, rank)
    v = _uniform_frame(site.d_in, len(values), generator)  # (d_in, rank)
    return Factors(site.layer, site.component, u.float().contiguous(), v.float().contiguous())


def _uniform_frame(size: int, rank: int, generator: torch.Generator) -> Tensor:
    """``(size, rank)`` orthonormal columns, uniformly distributed: the Q of a Gaussian matrix whose R has a positive
    diagonal (Mezzadri 2007)."""
    q, r = torch.linalg.qr(torch.randn(size, rank, generator=generator, dtype=torch.float64))
    return q * r.diagonal().sign()


class NullEdits:
    """Draws null edits of one shape and measures them on the probes, one by one, in the state that stands."""

    def __init__(self, engine: HeraEngine, shape: EditShape, plan: CalibrationPlan) -> None:
        self._immune, self._shape = engine.immune, shape
        probes = engine.immune.probe_set
        tags = dict.fromkeys(tag for probe in probes.enabled for tag in probe.tags) if plan.by_tag else ()
        self.basis = NullBasis(
            norm=shape.norm,
            origin=shape.origin,
            sites=tuple(site.name for site in shape.sites),
            spectrum=tuple(site.values for site in shape.sites),
            seed=engine.config.experiment.seed if plan.seed is None else plan.seed,
            state_hash="" if plan.on_base else engine.state_hash,
            on_base=plan.on_base,
            probes=hashlib.sha256(as_yaml(probes)).hexdigest(),
            tags=tuple(tags),
        )

    @classmethod
    @contextmanager
    def standing(cls, engine: HeraEngine, plan: CalibrationPlan) -> Iterator[NullEdits]:
        """Null edits on the state that the plan names, for the length of a ``with`` block."""
        shape = step_shape(engine, plan)
        with engine.stack.temporarily(()) if plan.on_base else nullcontext():
            yield cls(engine, shape, plan)

    def measure(self, number: int) -> dict[Key, float]:
        """What null edit ``number`` does against the state it is tried on; infinite where that is not finite."""
        comparison = self._immune.trial(self._shape.draw(self.basis.seed, number))
        found = {key: _value(comparison, key) for key in self.basis.keys}
        return {key: value if math.isfinite(value) else math.inf for key, value in found.items()}


def _value(comparison: Comparison, key: Key) -> float:
    tag, metric = key
    return comparison.per_tag[tag][metric] if tag else comparison.overall[metric]


def step_shape(engine: HeraEngine, plan: CalibrationPlan) -> EditShape:
    """The sites, rank and size of the null edits.

    Raises:
        InputError: there is nothing to take the size from.
    """
    if plan.norm is None and plan.source == "prompt":
        return _of_prompts(engine, plan.prompts)
    proposals = [entry for entry in engine.ledger.entries() if entry.patch_id is not None]
    committed = [entry for entry in proposals if entry.status != "rejected"]
    if plan.norm is not None:
        shape = EditShape.plain(engine.model, engine.target_layers, "")
        if committed:
            shape = EditShape.of(engine.ledger.patch(str(committed[-1].patch_id)), "")
        return shape.scaled_to(plan.norm, "given")
    if not committed:
        raise InputError("the session has no committed step whose size could be taken; give a norm, or a prompt")
    last = committed[-1]
    shape = EditShape.of(engine.ledger.patch(str(last.patch_id)), f"the last committed step, {last.patch_id}")
    if plan.source == "last":
        return shape
    norms = [entry.details["norm"] for entry in proposals if entry.details.get("norm")]
    return shape.scaled_to(statistics.median(norms), f"the median of {len(norms)} proposals")


def _of_prompts(engine: HeraEngine, prompts: Sequence[str]) -> EditShape:
    patches = [engine.propose(prompt).measurement.patch for prompt in prompts]
    middle = statistics.median(patch.frobenius for patch in patches)
    what = "the proposal for one prompt" if len(patches) == 1 else f"the median of {len(patches)} prompts' proposals"
    return EditShape.of(patches[0], what).scaled_to(middle, what)
