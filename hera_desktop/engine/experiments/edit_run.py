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
class Checkpoint:
    """A sequential run after ``edits`` edits: the scores of all of them, in order, and where the state stands."""

    edits: int
    scores: tuple[EditScores, ...]
    standing: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class EditsResult:
    """One strategy so far: ``planned`` records were given. ``settings``: what the result hangs on besides, such as the
    model's fingerprint and the strategy's settings. ``skipped``: the model did not prefer the old target."""

    strategy: str
    settings: Mapping[str, Any]
    sequential: bool
    fluency: bool
    planned: int
    edits: tuple[MeasuredEdit, ...] = ()
    skipped: tuple[EditRecord, ...] = ()
    checkpoints: tuple[Checkpoint, ...] = ()

    @property
    def finished(self) -> bool:
        """Whether every record was edited or skipped, and all that were edited are scored."""
        scored = self.checkpoints[-1].edits if self.checkpoints else 0
        return len(self.edits) + len(self.skipped) == self.planned and scored == len(self.edits) * self.sequential

    @property
    def checked(self) -> set[int]:
        """The numbers of edits after which a sequential run was scored."""
        return {point.edits for point in self.checkpoints}

    def plus(self, record: EditRecord, measured: MeasuredEdit | None) -> EditsResult:
        """With one more record; None: it was skipped."""
        if measured is None:
            return replace(self, skipped=(*self.skipped, record))
        return replace(self, edits=(*self.edits, measured))


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
    """Edit every record whose old target the model prefers, and score it.

    A single run undoes every edit before the next, also where scoring it raises. A sequential run chooses its records
    in the state it finds, applies one edit on top of the other, scores all edits tried so far - rejected ones too - at
    every checkpoint and at the end, and leaves them applied.

    Args:
        strategy: its name in the table; ``UNEDITED`` and ``RANDOM`` have rows of their own there.
        settings: plain values, as JSON has them.
        standing: asked after every edit of a single run, and at every checkpoint.
        done: an earlier run of the same strategy, settings and fluency; its records are not edited again. A sequential
            one is of the same records, and the model holds its edits when this is called.
        save: given what there is after every five records, at every checkpoint and at the end.
        cancelled: asked before every record; the run then ends with what is there. ``progress`` may raise Cancelled.

    Raises:
        InputError: a record is given twice, a checkpoint is below 1, or ``done`` is of another run.
    """
    plain = json.loads(json.dumps(dict(settings or {})))  # as they are read back from a file
    result = EditsResult(strategy, plain, sequential, fluency, len(records))
    _check(records, checkpoints)
    earlier = _earlier(done, result, records)
    run = _Run(editor, scorer, standing or dict, progress, cancelled)
    steps = run.sequential(result, records, checkpoints, done) if sequential else run.single(result, records, earlier)
    for step in steps:
        if step is not result:
            save(step)
        result = step
    return result


def _check(records: Sequence[EditRecord], checkpoints: Sequence[int]) -> None:
    ((most, times),) = Counter(record.record_id for record in records).most_common(1) or [("", 0)]
    if times > 1:
        raise InputError(f"record '{most}' is given {times} times; every record is edited once")
    if any(number < 1 for number in checkpoints):
        raise InputError(f"checkpoint {min(checkpoints)} comes before the first edit; checkpoints begin at 1")


def _earlier(
    done: EditsResult | None, result: EditsResult, records: Sequence[EditRecord]
) -> dict[EditRecord, MeasuredEdit | None]:
    """What an earlier run found of each record; None: it was skipped."""
    if done is None:
        return {}
    for name in ("strategy", "settings", "sequential", "fluency"):
        mine, theirs = getattr(result, name), getattr(done, name)
        if mine != theirs:
            raise InputError(f"the earlier run has {name} {theirs!r} and this one {mine!r}; they must be the same")
    found = {**{edit.record: edit for edit in done.edits}, **dict.fromkeys(done.skipped)}
    if result.sequential and (done.planned != result.planned or not set(records).issuperset(found)):
        raise InputError(
            f"the earlier run was of {done.planned} records, not of the {result.planned} of this one; a run of one "
            "edit after another goes on with the records it began with"
        )
    return found


class _Run:
    """One strategy, from the first record to the last. Both kinds give what there is from time to time, and last what
    there is when the run ends."""

    def __init__(
        self, editor: Editor, scorer: Scorer, standing: Standing, progress: Progress, cancelled: Callable[[], bool]
    ) -> None:
        self._editor, self._scorer, self._standing = editor, scorer, standing
        self._progress, self._cancelled = progress, cancelled

    def _report(self, strategy: str, what: str, share: float) -> None:
        if self._cancelled():
            raise Cancelled("the run was stopped")
        self._progress(f"{strategy}: {what}", share)

    # --- one at a time ------------------------------------------------------------------------------------------------

    def single(
        self, result: EditsResult, records: Sequence[EditRecord], earlier: Mapping[EditRecord, MeasuredEdit | None]
    ) -> Iterator[EditsResult]:
        new = 0
        with suppress(Cancelled):
            for number, record in enumerate(records):
                if record in earlier:
                    result = result.plus(record, earlier[record])
                    continue
                self._report(result.strategy, f"edit {number + 1} of {len(records)}", number / len(records))
                result = result.plus(record, self._measured(record, result.fluency))
                new += 1
                if new % SAVED_EVERY == 0:
                    yield result
        yield result

    def _measured(self, record: EditRecord, fluency: bool) -> MeasuredEdit | None:
        """None where the model does not prefer the old target. Raises Cancelled: nothing of this record is kept."""
        if not self._scorer.known([record])[0]:
            return None
        applied = self._editor.apply(record)
        try:
            (scores,) = self._scorer.scores([record], fluency)
            return MeasuredEdit(record, applied, scores, dict(self._standing()))
        finally:
            if applied.outcome != "rejected":
                self._editor.undo(applied)

    # --- one on top of the other --------------------------------------------------------------------------------------

    def sequential(
        self, result: EditsResult, records: Sequence[EditRecord], checkpoints: Sequence[int], done: EditsResult | None
    ) -> Iterator[EditsResult]:
        with suppress(Cancelled):
            if done is None or not done.edits:
                known = self._known(result.strategy, records)
                result = replace(result, skipped=tuple(record for record in records if record not in known))
            else:
                result = replace(result, edits=done.edits, skipped=done.skipped, checkpoints=done.checkpoints)
            kept = [record for record in records if record not in set(result.skipped)]
            while not result.finished:
                number = len(result.edits)
                if number in (*checkpoints, len(kept)) and number not in result.checked:
                    result = replace(result, checkpoints=(*result.checkpoints, self._checkpoint(result)))
                    yield result
                    continue
                if number % SAVED_EVERY == 0 and number not in result.checked and result.edits:
                    yield result
                self._report(result.strategy, f"edit {number + 1} of {len(kept)}", number / len(kept))
                result = result.plus(kept[number], MeasuredEdit(kept[number], self._editor.apply(kept[number])))
        yield result

    def _known(self, strategy: str, records: Sequence[EditRecord]) -> set[EditRecord]:
        found: set[EditRecord] = set()
        for begin, some in _portions(records):
            self._report(strategy, "what the model knows", begin / len(records))
            known = self._scorer.known(some)
            found |= {record for record, right in zip(some, known, strict=True) if right}
        return found

    def _checkpoint(self, result: EditsResult) -> Checkpoint:
        scores: list[EditScores] = []
        edited = [edit.record for edit in result.edits]
        for begin, some in _portions(edited):
            self._report(result.strategy, f"scoring {len(edited)} edits", begin / len(edited))
            scores += self._scorer.scores(some, result.fluency)
        return Checkpoint(len(edited), tuple(scores), dict(self._standing()))


def _portions(records: Sequence[EditRecord]) -> Iterator[tuple[int, Sequence[EditRecord]]]:
    """So many at once, each with the number of records before it."""
    for begin in range(0, len(records), SCORED_AT_ONCE):
        yield begin, records[begin : begin + SCORED_AT_ONCE]
