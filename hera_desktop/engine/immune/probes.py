"""Reference probes: short texts on which every change is measured."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from ..errors import InputError
from ..places import shipped


@dataclass(frozen=True)
class Probe:
    """A text and what it stands for, such as prose, arithmetic, code, dialogue or fact."""

    text: str
    tags: tuple[str, ...]


def load_probes(path: str | None) -> tuple[Probe, ...]:
    """Read a probe file, the shipped one for None.

    Raises:
        InputError: the file is missing, not YAML, or an entry has no text.
    """
    file = Path(path) if path else shipped("data", "probes.yaml")
    try:
        tree = yaml.safe_load(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(f"probe file {file} does not exist") from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise InputError(f"probe file {file} cannot be read: {str(error).splitlines()[0]}") from None
    rows = tree.get("probes") if isinstance(tree, dict) else None
    if not isinstance(rows, list) or not rows:
        raise InputError(f"probe file {file} must hold a list under 'probes:'")
    return tuple(_probe(file, number, row) for number, row in enumerate(rows, 1))


def _probe(file: Path, number: int, row: object) -> Probe:
    if not isinstance(row, dict) or not isinstance(row.get("text"), str) or not row["text"].strip():
        raise InputError(f"probe {number} of {file} has no text; an entry is {{text: …, tags: [prose]}}")
    tags = row.get("tags", [])
    return Probe(row["text"], tuple(str(tag) for tag in tags) if isinstance(tags, list) else (str(tags),))
