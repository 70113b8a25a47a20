"""Runs over a set of edits: one at a time, each undone before the next, or one on top of the other.

How an edit is made is the ``Editor``'s business, how a record is scored the ``Scorer``'s.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Protocol

from ..errors import Cancelled, InputError
from ..progress import Progress, unwatched
from .earlier_run import check_same
from .edit_scores import EditScores
from .edit_sets import EditRecord

CHECKPOINTS = (1, 10, 50, 100, 200, 500)
"""Numbers of edits after which a sequential run is scored."""
SAVED_EVERY = 5
SCORED_AT_ONCE = 16
"""Records that are scored between two looks at whether the run was stopped."""
UNEDITED = "unedited"
"""Strategy of a run with ``Unedited``: what the model scores as it is."""
RANDOM = "random_sae"
"""The strategy that edits along random features: the control."""

Standing = Callable[[], Mapping[str, float]]
"""Measures of the present state against the base, by name: ``js_divergence`` (bits), ``ppl_ratio`` and others."""


@dataclass(frozen=True)
class AppliedEdit:
    """What became of an edit: ``share`` of the way that was gone (1: all of it), rank and Frobenius norm of the change
    as it was applied. ``patch_id`` is None where nothing was recorded; a rejected one is not in the model."""

    patch_id: str | None
    outcome: Literal["committed", "warning", "softened", "rejected"]
    seconds: float
    share: float
    rank: int
    norm: float


class Editor(Protocol):
    def apply(self, record: EditRecord) -> AppliedEdit:
        """Change the model so that the record's prompt goes on with its target."""
        ...

    def undo(self, applied: AppliedEdit) -> None:
        """The model as it was before; called with the last edit alone, and not where it was rejected."""
        ...


class Scorer(Protocol):
    """Scores in the present state; see ``EditScorer``."""

    def check(self, record: EditRecord, fluency: bool = False) -> None: ...

    def known(self, records: Sequence[EditRecord]) -> Sequence[bool]: ...

    def scores(self, records: Sequence[EditRecord], fluency: bool = False) -> Sequence[EditScores]: ...


class Unedited:
    """Changes nothing: a run with it scores the model as it is, on the records that the other runs edit."""

    def apply(self, record: EditRecord) -> AppliedEdit:
        return AppliedEdit(None, "committed", seconds=0.0, share=0.0, rank=0, norm=0.0)

    def undo(self, applied: AppliedEdit) -> None:
        """Nothing was done."""


@dataclass(frozen=True)
class MeasuredEdit:
    """An edit and, right after it, its scores and where the state stood. In a sequential run the checkpoints have
    these: ``scores`` is None there."""

    record: EditRecord
    applied: AppliedEdit
    scores: EditScores | None = None
    standing: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class UnusableRecord:
    """A record that could not be edited or scored, and the sentence that says why."""

    record: EditRecord
    reason: str


Tried = MeasuredEdit | UnusableRecord | None
"""What became of a record; None: the model did not prefer its old target."""


@dataclass(frozen=True)
class Checkpoint:
    """A sequential run after ``edits`` edits: the scores of all of them, in order, and where the state stands."""

    edits: int
    scores: tuple[EditScores, ...]
    standing: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class EditsResult:
    """One strategy so far: ``planned`` records were given. ``settings``: what the result hangs on besides, such as the
    model's fingerprint and the strategy's settings. ``skipped``: the model did not prefer the old target;
    ``unusable``: skipped as well, because they raised an InputError."""

    strategy: str
    settings: Mapping[str, Any]
    sequential: bool
    fluency: bool
    planned: int
    edits: tuple[MeasuredEdit, ...] = ()
    skipped: tuple[EditRecord, ...] = ()
    checkpoints: tuple[Checkpoint, ...] = ()
    unusable: tuple[UnusableRecord, ...] = ()

    @property
    def passed_over(self) -> tuple[EditRecord, ...]:
        """The records that were skipped for either reason."""
        return (*self.skipped, *(one.record for one in self.unusable))

    @property
    def tried(self) -> dict[EditRecord, Tried]:
        """What became of each record so far."""
        found: dict[EditRecord, Tried] = {one.record: one for one in (*self.edits, *self.unusable)}
        return found | dict.fromkeys(self.skipped)

    @property
    def finished(self) -> bool:
        """Whether every record was edited or skipped, and all that were edited are scored."""
        scored = self.checkpoints[-1].edits if self.checkpoints else 0
        return len(self.edits) + len(self.passed_over) == self.planned and scored == len(self.edits) * self.sequential

    @property
    def checked(self) -> set[int]:
        """The numbers of edits after which a sequential run was scored."""
        return {point.edits for point in self.checkpoints}

    def covers(self, records: Sequence[EditRecord]) -> bool:
        """Whether nothing is left to do with these records."""
        return self.finished and self.tried.keys() == set(records)

    def plus(self, record: EditRecord, tried: Tried) -> EditsResult:
        """With one more record."""
        match tried:
            case None:
                return replace(self, skipped=(*self.skipped, record))
            case UnusableRecord():
                return replace(self, unusable=(*self.unusable, tried))
            case MeasuredEdit():
                return replace(self, edits=(*self.edits, tried))


def begun(
    strategy: str, records: Sequence[EditRecord], sequential: bool, fluency: bool, settings: Mapping[str, Any]
) -> EditsResult:
    """A run of which nothing is done yet."""
    plain = json.loads(json.dumps(dict(settings)))  # as they are read back from a file
    return EditsResult(strategy, plain, sequential, fluency, len(records))


def check_goes_on(done: EditsResult, now: EditsResult, records: Sequence[EditRecord]) -> None:
    """Raises InputError where the run ``now`` of ``records`` cannot go on from what an earlier one has ``done``."""
    check_same(_kind(now), _kind(done))
    if now.sequential and (done.planned != now.planned or not set(records).issuperset(done.tried)):
        raise InputError(
            f"the earlier run was of {done.planned} records, not of the {now.planned} of this one; a run of one "
            "edit after another goes on with the records it began with"
        )
    missing = {record.record_id for record in done.tried} - {record.record_id for record in records}
    if missing:
        raise InputError(
            f"the earlier run has record '{min(missing)}', which is not among the {now.planned} of this one; a run "
            "goes on with the same records or more of them"
        )


def _kind(result: EditsResult) -> dict[str, Any]:
    kind = {name: getattr(result, name) for name in ("strategy", "sequential", "fluency")}
    return {**kind, **result.settings}


def run_edits(
    editor: Editor,
    scorer: Scorer,
    records: Sequence[EditRecord],
    strategy: str,
    *,
    sequential: bool = False,
    checkpoints: Sequence[int] = CHECKPOINTS,
    fluency: bool = False,
    settings: Mapping[str, Any] | None = None,
    standing: Standing | None = None,
    done: EditsResult | None = None,
    save: Callable[[EditsResult], None] = lambda result: None,
    progress: Progress = unwatched,
    cancelled: Callable[[], bool] = lambda: False,
) -> EditsResult:
    """Edit every record whose old target the model prefers, and score it. A record that raises InputError is skipped.

    A single run undoes every edit before the next, also where scoring it raises. A sequential run chooses its records
    in the state it finds, applies one edit on top of the other, scores all edits tried so far - rejected ones too - at
    every checkpoint and at the end, and leaves them applied.

    Args:
        strategy: its name in the table; ``UNEDITED`` and ``RANDOM`` have rows of their own there.
        settings: plain values, as JSON has them.
        standing: asked after every edit of a single run, and at every checkpoint.
        done: an earlier run of the same strategy, settings and fluency; its records are not edited again. A sequential
            one is of the same records, and the model holds its edits when this is called.
        save: given what there is after every five records, at every checkpoint and at the end, be it an error.
        cancelled: asked before every record; the run then ends with what is there. ``progress`` may raise Cancelled.

    Raises:
        InputError: a record is given twice, a checkpoint is below 1, or ``done`` is of another run.
    """
    result = saved = begun(strategy, records, sequential, fluency, settings or {})
    _check(records, checkpoints)
    if done is not None:
        check_goes_on(done, result, records)
    run = _Run(editor, scorer, standing or dict, progress, cancelled, result)
    steps = run.sequential(records, checkpoints, done) if sequential else run.single(records, done)
    try:
        with suppress(Cancelled):
            for _ in steps:
                saved = run.result
                save(saved)
    finally:
        if run.result is not saved:
            save(run.result)
    return run.result


def _check(records: Sequence[EditRecord], checkpoints: Sequence[int]) -> None:
    ((most, times),) = Counter(record.record_id for record in records).most_common(1) or [("", 0)]
    if times > 1:
        raise InputError(f"record '{most}' is given {times} times; every record is edited once")
    if any(number < 1 for number in checkpoints):
        raise InputError(f"checkpoint {min(checkpoints)} comes before the first edit; checkpoints begin at 1")


class _Run:
    """One strategy, from the first record to the last; ``result`` is what there is. Both kinds yield where that should
    be saved, and raise Cancelled where the run is stopped."""

    def __init__(
        self,
        editor: Editor,
        scorer: Scorer,
        standing: Standing,
        progress: Progress,
        cancelled: Callable[[], bool],
        result: EditsResult,
    ) -> None:
        self._editor, self._scorer, self._standing = editor, scorer, standing
        self._progress, self._cancelled = progress, cancelled
        self.result = result

    def _report(self, what: str, share: float) -> None:
        if self._cancelled():
            raise Cancelled("the run was stopped")
        self._progress(f"{self.result.strategy}: {what}", share)

    # --- one at a time ------------------------------------------------------------------------------------------------

    def single(self, records: Sequence[EditRecord], done: EditsResult | None) -> Iterator[None]:
        earlier = done.tried if done else {}
        for record in records:
            if record in earlier:
                self.result = self.result.plus(record, earlier[record])
        new = [(at, record) for at, record in enumerate(records) if record not in earlier]
        for number, (at, record) in enumerate(new, 1):
            self._report(f"edit {at + 1} of {len(records)}", at / len(records))
            self.result = self.result.plus(record, self._measured(record))
            if number % SAVED_EVERY == 0:
                yield

    def _measured(self, record: EditRecord) -> Tried:
        """Raises Cancelled: nothing of this record is kept."""
        try:
            self._scorer.check(record, self.result.fluency)
            if not self._scorer.known([record])[0]:
                return None
            applied = self._editor.apply(record)
        except InputError as error:
            return UnusableRecord(record, str(error))
        try:
            (scores,) = self._scorer.scores([record], self.result.fluency)
            return MeasuredEdit(record, applied, scores, dict(self._standing()))
        except InputError as error:
            return UnusableRecord(record, str(error))
        finally:
            if applied.outcome != "rejected":
                self._editor.undo(applied)

    # --- one on top of the other --------------------------------------------------------------------------------------

    def sequential(
        self, records: Sequence[EditRecord], checkpoints: Sequence[int], done: EditsResult | None
    ) -> Iterator[None]:
        self.result = done if done is not None and done.tried else self._chosen(records)
        passed_over = set(self.result.passed_over)
        left = [record for record in records if record not in passed_over]
        while not self.result.finished:
            number = len(self.result.edits)
            if number in (*checkpoints, len(left)) and number not in self.result.checked:
                self.result = replace(self.result, checkpoints=(*self.result.checkpoints, self._checkpoint()))
                yield
                continue
            if number % SAVED_EVERY == 0 and number not in self.result.checked and number:
                yield
            self._report(f"edit {number + 1} of {len(left)}", number / len(left))
            tried = self._applied(left[number])
            self.result = self.result.plus(left[number], tried)
            if isinstance(tried, UnusableRecord):
                del left[number]

    def _chosen(self, records: Sequence[EditRecord]) -> EditsResult:
        """The run without the records that cannot be scored or that the model does not know."""
        result = self.result
        for begin, some in _portions(records):
            self._report("what the model knows", begin / len(records))
            unusable = {record: one for record in some if (one := self._unusable(record))}
            usable = [record for record in some if record not in unusable]
            known = zip(usable, self._scorer.known(usable), strict=True)
            for record in (*unusable, *(record for record, right in known if not right)):
                result = result.plus(record, unusable.get(record))
        return result

    def _unusable(self, record: EditRecord) -> UnusableRecord | None:
        try:
            self._scorer.check(record, self.result.fluency)
        except InputError as error:
            return UnusableRecord(record, str(error))
        return None

    def _applied(self, record: EditRecord) -> Tried:
        try:
            return MeasuredEdit(record, self._editor.apply(record))
        except InputError as error:
            return UnusableRecord(record, str(error))

    def _checkpoint(self) -> Checkpoint:
        scores: list[EditScores] = []
        edited = [edit.record for edit in self.result.edits]
        for begin, some in _portions(edited):
            self._report(f"scoring {len(edited)} edits", begin / len(edited))
            scores += self._scorer.scores(some, self.result.fluency)
        return Checkpoint(len(edited), tuple(scores), dict(self._standing()))


def _portions(records: Sequence[EditRecord]) -> Iterator[tuple[int, Sequence[EditRecord]]]:
    """So many at once, each with the number of records before it."""
    for begin in range(0, len(records), SCORED_AT_ONCE):
        yield begin, records[begin : begin + SCORED_AT_ONCE]
