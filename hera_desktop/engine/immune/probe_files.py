"""Probe files: reading, writing, importing texts, and the copies that sessions are measured on.

A file that a session uses must not change under it: what the session was measured on could not be told any more. So
the window and the command line give a session a copy whose name ends in its own SHA-256, ``code-3fa9c1d2e4b5.yaml``;
such a file is never written again, and one whose content does not fit its name is refused.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import yaml

from ..errors import InputError, MachineError
from ..places import data_folder, shipped
from ..prompt_files import read_prompts
from .probes import LIMIT_KEYS, Probe, ProbeSet, TagLimits, short

DIGITS = 12
_SEALED = re.compile(rf"-([0-9a-f]{{{DIGITS}}})\.yaml$")
_PROBE_KEYS = ("text", "tags", "weight", "enabled")


def load_probes(path: str | Path | None) -> ProbeSet:
    """Read a probe file, the shipped one for None.

    Raises:
        InputError: the file is missing, not YAML, not what its name says, or holds something that cannot be used.
    """
    file = Path(path) if path else shipped_probes()
    try:
        data = file.read_bytes()
        tree = yaml.safe_load(data.decode("utf-8"))
    except FileNotFoundError:
        raise InputError(
            f"probe file {file} does not exist; name another one as immune.probes (null: the shipped probes)"
        ) from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise InputError(f"probe file {file} cannot be read: {str(error).splitlines()[0]}") from None
    _check_seal(file, data)
    rows = tree.get("probes") if isinstance(tree, dict) else None
    if not isinstance(rows, list) or not rows:
        raise InputError(f"probe file {file} must hold a list under 'probes:'")
    for key in tree:
        if key not in ("probes", "limits"):
            raise InputError(f"probe file {file} has the key '{key}'; it holds 'probes:' and 'limits:'")
    probes = tuple(_probe(file, number, row) for number, row in enumerate(rows, 1))
    try:
        return ProbeSet(probes, _limits(tree.get("limits"))).check()
    except InputError as error:
        raise InputError(f"probe file {file}: {error}") from None


def shipped_probes() -> Path:
    return shipped("data", "probes.yaml")


def _check_seal(file: Path, data: bytes) -> None:
    sealed = _SEALED.search(file.name)
    if sealed and (found := hashlib.sha256(data).hexdigest()[:DIGITS]) != sealed[1]:
        raise InputError(
            f"probe file {file} was changed after it was used: its name says {sealed[1]}, its content is {found}; "
            "save changes under another name"
        )


def _probe(file: Path, number: int, row: object) -> Probe:
    if not isinstance(row, dict) or not isinstance(row.get("text"), str) or not row["text"].strip():
        raise InputError(f"probe {number} of {file} has no text; an entry is {{text: …, tags: [prose]}}")
    for key in row:
        if key not in _PROBE_KEYS:
            raise InputError(f"probe {number} of {file} has the key '{key}'; there are {', '.join(_PROBE_KEYS)}")
    tags, weight, enabled = row.get("tags") or [], row.get("weight", 1.0), row.get("enabled", True)
    if isinstance(weight, bool) or not isinstance(weight, (int, float)):
        raise InputError(f"probe {number} of {file} has the weight {weight!r}; it must be a number above 0")
    if not isinstance(enabled, bool):
        raise InputError(f"probe {number} of {file} is enabled: {enabled!r}; it must be true or false")
    names = tuple(str(tag) for tag in tags) if isinstance(tags, list) else (str(tags),)
    return Probe(row["text"], tuple(dict.fromkeys(names)), float(weight), enabled)


def _limits(tree: object) -> dict[str, TagLimits]:
    if tree is None:
        return {}
    if not isinstance(tree, dict) or not all(isinstance(given, dict) for given in tree.values()):
        raise InputError(f"'limits:' must hold tags with limits, such as code: {{{LIMIT_KEYS[0]}: 0.1}}")
    limits = {}
    for tag, given in tree.items():
        cumulative = given.get("cumulative") or {}
        if not isinstance(cumulative, dict):
            raise InputError(f"the cumulative limits of the tag '{tag}' must be keys with values, not {cumulative!r}")
        step = {key: value for key, value in given.items() if key != "cumulative"}
        limits[str(tag)] = TagLimits(step, cumulative)
    return limits


def save_probes(path: str | Path, probes: ProbeSet) -> Path:
    """Write a probe file: all of it or nothing.

    Raises:
        InputError: the set cannot be used, or the file is one that sessions were measured on.
        MachineError: it cannot be written.
    """
    path = Path(path)
    if _SEALED.search(path.name):
        raise InputError(f"{path.name} is a file that sessions were measured on; save under another name")
    return _write(path, as_yaml(probes))


def seal_probes(probes: ProbeSet, name: str = "probes", folder: Path | None = None) -> Path:
    """The file a session is to use: named after its content, in the user's data folder, made where it is not there.

    Raises:
        InputError, MachineError: as ``save_probes``.
    """
    data = as_yaml(probes)
    stem = re.sub(r"[^\w.-]+", "-", plain_name(name)).strip("-.") or "probes"
    folder = folder or data_folder() / "probes"
    path = folder / f"{stem}-{hashlib.sha256(data).hexdigest()[:DIGITS]}.yaml"
    if path.exists() and path.read_bytes() == data:
        return path
    return _write(path, data)


def plain_name(path: str | Path | None) -> str:
    """What a probe file is called: ``code`` for ``code-3fa9c1d2e4b5.yaml``, ``probes`` for the shipped set."""
    return "probes" if path is None else _SEALED.sub("", Path(path).name).removesuffix(".yaml")


def is_sealed(path: str | Path | None) -> bool:
    """Whether the file is one that sessions are measured on, and so never written again."""
    return path is not None and bool(_SEALED.search(Path(path).name))


def as_yaml(probes: ProbeSet) -> bytes:
    """The file's content; the same set always gives the same bytes. Raises InputError where it cannot be used."""
    probes.check()
    tree: dict[str, Any] = {"probes": [_row(probe) for probe in probes.probes]}
    limits = {tag: _limit_row(given) for tag, given in probes.limits.items() if given}
    if limits:
        tree["limits"] = limits
    try:
        return yaml.safe_dump(tree, sort_keys=False, allow_unicode=True, width=10**6, default_flow_style=None).encode(
            "utf-8"
        )
    except UnicodeEncodeError as error:
        raise InputError(f"a probe has characters that are no text ({short(str(error.object)[:40])})") from None


def _row(probe: Probe) -> dict[str, Any]:
    """What is as usual is left out, so that the file stays short."""
    row: dict[str, Any] = {"text": probe.text, "tags": list(probe.tags)}
    if probe.weight != 1:
        row["weight"] = probe.weight
    if not probe.enabled:
        row["enabled"] = False
    return row


def _limit_row(limits: TagLimits) -> dict[str, Any]:
    cumulative: Mapping[str, Any] = {"cumulative": dict(limits.cumulative)} if limits.cumulative else {}
    return {**limits.step, **cumulative}


def _write(path: Path, data: bytes) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, path)
        except BaseException:
            with suppress(OSError):
                os.unlink(name)
            raise
    except OSError as error:
        raise MachineError(f"probe file {path} cannot be written: {error.strerror}") from None
    return path


def import_probes(probes: ProbeSet, path: str | Path, tags: tuple[str, ...] = ()) -> tuple[ProbeSet, int]:
    """The set with the texts of a .txt, .csv or .jsonl file as further probes with these tags, and how many those are.

    Raises:
        InputError: the file cannot be used, or one of its texts is a probe already or is in it twice.
    """
    texts = read_prompts(path)
    known = {probe.text for probe in probes.probes}
    for number, text in enumerate(texts, 1):
        if text in known:
            raise InputError(f"text {number} of {path} is a probe already ({short(text)}); nothing was imported")
        known.add(text)
    return probes.with_probes((*probes.probes, *(Probe(text, tags) for text in texts))), len(texts)
