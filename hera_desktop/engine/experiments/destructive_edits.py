"""Changes of a model that are meant to do harm, made from a good target edit: every kind at several strengths."""

from __future__ import annotations

import math
import random
import string
from collections.abc import Iterator, Sequence
from dataclasses import replace

import torch

from ..edits import get_edit_strategy
from ..edits.base import EditContext
from ..edits.request import EditRequest, Texts
from ..edits.statistics import PlainText
from ..hera import HeraEngine
from ..null_edits import EditShape, EditSite
from ..patches import Factors, Patch, Site
from .edit_sets import EditRecord

RANDOM, WRONG_LAYER, WRONG_SIGN = "random, large", "wrong layer, large", "wrong sign, large"
TENFOLD, HUNDREDFOLD = "scaled 10x", "scaled 100x"
POISONED, BROKEN = "poisoned: garbage target", "poisoned: broken numbers"
DESTRUCTIVE_KINDS = (RANDOM, WRONG_LAYER, WRONG_SIGN, TENFOLD, HUNDREDFOLD, POISONED, BROKEN)

TIMES = {WRONG_SIGN: (-4.0, -8.0, -16.0, -32.0, -64.0), TENFOLD: (10.0,), HUNDREDFOLD: (100.0,)}
"""Strengths of what is the good edit itself, over it."""
SHARES = (0.5, 1.0, 2.0, 4.0)
"""Norms of what is random or in the wrong place, over the matrix's own."""
POISONED_TIMES = (1.0, 2.0, 4.0, 8.0)
"""Strengths of a poisoned edit, over the one that gives its target."""
RANDOM_RANK = 8
POISONED_PROMPTS, GARBAGE_LETTERS = 8, 6
BROKEN_VALUES, BROKEN_INPUTS = (math.nan, math.inf, 1e8), 3


class DestructiveEdits:
    """Changes that are meant to do harm, made from a good edit; each the same for the same seed and number."""

    def __init__(self, engine: HeraEngine, records: Sequence[EditRecord]) -> None:
        self._engine, self._model, self._records = engine, engine.model, records
        self._seed = engine.config.experiment.seed
        self._texts, self._plain = Texts(engine.model), PlainText(engine.model, engine.stack)

    def doses(self, kind: str, good: Patch, number: int) -> Iterator[tuple[float, Patch]]:
        """Strengths and changes, the weakest first; none where the kind cannot be made on this model."""
        if kind in TIMES:
            yield from ((times, good.scaled(times)) for times in TIMES[kind])
        elif kind == RANDOM:
            yield from self._random(good.factors[0].site, number)
        elif kind == WRONG_LAYER:
            yield from self._elsewhere(good, number)
        elif kind == POISONED:
            poisoned = self._poisoned(good.factors[0].site, number)
            yield from ((times, poisoned.scaled(times)) for times in POISONED_TIMES)
        else:
            yield 1.0, self._broken(good, number)

    def doses_from_one_on(self, kind: str, good: Patch, number: int) -> Sequence[tuple[float, Patch]]:
        """The same, from a strength on that is drawn."""
        made = list(self.doses(kind, good, number))
        return made[self._chance(kind, number).randrange(len(made)) :] if made else ()

    def _chance(self, what: str, number: int) -> random.Random:
        return random.Random(f"{what}|{self._seed}|{number}")

    def _norm(self, site: Site) -> float:
        return self._model.writer_at(*site).weight().float().norm().item()

    def _random(self, site: Site, number: int) -> Iterator[tuple[float, Patch]]:
        """Random directions, all of the same strength."""
        sizes = tuple(self._model.writer_at(*site).weight().shape)
        shape = EditShape((EditSite(*site, *sizes, (1.0,) * min(RANDOM_RANK, *sizes)),), "")
        for share in SHARES:
            yield share, shape.scaled_to(share * self._norm(site), "").draw(self._seed, number)

    def _elsewhere(self, good: Patch, number: int) -> Iterator[tuple[float, Patch]]:
        """The edit's factors on the same matrix of another block."""
        (layer, component), *_ = (f.site for f in good.factors)
        shape = self._model.writer_at(layer, component).weight().shape
        writers = {n: self._model.writer(n) for n in range(self._model.info.n_layers) if n != layer}
        others = [n for n, w in writers.items() if w.component == component and w.weight().shape == shape]
        if not others:
            return
        other = self._chance("wrong layer", number).choice(others)
        moved = Patch(tuple(Factors(other, f.component, f.u, f.v) for f in good.factors[:1]))
        whole = self._norm((other, component)) / moved.frobenius
        yield from ((share, moved.scaled(share * whole)) for share in SHARES)

    def _poisoned(self, site: Site, number: int) -> Patch:
        """Down the gradient until prompts about different things all go on with the same letters."""
        chance = self._chance("poisoned", number)
        garbage = "".join(chance.choices(string.ascii_lowercase, k=GARBAGE_LETTERS))
        some = chance.sample(self._records, min(POISONED_PROMPTS, len(self._records)))
        moment, felt = self._plain.of(site)
        context = EditContext(
            model=self._model,
            reader=lambda: self._engine.reader,
            settings=self._engine.config.edits,
            site=site,
            rows=tuple(self._texts.taught(EditRequest(one.prompt, garbage, one.subject)) for one in some),
            held=(),
            moment=moment,
            felt=felt,
            earlier=torch.zeros(len(moment), 0, dtype=torch.float64),
            seed=self._seed,
        )
        return get_edit_strategy("gradient").change(context)

    def _broken(self, good: Patch, number: int) -> Patch:
        """A few of the matrix's columns are no number, infinite or huge."""
        first = good.factors[0]
        v = first.v.clone()
        v[self._chance("broken", number).sample(range(len(v)), min(BROKEN_INPUTS, len(v)))] = BROKEN_VALUES[number % 3]
        return Patch((replace(first, v=v), *good.factors[1:]))
