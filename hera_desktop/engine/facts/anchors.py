"""Anchors: what people ask an assistant and what they write in general, on which a lesson is held to the base."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import yaml

from ..errors import InputError, one_line
from ..places import shipped

KEYS = ("questions", "texts")


@dataclass(frozen=True)
class Anchors:
    """``questions`` and requests to an assistant, and ``texts``: sentences and short passages of neutral prose."""

    questions: tuple[str, ...]
    texts: tuple[str, ...]

    @classmethod
    def load(cls, path: str | None = None) -> Anchors:
        """Read an anchors file, the shipped one for None: two lists, ``questions:`` and ``texts:``.

        Raises:
            InputError: the file is missing, not YAML, or one of its lists is missing, empty, or holds something else
                than distinct texts.
        """
        file = Path(path) if path else shipped("data", "facts", "anchors.yaml")
        try:
            tree = yaml.safe_load(file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise InputError(f"anchors file {file} does not exist") from None
        except yaml.YAMLError as error:
            raise InputError(f"anchors file {file} is not valid YAML: {' '.join(str(error).split())}") from None
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"anchors file {file} cannot be read: {one_line(error)}") from None
        if not isinstance(tree, dict) or set(tree) != set(KEYS):
            raise InputError(f"anchors file {file} must hold a list under 'questions:' and one under 'texts:'")
        return cls(*(_list(file, key, tree[key]) for key in KEYS))


def _list(file: Path, key: str, rows: object) -> tuple[str, ...]:
    if not isinstance(rows, list) or not rows:
        raise InputError(f"anchors file {file} has no list under '{key}:'")
    for number, row in enumerate(rows, 1):
        if not isinstance(row, str) or not row.strip():
            raise InputError(f"anchors file {file} has {row!r} as number {number} of '{key}:'; it must be a text")
    texts = tuple(row.strip() for row in rows)
    text, times = Counter(texts).most_common(1)[0]
    if times > 1:
        raise InputError(f"anchors file {file} has {text[:60]!r} twice under '{key}:'")
    return texts
