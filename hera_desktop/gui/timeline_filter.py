"""Which steps of the timeline are shown: by words, by state, by tag."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, compress
from operator import attrgetter, is_not

from .records import TimelineRow

MARKS = ("committed", "warning", "rejected", "reverted", "left")
"""The states that can be filtered by, as their marks are named."""


@dataclass(frozen=True)
class TimelineFilter:
    """All words of ``text`` must be found; a number or ``p12`` also finds the feature or the patch of that name.
    ``marks`` empty: any state; ``tag`` empty: any."""

    text: str = ""
    marks: frozenset[str] = frozenset()
    tag: str = ""

    @property
    def active(self) -> bool:
        return bool(self.text.strip() or self.marks or self.tag)


class RowTexts:
    """What can be searched in each row, made once for every row that stays as it is: ``ids`` are found as a whole only
    and stand between newlines, ``words`` are found anywhere."""

    def __init__(self) -> None:
        self._rows: Sequence[TimelineRow] = ()
        self.ids: list[str] = []
        self.words: list[str] = []

    def read(self, rows: Sequence[TimelineRow]) -> None:
        """Bring the texts up to these rows."""
        if rows is self._rows:
            return
        count = min(len(rows), len(self._rows))
        for lines in (self.ids, self.words):
            lines[count:] = [""] * (len(rows) - count)
        changed = compress(range(count), map(is_not, self._rows, rows))
        for step in chain(changed, range(count, len(rows))):
            row = rows[step]
            features = (str(feature[0]) for feature in row.details.get("features", ()))
            self.ids[step] = "\n".join(("", row.patch_id or "", *features, "")).casefold()
            self.words[step] = "\n".join((row.prompt, row.note, row.name, *row.tags)).casefold()
        self._rows = rows


def shown_steps(rows: Sequence[TimelineRow], wanted: TimelineFilter, texts: RowTexts) -> Sequence[int]:
    """The steps that are shown, in order; without a filter all, the base included."""
    if not wanted.active:
        return range(len(rows))
    found: Sequence[int] = range(1, len(rows))
    if wanted.marks:
        found = [step for step in found if rows[step].mark in wanted.marks]
    if wanted.tag:
        found = [step for step in found if wanted.tag in rows[step].tags]
    if wanted.text.strip():
        texts.read(rows)
    ids, words = texts.ids, texts.words
    for word in wanted.text.casefold().split():
        whole = f"\n{word}\n"
        found = [step for step in found if word in words[step] or whole in ids[step]]
    return list(found)


@dataclass(frozen=True)
class FilterChoices:
    """What can be filtered by: how many steps are in each state, and how many have each tag, by name."""

    marks: dict[str, int]
    tags: dict[str, int]

    @classmethod
    def of(cls, rows: Sequence[TimelineRow]) -> FilterChoices:
        kinds = Counter(map(attrgetter("state", "status"), rows[1:]))
        marks = dict.fromkeys(MARKS, 0)
        for (state, status), count in kinds.items():
            marks[state if state in marks else status] += count
        tags = Counter(tag for found in filter(None, map(attrgetter("tags"), rows)) for tag in found)
        return cls(marks, dict(sorted(tags.items())))
