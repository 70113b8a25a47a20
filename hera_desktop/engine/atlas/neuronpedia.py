"""Neuronpedia: names and explanations from its exports, and where it shows a feature.

Its downloads are ``batch-N.jsonl.gz`` with one explanation a line; its API answers with JSON. Of each explanation two
keys count: ``index`` (the feature, often as text) and ``description`` (or ``explanation``).
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..errors import InputError, one_line
from .records import Label

SITE = "https://www.neuronpedia.org"
LONGEST_NAME = 80
_TEXTS = ("description", "explanation", "text")
_FORMS = 'a JSON list or lines of {"index": "12", "description": "..."}, packed with gzip or not'


def feature_url(neuronpedia_id: str | None, feature: int) -> str | None:
    """The feature's page, such as .../gpt2-small/7-res-jb/12; None where the SAE has no id there."""
    return f"{SITE}/{neuronpedia_id.strip('/')}/{feature}" if neuronpedia_id else None


def read_labels(path: Path) -> list[Label]:
    """Names from an export, in the order of the features, marked as imported.

    Of several explanations of a feature the first counts. One longer than a name is cut for the name, and whole in
    the note.

    Raises:
        InputError: the file cannot be read, is no JSON, or holds no explanation.
    """
    labels: dict[int, Label] = {}
    for entry in _entries(_parsed(path)):
        feature, text = _feature(entry), _text(entry)
        if feature is not None and text:
            labels.setdefault(feature, _label(feature, text))
    if not labels:
        raise InputError(f"labels '{path}' hold no explanation of a feature; it takes {_FORMS}")
    return [labels[feature] for feature in sorted(labels)]


def _parsed(path: Path) -> Any:
    try:
        raw = path.read_bytes()
        text = (gzip.decompress(raw) if raw.startswith(b"\x1f\x8b") else raw).decode("utf-8-sig")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or one_line(error)
        raise InputError(f"labels '{path}' cannot be read: {reason}") from None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return _parsed_lines(path, text)


def _parsed_lines(path: Path, text: str) -> list[Any]:
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                found.append(json.loads(line))
            except (ValueError, RecursionError) as error:
                raise InputError(f"labels '{path}' are no JSON at line {number} ({error}); it takes {_FORMS}") from None
    return found


def _entries(data: Any) -> Iterator[dict[str, Any]]:
    """Every object that has an index; explanations inside it take the index over from it."""
    if isinstance(data, list):
        for item in data:
            yield from _entries(item)
    elif isinstance(data, dict):
        inner = data.get("explanations")
        if isinstance(inner, list):
            outer = {"index": data["index"]} if "index" in data else {}
            yield from _entries([{**outer, **item} for item in inner if isinstance(item, dict)])
        elif "index" in data:
            yield data


def _feature(entry: dict[str, Any]) -> int | None:
    index = entry["index"]
    if isinstance(index, str) and index.strip().isdecimal():
        index = int(index[:18])
    is_number = isinstance(index, int) and not isinstance(index, bool)
    return index if is_number and index >= 0 else None


def _text(entry: dict[str, Any]) -> str:
    texts = (entry.get(key) for key in _TEXTS)
    return next((" ".join(text.split()) for text in texts if isinstance(text, str) and text.strip()), "")


def _label(feature: int, text: str) -> Label:
    if len(text) <= LONGEST_NAME:
        return Label(feature, text, source="import")
    return Label(feature, f"{text[: LONGEST_NAME - 1].rstrip()}…", note=text, source="import")
