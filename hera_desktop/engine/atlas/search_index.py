"""The search index inside an atlas: which features have a word that begins so.

FTS5 finds the rows; reading a hundred thousand row ids out of it takes about ten milliseconds. So the answers to the
beginnings that more than an eighth of all features have ("a", "th", "the") are kept as bits beside it: whatever is
typed, a word is looked up in about a millisecond.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable

import numpy as np

from .words import TOKENIZER, folded

COMMON = 1 / 8

_SCHEMA = f"""
CREATE VIRTUAL TABLE search USING fts5(
    text, content='', detail='none', columnsize=0, prefix='1 2 3', tokenize="{TOKENIZER}"
);
CREATE TABLE common (beginning TEXT PRIMARY KEY, rows BLOB NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO search(search, rank) VALUES ('hashsize', {64 << 20});
"""


def create_index(connection: sqlite3.Connection) -> None:
    connection.executescript(_SCHEMA)


def add_texts(connection: sqlite3.Connection, texts: Iterable[tuple[int, str]]) -> None:
    """Make features findable by the words of their texts; only once each."""
    connection.executemany("INSERT INTO search(rowid, text) VALUES (?, ?)", texts)


def finish_index(connection: sqlite3.Connection, d_sae: int) -> None:
    """Pack the index once all texts are in, and keep the rows of the common beginnings."""
    connection.execute("INSERT INTO search(search) VALUES ('optimize')")
    connection.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, search, row)")
    counted = connection.execute("SELECT term, doc FROM temp.terms").fetchall()
    connection.execute("DROP TABLE temp.terms")
    kept = {""}
    for beginning in _perhaps_common(counted, d_sae):
        if beginning[:-1] in kept:
            rows = _query(connection, beginning, d_sae)
            if rows.sum() > COMMON * d_sae:
                packed = zlib.compress(np.packbits(rows).tobytes())
                connection.execute("INSERT INTO common VALUES (?, ?)", (beginning, packed))
                kept.add(beginning)


def _perhaps_common(counted: Iterable[tuple[str, int]], d_sae: int) -> list[str]:
    """Beginnings of words that have enough rows between them to be common, the shorter ones first."""
    totals: dict[str, int] = {}
    for term, rows in counted:
        for end in range(1, len(term) + 1):
            totals[term[:end]] = totals.get(term[:end], 0) + rows
    return sorted((beginning for beginning, total in totals.items() if total > COMMON * d_sae), key=len)


def rows_with(connection: sqlite3.Connection, word: str, d_sae: int) -> np.ndarray:
    """Which features have a word that begins with ``word``, ``(d_sae,)`` bool."""
    kept = connection.execute("SELECT rows FROM common WHERE beginning = ?", (folded(word),)).fetchone()
    if kept is None:
        return _query(connection, word, d_sae)
    bits = np.frombuffer(zlib.decompress(kept[0]), np.uint8)
    return np.unpackbits(bits, count=d_sae).astype(bool)


def _query(connection: sqlite3.Connection, word: str, d_sae: int) -> np.ndarray:
    """The same from FTS5. All row ids come as one text: making a Python number of each takes three times as long."""
    pattern = '"' + word.replace('"', '""') + '" *'
    row = connection.execute("SELECT group_concat(rowid) FROM search WHERE search MATCH ?", (pattern,)).fetchone()
    found = np.zeros(d_sae, bool)
    if row[0] is not None:
        found[np.fromstring(str(row[0]), dtype=np.int64, sep=",")] = True
    return found
