"""Several sessions in one report: a row a session, the settings that differ, and their measures in one drawing."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hera_desktop import __version__

from ..config import flatten
from ..errors import InputError
from ..ledger import Ledger
from .content import digits, stored_config
from .plots import LIGHT, Plot, overlay_plots
from .session_report import check_ending, explained, rendered, text

MOST = 60
"""Sessions in one report at most: more lines in one drawing cannot be told apart."""
JUDGED = ("js_divergence", "ppl_ratio", "cosine_drift")


def write_comparison(sessions: Sequence[Path], path: Path) -> Path:
    """Write one report on several sessions to ``path`` (.html, .pdf, .md, .json or .csv).

    Raises:
        InputError: fewer than two sessions, more than ``MOST``, or another ending.
        SessionError: one of them cannot be read.
        MachineError: the file cannot be written.
    """
    suffix = check_ending(path)
    if not 2 <= len(sessions) <= MOST:
        raise InputError(f"{len(sessions)} sessions cannot be compared; it takes 2 to {MOST}")
    content = comparison_content(sessions)
    with explained(path):
        match suffix:
            case ".html":
                text(path, rendered("comparison.html.j2", {**content, "plots": overlay_plots(content["sessions"])}))
            case ".pdf":
                from .comparison_pdf import write_comparison_pdf

                write_comparison_pdf(path, content)
            case ".md":
                text(path, rendered("comparison.md.j2", {**content, "plots": _files_beside(path, content)}))
            case ".json":
                text(path, json.dumps(content, indent=1, ensure_ascii=False))
            case ".csv":
                text(path, _table(content))
    return path


def comparison_content(sessions: Sequence[Path]) -> dict[str, Any]:
    """What the report says, in plain values. ``differing``: the settings that are not the same in all sessions."""
    with ExitStack() as opened:
        found = []
        for session in sessions:
            ledger = Ledger.open(session, read_only=True)
            opened.callback(ledger.close)
            found.append(_session(ledger))
    keys = dict.fromkeys(key for one in found for key in one["settings"])
    differing = [key for key in keys if len({repr(one["settings"].get(key)) for one in found}) > 1]
    return {
        "written": datetime.now(UTC).isoformat(timespec="seconds"),
        "program": __version__,
        "sessions": found,
        "differing": differing,
        "same_base": len({one["base_fingerprint"] for one in found}) == 1,
    }


def _session(ledger: Ledger) -> dict[str, Any]:
    entries, active = ledger.entries(), ledger.timeline.current.active
    last = next((e for e in reversed(entries) if active and e.patch_id == active[-1]), None)
    metrics: Mapping[str, Any] = last.metrics if last else {}
    rows = [{"step": e.step, "status": e.status, "details": {"metrics": dict(e.metrics)}} for e in entries]
    return {
        "title": ledger.path.name,
        "session": str(ledger.path.absolute()),
        "model": ledger.meta["model_name"],
        "base_fingerprint": ledger.meta["base_fingerprint"],
        "sae": ledger.meta.get("sae_name", ""),
        "settings": flatten(stored_config(ledger).model_dump(mode="json")),
        "counts": {status: sum(e.status == status for e in entries) for status in ("committed", "warning", "rejected")},
        "active": len(active),
        "final": {name: digits(metrics, name, "cumulative") for name in JUDGED},
        "state_hash": ledger.state_hash,
        "faults": ledger.verify(),
        "rows": rows,
    }


def _files_beside(path: Path, content: Mapping[str, Any]) -> list[tuple[Plot, str]]:
    folder = path.with_suffix(".plots")
    folder.mkdir(exist_ok=True)
    plots = overlay_plots(content["sessions"], LIGHT)
    for plot in plots:
        text(folder / f"{plot.name}.svg", plot.svg)
    return [(plot, f"{folder.name}/{plot.name}.svg".replace(" ", "%20")) for plot in plots]


def _table(content: Mapping[str, Any]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    counts = ("committed", "warning", "rejected")
    writer.writerow(["session", "model", "sae", *counts, "active", *JUDGED, "state_hash", *content["differing"]])
    for one in content["sessions"]:
        own = [one["settings"].get(key) for key in content["differing"]]
        figures = [one["counts"][status] for status in counts] + [one["active"], *one["final"].values()]
        writer.writerow([one["session"], one["model"], one["sae"], *figures, one["state_hash"], *own])
    return out.getvalue()
