"""A session as a document: HTML that needs no network, Markdown, or JSON."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from hera_desktop import __version__

from ..catalogue import find_entry
from ..config import load_config
from ..errors import InputError, MachineError
from ..immune.metrics import METRICS
from ..immune.verdict import SCOPES
from ..ledger import Entry, Ledger

TEMPLATES = {".html": "session.html.j2", ".md": "session.md.j2"}
MARKS = {"committed": "●", "warning": "▲", "rejected": "✕"}


def write_report(ledger: Ledger, path: Path) -> Path:
    """Write a report of the session to ``path`` (.html, .md or .json).

    Raises:
        InputError: another ending.
        MachineError: the file cannot be written.
    """
    suffix = path.suffix.lower()
    if suffix not in {*TEMPLATES, ".json"}:
        raise InputError(f"report '{path}' has the ending '{path.suffix}'; it takes .html, .md or .json")
    content = report_content(ledger)
    text = json.dumps(content, indent=1, ensure_ascii=False) if suffix == ".json" else _render(suffix, content)
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise MachineError(f"report {path} cannot be written: {error.strerror}") from None
    return path


def report_content(ledger: Ledger) -> dict[str, Any]:
    """Everything a report says, in plain values."""
    entries = ledger.entries()
    active = ledger.timeline.current.active
    entry = find_entry(ledger.meta["model_name"])
    return {
        "title": ledger.path.name,
        "written": datetime.now(UTC).isoformat(timespec="seconds"),
        "program": __version__,
        "machine": f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
        "model": ledger.meta["model_name"],
        "licence": entry.licence if entry else "unknown",
        "base_fingerprint": ledger.meta["base_fingerprint"],
        "sae": ledger.meta["sae_name"],
        "sae_fingerprint": ledger.meta["sae_fingerprint"],
        "changed_settings": _changed(ledger.meta["config"]),
        "counts": {status: sum(e.status == status for e in entries) for status in MARKS},
        "state_hash": ledger.state_hash,
        "active": list(active),
        "rows": [_row(ledger, e, active) for e in entries],
        "faults": ledger.verify(),
        "session": str(ledger.path),
    }


def _changed(stored: str) -> dict[str, Any]:
    return load_config(json.loads(stored), environment={}).changed()


def _row(ledger: Ledger, entry: Entry, active: tuple[str, ...]) -> dict[str, Any]:
    now = "-"
    if entry.patch_id and entry.status != "rejected":
        now = ledger.timeline.status(entry.patch_id, active)
    measures = {scope: {name: _digits(entry.metrics, name, scope) for name in METRICS} for scope in SCOPES}
    return {**asdict(entry), "mark": MARKS[entry.status], "now": now, "measures": measures}


def _digits(metrics: Mapping[str, Any], name: str, scope: str) -> str:
    value = metrics.get(name, {}).get(scope)
    return "-" if value is None else f"{value:.{METRICS[name].digits}f}"


def _render(suffix: str, content: Mapping[str, Any]) -> str:
    environment = Environment(
        loader=PackageLoader("hera_desktop.engine.reports"),
        autoescape=suffix == ".html",
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["cell"] = lambda text: str(text).replace("|", "\\|").replace("\n", " ")
    return environment.get_template(TEMPLATES[suffix]).render(**content)
