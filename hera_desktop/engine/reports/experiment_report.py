"""An experiment's outcome as a document: HTML that needs no network, PDF, Markdown, its tables as CSV, or JSON."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hera_desktop import __version__

from ..config import Config, flatten
from ..errors import InputError, MachineError
from ..experiments.catalogue import EXPERIMENTS
from ..experiments.outcome import Outcome, Plot
from .experiment_plots import as_png, as_svg
from .session_report import check_ending, explained, rendered, text


def write_experiment_report(outcome: Outcome, path: Path) -> Path:
    """Write a report of the outcome to ``path`` (.html, .pdf, .md, .json or .csv); beside NAME.md stands the folder
    NAME.plots with its plots as PNG.

    Raises:
        InputError: another ending, or the file cannot be written.
    """
    suffix = check_ending(path)
    try:
        with explained(path):
            _write(outcome, path, suffix)
    except MachineError as error:
        raise InputError(str(error)) from None
    return path


def _write(outcome: Outcome, path: Path, suffix: str) -> None:
    match suffix:
        case ".html":
            plots = [(plot.title, as_svg(plot, f"plot{number}")) for number, plot in enumerate(outcome.plots, 1)]
            text(path, rendered("experiment.html.j2", {**report_content(outcome), "plots": plots}))
        case ".pdf":
            from .experiment_pdf import write_experiment_pdf

            write_experiment_pdf(path, report_content(outcome))
        case ".md":
            text(path, rendered("experiment.md.j2", {**report_content(outcome), "plots": _files_beside(path, outcome)}))
        case ".json":
            text(path, json.dumps(outcome.document(), indent=1, ensure_ascii=False))
        case ".csv":
            text(path, _tables(outcome))


def report_content(outcome: Outcome) -> dict[str, Any]:
    """What the report says, in plain values; the plots as the outcome has them."""
    known = EXPERIMENTS.get(outcome.experiment)
    return {
        "title": outcome.title,
        "purpose": known.purpose if known else "",
        "written": datetime.now(UTC).isoformat(timespec="seconds"),
        "program": __version__,
        "finished": outcome.finished,
        "command": command_of(outcome),
        "settings": _settings(outcome.settings),
        "tables": outcome.tables,
        "plots": outcome.plots,
        "remarks": outcome.remarks,
    }


# --- settings and command ---------------------------------------------------------------------------------------------


def command_of(outcome: Outcome) -> str:
    """The command line that gives this outcome: every setting that is not at its default as an option, and every key of
    the configuration that is recorded with it."""
    words = ["hera-desktop", "experiment", outcome.experiment]
    for name, value in _own(outcome.settings).items():
        if value != _default(outcome.experiment, name):
            words += _option(f"--{name.replace('_', '-')}", value)
    for key, value in _changed(outcome.settings).items():
        words += ["--set", f"{key}={value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}"]
    return shlex.join(words)


def _option(flag: str, value: Any) -> list[str]:
    if isinstance(value, bool):
        return [flag] if value else []
    values = value if isinstance(value, (list, tuple)) else [value]
    return [word for one in values if one is not None for word in (flag, str(one))]


def _default(experiment: str, name: str) -> Any:
    """A setting's default, as JSON has it; None where the experiment or the setting is not known any more."""
    known = EXPERIMENTS.get(experiment)
    return known.settings().model_dump(mode="json").get(name) if known else None


def _own(settings: Mapping[str, Any]) -> dict[str, Any]:
    """The experiment's own settings, as JSON has them."""
    return json.loads(json.dumps({name: value for name, value in settings.items() if name != "config"}))


def _changed(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Keys of the configuration that are recorded and differ from their default."""
    default = flatten(Config().model_dump(mode="json"))
    found = flatten(json.loads(json.dumps(settings.get("config") or {})))
    return {key: value for key, value in found.items() if key in default and value != default[key]}


def _settings(settings: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Names and values as they are shown: the experiment's own, then what the configuration changes, then what else the
    outcome hangs on."""
    default = flatten(Config().model_dump(mode="json"))
    recorded = flatten(json.loads(json.dumps(settings.get("config") or {})))
    others = {key: value for key, value in recorded.items() if key not in default}
    return [(name, _shown(value)) for name, value in {**_own(settings), **_changed(settings), **others}.items()]


def _shown(value: Any) -> str:
    if value is None:
        return "not set"
    if isinstance(value, list):
        return ", ".join(map(_shown, value)) or "none"
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


# --- files ------------------------------------------------------------------------------------------------------------


def _files_beside(path: Path, outcome: Outcome) -> list[tuple[str, str]]:
    """The plots as files in NAME.plots: their titles, and the names that the Markdown file knows them by."""
    if not outcome.plots:
        return []
    folder = path.with_suffix(".plots")
    folder.mkdir(exist_ok=True)
    found = []
    for number, plot in enumerate(outcome.plots, 1):
        file = folder / _file_name(number, plot)
        file.write_bytes(as_png(plot))
        found.append((plot.title, f"{folder.name}/{file.name}".replace(" ", "%20")))
    return found


def _file_name(number: int, plot: Plot) -> str:
    words = re.findall(r"[a-z0-9]+", plot.title.casefold())
    return "-".join([str(number), *words[:6]]) + ".png"


def _tables(outcome: Outcome) -> str:
    """All tables one below the other, each with its title and its heads."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for line in _lines(outcome):
        writer.writerow([_safe(value) for value in line])
    return out.getvalue()


def _lines(outcome: Outcome) -> Iterator[tuple[str, ...]]:
    for number, table in enumerate(outcome.tables):
        if number:
            yield ()
        yield (table.title,)
        yield table.columns
        yield from table.rows


def _safe(value: str) -> str:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it; figures stay figures."""
    if not value.startswith(("=", "+", "-", "@", "\t", "\r")) or value == "-":
        return value
    try:
        float(value.rstrip(" %x"))
    except ValueError:
        return f"'{value}"
    return value
