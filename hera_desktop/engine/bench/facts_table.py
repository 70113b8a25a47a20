"""The bench of the facts as one table, judged against its floors and goals."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from .facts import TRAINED_FORMS, FactsBench
from .facts_data import VariantResult

JUDGED = "working"
"""The variant that must reach the floors."""
NOTHING = "-"


@dataclass(frozen=True)
class Share:
    """So many of so many; ``value`` is None where there is nothing to count."""

    count: int
    of: int

    @property
    def value(self) -> float | None:
        return self.count / self.of if self.of else None

    def __str__(self) -> str:
        return f"{self.count} of {self.of}" if self.of else NOTHING


@dataclass(frozen=True)
class Bar:
    """What is needed and what is wanted of a figure: that much at least, or (``most``) at most. ``of_facts``: a share
    of the facts, written as a number of them."""

    floor: float
    goal: float
    most: bool = False
    of_facts: bool = False

    def met(self, value: float, limit: float) -> bool:
        """A figure that is not a number meets nothing."""
        return value <= limit if self.most else value >= limit


@dataclass(frozen=True)
class Column:
    """A column: a variant's figure (None: not measured), how it is written, and its bar, if it is judged."""

    key: str
    title: str
    figure: Callable[[VariantResult], Share | float | None]
    write: Callable[[float], str]
    bar: Bar | None = None

    def text(self, result: VariantResult) -> str:
        figure = self.figure(result)
        if isinstance(figure, Share):
            return str(figure)
        return NOTHING if figure is None else self.write(figure) if math.isfinite(figure) else "not finite"

    def value(self, result: VariantResult) -> float | None:
        figure = self.figure(result)
        return figure.value if isinstance(figure, Share) else figure

    def threshold(self, limit: float, facts: int) -> str:
        """A limit as the column writes it, of so many facts."""
        if self.bar and self.bar.of_facts:
            return f"{math.ceil(round(limit * facts, 9))} of {facts}"
        return self.write(limit)


# --- figures ----------------------------------------------------------------------------------------------------------


def _told(result: VariantResult) -> float | None:
    return fmean(told.tellings for told in result.facts) if result.facts else None


def _known_after(result: VariantResult) -> Share:
    return Share(sum(told.known_after for told in result.facts), len(result.facts))


def _known_end(result: VariantResult) -> Share | None:
    return Share(sum(bool(told.known_end) for told in result.facts), len(result.facts)) if result.end else None


def _right(trained: bool) -> Callable[[VariantResult], Share | None]:
    def figure(result: VariantResult) -> Share | None:
        asked = [asked for told in result.facts for asked in told.asked if asked.trained == trained]
        return Share(sum(bool(a.right_end) for a in asked), len(asked)) if result.end else None

    return figure


def _perplexity(result: VariantResult) -> float | None:
    return result.end.ppl_ratio if result.end else None


def _divergence(result: VariantResult) -> float | None:
    return result.end.js_divergence if result.end else None


def _same(result: VariantResult) -> Share | None:
    return _count([answer.same for answer in result.end.unrelated]) if result.end else None


def _leak(result: VariantResult) -> Share | None:
    return _count([answer.taught is not None for answer in result.end.others]) if result.end else None


def _count(found: Sequence[bool]) -> Share:
    return Share(sum(found), len(found))


def _mean_seconds(result: VariantResult) -> float | None:
    return fmean(told.seconds for told in result.facts) if result.facts else None


def _most_seconds(result: VariantResult) -> float | None:
    return max((told.seconds for told in result.facts), default=None)


def _refused(result: VariantResult) -> Share:
    return _count([outcome in ("softened", "rejected") for told in result.facts for outcome in told.outcomes])


def _per_cent(value: float) -> str:
    return f"{100 * value:g} %"


def _seconds(value: float) -> str:
    return f"{value:.1f}"


COLUMNS = (
    Column("tellings", "told", _told, "{:.2f}".format),
    Column("known_after", "known at once", _known_after, _per_cent, Bar(28 / 40, 36 / 40, of_facts=True)),
    Column("known_end", "known at end", _known_end, _per_cent, Bar(24 / 40, 34 / 40, of_facts=True)),
    Column("right_trained", "trained forms", _right(True), _per_cent),
    Column("right_untrained", "other forms", _right(False), _per_cent),
    Column("ppl_ratio", "PPL, x", _perplexity, "{:.3f}".format, Bar(1.10, 1.05, most=True)),
    Column("js_divergence", "JS, bits", _divergence, "{:.4f}".format),
    Column("unrelated_same", "nq same", _same, _per_cent, Bar(0.70, 0.85)),
    Column("leak", "leak", _leak, _per_cent, Bar(0.10, 0.03, most=True)),
    Column("seconds_mean", "s a fact", _mean_seconds, _seconds, Bar(30, 20, most=True)),
    Column("seconds_max", "s, longest", _most_seconds, _seconds, Bar(30, 20, most=True)),
    Column("refused", "held back", _refused, _per_cent),
)

EXPLANATION = (
    "told: mean tellings; known: at least 3 of 4 questions answered right, greedily; trained and other forms: right "
    "answers at the end",
    "nq same: questions about other things whose answer begins as before; leak: questions about subjects never taught "
    "that get a taught object",
    "s: seconds of a fact's lessons with their checks; held back: lessons that were softened or refused",
)
"""What the columns say, line by line."""


# --- the table --------------------------------------------------------------------------------------------------------


def titles() -> list[str]:
    return ["variant", *(column.title for column in COLUMNS)]


def rows(bench: FactsBench) -> list[list[str]]:
    """A row for every variant, then the floor and the goal, each with whether ``working`` meets it."""
    found = [[_name(result), *(column.text(result) for column in COLUMNS)] for result in bench.variants]
    for level in ("floor", "goal"):
        found += _level_rows(bench, level)
    return found


def _name(result: VariantResult) -> str:
    return result.name if result.end else f"{result.name} ({len(result.facts)} of {result.planned} told)"


def _level_rows(bench: FactsBench, level: str) -> list[list[str]]:
    facts = max((result.planned for result in bench.variants), default=0)
    limits = [c.threshold(getattr(c.bar, level), facts) if c.bar else "" for c in COLUMNS]
    judged = judgement(bench)
    marks = [_mark(judged[c.key][level]["met"]) if judged and c.bar else "" for c in COLUMNS]
    return [[level, *limits], [f"  {JUDGED}", *marks]] if judged else [[level, *limits]]


def _mark(met: bool) -> str:
    return "met" if met else "not met"


def keeps_forms_rule(result: VariantResult) -> bool:
    """Whether no fact was asked in more than two forms that it was trained in."""
    return all(sum(asked.trained for asked in told.asked) <= TRAINED_FORMS for told in result.facts)


def judgement(bench: FactsBench) -> dict[str, dict[str, Any]]:
    """Of every judged column of ``working``: its value, and for floor and goal the limit and whether it is met. Empty
    where that variant was not measured to its end."""
    result = next((r for r in bench.variants if r.name == JUDGED and r.end), None)
    return {} if result is None else {c.key: _judged(c, c.bar, c.value(result)) for c in COLUMNS if c.bar}


def _judged(column: Column, bar: Bar, value: float | None) -> dict[str, Any]:
    levels = {"floor": bar.floor, "goal": bar.goal}
    met = {level: value is not None and bar.met(value, limit) for level, limit in levels.items()}
    return {"value": _finite(value), **{level: {"limit": levels[level], "met": met[level]} for level in levels}}


def figures(result: VariantResult) -> dict[str, float | None]:
    """Every column's value; shares lie between 0 and 1, and None was not measured or is not finite."""
    return {column.key: _finite(column.value(result)) for column in COLUMNS}


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None
