"""Which states of the chat's adapter stay in a session's file.

The rule: where all of them together are larger than allowed, every second of the older ones loses its tensors, the
oldest of them first, and so again until they fit. The newest ``keep_last`` stay, and so do those in force and those
that have a note, a tag or a name. What is thinned out keeps its place, its hash and its record on the timeline.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection

_ADAPTERS = (
    "SELECT patch_id, length(factors) FROM patches WHERE kind = 'adapter' AND length(factors) > 0 ORDER BY rowid"
)
_MARKED = "SELECT patch_id FROM proposals WHERE patch_id IS NOT NULL AND (note != '' OR tags != '[]' OR name != '')"


def size(db: sqlite3.Connection) -> int:
    """Bytes of all adapters."""
    query = "SELECT coalesce(sum(length(factors)), 0) FROM patches WHERE kind = 'adapter'"
    return db.execute(query).fetchone()[0]


def thinned(db: sqlite3.Connection) -> set[str]:
    """The adapters whose tensors are gone."""
    query = "SELECT patch_id FROM patches WHERE kind = 'adapter' AND length(factors) = 0"
    return {row[0] for row in db.execute(query)}


def thin(db: sqlite3.Connection, keep_last: int, most_bytes: int, in_force: Collection[str]) -> tuple[str, ...]:
    """Carry out the rule; what was dropped, oldest first."""
    sizes = dict(db.execute(_ADAPTERS).fetchall())
    marked = {row[0] for row in db.execute(_MARKED)} | set(in_force)
    older = [patch_id for patch_id in list(sizes)[:-keep_last] if patch_id not in marked]
    total, dropped = sum(sizes.values()), []
    while older and total > most_bytes:
        for patch_id in older[::2]:
            if total <= most_bytes:
                break
            dropped.append(patch_id)
            total -= sizes[patch_id]
        older = [patch_id for patch_id in older if patch_id not in dropped]
    db.executemany("UPDATE patches SET factors = x'' WHERE patch_id = ?", [(patch_id,) for patch_id in dropped])
    return tuple(dropped)


def sentence(db: sqlite3.Connection, patch_id: str) -> str:
    """Why a state cannot be had, and which are nearest."""
    step = db.execute("SELECT step FROM proposals WHERE patch_id = ?", (patch_id,)).fetchone()[0]
    kept = "SELECT p.patch_id FROM proposals p JOIN patches q ON q.patch_id = p.patch_id WHERE q.kind = 'adapter' "
    kept += "AND length(q.factors) > 0 AND p.status != 'rejected' AND p.step {} ? ORDER BY p.step {} LIMIT 1"
    ways = (kept.format("<", "DESC"), kept.format(">", "ASC"))
    near = [row[0] for query in ways for row in db.execute(query, (step,)).fetchall()]
    nearest = f"; the nearest that are kept are {' and '.join(near)}" if near else ""
    return f"the adapter of '{patch_id}' was thinned out to keep the session small (facts.history){nearest}"
