"""What the comparison measures, method by method, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from statistics import fmean, median
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from ..bench.timing import Spread, spread
from ..errors import InputError
from .comparison_methods import Found
from .edit_scores import EditScores
from .edit_sets import EditRecord


@dataclass(frozen=True)
class LearnedRecord:
    """A record right after it was learned: ``given`` is the least that a token of its target is given at its prompt,
    ``efficacy`` whether the new target is preferred to the old one there."""

    record_id: str
    found: Found
    given: float
    efficacy: bool


@dataclass(frozen=True)
class MethodFigures:
    """One method over all records; ``records`` is empty for the unedited model.

    Args:
        scores: of every record once all are learned.
        standing: the probes then, against the base.
        forwards: seconds of a plain forward pass over the probes, in the same process.
        peak: most memory taken beyond what there was before, in bytes.
    """

    name: str
    records: tuple[LearnedRecord, ...]
    scores: tuple[EditScores, ...]
    standing: Mapping[str, float]
    forwards: tuple[float, ...]
    peak: int

    @property
    def forgotten(self) -> float:
        """Share of the records with the new object preferred right after they were learned, minus at the end."""
        return fmean(one.efficacy for one in self.records) - fmean(one.efficacy for one in self.scores)

    @property
    def forwards_a_record(self) -> Spread:
        """Seconds of each record over the median seconds of a plain forward pass over the probes."""
        forward = median(self.forwards)
        return spread([one.found.seconds / forward for one in self.records])


@dataclass(frozen=True)
class Comparison:
    """What is there so far.

    Args:
        skipped: records of the file among and before ``records`` whose old object the model did not prefer.
        model_bytes: size of the model's parameters.
        stop: what every token of a target is given at least once it is learned.
        left_out: why a method cannot be used with this model.
    """

    __pydantic_config__ = ConfigDict(ser_json_inf_nan="strings")

    records: tuple[EditRecord, ...]
    skipped: int
    model_bytes: int
    stop: float
    methods: tuple[MethodFigures, ...] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Whether nothing is left to do for a method."""
        return name in self.left_out or any(one.name == name for one in self.methods)

    def plus(self, figures: MethodFigures) -> Comparison:
        return replace(self, methods=(*self.methods, figures))

    def document(self) -> dict[str, Any]:
        """As JSON has it; what is not finite as a text."""
        return json.loads(_COMPARISON.dump_json(self))


_COMPARISON = TypeAdapter(Comparison)


def comparison_of(document: Mapping[str, Any]) -> Comparison:
    """What a document was made of; raises InputError where it is damaged."""
    try:
        return _COMPARISON.validate_python(document)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise InputError(f"the document of the comparison is damaged: '{where}': {first['msg']}") from None
