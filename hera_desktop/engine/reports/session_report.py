"""A session as a document: HTML that needs no network, PDF, Markdown, JSON with a table beside it, or the table."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from ..errors import InputError, MachineError
from ..immune.metrics import METRICS
from ..immune.verdict import SCOPES
from ..ledger import Ledger
from ..progress import Progress, unwatched
from .content import report_content
from .plots import CSS, DARK, LIGHT, Plot, session_plots
from .timeline_picture import SHOWN, bands

if TYPE_CHECKING:
    from ..hera import HeraEngine

FORMATS = (".html", ".pdf", ".md", ".json", ".csv")


def write_report(ledger: Ledger, path: Path, engine: HeraEngine | None = None, progress: Progress = unwatched) -> Path:
    """Write a report of the session to ``path`` (.html, .pdf, .md, .json or .csv).

    Beside NAME.json stands NAME.csv, the table of the proposals; beside NAME.md the folder NAME.plots with its
    drawings. With a live ``engine`` on the session the report has continuations of the last prompts, too.

    Raises:
        InputError: another ending.
        MachineError: the file cannot be written.
        Cancelled: ``progress`` said so; nothing was written.
    """
    suffix = check_ending(path)
    progress("reading the session", 0.1)
    content = report_content(ledger, engine)
    progress("writing the report", 0.5)
    with explained(path):
        match suffix:
            case ".html":
                text(path, rendered("session.html.j2", _drawn(content)))
            case ".pdf":
                from .pdf import write_session_pdf

                write_session_pdf(path, content)
            case ".md":
                text(path, rendered("session.md.j2", {**content, "plots": _files_beside(path, content)}))
            case ".json":
                text(path, json.dumps(_plain(content), indent=1, ensure_ascii=False))
                text(path.with_suffix(".csv"), table(content["rows"]))
            case ".csv":
                text(path, table(content["rows"]))
    return path


def check_ending(path: Path) -> str:
    """The format by the file's ending; raises InputError for one that there is none for."""
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        named = f"the ending '{path.suffix}'" if path.suffix else "no ending"
        raise InputError(f"report '{path}' has {named}; it takes {', '.join(FORMATS[:-1])} or {FORMATS[-1]}")
    return suffix


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turns the system's refusal to write into one sentence about the report."""
    try:
        yield
    except OSError as error:
        raise MachineError(f"report {path} cannot be written: {error.strerror or error}") from None


def text(path: Path, content: str) -> None:
    """Write a file; half a character (a lone surrogate) becomes a question mark."""
    path.write_text(content, encoding="utf-8", errors="replace", newline="")


# --- HTML and Markdown ------------------------------------------------------------------------------------------------


def rendered(template: str, content: Mapping[str, Any]) -> str:
    """A template with its content; everything is escaped in HTML, and in Markdown by the filters ``cell`` and
    ``fenced``."""
    environment = Environment(
        loader=PackageLoader("hera_desktop.engine.reports"),
        autoescape=template.endswith(".html.j2"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(cell=cell, fenced=fenced, number=number)
    constants = {"METRICS": METRICS, "SCOPES": SCOPES, "SHOWN": SHOWN, "light": LIGHT, "dark": DARK}
    return environment.get_template(template).render(**constants, **content)


def cell(value: object) -> str:
    """User text as one cell of a Markdown table, or within a sentence: nothing in it is taken for markup."""
    plain = " ".join(str(value).split())
    escaped = re.sub(r"([\\`*_{}\[\]()#+!|~-])", r"\\\1", plain)
    return escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def fenced(value: object, language: str = "") -> str:
    """Text between fences that are longer than any row of backticks in it."""
    runs = [len(run) for run in re.findall(r"`+", str(value))]
    fence = "`" * max(3, 1 + max(runs, default=0))
    return f"{fence}{language}\n{value}\n{fence}"


def number(value: float | None, digits: int = 4) -> str:
    return "-" if value is None else f"{value:.{digits}g}"


def _drawn(content: Mapping[str, Any]) -> dict[str, Any]:
    return {**content, "plots": session_plots(content), "bands": bands(content["picture"], CSS)}


def _files_beside(path: Path, content: Mapping[str, Any]) -> list[tuple[Plot, str]]:
    """The drawings as files in NAME.plots, with the names that the Markdown file knows them by."""
    plots = session_plots(content, LIGHT)
    drawn = bands(content["picture"], LIGHT)
    plots += [Plot(f"timeline-{n}", "Timeline", svg) for n, svg in enumerate(drawn, 1)]
    folder = path.with_suffix(".plots")
    folder.mkdir(exist_ok=True)
    for plot in plots:
        text(folder / f"{plot.name}.svg", plot.svg)
    return [(plot, f"{folder.name}/{plot.name}.svg".replace(" ", "%20")) for plot in plots]


# --- tables -----------------------------------------------------------------------------------------------------------

COLUMNS = ("step", "patch_id", "name", "status", "state", "prompt", "origin", "strategy", "learning_rate", "layers")


def table(rows: Sequence[Mapping[str, Any]]) -> str:
    """The proposals as CSV, one a row, numbers in full."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    measures = [(name, scope) for name in METRICS for scope in SCOPES]
    heads = [f"{name} {scope}" for name, scope in measures]
    writer.writerow([*COLUMNS, "rank", "norm", *heads, "features", "reason", "note", "tags", "time"])
    for row in rows:
        settings, metrics = row["settings"], row["details"].get("metrics", {})
        figures = [metrics.get(name, {}).get(scope) for name, scope in measures]
        own = [row[key] for key in COLUMNS[:7]] + [settings["strategy"], settings["learning_rate"]]
        features = " ".join(f"{f['id']}:{f['activation']:g}" for f in row["features"])
        words = [row["reason"], row["note"], " ".join(row["tags"]), row["time"]]
        layers = " ".join(map(str, row["layers"]))
        writer.writerow([*map(_safe, [*own, layers, row["rank"], row["norm"], *figures, features, *words])])
    return out.getvalue()


def _safe(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def _plain(content: Mapping[str, Any]) -> dict[str, Any]:
    """For JSON: without the drawing's own record, and with the steps' parents, which are in the rows."""
    return {key: value for key, value in content.items() if key != "picture"}
