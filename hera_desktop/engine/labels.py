"""The user's own words on features: names, notes and pins, kept in the session per SAE (by its fingerprint).

Every change is an event of the timeline, so that it can be undone like a step.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import Any

from .atlas.records import Label
from .changes import Maker, clean
from .timeline import Change

LABELS_SCHEMA = """
CREATE TABLE feature_labels (
    sae TEXT NOT NULL, feature INTEGER NOT NULL, name TEXT NOT NULL, note TEXT NOT NULL, pinned INTEGER NOT NULL,
    source TEXT NOT NULL, PRIMARY KEY (sae, feature)
) STRICT
"""

_SELECT = "SELECT name, note, pinned, source FROM feature_labels WHERE sae = ? AND feature = ?"

Opened = Callable[[], AbstractContextManager[sqlite3.Connection]]
Plain = dict[str, Any] | None
"""A label in plain values, None where there is none."""


class FeatureLabels:
    """The labels of a session; ``reading`` gives its connection, ``record`` makes a change and its event at once.

    Every method raises SessionError where the session cannot be read or written; nothing has changed then.
    """

    def __init__(self, reading: Opened, record: Callable[[Maker], Change | None]) -> None:
        self._reading, self._record = reading, record

    def all(self, sae: str) -> tuple[Label, ...]:
        """Every label of the SAE with fingerprint ``sae``, by feature."""
        columns = "feature, name, note, pinned, source"
        with self._reading() as db:
            rows = db.execute(f"SELECT {columns} FROM feature_labels WHERE sae = ? ORDER BY feature", (sae,)).fetchall()
        return tuple(Label(feature, name, note, bool(pinned), source) for feature, name, note, pinned, source in rows)

    def put(self, sae: str, label: Label) -> None:
        """Keep a label in the place of the feature's last one; a label that says nothing is deleted."""
        after = _plain(label)

        def make(db: sqlite3.Connection) -> Change | None:
            before = _present(db, sae, label.feature)
            if before == after:
                return None
            named = {"sae": sae, "feature": label.feature, "field": "label"}
            return Change("label", {**named, "before": before, "after": after})

        self._record(make)

    def put_many(self, sae: str, labels: Iterable[Label]) -> int:
        """Keep imported names, all or none; returns how many. A name the user gave stands, and so do notes and pins."""
        given = {label.feature: plain for label in labels if (plain := _plain(label)) and plain["name"]}
        taken = 0

        def make(db: sqlite3.Connection) -> Change | None:
            nonlocal taken
            before = {feature: _present(db, sae, feature) for feature in given}
            after = {feature: _imported(before[feature], new) for feature, new in given.items()}
            taken = sum(found is not None for found in after.values())
            changed = [f for f, found in after.items() if found is not None and found != before[f]]
            if not changed:
                return None
            sides = {"before": [before[f] for f in changed], "after": [after[f] for f in changed]}
            return Change("label", {"sae": sae, "features": changed, "field": "labels", **sides})

        self._record(make)
        return taken


def _present(db: sqlite3.Connection, sae: str, feature: int) -> Plain:
    row = db.execute(_SELECT, (sae, feature)).fetchone()
    return None if row is None else {"name": row[0], "note": row[1], "pinned": bool(row[2]), "source": row[3]}


def _plain(label: Label) -> Plain:
    """A name is one line; None for a label that says nothing."""
    name, note = (clean(text) for text in (label.name, label.note))
    plain = {"name": " ".join(name.split()), "note": note.strip(), "pinned": label.pinned, "source": label.source}
    return plain if plain["name"] or plain["note"] or plain["pinned"] else None


def _imported(before: Plain, new: dict[str, Any]) -> Plain:
    """What an import makes of a label; None where the name the user gave stands."""
    if before is None:
        return new
    if before["name"] and before["source"] == "user":
        return None
    return {**before, "name": new["name"], "source": new["source"], "note": before["note"] or new["note"]}
