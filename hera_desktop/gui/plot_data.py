"""The proposals as columns of numbers, which is what plots can draw quickly; kept up to date row by row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from .measures import MEASURES
from .records import TimelineRow

MARKS = ("committed", "warning", "rejected", "reverted", "left")
SCOPES = ("step", "cumulative")
_CODES = {mark: code for code, mark in enumerate(MARKS)}


class Column:
    """An array that grows at its end without being copied each time."""

    def __init__(self, dtype: Any, width: int | None = None) -> None:
        self._width = width
        self._room = np.empty((0,) if width is None else (0, width), dtype)
        self._length = 0

    @property
    def values(self) -> np.ndarray:
        return self._room[: self._length]

    def extend(self, new: Sequence[Any] | np.ndarray) -> None:
        if not len(new):
            return
        wanted = self._length + len(new)
        if wanted > len(self._room):
            grown = np.empty((max(64, 2 * wanted), *self._room.shape[1:]), self._room.dtype)
            grown[: self._length] = self.values
            self._room = grown
        self._room[self._length : wanted] = new
        self._length = wanted


class StepTable:
    """Row ``n`` of every column is step ``n + 1``.

    ``steps``; ``codes``: which of ``MARKS``; ``active``; ``measured``: whether there was anything to measure; per
    measure and scope the values, not finite ones as infinity, those that were not measured as NaN; ``norms``.
    """

    def __init__(self) -> None:
        self.rows: tuple[TimelineRow, ...] = ()
        self._clear()

    def _clear(self) -> None:
        self.rows = ()
        self.generation = getattr(self, "generation", 0) + 1
        self._steps, self._norms = Column(np.int64), Column(float)
        self._codes, self._active = Column(np.uint8), Column(bool)
        self._values = {(measure.name, scope): Column(float) for measure in MEASURES for scope in SCOPES}

    def update(self, rows: Sequence[TimelineRow]) -> None:
        """Take over what has changed: what a step was measured as never does, only what became of it."""
        rows = tuple(rows)
        if not self._goes_on(rows):
            self._clear()
        known = len(self.rows)
        for number, (old, new) in enumerate(zip(self.rows, rows, strict=False)):
            if old is not new:
                self._codes.values[number] = _CODES.get(new.mark, 0)
                self._active.values[number] = new.state == "active"
        self._append(rows[known:])
        self.rows = rows

    def _goes_on(self, rows: tuple[TimelineRow, ...]) -> bool:
        """Whether these are the rows known so far and perhaps more, and not those of another session."""
        known = len(self.rows)
        if known == 0 or len(rows) < known:
            return known == 0
        return all(rows[n] is self.rows[n] or rows[n].time == self.rows[n].time for n in (0, known - 1))

    def _append(self, rows: Sequence[TimelineRow]) -> None:
        self._steps.extend([row.step for row in rows])
        self._codes.extend([_CODES.get(row.mark, 0) for row in rows])
        self._active.extend([row.state == "active" for row in rows])
        self._norms.extend([_number(row.details.get("norm"), np.nan) for row in rows])
        for (name, scope), column in self._values.items():
            column.extend([_number(row.value(name, scope), np.inf) if row.metrics else np.nan for row in rows])

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def steps(self) -> np.ndarray:
        return self._steps.values

    @property
    def codes(self) -> np.ndarray:
        return self._codes.values

    @property
    def active(self) -> np.ndarray:
        return self._active.values

    @property
    def norms(self) -> np.ndarray:
        return self._norms.values

    def values(self, metric: str, scope: str) -> np.ndarray:
        return self._values[metric, scope].values

    def measured(self, metric: str) -> np.ndarray:
        return ~np.isnan(self.values(metric, "step"))


class ProbeTable:
    """One measure's value of every probe at every step, ``(steps, probes)``; NaN where nothing was measured."""

    def __init__(self, metric: str) -> None:
        self.metric = metric
        self._generation = -1
        self._column = Column(float, 0)
        self.probes = 0

    @property
    def values(self) -> np.ndarray:
        return self._column.values

    def update(self, table: StepTable, probes: int) -> None:
        """Read the steps that are new; all of them after another session was opened or the probes have grown."""
        found = max([probes, *(len(_per_probe(row, self.metric)) for row in table.rows[len(self.values) :])])
        if self._generation != table.generation or found > self.probes:
            self._generation, self.probes = table.generation, found
            self._column = Column(float, found)
        fresh = table.rows[len(self.values) :]
        self._column.extend([_filled(_per_probe(row, self.metric), self.probes) for row in fresh])


def _per_probe(row: TimelineRow, metric: str) -> Sequence[float | None]:
    return row.details.get("probe_metrics", {}).get(metric, ())


def _filled(values: Iterable[float | None], width: int) -> list[float]:
    found = [_number(value, np.inf) for value in values][:width]
    return [*found, *[np.nan] * (width - len(found))]


def _number(value: float | None, otherwise: float) -> float:
    return otherwise if value is None else float(value)
