"""Files with one prompt a row: plain text, CSV or JSON lines."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from .errors import InputError

SUFFIXES = (".txt", ".csv", ".jsonl")
COLUMNS = ("prompt", "text")
MAX_BYTES = 50_000_000


def read_prompts(path: str | Path) -> list[str]:
    """The prompts of a file, in order, empty rows left out.

    A .csv has its prompts in the column ``prompt`` or ``text``, else in the first; a .jsonl row is a string or an
    object with one of these keys.

    Raises:
        InputError: the file is missing, of another kind, not UTF-8 text, malformed, or has no prompt.
    """
    path = Path(path)
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(f"prompt file {path} has the ending '{path.suffix}'; {', '.join(SUFFIXES)} are read")
    text = _read_text(path)
    reader = {".txt": _plain, ".csv": _csv, ".jsonl": _jsonl}[path.suffix.lower()]
    prompts = [prompt for prompt in reader(path, text) if prompt.strip()]
    if not prompts:
        raise InputError(f"prompt file {path} holds no prompt")
    return prompts


def _read_text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(f"prompt file {path} is larger than {MAX_BYTES // 10**6} MB")
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"prompt file {path} does not exist") from None
    except OSError as error:
        raise InputError(f"prompt file {path} cannot be read: {error.strerror}") from None
    if b"\0" in data:
        raise InputError(f"prompt file {path} is binary; it must be UTF-8 text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"prompt file {path} is not UTF-8 text (byte {error.start})") from None


def _plain(_: Path, text: str) -> list[str]:
    return text.splitlines()


def _csv(path: Path, text: str) -> list[str]:
    try:
        rows = list(csv.reader(text.splitlines(keepends=True), strict=True))
    except csv.Error as error:
        raise InputError(f"prompt file {path} is not valid CSV: {error}") from None
    if not rows:
        return []
    header = [name.strip().lower() for name in rows[0]]
    column = next((header.index(name) for name in COLUMNS if name in header), None)
    body = rows if column is None else rows[1:]
    return [row[column or 0] for row in body if len(row) > (column or 0)]


def _jsonl(path: Path, text: str) -> list[str]:
    prompts = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            raise InputError(f"prompt file {path} is not valid JSON in row {number}") from None
        value = next((row[key] for key in COLUMNS if key in row), None) if isinstance(row, dict) else row
        if not isinstance(value, str):
            raise InputError(f"prompt file {path} has no text under 'prompt' or 'text' in row {number}")
        prompts.append(value)
    return prompts
