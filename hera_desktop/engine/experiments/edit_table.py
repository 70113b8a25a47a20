"""Runs of edits as one table and as one JSON document, from which they can be read back and taken up again."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from statistics import fmean, median, quantiles
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from ..errors import InputError
from .edit_run import RANDOM, UNEDITED, AppliedEdit, EditsResult
from .edit_scores import Summary, summary
from .outcome import Curve, Plot, Table

NOTHING = "-"
CONTROLS = {UNEDITED: "unedited model", RANDOM: "random control"}
"""Strategies to compare the others with, and what their rows are called."""
HELD_BACK = ("softened", "rejected")
REASONS_SHOWN = 3

_RESULTS = TypeAdapter(tuple[EditsResult, ...], config=ConfigDict(ser_json_inf_nan="strings"))


@dataclass(frozen=True)
class Quartiles:
    q1: float
    median: float
    q3: float

    def __str__(self) -> str:
        return f"{self.median:.1f} ({self.q1:.1f} to {self.q3:.1f})"


@dataclass(frozen=True)
class Line:
    """A row: a single run, or a sequential one at a checkpoint. ``applied``: the edits that were scored."""

    name: str
    strategy: str
    sequential: bool
    skipped: int
    summary: Summary
    applied: tuple[AppliedEdit, ...]
    standing: Mapping[str, float]


Figure = float | Quartiles | None


@dataclass(frozen=True)
class Column:
    """A column: a line's figure (None: not measured) and how it is written. ``optional``: left out where no line has
    it."""

    key: str
    title: str
    figure: Callable[[Line], Figure]
    write: Callable[[float], str]
    optional: bool = False

    def text(self, line: Line) -> str:
        figure = self.figure(line)
        if figure is None or isinstance(figure, Quartiles):
            return NOTHING if figure is None else str(figure)
        return self.write(figure) if math.isfinite(figure) else "not finite"


# --- lines ------------------------------------------------------------------------------------------------------------


def lines(results: Sequence[EditsResult]) -> list[Line]:
    """The unedited model first, then the strategies as they are given, the random control last."""
    order = {UNEDITED: 0, RANDOM: 2}
    ordered = sorted(results, key=lambda result: order.get(result.strategy, 1))
    return [line for result in ordered for line in (_checkpoints(result) if result.sequential else [_single(result)])]


def _single(result: EditsResult) -> Line:
    scores = [edit.scores for edit in result.edits if edit.scores is not None]
    standing = _medians([edit.standing for edit in result.edits])
    return _line(result, _name(result), len(result.edits), summary(scores), standing)


def _checkpoints(result: EditsResult) -> list[Line]:
    """A line for every checkpoint, and one without figures where none was reached."""
    found = [
        _line(result, f"{_name(result)}, after {point.edits}", point.edits, summary(point.scores), point.standing)
        for point in result.checkpoints
    ]
    return found or [_line(result, f"{_name(result)}, one after another", 0, summary(()), {})]


def _line(result: EditsResult, name: str, edits: int, scores: Summary, standing: Mapping[str, float]) -> Line:
    applied = tuple(edit.applied for edit in result.edits[:edits])
    return Line(name, result.strategy, result.sequential, len(result.passed_over), scores, applied, standing)


def _name(result: EditsResult) -> str:
    name = CONTROLS.get(result.strategy, result.strategy)
    tried = len(result.edits) + len(result.passed_over)
    return name if result.finished else f"{name} ({tried} of {result.planned} records)"


def _medians(standings: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The median of every measure; what is not finite counts as larger than anything."""
    names = dict.fromkeys(name for standing in standings for name in standing)
    return {name: median(_large(s[name]) for s in standings if name in s) for name in names}


def _large(value: float) -> float:
    return value if math.isfinite(value) else math.inf


# --- figures ----------------------------------------------------------------------------------------------------------


def _mean(measure: str, line: Line) -> float | None:
    return line.summary.means[measure]


def _standing(measure: str, line: Line) -> float | None:
    return line.standing.get(measure)


def _seconds(line: Line) -> Quartiles | None:
    """Over all edits, however they ended; the unedited model takes none."""
    seconds = [applied.seconds for applied in line.applied]
    if not seconds or line.strategy == UNEDITED:
        return None
    if len(seconds) == 1:
        return Quartiles(*seconds * 3)
    return Quartiles(*quantiles(seconds, n=4, method="inclusive"))


def _held_back(line: Line) -> float | None:
    return fmean(applied.outcome in HELD_BACK for applied in line.applied) if line.applied else None


def _per_cent(value: float) -> str:
    return f"{100 * value:.1f} %"


COLUMNS = (
    Column("edits", "n", lambda line: line.summary.count, str),
    Column("skipped", "skipped", lambda line: line.skipped, str),
    Column("efficacy", "ES", partial(_mean, "efficacy"), _per_cent),
    Column("magnitude", "EM", partial(_mean, "magnitude"), "{:.3f}".format),
    Column("paraphrase", "PS", partial(_mean, "paraphrase"), _per_cent),
    Column("neighbourhood", "NS", partial(_mean, "neighbourhood"), _per_cent),
    Column("score", "S", lambda line: line.summary.score, _per_cent),
    Column("free", "free", partial(_mean, "free"), _per_cent),
    Column("reliability", "reliability", partial(_mean, "reliability"), _per_cent, optional=True),
    Column("generalisation", "generalisation", partial(_mean, "generalisation"), _per_cent, optional=True),
    Column("locality", "locality", partial(_mean, "locality"), _per_cent, optional=True),
    Column("portability", "portability", partial(_mean, "portability"), _per_cent, optional=True),
    Column("fluency", "GE, bits", partial(_mean, "fluency"), "{:.2f}".format, optional=True),
    Column("seconds", "s an edit", _seconds, "{:.1f}".format),
    Column("js_divergence", "JS, bits", partial(_standing, "js_divergence"), "{:.4f}".format),
    Column("ppl_ratio", "PPL, x", partial(_standing, "ppl_ratio"), "{:.3f}".format),
    Column("held_out_ppl", "held-out PPL, x", partial(_standing, "held_out_ppl"), "{:.3f}".format, optional=True),
    Column("held_back", "held back", _held_back, _per_cent),
)

EXPLANATION = (
    "n: edits scored; skipped: records whose old object the model did not prefer, so that there was nothing to "
    "rewrite, or that could not be used",
    "ES, PS: the new object is likelier than the old one at the edit's prompt and at its paraphrases; EM: by how much; "
    "NS: the old object is still likelier about other subjects that have it; S: harmonic mean of ES, PS and NS",
    "free: the new object stands in the greedy continuation of the prompt (10 tokens); GE: n-gram entropy",
    "reliability, generalisation, locality, portability: tokens of the right answer that are the likeliest, given the "
    "answer's tokens before them",
    "s an edit: median and quartiles; JS, PPL: on the probes, against the base, the median of single edits; held-out "
    "PPL: on texts that are no probes; held back: softened or refused edits",
)
"""What the columns say, line by line."""


# --- the table --------------------------------------------------------------------------------------------------------


def columns(results: Sequence[EditsResult]) -> list[Column]:
    found = lines(results)
    return [c for c in COLUMNS if not c.optional or any(c.figure(line) is not None for line in found)]


def titles(results: Sequence[EditsResult]) -> list[str]:
    return ["strategy", *(column.title for column in columns(results))]


def rows(results: Sequence[EditsResult]) -> list[list[str]]:
    shown = columns(results)
    return [[line.name, *(column.text(line) for column in shown)] for line in lines(results)]


def table(results: Sequence[EditsResult]) -> Table:
    """The lines as they are shown."""
    shown = tuple(tuple(row) for row in rows(results))
    return Table("target edits", tuple(titles(results)), shown, "\n".join(EXPLANATION))


def remarks(results: Sequence[EditsResult]) -> tuple[str, ...]:
    """How many records could not be used, and why, strategy by strategy."""
    return tuple(_unusable(result) for result in results if result.unusable)


def _unusable(result: EditsResult) -> str:
    said = [f"{one.record.record_id}: {one.reason}" for one in result.unusable[:REASONS_SHOWN]]
    more = len(result.unusable) - len(said)
    reasons = "; ".join([*said, f"and {more} more"] if more else said)
    return f"{_name(result)}: {len(result.unusable)} of the records skipped could not be used ({reasons})."


CURVES = {
    "efficacy": "efficacy",
    "paraphrase": "paraphrases",
    "neighbourhood": "neighbourhood",
    "free": "free generation",
    "ppl_ratio": "perplexity against the base's",
    "held_out_ppl": "held-out perplexity against the base's",
}


def curves(results: Sequence[EditsResult]) -> tuple[Plot, ...]:
    """How sequential runs go on with the number of edits, a plot for every measure and a curve for every strategy."""
    points = [line for line in lines([r for r in results if r.sequential]) if line.applied]
    found = []
    for column in COLUMNS:
        if column.key not in CURVES:
            continue
        drawn: dict[str, list[tuple[float, float]]] = {}
        for line in points:
            figure = column.figure(line)
            if isinstance(figure, float) and math.isfinite(figure):
                drawn.setdefault(line.strategy, []).append((float(len(line.applied)), figure))
        made = tuple(Curve(name, *zip(*of, strict=True)) for name, of in drawn.items())
        if made:
            found.append(Plot(f"{CURVES[column.key]}, one edit after another", "edits", CURVES[column.key], made))
    return tuple(found)


# --- the document -----------------------------------------------------------------------------------------------------


def document(results: Sequence[EditsResult]) -> dict[str, Any]:
    """Everything in plain values: the lines with all their figures (None: not measured or not finite), and the results
    edit by edit."""
    measured = json.loads(_RESULTS.dump_json(tuple(results)))
    return {"lines": [_plain(line) for line in lines(results)], "results": measured}


def _plain(line: Line) -> dict[str, Any]:
    return {
        "name": line.name,
        "strategy": line.strategy,
        "sequential": line.sequential,
        "figures": {column.key: _value(column.figure(line)) for column in COLUMNS},
        "counts": dict(line.summary.counts),
    }


def _value(figure: Figure) -> float | dict[str, float] | None:
    if isinstance(figure, Quartiles):
        return asdict(figure)
    return figure if figure is not None and math.isfinite(figure) else None


def results_of(document: Any) -> tuple[EditsResult, ...]:
    """The results that a document was made of.

    Raises:
        InputError: it is no such document, or damaged.
    """
    if not isinstance(document, Mapping) or "results" not in document:
        raise InputError("this is no document of edits: it has no 'results'")
    try:
        return _RESULTS.validate_python(document["results"])
    except ValidationError as error:
        raise InputError(f"the document of edits is damaged: {_first(error.errors())}") from None


def _first(errors: Iterable[Mapping[str, Any]]) -> str:
    error = next(iter(errors))
    return f"'{'.'.join(map(str, ('results', *error['loc'])))}': {error['msg']}"
