"""Changes of words and settings in a session's file: what they are now, what an event made of them, and back.

Every function takes the session's connection inside a transaction; the ledger writes the event in the same one.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from .config import Config, load_config
from .errors import InputError
from .timeline import Change

FIELDS = {"note": "note", "tag": "tags", "rename": "name"}
"""Which column of a proposal a change of this kind is about."""

LONGEST = {"note": 100_000, "tags": 60, "name": 200}
"""How many characters a note, a single tag and a name may have."""

Maker = Callable[[sqlite3.Connection], Change | None]
"""Reads what stands and gives the change to make; None where there is nothing to change."""


def clean(text: str) -> str:
    """Half a character (a lone surrogate) cannot be stored; it becomes a question mark."""
    return text.encode("utf-8", "replace").decode()


def clean_note(text: str) -> str:
    """Raises InputError for a note that is too long."""
    return _short(clean(text), "note")


def clean_name(text: str) -> str:
    """One line; raises InputError for one that is too long."""
    return _short(" ".join(clean(text).split()), "name")


def clean_tags(tags: str | Iterable[str]) -> tuple[str, ...]:
    """Each one line, without doubles; a text is taken apart at its commas.

    Raises:
        InputError: a tag holds a comma or is too long.
    """
    given = tags.split(",") if isinstance(tags, str) else tags
    found = dict.fromkeys(_short(" ".join(clean(tag).split()), "tags") for tag in given)
    for tag in found:
        if "," in tag:
            raise InputError(f"tag {tag!r} has a comma in it; commas stand between tags")
    return tuple(tag for tag in found if tag)


def _short(text: str, field: str) -> str:
    if len(text) > LONGEST[field]:
        what = "tag" if field == "tags" else field
        raise InputError(f"{what} {text[:20]!r}… has {len(text)} characters; at most {LONGEST[field]} are allowed")
    return text


def on_proposal(kind: str, patch_id: str, after: Any) -> Maker:
    """A proposal's note, tags or name becomes ``after``; raises InputError where the patch is not in the session."""
    field = FIELDS[kind]

    def make(db: sqlite3.Connection) -> Change | None:
        row = db.execute(f"SELECT {field} FROM proposals WHERE patch_id = ?", (patch_id,)).fetchone()
        if row is None:
            raise InputError(f"patch '{patch_id}' is not in this session")
        before = json.loads(row[0]) if field == "tags" else row[0]
        if before == after:
            return None
        payload = {"patch_id": patch_id, "field": field, "before": before, "after": after}
        return Change(kind, payload)  # type: ignore[arg-type]

    return make


# --- writing ----------------------------------------------------------------------------------------------------------


def write(db: sqlite3.Connection, change: Change) -> None:
    """Make the file say what the change's ``after`` says."""
    payload = change.payload
    if change.kind == "configure":
        row = db.execute("SELECT value FROM meta WHERE key = 'config'").fetchone()
        tree = with_settings(json.loads(row[0]) if row else {}, payload)
        db.execute("INSERT OR REPLACE INTO meta VALUES ('config', ?)", (json.dumps(tree),))
    elif change.kind == "label":
        for feature, label in _labels(payload):
            _write_label(db, payload["sae"], feature, label)
    else:
        value = json.dumps(payload["after"]) if payload["field"] == "tags" else payload["after"]
        column = FIELDS[change.kind]
        db.execute(f"UPDATE proposals SET {column} = ? WHERE patch_id = ?", (value, payload["patch_id"]))


def _labels(payload: Mapping[str, Any]) -> Iterable[tuple[int, Mapping[str, Any] | None]]:
    if "feature" in payload:
        return [(payload["feature"], payload["after"])]
    return zip(payload["features"], payload["after"], strict=True)


def _write_label(db: sqlite3.Connection, sae: str, feature: int, label: Mapping[str, Any] | None) -> None:
    if label is None:
        db.execute("DELETE FROM feature_labels WHERE sae = ? AND feature = ?", (sae, feature))
        return
    row = (sae, feature, label["name"], label["note"], int(label["pinned"]), label["source"])
    db.execute("INSERT OR REPLACE INTO feature_labels VALUES (?, ?, ?, ?, ?, ?)", row)


# --- settings ---------------------------------------------------------------------------------------------------------


def flat(tree: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """``{"a": {"b": 1}}`` -> ``{"a.b": 1}``; an empty mapping is a value."""
    found: dict[str, Any] = {}
    for key, value in tree.items():
        if isinstance(value, Mapping) and value:
            found.update(flat(value, f"{prefix}{key}."))
        else:
            found[f"{prefix}{key}"] = value
    return found


def settings_change(before: Mapping[str, Any], after: Mapping[str, Any]) -> Change | None:
    """From one configuration to another, as trees of JSON values; None where they are equal."""
    old, new = flat(before), flat(after)
    missing = object()
    differ = [key for key in {**old, **new} if old.get(key, missing) != new.get(key, missing)]
    if not differ:
        return None
    sides = ({key: side[key] for key in differ if key in side} for side in (old, new))
    return Change("configure", dict(zip(("before", "after"), sides, strict=True)))


def plain(config: Config) -> dict[str, Any]:
    """A configuration as a tree of JSON values."""
    return config.model_dump(mode="json")


def configured(config: Config, payload: Mapping[str, Any]) -> Config:
    """A configuration after a recorded change; raises InputError where a value cannot be used."""
    return load_config(with_settings(plain(config), payload), environment={})


def with_settings(tree: Mapping[str, Any], payload: Mapping[str, Any]) -> dict[str, Any]:
    """A configuration with a change's keys as they are after it."""
    changed = json.loads(json.dumps(tree))
    for key in payload["before"]:
        if key not in payload["after"]:
            _node(changed, key).pop(key.rsplit(".", 1)[-1], None)
    for key, value in payload["after"].items():
        _node(changed, key)[key.rsplit(".", 1)[-1]] = value
    return changed


def _node(tree: dict[str, Any], key: str) -> dict[str, Any]:
    for section in key.split(".")[:-1]:
        found = tree.get(section)
        if not isinstance(found, dict):
            found = tree[section] = {}
        tree = found
    return tree


# --- proof ------------------------------------------------------------------------------------------------------------


def check(change: Change) -> None:
    """Raises InputError where a recorded payload is not one that ``write`` can use."""
    payload = change.payload
    sides = [payload.get("before"), payload.get("after")]
    match change.kind:
        case "configure":
            right = all(_is_settings(side) for side in sides)
        case "label" if "feature" in payload:
            right = _is_name_of(payload) and isinstance(payload["feature"], int) and all(map(_is_label, sides))
        case "label":
            right = _is_name_of(payload) and _are_labels(payload.get("features"), sides)
        case "tag":
            right = _is_about(change) and all(isinstance(side, list) and _all(str, side) for side in sides)
        case _:
            right = _is_about(change) and _all(str, sides)
    if not right:
        raise InputError(f"what a '{change.kind}' changed cannot be read")


def _all(kind: type, values: Iterable[Any]) -> bool:
    return all(isinstance(value, kind) for value in values)


def _is_about(change: Change) -> bool:
    return isinstance(change.payload.get("patch_id"), str) and change.payload.get("field") == FIELDS[change.kind]


def _is_name_of(payload: Mapping[str, Any]) -> bool:
    return isinstance(payload.get("sae"), str)


def _is_settings(side: Any) -> bool:
    return isinstance(side, dict) and _all(str, side)


def _is_label(label: Any) -> bool:
    if label is None:
        return True
    return isinstance(label, dict) and {"name", "note", "pinned", "source"} == label.keys()


def _are_labels(features: Any, sides: Sequence[Any]) -> bool:
    if not isinstance(features, list) or not _all(int, features):
        return False
    return all(isinstance(side, list) and len(side) == len(features) and all(map(_is_label, side)) for side in sides)
