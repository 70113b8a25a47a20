"""What an edit's strategy gets and gives, and the registry."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from ..edits_config import EditsConfig
from ..model import LanguageModel
from ..named import Named
from ..passes import Passes, Row
from ..patches import Factors, Patch, Site
from ..processor import products
from ..progress import Progress, unwatched
from ..sae import FeatureReader


@dataclass(frozen=True, eq=False)
class EditContext:
    """One edit, on the model in its present state.

    ``rows``: prompt and target after each prefix (the first has none); ``held``: texts on which the model stays what it
    is. ``moment`` is the second moment C of what the matrix reads, ``(d_in, d_in)``, ``felt`` how much the predictions
    feel a change of what it writes, ``(d_out, d_out)``, both float64 on the CPU; ``earlier`` what earlier edits of the
    matrix respond to, ``(d_in, n)``.
    """

    model: LanguageModel
    reader: Callable[[], FeatureReader]
    settings: EditsConfig
    site: Site
    rows: tuple[Row, ...]
    held: tuple[Row, ...]
    moment: Tensor
    felt: Tensor
    earlier: Tensor
    seed: int
    progress: Progress = unwatched

    @property
    def passes(self) -> Passes:
        return Passes(self.model, products(self.settings.products, self.model.device))

    @property
    def module(self) -> torch.nn.Module:
        return self.model.writer_at(*self.site).module

    def keys(self) -> Tensor:
        """What the matrix reads at the subject's last token of every row, ``(rows, d_in)`` float64."""
        places = [row.keys for row in self.rows]
        return self.passes.read_by({self.site: self.module}, self.rows, places)[self.site].double()

    def directions(self, features: Sequence[int]) -> Tensor:
        """Unit decoder directions, ``(d_model, k)`` float64 on the CPU; raises InputError where there is no SAE."""
        return self.sae.directions(list(features)).cpu().double()

    @property
    def sae(self) -> FeatureReader:
        """The SAE; raises InputError where the model has none."""
        return self.reader()

    def change(self, u: Tensor, v: Tensor) -> Patch:
        """``u v^T`` as a patch of the matrix; ``u (d_out, r)``, ``v (d_in, r)``."""
        u, v = (t.detach().float().cpu().contiguous() for t in (u, v))
        return Patch((Factors(*self.site, u, v),))


class EditStrategy(ABC):
    """Computes an edit's change; it leaves the model as it found it. ``title`` is shown in the window."""

    name: str
    title: str

    @abstractmethod
    def change(self, context: EditContext) -> Patch:
        """The change of the context's matrix at its whole strength."""


EDIT_STRATEGIES: Named[EditStrategy] = Named("edit strategy")
register, get_edit_strategy = EDIT_STRATEGIES.register, EDIT_STRATEGIES.find
