"""The user's own words on features: names, notes and pins, kept in the session per SAE (by its fingerprint)."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager

from .atlas.records import Label

LABELS_SCHEMA = """
CREATE TABLE feature_labels (
    sae TEXT NOT NULL, feature INTEGER NOT NULL, name TEXT NOT NULL, note TEXT NOT NULL, pinned INTEGER NOT NULL,
    source TEXT NOT NULL, PRIMARY KEY (sae, feature)
) STRICT
"""

_PUT = """
INSERT INTO feature_labels VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (sae, feature) DO UPDATE SET
    name = excluded.name, note = excluded.note, pinned = excluded.pinned, source = excluded.source
"""
_IMPORT = """
INSERT INTO feature_labels VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (sae, feature) DO UPDATE SET
    name = excluded.name, source = excluded.source,
    note = CASE WHEN feature_labels.note = '' THEN excluded.note ELSE feature_labels.note END
    WHERE feature_labels.name = '' OR feature_labels.source <> 'user'
"""

Opened = Callable[[], AbstractContextManager[sqlite3.Connection]]


class FeatureLabels:
    """The labels of a session; ``reading`` and ``writing`` give the session's connection, writing in a transaction.

    Every method raises SessionError where the session cannot be read or written; nothing has changed then.
    """

    def __init__(self, reading: Opened, writing: Opened) -> None:
        self._reading, self._writing = reading, writing

    def all(self, sae: str) -> tuple[Label, ...]:
        """Every label of the SAE with fingerprint ``sae``, by feature."""
        columns = "feature, name, note, pinned, source"
        with self._reading() as db:
            rows = db.execute(f"SELECT {columns} FROM feature_labels WHERE sae = ? ORDER BY feature", (sae,)).fetchall()
        return tuple(Label(feature, name, note, bool(pinned), source) for feature, name, note, pinned, source in rows)

    def put(self, sae: str, label: Label) -> None:
        """Keep a label in the place of the feature's last one; a label that says nothing is deleted."""
        row = _row(sae, label)
        with self._writing() as db:
            if any(row[2:5]):
                db.execute(_PUT, row)
            else:
                db.execute("DELETE FROM feature_labels WHERE sae = ? AND feature = ?", row[:2])

    def put_many(self, sae: str, labels: Iterable[Label]) -> int:
        """Keep imported names, all or none; returns how many. A name the user gave stands, and so do notes and pins."""
        rows = [row for row in (_row(sae, label) for label in labels) if row[2]]
        with self._writing() as db:
            return sum(db.execute(_IMPORT, row).rowcount for row in rows)


def _row(sae: str, label: Label) -> tuple[str, int, str, str, int, str]:
    """The columns; a name is one line, and half a character (a lone surrogate) becomes a question mark."""
    name, note = (text.encode("utf-8", "replace").decode() for text in (label.name, label.note))
    return sae, label.feature, " ".join(name.split()), note.strip(), int(label.pinned), label.source
