"""What a report says, in plain values, whatever the format."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

import psutil

from hera_desktop import __version__

from ..atlas.records import Label
from ..catalogue import find_entry
from ..config import Config, flatten, load_config
from ..immune.metrics import METRICS
from ..immune.verdict import SCOPES, Limits
from ..ledger import Entry, Ledger
from ..trace import changed_settings, session_script, settings_of, source_of
from .commands import session_commands
from .norms import layer_norms
from .timeline_picture import Picture, lay_out

if TYPE_CHECKING:
    from ..hera import HeraEngine

MARKS = {"committed": "●", "warning": "▲", "rejected": "✕", "reverted": "○", "left": "◦"}
"""The window's marks as letters: the same shapes."""

PACKAGES = ("torch", "transformers", "transformer-lens", "sae-lens", "peft", "safetensors", "numpy")
TEXTS = 5
"""For how many of the last prompts a live engine writes continuations."""


def report_content(ledger: Ledger, engine: HeraEngine | None = None) -> dict[str, Any]:
    """Everything a report says. With a live ``engine`` on the session also the device and continuations of the last
    prompts by the base and by the present state."""
    entries, config = ledger.entries(), stored_config(ledger)
    active = ledger.timeline.current.active
    picture = lay_out(entries, ledger.events(), ledger.timeline)
    labels = _labels(ledger)
    rows = [_row(e, picture, labels) for e in entries]
    return {
        "title": ledger.path.name,
        "session": str(ledger.path.absolute()),
        "written": datetime.now(UTC).isoformat(timespec="seconds"),
        "created": ledger.meta.get("created", ""),
        "experiment": config.experiment.name,
        "environment": _environment(ledger, config, engine),
        "model": _model(ledger),
        "sae": _sae(ledger, config),
        "changed_settings": config.changed(),
        "settings": flatten(config.model_dump()),
        "counts": _counts(rows),
        "state_hash": ledger.state_hash,
        "active": list(active),
        "limits": Limits.from_config(config.immune).table(),
        "final": _final(rows, active),
        "rows": rows,
        "features": _features(rows, labels),
        "texts": _texts(rows, engine),
        "texts_computed": engine is not None,
        "layer_norms": layer_norms(ledger, active),
        "picture": picture,
        "faults": ledger.verify(),
        "commands": session_commands(ledger),
        "script": session_script(ledger),
    }


def stored_config(ledger: Ledger) -> Config:
    """The configuration that the session has now."""
    return load_config(json.loads(ledger.meta["config"]), environment={})


# --- what it was made with --------------------------------------------------------------------------------------------


def _environment(ledger: Ledger, config: Config, engine: HeraEngine | None) -> dict[str, str]:
    device = str(engine.model.info.device) if engine is not None else config.experiment.device
    return {
        "report written by": f"HERA Desktop {__version__}",
        "session made by": f"HERA Desktop {ledger.meta.get('program', 'unknown')}",
        "system": f"{platform.system()} {platform.release()}, {platform.machine()}, {os.cpu_count()} cores",
        "memory": f"{psutil.virtual_memory().total / 2**30:.1f} GiB",
        "device": device,
        "threads": os.environ.get("OMP_NUM_THREADS", "as many as the machine gives"),
        "Python": platform.python_version(),
        **{package: _version(package) for package in PACKAGES},
    }


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _model(ledger: Ledger) -> dict[str, str]:
    name = ledger.meta["model_name"]
    entry = find_entry(name)
    licence = entry.licence if entry else "not in the catalogue; see its publisher"
    return {"name": name, "licence": licence, "fingerprint": ledger.meta["base_fingerprint"]}


def _sae(ledger: Ledger, config: Config) -> dict[str, str]:
    entry, sae = find_entry(ledger.meta["model_name"]), config.sae
    if not ledger.meta.get("sae_fingerprint"):
        return {"name": "none", "licence": "", "fingerprint": ""}
    if sae.path is None and sae.release is None and entry and entry.sae and entry.sae.path:
        licence = "MIT, shipped with HERA Desktop"
    elif sae.path:
        licence = f"not stated in {sae.path}"
    else:
        licence = "see its publisher"
    return {"name": ledger.meta["sae_name"], "licence": licence, "fingerprint": ledger.meta["sae_fingerprint"]}


# --- the proposals ----------------------------------------------------------------------------------------------------


def _labels(ledger: Ledger) -> dict[int, Label]:
    return {label.feature: label for label in ledger.labels.all(ledger.meta.get("sae_fingerprint", ""))}


def _row(entry: Entry, picture: Picture, labels: Mapping[int, Label]) -> dict[str, Any]:
    state = picture.states[entry.step]
    measures = {scope: {name: digits(entry.metrics, name, scope) for name in METRICS} for scope in SCOPES}
    settings = settings_of(entry)
    features = [
        {"id": feature, "activation": activation, "name": labels[feature].name if feature in labels else ""}
        for feature, activation in entry.details.get("features", [])
    ]
    source = source_of(entry)
    return {
        **asdict(entry),
        "mark": MARKS[entry.status],
        "state": state,
        "state_mark": MARKS.get(state, MARKS[entry.status]),
        "measures": measures,
        "settings": settings.model_dump(mode="json"),
        "own_settings": changed_settings(settings, type(settings)()),
        "features": features,
        "source": dict(source),
        "origin": _origin(source),
        "layers": list(entry.details.get("layers", [])),
        "rank": entry.details.get("rank"),
        "norm": entry.details.get("norm"),
        "reason": entry.details.get("reason", ""),
        "parent": picture.parents[entry.step],
    }


def _origin(source: Mapping[str, Any]) -> str:
    """In words where a proposal came from; empty for a plain step."""
    match source["kind"]:
        case "features":
            return "chosen features"
        case "reapply":
            return f"{source['of']} with factor {source['factor']:g}"
        case "edit":
            return f"target edit: to continue with {source['target']!r}"
        case "chat":
            return "learned in the chat"
        case "import":
            other = ", made on another base" if source.get("foreign") else ""
            return f"imported from {source.get('file', 'a file')}{other}"
    return ""


def digits(metrics: Mapping[str, Any], name: str, scope: str) -> str:
    """A metric's value in its fixed digits; "-" where there is none."""
    value = metrics.get(name, {}).get(scope)
    return "-" if value is None else f"{value:.{METRICS[name].digits}f}"


def _counts(rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    by_status = {
        status: sum(row["status"] == status for row in rows) for status in ("committed", "warning", "rejected")
    }
    return {**by_status, **{state: sum(row["state"] == state for row in rows) for state in ("reverted", "left")}}


def _final(rows: Sequence[Mapping[str, Any]], active: Sequence[str]) -> dict[str, Any]:
    """The last active step's measures against the base; empty in the base. Where patches under it were reverted since,
    they are those of the moment it was committed."""
    last = next((row for row in reversed(rows) if active and row["patch_id"] == active[-1]), None)
    return {} if last is None else {"patch_id": last["patch_id"], "measures": last["measures"]["cumulative"]}


def _features(rows: Sequence[Mapping[str, Any]], labels: Mapping[int, Label]) -> list[dict[str, Any]]:
    """The features that active steps wrote along, most often used first, each with its strongest activation."""
    found: dict[int, dict[str, Any]] = {}
    for row in (row for row in rows if row["state"] == "active"):
        for feature in row["features"]:
            known = found.setdefault(feature["id"], {**feature, "steps": [], "note": ""})
            known["steps"].append(row["step"])
            known["activation"] = max(known["activation"], feature["activation"])
    for feature, known in found.items():
        known["note"] = labels[feature].note if feature in labels else ""
    return sorted(found.values(), key=lambda known: (-len(known["steps"]), known["id"]))


def _texts(rows: Sequence[Mapping[str, Any]], engine: HeraEngine | None) -> list[dict[str, Any]]:
    """Recorded texts before and after their step; with an engine also the last prompts in the base and as it is now."""
    recorded = [
        {
            "step": row["step"],
            "prompt": row["prompt"],
            "sides": {"before the step": t["before"], "after it": t["after"]},
        }
        for row in rows
        if (t := row["details"].get("texts"))
    ]
    return recorded + (_continuations(rows, engine) if engine is not None else [])


def _continuations(rows: Sequence[Mapping[str, Any]], engine: HeraEngine) -> list[dict[str, Any]]:
    from ..model import Sampling

    last = dict.fromkeys(row["prompt"] for row in reversed(rows) if row["prompt"] and row["status"] != "rejected")
    steps = {row["prompt"]: row["step"] for row in rows}
    sampling, found = Sampling(30), []
    for prompt in reversed(list(last)[:TEXTS]):
        base, now = engine.generate(prompt, sampling, patches=[]), engine.generate(prompt, sampling)
        sides = {"the base": base, "the present state": now}
        found.append({"step": steps[prompt], "prompt": prompt, "sides": sides})
    return found
