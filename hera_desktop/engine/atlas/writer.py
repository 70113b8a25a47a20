"""Writes an atlas: one SQLite file that is either whole or not there.

What it holds: ``meta`` (JSON of AtlasInfo), ``arrays`` (one value a feature, as one blob each; the texts' tokens),
``pages`` (a compressed blob a feature, see page_data) and the search index (see search_index).
"""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from ..errors import MachineError, one_line
from .page_data import PageData, pack
from .records import AtlasInfo
from .search_index import add_texts, create_index, finish_index
from .words import spaced

APPLICATION_ID = 0x41544C53  # "ATLS"
SCHEMA_VERSION = 1
AROUND_PEAK = 4
"""Tokens either side of a top context's peak that can be searched for."""

_CHUNK = 512
_GAP = -1
_SCHEMA = f"""
PRAGMA page_size = 16384;
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {SCHEMA_VERSION};
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE arrays (name TEXT PRIMARY KEY, data BLOB NOT NULL) STRICT;
CREATE TABLE pages (feature INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT;
"""


@dataclass(frozen=True, eq=False)
class Columns:
    """One value a feature, each ``(d_sae,)``: share of tokens it fires on, mean and largest activation above zero."""

    density: np.ndarray
    mean: np.ndarray
    max: np.ndarray


@dataclass(frozen=True, eq=False)
class Texts:
    """The text the examples are cut from: token ids ``(contexts, length)``, and how token ids are spelt."""

    contexts: np.ndarray
    spell: Callable[[Sequence[int]], Sequence[str]]


def write_atlas(path: Path, info: AtlasInfo, columns: Columns, texts: Texts, pages: Iterable[PageData]) -> None:
    """Write an atlas to ``path``, over an older one; ``pages`` are those of features 0, 1, ... in order.

    Whatever ``pages`` raises comes out as it is, and leaves ``path`` as it was.

    Raises:
        MachineError: the file cannot be written.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        with closing(sqlite3.connect(part, isolation_level=None)) as connection:
            _Writer(connection, info, texts).write(columns, pages)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        os.replace(part, path)
    except (OSError, sqlite3.Error) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or one_line(error)
        raise MachineError(f"atlas {path} cannot be written: {reason}") from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


class _Writer:
    """An atlas being written: gathers which contexts and tokens its pages use."""

    def __init__(self, connection: sqlite3.Connection, info: AtlasInfo, texts: Texts) -> None:
        self._db, self._info, self._texts = connection, info, texts
        self._spelt: dict[int, str] = {}
        self._spaced = {_GAP: " "}  # as the index takes them
        self._used = np.zeros(len(texts.contexts), bool)  # (contexts,)
        self._names: list[str] = []

    def write(self, columns: Columns, pages: Iterable[PageData]) -> None:
        self._db.executescript(_SCHEMA)
        create_index(self._db)
        self._db.execute("BEGIN")
        stream = iter(pages)
        while chunk := list(islice(stream, _CHUNK)):
            self._write_pages(chunk)
        if len(self._names) != self._info.d_sae:
            raise ValueError(f"{len(self._names)} pages for {self._info.d_sae} features")
        for name, values in asdict(columns).items():
            self._put(name, np.ascontiguousarray(values, "<f4").tobytes())
        self._put("names", _json(self._names))
        self._write_texts()
        meta = {"info": json.dumps(asdict(self._info)), "length": str(self._texts.contexts.shape[1])}
        self._db.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
        self._db.execute("COMMIT")
        finish_index(self._db, self._info.d_sae)

    def _write_pages(self, chunk: list[PageData]) -> None:
        first = len(self._names)
        self._db.executemany("INSERT INTO pages VALUES (?, ?)", ((first + i, pack(p)) for i, p in enumerate(chunk)))
        add_texts(self._db, ((first + i, self._search_text(page)) for i, page in enumerate(chunk)))
        self._names += [page.name for page in chunk]
        for page in chunk:
            self._used[page.examples.contexts] = True

    def _search_text(self, page: PageData) -> str:
        """Its name, the tokens it raises and lowers, and what stands around the peaks of its top contexts."""
        top = int(page.examples.sizes[0])
        peaks = self._around(page.examples.contexts[:top], page.examples.peaks[:top])
        logits = np.concatenate([page.positive.ids, page.negative.ids])
        gaps = np.full_like(logits, _GAP)
        ids = np.concatenate([np.stack([logits, gaps], axis=1).ravel(), peaks]).tolist()
        self._spell(ids)
        return f"{spaced(page.name)} {''.join([self._spaced[i] for i in ids])}"

    def _around(self, contexts: np.ndarray, peaks: np.ndarray) -> np.ndarray:
        """Token ids around each peak, one peak after another with gaps between: what lies outside is a gap too."""
        places = peaks[:, None] + np.arange(-AROUND_PEAK, AROUND_PEAK + 2)  # (n, 2 AROUND_PEAK + 2)
        length = self._texts.contexts.shape[1]
        ids = self._texts.contexts[contexts[:, None], places.clip(0, length - 1)]
        outside = (places < 0) | (places >= length)
        outside[:, -1] = True
        return np.where(outside, _GAP, ids).ravel()

    def _spell(self, ids: Iterable[int]) -> None:
        new = sorted({i for i in ids if i not in self._spaced})
        spelt = self._texts.spell(new)
        self._spelt.update(zip(new, spelt, strict=True))
        self._spaced.update(zip(new, map(spaced, spelt), strict=True))

    def _write_texts(self) -> None:
        """Only the contexts in use, in the tokens' places in the list of spellings; ``numbers`` says which they are."""
        contexts = self._texts.contexts[self._used]
        self._spell(np.unique(contexts).tolist())
        ids = np.asarray(sorted(self._spelt), dtype="<u4")
        self._put("token_ids", zlib.compress(ids.tobytes(), 9))
        self._put("tokens", _json([self._spelt[i] for i in ids.tolist()]))
        self._put("contexts", zlib.compress(np.searchsorted(ids, contexts).astype("<u4").tobytes(), 9))
        self._put("numbers", zlib.compress(np.flatnonzero(self._used).astype("<u4").tobytes(), 9))

    def _put(self, name: str, data: bytes) -> None:
        self._db.execute("INSERT INTO arrays VALUES (?, ?)", (name, data))


def _json(values: list[str]) -> bytes:
    return zlib.compress(json.dumps(values, ensure_ascii=False).encode("utf-8", "replace"), 9)
