"""The report of a session as PDF: the same contents as the HTML one, on paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ..immune.metrics import METRICS
from .paper import Column, Paper, coloured, wide_font
from .plots import PRINT, session_plots
from .timeline_picture import SHOWN, bands

SCRIPT_LINES = 400
"""Lines of the script and of the commands in print; all of them are in the other formats."""

PROPOSALS: tuple[Column, ...] = (
    ("step", 9, "R"),
    (" verdict", 19, "L"),
    ("now", 12, "L"),
    ("prompt", 50, "L"),
    ("JS, bits", 12, "R"),
    ("PPL ratio", 13, "R"),
    ("drift", 12, "R"),
    ("JS to base", 15, "R"),
    ("strength", 12, "R"),
    (" features", 26, "L"),
)
FEATURES: tuple[Column, ...] = (
    ("feature", 14, "R"),
    (" name", 60, "L"),
    ("steps", 12, "R"),
    ("activation", 18, "R"),
    (" note", 76, "L"),
)


def write_session_pdf(path: Path, content: Mapping[str, Any]) -> None:
    """Write the report; raises OSError where the file cannot be written."""
    title = f"Session {content['title']}"
    paper = Paper(title, f"state {content['state_hash']}")
    paper.heading(title, 18)
    paper.words(f"{content['experiment']}, written {content['written']}, session made {content['created']}", "dim")
    _summary(paper, content)
    _made_with(paper, content)
    _timeline(paper, content)
    _plots(paper, content)
    _proposals(paper, content)
    _features(paper, content)
    _texts(paper, content)
    _notes(paper, content)
    _reproduce(paper, content)
    paper.finish(path)


def _summary(paper: Paper, content: Mapping[str, Any]) -> None:
    counts, active = content["counts"], content["active"]
    paper.heading("Summary")
    paper.words(
        f"{len(content['rows'])} proposals: ● {counts['committed']} committed, ▲ {counts['warning']} committed with a "
        f"warning, ✕ {counts['rejected']} rejected. The present state has {len(active)} active patches; "
        f"{counts['reverted']} were reverted, {counts['left']} lie on lines that were left."
    )
    shown = active if len(active) <= 60 else [*active[:30], "…", *active[-30:]]
    pairs = [("state", content["state_hash"]), ("active", ", ".join(shown) or "none: the base")]
    if content["final"]:
        measures = content["final"]["measures"].items()
        figures = ", ".join(f"{METRICS[name].title} {METRICS[name].written(value)}" for name, value in measures)
        pairs.append(("against the base", f"{figures} (measured when {content['final']['patch_id']} was committed)"))
    proof = "; ".join(content["faults"]) or "every hash in the session was recomputed and agrees"
    paper.facts([*pairs, ("proof", proof)])


def _made_with(paper: Paper, content: Mapping[str, Any]) -> None:
    model, sae = content["model"], content["sae"]
    paper.heading("Model and environment")
    pairs = [("model", f"{model['name']} (licence: {model['licence']})"), ("", model["fingerprint"])]
    named = f"{sae['name']} (licence: {sae['licence']})" if sae["licence"] else sae["name"]
    paper.facts([*pairs, ("SAE", named), ("", sae["fingerprint"]), *content["environment"].items()])
    paper.heading("Configuration")
    changed = content["changed_settings"]
    paper.words("Settings that differ from the default:" if changed else "Every setting is at its default.")
    paper.facts(changed.items(), mono=True, width=70)
    paper.ln(2)
    paper.words("All settings:", "dim")
    paper.facts(content["settings"].items(), mono=True, width=70)


def _timeline(paper: Paper, content: Mapping[str, Any]) -> None:
    paper.heading("Timeline", room=45)
    paper.words(
        "● committed, ▲ committed with a warning, ✕ rejected, ○ reverted, ◦ on a line that was left; the ring is the "
        "present state.",
        "dim",
    )
    if len(content["rows"]) > SHOWN:
        paper.words(f"The last {SHOWN} of {len(content['rows'])} proposals are drawn; all are in the table.", "dim")
    for band in bands(content["picture"], PRINT):
        paper.drawing(band)


def _plots(paper: Paper, content: Mapping[str, Any]) -> None:
    paper.heading("Measures", room=60)
    for plot in session_plots(content, PRINT, as_paths=True):
        paper.heading(plot.title, 10, room=56)
        if plot.name in METRICS:
            judged = "" if METRICS[plot.name].limit else "; shown, never judged"
            paper.words(METRICS[plot.name].formula + judged, "dim", size=8)
        paper.drawing(plot.svg)


def _proposals(paper: Paper, content: Mapping[str, Any]) -> None:
    paper.heading("Proposals")
    paper.table(PROPOSALS, map(_proposal, content["rows"]))


def _proposal(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    step, total = row["measures"]["step"], row["measures"]["cumulative"]
    figures = (step["js_divergence"], step["ppl_ratio"], step["cosine_drift"], total["js_divergence"])
    strength = f"{row['settings']['learning_rate']:.4g}"
    features = " ".join(f"{f['id']}:{f['activation']:.1f}" for f in row["features"])
    cells = coloured(row, row["step"], "", row["state"], row["prompt"], *figures, strength, f" {features}")
    cells[1] = (f" {row['mark']} {row['status']}", row["status"])
    return cells


def _features(paper: Paper, content: Mapping[str, Any]) -> None:
    paper.heading("Features that the active patches write along")
    if not content["features"]:
        paper.words("None: the present state is the base.")
        return
    rows = (
        [str(f["id"]), f" {f['name'] or 'not named'}", str(len(f["steps"])), f"{f['activation']:.2f}", f" {f['note']}"]
        for f in content["features"]
    )
    paper.table(FEATURES, ([(text, "text") for text in row] for row in rows))


def _texts(paper: Paper, content: Mapping[str, Any]) -> None:
    paper.heading("Texts before and after")
    for item in content["texts"]:
        paper.heading(f"Step {item['step']}", 10)
        paper.words(item["prompt"], "dim")
        for name, written in item["sides"].items():
            paper.words(f"{name}:", "dim", size=8)
            paper.words(written)
    if not content["texts"]:
        how = "Texts need the model: hera-desktop report --texts --session FILE --out FILE."
        paper.words("There is no prompt to continue." if content["texts_computed"] else how)


def _notes(paper: Paper, content: Mapping[str, Any]) -> None:
    paper.heading("Reasons, notes, tags and names")
    noted = [row for row in content["rows"] if row["note"] or row["tags"] or row["name"]]
    for row in noted:
        tags = f" [{', '.join(row['tags'])}]" if row["tags"] else ""
        paper.words(f"{row['patch_id']} {row['name']}{tags}", "dim", size=8)
        if row["note"]:
            paper.words(row["note"])
    if not noted:
        paper.words("No notes.")
    for row in content["rows"]:
        if row["status"] != "committed":
            paper.words(f"step {row['step']}: {row['reason']}", row["status"], size=7.5)


def _reproduce(paper: Paper, content: Mapping[str, Any]) -> None:
    paper.heading("Reproduce")
    paper.words(
        "The same machine, with the same versions and as many threads, arrives at the same state hash. Saved as "
        "rebuild.py, this script repeats every proposal and move from nothing and says whether the state's hash is the "
        "recorded one. A PDF does not keep every blank: copy the script from the HTML, Markdown or JSON report."
    )
    for title, lines in (("Script", content["script"].splitlines()), ("Commands", content["commands"])):
        paper.heading(title, 10)
        for line in _printed(lines):
            paper.words(line, mono=True, size=6.5)
    if wide_font() is None:
        paper.words(
            "Letters that no font on this machine has are written as their code points; for Chinese install a font "
            "such as Noto Sans CJK (Debian: fonts-noto-cjk).",
            "dim",
        )


def _printed(lines: list[str]) -> Iterator[str]:
    yield from lines[:SCRIPT_LINES]
    if len(lines) > SCRIPT_LINES:
        yield f"… {len(lines) - SCRIPT_LINES} more lines, in the HTML, Markdown and JSON reports"
