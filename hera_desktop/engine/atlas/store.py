"""An atlas as it is read: opens at once, and looks a page or a word up in a moment."""

from __future__ import annotations

import json
import re
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from types import TracebackType

import numpy as np

from ..errors import HeraError, InputError, ModelError, one_line
from ..sqlite_header import read_header
from .page_data import BINS, RANGES, PageData, Ranked, slices, unpack, unpack_positive, window
from .records import AtlasInfo, Example, ExampleRange, FeaturePage, Histogram, Neighbour, TokenLogit
from .search_index import rows_with
from .words import query_words
from .writer import APPLICATION_ID, SCHEMA_VERSION


class Atlas:
    """A feature atlas, read-only. Belongs to the thread that opened it; another thread opens its own.

    ``density``, ``mean`` and ``max`` are ``(d_sae,)`` float32, ``names`` the automatic names, one a feature.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._db = connection
        meta = dict(connection.execute("SELECT key, value FROM meta"))
        self.info = AtlasInfo(**json.loads(meta["info"]))
        self.density, self.mean, self.max = (self._column(name) for name in ("density", "mean", "max"))
        self.names: list[str] = self._list("names")
        if len(self.names) != self.info.d_sae:
            raise ValueError(f"{len(self.names)} names for {self.info.d_sae} features")
        self._token_ids = self._numbers("token_ids")
        self._tokens = self._list("tokens")
        self._contexts = self._numbers("contexts").reshape(-1, int(meta["length"]))  # places in _tokens
        self._context_numbers = self._numbers("numbers")
        self._rows_with = lru_cache(maxsize=64)(self._look_up)

    # --- opening ----------------------------------------------------------------------------------------------------

    @classmethod
    def open(cls, path: Path) -> Atlas:
        """Open an atlas.

        Raises:
            InputError: there is no such file.
            ModelError: it is damaged, no atlas, or of a newer schema.
        """
        if not path.is_file():
            raise InputError(f"atlas {path} does not exist; build one for the SAE first")
        with _explained(path):
            _check_header(path)
            # immutable: the file is only ever replaced as a whole, and its folder may be read-only
            connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
            try:
                connection.execute("PRAGMA cache_size = -32000")
                return cls(path, connection)
            except BaseException:
                connection.close()
                raise

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> Atlas:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    # --- pages ------------------------------------------------------------------------------------------------------

    def page(self, feature: int) -> FeaturePage:
        """Everything kept of a feature; raises InputError where there is none of that number."""
        with _explained(self.path):
            data = unpack(self._blob(feature), self.names[feature])
            return FeaturePage(
                id=feature,
                auto_name=data.name,
                density=float(self.density[feature]),
                mean=float(self.mean[feature]),
                max=float(self.max[feature]),
                histogram=self._histogram(feature, data),
                ranges=self._ranges(data, float(self.max[feature])),
                positive=self._token_logits(data.positive),
                negative=self._token_logits(data.negative),
                neighbours=_neighbours(data.neighbours),
                coactive=_neighbours(data.coactive),
            )

    def raised_tokens(self, feature: int) -> tuple[str, ...]:
        """The tokens whose logits the feature raises most: less work than the whole page."""
        with _explained(self.path):
            return tuple(entry.token for entry in self._token_logits(unpack_positive(self._blob(feature))))

    def _blob(self, feature: int) -> bytes:
        if not 0 <= feature < self.info.d_sae:
            last = self.info.d_sae - 1
            raise InputError(f"feature {feature} is out of range: SAE {self.info.sae_name} has features 0 to {last}")
        return self._db.execute("SELECT data FROM pages WHERE feature = ?", (int(feature),)).fetchone()[0]

    def _token_logits(self, ranked: Ranked) -> tuple[TokenLogit, ...]:
        places = np.searchsorted(self._token_ids, ranked.ids).tolist()
        return tuple(TokenLogit(self._tokens[i], v) for i, v in zip(places, ranked.values.tolist(), strict=True))

    def _histogram(self, feature: int, data: PageData) -> Histogram:
        if not len(data.histogram):
            return Histogram((), ())
        edges = np.linspace(0, float(self.max[feature]), BINS + 1)
        return Histogram(tuple(edges.tolist()), tuple(data.histogram.tolist()))

    def _ranges(self, data: PageData, largest: float) -> tuple[ExampleRange, ...]:
        """The ranges that have examples."""
        found = self._examples(data, largest)
        ranges = []
        for (label, low, high), mine in zip(RANGES, slices(data.examples.sizes), strict=True):
            examples = found[mine]
            if label == RANGES[0][0] and examples:
                ranges.append(ExampleRange(label, examples[-1].activation, largest, examples))
            elif examples:
                ranges.append(ExampleRange(label, low * largest, high * largest, examples))
        return tuple(ranges)

    def _examples(self, data: PageData, largest: float) -> tuple[Example, ...]:
        e = data.examples
        rows = self._contexts[np.searchsorted(self._context_numbers, e.contexts)].tolist()
        values = e.shares * largest
        examples = []
        for row, peak, mine in zip(rows, e.peaks.tolist(), slices(e.counts), strict=True):
            start, end = window(peak, len(row))
            activations = [0.0] * (end - start)
            for position, value in zip(e.positions[mine].tolist(), values[mine].tolist(), strict=True):
                activations[position - start] = value
            tokens = tuple([self._tokens[i] for i in row[start:end]])
            examples.append(Example(tokens, tuple(activations), peak - start))
        return tuple(examples)

    # --- search -----------------------------------------------------------------------------------------------------

    def search(self, query: str) -> np.ndarray:
        """Ascending ids of the features whose automatic name, logit tokens or top contexts match, int64.

        Every word of the query must begin some word there; each punctuation mark is a word. A number also finds the
        feature of that id. An empty query finds all.
        """
        if not query.strip():
            return np.arange(self.info.d_sae)
        words = query_words(query)
        found = np.full(self.info.d_sae, bool(words))
        with _explained(self.path):
            for word in sorted(words, key=len, reverse=True):
                found &= self._rows_with(word)
                if not found.any():
                    break
        number = query.strip()
        if re.fullmatch("[0-9]{1,9}", number) and int(number) < self.info.d_sae:
            found[int(number)] = True
        return np.flatnonzero(found)

    def _look_up(self, word: str) -> np.ndarray:
        return rows_with(self._db, word, self.info.d_sae)

    # --- arrays -----------------------------------------------------------------------------------------------------

    def _array(self, name: str) -> bytes:
        return self._db.execute("SELECT data FROM arrays WHERE name = ?", (name,)).fetchone()[0]

    def _column(self, name: str) -> np.ndarray:
        values = np.frombuffer(self._array(name), "<f4")
        if len(values) != self.info.d_sae:
            raise ValueError(f"{len(values)} values for {self.info.d_sae} features")
        return values

    def _numbers(self, name: str) -> np.ndarray:
        return np.frombuffer(zlib.decompress(self._array(name)), "<u4")

    def _list(self, name: str) -> list[str]:
        return json.loads(zlib.decompress(self._array(name)))


def _neighbours(ranked: Ranked) -> tuple[Neighbour, ...]:
    return tuple(Neighbour(i, v) for i, v in zip(ranked.ids.tolist(), ranked.values.tolist(), strict=True))


def _check_header(path: Path) -> None:
    """Say what the file is before SQLite opens it."""
    header = read_header(path)
    if header is None:
        raise ModelError(f"atlas {path} is damaged or not a feature atlas")
    if header.application_id != APPLICATION_ID:
        raise ModelError(f"{path} is not a feature atlas (an SQLite file of another program)")
    if header.user_version > SCHEMA_VERSION:
        known = f"has schema {header.user_version}, and this program knows up to {SCHEMA_VERSION}; update it"
        raise ModelError(f"atlas {path} {known}")
    if path.stat().st_size != header.size:
        raise ModelError(f"atlas {path} is damaged: a part of the file is missing")


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn whatever damaged bytes lead to into one sentence about this file."""
    try:
        yield
    except HeraError:
        raise
    except sqlite3.ProgrammingError:  # closed, or used from another thread: a fault of ours
        raise
    except OSError as error:
        raise ModelError(f"atlas {path} cannot be read: {error.strerror or error}") from None
    except (sqlite3.Error, zlib.error, ValueError, KeyError, IndexError, TypeError) as error:
        raise ModelError(f"atlas {path} is damaged: {one_line(error)}") from None
